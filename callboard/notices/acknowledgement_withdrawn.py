"""`acknowledgement_withdrawn`: the coordination team's yes to a session in the schedule does not hold any more.

Told to organisers on the page that the event file names, once for each time it is taken back, as long as the session is
ahead and stands in the schedule. The bot takes nothing out: people decide. Acknowledged again by then, nobody is told.
"""

from collections.abc import Iterator

from callboard.model import Notice, Proposal, Schedule, Session
from callboard.notices import Occasions, notice_kind
from callboard.notices.telling import COMMON, common, when

KIND = "acknowledgement_withdrawn"


@notice_kind(KIND, rests_on_board=True, if_withdrawn=True, parameters=(*COMMON, "task", "what", "where"))
def acknowledgement_withdrawn(look: Occasions) -> Iterator[Notice]:
    """A notice for each task in the schedule that lost the yes, whoever took it back; a declined one too."""
    proposals = look.snapshot.proposals or {}
    told: set[str] = set()
    for page in look.schedules:
        for session in page.sessions:
            for task in dict.fromkeys(ref.task for ref in session.tasks):
                proposal = proposals.get(task)
                if proposal and task not in told and _lost(proposal) and _is_ahead(session, look):
                    told.add(task)
                    yield _notice(look, page, session, proposal)


def _lost(proposal: Proposal) -> bool:
    return bool(proposal.withdrawn) and not proposal.acknowledged and proposal.visible


def _is_ahead(session: Session, look: Occasions) -> bool:
    over = session.end or session.start or look.snapshot.event.last
    return look.snapshot.now < over


def _notice(look: Occasions, page: Schedule, session: Session, proposal: Proposal) -> Notice:
    event, now, lost = look.snapshot.event, look.snapshot.now, proposal.withdrawn
    assert lost is not None  # noqa: S101 -- _lost said so
    at = when(event, session.start, session.end) if session.start else "at an unknown time"
    return Notice(
        event=event.slug,
        kind=KIND,
        subject=proposal.task,
        # of a comment that is changed twice the time changes, the transaction does not: that is one occasion
        occasion=lost.transaction or lost.of.transaction,
        recipient=look.rule.talk_page,
        due=min(lost.at or now, now),
        until=session.end or session.start or event.last,
        values={
            **common(event, session.title or proposal.title),
            "schedule": page.page,
            "task": proposal.task,
            "what": lost.told,
            "where": f"{at}{f', {session.room}' if session.room else ''}",
        },
        to_page=True,
    )
