"""What can be understood in several ways, and every way in which a whole text can then be understood."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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


def told_hours(intervals: Sequence[Interval], zone: ZoneInfo) -> str:
    """`Friday 19:00 to Saturday 12:30 UTC`, `Saturday and Sunday 10:00 to 12:00 and 14:00 to 15:00 CEST`."""
    by_day: dict[str, list[str]] = {}
    for start, end in intervals:
        local, last = start.astimezone(zone), end.astimezone(zone)
        midnight = not (last.hour or last.minute)
        shown = last - timedelta(days=1) if midnight else last
        clock = "24:00" if midnight else f"{last:%H:%M}"
        till = clock if shown.date() == local.date() else f"{shown:%A} {clock}"
        by_day.setdefault(f"{local:%A}", []).append(f"{local:%H:%M} to {till}")
    days_with: dict[str, list[str]] = {}
    for day, hours in by_day.items():
        days_with.setdefault(_listed(hours), []).append(day)
    names = {start.astimezone(zone).tzname() or str(zone) for start, _ in intervals}
    label = names.pop() if len(names) == 1 else str(zone)
    return f"{_listed([f'{_listed(days)} {hours}' for hours, days in days_with.items()], '; ')} {label}"


def _listed(words: Sequence[str], joint: str = ", ") -> str:
    if joint == "; " or len(words) < 2:
        return joint.join(words)
    return f"{joint.join(words[:-1])} and {words[-1]}"
