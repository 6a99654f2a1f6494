"""Whether a cell of a table holds a time."""

import re
from datetime import date, tzinfo
from functools import lru_cache

from callboard.read.columns import words_of
from callboard.read.times import read_times

_TIME_LIKE = re.compile(r"\d|noon|midnight")
_OF_TIMES = re.compile(
    r"\d+|\b(?:[ap]\.?m\.?|utc|gmt|c?es?t|noon|midnight|min\w*|hours?|h|uhr|to|bis|until|local|time)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def is_clock(source: str, day: date, zone: tzinfo) -> bool:
    """Whether a cell is a time, odd or not, and little else."""
    if not _TIME_LIKE.search(source):
        return False
    reading = read_times(source, day, zone)
    if not (reading.start or reading.odd or reading.minutes):
        return False
    rest = _OF_TIMES.sub("", words_of(source))
    return sum(map(str.isalpha, rest)) <= 24
