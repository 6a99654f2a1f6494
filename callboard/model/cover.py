"""Who covers what: needs of helpers, shifts of people, and how they fit. Instants are UTC."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta

from callboard.model.schedule import Session
from callboard.model.signups import Coming
from callboard.values import value

Interval = tuple[datetime, datetime]


@value()
class Shift:
    """A person somewhere for a time: as a session's facilitator, in a table's slot, or as offered in a list."""

    person: str  # the account; where a mark names none, its words
    role: str
    start: datetime
    end: datetime
    firm: bool  # a facilitation mark or a table's slot; else what somebody offers
    page: str
    line: int
    session: Session | None = None  # which one is facilitated
    first_time: bool = False  # the person helps for the first time, as an entry of theirs says
    room: str | None = None


@value()
class Need:
    """So many people wanted in one role from start to end: on one day, or for one session."""

    role: str  # "Facilitation" for a session, unless the event file names a role for it
    start: datetime
    end: datetime
    people: int
    room: str | None = None
    session: Session | None = None


@value()
class Stretch:
    """The part of a need between two changes of who is there."""

    need: Need
    start: datetime
    end: datetime
    there: tuple[Shift, ...]  # each person once, by name

    @property
    def missing(self) -> int:
        """How many people are too few."""
        return max(0, self.need.people - len(self.there))

    @property
    def extra(self) -> int:
        """How many people are more than needed."""
        return max(0, len(self.there) - self.need.people)


@value()
class Volunteer:
    """Somebody who signed up, in lists or as a facilitator, and what they said of their hours."""

    person: str
    roles: tuple[str, ...]  # as the lists name them; none for those who only facilitate
    hours: tuple[Interval, ...]  # clear ones of all entries, joined
    unclear: bool = False  # some entry has hours that are not understood
    coming: Coming = Coming.YES
    first_time: bool = False
    facilitates: bool = False  # some session


@value()
class Cover:
    """Needs and shifts of an event, and how they fit: `stretches` follow the needs, each need from start to end."""

    needs: tuple[Need, ...] = ()
    shifts: tuple[Shift, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    hours: Mapping[str, timedelta] = field(
        default_factory=dict
    )  # per person, overlaps once: facilitation, slots of tables, and what needs take of offers
    volunteers: Mapping[str, Volunteer] = field(default_factory=dict)
    # When each person runs a session, as owner or facilitator; joined.
    sessions: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    unclear: Mapping[str, int] = field(default_factory=dict)  # entries with unclear hours, by a need's role

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """Where people are missing, by time."""
        found = [stretch for stretch in self.stretches if stretch.missing]
        return tuple(sorted(found, key=lambda gap: (gap.start, gap.need.role, gap.need.room or "", gap.end)))
