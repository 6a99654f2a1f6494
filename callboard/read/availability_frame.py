"""What hours are measured against: the event's days, its clocks, and what it calls a morning."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from callboard.config import Event
from callboard.config_tables import EventFacts, PartsOfADay
from callboard.read.availability_choices import Interval


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """An event's days; instants are UTC. One object for each event, so that it can be a key.

    A whole day is what the event file says: its opening hours where it has them, else from midnight to midnight. Hours
    that somebody gives count from midnight to midnight (or past it, where the day goes on), opening hours or not.
    """

    zone: ZoneInfo
    dates: tuple[date, ...]
    whole: dict[date, Interval]
    windows: tuple[Interval, ...]  # all that lies on the event's days
    opens_stated: frozenset[date]
    closes_stated: frozenset[date]
    parts: PartsOfADay

    @property
    def first(self) -> datetime:
        """The first instant of the event."""
        return self.whole[self.dates[0]][0]

    @property
    def last(self) -> datetime:
        """The last instant of the event."""
        return self.whole[self.dates[-1]][1]

    def calendar_day(self, day: date) -> Interval:
        """A day from midnight to midnight, or as long as it is open, if that is longer."""
        return _calendar_day(day, self.whole.get(day), self.zone)

    def whole_days(self, days: tuple[date, ...]) -> list[Interval]:
        """The hours of those days as the event file has them."""
        return [self.whole[day] for day in self.dates if day in days]

    def within(self, interval: Interval) -> list[Interval]:
        """What of an interval lies on the event's days."""
        parts = [(max(interval[0], start), min(interval[1], end)) for start, end in self.windows]
        return [(start, end) for start, end in parts if start < end]


def _calendar_day(day: date, whole: Interval | None, zone: ZoneInfo) -> Interval:
    start = datetime.combine(day, time(0), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
    return (min(start, whole[0]), max(end, whole[1])) if whole else (start, end)


def frame_of(event: Event) -> Frame:
    """The frame of an event; the same object each time."""
    return _frame(event.event, event.hours)


@lru_cache(maxsize=16)
def _frame(facts: EventFacts, parts: PartsOfADay) -> Frame:
    whole = {day.date: day.interval(facts.zone) for day in facts.days}
    windows: list[Interval] = []
    for day in facts.days:
        start, end = _calendar_day(day.date, whole[day.date], facts.zone)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    stated = [
        frozenset(day.date for day in facts.days if key in day.model_fields_set)
        for key in ("opens", "closes")
    ]
    return Frame(facts.zone, tuple(whole), whole, tuple(windows), stated[0], stated[1], parts)
