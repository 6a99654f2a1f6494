"""What Callboard knows of an event: values without behaviour, frozen, free of any client or page object.

Instants are UTC. Spans and lines refer to the text from which the value was read.
"""

from callboard.model.board import Acknowledgement, Claim, JudgedSign, Proposal, SlotWish, Told, Withdrawal
from callboard.model.board_states import BoardChange, ProposalState, State
from callboard.model.history import (
    AcceptedMark,
    FirstSight,
    GoneSession,
    LastLook,
    LineAuthors,
    Maker,
    Remark,
    SeenSession,
    SessionFacts,
)
from callboard.model.levels import Level, Severity
from callboard.model.marks import Facilitation, Person, PersonForm, TaskForm, TaskRef
from callboard.model.notice import Notice
from callboard.model.outbox import OutboxWord
from callboard.model.schedule import Accepted, FreeSlot, Pause, Problem, ProposedEdit, Schedule, Session
from callboard.model.signups import Coming, PossibleHours, SignUp, SignUps
from callboard.model.wiki import Account, Contribution, PageText

__all__ = [
    "Accepted",
    "AcceptedMark",
    "Account",
    "Acknowledgement",
    "BoardChange",
    "Claim",
    "Coming",
    "Contribution",
    "Facilitation",
    "FirstSight",
    "FreeSlot",
    "GoneSession",
    "JudgedSign",
    "LastLook",
    "Level",
    "LineAuthors",
    "Maker",
    "Notice",
    "OutboxWord",
    "PageText",
    "Pause",
    "Person",
    "PersonForm",
    "PossibleHours",
    "Problem",
    "Proposal",
    "ProposalState",
    "ProposedEdit",
    "Remark",
    "Schedule",
    "SeenSession",
    "Session",
    "SessionFacts",
    "Severity",
    "SignUp",
    "SignUps",
    "SlotWish",
    "State",
    "TaskForm",
    "TaskRef",
    "Told",
    "Withdrawal",
]
