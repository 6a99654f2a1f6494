"""One board as the core needs it, with its memory kept in the ledger between two looks."""

from collections.abc import Iterable, Mapping, Sequence

from callboard.board import WorkBoard
from callboard.config_board import Board
from callboard.config_tables import Format
from callboard.ledger import Ledger
from callboard.model import Proposal
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory


class FollowedBoard:
    """Follows one board: an idle look is one Conduit request. A lost or spoilt memory means a full read.

    `formats` are the event's, by which descriptions are read.
    """

    def __init__(
        self,
        work_board: WorkBoard,
        board: Board,
        ledger: Ledger,
        event_slug: str,
        formats: Sequence[Format] = (),
    ) -> None:
        self._work_board = work_board
        self._board = board
        self._ledger = ledger
        self._formats = tuple(formats)
        self._fact = f"board:{event_slug}:{board.project}"
        self._memory: BoardMemory | None = None
        self._found: dict[str, Proposal] = {}  # what `_memory` says
        self._whole = 0  # when the memory looked that was written whole

    def proposals(self) -> Mapping[str, Proposal]:
        """Every proposal as it is now, by task. Raises BoardAway and BoardRefused."""
        self._keep(self._work_board.poll(self._remembered()))
        return dict(self._found)

    def remembered(self) -> Mapping[str, Proposal] | None:
        """The proposals as last read, without a request; None if the board was never read."""
        return dict(self._found) if self._remembered() else None

    def recheck(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """These tasks and their acknowledgements as they are this moment. Raises BoardAway and BoardRefused."""
        wanted, memory = set(tasks), self._remembered()
        return self._these(self._work_board.recheck(memory, wanted) if memory else None, wanted)

    def histories(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """These tasks with all that ever happened to them, as it is this moment. Raises BoardAway and BoardRefused."""
        wanted, memory = set(tasks), self._remembered()
        return self._these(self._work_board.reread(memory, wanted) if memory else None, wanted)

    def places(self) -> dict[str, frozenset[str]]:
        """Each task that is to be seen on the board, by PHID, with the PHIDs of the board's columns."""
        memory = self._remembered()
        if memory is None:
            return {}
        columns = frozenset(memory.columns)
        return {task.phid: columns for task in memory.tasks.values() if task.seen and task.on_project}

    def _these(self, memory: BoardMemory | None, wanted: set[str]) -> dict[str, Proposal]:
        self._keep(memory or self._work_board.poll(None))
        return {task: proposal for task, proposal in self._found.items() if task in wanted}

    def _keep(self, memory: BoardMemory) -> None:
        """Remembers what was read; the ledger gets the whole of it only if an idle look did not just move its times."""
        if not memory.same_as(self._memory):
            self._ledger.remember_fact(self._fact, memory.to_json())
            self._whole = memory.polled
            self._learn(memory)
        self._ledger.remember_fact(f"{self._fact}:when", memory.when(self._whole))
        self._memory = memory

    def _learn(self, memory: BoardMemory) -> None:
        self._memory = memory
        self._found = {one.task: one for one in proposals(memory, self._board, self._formats)}

    def _remembered(self) -> BoardMemory | None:
        if self._memory is None and (kept := self._ledger.fact(self._fact)):
            memory = BoardMemory.from_json(kept)
            if memory:
                self._whole = memory.polled
                self._learn(memory.looked(self._ledger.fact(f"{self._fact}:when")))
        return self._memory
