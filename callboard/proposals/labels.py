"""Which field a label in a task's description stands for, in the event's own words and those that people make of them."""

import re
from collections.abc import Callable
from functools import lru_cache

from callboard.config_board import BoardFields

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,120}[)\]]\s*")
_PLURAL = re.compile(r"\(s\)")
_SIGNS = re.compile(r"[*_:：?!.…`\"“”]+")
_WHOSE = re.compile(r"^(?:the|your|my|our|this|proposed|desired|session'?s?|talk'?s?|proposal'?s?)\s+")
_OF_IT = re.compile(r"\s+of (?:the |your |my |this |a )?(?:session|talk|proposal|activity|event)$")
_LONGEST = 120


def folded(label: str) -> str:
    """`**Speaker(s) (wiki username):**` → `speaker(s) (wiki username)`."""
    return " ".join(_SIGNS.sub(" ", label[:_LONGEST].casefold().replace("’", "'")).split())


def short(label: str) -> str:
    """The same without what templates and people add: `Your session's title`, `Title of session (short!)` → `title`."""
    plain = _BRACKETS.sub(" ", _PLURAL.sub("", folded(label)))
    plain = " ".join(plain.split())
    while (less := _WHOSE.sub("", _OF_IT.sub("", plain))) != plain:
        plain = less
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


@lru_cache(maxsize=32)
def field_of(labels: BoardFields) -> Callable[[str], str]:
    """What tells the field of a label, or "": the label as the event writes it, else its short form, if only one has that."""
    exact: dict[str, str] = {}
    loose: dict[str, set[str]] = {}
    for name, words in labels.labels().items():
        for label in words:
            exact.setdefault(folded(label), name)
            loose.setdefault(short(label), set()).add(name)

    @lru_cache(maxsize=4096)
    def find(label: str) -> str:
        if found := exact.get(folded(label)):
            return found
        fields = loose.get(short(label), set())
        if fields == {"people"} and "phab" in label.casefold():
            return "phabricator"  # "Speaker (Phabricator username)"
        return next(iter(fields)) if len(fields) == 1 else ""

    return lambda label: find(label) if 0 < len(label) <= _LONGEST else ""
