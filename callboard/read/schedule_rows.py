"""The layout with a row per session: columns known by the words at their heads, in any order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from callboard.model import Facilitation, FreeSlot, Person, Problem, Session, Severity, TaskRef
from callboard.read.cells import CellKind, CellReading, read_facilitators, read_people
from callboard.read.columns import Head, Role
from callboard.read.oddities import Oddity
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.row_times import Days, is_open_end
from callboard.read.table_context import Context, problem_of
from callboard.read.times import read_day, read_times, read_zone
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, Misfit, Placed, covering
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import Table
from callboard.wikitext.tasks import tasks

_PLAIN_TITLE = re.compile(
    r"(?:titles?|topics?|talks?|presentations?|titel|thema|titre|sujet|título|tema|titolo)\b", re.IGNORECASE
)
_MINUTES = re.compile(r"(\d{1,3})\s*['′]?|(\d{1,2}):([0-5]\d)(?:\s*h)?")


@dataclass(slots=True)
class _Columns:
    """Which column holds what, from the last header row."""

    roles: dict[Role, list[int]] = field(default_factory=dict)

    def first(self, role: Role) -> int | None:
        return next(iter(self.roles.get(role, ())), None)


@dataclass(slots=True)
class _Line:
    """One row of the table as it stands."""

    number: int
    cells: dict[int, Placed]
    day: date | None
    reading: CellReading
    title: Placed
    start: datetime | None = None
    end: datetime | None = None
    stated: bool = False
    rooms: tuple[str, ...] = ()
    room_cell: Span | None = None


class RowsReader:
    """Reads one table with a row per session."""

    def __init__(self, page: PageReader, table: Table, grid: Grid, context: Context) -> None:
        self.page, self.table, self.grid, self.context = page, table, grid, context
        self.text = page.text
        self.rows = covering(grid)
        self.problems: list[Problem] = []
        self.clock = Days(context.zone)
        self.heads = 0
        self.is_other = False  # it was understood, and is no schedule

    def read(self) -> TableReading | None:
        """The table's sessions and free slots, or None if it is no table of sessions."""
        lines = list(self._lines())
        if not lines or not any(self._has_time(line) for line in lines):
            return None
        if self._is_something_else(lines):
            self.is_other = True
            return None
        self._add_ends(lines)
        sessions: list[Session] = []
        free: list[FreeSlot] = []
        for line in lines:
            session = self._session(line)
            if session:
                sessions.append(session)
            else:
                free += self._free(line)
        self._report(lines)
        return TableReading(
            "rows", tuple(sessions), tuple(free), tuple(self.problems), len(self.rows) - self.heads
        )

    # rows

    def _lines(self) -> Iterator[_Line]:
        columns: _Columns | None = None
        day = self.context.day
        room: tuple[str, ...] = self.context.rooms
        for number, cells in enumerate(self.rows):
            here = {placed for placed in cells.values() if placed.row == number}
            if found := self._columns(cells, here):
                columns, self.columns = found, found
                self.heads += 1
                continue
            if columns is None or not here:
                continue
            wide = self._full_width(cells, here)
            if wide is not None:
                named = read_day(wide.cell.content.of(self.text), self.page.event.dates)
                day = named.day or day
                room = self.page.rooms.named(self.page.words(wide.cell.content)) or room
                self._full_width_row(wide, known=named.day is not None)
                continue
            line = self._line(number, cells, day, room, columns)
            if line:
                yield line

    def _columns(self, cells: dict[int, Placed], here: set[Placed]) -> _Columns | None:
        if not here or any(self.page.has_clock(placed.cell.content) for placed in here):
            return None
        heads = {column: self.page.head(placed.cell.content) for column, placed in cells.items()}
        roles = {head.role for head in heads.values()}
        header = all(placed.cell.header for placed in here)
        if Role.TITLE not in roles or not (
            roles & {Role.TIME, Role.START} or (header and Role.BLANK in roles)
        ):
            return None
        columns = _Columns()
        seen: set[Placed] = set()
        for column, head in heads.items():
            if cells[column] not in seen:
                seen.add(cells[column])
                columns.roles.setdefault(head.role, []).append(column)
        titles = columns.roles[Role.TITLE]
        titles.sort(key=lambda column: not _PLAIN_TITLE.match(heads[column].text))
        if not roles & {Role.TIME, Role.START}:
            columns.roles[Role.TIME] = columns.roles[Role.BLANK]
        self._by_zone(columns, heads, cells)
        return columns

    def _by_zone(self, columns: _Columns, heads: dict[int, Head], cells: dict[int, Placed]) -> None:
        """Of several time columns those that name a zone come first."""
        self.zones = {
            column: zone for column in heads if (zone := read_zone(cells[column].cell.content.of(self.text)))
        }
        for role in (Role.TIME, Role.START, Role.END):
            if role in columns.roles:
                columns.roles[role].sort(key=lambda column: column not in self.zones)

    def _full_width(self, cells: dict[int, Placed], here: set[Placed]) -> Placed | None:
        first = next(iter(here))
        if len(here) > 1 or len(set(cells.values())) > 1:
            return None
        return (
            first
            if first.width > 1 or self.grid.columns == 1 or first.column + 1 < self.grid.columns
            else None
        )

    def _full_width_row(self, wide: Placed, *, known: bool) -> None:
        reading = self.page.cell(wide.cell.content)
        if known or wide.cell.header or reading.kind is not CellKind.SESSION:
            return
        if not self.page.rooms.named(self.page.words(wide.cell.content)):
            self.problems.append(self.page.no_place(wide.cell.content, timed=True))

    def _line(
        self,
        number: int,
        cells: dict[int, Placed],
        day: date | None,
        room: tuple[str, ...],
        columns: _Columns,
    ) -> _Line | None:
        column = columns.first(Role.TITLE)
        title = cells.get(column) if column is not None else None
        if title is None or title.row != number:
            return None
        time_columns = [*columns.roles.get(Role.TIME, []), *columns.roles.get(Role.START, [])]
        if title.column in time_columns:  # a wide cell over the time as well: a remark or a break
            self._full_width_row(title, known=False)
            return None
        line = _Line(number, cells, day, self.page.cell(title.cell.content), title, rooms=room)
        line.day = self._day(line, columns) or day
        self._time(line, columns)
        self._place(line, columns)
        return line

    def _cell(self, line: _Line, role: Role, columns: _Columns) -> Placed | None:
        """The row's cell below a head, unless it is the title's own."""
        column = columns.first(role)
        placed = line.cells.get(column) if column is not None else None
        return None if placed is line.title else placed

    # day, time and room

    def _day(self, line: _Line, columns: _Columns) -> date | None:
        placed = self._cell(line, Role.DAY, columns)
        if placed is not None:
            reading = read_day(placed.cell.content.of(self.text), self.page.event.dates)
            if placed.row == line.number:
                self._odd(reading.odd, placed.cell.content)
            return reading.day
        timed = self._cell(line, Role.TIME, columns) or self._cell(line, Role.START, columns)
        if timed is None or self.context.named_day:
            return None
        return read_day(timed.cell.content.of(self.text), self.page.event.dates).day

    def _time(self, line: _Line, columns: _Columns) -> None:
        role = Role.TIME if Role.TIME in columns.roles else Role.START
        column = columns.first(role)
        placed = self._cell(line, role, columns)
        if placed is None or column is None:
            return
        span = placed.cell.content
        zone = self.page.clock_zone(self.zones.get(column), self.context.zone)
        reading = self.clock.read(span.of(self.text), line.day, zone)
        line.start, line.end = reading.start, reading.end
        line.stated = bool(reading.end or reading.minutes)
        if placed.row == line.number:
            self._odd(reading.odd, span)
            self._check_time(line, span, odd=bool(reading.odd))
        ending = self._cell(line, Role.END, columns)
        if ending is not None:
            self._end_cell(line, ending.cell.content)
        lasting = self._cell(line, Role.DURATION, columns)
        if lasting is not None:
            self._duration_cell(line, lasting.cell.content)
        if line.end and placed.height == 1 and line.title.height > 1 and line.start:
            line.end = self._end_of_last_row(line, column) or line.end

    def _end_of_last_row(self, line: _Line, column: int) -> datetime | None:
        last = self.rows[line.number + line.title.height - 1].get(column)
        if last is None:
            return None
        return read_times(last.cell.content.of(self.text), line.day, self.context.zone).end

    def _check_time(self, line: _Line, span: Span, *, odd: bool) -> None:
        if line.start or odd or self.page.has_clock(span) or is_open_end(self.page.words(span)):
            return
        if line.reading.kind in {CellKind.SESSION, CellKind.PEOPLE}:
            self.problems.append(self.page.time_unreadable(span))
        elif self.page.words(span) and line.reading.kind in {CellKind.FREE, CellKind.BLANK}:
            self.problems.append(self.page.time_unreadable(span, Severity.NOTE))

    def _end_cell(self, line: _Line, span: Span) -> None:
        if line.start is None or line.end is not None:
            return
        reading = read_times(span.of(self.text), line.day, self.context.zone)
        self._odd(reading.odd, span)
        end = reading.start
        if end is not None and end <= line.start:
            end += timedelta(days=1)
            if end - line.start > timedelta(hours=12):
                self._odd(
                    (
                        Oddity(
                            "end-before-start",
                            "The end is before the start; which is right?",
                            span.of(self.text).strip(),
                        ),
                    ),
                    span,
                )
                return
        line.end, line.stated = end, line.stated or end is not None

    def _duration_cell(self, line: _Line, span: Span) -> None:
        seen = self.page.words(span)
        found = _MINUTES.fullmatch(seen)
        if found:
            minutes = int(found[1]) if found[1] else int(found[2]) * 60 + int(found[3])
        else:
            minutes = read_times(span.of(self.text), line.day, self.context.zone).minutes or 0
        if not minutes or line.start is None:
            return
        end = line.start + timedelta(minutes=minutes)
        if line.end is not None and line.end != end:
            told = "From start to end it is another length; which is right?"
            self._odd((Oddity("length-disagrees", told, span.of(self.text).strip()),), span)
            line.end = None
            return
        line.end, line.stated = end, True

    def _place(self, line: _Line, columns: _Columns) -> None:
        placed = self._cell(line, Role.PLACE, columns)
        if placed is None:
            if not line.rooms and len(self.page.event.room) == 1 and Role.PLACE not in columns.roles:
                line.rooms = (self.page.event.room[0].name,)
            return
        words = self.page.words(placed.cell.content)
        head = self.page.head(placed.cell.content)
        if head.rooms:
            line.rooms = head.rooms
        elif any(character.isalnum() for character in head.text):
            line.rooms, line.room_cell = (head.text,), placed.cell.content
        elif words:
            line.rooms = ()

    def _odd(self, odd: tuple[Oddity, ...], span: Span) -> None:
        self.problems += [problem_of(item, self.text, span, self.page.title) for item in odd]

    # what it is

    def _has_time(self, line: _Line) -> bool:
        if line.start is not None:
            return True
        return any(
            self.page.has_clock(placed.cell.content)
            for placed in line.cells.values()
            if placed is not line.title
        )

    def _is_something_else(self, lines: list[_Line]) -> bool:
        people = sum(line.reading.kind is CellKind.PEOPLE for line in lines)
        titled = [line.reading for line in lines if line.reading.kind is CellKind.SESSION]
        if self.context.helpers:
            people += sum(self.page.is_name(reading) for reading in titled)
            titled = [reading for reading in titled if not self.page.is_name(reading)]
        return (bool(people) and people >= len(titled)) or self.context.elsewhere

    def _add_ends(self, lines: list[_Line]) -> None:
        """In a table that gives no ends and no lengths at all, a row lasts until the next one begins."""
        if any(line.stated for line in lines):
            return
        later: datetime | None = None
        current: datetime | None = None
        day: date | None = None
        following: _Line | None = None
        for line in reversed(lines):
            if line.start is None or line.day != day:
                later, current, day = None, line.start, line.day
            elif current is None or line.start != current:
                apart = following is not None and following.number > line.number + 1
                later = current if current and line.start < current and not apart else None
                current = line.start
            line.end = later if line.start else None
            following = line

    # making values

    def _session(self, line: _Line) -> Session | None:
        reading = line.reading
        columns = self.columns
        found = self._tasks(line)
        owners = self._people(line, columns)
        blank = reading.kind in {CellKind.BLANK, CellKind.FREE} and bool(
            found or (owners and reading.kind is CellKind.BLANK)
        )
        if reading.kind is CellKind.BREAK and not found:
            return None
        if reading.kind not in {CellKind.SESSION, CellKind.PEOPLE, CellKind.BREAK} and not blank:
            self._unread(line)
            return None
        if not reading.title:
            self.problems.append(self.page.title_missing(line.title.cell.content))
        row = self.table.rows[line.number]
        made = self.page.session(
            replace(reading, owners=owners, tasks=found), line.rooms, line.start, line.end, row.span
        )
        kind = self._cell(line, Role.TYPE, columns)
        marker = self.page.words(kind.cell.content) if kind else ""
        return replace(
            made,
            line=line_at(self.text, row.span.start),
            facilitation=self._facilitation(line, columns),
            marker=marker,
            format=(self.page.format_named(marker) if marker else None) or made.format,
        )

    def _unread(self, line: _Line) -> None:
        if line.reading.kind is CellKind.UNREAD:
            self.problems.append(self.page.template_unread(line.title.cell.content))
        elif line.reading.kind is CellKind.STRUCK:
            self.problems.append(self.page.struck(line.title.cell.content))

    def _tasks(self, line: _Line) -> tuple[TaskRef, ...]:
        found: dict[str, TaskRef] = {}
        for placed in dict.fromkeys(line.cells.values()):
            for ref in tasks(self.text, placed.cell.content):
                found.setdefault(ref.task, ref)
        return tuple(found.values())

    def _people(self, line: _Line, columns: _Columns) -> tuple[Person, ...]:
        owners = {person.name: person for person in line.reading.owners}
        for column in columns.roles.get(Role.OWNER, []):
            placed = line.cells.get(column)
            if placed is not None and placed is not line.title:
                for person in read_people(self.text, placed.cell.content, self.page.known):
                    owners.setdefault(person.name, person)
        return tuple(owners.values())

    def _facilitation(self, line: _Line, columns: _Columns) -> Facilitation | None:
        own = line.reading.facilitation
        placed = self._cell(line, Role.FACILITATOR, columns)
        if placed is None or (own and own.people):
            return own
        column = read_facilitators(self.text, placed.cell.content, self.page.known)
        return own if own and not column.people else column

    def _free(self, line: _Line) -> list[FreeSlot]:
        cell, row = line.title.cell, self.table.rows[line.number]
        if line.start is None or line.reading.kind not in {CellKind.BLANK, CellKind.FREE}:
            return []
        if line.reading.kind is CellKind.BLANK:
            if self.page.is_grey(cell.attributes) or self.page.is_grey(row.attributes):
                return []
            rooms = [room for room in line.rooms if self.page.rooms.is_open(room)]
            if not line.rooms and not self.page.event.room:
                return [self.page.free_slot(line.reading, None, line.start, line.end, cell.content)]
        else:
            rooms = list(line.rooms)
            if not rooms:
                return [self.page.free_slot(line.reading, None, line.start, line.end, cell.content)]
        return [self.page.free_slot(line.reading, room, line.start, line.end, cell.content) for room in rooms]

    def _report(self, lines: list[_Line]) -> None:
        if (
            any(line.day is None and self._has_time(line) and not line.start for line in lines)
            and not self.context.problems
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
