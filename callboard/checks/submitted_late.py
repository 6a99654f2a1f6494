"""A task in the schedule that was submitted after the deadline (`event.submissions_close`)."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of, when
from callboard.model import Problem, Severity


@check("submitted-late")
def submitted_late(seen: Seen) -> Iterator[Problem]:
    """A warning, or a note where the coordination team said yes all the same."""
    event, proposals = seen.snapshot.event, seen.snapshot.proposals
    deadline = event.event.submissions_close
    if deadline is None or not proposals:
        return
    for row in sessions_of(seen.schedules):
        tasks = {ref.task: ref for ref in reversed(row[1].tasks)}
        for task, ref in tasks.items():
            proposal = proposals.get(task)
            if not proposal or not proposal.visible or proposal.closed or proposal.submitted is None:
                continue
            if proposal.submitted > deadline:
                yes = proposal.acknowledged is not None
                message = (
                    f"{task} was submitted {when(proposal.submitted, None, event)}, after the deadline"
                    f" ({when(deadline, None, event)})"
                    + ("; the coordination team acknowledged it all the same" if yes else "; may it stay?")
                )
                severity = Severity.NOTE if yes else Severity.WARNING
                yield problem_at(
                    row, "submitted-late", severity, message, span=ref.span, task=task, also=[task]
                )
