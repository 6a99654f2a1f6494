"""A helper who holds sessions during all of the hours that they offer to help."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.overlaps import Booking
from callboard.checks.phrasing import facts_of, listed, named, stamp, when
from callboard.cover.hours import joined
from callboard.model import Coming, Problem, Severity, SignUp, SignUps
from callboard.snapshot import Snapshot
from callboard.wikitext.masking import line_at

_CODE = "helper-busy"


def _taken(entry: SignUp, bookings: list[Booking]) -> list[Booking]:
    """The sessions that leave nothing of what the entry offers."""
    for start, end in joined(entry.availability or ()):
        there = joined([(b.start, b.end) for b in bookings])
        if not any(begins <= start and end <= ends for begins, ends in there):
            return []
    offered = joined(entry.availability or ())
    return [b for b in bookings if any(b.start < end and start < b.end for start, end in offered)]


def _told(page: SignUps, entry: SignUp, sessions: list[Booking], snapshot: Snapshot) -> Problem:
    event, span = snapshot.event, entry.hours or entry.span
    hours = listed([when(start, end, event) for start, end in joined(entry.availability or ())])
    held = listed([named(one.schedule, one.session, page.page) for one in sessions])
    role = f" for {entry.role}" if entry.role else ""
    message = (
        f"{entry.user} offers to help{role} {hours}, but is needed in {held} all of that time;"
        " agree on other hours, or find somebody else"
    )
    rows = ((page.page, entry.span), *((one.schedule.page, one.session.span) for one in sessions))
    facts = (
        _CODE, entry.user or "", entry.role or "",
        *(f"{stamp(start)} {stamp(end)}" for start, end in joined(entry.availability or ())),
        *sorted(facts_of(one.session) for one in sessions),
    )  # fmt: skip
    return Problem(
        _CODE,
        Severity.WARNING,
        message,
        page.page,
        line_at(page.text, span.start),
        span.of(page.text),
        at=min(start for start, _ in entry.availability or ()),
        rows=rows,
        facts=facts,
    )


@check(_CODE)
def helper_busy(seen: Seen) -> Iterator[Problem]:
    """Only what is certain: who offers the whole day can well hold a session in between. A table's slot is helper-twice's."""
    wanted = {entry.user for page in seen.signups for entry in page.entries if entry.availability}
    if not wanted:
        return
    people = seen.bookings
    for page in seen.signups:
        for entry in page.entries:
            if entry.firm or entry.ambiguous or entry.coming is not Coming.YES:
                continue
            if entry.user and entry.user in people and entry.availability:
                sessions = _taken(entry, people[entry.user])
                if sessions:
                    yield _told(page, entry, sessions, seen.snapshot)
