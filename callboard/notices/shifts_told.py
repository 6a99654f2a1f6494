"""What facilitators know of their sessions: the place they signed up for, or the one that they were told last.

What they were told is read from the keys of the notices, so it is known with a new ledger too; the place at first sight is
remembered by the ledger and by the report page. `2 2021-05-22T17:00Z Room 1` is the second thing told, by its kind a new place
or that the session, which was to be there, is gone.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from callboard.config import Event
from callboard.model import Notice, Schedule, SeenSession, SeenShift, Session
from callboard.notices.telling import accounts_of, occasion_of, slug_of, subject, when
from callboard.snapshot import Snapshot

CHANGED, CANCELLED = "shift_changed", "shift_cancelled"
GRACE = timedelta(minutes=15)  # a session that somebody moves in two edits is gone for some minutes
NO_GRACE = timedelta(hours=2)  # before the start
STALE = timedelta(hours=24)  # nobody needs to know that a session of last week is gone
Whose = tuple[str, str]  # the session's name in keys, the person


@dataclass(frozen=True, slots=True)
class Place:
    """When and where a session is; `room` is empty if the page names none."""

    start: datetime
    room: str

    @property
    def as_key(self) -> str:
        """As a part of an occasion, and as the wiki stores it."""
        return unicodedata.normalize("NFC", f"{occasion_of(self.start)} {self.room}".strip())

    def differs(self, other: "Place") -> bool:
        """Another start or another room; a room that a page does not name is not another one."""
        rooms = [unicodedata.normalize("NFC", room) for room in (self.room, other.room)]
        return self.start != other.start or (all(rooms) and rooms[0] != rooms[1])

    def told(self, event: Event) -> str:
        """For people: Saturday, 22 May 2021, 14:00 (UTC), Room 1."""
        return ", ".join(filter(None, (when(event, self.start), self.room)))


@dataclass(frozen=True, slots=True)
class Told:
    """What a facilitator knows: the number of things told so far, the last place, and whether that is gone."""

    number: int
    place: Place
    gone: bool = False


def place_of(session: Session) -> Place | None:
    """Where a session is; None if its time cannot be read."""
    return Place(session.start, session.room or "") if session.start else None


def facilitated(snapshot: Snapshot, schedules: Iterable[Schedule]) -> dict[Whose, Session | None]:
    """The session of each facilitator; None where its time is not clear, or others of its name stand elsewhere."""
    named = [session for page in schedules for session in page.sessions if session.title or session.tasks]
    places: defaultdict[str, set[Place | None]] = defaultdict(set)
    for session in named:
        places[subject(session)].add(place_of(session))
    return {
        (name, person): session if len(places[name]) == 1 and place_of(session) else None
        for session in named
        for person in accounts_of(snapshot, session.facilitators)
        if (name := subject(session))
    }


def name_of(session: SeenSession) -> str:
    """The name in keys of a session that was seen."""
    return session.tasks[0] if session.tasks else slug_of(session.title)


def told_last(snapshot: Snapshot) -> dict[str, Told]:
    """The last thing that each facilitator was told, by what their keys have in common."""
    last: dict[str, Told] = {}
    for key in snapshot.sent:
        event, _, rest = key.partition("/")
        whose, _, what = rest.partition("/")
        kind, _, occasion = what.partition("/")
        if event == snapshot.event.slug and kind in {CHANGED, CANCELLED}:
            told = _told(unquote(occasion), gone=kind == CANCELLED)
            if told and (whose not in last or last[whose].number < told.number):
                last[whose] = told
    return last


def _told(occasion: str, *, gone: bool) -> Told | None:
    number, _, place = occasion.partition(" ")
    start, _, room = place.partition(" ")
    try:
        at = datetime.strptime(start, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        return Told(int(number), Place(at, room), gone)
    except ValueError:  # nothing that this version wrote
        return None


def key_part(event: Event, whose: Whose) -> str:
    """`T900001@Ada`: what the keys of a facilitator's notices of one session have in common."""
    nothing = datetime.min.replace(tzinfo=UTC)
    return Notice(event.slug, CHANGED, whose[0], "x", whose[1], nothing, nothing).key.split("/")[1]


class Known:
    """Answers what each facilitator knows of a session."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._told: Mapping[str, Told] = told_last(snapshot)
        self.shifts = {(name_of(one.session), one.person): one for one in snapshot.last.shifts}

    def of(self, whose: Whose) -> Told | None:
        """None if the bot does not know: then the session is where they signed up."""
        told = self._told.get(key_part(self._snapshot.event, whose))
        shift = self.shifts.get(whose)
        if shift is None:
            return None if self._snapshot.last.known else told
        if told and told.number > shift.told:
            return told
        return Told(max(shift.told, told.number if told else 0), Place(shift.start, shift.room))

    def number(self, whose: Whose) -> int:
        """How many things they were told of the session so far."""
        told = self._told.get(key_part(self._snapshot.event, whose))
        return told.number if told else 0


def shifts_seen(
    snapshot: Snapshot, schedules: Iterable[Schedule], sessions: Iterable[SeenSession]
) -> tuple[SeenShift, ...]:
    """What to remember of facilitators: those who stand there, and those whose session is gone or unclear for now."""
    if not any(rule.enabled and rule.kind in {CHANGED, CANCELLED} for rule in snapshot.event.notice):
        return ()
    known = Known(snapshot)
    there = facilitated(snapshot, schedules)
    seen = {name_of(session): replace(session, line=1) for session in sessions}
    found = list(_standing(known, there, seen))
    for whose, shift in known.shifts.items():
        lost = whose[0] not in seen and shift.start > snapshot.now - STALE
        if lost or (whose in there and there[whose] is None):
            found.append(shift)
    return tuple(sorted(found, key=lambda one: (one.start, name_of(one.session), one.person)))


def _standing(
    known: Known, there: Mapping[Whose, Session | None], seen: Mapping[str, SeenSession]
) -> Iterator[SeenShift]:
    for whose, session in there.items():
        place = place_of(session) if session else None
        if place is None:
            continue
        shift = known.shifts.get(whose) or SeenShift(
            seen[whose[0]], whose[1], place.start, place.room, known.number(whose)
        )
        yield replace(shift, session=seen[whose[0]])
