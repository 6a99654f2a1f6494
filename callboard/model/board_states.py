"""Where a proposal stands, and what the bot would write on its task."""

from datetime import datetime
from enum import StrEnum

from callboard.model.board import Proposal
from callboard.model.schedule import Session
from callboard.values import value


class State(StrEnum):
    """Where a proposal stands; computed from the board and the schedule each time, never stored."""

    PROPOSED = "proposed"
    INCOMPLETE = "incomplete"
    ACKNOWLEDGED = "acknowledged"
    SCHEDULED = "scheduled"
    HELD = "held"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    TOO_LATE = "too late"
    CLOSED_TRACK = "closed track"


@value()
class ProposalState:
    """A proposal that the board shows, where it stands and why; with its rows, if it is in the schedule."""

    proposal: Proposal
    state: State
    why: str  # in words for organisers: "acknowledged by Coord-Lena on 2021-05-12 (comment)"
    since: datetime | None = None
    rows: tuple[tuple[str, Session], ...] = ()  # (page, session), first one first


@value()
class BoardChange:
    """A comment or a move that is due on a task; found again on the task by its marker before it is made."""

    task: str  # "T900001"
    phid: str
    board: str  # the slug of the board's project
    kind: str  # "missing", "slot", "afterwards"; "column" for a move alone
    occasion: str  # what makes it this one: the missing fields, the slot
    marker: str = ""  # at the end of the comment's text; empty for a move alone
    text: str = ""  # Remarkup; empty for a move alone
    column: str = ""  # the column's name or PHID as the event file gives it, if the card moves
    why: str = ""  # for people who look at the plan
