"""An owner or facilitator who would have to be in several places at once."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.overlaps import Booking, Clash, crowds, share_a_slot
from callboard.checks.phrasing import listed, named, problem_at, when
from callboard.config import Event
from callboard.model import Problem, Session, Severity


def in_one_room(one: Session, other: Session) -> bool:
    """Whether both are in a room that they share; two sessions in one room are the room's problem."""
    return not {room.casefold() for room in one.rooms}.isdisjoint(room.casefold() for room in other.rooms)


def _told(found: list[Clash], event: Event) -> Problem:
    """One problem for all people who are wanted at the same sessions."""
    here, others = found[0]
    there = [
        f"{named(one.schedule, one.session, here.schedule.page)} ({when(one.start, one.end, event)})"
        for one in others
    ]
    names = [clash[0].person.name for clash in found if clash[0].person]
    at_here = when(here.start, here.end, event)
    if len(found) == len(others) == 1:
        message = f"{names[0]} is {here.part} here ({at_here}) and {others[0].part} of {there[0]}"
    else:
        message = f"{listed(names)} would have to be here ({at_here}) and at {listed(there)}"
    return problem_at(
        (here.schedule, here.session),
        "person-twice",
        Severity.WARNING,
        f"{message}; move a session or find somebody else",
        span=here.person.span if here.person else None,
        others=[(one.schedule, one.session) for one in others],
        also=sorted(names),
        people=sorted(names),
    )


@check("person-twice")
def person_twice(seen: Seen) -> Iterator[Problem]:
    """Told at the person's name in the session that begins last; several people wanted at the same sessions are one problem."""
    event = seen.snapshot.event

    def together(one: Booking, other: Booking) -> bool:
        return in_one_room(one.session, other.session) or share_a_slot(one, other, event)

    found: defaultdict[tuple[int, ...], list[Clash]] = defaultdict(list)
    for bookings in seen.shared_out:
        for here, others in crowds(bookings, together):
            found[(id(here.session), *(id(one.session) for one in others))].append((here, others))
    yield from (_told(clashes, event) for clashes in found.values())
