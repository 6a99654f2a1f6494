"""A session that stood in the schedule at an earlier look and stands nowhere now."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import listed, stamp, when
from callboard.model import GoneSession, Problem, Severity
from callboard.read.matching import same_title

_CODE = "session-vanished"


def _message(gone: GoneSession, seen: Seen) -> str:
    session = gone.session
    where = f" in {listed(session.rooms)}" if session.rooms else ""
    by = f", taken out by {gone.by.user}" if gone.by and gone.by.user else ""
    whose = f" of {listed(session.owners)}" if session.owners else ""
    time = when(session.start, None, seen.snapshot.event)
    return (
        f'"{session.title or "a session without title"}"{whose} ({time}{where}) is no longer in the schedule{by};'
        " put it back, or acknowledge that it is gone"
    )


@check(_CODE)
def session_vanished(seen: Seen) -> Iterator[Problem]:
    """A note for a break; told until it stands somewhere again, or an organiser accepts that it is gone."""
    for gone in seen.snapshot.last.gone:
        session = gone.session
        severity = Severity.WARNING if session.owners or session.tasks else Severity.NOTE
        yield Problem(
            _CODE,
            severity,
            _message(gone, seen),
            session.page,
            task=next(iter(session.tasks), None),
            at=session.start,
            changed_by=gone.by.user if gone.by else "",
            changed_at=gone.by.at if gone.by else None,
            since=gone.since,
            facts=(
                _CODE,
                same_title(session.title),
                *session.tasks,
                *session.owners,
                stamp(session.start),
                *session.rooms,
            ),
        )
