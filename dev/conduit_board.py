"""The board behind the development server, with methods to act on it as people do."""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from callboard.clock import Clock
from dev.conduit_edit import Change, Edit
from dev.conduit_index import Index
from dev.conduit_records import (
    DUPLICATE,
    DUPLICATE_OF,
    Column,
    Comment,
    Project,
    Task,
    Transaction,
    User,
    made_up,
)


def wall_clock() -> int:
    """Now, in whole seconds since the epoch."""
    return int(Clock().now().timestamp())


@dataclass(slots=True)
class Board:
    """Everything the server knows. People are named by user name or PHID, tasks by `T1` or PHID, columns by name or PHID.

    `clock` gives the server's time in epoch seconds; the demo and the tests shift it.
    """

    clock: Callable[[], int] = wall_clock
    host: str = "phorge.example.org"
    users: list[User] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    expired_tokens: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)
    next_transaction: int = 1
    next_comment: int = 1
    _by_task: Index[Task] = field(default_factory=lambda: Index(lambda task: (task.phid, f"T{task.id}")))
    _by_user: Index[User] = field(default_factory=lambda: Index(lambda user: (user.phid,)))
    _by_row: Index[Transaction] = field(
        default_factory=lambda: Index(lambda row: (row.task, str(row.id), row.phid))
    )

    @classmethod
    def load(cls, path: str | Path, clock: Callable[[], int] = wall_clock) -> "Board":
        """The board that a JSON file describes (dev/conduit_load.py says how)."""
        from dev.conduit_load import load_board  # noqa: PLC0415 -- the loader acts on a board

        return load_board(Path(path), clock)

    # -- looking things up

    def user(self, who: str) -> User:
        """The account with this name (in any case) or PHID; raises LookupError."""
        found = self._by_user.first(self.users, who)
        if found is not None:
            return found
        for user in self.users:
            if who.lower() == user.name.lower():
                return user
        raise LookupError(f"no user {who!r} on the board")

    def task(self, which: str) -> Task:
        """The task `T1` or with this PHID; raises LookupError."""
        found = self._by_task.first(self.tasks, which)
        if found is None:
            raise LookupError(f"no task {which!r} on the board")
        return found

    def transaction(self, which: str) -> Transaction | None:
        """The row with this id or PHID."""
        return self._by_row.first(self.transactions, which)

    def history(self, task: Task) -> list[Transaction]:
        """A task's rows, the oldest first."""
        return sorted(self._by_row.all(self.transactions, task.phid), key=lambda row: row.id)

    def project(self, which: str) -> Project:
        """The project with this PHID or slug, old slugs included; raises LookupError."""
        for project in self.projects:
            if which == project.phid or which.lower() in project.slugs:
                return project
        raise LookupError(f"no project {which!r} on the board")

    def column(self, which: str, task: Task | None = None) -> Column:
        """The column with this PHID, or with this name on a project of the task; raises LookupError."""
        for project in self.projects:
            for column in project.columns:
                if which == column.phid or (
                    which == column.name and (task is None or project.phid in task.projects)
                ):
                    return column
        raise LookupError(f"no column {which!r} on the board")

    def visible(self, task: Task, viewer: User | None) -> bool:
        """Whether the viewer may see the task: hidden ones only administrators, its owner excepted."""
        if task.view != "admin" or viewer is None:
            return task.view != "admin"
        return "admin" in viewer.roles or task.owner == viewer.phid

    # -- acting as people

    def comment(
        self, task: str, author: str, text: str, *, column: str | None = None, status: str | None = None
    ) -> Transaction:
        """A comment, with a move or a change of status in the same edit if asked for; the comment's transaction."""
        changes: list[Change] = []
        if status is not None:
            changes.append(("status", status))
        if column is not None:
            changes.append(("column", [self.column(column, self.task(task)).phid]))
        made = self.edit(task, author, [*changes, ("comment", text)])
        return next(row for row in made if row.comments)

    def move(self, task: str, author: str, column: str) -> list[Transaction]:
        """Drags the card to a column."""
        return self.edit(task, author, [("column", [self.column(column, self.task(task)).phid])])

    def set_status(self, task: str, author: str, status: str) -> list[Transaction]:
        """Sets the status; whoever closes an unowned task becomes its owner."""
        return self.edit(task, author, [("status", status)])

    def retitle(self, task: str, author: str, title: str) -> list[Transaction]:
        """Gives the task another title."""
        return self.edit(task, author, [("title", title)])

    def describe(self, task: str, author: str, description: str) -> list[Transaction]:
        """Replaces the description."""
        return self.edit(task, author, [("description", description)])

    def tag(self, task: str, author: str, project: str) -> list[Transaction]:
        """Puts the task on a project: into its old column if it was there before."""
        return self.edit(task, author, [("projects.add", [self.project(project).phid])])

    def untag(self, task: str, author: str, project: str) -> list[Transaction]:
        """Takes the task off a project."""
        return self.edit(task, author, [("projects.remove", [self.project(project).phid])])

    def hide(self, task: str, author: str) -> list[Transaction]:
        """Makes the task visible to administrators only."""
        return self.edit(task, author, [("view", "admin")])

    def unhide(self, task: str, author: str) -> list[Transaction]:
        """Makes the task public again."""
        return self.edit(task, author, [("view", "public")])

    def create_task(
        self,
        title: str,
        author: str,
        *,
        description: str = "",
        project: str | None = None,
        column: str | None = None,
        status: str | None = None,
        number: int | None = None,
        phid: str | None = None,
    ) -> Task:
        """A new task, numbered after the last one unless `number` says otherwise."""
        with self.lock:
            changes: list[Change] = [("title", title)]
            if description:
                changes.append(("description", description))
            if status is not None:
                changes.append(("status", status))
            if project is not None:
                found = self.project(project)
                changes.append(("projects.add", [found.phid]))
                if column is not None:
                    changes.append(("column", [_named(found, column).phid]))
            return self.new_task(author, changes, number, phid)[0]

    def new_task(
        self, author: str, changes: Iterable[Change], number: int | None = None, phid: str | None = None
    ) -> tuple[Task, list[Transaction]]:
        """A new task made by these changes, and its transactions."""
        with self.lock:
            who, now = self.user(author), self.clock()
            number = number or max((task.id for task in self.tasks), default=0) + 1
            task = Task(number, phid or made_up("PHID-TASK", number), "", who.phid, created=now, modified=now)
            self.tasks.append(task)
            return task, Edit(self, task, who, created=True).apply(changes)

    def edit(self, task: str, author: str, changes: Iterable[Change]) -> list[Transaction]:
        """One edit of one or more changes; its transactions share a group. Bumps dateModified even if none changes."""
        with self.lock:
            return Edit(self, self.task(task), self.user(author)).apply(changes)

    def edit_comment(self, comment: Transaction, author: str, text: str) -> None:
        """Rewrites a comment: a newer version of it, no transaction, and the task's dateModified stays."""
        self._add_version(comment, author, text, removed=False)

    def remove_comment(self, comment: Transaction, author: str) -> None:
        """Removes a comment: the texts of all its versions are gone; no transaction, dateModified stays."""
        self._add_version(comment, author, "", removed=True)
        for version in comment.comments:
            version.text = ""

    def _add_version(self, row: Transaction, author: str, text: str, *, removed: bool) -> None:
        with self.lock:
            number, self.next_comment = self.next_comment, self.next_comment + 1
            version = len(row.comments) + 1
            row.modified = self.clock()
            row.comments.insert(
                0,
                Comment(
                    number,
                    made_up("PHID-XCMT", number),
                    version,
                    self.user(author).phid,
                    text,
                    row.modified,
                    removed=removed,
                ),
            )

    def merge(self, task: str, into: str, author: str) -> None:
        """Closes a task as a duplicate of another: both are bumped, and there is no status transaction."""
        with self.lock:
            source, target, who = self.task(task), self.task(into), self.user(author)
            edit = Edit(self, target, who)
            edit.join(DUPLICATE, source)
            edit.record("mergedfrom", old=None, new={source.phid: source.phid})
            edit.subscribe(source.subscribers)
            edit.bump()
            Edit(self, source, who, group=edit.group).join(DUPLICATE_OF, target)
            closing = Edit(self, source, who)
            closing.record("mergedinto", old=None, new=target.phid)
            closing.close("duplicate")
            closing.bump()

    def rename_user(self, user: str, name: str) -> None:
        """Gives an account another name; its PHID stays, the old name finds nothing any more."""
        with self.lock:
            self.user(user).name = name

    def hide_column(self, column: str) -> None:
        """Hides a column; its tasks stay in it."""
        with self.lock:
            found = self.column(column)
            found.hidden, found.modified = True, self.clock()

    def rename_project(self, project: str, name: str) -> None:
        """Gives a project another name and slug; the old slug goes on finding it."""
        with self.lock:
            found = self.project(project)
            found.name = name
            found.slugs.insert(0, slug_of(name))


def slug_of(name: str) -> str:
    """`Wikimedia Hackathon 2021` → `wikimedia_hackathon_2021`; a leading # is dropped."""
    return re.sub(r"[\s/?&%#]+", "_", name.strip().lstrip("#").lower()).strip("_")


def _named(project: Project, column: str) -> Column:
    for found in project.columns:
        if column in (found.name, found.phid):
            return found
    raise LookupError(f"no column {column!r} on {project.name}")
