"""`after_session`: your session is over; are there notes, slides, a recording that others could see?

Told to the owners whom the row links, `after` the end of the session, once for each day on which it is held. Nobody is asked
for what stands in the row already, nor about a session that may not have been held: one that is called off, whose task is
declined or withdrawn, or whose yes was taken back. A row that somebody has just changed is first quiet for the grace time, for a
wrong time can make a session look over. Useful for a week.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from callboard.model import Notice, Schedule, Session, State
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import not_before, stands_quietly_from
from callboard.notices.known import known
from callboard.notices.telling import COMMON, common, recipients, when
from callboard.notices.told import OWNER
from callboard.read.recordings import has_notes

KIND = "after_session"
OF_USE = timedelta(days=7)
LONGEST = timedelta(days=1)  # of a session whose end the page does not tell
_NOT_HELD = frozenset({State.DECLINED, State.WITHDRAWN, State.DUPLICATE})


@notice_kind(KIND, rests_on_board=False, parameters=(*COMMON, "when", "wanted", "where", "page"))
def after_session(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each session, the last one of a day first: what is in two rows is over after both."""
    snapshot, event, doubted = look.snapshot, look.snapshot.event, _doubted(look)
    names = known(snapshot, look.schedules, OWNER)
    for over, page, session in sorted(_dated(look), key=lambda row: row[0], reverse=True):
        wanted = _wanted(page, session)
        if session.start is None or not wanted or any(ref.task in doubted for ref in session.tasks):
            continue
        for owner in recipients(snapshot, session, facilitators=False):
            quiet = stands_quietly_from(snapshot, page, session, owner)
            yield Notice(
                event=event.slug,
                kind=KIND,
                subject=names.name(session, owner),
                occasion=f"{event.day_of(session.start)}",
                recipient=owner,
                due=not_before(quiet, over + look.rule.after, snapshot.now),
                until=over + OF_USE,
                values={
                    **common(event, session.title or "your session"),
                    "when": when(event, session.start, session.end),
                    "wanted": wanted,
                    "where": _where(session),
                    "page": page.page,
                },
            )


def _dated(look: Occasions) -> Iterator[tuple[datetime, Schedule, Session]]:
    for page in look.schedules:
        for session in page.sessions:
            if session.start:
                yield session.end or session.start + LONGEST, page, session


def _doubted(look: Occasions) -> set[str]:
    """Tasks of which nobody knows whether their session was held, although a row has them."""
    return {
        one.proposal.task
        for one in look.states
        if one.state in _NOT_HELD or (one.proposal.withdrawn and not one.proposal.acknowledged)
    }


def _wanted(page: Schedule, session: Session) -> str:
    """What does not stand in the row yet; empty if all of it does."""
    notes = not has_notes(page.text, session.span)
    if session.recording:
        return "notes or slides" if notes else ""
    return "notes, slides or a recording" if notes else "a recording"


def _where(session: Session) -> str:
    return f"on the task ({session.tasks[0].task}) or in its row" if session.tasks else "in its row"
