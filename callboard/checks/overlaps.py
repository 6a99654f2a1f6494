"""Stretches of time that overlap, found in one sweep. No check of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from callboard.config import Event
from callboard.config_tables import Format
from callboard.model import Person, Schedule, Session


@dataclass(frozen=True, slots=True)
class Booking:
    """A room or a person taken by a session for a time."""

    start: datetime
    end: datetime
    schedule: Schedule
    session: Session
    person: Person | None = None
    part: str = ""  # "owner", "facilitator"


def clashes(bookings: Iterable[Booking]) -> Iterator[tuple[Booking, Booking]]:
    """Each booking that begins before an earlier one has ended, with the one that lasts longest; n log n."""
    latest: Booking | None = None
    for booking in sorted(bookings, key=lambda b: (b.start, b.schedule.page, b.session.span)):
        if latest is not None and booking.start < latest.end:
            yield latest, booking
        if latest is None or booking.end > latest.end:
            latest = booking


def format_of(session: Session, event: Event) -> Format | None:
    """The event's format that the page gives the session, by name, alias or emoji."""
    words = {word.strip().casefold() for word in (session.format or "", session.marker) if word.strip()}
    for form in event.format:
        if words & {name.casefold() for name in (form.name, *form.aliases)}:
            return form
    return None


def share_a_slot(one: Booking, other: Booking, event: Event) -> bool:
    """Whether two sessions may be held in one slot: they stand in one cell, or both are lightning talks."""
    if one.schedule.page == other.schedule.page and one.session.span == other.session.span:
        return True
    forms = (format_of(one.session, event), format_of(other.session, event))
    return all(form is not None and form.shared for form in forms)
