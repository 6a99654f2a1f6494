"""What a cell can be, the value that says what it holds, and what its words make of it."""

import re
from enum import StrEnum

from callboard.model import Facilitation, Person, TaskRef
from callboard.read.phrases import (
    is_break,
    is_called_off,
    is_closed,
    is_dash,
    is_free,
    is_only_break,
    is_same,
    may_be_session,
)  # fmt: skip
from callboard.values import value
from callboard.wikitext.flat import LINE


class CellKind(StrEnum):
    """What a cell is to the schedule."""

    SESSION = "session"
    FREE = "free"  # says so in words, or waits for a name
    BLANK = "blank"  # free if its room is open
    BREAK = "break"
    SEVERAL = "several"  # sessions, and nothing tells when each is
    DOUBTFUL = "doubtful"  # begins like a break, and may be a session: "Cake for bots"
    SAME = "same"  # points to the cell above
    CLOSED = "closed"  # a dash, "closed", "(Buffer)"
    PEOPLE = "people"  # only people, as in a helpers' table
    STRUCK = "struck"  # everything in it is struck out
    STRUCK_UNCLEAR = "struck-unclear"  # a session is struck out, and what stands beside it may be a note
    OFF = "off"  # cancelled, or moved elsewhere
    UNREAD = "unread"  # only a template that is not known, or a table in the cell


@value()
class CellReading:
    """One cell as read; `first` is the offset of its first visible character."""

    kind: CellKind
    title: str = ""
    owners: tuple[Person, ...] = ()
    tasks: tuple[TaskRef, ...] = ()
    facilitation: Facilitation | None = None
    first: int = 0
    seen: str = ""  # what a reader sees, without facilitation, people, tasks and small print
    format: str = ""  # a word before the title that may be a kind of session: "Workshop"


_HELD = re.compile(r"(?:reserved|blocked|held)\s+(?:for|by)", re.IGNORECASE)
_HELD_FOR = re.compile(r"\W*(?:reserved|blocked)\s+(?:for|by)\b", re.IGNORECASE)
_FREE_SLOT = re.compile(r"\W*(?:free|open|empty|available)\s+slot\b", re.IGNORECASE)
_COLONS = frozenset(":–—")
_BEFORE_COLON = re.compile(r"\W*([^\W\d_][\w -]{2,20}?)\s*[:–—]")


def kind_of_words(seen: str, title: str, *, named: bool, has_task: bool) -> CellKind:
    """What a cell with words, people or tasks is; `named` is whether it has people or tasks."""
    words = seen.replace(LINE, " ")
    if not named:
        if is_dash(words) or is_closed(words) or _HELD_FOR.match(words):
            return CellKind.CLOSED
        if is_same(words):
            return CellKind.SAME
        if is_free(words):
            return CellKind.FREE
    if _HELD.fullmatch(title):
        return CellKind.CLOSED
    if is_called_off(seen):
        return CellKind.OFF
    if not has_task and is_break(seen.replace(LINE, " · ")):
        return _kind_of_break(seen, title, owned=named)
    if not has_task and _FREE_SLOT.match(words):
        return CellKind.FREE
    return CellKind.SESSION if title or has_task else CellKind.PEOPLE


def _kind_of_break(seen: str, title: str, *, owned: bool) -> CellKind:
    """What words are that begin like a break: `Lunch in the yard`, `Cake for bots`, `Breakfast at the archives – [[User:Ada]]`."""
    title_like = may_be_session(seen.replace(LINE, " · "))
    if owned and title_like:
        return CellKind.SESSION
    return CellKind.DOUBTFUL if title_like or (owned and not is_only_break(title)) else CellKind.BREAK


def word_before_colon(seen: str, start: int, end: int) -> str:
    """A word before the title that may be a kind of session: `Workshop: how to map`."""
    if _COLONS.isdisjoint(seen):
        return ""
    found = _BEFORE_COLON.match(seen, start, end)
    return found[1] if found else ""
