"""Templates, links and list items that an edit must leave: those it does not touch as they are, the others in their form."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from callboard.wikitext.edits import Span
from callboard.wikitext.links import template_at
from callboard.wikitext.masking import Kind, Mark, line_at, marks
from callboard.wikitext.views import view

_ITEM = re.compile(r"^[*#:;]+", re.MULTILINE)


class Changed:
    """The spans of a text that edits replaced; those of insertions are empty."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = sorted(spans)
        self._starts = [span.start for span in self.spans]
        self._ends = [span.end for span in self.spans]

    def touch(self, span: Span) -> bool:
        """Whether an edit lies in the span or at its edge."""
        first = bisect_left(self._ends, span.start)
        return first < len(self.spans) and self.spans[first].start <= span.end

    def reach_into(self, span: Span) -> bool:
        """Whether an edit changes characters of the span or stands between two of them."""
        first = bisect_right(self._ends, span.start)
        return first < len(self.spans) and self.spans[first].start < span.end

    def cover(self, span: Span) -> bool:
        """Whether one edit replaced the whole span."""
        last = bisect_right(self._starts, span.start) - 1
        return last >= 0 and self.spans[last].end >= span.end


def marks_break(before: str, after: str, changed: Changed) -> Iterator[str]:
    """The first template or link that would be gone; of a template that an edit reaches into name and arguments must stay."""
    for kind, name in ((Kind.TEMPLATE, "template"), (Kind.LINK, "link")):
        left = iter([mark for mark in marks(after) if mark.kind is kind])
        for mark in marks(before):
            if mark.kind is not kind or changed.cover(mark.span):
                continue
            inside = changed.reach_into(mark.span)
            if inside and kind is Kind.LINK:
                continue
            wanted = _form(before, mark, inside=inside)
            if not any(_form(after, now, inside=inside) == wanted for now in left):
                line = line_at(before, mark.span.start)
                what = "change its name or arguments" if inside else "be gone"
                yield f"the {name} {mark.span.of(before)[:40]!r} at line {line} would {what}"
                break


def _form(text: str, mark: Mark, *, inside: bool) -> object:
    if not inside:
        return mark.span.of(text)
    template = template_at(text, mark.span)
    return template.name, tuple(name for name, _ in template.arguments)


def lists_break(before: str, after: str, changed: Changed) -> Iterator[str]:
    """Whether items would come, go or move to another level; where an edit reaches over a line's start, that is its purpose."""
    seen = view(before)
    items = [(found[0], found.span()) for found in _ITEM.finditer(seen.text)]
    now = _ITEM.findall(view(after).text)
    meant = sum(_at_line_start(before, span) for span in changed.spans)
    if len(now) > len(items) + meant or (not meant and [prefix for prefix, _ in items] != now):
        yield "list items would come, go or change their level"
        return
    left = iter(now)
    for prefix, (start, end) in items:
        place = Span(seen.origin(start), seen.after(end - 1))
        if not changed.touch(place) and prefix not in left:
            yield f"the list item at line {line_at(before, place.start)} would be gone or change its level"
            return


def _at_line_start(text: str, span: Span) -> bool:
    return span.start == 0 or "\n" in text[span.start - 1 : span.end]
