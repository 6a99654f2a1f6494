"""Sign-up tables without a column of slots: a role a row with names, a person a row, days or states as columns.

`Role | Helpers | When`; `Name | Role | Hours | Remarks`; `Name | Friday | Saturday` with `✔`, `?`, `✘`; `Attending | Maybe | Regrets`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from callboard.model import Coming, SignUp
from callboard.read.columns import Head
from callboard.read.room_heads import room_head
from callboard.read.signup_columns import Holds, holds, mark, state_of_head
from callboard.read.signup_in_table import HelperPage, Place, TablePeople, TableSignUps
from callboard.read.signup_shifts import Hours, Interval, offered, speaks_of_hours, whole_day
from callboard.read.times import read_day, read_zone
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed, covering

_NAMES = frozenset({Holds.HELPERS, Holds.NAMES})
_ASIDE = frozenset({Holds.REMARKS, Holds.ABOUT, Holds.PROJECT})
_LONGEST_MARK = 40  # characters of source: {{done|…}}, &#10004;, blanks round it
_MAY_HOLD_NAMES = frozenset({Holds.OTHER, Holds.ROOM, Holds.DAY})
_MAY_HOLD_MARKS = _MAY_HOLD_NAMES | {Holds.COMES, Holds.HOURS, Holds.ROLE, Holds.REMARKS, Holds.ABOUT}
PROJECTS = "the people in it are those of projects or sessions"
_NO_HEADS = "no row of it says what its columns hold"
_NO_NAMES = "no column of it is known to hold those who sign up"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with its head, and what stands below it."""

    holds: Holds
    head: Head
    words: str
    day: date | None = None  # that the head names
    state: Coming | None = None  # that the head says of the names below it
    named: bool = False  # people stand below it
    marked: bool = False  # only marks stand below it


class _Rows:
    """Reads one table row by row."""

    def __init__(self, page: HelperPage, people: TablePeople) -> None:
        self.page, self.people, self.context = page, people, people.context
        self.text = page.text
        self.rows = covering(people.grid)
        self.zone = people.context.zone

    def read(self) -> TableSignUps:
        """Everybody in the table, or why nobody is read."""
        top = next((number for number in range(min(3, len(self.rows))) if self._is_head(number)), None)
        if top is None:
            return TableSignUps(why=_NO_HEADS)
        columns = self._columns(top)
        kinds = {column.holds for column in columns.values()}
        if Holds.PROJECT in kinds and Holds.HELPERS not in kinds:
            return TableSignUps(why=PROJECTS)
        if not self._signs(columns):
            return TableSignUps(why=_NO_NAMES)
        entries = [
            entry
            for number in range(top + 1, len(self.rows))
            if not self._is_head(number)
            for entry in self._row(number, columns)
        ]
        entries.sort(key=lambda entry: entry.span)
        self.people.aside |= {
            placed.cell.content
            for placed in self.people.grid.cells
            if placed.column in columns and columns[placed.column].holds in _ASIDE
        }
        if not entries or self.people.others > len({entry.cell for entry in entries}):
            return TableSignUps(why="at least as many cells hold other words as hold people")
        return TableSignUps(tuple(entries))

    def _is_head(self, number: int) -> bool:
        row = self.rows[number]
        here = [placed for placed in dict.fromkeys(row.values()) if placed.row == number]
        if number and not any(placed.cell.header for placed in here):
            return False
        filled = [placed for placed in here if self.page.words(placed.cell.content)]
        if len(filled) < 2 or any(self.page.named(placed.cell.content) for placed in filled):
            return False
        if all(placed.cell.header for placed in filled):
            return True
        kinds = [holds(room_head(self.page, placed.cell.content)) for placed in filled]
        return not number and not any(kind is Holds.BLANK for kind in kinds) and bool(_NAMES & set(kinds))

    def _columns(self, top: int) -> dict[int, _Column]:
        found: dict[int, _Column] = {}
        for column, placed in self.rows[top].items():
            head = room_head(self.page, placed.cell.content)
            words = self.page.words(placed.cell.content)
            kind = holds(head)
            day = read_day(placed.cell.content.of(self.text), self.page.event.dates).day if words else None
            state = state_of_head(words)
            below = [
                row[column]
                for number, row in enumerate(self.rows)
                if number > top and column in row and row[column].row == number
            ]
            filled = [one for one in below if one.cell.content.of(self.text).strip()]
            named = sum(bool(self.page.named(one.cell.content)) for one in filled)
            marked = sum(self._mark(one) is not None for one in filled)
            if day is not None or (state is not None and kind in {Holds.REMARKS, Holds.ABOUT}):
                kind = Holds.DAY if day is not None else Holds.OTHER
            ticked = any(self._mark(one) in {Coming.YES, Coming.MAYBE} for one in filled)
            ticked = ticked or (bool(filled) and kind in {Holds.DAY, Holds.COMES})
            is_marked = ticked and marked == len(filled) and kind in _MAY_HOLD_MARKS
            is_named = kind in _NAMES or (
                kind in _MAY_HOLD_NAMES | {Holds.COMES} and named > 0 and named * 2 >= len(filled) - marked
            )
            found[column] = _Column(kind, head, words, day, state, is_named and not is_marked, is_marked)
        return found

    def _mark(self, placed: Placed) -> Coming | None:
        content = placed.cell.content
        if content.end - content.start > _LONGEST_MARK:
            return None
        return mark(content.of(self.text), self.page.words(content))

    def _signs(self, columns: dict[int, _Column]) -> bool:
        """Whether people sign up in the table: heads or headings say so, or it has roles, days, hours or states beside names."""
        if not any(column.named for column in columns.values()):
            return False
        if self.context.helpers:
            return True
        tell = {Holds.HELPERS, Holds.ROLE, Holds.DAY, Holds.HOURS, Holds.COMES, Holds.ROOM}
        return any(
            column.holds in tell or column.state is not None or column.marked for column in columns.values()
        )

    # one row

    def _row(self, number: int, columns: dict[int, _Column]) -> Iterator[SignUp]:
        row = self.rows[number]
        for at, column in columns.items():
            placed = row.get(at)
            if placed is None or not column.named or placed.column != at:
                continue
            if placed.row != number and not self._goes_on(number, columns):
                continue
            place = self._place(row, column, columns)
            for entry, about in self.people.at(placed.cell.content, place, quiet=placed.width > 1):
                told = replace(entry, comment=self._with_remarks(entry.comment, row, columns))
                yield from self._with_hours(told, about, column, row, columns)

    def _goes_on(self, number: int, columns: dict[int, _Column]) -> bool:
        """Whether a name from a row above has a role or hours of its own in this row."""
        return any(
            self.rows[number][at].row == number and self.page.words(self.rows[number][at].cell.content)
            for at, column in columns.items()
            if column.holds in {Holds.ROLE, Holds.HOURS, Holds.DAY} and at in self.rows[number]
        )

    def _cell(self, row: dict[int, Placed], columns: dict[int, _Column], kind: Holds) -> Placed | None:
        """The row's filled cell in the first column of a kind that holds neither names nor marks."""
        for at, column in columns.items():
            if column.holds is kind and not column.named and not column.marked and at in row:
                return row[at] if self.page.words(row[at].cell.content) else None
        return None

    def _place(self, row: dict[int, Placed], column: _Column, columns: dict[int, _Column]) -> Place:
        told = self._cell(row, columns, Holds.ROLE)
        role = self.page.words(told.cell.content) if told else None
        rooms = column.head.rooms if column.holds is Holds.ROOM else ()
        place = self._cell(row, columns, Holds.PLACE)
        rooms = rooms or (self.page.rooms.named(self.page.words(place.cell.content)) if place else ())
        if role and (named := self.page.rooms.named(role)):
            role, rooms = None, rooms or named
        if column.holds is Holds.OTHER and column.state is None:
            role = f"{role}: {column.words}" if role else column.words
        rooms = rooms or self.context.rooms
        return Place(role, rooms[0] if len(rooms) == 1 else None, column.state or Coming.YES)

    def _with_remarks(self, comment: str, row: dict[int, Placed], columns: dict[int, _Column]) -> str:
        words = [
            row[at].cell.content.of(self.text).strip()
            for at, column in columns.items()
            if column.holds is Holds.REMARKS and at in row and row[at].cell.content.of(self.text).strip()
        ]
        return "; ".join(filter(None, [comment, *words]))

    def _with_hours(
        self, entry: SignUp, about: str, column: _Column, row: dict[int, Placed], columns: dict[int, _Column]
    ) -> Iterator[SignUp]:
        marks = {at: (one, self._mark(row[at])) for at, one in columns.items() if one.marked and at in row}
        comes = [state for one, state in marks.values() if state and one.holds is Holds.COMES]
        if comes:
            entry = replace(entry, coming=max([entry.coming, *comes], key=_READINESS.index))
        told = {at: (one, state) for at, (one, state) in marks.items() if one.holds is not Holds.COMES}
        if not any(state for _, state in told.values()):
            yield self._plain_hours(entry, about, column, row, columns)
            return
        yield from self._marked(entry, list(told.values()))

    def _marked(self, entry: SignUp, marks: list[tuple[_Column, Coming | None]]) -> Iterator[SignUp]:
        """One entry for each role that is ticked, and one for each state of the days and hours that are."""
        roles = [(one, state) for one, state in marks if one.day is None and one.holds is not Holds.HOURS]
        ticked = [(one, state) for one, state in roles if state in {Coming.YES, Coming.MAYBE}]
        days = [(one, state) for one, state in marks if one.day is not None or one.holds is Holds.HOURS]
        for one, state in ticked:
            rooms = one.head.rooms
            yield replace(
                entry,
                role=entry.role if rooms else one.words,
                room=rooms[0] if len(rooms) == 1 else entry.room,
                coming=_least(entry.coming, state),
            )
        states = [state for _, state in days if state]
        for state in (Coming.YES, Coming.MAYBE):
            of_state = [one for one, found in days if found is state]
            if of_state:
                yield self._on(replace(entry, coming=_least(entry.coming, state)), of_state)
        if not ticked and not {Coming.YES, Coming.MAYBE} & set(states):
            yield replace(entry, coming=Coming.NO)

    def _on(self, entry: SignUp, ticked: list[_Column]) -> SignUp:
        intervals: list[Interval] = []
        for one in ticked:
            hours = self._of_head(one)
            if hours.question:
                return self.people.with_hours(entry, hours, firm=False)
            intervals += hours.intervals or ()
        return self.people.with_hours(entry, Hours(tuple(intervals) or None), firm=False)

    def _of_head(self, column: _Column) -> Hours:
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

    def _plain_hours(
        self, entry: SignUp, about: str, column: _Column, row: dict[int, Placed], columns: dict[int, _Column]
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

    def _day(self, row: dict[int, Placed], columns: dict[int, _Column]) -> date | None:
        cell = self._cell(row, columns, Holds.DAY)
        if cell:
            return read_day(cell.cell.content.of(self.text), self.page.event.dates).day
        return self.context.day if self.context.named_day else None

    def _of_row(
        self, column: _Column, row: dict[int, Placed], columns: dict[int, _Column]
    ) -> tuple[Hours, Span | None]:
        timed = self._cell(row, columns, Holds.HOURS)
        day = column.day or self._day(row, columns)
        if timed:
            zone = read_zone(
                next(one.words for one in columns.values() if one.holds is Holds.HOURS and not one.marked)
            )
            told = offered(timed.cell.content.of(self.text), self.page.event, day, zone or self.zone)
            return told, timed.cell.content
        if column.day is not None:
            return self._of_head(column), None
        cell = self._cell(row, columns, Holds.DAY)
        if cell is None:
            return Hours(), None
        if day is not None and not speaks_of_hours(self.page.words(cell.cell.content)):
            return Hours(whole_day(day, self.page.event)), cell.cell.content
        return offered(cell.cell.content.of(self.text), self.page.event, None, self.zone), cell.cell.content


_READINESS = (Coming.YES, Coming.MAYBE, Coming.NO)


def _least(*states: Coming | None) -> Coming:
    return max((state for state in states if state), key=_READINESS.index)


def read_rows(page: HelperPage, people: TablePeople) -> TableSignUps:
    """The people of a table whose rows are roles or people."""
    return _Rows(page, people).read()
