"""Several sessions in one room at one time, also across midnight, days and tables."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.overlaps import Booking, Clash, crowds, share_a_slot
from callboard.checks.phrasing import listed, named, numbered, problem_at, sessions_of, when
from callboard.config import Event
from callboard.model import Problem, Severity


def _message(clash: Clash, rooms: str, event: Event) -> str:
    here, others = clash
    there = [
        f"{named(one.schedule, one.session, here.schedule.page)} ({when(one.start, one.end, event)})"
        for one in others
    ]
    every = listed([f"this one ({when(here.start, here.end, event)})", *there], 5)
    way_out = "move one of them" if len(others) == 1 else "leave one of them there"
    return f"{rooms} has {numbered(1 + len(others))} sessions at once: {every}; {way_out}"


@check("room-overlap")
def room_overlap(seen: Seen) -> Iterator[Problem]:
    """Told at the session that begins last; three at once are one problem."""
    event = seen.snapshot.event
    rooms: defaultdict[str, list[Booking]] = defaultdict(list)
    for schedule, session in sessions_of(seen.schedules):
        if session.start and session.end:
            booking = Booking(session.start, session.end, schedule, session)
            for room in dict.fromkeys(room.casefold() for room in session.rooms):
                rooms[room].append(booking)
    told: dict[tuple[int, ...], Clash] = {}
    for bookings in rooms.values():
        for clash in crowds(bookings, lambda one, other: share_a_slot(one, other, event)):
            told[(id(clash[0]), *(id(one) for one in clash[1]))] = clash
    for here, others in told.values():
        taken = {room.casefold() for one in others for room in one.session.rooms}
        shared = [room for room in here.session.rooms if room.casefold() in taken]
        message = _message((here, others), ", ".join(shared), event)
        rows = [(one.schedule, one.session) for one in others]
        row = here.schedule, here.session
        yield problem_at(row, "room-overlap", Severity.ERROR, message, others=rows)
