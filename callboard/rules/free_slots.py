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


def _without_claim(source: str, claim: str) -> str:
    """What the cell says, the way to claim the slot left out."""
    return source.removesuffix(claim).rstrip() if claim else source


@schedule_rule("free-slots")
def free_slots(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`'''Free!'''` is `''free slot''`, with `wording.claim` behind it; a dash, "TBD" or "(Buffer)" says something else and stays.

    A blank cell of an open room is asked about, on a page that names its free slots elsewhere. In templates an empty title
    is the free slot, and what one does with a title is its own affair: nothing is written there.
    """
    text, event = page.text, snapshot.event
    said = [(slot, _said(slot, text)) for slot in page.free_slots if slot.layout != "templates"]
    ours, claim = event.wording.free_slot, event.wording.claim
    free: list[tuple[FreeSlot, Span, str]] = []
    for slot, span in said:
        bare = _without_claim(span.of(text), claim)
        if bare == ours or _says_free(bare):
            free.append((slot, span, bare))
    words = wording(event, "free_slot", (bare for _, _, bare in free))
    if claim:
        words = f"{words} {claim}"
    for _, span, _ in free:
        if span.of(text) != words:
            yield TextEdit(span.start, span.end, words)
    if not free:
        return
    first, first_said, _ = free[0]
    lead = " " if first_said.start > first.span.start else ""
    for slot, span in said:
        if span.start == span.end and slot.layout != "bullets" and _open_room(slot, event):
            yield Unsure(_put_in(slot, text, words, lead))
