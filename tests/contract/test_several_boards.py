"""Several boards of one event followed as one, with their memories in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from callboard.board import WorkBoard
from callboard.boards import Boards
from callboard.config_tables import Format
from callboard.errors import BoardAway, BoardRefused
from callboard.followed_board import FollowedBoard
from callboard.ledger import Ledger
from callboard.phabricator import Conduit
from dev.conduit import ConduitServer
from dev.conduit_records import Column, Project

from .scenario import APPROVED, FACTS, PROPOSALS, Scenario
from .stage import Stage, config

OTHER = "other-board"
YES = "PHID-PCOL-other1"


@dataclass
class Two:
    """The scenario's board and another one, on which Coord-Lena's moves to "Yes" count."""

    stage: Stage
    ledger: Ledger = field(default_factory=lambda: Ledger.open("sqlite://"))

    def boards(self, *, check_every: int = 1000, **changes: Any) -> Boards:
        first = config(**changes)
        second = config(project=OTHER, columns=("Yes",), acknowledged_by=("column",))
        return Boards(
            self.stage.conduit,
            [
                FollowedBoard(
                    WorkBoard(self.stage.conduit, board, check_every=check_every), board, self.ledger, "tea",
                    (Format(name="Workshop", minutes=60),),
                )
                for board in (first, second)
            ],
        )  # fmt: skip

    def cost(self, boards: Boards) -> int:
        before = boards.requests
        boards.proposals()
        return boards.requests - before


@pytest.fixture
def two() -> Iterator[Two]:
    scenario = Scenario()
    columns = [Column(90 + at, f"PHID-PCOL-other{at}", name, "PHID-PROJ-other", at, default=at == 0)
               for at, name in enumerate(("Inbox", "Yes"))]  # fmt: skip
    scenario.board.projects.append(Project(92, "PHID-PROJ-other", "Other-Board", [OTHER], [], columns))
    scenario.board.create_task("Session: Elsewhere", "Dorothea", project=OTHER)
    with (
        ConduitServer(scenario.board) as server,
        Conduit(server.url, server.token, user_agent="test", pause=lambda _: None) as conduit,
    ):
        yield Two(Stage(scenario, server, conduit))


def yeses(boards: Boards) -> dict[str, tuple[str, str]]:
    return {task: (row.board, row.acknowledged.sign)
            for task, row in boards.proposals().items() if row.acknowledged}  # fmt: skip


def test_tasks_of_all_boards_are_there_each_with_its_board(two: Two) -> None:
    found = two.boards().proposals()
    assert {task: (row.board, row.column) for task, row in found.items()} == {
        **dict.fromkeys(("T48", "T49", "T50", "T51"), ("session-board", PROPOSALS)),
        "T52": (OTHER, "Inbox"),
    }


def test_task_on_two_boards_is_taken_from_where_it_has_a_yes(two: Two) -> None:
    boards, found = two.boards(), list[object]()
    two.stage.board.tag("T48", "Dorothea", OTHER)
    found.append(boards.proposals()["T48"].board)
    for column in (YES, FACTS["columns"][APPROVED]):
        two.stage.scenario.now += 300
        two.stage.board.edit("T48", "Coord-Lena", [("column", [column])])
        found.append(yeses(boards)["T48"])
    two.stage.scenario.now += 300
    two.stage.board.edit("T48", "Dorothea", [("column", [FACTS["columns"][PROPOSALS]])])
    found.append(yeses(boards)["T48"])
    assert found == ["session-board", (OTHER, "column"), ("session-board", "column"), (OTHER, "column")]


def test_each_board_costs_what_it_costs_alone(two: Two) -> None:
    boards = two.boards()
    two.stage.scenario.now += 60
    boards.proposals()
    costs = []
    for tasks in ((), ("T48",), ("T48", "T49", "T52"), ()):
        two.stage.scenario.now += 300
        for task in tasks:
            two.stage.board.comment(task, "Coord-Lena", "hello")
        two.stage.scenario.now += 300
        costs.append(two.cost(boards))
    assert costs == [2, 3, 4, 2]


def test_second_look_and_histories_ask_each_board_for_its_own_tasks(two: Two) -> None:
    boards = two.boards()
    boards.proposals()
    two.stage.board.comment("T49", "Coord-Lena", "Acknowledged")
    two.stage.board.edit("T52", "Coord-Lena", [("column", [YES])])
    for look in (boards.recheck, boards.histories):
        found = look(["T49", "T52", "T999"])
        assert {task: row.acknowledged.sign for task, row in found.items() if row.acknowledged} == {
            "T49": "comment", "T52": "column",
        }  # fmt: skip


def test_memories_are_kept_apart_and_the_next_start_reads_on(two: Two) -> None:
    two.stage.scenario.now += 60
    two.boards().proposals()
    two.stage.scenario.now += 60
    two.stage.board.comment("T49", "Coord-Lena", "Acknowledged")
    two.stage.scenario.now += 300
    again = two.boards()
    assert two.cost(again) == 3
    assert yeses(again) == {"T49": ("session-board", "comment")}
    assert two.boards().remembered() == again.remembered()


def test_ledger_gets_the_whole_memory_only_when_something_changed(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards, written = two.boards(), list[tuple[str, int]]()
    boards.proposals()
    keep = two.ledger.remember_fact

    def noting(name: str, value: str | None) -> None:
        written.append((name, len(value or "")))
        keep(name, value)

    monkeypatch.setattr(two.ledger, "remember_fact", noting)
    two.stage.scenario.now += 300
    boards.proposals()
    assert [name for name, _ in written] == ["board:tea:session-board:when", f"board:tea:{OTHER}:when"]
    assert sum(size for _, size in written) < 250
    written.clear()
    two.stage.board.comment("T49", "Coord-Lena", "Acknowledged")
    two.stage.scenario.now += 300
    boards.proposals()
    assert [name for name, _ in written] == [
        "board:tea:session-board", "board:tea:session-board:when", f"board:tea:{OTHER}:when",
    ]  # fmt: skip


def test_idle_looks_are_remembered_although_the_memory_is_not_written_again(two: Two) -> None:
    boards = two.boards()
    boards.proposals()
    for _ in range(3):
        two.stage.scenario.now += 1000
        boards.proposals()
    kept = two.ledger.fact("board:tea:session-board:when")
    assert kept is not None
    assert f'"polled": {two.stage.scenario.now}' in kept
    calls = two.stage.server.count("maniphest.search")
    two.boards().proposals()
    assert two.stage.server.count("maniphest.search") - calls == 2


def test_slow_script_that_writes_what_it_read_before_loses_nothing(two: Two) -> None:
    """It shares the ledger with the bot, whose idle look comes right after: that look is of another memory."""
    two.boards().proposals()
    names = ("board:tea:session-board", "board:tea:session-board:when")
    slow = {name: two.ledger.fact(name) for name in names}
    two.stage.scenario.now += 300
    two.stage.board.create_task("Session: New", "Dorothea", project="session-board")
    two.boards().proposals()
    bot = two.boards()
    bot.remembered()
    for name, value in slow.items():
        two.ledger.remember_fact(name, value)
    two.stage.scenario.now += 300
    bot.proposals()
    two.stage.scenario.now += 300
    assert "Session: New" in {one.title for one in two.boards().proposals().values()}


def test_fields_are_read_with_the_events_formats(two: Two) -> None:
    two.stage.board.describe("T48", "Dorothea", "**Format:** workshop\n**Language:** English")
    row = two.boards().proposals()["T48"]
    assert (row.format, row.fields["language"]) == ("Workshop", "English")


def test_board_that_is_away_leaves_what_was_read_of_all(two: Two) -> None:
    boards = two.boards()
    assert boards.remembered() is None
    known = boards.proposals()
    two.stage.server.fail_next("500", 30)
    with pytest.raises(BoardAway):
        boards.proposals()
    assert boards.remembered() == known


def test_desk_moves_a_card_only_into_columns_of_boards_on_which_it_is(two: Two) -> None:
    boards = two.boards()
    two.stage.board.hide("T51", "hackadmin")
    boards.proposals()
    phids = {name: two.stage.board.task(name).phid for name in ("T48", "T51", "T52", "T46")}
    desk, calls = boards.desk(), two.stage.server.count("maniphest.edit")
    for task, column in (("T48", YES), ("T52", FACTS["columns"][APPROVED]), ("T51", ""), ("T46", "")):
        with pytest.raises(BoardRefused):
            desk.comment_and_move(phids[task], "" if column else "hello", column)
    assert two.stage.server.count("maniphest.edit") == calls
    desk.comment_and_move(phids["T52"], "It is on.", YES)
    assert boards.histories(["T52"])["T52"].moved_by_bot == (YES,)
