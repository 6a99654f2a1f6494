"""Marks by which the bot finds its own comments on tasks again: the end of the link "Why this comment?".

`[[ https://www.mediawiki.org/wiki/User:Callboard#callboard-slot-3f9a12cd4e5f | Why this comment? ]]` has `slot-3f9a12cd4e5f`:
the kind of comment, and what stands for event, task, kind and occasion. Only in comments of the bot's own account it is one.
"""

import hashlib
import re

_SIGN = "#callboard-"
_MARKER = re.compile(rf"{_SIGN}([a-z]+-[0-9a-f]{{12}})(?![\w-])")


def marker(event_slug: str, task: str, kind: str, occasion: str) -> str:
    """`slot-3f9a12cd4e5f`: the same for the same event, task, kind and occasion, and for no others."""
    key = f"{event_slug}/{task}/{kind}/{occasion}"
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def as_fragment(mark: str) -> str:
    """How the marker stands at the end of an address."""
    return f"{_SIGN}{mark}"


def kind_of(mark: str) -> str:
    """The kind of comment that has this marker."""
    return mark.partition("-")[0]


def marker_in(text: str) -> str:
    """The marker of a comment, the last one in its text; empty if it has none."""
    found = _MARKER.findall(text)
    return str(found[-1]) if found else ""
