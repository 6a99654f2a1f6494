"""Page titles."""

from collections.abc import Mapping


def canonical_title(value: str) -> str:
    """A title as the wiki spells it: blanks for underscores, capital first letters of namespace and name."""
    parts = " ".join(value.replace("_", " ").split()).split(":", 1)
    return ":".join(part.strip()[:1].upper() + part.strip()[1:] for part in parts)


def renamed_to(name: str, moves: Mapping[str, str]) -> str | None:
    """To whose user page that of an account which is no more leads: renaming moves it and leaves a redirect."""
    at = next((title for title in moves if title.partition(":")[2] == name), "")
    space, _, new = at.partition(":")
    for _ in moves:  # as many steps as there are at most
        there, _, new = (at := moves.get(at, at)).partition(":")
        if there != space:
            return None
    return new if new not in {"", name} and "/" not in new else None
