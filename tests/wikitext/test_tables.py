"""Rows and cells from source; held to MediaWiki's own HTML in tests/integration/test_tables_render.py."""

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.wikitext.tables import scan, tables
from tests.source_lines import line_of


def cells(text: str) -> list[list[list[str]]]:
    return [
        [[cell.content.of(text).strip() for cell in row.cells] for row in table.rows]
        for table in tables(text)
    ]


# wiki-platform.md 2.3: what parsers see wrongly
FIXTURES = {
    "rows before the first row mark": ("{|\n| a || b\n|-\n| c\n|}", [[["a", "b"], ["c"]]]),
    "indented": (":{|\n| a\n|}\n::{|\n| b\n|}", [[["a"]], [["b"]]]),
    "from the magic word": ("{{{!}} class=x\n{{!}}-\n{{!}} a {{!}}{{!}} b\n{{!}}}", [[["a", "b"]]]),
    "inside a template argument": ("{{Box|1=\n{{{!}}\n{{!}} a\n{{!}}-\n{{!}} b\n{{!}}}\n}}", [[["a"], ["b"]]]),
    "comment before a cell": ("{|\n|-\n<!-- c -->| a\n|}", [[["a"]]]),
    "unclosed table": ("{|\n|-\n| a\n|-\n| b", [[["a"], ["b"]]]),
    "unclosed small, closed in a later row": ("{|\n|-\n| <small>a\n|-\n| b</small>\n|}", [[["<small>a"], ["b</small>"]]]),
    "one unclosed bold per cell": ("{|\n" + "|-\n| '''a || '''b\n" * 94 + "|}", [[["'''a", "'''b"]] * 94]),
    "external link with a bar": ("{|\n| [https://x/a|b c]\n|}", [[["b c]"]]]),
    "rows made by a template": ("{|\n|-\n| a\n{{Row|b}}\n|-\n| c\n|}", [[["a\n{{Row|b}}"], ["c"]]]),
    "first table not closed": ("{|\n|-\n| a\n{|\n|-\n| b\n|}", [[["a\n{|\n|-\n| b\n|}"]], [["b"]]]),
    "translate round a table": ("<translate>\n{|\n| <!--T:1--> a\n|}</translate>", [[["<!--T:1--> a"]]]),
    "links with bars": ("{|\n| [[A|b]] || style=x | [[C|d]]\n|}", [[["[[A|b]]", "[[C|d]]"]]]),
    "headings": ("{|\n! a !! b || c\n| d !! e\n|}", [[["a", "b", "c", "d !! e"]]]),
    "nowiki": ("{|\n| <nowiki>| a || b</nowiki> || c\n|}", [[["<nowiki>| a || b</nowiki>", "c"]]]),
    "CRLF": ("{|\r\n| a\r\n| b\r\n|-\r\n| c\r\n|}\r\n", [[["a", "b"], ["c"]]]),
    "template with bars": ("{|\n| {{t|a\n|-\n| b}} || c\n|}", [[["{{t|a\n|-\n| b}}", "c"]]]),
    "no table in pre": ("<pre>\n{|\n| a\n|}\n</pre>", []),
}  # fmt: skip


@pytest.mark.parametrize("name", FIXTURES)
def test_fixture(name: str) -> None:
    text, expected = FIXTURES[name]
    assert cells(text) == expected


def test_cell_has_its_attributes_spans_and_line() -> None:
    text = '{| class="x"\n|+ cap\n|- class="room"\n! scope=col rowspan="2" | a || colspan=3| b\n|}'
    table = tables(text)[0]
    row = table.rows[0]
    assert (table.attributes and table.attributes.of(text), table.caption and table.caption.of(text)) == (
        ' class="x"',
        " cap",
    )
    assert (row.mark and row.mark.of(text), row.attributes and row.attributes.of(text)) == (
        '|- class="room"',
        ' class="room"',
    )
    assert [
        (c.header, c.attributes and c.attributes.of(text), c.content.of(text), c.rowspan, c.colspan, c.line)
        for c in row.cells
    ] == [(True, ' scope=col rowspan="2" ', " a ", 2, 1, 4), (True, " colspan=3", " b", 1, 3, 4)]
    assert row.span.of(text) == '! scope=col rowspan="2" | a || colspan=3| b'


def test_cell_over_lines_ends_with_its_last_text() -> None:
    text = "{|\n| a\nb\n\n| <!-- c -->\n<!-- d -->\n|\n* e\n\n|}"
    assert [cell.content.of(text) for cell in tables(text)[0].rows[0].cells] == [
        " a\nb",
        " <!-- c -->",
        "\n* e",
    ]


def test_nested_table_follows_the_one_around_it() -> None:
    text = "{|\n| a\n:{|\n| b\n|}\n| c\n|}"
    assert [(table.depth, table.indent, table.line, table.closed) for table in tables(text)] == [
        (0, 0, 1, True),
        (1, 1, 3, True),
    ]


def test_unclosed_table_says_so() -> None:
    assert [table.closed for table in tables("{|\n| a\n|}\n{|\n| b")] == [True, False]


def test_text_outside_cells_is_stray() -> None:
    text = "{|\nx\n|-\ny\n| a\n|}"
    assert [span.of(text) for span in tables(text)[0].stray] == ["x", "y"]


@pytest.mark.parametrize(
    ("attributes", "rowspan", "colspan"),
    [
        ("rowspan=2", 2, 1), ("rowspan='2' colspan=\"3\"", 2, 3), ("ROWSPAN = 4", 4, 1), ("rowspan=2px", 2, 1),
        ("rowspan=0", 0, 1), ("colspan=0", 1, 1), ("rowspan=x", 1, 1), ("data-rowspan=9", 1, 1), ("colspan=99999999", 1, 1000),
    ],
)  # fmt: skip
def test_spans(attributes: str, rowspan: int, colspan: int) -> None:
    cell = tables(f"{{|\n| {attributes} | a\n|}}")[0].rows[0].cells[0]
    assert (cell.rowspan, cell.colspan) == (rowspan, colspan)


PIECES = st.sampled_from(
    [
        "{|", "|}", "|-", "|", "||", "!", "!!", "|+", "\n", "\n", "\n", " ", "a", "{{", "}}", "{{{", "}}}", "{{!}}", "[[", "]]", "'''", "''", "<!--",
        "-->", "<nowiki>", "</nowiki>", "<pre>", "</pre>", "<small>", "</small>", "<translate>", "</translate>", ":", "rowspan=2 |",
        "colspan=3 |", "style=x |", "\r\n", "=", "==", "<table>", "</table>", "é", "{{t|a}}", "[[User:A|B]]", "<br>", "&nbsp;",
        "<tr>", "</tr>", "<td>", "</td>", "<th rowspan=2>", "</th>", "<TD\nclass='a|b'>", "<caption>", "</caption>", "|+", "{{(!}}", "{{!!}}", "{{ ! }}", "-{", "}-", "\r",
        "\u2028", "\x00", "<noinclude>", "</noinclude>", "<includeonly>", "<ref>", "</ref>", "title='a|b' |", "<nowiki>|</nowiki>", "|}", "{|", "\n|-\n",
    ]
)  # fmt: skip
SOUP = st.lists(PIECES, max_size=60).map("".join)


@given(SOUP)
def test_soup_raises_nothing_and_spans_lie_inside_one_another(text: str) -> None:
    for table in tables(text):
        assert 0 <= table.span.start <= table.span.end <= len(text)
        assert table.line == line_of(text, table.span.start)
        last = table.span.start
        for row in table.rows:
            assert row.span in table.span
            for cell in row.cells:
                assert cell.content in row.span
                assert last <= cell.content.start
                assert (
                    cell.line == line_of(text, cell.content.start)
                    or "\n" in text[row.span.start : cell.content.start]
                )
                last = cell.content.end
                if cell.attributes:
                    assert cell.attributes.end <= cell.content.start


@given(SOUP)
def test_no_cell_holds_what_stands_astray_or_in_no_table(text: str) -> None:
    found = scan(text)
    cells = [cell for table in found.tables for row in table.rows for cell in row.cells]
    for table in found.tables:
        for stray in table.stray:
            assert stray in table.span
            own = [cell for row in table.rows for cell in row.cells if cell.content.start < cell.content.end]
            assert not any(cell.content.start < stray.end and stray.start < cell.content.end for cell in own)
    for loose in found.loose:
        assert not any(loose in cell.content for cell in cells if cell.line == line_of(text, loose.start))


def calls(text: str) -> int:
    """How many functions it takes to find the tables of a text."""
    scan.cache_clear()
    count = 0

    def counted(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        tables(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "{|\n|-\n| a || b\n|-\n| c\n|}\n", "{|\n| a\n", "{{", "[[", "}}", "{{{!}}\n", "<!-- a -->\n", "<nowiki>", "<pre", "'''", "{{a|", "| a ||",
        "<table>", "{|\n|-\n| rowspan=900 | a\n", "<table><tr><td>", "<tr><td>a", "<td |", "{{a|{{{!}}\n", "{{a|\n{|\n", "{{a|\n{|\n}}", "-{", "<td title='|", "| a\n",
    ],
)  # fmt: skip
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert calls(piece * 400) <= 4.4 * calls(piece * 100) + 200
