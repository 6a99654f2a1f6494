"""A page line by line: list items with their bullets, headings, blank lines; tables and what templates hide left out.

Lines are MediaWiki's: a comment, template or nowiki that runs over line ends keeps its lines together.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum

from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, line_at, marks, marks_within
from callboard.wikitext.tables import tables


class LineKind(StrEnum):
    """What a line is."""

    ITEM = "item"  # "* …", ":* …", "# …", "; …", ": …"
    HEADING = "heading"  # "== … =="
    BLANK = "blank"
    HIDDEN = "hidden"  # nothing but a comment
    TABLE = "table"  # a line of a table
    TEXT = "text"


@value()
class Line:
    """One line; `content` is what follows the bullet, or the heading's text, comments and all; line ends are outside."""

    kind: LineKind
    number: int
    span: Span
    content: Span
    prefix: str = ""  # ":*" for an item, "==" for a heading
    bullet: Span | None = None  # the prefix with the blanks after it

    @property
    def depth(self) -> int:
        """How deep an item is nested, how low a heading stands."""
        return len(self.prefix)


_PREFIX = re.compile(r"[*#:;]+")
_BLANKS = " \t\r"
_INVISIBLE = frozenset({Kind.COMMENT, Kind.REMOVED})


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


class _Reader:
    """Goes over one text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [mark for mark in marks(text) if mark.kind is not Kind.LINK]
        self.together = _merged([mark.span for mark in found if "\n" in mark.span.of(text)])
        self.invisible = _merged([mark.span for mark in found if mark.kind in _INVISIBLE])
        self.tabled = _merged([table.span for table in tables(text)])

    def lines(self) -> Iterator[Line]:
        at, number = 0, 0
        while at <= len(self.text):
            end = self.text.find("\n", at)
            while end >= 0 and number < len(self.together):
                if self.together[number].end <= end:
                    number += 1
                elif self.together[number].start <= end:
                    end = self.text.find("\n", self.together[number].end)
                else:
                    break
            end = len(self.text) if end < 0 else end
            yield self._line(at, end)
            at = end + 1

    def _skip(self, at: int, end: int) -> int:
        """Behind the comments and translation tags that stand at `at`."""
        index = bisect_right(self.invisible, Span(at, len(self.text) + 1)) - 1
        while 0 <= index < len(self.invisible) and at == self.invisible[index].start < end:
            at = min(self.invisible[index].end, end)
            index += 1
        return at

    def _in_table(self, start: int, end: int) -> bool:
        index = bisect_right(self.tabled, Span(end, end)) - 1
        return index >= 0 and start < self.tabled[index].end

    def _line(self, start: int, end: int) -> Line:
        number = line_at(self.text, start)
        whole = Span(start, end - 1 if end > start and self.text[end - 1] == "\r" else end)
        if self._in_table(start, end):
            return Line(LineKind.TABLE, number, whole, whole)
        at = self._skip(start, whole.end)
        if not self.text[at : whole.end].strip():
            return Line(LineKind.HIDDEN if at > start else LineKind.BLANK, number, whole, whole)
        if prefix := _PREFIX.match(self.text, at, whole.end):
            return self._item(number, whole, prefix)
        if self.text[at] == "=" and (heading := self._heading(number, whole, at)):
            return heading
        return Line(LineKind.TEXT, number, whole, Span(at, whole.end))

    def _item(self, number: int, whole: Span, prefix: re.Match[str]) -> Line:
        at = prefix.end()
        while at < whole.end and self.text[at] in _BLANKS:
            at += 1
        return Line(LineKind.ITEM, number, whole, Span(at, whole.end), prefix[0], Span(prefix.start(), at))

    def _heading(self, number: int, whole: Span, at: int) -> Line | None:
        end = whole.end
        while end > at:
            index = bisect_right(self.invisible, Span(end, end)) - 1
            if index >= 0 and self.invisible[index].end == end and self.invisible[index].start > at:
                end = self.invisible[index].start
            elif self.text[end - 1] in _BLANKS:
                end -= 1
            else:
                break
        level = 0
        while (
            level < 6
            and end - at > 2 * level + 2
            and self.text[at + level] == self.text[end - 1 - level] == "="
        ):
            level += 1
        if not level:
            return None
        return Line(LineKind.HEADING, number, whole, Span(at + level, end - level), "=" * level)


def lines(text: str) -> tuple[Line, ...]:
    """Every line of the text in order."""
    return tuple(_Reader(text).lines())


def term(text: str, line: Line) -> tuple[Span, Span | None]:
    """The two sides of `; term : definition`; colons inside links, templates and addresses do not part them."""
    inside = [mark.span for mark in marks_within(text, line.content)]
    at = line.content.start
    while (colon := text.find(":", at, line.content.end)) >= 0:
        holder = next((span for span in inside if span.start < colon < span.end), None)
        if holder is None and not text.startswith("//", colon + 1):
            return Span(line.content.start, colon), Span(colon + 1, line.content.end)
        at = holder.end if holder else colon + 1
    return line.content, None
