"""A session outside the event's days and hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of, when
from callboard.model import Problem, Severity
from callboard.slots.opening import Hours, open_hours, outside

_NIGHT = timedelta(hours=6)  # after midnight it is the night of the day before


def _into_the_night(seen: Seen, hours: Hours) -> set[datetime]:
    """When sessions end that go on past the midnight after an event day, or that follow such sessions without a pause."""
    midnights = [closes for _, closes, strict in hours if not strict]
    late: set[datetime] = set()
    ends = sorted((s.start, s.end) for _, s in sessions_of(seen.schedules) if s.start and s.end)
    for start, end in ends:
        for midnight in midnights:
            on_the_day = midnight - _NIGHT <= start < midnight
            if midnight <= end <= midnight + _NIGHT and (on_the_day or start in late):
                late.add(end)
    return late


@check("off-days")
def off_days(seen: Seen) -> Iterator[Problem]:
    """A party that lasts past midnight, or goes on from there, is fine unless the event file says when the day closes."""
    event = seen.snapshot.event
    hours = open_hours(event)
    off = [row for row in sessions_of(seen.schedules) if outside(row[1], hours)]
    if not off:
        return
    days = ", ".join(f"{day:%a} {day.day} {day:%b %Y}" for day in event.dates)
    night = _into_the_night(seen, hours)
    for row in off:
        session = row[1]
        if session.start not in night:
            message = (
                f"{when(session.start, session.end, event)} is outside the event's days and hours ({days});"
                " correct the time, or the days in the event file"
            )
            yield problem_at(row, "off-days", Severity.WARNING, message)
