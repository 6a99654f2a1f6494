"""The board as the core needs it, with its memory kept in the ledger between two looks."""

from collections.abc import Iterable, Mapping

from callboard.board import WorkBoard
from callboard.config_board import Board
from callboard.ledger import Ledger
from callboard.model import Proposal
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory


class FollowedBoard:
    """Follows one board: an idle look is one Conduit request. A lost or spoilt memory means a full read."""

    def __init__(self, work_board: WorkBoard, board: Board, ledger: Ledger, event_slug: str) -> None:
        self._work_board = work_board
        self._board = board
        self._ledger = ledger
        self._fact = f"board:{event_slug}"
        self._memory: BoardMemory | None = None

    @property
    def requests(self) -> int:
        """How many HTTP requests the board was asked since the start."""
        return self._work_board.requests

    def proposals(self) -> Mapping[str, Proposal]:
        """Every proposal as it is now, by task. Raises BoardAway and BoardRefused."""
        return self._kept(self._work_board.poll(self._memory or self._remembered()))

    def remembered(self) -> Mapping[str, Proposal] | None:
        """The proposals as last read, without a request; None if the board was never read."""
        memory = self._memory or self._remembered()
        return _by_task(memory, self._board) if memory else None

    def recheck(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """These tasks and their acknowledgements as they are this moment. Raises BoardAway and BoardRefused."""
        wanted = set(tasks)
        memory = self._memory or self._remembered()
        memory = self._work_board.recheck(memory, wanted) if memory else self._work_board.poll(None)
        return {task: proposal for task, proposal in self._kept(memory).items() if task in wanted}

    def _kept(self, memory: BoardMemory) -> dict[str, Proposal]:
        self._memory = memory
        self._ledger.remember_fact(self._fact, memory.to_json())
        return _by_task(memory, self._board)

    def _remembered(self) -> BoardMemory | None:
        kept = self._ledger.fact(self._fact)
        return BoardMemory.from_json(kept) if kept else None


def _by_task(memory: BoardMemory, board: Board) -> dict[str, Proposal]:
    return {proposal.task: proposal for proposal in proposals(memory, board)}
