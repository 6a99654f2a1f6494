"""Lines without bullets that begin with a time each: `10:00–11:00 Maps, [[User:Ada]]<br>`, paragraphs, lines with a blank in front.

They are read where a section has several of them and nothing else stands between; else it is asked about them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from callboard.read.item_times import leading_time
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import Line, LineKind

_TIME = re.compile(r"[ \t']*\d{1,2}(?:[:.hu][0-5]\d(?!\d)|[hu]\b)")
_BREAK_BEHIND = re.compile(r"[ \t]*(?:<br[ \t]*/?>[ \t]*)+\Z", re.IGNORECASE)
_FEW = 2  # lines that make a list


@value()
class Paragraphs:
    """The lines that are items, by their numbers, and the first of those of each section about which nobody can tell."""

    items: dict[int, Line]
    unclear: frozenset[int]


def paragraphs(text: str, lines: Sequence[Line]) -> Paragraphs:
    """The lines of a page that begin with a time and have no bullet."""
    items: dict[int, Line] = {}
    unclear: set[int] = set()
    for near in _sections(lines):
        timed = [
            number
            for number, line in enumerate(near)
            if _TIME.match(text, line.content.start, line.content.end) and leading_time(text, line.content)
        ]
        if len(timed) < _FEW:
            continue
        if len(timed) == timed[-1] - timed[0] + 1:
            items |= {near[number].number: _trimmed(text, near[number]) for number in timed}
        else:
            unclear.add(near[timed[0]].number)
    return Paragraphs(items, frozenset(unclear))


def _sections(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of text under each heading; a table or list ends a stretch of them."""
    near: list[Line] = []
    for line in lines:
        if line.kind is LineKind.TEXT:
            near.append(line)
        elif line.kind not in {LineKind.BLANK, LineKind.HIDDEN}:
            yield near
            near = []
    yield near


def _trimmed(text: str, line: Line) -> Line:
    """The line without the blanks in front and the `<br>` at its end."""
    source = line.content.of(text)
    end = len(source.rstrip())
    if found := _BREAK_BEHIND.search(source):
        end = found.start()
    start = len(source) - len(source.lstrip())
    return replace(line, content=Span(line.content.start + start, line.content.start + end))
