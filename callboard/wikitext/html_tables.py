"""Tables written in HTML: recognised, so that nobody takes them for empty."""

import re

from callboard.wikitext.edits import Span
from callboard.wikitext.masking import view

_HTML_TABLE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)


def html_tables(text: str) -> tuple[Span, ...]:
    """Where tables in HTML stand (outermost ones); their rows and cells are not read."""
    seen = view(text)
    found: list[Span] = []
    start, depth = 0, 0
    for tag in _HTML_TABLE.finditer(seen.text):
        if tag[1]:
            depth = max(0, depth - 1)
            if depth == 0 and start >= 0:
                found.append(Span(seen.origin(start), seen.after(tag.end() - 1)))
                start = -1
        else:
            start = tag.start() if depth == 0 else start
            depth += 1
    if depth and start >= 0:
        found.append(Span(seen.origin(start), seen.origin(len(seen.text))))
    return tuple(found)
