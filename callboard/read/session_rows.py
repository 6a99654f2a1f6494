"""One row of a table with a row per session: its day, time and room."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from callboard.model import Problem, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.columns import Role
from callboard.read.grid_parts import bracketed_time, without_time
from callboard.read.item_times import LeadingTime, leading_time
from callboard.read.oddities import Oddity
from callboard.read.page_reader import PageReader
from callboard.read.phrases import is_placeholder
from callboard.read.room_heads import room_head
from callboard.read.row_columns import Columns
from callboard.read.row_times import Days, is_endless, is_open_end
from callboard.read.table_context import Context, problem_of
from callboard.read.times import ClockReading, contradicts, read_day, read_times
from callboard.read.zones import zone_of_end
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed

_MINUTES = re.compile(r"(\d{1,3})\s*['′]?|(\d{1,2})\s*[:h]\s*([0-5]\d)(?:\s*(?:h|m|min\w*))?")


@dataclass(slots=True)
class Line:
    """One row of the table as it stands."""

    number: int
    cells: dict[int, Placed]
    day: date | None
    reading: CellReading
    title: Placed
    columns: Columns
    start: datetime | None = None
    end: datetime | None = None
    stated: bool = False
    rooms: tuple[str, ...] = ()
    room_cell: Span | None = None
    time_cell: Span | None = None
    endless: bool = False
    more: tuple[dict[int, Placed], ...] = ()  # the further rows that its title fills
    part: Span | None = None  # of the title's cell, where that holds several sessions
    beside: bool = False  # the time stands in the title's cell

    @classmethod
    def wide(
        cls, number: int, cell: Placed, day: date | None, rooms: tuple[str, ...], columns: Columns
    ) -> "Line":
        """A row of one cell, which is its title unless it says more."""
        return cls(number, {}, day, CellReading(CellKind.BLANK), cell, columns, rooms=rooms)

    def below(self, role: Role) -> Placed | None:
        """The row's cell below a head, unless it is the title's own."""
        column = self.columns.first(role)
        placed = self.cells.get(column) if column is not None else None
        return None if placed is self.title else placed

    def own(self, column: int | None) -> Span | None:
        """The content of the row's own cell in a column, which no other row and no other column shares."""
        placed = self.cells.get(column) if column is not None else None
        if placed is None or placed is self.title or placed.row != self.number:
            return None
        return placed.cell.content if (placed.width, placed.height) == (1, 1) else None


class RowReader:
    """Fills in the day, time and room of rows, one after the other; what is odd collects in `problems`."""

    def __init__(self, page: PageReader, context: Context, rows: list[dict[int, Placed]]) -> None:
        self.page, self.context, self.rows = page, context, rows
        self.text = page.text
        self.problems: list[Problem] = []
        self.clocks: dict[int, Days] = {}

    def fill(self, line: Line) -> None:
        """Day, time and room of the row, as far as they can be read."""
        line.day = self._day(line)
        self._time(line)
        self._place(line)

    def fill_from(self, line: Line, lead: LeadingTime) -> None:
        """Time and title of a cell that begins with its time: `13:00–14:00 Plenary`."""
        content = line.title.cell.content
        line.reading = self.page.cell(Span(lead.body, content.end))
        if lead.day and not self.context.named_day:
            named = read_day(lead.day.of(self.text), self.page.event.dates)
            self._odd(named.odd, lead.day)
            line.day = None if named.odd else named.day or line.day
        clock = self.clocks.setdefault(-1, Days(self.context.zone))
        reading = clock.read(lead.source.of(self.text), line.day, self.context.zone)
        self._odd(reading.odd, lead.source)
        line.start, line.end, line.time_cell = reading.start, reading.end, lead.source
        line.beside = True
        line.stated = bool(reading.end or reading.minutes) or reading.end_asked

    def _time_beside_title(self, line: Line) -> None:
        """The time before a title, or in brackets behind it: `'''Maps''' (3:40pm, 80 minutes)`."""
        content = line.title.cell.content
        if lead := leading_time(self.text, content):
            self.fill_from(line, lead)
            return
        if inner := bracketed_time(self.page, content):
            self.fill_from(line, LeadingTime(inner, content.start))
            line.reading = without_time(line.reading, self.text, inner)

    def _day(self, line: Line) -> date | None:
        placed = line.below(Role.DAY)
        if placed is not None and self.page.words(placed.cell.content):
            reading = read_day(placed.cell.content.of(self.text), self.page.event.dates)
            if placed.row == line.number:
                self._odd(reading.odd, placed.cell.content)
            # a day that is odd is no reason to take the one of the row above
            return None if reading.odd else reading.day or line.day
        timed = line.below(Role.TIME) or line.below(Role.START)
        if timed is None or self.context.named_day:
            return line.day
        reading = read_day(timed.cell.content.of(self.text), self.page.event.dates)
        if reading.odd and line.day is None and timed.row == line.number:
            self._odd(reading.odd, timed.cell.content)
        return reading.day or line.day

    def _time(self, line: Line) -> None:
        columns = self._time_columns(line)
        if not columns:
            if not line.columns.roles.keys() & {Role.TIME, Role.START}:
                self._time_beside_title(line)
            return
        column, placed = columns[0]
        span = placed.cell.content
        reading = self._clock(line, column, span)
        for other, beside in columns[1:]:
            also = self._clock(line, other, beside.cell.content)
            if reading.start is None and not reading.odd:
                reading, column, placed, span = also, other, beside, beside.cell.content
            elif placed.row == line.number and (
                _disagree(reading, also) or self._contradicts(line, other, beside, also, reading)
            ):
                self._odd((self.page.times_disagree(span, beside.cell.content),), span)
                reading = ClockReading(minutes=reading.minutes, odd=reading.odd)
                break
        line.time_cell, line.endless = span, reading.end_asked or is_endless(self.page.words(span))
        line.start, line.end = reading.start, reading.end
        line.stated = bool(reading.end or reading.minutes)
        if placed.row == line.number:
            self._odd(reading.odd, span)
            self._check_time(line, span, odd=bool(reading.odd) or len(columns) > 1)
        ending = line.below(Role.END)
        if ending is not None:
            self._end_cell(line, ending.cell.content)
        lasting = line.below(Role.DURATION)
        if lasting is not None:
            self._duration_cell(line, lasting.cell.content)
        if line.end and placed.height == 1 and line.title.height > 1 and line.start:
            line.end = self._end_of_last_row(line, column) or line.end

    def _time_columns(self, line: Line) -> list[tuple[int, Placed]]:
        """The row's cells in columns of times: those of the event's clocks first, then those whose zone is stated."""
        roles = line.columns.roles
        columns = [*roles.get(Role.TIME, ()), *(roles.get(Role.START, ()) if Role.TIME not in roles else ())]
        found = [(column, placed) for column in columns if (placed := line.cells.get(column))]
        found = [(column, placed) for column, placed in found if placed is not line.title]
        stated = any(column in line.columns.zones for column, _ in found)
        if stated and len(found) > 1:  # what "local" is beside UTC, only the event's own zone could say
            found = [
                (column, placed)
                for column, placed in found
                if column in line.columns.zones or (column in line.columns.local and not self._is_utc())
            ]
        found.sort(key=lambda item: self._zone(line, item[0]) is not self.page.event.zone)
        filled = [(column, placed) for column, placed in found if self.page.words(placed.cell.content)]
        return filled or found

    def _is_utc(self) -> bool:
        return str(self.page.event.zone) in {"UTC", "Etc/UTC", "GMT"}

    def _zone(self, line: Line, column: int) -> tzinfo:
        if column in line.columns.local and column not in line.columns.zones and len(line.columns.zones):
            return self.page.event.zone
        return self.page.clock_zone(line.columns.zones.get(column), self.context.zone)

    def _clock(self, line: Line, column: int, span: Span) -> ClockReading:
        clock = self.clocks.setdefault(column, Days(self.context.zone))
        return clock.read(span.of(self.text), line.day, self._zone(line, column))

    def _contradicts(
        self, line: Line, column: int, placed: Placed, also: ClockReading, reading: ClockReading
    ) -> bool:
        if also.start or reading.start is None:
            return False
        source = placed.cell.content.of(self.text)
        return contradicts(also, source, line.day, self._zone(line, column), reading.start)

    def _end_of_last_row(self, line: Line, column: int) -> datetime | None:
        """Where the last of the rows ends that a title spans."""
        last = self.rows[line.number + line.title.height - 1].get(column)
        if last is None or line.start is None:
            return None
        end = read_times(last.cell.content.of(self.text), line.day, self._zone(line, column)).end
        if end is None or end > line.start:
            return end
        self.problems.append(self.page.time_order(last.cell.content))
        return None

    def _check_time(self, line: Line, span: Span, *, odd: bool) -> None:
        if line.start or odd or self.page.has_clock(span) or is_open_end(self.page.words(span)):
            return
        if line.reading.kind in {CellKind.SESSION, CellKind.PEOPLE}:
            self.problems.append(self.page.time_unreadable(span))
        elif self.page.words(span) and line.reading.kind in {CellKind.FREE, CellKind.BLANK}:
            self.problems.append(self.page.time_unreadable(span, Severity.NOTE))

    def _end_cell(self, line: Line, span: Span) -> None:
        if line.start is None or line.end is not None:
            return
        column = line.columns.first(Role.END)
        zone = self.context.zone if column is None else self._zone(line, column)
        if line.time_cell and column not in line.columns.zones:
            zone = zone_of_end(line.time_cell.of(self.text), zone)
        reading = read_times(span.of(self.text), line.day, zone)
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

    def _duration_cell(self, line: Line, span: Span) -> None:
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

    def _place(self, line: Line) -> None:
        placed = line.below(Role.PLACE)
        if placed is None:
            if not line.rooms and len(self.page.event.room) == 1 and Role.PLACE not in line.columns.roles:
                line.rooms = (self.page.event.room[0].name,)
            return
        words = self.page.words(placed.cell.content)
        head = room_head(self.page, placed.cell.content)
        if head.rooms:
            line.rooms = head.rooms
        elif everywhere := self.page.rooms.everywhere(words):
            line.rooms = everywhere
        elif any(character.isalnum() for character in head.text) and not is_placeholder(head.text):
            line.rooms, line.room_cell = (head.text,), placed.cell.content
        elif words:
            line.rooms = ()

    def _odd(self, odd: tuple[Oddity, ...], span: Span) -> None:
        self.problems += [problem_of(item, self.text, span, self.page.title) for item in odd]


def _disagree(one: ClockReading, other: ClockReading) -> bool:
    """Whether two columns of times say different moments; which day it is by whose clocks is not asked."""
    if one.start and other.start and one.start.timetz() != other.start.timetz():
        return True
    return bool(one.end and other.end and one.end.timetz() != other.end.timetz())


def row_without_title(page: PageReader, span: Span) -> Problem:
    """A row that has a time and nothing below the head of the titles."""
    message = "This row has no cell below the head of the titles; add the cells that are missing before it"
    return page.problem("grid-broken", Severity.WARNING, message, span)
