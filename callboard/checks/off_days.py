"""A session outside the event's days and hours."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.opening import open_hours, outside
from callboard.checks.phrasing import problem_at, sessions_of, when
from callboard.model import Problem, Severity


@check("off-days")
def off_days(seen: Seen) -> Iterator[Problem]:
    """A party that lasts past midnight is fine unless the event file says when the day closes."""
    event = seen.snapshot.event
    hours = open_hours(event)
    days = ", ".join(f"{day:%a} {day.day} {day:%b %Y}" for day in event.dates)
    for row in sessions_of(seen.schedules):
        session = row[1]
        if outside(session, hours):
            message = (
                f"{when(session.start, session.end, event)} is outside the event's days and hours ({days});"
                " correct the time, or the days in the event file"
            )
            yield problem_at(row, "off-days", Severity.WARNING, message)
