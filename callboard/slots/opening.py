"""When the event and its rooms are open."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from callboard.config import Event
from callboard.config_tables import Day, Room
from callboard.model import Session

Hours = Sequence[tuple[datetime, datetime, bool]]


def open_hours(event: Event) -> Hours:
    """Each day in UTC, days that meet as one; and whether its end is a closing time rather than midnight."""
    return _open_hours(event.event.days, event.zone)


@lru_cache(maxsize=8)
def _open_hours(days: tuple[Day, ...], zone: ZoneInfo) -> Hours:
    out: list[tuple[datetime, datetime, bool]] = []
    for day in days:
        start, end = day.interval(zone)
        strict = day.closes != time(0, 0)
        if out and out[-1][1] == start:
            start = out.pop()[0]
        out.append((start, end, strict))
    return tuple(out)


def outside(session: Session, hours: Hours) -> bool:
    """Whether a session lies outside these hours; one that only lasts past midnight does not."""
    start, end = session.start, session.end
    if start is None:
        return False
    for opens, closes, strict in hours:
        if opens <= start < closes:
            return strict and end is not None and end > closes
    return True


def room_hours(room: Room, event: Event, day: date) -> tuple[datetime, datetime]:
    """When the room is open from that day on, in UTC; one that closes before it opens closes on the day after."""
    opens, closes = room.opens or time(0, 0), room.closes or time(0, 0)
    last = day if closes > opens else day + timedelta(days=1)
    return (
        datetime.combine(day, opens, event.zone).astimezone(UTC),
        datetime.combine(last, closes, event.zone).astimezone(UTC),
    )


def room_closed(session: Session, room: Room, event: Event) -> bool:
    """Whether the session lies outside the room's own hours of its day, or of the day before if they pass midnight."""
    if session.start is None or (room.opens is None and room.closes is None):
        return False
    today = session.start.astimezone(event.zone).date()
    for day in (today, today - timedelta(days=1)):
        start, end = room_hours(room, event, day)
        if start <= session.start < end and (session.end is None or session.end <= end):
            return False
    return True
