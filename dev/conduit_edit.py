"""One edit of a task: several changes become transactions of one group, in the order in which Phorge records them."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dev.conduit_encoding import core_fault
from dev.conduit_records import (
    MENTIONED_IN,
    MENTIONS,
    Comment,
    Project,
    Task,
    Transaction,
    User,
    is_closed,
    made_up,
)

if TYPE_CHECKING:
    from dev.conduit_board import Board

Change = tuple[str, object]
"""A type of maniphest.edit and its value: ("comment", "text"), ("column", ["PHID-PCOL-…"])."""

# Phorge records a comment last and, in an edit, whom it subscribes first (recordings 070, 079, 080).
_ORDER = ("status", "title", "description", "priority", "projects.add", "projects.remove", "projects.set", "view", "edit",
          "column", "owner", "comment")  # fmt: skip


class Edit:
    """Applies changes to a task and records what changed."""

    def __init__(
        self,
        board: "Board",
        task: Task,
        author: User,
        *,
        created: bool = False,
        group: str | None = None,
        rows: list[Transaction] | None = None,
    ) -> None:
        board.settle(task.phid)
        self.board = board
        self.rows = board.transactions if rows is None else rows
        self.task = task
        self.author = author
        self.created = created
        self.now = board.clock()
        self.group = group or made_up("", f"group/{board.next_transaction}", 32)
        self.recorded: list[Transaction] = []
        self.closes = False

    def apply(self, changes: Iterable[Change]) -> list[Transaction]:
        """Carries the changes out; the task is bumped even if nothing changed (a "no-op" wakes every poller)."""
        changes = tuple(changes)
        self.change(changes)
        self.mention(changes)
        return self.recorded

    def change(self, changes: Iterable[Change]) -> None:
        """What the edit does to its own task."""
        ordered = sorted(
            changes, key=lambda change: _ORDER.index(change[0]) if change[0] in _ORDER else len(_ORDER)
        )
        if self.created:
            self.record("create")
        else:
            self._subscribe_author(ordered)
        for kind, value in ordered:
            if kind == "comment":
                self._claim()
            self._change(kind, value)
        self._claim()
        if self.created:
            self.subscribe([self.author.phid])
        self.bump()

    def mention(self, changes: Iterable[Change]) -> None:
        """What it does to the tasks that its texts name."""
        for kind, value in changes:
            if kind in ("comment", "description"):
                self._mention(str(value))

    def show(self, rows: list[Transaction]) -> None:
        """Puts what was recorded among the rows that everybody sees, and goes on recording there."""
        rows.extend(self.rows)
        self.rows = rows

    def bump(self) -> None:
        """Sets dateModified."""
        self.task.modified = self.now

    def record(self, kind: str | None, **fields: object) -> Transaction:
        """One more transaction of this edit."""
        number, self.board.next_transaction = self.board.next_transaction, self.board.next_transaction + 1
        row = Transaction(
            number,
            made_up("PHID-XACT-TASK", number, 15),
            kind,
            self.author.phid,
            self.task.phid,
            self.now,
            self.now,
            self.group,
            dict(fields),
        )
        self.rows.append(row)
        self.recorded.append(row)
        return row

    def join(self, edge: int, other: Task) -> None:
        """A row without a type that joins the task with another; only gettasktransactions tells which."""
        row = self.record(None)
        row.edge, row.others = edge, [other.phid]

    def subscribe(self, people: Iterable[str]) -> None:
        """Subscribes those who are not yet."""
        new = sorted(set(people) - set(self.task.subscribers))
        if new:
            self.task.subscribers += new
            self.record("subscribers", operations=[{"operation": "add", "phid": phid} for phid in new])

    def close(self, status: str) -> None:
        """Sets a closed status and notes the closer."""
        self.task.status, self.task.closer, self.task.closed_at = status, self.author.phid, self.now

    def _claim(self) -> None:
        """Whoever closes an unowned task becomes its owner."""
        if self.closes and self.task.owner is None:
            self.record("owner", old=None, new=self.author.phid)
            self.task.owner = self.author.phid

    def _subscribe_author(self, changes: Sequence[Change]) -> None:
        texts = [str(value) for kind, value in changes if kind == "comment" and value]
        people = [user.phid for text in texts for user in self._mentioned(text)]
        if texts and "bot" not in self.author.roles:
            people.append(self.author.phid)
        self.subscribe(people)

    def _mentioned(self, text: str) -> list[User]:
        names = {name.rstrip(".-_").lower() for name in re.findall(r"(?<!\w)@([A-Za-z0-9._-]+)", text)}
        return [user for user in self.board.users if user.name.lower() in names]

    def _change(self, kind: str, value: object) -> None:
        if kind == "comment":
            self._comment(str(value))
        elif kind in ("title", "description"):
            self._text(kind, str(value))
        elif kind == "status":
            self._status(str(value))
        elif kind == "column":
            self._move([str(phid) for phid in value] if isinstance(value, list) else [str(value)])
        elif kind.startswith("projects."):
            self._projects(
                kind.partition(".")[2], [str(phid) for phid in value] if isinstance(value, list) else []
            )
        elif kind in ("view", "edit"):
            self._policy(kind, str(value))
        elif kind == "owner":
            owner = str(value) if value else None
            if owner != self.task.owner:
                self.record("owner", old=self.task.owner, new=owner)
                self.task.owner = owner
        else:
            raise core_fault(f'The development server does not carry out transactions of type "{kind}".')

    def _comment(self, text: str) -> None:
        if not text:
            return
        row = self.record("comment")
        number, self.board.next_comment = self.board.next_comment, self.board.next_comment + 1
        row.comments = [Comment(number, made_up("PHID-XCMT", number), 1, self.author.phid, text, self.now)]

    def _mention(self, text: str) -> None:
        """A task that a text names gets a row of its own and is bumped, and so does the task with the text; once."""
        for other in self._named_tasks(text):
            if other is self.task or other.phid in self.task.mentions:
                continue
            self.task.mentions.append(other.phid)
            self.join(MENTIONS, other)
            mention = Edit(self.board, other, self.author, group=self.group)
            mention.join(MENTIONED_IN, self.task)
            mention.bump()

    def _named_tasks(self, text: str) -> list[Task]:
        found = []
        for number in sorted({int(digits) for digits in re.findall(r"\bT([1-9]\d*)\b", text)}):
            try:
                found.append(self.board.task(f"T{number}"))
            except LookupError:
                continue
        return found

    def _text(self, kind: str, new: str) -> None:
        attribute = "title" if kind == "title" else "description"
        old = getattr(self.task, attribute)
        if new != old:
            self.record(kind, old=old, new=new)
            setattr(self.task, attribute, new)

    def _status(self, new: str) -> None:
        old = self.task.status
        if new == old:
            return
        self.record("status", old=old, new=new)
        if is_closed(new) and not is_closed(old):
            self.close(new)
            self.closes = True
        else:
            self.task.status = new
            if not is_closed(new):
                self.task.closer = self.task.closed_at = None

    def _move(self, columns: Sequence[str]) -> None:
        for phid in columns:
            column = self.board.column(phid)
            board = self.board.project(column.project)
            foreign = board.phid not in self.task.projects
            old = self._column_on(board) if not foreign and not self.created else None
            if old == column.phid:
                continue
            moved: dict[str, str] = {old: old} if old else {}
            self.record(
                "core:columns",
                old=None,
                new=[
                    {
                        "columnPHID": column.phid,
                        "beforePHIDs": [],
                        "afterPHIDs": [],
                        "boardPHID": board.phid,
                        "fromColumnPHIDs": moved or [],
                    }
                ],
            )
            self.task.columns[board.phid] = column.phid
            if foreign:  # Phorge silently adds the project (recording 137)
                self._projects("add", [board.phid])

    def _column_on(self, board: Project) -> str | None:
        default = board.default_column
        return self.task.columns.get(board.phid) or (default.phid if default else None)

    def _projects(self, operation: str, phids: Sequence[str]) -> None:
        old = self.task.projects
        wanted = {
            "add": [*old, *(phid for phid in phids if phid not in old)],
            "remove": [phid for phid in old if phid not in phids],
            "set": list(dict.fromkeys(phids)),
        }[operation]
        added = [{"operation": "add", "phid": phid} for phid in wanted if phid not in old]
        removed = [{"operation": "remove", "phid": phid} for phid in old if phid not in wanted]
        if added or removed:
            self.record("projects", operations=added + removed)
            self.task.projects = wanted

    def _policy(self, kind: str, new: str) -> None:
        old = self.task.view if kind == "view" else self.task.edit
        if new == old:
            return
        self.record(f"core:{kind}-policy", old=None if self.created else old, new=new)
        if kind == "view":
            self.task.view = new
        else:
            self.task.edit = new
