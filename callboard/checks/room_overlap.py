"""Two sessions in one room at one time, also across midnight, days and tables."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.overlaps import Booking, clashes, share_a_slot
from callboard.checks.phrasing import named, problem_at, sessions_of, title_span, when
from callboard.model import Problem, Severity


@check("room-overlap")
def room_overlap(seen: Seen) -> Iterator[Problem]:
    """Told at the session that begins later."""
    event = seen.snapshot.event
    rooms: defaultdict[str, list[Booking]] = defaultdict(list)
    for schedule, session in sessions_of(seen.schedules):
        if session.start and session.end:
            for room in session.rooms:
                rooms[room.casefold()].append(Booking(session.start, session.end, schedule, session))
    told: set[tuple[str, int, str, int]] = set()
    for bookings in rooms.values():
        for first, second in clashes(bookings):
            pair = (first.schedule.page, first.session.span.start)
            pair_of_both = (*pair, second.schedule.page, second.session.span.start)
            if share_a_slot(first, second, event) or pair_of_both in told:
                continue
            told.add(pair_of_both)
            shared = [room for room in second.session.rooms if room in first.session.rooms]
            message = (
                f"{', '.join(shared) or second.session.room} has two sessions at once: this one"
                f" ({when(second.start, second.end, event)}) and {named(first.schedule, first.session, second.schedule.page)}"
                f" ({when(first.start, first.end, event)}); move one of them"
            )
            span = title_span(second.schedule, second.session)
            yield problem_at(second.schedule, span, "room-overlap", Severity.ERROR, message)
