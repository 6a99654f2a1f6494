"""Whether a slash in a list item parts parallel sessions: `Maps (Room A) / Bots (Room B)`, or belongs to a title: `TCP / IP basics`.

Certain are a room, a person or a task at each part, a page of its own for each, or a custom of the page: it says so, gives the rooms
in order, or has written others so. A page that writes "Sessions:" before parallel ones means something else without it.
"""

import re
from collections.abc import Sequence
from functools import cached_property

from callboard.read.cells import CellKind
from callboard.read.item_parts import SLASH, Label, labelled, split
from callboard.read.list_drafts import Entry, stripped
from callboard.read.list_items import Item
from callboard.read.list_rooms import ItemRooms
from callboard.read.page_reader import PageReader
from callboard.read.several import begins_with_role
from callboard.wikitext.edits import Span

_GLUED = re.compile(r"(?<=\w)/(?=\w)|;|<br", re.IGNORECASE)
_SIGN = r"(?:\bslash(?:es)?\b|[\"'“”‘’(]\s*/\s*[\"'“”‘’)])"
_SAID = re.compile(rf"parallel[^\n.]{{0,80}}{_SIGN}|{_SIGN}[^\n.]{{0,80}}parallel", re.IGNORECASE)
_SUBPAGE = re.compile(r"\[\[[^\[\]|]*/[^\[\]]*\]\]\s*(?:\([^()]*\))?")
_IN_ORDER = re.compile(r"[(\[]([^()\[\]{}]*/[^()\[\]{}]*)[)\]]\s*\Z")
_LATER = re.compile(r"\W*t\.?b\.?[acd]\.?\W*", re.IGNORECASE)
_EXAMPLES = 2  # items with as many certain parts that make a custom


class Slashes:
    """Parts the items of one page; `items` are all that have a time."""

    def __init__(self, page: PageReader, rooms: ItemRooms) -> None:
        self.page, self.rooms, self.text = page, rooms, page.text
        self.items: Sequence[Item] = ()

    def parts(self, entry: Entry, label: Label) -> list[Span] | None:
        """The parts of an item that holds parallel sessions, nothing for one session, None if there is no telling."""
        parts = split(self.text, label.body, SLASH)
        if label.common or len(self.page.event.room) == 1:
            return []
        if len(parts) < 2:
            glued = label.parallel and len(split(self.text, label.body, _GLUED)) > 1
            return None if glued else []
        if any(begins_with_role(part.of(self.text)) for part in parts[1:]):
            return []
        if label.parallel:
            return parts
        kinds = [self.page.cell(part).kind for part in parts]
        if kinds[0] is CellKind.PEOPLE:
            return None  # [[User:Ada]] / [[User:Bo]]: Maps
        if CellKind.SESSION not in kinds[1:] and not (
            CellKind.FREE in kinds and kinds[0] is CellKind.SESSION
        ):
            return []
        if self._certain(parts):
            return parts
        if self.rooms_behind(parts):
            return parts
        # `Maps / Bots – [[User:Ada]] / [[User:Bo]]`, `Maps / Bots (Room A / Room B)`
        listed = kinds.count(CellKind.SESSION) > 1 and CellKind.PEOPLE in kinds
        if listed or len(self.rooms.of(parts[-1]).rooms) > 1:
            return None
        if self._room_within(parts) or CellKind.FREE in kinds:
            return None
        if self.page.cell(label.body).kind is not CellKind.SESSION:
            return []
        if entry.rooms or any(self.rooms.of(part).rooms for part in parts):
            return []
        return parts if self._customary(entry, parts) else None

    def rooms_behind(self, parts: Sequence[Span]) -> tuple[tuple[str, ...], ...]:
        """The rooms that stand behind the last part for all of them in order: `Maps / Bots (Room A / Room B)`; nothing if not so."""
        *others, last = parts
        if any(self.rooms.any_in(part) for part in others):
            return ()
        placed = self.rooms.of(last)
        bracket = _IN_ORDER.search(last.of(self.text)) if len(placed.rooms) == len(parts) else None
        said = [self.rooms.rooms.named(name.strip()) for name in bracket[1].split("/")] if bracket else []
        told = tuple(named for named in said if len(named) == 1)
        return told if len(told) == len(set(told)) == len(parts) else ()

    def _certain(self, parts: Sequence[Span]) -> bool:
        """Whether each part has what a session has, and not just the item as a whole."""
        readings = [self.page.cell(part) for part in parts]
        open_ = [reading.kind is CellKind.FREE and not _LATER.fullmatch(reading.seen) for reading in readings]
        if any(open_) and all(
            free or reading.kind is CellKind.SESSION for free, reading in zip(open_, readings, strict=True)
        ):
            return True
        named = [reading for reading in readings if reading.owners or reading.tasks]
        if len(named) == len(parts) and all(reading.kind is CellKind.SESSION for reading in named):
            return True
        placed = [self.rooms.of(part).rooms for part in parts]
        if all(placed) and len(set(placed)) == len(parts):
            return True
        return all(_SUBPAGE.fullmatch(part.of(self.text).strip(" '")) for part in parts)

    def _room_within(self, parts: Sequence[Span]) -> bool:
        """Whether a room stands where one title would end and another begin: `Maps (Room A) / Bots`."""
        for number, part in enumerate(parts):
            placed = self.rooms.of(part)
            whole = stripped(self.text, part)
            if placed.rooms and (
                (number + 1 < len(parts) and placed.body.end < whole.end)
                or (number and placed.body.start > whole.start)
            ):
                return True
        return False

    # the page's custom

    @cached_property
    def _slashed(self) -> list[tuple[Label, list[Span]]]:
        """All items of the page with parts, and what stands before these."""
        found = []
        for item in self.items:
            body = Span(item.time.body if item.time else 0, item.line.content.end)
            if item.time and self.text.find("/", body.start, body.end) >= 0:
                label = labelled(self.text, body)
                found.append((label, split(self.text, label.body, SLASH)))
        return [(label, parts) for label, parts in found if len(parts) > 1]

    @cached_property
    def _labelled(self) -> bool:
        return any(label.parallel for label, _ in self._slashed)

    @cached_property
    def _stated(self) -> bool:
        return bool(_SAID.search(self.text))

    def _customary(self, entry: Entry, parts: Sequence[Span]) -> bool:
        if self._labelled:
            return False
        if self._stated or self.rooms.in_order(len(parts), entry.item.group.context.rooms):
            return True
        certain = sum(len(other) == len(parts) and self._certain(other) for _, other in self._slashed)
        return certain >= _EXAMPLES and all(self._is_long(part) for part in parts)

    def _is_long(self, part: Span) -> bool:
        """Whether it has the looks of a whole title: some words, the first with a capital letter."""
        words = self.page.words(part)
        return len(words.split()) > 1 and not words.lstrip("\"'“„«¿¡(")[:1].islower()
