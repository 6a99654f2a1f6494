"""`shift_starts_soon`: a reminder before a shift, for facilitators of sessions and for helpers with a slot in a table.

Only what is certain: the hours that somebody offers in a list are no shift. The occasion is start time and lead, so a session
that was moved earns a new reminder. Slots of one role and room that meet are one shift. Who owns the session as well is left to
`starts_soon`, where the event sends that.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.cover.hours import joined
from callboard.cover.needs import FACILITATION
from callboard.model import Coming, Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import not_before, stands_quietly_from
from callboard.notices.helping import entries, role_told
from callboard.notices.reminding import reminders
from callboard.notices.struck import is_struck
from callboard.notices.telling import (
    COMMON,
    accounts_of,
    common,
    has_kind,
    recipients,
    reminder_of,
    slug_of,
    subject,
    unix,
    when,
)


@dataclass(frozen=True, slots=True)
class _Shift:
    """A person somewhere for a time, and the page that says so."""

    person: str
    subject: str
    title: str
    role: str
    start: datetime
    end: datetime | None
    room: str | None
    page: str
    quiet_from: datetime | None = None  # of a session: it has not just been made, nor the person put into it


@notice_kind(
    "shift_starts_soon",
    rests_on_board=False,
    any_hour=True,
    rests_on_signups=True,
    parameters=(*COMMON, "role", "when", "start", "room", "page"),
    same_by_time=True,
)
def shift_starts_soon(look: Occasions) -> Iterator[Notice]:
    """A notice for each facilitator and each helper with a slot, per lead."""
    event, now = look.snapshot.event, look.snapshot.now
    leads = reminders(look)
    for shift in (*_facilitations(look), *_slots(look)):
        for lead, due, until in leads(shift.subject, shift.person, shift.start):
            notice = Notice(
                event=event.slug,
                kind="shift_starts_soon",
                subject=shift.subject,
                occasion=reminder_of(shift.start, lead),
                recipient=shift.person,
                due=not_before(shift.quiet_from, due, now) if shift.quiet_from else due,
                until=until,
                values={
                    **common(event, shift.title),
                    "role": shift.role,
                    "when": when(event, shift.start, shift.end),
                    "start": unix(shift.start),
                    "room": shift.room or "the place that the page names",
                    "page": shift.page,
                },
            )
            # Told already before the event sent this kind.
            if replace(notice, kind="starts_soon").key not in look.snapshot.sent:
                yield notice


def _facilitations(look: Occasions) -> Iterator[_Shift]:
    to_owners = has_kind(look.snapshot.event, "starts_soon")
    for page in look.schedules:
        for session in page.sessions:
            if session.start is None or is_struck(page, session):
                continue
            owners = set(recipients(look.snapshot, session, facilitators=False)) if to_owners else set()
            for person in accounts_of(look.snapshot, session.facilitators):
                if person not in owners:
                    yield _Shift(
                        person,
                        subject(session),
                        session.title or "your session",
                        FACILITATION.casefold(),
                        session.start,
                        session.end,
                        session.room,
                        page.page,
                        stands_quietly_from(look.snapshot, page, session, person),
                    )


def _slots(look: Occasions) -> Iterator[_Shift]:
    slots: defaultdict[tuple[str, str, str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
    for page, entry, account in entries(look):
        if entry.firm and not entry.ambiguous and entry.coming is Coming.YES:
            at = account, role_told(entry), entry.room or "", page.page
            slots[at] += entry.availability or ()
    for (person, role, room, page_title), hours in slots.items():
        for start, end in joined(hours):
            yield _Shift(
                person,
                slug_of(f"{role} {room}"),
                role or room or "your shift",
                "helper",
                start,
                end,
                room or None,
                page_title,
            )
