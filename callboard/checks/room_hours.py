"""A session in a room that is closed at that time (`opens` and `closes` of a `[[room]]`)."""

from collections.abc import Iterator
from datetime import time

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of, when
from callboard.config_tables import Room
from callboard.model import Problem, Severity
from callboard.slots.opening import open_hours, outside, room_closed


def _hours(room: Room) -> str:
    opens, closes = room.opens or time(0, 0), room.closes or time(0, 0)
    return f"{opens:%H:%M}–{closes:%H:%M}"


@check("room-hours")
def room_hours(seen: Seen) -> Iterator[Problem]:
    """Nothing is said of a session outside the event's own hours; off-days does that."""
    event = seen.snapshot.event
    rooms = {room.name.casefold(): room for room in event.room if room.opens or room.closes}
    if not rooms:
        return
    hours = open_hours(event)
    for row in sessions_of(seen.schedules):
        session = row[1]
        known = [rooms[name.casefold()] for name in session.rooms if name.casefold() in rooms]
        closed = [room for room in known if room_closed(session, room, event)]
        if not closed or outside(session, hours):
            continue
        told = ", ".join(f"{room.name} ({_hours(room)})" for room in closed)
        message = (
            f"{when(session.start, session.end, event)} is outside the hours of {told};"
            " correct the time, move the session, or correct the hours in the event file"
        )
        yield problem_at(row, "room-hours", Severity.WARNING, message)
