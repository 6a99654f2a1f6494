"""Every recording of a supported method, sent again to the development server: the answers are the recorded ones."""

from typing import Any

import pytest

from dev.conduit import ConduitServer
from dev.conduit_board import Board
from dev.conduit_methods import METHODS
from dev.conduit_records import Task, Transaction

from .recorded_board import (
    DISABLED,
    EXPIRED,
    RECORDINGS,
    TOKEN,
    recorded_board,
    recording,
    rows,
    send_again,
    task_of,
    transaction_of,
)
from .scenario import Scenario, exchange

EVENT = "PHID-PROJ-gv2sfa5vayaaunbcasrq"
SPECIAL = {"008_token_expired", "008b_token_expired_collected", "009_token_disabled_user", "018_unmapped_path",
           "092_tx_limit_5000", "150_rate_limited", "151_db_down"}  # fmt: skip
NAMES = sorted(
    path.stem
    for path in RECORDINGS.glob("*.json")
    if recording(path.stem)["method"] in METHODS and path.stem not in SPECIAL
)
# The faults that Phorge shows for unknown methods are recorded under the method's name.
NAMES += ["012_unknown_method"]
# What a server makes up (PHIDs of new rows, pictures), and dates of later load tests on the recorded server.
MADE_UP = {"image"}
MADE_UP_BY_EDITS = {"image", "phid"}
LATER = {"image", "dateModified"}


def without(value: Any, keys: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: without(inner, keys) for key, inner in value.items() if key not in keys}
    if isinstance(value, list):
        return [without(inner, keys) for inner in value]
    return value


def board_for(name: str) -> Board:
    """The board as it was when this was recorded."""
    board, number = recorded_board(), int(name[:3])
    if name == "134_edit_column_back":
        board.move("T2", "SessionScheduleBot", "Sessions - approved")
    if number in (146, 147):
        board.task("T17").edit = "admin"
    if number >= 160:
        for later in ("176_tasks_by_old_slug", "161_no_boards", "162_project_without_workboard"):
            board.tasks += [later_task(board, row) for row in rows(later)]
        board.transactions += [transaction_of(row) for row in rows("178_tx_crlf_emoji")]
        stream = exchange("00_b_transactions")["response"]["json"]["result"]["data"]
        board.transactions += [transaction_of(row) for row in stream if row["id"] < 3019]
    if number in (172, 173):
        board.hide_column("Needs information")
    if number in (175, 176):
        board.rename_project("wikimedia-hackathon-2021", "Wikimedia-Hackathon-2021-renamed")
    if number == 177:
        board.rename_user("OldAccount", "RenamedAccount")
        board.user("RenamedAccount").real_name = "Old Account (renamed)"
    return board


def later_task(board: Board, row: Any) -> Task:
    attachments: dict[str, Any] = {"columns": {"boards": []}, "projects": {"projectPHIDs": [EVENT]}}
    attachments |= row["attachments"]
    for phid in attachments["projects"]["projectPHIDs"]:
        if phid not in [project.phid for project in board.projects]:
            board.projects.append(type(board.projects[0])(99, phid, "No workboard", ["no-workboard"]))
    return task_of({**row, "attachments": attachments})


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_the_recorded_one(name: str) -> None:
    with ConduitServer(board_for(name)) as server:
        answer = send_again(server, name)
    recorded = recording(name)["response"]
    number = int(name[:3])
    made_up = MADE_UP_BY_EDITS if 130 <= number < 150 else LATER if number >= 160 else MADE_UP
    assert answer.status_code == recorded["status"]
    assert answer.headers["Content-Type"] == recorded["headers"]["Content-Type"]
    assert without(answer.json(), made_up) == without(recorded["json"], made_up)


def test_every_recording_of_a_supported_method_is_replayed() -> None:
    assert len(NAMES) == 151


@pytest.mark.parametrize(
    ("name", "token"),
    [("008_token_expired", EXPIRED), ("009_token_disabled_user", DISABLED)],
)
def test_token_refused_as_recorded(name: str, token: str) -> None:
    with ConduitServer(recorded_board()) as server:
        answer = send_again(server, name, token)
    expected = recording(name)["response"]["json"]
    info = expected["error_info"].replace(TOKEN, token)
    assert answer.json() == {"result": None, "error_code": "ERR-INVALID-AUTH", "error_info": info}


def test_token_after_the_garbage_collector_is_unknown() -> None:
    board = recorded_board()
    del board.tokens[TOKEN]
    with ConduitServer(board) as server:
        answer = send_again(server, "008b_token_expired_collected")
    assert answer.json() == recording("008b_token_expired_collected")["response"]["json"]


@pytest.mark.parametrize(
    ("name", "fault"), [("018_unmapped_path", None), ("150_rate_limited", "429"), ("151_db_down", "500")]
)
def test_answer_from_below_conduit_is_the_recorded_kind(name: str, fault: str | None) -> None:
    with ConduitServer(recorded_board()) as server:
        if fault:
            server.fail_next(fault)
        answer = send_again(server, name)
    recorded = recording(name)["response"]
    assert answer.status_code == recorded["status"]
    assert answer.headers["Content-Type"] == recorded["headers"]["Content-Type"]
    assert answer.text.split("\n")[0][:15] == recorded["text"].split("\n")[0][:15]


def test_limit_of_5000_gives_the_newest_thousand() -> None:
    board = recorded_board()
    author, task = board.users[0].phid, board.tasks[0].phid
    for number in range(367, 3071):
        board.transactions.append(Transaction(number, f"x{number}", "comment", author, task, 0, 0, "g"))
    with ConduitServer(board) as server:
        result = send_again(server, "092_tx_limit_5000").json()["result"]
    recorded = recording("092_tx_limit_5000")["response"]["json"]["result"]
    assert result["cursor"] == recorded["cursor"]
    assert [row["id"] for row in result["data"]] == list(range(3070, 2070, -1))


def test_scenario_acted_out_gives_the_recorded_polls() -> None:
    """All 49 exchanges: the same tasks and transactions with the same values; only made-up PHIDs differ."""
    scenario = Scenario()
    recorded_phids: dict[str, str] = {}
    compared = 0
    with ConduitServer(scenario.board) as server:
        for poll in range(13):
            scenario.act(poll)
            for path in sorted(RECORDINGS.glob(f"scenario/{poll:02}_*.json")):
                expected = exchange(path.stem)
                compare_poll(server, expected, recorded_phids, path.stem)
                compared += 1
    assert compared == 49


def compare_poll(server: ConduitServer, expected: Any, phids: dict[str, str], name: str) -> None:
    """One exchange, with the recorded server's transaction PHIDs turned into ours."""
    made_up = {"phid", "groupID"} if expected["method"] == "transaction.search" else set()
    answer = send_recorded(server, expected, phids)
    theirs = expected["response"]["json"]
    if name == "00_b_transactions":  # the rows before the scenario are another story
        theirs["result"]["data"] = [row for row in theirs["result"]["data"] if row["id"] > 3020]
        answer["result"]["data"] = [row for row in answer["result"]["data"] if row["id"] > 3020]
    ours = {row["id"]: row["phid"] for row in answer["result"]["data"]}
    assert [row["id"] for row in theirs["result"]["data"]] == list(ours), name
    if made_up:
        phids.update({row["phid"]: ours[row["id"]] for row in theirs["result"]["data"]})
    assert settled(without(answer, made_up)) == settled(without(theirs, made_up)), name


def settled(answer: Any) -> Any:
    """Without the numbers of comments (the recorded site had others before) and in one order of subscribers."""
    for row in answer["result"]["data"]:
        for comment in row.get("comments", ()):
            comment.pop("id")
        if row["type"] == "subscribers":
            row["fields"]["operations"].sort(key=lambda operation: str(operation.get("phid", "")))
    return answer


def send_recorded(server: ConduitServer, expected: Any, phids: dict[str, str]) -> Any:
    import requests

    body = expected["request"]["body"]
    for theirs, ours in phids.items():
        body = body.replace(theirs, ours)
    headers = {"Content-Type": expected["request"]["content_type"]}
    return requests.post(
        server.url + expected["request"]["path"], data=body, headers=headers, timeout=10
    ).json()
