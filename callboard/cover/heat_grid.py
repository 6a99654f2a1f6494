"""How well each hour is covered: a grid for each day, rows of roles and rooms, columns of hours. For pictures of the cover."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cached_property
from zoneinfo import ZoneInfo

from callboard.config import Event
from callboard.model.cover import Cover, Interval, Stretch

_HOUR = timedelta(hours=1)
_Key = tuple[str, str | None]


class Heat(Enum):
    """How an hour of a role stands."""

    COVERED = "everybody who is needed is there"
    MIXED = "not the same for the whole hour, and somebody is missing"
    FEW = "too few are there"
    NOBODY = "nobody is there"


@dataclass(frozen=True)
class Cell:
    """The needs of a role within one hour, cut where who is there changes; at least one."""

    parts: tuple[Stretch, ...]  # by time; those of several needs may overlap

    @cached_property
    def worst(self) -> Stretch:
        """Where most people are missing, and of these where the fewest are there."""
        return max(self.parts, key=lambda part: (part.missing, -len(part.there)))

    @cached_property
    def heat(self) -> Heat:
        """How the hour stands, as far as somebody is needed in it."""
        if not self.worst.missing:
            return Heat.COVERED
        if len({(len(part.there), part.need.people) for part in self.parts}) > 1:
            return Heat.MIXED
        return Heat.FEW if self.worst.there else Heat.NOBODY

    @property
    def sign(self) -> str:
        """`✓`, `1/2` for one of two, `0/1` for nobody of one, `◐ 0/1` where that is the worst of the hour."""
        if self.heat is Heat.COVERED:
            return "✓"
        told = f"{len(self.worst.there)}/{self.worst.need.people}"
        return f"◐ {told}" if self.heat is Heat.MIXED else told


@dataclass(frozen=True, slots=True)
class Row:
    """One role, in one room where the need names one; a cell an hour, None where nobody is needed."""

    role: str
    room: str | None
    cells: tuple[Cell | None, ...]

    @property
    def missing(self) -> timedelta:
        """How many hours of people are missing."""
        return sum(
            (part.missing * (part.end - part.start) for cell in self.cells if cell for part in cell.parts),
            timedelta(),
        )


@dataclass(frozen=True, slots=True)
class DayGrid:
    """A day of the event: its hours in which anybody is needed, by the clock of the event's zone, as instants in UTC."""

    day: date
    hours: tuple[Interval, ...]
    rows: tuple[Row, ...]


def day_grids(cover: Cover, event: Event) -> tuple[DayGrid, ...]:
    """The grids of all days on which somebody is needed; rows in the order of the needs, rooms in the event file's."""
    by_day: defaultdict[date, list[Stretch]] = defaultdict(list)
    for stretch in cover.stretches:
        by_day[event.day_of(stretch.need.start)].append(stretch)
    return tuple(_grid(day, by_day[day], event) for day in sorted(by_day))


def _grid(day: date, stretches: Sequence[Stretch], event: Event) -> DayGrid:
    rows: defaultdict[_Key, defaultdict[Interval, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    hours = list(_clock_hours(stretches, event.zone))
    for stretch in stretches:
        row = rows[stretch.need.role, stretch.need.room]
        for hour in hours:
            start, end = max(stretch.start, hour[0]), min(stretch.end, hour[1])
            if start < end:
                row[hour].append(replace(stretch, start=start, end=end))
    wanted = [hour for hour in hours if any(hour in row for row in rows.values())]
    order = {room.name: number for number, room in enumerate(event.room)}
    keys = sorted(
        rows, key=lambda key: (_first(stretches, key[0]), order.get(key[1] or "", -1), key[1] or "")
    )
    return DayGrid(day, tuple(wanted), tuple(_row(key, rows[key], wanted) for key in keys))


def _first(stretches: Sequence[Stretch], role: str) -> int:
    return next(number for number, stretch in enumerate(stretches) if stretch.need.role == role)


def _row(key: _Key, cells: dict[Interval, list[Stretch]], hours: Sequence[Interval]) -> Row:
    return Row(*key, tuple(_cell(cells[hour]) if hour in cells else None for hour in hours))


def _cell(parts: Sequence[Stretch]) -> Cell:
    return Cell(tuple(sorted(parts, key=lambda part: (part.start, part.end))))


def _clock_hours(stretches: Sequence[Stretch], zone: ZoneInfo) -> Iterator[Interval]:
    """Hours of the zone's clock without a hole; where the clock changes by half an hour, one of half an hour is among them."""
    first = min(stretch.start for stretch in stretches)
    at, last = first - _into_hour(first, zone), max(stretch.end for stretch in stretches)
    while at < last:
        after = at + _HOUR - _into_hour(at, zone)
        yield at, after
        at = after


def _into_hour(moment: datetime, zone: ZoneInfo) -> timedelta:
    here = moment.astimezone(zone)
    return timedelta(minutes=here.minute, seconds=here.second, microseconds=here.microsecond)
