"""An owner or facilitator who would have to be in two places at once."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.overlaps import Booking, clashes, share_a_slot
from callboard.checks.phrasing import named, problem_at, sessions_of, when
from callboard.model import Person, Problem, Session, Severity


def _parts(session: Session) -> Iterator[tuple[Person, str]]:
    named_already: set[str] = set()
    for people, part in ((session.owners, "owner"), (session.facilitators, "facilitator")):
        for person in people:
            if person.name not in named_already:
                named_already.add(person.name)
                yield person, part


@check("person-twice")
def person_twice(seen: Seen) -> Iterator[Problem]:
    """Told at the person's name in the session that begins later."""
    event = seen.snapshot.event
    people: defaultdict[str, list[Booking]] = defaultdict(list)
    for schedule, session in sessions_of(seen.schedules):
        if session.start and session.end:
            for person, part in _parts(session):
                booking = Booking(session.start, session.end, schedule, session, person, part)
                people[person.name].append(booking)
    for name, bookings in people.items():
        for first, second in clashes(bookings):
            in_one_room = first.session.rooms == second.session.rooms and bool(first.session.rooms)
            if in_one_room or share_a_slot(first, second, event) or second.person is None:
                continue
            message = (
                f"{name} is {second.part} here ({when(second.start, second.end, event)}) and {first.part} of"
                f" {named(first.schedule, first.session, second.schedule.page)}"
                f" ({when(first.start, first.end, event)}); move a session or find somebody else"
            )
            yield problem_at(second.schedule, second.person.span, "person-twice", Severity.WARNING, message)
