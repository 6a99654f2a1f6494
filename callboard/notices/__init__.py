"""Notices: who is due what at `now`. One file per kind; the kind's occasion makes the notice once.

A kind yields every notice that the schedule and the board call for, whenever it is due; `due` sorts them by `now` and
by what was sent before. Nothing here writes or asks the time.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from callboard.config import NoticeRule
from callboard.errors import ConfigError
from callboard.model import Notice, Schedule
from callboard.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Occasions:
    """What a kind looks at: the snapshot, the schedules as they will stand after tidying, and its own settings."""

    snapshot: Snapshot
    schedules: tuple[Schedule, ...]
    rule: NoticeRule


Finder = Callable[[Occasions], Iterator[Notice]]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice; one that rests on the board is sent only after its task was looked at once more."""

    name: str
    find: Finder
    rests_on_board: bool
    parameters: tuple[str, ...]  # what its template is given


@dataclass(frozen=True, slots=True)
class Due:
    """Notices by what `now` makes of them."""

    now: tuple[Notice, ...]  # to be posted, the most urgent first
    late: tuple[Notice, ...]  # no longer of use: recorded as skipped


_KINDS: dict[str, NoticeKind] = {}


def notice_kind(name: str, *, rests_on_board: bool, parameters: Iterable[str]) -> Callable[[Finder], Finder]:
    """Register a kind under `name`; its template is `templates_wikitext/notices/<name>.wikitext`."""

    def register(find: Finder) -> Finder:
        if name in _KINDS:
            raise ValueError(f"two kinds of notice are called {name!r}")
        _KINDS[name] = NoticeKind(name, find, rests_on_board, tuple(parameters))
        return find

    return register


@cache
def kinds() -> dict[str, NoticeKind]:
    """Every kind of notice, by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_KINDS.items()))


def check_kinds(rules: Iterable[NoticeRule], where: str) -> None:
    """Raises ConfigError if an event asks for a kind that does not exist."""
    unknown = [rule.kind for rule in rules if rule.kind not in kinds()]
    if unknown:
        known = ", ".join(kinds())
        raise ConfigError(
            "\n".join(f"{where}: notice: there is no kind {kind!r}; kinds are {known}" for kind in unknown)
        )


def due(snapshot: Snapshot, schedules: tuple[Schedule, ...]) -> Due:
    """The notices that the event wants and that were not sent before, each key once."""
    wanted: dict[str, Notice] = {}
    for rule in snapshot.event.notice:
        if rule.enabled:
            for notice in kinds()[rule.kind].find(Occasions(snapshot, schedules, rule)):
                if notice.due <= snapshot.now and notice.key not in snapshot.sent:
                    wanted.setdefault(notice.key, notice)
    ordered = sorted(wanted.values(), key=lambda notice: (notice.until, notice.due, notice.key))
    return Due(
        now=tuple(notice for notice in ordered if snapshot.now < notice.until),
        late=tuple(notice for notice in ordered if snapshot.now >= notice.until),
    )
