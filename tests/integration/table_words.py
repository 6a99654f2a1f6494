"""Which words of a page of table_mess.py each cell shows: by the scanner of Callboard, and by the wiki's HTML."""

import re

from callboard.wikitext.masking import Kind, marks
from callboard.wikitext.tables import Cell, Table, tables
from tests.integration.shown_tables import Shape, shown_tables, without_padding

Cells = list[list[list[tuple[Shape, str]]]]  # tables, rows, cells
_WORD = re.compile(r"w\d+x")


def shape(cell: Cell) -> Shape:
    """The cell as a tag."""
    return "th" if cell.header else "td", cell.rowspan, cell.colspan


def cells_that_show(source: str) -> Cells:
    """By the HTML."""
    found = [
        [[(cell, "".join(_WORD.findall(words))) for cell, words in row] for row in table.rows]
        for table in shown_tables(source)
    ]
    return [without_padding(rows) for rows in found]


def cells_with_words(text: str) -> Cells:
    """By the source; words between the cells of a table in a cell show in the cell around it."""
    found = tables(text)
    around = _around(found)
    shown: dict[Cell, list[str]] = {}
    for word in _WORD.finditer(text):
        if _shows(text, word.start()) and (cell := _cell(found, around, word.start())):
            shown.setdefault(cell, []).append(word[0])
    return [
        without_padding(
            [[(shape(cell), "".join(shown.get(cell, []))) for cell in row.cells] for row in table.rows]
        )
        for table in found
    ]


def _shows(text: str, at: int) -> bool:
    """Whether no comment, template, reference or includeonly hides it."""
    return not any(
        mark.span.start <= at < mark.span.end
        and (
            mark.kind in {Kind.COMMENT, Kind.TEMPLATE, Kind.ARGUMENT}
            or text.startswith(("<ref", "<includeonly"), mark.span.start)
        )
        for mark in marks(text)
    )


def _around(found: tuple[Table, ...]) -> dict[Table, Table | None]:
    open_tables: list[Table] = []
    around: dict[Table, Table | None] = {}
    for table in found:
        while open_tables and open_tables[-1].span.end <= table.span.start:
            open_tables.pop()
        around[table] = open_tables[-1] if open_tables else None
        open_tables.append(table)
    return around


def _cell(found: tuple[Table, ...], around: dict[Table, Table | None], at: int) -> Cell | None:
    inside = [table for table in found if table.span.start <= at < table.span.end]
    table = inside[-1] if inside else None
    while table and any(span.start <= at < span.end for span in table.stray):
        table = around[table]
    cells = [cell for row in table.rows for cell in row.cells] if table else []
    return next((cell for cell in cells if cell.content.start <= at < cell.content.end), None)
