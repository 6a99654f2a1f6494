"""Notices: who is due what at `now`. One file per kind; the kind's occasion makes the notice once.

A kind yields every notice that the schedule and the board call for, whenever it is due; `due` sorts them by `now` and
by what was sent before. Nothing here writes or asks the time.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from callboard.config_notices import NoticeRule
from callboard.model import Notice, Problem, ProposalState, Schedule, SignUps
from callboard.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Occasions:
    """What a kind looks at: the snapshot, the schedules as they will stand after tidying, and its own settings."""

    snapshot: Snapshot
    schedules: tuple[Schedule, ...]
    rule: NoticeRule
    signups: tuple[SignUps, ...] = ()  # of the pages that were read whole
    problems: tuple[Problem, ...] = ()  # the open ones, each with `since`, the most urgent first
    states: tuple[ProposalState, ...] = ()  # where each proposal of the board stands

    @property
    def lists_read(self) -> bool:
        """Whether all sign-up lists of the event are there, so that who is in none of them has not signed up."""
        return 0 < len(self.snapshot.event.pages.signups) <= len(self.signups)


Finder = Callable[[Occasions], Iterator[Notice]]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice; one that rests on the board is sent only after its task was looked at once more."""

    name: str
    find: Finder
    rests_on_board: bool
    parameters: tuple[str, ...]  # what its template is given
    same_by_time: bool = False  # a session with a new title, or a task at last, is the same: told is told
    rests_on_signups: bool = False  # the sign-up lists are looked at once more before it is sent
    cancels: bool = False  # says that a session is gone: many at once are more likely an accident
    by_script: bool = False  # sent only when a person starts its script, never by the timer
    if_withdrawn: bool = (
        False  # rests on the board in that a yes was taken back there, not in that there is one
    )
    any_hour: bool = False  # goes out in quiet hours too: what is about to start cannot wait
    if_incomplete: bool = (
        False  # rests on the board in that a task lacks what its occasion names, not in a yes
    )


_TASK = re.compile(r"^[^/]+/T\d+@")
_KINDS: dict[str, NoticeKind] = {}


def notice_kind(
    name: str,
    *,
    rests_on_board: bool,
    parameters: Iterable[str],
    **flags: bool,
) -> Callable[[Finder], Finder]:
    """Register a kind under `name`, with the flags of `NoticeKind` that are set; its template is `templates_wikitext/notices/<name>.wikitext`."""

    def register(find: Finder) -> Finder:
        if name in _KINDS:
            raise ValueError(f"two kinds of notice are called {name!r}")
        _KINDS[name] = NoticeKind(name, find, rests_on_board, tuple(parameters), **flags)
        return find

    return register


@cache
def kinds() -> dict[str, NoticeKind]:
    """Every kind of notice, by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_KINDS.items()))


def unknown_kinds(names: Iterable[str]) -> Iterator[str]:
    """A line, key first, for each kind in an event file that does not exist."""
    known = ", ".join(kinds())
    yield from (
        f"notice.{name}: there is no such kind; kinds are {known}" for name in names if name not in kinds()
    )


def told_as(notices: Iterable[Notice], sent: Collection[str], called_for: Collection[str]) -> dict[str, str]:
    """The key under which each notice was sent, by its own key, for those that were.

    That is another key where a reminder went out before somebody mended the session's title or the bot linked its task:
    one for the same person, kind and occasion that nothing else calls for. Of two tasks each is a session of its own.
    """
    told: dict[str, str] = {}
    missing: list[str] = []
    for notice in notices:
        if notice.key in sent:
            told[notice.key] = notice.key
        elif kinds()[notice.kind].same_by_time:
            missing.append(notice.key)
    others: dict[tuple[str, ...], list[str]] = {}
    for key in sorted(key for key in sent if missing and key not in called_for):
        others.setdefault(_happening(key), []).append(key)
    for key in missing:
        left = others.get(_happening(key), [])
        found = next((old for old in left if not (_of_task(old) and _of_task(key))), None)
        if found:
            left.remove(found)
            told[key] = found
    return told


def _happening(key: str) -> tuple[str, ...]:
    """A key without what the session is called: `tea/T1@Ada/starts_soon/…` → event, person, kind, occasion."""
    event, _, rest = key.partition("/")
    subject, _, rest = rest.partition("/")
    return event, subject.rpartition("@")[2], rest


def _of_task(key: str) -> bool:
    return _TASK.search(key) is not None
