"""Visible text that knows where each of its characters stands in the source, and how it is shown."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from callboard.model import Person, TaskRef
from callboard.wikitext.edits import Span

PERSON = "\ue000"
TASK = "\ue001"
LINK = "\ue002"  # a link whose words are no part of a title: [https://… slides], a talk link, an image
TEMPLATE = "\ue003"
SPECIAL = PERSON + TASK + LINK + TEMPLATE
_ANY_SPECIAL = re.compile(f"[{SPECIAL}]")
LINE = "\n"


def without_special(seen: str) -> str:
    """Visible text with a blank for each character that stands for something."""
    return _ANY_SPECIAL.sub(" ", seen)


class Style:
    """How a character is shown; added up. Plain numbers, for they are combined at every piece."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    SMALL = 4  # <small>, <sub>, <sup>
    STRUCK = 8  # <s>, <del>
    LABEL = 16  # of a link
    ITEM = 32  # in a bullet of a list inside the cell


@dataclass(slots=True)
class Flat:
    """Visible text in runs: stretches that are copied from the source, or one character that stands for a place."""

    text: str = ""
    styles: int = Style.PLAIN  # all that occur
    people: dict[int, tuple[Person, ...]] = field(default_factory=dict)  # by index of their PERSON, in order
    people_at: list[int] = field(default_factory=list)  # the indices in order
    tasks: dict[int, TaskRef] = field(default_factory=dict)
    templates: dict[int, str] = field(default_factory=dict)
    comments: list[Span] = field(default_factory=list)
    run_starts: list[int] = field(default_factory=list)  # in the visible text
    runs: list[tuple[int, int, int, bool]] = field(
        default_factory=list
    )  # start, end, style, is it one character

    def _run(self, index: int) -> int:
        return bisect_right(self.run_starts, index) - 1

    def source(self, start: int, end: int) -> Span:
        """The source of the characters from `start` to before `end`; there is at least one."""
        number = self._run(end - 1)
        first, last, _, whole = self.runs[number]
        return Span(self.source_at(start), last if whole else first + end - self.run_starts[number])

    def source_at(self, index: int) -> int:
        """Where a character begins in the source."""
        number = self._run(index)
        first, _, _, whole = self.runs[number]
        return first if whole else first + index - self.run_starts[number]

    def style(self, index: int) -> int:
        """How a character is shown."""
        return self.runs[self._run(index)][2] if self.styles else Style.PLAIN

    def styled(self, start: int, end: int, style: int) -> Iterator[tuple[int, int]]:
        """The stretches between two indices that are shown in at least one of the styles, in order, cut where runs meet."""
        if not self.styles & style or start >= end:
            return
        for number in range(self._run(start), len(self.runs)):
            first = self.run_starts[number]
            if first >= end:
                return
            if self.runs[number][2] & style:
                last = self.run_starts[number + 1] if number + 1 < len(self.runs) else len(self.text)
                yield max(first, start), min(last, end)

    def blanked(self, seen: str, style: int, *, but: str = LINE) -> str:
        """The visible text, or what is left of it, without what is shown in one of the styles, but for some characters."""
        out: list[str] = []
        at = 0
        for start, end in self.styled(0, len(seen), style):
            hidden = "".join(character if character in but else " " for character in seen[start:end])
            out += [seen[at:start], hidden]
            at = end
        return "".join(out) + seen[at:] if out else seen
