"""A helper who is in two places at once: firmly, or because their offers are all that two needs have."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from callboard.checks import Seen, check
from callboard.checks.phrasing import facts_of, listed, named, stamp, when
from callboard.config import Event
from callboard.cover.hours import common, joined
from callboard.model import Problem, Severity
from callboard.model.cover import Interval, Need, Shift, Stretch

_CODE = "helper-twice"


@check(_CODE)
def helper_twice(seen: Seen) -> Iterator[Problem]:
    """A warning for slots of tables, a note for offers; two sessions at once are person-twice's."""
    slots = any(entry.firm for page in seen.signups for entry in page.entries)
    if not slots and not seen.snapshot.event.need:
        return
    firm: defaultdict[str, list[Shift]] = defaultdict(list)
    for shift in seen.cover.shifts:
        if shift.firm and not shift.session:
            firm[shift.person].append(shift)
    for person, shifts in sorted(firm.items()):
        yield from _slots(person, shifts, seen)
    yield from _offers(seen)


def _slots(person: str, shifts: Sequence[Shift], seen: Seen) -> Iterator[Problem]:
    """Told at each slot that meets one before it in time or place on the page, or a session elsewhere."""
    ordered = sorted(shifts, key=lambda one: (one.start, one.page, one.line))
    for number, shift in enumerate(ordered):
        hours = (shift.start, shift.end)
        slots = [
            other
            for other in ordered[:number]
            if _meet(hours, (other.start, other.end)) and _place(other) != _place(shift)
        ]
        sessions = [
            booking
            for booking in seen.bookings.get(person, ())
            if _meet(hours, (booking.start, booking.end)) and shift.room not in booking.session.rooms
        ]
        if not slots and not sessions:
            continue
        event = seen.snapshot.event
        elsewhere = [
            *(f"{_named(other)} ({when(other.start, other.end, event)})" for other in slots),
            *(
                f"{named(one.schedule, one.session, shift.page)} ({when(one.start, one.end, event)})"
                for one in sessions
            ),
        ]
        message = (
            f"{person} is down for {_named(shift)} ({when(shift.start, shift.end, event)}) and for {listed(elsewhere)};"
            " find somebody else for one of them"
        )
        also = [*(_fact(one) for one in (shift, *slots)), *(facts_of(one.session) for one in sessions)]
        yield _problem(shift, Severity.WARNING, message, [person, *sorted(also)])


def _offers(seen: Seen) -> Iterator[Problem]:
    """Two needs at one time that both count on somebody; with one person more in either, all can be where they are needed."""
    tight: defaultdict[str, list[tuple[Stretch, Shift]]] = defaultdict(list)
    for stretch in seen.cover.stretches:
        if not stretch.extra and not stretch.need.session:
            for shift in stretch.there:
                tight[shift.person].append((stretch, shift))
    for person, counted in sorted(tight.items()):
        found: defaultdict[tuple[Need, Need], list[Interval]] = defaultdict(list)
        shifts = {stretch.need: shift for stretch, shift in reversed(counted)}
        ordered = sorted(counted, key=lambda one: one[0].start)
        for number, (stretch, shift) in enumerate(ordered):
            for other, theirs in ordered[number + 1 :]:
                if other.start >= stretch.end:
                    break
                if other.need != stretch.need and not (shift.firm and theirs.firm):
                    found[stretch.need, other.need] += common(
                        [(stretch.start, stretch.end)], [(other.start, other.end)]
                    )
        for (need, other_need), hours in _by_pair(found).items():
            yield _both(person, (need, other_need), hours, shifts[need], seen.snapshot.event)


def _by_pair(
    found: dict[tuple[Need, Need], list[Interval]],
) -> dict[tuple[Need, Need], list[Interval]]:
    """The same with each pair in one order."""
    out: defaultdict[tuple[Need, Need], list[Interval]] = defaultdict(list)
    for pair, hours in found.items():
        one, other = sorted(pair, key=lambda need: (need.role, need.room or "", need.start))
        out[one, other] += hours
    return out


def _both(
    person: str, needs: tuple[Need, Need], hours: list[Interval], shift: Shift, event: Event
) -> Problem:
    times = joined(hours)
    both = listed([_needed(need) for need in needs])
    message = (
        f"{both} both count on {person} {listed([when(start, end, event) for start, end in times])};"
        " find one more for one of them"
    )
    facts = [person, *map(_needed, needs), *(f"{stamp(start)} {stamp(end)}" for start, end in times)]
    return _problem(shift, Severity.NOTE, message, facts, times[0])


def _problem(
    shift: Shift, severity: Severity, message: str, facts: Sequence[str], hours: Interval | None = None
) -> Problem:
    start = hours[0] if hours else shift.start
    return Problem(_CODE, severity, message, shift.page, shift.line, at=start, facts=(_CODE, *facts))


def _meet(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _place(shift: Shift) -> tuple[str, str | None]:
    return shift.role, shift.room


def _named(shift: Shift) -> str:
    return " in ".join(part for part in (shift.role, shift.room) if part) or "a slot"


def _needed(need: Need) -> str:
    return f"{need.role} in {need.room}" if need.room else need.role


def _fact(shift: Shift) -> str:
    return f"{_named(shift)} {stamp(shift.start)} {stamp(shift.end)}"
