"""The layout with a row per session: columns known by the words at their heads, in any order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from callboard.model import FreeSlot, Pause, Session, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.columns import Role
from callboard.read.grid_cells import GridCell, goes_on, goes_on_unclear
from callboard.read.grid_parts import timed_parts
from callboard.read.item_times import leading_time
from callboard.read.other_tables import as_other
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.row_columns import Columns, complete, find_columns, headless, unheaded_people
from callboard.read.row_sessions import RowSessions
from callboard.read.session_rows import Line, RowReader, row_without_title
from callboard.read.table_context import Context, problem_of
from callboard.read.unread import unread_times
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, Misfit, Placed, covering
from callboard.wikitext.tables import Table

_WHO = "The people in this column are not read; if they hold the sessions, head it with a word like Speaker"


class RowsReader:
    """Reads one table with a row per session."""

    def __init__(self, page: PageReader, table: Table, grid: Grid, context: Context) -> None:
        self.page, self.table, self.grid, self.context = page, table, grid, context
        self.text = page.text
        self.rows = covering(grid)
        self.reader = RowReader(page, context, self.rows)
        self.problems = self.reader.problems
        self.pauses: list[Pause] = []
        self.heads = 0
        self.other: TableReading | None = None  # it was understood, and is no schedule

    def read(self) -> TableReading | None:
        """The table's sessions and free slots, or None if it is no table of sessions."""
        lines = list(self._lines())
        if not any(self._has_time(line) for line in lines):
            self.other = self._unread(lines)
            return None
        self.other = as_other(self.page, self.table, self.context, list(self._telling(lines)))
        if self.other:
            return None
        self._add_ends(lines)
        lines = [part for line in self._joined(lines) for part in self._parts(line)]
        values = RowSessions(self.page, self.table, self.problems)
        sessions: list[Session] = []
        free: list[FreeSlot] = []
        for line in lines:
            session = values.session(line)
            if session:
                sessions.append(session)
            else:
                free += values.free(line)
                self._note_pause(line)
        self._report(lines)
        return TableReading(
            "rows",
            tuple(sessions),
            tuple(free),
            tuple(self.problems),
            len(self.rows) - self.heads,
            tuple(self.pauses),
        )

    def _telling(self, lines: list[Line]) -> Iterator[CellReading]:
        """What tells whether it is a table of helpers: not `Moderator: [[User:Ada]]` beside a column of speakers."""
        for line in lines:
            if line.reading.kind is not CellKind.PEOPLE or Role.OWNER not in line.columns.roles:
                yield line.reading

    def _note_pause(self, line: Line) -> None:
        if line.reading.kind is CellKind.BREAK and line.start and line.end:
            self.pauses.append(Pause(line.start, line.end, line.rooms))

    # rows

    def _lines(self) -> Iterator[Line]:
        columns: Columns | None = self._without_heads()
        day: date | None = self.context.day
        room: tuple[str, ...] = self.context.rooms
        for number, cells in enumerate(self.rows):
            here = [placed for placed in dict.fromkeys(cells.values()) if placed.row == number]
            if found := find_columns(self.page, cells, here, first=columns is None):
                columns = found
                complete(self.page, columns, cells, self.rows[number + 1 :])
                self._ask_for_owners(columns, cells, number)
                self.heads += 1
                continue
            wide = self._full_width(cells, here)
            if wide is not None:
                named = self.page.day_row(wide.cell)
                day = None if named.odd else named.day or day
                room = self.page.rooms.named(self.page.words(wide.cell.content)) or room
                if columns is None:
                    continue
                self.problems += [
                    problem_of(odd, self.text, wide.cell.content, self.page.title) for odd in named.odd
                ]
                known = named.day is not None or bool(named.odd)
                if line := self._full_width_row(
                    wide, Line.wide(number, wide, day, room, columns), known=known
                ):
                    yield line
            elif columns is not None and here:
                line = self._line(number, cells, day, room, columns)
                if line:
                    day = line.day if Role.DAY in columns.roles else day
                    yield line

    def _ask_for_owners(self, columns: Columns, cells: dict[int, Placed], number: int) -> None:
        for head in unheaded_people(self.page, columns, cells, self.rows[number + 1 :]):
            content = head.cell.content
            self.problems.append(self.page.problem("column-unread", Severity.NOTE, _WHO, content))

    def _without_heads(self) -> Columns | None:
        """The columns of a table without heads under a day, if each row begins with a time."""
        if self.context.elsewhere or self.context.helpers:
            return None
        wide = [cells[0].cell for cells in self.grid.rows if len(cells) == 1]
        if self.context.named_day or any(self.page.day_row(cell).day for cell in wide):
            return headless(self.page, self.rows)
        return None

    def _full_width(self, cells: dict[int, Placed], here: list[Placed]) -> Placed | None:
        if len(here) != 1 or len(set(cells.values())) > 1:
            return None
        first = here[0]
        return (
            first
            if first.width > 1 or self.grid.columns == 1 or first.column + 1 < self.grid.columns
            else None
        )

    def _full_width_row(self, wide: Placed, line: Line, *, known: bool) -> Line | None:
        """The session in a row of one cell that begins with its time, or a question what the row is."""
        if lead := leading_time(self.text, wide.cell.content):
            self.reader.fill_from(line, lead)
            if line.reading.kind is CellKind.SESSION:
                return line
            self._note_pause(line)
            if line.start and not self.page.words(Span(lead.body, wide.cell.content.end)):
                self.problems.append(row_without_title(self.page, wide.cell.content))
            return None
        reading = self.page.cell(wide.cell.content)
        if known or wide.cell.header or reading.kind is not CellKind.SESSION:
            return None
        if not self.page.rooms.named(self.page.words(wide.cell.content)):
            self.problems.append(self.page.no_place(wide.cell.content, timed=True))
        return None

    def _line(
        self,
        number: int,
        cells: dict[int, Placed],
        day: date | None,
        room: tuple[str, ...],
        columns: Columns,
    ) -> Line | None:
        column = columns.first(Role.TITLE)
        title = cells.get(column) if column is not None else None
        if title is None:
            self._without_title(cells, columns)
            return None
        if title.row != number:
            return None
        time_columns = [*columns.roles.get(Role.TIME, []), *columns.roles.get(Role.START, [])]
        if title.column in time_columns:  # a wide cell over the time as well: a remark or a break
            wide = Line.wide(number, title, day, room, columns)
            return self._full_width_row(title, wide, known=False)
        reading = self.page.place(title.cell.content)
        line = Line(number, cells, day, reading, title, columns, rooms=room)
        line.more = tuple(self.rows[number + 1 : number + title.height])
        self.reader.fill(line)
        return line

    def _without_title(self, cells: dict[int, Placed], columns: Columns) -> None:
        """A row that ends before the column of titles: what it has may be a session in a wrong column."""
        filled = [placed for placed in dict.fromkeys(cells.values()) if self.page.words(placed.cell.content)]
        if any(column in columns.roles.get(Role.TIME, ()) for column in cells) and filled:
            self.problems.append(row_without_title(self.page, filled[-1].cell.content))

    # what it is

    def _has_time(self, line: Line) -> bool:
        if line.start is not None or line.beside:
            return True
        if not line.columns.roles.keys() & {Role.TIME, Role.START}:
            return False  # what stands there may be the length of a recording, or a wish
        return any(
            self.page.has_clock(placed.cell.content)
            for placed in line.cells.values()
            if placed is not line.title
        )

    def _unread(self, lines: list[Line]) -> TableReading | None:
        """What there is to say of a table whose times are none that can be read."""
        times = [cell for line in lines if (cell := line.own(line.columns.first(Role.TIME)))]
        problems = unread_times(self.page, self.table, self.context, times)
        return TableReading("none", (), (), tuple(problems), 0) if problems else None

    def _add_ends(self, lines: list[Line]) -> None:
        """In a table that gives no ends and no lengths at all, a row lasts until the next one begins."""
        if any(line.stated for line in lines):
            return
        later: datetime | None = None
        current: datetime | None = None
        day: date | None = None
        following: Line | None = None
        for line in reversed(lines):
            if line.start is None or line.day != day:
                later, current, day = None, line.start, line.day
            elif current is None or line.start != current:
                apart = following is not None and following.number > line.number + line.title.height
                later = current if current and line.start < current and not apart else None
                current = line.start
            line.end = later if line.start and not line.endless else None
            following = line

    def _parts(self, line: Line) -> list[Line]:
        """The row, or the sessions that stand in its cell under times of their own."""
        if line.beside:
            return [line]
        cell = GridCell(line.title, line.reading, line.rooms, line.start, line.end, line.time_cell)
        cells, odd = timed_parts(self.page, cell, self.context.zone)
        self.problems += odd
        if cells == [cell]:
            return [line]
        return [
            replace(
                line, reading=one.reading, start=one.start, end=one.end, time_cell=one.time,
                part=one.span if len(cells) > 1 else None,
            )
            for one in cells
        ]  # fmt: skip

    def _joined(self, lines: list[Line]) -> list[Line]:
        """The rows without those that say "(continued)", which lengthen the session before them in the same room."""
        kept: list[Line] = []
        for line in lines:
            before = next((one for one in reversed(kept) if one.rooms == line.rooms), None)
            if not goes_on(line.reading, before.reading if before else None):
                kept.append(line)
            elif before and before.end and before.end == line.start:
                before.end = line.end
            else:
                self.problems.append(goes_on_unclear(self.page, line.title.cell.content))
        return kept

    def _report(self, lines: list[Line]) -> None:
        if (
            any(line.day is None and self._has_time(line) and not line.start for line in lines)
            and not self.context.problems
            and not any(problem.code in {"off-days", "weekday-date"} for problem in self.problems)
        ):
            self.problems.append(self.page.day_unknown(self.table))
        unknown: dict[str, Span] = {}
        for line in lines:
            if line.room_cell and line.reading.kind in {CellKind.SESSION, CellKind.PEOPLE}:
                unknown.setdefault(line.rooms[0], line.room_cell)
        self.problems += [self.page.room_unknown(name, span) for name, span in unknown.items()]
        self.problems += [
            self.page.grid_broken(fault)
            for fault in self.grid.faults
            if fault.misfit is not Misfit.SHORT  # cells left out at the end of a row are blank
        ]
