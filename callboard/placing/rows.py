"""Tables with a row per session: which cell of a row holds what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from callboard.config import Event
from callboard.model import Schedule, Session
from callboard.placing.cells import Place
from callboard.read.columns import Role
from callboard.read.page_reader import PageReader
from callboard.read.row_columns import Columns, find_columns
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed, covering, expand
from callboard.wikitext.tables import tables

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

    def filled(self, text: str) -> Iterator[tuple[str, Span]]:
        """The cells that hold what belongs to a session, by name: that of its title, and those of the rest that say something."""
        for name in ("title", "owner", "task", "facilitator", "kind", "links"):
            cell: Span | None = getattr(self, name)
            if cell and (name == "title" or not is_open(text, cell)):
                yield name, cell


def is_open(text: str, cell: Span) -> bool:
    """Whether nobody stands in a cell yet: blank, a dash, `?`, TBD, `(your username)`."""
    return _OPEN.fullmatch(cell.of(text)) is not None


class Rows:
    """The rows of a page's tables, and what their cells hold; each table is laid out once, when somebody asks."""

    def __init__(self, page: Schedule, event: Event) -> None:
        self._page, self._event = page, event
        self._grids: dict[int, tuple[list[Columns | None], list[dict[int, Placed]]]] = {}

    @cached_property
    def by_span(self) -> dict[Span, Place]:
        """The rows of all tables, each by the span that a session in it has."""
        return {
            table.rows[cells[0].row].span: Place(number, table, cells[0])
            for number, table in enumerate(tables(self._page.text))
            for cells in expand(table).rows
            if cells
        }

    def of(self, session: Session) -> RowCells:
        """The cells of the session's row; none in a grid and outside tables."""
        place = self.by_span.get(session.span)
        return self.around(place) if place else RowCells()

    def around(self, place: Place) -> RowCells:
        """The cells of the row in which a cell begins; those that reach in from other rows or over other columns are left out."""
        row = place.placed.row
        by_row, grid = self._grid(place)
        columns, here = by_row[row], grid[row]
        if columns is None:
            return RowCells()

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

    def _grid(self, place: Place) -> tuple[list[Columns | None], list[dict[int, Placed]]]:
        """The columns of each row, by the last header row at or above it, and its cells by column."""
        if place.number not in self._grids:
            reader = PageReader(self._page.text, self._event, self._page.page)
            grid, found = covering(expand(place.table)), list[Columns | None]()
            for number, cells in enumerate(grid):
                here = [placed for placed in dict.fromkeys(cells.values()) if placed.row == number]
                above = found[-1] if found else None
                found.append(find_columns(reader, cells, here, first=above is None) or above)
            self._grids[place.number] = found, grid
        return self._grids[place.number]
