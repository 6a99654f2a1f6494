"""A session in a room where its format is not held (`rooms` of a `[[format]]`)."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of
from callboard.config_tables import Format
from callboard.model import Problem, Session, Severity
from callboard.read.formats import format_named, format_of
from callboard.snapshot import Snapshot


def _format(session: Session, snapshot: Snapshot) -> Format | None:
    """What the page says it is, or else its task."""
    if form := format_of(session, snapshot.event):
        return form
    proposal = (snapshot.proposals or {}).get(session.tasks[0].task) if session.tasks else None
    return format_named(snapshot.event, proposal.format) if proposal and proposal.format else None


@check("format-room")
def format_room(seen: Seen) -> Iterator[Problem]:
    """Formats without `rooms` may be held everywhere."""
    known = {room.name.casefold() for room in seen.snapshot.event.room}
    if not any(form.rooms for form in seen.snapshot.event.format):
        return
    for row in sessions_of(seen.schedules):
        session = row[1]
        form = _format(session, seen.snapshot)
        allowed = {room.casefold() for room in form.rooms} if form else set()
        elsewhere = [room for room in session.rooms if room.casefold() in known - allowed]
        if form and form.rooms and elsewhere:
            message = (
                f"a {form.name} is held in {', '.join(form.rooms)}, this one is in {', '.join(elsewhere)};"
                " move it, or correct its format"
            )
            yield problem_at(row, "format-room", Severity.NOTE, message, also=[form.name])
