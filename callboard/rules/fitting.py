"""Whether an edit fits into a list item or a template's argument without breaking it. No rule of its own."""

import re
from bisect import bisect_right
from functools import cached_property

from callboard.model import Schedule
from callboard.wikitext.edits import Span, TextEdit

_WHOLE = re.compile(r"\[\[[^\[\]]*\]\]|\{\{[^{}]*\}\}")
_PERILOUS = frozenset("|\n{}=")


class Fitting:
    """The list items and templates of a page that hold sessions."""

    def __init__(self, page: Schedule) -> None:
        self._page = page

    @cached_property
    def _spans(self) -> list[tuple[Span, str]]:
        page = self._page
        spans = {session.span: session.layout for session in page.sessions}
        spans |= {slot.row or slot.span: slot.layout for slot in page.free_slots}
        return sorted((span, layout) for span, layout in spans.items() if layout in {"templates", "bullets"})

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span, _ in self._spans]

    def admits(self, edit: TextEdit) -> bool:
        """Whether what is written there stays in its place: no line break in a list item, no `|` of its own in an argument."""
        if _PERILOUS.isdisjoint(edit.new):
            return True
        before = bisect_right(self._starts, edit.start) - 1
        span, layout = self._spans[before] if before >= 0 else (Span(0, 0), "")
        if edit.start > span.end or not layout:
            return True
        if layout == "bullets":
            return "\n" not in edit.new
        return _PERILOUS.isdisjoint(_WHOLE.sub("", edit.new))
