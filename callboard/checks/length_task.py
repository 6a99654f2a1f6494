"""A session whose length is not the one that its task asks for."""

from collections.abc import Iterator
from datetime import timedelta

from callboard.checks import Seen, check
from callboard.checks.lengths import by_approval, by_format, by_task
from callboard.checks.phrasing import problem_at, sessions_of
from callboard.model import Problem


@check("length-task")
def length_task(seen: Seen) -> Iterator[Problem]:
    """Nothing where the team approved a length, where the length does not fit the format on the page either, or for a closed task."""
    if not seen.snapshot.proposals:
        return
    event = seen.snapshot.event
    for row in sessions_of(seen.schedules):
        session = row[1]
        length = session.length
        if length is None or length <= timedelta() or by_approval(session, event):
            continue
        proposal = seen.snapshot.proposals.get(session.tasks[0].task) if session.tasks else None
        if proposal is None or proposal.closed:
            continue  # unknown, or declined: task-unknown and task-closed tell
        form, wanted = by_format(session, event), by_task(session, seen.snapshot)
        if wanted is None or (form and (form.shared or form.misfit(length))):
            continue
        if told := wanted.misfit(length):
            task = session.tasks[0].task
            yield problem_at(row, "length-task", *told, task=task, also=[task, str(wanted.minutes)])
