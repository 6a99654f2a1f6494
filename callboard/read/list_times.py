"""When the items of a list begin and end, one group of items after the other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from callboard.model import Problem, Severity
from callboard.read.list_drafts import Draft, Entry
from callboard.read.list_items import Group, Item
from callboard.read.list_parallel import Drafter
from callboard.read.page_reader import PageReader
from callboard.read.plain import plain
from callboard.read.row_times import Days, RowTime, with_ends
from callboard.read.table_context import problem_of
from callboard.read.times import read_day
from callboard.read.tokens import Kind, tokens
from callboard.wikitext.edits import Span

_OPEN = re.compile("open|late", re.IGNORECASE)
_MORNING = 8  # an hour before which a time that goes down may be one of the afternoon
_BRACKET = re.compile(r"[(\[]([^()\[\]{}<>\n]*\d[^()\[\]{}<>\n]*)[)\]]")
_LETTERS = re.compile(r"[^\W\d_]")


def own_day(page: PageReader, item: Item) -> date | None:
    """The day of the event that stands with the item's own time."""
    if item.time is None or item.time.day is None:
        return None
    return read_day(item.time.day.of(page.text), page.event.dates).day


class ItemTimes:
    """Fills in the times of the items of one page; what is odd is added to the drafter's problems."""

    def __init__(self, page: PageReader, drafter: Drafter) -> None:
        self.page, self.drafter, self.text = page, drafter, page.text
        self.problems = drafter.problems
        self.clock: Days | None = None
        self.clock_of: tuple[object, ...] = ()

    def entries(self, group: Group, timed: Sequence[Item]) -> list[Entry]:
        """The timed items of a group with what they say and when; blocks whose sessions stand below them hold nothing."""
        context = group.context
        if not any(own_day(self.page, item) for item in timed):
            self.problems += context.problems
        key = (context.day, context.rooms, context.zone)
        if self.clock is None or key != self.clock_of:
            self.clock, self.clock_of = Days(context.zone), key
        entries: list[Entry] = []
        made: dict[int, Entry] = {}
        slots: dict[int, Entry] = {}
        last: datetime | None = None
        for item in timed:
            entry = self._entry(item, made)
            if item.time and item.time.same_as is not None:
                self._same_slot(entry, slots.get(item.time.same_as))
            else:
                last = self._time(entry, last)
            if item.time and item.time.slot is not None:
                slots[item.time.slot] = entry
            entry.drafts = self._drafts(entry)
            entries.append(entry)
            made[id(item)] = entry
        siblings: dict[int, list[Entry]] = {}
        for entry in entries:
            siblings.setdefault(id(entry.block), []).append(entry)
        for near in siblings.values():
            self._add_ends(near)
        return [self._without_block(entry) for entry in entries]

    def _drafts(self, entry: Entry) -> tuple[Draft, ...]:
        if not entry.item.signed:
            return self.drafter.drafts(entry)
        message = (
            "Is this a session or somebody's remark? It is signed; take the signature out if it is a session"
        )
        self.problems.append(
            self.page.problem("signed-item", Severity.NOTE, message, entry.item.line.content)
        )
        return ()

    def _entry(self, item: Item, made: dict[int, Entry]) -> Entry:
        context = item.group.context
        rooms = context.rooms if len(context.rooms) == 1 else ()
        if not context.rooms and len(self.page.event.room) == 1:
            rooms = (self.page.event.room[0].name,)
        above = item.parent
        while above is not None and id(above) not in made:
            above = above.parent
        block = made[id(above)] if above else None
        return Entry(item, rooms=rooms or (_room(block) if block else ()), block=block)

    def _time(self, entry: Entry, last: datetime | None) -> datetime | None:
        """Fills in the time of an item; what it may not be before is the start of the item above, which comes back."""
        item, context = entry.item, entry.item.group.context
        if item.time is None or self.clock is None:
            return last
        span = item.time.source
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
        entry.endless = item.time.opened or reading.end_asked
        entry.stated = bool(
            reading.end or reading.minutes or reading.end_asked or _OPEN.search(span.of(self.text))
        )
        if not entry.stated and entry.start and (minutes := self._minutes_behind(item)):
            entry.end, entry.stated = entry.start + timedelta(minutes=minutes), True
        start = reading.start
        if start is None:
            return last
        if (
            last
            and start < last
            and start.astimezone(context.zone).hour < _MORNING
            and not entry.block
            and not _LETTERS.search(span.of(self.text))
        ):
            self.problems.append(self._time_order(span))
            entry.start = entry.end = None
            return last
        return last if entry.block else start

    def _minutes_behind(self, item: Item) -> int | None:
        """The length that stands in brackets in an item: `10:00 Opening (45 min, Foyer)`; None if there is not just one."""
        begin = item.time.body if item.time else item.line.content.end
        told = {
            pieces[0].minutes
            for bracket in _BRACKET.finditer(self.text, begin, item.line.content.end)
            for part in re.split(r"[,;]", bracket[1])
            if len(pieces := tokens(plain(part))) == 1 and pieces[0].kind is Kind.LENGTH
        }
        return told.pop() if len(told) == 1 else None

    def _time_order(self, span: Span) -> Problem:
        message = "This begins before the item above it; is the time right (am or pm?), or is it another day?"
        return self.page.problem("time-order", Severity.WARNING, message, span)

    def _same_slot(self, entry: Entry, other: Entry | None) -> None:
        time = entry.item.time
        entry.time_cell = time.source if time else None
        if other:
            entry.start, entry.end, entry.stated = other.start, other.end, True
        elif time:
            message = "There is no slot with this number above; when is this?"
            self.problems.append(self.page.problem("time-unreadable", Severity.WARNING, message, time.source))

    def _add_ends(self, entries: Sequence[Entry]) -> None:
        """In a list that gives no ends and no lengths an item lasts until the next one begins; the last of a block ends with it."""
        if any(entry.stated for entry in entries):
            return
        places: dict[datetime | None, set[tuple[str, ...]]] = {}
        for entry in entries:
            places.setdefault(entry.start, set()).add(_room(entry))
        starts = list(places)
        known = with_ends([RowTime(number, start) for number, start in enumerate(starts)])
        ends = {start: known[number].end for number, start in enumerate(starts[:-1])}
        following = dict(pairwise(starts))
        block = entries[0].block
        for entry in entries:
            if entry.start is None or entry.endless:
                continue
            if entry.start == starts[-1]:
                entry.end = block.end if block and block.end and block.end > entry.start else None
            elif following[entry.start] is None:
                entry.end = None
            elif not _room(entry) or places[following[entry.start]] & {(), _room(entry)}:
                entry.end = ends[entry.start]  # what begins next in another room ends nothing here

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
