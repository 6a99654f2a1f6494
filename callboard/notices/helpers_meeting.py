"""`helpers_meeting`: a reminder before the helpers' meeting, for everybody who signed up; what and when stands in the event file.

The occasion is start time and lead: a meeting that the event file puts off earns new reminders.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.helping import signed_up
from callboard.notices.telling import COMMON, common, moments, reminder_of, unix, when


@notice_kind(
    "helpers_meeting",
    rests_on_board=False,
    any_hour=True,
    rests_on_signups=True,
    parameters=(*COMMON, "when", "start", "words", "page"),
)
def helpers_meeting(look: Occasions) -> Iterator[Notice]:
    """A notice for each helper, per lead."""
    event, meeting = look.snapshot.event, look.rule.meeting
    if meeting is None:
        return
    pages = (meeting.page, *event.pages.signups, *event.pages.schedule)
    for lead, due, until in moments(meeting.start, look.rule.lead):
        for person in signed_up(look):
            yield Notice(
                event=event.slug,
                kind="helpers_meeting",
                subject="helpers-meeting",
                occasion=reminder_of(meeting.start, lead),
                recipient=person,
                due=due,
                until=until,
                values={
                    **common(event, meeting.title),
                    "when": when(event, meeting.start),
                    "start": unix(meeting.start),
                    "words": meeting.words or "Everybody who helps is welcome.",
                    "page": next(filter(None, pages), ""),
                },
            )
