"""Which session is which, from one look to the next: by task, title and place; a new title or a task makes no other session."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from callboard.model import SeenSession, Session
from callboard.notices.telling import slug_of
from callboard.read.likeness import alike as likeness
from callboard.read.matching import ALIKE, same_title

_NUMBER = re.compile(r"\d+")
_Sign = Callable[[SeenSession, Session], bool]


def name_of(session: SeenSession) -> str:
    """The name in keys of a session that was seen."""
    return session.tasks[0] if session.tasks else slug_of(session.title)


def is_task(name: str) -> bool:
    """Whether a name in keys is a task, not a title."""
    return name[:1] == "T" and name[1:].isdecimal()


def alike(one: str, other: str) -> bool:
    """Half of the words are the same: a title was reworded in its place."""
    first, second = set(one.split()), set(other.split())
    return bool(first and second) and 2 * len(first & second) >= max(len(first), len(second))


def _another(seen: SeenSession, session: Session) -> bool:
    """Of two tasks each is a session of its own."""
    tasks = {ref.task for ref in session.tasks}
    return bool(tasks and seen.tasks) and tasks.isdisjoint(seen.tasks)


def _same_task(seen: SeenSession, session: Session) -> bool:
    return any(ref.task in seen.tasks for ref in session.tasks)


def _same_title(seen: SeenSession, session: Session) -> bool:
    title = same_title(session.title)
    return bool(title) and title == same_title(seen.title)


def _same_place(seen: SeenSession, session: Session) -> bool:
    return session.start is not None and (session.start, session.rooms) == (seen.start, seen.rooms)


def _reworded(seen: SeenSession, session: Session) -> bool:
    """Nearly the same title at another place; `Part 1` and `Part 2` are two, and a task does not get lost by the way."""
    if seen.tasks and not session.tasks:
        return False
    one, other = same_title(seen.title), same_title(session.title)
    return _NUMBER.findall(one) == _NUMBER.findall(other) and likeness(one, other) >= ALIKE


_SIGNS = (_same_task, _same_title, _same_place, _reworded)


def same_sessions(old: Iterable[SeenSession], new: Iterable[Session]) -> list[tuple[SeenSession, Session]]:
    """Pairs of a session that is not found under its name any more and the one that it is now.

    By the surest sign that fits one of each only; in doubt it is another session.
    """
    left, there = list(dict.fromkeys(old)), list(new)
    found: list[tuple[SeenSession, Session]] = []
    for sign in _SIGNS:
        pairs = _one_to_one(left, there, sign)
        for seen, one in pairs:
            left.remove(seen)
            there = [other for other in there if other is not one]
            found.append((seen, one))
    return found


def _one_to_one(old: list[SeenSession], new: list[Session], sign: _Sign) -> list[tuple[SeenSession, Session]]:
    """The pairs that the sign makes, where each is in one pair only."""
    pairs = [
        (a, b)
        for a, seen in enumerate(old)
        for b, one in enumerate(new)
        if sign(seen, one) and not _another(seen, one)
    ]
    olds, news = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return [(old[a], new[b]) for a, b in pairs if olds[a] == news[b] == 1]
