"""Parallel sessions in one item of a list, split by " / " or a line each below their time, and the choice between all forms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from callboard.model import Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.item_parts import (
    Label,
    begins_with_time,
    heads_sessions,
    holds_another_time,
    labelled,
    says_something,
)
from callboard.read.list_drafts import DETAIL, Draft, Entry, SingleDrafter, reach, replace_rooms, stripped
from callboard.read.list_items import Item
from callboard.read.list_rooms import ItemRooms
from callboard.read.list_slashes import Slashes
from callboard.read.page_reader import PageReader
from callboard.wikitext.edits import Span

_FEW = 2  # lines that are sessions of their own


class Drafter(SingleDrafter):
    """Reads all items of one page."""

    def __init__(self, page: PageReader, rooms: ItemRooms) -> None:
        super().__init__(page, rooms)
        self.slashes = Slashes(page, rooms)
        self._asked_for_rooms = False

    def drafts(self, entry: Entry) -> tuple[Draft, ...]:
        """The sessions, slots and breaks that the item holds; nothing for a block of timed items and for what is unclear."""
        item = entry.item
        if item.time is None:
            return ()
        body = Span(item.time.body, item.line.content.end)
        if self.page.templates.holds(body):
            return ()
        if begins_with_time(self.text, body) or holds_another_time(self.text, body):
            message = "Another time stands in this line; write the time as 10:00–11:00, the title behind it, and each session on a line of its own"
            self.problems.append(
                self.page.problem("time-unreadable", Severity.WARNING, message, item.line.content)
            )
            return ()
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
        if self._is_one_per_room(item, label):
            return tuple(self._child(entry, child, child.span) for child in item.details)
        return (self._single(entry, label),)

    def _is_one_per_room(self, item: Item, label: Label) -> bool:
        """Whether the item only heads sessions: each line below it begins with a room of its own, then a title and people or a task."""
        if len(item.details) < _FEW or item.timed or not all(map(self._leads_with_room, item.details)):
            return False
        rooms = [self.rooms.of(child.line.content).rooms for child in item.details]
        above = self.page.cell(label.body)
        told = above.owners or above.tasks or above.facilitation or self.rooms.of(label.body).rooms
        each = [room for named in rooms for room in named]
        return above.kind is CellKind.SESSION and not told and len(set(each)) == len(each)

    def _leads_with_room(self, child: Item) -> bool:
        """Whether a line is a session behind its room: `Room A: Maps – [[User:Ada]]`, `Room B – Bots ({{phab|T1}})`."""
        content = child.line.content
        if not self.rooms.any_in(content):
            return False
        placed = self.rooms.of(content)
        if not placed.rooms or placed.unknown or placed.said or placed.body.start == content.start:
            return False
        reading = self.page.cell(placed.body)
        titled = reading.kind is CellKind.SESSION and reading.title[:1].isupper()
        return titled and bool(reading.owners or reading.tasks)

    def _parts(self, entry: Entry, label: Label) -> list[Span] | None:
        parts = self.slashes.parts(entry, label)
        if parts is None:
            message = 'Are these parallel sessions, or is it one? Write "Sessions:" before parallel ones, or the room behind the one'
            self.problems.append(self.page.problem("parallel-unclear", Severity.WARNING, message, label.body))
        return parts

    def _parallel(self, entry: Entry, label: Label, parts: Sequence[Span]) -> Iterator[Draft]:
        in_order = self.rooms.in_order(len(parts), entry.item.group.context.rooms)
        behind = self.slashes.rooms_behind(parts)
        plain = replace_rooms(entry, ())
        drafts = []
        for number, part in enumerate(parts):
            span = stripped(self.text, part)
            draft = self._draft(plain, span, span, span)
            if behind:
                draft = replace(draft, rooms=behind[number])
            elif len(draft.rooms) == len(parts):
                draft = replace(draft, rooms=())  # rooms for all of them, and no telling which is whose
            elif not draft.rooms and in_order:
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
            if not self._says_more(child):
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
                draft = drafts[meant[0]]
                drafts[meant[0]] = replace(draft, reading=self._with(draft.reading, child))
            else:
                self._ask_whose([child])
        return drafts

    def _reading_of(self, child: Item) -> CellReading:
        return self.page.cell(Span(child.line.content.start, child.end))

    def _says_more(self, child: Item) -> bool:
        reading = self._reading_of(child)
        return bool(reading.owners or reading.tasks or reading.facilitation)

    def _with(self, old: CellReading, child: Item) -> CellReading:
        """What is known of a session with what a line of its own says."""
        reading = self._reading_of(child)
        owners = {person.name: person for person in (*old.owners, *reading.owners)}
        refs = {ref.task: ref for ref in (*old.tasks, *reading.tasks)}
        return replace(
            old,
            owners=tuple(owners.values()),
            tasks=tuple(refs.values()),
            facilitation=old.facilitation or reading.facilitation,
        )

    def _ask_whose(self, lines: list[Item]) -> None:
        message = "To which of the sessions above does this belong? Begin the line with its title or its room"
        for child in lines:
            self.problems.append(
                self.page.problem("detail-unclear", Severity.NOTE, message, child.line.content)
            )

    def _below(self, entry: Entry, details: list[Item], *, several: bool = False) -> Iterator[Draft]:
        """The sessions that stand below a time of its own: one with its details, or one per room."""
        told = {child.line.number: named for child in details if (named := self._detail_rooms(child))}
        aside: list[Item] = []  # `Attic. [[User:Ada]]`: the room of a session, and more of it
        if told and len(told) < len(details):
            room = next(iter(told.values())) if len(set(told.values())) == 1 else ()
            entry = replace_rooms(entry, room)
            aside = [child for child in details if child.line.number in told and self._says_more(child)]
            details = [child for child in details if child.line.number not in told]
        placed = [self.rooms.of(child.line.content) for child in details]
        rooms = [one.rooms for one in placed if one.rooms]
        if len(details) > 1 and len(rooms) == len(details) == len(set(rooms)):
            self._ask_whose(aside)
            for child in details:
                yield self._child(entry, child, child.span)
            return
        rest = details[1:]
        only_rooms = len(told) == len(details) and len(set(told.values())) > 1
        plain = not only_rooms and not any(self._is_title(child) for child in rest)
        if not several and plain:
            end = max(child.end for child in (*details, *aside))
            draft = self._child(entry, details[0], entry.item.span, upto=end)
            for child in aside:
                if child.end <= draft.body.start:
                    draft = replace(draft, reading=self._with(draft.reading, child))
            yield draft
            return
        self._ask_whose(aside)
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

    def _child(self, entry: Entry, child: Item, span: Span, *, upto: int = 0) -> Draft:
        body = child.line.content
        return self._draft(entry, span, body, Span(body.start, max(upto, reach(child))))

    def _is_title(self, child: Item) -> bool:
        """Whether a line may be a session of its own and not a remark about one."""
        words = self.page.words(child.line.content)
        if DETAIL.match(words) or not words[:1].isupper() or self._detail_rooms(child):
            return False
        return self.page.cell(child.line.content).kind in {CellKind.SESSION, CellKind.FREE}

    def _ask_for_rooms(self, span: Span) -> None:
        """Once per page: how parallel sessions could say their rooms."""
        if self._asked_for_rooms or not self.page.event.room:
            return
        self._asked_for_rooms = True
        room = self.page.event.room[0].name
        message = f"Which of these is in which room? Write it behind each title, ({room}), or once for the whole page: Parallel sessions, first name – {room}"
        self.problems.append(self.page.problem("room-unsaid", Severity.NOTE, message, span))
