"""`conflict`: your session overlaps with another one in its room, or you would have to be in two places at once.

Told to the owners of both sessions in one room, and to those people who are wanted twice, facilitators too. The occasion is
the two places, which no new title changes; the subject has the sessions in the order of their places. So the keys alone tell
that an overlap was told under a name that a session had before: the same conflict is told once, and again only when one of
them moves. What organisers accept tells nobody. The rows must be quiet for the grace time, near the start too for the person
who has just changed one: they may be about to mend it. Useful until the first of the two begins.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

from callboard.model import Notice, Problem, Schedule, Session
from callboard.model.notice import recipient_in, subject_in
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import makers, told_from
from callboard.notices.identity import is_task
from callboard.notices.known import known
from callboard.notices.struck import is_struck
from callboard.notices.telling import (
    COMMON,
    accounts_of,
    common,
    occasion_of,
    recipients,
    slug_of,
    subject,
    unix,
    when,
)
from callboard.notices.told import OWNER
from callboard.snapshot import Snapshot
from callboard.values import value

KIND = "conflict"
_IN_ONE_ROOM, _IN_TWO_PLACES = "room-overlap", "person-twice"


@value()
class _Row:
    """A session of the two, its page and its beginning."""

    page: Schedule
    session: Session
    start: datetime

    @property
    def name(self) -> str:
        """Of the session in keys."""
        return subject(self.session)

    @property
    def place(self) -> str:
        """As a part of the occasion."""
        return f"{occasion_of(self.start)} {self.session.room or ''}"


_Pair = tuple[_Row, _Row]  # in the order of their places
_Whose = tuple[str, str]  # the person and the occasion
_Sign = Callable[[str, _Row], bool]  # whether a name in a key is that of the session


@notice_kind(
    KIND,
    rests_on_board=False,
    parameters=(*COMMON, "place", "other", "other_place", "what", "start", "page"),
)
def conflict(look: Occasions) -> Iterator[Notice]:
    """A notice for each person of each two sessions that cannot both be held as they stand."""
    found = list(_overlaps(look))
    there: defaultdict[_Whose, dict[str, _Pair]] = defaultdict(dict)
    for notice, pair in found:
        there[notice.recipient, notice.occasion][notice.subject] = pair
    told, signs = _told(look.snapshot), _signs(look)
    names = {whose: _names_told(told.get(whose, ()), pairs, signs) for whose, pairs in there.items()}
    for notice, _ in found:
        name = names[notice.recipient, notice.occasion].get(notice.subject, notice.subject)
        yield replace(notice, subject=name)


def _overlaps(look: Occasions) -> Iterator[tuple[Notice, _Pair]]:
    pages = {page.page: page for page in look.schedules}
    for problem in look.problems:
        if problem.code in (_IN_ONE_ROOM, _IN_TWO_PLACES):
            # The one that begins last is told first; each of the others overlaps with it.
            rows = _rows(problem, pages)
            for other in rows[1:]:
                first, second = sorted((rows[0], other), key=lambda row: (row.start, row.place, row.name))
                for person, mine, theirs in _people(look, problem, (first, second)):
                    yield _notice(look, problem, person, (mine, theirs), (first, second)), (first, second)


def _rows(problem: Problem, pages: dict[str, Schedule]) -> list[_Row]:
    return [
        _Row(pages[page], session, session.start)
        for (page, _), session in zip(problem.rows, problem.sessions, strict=True)
        if session.start
    ]


# --- an overlap that was told under other names


def _told(snapshot: Snapshot) -> dict[_Whose, set[str]]:
    """The subjects of which each person was told on each occasion, or was not for a reason."""
    told: defaultdict[_Whose, set[str]] = defaultdict(set)
    for key in snapshot.sent.union(snapshot.sent_at):
        parts = key.split("/")
        if len(parts) == 4 and (parts[0], parts[2]) == (snapshot.event.slug, KIND):
            told[recipient_in(key), unquote(parts[3])].add(subject_in(key))
    return told


def _signs(look: Occasions) -> tuple[_Sign, _Sign]:
    """By its task, its title or the name that its owners know; else as what stands where a session stood that is gone."""
    names = known(look.snapshot, look.schedules, OWNER)
    taken = {subject(one) for page in look.schedules for one in page.sessions if not is_struck(page, one)}

    def called(name: str, row: _Row) -> bool:
        session = row.session
        owners = accounts_of(look.snapshot, session.owners)
        tasks = (ref.task for ref in session.tasks)
        return name in {slug_of(session.title), *tasks, *(names.name(session, one) for one in owners)}

    def in_place(name: str, row: _Row) -> bool:
        """Of two tasks each is a session of its own."""
        lost = name not in taken and not (is_task(name) and row.session.tasks)
        return lost or called(name, row)

    return called, in_place


def _names_told(told: Collection[str], there: Mapping[str, _Pair], signs: Iterable[_Sign]) -> dict[str, str]:
    """The subject under which each overlap was told, by its subject now; in doubt it is another one."""
    names = {name: name for name in there if name in told}
    for sign in signs:
        left, new = set(told).difference(names.values()), there.keys() - names.keys()
        pairs = [(old, now) for old in left for now in new if _fits(old, there[now], sign)]
        olds, news = Counter(old for old, _ in pairs), Counter(now for _, now in pairs)
        names |= {now: old for old, now in pairs if olds[old] == news[now] == 1}
    return names


def _fits(told: str, pair: _Pair, sign: _Sign) -> bool:
    """Whether the names are those of the two, in their order; where both are at one place it says nothing."""
    names = told.split("+")
    orders = (names, names[::-1]) if pair[0].place == pair[1].place else (names,)
    return any(all(map(sign, order, pair)) for order in orders)


# --- who is told what


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
        subject="+".join(row.name for row in both),
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
