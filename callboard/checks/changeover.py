"""Somebody who has no time to change rooms between two sessions."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from callboard.checks import Seen, check
from callboard.checks.lengths import wanted_minutes
from callboard.checks.overlaps import Booking, in_order
from callboard.checks.person_twice import in_one_room
from callboard.checks.phrasing import listed, named, problem_at
from callboard.model import Problem, Severity
from callboard.snapshot import Snapshot

_MINUTE = timedelta(minutes=1)


def _really_ends(booking: Booking, snapshot: Snapshot) -> datetime:
    """A talk of 25 minutes in a slot of 30 leaves five for the way."""
    minutes = wanted_minutes(booking.session, snapshot)
    return min(booking.end, booking.start + timedelta(minutes=minutes)) if minutes else booking.end


def _hurries(bookings: list[Booking], snapshot: Snapshot) -> Iterator[tuple[Booking, Booking, timedelta]]:
    before: Booking | None = None
    needed = snapshot.event.event.changeover
    for booking in in_order(bookings):
        if before and before.end <= booking.start < before.end + needed:
            gap = booking.start - _really_ends(before, snapshot)
            rooms = before.session.rooms and booking.session.rooms
            if rooms and gap < needed and not in_one_room(before.session, booking.session):
                yield before, booking, gap
        if before is None or booking.end >= before.end:
            before = booking


@check("changeover")
def changeover(seen: Seen) -> Iterator[Problem]:
    """A note at the second session: `event.changeover` says how long the way takes."""
    snapshot = seen.snapshot
    found: defaultdict[tuple[int, int], list[tuple[Booking, Booking, timedelta]]] = defaultdict(list)
    for bookings in seen.shared_out:
        for before, after, gap in _hurries(bookings, snapshot):
            found[id(before.session), id(after.session)].append((before, after, gap))
    for hurries in found.values():
        before, after, gap = hurries[0]
        names = [one.person.name for _, one, _ in hurries if one.person]
        has = "has" if len(names) == 1 else "have"
        message = (
            f"{listed(names)} {has} {gap // _MINUTE} minutes between"
            f" {named(before.schedule, before.session, after.schedule.page)} in {before.session.room}"
            f" and this session in {after.session.room}, less than the"
            f" {snapshot.event.event.changeover // _MINUTE} that changing rooms takes; move one, or find somebody else"
        )
        yield problem_at(
            (after.schedule, after.session),
            "changeover",
            Severity.NOTE,
            message,
            span=after.person.span if after.person else None,
            others=[(before.schedule, before.session)],
            also=sorted(names),
        )
