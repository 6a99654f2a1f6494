"""Sign-up tables without a column of slots: a role a row with names, a person a row, days or states as columns.

`Role | Helpers | When`; `Name | Role | Hours | Remarks`; `Name | Friday | Saturday` with `✔`, `?`, `✘`; `Attending | Maybe | Regrets`.
"""

from collections.abc import Iterator
from dataclasses import replace

from callboard.model import Coming, SignUp
from callboard.read.room_heads import room_head
from callboard.read.signup_columns import Holds, holds
from callboard.read.signup_in_table import NO_NAMES, HelperPage, Place, TablePeople, TableSignUps
from callboard.read.signup_row_columns import Column, cell_of, find_columns, mark_in
from callboard.read.signup_row_hours import RowHours
from callboard.read.signup_states import lesser
from callboard.read.signup_withdrawn import still_comes
from callboard.wikitext.grid import Placed, covering

_NAMES = frozenset({Holds.HELPERS, Holds.NAMES})
_ASIDE = frozenset({Holds.REMARKS, Holds.ABOUT, Holds.PROJECT})
PROJECTS = "the people in it are those of projects or sessions"
_NO_HEADS = "no row of it says what its columns hold"


class _Rows:
    """Reads one table row by row."""

    def __init__(self, page: HelperPage, people: TablePeople) -> None:
        self.page, self.people, self.context = page, people, people.context
        self.text = page.text
        self.rows = covering(people.grid)
        self.hours = RowHours(people)

    def read(self) -> TableSignUps:
        """Everybody in the table, or why nobody is read."""
        top = next((number for number in range(min(3, len(self.rows))) if self._is_head(number)), None)
        if top is None:
            return TableSignUps(why=_NO_HEADS)
        columns = find_columns(self.page, self.rows, top)
        kinds = {column.holds for column in columns.values()}
        if Holds.PROJECT in kinds and Holds.HELPERS not in kinds:
            return TableSignUps(why=PROJECTS)
        if Holds.PROJECT in kinds:  # `Project | Proposed by | Interested`: those in between do not sign up
            for at, column in columns.items():
                if column.holds is Holds.NAMES:
                    columns[at] = replace(column, holds=Holds.ABOUT, named=False)
        if not self._signs(columns):
            return TableSignUps(why=NO_NAMES)
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
        if why := self.people.why_none(entries):
            return TableSignUps(why=why)
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

    def _signs(self, columns: dict[int, Column]) -> bool:
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

    def _row(self, number: int, columns: dict[int, Column]) -> Iterator[SignUp]:
        row = self.rows[number]
        for at, column in columns.items():
            placed = row.get(at)
            if placed is None or not column.named or placed.column != at:
                continue
            if placed.row != number and not self._goes_on(number, columns):
                continue
            place = self._place(row, column, columns)
            for entry, about in self.people.at(placed.cell.content, place, quiet=placed.width > 1):
                remarks = self._remarks(row, columns)
                told = replace(
                    entry,
                    comment="; ".join(filter(None, [entry.comment, *remarks])),
                    coming=lesser(entry.coming, *map(still_comes, remarks)),
                )
                yield from self._with_hours(told, about, column, row, columns)

    def _goes_on(self, number: int, columns: dict[int, Column]) -> bool:
        """Whether a name from a row above has a role or hours of its own in this row."""
        return any(
            self.rows[number][at].row == number and self.page.words(self.rows[number][at].cell.content)
            for at, column in columns.items()
            if column.holds in {Holds.ROLE, Holds.HOURS, Holds.DAY} and at in self.rows[number]
        )

    def _place(self, row: dict[int, Placed], column: Column, columns: dict[int, Column]) -> Place:
        told = cell_of(self.page, row, columns, Holds.ROLE)
        role = self.page.words(told.cell.content) if told else None
        rooms = column.head.rooms if column.holds is Holds.ROOM else ()
        if not role and (project := cell_of(self.page, row, columns, Holds.PROJECT)):
            role = f"{self.page.words(project.cell.content)}: {column.words}"
        place = cell_of(self.page, row, columns, Holds.PLACE)
        rooms = rooms or (self.page.rooms.named(self.page.words(place.cell.content)) if place else ())
        if role and (named := self.page.rooms.named(role)):
            role, rooms = None, rooms or named
        if column.holds is Holds.OTHER and column.state is None:
            role = f"{role}: {column.words}" if role else column.words
        rooms = rooms or self.context.rooms
        return Place(role, rooms[0] if len(rooms) == 1 else None, column.state or Coming.YES)

    def _remarks(self, row: dict[int, Placed], columns: dict[int, Column]) -> list[str]:
        said = (
            row[at].cell.content.of(self.text).strip()
            for at, column in columns.items()
            if column.holds is Holds.REMARKS and at in row
        )
        return [words for words in said if words]

    def _with_hours(
        self, entry: SignUp, about: str, column: Column, row: dict[int, Placed], columns: dict[int, Column]
    ) -> Iterator[SignUp]:
        marks = {
            at: (one, mark_in(self.page, row[at])) for at, one in columns.items() if one.marked and at in row
        }
        comes = [state for one, state in marks.values() if state and one.holds is Holds.COMES]
        if comes:
            entry = replace(entry, coming=max([entry.coming, *comes], key=_READINESS.index))
        told = {at: (one, state) for at, (one, state) in marks.items() if one.holds is not Holds.COMES}
        if not any(state for _, state in told.values()):
            yield self.hours.plain(entry, about, column, row, columns)
            return
        yield from self._marked(entry, list(told.values()))

    def _marked(self, entry: SignUp, marks: list[tuple[Column, Coming | None]]) -> Iterator[SignUp]:
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
                yield self.hours.on(replace(entry, coming=_least(entry.coming, state)), of_state)
        if not ticked and not {Coming.YES, Coming.MAYBE} & set(states):
            yield replace(entry, coming=Coming.NO)


_READINESS = (Coming.YES, Coming.MAYBE, Coming.NO)


def _least(*states: Coming | None) -> Coming:
    return max((state for state in states if state), key=_READINESS.index)


def read_rows(page: HelperPage, people: TablePeople) -> TableSignUps:
    """The people of a table whose rows are roles or people."""
    return _Rows(page, people).read()
