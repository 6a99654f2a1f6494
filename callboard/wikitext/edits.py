"""Edits by span: text outside the spans stays byte for byte."""

from collections import Counter
from collections.abc import Iterable

from callboard.values import value


@value(order=True)
class Span:
    """A half-open range of characters of one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers in `text`."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """The same range, so many characters further on."""
        return Span(self.start + by, self.end + by)

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@value(order=True)
class TextEdit:
    """Replace `text[start:end]` by `new`; an insertion has `start == end`."""

    start: int
    end: int
    new: str


class OverlappingEdits(ValueError):
    """Two edits claim the same text; the later one waits for the next pass."""


def overlap(first: TextEdit, second: TextEdit) -> bool:
    """Whether two edits claim the same text; two insertions at one place do as well, for their order would matter."""
    if first.start == second.start:
        return True
    early, late = sorted((first, second))
    return late.start < early.end


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with the edits made; raises OverlappingEdits, or IndexError for an edit outside the text."""
    out: list[str] = []
    at, last = 0, None
    for edit in sorted(edits):
        if last is not None and overlap(last, edit):
            raise OverlappingEdits(edit)
        if not 0 <= edit.start <= edit.end <= len(text):
            raise IndexError(f"{edit} lies outside a text of {len(text)} characters")
        out += [text[at : edit.start], edit.new]
        at, last = edit.end, edit
    return "".join(out) + text[at:]


REMOVED = "\x7f"  # before a line that was taken out; MediaWiki admits no such character in a page


def lines_written(before: str, after: str) -> dict[str, int]:
    """The lines that an edit put on a page, blanks at their ends left out, with how often each stands there afterwards.

    Of an edit that leaves fewer lines also those that it took out, without their bullets and with REMOVED before each.
    """
    old, new = before.split("\n"), after.split("\n")
    there, now = Counter(line.strip() for line in old), Counter(line.strip() for line in new)
    written = {line: count for line, count in now.items() if line and count > there[line]}
    if len(new) < len(old):
        had, has = Counter(map(without_bullet, old)), Counter(map(without_bullet, new))
        written |= {
            f"{REMOVED}{line}": has[line] for line, count in had.items() if line and count > has[line]
        }
    return written


def without_bullet(line: str) -> str:
    """What a line says, whatever list it stands in."""
    return line.strip().lstrip("*#:; \t")
