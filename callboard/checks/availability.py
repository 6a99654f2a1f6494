"""A session at a time at which its owner or facilitator said not to be available."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from callboard.checks import Seen, check
from callboard.checks.overlaps import parts
from callboard.checks.phrasing import Row, listed, problem_at, sessions_of, when
from callboard.config import Event
from callboard.cover.hours import joined
from callboard.model import Coming, Problem, Session, Severity, SignUps

Hours = Sequence[tuple[datetime, datetime]]


def _can(session: Session, hours: Hours) -> bool:
    start, end = session.start, session.end or session.start
    return start is None or end is None or any(a <= start and end <= b for a, b in joined(hours))


def _told(hours: Hours, event: Event) -> str:
    return listed([when(start, end, event) for start, end in joined(hours)])


def _by_task(row: Row, seen: Seen) -> Iterator[Problem]:
    session = row[1]
    for task, ref in {ref.task: ref for ref in reversed(session.tasks)}.items():
        proposal = (seen.snapshot.proposals or {}).get(task)
        if proposal is None or not proposal.available or not proposal.visible:
            continue
        if not _can(session, proposal.available):
            event = seen.snapshot.event
            message = (
                f"{when(session.start, session.end, event)} is outside the hours that {task} gives for its owner"
                f" ({_told(proposal.available, event)}); move it, or ask the owner"
            )
            also = [task, _told(proposal.available, event)]
            yield problem_at(
                row, "owner-unavailable", Severity.WARNING, message, span=ref.span, task=task, also=also
            )


def signed_hours(pages: Sequence[SignUps]) -> dict[str, list[tuple[datetime, datetime]]]:
    """The hours that each account clearly offers in the sign-up lists; nothing for one whose hours are unclear anywhere.

    A table's slot is where somebody is, and says nothing of when else they can be somewhere.
    """
    hours: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    unclear: set[str] = set()
    for entry in (entry for page in pages for entry in page.entries if entry.user and not entry.firm):
        if entry.coming is Coming.NO:
            continue
        if entry.ambiguous:
            unclear.add(entry.user or "")
        elif entry.availability:
            hours[entry.user or ""] += entry.availability
    return {user: found for user, found in hours.items() if user not in unclear}


def _by_signup(
    row: Row, hours: dict[str, list[tuple[datetime, datetime]]], event: Event
) -> Iterator[Problem]:
    """A note, and only for a day on which the person gives hours: they may help on one day and hold a talk on another."""
    session = row[1]
    if session.start is None:
        return
    day = session.start.astimezone(event.zone).date()
    for person, part in parts(session):
        that_day = [
            (start, end)
            for start, end in hours.get(person.name, ())
            if start.astimezone(event.zone).date() <= day <= end.astimezone(event.zone).date()
        ]
        if that_day and not _can(session, that_day):
            message = (
                f"{person.name} is {part} here ({when(session.start, session.end, event)}), but gives other hours in the"
                f" sign-up list for that day ({_told(that_day, event)}); ask which is right"
            )
            yield problem_at(
                row, "owner-unavailable", Severity.NOTE, message, span=person.span, also=[person.name]
            )


@check("owner-unavailable")
def owner_unavailable(seen: Seen) -> Iterator[Problem]:
    """By the hours in the task, and by those that the same account gives in a sign-up list."""
    hours = signed_hours(seen.signups)
    for row in sessions_of(seen.schedules):
        found = list(_by_task(row, seen)) if row[1].tasks else []
        yield from found
        if hours and not found:
            yield from _by_signup(row, hours, seen.snapshot.event)
