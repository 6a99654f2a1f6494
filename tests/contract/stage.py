"""The scenario's board, a server for it, and the real reader in front."""

from dataclasses import dataclass
from typing import Any

from callboard.board import WorkBoard
from callboard.config_board import Board as BoardConfig
from callboard.phabricator import Conduit
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory
from dev.conduit import ConduitServer
from dev.conduit_board import Board

from .scenario import APPROVED, COORDINATORS, Scenario


def config(**changes: object) -> BoardConfig:
    settings: dict[str, object] = {
        "url": "http://127.0.0.1",
        "project": "session-board",
        "coordinators": tuple(COORDINATORS),
        "acknowledged_by": ("comment", "column"),
        "columns": (APPROVED,),
    }
    return BoardConfig.model_validate(settings | changes)


@dataclass
class Stage:
    scenario: Scenario
    server: ConduitServer
    conduit: Conduit

    @property
    def board(self) -> Board:
        return self.scenario.board

    def reader(self, *, check_every: int = 12, **changes: Any) -> WorkBoard:
        return WorkBoard(self.conduit, config(**changes), check_every=check_every)


def acknowledged(memory: BoardMemory, **changes: object) -> dict[str, str]:
    found = proposals(memory, config(**changes))
    return {row.title.removeprefix("Session: "): row.acknowledged.sign for row in found if row.acknowledged}


def new_server() -> ConduitServer:
    """A server for the scenario's board before anything happened."""
    return ConduitServer(Scenario().board)
