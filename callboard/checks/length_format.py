"""A session whose length does not fit its format (presentation 25, discussion and workshop 55 minutes …)."""

from collections.abc import Iterator
from datetime import timedelta

from callboard.checks import Seen, check
from callboard.checks.overlaps import format_of
from callboard.checks.phrasing import problem_at, sessions_of, title_span
from callboard.config import Event
from callboard.model import Problem, Session, Severity
from callboard.snapshot import Snapshot

_ROOM = timedelta(minutes=10)  # a 25-minute talk fills a half-hour slot, a 55-minute one an hour


def _named_format(event: Event, name: str) -> tuple[str, int, bool] | None:
    for form in event.format:
        if name.casefold() in {word.casefold() for word in (form.name, *form.aliases)}:
            return form.name, form.minutes, form.shared
    return None


def _wanted(session: Session, snapshot: Snapshot) -> tuple[str, int, bool] | None:
    """What the session is, how many minutes it needs and whether it may share a slot; None if nobody says."""
    if form := format_of(session, snapshot.event):
        return f"a {form.name}", form.minutes, form.shared
    proposals = snapshot.proposals or {}
    for ref in session.tasks[:1]:
        proposal = proposals.get(ref.task)
        if proposal is None:
            continue
        stated = _named_format(snapshot.event, proposal.format or "")
        if proposal.minutes:
            return f"the proposal {ref.task}", proposal.minutes, bool(stated and stated[2])
        if stated:
            return f"a {stated[0]} (so {ref.task} says)", stated[1], stated[2]
    return None


def _fits_some(length: timedelta, event: Event) -> bool:
    return any(
        timedelta(minutes=form.minutes) <= length
        and (form.shared or length <= timedelta(minutes=form.minutes) + _ROOM)
        for form in event.format
        if not form.shared
    )


@check("length-format")
def length_format(seen: Seen) -> Iterator[Problem]:
    """Too short is a warning, too long a note; a proposed session of no known format is noted if no format is as long."""
    event = seen.snapshot.event
    for schedule, session in sessions_of(seen.schedules):
        length = session.length
        if length is None or length <= timedelta():
            continue
        minutes = int(length.total_seconds() // 60)
        wanted = _wanted(session, seen.snapshot)
        severity, message = Severity.NOTE, ""
        if wanted:
            what, needed, shared = wanted
            need = timedelta(minutes=needed)
            if length < need:
                severity = Severity.WARNING
                message = f"{minutes} minutes are too short for {what}, which needs {needed}; give it a longer slot or ask its owner"
            elif length > need + _ROOM and not shared:
                message = f"{minutes} minutes are long for {what}, which needs {needed}; is the end right?"
        elif session.tasks and event.format and not _fits_some(length, event):
            known = ", ".join(f"{form.name} {form.minutes}" for form in event.format)
            message = f"{minutes} minutes fit no format of the event ({known}); agree on it with its owner"
        if message:
            yield problem_at(schedule, title_span(schedule, session), "length-format", severity, message)
