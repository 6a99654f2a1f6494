"""`shift_cancelled`: the session that you facilitate is not in the schedule any more, or is marked as cancelled there.

Only when it is missed everywhere, and for some time: a row that is carried to another place in two edits cancels nothing, and
neither does a page on hold. If it stands there again later, `shift_changed` says so.
"""

from collections.abc import Iterator
from datetime import datetime

from callboard.model import Notice, SeenShift
from callboard.notices import Occasions, notice_kind
from callboard.notices.shifts_told import (
    CANCELLED,
    GRACE,
    NO_GRACE,
    Known,
    Told,
    name_of,
)
from callboard.notices.telling import COMMON, common, subject, unix
from callboard.read.matching import same_title

_CALLED_OFF = frozenset({"called-off", "struck-out"})


@notice_kind(CANCELLED, rests_on_board=False, cancels=True, parameters=(*COMMON, "before", "start", "page"))
def shift_cancelled(look: Occasions) -> Iterator[Notice]:
    """A notice for each facilitator of a session that is gone; of use until it would have started."""
    snapshot, event = look.snapshot, look.snapshot.event
    known = Known(snapshot)
    sessions = [session for page in look.schedules for session in page.sessions]
    standing = {subject(session) for session in sessions} | {
        same_title(session.title) for session in sessions
    }
    for whose, shift in known.shifts.items():
        told = known.of(whose)
        since = _gone_since(look, shift)
        if (
            told is None
            or told.gone
            or since is None
            or standing & {whose[0], same_title(shift.session.title)}
        ):
            continue
        yield Notice(
            event=event.slug,
            kind=CANCELLED,
            subject=whose[0],
            occasion=f"{told.number + 1} {told.place.as_key}",
            recipient=whose[1],
            due=_due(since, told, snapshot.now),
            until=told.place.start,
            values={
                **common(event, shift.session.title or whose[0]),
                "before": told.place.told(event),
                "start": unix(told.place.start),
                "page": shift.session.page,
            },
        )


def _due(since: datetime, told: Told, now: datetime) -> datetime:
    return since if told.place.start - now < NO_GRACE else since + GRACE


def _gone_since(look: Occasions, shift: SeenShift) -> datetime | None:
    """Since when the session is missed, or marked as not held where it stood; None if it is not."""
    name = name_of(shift.session)
    for gone in look.snapshot.last.gone:
        if name_of(gone.session) == name:
            return gone.since
    for page in look.schedules:
        for problem in page.problems:
            if problem.code in _CALLED_OFF and _speaks_of(problem.text, shift):
                authors = look.snapshot.authors.get(page.page)
                maker = authors.latest(problem.line or 1, problem.line or 1) if authors else None
                return maker.at if maker else look.snapshot.now - GRACE
    return None


def _speaks_of(row: str, shift: SeenShift) -> bool:
    """Whether a row that is marked as not held is the shift's session: its title, and its task or one of its people."""
    session = shift.session
    sure = any(name in row for name in (shift.person, *session.owners, *session.tasks))
    return sure and bool(session.title) and session.title in row
