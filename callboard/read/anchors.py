"""The section in which a line of a page stands, as links name it."""

import re

from callboard.read.plain import without_comments
from callboard.wikitext.headings import headings

_MARKED_UP = re.compile(r"[<>\[\]{}|#&]|''|__|~~~")


def anchor_above(text: str, line: int) -> str:
    """`== Saturday, 22 May ==` above the line, or on it: `Saturday,_22_May`, the second of that name with `_2`.

    Empty where there is no heading above, or one with markup, of which the wiki alone knows what it makes.
    """
    seen: dict[str, int] = {}
    found = ""
    for heading in headings(text):
        if heading.line > line:
            break
        words = without_comments(heading.title.of(text)).strip()
        found = "_".join(words.split())
        seen[found.casefold()] = again = seen.get(found.casefold(), 0) + 1
        if _MARKED_UP.search(words):
            found = ""
        elif again > 1:
            found = f"{found}_{again}"
    return found
