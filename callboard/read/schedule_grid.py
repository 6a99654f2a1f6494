"""The layout time × room: a row per stretch of time, a column per room; rowspan is length, colspan a common session."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from callboard.model import FreeSlot, Problem, Session, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.row_times import Days, RowTime, is_open_end, with_ends
from callboard.read.table_context import Context, problem_of
from callboard.read.times import read_day, read_zone
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, Placed, covering
from callboard.wikitext.tables import Table


@dataclass(slots=True)
class _Layout:
    """Where the table's heads and times are."""

    heads: dict[int, dict[int, Head]]  # for each header row the head of each column
    bands: frozenset[int]  # rows of headings only: buildings above rooms, a day in mid-table
    times: tuple[int, ...]  # columns
    zones: dict[int, tzinfo]  # that the head of a time column names


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
        layout = self._layout()
        if layout is None:
            return None
        times, problems, days = self._times(layout)
        if not any(time.start or time.stated for time in times.values()) and not self._times_without_day(
            times
        ):
            return None
        cells = self._cells(layout, times)
        if self._is_something_else(cells):
            self.is_other = True
            return None
        state = _State(problems=problems)
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

    # heads and columns

    def _layout(self) -> _Layout | None:
        heads: dict[int, dict[int, Head]] = {}
        for number, row in enumerate(self.rows):
            if found := self._heads(number, row):
                heads[number] = found
        if not heads:
            return None
        columns = self._time_columns(heads)
        if not columns:
            return None
        zones: dict[int, tzinfo] = {}
        for number in heads:
            for column in columns:
                placed = self.rows[number].get(column)
                if placed and (zone := read_zone(placed.cell.content.of(self.text))):
                    zones.setdefault(column, zone)
        return _Layout(heads, self._bands(heads), columns, zones)

    def _bands(self, heads: dict[int, dict[int, Head]]) -> frozenset[int]:
        return frozenset(
            number
            for number, cells in enumerate(self.grid.rows)
            if number not in heads
            and cells
            and all(placed.cell.header for placed in cells)
            and not any(
                self.page.has_clock(placed.cell.content) for placed in set(self.rows[number].values())
            )
            and not any(is_open_end(self.page.words(placed.cell.content)) for placed in cells)
        )

    def _heads(self, number: int, row: dict[int, Placed]) -> dict[int, Head] | None:
        here = {placed for placed in row.values() if placed.row == number}
        if not here or any(self.page.has_clock(placed.cell.content) for placed in here):
            return None
        heads = {column: self.page.head(placed.cell.content) for column, placed in row.items()}
        rooms = {row[column] for column, head in heads.items() if head.role is Role.ROOM}
        roles = {head.role for head in heads.values()}
        if not rooms or Role.TITLE in roles:
            return None
        timed = bool(roles & {Role.TIME, Role.START})
        if timed or (all(placed.cell.header for placed in here if self.page.words(placed.cell.content))):
            return heads
        corner = heads.get(0)
        others = [
            head for column, head in heads.items() if column and head.role is not Role.ROOM and head.text
        ]
        return (
            heads
            if corner and corner.role in {Role.BLANK, Role.DAY} and len(rooms) > 1 and not others
            else None
        )

    def _time_columns(self, heads: dict[int, dict[int, Head]]) -> tuple[int, ...]:
        rooms = {column for row in heads.values() for column, head in row.items() if head.role is Role.ROOM}
        counts: Counter[int] = Counter()
        for number, row in enumerate(self.rows):
            if number in heads:
                continue
            for column, placed in row.items():
                if (
                    column not in rooms
                    and placed.row == number
                    and placed.width == 1
                    and self.page.has_clock(placed.cell.content)
                ):
                    counts[column] += 1
        if not counts:
            return ()
        most = max(counts.values())
        return tuple(sorted(column for column, count in counts.items() if count * 2 >= most))

    # times

    def _times(self, layout: _Layout) -> tuple[dict[int, RowTime], list[Problem], dict[int, date | None]]:
        problems: list[Problem] = []
        days: dict[int, date | None] = {}
        day = self._corner_day(layout) or self.context.day
        clock = Days(self.context.zone)
        times: list[RowTime] = []
        breaks: set[int] = set()
        for number, row in enumerate(self.rows):
            if number in layout.heads:
                day = self._row_day(layout, number) or day
                continue
            named = self._full_width_day(number, row)
            day = named or day
            days[number] = day
            if number in layout.bands:
                continue
            time = self._row_time(layout, number, row, day, clock)
            if time is None:
                breaks.add(number)
            elif not times or times[-1].cell != time.cell:
                times.append(time)
                problems += self._odd(time, row)
        if day is None and any(time.cell for time in times) and not self.context.problems:
            problems.append(self.page.day_unknown(self.table))
        return with_ends(times, frozenset(breaks)), problems, days

    def _corner_day(self, layout: _Layout) -> date | None:
        return self._row_day(layout, min(layout.heads))

    def _row_day(self, layout: _Layout, number: int) -> date | None:
        for column in layout.times:
            placed = self.rows[number].get(column)
            if placed and (day := read_day(placed.cell.content.of(self.text), self.page.event.dates).day):
                return day
        return None

    def _full_width_day(self, number: int, row: dict[int, Placed]) -> date | None:
        here = [placed for placed in set(row.values()) if placed.row == number]
        if len(here) != 1 or here[0].width < 2 or self.page.has_clock(here[0].cell.content):
            return None
        return read_day(here[0].cell.content.of(self.text), self.page.event.dates).day

    def _row_time(
        self, layout: _Layout, number: int, row: dict[int, Placed], day: date | None, clock: Days
    ) -> RowTime | None:
        """The time in the row's time cells: the first that says one; None if it has none at all."""
        readings: list[RowTime] = []
        for column in self._preferred(layout):
            placed = row.get(column)
            if placed is None or placed.width > 1 or not self.page.words(placed.cell.content):
                continue
            zone = self.page.clock_zone(layout.zones.get(column), self.context.zone)
            source = placed.cell.content.of(self.text)
            reading = clock.read(source, day, zone)
            readings.append(
                RowTime(
                    placed.row,
                    reading.start,
                    reading.end,
                    bool(reading.end or reading.minutes),
                    is_open_end(self.page.words(placed.cell.content)),
                    reading.odd,
                    placed.cell.content,
                    placed.height,
                )
            )
        if not readings:
            return None
        known = [time for time in readings if time.start]
        if len({time.start for time in known}) > 1:
            first, last = known[0], known[-1]
            return replace(
                first, start=None, end=None, odd=(self.page.times_disagree(first.cell, last.cell),)
            )
        return known[0] if known else readings[0]

    def _preferred(self, layout: _Layout) -> Sequence[int]:
        """The time columns whose zone is stated before the others; all of them if none is."""
        stated = [column for column in layout.times if column in layout.zones]
        return stated or layout.times

    def _odd(self, time: RowTime, row: dict[int, Placed]) -> list[Problem]:
        if time.cell is None:
            return []
        odd = [problem_of(item, self.text, time.cell, self.page.title) for item in time.odd]
        if not odd and time.start is None and not time.open_end and not self.page.has_clock(time.cell):
            filled = any(
                self.page.words(placed.cell.content)
                for placed in row.values()
                if placed.row == time.row and placed.cell.content != time.cell
            )
            odd.append(self.page.time_unreadable(time.cell, Severity.WARNING if filled else Severity.NOTE))
        return odd

    def _times_without_day(self, times: dict[int, RowTime]) -> bool:
        return any(time.cell is not None and self.page.has_clock(time.cell) for time in times.values())

    # cells

    def _cells(self, layout: _Layout, times: dict[int, RowTime]) -> list[_Found]:
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
        return rows[0].start, timed[-1].end

    def _rooms(self, placed: Placed, heads: dict[int, Head], layout: _Layout) -> tuple[str, ...]:
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
            if found.reading.kind is CellKind.SAME and over and over.placed.width == found.placed.width:
                if over.reading.kind is CellKind.SESSION and found.end:
                    over.end = found.end
                found = over
            else:
                kept.append(found)
            for column in range(found.placed.column, found.placed.column + found.placed.width):
                above[column] = found
        return kept

    def _sort_in(self, found: _Found, layout: _Layout, state: _State) -> None:
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

    def _faults(self, layout: _Layout) -> list[Problem]:
        problems = [
            self.page.grid_broken(fault) for fault in self.grid.faults if fault.row not in layout.heads
        ]
        unknown: dict[str, Span] = {}
        for number, heads in layout.heads.items():
            for column, head in heads.items():
                if head.role is not Role.ROOM and head.text and column not in layout.times:
                    unknown.setdefault(head.text, self.rows[number][column].cell.content)
        return [*problems, *(self.page.room_unknown(name, span) for name, span in unknown.items())]
