"""A session in the schedule whose task had the coordination team's yes and has it no more."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of
from callboard.model import Problem, Severity, Withdrawal

_HOW = {
    "said": "took that back",
    "edited": "changed the comment",
    "moved": "moved the card",
    "untagged": "took the tag off",
    "status": "changed the status",
}
_UNKNOWN = {
    "removed": "the comment was removed",
    "edited": "the comment was changed",
    "moved": "the card was moved",
    "untagged": "the tag was taken off",
    "status": "the status was changed",
    "said": "that was taken back",
}


def told(lost: Withdrawal) -> str:
    """`acknowledged by Lena on 2021-05-12, but Tomas took that back on 2021-05-14 ("the slot is taken")`."""
    yes = lost.of
    given = f"acknowledged{f' by {yes.by}' if yes.by else ''} on {yes.at:%Y-%m-%d}"
    known = lost.by and lost.how in _HOW
    what = f"{lost.by} {_HOW[lost.how]}" if known else _UNKNOWN.get(lost.how, "that does not hold any more")
    day = f" on {lost.at:%Y-%m-%d}" if lost.at else ""
    quote = f' ("{lost.quote}")' if lost.quote else ""
    return f"{given}, but {what}{day}{quote}"


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
                    f"{task} was {told(proposal.withdrawn)}; acknowledge it again, or take the session out"
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
