"""Sign-up tables with times: names below roles or rooms, a row per slot, or a column per slot with the roles in rows.

`| 16:00 – 18:00 || [[User:Ada|Ada]] || [[User:Bo|Bo]]?`; what the schedule knows of days, zones and times holds here as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from callboard.model import SignUp
from callboard.read.columns import Head, Role
from callboard.read.grid_layout import GridLayout, HeadsOf, find_layout
from callboard.read.grid_turned import turned
from callboard.read.page_reader import PageReader
from callboard.read.room_heads import room_head
from callboard.read.row_times import RowTime
from callboard.read.schedule_grid import GridReader
from callboard.read.signup_columns import Holds, holds
from callboard.read.signup_in_table import HelperPage, Place, TablePeople, TableSignUps
from callboard.read.signup_people import named_in
from callboard.read.signup_shifts import Hours, Interval, in_slot, offered
from callboard.read.table_context import problem_of
from callboard.read.times import read_day
from callboard.wikitext.grid import Placed
from callboard.wikitext.tables import Table

_ASIDE = frozenset({Holds.REMARKS, Holds.ABOUT, Holds.PROJECT, Holds.COMES})
_LABELS = frozenset({Holds.ROLE, Holds.PLACE})
_TIMES = frozenset({Role.TIME, Role.START, Role.END, Role.DURATION, Role.DAY, Role.BLANK})


def _heads(*, on_top: bool) -> HeadsOf:
    def heads_of(page: PageReader, here: Sequence[Placed], row: dict[int, Placed]) -> dict[int, Head] | None:
        if on_top and (not here or here[0].row):
            return None
        return _helper_heads(page, here, row, sure=on_top)

    return heads_of


def _helper_heads(
    page: PageReader, here: Sequence[Placed], row: dict[int, Placed], *, sure: bool
) -> dict[int, Head] | None:
    """The heads of a row that names roles, rooms or "Who" beside "Time"; days above roles are not its business."""
    filled = [placed for placed in here if page.words(placed.cell.content)]
    if len(here) < 2 or len(filled) < 2 or any(named_in(page.text, one.cell.content) for one in filled):
        return None
    heads = {column: room_head(page, placed.cell.content) for column, placed in row.items()}
    behind = [head for head in heads.values() if head.role not in _TIMES and head.text]
    days = [
        placed
        for placed in filled
        if heads[placed.column].role is not Role.TIME
        and read_day(placed.cell.content.of(page.text), page.event.dates).day
    ]
    if not behind or len(days) * 2 >= len(filled):
        return None
    timed = any(head.role in {Role.TIME, Role.START} for head in heads.values())
    return heads if sure or timed or all(placed.cell.header for placed in filled) else None


class HelperGrid(GridReader):
    """Reads one table of slots: who is down for what, from when to when."""

    undated = False  # somebody's slot has no day

    def sign_ups(self, people: TablePeople) -> TableSignUps | None:
        """The people of the table, or None if it has no times before its names."""
        if not self._times_come_first(people.page):
            return None
        layout = find_layout(self.page, self.grid, self.rows, heads_of=_heads(on_top=self.turned))
        if layout is None:
            return None
        parts, problems = self._timed_sections(layout)
        if not any(self._is_timed(time) for part in parts for time in part.times.values()):
            return None
        entries: list[SignUp] = []
        places: dict[tuple[int, int, int, int], Place] = {}
        labelled: dict[
            int, bool
        ] = {}  # for each row of heads whether rows name a role or a place of their own
        for placed, heads, number in self._places(layout, people):
            if id(heads) not in labelled:
                labelled[id(heads)] = any(holds(head) in _LABELS for head in heads.values())
            key = (placed.column, placed.width, id(heads), number if labelled[id(heads)] else -1)
            if key not in places:
                places[key] = self._place(placed, heads, number, layout)
            place = places[key]
            for part in parts:
                if placed.column in part.section.columns:
                    start, end, _ = self._reach(placed, part.times)
                    label = part.times.get(placed.row)
                    entries += self._entries(people, placed, place, (start, end), label)
        entries.sort(key=lambda entry: entry.span)
        if why := people.why_none(entries):
            return TableSignUps(why=why)
        said = [problem for problem in problems if self.undated or problem.code != "day-unknown"]
        return TableSignUps(tuple(entries), tuple(dict.fromkeys(said)))

    def _times_come_first(self, page: HelperPage) -> bool:
        """Whether times stand in a column before the first that has names: behind names, people say when they can."""
        named = [placed.column for placed in self.grid.cells if page.named(placed.cell.content)]
        first = min(named, default=self.grid.columns)
        return any(
            placed.column < first and page.has_clock(placed.cell.content) for placed in self.grid.cells
        )

    def _places(
        self, layout: GridLayout, people: TablePeople
    ) -> Iterator[tuple[Placed, dict[int, Head], int]]:
        """The cells in which people may stand, with the heads above them and the number of their row."""
        heads = layout.heads[min(layout.heads)]
        beside = {*layout.times, *layout.day_columns}
        for number, cells in enumerate(self.grid.rows):
            if number in layout.heads or number in layout.bands or number in layout.above:
                heads = layout.heads.get(number, heads)
                continue
            for placed in cells:
                kinds = {holds(heads[column]) for column in self._columns(placed) if column in heads}
                if placed.column in beside or not kinds - _LABELS:
                    continue
                speakers = Holds.NAMES in kinds and any(
                    holds(head) is Holds.PROJECT for head in heads.values()
                )
                if speakers or not kinds - _ASIDE - _LABELS:
                    people.aside.add(placed.cell.content)
                else:
                    yield placed, heads, number

    def _columns(self, placed: Placed) -> range:
        return range(placed.column, placed.column + placed.width)

    def _place(self, placed: Placed, heads: dict[int, Head], number: int, layout: GridLayout) -> Place:
        """The role and room of a cell: those that its row names in columns of their own, or the heads above it."""
        roles: dict[str, None] = {}
        rooms: dict[str, None] = {}
        for column in self._columns(placed):
            head = heads.get(column)
            if head is None or column in layout.times:
                continue
            if holds(head) is Holds.ROOM:
                rooms |= dict.fromkeys(head.rooms)
            elif holds(head) is Holds.OTHER and head != Head(Role.DAY, ""):
                roles.setdefault(head.text)
        for column, head in heads.items():
            beside = self.rows[number].get(column)
            if beside is None or column in self._columns(placed) or column in layout.times:
                continue
            if holds(head) is Holds.ROLE and (words := self.page.words(beside.cell.content)):
                roles = dict.fromkeys([words, *roles])
            elif holds(head) in {Holds.PLACE, Holds.ROLE}:
                rooms |= dict.fromkeys(self.page.rooms.named(self.page.words(beside.cell.content)))
        for role in [role for role in roles if self.page.rooms.named(role)]:
            rooms |= dict.fromkeys(self.page.rooms.named(role))
            del roles[role]
        rooms = rooms or dict.fromkeys(self.context.rooms)
        named = [*roles, *(rooms if len(rooms) > 1 else ())]
        return Place(" / ".join(named) or None, next(iter(rooms)) if len(rooms) == 1 else None)

    def _entries(
        self,
        people: TablePeople,
        placed: Placed,
        place: Place,
        slot: tuple[datetime | None, datetime | None],
        label: RowTime | None,
    ) -> Iterator[SignUp]:
        content = placed.cell.content
        start, end = slot
        for entry, about in people.at(content, place, quiet=placed.width >= self.grid.columns - 1):
            slot_hours = (start, end) if start and end else self._told_by_label(start, label)
            if slot_hours:
                yield people.with_hours(entry, in_slot(about, slot_hours, self.context.zone), firm=True)
            else:
                self.undated = self.undated or not start
                yield people.with_hours(entry, self._asked(start, label), firm=True)

    def _told_by_label(self, start: datetime | None, label: RowTime | None) -> Interval | None:
        """The hours that the time cell of a row gives with their day: `Friday 16–18 UTC`."""
        if start or label is None or label.cell is None or label.odd:
            return None
        if read_day(label.cell.of(self.text), self.page.event.dates).day is None:
            return None
        told = offered(label.cell.of(self.text), self.page.event, self.context.day, self.context.zone)
        return told.intervals[0] if told.intervals and len(told.intervals) == 1 else None

    def _asked(self, start: datetime | None, label: RowTime | None) -> Hours:
        """What is asked about the hours of a slot without a start or an end."""
        if start:
            told = start.astimezone(self.context.zone)
            return Hours(None, f"This begins at {told:%H:%M} ({told:%Z}); when does it end?")
        if label is None or label.cell is None:
            return Hours(None, "When is this? The row has no time")
        spoken = offered(label.cell.of(self.text), self.page.event, self.context.day, self.context.zone)
        known = spoken.question and self.context.zone is self.page.event.zone
        return spoken if known else Hours(None, "When is this? The time of the row cannot be read")


def read_grid(page: HelperPage, table: Table, people: TablePeople) -> TableSignUps | None:
    """The people of a table with times in a column or on top; None if it has neither."""
    grid, context = people.grid, people.context
    reading = HelperGrid(page, table, grid, context).sign_ups(people)
    if reading is not None:
        return reading
    found: list[TableSignUps] = []
    for part in turned(page, grid):
        day = None if part.day.odd else part.day.day or context.day
        inner = replace(context, day=day, named_day=context.named_day or part.day.day is not None)
        one = HelperGrid(page, table, part.grid, inner, turned_from=part.row).sign_ups(people)
        if one is not None:
            odd = tuple(problem_of(item, page.text, table.span, page.title) for item in part.day.odd)
            found.append(replace(one, problems=(*one.problems, *odd)))
    if not found:
        return None
    entries = sorted((entry for one in found for entry in one.entries), key=lambda entry: entry.span)
    problems = dict.fromkeys(problem for one in found for problem in one.problems)
    return TableSignUps(tuple(entries), tuple(problems), "" if entries else found[0].why)
