"""Page titles."""


def canonical_title(value: str) -> str:
    """A title as the wiki spells it: blanks for underscores, capital first letters of namespace and name."""
    parts = " ".join(value.replace("_", " ").split()).split(":", 1)
    return ":".join(part.strip()[:1].upper() + part.strip()[1:] for part in parts)
