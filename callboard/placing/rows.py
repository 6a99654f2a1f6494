"""Tables with a row per session: which cell of a row holds what."""

import re
from dataclasses import dataclass

from callboard.config import Event
from callboard.model import Schedule
from callboard.placing.cells import Place
from callboard.read.columns import Role
from callboard.read.page_reader import PageReader
from callboard.read.row_columns import Columns, find_columns
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import covering, expand
from callboard.wikitext.tables import Table, tables

_OPEN = re.compile(
    r"[\s?–—-]*|\s*(?:tb[acd]|''tb[acd]''|(?:facilitat\w+\s*:\s*)?\(\s*your\s+(?:user\s*)?name\s*\))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row by what their columns hold; None where the row has no cell of its own there."""

    title: Span | None = None
    owner: Span | None = None
    task: Span | None = None
    facilitator: Span | None = None
    kind: Span | None = None
    links: Span | None = None
    time: Span | None = None
    room: Span | None = None
    day: Span | None = None


def columns_at(page: Schedule, event: Event, table: Table, row: int) -> Columns | None:
    """The columns by the last header row at or above a row."""
    reader = PageReader(page.text, event, page.page)
    columns: Columns | None = None
    for number, cells in enumerate(covering(expand(table))[: row + 1]):
        here = [placed for placed in dict.fromkeys(cells.values()) if placed.row == number]
        columns = find_columns(reader, cells, here, first=columns is None) or columns
    return columns


def cells_of(page: Schedule, event: Event, place: Place) -> RowCells:
    """The cells of the row in which a cell stands; those that reach in from other rows or over other columns are left out."""
    row = place.placed.row
    columns = columns_at(page, event, place.table, row)
    if columns is None:
        return RowCells()
    here = covering(expand(place.table))[row]

    def cell(column: int | None) -> Span | None:
        placed = here.get(column) if column is not None else None
        own = placed is not None and (placed.row, placed.height, placed.width) == (row, 1, 1)
        return placed.cell.content if placed and own else None

    time = columns.first(Role.TIME)
    links = [column for column in columns.roles.get(Role.LINKS, ()) if column != columns.task]
    return RowCells(
        title=cell(columns.first(Role.TITLE)),
        owner=cell(columns.first(Role.OWNER)),
        task=cell(columns.task),
        facilitator=cell(columns.first(Role.FACILITATOR)),
        kind=cell(columns.first(Role.TYPE)),
        links=cell(links[0]) if len(links) == 1 else None,
        time=cell(time if time is not None else columns.first(Role.START)),
        room=cell(columns.first(Role.PLACE)),
        day=cell(columns.first(Role.DAY)),
    )


def is_open(text: str, cell: Span) -> bool:
    """Whether nobody stands in a cell yet: blank, a dash, `?`, TBD, `(your username)`."""
    return _OPEN.fullmatch(cell.of(text)) is not None


def rows_by_span(page: Schedule) -> dict[Span, Place]:
    """The rows of all tables, each by the span that a session in it has."""
    return {
        table.rows[cells[0].row].span: Place(number, table, cells[0])
        for number, table in enumerate(tables(page.text))
        for cells in expand(table).rows
        if cells
    }
