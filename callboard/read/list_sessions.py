"""What one timed item of a list says: sessions, parallel ones too, a free slot, a break, or something to ask about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.model import FreeSlot, Problem, Session, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.facilitation import read_people
from callboard.read.item_parts import BAR, SLASH, Label, heads_sessions, labelled, says_something, split
from callboard.read.list_items import Item
from callboard.read.list_rooms import ItemRooms
from callboard.read.page_reader import PageReader
from callboard.read.titles import clean_title
from callboard.wikitext.edits import Span

_DETAIL = re.compile(
    r"\W*(?:speakers?|presenters?|hosts?|owners?|leads?|by|with|facilitat\w*|co-?ordinat\w*|notes?|slides?|pad|etherpad|links?|tasks?|phab\w*|"
    r"rooms?|where|place|location|who|what|more|details?|see|recording|video|format|type|language|level|bring|please)\b",
    re.IGNORECASE,
)
_KNOWN_ROOMS = 1


@dataclass(slots=True)
class Entry:
    """An item with its time; `rooms` are those of its group until its own words say others."""

    item: Item
    start: datetime | None = None
    end: datetime | None = None
    stated: bool = False  # the item itself gives its end or length
    time_cell: Span | None = None
    rooms: tuple[str, ...] = ()
    block: "Entry | None" = None  # the item with a time that it is nested below
    drafts: tuple["Draft", ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A session or free slot before its end is known; `body` is where its words stand, `span` all that belongs to it."""

    span: Span
    body: Span
    reading: CellReading
    rooms: tuple[str, ...]


class ItemReader:
    """Reads the items of one page; what is odd collects in `problems`."""

    def __init__(self, page: PageReader, rooms: ItemRooms) -> None:
        self.page, self.rooms, self.text = page, rooms, page.text
        self.problems: list[Problem] = []
        self._asked_for_rooms = False

    # reading

    def drafts(self, entry: Entry) -> tuple[Draft, ...]:
        """The sessions, slots and breaks that the item holds; nothing for a block of timed items and for what is unclear."""
        item = entry.item
        if item.time is None:
            return ()
        body = Span(item.time.body, item.line.content.end)
        if not says_something(self.text, body):
            if item.details:
                return tuple(self._below(entry, item.details))
            return () if item.timed else (self._draft(entry, item.span, body, body),)
        label = labelled(self.text, body)
        if (label.parallel and not says_something(self.text, label.body)) or heads_sessions(self.text, body):
            if item.details:
                return tuple(self._below(entry, item.details, several=True))
            if item.timed:
                return ()
        if parts := self._parts(entry, label):
            return tuple(self._parallel(entry, label, parts))
        if parts is None:
            return ()
        return (self._single(entry, label),)

    def _single(self, entry: Entry, label: Label) -> Draft:
        item = entry.item
        span, reach = item.span, _reach(item)
        if item.timed:
            span = Span(span.start, reach)
        draft = self._draft(entry, span, label.body, Span(label.body.start, reach), common=label.common)
        told = {rooms for child in item.details if (rooms := self._detail_rooms(child))}
        if len(told) == 1 and draft.rooms == (entry.rooms or (self.rooms.common if label.common else ())):
            draft = replace(draft, rooms=told.pop())
        return draft

    def _detail_rooms(self, child: Item) -> tuple[str, ...]:
        return self.rooms.of_detail(child.line.content)

    def _draft(self, entry: Entry, span: Span, body: Span, whole: Span, *, common: bool = False) -> Draft:
        placed = self.rooms.of(body)
        if placed.unclear and placed.said:
            self.problems.append(self._room_unclear(placed.said))
        if placed.unknown and placed.said:
            self.problems.append(self.page.room_unknown(placed.rooms[0], placed.said))
        rooms = placed.rooms or (self.rooms.common if common else ()) or entry.rooms
        at_end = placed.body.end < body.end
        within = Span(placed.body.start, placed.body.end if at_end and whole.end <= body.end else whole.end)
        reading = self._reading(within)
        if at_end and whole.end > body.end:  # lines below the room's name
            reading = replace(reading, title=self._reading(placed.body).title)
        reading = self._fields(reading, placed.body)
        if placed.said and placed.said in placed.body:
            said = " ".join(self.page.words(placed.said).split())
            reading = replace(reading, title=clean_title(reading.title.replace(said, " ", 1)))
        return Draft(span, placed.body, reading, rooms)

    def _reading(self, within: Span) -> CellReading:
        return self.page.cell(within)

    def _fields(self, reading: CellReading, body: Span) -> CellReading:
        """`Title | Testuser Quill`: the title is the first field, names in a field of their own are the owners."""
        fields = split(self.text, body, BAR)
        if len(fields) < 2 or reading.kind is not CellKind.SESSION:
            return reading
        first = next((field for field in fields if self.page.words(field)), body)
        owners = {person.name: person for person in reading.owners}
        for field in fields:
            if field == first:
                continue
            alone = self.page.cell(field)
            if alone.kind is CellKind.PEOPLE or (self.page.is_name(alone) and not owners):
                for person in read_people(self.text, field, self.page.known):
                    owners.setdefault(person.name, person)
        return replace(
            reading, title=self.page.cell(first).title or reading.title, owners=tuple(owners.values())
        )

    # parallel sessions

    def _parts(self, entry: Entry, label: Label) -> list[Span] | None:
        """The parts of an item that holds parallel sessions, nothing for one session, None if there is no telling."""
        parts = split(self.text, label.body, SLASH)
        if len(parts) < 2 or label.common or len(self.page.event.room) == _KNOWN_ROOMS:
            return []
        if label.parallel:
            return parts
        readings = [self.page.cell(part) for part in parts]
        if all(reading.kind is not CellKind.SESSION for reading in readings[1:]):
            return []
        if self.page.cell(label.body).kind is not CellKind.SESSION:
            return []
        if all(reading.owners or reading.tasks or reading.kind is CellKind.FREE for reading in readings):
            return parts
        placed = [self.rooms.of(part) for part in parts]
        if all(one.rooms for one in placed) and len({one.rooms for one in placed}) == len(parts):
            return parts
        if entry.rooms or any(one.rooms for one in placed):
            return []
        message = 'Are these parallel sessions, or is it one? Write "Sessions:" before parallel ones, or the room behind the one'
        self.problems.append(self.page.problem("parallel-unclear", Severity.WARNING, message, label.body))
        return None

    def _parallel(self, entry: Entry, label: Label, parts: Sequence[Span]) -> Iterator[Draft]:
        in_order = self.rooms.in_order(len(parts), entry.item.group.context.rooms)
        plain = replace_rooms(entry, ())
        drafts = []
        for number, part in enumerate(parts):
            span = _stripped(self.text, part)
            draft = self._draft(plain, span, span, span)
            if not draft.rooms and in_order:
                draft = replace(draft, rooms=in_order[number])
            if label.format and not draft.reading.format:
                draft = replace(draft, reading=replace(draft.reading, format=label.format))
            drafts.append(draft)
        drafts = self._with_details(entry.item, drafts)
        sessions = [draft for draft in drafts if draft.reading.kind is CellKind.SESSION]
        if not all(draft.rooms for draft in sessions):
            self._ask_for_rooms(label.body)
        yield from drafts

    def _with_details(self, item: Item, drafts: list[Draft]) -> list[Draft]:
        """Lines below parallel sessions belong to one of them only if they begin with its title or its room."""
        for child in item.details:
            reading = self.page.cell(Span(child.line.content.start, child.end))
            if not (reading.owners or reading.tasks or reading.facilitation):
                continue
            words = self.page.words(child.line.content).casefold()
            meant = [
                number
                for number, draft in enumerate(drafts)
                if any(
                    words.startswith(name.casefold()) and not words[len(name) :][:1].isalnum()
                    for name in (draft.reading.title, *draft.rooms)
                    if name
                )
            ]
            if len(meant) == 1:
                old = drafts[meant[0]].reading
                owners = {person.name: person for person in (*old.owners, *reading.owners)}
                refs = {ref.task: ref for ref in (*old.tasks, *reading.tasks)}
                new = replace(
                    old,
                    owners=tuple(owners.values()),
                    tasks=tuple(refs.values()),
                    facilitation=old.facilitation or reading.facilitation,
                )
                drafts[meant[0]] = replace(drafts[meant[0]], reading=new)
            else:
                message = "To which of the sessions above does this belong? Begin the line with its title or its room"
                self.problems.append(
                    self.page.problem("detail-unclear", Severity.NOTE, message, child.line.content)
                )
        return drafts

    def _below(self, entry: Entry, details: list[Item], *, several: bool = False) -> Iterator[Draft]:
        """The sessions that stand below a time of its own: one with its details, or one per room."""
        told = {child.line.number: rooms for child in details if (rooms := self._detail_rooms(child))}
        if told and len(told) < len(details):
            room = next(iter(told.values())) if len(set(told.values())) == 1 else ()
            entry = replace_rooms(entry, room)
            details = [child for child in details if child.line.number not in told]
        placed = [self.rooms.of(child.line.content) for child in details]
        rooms = [one.rooms for one in placed if one.rooms]
        if len(details) > 1 and len(rooms) == len(details) == len(set(rooms)):
            for child in details:
                yield self._child(entry, child, child.span)
            return
        rest = details[1:]
        plain = not any(self._is_title(child) for child in rest)
        if not several and plain:
            yield self._child(entry, details[0], entry.item.span, reach=details[-1].end)
            return
        if several or all(self._is_title(child) for child in details):
            drafts = [self._child(replace_rooms(entry, ()), child, child.span) for child in details]
            sessions = [draft for draft in drafts if draft.reading.kind is CellKind.SESSION]
            certain = several or all(draft.reading.owners or draft.reading.tasks for draft in sessions)
            if certain:
                if len(sessions) > 1 and not all(draft.rooms for draft in sessions):
                    self._ask_for_rooms(entry.item.line.content)
                yield from drafts
                return
        message = 'Which of the lines below are sessions? Write "Sessions:" behind the time of parallel ones, or nest what belongs to one below it'
        self.problems.append(
            self.page.problem("parallel-unclear", Severity.WARNING, message, entry.item.line.content)
        )

    def _child(self, entry: Entry, child: Item, span: Span, *, reach: int = 0) -> Draft:
        body = child.line.content
        return self._draft(entry, span, body, Span(body.start, max(reach, _reach(child))))

    def _is_title(self, child: Item) -> bool:
        """Whether a line may be a session of its own and not a remark about one."""
        words = self.page.words(child.line.content)
        if _DETAIL.match(words) or not words[:1].isupper() or self._detail_rooms(child):
            return False
        return self.page.cell(child.line.content).kind in {CellKind.SESSION, CellKind.FREE}

    # values

    def values(self, entry: Entry) -> Iterator[Session | FreeSlot]:
        """The sessions and free slots of an item whose end is known now."""
        for draft in entry.drafts:
            kind = draft.reading.kind
            if kind in {CellKind.SESSION, CellKind.PEOPLE}:
                yield self._session(entry, draft)
            elif kind in {CellKind.FREE, CellKind.BLANK}:
                yield from self._free(entry, draft)
            elif kind is CellKind.UNREAD:
                self.problems.append(self.page.template_unread(draft.body))
            elif kind is CellKind.STRUCK:
                self.problems.append(self.page.struck(draft.body))
            elif kind is CellKind.OFF:
                self.problems.append(self.page.called_off(draft.body))

    def _session(self, entry: Entry, draft: Draft) -> Session:
        if not draft.reading.title:
            self.problems.append(self.page.title_missing(draft.body))
        made = self.page.session(draft.reading, draft.rooms, entry.start, entry.end, draft.span)
        return replace(made, layout="bullets", title_cell=draft.body, time_cell=entry.time_cell)

    def _free(self, entry: Entry, draft: Draft) -> Iterator[FreeSlot]:
        blank = draft.reading.kind is CellKind.BLANK
        if entry.start is None or (blank and (entry.item.followed or entry.item.timed)):
            return
        rooms = [room for room in draft.rooms if not blank or self.page.rooms.is_open(room)]
        if not draft.rooms and (not blank or not self.page.event.room):
            rooms = [""]
        for room in rooms:
            slot = self.page.free_slot(draft.reading, room or None, entry.start, entry.end, draft.body)
            yield replace(slot, layout="bullets", time_cell=entry.time_cell, row=draft.span)

    # problems

    def _room_unclear(self, span: Span) -> Problem:
        message = "This names several rooms; in which one is it?"
        return self.page.problem("room-unclear", Severity.WARNING, message, span)

    def _ask_for_rooms(self, span: Span) -> None:
        """Once per page: how parallel sessions could say their rooms."""
        if self._asked_for_rooms or not self.page.event.room:
            return
        self._asked_for_rooms = True
        room = self.page.event.room[0].name
        message = f"Which of these is in which room? Write it behind each title, ({room}), or once for the whole page: Parallel sessions, first name – {room}"
        self.problems.append(self.page.problem("room-unsaid", Severity.NOTE, message, span))


def replace_rooms(entry: Entry, rooms: tuple[str, ...]) -> Entry:
    """The entry as if its group gave these rooms."""
    return replace(entry, rooms=rooms)


def _stripped(text: str, span: Span) -> Span:
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    return Span(start, max(start, span.start + len(source.rstrip())))


def _reach(item: Item) -> int:
    """Where the lines end that belong to the item: before somebody's remark and before an item with a time of its own."""
    end = item.line.span.end
    for child in item.children:
        if child.time or child.signed or _remarked(child):
            break
        end = child.end
    return end


def _remarked(item: Item) -> bool:
    return any(child.signed or _remarked(child) for child in item.children)
