"""Reads an event's workboard: one request when nothing happened, two when something did, never one per task.

People never met before cost up to three more, tasks that join or return up to two for all of them. Nothing is
lost by losing the memory: without it the board is read whole. What `modifiedStart` and the transaction stream do not
show (comments edited or removed, tasks hidden or taken off) is looked for by PHID, every so often and right before
something is done that rests on it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from callboard.board_history import comments, histories, newest, stream
from callboard.board_people import with_people
from callboard.board_start import refreshed, settings_of, start
from callboard.config_board import Board
from callboard.errors import BoardAway
from callboard.phabricator import CallRefused, Conduit
from callboard.proposals.facts import (
    places_to_read_from,
    task_facts,
    with_histories,
    with_looked_for,
    with_rechecked,
    with_rows,
    with_tasks,
)
from callboard.proposals.memory import BoardMemory, TaskFacts

# `modifiedStart` is inclusive, in whole seconds, and an edit may be committed some seconds after the time that it bears.
# What comes again unchanged is no news, so that a long overlap costs no further request.
_OVERLAP = 30
_ATTACHMENTS = {"columns": True, "projects": True}
_PAGE = 100
_AT_ONCE = 1000  # tasks that a check looks for; of a larger board the others have their turn at later checks


class WorkBoard:
    """One board behind Conduit; raises BoardAway and BoardRefused, nothing else.

    Every `check_every`-th poll, and the first after `check_after` seconds, also looks for known tasks, comments, people.
    """

    def __init__(
        self, conduit: Conduit, board: Board, *, check_every: int = 12, check_after: int = 3600
    ) -> None:
        self._conduit = conduit
        self._board = board
        self._asked_at = 0  # the server's clock at the last first page of tasks
        self._check_every = check_every
        self._check_after = check_after
        self._settings = settings_of(board)

    @property
    def requests(self) -> int:
        """How many HTTP requests this took since the start."""
        return self._conduit.requests

    def poll(self, memory: BoardMemory | None) -> BoardMemory:
        """The board now. One request if nothing changed since `memory`; all of it if there is none, or for other settings."""
        if memory is None or memory.board != self._settings:
            return _understood(self._read_all)
        return _understood(lambda: self._read_changes(memory))

    def recheck(self, memory: BoardMemory, tasks: Iterable[str]) -> BoardMemory:
        """Fresh facts and signs of these tasks (PHIDs or `T1`): two requests up to 100 tasks; a third if one changed since.

        For use right before an edit or a notice that rests on them.
        """
        return _understood(lambda: self._look_for(memory, _phids(memory, tasks)))

    def reread(self, memory: BoardMemory, tasks: Iterable[str]) -> BoardMemory:
        """The same from the tasks' whole histories, changed or not: three requests up to 100 tasks."""
        return _understood(lambda: self._look_for(memory, _phids(memory, tasks), whole=True))

    # -- every poll

    def _read_changes(self, memory: BoardMemory) -> BoardMemory:
        since = memory.polled
        found = self._tasks(memory.project, {"projects": [memory.project], "modifiedStart": since - _OVERLAP})
        news = [task for task in found if memory.tasks.get(task.phid) != task or task.modified >= since]
        back = {task.phid for task in news if _was_away(memory, task)}
        memory = replace(with_tasks(memory, found), polled=self._now(since, found), polls=memory.polls + 1)
        due = memory.polls >= self._check_every or memory.checked + self._check_after <= memory.polled
        if news or due:
            memory = self._read_stream(memory, back)
        return self._check(memory) if due else self._with_people(memory)

    def _read_stream(self, memory: BoardMemory, back: Collection[str]) -> BoardMemory:
        """What happened since a place already read, and all that happened to tasks that were out of sight before."""
        rows = stream(self._conduit, places_to_read_from(memory))
        if rows is None:  # every place is hidden or gone
            return self._read_histories(
                with_rows(replace(memory, marks=()), newest(self._conduit)), list(memory.tasks)
            )
        created = {row["objectPHID"] for row in rows if row["type"] == "create"}
        # What was done to a task while it was hidden may lie below the place: in the 2021 fork such a row has no type.
        shown = {row["objectPHID"] for row in rows if row["type"] == "core:view-policy"} & memory.tasks.keys()
        return self._read_histories(with_rows(memory, rows), sorted((shown | {*back}) - created))

    def _check(self, memory: BoardMemory) -> BoardMemory:
        """Looks for known tasks, their comments and people, and for who coordinates: accounts are disabled or renamed."""
        memory = refreshed(self._conduit, self._board, memory)
        part = _part(memory)
        memory = self._look_for(memory, part)
        turn = memory.turn + _AT_ONCE if memory.turn + _AT_ONCE < len(memory.tasks) else 0
        memory = self._with_people(memory, part)
        return replace(memory, polls=0, checked=memory.polled, turn=turn)

    def _look_for(self, memory: BoardMemory, phids: Sequence[str], *, whole: bool = False) -> BoardMemory:
        """Asks for tasks and their comments by PHID: who left, what is hidden, what was edited or removed."""
        found = [
            task
            for first in range(0, len(phids), _PAGE)
            for task in self._tasks(memory.project, {"phids": list(phids[first : first + _PAGE])})
        ]
        changed = [task for task in found if whole or _was_away(memory, task) or _may_differ(memory, task)]
        memory = with_looked_for(memory, phids, found)
        memory = with_histories(memory, histories(self._conduit, [task.number for task in changed]))
        return self._read_comments(memory, phids)

    def _read_histories(self, memory: BoardMemory, phids: Sequence[str]) -> BoardMemory:
        numbers = [memory.tasks[phid].number for phid in phids]
        return self._read_comments(with_histories(memory, histories(self._conduit, numbers)), phids)

    def _read_comments(self, memory: BoardMemory, tasks: Collection[str]) -> BoardMemory:
        """The comments on these tasks with all their versions, as they are now."""
        wanted = set(tasks)
        asked = [sign.phid for sign in memory.signs.values() if sign.how == "comment" and sign.task in wanted]
        return with_rechecked(memory, asked, comments(self._conduit, asked))

    # -- the whole board

    def _read_all(self) -> BoardMemory:
        memory = start(self._conduit, self._board)
        rows = newest(self._conduit)  # before the tasks: what happens meanwhile lies above
        found = self._tasks(memory.project, {"projects": [memory.project]})
        now = self._now(0, found)
        memory = with_rows(replace(with_tasks(memory, found), polled=now, checked=now), rows)
        return self._with_people(self._read_histories(memory, list(memory.tasks)))

    # -- Conduit

    def _with_people(self, memory: BoardMemory, again: Collection[str] = ()) -> BoardMemory:
        return with_people(self._conduit, memory, self._board.fields, again)

    def _tasks(self, project: str, constraints: dict[str, object]) -> list[TaskFacts]:
        """All tasks that match; read once more if the task at which a page ended was hidden meanwhile."""
        try:
            return self._pages(project, constraints)
        except CallRefused as refusal:
            if "Access Denied" not in refusal.info and "Cursor" not in refusal.info:
                raise
        return self._pages(project, constraints)

    def _pages(self, project: str, constraints: dict[str, object]) -> list[TaskFacts]:
        """Page by page in the order `oldest`, in which none loses or repeats a task that changes meanwhile."""
        rows: list[Any] = []
        after: dict[str, object] = {}
        while True:
            answer: Any = self._conduit.call(
                "maniphest.search",
                constraints=constraints,
                attachments=_ATTACHMENTS,
                order="oldest",
                limit=_PAGE,
                **after,
            )
            if not rows:
                self._asked_at = self._conduit.server_time or 0
            rows += answer["data"]
            if answer["cursor"]["after"] is None:
                return [task_facts(row, project) for row in rows]
            after = {"after": answer["cursor"]["after"]}

    def _now(self, before: int, found: Iterable[TaskFacts]) -> int:
        """The server's clock when it was asked for tasks, never running backwards; the newest change if it tells no time."""
        told = self._asked_at or max((task.modified for task in found), default=0)
        return max(told, before)


def _was_away(memory: BoardMemory, task: TaskFacts) -> bool:
    """Whether the task was hidden, off the board or never seen, so that what happened to it meanwhile was passed over."""
    known = memory.tasks.get(task.phid)
    return known is None or not known.seen or not known.on_project


def _may_differ(memory: BoardMemory, task: TaskFacts) -> bool:
    """Whether something may have happened since: in the second of the last poll too, as times are whole seconds."""
    return task.modified != memory.tasks[task.phid].modified or task.modified >= memory.polled


def _phids(memory: BoardMemory, tasks: Iterable[str]) -> list[str]:
    wanted = set(tasks)
    return [task.phid for task in memory.tasks.values() if wanted & {task.phid, task.name}]


def _part(memory: BoardMemory) -> list[str]:
    """The tasks that a check looks for: all, or those with a coordinator's sign and some of the others in turn."""
    phids = [task.phid for task in sorted(memory.tasks.values(), key=lambda task: task.number)]
    if len(phids) <= _AT_ONCE:
        return phids
    signed = {sign.task for sign in memory.signs.values() if sign.author in memory.listed}
    in_turn = {*phids[memory.turn : memory.turn + _AT_ONCE]}
    return [phid for phid in phids if phid in signed or phid in in_turn]


def _understood(read: Callable[[], BoardMemory]) -> BoardMemory:
    try:
        return read()
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise BoardAway(
            f"Phabricator's answer is not understood ({type(error).__name__}: {error})"
        ) from error
