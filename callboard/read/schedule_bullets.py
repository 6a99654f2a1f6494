"""The layout with a list per day: `* 12:30-14:00 Sessions: Freedom of panorama / Wikiexpeditions`, `; 10:00 : Title`, slot lists."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from callboard.model import FreeSlot, Problem, Session, Severity
from callboard.read.cells import CellKind
from callboard.read.list_items import Group, Item, Outline, walk
from callboard.read.list_rooms import ItemRooms
from callboard.read.list_sessions import Entry, ItemReader
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.row_times import Days, RowTime, is_open_end, with_ends
from callboard.read.table_context import Surroundings, problem_of
from callboard.read.times import read_day
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import LineKind

_LINE = re.compile(
    r"^(?:[*#:;=<'\[]|[ \t]*slot)[^\n]{0,60}?(?:\d[:.h]\d\d|\d{4}|\d[ ]?[ap]\.?m|\d[ ]?[-–—][ ]?\d|noon|midnight)",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER = re.compile(
    r"\b(?:minutes|protocol|log|logs|chat|transcript|archives?|changelog|changes|history|news|updates?)\b",
    re.IGNORECASE,
)
_OTHER_UNLESS_DAY = re.compile(
    r"\b(?:discussions?|comments?|questions|availab\w+|sign-?ups?|opening\s+(?:hours|times)|getting\s+(?:there|here)|travel\w*|trains?|bus(?:es)?|"
    r"transport\w*|before\s+the|deadlines?|office\s+hours|links|see\s+also|participants|attendees|directions|how\s+to|important\s+dates)\b",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"\b(?:schedule|programme?|agenda|timetable|sessions?|talks|slots?|zeitplan|programm|horaire)\b",
    re.IGNORECASE,
)
_FEW = 2  # timed items that make a list of sessions
_LONGEST_NAME = 30  # characters of a name without a link
_MORNING = 8  # an hour before which a time that goes down may be one of the afternoon


class BulletsReader:
    """Reads all lists of one page."""

    def __init__(self, page: PageReader, surroundings: Surroundings) -> None:
        self.page, self.text = page, page.text
        self.surroundings = surroundings
        self.rooms = ItemRooms(page.text, page.event, page.rooms)
        self.reader = ItemReader(page, self.rooms)
        self.problems = self.reader.problems
        self.clock: Days | None = None
        self.clock_of: tuple[object, ...] = ()

    def read(self) -> TableReading | None:
        """The sessions and free slots of every list that belongs to the schedule, or None if there is no such list."""
        if len(_LINE.findall(self.text)) < _FEW:
            return None
        outline = Outline(self.page, self.surroundings)
        groups = [group for group in outline.groups if group.items]
        timed = {id(group): [item for item in walk(group.items) if item.time] for group in groups}
        chosen = [group for group in groups if self._is_schedule(group, timed[id(group)])]
        if sum(len(timed[id(group)]) for group in chosen) < _FEW:
            chosen = []
        self._ask_for_days(groups, timed, found=bool(chosen))
        if not chosen:
            return TableReading("none", (), (), tuple(self.problems), 0) if self.problems else None
        self.rooms.learn(outline.lines)
        entries = [entry for group in chosen for entry in self._entries(group, timed[id(group)])]
        values = [value for entry in entries for value in self.reader.values(entry)]
        for group in chosen:
            self._untimed(group, timed[id(group)])
        return TableReading(
            "bullets",
            tuple(value for value in values if isinstance(value, Session)),
            tuple(value for value in values if isinstance(value, FreeSlot)),
            tuple(self.problems),
            len(entries),
        )

    # what belongs to the schedule

    def _is_schedule(self, group: Group, timed: Sequence[Item]) -> bool:
        if not timed or self._is_other(group):
            return False
        if not (group.context.day or group.context.problems or self._own_days(timed)):
            return False
        signed = sum(item.signed for item in timed)
        if signed * 2 >= len(timed):
            return False
        own_day = group.context.named_day or self._own_days(timed)
        if len(timed) < _FEW and not (own_day or self._about_schedule(group)):
            return False
        prefixes = {item.line.prefix for item in timed}
        beside = [
            item
            for item in group.items
            if not item.time and not item.names and item.line.prefix in prefixes and not item.timed
        ]
        if len(beside) > len(timed):
            self._ask_for_list(timed)
            return False
        named = sum(self._names_people(item) for item in timed)
        return named * 2 <= len(timed)

    def _names_people(self, item: Item) -> bool:
        """Whether behind the time there is nobody but people: a list of who is there when."""
        body = Span(item.time.body if item.time else 0, item.line.content.end)
        source = body.of(self.text).lstrip(" '")
        if source[:1].isalnum() and not source[:1].isupper():
            return False
        return (source[:1] in "[{@(" or len(source) < _LONGEST_NAME) and self.page.cell(
            body
        ).kind is CellKind.PEOPLE

    def _is_other(self, group: Group) -> bool:
        """Whether headings say that the list is something else: minutes, travel, helpers."""
        if group.context.elsewhere or group.context.helpers:
            return True
        if group.heading is None:
            return False
        seen = self.page.words(group.heading)
        day = read_day(group.heading.of(self.text), self.page.event.dates)
        return bool(_OTHER.search(seen) or (_OTHER_UNLESS_DAY.search(seen) and not day.day))

    def _about_schedule(self, group: Group) -> bool:
        above = self.surroundings.above(group.items[0].line.span.start)
        return any(_SCHEDULE.search(self.page.words(heading.title)) for heading in above)

    def _own_days(self, timed: Sequence[Item]) -> bool:
        return any(self._own_day(item) for item in timed)

    def _own_day(self, item: Item) -> date | None:
        if item.time is None or item.time.day is None:
            return None
        return read_day(item.time.day.of(self.text), self.page.event.dates).day

    def _ask_for_list(self, timed: Sequence[Item]) -> None:
        if len(timed) < _FEW:
            return
        message = f"{len(timed)} lines of this list begin with a time and more do not; it is not read: is it a part of the schedule?"
        self.problems.append(
            self.page.problem("layout-unread", Severity.NOTE, message, timed[0].line.content)
        )

    def _ask_for_days(self, groups: Sequence[Group], timed: dict[int, list[Item]], *, found: bool) -> None:
        """Lists of sessions of which the day is not known."""
        for group in groups:
            items = [item for item in timed[id(group)] if not item.signed and item.time and not item.time.day]
            if len(items) <= _FEW or group.context.day or group.context.problems or self._is_other(group):
                continue
            if found and not self._about_schedule(group):
                continue
            message = "On which day is this? Put the day into the heading above the list"
            self.problems.append(
                self.page.problem("day-unknown", Severity.WARNING, message, items[0].line.content)
            )

    def _untimed(self, group: Group, timed: Sequence[Item]) -> None:
        """Items beside those with a time that look like sessions."""
        prefixes = {item.line.prefix for item in timed if item.line.kind is LineKind.ITEM}
        if any(item.line.kind is not LineKind.ITEM for item in timed):
            return
        for item in group.items:
            if item.time or item.names or item.signed or item.timed or item.line.prefix not in prefixes:
                continue
            words = self.page.words(item.line.content)
            if is_open_end(words) or self.page.cell(item.line.content).kind not in {
                CellKind.SESSION,
                CellKind.UNREAD,
            }:
                continue
            message = "This line has no time; add one, nest it below the session that it belongs to, or say that it is a break"
            self.problems.append(
                self.page.problem("time-unreadable", Severity.NOTE, message, item.line.content)
            )

    # times

    def _entries(self, group: Group, timed: Sequence[Item]) -> list[Entry]:
        context = group.context
        if not any(self._own_day(item) for item in timed):
            self.problems += context.problems
        key = (context.day, context.rooms, context.zone)
        if self.clock is None or key != self.clock_of:
            self.clock, self.clock_of = Days(context.zone), key
        entries: list[Entry] = []
        made: dict[int, Entry] = {}
        slots: dict[int, Entry] = {}
        last: datetime | None = None
        for item in timed:
            if item.signed:
                message = "Is this a session or somebody's remark? It is signed; take the signature out if it is a session"
                self.problems.append(
                    self.page.problem("signed-item", Severity.NOTE, message, item.line.content)
                )
                continue
            entry = self._entry(item, made)
            if item.time and item.time.same_as is not None:
                self._same_slot(entry, slots.get(item.time.same_as))
            else:
                last = self._time(entry, last)
            if item.time and item.time.slot is not None:
                slots[item.time.slot] = entry
            entry.drafts = self.reader.drafts(entry)
            entries.append(entry)
            made[id(item)] = entry
        blocks = dict.fromkeys(id(entry.block) for entry in entries)
        for block in blocks:
            self._add_ends([entry for entry in entries if id(entry.block) == block])
        return [self._without_block(entry) for entry in entries]

    def _entry(self, item: Item, made: dict[int, Entry]) -> Entry:
        context = item.group.context
        rooms = context.rooms if len(context.rooms) == 1 else ()
        if not context.rooms and len(self.page.event.room) == 1:
            rooms = (self.page.event.room[0].name,)
        above = item.parent
        while above is not None and id(above) not in made:
            above = above.parent
        return Entry(item, rooms=rooms, block=made[id(above)] if above else None)

    def _time(self, entry: Entry, last: datetime | None) -> datetime | None:
        """Fills in the time of an item; what it may not be before is the start of the item above, which comes back."""
        item, context = entry.item, entry.item.group.context
        if item.time is None or self.clock is None:
            return last
        span = item.time.time
        entry.time_cell = span
        day = context.day
        if item.time.day:
            own = read_day(item.time.day.of(self.text), self.page.event.dates)
            if own.odd and not context.named_day:
                self.problems += [
                    problem_of(odd, self.text, span, self.page.title, Severity.NOTE) for odd in own.odd
                ]
                return last
            day = day if context.named_day else own.day or day
        reading = self.clock.read(span.of(self.text), day, context.zone)
        self.problems += [problem_of(odd, self.text, span, self.page.title) for odd in reading.odd]
        entry.start, entry.end = reading.start, reading.end
        entry.stated = bool(reading.end or reading.minutes)
        start = reading.start
        if start is None:
            return last
        if last and start < last and start.astimezone(context.zone).hour < _MORNING and not entry.block:
            self.problems.append(self._time_order(span))
            entry.start = entry.end = None
            return last
        return last if entry.block else start

    def _time_order(self, span: Span) -> Problem:
        message = "This begins before the item above it; is the time right (am or pm?), or is it another day?"
        return self.page.problem("time-order", Severity.WARNING, message, span)

    def _same_slot(self, entry: Entry, other: Entry | None) -> None:
        time = entry.item.time
        entry.time_cell = time.time if time else None
        if other:
            entry.start, entry.end, entry.stated = other.start, other.end, True
        elif time:
            message = "There is no slot with this number above; when is this?"
            self.problems.append(self.page.problem("time-unreadable", Severity.WARNING, message, time.time))

    def _add_ends(self, entries: Sequence[Entry]) -> None:
        """In a list that gives no ends and no lengths an item lasts until the next one begins; the last of a block ends with it."""
        if any(entry.stated for entry in entries):
            return
        rooms = dict.fromkeys(_room(entry) for entry in entries)
        for room in rooms:
            near = [entry for entry in entries if not room or _room(entry) in {(), room}]
            starts = list(dict.fromkeys(entry.start for entry in near))
            known = with_ends([RowTime(number, start) for number, start in enumerate(starts)])
            ends = {start: known[number].end for number, start in enumerate(starts[:-1])}
            block = near[0].block
            if block and block.end and starts[-1] and timedelta(0) < block.end - starts[-1]:
                ends[starts[-1]] = block.end
            for entry in near:
                if _room(entry) == room and entry.start:
                    entry.end = ends.get(entry.start)

    def _without_block(self, entry: Entry) -> Entry:
        """A block of timed items is no session of its own, unless somebody leads it."""
        item = entry.item
        if item.timed and entry.drafts:
            led = any(
                draft.reading.owners or draft.reading.tasks or draft.reading.facilitation
                for draft in entry.drafts
            )
            return entry if led else replace(entry, drafts=())
        return entry


def _room(entry: Entry) -> tuple[str, ...]:
    """The one place that all drafts of an item share."""
    rooms = {draft.rooms for draft in entry.drafts}
    return next(iter(rooms)) if len(rooms) == 1 else ()
