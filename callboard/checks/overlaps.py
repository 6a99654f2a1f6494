"""Stretches of time that overlap, found in one sweep. No check of its own."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from callboard.checks.phrasing import plain_title, sessions_of
from callboard.config import Event
from callboard.model import Person, Schedule, Session
from callboard.read.formats import format_of

_BREAK = re.compile(r"<br[^<>\n]{0,10}>", re.IGNORECASE)
MOST = 8  # bookings at once that are looked at; with more of them the message is long enough


class Booking(NamedTuple):
    """A room or a person taken by a session for a time."""

    start: datetime
    end: datetime
    schedule: Schedule
    session: Session
    person: Person | None = None
    part: str = ""  # "owner", "facilitator"


Clash = tuple[Booking, tuple[Booking, ...]]


def parts(session: Session) -> Iterator[tuple[Person, str]]:
    """Everybody whom the session needs, each once, and as what."""
    named_already: set[str] = set()
    for people, part in ((session.owners, "owner"), (session.facilitators, "facilitator")):
        for person in people:
            if person.name not in named_already:
                named_already.add(person.name)
                yield person, part


def bookings_by_person(schedules: tuple[Schedule, ...]) -> dict[str, list[Booking]]:
    """When each owner and facilitator is taken."""
    people: defaultdict[str, list[Booking]] = defaultdict(list)
    for schedule, session in sessions_of(schedules):
        if session.start and session.end:
            for person, part in parts(session):
                booking = Booking(session.start, session.end, schedule, session, person, part)
                people[person.name].append(booking)
    return people


def in_order(bookings: Iterable[Booking]) -> list[Booking]:
    """By start, then by place."""
    return sorted(bookings, key=lambda b: (b.start, b.schedule.page, b.session.span))


def clashes(bookings: Iterable[Booking]) -> Iterator[Clash]:
    """Each booking that begins before earlier ones have ended, with those (the MOST that last longest); n log n."""
    active: list[Booking] = []
    for booking in in_order(bookings):
        active = [other for other in active if other.end > booking.start]
        if active:
            yield booking, tuple(active)
        active.append(booking)
        if len(active) > MOST:
            active.remove(min(reversed(active), key=lambda other: other.end))


def crowds(bookings: Iterable[Booking], together: Callable[[Booking, Booking], bool]) -> list[Clash]:
    """The clashes of bookings that may not be held `together`; three at once are one clash, told at the last."""
    found: dict[int, Clash] = {}
    for booking, others in clashes(bookings):
        apart = tuple(other for other in others if not together(other, booking))
        if not apart:
            continue
        named = {id(other) for other in apart}
        for other in apart:
            if id(other) in found and {id(one) for one in found[id(other)][1]} <= named:
                del found[id(other)]
        found[id(booking)] = booking, apart
    return list(found.values())


def same_session(one: Session, other: Session) -> bool:
    """Whether two tables show one session: one task or title at one time in one place."""
    if (one.start, one.end, one.rooms) != (other.start, other.end, other.rooms):
        return False
    tasks = {ref.task for ref in one.tasks} & {ref.task for ref in other.tasks}
    return bool(tasks) or (bool(one.title) and plain_title(one.title) == plain_title(other.title))


def _in_one_cell(text: str, one: Session, other: Session) -> bool:
    """Whether they stand in one cell: read from the same text, or as templates with nothing between in a grid's cell."""
    first, second = sorted((one.span, other.span))
    if first == second:
        return True
    if one.layout != "templates" or one.time_cell is None or one.time_cell != other.time_cell:
        return False
    timed_outside = not any(one.time_cell in span for span in (first, second))
    return (
        timed_outside
        and first.end <= second.start
        and not _BREAK.sub("", text[first.end : second.start]).strip()
    )


def share_a_slot(one: Booking, other: Booking, event: Event) -> bool:
    """Whether two sessions may be held in one slot: they stand in one cell, are one, or both are lightning talks."""
    if one.schedule.page == other.schedule.page and _in_one_cell(
        one.schedule.text, one.session, other.session
    ):
        return True
    if same_session(one.session, other.session):
        return True
    forms = (format_of(one.session, event), format_of(other.session, event))
    return all(form is not None and form.shared for form in forms)
