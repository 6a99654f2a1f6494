"""One task on several rows of the schedule."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.overlaps import same_session
from callboard.checks.phrasing import named, problem_at, sessions_of
from callboard.model import Problem, Schedule, Session, Severity, TaskRef


@check("task-twice")
def task_twice(seen: Seen) -> Iterator[Problem]:
    """Told at the second row and every further one; twice in one row, or one session in two tables, is no problem.

    Nor is a task of which the event file says that its session repeats.
    """
    repeats = seen.snapshot.event.event.repeats
    rows: defaultdict[str, list[tuple[Schedule, Session, TaskRef]]] = defaultdict(list)
    for schedule, session in sessions_of(seen.schedules):
        for task, ref in {ref.task: ref for ref in reversed(session.tasks)}.items():
            rows[task].append((schedule, session, ref))
    for task, found in rows.items():
        if repeats is True or (repeats and task in repeats):
            continue
        page, first, _ = found[0]
        for schedule, session, ref in found[1:]:
            if (schedule.page, session.span) == (page.page, first.span) or same_session(first, session):
                continue
            message = (
                f"{task} is linked from {named(page, first, schedule.page)} too; correct one of the numbers,"
                " or let the event file say that the session repeats"
            )
            yield problem_at(
                (schedule, session),
                "task-twice",
                Severity.WARNING,
                message,
                span=ref.span,
                task=task,
                others=[(page, first)],
                also=[task],
            )
