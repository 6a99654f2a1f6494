"""What the development server knows: everything on the site, and how it is found. dev/conduit_board.py acts on it."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from callboard.clock import Clock
from dev.conduit_index import Index
from dev.conduit_records import Column, Project, Task, Transaction, User


def wall_clock() -> int:
    """Now, in whole seconds since the epoch."""
    return int(Clock().now().timestamp())


@dataclass(slots=True)
class Site:
    """Users, projects, tasks and their history; people are named by user name or PHID, tasks by `T1` or PHID.

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
    _numbered: tuple[int, int] = (0, 0)

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
        """Whether the viewer may see the task; its owner always may."""
        return self._allows(task.view, task, viewer)

    def editable(self, task: Task, editor: User) -> bool:
        """Whether somebody may do more to a task than comment on it (recordings 146, 147); its owner always may."""
        return self._allows(task.edit, task, editor)

    def free_number(self) -> int:
        """The number of the next task, one above all there were."""
        count, highest = self._numbered
        highest = max((highest, *(task.id for task in self.tasks[count:])))
        self._numbered = (len(self.tasks), highest)
        return highest + 1

    def take_number(self, number: int) -> None:
        """Notes that a task has this number, even if nobody can see it yet."""
        count, highest = self._numbered
        self._numbered = (count, max(number, highest))

    def _allows(self, policy: str, task: Task, who: User | None) -> bool:
        """A policy is "public", "users", "admin", "no-one", or the PHID of a user or of a project with members."""
        if policy in ("public", "users"):
            return True
        if who is None:
            return False
        if who.phid in (task.owner, policy) or (policy == "admin" and "admin" in who.roles):
            return True
        return any(project.phid == policy and who.phid in project.members for project in self.projects)


def slug_of(name: str) -> str:
    """`Wikimedia Hackathon 2021` → `wikimedia_hackathon_2021`; a leading # is dropped."""
    return re.sub(r"[\s/?&%#]+", "_", name.strip().lstrip("#").lower()).strip("_")
