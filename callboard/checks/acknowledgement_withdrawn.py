"""A session in the schedule whose task had the coordination team's yes and has it no more."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of
from callboard.model import Problem, Severity


@check("acknowledgement-withdrawn")
def acknowledgement_withdrawn(seen: Seen) -> Iterator[Problem]:
    """Nothing is taken out by the bot: people decide. A task that was closed is told by task-closed."""
    proposals, now = seen.snapshot.proposals or {}, seen.snapshot.now
    for row in sessions_of(seen.schedules):
        session = row[1]
        over = session.end or session.start
        for task, ref in {ref.task: ref for ref in reversed(session.tasks)}.items():
            proposal = proposals.get(task)
            if proposal is None or not proposal.visible or proposal.closed or proposal.acknowledged:
                continue
            if proposal.withdrawn and not (over and over <= now):
                message = (
                    f"{task} was {proposal.withdrawn.told}; acknowledge it again, or take the session out"
                )
                also = [
                    task,
                    proposal.withdrawn.how,
                    proposal.withdrawn.transaction or proposal.withdrawn.of.transaction,
                ]
                yield problem_at(
                    row,
                    "acknowledgement-withdrawn",
                    Severity.WARNING,
                    message,
                    span=ref.span,
                    task=task,
                    also=also,
                )
