"""Checks: what a person must look at. One file a check; a decorator registers it under the code of its problems.

    @check("task-twice")
    def task_twice(seen: Seen) -> Iterator[Problem]: ...

A check sees every page of the event that was read, so that clashes across pages and days are found.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from importlib import import_module
from math import inf
from pkgutil import iter_modules

from callboard.checks.of_readers import each_once, in_lines, in_rows
from callboard.checks.overlaps import Booking, bookings_by_person
from callboard.cover import Cover, cover
from callboard.model import Problem, Schedule, Severity, SignUps
from callboard.snapshot import Snapshot


@dataclass(frozen=True)
class Seen:
    """All that a check may look at, and what several of them need, made once."""

    schedules: tuple[Schedule, ...]
    signups: tuple[SignUps, ...]
    snapshot: Snapshot
    certain: bool = True  # all schedules of the event are there; if not, nothing is missing for certain

    @cached_property
    def bookings(self) -> dict[str, list[Booking]]:
        """When each owner and facilitator is taken."""
        return bookings_by_person(self.schedules)

    @cached_property
    def shared_out(self) -> list[list[Booking]]:
        """The bookings of everybody who has more than one."""
        return [bookings for bookings in self.bookings.values() if len(bookings) > 1]

    @cached_property
    def cover(self) -> Cover:
        """What the event needs of helpers and facilitators, and who is there."""
        return cover(self.snapshot.event, self.schedules, self.signups)

    @property
    def lists_read(self) -> bool:
        """Whether all sign-up lists of the event are there, so that what nobody covers in them is uncovered."""
        return 0 < len(self.snapshot.event.pages.signups) <= len(self.signups)


Check = Callable[[Seen], Iterator[Problem]]
CHECKS: dict[str, Check] = {}


def check(code: str) -> Callable[[Check], Check]:
    """Register a check under the code of its problems."""

    def register(func: Check) -> Check:
        if code in CHECKS:
            raise ValueError(f"two checks are called {code!r}")
        CHECKS[code] = func
        return func

    return register


SOON = timedelta(hours=24)  # what begins within it presses
OVER = timedelta(hours=2)  # after its start a session has begun, and there is little left to do


def _urgency(problem: Problem, now: datetime) -> int:
    """How soon and how bad in one: an error of tomorrow is as urgent as a warning of today; what is over comes last."""
    rank = problem.severity.rank
    if problem.at is None:
        return rank + (problem.severity is not Severity.ERROR)
    if problem.at < now - OVER:
        return 4
    return rank + (problem.at > now + SOON)


def ordered(problems: Iterable[Problem], now: datetime) -> tuple[Problem, ...]:
    """The most urgent first, then the worst, the soonest, and by page and line."""

    def place(problem: Problem) -> tuple[object, ...]:
        at = problem.at.timestamp() if problem.at else inf
        where = (not problem.page, problem.page, problem.line or 0, problem.code)
        return (_urgency(problem, now), problem.severity.rank, at, *where, problem.text, problem.message)

    return tuple(sorted(problems, key=place))


def run_checks(
    schedules: tuple[Schedule, ...],
    signups: tuple[SignUps, ...],
    snapshot: Snapshot,
    *,
    certain: bool = True,
) -> tuple[Problem, ...]:
    """Every problem once, the most urgent first; those that the readers met are among them."""
    seen = Seen(schedules, signups, snapshot, certain)
    met = dict.fromkeys(problem for schedule in schedules for problem in in_rows(schedule))
    met.update(dict.fromkeys(problem for page in signups for problem in in_lines(page)))
    found = dict.fromkeys(problem for code in sorted(CHECKS) for problem in CHECKS[code](seen))
    return ordered(each_once(met, found), snapshot.now)


for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
