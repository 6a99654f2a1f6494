"""From Conduit's answers to what is remembered of a board; no I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from callboard.proposals.memory import BoardMemory, Sign, TaskFacts
from callboard.proposals.signs import Kept, signs_in, signs_in_history, with_versions

_MARKS = 10
# Transactions were seen to be committed below an id already passed, by up to some seconds (exp_gap): reading on
# starts from a mark older than this, which is more than the ten seconds that were enough there.
SETTLED = 120


def task_facts(row: Mapping[str, Any], project: str) -> TaskFacts:
    """A row of maniphest.search with the attachments `columns` and `projects`; empty maps come as `[]`."""
    fields, attachments = row["fields"], row["attachments"]
    boards = attachments["columns"]["boards"] or {}
    place = boards.get(project, {"columns": ()})
    tags = attachments["projects"]["projectPHIDs"]
    return TaskFacts(
        number=row["id"],
        phid=row["phid"],
        title=fields["name"],
        description=fields["description"]["raw"] or "",
        author=fields["authorPHID"],
        status=fields["status"]["value"],
        columns=tuple(column["phid"] for column in place["columns"]),
        created=fields["dateCreated"],
        modified=fields["dateModified"],
        on_project=project in tags,
        tags=tuple(sorted(tags)),
        closer=fields.get("closerPHID") or "",
    )


def kept_of(memory: BoardMemory) -> Kept:
    """Whose signs this board's memory holds."""
    return Kept(memory.project, frozenset({*memory.listed, memory.bot}), frozenset(memory.tags))


def with_tasks(memory: BoardMemory, found: Iterable[TaskFacts]) -> BoardMemory:
    """The memory with these tasks as they are now."""
    return replace(memory, tasks={**memory.tasks, **{task.phid: task for task in found}})


def with_looked_for(memory: BoardMemory, asked: Iterable[str], found: Iterable[TaskFacts]) -> BoardMemory:
    """The memory after asking for tasks by PHID: those that did not come are hidden or gone."""
    here = {task.phid: task for task in found}
    gone = {
        phid: replace(memory.tasks[phid], seen=False)
        for phid in asked
        if phid not in here and phid in memory.tasks
    }
    return replace(memory, tasks={**memory.tasks, **gone, **here})


def with_rows(memory: BoardMemory, rows: Iterable[Mapping[str, Any]]) -> BoardMemory:
    """The memory with the signs among these transactions of known tasks, and new marks to read on from."""
    rows, kept = list(rows), kept_of(memory)
    signs = dict(memory.signs)
    for row in rows:
        if row["objectPHID"] in memory.tasks:
            signs |= {sign.key: _not_less(sign, signs) for sign in signs_in(row, kept)}
    return replace(memory, signs=signs, marks=_marks(memory, rows), streamed=memory.polled)


def with_histories(memory: BoardMemory, histories: Mapping[int, Iterable[Mapping[str, Any]]]) -> BoardMemory:
    """The memory with all signs of these tasks (by number); their comments are to be rechecked, for their versions."""
    kept, phids = kept_of(memory), {task.number: task.phid for task in memory.tasks.values()}
    signs = dict(memory.signs)
    for number, rows in histories.items():
        found = [sign for row in rows for sign in signs_in_history(row, phids[number], kept)]
        signs |= {sign.key: sign for sign in found if sign.how != "comment" or sign.key not in signs}
    return replace(memory, signs=signs)


def with_rechecked(
    memory: BoardMemory, asked: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> BoardMemory:
    """The memory after asking for comments by PHID: edited and removed ones as they are now, missing ones unseen."""
    here = {row["phid"]: row for row in rows}
    signs = dict(memory.signs)
    for phid in asked:
        if phid in here:
            signs[phid] = with_versions(signs[phid], here[phid]["comments"])
        else:
            signs[phid] = replace(signs[phid], seen=False)
    return replace(memory, signs=signs)


def _not_less(sign: Sign, known: Mapping[str, Sign]) -> Sign:
    """The sign with the older texts that were known, if it was removed."""
    before = known.get(sign.key)
    if not sign.removed or before is None:
        return sign
    said = before.earlier if before.removed or not before.own else (*before.earlier, before.text)
    return replace(sign, earlier=said)


def _marks(memory: BoardMemory, rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[int, int], ...]:
    """Old marks and, of the new rows, the newest one and the newest settled one, or the oldest if none is."""
    seen = sorted((row["id"], row["dateCreated"]) for row in rows)
    settled = [mark for mark in seen if mark[1] <= memory.polled - SETTLED]
    return tuple(sorted({*memory.marks, *(settled or seen[:1])[-1:], *seen[-1:]})[-_MARKS:])


def places_to_read_from(memory: BoardMemory) -> list[int]:
    """Transaction ids to try as `before`: the newest settled one, then older ones; the oldest if none is settled.

    Settled is what was old enough when the stream was read last: below a younger one rows may have been committed since.
    """
    settled = [number for number, at in memory.marks if at <= memory.streamed - SETTLED]
    return settled[::-1] or [number for number, _ in memory.marks[:1]]
