"""Titles of pages and names of users."""

import re
from collections.abc import Mapping

_TEMPORARY = re.compile(r"~\d")  # reserved by MediaWiki: ~2026-12345-67
_ADDRESS = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?:/\d+)?")


def canonical_title(value: str) -> str:
    """A title as the wiki spells it: blanks for underscores, capital first letters of namespace and name."""
    parts = " ".join(value.replace("_", " ").split()).split(":", 1)
    return ":".join(part.strip()[:1].upper() + part.strip()[1:] for part in parts)


def is_temporary(name: str) -> bool:
    """Whether a user name is one of a temporary account."""
    return _TEMPORARY.match(name) is not None


def is_address(name: str) -> bool:
    """Whether a user name is an IP address, or a range of them."""
    return _ADDRESS.fullmatch(name) is not None


def renamed_to(name: str, moves: Mapping[str, str]) -> str | None:
    """To whose user page that of an account which is no more leads: renaming moves it and leaves a redirect."""
    at = next((title for title in moves if title.partition(":")[2] == name), "")
    space, _, new = at.partition(":")
    for _ in moves:  # as many steps as there are at most
        there, _, new = (at := moves.get(at, at)).partition(":")
        if there != space:
            return None
    return new if new not in {"", name} and "/" not in new else None
