"""Rows and cells as MediaWiki renders them against those that Callboard's scanner finds."""

import html
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from callboard.wikitext.tables import Table, tables
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER

PAGES = sorted((Path(__file__).parents[1] / "pages").rglob("*.wikitext"))
NO_ROWS = [[("td", 1, 1, "")]]  # MediaWiki gives a table without a row mark an empty cell
ASKED_AT_ONCE = 40  # generated tables on one page


@dataclass
class Shown:
    """A table as a browser gets it."""

    rows: list[list[tuple[str, int, int, str]]] = field(default_factory=list)  # tag, rowspan, colspan, text
    words: list[str] = field(default_factory=list)  # of the open cell


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Shown] = []
        self.done: list[Shown] = []
        self.cell: list[tuple[str, int, int] | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "table":
            self.open.append(Shown())
            self.done.append(self.open[-1])
            self.cell.append(None)
        elif self.open and tag == "tr":
            self.open[-1].rows.append([])
        elif self.open and tag in {"td", "th"}:
            self.cell[-1] = (tag, _number(values.get("rowspan"), 0), _number(values.get("colspan"), 1))
            self.open[-1].words = []

    def handle_endtag(self, tag: str) -> None:
        if not self.open:
            return
        if tag == "table":
            self.open.pop()
            self.cell.pop()
        elif tag in {"td", "th"} and (cell := self.cell[-1]):
            self.open[-1].rows[-1].append((*cell, _squeezed("".join(self.open[-1].words))))
            self.cell[-1] = None

    def handle_data(self, data: str) -> None:
        if self.open and self.cell[-1]:
            self.open[-1].words.append(data)


def _number(value: str | None, zero: int) -> int:
    found = re.match(r"\s*\+?(\d+)", value or "1")
    return (int(found[1]) or zero) if found else 1


def _squeezed(words: str) -> str:
    return re.sub(r"\W+", "", words)


def rendered(source: str) -> list[Shown]:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.done


def words_of(source: str) -> str | None:
    """What a cell's wikitext shows; None where templates, nested tables or tags of extensions decide it."""
    source = re.sub(r"<!--.*?(?:-->|\Z)", "", source, flags=re.DOTALL)
    if re.search(
        r"\{\{|\{\||</?(?:translate|tvar|nowiki|pre)|https?:|\[\[(?:File|Category):|~~~|__[A-Z]+__", source
    ):
        return None
    source = re.sub(r"\[\[:?[^\[\]|]*\|(.*?)\]\]|\[\[:?([^\[\]|]*)\]\]", r"\1\2", source)
    return _squeezed(html.unescape(re.sub(r"<[^<>]*>", "", source)))


def expected(table: Table, text: str) -> list[list[tuple[str, int, int, str | None]]]:
    return [
        [
            ("th" if cell.header else "td", cell.rowspan, cell.colspan, words_of(cell.content.of(text)))
            for cell in row.cells
        ]
        for row in table.rows
    ]


def assert_same(text: str, source: str) -> None:
    found = [rows if rows != NO_ROWS else [] for rows in (expected(table, text) for table in tables(text))]
    shown = [table.rows if table.rows != NO_ROWS else [] for table in rendered(source)]
    assert [[[cell[:3] for cell in row] for row in table] for table in found] == [
        [[cell[:3] for cell in row] for row in table] for table in shown
    ]
    for mine, theirs in zip(found, shown, strict=True):
        for my_row, their_row in zip(mine, theirs, strict=True):
            for my_cell, their_cell in zip(my_row, their_row, strict=True):
                if my_cell[3] is not None:
                    assert my_cell[3] == their_cell[3]


def as_stored(text: str) -> str:
    """The page without translation marks, as Translate takes them out, and with templates that no wiki has."""
    text = re.sub(r"</?(?:translate|tvar)\b[^<>]*>|<!--T:\d+-->|<languages/>", "", text)
    return re.sub(r"\{\{(?![!{#])", "{{No such template/", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_has_the_rows_and_cells_that_mediawiki_shows(page: Path, devwiki: DevWiki) -> None:
    text = page.read_text(encoding="utf-8")
    assert_same(text, devwiki.person(ORGANISER).render(as_stored(text)))


HARD = {
    "rows before the first row mark": "{|\n| a\n| b\n|-\n| c\n|}",
    "indented": ":{|\n| a\n|}\n::{| class=x\n|-\n| b\n|}",
    "from the magic word": "{{{!}} class=x\n{{!}}-\n{{!}} a {{!}}{{!}} b\n{{!}}}",
    "unclosed bold in each cell": "{|\n" + "|-\n| '''a\n| '''b\n" * 5 + "|}",
    "unclosed small closed in a later row": "{|\n|-\n| <small>a\n| b\n|-\n| c</small>\n|}",
    "comment before a cell": "{|\n|-\n<!-- c -->| a\n<!-- d\n -->| b\n|}",
    "comment on lines of its own": "{|\n|-\n| a\n<!-- c -->\n  <!-- d --> <!-- e -->  \n| b\n|}",
    "comment between bars": "{|\n| a |<!-- x -->| b\n|}",
    "link with a bar": "{|\n| [[A|b]] || [[C|d]] || style=color:red | [[E|f]]\n|}",
    "external link with a bar": "{|\n| [https://x.example/a|b c]\n|}",
    "headings in one line": "{|\n! a !! b || c\n| d !! e\n|}",
    "heading marks inside a tag": '{|\n! <span title="a!!b">c</span> !! d\n|}',
    "attributes on everything": '{| class="x"\n|+ style="x" | cap\n|- class="room"\n! scope=col rowspan="2" | a\n| colspan = 3 | b\n|-\n| c || d\n|}',
    "nested": "{|\n| a\n{|\n| b || c\n|-\n| d\n|}\n| e\n|}",
    "nested twice": "{|\n| a\n{|\n| b\n{|\n| c\n|}\n|}\n|-\n| e\n|}",
    "row marks with many dashes": "{|\n|-----\n| a\n|--- style=x\n| b\n|}",
    "empty rows": "{|\n|-\n|-\n|\n|-\n|-\n| a ||\n|-\n|}",
    "no rows": "{|\n|}",
    "text behind the end": "{|\n| a\n|} text\n\n{|\n| b\n|}",
    "blanks before marks": "  {|\n  |-\n  | a\n   ! b\n  |}",
    "nowiki and pre": "{|\n| <nowiki>| a || b</nowiki> || c\n|-\n| d <pre>\n|-\n| e\n</pre>\n|}",
    "template with bars": "{|\n| {{Nothing here|a\n|-\n| b}} || c\n|}",
    "list in a cell": "{|\n|\n* a\n* b\n| c\n|}",
    "single bars": "{|\n| 10:00 | a | b\n| c\n|}",
    "three bars": "{|\n| a ||| b |||| c\n|}",
    "rowspan odd": "{|\n| rowspan=2px | a || rowspan='3' | b || rowspan=\"-1\" | c || rowspan=0 | d || rowspan=x | e || colspan=0 | f\n|}",
    "CRLF": "{|\r\n|-\r\n! a !! b\r\n|-\r\n| c || d\r\n|}",
    "heading inside": "{|\n| a\n|}\n== H ==\n{|\n| b\n== I ==\n| c\n|}",
    "close without open": "|}\n|-\n| a\n{|\n| b\n|}\n|}\n{|\n| c\n|}",
    "unclosed": "{|\n|-\n| a\n|-\n| b || c\n\ntext",
    "unclosed before another": "{|\n|-\n| a\n\n== H ==\n{|\n|-\n| b\n|}",
    "caption between": "{|\n| a\n|+ cap\n| b\n|}",
    "open comment": "{|\n| a\n|-\n| b <!-- open\n|-\n| c\n|}",
    "includeonly": "{|\n| a\n<includeonly>| b</includeonly><noinclude>| c</noinclude>\n|}",
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
def test_hard_table_has_the_rows_and_cells_that_mediawiki_shows(name: str, devwiki: DevWiki) -> None:
    assert_same(HARD[name], devwiki.person(ORGANISER).render(HARD[name]))


_CONTENT = (
    "a", "b c", "", "", "'''d", "''e'' f", "[[G|h]]", "[[I]]", "<small>j</small>", "<!-- k -->", "l<br>m", "n<!-- o -->p",
    "<nowiki>q || r</nowiki>", "s\nt", "u\n\nv", "\n* w\n* x", "2 < 3", "&nbsp;y", "[https://z.example aa]", "bb!cc", "-dd", "+ee", "}ff",
)  # fmt: skip
_ATTRIBUTES = (
    "",
    "",
    "",
    "",
    "rowspan=2 | ",
    'colspan="2" | ',
    "style='x' rowspan=3 colspan=2 | ",
    " | ",
    "x | ",
)


def _random_row(choice: random.Random) -> Iterator[str]:
    if choice.random() < 0.9:
        yield choice.choice(["|-", "|-", "|-----", "|- class=x", " |-", "|-\n|-"])
    while choice.random() < 0.85:
        mark = choice.choice(["|", "|", "|", "!", "! ", "| ", " |", "<!-- c -->|"])
        cells = [choice.choice(_ATTRIBUTES) + choice.choice(_CONTENT) for _ in range(choice.randint(1, 4))]
        yield mark + choice.choice([" || ", "||", " !! "]).join(cells)


def random_table(choice: random.Random, depth: int = 0) -> str:
    """A wikitable in the ways in which people write them, and in some in which nobody should."""
    lines = [choice.choice(["{|", '{| class="wikitable"', ":{|", "{{{!}}" if depth == 0 else "{|"])]
    lines += ["|+ cap"] if choice.random() < 0.2 else []
    for _ in range(choice.randint(0, 6)):
        lines += _random_row(choice)
        if depth < 2 and choice.random() < 0.08:
            lines += ["|", random_table(choice, depth + 1)]
    return "\n".join([*lines, choice.choice(["|}", "|}", " |}", "|} t"])])


@pytest.mark.parametrize("seed", range(6))
def test_generated_tables_have_the_rows_and_cells_that_mediawiki_shows(seed: int, devwiki: DevWiki) -> None:
    choice = random.Random(seed)  # noqa: S311 -- the same tables in every run
    text = "\n\n".join(f"== {number} ==\n{random_table(choice)}" for number in range(ASKED_AT_ONCE))
    if seed % 2:
        text += "\n\n{|\n|-\n| unclosed || x\n|-\n| y"
    assert_same(text, devwiki.person(ORGANISER).render(text))
