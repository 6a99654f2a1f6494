"""A row of one owner that links the task of another one."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.links_apart import stolen
from callboard.checks.phrasing import listed, problem_at
from callboard.model import Problem, Severity


@check("task-stolen")
def task_stolen(seen: Seen) -> Iterator[Problem]:
    """Where both are known: the task's owner to be its author, the row's to exist; else owner-differs asks.

    And where nobody is known to own the task, but the row's owner has one of that title, which stands nowhere.
    """
    for (row, ref, proposal), right in stolen(seen):
        here = listed([person.name for person in row[1].owners])
        there = listed(proposal.owners) or f"{proposal.author or 'somebody'} on Phabricator"
        if right and right.task != ref.task:
            message = f"this row is {here}'s, but {ref.task} is by {there}; {right.task} has this title and is {here}'s: link that one"
        else:
            message = f"this row is {here}'s, but {ref.task} is by {there}; put the right number here, or the right name"
        yield problem_at(
            row,
            "task-stolen",
            Severity.WARNING,
            message,
            span=ref.span,
            task=ref.task,
            also=[ref.task, here, there],
        )
