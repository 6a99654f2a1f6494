"""`acknowledged`: the coordination team said yes; here is what to do now and where there is room.

Told to the proposal's owners once per acknowledgement, while the event lasts, unless the session already stands in
the schedule.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.telling import COMMON, common, free_slots, occasion_of, spelt_by_the_wiki


@notice_kind("acknowledged", rests_on_board=True, parameters=(*COMMON, "task", "by", "slots"))
def acknowledged(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each acknowledged task that no row links yet."""
    snapshot, event = look.snapshot, look.snapshot.event
    in_schedule = {ref.task for page in look.schedules for session in page.sessions for ref in session.tasks}
    slots = tuple(slot for page in look.schedules for slot in page.free_slots)
    for proposal in (snapshot.proposals or {}).values():
        if (
            not proposal.acknowledged
            or proposal.closed
            or not proposal.visible
            or proposal.task in in_schedule
        ):
            continue
        for owner in dict.fromkeys(map(spelt_by_the_wiki, proposal.owners)):
            yield Notice(
                event=event.slug,
                kind="acknowledged",
                subject=proposal.task,
                occasion=occasion_of(proposal.acknowledged.at),
                recipient=owner,
                due=proposal.acknowledged.at,
                until=event.last,
                values={
                    **common(event, proposal.title),
                    "task": proposal.task,
                    "by": proposal.acknowledged.by,
                    "slots": free_slots(event, slots, snapshot.now, proposal.minutes),
                },
            )
