"""Random histories are the same for the same seed, and everything that they can do is done."""

import json
from dataclasses import astuple, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from callboard.model import Acknowledgement, Proposal, Withdrawal
from callboard.model.board import JudgedSign
from callboard.proposals.memory import BoardMemory

from .differences import alike, first_difference, shortest, visible
from .histories import LOUD, SILENT, Act, Play, Turn, history

SEEDS = range(20)


def played(seed: int) -> tuple[str, list[str]]:
    """What the board holds at the end, and what was done."""
    with Play() as play:
        for _ in play.turns(history(seed)):
            play.server.heal()
        board = [
            [astuple(task) for task in play.board.tasks],
            [astuple(row) for row in play.board.transactions],
        ]
        return json.dumps(board, default=str), play.done


def test_same_seed_is_the_same_history_and_leaves_the_same_board() -> None:
    assert history(7) == history(7)
    assert history(7) != history(8)
    assert played(7) == played(7)


def test_everything_is_done_sooner_or_later() -> None:
    done = [line for seed in SEEDS for line in played(seed)[1]]
    kinds = {line.split(" s ", 1)[1].split(" T")[0] for line in done}
    assert kinds == set(LOUD) | set(SILENT)


def test_histories_without_silent_acts_have_none() -> None:
    kinds = {act.kind for seed in SEEDS for turn in history(seed, silent=False) for act in turn.acts}
    assert kinds == set(LOUD)


def test_reader_that_forgets_a_task_is_found_out_with_the_shortest_history() -> None:
    """Every second look, that at what was followed, is without T48: only the comparison is tried."""
    looks = count()

    def forgetful(memory: BoardMemory) -> dict[str, Proposal]:
        found = visible(memory)
        return found if next(looks) % 2 else {task: row for task, row in found.items() if task != "T48"}

    found = first_difference(history(3), look=forgetful)
    assert found is not None
    assert (found.poll, found.tasks) == (0, ("T48",))
    assert "after poll 0 T48 are not as a full read shows them\n  followed: None\n" in str(found)
    assert found.shortest == (Turn((), history(3)[0].wait),)


def proposal(**changes: Any) -> Proposal:
    return replace(Proposal("T1", "PHID-TASK-1", "Title", "ada", "open", closed=False), **changes)


def sign(why: str) -> JudgedSign:
    return JudgedSign("Lena", datetime(2021, 5, 1, tzinfo=UTC), "comment", "", "nothing", why)


YES = Acknowledgement("Lena", "PHID-USER-1", datetime(2021, 5, 1, tzinfo=UTC), "comment", "PHID-XACT-TASK-1")


@pytest.mark.parametrize(
    ("followed", "read", "same"),
    [
        (proposal(), proposal(), True),
        (proposal(), None, False),
        (None, proposal(), False),
        (proposal(title="Other"), proposal(), False),
        (proposal(withdrawn=Withdrawal("", None, "removed", YES)), proposal(), True),
        (proposal(), proposal(withdrawn=Withdrawal("", None, "removed", YES)), True),
        (proposal(withdrawn=Withdrawal("", None, "removed", YES), title="Other"), proposal(), False),
        (proposal(withdrawn=Withdrawal("Lena", None, "edited", YES)), proposal(), False),
        (proposal(signs=(sign("removed"),)), proposal(), True),
        (proposal(signs=(sign("in a quote"),)), proposal(), False),
    ],
)
def test_only_a_removed_yes_may_be_known_to_one_side(
    followed: Proposal | None, read: Proposal | None, *, same: bool
) -> None:
    assert alike(followed, read) is same


def test_shortest_history_keeps_what_it_needs() -> None:
    needed = Act("merge", 1, "T50", "HanaT", 0)
    turns = history(5)
    turns = (*turns[:9], replace(turns[9], acts=(*turns[9].acts, needed)), *turns[10:])
    short = shortest(turns, lambda each: any(needed in turn.acts for turn in each))
    assert [turn.acts for turn in short] == [(needed,)]
