"""`starts_soon`: a reminder before the start, for owners and facilitators; leads come from the event file.

The occasion is start time and lead, so a session that was moved earns a new reminder. Where the event sends
`shift_starts_soon`, that one is for the facilitators.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.telling import (
    COMMON,
    common,
    has_kind,
    moments,
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
    for session in (session for page in look.schedules for session in page.sessions):
        if session.start is None:
            continue
        for lead, due, until in moments(session.start, look.rule.lead):
            for person in recipients(snapshot, session, facilitators=facilitators):
                yield Notice(
                    event=event.slug,
                    kind="starts_soon",
                    subject=subject(session),
                    occasion=reminder_of(session.start, lead),
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
