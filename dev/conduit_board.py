"""The board behind the development server, with methods to act on it as people do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dev.conduit_edit import Change, Edit
from dev.conduit_late import Late
from dev.conduit_records import (
    DUPLICATE,
    DUPLICATE_OF,
    Column,
    Comment,
    Project,
    Task,
    Transaction,
    made_up,
)
from dev.conduit_site import Site, slug_of, wall_clock


@dataclass(slots=True)
class Board(Site):
    """The site, acted on as people do. Columns are named by name or PHID."""

    late: list[Late] = field(default_factory=list)

    @classmethod
    def load(cls, path: str | Path, clock: Callable[[], int] = wall_clock) -> "Board":
        """The board that a JSON file describes (dev/conduit_load.py says how)."""
        from dev.conduit_load import load_board  # noqa: PLC0415 -- the loader acts on a board

        return load_board(Path(path), clock)

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
            number = number or self.free_number()
            task = Task(number, phid or made_up("PHID-TASK", number), "", who.phid, created=now, modified=now)
            self.tasks.append(task)
            return task, Edit(self, task, who, created=True).apply(changes)

    def begin(self, task: str, author: str, changes: Iterable[Change]) -> Late:
        """An edit that has its ids and its time already, and that nobody sees until `commit()` of what this returns.

        So are edits by others seen on a busy server: below ids that a poll has passed (exp_gap). Whoever edits the
        same task in the meantime waits, as for Phorge's row lock: the late edit is committed first.
        """
        with self.lock:
            return Late(self, self.task(task), self.user(author), changes)

    def begin_task(self, author: str, changes: Iterable[Change]) -> Late:
        """A new task, numbered now and seen later."""
        with self.lock:
            who, now, number = self.user(author), self.clock(), self.free_number()
            self.take_number(number)
            task = Task(number, made_up("PHID-TASK", number), "", who.phid, created=now, modified=now)
            return Late(self, task, who, changes, created=True)

    def settle(self, task: str) -> None:
        """Commits the late edits of a task (a PHID)."""
        for late in [late for late in self.late if late.task.phid == task]:
            late.commit()

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

    def disable(self, user: str) -> None:
        """Disables an account."""
        with self.lock:
            found = self.user(user)
            found.roles |= {"disabled"}

    def enable(self, user: str) -> None:
        """Enables an account again."""
        with self.lock:
            found = self.user(user)
            found.roles -= {"disabled"}

    def join(self, project: str, user: str) -> None:
        """Makes somebody a member of a project."""
        with self.lock:
            members = self.project(project).members
            if self.user(user).phid not in members:
                members.append(self.user(user).phid)

    def leave(self, project: str, user: str) -> None:
        """Ends a membership."""
        with self.lock:
            found = self.project(project)
            found.members = [phid for phid in found.members if phid != self.user(user).phid]

    def link(self, user: str, wiki_name: str | None) -> None:
        """Links an account with one on the wiki, as `user.mediawikiquery` tells; None takes the link off."""
        with self.lock:
            self.user(user).wiki_name = wiki_name

    def rename_user(self, user: str, name: str) -> None:
        """Gives an account another name; its PHID stays, the old name finds nothing any more."""
        with self.lock:
            self.user(user).name = name

    def rename_column(self, column: str, name: str) -> None:
        """Gives a column another name; nothing else changes, no task is bumped."""
        with self.lock:
            found = self.column(column)
            found.name, found.modified = name, self.clock()

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


def _named(project: Project, column: str) -> Column:
    for found in project.columns:
        if column in (found.name, found.phid):
            return found
    raise LookupError(f"no column {column!r} on {project.name}")
