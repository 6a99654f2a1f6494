"""A session outside the event's days and hours."""

from collections.abc import Iterator
from datetime import datetime, time

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of, title_span, when
from callboard.config import Event
from callboard.model import Problem, Session, Severity


def _open_hours(event: Event) -> list[tuple[datetime, datetime, bool]]:
    """Each day in UTC, days that meet as one; and whether its end is a closing time rather than midnight."""
    out: list[tuple[datetime, datetime, bool]] = []
    for day in event.event.days:
        start, end = day.interval(event.zone)
        strict = day.closes != time(0, 0)
        if out and out[-1][1] == start:
            start = out.pop()[0]
        out.append((start, end, strict))
    return out


def _outside(session: Session, hours: list[tuple[datetime, datetime, bool]]) -> bool:
    start, end = session.start, session.end
    if start is None:
        return False
    for opens, closes, strict in hours:
        if opens <= start < closes:
            return strict and end is not None and end > closes
    return True


@check("off-days")
def off_days(seen: Seen) -> Iterator[Problem]:
    """A party that lasts past midnight is fine unless the event file says when the day closes."""
    event = seen.snapshot.event
    hours = _open_hours(event)
    days = ", ".join(f"{day:%a} {day.day} {day:%b %Y}" for day in event.dates)
    for schedule, session in sessions_of(seen.schedules):
        if _outside(session, hours):
            message = (
                f"{when(session.start, session.end, event)} is outside the event's days and hours ({days});"
                " correct the time, or the days in the event file"
            )
            yield problem_at(schedule, title_span(schedule, session), "off-days", Severity.WARNING, message)
