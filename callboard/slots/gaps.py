"""Where there is room: free slots of one room joined in time, without sessions, breaks, closed hours, and when an owner is busy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Coming, FreeSlot, Proposal, Schedule, SignUps
from callboard.slots.opening import room_hours

Interval = tuple[datetime, datetime]
MOMENT = timedelta(minutes=1)  # what fills a room at least, where nobody says until when
_SHIFT = timedelta(
    hours=4
)  # who offers help for longer is there in general, and may well hold a session in between


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which a room is free, in UTC; `end` is None where the page does not say until when."""

    page: str
    room: str | None
    start: datetime
    end: datetime | None
    slots: tuple[FreeSlot, ...] = ()  # those that lie in it as a whole, in order

    @property
    def length(self) -> timedelta | None:
        """How long it is, if its end is known."""
        return self.end - self.start if self.end else None

    def takes(self, minutes: int) -> bool:
        """Whether a session of this length fits; one without an end is long enough for all that anybody knows."""
        return self.length is None or self.length >= timedelta(minutes=minutes)


def gaps(schedules: Iterable[Schedule], event: Event, *, after: datetime | None = None) -> list[Gap]:
    """All gaps by room and time: neighbouring free slots are one gap.

    A session there, a plenary too, a break and the hours in which the room is closed cut it. Slots at 14:00–14:30 and
    14:30–15:00 are one gap of an hour. With `after`, those that began before it are left out.
    """
    schedules = list(schedules)
    found = [
        piece
        for schedule in schedules
        for gap in _joined(schedule)
        for piece in without(gap, [*_in_room(gap, schedules), *_closed(gap, event)])
    ]
    known = [gap for gap in found if after is None or gap.start >= after]
    return sorted(known, key=lambda gap: (gap.start, gap.room or "", gap.page))


def _in_room(gap: Gap, schedules: Iterable[Schedule]) -> Iterator[Interval]:
    """When sessions or breaks fill the gap's room; a break without a room holds for the rooms of its page."""
    for schedule in schedules:
        for session in schedule.sessions:
            if session.start is not None and gap.room in session.rooms:
                yield session.start, session.end or session.start + MOMENT
        for pause in schedule.pauses:
            if gap.room in pause.rooms or (not pause.rooms and schedule.page == gap.page):
                yield pause.start, pause.end


def _closed(gap: Gap, event: Event) -> Iterator[Interval]:
    """When the gap's room is closed, within the gap."""
    room = next((room for room in event.room if room.name == gap.room), None)
    if room is None or (room.opens is None and room.closes is None):
        return
    days = {moment.astimezone(event.zone).date() for moment in (gap.start, gap.end or gap.start)}
    first = min(days) - timedelta(days=1)
    count = (max(days) - first).days + 1
    yield from _besides(gap, (room_hours(room, event, first + timedelta(days=n)) for n in range(count)))


def _besides(gap: Gap, possible: Iterable[Interval]) -> Iterator[Interval]:
    """The parts of a gap that lie in none of these times."""
    return ((one.start, one.end or one.start + MOMENT) for one in without(gap, possible))


def _joined(schedule: Schedule) -> Iterator[Gap]:
    """Free slots of one table and room that follow each other, as one."""
    dated = sorted(
        ((slot.room or "", slot.start, slot.span, slot) for slot in schedule.free_slots if slot.start),
        key=lambda one: one[:3],
    )
    gap: Gap | None = None
    for _, start, _, slot in dated:
        last = gap.slots[-1] if gap else None
        if gap and last and (last.room, last.end, last.table) == (slot.room, start, slot.table):
            gap = replace(gap, end=slot.end, slots=(*gap.slots, slot))
            continue
        if gap:
            yield gap
        gap = Gap(schedule.page, slot.room, start, slot.end, (slot,))
    if gap:
        yield gap


def without(gap: Gap, busy: Iterable[Interval]) -> Iterator[Gap]:
    """What is left of a gap; one without an end is dropped if anything lies at its start."""
    busy = sorted(busy)
    if gap.end is None:
        if not any(start <= gap.start < end for start, end in busy):
            yield gap
        return
    at = gap.start
    for start, end in busy:
        if start >= gap.end or end <= at:
            continue
        if start > at:
            yield _part(gap, at, start)
        at = max(at, end)
    if at < gap.end:
        yield gap if at == gap.start else _part(gap, at, gap.end)


def _part(gap: Gap, start: datetime, end: datetime) -> Gap:
    inside = (
        slot for slot in gap.slots if slot.start and slot.end and start <= slot.start and slot.end <= end
    )
    return Gap(gap.page, gap.room, start, end, tuple(inside))


def commitments(
    proposal: Proposal, schedules: Iterable[Schedule], signups: Iterable[SignUps] = ()
) -> list[Interval]:
    """When the proposal's verified owners own or facilitate another session, or are signed up for a shift of helping."""
    owners = set(proposal.owners)
    shifts = [(one.start, one.end) for one in _shifts(proposal, signups, Coming.YES)]
    return shifts + [
        (session.start, session.end or session.start + MOMENT)
        for schedule in schedules
        for session in schedule.sessions
        if session.start
        and any(person.name in owners for person in (*session.owners, *session.facilitators))
        and all(ref.task != proposal.task for ref in session.tasks)
    ]


@dataclass(frozen=True, slots=True)
class Helping:
    """A shift of helping that an owner took, or may take."""

    person: str
    role: str
    start: datetime
    end: datetime


def may_help(gap: Gap, proposal: Proposal, signups: Iterable[SignUps]) -> list[Helping]:
    """The shifts within a gap that the proposal's owners may take, as they said "maybe" in a list: they are to be asked."""
    found = set(_shifts(proposal, signups, Coming.MAYBE))
    meets = [one for one in found if one.end > gap.start and (gap.end is None or one.start < gap.end)]
    return sorted(meets, key=lambda one: (one.start, one.person, one.role))


def _shifts(proposal: Proposal, signups: Iterable[SignUps], coming: Coming) -> Iterator[Helping]:
    for page in signups:
        for entry in page.entries:
            if entry.user in proposal.owners and not entry.ambiguous and entry.coming is coming:
                for start, end in entry.availability or ():
                    if end - start <= _SHIFT:
                        yield Helping(entry.user, entry.role or entry.room or "", start, end)


def for_proposal(gap: Gap, proposal: Proposal, busy: Iterable[Interval]) -> Iterator[Gap]:
    """The parts of a gap in which the owners are not busy, and available if their task says when they are."""
    away = () if proposal.available is None else _besides(gap, proposal.available)
    return without(gap, [*busy, *away])
