"""`not_scheduled`: the team said yes, and the session still stands nowhere in the schedule.

Told to the proposal's verified owners some days before the deadline that the event file names, else before the event begins;
twice at most. The occasion is deadline and lead. Each is of use until the next one is due, the last until the deadline. Whoever
was told of the yes less than a day before a lead, or is to be told of it yet, needs no reminder of that lead. Where a row of it was
taken out, nobody is told before the grace time is over. A row that may be
the session's is named, so that its owner need not search.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Acknowledgement, Notice, Proposal, Session
from callboard.notices import Occasions, notice_kind
from callboard.notices.acknowledged import told_of_yes
from callboard.notices.awaiting import Room, owners_of, waiting, when_quiet
from callboard.notices.telling import COMMON, common, has_kind, reminder_of, turns, unix, when
from callboard.read.matching import matches, without_tag
from callboard.read.suggestions import suggestions

KIND = "not_scheduled"
DEFAULT_LEADS = (timedelta(days=7), timedelta(days=2))
STILL_NEWS = timedelta(days=1)


@notice_kind(KIND, rests_on_board=True, parameters=(*COMMON, "task", "deadline", "start", "likely", "slots"))
def not_scheduled(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each acknowledged task that the schedule does not name, per lead."""
    event, room, left = look.snapshot.event, Room(look), waiting(look)
    deadline, alike = look.rule.deadline or event.first, _likely(look, [proposal for proposal, _ in left])
    for proposal, yes in left:
        for lead, due, until in turns(deadline, look.rule.lead or DEFAULT_LEADS):
            for owner in owners_of(proposal):
                if not _known_by(look, proposal, owner, yes, due):
                    continue
                notice = Notice(
                    event=event.slug,
                    kind=KIND,
                    subject=proposal.task,
                    occasion=reminder_of(deadline, lead),
                    recipient=owner,
                    due=when_quiet(look, proposal, due),
                    until=until,
                    values={
                        **common(event, without_tag(proposal.title) or proposal.title),
                        "task": proposal.task,
                        "deadline": when(event, deadline),
                        "start": unix(deadline),
                        "likely": _told(event, alike.get(proposal.task), proposal.task),
                    },
                )
                yield room.offered(notice, proposal)


def _known_by(look: Occasions, proposal: Proposal, owner: str, yes: Acknowledgement, due: datetime) -> bool:
    """Whether the owner knew of the yes for long enough then."""
    if not has_kind(look.snapshot.event, "acknowledged"):
        return yes.at <= due
    key = told_of_yes(look.snapshot.event, proposal, owner, yes).key
    told = look.snapshot.sent_at.get(key, yes.at)
    return key in look.snapshot.sent and told + STILL_NEWS <= due


def _likely(look: Occasions, proposals: list[Proposal]) -> Mapping[str, Session]:
    """The row without a task that each proposal most likely is, by task."""
    free = [one for page in look.schedules for one in page.sessions if not one.tasks and one.title]
    found = {one.proposal.task: one.session for one in reversed(suggestions(free, proposals))}
    return found | {one.proposal.task: one.session for one in matches(free, proposals) if one.certain}


def _told(event: Event, row: Session | None, task: str) -> str:
    if row is None:
        return "No row there looks like it."
    place = ", ".join(filter(None, (when(event, row.start, row.end) if row.start else "", row.room)))
    return (
        f"“{row.title}”{f' ({place})' if place else ''} may be it: if so, put {task} behind that title, "
        "and nothing else is needed."
    )
