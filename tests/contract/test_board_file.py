"""A board from a file, and people acting on it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

import dev.conduit_load
from dev.conduit import ConduitServer
from dev.conduit_board import Board
from dev.conduit_load import BOT_TOKEN, build_board

ROOT = Path(__file__).parents[2]


def documented() -> Any:
    """The example in the loader's documentation."""
    found = re.search(r"```json\n(.*?)```", dev.conduit_load.__doc__ or "", re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def small(**task: object) -> Board:
    base = {"title": "A", "author": "ada", "created": "2021-05-01T10:00:00+02:00", "project": "p"}
    return build_board(
        {
            "users": [
                {"name": "bot", "roles": ["bot"]},
                {"name": "ada"},
                {"name": "root", "roles": ["admin"]},
            ],
            "projects": [{"name": "p", "columns": ["Backlog", "Approved"]}],
            "tasks": [{**base, **task}, {**base, "title": "B"}],
        },
        lambda: 2_000_000_000,
    )


def test_documented_board_plays_its_history() -> None:
    board = build_board(documented(), lambda: 2_000_000_000)
    task = board.task("T1")
    assert (task.title, task.status, task.owner) == (
        "Session: Alpha 2",
        "declined",
        board.user("Coord-Lena").phid,
    )
    assert board.column(task.columns[task.projects[0]]).name == "Sessions - approved"
    assert task.created == 1620032400
    assert [(row.id, row.type, row.at) for row in board.transactions][-6:] == [
        (7, "subscribers", 1620122400),
        (8, "core:columns", 1620122400),
        (9, "comment", 1620122400),
        (10, "title", 1620208800),
        (11, "status", 1620295200),
        (12, "owner", 1620295200),
    ]
    assert board.clock() == 2_000_000_000


def test_same_file_gives_the_same_phids() -> None:
    first, second = (build_board(documented(), lambda: 0) for _ in range(2))
    assert [row.phid for row in first.transactions] == [row.phid for row in second.transactions]
    assert [user.phid for user in first.users] == [user.phid for user in second.users]


def test_board_without_tokens_has_one_for_its_bot() -> None:
    assert small().tokens == {BOT_TOKEN: "bot"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "a task has unknown keys: colour"),
        ({"created": "2021-05-01T10:00:00"}, "has no zone"),
        (
            {"history": [{"at": "2021-05-02T10:00:00Z", "by": "ada", "says": "x"}]},
            "a history has unknown keys: says",
        ),
    ],
)
def test_bad_file_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small(**change)


@pytest.mark.parametrize("change", [{"author": "nobody"}, {"project": "nope"}, {"column": "Nope"}])
def test_unknown_names_in_a_file_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(LookupError):
        small(**change)


def test_file_may_hide_and_merge_tasks() -> None:
    merged = small(history=[{"at": "2021-05-02T10:00:00Z", "by": "root", "merged_into": "T2"}])
    assert merged.task("T1").status == "duplicate"
    assert small(hidden=True).task("T1").view == "admin"


def test_bumps_are_the_measured_ones() -> None:
    """Edited and removed comments bump nothing; everything else does, a change that changes nothing too."""
    board = small()
    comment = board.comment("T1", "ada", "first")
    seconds = iter(range(1, 100))
    board.clock = lambda: next(seconds) * 10 + 2_000_000_000

    def bumped(act: Any) -> bool:
        before = board.task("T1").modified
        act()
        return board.task("T1").modified != before

    assert not bumped(lambda: board.edit_comment(comment, "ada", "second"))
    assert not bumped(lambda: board.remove_comment(comment, "root"))
    assert not bumped(lambda: board.rename_user("ada", "ada2"))
    assert not bumped(lambda: board.hide_column("Approved"))
    assert bumped(lambda: board.comment("T1", "root", "x"))
    assert bumped(lambda: board.move("T1", "root", "Approved"))
    assert bumped(lambda: board.move("T1", "root", "Approved"))
    assert bumped(lambda: board.retitle("T1", "root", "C"))
    assert bumped(lambda: board.describe("T1", "root", "d"))
    assert bumped(lambda: board.set_status("T1", "root", "open"))
    assert bumped(lambda: board.comment("T2", "root", "see T1"))
    assert bumped(lambda: board.merge("T2", "T1", "root"))
    assert bumped(lambda: board.hide("T1", "root"))


def test_no_op_has_no_transactions() -> None:
    board = small()
    assert board.set_status("T1", "ada", "open") == []
    assert board.edit("T1", "ada", [("comment", "")]) == []


def test_only_administrators_see_a_hidden_task() -> None:
    board = small(hidden=True)
    board.tokens["api-" + "r" * 28] = "root"
    with ConduitServer(board) as server:
        seen = {}
        for token in board.tokens:
            body = {"api.token": token, "constraints[ids][0]": "1"}
            answer = requests.post(f"{server.url}/api/maniphest.search", data=body, timeout=10).json()
            seen[board.tokens[token]] = [row["id"] for row in answer["result"]["data"]]
    assert seen == {"bot": [], "root": [1]}


def test_foreign_column_adds_its_project() -> None:
    board = small()
    board.projects[0].columns[1].project = "x"
    other = build_board({"projects": [{"name": "q", "columns": ["Elsewhere"]}]}, lambda: 0).projects[0]
    board.projects.append(other)
    made = board.edit("T1", "ada", [("column", [other.columns[0].phid])])
    assert [row.type for row in made] == ["core:columns", "projects"]
    assert other.phid in board.task("T1").projects


def test_command_serves_a_file(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    path.write_text(json.dumps(documented()), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "dev.conduit", str(path), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"1 tasks at (http://127\.0\.0\.1:\d+); CALLBOARD_CONDUIT_TOKEN=(\S+)\n", line)
        assert found is not None
        answer = requests.post(f"{found[1]}/api/user.whoami", data={"api.token": found[2]}, timeout=10).json()
        process.terminate()
    assert answer["result"]["userName"] == "SessionScheduleBot"
    assert process.returncode != 0
