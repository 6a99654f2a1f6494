"""A session in an open room, with an owner, of which no task tells."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import plain_title, problem_at, sessions_of
from callboard.model import Problem, Severity


@check("task-missing")
def task_missing(seen: Seen) -> Iterator[Problem]:
    """Breaks, plenaries, rooms closed to proposals and what organisers hold themselves need no task."""
    proposals, event = seen.snapshot.proposals, seen.snapshot.event
    if proposals is None:
        return
    open_rooms = {room.name.casefold() for room in event.room if room.open}
    organisers = {*event.event.organisers}
    # acknowledged-unscheduled names the row that seems to be meant
    waiting = {
        plain_title(proposal.title)
        for proposal in proposals.values()
        if proposal.acknowledged and not proposal.closed and proposal.visible
    }
    for row in sessions_of(seen.schedules):
        session = row[1]
        owners = {person.name for person in session.owners}
        if session.tasks or not session.title or not owners or owners & organisers or len(session.rooms) != 1:
            continue
        if session.rooms[0].casefold() in open_rooms and plain_title(session.title) not in waiting:
            message = f'"{session.title}" links no task; ask its owner for one, or link it'
            yield problem_at(row, "task-missing", Severity.NOTE, message)
