"""From Conduit's answers to facts and signs, and from what is remembered to proposals; no I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from callboard.config_board import Board
from callboard.model import Proposal
from callboard.proposals.acknowledgement import Rule, acknowledgement
from callboard.proposals.description import asked_format, claimed_accounts
from callboard.proposals.memory import BoardMemory, Sign, TaskFacts
from callboard.proposals.requests import recording, slot_wish

_DUPLICATE = "duplicate"  # the status that a merge gives, without a transaction of its own
_MARKS = 10
# Transactions were seen to be committed below an id already passed, by up to some seconds (exp_gap): reading on
# starts from a mark older than this.
SETTLED = 120


def task_facts(row: Mapping[str, Any], project: str) -> TaskFacts:
    """A row of maniphest.search with the attachments `columns` and `projects`; empty maps come as `[]`."""
    fields, attachments = row["fields"], row["attachments"]
    boards = attachments["columns"]["boards"] or {}
    place = boards.get(project, {"columns": ()})
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
        on_project=project in attachments["projects"]["projectPHIDs"],
    )


def sign_in(row: Mapping[str, Any], project: str, coordinators: Iterable[str]) -> Sign | None:
    """The sign that a row of transaction.search is: a coordinator's comment, or move on this board; else None."""
    if row["authorPHID"] not in coordinators:
        return None
    number, phid, task, author, at = (
        row[key] for key in ("id", "phid", "objectPHID", "authorPHID", "dateCreated")
    )
    if row["type"] == "comment" and row["comments"]:
        return Sign(number, phid, task, author, at, "comment", text=newest_text(row["comments"]))
    if row["type"] == "core:columns":
        moves = [move["columnPHID"] for move in row["fields"]["new"] if move["boardPHID"] == project]
        if moves:
            return Sign(number, phid, task, author, at, "column", column=moves[-1])
    return None


def newest_text(comments: Iterable[Mapping[str, Any]]) -> str:
    """The text of a comment's newest version; empty once the comment is removed."""
    newest = max(comments, key=lambda comment: comment["version"])
    return "" if newest["removed"] else newest["content"]["raw"]


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
    rows = list(rows)
    signs = dict(memory.signs)
    for row in rows:
        sign = sign_in(row, memory.project, memory.coordinators)
        if sign is not None and sign.task in memory.tasks:
            signs[sign.phid] = sign
    return replace(memory, signs=signs, merged=_merged(memory, rows), marks=_marks(memory, rows))


def _merged(memory: BoardMemory, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Which task went into which other one; whoever merged them, the newest merge of a task counts."""
    merges = [row for row in rows if row["type"] == "mergedinto" and row["objectPHID"] in memory.tasks]
    found = {
        row["objectPHID"]: str(row["fields"]["new"]) for row in sorted(merges, key=lambda row: int(row["id"]))
    }
    return {**memory.merged, **found}


def with_rechecked(
    memory: BoardMemory, asked: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> BoardMemory:
    """The memory after asking for comments by PHID: edited and removed ones as they are now, missing ones unseen."""
    here = {row["phid"]: row for row in rows}
    signs = dict(memory.signs)
    for phid in asked:
        if phid in here:
            signs[phid] = replace(signs[phid], text=newest_text(here[phid]["comments"]), seen=True)
        else:
            signs[phid] = replace(signs[phid], seen=False)
    return replace(memory, signs=signs)


def _marks(memory: BoardMemory, rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[int, int], ...]:
    """Old marks and, of the new rows, the newest one and the newest settled one."""
    seen = sorted((row["id"], row["dateCreated"]) for row in rows)
    settled = [mark for mark in seen if mark[1] <= memory.polled - SETTLED]
    return tuple(sorted({*memory.marks, *settled[-1:], *seen[-1:]})[-_MARKS:])


def places_to_read_from(memory: BoardMemory) -> list[int]:
    """Transaction ids to try as `before`: the newest settled one, then older ones; the oldest if none is settled."""
    settled = [number for number, at in memory.marks if at <= memory.polled - SETTLED]
    return settled[::-1] or [number for number, _ in memory.marks[:1]]


def rule_of(memory: BoardMemory, board: Board) -> Rule:
    """What acknowledges a task on this board, in the server's identifiers."""
    return Rule(
        coordinators=memory.coordinators,
        by=frozenset(board.acknowledged_by),
        wording=board.wording,
        columns=frozenset(phid for phid, name in memory.columns.items() if name in board.columns),
        open=frozenset(value for value, closed in memory.statuses.items() if not closed),
    )


def proposals(memory: BoardMemory, board: Board) -> tuple[Proposal, ...]:
    """Every task that is or was on the board, oldest first."""
    rule = rule_of(memory, board)
    signs: dict[str, list[Sign]] = {}
    for sign in memory.signs.values():
        signs.setdefault(sign.task, []).append(sign)
    tasks = sorted(memory.tasks.values(), key=lambda task: task.number)
    return tuple(_proposal(task, signs.get(task.phid, []), memory, board, rule) for task in tasks)


def _proposal(task: TaskFacts, signs: list[Sign], memory: BoardMemory, board: Board, rule: Rule) -> Proposal:
    author = memory.users.get(task.author, "")
    claims = claimed_accounts(task.description)
    known = [name for name in claims if memory.accounts.get(name) == task.author]
    if author in board.people:
        known.insert(0, board.people[author])
    kind, minutes = asked_format(task.description)
    return Proposal(
        task=task.name,
        phid=task.phid,
        title=task.title,
        author=author,
        status=task.status,
        closed=task.status not in rule.open,
        description=task.description,
        visible=task.seen and task.on_project,
        acknowledged=acknowledgement(task, signs, rule),
        claimed_names=claims,
        owners=tuple(dict.fromkeys(known)),
        minutes=minutes,
        format=kind,
        submitted=datetime.fromtimestamp(task.created, UTC),
        merged_into=_merged_into(task, memory),
        recording=recording(signs, rule),
        slot=slot_wish(signs, rule),
    )


def _merged_into(task: TaskFacts, memory: BoardMemory) -> str:
    """The task that a duplicate was merged into, if it is on the board too; a task opened again is merged no more."""
    target = memory.tasks.get(memory.merged.get(task.phid, "")) if task.status == _DUPLICATE else None
    return target.name if target else ""
