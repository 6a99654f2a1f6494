"""Which free slot is meant, and how far it reaches: one place on the pages, or a refusal that says what is there instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callboard.checks.lengths import format_named
from callboard.config import Event
from callboard.model import FreeSlot, Proposal, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import place_of, where
from callboard.placing.gaps import Gap, gaps
from callboard.placing.slot_text import SlotAsked
from callboard.wikitext.links import people
from callboard.wikitext.structure import Protected
from callboard.wikitext.tasks import tasks

_NEAR = 6  # free slots listed in a refusal


@dataclass(frozen=True, slots=True)
class Target:
    """The slots that a session will fill, from its start on; several where it is longer than one row of a grid."""

    page: Schedule
    slots: tuple[FreeSlot, ...]
    doubt: str = ""  # why it does not really fit

    @property
    def start(self) -> datetime:
        """When it begins."""
        assert self.slots[0].start  # noqa: S101 -- only dated slots are chosen
        return self.slots[0].start

    @property
    def end(self) -> datetime | None:
        """When it ends, where the page says so."""
        return self.slots[-1].end

    @property
    def room(self) -> str | None:
        """Where it is."""
        return self.slots[0].room


@dataclass(frozen=True, slots=True)
class Bare:
    """A time in a room for which the page has no free slot, and nothing else either: a row may be put in."""

    start: datetime
    room: str


def told(event: Event, start: datetime, end: datetime | None, room: str | None = None) -> str:
    """`2021-05-22 14:00–14:55 CEST, Hacking room 1`, in the event's zone and as `read_slot` reads it."""
    here = start.astimezone(event.zone)
    zone = here.tzname() or ""
    until = f"–{end.astimezone(event.zone):%H:%M}" if end else ""
    named = zone if zone.isalpha() else f"UTC{zone}"  # a zone without a name is "-03"
    return f"{here:%Y-%m-%d %H:%M}{until} {named}{f', {room}' if room else ''}"


def minutes_of(proposal: Proposal, event: Event) -> int | None:
    """How long the session is to be: as approved, as the task says, or as its format is."""
    approved = next((one.minutes for one in event.approved if one.task == proposal.task), None)
    if approved or proposal.minutes:
        return approved or proposal.minutes
    form = format_named(event, proposal.format or "")
    return form.minutes if form else None


@dataclass(frozen=True, slots=True)
class Near:
    """What is free near a slot that cannot be had: ahead of `now`, and long enough for the session."""

    schedules: Sequence[Schedule]
    event: Event
    now: datetime | None = None
    minutes: int | None = None

    def told(self, asked: SlotAsked) -> str:
        """The nearest free slots, those of the room that was asked for first, in lines in order of time."""
        aim = asked.starts[0]

        def distance(gap: Gap) -> tuple[bool, timedelta]:
            return gap.room not in asked.rooms, abs(gap.start - aim)

        free = [
            gap
            for gap in gaps(self.schedules, self.event, after=self.now)
            if self.minutes is None or gap.takes(self.minutes)
        ]
        nearest = sorted(sorted(free, key=distance)[:_NEAR], key=lambda gap: (gap.start, gap.room or ""))
        long = f" of {self.minutes} minutes" if self.minutes else ""
        if not nearest:
            return f"The schedule has no free slot{long}{' ahead' if self.now else ''}."
        longer = f", {self.minutes} minutes or longer" if self.minutes else ""
        return f"Free near it{longer}:\n" + "\n".join(
            f"  {told(self.event, gap.start, gap.end, gap.room)}" for gap in nearest
        )


def choose(
    schedules: Sequence[Schedule], asked: SlotAsked, near: Near, leaving: Session | None = None
) -> tuple[Schedule, FreeSlot] | Bare:
    """The one free slot that a text means; raises NotPlaced with what is there, or what is free near it.

    Of the readings of the text those count at which the pages have a place, free or taken.
    """
    free = [
        (page, slot)
        for page in schedules
        for slot in page.free_slots
        if slot.start in asked.starts and _fits(slot.room, asked)
    ]
    held = [
        (page, session)
        for page in schedules
        for session in page.sessions
        if session.start in asked.starts and set(session.rooms) & set(asked.rooms)
    ]
    if asked.literal and asked.literal in {
        *(slot.start for _, slot in free),
        *(session.start for _, session in held),
    }:
        free = [one for one in free if one[1].start == asked.literal]
        held = [one for one in held if one[1].start == asked.literal]
    meanings = {(slot.start, slot.room) for _, slot in free}
    meanings |= {
        (session.start, room) for _, session in held for room in session.rooms if room in asked.rooms
    }
    if len(meanings) > 1:
        listed = "\n".join(
            f"  {told(near.event, start, None, room)}" for start, room in sorted(meanings, key=str) if start
        )
        raise NotPlaced(
            f"slot {asked.text!r} has several meanings; name day, time and room of one:\n{listed}"
        )
    if len(free) > 1:
        lines = ", ".join(where(page.text, page.page, slot.span.start) for page, slot in free)
        raise NotPlaced(f"slot {asked.text!r} stands in several places ({lines}): correct the page first")
    if free:
        return free[0]
    if held:
        raise NotPlaced(_taken(held, asked, leaving) + "\n" + near.told(asked))
    if len(asked.starts) == len(asked.rooms) == 1:
        if over := _over(schedules, asked.starts[0], asked.rooms[0]):
            raise NotPlaced(f"{_taken([over], asked, leaving)}\n{near.told(asked)}")
        return Bare(asked.starts[0], asked.rooms[0])
    raise NotPlaced(f"the schedule has no slot {asked.text!r}\n{near.told(asked)}")


def _fits(room: str | None, asked: SlotAsked) -> bool:
    return room in asked.rooms or (room is None and not asked.rooms)


def _over(schedules: Iterable[Schedule], at: datetime, room: str) -> tuple[Schedule, Session] | None:
    """The session that is in the room at that moment, begun before it."""
    for page in schedules:
        for session in page.sessions:
            if session.start and session.end and session.start <= at < session.end and room in session.rooms:
                return page, session
    return None


def _taken(held: Sequence[tuple[Schedule, Session]], asked: SlotAsked, leaving: Session | None) -> str:
    page, session = held[0]
    if session is leaving:
        return f"the session stands in {asked.text!r} already ({where(page.text, page.page, session.span.start)})"
    task = f" ({session.tasks[0].task})" if session.tasks else ""
    return f"slot {asked.text!r} is taken by “{session.title}”{task}: {where(page.text, page.page, session.span.start)}"


def reaching(page: Schedule, slot: FreeSlot, asked: SlotAsked, near: Near) -> Target:
    """The slot, and as many free cells below it as the session needs, or reach to the end that was asked for.

    With a doubt where they are not enough, and where the end takes other cells than the session needs.
    """
    target = _reaching(page, slot, near.minutes, near.event)
    if asked.minutes is None:
        return target
    wanted = _reaching(page, slot, asked.minutes, near.event)
    return (
        wanted
        if wanted.slots == target.slots
        else replace(wanted, doubt=wanted.doubt or disagreement(asked, near))
    )


def disagreement(asked: SlotAsked, near: Near) -> str:
    """Why the length in the text about the slot is to be confirmed: the session's own is another one; empty if it is not."""
    if not asked.minutes or not near.minutes or asked.minutes == near.minutes:
        return ""
    return f"{asked.text!r} are {asked.minutes} minutes, and the session needs {near.minutes}"


def _reaching(page: Schedule, slot: FreeSlot, minutes: int | None, event: Event) -> Target:
    run = [slot]
    _check_free(page, slot)
    needed = timedelta(minutes=minutes or 0)
    for below in _below(page, slot):
        if not slot.start or not run[-1].end or run[-1].end - slot.start >= needed:
            break
        _check_free(page, below)
        run.append(below)
    end = run[-1].end
    if minutes and slot.start and end and end - slot.start < needed:
        has = int((end - slot.start) / timedelta(minutes=1))
        return Target(
            page,
            (slot,),
            f"the session needs {minutes} minutes, and {told(event, slot.start, end, slot.room)} has {has}",
        )
    return Target(page, tuple(run))


def _below(page: Schedule, slot: FreeSlot) -> Iterator[FreeSlot]:
    """The free cells straight below a slot in its column, each beginning when the one above ends."""
    here = place_of(page.text, slot.span)
    if here is None or slot.layout not in {"", "grid"}:
        return
    others = {other.span: other for other in page.free_slots if other.room == slot.room}
    by_place = {
        (p.placed.row, p.placed.column): p
        for other in others.values()
        if (p := place_of(page.text, other.span)) and p.number == here.number
    }
    last = slot
    while here and (here := by_place.get((here.placed.row + here.placed.height, here.placed.column))):
        below = others[here.cell.content]
        if here.placed.width > 1 or below.start != last.end:
            return
        yield below
        last = below


def _check_free(page: Schedule, slot: FreeSlot) -> None:
    """Raises NotPlaced where a free slot holds more than words that it is free."""
    text, span = page.text, slot.span
    at = where(text, page.page, span.start)
    if people(text, span) or tasks(text, span):
        raise NotPlaced(
            f"{at}: the slot names somebody or a task ({span.of(text).strip()!r}): look at it by hand"
        )
    if "<!--" in span.of(text) or Protected(text).holds(span):
        raise NotPlaced(
            f"{at}: the slot holds a comment or stands in a part to translate: put the session in by hand"
        )
    place = place_of(text, slot.span)
    if place and place.placed.width > 1:
        raise NotPlaced(f"{at}: this free cell reaches over several rooms; split it first")
