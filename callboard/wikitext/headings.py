"""Section headings, with their places."""

import re
from functools import lru_cache

from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import line_at
from callboard.wikitext.views import view

_HEADING = re.compile(r"^(={1,6})(.+?)\1[ \t\r]*$", re.MULTILINE)


@value()
class Heading:
    """One heading; `title` is what stands between the signs, markup included."""

    level: int
    title: Span
    span: Span
    line: int


@lru_cache(maxsize=4)
def headings(text: str) -> tuple[Heading, ...]:
    """Every heading of the text in order: `== Day ==`, `== <translate><!--T:6--> Day</translate> ==`, `== Day == <!--T:4-->`."""
    seen = view(text)
    return tuple(
        Heading(
            len(found[1]),
            Span(seen.after(found.start(2) - 1), seen.origin(found.end(2))),
            Span(seen.origin(found.start()), seen.after(found.end() - 1)),
            line_at(text, seen.origin(found.start())),
        )
        for found in _HEADING.finditer(seen.text)
    )
