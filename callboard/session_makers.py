"""Who made the sessions of a schedule page stand as they do: the readings of its revisions compared, oldest first.

Facts are compared, not lines: a time that stands in a row of its own, a day's heading or a zone in the table's head move sessions
whose own lines nobody touched, and a typo that is mended moves none. The bot's tidying leaves a session its maker.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from callboard.model import Maker, PageText, Schedule, Session
from callboard.notices.facts import mark_of

# Characters of older revisions that are read at once, at a first look; what is older counts as no later than the oldest.
MOST_READ = 2_000_000
_Made = dict[str, Maker | None]


def session_makers(
    before: Mapping[str, Maker | None] | None,
    base: str,
    revisions: Sequence[PageText],
    read: Callable[[str], Schedule],
    bot: str,
) -> _Made:
    """By mark; None where that is older than what was read.

    `before` is what was known of the text `base` that stood there before these revisions, {} if they made the page; None if
    nothing was: then what the oldest of them shows was made by nobody known, no later than it.
    """
    sizes = list(accumulate(len(one.text or "") for one in reversed(revisions)))
    fits = sum(1 for size in sizes if size <= MOST_READ) or 1
    known: _Made | None = None if before is None else dict(before)
    if fits < len(revisions):
        known, revisions = None, revisions[-fits:]
    # By mark, what of a session the bot's tidying does not change.
    places = dict(_marks(read(base))) if base else {}
    certain = True
    for one in revisions:
        if one.text is None or one.timestamp is None:
            certain = False  # a hidden one: who made what the next one shows is not known
            continue
        user = one.user if certain and known is not None else ""
        maker = Maker(user, one.timestamp, one.revid if user else None)
        schedule = read(one.text)
        marks = dict(_marks(schedule))
        there = known or {}
        tidied = {places[mark]: there[mark] for mark in there if mark in places and mark not in marks}
        own = bool(user) and user == bot
        known = {
            mark: there[mark] if mark in there else tidied[place] if own and place in tidied else maker
            for mark, place in marks.items()
        }
        places, certain = marks, True
    return known or {}


def no_other_sessions(known: Mapping[str, Maker | None], schedule: Schedule) -> bool:
    """Whether all sessions and people of a page are known, as they are after the bot's tidying."""
    return all(mark in known for mark, _ in _marks(schedule))


def _marks(schedule: Schedule) -> Iterator[tuple[str, str]]:
    """Each session's mark with its place, and that of each person in it."""
    for session in schedule.sessions:
        yield mark_of(session), _place(session)
        for person in _people(session):
            yield mark_of(session, person), f"{_place(session)} {person}"


def _place(session: Session) -> str:
    return f"{session.start} {session.end} {session.rooms} {session.format}"


def _people(session: Session) -> Iterable[str]:
    return dict.fromkeys(person.name for person in (*session.owners, *session.facilitators))
