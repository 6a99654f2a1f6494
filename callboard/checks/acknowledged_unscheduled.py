"""A task that the coordination team acknowledged and that no row of the schedule links."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import sessions_of
from callboard.model import Problem, Severity


@check("acknowledged-unscheduled")
def acknowledged_unscheduled(seen: Seen) -> Iterator[Problem]:
    """Nothing is said where no schedule was read, or for a task that is closed or hidden."""
    proposals = seen.snapshot.proposals
    if not seen.schedules or not proposals:
        return
    linked = {ref.task for _, session in sessions_of(seen.schedules) for ref in session.tasks}
    for task, proposal in proposals.items():
        if not proposal.acknowledged or proposal.closed or not proposal.visible or task in linked:
            continue
        by = f" by {proposal.acknowledged.by}" if proposal.acknowledged.by else ""
        message = (
            f'{task} "{proposal.title}" was acknowledged{by} but no row of the schedule links it;'
            " its owner adds it to a free slot, or links it in its row"
        )
        yield Problem(
            "acknowledged-unscheduled", Severity.WARNING, message, seen.schedules[0].page, task=task
        )
