"""Cells in place, as browsers lay them out."""

import pytest

from callboard.wikitext.grid import covering, expand
from callboard.wikitext.tables import tables


def places(text: str) -> list[tuple[str, int, int, int, int]]:
    return [
        (item.cell.content.of(text).strip(), item.row, item.column, item.height, item.width)
        for item in expand(tables(text)[0]).cells
    ]


def faults(text: str) -> list[tuple[str, int, str]]:
    return [
        (fault.misfit.value, fault.row, fault.cell.content.of(text).strip())
        for fault in expand(tables(text)[0]).faults
    ]


def test_rowspan_pushes_later_rows_to_the_right() -> None:
    text = "{|\n| a || rowspan=2 | b || c\n|-\n| d || e\n|}"
    assert places(text) == [
        ("a", 0, 0, 1, 1),
        ("b", 0, 1, 2, 1),
        ("c", 0, 2, 1, 1),
        ("d", 1, 0, 1, 1),
        ("e", 1, 2, 1, 1),
    ]
    assert faults(text) == []


def test_colspan_and_rowspan_together() -> None:
    text = "{|\n| a || colspan=2 rowspan=2 | b\n|-\n| c\n|-\n| d || e || f\n|}"
    assert places(text)[1] == ("b", 0, 1, 2, 2)
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{|\n| a || b\n|-\n| c || rowspan=3 | d\n|}", [("overflow", 1, "d")]),
        ("{|\n| a || rowspan=2 | b\n|-\n| colspan=2 | c\n|}", [("overlap", 1, "c")]),
        ("{|\n| a || b\n|-\n| c\n|-\n| d || e\n|}", [("short", 1, "c")]),
        ("{|\n| a || b\n|-\n| c || d || e\n|-\n| f || g\n|}", [("long", 1, "e")]),
        ("{|\n| a || b\n|-\n| c || rowspan=0 | d\n|}", []),
        ("{|\n| a || b\n|-\n| colspan=100 | c\n|-\n| d || e\n|}", []),
        ("{|\n| a || b\n|-\n| c || rowspan=65535 | d\n|}", [("overflow", 1, "d")]),
        ("{|\n| a || b\n|-\n| c || rowspan={{x}} | d\n|}", [("unknown", 1, "d")]),
        ("{|\n| a || b\n|-\n| c || rowspan=-1 | d\n|-\n| e || colspan=0 | f\n|}", []),
        ("{|\n| a || rowspan=2 | b\n|+ cap\n|-\n| c || d\n|}", [("overflow", 0, "b")]),
        ("{|\n| a || rowspan=0 | b\n|+ cap\n|-\n| c || d\n|}", []),
        ("<table><tr><td>a<td rowspan=3>b<tr><td>c</table>", [("overflow", 0, "b")]),
        ("<table><tr><td>a<td rowspan=2>b<tr></tr><tr><td>c<tr><td>d<td>e</table>", []),
        ("{|\n| a || b\n|-\n|" + "| c |" * 70 + " d\n|-\n| e || f\n|}", [("long", 1, "c"), ("long", 1, "d")]),
    ],
)
def test_what_does_not_add_up(text: str, found: list[tuple[str, int, str]]) -> None:
    assert faults(text) == found


def test_span_to_the_end_of_the_table() -> None:
    assert places("{|\n| rowspan=0 | a || b\n|-\n| c\n|-\n| d\n|}") == [
        ("a", 0, 0, 3, 1),
        ("b", 0, 1, 1, 1),
        ("c", 1, 1, 1, 1),
        ("d", 2, 1, 1, 1),
    ]


def test_covering_tells_the_cell_of_each_place() -> None:
    text = "{|\n| a || rowspan=2 | b\n|-\n| c\n|}"
    rows = covering(expand(tables(text)[0]))
    assert [
        {column: item.cell.content.of(text).strip() for column, item in sorted(row.items())} for row in rows
    ] == [
        {0: "a", 1: "b"},
        {0: "c", 1: "b"},
    ]


def test_work_is_bounded_by_rows_however_wide_the_spans() -> None:
    text = "{|\n" + "|-\n| rowspan=2000 colspan=1000 | a\n" * 300 + "|}"
    grid = expand(tables(text)[0])
    assert len(grid.cells) == 1
    assert len(grid.faults) > 0
