"""Whether the board still bears out what notices rest on, looked at once more right before they are posted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callboard.apply import with_rechecked
from callboard.errors import BoardAway
from callboard.gather import BoardReader
from callboard.model import Notice, Proposal
from callboard.notices import kinds


@dataclass(slots=True)
class BoardVouches:
    """The tasks of some notices as they are this moment; `away` says why nobody can tell."""

    board: BoardReader | None
    known: Mapping[str, Proposal]  # as the plan saw them
    away: str = ""
    proposals: Mapping[str, Proposal] = field(default_factory=dict)

    def look(self, notices: Iterable[Notice]) -> str:
        """Look at the tasks on which these notices rest; why the board did not answer, if it went away just now."""
        if self.away:
            return ""
        tasks = {one.values["task"] for one in notices if kinds()[one.kind].rests_on_board}
        try:
            fresh = with_rechecked(self.known, self.board, tasks) if tasks and self.board else self.known
            self.proposals = fresh
        except BoardAway as error:
            self.away = f"the board went away, so what rests on it waits: {error}"
        return self.away

    def why_not(self, notice: Notice) -> str:
        """Why the board as it is now does not bear a notice out; nothing where none is needed."""
        if not kinds()[notice.kind].rests_on_board:
            return ""
        task = notice.values["task"]
        proposal = self.proposals.get(task)
        shown = proposal if proposal and proposal.visible else None
        if kinds()[notice.kind].if_withdrawn:
            lost = shown is not None and shown.withdrawn and not shown.acknowledged
            return "" if lost else f"{task} is acknowledged again, or hidden"
        if kinds()[notice.kind].if_incomplete:
            open_still = shown is not None and not shown.acknowledged and not shown.closed
            same = open_still and shown is not None and sorted(shown.missing) == notice.occasion.split()
            return "" if same else f"{task} lacks something else now, or nothing, or waits no longer"
        fine = shown is not None and shown.acknowledged and not shown.closed
        return "" if fine else f"{task} is not acknowledged any more"
