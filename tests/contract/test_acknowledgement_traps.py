"""Every way in which something is taken for an acknowledgement, acted out on a server and read by the real reader."""

from collections.abc import Callable

import pytest

from callboard.model import Proposal
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory
from dev.conduit_board import Board
from dev.conduit_records import Transaction

from .scenario import APPROVED, PROPOSALS
from .stage import Stage, config

TASK, OWNER = "T48", "Dorothea"
Acts = tuple[Callable[[Board], object], ...]


def say(who: str, text: str) -> Callable[[Board], object]:
    return lambda board: board.comment(TASK, who, text)


def move(who: str, column: str) -> Callable[[Board], object]:
    return lambda board: board.move(TASK, who, column)


def rewrite(who: str, text: str) -> Callable[[Board], object]:
    return lambda board: board.edit_comment(_newest(board), who, text)


def remove(who: str) -> Callable[[Board], object]:
    return lambda board: board.remove_comment(_newest(board), who)


def status(who: str, value: str) -> Callable[[Board], object]:
    return lambda board: board.set_status(TASK, who, value)


def _newest(board: Board) -> Transaction:
    return next(row for row in reversed(board.transactions) if row.comments)


def judged(memory: BoardMemory) -> tuple[str, str]:
    found: Proposal = next(one for one in proposals(memory, config()) if one.task == TASK)
    lost = found.withdrawn.how if found.withdrawn else ""
    return (f"{found.acknowledged.by}: {found.acknowledged.sign}" if found.acknowledged else "", lost)


LENA, TOMAS, ADMIN = "Coord-Lena", "CoordTomas", "hackadmin"
YES = say(LENA, "Acknowledged")

TRAPS: dict[str, tuple[Acts, tuple[str, str]]] = {
    "yes": ((YES,), ("Coord-Lena: comment", "")),
    "kidding, by a stranger": ((say("elias.w", "acknowledged (kidding)"),), ("", "")),
    "kidding, by a coordinator": ((say(LENA, "Acknowledged (kidding)"),), ("", "")),
    "quoted": ((say(LENA, "> acknowledged\n\nwhen?"),), ("", "")),
    "code": ((say(LENA, "```\nacknowledged\n```"),), ("", "")),
    "negated": ((say(LENA, "Not acknowledged yet"),), ("", "")),
    "admin outside the team": ((say(ADMIN, "Acknowledged"),), ("", "")),
    "by the owner": ((say(OWNER, "Acknowledged"),), ("", "")),
    "withdrawn": ((YES, say(TOMAS, "Acknowledgement withdrawn")), ("", "said")),
    "withdrawn by a stranger": ((YES, say("elias.w", "Acknowledgement withdrawn")), ("Coord-Lena: comment", "")),
    "edited away": ((YES, rewrite(LENA, "What is the format?")), ("", "edited")),
    "edited, and still a yes": ((YES, rewrite(LENA, "Acknowledged (for Sunday)")), ("Coord-Lena: comment", "")),
    "edited into a yes": ((say(LENA, "Format?"), rewrite(LENA, "Acknowledged")), ("Coord-Lena: comment", "")),
    "edited into a yes by an admin": ((say(LENA, "Format?"), rewrite(ADMIN, "Acknowledged")), ("", "")),
    "edited away by an admin": ((YES, rewrite(ADMIN, "no")), ("", "edited")),
    "removed": ((YES, remove(LENA)), ("", "removed")),
    "removed, another stands": ((say(TOMAS, "Acknowledged"), YES, remove(LENA)), ("CoordTomas: comment", "")),
    "move": ((move(LENA, APPROVED),), ("Coord-Lena: column", "")),
    "move by the owner": ((move(OWNER, APPROVED),), ("", "")),
    "moved out and back by the owner": (
        (move(LENA, APPROVED), move(OWNER, PROPOSALS), move(OWNER, APPROVED)), ("", "moved")),
    "declined by a coordinator, opened by the owner": (
        (YES, status(TOMAS, "declined"), status(OWNER, "open")), ("", "status")),
    "declined and opened by the owner": (
        (YES, status(OWNER, "declined"), status(OWNER, "open")), ("Coord-Lena: comment", "")),
    "another task's number": ((say(LENA, "T49 is acknowledged"),), ("", "")),
    "its own number": ((say(LENA, f"{TASK} is acknowledged"),), ("Coord-Lena: comment", "")),
    "ignored by who said it": ((YES, say(LENA, "Please ignore that, wrong task")), ("", "said")),
}  # fmt: skip


@pytest.mark.parametrize(("acts", "expected"), TRAPS.values(), ids=TRAPS)
def test_trap(stage: Stage, acts: Acts, expected: tuple[str, str]) -> None:
    """Followed poll by poll; read anew the yes is the same (what a removed comment said, nobody can tell any more)."""
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    for act in acts:
        stage.scenario.now += 10
        act(stage.board)
        memory = reader.poll(memory)
    assert judged(memory) == expected
    whole = judged(stage.reader().poll(None))
    assert whole == (expected[0], "" if expected[1] == "removed" else expected[1])
