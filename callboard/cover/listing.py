"""Cover as people and programs want it: gaps chosen by role, day and session; hours in words; everything as JSON."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from callboard.config import Event
from callboard.cover.needs import FACILITATION, hours_of, role_names, same_role, slot_of
from callboard.cover.suggesting import Suggestion
from callboard.model import Session
from callboard.model.cover import Cover, Interval, Need, Stretch


def ahead(cover: Cover, now: datetime) -> list[Stretch]:
    """The gaps that are not over, by time."""
    return [gap for gap in cover.gaps if gap.end > now]


def by_time(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of all needs by their start."""
    return sorted(stretches, key=lambda one: one.start)


def in_role(gaps: Iterable[Stretch], name: str, event: Event) -> list[Stretch]:
    """The gaps of a role, by its name or an alias; raises ValueError with those that there are."""
    roles = {**role_names(event), **{same_role(need_role): need_role for need_role in _of_sessions(event)}}
    role = roles.get(same_role(name))
    if role is None:
        known = ", ".join(sorted(set(roles.values()))) or "none"
        raise ValueError(f"nobody is needed for {name!r}; roles of the event file are: {known}")
    return [gap for gap in gaps if gap.need.role == role]


def _of_sessions(event: Event) -> list[str]:
    return [rule.role or FACILITATION for rule in event.need if rule.facilitators]


def on_day(gaps: Iterable[Stretch], day: date, event: Event) -> list[Stretch]:
    """The gaps that begin on one of the event's days."""
    return [gap for gap in gaps if event.day_of(gap.start) == day]


def at_session(cover: Cover, session: Session, event: Event) -> list[Stretch]:
    """The gap of one session; one that the event file needs nobody for lacks one person if it has none."""
    found = [
        one for one in cover.stretches if one.need.session and slot_of(one.need.session) == slot_of(session)
    ]
    if not found and not session.facilitators and (hours := hours_of(session, event)):
        found = [Stretch(Need(FACILITATION, *hours, 1, session.room, session), *hours, ())]
    return [one for one in found if one.missing]


def what(need: Need) -> str:
    """The role, or the session: `Chat watch`, `"Maps" in Hacking room 1`."""
    name = need.role
    if need.session:
        name = f'"{need.session.title}"' if need.session.title else "a session without title"
    return f"{name} in {need.room}" if need.room else name


def hours(start: datetime, end: datetime, event: Event) -> str:
    """`10:00–12:00` in the event's zone."""
    return f"{start.astimezone(event.zone):%H:%M}–{end.astimezone(event.zone):%H:%M}"


def day_told(moment: datetime, event: Event) -> str:
    """`Sat 22 May` in the event's zone."""
    local = moment.astimezone(event.zone)
    return f"{local:%a} {local.day} {local:%b}"


def hours_per_person(cover: Cover) -> list[tuple[str, timedelta, str]]:
    """Each person, how long they are there, and as what: roles with shifts, and facilitation. Who has the most hours comes first."""
    roles: dict[str, dict[str, None]] = {}
    for shift in cover.shifts:
        roles.setdefault(shift.person, {})[shift.role or "helper"] = None
    most = sorted(cover.hours.items(), key=lambda item: (-item[1], item[0]))
    return [(person, length, ", ".join(roles.get(person, ()))) for person, length in most]


def as_json(cover: Cover) -> dict[str, object]:
    """Everything for programs, instants in UTC and lengths in minutes."""
    stretches: dict[int, list[Stretch]] = {}
    for one in cover.stretches:
        stretches.setdefault(id(one.need), []).append(one)
    return {
        "needs": [_need(need, stretches.get(id(need), [])) for need in cover.needs],
        "minutes": {person: _minutes(length) for person, length in cover.hours.items()},
        "entries_with_unclear_hours": dict(sorted(cover.unclear.items())),
    }


def _need(need: Need, stretches: Sequence[Stretch]) -> dict[str, object]:
    return {
        **_about(need),
        "start": _instant(need.start),
        "end": _instant(need.end),
        "people": need.people,
        "stretches": [
            {
                "start": _instant(one.start),
                "end": _instant(one.end),
                "there": [shift.person for shift in one.there],
                "missing": one.missing,
                "extra": one.extra,
            }
            for one in stretches
        ],
    }


def _about(need: Need) -> dict[str, object]:
    session = need.session
    return {
        "role": need.role,
        "room": need.room,
        "session": session.title if session else None,
        "task": session.tasks[0].task if session and session.tasks else None,
    }


def suggested_as_json(
    found: Iterable[tuple[Stretch, Sequence[Suggestion]]],
) -> list[dict[str, object]]:
    """Gaps and who could take them, the best first."""
    return [
        {
            **_about(gap.need),
            "start": _instant(gap.start),
            "end": _instant(gap.end),
            "missing": gap.missing,
            "suggestions": [
                {
                    "person": one.person,
                    "sure": one.sure,
                    "takes": [_interval(part) for part in one.takes],
                    "minutes_so_far": _minutes(one.hours),
                    "reasons": list(one.reasons),
                }
                for one in people
            ],
        }
        for gap, people in found
    ]


def _interval(hours: Interval) -> dict[str, str]:
    return {"start": _instant(hours[0]), "end": _instant(hours[1])}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)
