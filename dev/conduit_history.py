"""maniphest.gettasktransactions of the development server: whole histories of many tasks in one answer.

Ids and times are text, a comment is its newest version or null if it was removed, hidden and missing tasks are left
out, and nothing at all is `[]` (recordings 097, 098). Unpaged, newest first.
"""

from collections.abc import Mapping

from dev.conduit_board import Board
from dev.conduit_encoding import Call, core_fault
from dev.conduit_people import Answer
from dev.conduit_records import MENTIONED_IN, PROJECT, Task, Transaction, User

_TYPES = {"create": "core:create", "comment": "core:comment", "subscribers": "core:subscribers",
          "projects": "core:edge", "owner": "reassign", None: "core:edge"}  # fmt: skip
_TITLES = {"title": "changed the title.", "description": "updated the task description.", "comment": "added a comment.",
           "create": "created this task.", "status": "changed the task status."}  # fmt: skip


def task_transactions(board: Board, call: Call, viewer: User | None) -> object:
    """Task number (as text) → rows, the task with the newest row first."""
    ids = call.params.get("ids")
    if ids is not None and not isinstance(ids, list):
        raise core_fault("Argument #1 must be of type array.")
    histories: list[tuple[int, str, list[Answer]]] = []
    for number in dict.fromkeys(str(number) for number in ids or ()):
        try:
            task = board.task(f"T{number}")
        except LookupError:
            continue
        if board.visible(task, viewer):
            rows = _History(board, task, viewer).rows()
            histories.append((-int(str(rows[0]["transactionID"])) if rows else 0, number, rows))
    return {number: rows for _, number, rows in sorted(histories, key=lambda entry: entry[0]) if rows} or []


class _History:
    """One task's rows; what a row only tells as a difference is added up from the first one."""

    def __init__(self, board: Board, task: Task, viewer: User | None) -> None:
        self.board, self.task, self.viewer = board, task, viewer
        self.subscribers: list[str] = []
        self.created_in = ""

    def rows(self) -> list[Answer]:
        return [self._row(row) for row in self.board.history(self.task)][::-1]

    def _row(self, row: Transaction) -> Answer:
        if row.type == "create":
            self.created_in = row.group
        old, new = self._values(row)
        edge = PROJECT if row.type == "projects" else row.edge if row.type is None else None
        created = row.group == self.created_in
        return {
            "taskID": str(self.task.id),
            "title": f"{self._user(row.author)} {self._title(row, created)}",
            "transactionID": str(row.id),
            "transactionPHID": row.phid,
            "transactionType": _TYPES.get(row.type, row.type),
            "oldValue": old,
            "newValue": new,
            "meta": ({"edge:type": edge} if edge else {})
            | ({"core.create": True} if created else {})
            | {"core.groupID": row.group},
            "comments": row.comments[0].text if row.comments and not row.comments[0].removed else None,
            "authorPHID": row.author,
            "dateCreated": str(row.at),
        }

    def _values(self, row: Transaction) -> tuple[object, object]:
        if row.type == "subscribers":
            before = self.subscribers
            self.subscribers = [
                *(phid for phid in before if phid not in operations(row, "remove")),
                *operations(row, "add"),
            ]
            return before, self.subscribers
        if row.type == "projects":
            return operations(row, "remove"), operations(row, "add")
        if row.type is None:
            return [], list(row.others)
        return row.fields.get("old"), row.fields.get("new")

    def _title(self, row: Transaction, created: bool) -> str:
        if row.type == "subscribers":
            added = operations(row, "add")
            if added == [row.author]:
                return "subscribed."
            return f"added subscribers: {', '.join(map(self._user, added))}."
        if row.type == "projects":
            verb = "added" if operations(row, "add") else "removed"
            return f"{verb} a project: {', '.join(map(self._project, operations(row, 'add') or operations(row, 'remove')))}."
        if row.type == "core:columns":
            return self._move(row)
        if row.type == "mergedfrom":
            return f"merged a task: {', '.join(map(self._task, _map(row.fields.get('new'))))}."
        if row.type == "mergedinto":
            return f"closed this task as a duplicate of {self._task(str(row.fields.get('new')))}."
        if row.type is None:
            verb = "mentioned this in" if row.edge == MENTIONED_IN else "added an edge:"
            return f"{verb} {', '.join(map(self._task, row.others))}."
        if row.type == "title" and created:
            return "created this task."
        return _TITLES.get(row.type, f"edited this task ({row.type}).")

    def _move(self, row: Transaction) -> str:
        news = row.fields.get("new")
        move = _map(news[0] if isinstance(news, list) and news else None)
        start = [self._column(phid) for phid in _map(move.get("fromColumnPHIDs"))]
        from_there = f"from {', '.join(start)} " if start else ""
        target, board = self._column(str(move.get("columnPHID"))), self._project(str(move.get("boardPHID")))
        return f"moved this task {from_there}to {target} on the {board} board."

    def _user(self, phid: str) -> str:
        return self.board.user(phid).name

    def _project(self, phid: str) -> str:
        return self.board.project(phid).name

    def _column(self, phid: str) -> str:
        return self.board.column(phid).name

    def _task(self, phid: str) -> str:
        task = self.board.task(phid)
        if not self.board.visible(task, self.viewer):
            return "Restricted Maniphest Task"
        return f"T{task.id}: {task.title}"


def operations(row: Transaction, kind: str) -> list[str]:
    """The PHIDs that a row of subscribers or projects adds or removes."""
    found = row.fields.get("operations")
    rows = found if isinstance(found, list) else []
    return [str(each["phid"]) for each in rows if each["operation"] == kind]


def _map(value: object) -> Mapping[str, object]:
    """A map, also where PHP says `[]` or null."""
    return value if isinstance(value, Mapping) else {}
