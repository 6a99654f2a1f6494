"""The recorded board, read whole: which tasks have the team's yes, by which evidence, and why the others have none."""

from collections.abc import Mapping

import pytest

from callboard.board import WorkBoard
from callboard.config_board import Board
from callboard.model import Proposal
from callboard.phabricator import Conduit
from callboard.proposals.board import proposals
from dev.conduit import ConduitServer
from tests.contract.recorded_board import recorded_board

TEAM = ("Coord-Lena", "CoordTomas", "Coord_Priya")


def read(
    *, coordinators: tuple[str, ...] = TEAM, by: tuple[str, ...] = ("comment", "column")
) -> Mapping[str, Proposal]:
    with (
        ConduitServer(recorded_board()) as server,
        Conduit(server.url, server.token, user_agent="test") as conduit,
    ):
        board = Board(
            url=server.url,
            project="wikimedia-hackathon-2021",
            coordinators=coordinators,
            acknowledged_by=by,  # type: ignore[arg-type]
            columns=("Sessions - approved",),
            wording=("acknowledged", "approved"),
        )
        return {one.task: one for one in proposals(WorkBoard(conduit, board).poll(None), board)}


def evidence(found: Mapping[str, Proposal]) -> dict[str, tuple[str, str]]:
    return {
        task: (one.acknowledged.by, one.acknowledged.sign) for task, one in found.items() if one.acknowledged
    }


YES = {
    "T1": ("Coord-Lena", "comment"),
    "T2": ("CoordTomas", "comment"),
    "T3": ("Coord_Priya", "column"),
    "T5": ("CoordTomas", "comment"),  # "Approved ✅", and the status
    "T6": ("Coord_Priya", "comment"),  # first "Not acknowledged yet"
    "T10": ("Coord_Priya", "column"),
    "T11": ("Coord-Lena", "comment"),  # edited: "Acknowledged (for Sunday 12:00, Room 1)"
    "T17": ("Coord_Priya", "comment"),  # with a mention
    "T20": ("CoordTomas", "comment"),  # ", but please shorten the title"
    "T38": ("Coord-Lena", "comment"),
}


def test_every_yes_of_the_recorded_board() -> None:
    found = read()
    assert evidence(found) == YES
    assert found["T13"].was_acknowledged is not None  # resolved since


def test_every_yes_by_comments_alone() -> None:
    by_column = {"T3", "T10"}
    assert evidence(read(by=("comment",))) == {
        task: yes for task, yes in YES.items() if task not in by_column
    }


def test_every_yes_by_moves_alone() -> None:
    yes = {task: by for task, (by, _) in evidence(read(by=("column",))).items()}
    assert yes == {
        "T1": "Coord-Lena",
        "T3": "Coord_Priya",
        "T6": "Coord_Priya",
        "T10": "Coord_Priya",
        "T38": "Coord-Lena",
    }


def test_yes_of_one_coordinator_alone() -> None:
    assert evidence(read(coordinators=("CoordTomas",))) == {
        task: yes for task, yes in YES.items() if yes[0] == "CoordTomas"
    }


@pytest.mark.parametrize(
    ("task", "how", "by"), [("T8", "said", "Coord-Lena"), ("T42", "moved", "Coord-Lena")]
)
def test_yes_that_was_taken_back(task: str, how: str, by: str) -> None:
    lost = read()[task].withdrawn
    assert lost is not None
    assert (lost.how, lost.by, lost.of.by) == (how, by, "Coord-Lena")


@pytest.mark.parametrize(
    ("task", "signs"),
    [
        ("T4", []),
        ("T7", []),
        ("T12", []),  # asked back
        ("T19", []),  # "ack"
        ("T39", []),
        ("T40", [("comment", "nothing", "says that it is not acknowledged")]),  # in a code block, and negated
        ("T41", []),
    ],
)
def test_recorded_comments_that_are_no_yes(task: str, signs: list[tuple[str, str, str]]) -> None:
    proposal = read()[task]
    assert (proposal.acknowledged, proposal.withdrawn) == (None, None)
    assert [(one.how, one.verdict, one.why) for one in proposal.signs] == signs
