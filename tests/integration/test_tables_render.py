"""Rows and cells as MediaWiki renders them against those that Callboard's scanner finds."""

import html
import re
from pathlib import Path

import pytest

from callboard.wikitext.tables import tables
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from dev.wiki_person import Person
from tests.integration.shown_tables import Shape, shown_tables, without_padding
from tests.integration.table_mess import Mess
from tests.integration.table_words import cells_that_show, cells_with_words, shape

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in ("tests/pages", "docs/example", "dev/demo")
    for path in (ROOT / folder).rglob("*.wikitext")
)
GENERATED = (
    240  # pages; five thousand others showed no difference that the templates of this wiki do not explain
)
WITH_ARGUMENTS = (3584, 3967)  # pages in which `{{!!|x}}` makes a cell
ASKED_IN_ONE_TEST = 20


def _squeezed(words: str) -> str:
    return re.sub(r"\W+", "", words)


def words_of(source: str) -> str | None:
    """What a cell's wikitext shows; None where templates, nested tables, extensions or the pipe trick decide it."""
    source = re.sub(r"<!--.*?(?:-->|\Z)", "", source, flags=re.DOTALL)
    if re.search(
        r"\{\{|\{\||</?(?:translate|tvar|nowiki|pre|ref)|https?:|\[\[(?:File|Image|Category):|~~~|__[A-Z]+__|\|\]\]",
        source,
    ):
        return None
    source = re.sub(r"\[\[:?[^\[\]|]*\|(.*?)\]\]|\[\[:?([^\[\]|]*)\]\]", r"\1\2", source)
    return _squeezed(html.unescape(re.sub(r"<[^<>]*>", "", source)))


def as_read(text: str) -> list[list[list[tuple[Shape, str | None]]]]:
    """For each table and row the cells, each with what it shows where that can be told from the source."""
    return [
        [[(shape(cell), words_of(cell.content.of(text))) for cell in row.cells] for row in table.rows]
        for table in tables(text)
    ]


def assert_same(text: str, source: str) -> None:
    found = [without_padding(rows) for rows in as_read(text)]
    shown = [without_padding(table.rows) for table in shown_tables(source)]
    assert [[[cell[0] for cell in row] for row in table] for table in found] == [
        [[cell[0] for cell in row] for row in table] for table in shown
    ]
    pairs = [
        pair for mine, theirs in zip(found, shown, strict=True) for pair in zip(mine, theirs, strict=True)
    ]
    for my_row, their_row in pairs:
        for (_, mine), (_, theirs) in zip(my_row, their_row, strict=True):
            if mine is not None:
                assert mine == _squeezed(theirs)


def as_stored(text: str) -> str:
    """The page with templates that no wiki has, so that those of the development wiki change nothing."""
    return re.sub(r"\{\{(?![!{#])", "{{No such template/", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
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


@pytest.fixture(scope="module")
def editor(devwiki: DevWiki) -> Person:
    """Somebody at a wiki that has the templates for table syntax which many wikis have, and one that shows a word."""
    person = devwiki.person(ORGANISER)
    for name, text in {
        "(!": "{{{!}}",
        "!)": "{{!}}}",
        "!-": "{{!}}-",
        "!!": "{{!}}{{!}}",
        "Nope": "nope",
    }.items():
        person.edit(f"Template:{name}", text)
    return person


@pytest.mark.parametrize("first", range(0, GENERATED, ASKED_IN_ONE_TEST))
def test_generated_page_has_the_rows_cells_and_words_that_mediawiki_shows(first: int, editor: Person) -> None:
    for seed in range(first, first + ASKED_IN_ONE_TEST):
        assert_as_shown(seed, editor)


@pytest.mark.parametrize("seed", WITH_ARGUMENTS)
def test_templates_for_table_syntax_pass_over_arguments(seed: int, editor: Person) -> None:
    assert_as_shown(seed, editor)


def assert_as_shown(seed: int, editor: Person) -> None:
    text = Mess(seed).page(1 + seed % 3)
    assert (seed, cells_with_words(text)) == (seed, cells_that_show(editor.render(text)))
