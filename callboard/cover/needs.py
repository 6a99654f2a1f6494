"""The event file's `[[need]]`s as needs with start and end: a role's by day and room, facilitators by session."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from html import unescape
from unicodedata import normalize

from callboard.config import Event
from callboard.config_tables import Day, NeedRule
from callboard.model import Schedule, Session
from callboard.model.cover import Interval, Need
from callboard.read.formats import format_of
from callboard.read.plain import plain

FACILITATION = "Facilitation"  # the role of facilitators, where the event file names none
_MOMENT = timedelta(minutes=1)


def same_role(name: str) -> str:
    """What makes two names of a role the same: markup, case and blanks aside, without the colon of a heading."""
    seen = normalize("NFC", unescape(plain(name))).casefold()
    return " ".join(seen.split()).rstrip(" :")


def role_names(event: Event) -> dict[str, str]:
    """Every name of the roles that are needed, as `same_role` has it, and the role it stands for."""
    return {
        same_role(name): rule.role for rule in event.need if rule.role for name in (rule.role, *rule.aliases)
    }


def needs(event: Event, schedules: Sequence[Schedule]) -> tuple[Need, ...]:
    """All needs, those of roles first, each by time."""
    of_roles = {
        need: None for rule in event.need if rule.facilitators is None for need in _of_role(rule, event)
    }
    return (*sorted(of_roles, key=_place), *sorted(_of_sessions(event, schedules), key=_place))


def _place(need: Need) -> tuple[str, datetime, str]:
    return need.role.casefold(), need.start, need.room or ""


def _of_role(rule: NeedRule, event: Event) -> Iterator[Need]:
    for day in event.event.days:
        if rule.days and day.date not in rule.days:
            continue
        start, end = _hours(rule, day, event)
        for room in rule.rooms or (None,):
            if start < end:  # an hour that a clock change leaves out is no need
                yield Need(rule.role, start, end, rule.people, room)


def _hours(rule: NeedRule, day: Day, event: Event) -> Interval:
    opens, closes = rule.begins or day.opens, rule.ends or day.closes
    return Day(date=day.date, opens=opens, closes=closes).interval(event.zone)


def slot_of(session: Session) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    """What sessions that share a slot have in common; they share facilitators too."""
    return session.start, session.end, session.rooms


def _of_sessions(event: Event, schedules: Iterable[Schedule]) -> Iterator[Need]:
    """One need a slot, the largest that a rule states for it."""
    rules = [rule for rule in event.need if rule.facilitators]
    found: dict[object, Need] = {}
    for session in (one for schedule in schedules for one in schedule.sessions) if rules else ():
        fitting = [rule for rule in rules if _wants(rule, session, event)]
        hours = hours_of(session, event) if fitting else None
        if hours is None:
            continue
        rule = max(fitting, key=lambda rule: rule.facilitators or 0)
        known, people = found.get(slot_of(session)), rule.facilitators or 0
        if known is None or known.people < people:
            first = known.session if known else session
            role = rule.role or FACILITATION
            found[slot_of(session)] = Need(role, *hours, people, session.room, first)
    yield from found.values()


def _wants(rule: NeedRule, session: Session, event: Event) -> bool:
    if rule.rooms and not set(rule.rooms) & set(session.rooms):
        return False
    if rule.days and (session.start is None or event.day_of(session.start) not in rule.days):
        return False
    form = format_of(session, event) if rule.formats else None
    return not rule.formats or (form is not None and form.name in rule.formats)


def hours_of(session: Session, event: Event) -> Interval | None:
    """When a session is held: as long as its format, where the page does not say until when, and at least a moment."""
    if session.start is None:
        return None
    form = format_of(session, event) if session.end is None else None
    length = timedelta(minutes=form.minutes) if form else _MOMENT
    end = session.end or session.start + length
    return (session.start, end) if session.start < end else None
