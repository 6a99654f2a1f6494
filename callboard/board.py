"""Reads the event's workboard: one request when nothing happened, two when something did, never one per task.

Nothing is lost by losing the memory: without it the board is read whole. What `modifiedStart` and the transaction stream
do not show (comments edited or removed, tasks hidden or taken off) is looked for by PHID, every so often and right before
something is done that rests on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from callboard.config_board import Board
from callboard.errors import BoardAway, BoardRefused
from callboard.phabricator import CallRefused, Conduit
from callboard.proposals.board import (
    SETTLED,
    places_to_read_from,
    task_facts,
    with_looked_for,
    with_rechecked,
    with_rows,
    with_tasks,
)
from callboard.proposals.description import claimed_accounts
from callboard.proposals.memory import BoardMemory, TaskFacts

# `modifiedStart` is inclusive, in whole seconds, and a change may be committed a moment after its time.
_OVERLAP = 2
_ATTACHMENTS = {"columns": True, "projects": True}
_PAGE = 100
_STREAM = 1000


class WorkBoard:
    """The board of one event behind Conduit; raises BoardAway and BoardRefused, nothing else.

    Every `check_every`-th poll, and the first after `check_after` seconds, also looks for all known tasks and comments.
    """

    def __init__(
        self, conduit: Conduit, board: Board, *, check_every: int = 12, check_after: int = 3600
    ) -> None:
        self._conduit = conduit
        self._board = board
        self._asked_at = 0  # the server's clock at the last first page of tasks
        self._check_every = check_every
        self._check_after = check_after
        self._settings = "|".join([board.url, board.project, *sorted(board.coordinators), "", *board.columns])

    @property
    def requests(self) -> int:
        """How many HTTP requests this took since the start."""
        return self._conduit.requests

    def poll(self, memory: BoardMemory | None) -> BoardMemory:
        """The board now. One request if nothing changed since `memory`; all of it if there is none, or for other settings."""
        try:
            if memory is None or memory.board != self._settings:
                return self._read_all()
            return self._read_changes(memory)
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise BoardAway(
                f"Phabricator's answer is not understood ({type(error).__name__}: {error})"
            ) from error

    def recheck(self, memory: BoardMemory, tasks: Iterable[str]) -> BoardMemory:
        """Fresh facts and signs of these tasks (PHIDs or `T1`): two requests up to 100 tasks; a third if one changed since.

        For use right before an edit or a notice that rests on them.
        """
        wanted = set(tasks)
        phids = [task.phid for task in memory.tasks.values() if wanted & {task.phid, task.name}]
        try:
            return self._look_for(memory, phids)
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise BoardAway(
                f"Phabricator's answer is not understood ({type(error).__name__}: {error})"
            ) from error

    # -- every poll

    def _read_changes(self, memory: BoardMemory) -> BoardMemory:
        since = memory.polled
        found = self._tasks(memory.project, {"projects": [memory.project], "modifiedStart": since - _OVERLAP})
        news = [task for task in found if memory.tasks.get(task.phid) != task or task.modified >= since]
        # A task that joined the board may bring coordinators' comments that were passed over before.
        joined = [task for task in found if task.phid not in memory.tasks and task.created < since - SETTLED]
        memory = replace(with_tasks(memory, found), polled=self._now(since), polls=memory.polls + 1)
        due = memory.polls >= self._check_every or memory.polled - memory.checked >= self._check_after
        if joined:
            memory = self._read_signs(memory)
        elif news or due:
            memory = self._read_stream(memory)
        return self._with_people(self._check(memory) if due else memory)

    def _check(self, memory: BoardMemory) -> BoardMemory:
        """Looks for all known tasks and comments, and for the coordinators: an account may have been disabled or renamed."""
        memory = replace(memory, coordinators=self._coordinators(memory.coordinators))
        memory = self._look_for(memory, list(memory.tasks), stream=False)
        return replace(memory, polls=0, checked=memory.polled)

    def _read_stream(self, memory: BoardMemory) -> BoardMemory:
        """Everything that happened since a place already read; on from an older place if that one is hidden or gone."""
        for place in places_to_read_from(memory):
            try:
                return with_rows(memory, self._rows_after(place))
            except CallRefused as refusal:
                if not ("Cursor" in refusal.info or "Access Denied" in refusal.info):
                    raise
        return self._read_signs(replace(memory, marks=()))

    def _rows_after(self, place: int) -> list[Any]:
        """Rows above an id. A page holds the oldest of them, newest first, so its first row is where to go on."""
        rows: list[Any] = []
        while True:
            page = self._call("transaction.search", objectType="TASK", before=str(place), limit=_STREAM)[
                "data"
            ]
            rows += page
            if len(page) < _STREAM:
                return rows
            place = page[0]["id"]

    def _look_for(self, memory: BoardMemory, phids: Sequence[str], *, stream: bool = True) -> BoardMemory:
        """Asks for tasks and their comments by PHID: who left, what is hidden, what was edited or removed."""
        if not phids:
            return memory
        found = [
            task
            for first in range(0, len(phids), _PAGE)
            for task in self._tasks(memory.project, {"phids": list(phids[first : first + _PAGE])})
        ]
        changed = any(task.modified != memory.tasks[task.phid].modified for task in found)
        memory = with_looked_for(memory, phids, found)
        comments = [
            sign.phid for sign in memory.signs.values() if sign.how == "comment" and sign.task in phids
        ]
        for first in range(0, len(comments), _STREAM):
            asked = comments[first : first + _STREAM]
            answer = self._call(
                "transaction.search", objectType="TASK", constraints={"phids": asked}, limit=_STREAM
            )
            memory = with_rechecked(memory, asked, answer["data"])
        return self._read_stream(memory) if changed and stream else memory

    # -- the whole board

    def _read_all(self) -> BoardMemory:
        project = self._project()
        columns = self._columns(project)
        coordinators = self._coordinators()
        statuses = {
            row["value"]: bool(row["closed"]) for row in self._call("maniphest.status.search")["data"]
        }
        now = self._conduit.server_time or 0
        memory = BoardMemory(
            self._settings, project, columns, coordinators, statuses, polled=now, checked=now
        )
        memory = with_tasks(memory, self._tasks(project, {"projects": [project]}))
        return self._with_people(self._read_signs(memory))

    def _read_signs(self, memory: BoardMemory) -> BoardMemory:
        """The coordinators' transactions back to the oldest task of the board, and a mark to read on from."""
        newest = self._call("transaction.search", objectType="TASK", limit=_PAGE)["data"]
        oldest = min((task.created for task in memory.tasks.values()), default=memory.polled)
        authors = {"authorPHIDs": sorted(memory.coordinators)}
        after: dict[str, object] = {}
        while True:
            answer = self._call(
                "transaction.search", objectType="TASK", constraints=authors, limit=_STREAM, **after
            )
            page = answer["data"]
            read = with_rows(memory, page)
            memory = replace(memory, signs=read.signs, merged=read.merged)
            if len(page) < _STREAM or page[-1]["dateCreated"] < oldest:
                return with_rows(memory, newest)
            after = {"after": str(page[-1]["id"])}

    def _project(self) -> str:
        slug = self._board.project
        found = self._call("project.search", constraints={"slugs": [slug]})["data"]
        if len(found) != 1:
            raise BoardRefused(
                f"Phabricator has {len(found) or 'no'} projects #{slug}: exactly one is needed"
            )
        return str(found[0]["phid"])

    def _columns(self, project: str) -> dict[str, str]:
        rows = self._call("project.column.search", constraints={"projects": [project]})["data"]
        columns = {row["phid"]: row["fields"]["name"] for row in rows}
        missing = [name for name in self._board.columns if name not in columns.values()]
        if missing:
            raise BoardRefused(
                f"the board #{self._board.project} has no column {', '.join(map(repr, missing))}"
            )
        return columns

    def _coordinators(self, known: Iterable[str] = ()) -> dict[str, str]:
        """PHID → user name: those configured, or those already `known` by PHID as they are now; disabled ones left out."""
        wanted = set(known) or set(self._board.coordinators)
        phids = sorted(name for name in wanted if name.startswith("PHID-USER-"))
        names = sorted(wanted - set(phids))
        rows: list[Any] = []
        for key, values in (("phids", phids), ("usernames", names)):
            if values:
                rows += self._call("user.search", constraints={key: values})["data"]
        found = {
            row["phid"]: row["fields"]["username"] for row in rows if "disabled" not in row["fields"]["roles"]
        }
        here = {phid.casefold() for phid in found} | {name.casefold() for name in found.values()}
        missing = sorted(name for name in wanted if name.casefold() not in here)
        if not found or (missing and not known):
            raise BoardRefused(f"Phabricator has no active account for the coordinators {', '.join(missing)}")
        return found

    # -- people

    def _with_people(self, memory: BoardMemory) -> BoardMemory:
        """Names of authors not met before, and whose account a claimed wiki name is: a request each, only if any is new."""
        authors = sorted({task.author for task in memory.tasks.values()} - set(memory.users))
        users = dict(memory.users)
        for first in range(0, len(authors), _PAGE):
            rows = self._call("user.search", constraints={"phids": authors[first : first + _PAGE]})["data"]
            users |= dict.fromkeys(authors[first : first + _PAGE], "")
            users |= {row["phid"]: row["fields"]["username"] for row in rows}
        claims = {name for task in memory.tasks.values() for name in claimed_accounts(task.description)}
        new = sorted(claims - set(memory.accounts))
        accounts = dict(memory.accounts)
        for first in range(0, len(new), _PAGE):
            accounts |= self._accounts(new[first : first + _PAGE])
        return replace(memory, users=users, accounts=accounts)

    def _accounts(self, names: list[str]) -> dict[str, str]:
        """Wiki name → PHID; "" where Phabricator knows no such wiki account, or has no way to ask."""
        nobody = dict.fromkeys(names, "")
        try:
            rows: Any = self._conduit.call("user.mediawikiquery", names=names, limit=_PAGE)
        except CallRefused as refusal:
            # Unknown names are an error only if all are unknown; a Phorge without Wikimedia's extension lacks the method.
            if "Unknown or missing" in refusal.info or "does not exist" in refusal.info:
                return nobody
            raise
        return nobody | {
            row["mediawiki_username"]: row["phid"] for row in rows if row["mediawiki_username"] in nobody
        }

    # -- Conduit

    def _tasks(self, project: str, constraints: dict[str, object]) -> list[TaskFacts]:
        """All tasks that match; by `oldest`, the order in which no page loses or repeats a task that changes meanwhile."""
        rows: list[Any] = []
        after: dict[str, object] = {}
        while True:
            answer = self._call(
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

    def _call(self, method: str, **params: object) -> Any:
        return self._conduit.call(method, **params)

    def _now(self, fallback: int) -> int:
        """The server's clock when it was asked for tasks; never running backwards."""
        return max(self._asked_at, fallback)
