"""Where there is room: free slots of one room joined in time, without what is taken, what is over, and when an owner is busy."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from callboard.model import FreeSlot, Proposal, Schedule, Session

Interval = tuple[datetime, datetime]


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


def gaps(schedules: Iterable[Schedule], *, after: datetime | None = None) -> list[Gap]:
    """All gaps by room and time: neighbouring free slots are one gap, and a session there, a plenary too, cuts it.

    Slots at 14:00–14:30 and 14:30–15:00 are one gap of an hour. With `after`, those that began before it are left out.
    """
    schedules = list(schedules)
    taken = [session for schedule in schedules for session in schedule.sessions]
    found = [
        piece
        for schedule in schedules
        for gap in _joined(schedule)
        for piece in without(gap, _in_room(gap.room, taken))
    ]
    known = [gap for gap in found if after is None or gap.start >= after]
    return sorted(known, key=lambda gap: (gap.start, gap.room or "", gap.page))


def _in_room(room: str | None, sessions: Iterable[Session]) -> Iterator[Interval]:
    """When sessions fill a room."""
    for session in sessions:
        if session.start is not None and room in session.rooms:
            yield session.start, session.end or session.start + timedelta(minutes=1)


def _joined(schedule: Schedule) -> Iterator[Gap]:
    dated = [(slot.room or "", slot.start, slot.span, slot) for slot in schedule.free_slots if slot.start]
    run: list[FreeSlot] = []
    for *_, slot in sorted(dated, key=lambda one: one[:3]):
        last = run[-1] if run else None
        if last and (
            last.room != slot.room or last.end is None or last.end != slot.start or last.table != slot.table
        ):
            yield _gap(schedule.page, run)
            run = []
        run.append(slot)
    if run:
        yield _gap(schedule.page, run)


def _gap(page: str, run: Sequence[FreeSlot]) -> Gap:
    assert run[0].start  # noqa: S101 -- only slots with a start come here
    return Gap(page, run[0].room, run[0].start, run[-1].end, tuple(run))


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


def commitments(proposal: Proposal, schedules: Iterable[Schedule]) -> list[Interval]:
    """When the proposal's verified owners own or facilitate another session."""
    owners = set(proposal.owners)
    return [
        (session.start, session.end or session.start + timedelta(minutes=1))
        for schedule in schedules
        for session in schedule.sessions
        if session.start
        and all(ref.task != proposal.task for ref in session.tasks)
        and owners & {person.name for person in (*session.owners, *session.facilitators)}
    ]


def for_proposal(gap: Gap, proposal: Proposal, busy: Iterable[Interval]) -> Iterator[Gap]:
    """The parts of a gap in which the owners are not busy, and available if their task says when they are."""
    for free in without(gap, busy):
        if proposal.available is None:
            yield free
            continue
        for start, end in proposal.available:
            if free.end is None:
                if start <= free.start < end:
                    yield free
            elif (first := max(start, free.start)) < (last := min(end, free.end)):
                yield free if (first, last) == (free.start, free.end) else _part(free, first, last)
