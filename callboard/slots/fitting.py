"""Which gaps are wanted: long enough, on the day, in the rooms of the format, while the owners can and have nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callboard.config import Event
from callboard.model import Proposal, Schedule, SignUps
from callboard.read.formats import format_named
from callboard.slots.gaps import Gap, commitments, for_proposal, gaps


@dataclass(frozen=True, slots=True)
class Choice:
    """Which free slots are wanted; what is None does not matter."""

    minutes: int | None = None
    day: date | None = None
    rooms: tuple[str, ...] = ()  # those that a person named; empty: every room that the proposal may have
    proposal: Proposal | None = None


def minutes_of(proposal: Proposal, event: Event) -> int | None:
    """How long the session is to be: as approved, as the task says, or as its format is."""
    approved = next((one.minutes for one in event.approved if one.task == proposal.task), None)
    if approved or proposal.minutes:
        return approved or proposal.minutes
    form = format_named(event, proposal.format or "")
    return form.minutes if form else None


def offers(
    schedules: Sequence[Schedule],
    event: Event,
    wanted: Choice,
    *,
    after: datetime | None = None,
    signups: Sequence[SignUps] = (),
) -> list[Gap]:
    """The gaps that fit, those in which the proposal's owners are busy or away taken out."""
    return fitting(gaps(schedules, event, after=after), schedules, event, wanted, now=after, signups=signups)


def fitting(
    found: list[Gap],
    schedules: Sequence[Schedule],
    event: Event,
    wanted: Choice,
    *,
    now: datetime | None = None,
    signups: Sequence[SignUps] = (),
) -> list[Gap]:
    """Those of the gaps of these schedules that fit."""
    if wanted.proposal:
        busy = commitments(wanted.proposal, schedules, signups)
        found = [part for gap in found for part in for_proposal(gap, wanted.proposal, busy)]
        # What a person asks for by name is theirs to decide.
        barred = frozenset() if wanted.rooms else _barred(wanted.proposal, event, now)
        found = [gap for gap in found if gap.room not in barred]
    return [
        gap
        for gap in found
        if (wanted.day is None or event.day_of(gap.start) == wanted.day)
        and (not wanted.rooms or gap.room in wanted.rooms)
        and (wanted.minutes is None or gap.takes(wanted.minutes))
    ]


def _barred(proposal: Proposal, event: Event, now: datetime | None) -> frozenset[str]:
    """Rooms in which its format is not held, and those whose programme is closed to proposals."""
    form = format_named(event, proposal.format or "")
    allowed = {room.casefold() for room in form.rooms} if form else set()
    return frozenset(
        room.name
        for room in event.room
        if not room.open
        or (now and room.closed_since and room.closed_since <= now)
        or (allowed and room.name.casefold() not in allowed)
    )
