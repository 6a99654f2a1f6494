"""When the rows of a time × room table begin and end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo

from callboard.model import Problem, Severity
from callboard.read.grid_days import Section
from callboard.read.grid_layout import GridLayout
from callboard.read.oddities import Oddity
from callboard.read.page_reader import PageReader
from callboard.read.row_times import Days, RowTime, is_endless, is_open_end, with_ends
from callboard.read.table_context import Context, problem_of, same_clock
from callboard.read.times import ClockReading, DayReading, contradicts, read_day, read_times
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed
from callboard.wikitext.tables import Table

_DAY = 24 * 60 * 60  # seconds
_LONGEST = timedelta(hours=12)  # an end that seems before the start is on the next day


class GridTimes:
    """Reads the time cells of a section of a table from top to bottom; what is odd collects in `problems`."""

    def __init__(
        self,
        page: PageReader,
        table: Table,
        rows: list[dict[int, Placed]],
        layout: GridLayout,
        section: Section,
        *,
        context: Context,
    ) -> None:
        self.page, self.table, self.rows, self.layout, self.context = page, table, rows, layout, context
        self.section = section
        self.text = page.text
        self.problems: list[Problem] = []

    def read(self) -> dict[int, RowTime]:
        """The time of each row that has one."""
        day = self._corner_day() or self.context.day
        clocks = {column: Days(self.context.zone) for column in self.layout.times}
        times: list[RowTime] = []
        breaks: set[int] = set()
        aside: list[tuple[int, int, Span, timedelta]] = []
        for number, row in enumerate(self.rows):
            if number in self.layout.heads:
                above = self.section.days.get(number)
                day = above.day if above else self._row_day(number) or day
                continue
            named = self._named_day(number, row)
            day = None if named.odd else named.day or day
            if number in self.layout.bands:
                continue
            time = self._row_time(row, day, clocks)
            if time is None:
                breaks.add(number)
            elif not times or times[-1].cell != time.cell:
                before = times[-1].start if times else None
                times.append(time)
                aside += self._aside(row, day, time, len(times) - 1)
                self.problems += self._odd(time, row, day)
                if time.cell and time.start and before and time.start < before:
                    self.problems.append(self.page.time_order(time.cell))
        told = any(problem.code in {"off-days", "weekday-date"} for problem in self.problems)
        told = told or any(reading.odd for reading in self.section.days.values())
        if day is None and any(time.cell for time in times) and not self.context.problems and not told:
            self.problems.append(self.page.day_unknown(self.table))
        return with_ends(self._without_slips(times, aside), frozenset(breaks))

    def _aside(
        self, row: dict[int, Placed], day: date | None, time: RowTime, index: int
    ) -> Iterator[tuple[int, int, Span, timedelta]]:
        """How far the clocks of time columns whose zone is not known are from those that are read."""
        preferred = self._preferred()
        for column in self.section.times:
            if column in preferred or column in self.layout.ends or time.start is None:
                continue
            if placed := self._time_cell(row, column):
                reading = read_times(placed.cell.content.of(self.text), day, self.context.zone)
                if reading.start:
                    apart = timedelta(seconds=(reading.start - time.start).total_seconds() % _DAY)
                    yield index, column, placed.cell.content, apart

    def _without_slips(
        self, times: list[RowTime], aside: list[tuple[int, int, Span, timedelta]]
    ) -> list[RowTime]:
        """The times without those that a further column contradicts, where it is as far apart in most other rows."""
        kept = list(times)
        for column in {column for _, column, _, _ in aside}:
            here = [entry for entry in aside if entry[1] == column]
            usual, often = Counter(apart for *_, apart in here).most_common(1)[0]
            if often * 2 <= len(here):
                continue
            for index, _, cell, apart in here:
                read = kept[index].cell
                if apart != usual and kept[index].start and read:
                    kept[index] = replace(kept[index], start=None, end=None)
                    odd = self.page.times_disagree(read, cell)
                    self.problems.append(problem_of(odd, self.text, read, self.page.title))
        return kept

    def _corner_day(self) -> date | None:
        return self._row_day(min(self.layout.heads))

    def _row_day(self, number: int) -> date | None:
        for column in self.section.times:
            placed = self.rows[number].get(column)
            if placed and (day := read_day(placed.cell.content.of(self.text), self.page.event.dates).day):
                return day
        return None

    def _named_day(self, number: int, row: dict[int, Placed]) -> DayReading:
        """The day that a row's cell in a column of days names, or that a row of its own names for those below."""
        for column in self.layout.day_columns:
            placed = row.get(column)
            if placed and placed.row == number and placed.width == 1:
                source = placed.cell.content
                reading = read_day(source.of(self.text), self.page.event.dates)
                self.problems += [problem_of(odd, self.text, source, self.page.title) for odd in reading.odd]
                return reading
        return self._full_width_day(number, row)

    def _full_width_day(self, number: int, row: dict[int, Placed]) -> DayReading:
        here = [placed for placed in set(row.values()) if placed.row == number]
        if len(here) != 1 or here[0].width < 2 or self.page.has_clock(here[0].cell.content):
            return DayReading()
        named = self.page.day_row(here[0].cell)
        self.problems += [
            problem_of(odd, self.text, here[0].cell.content, self.page.title) for odd in named.odd
        ]
        return named

    def _row_time(self, row: dict[int, Placed], day: date | None, clocks: dict[int, Days]) -> RowTime | None:
        """The time in the row's time cells: the first that says one; None if it has none at all."""
        readings: list[RowTime] = []
        unplaced: list[tuple[ClockReading, Span, tzinfo]] = []
        for column in self._preferred():
            placed = self._time_cell(row, column)
            if placed is None:
                continue
            zone = self.page.clock_zone(self.layout.zones.get(column), self.context.zone)
            source = placed.cell.content.of(self.text)
            reading = clocks[column].read(source, day, zone)
            if reading.odd and not reading.start:
                unplaced.append((reading, placed.cell.content, zone))
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
                    endless=reading.end_asked or is_endless(self.page.words(placed.cell.content)),
                )
            )
        if not readings:
            return None
        known = [time for time in readings if time.start]
        if len({time.start.timetz() for time in known if time.start}) > 1:  # which day it is there may differ
            return self._disagreeing(known[0], known[-1].cell)
        if not known:
            return readings[0]
        for reading, cell, zone in unplaced:
            start = known[0].start
            if start and contradicts(reading, cell.of(self.text), day, zone, start):
                return self._disagreeing(known[0], cell)
        return self._with_end_column(known[0], row, day)

    def _disagreeing(self, time: RowTime, other: Span | None) -> RowTime:
        return replace(time, start=None, end=None, odd=(self.page.times_disagree(time.cell, other),))

    def _time_cell(self, row: dict[int, Placed], column: int) -> Placed | None:
        placed = row.get(column)
        return placed if placed and placed.width == 1 and self.page.words(placed.cell.content) else None

    def _with_end_column(self, time: RowTime, row: dict[int, Placed], day: date | None) -> RowTime:
        """The end from a column of ends, or from one of lengths; an end before the start is a question."""
        for column in sorted(self.layout.ends & set(self.section.times)):
            placed = self._time_cell(row, column)
            if placed is None or time.start is None or time.end is not None or placed.height != time.height:
                continue
            source = placed.cell.content.of(self.text)
            zone = self.page.clock_zone(self.layout.zones.get(column), self.context.zone)
            reading = read_times(source, day, zone)
            end = reading.start or (
                time.start + timedelta(minutes=reading.minutes) if reading.minutes else None
            )
            if end and end <= time.start:
                end += timedelta(days=1)
            if end and end - time.start > _LONGEST:
                message = "The end is before the start; which is right?"
                return replace(time, odd=(*time.odd, Oddity("end-before-start", message, source.strip())))
            time = replace(time, end=end, stated=end is not None, odd=(*time.odd, *reading.odd))
        return time

    def _preferred(self) -> Sequence[int]:
        """The time columns whose zone is stated, that of the event first: a day is one by its clocks; all if none is."""
        columns = [column for column in self.section.times if column not in self.layout.ends]
        stated = [column for column in columns if column in self.layout.zones]
        return sorted(stated, key=self._is_abroad) or columns

    def _is_abroad(self, column: int) -> bool:
        return same_clock(self.layout.zones.get(column), self.page.event) is not self.page.event.zone

    def _odd(self, time: RowTime, row: dict[int, Placed], day: date | None) -> list[Problem]:
        if time.cell is None:
            return []
        odd = [problem_of(item, self.text, time.cell, self.page.title) for item in time.odd]
        silent = not odd and time.start is None and not time.open_end
        if silent and (day is not None or not self.page.has_clock(time.cell)):
            filled = any(
                self.page.words(placed.cell.content)
                for placed in row.values()
                if placed.row == time.row and placed.cell.content != time.cell
            )
            odd.append(self.page.time_unreadable(time.cell, Severity.WARNING if filled else Severity.NOTE))
        return odd
