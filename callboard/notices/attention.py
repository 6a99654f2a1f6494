"""`attention`: what organisers must look at, once a day on a talk page of theirs, when something is new.

A problem, notes aside, is told after it stood for the grace time, by its own "since", or at once where its session starts soon; new is
one that was not to be told yet when the last such notice went out. It goes out only if something new stood at its time of the
day, if need be when that is quiet; what shows up later waits for tomorrow. The occasion is the day in the event's zone. From
`lead` before the event's first day (14 days) until a day after its end. Useful for the rest of the day: one that was missed in
the morning goes out later.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from callboard.config import Event
from callboard.counted import counted
from callboard.model import Notice, Problem, Severity
from callboard.model.notice import Point
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import at_once
from callboard.notices.persons_day import PersonsDay
from callboard.notices.telling import COMMON, common
from callboard.read.anchors import anchor_above
from callboard.wikitext.escape import shortened

KIND = "attention"
DEFAULT_LEAD = timedelta(days=14)
AFTERWARDS = timedelta(days=1)
OVER = timedelta(hours=2)  # so long after the start of its session a problem presses nobody any more
MOST = 10  # problems that are named; the report page has all
LONGEST = 300  # characters of one


@notice_kind(
    KIND, rests_on_board=False, parameters=(*COMMON, "day", "open", "new", "points", "held", "report")
)
def attention(look: Occasions) -> Iterator[Notice]:
    """One notice a day, or none."""
    event, now = look.snapshot.event, look.snapshot.now
    clock = PersonsDay(event.zone)
    day = clock.date_of(now)
    at = datetime.combine(day, look.rule.at, event.zone).astimezone(UTC)
    first = event.first - max(look.rule.lead, default=DEFAULT_LEAD)
    if not (first <= at <= min(now, event.last + AFTERWARDS)):
        return
    before = _before(look, day)
    standing = [one for one in look.problems if _presses(one, now) and _quiet(one, event, now)]
    new = [one for one in standing if one.since and (before is None or not _quiet(one, event, before))]
    if any(one.since and one.since <= at for one in new):
        points = tuple(islice(_points(look, standing, new), MOST))
        yield Notice(
            event=event.slug,
            kind=KIND,
            subject=_SUBJECT,
            occasion=f"{day}",
            recipient=look.rule.talk_page,
            due=at,
            until=clock.next_day(now),
            values={
                **common(event, event.event.title),
                "day": f"{day:%A}, {day.day} {day:%B %Y}",
                "open": counted(len(standing), "problem"),
                "new": f"{len(new)}",
                "points": "; ".join(point.text for point in points),
                "held": _held(look),
                "report": event.pages.report,
            },
            points=points,
            to_page=True,
        )


_SUBJECT = "problems"


def _before(look: Occasions, today: date) -> datetime | None:
    """When the last notice before today's went out; None if there was none. The keys tell the days."""
    now = look.snapshot.now
    some = Notice(look.snapshot.event.slug, KIND, _SUBJECT, "x", look.rule.talk_page, now, now)
    beginning = some.key.removesuffix("x")
    sent = [
        sent_at
        for key, sent_at in look.snapshot.sent_at.items()
        if key.startswith(beginning) and key.removeprefix(beginning) != f"{today}"
    ]
    return max(sent, default=None)


def _presses(problem: Problem, now: datetime) -> bool:
    return problem.severity is not Severity.NOTE and (problem.at is None or now < problem.at + OVER)


def _quiet(problem: Problem, event: Event, then: datetime) -> bool:
    """Whether the problem could be told then: it stood for the grace time, or its session was near."""
    if problem.since is None:
        return True
    waits = timedelta() if at_once(event, problem.at, then) else event.delivery.grace
    return problem.since + waits <= then


def _points(look: Occasions, standing: list[Problem], new: list[Problem]) -> Iterator[Point]:
    """The most pressing first, as the problems come; each with its place."""
    texts = {page.page: page.text for page in look.signups}
    texts |= {page.page: page.text for page in look.schedules}
    for problem in standing:
        text, line = texts.get(problem.page, ""), problem.line
        place = f"line {line}" if problem.page and line else ""
        place = ", ".join(filter(None, (place, "new" if problem in new else "")))
        said = shortened(problem.message, LONGEST)
        yield Point(
            f"{place}: {said}" if place else said,
            page=problem.page,
            section=anchor_above(text, line) if text and line else "",
        )


def _held(look: Occasions) -> str:
    held = len(look.snapshot.held)
    return (
        f"{counted(held, 'notice', 'was/were')} refused or held back; the page says to whom and why."
        if held
        else "No notice was refused."
    )
