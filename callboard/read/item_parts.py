"""The parts of a list item: parallel sessions split by " / ", fields split by bars, and the words before a list of sessions."""

import re
from collections.abc import Iterator

from callboard.read.clock_times import TO
from callboard.read.plain import plain
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import marks_within

COMMON = r"(?:common|joint|plenary|general|shared)"
_LABEL = re.compile(
    rf"\s*+'*+\s*+(?:(?P<common>{COMMON}\s+(?:session|talk|part)|plenary)"
    r"|(?P<parallel>(?:(?:parallel|concurrent|simultaneous|breakout)\s+)?(?P<format>sessions|workshops|talks|tracks|presentations|discussions|panels)"
    r"(?:\s+in\s+parallel|\s*\(\s*(?:in\s+)?parallel\s*\))?|in\s+parallel|parallel))\s*'*\s*(?P<colon>[:：])\s*'*(?=[\s\w\[{(\"“„«]|\Z)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\W*(?:(?:parallel|concurrent|simultaneous|breakout|working)\s+)?(?:sessions|workshops|tracks|talks|groups|slots)(?:\s+in\s+parallel)?\W*"
    r"|\W*in\s+parallel\W*",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:sessions|workshops|tracks|talks|groups|slots|parallel)\b", re.IGNORECASE)
_ANOTHER_TIME = re.compile(
    rf"[\s'(–—~→-]*(?:(?:to|till?|until|{'|'.join(sorted(TO))})\s+)?(?:\d{{1,2}}:\d\d(?!\d)|\d{{1,2}}\s?[ap]\.?m\b|\d{{1,2}}\s?h\s?\d\d\b)"
    r"|\s*ff\b",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}[:.]\d\d"
_FURTHER = re.compile(
    rf"(?:<br[^<>]*>|[;,])\s*'*(?:{_CLOCK}\s*[-–—]\s*{_CLOCK}|(?<=>){_CLOCK})'*\s*[:–—-]?\s*(?:'{{2,5}}|\[\[(?!(?i:user)))?(?!(?:UTC|GMT|MSK|WIB|[A-Z]{{1,4}}T)\b)[^\W\d_a-z]\w"
)
_WORD = re.compile(r"\w")
_SHORT = 80  # characters


@value()
class Label:
    """What stands before a session or several: `Sessions:`, `Common session:`, `Workshops:`."""

    body: Span  # the rest of the item
    common: bool = False
    parallel: bool = False
    format: str = ""


def labelled(text: str, body: Span) -> Label:
    """The item's words without "Sessions:" or "Common session:", and which of them stood there."""
    found = _LABEL.match(text, body.start, min(body.end, body.start + 80))
    if not found:
        return Label(body)
    rest = Span(found.end("colon"), body.end)
    if found["common"]:
        return Label(rest, common=True)
    format_ = (found["format"] or "").lower()
    return Label(rest, parallel=True, format="" if format_ in {"sessions", "tracks"} else format_)


def heads_sessions(text: str, body: Span) -> bool:
    """Whether an item only announces the sessions below it: `Parallel sessions`, `Workshops:`."""
    if body.end - body.start >= _SHORT:
        return False
    source = body.of(text)
    return bool(_SEVERAL.search(source) and _ALONE.fullmatch(plain(source)))


def begins_with_time(text: str, body: Span) -> bool:
    """Whether another time stands where the title should begin, as where a form of times is not known: `11:00 Title`, `bis 11 h 30`."""
    return bool(_ANOTHER_TIME.match(text, body.start, body.end))


def holds_another_time(text: str, body: Span) -> bool:
    """Whether a second session with its time follows on the same line: `Welcome<br>10:05–10:30 Maps`, `Maps; 11:00–11:30 Bots`."""
    return bool(_FURTHER.search(text, body.start, body.end))


def says_something(text: str, body: Span) -> bool:
    """Whether any of it shows; a dash or a question mark does."""
    source = body.of(text)
    word = _WORD.search(source)
    if word and "<" not in source[: word.start()]:
        return True
    return "{{" in source or "[" in source or bool(plain(source).strip())


def _top(text: str, within: Span) -> Iterator[Span]:
    """The stretches outside links, templates, comments and brackets."""
    at, depth = within.start, 0
    begin = at
    hidden = [mark.span for mark in marks_within(text, within)]
    number = 0
    while at < within.end:
        while number < len(hidden) and hidden[number].start < at:
            number += 1
        if number < len(hidden) and hidden[number].start == at:
            if depth == 0 and begin < at:
                yield Span(begin, at)
            at = begin = hidden[number].end
            continue
        character = text[at]
        if character in "([":
            if depth == 0 and begin < at:
                yield Span(begin, at)
            depth += 1
        elif character in ")]" and depth:
            depth -= 1
            if depth == 0:
                begin = at + 1
        at += 1
    if depth == 0 and begin < within.end:
        yield Span(begin, within.end)


def split(text: str, body: Span, sign: re.Pattern[str]) -> list[Span]:
    """The parts between the signs that stand outside links, templates and brackets; the whole if there is none."""
    if not sign.search(text, body.start, body.end):
        return [body]
    parts: list[Span] = []
    at = body.start
    for stretch in _top(text, body):
        for found in sign.finditer(text, stretch.start, stretch.end):
            parts.append(Span(at, found.start()))
            at = found.end()
    return [*parts, Span(at, body.end)]


# The sign comes first in each pattern, so that it is sought as quickly as a character.
SLASH = re.compile(r"/(?<=\s/)/?(?=\s)")
BAR = re.compile(r"\|(?:(?<=\s\|)\|?(?=\s)|\|)")
