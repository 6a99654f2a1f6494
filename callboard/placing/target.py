"""Which free slot is meant, and how far it reaches: one place on the pages, or a refusal that says what is there instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import FreeSlot, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import place_of, where
from callboard.placing.slot_text import SlotAsked
from callboard.slots.gaps import MOMENT, Gap, gaps
from callboard.wikitext.links import people
from callboard.wikitext.structure import Protected
from callboard.wikitext.tasks import tasks

_NEAR = 6  # free slots listed in a refusal


@dataclass(frozen=True, slots=True)
class Target:
    """When and where a session will be; the slots are those that it fills, several where it is longer than a grid's row."""

    page: Schedule
    start: datetime
    end: datetime | None  # None where the page does not say
    room: str | None
    slots: tuple[FreeSlot, ...] = ()
    doubt: str = ""  # why it does not really fit


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


@dataclass(frozen=True, slots=True)
class Near:
    """What is free near a slot that cannot be had: ahead of `now`, and long enough for the session."""

    schedules: Sequence[Schedule]
    event: Event
    now: datetime | None = None
    minutes: int | None = None

    def refusal(self, asked: SlotAsked, why: str = "") -> NotPlaced:
        """Why it cannot be there, and the nearest free slots: those of the room that was asked for first, in order of time."""
        aim = asked.starts[0]

        def distance(gap: Gap) -> tuple[bool, timedelta]:
            return gap.room not in asked.rooms, abs(gap.start - aim)

        free = [
            gap
            for gap in gaps(self.schedules, self.event, after=self.now)
            if self.minutes is None or gap.takes(self.minutes)
        ]
        nearest = sorted(sorted(free, key=distance)[:_NEAR], key=lambda gap: (gap.start, gap.room or ""))
        why = why or f"the schedule has no slot {asked.text!r}"
        if not nearest:
            long = f" of {self.minutes} minutes" if self.minutes else ""
            return NotPlaced(f"{why}\nThe schedule has no free slot{long}{' ahead' if self.now else ''}.")
        longer = f", {self.minutes} minutes or longer" if self.minutes else ""
        listed = (f"  {told(self.event, gap.start, gap.end, gap.room)}" for gap in nearest)
        return NotPlaced("\n".join([why, f"Free near it{longer}:", *listed]))


def choose(
    schedules: Sequence[Schedule], asked: SlotAsked, near: Near, leaving: Session | None = None
) -> tuple[Schedule, FreeSlot] | Bare:
    """The one free slot that a text means; raises NotPlaced with what is there, or what is free near it.

    Of the readings of the text those count at which the pages have a place, free or taken.
    """
    rooms = set(asked.rooms)
    for starts in ((asked.literal,) if asked.literal else (), asked.starts):
        free = [
            (page, slot)
            for page in schedules
            for slot in page.free_slots
            if slot.start in starts and (slot.room in rooms if rooms else slot.room is None)
        ]
        held = [
            (page, session)
            for page in schedules
            for session in page.sessions
            if replace(asked, starts=starts).means(session)
        ]
        if free or held:
            break
    meanings = {(slot.start, slot.room) for _, slot in free}
    meanings |= {(session.start, room) for _, session in held for room in rooms & set(session.rooms)}
    if len(meanings) > 1:
        listed = (told(near.event, at, None, room) for at, room in sorted(meanings, key=str) if at)
        raise NotPlaced(
            "\n  ".join(
                [f"slot {asked.text!r} has several meanings; name day, time and room of one:", *listed]
            )
        )
    if len(free) > 1:
        lines = ", ".join(where(page, slot.span.start) for page, slot in free)
        raise NotPlaced(f"slot {asked.text!r} stands in several places ({lines}): correct the page first")
    if free:
        return free[0]
    certain = len(asked.starts) == len(rooms) == 1
    if not held and certain and (over := in_the_way(schedules, asked.rooms[0], asked.starts[0])):
        held = [over]
    if held:
        page, session = held[0]
        at = where(page, session.span.start)
        task = f" ({session.tasks[0].task})" if session.tasks else ""
        why = f"slot {asked.text!r} is taken by “{session.title}”{task}: {at}"
        if session is leaving:
            why = f"the session stands in {asked.text!r} already ({at})"
        raise near.refusal(asked, why)
    if certain:
        return Bare(asked.starts[0], asked.rooms[0])
    raise near.refusal(asked)


def in_the_way(
    schedules: Iterable[Schedule], room: str, start: datetime, end: datetime | None = None
) -> tuple[Schedule, Session] | None:
    """The first session that is in the room at that moment, or up to the end."""
    for page in schedules:
        for session in page.sessions:
            begins = session.start if room in session.rooms else None
            if begins and begins < (end or start + MOMENT) and (session.end or begins + MOMENT) > start:
                return page, session
    return None


def reaching(page: Schedule, slot: FreeSlot, asked: SlotAsked, near: Near) -> Target:
    """The slot, and as many free cells below it as the session needs, or reach to the end that was asked for.

    With a doubt where they are not enough, and where the end takes other cells than the session needs.
    """
    target = _reaching(page, slot, near.minutes, near.event)
    if asked.minutes is None:
        return target
    wanted = _reaching(page, slot, asked.minutes, near.event)
    if wanted.slots == target.slots or wanted.doubt:
        return wanted
    return replace(wanted, doubt=disagreement(asked, near))


def disagreement(asked: SlotAsked, near: Near) -> str:
    """Why the length in the text about the slot is to be confirmed: the session's own is another one; empty if it is not."""
    if not asked.minutes or not near.minutes or asked.minutes == near.minutes:
        return ""
    return f"{asked.text!r} are {asked.minutes} minutes, and the session needs {near.minutes}"


def _reaching(page: Schedule, slot: FreeSlot, minutes: int | None, event: Event) -> Target:
    assert slot.start  # noqa: S101 -- only dated slots are chosen
    run, needed = [slot], timedelta(minutes=minutes or 0)
    _check_free(page, slot)
    for below in _below(page, slot):
        if not run[-1].end or run[-1].end - slot.start >= needed:
            break
        _check_free(page, below)
        run.append(below)
    end = run[-1].end
    if end is None or end - slot.start >= needed:
        return Target(page, slot.start, end, slot.room, tuple(run))
    has = int((end - slot.start) / timedelta(minutes=1))
    doubt = f"the session needs {minutes} minutes, and {told(event, slot.start, end, slot.room)} has {has}"
    return Target(page, slot.start, slot.end, slot.room, (slot,), doubt)


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
    at = where(page, span.start)
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
