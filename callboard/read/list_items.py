"""The lists of a page as items in groups: what is nested below what, and under which day, room and heading it stands.

A heading or a bold line that begins with a time (`'''Slot 1: 1400 - 1530'''`) is an item as well, and what follows stands below it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from callboard.read.item_times import LeadingTime, leading_time
from callboard.read.list_paragraphs import paragraphs
from callboard.read.page_reader import PageReader
from callboard.read.plain import plain
from callboard.read.signatures import STAMP
from callboard.read.table_context import Context, Surroundings
from callboard.read.times import read_day
from callboard.read.tokens import Kind, tokens
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import Line, LineKind, lines

_LONGEST_NAME = 120  # characters of a line that names a day or a room
_BOLD = re.compile(r"\s*(?:'{2,5}|<b>|<big>|<strong>)", re.IGNORECASE)
_SLOT = re.compile(r"\W*(?:time\s*)?slot\s*#?\d", re.IGNORECASE)
_CLEARLY = re.compile(r"\d[:hu]\d\d|\d[hu]\b|\d\s?[ap]\.?m\b|\d\W+\d|slot", re.IGNORECASE)
# Cheap looks before the signature's pattern.
_ZONED = re.compile(r"\((?:[A-Z]{2,5}\)|[A-Z]{0,3}[+−-]\d)")
_SIGNED = re.compile(r"\d[:.]\d\d,? \d|\d{4}\W{1,3}\d|\d{4}-\d\d-\d\d|年")
_DATES = frozenset({Kind.DATE, Kind.WEEKDAY, Kind.ORDINAL})
_DEEPEST = 12  # items inside items; what is nested deeper counts as a neighbour
_OTHER_WORDS = 5  # beside a day in a bold line or a heading of a list: `Friday: sessions in the school`


@dataclass(slots=True)
class Group:
    """Items under one day, in one room: what holds for them, and the items in order."""

    context: Context
    heading: Span | None  # the title of the section
    items: list["Item"] = field(default_factory=list)
    outer: "Group | None" = None


@dataclass(slots=True)
class Item:
    """One item with what is nested below it; `end` is where the last nested line ends."""

    line: Line
    group: Group
    time: LeadingTime | None
    end: int
    parent: "Item | None" = None
    children: list["Item"] = field(default_factory=list)
    signed: bool = False  # somebody's remark
    names: bool = False  # it says the day or the room of what follows, no more
    followed: bool = False  # a paragraph stands below it

    @property
    def span(self) -> Span:
        """From the bullet to the end of what is nested below."""
        return Span(self.line.bullet.start if self.line.bullet else self.line.span.start, self.end)

    @property
    def timed(self) -> list["Item"]:
        """What is nested below it with a time of its own."""
        return [child for child in self.children if child.time]

    @property
    def details(self) -> list["Item"]:
        """What is nested below it without a time, people's remarks left out."""
        return [child for child in self.children if not child.time and not child.signed]


def _nested(parent: Item, line: Line) -> bool:
    """Whether a line is nested below an open item: `**` below `*`, `:` below `;`, all items below a bold line."""
    if parent.line.kind is not LineKind.ITEM:
        return True
    above, below = parent.line.prefix, line.prefix
    if len(below) > len(above):
        return True
    return above[-1] == ";" and below[-1] != ";" and len(below) == len(above)


class Outline:
    """Goes over the lines of one page once."""

    def __init__(self, page: PageReader, surroundings: Surroundings) -> None:
        self.page, self.surroundings, self.text = page, surroundings, page.text
        self.groups: list[Group] = []
        self.open: list[Item] = []
        self.last: Item | None = None
        self._section(0, None)
        self.lines = lines(page.text)
        self.paragraphs = paragraphs(page.text, self.lines)
        self.unclear: list[tuple[Line, Group]] = []  # lines with times of which nobody can tell what they are
        for line in self.lines:
            self._line(line)

    def _line(self, line: Line) -> None:
        match line.kind:
            case LineKind.HEADING:
                self._heading(line)
            case LineKind.ITEM:
                self._item(line)
            case LineKind.TEXT:
                self._paragraph(line)
            case LineKind.TABLE:
                self._close(0)
                if self.last:
                    self.last.followed = True

    # groups

    def _section(self, offset: int, heading: Span | None, *, own: bool = True) -> None:
        self.open.clear()
        self.last = None
        self._start(Group(self.surroundings.section(offset, own=own), heading))

    def _start(self, group: Group) -> None:
        self.group = group
        self.groups.append(group)

    def _named(self, line: Line) -> None:
        """A group for what follows a line that names a day or a room."""
        here = self.group.context
        context = self.surroundings.section(line.span.start, (line.content,))
        own = read_day(line.content.of(self.text), self.page.event.dates)
        if not (own.day or own.odd):  # `;Room B` somewhere below `;Friday`
            context = replace(context, day=here.day, problems=here.problems, named_day=here.named_day)
        self._start(Group(context, self.group.heading, outer=self.group))

    # lines

    def _heading(self, line: Line) -> None:
        time = leading_time(self.text, line.content)
        if time and _CLEARLY.search(time.source.of(self.text)) and time.day is None:
            self._section(line.span.start, line.content, own=False)
            self._add(line, time)
        else:
            self._section(line.span.start, line.content)

    def _paragraph(self, line: Line) -> None:
        line = self.paragraphs.items.get(line.number, line)
        if line.number in self.paragraphs.unclear:
            self.unclear.append((line, self.group))
        source = self.text[line.content.start : line.content.end]
        bold = bool(_BOLD.match(source))
        listed = line.number in self.paragraphs.items
        if (bold or listed or _SLOT.match(source)) and len(source) < 4 * _LONGEST_NAME:
            time = leading_time(self.text, line.content)
            if time and _CLEARLY.search(time.source.of(self.text)):
                self._close(0, headings=False)
                self._add(line, time)
                return
        self._close(0)
        if self._names(line, source, _OTHER_WORDS if bold else 0):
            self.open.clear()
            self._named(line)
        elif self.last:
            self.last.followed = True

    def _close(self, depth: int, *, headings: bool = True) -> None:
        """Ends all lists deeper than that; bold lines with a time hold on to the next one."""
        while self.open and (self.open[-1].line.kind is LineKind.ITEM or not headings):
            item = self.open[-1]
            if item.line.kind is LineKind.HEADING or (
                item.line.kind is LineKind.ITEM and item.line.depth <= depth
            ):
                break
            self._pop()

    def _pop(self) -> None:
        item = self.open.pop()
        if item.names and item.children and self.group.outer:
            self.group = self.group.outer

    def _item(self, line: Line) -> None:
        while self.open and (len(self.open) > _DEEPEST or not _nested(self.open[-1], line)):
            self._pop()
        source = self.text[line.content.start : line.content.end]
        time = leading_time(self.text, line.content)
        signed = bool(_ZONED.search(source) and _SIGNED.search(source) and STAMP.search(source))
        naming = False
        if not time and not any(item.time for item in self.open):
            led = line.prefix[-1] == ";" or bool(_BOLD.match(source))
            naming = self._names(line, source, _OTHER_WORDS if led else 0)
        item = self._add(line, time)
        item.signed, item.names = signed, naming
        if naming:
            self._named(line)

    def _add(self, line: Line, time: LeadingTime | None) -> Item:
        parent = self.open[-1] if self.open else None
        item = Item(line, self.group, time, line.span.end, parent)
        if parent:
            parent.children.append(item)
        if parent is None or parent.names:
            self.group.items.append(item)
        for above in self.open:
            above.end = line.span.end
        self.open.append(item)
        self.last = item
        return item

    def _names(self, line: Line, source: str, words: int) -> bool:
        """Whether a line says a day of the event or a room, and at most some other words."""
        if len(source) > _LONGEST_NAME or not any(map(str.isalnum, source)):
            return False
        if self.page.rooms.named(self.page.words(line.content)):
            return True
        reading = read_day(source, self.page.event.dates)
        if not (reading.day or reading.odd):
            return False
        pieces = tokens(plain(source))
        if self.group.context.named_day and not any(piece.kind in _DATES for piece in pieces):
            return False  # "(Day 1)" below a heading with the date
        return sum(piece.kind is Kind.WORD for piece in pieces) <= words


def walk(items: list[Item]) -> Iterator[Item]:
    """The items with a time and those beside them, each before what is nested below it; details of a session left out."""
    for item in items:
        yield item
        if item.time:
            yield from walk(item.timed)
        elif not item.names:
            yield from walk([child for child in item.children if child.time or child.children])
