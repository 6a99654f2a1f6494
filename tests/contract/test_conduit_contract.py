"""What Callboard relies on in a Conduit server; passes on the development server and on a real one.

With CALLBOARD_CONDUIT_URL and CALLBOARD_CONDUIT_TOKEN set it runs against that server too, reading only; with
CALLBOARD_CONDUIT_WRITE=1 also writing: it creates one task, without a project, and closes it. Projects and tasks are
found there, nothing is assumed of their names. CALLBOARD_CONDUIT_PROJECT names the project to use (a slug).
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from dev.conduit import ConduitServer

from .any_server import Server
from .recorded_board import recorded_board

REAL = os.environ.get("CALLBOARD_CONDUIT_URL", "")
SERVERS = ["development", "real"] if REAL else ["development"]
NOBODY = "PHID-TASK-aaaaaaaaaaaaaaaaaaaa"


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    if request.param == "real":
        found = Server(REAL, os.environ["CALLBOARD_CONDUIT_TOKEN"], real=True)
        yield found
        found.session.close()
    else:
        with ConduitServer(recorded_board()) as running:
            found = Server(running.url, running.token, real=False)
            yield found
            found.session.close()


@pytest.fixture
def project(server: Server) -> Any:
    """A project with a workboard and tasks."""
    named = os.environ.get("CALLBOARD_CONDUIT_PROJECT") if server.real else "wikimedia-hackathon-2021"
    constraints = {"slugs": [named]} if named else {}
    for row in server.result("project.search", constraints=constraints, limit=20)["data"]:
        tasks = server.result("maniphest.search", constraints={"projects": [row["phid"]]}, limit=3)["data"]
        columns = server.result("project.column.search", constraints={"projects": [row["phid"]]})["data"]
        if len(tasks) == 3 and columns:
            return row
    raise AssertionError("no project with a workboard and three tasks: name one in CALLBOARD_CONDUIT_PROJECT")


def tasks_of(server: Server, project: Any, **params: Any) -> Any:
    attachments = {"columns": True, "projects": True}
    constraints = {"projects": [project["phid"]], **params.pop("constraints", {})}
    return server.result("maniphest.search", constraints=constraints, attachments=attachments, **params)


def test_whoami_names_the_account(server: Server) -> None:
    assert {"phid", "userName", "realName", "roles"} <= set(server.result("user.whoami"))


def test_ping_answers_without_a_token_and_whoami_does_not(server: Server) -> None:
    assert server.send("conduit.ping", {})["error_code"] is None
    assert server.send("user.whoami", {})["error_code"] == "ERR-INVALID-SESSION"


@pytest.mark.parametrize("token", ["api-short", "api-" + "z" * 28])
def test_bad_token_is_quoted_in_the_refusal(server: Server, token: str) -> None:
    answer = server.send("user.whoami", {"api.token": token})
    assert answer["error_code"] == "ERR-INVALID-AUTH"
    assert token in answer["error_info"]


def test_both_encodings_give_the_same(server: Server, project: Any) -> None:
    form = server.form("maniphest.search", **{"constraints[projects][0]": project["phid"], "limit": "2"})
    strict = server.json("maniphest.search", constraints={"projects": [project["phid"]]}, limit=2)
    assert form["result"]["data"] == strict["result"]["data"]


def test_json_is_strict_and_form_is_not(server: Server) -> None:
    _, info = server.error("maniphest.search", constraints={"modifiedStart": "1"}, limit=1)
    assert info == 'Error while reading "modifiedStart": Expected integer, got something else.'
    assert (
        server.form("maniphest.search", **{"constraints[modifiedStart]": "1", "limit": "1"})["error_code"]
        is None
    )


def test_json_body_is_refused(server: Server) -> None:
    response = server.session.post(f"{server.url}/api/user.whoami", json={"a": 1}, timeout=60)
    assert response.json()["error_code"] is not None


def test_project_is_found_by_slug_with_a_map_to_its_phid(server: Server, project: Any) -> None:
    slug = project["fields"]["slug"]
    found = server.result("project.search", constraints={"slugs": [slug]})
    assert [row["phid"] for row in found["data"]] == [project["phid"]]
    assert found["maps"]["slugMap"][slug]["projectPHID"] == project["phid"]
    assert server.result("project.search", constraints={"slugs": ["no-such-project-2099"]})["data"] == []


def test_columns_have_names_and_belong_to_the_project(server: Server, project: Any) -> None:
    rows = server.result("project.column.search", constraints={"projects": [project["phid"]]})["data"]
    assert {row["fields"]["project"]["phid"] for row in rows} == {project["phid"]}
    assert all(row["fields"]["name"] or row["fields"].get("proxyPHID") or row["id"] for row in rows)


def test_task_has_what_callboard_reads(server: Server, project: Any) -> None:
    row = tasks_of(server, project, limit=1)["data"][0]
    fields = row["fields"]
    assert {"name", "description", "authorPHID", "ownerPHID", "status", "dateCreated", "dateModified"} <= set(
        fields
    )
    assert isinstance(fields["description"]["raw"], str)
    assert isinstance(row["id"], int)
    assert project["phid"] in row["attachments"]["projects"]["projectPHIDs"]
    columns = row["attachments"]["columns"]["boards"][project["phid"]]["columns"]
    assert {"id", "phid", "name"} <= set(columns[0])


def test_empty_projects_list_is_no_constraint(server: Server) -> None:
    everything = server.result("maniphest.search", limit=5)["data"]
    assert server.result("maniphest.search", constraints={"projects": []}, limit=5)["data"] == everything


def test_unknown_project_is_empty_and_unknown_constraint_an_error(server: Server) -> None:
    assert server.result("maniphest.search", constraints={"projects": ["no-such-project-2099"]})["data"] == []
    assert server.error("maniphest.search", constraints={"project": []})[1].endswith(
        "includes an invalid key."
    )


@pytest.mark.parametrize("limit", [0, 101])
def test_page_size_is_limited(server: Server, limit: int) -> None:
    code, info = server.error("maniphest.search", limit=limit)
    assert str(limit) in info
    assert server.real or code == "ERR-INVALID-PAGE-SIZE"


def test_pages_by_oldest_join_without_a_gap(server: Server, project: Any) -> None:
    first = tasks_of(server, project, order="oldest", limit=2)
    second = tasks_of(server, project, order="oldest", limit=1, after=first["cursor"]["after"])
    ids = [row["id"] for row in first["data"] + second["data"]]
    assert ids == sorted(set(ids))
    assert [row["id"] for row in tasks_of(server, project, order="oldest", limit=3)["data"]] == ids
    back = tasks_of(server, project, order="oldest", limit=2, before=str(ids[2]))
    assert [row["id"] for row in back["data"]] == ids[:2]


def test_modified_start_is_inclusive(server: Server, project: Any) -> None:
    newest = tasks_of(server, project, order="updated", limit=1)["data"][0]
    since = newest["fields"]["dateModified"]
    found = tasks_of(server, project, constraints={"modifiedStart": since}, order="oldest")["data"]
    assert newest["id"] in [row["id"] for row in found]
    later = tasks_of(server, project, constraints={"modifiedStart": since + 10**8})["data"]
    assert later == []


def test_unknown_cursor_is_refused(server: Server, project: Any) -> None:
    _, info = server.error("maniphest.search", constraints={"projects": [project["phid"]]}, after="999999999")
    assert info == 'Cursor "999999999" does not identify a valid object in query "ManiphestTaskQuery".'
    _, info = server.error("transaction.search", objectType="TASK", before="9999999999", limit=1)
    assert "does not identify a valid object" in info


def test_missing_tasks_are_left_out(server: Server, project: Any) -> None:
    known = tasks_of(server, project, limit=1)["data"][0]["phid"]
    found = server.result("maniphest.search", constraints={"phids": [known, NOBODY]})["data"]
    assert [row["phid"] for row in found] == [known]


def test_transactions_of_a_task_are_newest_first(server: Server, project: Any) -> None:
    task = tasks_of(server, project, limit=1, order="oldest")["data"][0]
    rows = server.result("transaction.search", objectIdentifier=f"T{task['id']}")["data"]
    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    assert {row["objectPHID"] for row in rows} == {task["phid"]}
    assert {"type", "authorPHID", "dateCreated", "groupID", "fields", "comments"} <= set(rows[0])


def test_histories_of_several_tasks_come_in_one_answer(server: Server, project: Any) -> None:
    tasks = tasks_of(server, project, limit=3, order="oldest")["data"]
    ids = [task["id"] for task in tasks]
    found = server.result("maniphest.gettasktransactions", ids=[*ids, 999999999])
    assert set(found) == {str(number) for number in ids}
    for number in ids:
        rows = server.result("transaction.search", objectIdentifier=f"T{number}", limit=1000)["data"]
        told = found[str(number)]
        assert [(row["transactionID"], row["transactionPHID"]) for row in told] == [
            (str(row["id"]), row["phid"]) for row in rows
        ]
        assert [(row["authorPHID"], row["dateCreated"]) for row in told] == [
            (row["authorPHID"], str(row["dateCreated"])) for row in rows
        ]
        assert [row["comments"] for row in told] == [newest_comment(row) for row in rows]


def newest_comment(row: Any) -> str | None:
    versions = [comment for comment in row["comments"] if not comment["removed"]]
    return versions[0]["content"]["raw"] if versions else None


def test_histories_tell_moves_tags_and_statuses_as_the_stream_does(server: Server, project: Any) -> None:
    tasks = tasks_of(server, project, limit=20, order="oldest")["data"]
    found = server.result("maniphest.gettasktransactions", ids=[task["id"] for task in tasks])
    for task in tasks:
        rows = server.result("transaction.search", objectIdentifier=task["phid"], limit=1000)["data"]
        told = {row["transactionPHID"]: row for row in found.get(str(task["id"]), [])}
        for row in rows:
            same = told[row["phid"]]
            if row["type"] in ("core:columns", "status", "title", "description", "mergedinto", "mergedfrom"):
                assert same["transactionType"] == row["type"]
                assert same["newValue"] == row["fields"]["new"]
            if row["type"] == "projects":
                assert (same["transactionType"], same["meta"]["edge:type"]) == ("core:edge", 41)
                added = [each["phid"] for each in row["fields"]["operations"] if each["operation"] == "add"]
                assert sorted(same["newValue"]) == sorted(added)


def test_histories_of_nothing_are_an_empty_list(server: Server) -> None:
    assert server.result("maniphest.gettasktransactions", ids=[999999999]) == []


def test_members_of_a_project_are_told_if_asked_for(server: Server, project: Any) -> None:
    constraints = {"phids": [project["phid"]]}
    asked = server.result("project.search", constraints=constraints, attachments={"members": True})
    members = asked["data"][0]["attachments"]["members"]["members"]
    assert all(member["phid"].startswith("PHID-USER-") for member in members)
    assert server.result("project.search", constraints=constraints)["data"][0]["attachments"] in ({}, [])


def test_stream_read_forward_in_pages_is_the_whole_stream(server: Server) -> None:
    newest = server.result("transaction.search", objectType="TASK", limit=30)["data"]
    place, forward = newest[-1]["id"], []
    while page := server.result("transaction.search", objectType="TASK", before=str(place), limit=7)["data"]:
        forward += page[::-1]
        place = page[0]["id"]
    ids = [row["id"] for row in forward]
    assert ids[: len(newest) - 1] == [row["id"] for row in newest[-2::-1]]


def test_stream_of_all_tasks_reads_forward(server: Server) -> None:
    rows = server.result("transaction.search", objectType="TASK", limit=8)["data"]
    ids = [row["id"] for row in rows]
    newer = server.result("transaction.search", objectType="TASK", before=str(ids[7]), limit=3)["data"]
    assert [row["id"] for row in newer] == ids[4:7]
    again = server.result("transaction.search", objectType="TASK", constraints={"phids": [rows[0]["phid"]]})[
        "data"
    ]
    assert [row["id"] for row in again] == ids[:1]


def test_stream_is_clamped_to_a_thousand_and_one(server: Server) -> None:
    assert server.result("transaction.search", objectType="TASK", limit=0)["cursor"]["limit"] == 1
    authors = {"authorPHIDs": [server.result("user.whoami")["phid"]]}
    assert (
        server.result("transaction.search", objectType="TASK", constraints=authors, limit=5000)["cursor"][
            "limit"
        ]
        == 1000
    )


def test_empty_authors_are_refused(server: Server) -> None:
    assert (
        "authorPHIDs"
        in server.error("transaction.search", objectType="TASK", constraints={"authorPHIDs": []})[1]
    )


def test_users_are_found_in_any_case_and_by_phid(server: Server) -> None:
    me = server.result("user.whoami")
    for constraints in (
        {"usernames": [me["userName"].upper()]},
        {"phids": [me["phid"], "PHID-USER-aaaaaaaaaaaaaaaaaaaa"]},
    ):
        rows = server.result("user.search", constraints=constraints)["data"]
        assert [(row["phid"], row["fields"]["username"]) for row in rows] == [(me["phid"], me["userName"])]
        assert "disabled" not in rows[0]["fields"]["roles"]


def test_statuses_say_which_close_a_task(server: Server) -> None:
    statuses = {row["value"]: row["closed"] for row in server.result("maniphest.status.search")["data"]}
    assert statuses["open"] is False
    assert statuses["resolved"] is True


def test_path_outside_the_api_is_a_page(server: Server) -> None:
    response = server.session.get(f"{server.url}/nope", timeout=60)
    assert response.headers["Content-Type"].startswith("text/html")


WRITES = [
    name for name in SERVERS if name == "development" or os.environ.get("CALLBOARD_CONDUIT_WRITE") == "1"
]


@pytest.mark.parametrize("server", WRITES, indirect=True)
def test_edit_comments_once_and_a_no_op_bumps_the_task(server: Server) -> None:
    """One task is created, commented on, closed; all by the account of the token."""
    changes = [{"type": "title", "value": "Callboard contract test: please ignore"}]
    task = server.result("maniphest.edit", transactions=changes)["object"]
    comment = [{"type": "comment", "value": "A comment – ✅"}]
    made = server.result("maniphest.edit", objectIdentifier=task["phid"], transactions=comment)[
        "transactions"
    ]
    rows = server.result("transaction.search", objectIdentifier=task["phid"])["data"]
    ours = [row for row in rows if row["type"] == "comment"]
    assert [row["phid"] for row in ours] == [row["phid"] for row in made if row["phid"] == ours[0]["phid"]]
    assert ours[0]["comments"][0]["content"]["raw"] == "A comment – ✅"
    empty = [{"type": "comment", "value": ""}]
    assert (
        server.result("maniphest.edit", objectIdentifier=task["phid"], transactions=empty)["transactions"]
        == []
    )
    server.result(
        "maniphest.edit", objectIdentifier=task["phid"], transactions=[{"type": "status", "value": "invalid"}]
    )
    closed = server.result("maniphest.search", constraints={"phids": [task["phid"]]})["data"][0]["fields"]
    me = server.result("user.whoami")["phid"]
    assert (closed["status"]["value"], closed["closerPHID"], closed["ownerPHID"]) == ("invalid", me, me)


@pytest.mark.parametrize("server", WRITES, indirect=True)
@pytest.mark.parametrize(
    ("params", "part"),
    [
        (
            {"objectIdentifier": "T999999999", "transactions": [{"type": "comment", "value": "x"}]},
            "T999999999",
        ),
        ({"objectIdentifier": NOBODY}, '"transactions" is not a list'),
    ],
)
def test_edit_that_cannot_be_is_refused(server: Server, params: dict[str, object], part: str) -> None:
    assert part in server.error("maniphest.edit", **params)[1]
