"""What one timed item of a list says, before its end is known: a session, parallel ones, a free slot, or something to ask about."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.model import Problem, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.facilitation import read_people
from callboard.read.item_parts import BAR, Label, split
from callboard.read.list_items import Item
from callboard.read.list_rooms import ItemRooms
from callboard.read.page_reader import PageReader
from callboard.read.titles import clean_title
from callboard.values import value
from callboard.wikitext.edits import Span

DETAIL = re.compile(
    r"\W*(?:speakers?|presenters?|hosts?|owners?|leads?|by|with|facilitat\w*|co-?ordinat\w*|notes?|slides?|pad|etherpad|links?|tasks?|phab\w*|"
    r"rooms?|where|place|location|who|what|more|details?|see|recording|video|format|type|language|level|bring|please)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """An item with its time; `rooms` are those of its group until its own words say others."""

    item: Item
    start: datetime | None = None
    end: datetime | None = None
    stated: bool = False  # the item itself gives its end or length
    endless: bool = False  # `from 10:00`: the next item does not end it
    time_cell: Span | None = None
    rooms: tuple[str, ...] = ()
    block: "Entry | None" = None  # the item with a time that it is nested below
    drafts: tuple["Draft", ...] = ()


@value()
class Draft:
    """A session or free slot before its end is known; `body` is where its words stand, `span` all that belongs to it."""

    span: Span
    body: Span
    reading: CellReading
    rooms: tuple[str, ...]


class SingleDrafter:
    """Reads the items of one page that hold one session; what is odd collects in `problems`."""

    def __init__(self, page: PageReader, rooms: ItemRooms) -> None:
        self.page, self.rooms, self.text = page, rooms, page.text
        self.problems: list[Problem] = []
        self._unknown: set[tuple[str, ...]] = set()

    def _single(self, entry: Entry, label: Label) -> Draft:
        item = entry.item
        span, end = item.span, reach(item)
        if item.timed:
            span = Span(span.start, end)
        draft = self._draft(entry, span, label.body, Span(label.body.start, end), common=label.common)
        if item.children and draft.rooms == (entry.rooms or (self.rooms.common if label.common else ())):
            told = {rooms for child in item.details if (rooms := self._told_rooms(child))}
            if len(told) == 1:
                people = [
                    one for one in draft.reading.owners if one.is_account or not self._is_room(one.name)
                ]
                reading = replace(draft.reading, owners=tuple(people))  # `Speaker: [[User:Ada]], Attic`
                return replace(draft, rooms=told.pop(), reading=reading)
        return draft

    def _is_room(self, name: str) -> bool:
        return bool(self.rooms.rooms.named(name))

    def _told_rooms(self, child: Item) -> tuple[str, ...]:
        """The rooms of a line that says no more, or who holds the session and where: `by [[User:Ada]] in Room B`."""
        if rooms := self._detail_rooms(child):
            return rooms
        content = child.line.content
        if not self.rooms.any_in(content) or not DETAIL.match(self.page.words(content)):
            return ()
        placed = self.rooms.of(content)
        return () if placed.unknown else placed.rooms

    def _detail_rooms(self, child: Item) -> tuple[str, ...]:
        return self.rooms.of_detail(child.line.content)

    def _draft(self, entry: Entry, span: Span, body: Span, whole: Span, *, common: bool = False) -> Draft:
        placed = self.rooms.of(body)
        if placed.unclear and placed.said:
            self.problems.append(self._room_unclear(placed.said))
        if placed.unknown and placed.said and placed.rooms not in self._unknown:
            self._unknown.add(placed.rooms)
            self.problems.append(self.page.room_unknown(placed.rooms[0], placed.said))
        rooms = placed.rooms or (self.rooms.common if common else ()) or entry.rooms
        reading = self._reading(placed.body, body, whole)
        reading = self._fields(reading, placed.body)
        if entry.item.time and (bracket := entry.item.time.bracket):
            told = " ".join(self.page.words(bracket).split())
            reading = replace(reading, title=clean_title(reading.title.replace(told, " ", 1)))
            if reading.kind is CellKind.FREE:  # what takes the place of its words leaves the time
                placed = replace(placed, body=stripped(self.text, Span(placed.body.start, bracket.start)))
        if placed.said and placed.said in placed.body:
            said = " ".join(self.page.words(placed.said).split())
            reading = replace(reading, title=clean_title(reading.title.replace(said, " ", 1)))
        return Draft(span, placed.body, reading, rooms)

    def _reading(self, words: Span, body: Span, whole: Span) -> CellReading:
        """What an item says with the lines below it; `words` are those of its body without the room."""
        if whole.end <= body.end:
            return self.page.cell(words)
        # between the title and the lines below it stand the room's name or the signs of a heading
        room = Span(words.end, body.end) if words.end < body.end else None
        reading = self.page.cell(Span(words.start, whole.end), without=room)
        if room is None and not self.text.startswith("=", body.end):
            return reading
        alone = self.page.cell(words)
        return replace(reading, title=alone.title, kind=alone.kind)

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

    def _room_unclear(self, span: Span) -> Problem:
        message = "This names several rooms; in which one is it?"
        return self.page.problem("room-unclear", Severity.WARNING, message, span)


def replace_rooms(entry: Entry, rooms: tuple[str, ...]) -> Entry:
    """The entry as if its group gave these rooms."""
    return replace(entry, rooms=rooms)


def stripped(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    return Span(start, max(start, span.start + len(source.rstrip())))


def reach(item: Item) -> int:
    """Where the lines end that belong to the item: before somebody's remark and before an item with a time of its own."""
    end = item.line.content.end
    for child in item.children:
        if child.time or child.signed or _remarked(child):
            break
        end = child.end
    return end


def _remarked(item: Item) -> bool:
    return any(child.signed or _remarked(child) for child in item.children)
