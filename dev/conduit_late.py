"""Edits that are committed late: their rows get ids at once and are seen only afterwards."""

import copy
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from dev.conduit_edit import Change, Edit
from dev.conduit_records import Task, Transaction, User

if TYPE_CHECKING:
    from dev.conduit_board import Board


class Late:
    """One edit between its beginning and its commit."""

    def __init__(
        self, board: "Board", task: Task, author: User, changes: Iterable[Change], *, created: bool = False
    ) -> None:
        board.settle(task.phid)
        self.board, self.task, self.created = board, task, created
        self._after = copy.deepcopy(task)
        self._edit = Edit(board, self._after, author, created=created, rows=[])
        self._changes = tuple(changes)
        self._edit.change(self._changes)
        board.late.append(self)

    def commit(self) -> list[Transaction]:
        """Shows what was done; the rows. A second commit does nothing."""
        with self.board.lock:
            if self in self.board.late:
                self.board.late.remove(self)
                for each in fields(Task):
                    setattr(self.task, each.name, getattr(self._after, each.name))
                if self.created:
                    self.board.tasks.append(self.task)
                self._edit.task = self.task
                self._edit.show(self.board.transactions)
                self._edit.mention(self._changes)
            return self._edit.recorded
