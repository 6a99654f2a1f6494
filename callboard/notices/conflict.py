"""`conflict`: your session overlaps with another one in its room, or you would have to be in two places at once.

Told to the owners of both sessions in one room, and to those people who are wanted twice, facilitators too. The occasion is
the two sessions and their places, whichever is named first: the same conflict is told once, also when one gets another title
or its task, and again only when one of them moves. What organisers accept tells nobody. The rows must be quiet for the grace time, near the start too for the person who
has just changed one: they may be about to mend it. Useful until the first of the two begins.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from callboard.model import Notice, Problem, Schedule, Session
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import makers, told_from
from callboard.notices.known import Known, known
from callboard.notices.telling import (
    COMMON,
    accounts_of,
    common,
    occasion_of,
    recipients,
    unix,
    when,
)
from callboard.notices.told import OWNER
from callboard.values import value

KIND = "conflict"
_IN_ONE_ROOM, _IN_TWO_PLACES = "room-overlap", "person-twice"


@value()
class _Row:
    """A session of the two, its page and its beginning."""

    page: Schedule
    session: Session
    start: datetime
    name: str  # of the session in keys

    @property
    def place(self) -> str:
        """As a part of the occasion."""
        return f"{self.name} {occasion_of(self.start)} {self.session.room}"


@notice_kind(
    KIND,
    rests_on_board=False,
    parameters=(*COMMON, "place", "other", "other_place", "what", "start", "page"),
)
def conflict(look: Occasions) -> Iterator[Notice]:
    """A notice for each person of each two sessions that cannot both be held as they stand."""
    pages = {page.page: page for page in look.schedules}
    names = known(look.snapshot, look.schedules, OWNER)
    for problem in look.problems:
        if problem.code in (_IN_ONE_ROOM, _IN_TWO_PLACES):
            # The one that begins last is told first; each of the others overlaps with it.
            rows = _rows(problem, pages, names)
            for other in rows[1:]:
                pair = sorted((rows[0], other), key=lambda row: (row.start, row.place))
                for person, mine, theirs in _people(look, problem, pair):
                    yield _notice(look, problem, person, (mine, theirs), pair)


def _rows(problem: Problem, pages: dict[str, Schedule], names: Known) -> list[_Row]:
    return [
        _Row(pages[page], session, session.start, names.name(session))
        for (page, _), session in zip(problem.rows, problem.sessions, strict=True)
        if session.start
    ]


def _people(look: Occasions, problem: Problem, pair: Sequence[_Row]) -> Iterator[tuple[str, _Row, _Row]]:
    """Who is told, each once, with their own session and the other one; whose both are, with the earlier one first."""
    told: set[str] = set()
    for mine, theirs in (pair, pair[::-1]):
        for person in _of_row(look, problem, mine.session):
            if person not in told:
                told.add(person)
                yield person, mine, theirs


def _of_row(look: Occasions, problem: Problem, session: Session) -> Iterable[str]:
    if problem.code == _IN_ONE_ROOM:
        return recipients(look.snapshot, session, facilitators=False)
    everybody = (*session.owners, *session.facilitators)
    return accounts_of(look.snapshot, [one for one in everybody if one.name in problem.people])


def _notice(
    look: Occasions, problem: Problem, person: str, as_told: tuple[_Row, _Row], both: Sequence[_Row]
) -> Notice:
    """What the person is told of their own session and the other one; `both` in their order in time."""
    event, (mine, theirs) = look.snapshot.event, as_told
    places = hashlib.sha256("\0".join(row.place for row in both).encode()).hexdigest()[:10]
    same_room = problem.code == _IN_ONE_ROOM
    return Notice(
        event=event.slug,
        kind=KIND,
        subject="+".join(sorted(row.name for row in both)),
        occasion=f"{occasion_of(both[0].start)} {places}",
        recipient=person,
        due=_due(look, both, person),
        until=both[0].start,
        values={
            **common(event, mine.session.title or "a session"),
            "place": _place(look, mine),
            "other": common(event, theirs.session.title or "a session")["title"],
            "other_place": _place(look, theirs),
            "what": "they are in one room" if same_room else "you would have to be in both",
            "start": unix(both[0].start),
            "page": mine.page.page,
        },
    )


def _place(look: Occasions, row: _Row) -> str:
    at = when(look.snapshot.event, row.start, row.session.end)
    return f"{at}, {row.session.room}" if row.session.room else at


def _due(look: Occasions, both: Sequence[_Row], person: str) -> datetime:
    """After the grace time since either stands as it does; for who made it so themselves near the start too."""
    snapshot = look.snapshot
    made = [maker for row in both for maker in makers(snapshot, row.page, row.session, person)]
    latest = max(made, key=lambda maker: maker.at, default=None)
    due = told_from(snapshot, latest.at if latest else None, both[0].start)
    own = [
        maker.at + snapshot.shift + snapshot.event.delivery.grace for maker in made if maker.user == person
    ]
    return max(due, *own) if own else due
