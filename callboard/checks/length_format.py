"""A session whose length does not fit its format (presentation 25, discussion and workshop 55 minutes …)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from callboard.checks import Seen, check
from callboard.checks.lengths import SLACK, by_approval, by_format, by_task
from callboard.checks.phrasing import Row, problem_at, sessions_of
from callboard.config import Event
from callboard.model import Problem, Session, Severity
from callboard.read.formats import format_of

_CODE = "length-format"


def _fits_some(length: timedelta, event: Event) -> bool:
    return any(
        timedelta(minutes=form.minutes) <= length <= timedelta(minutes=form.minutes) + SLACK
        for form in event.format
        if not form.shared
    )


def _of_no_format(session: Session, length: timedelta, event: Event) -> tuple[Severity, str] | None:
    """A proposed session of which nobody says how long it should be."""
    if not session.tasks or not event.format or _fits_some(length, event):
        return None
    known = ", ".join(f"{form.name} {form.minutes}" for form in event.format)
    minutes = length // timedelta(minutes=1)
    return (
        Severity.NOTE,
        f"{minutes} minutes fit no format of the event ({known}); agree on it with its owner",
    )


def _overfull(seen: Seen) -> Iterator[Problem]:
    """Slots that several sessions share and that are too short for all of them, told at the last."""
    slots: defaultdict[tuple[datetime, datetime, tuple[str, ...]], list[tuple[Row, int]]] = defaultdict(list)
    for schedule, session in sessions_of(seen.schedules):
        form = format_of(session, seen.snapshot.event)
        if form and form.shared and session.start and session.end and session.rooms:
            slot = session.start, session.end, session.rooms
            slots[slot].append(((schedule, session), form.minutes))
    for (start, end, _), sharing in slots.items():
        minutes, length = sum(each for _, each in sharing), (end - start) // timedelta(minutes=1)
        if len(sharing) > 1 and minutes > length:
            message = (
                f"{len(sharing)} sessions share this slot and need {minutes} minutes,"
                f" but it has {length}; move some of them to another slot"
            )
            rows = [row for row, _ in sharing]
            yield problem_at(rows[-1], _CODE, Severity.WARNING, message, others=rows[:-1])


@check(_CODE)
def length_format(seen: Seen) -> Iterator[Problem]:
    """Too short is a warning, too long a note; what the team approved (`[[approved]]`) counts before the format."""
    event = seen.snapshot.event
    if not event.format and not event.approved:
        return
    for row in sessions_of(seen.schedules):
        session = row[1]
        length = session.length
        if length is None or length <= timedelta():
            continue
        wanted = by_approval(session, event) or by_format(session, event)
        if wanted:
            told = wanted.misfit(length)
        elif by_task(session, seen.snapshot):
            continue  # length-task looks at it
        else:
            told = _of_no_format(session, length, event)
        if told:
            also = [str(wanted.minutes)] if wanted else []
            yield problem_at(row, _CODE, *told, also=also)
    yield from _overfull(seen)
