"""The hours of a row in a sign-up table: of its own cell for hours, of its day, or of the head of the column."""

from datetime import date

from callboard.model import SignUp
from callboard.read.signup_columns import Holds
from callboard.read.signup_in_table import TablePeople
from callboard.read.signup_row_columns import Column, cell_of
from callboard.read.signup_shifts import Hours, Interval, offered, speaks_of_hours, whole_day
from callboard.read.times import read_day, read_zone
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed


class RowHours:
    """Reads the hours that rows give those whom they name."""

    def __init__(self, people: TablePeople) -> None:
        self.people, self.page, self.context = people, people.page, people.context
        self.text, self.zone = people.page.text, people.context.zone

    def of_head(self, column: Column) -> Hours:
        """The hours that the head of a column gives those below it."""
        if column.day is None:
            return (
                offered(column.words, self.page.event, self.context.day, self.zone)
                if column.holds is Holds.HOURS
                else Hours()
            )
        if read_day(column.words, self.page.event.dates).day and not speaks_of_hours(column.words):
            return Hours(whole_day(column.day, self.page.event))
        return offered(column.words, self.page.event, column.day, self.zone)

    def plain(
        self, entry: SignUp, about: str, column: Column, row: dict[int, Placed], columns: dict[int, Column]
    ) -> SignUp:
        """The hours of a row's own cell, or those of the head; with a remark on hours beside the name, a question."""
        hours, span = self._of_row(column, row, columns)
        own = (
            offered(about, self.page.event, column.day or self._day(row, columns), self.zone)
            if about.strip()
            else Hours()
        )
        if own.question and (entry.user or speaks_of_hours(about)):
            hours = own
        elif own.intervals:
            both = hours.intervals or hours.question
            hours = (
                Hours(None, "Which hours are right, those beside the name or those of the column?")
                if both
                else own
            )
        elif speaks_of_hours(about) and not hours.question:
            hours = Hours(None, "From when to when is that?")
        return self.people.with_hours(entry, hours, firm=False, span=span)

    def _day(self, row: dict[int, Placed], columns: dict[int, Column]) -> date | None:
        cell = cell_of(self.page, row, columns, Holds.DAY)
        if cell:
            return read_day(cell.cell.content.of(self.text), self.page.event.dates).day
        return self.context.day if self.context.named_day else None

    def _of_row(
        self, column: Column, row: dict[int, Placed], columns: dict[int, Column]
    ) -> tuple[Hours, Span | None]:
        timed = cell_of(self.page, row, columns, Holds.HOURS)
        day = column.day or self._day(row, columns)
        if timed:
            head = next(one.words for one in columns.values() if one.holds is Holds.HOURS and not one.marked)
            zone = self.page.clock_zone(read_zone(head), self.zone)
            told = offered(timed.cell.content.of(self.text), self.page.event, day, zone)
            return told, timed.cell.content
        if column.day is not None:
            return self.of_head(column), None
        cell = cell_of(self.page, row, columns, Holds.DAY)
        if cell is None:
            return Hours(), None
        if day is not None and not speaks_of_hours(self.page.words(cell.cell.content)):
            return Hours(whole_day(day, self.page.event)), cell.cell.content
        return offered(cell.cell.content.of(self.text), self.page.event, None, self.zone), cell.cell.content

    def on(self, entry: SignUp, ticked: list[Column]) -> SignUp:
        """The entry with the hours of the columns that are ticked."""
        intervals: list[Interval] = []
        for one in ticked:
            hours = self.of_head(one)
            if hours.question:
                return self.people.with_hours(entry, hours, firm=False)
            intervals += hours.intervals or ()
        return self.people.with_hours(entry, Hours(tuple(intervals) or None), firm=False)
