"""`[[need]]`s that do not fit together: the same role at the same hours twice, or a name that stands for two roles."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from callboard.config_tables import Day, NeedRule


def _same(name: str) -> str:
    return " ".join(name.casefold().split()).rstrip(" :")


def needs_at_odds(needs: Sequence[NeedRule], days: Sequence[Day], zone: ZoneInfo) -> Iterator[str]:
    """Each pair of needs of one role whose hours overlap, where one helper would be counted for both; names of two roles."""
    of_roles = [(number, need) for number, need in enumerate(needs) if need.facilitators is None]
    roles: dict[str, str] = {}
    for number, need in of_roles:
        for name in (need.role, *need.aliases):
            if _same(roles.setdefault(_same(name), need.role)) != _same(need.role):
                yield f"need.{number}: {name!r} names two roles, {roles[_same(name)]} and {need.role}"
    for (first, one), (second, other) in combinations(of_roles, 2):
        if _same(one.role) == _same(other.role) and _same_place(one, other):
            when = next(_overlaps(_hours(one, days, zone), _hours(other, days, zone)), None)
            if when:
                start, end = (moment.astimezone(zone) for moment in when)
                yield (
                    f"need.{second}: {other.role!r} is needed from {start:%Y-%m-%d %H:%M} to {end:%H:%M} ({zone.key}) by need.{first} as"
                    " well, and who is there would be counted for both; state these hours once, with people = as many as are needed"
                )


def _same_place(one: NeedRule, other: NeedRule) -> bool:
    return bool(set(one.rooms) & set(other.rooms)) or not (one.rooms or other.rooms)


def _hours(need: NeedRule, days: Sequence[Day], zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    return [
        Day(date=day.date, opens=need.begins or day.opens, closes=need.ends or day.closes).interval(zone)
        for day in days
        if not need.days or day.date in need.days
    ]


def _overlaps(
    ones: Iterable[tuple[datetime, datetime]], others: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    for start, end in ones:
        for other_start, other_end in others:
            if max(start, other_start) < min(end, other_end):
                yield max(start, other_start), min(end, other_end)
