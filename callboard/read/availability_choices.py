"""What can be understood in several ways, and every way in which a whole text can then be understood."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from callboard.model.signups import PossibleHours

Interval = tuple[datetime, datetime]
_Option = TypeVar("_Option")
_MOST = 4  # readings; more nobody wants to choose from


class Unclear(Exception):
    """The text cannot be read for certain; the message is the question."""


@dataclass
class Choices:
    """Takes one option of everything that is open, and remembers what was open; the lower the rank, the more it matters."""

    fixed: dict[str, int] = field(default_factory=dict)
    open: dict[str, tuple[int, int, str]] = field(default_factory=dict)  # rank, options, question
    labels: list[str] = field(default_factory=list)

    def pick(self, key: str, options: Sequence[_Option], question: str, rank: int) -> _Option:
        """The option that this reading takes; the question is why there are several."""
        if len(options) == 1:
            return options[0]
        self.open.setdefault(key, (rank, len(options), question))
        return options[self.fixed.get(key, 0) % len(options)]

    def ask(self, key: str, option: _Option, question: str) -> _Option:
        """The only reading that can be named, though there may be others."""
        self.open.setdefault(key, (9, 1, question))
        return option


def _wanted(open_: dict[str, tuple[int, int, str]]) -> dict[str, int]:
    """The open things whose options are all gone through, so that there are few readings; the others keep their first."""
    total, out = 1, {}
    for key, (_, number, _) in sorted(open_.items(), key=lambda item: item[1][0]):
        if total * number <= _MOST:
            total, out[key] = total * number, number
    return out


def readings(
    read: Callable[[Choices], tuple[Interval, ...]], first: Choices, zone: ZoneInfo
) -> tuple[PossibleHours, ...]:
    """The different ways in which a text can be understood, if there are at least two that give hours."""
    wanted = _wanted(first.open)
    found: dict[tuple[Interval, ...], str] = {}
    for picked in itertools.product(*(range(number) for number in wanted.values())):
        choices = Choices(dict(zip(wanted, picked, strict=True)))
        try:
            intervals = read(choices)
        except Unclear:
            continue
        if intervals:
            label = f" ({', '.join(dict.fromkeys(choices.labels))})" if choices.labels else ""
            found.setdefault(intervals, told_hours(intervals, zone) + label)
    if len(found) < 2 or len(set(found.values())) < len(found):
        return ()
    return tuple(PossibleHours(words, intervals) for intervals, words in found.items())


@lru_cache(maxsize=4096)
def told_hours(intervals: tuple[Interval, ...], zone: ZoneInfo) -> str:
    """`Friday 19:00 to Saturday 12:30 UTC`, `Saturday and Sunday 10:00 to 12:00 and 14:00 to 15:00 CEST`.

    Written so that it has one meaning only: who puts it into the list has answered.
    """
    by_day: dict[str, list[str]] = {}
    for start, end in (part for interval in intervals for part in _clear_parts(*interval, zone)):
        local, last = start.astimezone(zone), end.astimezone(zone)
        midnight = not (last.hour or last.minute)
        shown = last - timedelta(days=1) if midnight else last
        clock = "24:00" if midnight else f"{last:%H:%M}"
        till = clock if shown.date() == local.date() else f"{shown:%A} {clock}"
        by_day.setdefault(f"{local:%A}", []).append(f"{local:%H:%M} to {till}")
    days_with: dict[str, list[str]] = {}
    for day, hours in by_day.items():
        days_with.setdefault(_listed(hours), []).append(day)
    names = {_clocks(start.astimezone(zone)) for start, _ in intervals}
    label = names.pop() if len(names) == 1 else str(zone)
    return f"{'; '.join(f'{_listed(days)} {hours}' for hours, days in days_with.items())} {label}"


def _clear_parts(start: datetime, end: datetime, zone: ZoneInfo) -> list[Interval]:
    """`Saturday 10:00 to Sunday 12:00` could be meant for each day: it is told as what is before and after midnight."""
    out: list[Interval] = []
    local, last = start.astimezone(zone), end.astimezone(zone)
    while local.date() < last.date() and last.time() > local.time():
        midnight = datetime.combine(local.date() + timedelta(days=1), time(0), zone)
        out.append((local, midnight))
        local = midnight
    if (last - local) > timedelta(days=1):
        midnight = datetime.combine(local.date() + timedelta(days=1), time(0), zone)
        return [*out, (local, midnight), *_clear_parts(midnight, last, zone)]
    return [*out, (local, last)] if local < last else out


def _clocks(local: datetime) -> str:
    """`CEST`; where the zone has no name, its offset: `UTC+5:45`."""
    name = local.tzname() or ""
    if name[:1].isalpha():
        return name
    hours, minutes = divmod(abs(int((local.utcoffset() or timedelta()).total_seconds())) // 60, 60)
    return f"UTC{name[0]}{hours}" + (f":{minutes:02}" if minutes else "")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
