"""`acknowledged`: the coordination team said yes; here is what to do now and where there is room.

Told to the proposal's verified owners once per acknowledgement, unless the schedule names the task already; where a row of it was taken
out, after the grace time. The occasion is the time of the yes. Useful until the event ends.
"""

from collections.abc import Iterator
from dataclasses import replace

from callboard.config import Event
from callboard.model import Acknowledgement, Notice, Proposal
from callboard.notices import Occasions, notice_kind
from callboard.notices.awaiting import Room, owners_of, waiting, when_quiet
from callboard.notices.telling import COMMON, common, occasion_of


@notice_kind("acknowledged", rests_on_board=True, parameters=(*COMMON, "task", "by", "slots"))
def acknowledged(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each acknowledged task that the schedule does not name yet."""
    room = Room(look)
    for proposal, yes in waiting(look):
        due = when_quiet(look, proposal, yes.at)
        for owner in owners_of(proposal):
            told = replace(told_of_yes(look.snapshot.event, proposal, owner, yes), due=due)
            yield room.offered(told, proposal)


def told_of_yes(event: Event, proposal: Proposal, owner: str, yes: Acknowledgement) -> Notice:
    """The notice that tells an owner of the yes, without the free slots."""
    return Notice(
        event=event.slug,
        kind="acknowledged",
        subject=proposal.task,
        occasion=occasion_of(yes.at),
        recipient=owner,
        due=yes.at,
        until=event.last,
        values={**common(event, proposal.title), "task": proposal.task, "by": yes.by},
    )
