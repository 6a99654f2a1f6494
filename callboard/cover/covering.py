"""How needs and shifts fit: each need cut into stretches wherever who is there changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.cover.hours import total, without
from callboard.cover.needs import needs, role_names, slot_of
from callboard.cover.shifts import (
    facilitations,
    first_timers,
    helpers_shifts,
    sessions_by_person,
    unclear_entries,
    volunteers,
)
from callboard.model import Schedule, SignUps
from callboard.model.cover import Cover, Interval, Need, Shift, Stretch

Part = tuple[datetime, datetime, Shift]  # when somebody is there for a need


def cover(event: Event, schedules: Sequence[Schedule], signups: Sequence[SignUps]) -> Cover:
    """What the event needs, who is there, and what is missing, of pages that were read whole."""
    novices, roles = first_timers(signups, event), role_names(event)
    shifts = (
        *facilitations(schedules, event, novices),
        *helpers_shifts(signups, roles, novices),
    )
    wanted = needs(event, schedules)
    busy = sessions_by_person(schedules, event)
    stretches = _stretches(wanted, shifts, busy)
    return Cover(
        wanted,
        shifts,
        stretches,
        _hours(shifts, stretches),
        volunteers(signups, shifts, roles, novices),
        busy,
        unclear_entries(signups, roles),
    )


def _stretches(
    wanted: Sequence[Need], shifts: Sequence[Shift], busy: Mapping[str, Sequence[Interval]]
) -> tuple[Stretch, ...]:
    firm: defaultdict[str, list[Shift]] = defaultdict(list)
    by_role: defaultdict[str, list[Part]] = defaultdict(list)
    by_slot: defaultdict[object, list[Part]] = defaultdict(list)
    for shift in shifts:
        if shift.session:
            by_slot[slot_of(shift.session)].append((shift.start, shift.end, shift))
        elif shift.firm:
            firm[shift.person].append(shift)
    for shift in shifts:
        if not shift.session:
            by_role[shift.role] += _free(shift, firm[shift.person], busy.get(shift.person, ()))
    return tuple(stretch for need in wanted for stretch in cut(need, _parts(need, by_slot, by_role)))


def _parts(need: Need, by_slot: Mapping[object, list[Part]], by_role: Mapping[str, list[Part]]) -> list[Part]:
    """Who is there for a need at some time; a room's slot in a table of rooms and hours names no role."""
    if need.session:
        return by_slot.get(slot_of(need.session), [])
    if need.room is None:
        return by_role.get(need.role, [])
    of_rooms = [*by_role.get(need.role, ()), *by_role.get("", ())]
    return [part for part in of_rooms if part[2].room == need.room]


def _free(shift: Shift, firm: Iterable[Shift], sessions: Sequence[Interval]) -> list[Part]:
    """When somebody is really there: not while they run a session; an offer not while they have a slot elsewhere."""
    elsewhere = [
        (other.start, other.end)
        for other in firm
        if not shift.firm and (other.role, other.room) != (shift.role, shift.room)
    ]
    left = without([(shift.start, shift.end)], [*sessions, *elsewhere])
    return [(start, end, shift) for start, end in left]


def cut(need: Need, parts: Iterable[Part]) -> list[Stretch]:
    """The need from start to end, in order: a new stretch wherever the people who are there change."""
    parts = [part for part in parts if part[0] < need.end and part[1] > need.start]
    changes: defaultdict[datetime, list[tuple[int, Shift]]] = defaultdict(list)
    changes[need.end] = []
    for start, end, shift in parts:
        changes[max(start, need.start)].append((1, shift))
        changes[min(end, need.end)].append((-1, shift))
    out: list[Stretch] = []
    there: list[Shift] = []
    at, now = need.start, _people(there)
    for moment in sorted(changes):
        if moment > at:
            if out and [one.person for one in out[-1].there] == [one.person for one in now]:
                out[-1] = Stretch(need, out[-1].start, moment, out[-1].there)
            else:
                out.append(Stretch(need, at, moment, now))
        for step, shift in changes[moment]:
            there.append(shift) if step > 0 else there.remove(shift)
        at, now = moment, _people(there)
    return out


def _people(there: Iterable[Shift]) -> tuple[Shift, ...]:
    """Each person once, by name; of their shifts a firm one rather than an offer."""
    by_name: dict[str, Shift] = {}
    for shift in sorted(there, key=lambda one: (not one.firm, one.page, one.line)):
        by_name.setdefault(shift.person, shift)
    return tuple(by_name[name] for name in sorted(by_name))


def _hours(shifts: Iterable[Shift], stretches: Iterable[Stretch]) -> dict[str, timedelta]:
    found: defaultdict[str, list[Interval]] = defaultdict(list)
    for shift in shifts:
        if shift.firm:
            found[shift.person].append((shift.start, shift.end))
    for stretch in stretches:
        for shift in stretch.there:
            found[shift.person].append((stretch.start, stretch.end))
    return {person: total(found[person]) for person in sorted(found)}
