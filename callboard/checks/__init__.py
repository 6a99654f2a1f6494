"""Checks: what a person must look at. One file a check; a decorator registers it under the code of its problems.

    @check("task-twice")
    def task_twice(seen: Seen) -> Iterator[Problem]: ...

A check sees every page of the event that was read, so that clashes across pages and days are found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from callboard.model import Problem, Schedule, Severity, SignUps
from callboard.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a check may look at."""

    schedules: tuple[Schedule, ...]
    signups: tuple[SignUps, ...]
    snapshot: Snapshot


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


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _order(problem: Problem) -> tuple[int, str, int, str, str, str]:
    where = (problem.page, problem.line or 0, problem.code)
    return (_RANK[problem.severity], *where, problem.text, problem.message)


def run_checks(
    schedules: tuple[Schedule, ...], signups: tuple[SignUps, ...], snapshot: Snapshot
) -> tuple[Problem, ...]:
    """Every problem once, the worst first, then by page and line; those that the readers met are among them."""
    seen = Seen(schedules, signups, snapshot)
    found = {problem for schedule in schedules for problem in schedule.problems}
    found.update(problem for page in signups for problem in page.problems)
    for code in sorted(CHECKS):
        found.update(CHECKS[code](seen))
    return tuple(sorted(found, key=_order))


for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
