"""The board that the recordings show, rebuilt from them; and recordings sent again to the development server."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import requests

from dev.conduit import ConduitServer
from dev.conduit_board import Board
from dev.conduit_records import Column, Comment, Project, Task, Transaction, User

RECORDINGS = Path(__file__).parent.parent / "conduit"
TOKEN = "api-" + "x" * 28
EXPIRED = "api-" + "e" * 28
DISABLED = "api-" + "d" * 28
ADMIN = "PHID-USER-7kux4dvsxv4szerwzwk7"
BOT = "PHID-USER-t7pcwyqp5ommrio4dqpp"
EVENT = "PHID-PROJ-gv2sfa5vayaaunbcasrq"
HIDDEN = "PHID-TASK-vejiq4tx75vdrsp7noi4"


@cache
def recording(name: str) -> Any:
    return json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))


def rows(name: str) -> list[Any]:
    found: list[Any] = recording(name)["response"]["json"]["result"]["data"]
    return found


def told_rows() -> list[Any]:
    """Rows of gettasktransactions, which tell more than those of transaction.search."""
    histories = recording("097_gettasktransactions_multi")["response"]["json"]["result"]
    return [row for history in histories.values() for row in history]


def recorded_board() -> Board:
    """The board as it was while 020 to 127 were recorded."""
    board = Board(clock=lambda: 1795343760)
    board.users = list(_users().values())
    board.tokens = {TOKEN: "SessionScheduleBot", EXPIRED: "SessionScheduleBot", DISABLED: "RetiredUser"}
    board.expired_tokens = {EXPIRED}
    board.projects = _projects()
    board.tasks = [task_of(row) for row in rows("030_board_full") + _others()]
    board.tasks.append(
        Task(
            15,
            HIDDEN,
            "Hidden",
            ADMIN,
            view="admin",
            created=1795343465,
            projects=[EVENT],
            modified=1795343465,
        )
    )
    board.transactions = [transaction_of(row) for row in _all_transactions().values()]
    _join(board)
    board.transactions.append(
        Transaction(
            360, "PHID-XACT-TASK-bbmhtl7xdj6uszc", "comment", ADMIN, HIDDEN, 1795343753, 1795343753, "h"
        )
    )
    board.next_transaction, board.next_comment = 367, 33
    return board


def _others() -> list[Any]:
    """The two tasks outside the project, which 030 does not have."""
    others = [row for row in rows("065_no_constraints") if row["id"] in (16, 36)]
    nowhere: dict[str, Any] = {"columns": {"boards": []}, "projects": {"projectPHIDs": []}}
    return [{**row, "attachments": nowhere} for row in others]


def _users() -> dict[str, User]:
    people: dict[str, User] = {}
    for name in ("100_user_search", "102_user_search_phids"):
        for row in rows(name):
            fields = row["fields"]
            roles = frozenset(fields["roles"]) & {"bot", "admin", "disabled"}
            people[row["phid"]] = User(
                row["id"], row["phid"], fields["username"], fields["realName"], None, roles,
                fields["dateCreated"], fields["dateModified"],
            )  # fmt: skip
    for name in ("103_mediawikiquery", "104_mediawikiquery_partial"):
        for row in recording(name)["response"]["json"]["result"]:
            user = people.setdefault(row["phid"], User(6, row["phid"], row["userName"], row["realName"]))
            user.wiki_name = row["mediawiki_username"]
    scenario = json.loads((RECORDINGS / "scenario/scenario.json").read_text(encoding="utf-8"))
    for name, phid in {**scenario["coordination"], **scenario["users"]}.items():
        roles = frozenset({"admin"}) if name == "hackadmin" else frozenset()
        people.setdefault(phid, User(len(people) + 20, phid, name, name, None, roles))
    old = next(row["fields"]["authorPHID"] for row in rows("030_board_full") if row["id"] == 18)
    people[old] = User(12, old, "OldAccount", "Old", created=1795343304)
    for row in told_rows():
        phid, name = row["authorPHID"], row["title"].split()[0]
        people.setdefault(phid, User(len(people) + 20, phid, name, name))
    for row in rows("030_board_full"):
        phid = row["fields"]["authorPHID"]
        people.setdefault(phid, User(len(people) + 20, phid, f"user-{phid[-5:]}"))
    return people


def _projects() -> list[Project]:
    projects: dict[str, Project] = {}
    for name in ("022_project_search_name", "026_coord_team", "020_project_search_slug"):
        for row in rows(name):
            fields = row["fields"]
            members = row["attachments"].get("members", {}).get("members", ())
            projects[row["phid"]] = Project(
                row["id"], row["phid"], fields["name"], [fields["slug"]], [member["phid"] for member in members],
                [], fields["description"], tuple(fields["icon"].values()),
                (fields["color"]["key"], fields["color"]["name"]), created=fields["dateCreated"],
                modified=fields["dateModified"],
            )  # fmt: skip
    for row in reversed(rows("024_column_search")):
        fields = row["fields"]
        projects[EVENT].columns.append(
            Column(
                row["id"],
                row["phid"],
                fields["name"],
                EVENT,
                fields["sequence"],
                fields["isDefaultColumn"],
                created=fields["dateCreated"],
                modified=fields["dateModified"],
            )
        )
    for row in rows("030_board_full"):
        for phid in row["attachments"]["projects"]["projectPHIDs"]:
            slug = "session-approved" if phid == "PHID-PROJ-q2xe35pysneoawgqmyko" else phid[-6:]
            projects.setdefault(phid, Project(len(projects) + 3, phid, slug, [slug]))
        for phid, place in (row["attachments"]["columns"]["boards"] or {}).items():
            known = projects[phid].columns
            for column in place["columns"]:
                if column["phid"] not in [other.phid for other in known]:
                    known.append(
                        Column(column["id"], column["phid"], column["name"], phid, len(known), not known)
                    )
    return list(projects.values())


def task_of(row: Any) -> Task:
    fields, attachments = row["fields"], row["attachments"]
    boards = attachments["columns"]["boards"] or {}
    return Task(
        row["id"], row["phid"], fields["name"], fields["authorPHID"], fields["description"]["raw"],
        fields["status"]["value"], fields["priority"]["value"], fields["ownerPHID"], fields["closerPHID"],
        fields["dateClosed"], fields["dateCreated"], fields["dateModified"],
        list(attachments["projects"]["projectPHIDs"]),
        {phid: place["columns"][0]["phid"] for phid, place in boards.items()},
        list(attachments.get("subscribers", {}).get("subscriberPHIDs", ())),
        fields["policy"]["view"], fields["policy"]["edit"],
    )  # fmt: skip


def _all_transactions() -> dict[int, Any]:
    """Every row up to 366 that a recording shows."""
    found: dict[int, Any] = {}
    for path in sorted(RECORDINGS.glob("*.json")):
        if (
            recording(path.stem)["method"] == "transaction.search"
            and recording(path.stem)["response"]["json"]["result"]
        ):
            found |= {row["id"]: row for row in rows(path.stem) if row["id"] <= 366}
    return found


def _join(board: Board) -> None:
    """Says of rows without a type what they join: only gettasktransactions tells."""
    told = {row["transactionPHID"]: row for row in told_rows()}
    for row in board.transactions:
        if row.type is None and row.phid in told:
            row.edge, row.others = told[row.phid]["meta"]["edge:type"], told[row.phid]["newValue"]


def transaction_of(row: Any) -> Transaction:
    comments = [
        Comment(
            comment["id"],
            comment["phid"],
            comment["version"],
            comment["authorPHID"],
            comment["content"]["raw"],
            comment["dateCreated"],
            comment["removed"],
        )
        for comment in row["comments"]
    ]
    return Transaction(
        row["id"], row["phid"], row["type"], row["authorPHID"], row["objectPHID"], row["dateCreated"],
        row["dateModified"], row["groupID"], row["fields"], comments,
    )  # fmt: skip


def send_again(server: ConduitServer, name: str, token: str = TOKEN) -> requests.Response:
    """Sends a recorded request, byte for byte but for the token."""
    request = recording(name)["request"]
    body = request["body"].replace(TOKEN, token).encode() if request["body"] else None
    headers = {"Content-Type": request["content_type"]} if request["content_type"] else {}
    url = server.url + request["path"].replace(TOKEN, token)
    return requests.request(request["http_method"], url, data=body, headers=headers, timeout=10)


def shape(value: Any) -> Any:
    """Keys and types, lists by the shapes that occur in them, maps with PHIDs for keys by their values."""
    if isinstance(value, dict):
        if value and all(str(key).startswith("PHID-") for key in value):
            return {"PHID": _shapes(value.values())}
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return _shapes(value)
    return type(value).__name__


def _shapes(values: Any) -> list[Any]:
    found: list[Any] = []
    for value in map(shape, values):
        if value not in found:
            found.append(value)
    return sorted(found, key=str)
