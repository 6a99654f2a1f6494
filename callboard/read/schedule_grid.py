"""The layout time × room: a row per stretch of time, a column per room; rowspan is length, colspan a common session."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from callboard.model import FreeSlot, Problem, Session
from callboard.read.cells import CellKind, CellReading
from callboard.read.columns import Head, Role
from callboard.read.grid_layout import GridLayout, find_layout
from callboard.read.grid_times import GridTimes
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.row_times import RowTime
from callboard.read.table_context import Context
from callboard.read.times import read_day
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, Placed, covering
from callboard.wikitext.tables import Table


@dataclass(slots=True)
class _Found:
    placed: Placed
    reading: CellReading
    rooms: tuple[str, ...]
    start: datetime | None
    end: datetime | None


@dataclass(slots=True)
class _State:
    sessions: list[Session] = field(default_factory=list)
    free: list[FreeSlot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class GridReader:
    """Reads one table as a grid."""

    def __init__(self, page: PageReader, table: Table, grid: Grid, context: Context) -> None:
        self.page, self.table, self.grid, self.context = page, table, grid, context
        self.text = page.text
        self.rows = covering(grid)
        self.is_other = False  # it was understood, and is no schedule

    def read(self) -> TableReading | None:
        """The table's sessions and free slots, or None if it is no grid of sessions."""
        layout = find_layout(self.page, self.grid, self.rows)
        if layout is None:
            return None
        timing = GridTimes(self.page, self.table, self.rows, layout, self.context)
        times = timing.read()
        if not any(self._is_timed(time) for time in times.values()):
            return None
        cells = self._cells(layout, times)
        if self._is_something_else(cells):
            self.is_other = True
            return None
        state = _State(problems=timing.problems)
        for found in self._same_as_above(cells):
            self._sort_in(found, layout, state)
        state.problems += self._faults(layout)
        return TableReading(
            "grid",
            tuple(state.sessions),
            tuple(state.free),
            tuple(state.problems),
            len(self.rows) - len(layout.heads),
        )

    def _is_timed(self, time: RowTime) -> bool:
        return time.start is not None or (time.cell is not None and self.page.has_clock(time.cell))

    # cells

    def _cells(self, layout: GridLayout, times: dict[int, RowTime]) -> list[_Found]:
        found: list[_Found] = []
        heads: dict[int, Head] = layout.heads[min(layout.heads)]
        for number, cells in enumerate(self.grid.rows):
            if number in layout.heads:
                heads = layout.heads[number]
                continue
            if number in layout.bands:
                continue
            for placed in cells:
                if placed.column in layout.times and placed.width == 1:
                    continue
                start, end = self._reach(placed, times)
                rooms = self._rooms(placed, heads, layout)
                found.append(_Found(placed, self.page.cell(placed.cell.content), rooms, start, end))
        return found

    def _reach(self, placed: Placed, times: dict[int, RowTime]) -> tuple[datetime | None, datetime | None]:
        rows = [times[row] for row in range(placed.row, placed.row + placed.height) if row in times]
        if not rows or rows[0].row != placed.row:
            return None, None
        timed = [time for time in rows if time.start]
        if rows[0].start is None:
            return None, None
        start, end = rows[0].start, timed[-1].end
        return start, end if end is None or end > start else None

    def _rooms(self, placed: Placed, heads: dict[int, Head], layout: GridLayout) -> tuple[str, ...]:
        rooms: dict[str, None] = {}
        for column in range(placed.column, placed.column + placed.width):
            head = heads.get(column)
            if head is None or column in layout.times or not head.text:
                continue
            for room in head.rooms or (head.text,):
                rooms[room] = None
        return tuple(rooms)

    def _is_something_else(self, cells: list[_Found]) -> bool:
        """Whether the cells hold helpers' names or numbers instead of sessions."""
        people = sum(found.reading.kind is CellKind.PEOPLE for found in cells)
        titled = [found.reading for found in cells if found.reading.kind is CellKind.SESSION]
        if self.context.helpers:
            people += sum(self.page.is_name(reading) for reading in titled)
            titled = [reading for reading in titled if not self.page.is_name(reading)]
        if people and people >= len(titled):
            return True
        numbers = sum(reading.title[:1].isdigit() and len(reading.title.split()) <= 3 for reading in titled)
        if titled and numbers == len(titled):
            return True
        return self.context.elsewhere

    def _same_as_above(self, cells: list[_Found]) -> list[_Found]:
        """Cells that say "(same)" lengthen the session above, or are a break like it."""
        kept: list[_Found] = []
        above: dict[int, _Found] = {}
        for found in cells:
            over = above.get(found.placed.column)
            upper = found
            if found.reading.kind is CellKind.SAME and over and over.placed.width == found.placed.width:
                if over.reading.kind is CellKind.SESSION and found.end:
                    over.end = found.end
                upper = over
            else:
                kept.append(found)
            for column in range(found.placed.column, found.placed.column + found.placed.width):
                above[column] = upper
        return kept

    def _sort_in(self, found: _Found, layout: GridLayout, state: _State) -> None:
        reading, cell = found.reading, found.placed.cell
        covers_time = any(
            column in layout.times
            for column in range(found.placed.column, found.placed.column + found.placed.width)
        )
        if reading.kind in {CellKind.SESSION, CellKind.PEOPLE, CellKind.SAME}:
            if not found.rooms or covers_time:
                if not covers_time or (found.start is None and not self._is_heading(found)):
                    state.problems.append(self.page.no_place(cell.content, timed=bool(found.rooms)))
                return
            if reading.kind is not CellKind.SAME:
                state.sessions.append(
                    self.page.session(reading, found.rooms, found.start, found.end, cell.content)
                )
                if not reading.title:
                    state.problems.append(self.page.title_missing(cell.content))
        elif reading.kind in {CellKind.FREE, CellKind.BLANK} and found.start and not covers_time:
            state.free += self._free(found)
        elif reading.kind is CellKind.UNREAD:
            state.problems.append(self.page.template_unread(cell.content))
        elif reading.kind is CellKind.STRUCK:
            state.problems.append(self.page.struck(cell.content))
        elif reading.kind is CellKind.OFF:
            state.problems.append(self.page.called_off(cell.content))

    def _is_heading(self, found: _Found) -> bool:
        return (
            found.placed.cell.header
            or read_day(found.placed.cell.content.of(self.text), self.page.event.dates).day is not None
        )

    def _free(self, found: _Found) -> list[FreeSlot]:
        cell = found.placed.cell
        row = self.table.rows[found.placed.row]
        if found.reading.kind is CellKind.BLANK:
            if cell.header or self.page.is_grey(cell.attributes) or self.page.is_grey(row.attributes):
                return []
            rooms = [room for room in found.rooms if self.page.rooms.is_open(room)]
        else:
            rooms = list(found.rooms)
        slot = self.page.free_slot(found.reading, None, found.start, found.end, cell.content)
        return [replace(slot, room=room) for room in rooms]

    # what does not add up

    def _faults(self, layout: GridLayout) -> list[Problem]:
        problems = [
            self.page.grid_broken(fault) for fault in self.grid.faults if fault.row not in layout.heads
        ]
        unknown: dict[str, Span] = {}
        for number, heads in layout.heads.items():
            for column, head in heads.items():
                if head.role is not Role.ROOM and head.text and column not in layout.times:
                    unknown.setdefault(head.text, self.rows[number][column].cell.content)
        return [*problems, *(self.page.room_unknown(name, span) for name, span in unknown.items())]
