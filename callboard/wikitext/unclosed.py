"""A page that ends inside something that nobody closed."""

import re

_OPENING = re.compile(r"<!--|<(?P<tag>nowiki|pre)\b[^<>]*>", re.IGNORECASE)
_CLOSING = {
    "": re.compile("-->"),
    **{tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("nowiki", "pre")},
}


def swallows(text: str) -> bool:
    """Whether the text ends within a comment that nobody closed: what is added to it would not be seen."""
    at, never_closed = 0, set[str]()
    while opening := _OPENING.search(text, at):
        tag = (opening["tag"] or "").lower()
        closing = _CLOSING[tag].search(text, opening.end()) if tag not in never_closed else None
        if not closing and not tag:
            return True
        if not closing:
            never_closed.add(tag)  # MediaWiki shows it as text
        at = closing.end() if closing else opening.end()
    return False
