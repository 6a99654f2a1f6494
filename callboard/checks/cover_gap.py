"""Hours at which a role lacks helpers, and sessions that lack facilitators, by what the event file says is needed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from callboard.checks import SOON, Seen, check
from callboard.checks.phrasing import Row, listed, problem_at, sessions_of, stamp, when
from callboard.config import Event
from callboard.cover import Cover
from callboard.cover.hours import joined
from callboard.cover.needs import role_names, same_role, slot_of
from callboard.cover.telling import held_up, unclear_told
from callboard.model import Problem, Session, Severity
from callboard.model.cover import Need, Stretch

_CODE = "cover-gap"


@check(_CODE)
def cover_gap(seen: Seen) -> Iterator[Problem]:
    """One problem a need, as long as some of it is not over; a note, and from a day before it begins a warning."""
    if not seen.snapshot.event.need:
        return
    gaps: defaultdict[Need, list[Stretch]] = defaultdict(list)
    for gap in seen.cover.gaps:
        gaps[gap.need].append(gap)
    asking = _asking(seen)
    rows = {id(row[1]): row for row in sessions_of(seen.schedules)}
    for need, missing in gaps.items():
        ahead = [gap for gap in missing if gap.end > seen.snapshot.now]
        if ahead and need.session and slot_of(need.session) not in asking:
            yield _of_session(rows[id(need.session)], missing[0], seen.snapshot.now)
        elif ahead and not need.session and seen.lists_read:
            yield _of_role(need, missing, ahead, seen)


def _asking(seen: Seen) -> set[object]:
    """The slots whose row asks for a facilitator that nobody is: no-facilitator tells of these."""
    return {
        slot_of(session)
        for _, session in sessions_of(seen.schedules)
        if session.facilitation and session.facilitation.open
    }


def _severity(start: datetime, now: datetime) -> Severity:
    return Severity.WARNING if start - now <= SOON else Severity.NOTE


def _of_session(row: Row, gap: Stretch, now: datetime) -> Problem:
    people, there = gap.need.people, [shift.person for shift in gap.there]
    title = _titled(row[1])
    if not there:
        message = f"nobody has signed up to facilitate {title}; ask for somebody, or sign up"
    else:
        message = (
            f"{people} people should facilitate {title}, but only {listed(there)} signed up; ask for somebody"
        )
    return problem_at(row, _CODE, _severity(gap.start, now), message, also=[str(people), *there])


def _titled(session: Session) -> str:
    return f'"{session.title}"' if session.title else "this session"


def _of_role(need: Need, gaps: Sequence[Stretch], ahead: Sequence[Stretch], seen: Seen) -> Problem:
    page, line = _heading(need, seen)
    facts = [f"{stamp(gap.start)} {stamp(gap.end)} {gap.missing}" for gap in gaps]
    return Problem(
        _CODE,
        _severity(ahead[0].start, seen.snapshot.now),
        _told(need, ahead, seen.cover, seen.snapshot.event),
        page,
        line,
        at=ahead[0].start,
        facts=(_CODE, need.role.casefold(), need.room or "", str(need.people), *facts),
    )


def _told(need: Need, gaps: Sequence[Stretch], known: Cover, event: Event) -> str:
    hours = listed(
        [when(start, end, event) for start, end in joined((gap.start, gap.end) for gap in gaps)], most=8
    )
    where = f" in {need.room}" if need.room else ""
    nobody = all(not gap.there for gap in gaps)
    wanted = "" if need.people == 1 else f" ({need.people} are needed)"
    who = f"nobody covers {need.role}" if nobody else f"too few people cover {need.role}"
    message = f"{who}{where} {hours}{wanted}"
    if away := held_up(known, gaps):
        message += (
            f"; {listed(away)} signed up for it, but {'is' if len(away) == 1 else 'are'} taken elsewhere then"
        )
    if unclear := unclear_told(known, need.role):
        message += f"; {unclear}"
    return f"{message}; ask for somebody, or sign up"


def _heading(need: Need, seen: Seen) -> tuple[str, int | None]:
    """The page of the role's first entry, with its line; or else the first sign-up page."""
    roles = role_names(seen.snapshot.event)
    for page in seen.signups:
        for entry in page.entries:
            of_room = need.room is not None and not entry.role and entry.room == need.room
            if of_room or roles.get(same_role(entry.role or "")) == need.role:
                return page.page, entry.line
    return seen.signups[0].page, None
