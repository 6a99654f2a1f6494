"""A session in a room whose programme was complete, changed since then by somebody who is no organiser."""

from collections import Counter
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import problem_at, sessions_of, stamp, title_span
from callboard.model import Maker, Problem, Schedule, Session, Severity
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import line_range


def _of_one_cell(schedule: Schedule) -> Counter[int]:
    """How many cells with sessions or free slots stand on each line: `| 10:00 || A || B` has two."""
    spans = {session.span for session in schedule.sessions} | {slot.span for slot in schedule.free_slots}
    return Counter(line for span in spans for line in _lines(schedule, span))


def _lines(schedule: Schedule, span: Span) -> range:
    first, last = line_range(schedule.text, span)
    return range(first, last + 1)


@check("closed-room-changed")
def closed_room_changed(seen: Seen) -> Iterator[Problem]:
    """Only what is certain: a line that holds cells of several rooms may have been changed for any of them."""
    event, authors = seen.snapshot.event, seen.snapshot.authors
    closed = {room.name.casefold(): room for room in event.room if room.closed_since}
    if not closed:
        return
    organisers = {*event.event.organisers}
    shared = {schedule.page: _of_one_cell(schedule) for schedule in seen.schedules}

    def changed_late(schedule: Schedule, session: Session) -> tuple[str, Maker] | None:
        made = authors.get(schedule.page)
        rooms = [closed[name.casefold()] for name in session.rooms if name.casefold() in closed]
        if made is None or not rooms:
            return None
        cells = shared[schedule.page]
        last = [
            maker
            for line in _lines(schedule, session.span)
            if cells[line] == 1 and (maker := made.latest(line, line)) and maker.user not in organisers
        ]
        newest = max(last, key=lambda maker: maker.at, default=None)
        for room in rooms:
            if newest and room.closed_since and newest.at > room.closed_since:
                return room.name, newest
        return None

    for row in sessions_of(seen.schedules):
        if late := changed_late(*row):
            room, maker = late
            message = (
                f"{room} was complete, and {maker.user or 'somebody whose name is hidden'} changed this session"
                " after that; an organiser should look at it"
            )
            yield problem_at(
                row,
                "closed-room-changed",
                Severity.WARNING,
                message,
                span=title_span(*row),
                also=[maker.user, stamp(maker.at)],
            )
