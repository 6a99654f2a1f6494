"""One time by the clocks of several zones: `10:30 am IST / 5:00 am UTC`, `12:00 CEST (10:00 UTC)`, `10:30–11:00 IST, 5:00 UTC`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from callboard.read.clock_times import ClockGroup
from callboard.read.instants import Instants, place
from callboard.read.oddities import Oddity
from callboard.read.zones import meanings, meanings_of, meant_here

_Stretch = tuple[datetime | None, datetime | None]


def text_of_all(groups: Sequence[ClockGroup], text: str) -> str:
    """The source from the first to the last of the times, with the bracket that closes what opens there."""
    parts = [token for group in groups for token in (group.start, group.end, *group.zones) if token]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    opened = text.count("(", start, end) > text.count(")", start, end)
    return text[start : end + 1 if opened and text[end : end + 1] == ")" else end]


def _candidates(
    group: ClockGroup, day: date, zone: tzinfo, text: str, *, any_season: bool = False
) -> tuple[_Stretch, ...]:
    return place(group, day, zone, text, any_season=any_season).candidates


def _is_told(stretch: _Stretch, group: ClockGroup, there: tuple[_Stretch, ...]) -> bool:
    """Whether the group says the same; one that gives no end says nothing about it."""
    return stretch in there or (group.end is None and (stretch[0], None) in there)


def _choices(
    groups: Sequence[ClockGroup], day: date, zone: tzinfo, text: str, *, any_season: bool = False
) -> set[_Stretch]:
    """The stretches of time that each of the groups may mean, whatever its date is there."""
    near = [day + timedelta(days=shift) for shift in (-1, 0, 1)]
    ended = any(group.end for group in groups)
    found: set[_Stretch] = set()
    for anchor in groups:
        if ended and anchor.end is None:
            continue
        for stretch in _candidates(anchor, day, zone, text, any_season=any_season):
            others = (group for group in groups if group is not anchor)
            if all(
                any(
                    _is_told(stretch, group, _candidates(group, there, zone, text, any_season=any_season))
                    for there in near
                )
                for group in others
            ):
                found.add(stretch)
    return found


def settled_by_another(
    groups: Sequence[ClockGroup], day: date | None, zone: tzinfo, text: str
) -> Instants | None:
    """A time by a zone out of its season that another zone confirms: `11:00 EST / 16:00 UTC` in August."""
    found = _choices(groups, day, zone, text, any_season=True) if day is not None else set()
    return Instants((found.pop(),)) if len(found) == 1 else None


def may_be(groups: Sequence[ClockGroup], day: date, zone: tzinfo, text: str, start: datetime) -> bool:
    """Whether times by a name of several meanings may begin then: 10:30 IST at 5:00 or 9:30 UTC; in summer EST is New York's clock too."""
    for group in groups:
        names = {token.text for token in group.zones}
        known = [one for name in names for one in meanings(name)] or meanings_of(zone)
        zones = {one.zone for one in known} | {ZoneInfo(one.season) for one in known if one.season}
        bare = replace(group, zones=())
        for there in (day + timedelta(days=shift) for shift in (-1, 0, 1)):
            if any(start == begin for each in zones for begin, _ in _candidates(bare, there, each, text)):
                return True
    return False


def agreeing(groups: Sequence[ClockGroup], day: date, zone: tzinfo, text: str) -> Instants:
    """One time in several zones: the same instant for a reading of each, whatever its date is there; else a question."""
    choices = _choices(groups, day, zone, text)
    whole = text_of_all(groups, text)
    local = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 -- a wall clock, given its zone by the callee
    names = [
        {item.zone for token in group.zones for item in meant_here(token.text, local, zone)}
        for group in groups
    ]
    at_home = [group for group, known in zip(groups, names, strict=True) if not known or zone in known]
    if at_home and len(choices) > 1:  # the day is a day by the event's clocks
        home = {reading for group in at_home for reading in _candidates(group, day, zone, text)}
        choices = {choice for choice in choices if choice in home or (choice[0], None) in home}
    if not choices:
        choices = _choices(groups, day, zone, text, any_season=True)
    if len(choices) == 1:
        return Instants((choices.pop(),))
    if choices:
        return Instants(odd=(Oddity("which-day", "On which day, by the clocks of which zone?", whole),))
    return Instants(
        odd=(Oddity("zones-disagree", "These are different moments; which one is meant?", whole),)
    )
