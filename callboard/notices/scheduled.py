"""`scheduled`: your session stands in the schedule, at this time in this room.

Told to the owners whom the row links, for sessions whose task is acknowledged. The occasion is time and room, so a
session that was moved earns a new notice.
"""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.telling import COMMON, common, occasion_of, recipients, subject, unix, when


@notice_kind("scheduled", rests_on_board=True, parameters=(*COMMON, "task", "when", "start", "room"))
def scheduled(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each row with an acknowledged task, a time and a room; of use until the start."""
    snapshot, event = look.snapshot, look.snapshot.event
    for session in (session for page in look.schedules for session in page.sessions):
        proposals = [(snapshot.proposals or {}).get(ref.task) for ref in session.tasks]
        accepted = [p for p in proposals if p and p.acknowledged and p.visible and not p.closed]
        if not accepted or session.start is None or session.room is None:
            continue
        for owner in recipients(snapshot, session, facilitators=False):
            yield Notice(
                event=event.slug,
                kind="scheduled",
                subject=subject(session),
                # As the wiki stores it: a key that it spells differently would not be found again.
                occasion=unicodedata.normalize("NFC", f"{occasion_of(session.start)} {session.room}"),
                recipient=owner,
                due=snapshot.now - timedelta(minutes=1),
                until=session.start,
                values={
                    **common(event, session.title or accepted[0].title),
                    "task": accepted[0].task,
                    "when": when(event, session.start, session.end),
                    "start": unix(session.start),
                    "room": session.room,
                },
            )
