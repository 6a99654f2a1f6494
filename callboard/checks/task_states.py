"""Tasks in the schedule that no session should rest on: unknown, closed, or without the coordination team's yes."""

from collections.abc import Iterator
from datetime import datetime

from callboard.checks import Seen, check
from callboard.checks.phrasing import Row, problem_at, sessions_of
from callboard.model import Problem, Proposal, Session, Severity, TaskRef

_CLOSED = {"declined": "was declined", "invalid": "is invalid", "duplicate": "was merged into another task"}


def _linked(seen: Seen) -> Iterator[tuple[Row, TaskRef]]:
    """Every task of every session, once a session."""
    for row in sessions_of(seen.schedules):
        tasks = {ref.task: ref for ref in reversed(row[1].tasks)}
        yield from ((row, ref) for ref in tasks.values())


def _closed(proposal: Proposal, session: Session, now: datetime, first: datetime) -> str:
    """Why the task being closed matters; empty if it does not: after a session its task is rightly resolved."""
    if not proposal.closed:
        return ""
    if proposal.merged_into:
        return f"was merged into {proposal.merged_into}"
    if proposal.status in _CLOSED:
        return _CLOSED[proposal.status]
    over = session.end or session.start
    if (over is not None and over <= now) or (over is None and now >= first):
        return ""
    return f"is already {proposal.status}, before its session"


def _told(row: Row, ref: TaskRef, code: str, message: str, *also: str) -> Problem:
    return problem_at(
        row, code, Severity.WARNING, message, span=ref.span, task=ref.task, also=[ref.task, *also]
    )


@check("task-unknown")
def task_unknown(seen: Seen) -> Iterator[Problem]:
    """A task that is not (or no longer) on the event's board; a slip in the number, or hidden."""
    proposals = seen.snapshot.proposals
    if proposals is None:
        return
    for row, ref in _linked(seen):
        proposal = proposals.get(ref.task)
        if proposal is None or not proposal.visible:
            why = (
                "is not on the event's board" if proposal is None else "is hidden or was taken off the board"
            )
            message = f"{ref.task} {why}; check the number, or put the task on the board"
            yield _told(row, ref, "task-unknown", message, why)


@check("task-closed")
def task_closed(seen: Seen) -> Iterator[Problem]:
    """A task that is declined, invalid, merged, or resolved before the session was held."""
    snapshot = seen.snapshot
    for row, ref in _linked(seen) if snapshot.proposals else ():
        proposal = (snapshot.proposals or {}).get(ref.task)
        if proposal is None or not proposal.visible:
            continue
        if why := _closed(proposal, row[1], snapshot.now, snapshot.event.first):
            way_out = (
                f"link {proposal.merged_into} instead"
                if proposal.merged_into
                else "take the session out, or reopen the task"
            )
            message = f"{ref.task} {why}; {way_out}"
            yield _told(row, ref, "task-closed", message, proposal.status)


@check("task-unacknowledged")
def task_unacknowledged(seen: Seen) -> Iterator[Problem]:
    """An open task in the schedule to which the coordination team has not said yes."""
    snapshot = seen.snapshot
    for row, ref in _linked(seen) if snapshot.proposals else ():
        proposal = (snapshot.proposals or {}).get(ref.task)
        if proposal is None or not proposal.visible or proposal.acknowledged is not None:
            continue
        if proposal.withdrawn:
            continue  # acknowledgement-withdrawn tells more
        if not _closed(proposal, row[1], snapshot.now, snapshot.event.first) and not proposal.closed:
            message = (
                f"{ref.task} is in the schedule, but the coordination team has not acknowledged it;"
                " acknowledge the task, or take the session out"
            )
            yield _told(row, ref, "task-unacknowledged", message)
