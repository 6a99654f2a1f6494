"""The checks run on a page as it would be: which problems a change brings, and which of them are errors."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from callboard.checks import run_checks
from callboard.model import Problem, Schedule, Severity, SignUps
from callboard.placing.change import Change
from callboard.snapshot import Snapshot

_LINE = re.compile(r"\bline \d+")  # where something else stands now


def new_problems(
    change: Change, schedules: Sequence[Schedule], signups: Sequence[SignUps], snapshot: Snapshot
) -> tuple[Problem, ...]:
    """The problems that the change brings, the worst first; one that was there before is not among them.

    `schedules` are all pages of the event as they are. Lines and quotes may move, so a problem is known by what it says; and
    who changed which line is left out, for the lines are others afterwards and nobody's is changed by the bot.
    """
    snapshot = replace(snapshot, authors={})
    changed = {step.page: step for step in change.steps}
    others = tuple(page for page in schedules if page.page not in changed)
    before = run_checks((*others, *(step.before for step in change.steps)), tuple(signups), snapshot)
    after = run_checks((*others, *(step.after for step in change.steps)), tuple(signups), snapshot)
    known = Counter(map(_said, before))
    found = []
    for problem in after:
        if known[_said(problem)]:
            known[_said(problem)] -= 1
        else:
            found.append(problem)
    return tuple(found)


def _said(problem: Problem) -> tuple[str, ...]:
    return (problem.code, problem.page, _LINE.sub("line", problem.message), problem.task or "")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop a change until a person confirms it."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
