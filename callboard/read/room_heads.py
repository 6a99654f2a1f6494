"""The room that a head or a cell below "Where" names, also on one of its lines or as the words of a link."""

import re

from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.plain import plain
from callboard.wikitext.edits import Span

_BREAK = re.compile(r"(?=<br\b)|\n", re.IGNORECASE)
_UNSURE = frozenset({Role.OTHER, Role.BLANK})


def room_head(page: PageReader, span: Span) -> Head:
    """The head; `Friday<br>Room 1`, `[[Map|Room 1]]<br>B 12` and `[https://meet.example.org Room 1]` are heads of Room 1."""
    head = page.head(span)
    source = span.of(page.text)
    if head.role not in _UNSURE or not any(mark in source for mark in "<[\n"):
        return head
    for line in _BREAK.split(source):
        shown = " ".join(plain(line).strip(" []").split())
        if rooms := page.rooms.named(shown):
            return Head(Role.ROOM, head.text or shown, rooms)
    return head
