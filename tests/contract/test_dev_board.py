"""What the development server adds to the recordings: late commits, policies per user, ten thousand tasks, bytes."""

import json
from collections import Counter
from typing import Any

import pytest
import requests

from dev.conduit import ConduitServer
from dev.conduit_board import Board
from dev.conduit_index import Index

from .recorded_board import BOT, recorded_board, recording, send_again
from .recorded_board import EVENT as RECORDED_EVENT
from .scenario import APPROVED, EVENT, FACTS, PROPOSALS, Scenario

BETA = FACTS["tasks"]["beta"]["phid"]


def ask(server: ConduitServer, method: str, **params: object) -> Any:
    params["__conduit__"] = {"token": server.token}
    body = {"params": json.dumps(params), "output": "json"}
    return requests.post(f"{server.url}/api/{method}", data=body, timeout=10).json()


def stream(server: ConduitServer, before: int) -> list[int]:
    answer = ask(server, "transaction.search", objectType="TASK", before=str(before), limit=1000)
    return [row["id"] for row in answer["result"]["data"]]


def test_late_commit_appears_below_ids_that_were_seen_before() -> None:
    """As measured with several writers (exp_gap): a poll that goes on from the newest id misses it."""
    scenario = Scenario()
    board = scenario.board
    last = board.next_transaction - 1
    with ConduitServer(board) as server:
        late = board.begin(
            "T49", "CoordTomas", [("column", [FACTS["columns"][APPROVED]]), ("comment", "Yes")]
        )
        begun = scenario.now
        scenario.now += 5
        board.comment("T50", "FatimaK", "Hello")
        assert stream(server, last) == [last + 4]
        assert board.task("T49").columns[EVENT] == FACTS["columns"][PROPOSALS]
        late.commit()
        assert stream(server, last) == [last + 4, last + 3, last + 2, last + 1]
        assert stream(server, last + 4) == []
        assert board.task("T49").columns[EVENT] == FACTS["columns"][APPROVED]
        assert board.task("T49").modified == begun


def test_late_task_has_its_number_before_it_is_seen() -> None:
    board = Scenario().board
    late = board.begin_task("Dorothea", [("title", "Late"), ("projects.add", [EVENT])])
    assert board.create_task("Sooner", "HanaT").id == 53
    assert [task.id for task in board.tasks][-1] == 53
    late.commit()
    assert board.task("T52").title == "Late"
    assert board.create_task("Next", "HanaT").id == 54


def test_late_commits_once() -> None:
    board = Scenario().board
    late = board.begin("T49", "elias.w", [("comment", "Once")])
    assert late.commit() == late.commit()
    assert Counter(row.id for row in board.transactions).most_common(1)[0][1] == 1


def test_second_edit_of_a_task_waits_for_the_late_one() -> None:
    """Phorge locks the row of the task: what both did stands in the end."""
    board = Scenario().board
    board.begin("T49", "elias.w", [("title", "Renamed")])
    board.comment("T49", "CoordTomas", "Acknowledged")
    assert [row.type for row in board.history(board.task("T49"))][-3:] == ["title", "subscribers", "comment"]
    assert board.task("T49").title == "Renamed"
    assert board.late == []


def test_late_edit_mentions_when_it_is_committed() -> None:
    board = Scenario().board
    late = board.begin("T49", "elias.w", [("comment", "as in T50")])
    assert board.history(board.task("T50"))[-1].type == "subscribers"
    late.commit()
    assert (board.history(board.task("T50"))[-1].others, board.task("T49").mentions) == (
        [BETA],
        [FACTS["tasks"]["gamma"]["phid"]],
    )


def edited(board: Board, **changes: object) -> Any:
    """What the answer is to moving T17 and to commenting on it."""
    task = board.task("T17")
    for name, value in changes.items():
        setattr(task, name, value)
    with ConduitServer(board) as server:
        return [send_again(server, f"14{number}").json()["error_info"] for number in MOVE_AND_COMMENT]


MOVE_AND_COMMENT = ("6_edit_no_permission", "7_comment_without_edit_permission")
REFUSED = recording("146_edit_no_permission")["response"]["json"]["error_info"]


@pytest.mark.parametrize(
    ("changes", "move"),
    [
        ({"edit": "admin"}, REFUSED),
        ({"edit": "admin", "owner": BOT}, None),
        ({"edit": BOT}, None),
        ({"edit": "PHID-USER-qdr7pse7ye5hc6m3aozb"}, REFUSED.replace("Administrators", "CoordTomas")),
        ({"edit": "PHID-PROJ-selgrotthzox6t2jlwhq"}, REFUSED.replace("Administrators", "Hackathon-Coordination-Team")),
        ({"edit": "no-one"}, REFUSED.replace("Administrators", "No one")),
        ({"edit": "users"}, None),
    ],
)  # fmt: skip
def test_edit_policy_refuses_the_move_and_allows_the_comment(
    changes: dict[str, object], move: str | None
) -> None:
    assert edited(recorded_board(), **changes) == [move, None]


def test_member_of_the_project_of_a_policy_may_edit() -> None:
    board = recorded_board()
    board.join("hackathon-coordination-team", "SessionScheduleBot")
    assert edited(board, edit="PHID-PROJ-selgrotthzox6t2jlwhq") == [None, None]
    board.leave("hackathon-coordination-team", "SessionScheduleBot")
    assert edited(board, edit="PHID-PROJ-selgrotthzox6t2jlwhq")[0] is not None


def test_task_on_two_boards_has_a_column_on_each() -> None:
    board = recorded_board()
    other = next(project for project in board.projects if project.columns and project.phid != RECORDED_EVENT)
    board.move("T2", "SessionScheduleBot", other.columns[-1].phid)
    with ConduitServer(board) as server:
        answer = ask(
            server,
            "maniphest.search",
            constraints={"ids": [2]},
            attachments={"columns": True, "projects": True},
        )
    row = answer["result"]["data"][0]["attachments"]
    places = {phid: place["columns"][0]["phid"] for phid, place in row["columns"]["boards"].items()}
    assert places[other.phid] == other.columns[-1].phid
    assert len(places) == 2
    assert set(places) <= set(row["projects"]["projectPHIDs"])


def test_disabled_account_is_told_as_such_and_enabled_again() -> None:
    board = Scenario().board
    with ConduitServer(board) as server:
        for act, disabled in ((board.disable, True), (board.enable, False)):
            act("CoordTomas")
            row = ask(server, "user.search", constraints={"usernames": ["CoordTomas"]})["result"]["data"][0]
            assert ("disabled" in row["fields"]["roles"]) is disabled


def test_renaming_a_column_bumps_no_task_and_keeps_its_phid() -> None:
    scenario = Scenario()
    before = [task.modified for task in scenario.board.tasks]
    scenario.now += 60
    scenario.board.rename_column(FACTS["columns"][APPROVED], "Approved!")
    with ConduitServer(scenario.board) as server:
        rows = ask(server, "project.column.search", constraints={"projects": [EVENT]})["result"]["data"]
    assert {row["phid"]: row["fields"]["name"] for row in rows}[FACTS["columns"][APPROVED]] == "Approved!"
    assert [task.modified for task in scenario.board.tasks] == before


def test_bytes_of_answers_are_counted() -> None:
    with ConduitServer(Scenario().board) as server:
        server.fail_next("429")
        texts = [
            requests.post(f"{server.url}/api/conduit.ping", data={"a": "b"}, timeout=10).text
            for _ in range(3)
        ]
        first = len(server.requests)
        ask(server, "user.whoami")
    assert [request.answered for request in server.requests[:3]] == [len(text) for text in texts]
    assert [request.sent for request in server.requests[:3]] == [3, 3, 3]
    assert server.bytes_answered(first) == server.requests[3].answered > 100
    assert server.bytes_answered() == sum(request.answered for request in server.requests)


def test_faults_that_nobody_met_can_be_forgotten() -> None:
    with ConduitServer(Scenario().board) as server:
        server.fail_next("500", times=3)
        server.heal()
        assert ask(server, "conduit.ping")["error_code"] is None


def test_index_reads_each_row_once_while_a_list_grows() -> None:
    read: list[str] = []

    def keys(row: list[str]) -> list[str]:
        read.append(row[0])
        return row

    index: Index[list[str]] = Index(keys)
    rows: list[list[str]] = []
    for number in range(100):
        rows.append([str(number)])
        assert index.first(rows, str(number)) == [str(number)]
    assert len(read) == 100


def test_index_reads_a_list_again_after_anything_but_growth() -> None:
    index: Index[list[str]] = Index(lambda row: row)
    rows = [["a"], ["b"], ["b", "c"]]
    assert index.all(rows, "b") == [["b"], ["b", "c"]]
    rows.pop()
    assert index.all(rows, "b") == [["b"]]
    rows[-1] = ["d"]
    assert (index.first(rows, "b"), index.first(rows, "d")) == (None, ["d"])
    assert index.first([["e"]], "e") == ["e"]
    assert index.all(rows, "a") == [["a"]]


def test_ten_thousand_tasks_can_be_made_and_are_served_in_pages() -> None:
    scenario = Scenario()
    for number in range(10_000):
        scenario.board.create_task(
            f"Session: {number}", "Dorothea", project="session-board", description="as T48"
        )
    ids: list[int] = []
    after: str | None = None
    with ConduitServer(scenario.board) as server:
        for _ in range(3):
            answer = ask(
                server, "maniphest.search", constraints={"projects": [EVENT]}, order="oldest", after=after
            )["result"]
            ids += [row["id"] for row in answer["data"]]
            after = answer["cursor"]["after"]
        last = ask(server, "maniphest.gettasktransactions", ids=list(range(9952, 10052)))["result"]
    assert ids == list(range(48, 348))
    assert {len(rows) for rows in last.values()} == {6}
    assert len(last) == 100
