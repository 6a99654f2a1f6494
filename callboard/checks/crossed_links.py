"""Two rows that link each other's task."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.links_apart import crossed
from callboard.checks.phrasing import named, problem_at
from callboard.model import Problem, Severity


@check("task-crossed")
def task_crossed(seen: Seen) -> Iterator[Problem]:
    """Told once, at the first of the two; neither row has the title of the task that it links, each that of the other's."""
    for (row, ref, _), (other, there, _) in crossed(seen):
        message = f"{ref.task} stands here and {there.task} at {named(*other, row[0].page)}: each is the other's; swap the numbers"
        yield problem_at(
            row,
            "task-crossed",
            Severity.WARNING,
            message,
            span=ref.span,
            task=ref.task,
            others=[other],
            also=[ref.task, there.task],
        )
