"""What boards in memory have in common: nothing is written on their tasks, and a test that tries fails."""

from collections.abc import Iterable, Mapping

from callboard.board_writes import Desk
from callboard.model import Proposal


class UnwrittenBoard:
    """The part of the port that writing on tasks needs."""

    def histories(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """See the port."""
        raise AssertionError(f"nothing is written on {', '.join(tasks)}")

    def desk(self) -> Desk:
        """See the port."""
        raise AssertionError("nothing is written on tasks")
