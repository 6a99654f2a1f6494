"""All boards of an event as one. Each costs what it costs alone: an idle look is one request a board.

`maniphest.search` knows no "on any of these projects": several in its constraint mean tasks that are on all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from callboard.board_writes import Desk
from callboard.followed_board import FollowedBoard
from callboard.model import Proposal
from callboard.phabricator import Conduit


class Boards:
    """Follows the boards of an event, all on one server; a task that is on several is taken from where it has a yes."""

    def __init__(self, conduit: Conduit, boards: Sequence[FollowedBoard]) -> None:
        self._conduit = conduit
        self._boards = tuple(boards)

    @property
    def requests(self) -> int:
        """How many HTTP requests the server was asked since the start."""
        return self._conduit.requests

    def proposals(self) -> Mapping[str, Proposal]:
        """Every proposal as it is now, by task. Raises BoardAway and BoardRefused."""
        return _joined([board.proposals() for board in self._boards])

    def remembered(self) -> Mapping[str, Proposal] | None:
        """The proposals as last read, without a request; None if a board was never read."""
        found = [board.remembered() for board in self._boards]
        known = [one for one in found if one is not None]
        return _joined(known) if len(known) == len(found) else None

    def recheck(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """These tasks and their acknowledgements as they are this moment. Raises BoardAway and BoardRefused."""
        return self._on_each(tasks, FollowedBoard.recheck)

    def histories(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """These tasks with all that ever happened to them, as it is this moment. Raises BoardAway and BoardRefused."""
        return self._on_each(tasks, FollowedBoard.histories)

    def desk(self) -> Desk:
        """Writes on tasks of these boards, moves a card only into columns of boards on which it is, and does nothing else."""
        columns: dict[str, frozenset[str]] = {}
        for board in self._boards:
            for task, here in board.places().items():
                columns[task] = columns.get(task, frozenset()) | here
        return Desk(self._conduit, columns)

    def _on_each(
        self, tasks: Iterable[str], look: Callable[[FollowedBoard, Iterable[str]], Mapping[str, Proposal]]
    ) -> Mapping[str, Proposal]:
        wanted = set(tasks)
        return _joined([look(board, wanted) for board in self._boards])


def _joined(found: Sequence[Mapping[str, Proposal]]) -> dict[str, Proposal]:
    tasks: dict[str, Proposal] = {}
    for proposals in found:
        for task, proposal in proposals.items():
            if task not in tasks or _says_more(proposal) > _says_more(tasks[task]):
                tasks[task] = proposal
    return tasks


def _says_more(proposal: Proposal) -> tuple[bool, bool, bool, bool]:
    """Which of two boards tells of a task: where it is shown, has a yes, had one, is a session; else the first named."""
    return (
        proposal.visible,
        proposal.acknowledged is not None,
        proposal.was_acknowledged is not None or proposal.withdrawn is not None,
        proposal.kind == "session",
    )
