"""`acknowledged`: the coordination team said yes; here is what to do now and where there is room.

Told to the proposal's verified owners once per acknowledgement, unless the schedule names the task already. The occasion is
the time of the yes. Useful until the event ends.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.awaiting import Room, owners_of, waiting
from callboard.notices.telling import COMMON, common, occasion_of


@notice_kind("acknowledged", rests_on_board=True, parameters=(*COMMON, "task", "by", "slots"))
def acknowledged(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each acknowledged task that the schedule does not name yet."""
    event, room = look.snapshot.event, Room(look)
    for proposal, yes in waiting(look):
        for owner in owners_of(proposal):
            notice = Notice(
                event=event.slug,
                kind="acknowledged",
                subject=proposal.task,
                occasion=occasion_of(yes.at),
                recipient=owner,
                due=yes.at,
                until=event.last,
                values={**common(event, proposal.title), "task": proposal.task, "by": yes.by},
            )
            yield room.offered(notice, proposal)
