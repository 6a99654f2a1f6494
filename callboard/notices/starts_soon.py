"""`starts_soon`: a reminder before the start, for owners and facilitators; leads come from the event file.

The occasion is start time and lead, so a session that was moved earns a new reminder, and one that is gone or marked as cancelled
none. A row that somebody has just made, or put a person into, reminds nobody before the grace time. Of use until the start; a long
lead for half its length. Where the event sends `shift_starts_soon`, that one is for the facilitators.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import not_before, stands_quietly_from
from callboard.notices.reminding import reminders
from callboard.notices.struck import is_struck
from callboard.notices.telling import (
    COMMON,
    common,
    has_kind,
    recipients,
    reminder_of,
    subject,
    unix,
    when,
)


@notice_kind(
    "starts_soon",
    rests_on_board=False,
    parameters=(*COMMON, "when", "start", "room"),
    same_by_time=True,
    any_hour=True,
)
def starts_soon(look: Occasions) -> Iterator[Notice]:
    """A notice for each person whom a session's cell links to, per lead."""
    snapshot, event = look.snapshot, look.snapshot.event
    facilitators = not has_kind(event, "shift_starts_soon")
    leads = reminders(look)
    rows = ((page, session) for page in look.schedules for session in page.sessions)
    for page, session in rows:
        if session.start is None or is_struck(page, session):
            continue
        for person in recipients(snapshot, session, facilitators=facilitators):
            quiet = stands_quietly_from(snapshot, page, session, person)
            for lead, due, until in leads(subject(session), person, session.start):
                yield Notice(
                    event=event.slug,
                    kind="starts_soon",
                    subject=subject(session),
                    occasion=reminder_of(session.start, lead),
                    recipient=person,
                    due=not_before(quiet, due, snapshot.now),
                    until=until,
                    values={
                        **common(event, session.title),
                        "when": when(event, session.start, session.end),
                        "start": unix(session.start),
                        "room": session.room or "the place that the schedule names",
                    },
                )
