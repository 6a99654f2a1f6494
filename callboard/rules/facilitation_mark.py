"""Facilitation marks in one form: the event's word, people separated by commas, the event's placeholder."""

import re
from collections.abc import Iterator
from itertools import pairwise

from callboard.config import Event
from callboard.model import Facilitation, Schedule
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.wording import wording
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit

_PLACEHOLDER = re.compile(
    r"[(\[]\s*(?:(?:add|put|write)\s+)?(?:your[\s_-]+)?(?:wiki[\s_-]+)?(?:user[\s_-]*)?name(?:\s+here)?\s*[)\]]"
    r"|your[\s_-]+(?:user[\s_-]*)?name(?:\s+here)?",
    re.IGNORECASE,
)
_FACILITATION = re.compile(r"fac+il|ordin", re.IGNORECASE)
_BETWEEN = re.compile(r"[ \t]*(?:,|;|&|&amp;|\+|,?[ \t]+and(?=[ \t]))[ \t]*", re.IGNORECASE)


def _label_edit(text: str, mark: Facilitation, word: str) -> Iterator[TextEdit]:
    label = mark.label
    if label.start and text[label.start - 1] in "-–":  # co-facilitated by
        return
    glued = label.end < mark.span.end and bool(text[label.end].strip())
    new = f"{word} " if glued else word
    if label.of(text) != new:
        yield TextEdit(label.start, label.end, new)


def _commas(text: str, mark: Facilitation) -> Iterator[TextEdit]:
    for one, other in pairwise(mark.people):
        between = text[one.span.end : other.span.start]
        if between != ", " and _BETWEEN.fullmatch(between):
            yield TextEdit(one.span.end, other.span.start, ", ")


def _bare_value(text: str, mark: Facilitation) -> Span:
    value = mark.value.of(text)
    start = mark.value.start + len(value) - len(value.lstrip())
    return Span(start, start + len(value.strip()))


def _says_facilitation(text: str, mark: Facilitation, event: Event) -> bool:
    """Whether the label is a word for it or the event's own; what says "Moderation:" keeps its word."""
    label = mark.label.of(text)
    own = event.wording.facilitation.strip(" :").casefold()
    return _FACILITATION.search(label) is not None or (bool(own) and own in label.casefold())


def _is_mark(text: str, mark: Facilitation) -> bool:
    """Whether a label is followed by a name, a placeholder or nothing: not "on facilitation: a talk by …"."""
    if mark.label.start >= mark.label.end:
        return False
    if mark.open or not mark.people:
        return mark.open
    first = min(person.span.start for person in mark.people)
    return not any(character.isalnum() for character in text[mark.label.end : first])


@schedule_rule("facilitation-mark")
def facilitation_mark(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`Facilitation : [[User:A]] and [[User:B]]` is `facilitation: [[User:A]], [[User:B]]`.

    Remarks such as "(until 19:15)" stay; a mark without anybody gets the placeholder only if a person says yes, and only
    on a page that has it elsewhere.
    """
    text, event = page.text, snapshot.event
    marks = [session.facilitation for session in page.sessions if session.facilitation]
    marks = [mark for mark in marks if _is_mark(text, mark) and _says_facilitation(text, mark, event)]
    word = wording(event, "facilitation", (mark.label.of(text) for mark in marks))
    values = [(mark, _bare_value(text, mark)) for mark in marks if mark.open]
    holders = [said for _, value in values if _PLACEHOLDER.fullmatch(said := value.of(text))]
    placeholder = wording(event, "placeholder", holders)
    for mark in marks:
        yield from _label_edit(text, mark, word)
        if len(mark.people) > 1:
            yield from _commas(text, mark)
    for mark, value in values:
        if value.of(text) == placeholder:
            continue
        if _PLACEHOLDER.fullmatch(value.of(text)):
            yield TextEdit(value.start, value.end, placeholder)
        elif value.start == value.end and holders:
            at = mark.label.end
            yield Unsure(TextEdit(at, at, f" {placeholder}"))
