"""Free slots in the event's words."""

import re
from collections.abc import Iterator

from callboard.config import Event
from callboard.model import FreeSlot, Schedule
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.wording import wording
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit

_SAYS_FREE = re.compile(
    r"(?:\[\?\?\]\s*)?(?:(?:still|currently)\s+)?(?:(?:free|empty|open|available|vacant|unclaimed)(?:\s+(?:slots?|space|spot))?"
    r"|slots?\s+(?:is\s+)?(?:free|open|available))",
    re.IGNORECASE,
)
_DRESS = " \t\n\r'\"()[]!.…–—-"


def _said(slot: FreeSlot, text: str) -> Span:
    source = slot.span.of(text)
    start = slot.span.start + len(source) - len(source.lstrip())
    return Span(start, start + len(source.strip()))


def _says_free(source: str) -> bool:
    return _SAYS_FREE.fullmatch(source.strip(_DRESS)) is not None or source.startswith("[??]")


def _open_room(slot: FreeSlot, event: Event) -> bool:
    name = (slot.room or "").casefold()
    return any(
        room.open and name in {word.casefold() for word in (room.name, *room.aliases)} for room in event.room
    )


def _put_in(slot: FreeSlot, text: str, words: str, lead: str) -> TextEdit:
    """The words in a blank cell, with the blank before them that the page's other slots have."""
    source = slot.span.of(text)
    if source.strip(" \t"):  # a cell of several lines
        return TextEdit(slot.span.start, slot.span.start, f"{lead}{words}")
    inline = text[slot.span.end : slot.span.end + 2] in {"||", "!!"}
    return TextEdit(slot.span.start, slot.span.end, f"{lead}{words}{' ' if inline else ''}")


@schedule_rule("free-slots")
def free_slots(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`'''Free!'''` is `''free slot''`; a dash, "TBD" or "(Buffer)" says something else and stays.

    A blank cell of an open room is asked about, on a page that names its free slots elsewhere. Nothing is written into templates.
    """
    text, event = page.text, snapshot.event
    said = [(slot, _said(slot, text)) for slot in page.free_slots if slot.layout != "templates"]
    ours = event.wording.free_slot
    free = [(slot, span) for slot, span in said if span.of(text) == ours or _says_free(span.of(text))]
    words = wording(event, "free_slot", (span.of(text) for _, span in free))
    for _, span in free:
        if span.of(text) != words:
            yield TextEdit(span.start, span.end, words)
    if not free:
        return
    first, first_said = free[0]
    lead = " " if first_said.start > first.span.start else ""
    for slot, span in said:
        if span.start == span.end and _open_room(slot, event):
            yield Unsure(_put_in(slot, text, words, lead))
