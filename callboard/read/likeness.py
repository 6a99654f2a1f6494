"""How alike two titles are."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

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


def most_alike(title: str, others: Sequence[str], least: int) -> dict[int, int]:
    """Which of many titles are at least so alike, by their place in the list, with the score; one within the other is no reason."""
    found: dict[int, int] = {}
    plain = [other[:LONGEST] for other in others]
    for wanted, choices in (
        (title[:LONGEST], plain),
        (_sorted(title[:LONGEST]), [_sorted(one) for one in plain]),
    ):
        for _, score, place in process.extract(
            wanted, choices, scorer=fuzz.ratio, processor=None, score_cutoff=least, limit=None
        ):
            if plain[place] and title:
                found[place] = max(int(score), found.get(place, 0))
    return found


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_ENOUGH or short not in long:
        return False
    return re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None


@lru_cache(maxsize=8192)
def _sorted(title: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", title)))
