"""`shift_changed`: the session that you facilitate is at another time or in another room now, or stands in the schedule again.

Told to facilitators who were there before the change, unless they made it. The occasion is a number and the new place: a session that is
moved, moved back and moved again earns three notices, and one that is back within the grace time none. Who owns the session as
well is left to `moved`, where the event sends that.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.known import known
from callboard.notices.owners import before
from callboard.notices.telling import COMMON, common, has_kind, recipients, unix, when
from callboard.notices.told import FACILITATOR, occasion


@notice_kind(
    "shift_changed", rests_on_board=False, parameters=(*COMMON, "before", "when", "start", "room", "page")
)
def shift_changed(look: Occasions) -> Iterator[Notice]:
    """A notice for each facilitator who knows another place than the schedule; of use until the start."""
    snapshot, event = look.snapshot, look.snapshot.event
    to_owners = has_kind(event, "moved")
    for case in known(snapshot, look.schedules, FACILITATOR).cases:
        session, now = case.session, case.now
        owners = recipients(snapshot, session, facilitators=False) if to_owners else ()
        if not case.moved(snapshot) or case.person in owners:
            continue
        yield Notice(
            event=event.slug,
            kind="shift_changed",
            subject=case.name,
            occasion=occasion(FACILITATOR, case.told.number + 1, now),
            recipient=case.person,
            due=case.due(snapshot),
            until=now.start,
            values={
                **common(event, session.title or case.name),
                "before": before(look, case),
                "when": when(event, now.start, session.end),
                "start": unix(now.start),
                "room": session.room or "the place that the schedule names",
                "page": case.page.page,
            },
        )
