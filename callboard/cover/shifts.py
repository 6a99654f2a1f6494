"""Who is where, and who offers what: facilitation marks of the schedule, entries of the sign-up lists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from callboard.config import Event
from callboard.cover.hours import joined
from callboard.cover.needs import FACILITATION, hours_of, same_role
from callboard.model import Coming, Schedule, SignUp, SignUps
from callboard.model.cover import Interval, Shift, Volunteer
from callboard.read.signup_columns import state_of_head
from callboard.wikitext.masking import line_at

_BY_READINESS = (Coming.YES, Coming.MAYBE, Coming.NO)


def entries_of(signups: Iterable[SignUps]) -> Iterator[tuple[SignUps, SignUp]]:
    """Every entry that is somebody's, with its page."""
    for page in signups:
        for entry in page.entries:
            if not entry.placeholder:
                yield page, entry


def first_timers(signups: Iterable[SignUps], event: Event) -> set[str]:
    """The people of whom an entry says in the event's words that they help for the first time."""
    words = [word.casefold() for word in event.wording.first_time]
    return {
        entry.user
        for _, entry in entries_of(signups)
        if entry.user and any(word in entry.comment.casefold() for word in words)
    }


def facilitations(schedules: Iterable[Schedule], event: Event, novices: set[str]) -> Iterator[Shift]:
    """The shifts of sessions' facilitators; a mark that names no account is somebody too, by its words."""
    for schedule in schedules:
        for session in schedule.sessions:
            mark, hours = session.facilitation, hours_of(session, event)
            if mark is None or mark.open or hours is None:
                continue
            names = dict.fromkeys(person.name for person in mark.people)
            for name in names or [mark.value.of(schedule.text).strip()]:
                line = line_at(schedule.text, mark.span.start)
                first = name in novices
                yield Shift(
                    name, FACILITATION, *hours, True, schedule.page, line, session, first, session.room
                )


def helpers_shifts(
    signups: Iterable[SignUps], roles: Mapping[str, str], novices: set[str]
) -> Iterator[Shift]:
    """The shifts of tables and the offers of lists; `roles` are the names of those that are needed."""
    for page, entry in entries_of(signups):
        if entry.user is None or entry.ambiguous or entry.coming is not Coming.YES:
            continue
        role = roles.get(same_role(entry.role or ""), entry.role or "")
        first = entry.user in novices
        for hours in joined(entry.availability or ()):
            yield Shift(entry.user, role, *hours, entry.firm, page.page, entry.line, None, first, entry.room)


def sessions_by_person(schedules: Iterable[Schedule], event: Event) -> dict[str, tuple[Interval, ...]]:
    """When each person runs a session, as its owner or facilitator."""
    found: defaultdict[str, list[Interval]] = defaultdict(list)
    for schedule in schedules:
        for session in schedule.sessions:
            if hours := hours_of(session, event):
                for person in (*session.owners, *session.facilitators):
                    found[person.name].append(hours)
    return {person: tuple(joined(hours)) for person, hours in found.items()}


def volunteers(
    signups: Iterable[SignUps], shifts: Sequence[Shift], roles: Mapping[str, str], novices: set[str]
) -> dict[str, Volunteer]:
    """Everybody who signed up to help, by account: in a list or table, or as a session's facilitator."""
    entries: defaultdict[str, list[SignUp]] = defaultdict(list)
    for _, entry in entries_of(signups):
        if entry.user and (entry.helps or same_role(entry.role or "") in roles):
            entries[entry.user].append(entry)
    facilitators = {one.name for shift in shifts if shift.session for one in shift.session.facilitators}
    return {
        name: replace(
            _volunteer(name, entries[name], roles),
            first_time=name in novices,
            facilitates=name in facilitators,
        )
        for name in sorted({*entries, *facilitators})
    }


def _volunteer(name: str, entries: Sequence[SignUp], roles: Mapping[str, str]) -> Volunteer:
    willing = [entry for entry in entries if entry.coming is not Coming.NO]
    # "Maybe" above a list is no role, unless the event needs somebody in a role of that name.
    headed = [(entry.role, roles.get(same_role(entry.role))) for entry in willing if entry.role]
    named = [needed or role for role, needed in headed if needed or not state_of_head(role)]
    # A table's slot is where somebody is, and says nothing of when else they can come.
    offers = [entry for entry in willing if not entry.firm]
    clear = [entry for entry in offers if not entry.ambiguous]
    return Volunteer(
        name,
        tuple(dict.fromkeys(named)),
        tuple(joined(hours for entry in clear for hours in entry.availability or ())),
        unclear=len(clear) < len(offers),
        coming=min((entry.coming for entry in entries), key=_BY_READINESS.index, default=Coming.YES),
    )


def unclear_entries(signups: Iterable[SignUps], roles: Mapping[str, str]) -> dict[str, int]:
    """How many entries have unclear hours, by the role that is needed."""
    return Counter(
        roles[name]
        for _, entry in entries_of(signups)
        if entry.ambiguous and entry.coming is Coming.YES and (name := same_role(entry.role or "")) in roles
    )
