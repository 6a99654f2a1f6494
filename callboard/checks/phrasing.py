"""How checks name a session: its place in the source, and a phrase for people. No check of its own."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from callboard.config import Event
from callboard.model import Problem, Schedule, Session, Severity
from callboard.read.matching import same_title
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import line_at

Row = tuple[Schedule, Session]
plain_title = lru_cache(maxsize=8192)(same_title)  # many checks ask for the same titles


def sessions_of(schedules: tuple[Schedule, ...]) -> Iterator[Row]:
    """Every session with its page."""
    return ((schedule, session) for schedule in schedules for session in schedule.sessions)


def title_span(schedule: Schedule, session: Session) -> Span:
    """Where the title stands in the source, or all of the session if it is not written in one piece."""
    at = schedule.text.find(session.title, session.span.start, session.span.end) if session.title else -1
    if at >= 0:
        return Span(at, at + len(session.title))
    source = session.span.of(schedule.text)
    start = session.span.start + len(source) - len(source.lstrip())
    return Span(start, start + len(source.strip()))


@lru_cache(maxsize=8192)
def stamp(instant: datetime | None) -> str:
    """`2021-05-22T14:00+00:00`, or "-"."""
    return instant.astimezone(UTC).isoformat(timespec="minutes") if instant else "-"


def facts_of(session: Session) -> str:
    """What makes it this session at this time in this place; a link, a mark or the line say nothing of that."""
    where = ", ".join(sorted(room.casefold() for room in session.rooms))
    return f"{plain_title(session.title)} | {stamp(session.start)} | {stamp(session.end)} | {where}"


def problem_at(
    row: Row,
    code: str,
    severity: Severity,
    message: str,
    *,
    span: Span | None = None,
    task: str | None = None,
    others: Sequence[Row] = (),
    also: Sequence[str] = (),
    people: Sequence[str] = (),
) -> Problem:
    """A problem of a session, with exactly the text in the span (its title), of `others` too, and resting on `also`."""
    schedule, session = row
    span = span or title_span(schedule, session)
    starts = [one.start for _, one in (row, *others) if one.start]
    return Problem(
        code,
        severity,
        message,
        schedule.page,
        line_at(schedule.text, span.start),
        span.of(schedule.text),
        task,
        at=min(starts, default=None),
        rows=tuple((page.page, one.span) for page, one in (row, *others)),
        sessions=tuple(one for _, one in (row, *others)),
        people=tuple(people),
        facts=(code, *sorted(facts_of(one) for _, one in (row, *others)), *also),
    )


def when(start: datetime | None, end: datetime | None, event: Event) -> str:
    """`Sat 16 May 10:30–11:00 UTC`, in the event's zone."""
    return "at an unknown time" if start is None else _when(start, end, event.zone)


@lru_cache(maxsize=8192)
def _when(start: datetime, end: datetime | None, zone: ZoneInfo) -> str:
    here = start.astimezone(zone)
    until = f"–{end.astimezone(zone):%H:%M}" if end else ""
    return f"{here:%a} {here.day} {here:%b %H:%M}{until} {here.tzname()}"


def named(schedule: Schedule, session: Session, other_page: str = "") -> str:
    """`"Title" (line 12)`, with the page if the reader is on another one."""
    page = f" of [[{schedule.page}]]" if schedule.page != other_page else ""
    return f'"{session.title or "without title"}" (line {session.line}{page})'


def listed(words: Sequence[str], most: int = 4) -> str:
    """`a, b and c`, or `a, b, c, d and 3 more`."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def numbered(count: int) -> str:
    """`two`, `three`, `9`."""
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    return words.get(count, str(count))
