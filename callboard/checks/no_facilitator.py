"""A session that lies ahead and whose row asks for a facilitator that nobody is."""

from collections.abc import Iterator

from callboard.checks import SOON, Seen, check
from callboard.checks.phrasing import problem_at, sessions_of
from callboard.model import Problem, Severity


@check("no-facilitator")
def no_facilitator(seen: Seen) -> Iterator[Problem]:
    """A note, and from a day before its start a warning; a row without a mark asks for nobody."""
    now = seen.snapshot.now
    for row in sessions_of(seen.schedules):
        session = row[1]
        mark = session.facilitation
        if mark is None or not mark.open or session.start is None or session.start <= now:
            continue
        severity = Severity.WARNING if session.start - now <= SOON else Severity.NOTE
        title = f'"{session.title}"' if session.title else "this session"
        message = f"nobody has signed up to facilitate {title}; ask for somebody, or sign up"
        yield problem_at(row, "no-facilitator", severity, message, span=mark.span)
