"""How checks name a session: its place in the source, and a phrase for people. No check of its own."""

from collections.abc import Iterator
from datetime import datetime

from callboard.config import Event
from callboard.model import Problem, Schedule, Session, Severity
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import line_at


def sessions_of(schedules: tuple[Schedule, ...]) -> Iterator[tuple[Schedule, Session]]:
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


def problem_at(
    schedule: Schedule, span: Span, code: str, severity: Severity, message: str, *, task: str | None = None
) -> Problem:
    """A problem with exactly the text in the span."""
    line = line_at(schedule.text, span.start)
    return Problem(code, severity, message, schedule.page, line, span.of(schedule.text), task)


def when(start: datetime | None, end: datetime | None, event: Event) -> str:
    """`Sat 16 May 10:30–11:00 UTC`, in the event's zone."""
    if start is None:
        return "at an unknown time"
    here = start.astimezone(event.zone)
    until = f"–{end.astimezone(event.zone):%H:%M}" if end else ""
    return f"{here:%a} {here.day} {here:%b %H:%M}{until} {here.tzname()}"


def named(schedule: Schedule, session: Session, other_page: str = "") -> str:
    """`"Title" (line 12)`, with the page if the reader is on another one."""
    page = f" of [[{schedule.page}]]" if schedule.page != other_page else ""
    return f'"{session.title or "without title"}" (line {session.line}{page})'
