"""`starts_soon`: a reminder before the start, for owners and facilitators; leads come from the event file.

The occasion is start time and lead, so a session that was moved earns a new reminder. A long lead is of use for half
its length and until the next shorter one is due: nobody is told "tomorrow" an hour before.
"""

from collections.abc import Iterator
from datetime import timedelta

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.telling import COMMON, common, occasion_of, recipients, subject, unix, when

DEFAULT_LEADS = (timedelta(hours=1),)


@notice_kind(
    "starts_soon", rests_on_board=False, parameters=(*COMMON, "when", "start", "room"), same_by_time=True
)
def starts_soon(look: Occasions) -> Iterator[Notice]:
    """A notice for each person whom a session's cell links to, per lead."""
    snapshot, event = look.snapshot, look.snapshot.event
    leads = sorted(set(look.rule.lead or DEFAULT_LEADS))
    for session in (session for page in look.schedules for session in page.sessions):
        if session.start is None:
            continue
        for shorter, lead in zip((timedelta(), *leads), leads, strict=False):
            due = session.start - lead
            until = (
                session.start - shorter if lead == leads[0] else min(session.start - shorter, due + lead / 2)
            )
            for person in recipients(snapshot, session, facilitators=True):
                yield Notice(
                    event=event.slug,
                    kind="starts_soon",
                    subject=subject(session),
                    occasion=f"{occasion_of(session.start)} -{int(lead.total_seconds() // 60)}min",
                    recipient=person,
                    due=due,
                    until=until,
                    values={
                        **common(event, session.title),
                        "when": when(event, session.start, session.end),
                        "start": unix(session.start),
                        "room": session.room or "see the schedule",
                    },
                )
