"""`shift_changed`: the session that you facilitate is at another time or in another room now, or stands in the schedule again.

Told to facilitators who were there before the change. The occasion is a number and the new place: a session that is moved, moved
back and moved again earns three notices.
"""

from collections.abc import Iterator
from datetime import timedelta

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.shifts_told import CHANGED, Known, facilitated, place_of
from callboard.notices.telling import COMMON, common, unix, when


@notice_kind(CHANGED, rests_on_board=False, parameters=(*COMMON, "before", "when", "start", "room", "page"))
def shift_changed(look: Occasions) -> Iterator[Notice]:
    """A notice for each facilitator who knows another place than the schedule; of use until the start."""
    snapshot, event = look.snapshot, look.snapshot.event
    known = Known(snapshot)
    pages = {id(session): page.page for page in look.schedules for session in page.sessions}
    for whose, session in facilitated(snapshot, look.schedules).items():
        told = known.of(whose)
        place = place_of(session) if session else None
        if session is None or place is None or told is None:
            continue
        if not told.gone and not place.differs(told.place):
            continue
        before = told.place.told(event)
        yield Notice(
            event=event.slug,
            kind=CHANGED,
            subject=whose[0],
            occasion=f"{told.number + 1} {place.as_key}",
            recipient=whose[1],
            due=snapshot.now - timedelta(minutes=1),
            until=place.start,
            values={
                **common(event, session.title or whose[0]),
                "before": f"cancelled ({before})" if told.gone else before,
                "when": when(event, session.start or place.start, session.end),
                "start": unix(place.start),
                "room": session.room or "see the schedule",
                "page": pages[id(session)],
            },
        )
