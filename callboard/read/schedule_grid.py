"""The layout time × room: a row per stretch of time, a column per room; rowspan is length, colspan a common session."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from callboard.model import FreeSlot, Pause, Problem, Session, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.columns import Head, Role
from callboard.read.grid_cells import GridCell, joined, times_shared
from callboard.read.grid_days import Section, sections
from callboard.read.grid_layout import GridLayout, find_layout
from callboard.read.grid_parts import timed_parts
from callboard.read.grid_times import GridTimes
from callboard.read.item_times import leading_time
from callboard.read.other_tables import as_other
from callboard.read.page_reader import NOTHING, PageReader, TableReading
from callboard.read.recordings import recording
from callboard.read.row_times import RowTime
from callboard.read.table_context import Context, problem_of
from callboard.read.times import read_day, read_times
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, Placed, covering
from callboard.wikitext.tables import Table

_DAY = Head(Role.DAY, "")  # the head of a column that is a day
_SHIFTED = "A time stands below a room; check the rowspans above and the number of cells in this row"
_ASIDE = "What stands under this head is not read; in a grid, sessions are those of rooms or days"


@dataclass(slots=True)
class _Part:
    section: Section
    times: dict[int, RowTime]


@dataclass(slots=True)
class _State:
    sessions: list[Session] = field(default_factory=list)
    free: list[FreeSlot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)


class GridReader:
    """Reads one table as a grid; its rows given as columns if it is turned, from that row of the table on."""

    def __init__(
        self, page: PageReader, table: Table, grid: Grid, context: Context, *, turned_from: int | None = None
    ) -> None:
        self.page, self.table, self.grid, self.context = page, table, grid, context
        self.turned, self.first_row = turned_from is not None, turned_from or 0
        self.text = page.text
        self.rows = covering(grid)
        self.shifted: set[int] = set()  # rows whose cells are not where they should be
        self.near: dict[tuple[int, int], datetime] = {}  # for each row the last start above it
        self.other: TableReading | None = None  # it was understood, and is no schedule

    def read(self) -> TableReading | None:
        """The table's sessions and free slots, or None if it is no grid of sessions."""
        layout = find_layout(self.page, self.grid, self.rows)
        if layout is None:
            return None
        parts, problems = self._timed_sections(layout)
        if not any(self._is_timed(time) for part in parts for time in part.times.values()):
            return None
        cells = self._cells(layout, parts)
        self.other = self._as_other(cells)
        if self.other:
            return None
        state = _State(problems=problems)
        state.problems += self._shifted(cells)
        kept, unclear = joined(cells, self.page)
        state.problems += unclear
        for found in kept:
            cells, odd = timed_parts(self.page, found, self.context.zone)
            state.problems += odd
            if len(cells) == 1:
                state.problems += times_shared(cells[0], parts[found.section].times, self.page)
            for cell in cells:
                self._sort_in(cell, layout, state)
        state.problems += self._faults(layout)
        return TableReading(
            "grid",
            tuple(sorted(state.sessions, key=lambda session: session.span.start)),
            tuple(state.free),
            tuple(dict.fromkeys(state.problems)),
            self.grid.columns - 1 if self.turned else len(self.rows) - len(layout.heads) - len(layout.above),
            tuple(state.pauses),
        )

    def _is_timed(self, time: RowTime) -> bool:
        return time.start is not None or (time.cell is not None and self.page.has_clock(time.cell))

    def _timed_sections(self, layout: GridLayout) -> tuple[list[_Part], list[Problem]]:
        """The columns that share days and times, with the times of their rows."""
        columns = sorted({column for row in self.rows for column in row})
        parts: list[_Part] = []
        problems = [problem_of(odd, self.text, span, self.page.title) for odd, span in layout.odd]
        for section in sections(layout.days, columns, layout.times):
            timing = GridTimes(self.page, self.table, self.rows, layout, section, context=self.context)
            parts.append(_Part(section, timing.read()))
            problems += timing.problems
        return parts, problems

    # cells

    def _cells(self, layout: GridLayout, parts: list[_Part]) -> list[GridCell]:
        found: list[GridCell] = []
        heads: dict[int, Head] = layout.heads[min(layout.heads)]
        aside = {*layout.times, *layout.day_columns, *layout.others}
        readings: dict[Placed, CellReading] = {}
        last: dict[int, datetime] = {}
        for number, cells in enumerate(self.grid.rows):
            if number in layout.heads or number in layout.bands:
                heads = layout.heads.get(number, heads)
                last.clear()
                continue
            for placed in cells:
                reach = set(range(placed.column, placed.column + placed.width))
                if placed.width == 1 and placed.column in aside:
                    continue
                reading = readings.setdefault(placed, self.page.place(placed.cell.content))
                for section, part in enumerate(parts):
                    if columns := reach & part.section.columns:
                        start, end, time = self._reach(placed, part.times)
                        if start:
                            last[section] = start
                        elif (
                            not aside.isdisjoint(reach)
                            and leading_time(self.text, placed.cell.content) is None
                        ):
                            last.clear()  # it may be another day from here on
                        if section in last:
                            self.near[section, number] = last[section]
                        rooms = self._rooms(columns, heads, layout)
                        by_day = any(heads.get(column) == _DAY for column in columns)
                        found.append(GridCell(placed, reading, rooms, start, end, time, section, by_day))
        return found

    def _reach(
        self, placed: Placed, times: dict[int, RowTime]
    ) -> tuple[datetime | None, datetime | None, Span | None]:
        rows = [times[row] for row in range(placed.row, placed.row + placed.height) if row in times]
        if not rows or rows[0].row != placed.row:
            return None, None, None
        timed = [time for time in rows if time.start]
        if rows[0].start is None:
            return None, None, rows[0].cell
        asked = any(row.odd and row.start is None for row in rows)
        start, end = rows[0].start, None if asked else timed[-1].end
        return start, end if end is None or end > start else None, rows[0].cell

    def _rooms(self, columns: set[int], heads: dict[int, Head], layout: GridLayout) -> tuple[str, ...]:
        rooms: dict[str, None] = {}
        for column in sorted(columns):
            head = heads.get(column)
            if head is None or column in layout.times or column in layout.others:
                continue
            if head == _DAY:
                rooms |= dict.fromkeys(self._only_rooms())
            elif head.text and head.role is not Role.DAY:
                rooms |= dict.fromkeys(head.rooms or (head.text,))
        return tuple(rooms)

    def _only_rooms(self) -> tuple[str, ...]:
        """The rooms of a table whose columns are days: those that its heading names, or the event's only one."""
        rooms = self.page.event.room
        return self.context.rooms or ((rooms[0].name,) if len(rooms) == 1 else ())

    def _as_other(self, cells: list[GridCell]) -> TableReading | None:
        """What there is to say of a table with helpers' names or numbers instead of sessions."""
        titles = [found.reading.title for found in cells if found.reading.kind is CellKind.SESSION]
        if titles and all(title[:1].isdigit() and len(title.split()) <= 3 for title in titles):
            return NOTHING
        return as_other(self.page, self.table, self.context, [found.reading for found in cells])

    def _shifted(self, cells: list[GridCell]) -> list[Problem]:
        """Times that stand below rooms: the cells of their rows are not where they should be, so have no time."""
        problems: list[Problem] = []
        for cell in cells:
            begins = cell.reading.kind is CellKind.SESSION and cell.reading.title[:1].isdigit()
            if begins and not cell.placed.cell.header and self._is_only_time(cell.content):
                self.shifted.add(cell.placed.row)
                problems.append(self.page.problem("grid-broken", Severity.WARNING, _SHIFTED, cell.content))
        cells[:] = [
            cell
            for cell in cells
            if cell.placed.row not in self.shifted or not self._is_only_time(cell.content)
        ]
        for cell in cells:
            if cell.placed.row in self.shifted:
                cell.start = cell.end = None
        return problems

    def _is_only_time(self, span: Span) -> bool:
        lead = leading_time(self.text, span)
        return lead is not None and not self.page.words(Span(lead.body, span.end))

    def _sort_in(self, found: GridCell, layout: GridLayout, state: _State) -> None:
        reading, cell = found.reading, found.content
        covers_time = any(
            column in layout.times
            for column in range(found.placed.column, found.placed.column + found.placed.width)
        )
        if reading.kind in {CellKind.SESSION, CellKind.PEOPLE}:
            if not (found.rooms or found.by_day) or covers_time:
                if covers_time and (timed := self._own_time(found)):
                    state.sessions.append(self._session(timed))
                elif not covers_time or (found.start is None and not self._is_heading(found)):
                    state.problems.append(self.page.no_place(cell, timed=bool(found.rooms)))
                return
            state.sessions.append(self._session(found))
            if found.time is None and found.placed.row not in self.shifted:
                state.problems.append(self.page.no_place(cell, timed=True))
            if not reading.title:
                state.problems.append(self.page.title_missing(cell))
        elif reading.kind in {CellKind.FREE, CellKind.BLANK} and found.start and not covers_time:
            state.free += self._free(found)
        elif reading.kind is CellKind.BREAK and found.start and found.end and found.rooms:
            state.pauses.append(Pause(found.start, found.end, found.rooms))
        elif reading.kind is not CellKind.DOUBTFUL or reading.owners or len(found.rooms) <= 1:
            state.problems += self.page.not_held(reading.kind, cell)

    def _own_time(self, found: GridCell) -> GridCell | None:
        """A cell over the whole row that begins with its time: `11:00–11:30 Group photo`."""
        lead = leading_time(self.text, found.content)
        near = self.near.get((found.section, found.placed.row))
        if lead is None or near is None:
            return None
        zone = self.context.zone
        told = read_times(lead.source.of(self.text), near.astimezone(zone).date(), zone)
        if told.start is None or told.odd:
            return None
        reading = self.page.cell(Span(lead.body, found.content.end))
        if reading.kind is not CellKind.SESSION:
            return None
        return replace(found, reading=reading, start=told.start, end=told.end, time=lead.source)

    def _is_heading(self, found: GridCell) -> bool:
        return (
            found.placed.cell.header
            or read_day(found.placed.cell.content.of(self.text), self.page.event.dates).day is not None
        )

    def _session(self, found: GridCell) -> Session:
        cell, table = found.content, self.table.span.start
        made = (found.reading, found.rooms, found.start, found.end, cell)
        link = recording(self.text, cell)
        return self.page.session(
            *made, layout="grid", table=table, title_cell=cell, time_cell=found.time, recording=link
        )

    def _free(self, found: GridCell) -> list[FreeSlot]:
        cell = found.placed.cell
        if found.reading.kind is CellKind.BLANK:
            row = self.table.rows[self._source_row(found.placed)]
            if cell.header or self.page.is_grey(cell.attributes) or self.page.is_grey(row.attributes):
                return []
            rooms: list[str | None] = [room for room in found.rooms if self.page.rooms.is_open(room)]
            if found.by_day and not found.rooms:
                rooms = [None] if not self.page.event.room else []
        else:
            rooms = list(found.rooms) or [None]
        slot = self.page.free_slot(found.reading, None, found.start, found.end, cell.content)
        slot = replace(slot, layout="grid", table=self.table.span.start, time_cell=found.time)
        return [replace(slot, room=room) for room in rooms]

    def _source_row(self, placed: Placed) -> int:
        """The row of the table in which a cell is written."""
        return self.first_row + placed.column if self.turned else placed.row

    # what does not add up

    def _faults(self, layout: GridLayout) -> list[Problem]:
        problems = [
            self.page.grid_broken(fault) for fault in self.grid.faults if fault.row not in layout.heads
        ]
        unknown: dict[str, Span] = {}
        for number, heads in layout.heads.items():
            for column, head in heads.items():
                known = head.role in {Role.ROOM, Role.DAY} or column in layout.others
                if not known and head.text and column not in layout.times:
                    unknown.setdefault(head.text, self.rows[number][column].cell.content)
        problems += [
            self.page.problem("column-unread", Severity.NOTE, _ASIDE, placed.cell.content)
            for placed in layout.others.values()
        ]
        return [*problems, *(self.page.room_unknown(name, span) for name, span in unknown.items())]
