"""Who could take a gap: people who signed up, are free then and have the fewest hours so far. Nobody is signed up here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from callboard.cover.hours import common, total, without
from callboard.cover.telling import length_told
from callboard.model import Account, Coming
from callboard.model.cover import Cover, Interval, Stretch, Volunteer
from callboard.recipients import why_not_told

Hours = Mapping[str, Sequence[Interval]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who could take a gap, or a part of it, and what speaks for it; `hours` is what they have so far."""

    person: str
    takes: tuple[Interval, ...]
    hours: timedelta
    reasons: tuple[str, ...]
    sure: bool  # they gave hours that contain it; else they must be asked whether they can


def shared_out(
    cover: Cover, gaps: Iterable[Stretch], accounts: Mapping[str, Account], *, away: Collection[str] = ()
) -> list[tuple[Stretch, tuple[Suggestion, ...]]]:
    """For each gap everybody who could take it, the best first: sure, of that role, for all of it, with the fewest hours, by name.

    Left out are people whose hours say otherwise or are unclear, who run a session or are needed elsewhere then, who have no
    account that takes messages, and those in `away`. A session is taken as a whole, other gaps also in parts. The gaps are
    shared out fairly: who comes first for one has these hours more for the next.
    """
    busy = _busy(cover)
    hours = dict(cover.hours)
    out = []
    for gap in gaps:
        found = _suggestions(replace(cover, hours=hours), gap, accounts, away, busy)
        out.append((gap, found))
        for one in found[: gap.missing]:
            hours[one.person] = one.hours + total(one.takes)
            busy[one.person] += one.takes
    return out


def _busy(cover: Cover) -> defaultdict[str, list[Interval]]:
    """When each person runs a session, has a slot in a table, or is one of no more people than a need has to have."""
    busy = defaultdict(list, {person: list(hours) for person, hours in cover.sessions.items()})
    for shift in cover.shifts:
        if shift.firm:
            busy[shift.person].append((shift.start, shift.end))
    for stretch in cover.stretches:
        if not stretch.extra:
            for shift in stretch.there:
                busy[shift.person].append((stretch.start, stretch.end))
    return busy


def _suggestions(
    cover: Cover,
    gap: Stretch,
    accounts: Mapping[str, Account],
    away: Collection[str],
    busy: Hours,
) -> tuple[Suggestion, ...]:
    there = {shift.person for shift in gap.there}
    found: list[tuple[tuple[object, ...], Suggestion]] = []
    for person, volunteer in cover.volunteers.items():
        if person in there or person in away or why_not_told(accounts.get(person)):
            continue
        takes = _takes(volunteer, gap, busy.get(person, ()))
        if takes:
            found.append(_rated(cover, volunteer, gap, takes))
    return tuple(suggestion for _, suggestion in sorted(found, key=lambda one: one[0]))


def _takes(volunteer: Volunteer, gap: Stretch, busy: Sequence[Interval]) -> tuple[Interval, ...]:
    """The parts of the gap that somebody can take; a session only as a whole."""
    if volunteer.coming is Coming.NO or (volunteer.unclear and not volunteer.hours):
        return ()
    whole = [(gap.start, gap.end)]
    takes = common(whole, _near(gap, volunteer.hours)) if volunteer.hours else whole
    takes = without(takes, _near(gap, busy)) if takes else takes
    return () if gap.need.session and takes != whole else tuple(takes)


def _near(gap: Stretch, hours: Iterable[Interval]) -> list[Interval]:
    """Those that touch the gap; most people are asked about most gaps in vain."""
    return [(start, end) for start, end in hours if start < gap.end and end > gap.start]


def _rated(
    cover: Cover, volunteer: Volunteer, gap: Stretch, takes: tuple[Interval, ...]
) -> tuple[tuple[object, ...], Suggestion]:
    """A suggestion, and its place among the others."""
    hours = cover.hours.get(volunteer.person, timedelta())
    sure = bool(volunteer.hours) and volunteer.coming is Coming.YES
    of_role = gap.need.role in volunteer.roles or (volunteer.facilitates and gap.need.session is not None)
    whole = takes == ((gap.start, gap.end),)
    new_and_alone = volunteer.first_time and all(shift.first_time for shift in gap.there)
    reasons = [_came(volunteer, gap)]
    reasons += [
        "free then by the hours they gave" if volunteer.hours else "gave no hours, so ask whether they can"
    ]
    reasons += ["may come"] if volunteer.coming is Coming.MAYBE else []
    reasons += ["would be alone, and helps for the first time"] if new_and_alone else []
    reasons += [f"has {length_told(hours)} so far" if hours else "has nothing else so far"]
    place = (not sure, new_and_alone, not of_role, not whole, hours, volunteer.person)
    return place, Suggestion(volunteer.person, takes, hours, tuple(reasons), sure)


def _came(volunteer: Volunteer, gap: Stretch) -> str:
    """How somebody came to be a helper, what is nearest to the gap first."""
    if gap.need.role in volunteer.roles:
        return f"signed up for {gap.need.role}"
    if volunteer.facilitates and (gap.need.session or not volunteer.roles):
        return "facilitates other sessions"
    return f"signed up for {volunteer.roles[0]}" if volunteer.roles else "signed up"
