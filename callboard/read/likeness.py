"""How alike two titles are."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

LONGEST = 300  # characters of a title that are compared; Phabricator admits 255
_LONG_ENOUGH = 10
_PART = 90


def alike(one: str, other: str) -> int:
    """0 to 100 for two plain titles, whatever the order of their words; a long title within the other one is 90 at least."""
    one, other = one[:LONGEST], other[:LONGEST]
    if not one or not other:
        return 0
    score = max(fuzz.ratio(one, other), fuzz.ratio(_sorted(one), _sorted(other)))
    return int(max(score, _PART) if _within(one, other) else score)


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG_ENOUGH and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None


@lru_cache(maxsize=8192)
def _sorted(title: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", title)))
