"""A task that the coordination team acknowledged and that no row of the schedule links."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import named, problem_at, sessions_of
from callboard.model import Problem, Proposal, Schedule, Session, Severity
from callboard.read.matching import matches, same_title

_CODE = "acknowledged-unscheduled"


def _yes(proposal: Proposal) -> str:
    by = f" by {proposal.acknowledged.by}" if proposal.acknowledged and proposal.acknowledged.by else ""
    return f'{proposal.task} "{proposal.title}" was acknowledged{by}'


@check(_CODE)
def acknowledged_unscheduled(seen: Seen) -> Iterator[Problem]:
    """Told at the row that seems to be meant, if there is one.

    Nothing is said where no schedule was read, or for a task that is closed or hidden.
    """
    proposals = seen.snapshot.proposals
    if not seen.schedules or not proposals or not seen.certain:
        return
    rows = list(sessions_of(seen.schedules))
    linked = {ref.task for _, session in rows for ref in session.tasks}
    waiting = [
        proposal
        for task, proposal in sorted(proposals.items())
        if proposal.acknowledged and not proposal.closed and proposal.visible and task not in linked
    ]
    pages: dict[int, Schedule] = {id(session): schedule for schedule, session in rows}
    likely: dict[str, Session] = {}
    for match in matches((session for _, session in rows), waiting):
        likely.setdefault(match.proposal.task, match.session)
    slips = {
        same_title(session.title): (page, session)
        for page, session in rows
        if session.tasks and not any(ref.task in proposals for ref in session.tasks)
    }
    for proposal in waiting:
        session = likely.get(proposal.task)
        if session is None and (slip := slips.get(same_title(proposal.title))):
            number = slip[1].tasks[0]
            message = (
                f"{_yes(proposal)} and may be {named(*slip, slip[0].page)}, which links {number.task};"
                " if so, correct the number there"
            )
            also = [proposal.task, number.task]
            yield problem_at(
                slip, _CODE, Severity.WARNING, message, span=number.span, task=proposal.task, also=also
            )
        elif session is None:
            message = (
                f"{_yes(proposal)}, but no row of the schedule links it; its owner adds it to a free slot"
            )
            page_title = seen.schedules[0].page
            facts = (_CODE, proposal.task)
            yield Problem(_CODE, Severity.WARNING, message, page_title, task=proposal.task, facts=facts)
        else:
            page = pages[id(session)]
            message = f"{_yes(proposal)} and may be {named(page, session, page.page)}; if so, link it there"
            yield problem_at(
                (page, session), _CODE, Severity.WARNING, message, task=proposal.task, also=[proposal.task]
            )
