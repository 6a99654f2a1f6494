"""Entries, sessions and events for tests of the cover, written in a line each."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from callboard.config import Event
from callboard.cover import Cover, cover
from callboard.model import (
    Account,
    Coming,
    Facilitation,
    Person,
    PersonForm,
    Schedule,
    Session,
    SignUp,
    SignUps,
)
from callboard.model.cover import Stretch
from callboard.wikitext.edits import Span
from tests.snapshots import event as plain_event

DAY = datetime(2021, 5, 22, tzinfo=UTC)
NOWHERE = Span(0, 0)
CHAT: dict[str, Any] = {"role": "Chat watch", "from": "08:00", "to": "12:00", "days": ["2021-05-22"]}
SESSIONS: dict[str, Any] = {"facilitators": 1}


def at(hour: float) -> datetime:
    """An hour of the second day; 25 is one at night on the third."""
    return DAY + timedelta(hours=hour)


def event(*needs: dict[str, Any], **parts: Any) -> Event:
    """The event with these needs."""
    return plain_event(need=list(needs), pages={"signups": ["Helpers"], "schedule": ["Schedule"]}, **parts)


def entry(user: str | None, *hours: tuple[float, float], role: str = "Chat watch", **parts: Any) -> SignUp:
    """`:* Ada (8–12)`"""
    told = tuple((at(start), at(end)) for start, end in hours)
    return SignUp(user, role, parts.pop("line", 1), NOWHERE, availability=told or None, **parts)


def table(
    user: str, start: float, end: float, room: str | None = None, *, role: str = "Chat watch", line: int = 1
) -> SignUp:
    """A slot of a table."""
    return entry(user, (start, end), role=role, firm=True, room=room, line=line)


def maybe(user: str, *hours: tuple[float, float]) -> SignUp:
    """An entry in the list of those who may come."""
    return entry(user, *hours, coming=Coming.MAYBE)


def session(
    title: str,
    start: float | None = 9,
    end: float | None = 10,
    *,
    room: str = "Hacking room 1",
    facilitators: Sequence[str] | None = (),
    owners: Sequence[str] = (),
    **parts: Any,
) -> Session:
    """A session; facilitators None: its row has no mark; none named: the mark is open."""

    def people(names: Sequence[str]) -> tuple[Person, ...]:
        return tuple(Person(name, PersonForm.LINK, NOWHERE) for name in names)

    mark = None
    if facilitators is not None:
        mark = Facilitation(NOWHERE, NOWHERE, NOWHERE, people(facilitators), open=not facilitators)
    begins, ends = (None if hour is None else at(hour) for hour in (start, end))
    return Session(title, begins, ends, (room,), people(owners), (), 1, NOWHERE, mark, **parts)


def covered(of: Event, *what: SignUp | Session) -> Cover:
    """The cover by these entries and sessions."""
    entries = tuple(one for one in what if isinstance(one, SignUp))
    sessions = tuple(one for one in what if isinstance(one, Session))
    return cover(
        of,
        [Schedule("Schedule", "", "grid", sessions)],
        [SignUps("Helpers", "", "roles", entries)],
    )


def told(stretches: Sequence[Stretch]) -> list[tuple[float, float, str, int]]:
    """From, to, who is there, how many are missing; hours of the second day."""
    hour = timedelta(hours=1)
    return [
        (
            (one.start - DAY) / hour,
            (one.end - DAY) / hour,
            " ".join(shift.person for shift in one.there),
            one.missing,
        )
        for one in stretches
    ]


def accounts(*names: str) -> dict[str, Account]:
    """These accounts exist."""
    return {name: Account(name, exists=True) for name in names}
