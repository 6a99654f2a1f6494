"""A board from a JSON file that people can write.

```json
{
  "host": "phorge.example.org",
  "users": [
    {"name": "SessionScheduleBot", "roles": ["bot"]},
    {"name": "Coord-Lena", "real_name": "Lena", "wiki": "Lena", "roles": ["admin"]},
    {"name": "Dorothea", "wiki": "Dorothea M."}
  ],
  "tokens": {"api-botbotbotbotbotbotbotbotbotb": "SessionScheduleBot"},
  "projects": [
    {"name": "Wikimedia-Hackathon-2021", "columns": ["Backlog", "Session proposals", "Sessions - approved"],
     "members": ["Coord-Lena"]}
  ],
  "tasks": [
    {"title": "Session: Alpha", "author": "Dorothea", "created": "2021-05-03T09:00:00Z",
     "project": "wikimedia-hackathon-2021", "column": "Session proposals", "description": "…",
     "history": [
       {"at": "2021-05-04T10:00:00Z", "by": "Coord-Lena", "comment": "Acknowledged", "column": "Sessions - approved"},
       {"at": "2021-05-05T10:00:00Z", "by": "Dorothea", "title": "Session: Alpha 2"},
       {"at": "2021-05-06T10:00:00Z", "by": "Coord-Lena", "status": "declined"}
     ]}
  ]
}
```

Optional: a project's `slug` (else made from its name; the first column is the default one), `phid` and `id` of users,
projects and tasks (else made up, the same each time), `hidden: true` for a task that only administrators see. An entry
of `history` is one edit; it may hold `comment`, `column`, `status`, `title`, `description`, `tag`, `untag`, or
`merged_into: "T2"`. Times are ISO 8601 with a zone; what is not known to the file is refused.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from dev.conduit_board import Board
from dev.conduit_edit import Change
from dev.conduit_records import Column, Project, User, made_up
from dev.conduit_site import slug_of

BOT_TOKEN = "api-" + "x" * 28
_KEYS = {
    "board": {"host", "users", "tokens", "expired_tokens", "projects", "tasks"},
    "user": {"name", "real_name", "wiki", "roles", "phid", "id"},
    "project": {"name", "slug", "columns", "members", "description", "phid", "id"},
    "task": {"title", "author", "created", "project", "column", "description", "status", "history", "hidden", "phid",
             "id"},
    "history": {"at", "by", "comment", "column", "status", "title", "description", "tag", "untag", "merged_into"},
}  # fmt: skip


def load_board(path: Path, clock: Callable[[], int]) -> Board:
    """The board that the file describes, its history played in order of time; raises ValueError for a bad file."""
    return build_board(json.loads(path.read_text(encoding="utf-8")), clock)


def build_board(data: Mapping[str, Any], clock: Callable[[], int]) -> Board:
    """The board that the parsed file describes."""
    _check("board", data)
    board = Board(host=data.get("host", "phorge.example.org"))
    for number, row in enumerate(data.get("users", ()), 1):
        board.users.append(_user(number, row))
    for number, row in enumerate(data.get("projects", ()), 1):
        board.projects.append(_project(board, number, row))
    board.tokens = dict(data.get("tokens", {}))
    board.expired_tokens = set(data.get("expired_tokens", ()))
    bots = [user.name for user in board.users if "bot" in user.roles]
    if not board.tokens and bots:
        board.tokens = {BOT_TOKEN: bots[0]}
    for owner in board.tokens.values():
        board.user(owner)
    _play(board, data.get("tasks", ()))
    board.clock = clock
    return board


def _check(kind: str, row: Mapping[str, Any]) -> None:
    unknown = sorted(set(row) - _KEYS[kind])
    if unknown:
        raise ValueError(f"board file: a {kind} has unknown keys: {', '.join(unknown)}")


def _epoch(text: str) -> int:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"board file: {text} has no zone")
    return int(instant.timestamp())


def _user(number: int, row: Mapping[str, Any]) -> User:
    _check("user", row)
    name = row["name"]
    return User(
        row.get("id", number),
        row.get("phid") or made_up("PHID-USER", name),
        name,
        row.get("real_name", name),
        row.get("wiki"),
        frozenset(row.get("roles", ())),
    )


def _project(board: Board, number: int, row: Mapping[str, Any]) -> Project:
    _check("project", row)
    name = row["name"]
    phid = row.get("phid") or made_up("PHID-PROJ", name)
    first = 1 + sum(len(project.columns) for project in board.projects)
    columns = [
        Column(first + at, made_up("PHID-PCOL", f"{name}/{title}"), title, phid, at, default=at == 0)
        for at, title in enumerate(row.get("columns", ()))
    ]
    members = [board.user(member).phid for member in row.get("members", ())]
    slug = row.get("slug") or slug_of(name)
    return Project(row.get("id", number), phid, name, [slug], members, columns, row.get("description", ""))


def _play(board: Board, tasks: list[dict[str, Any]]) -> None:
    """Creates the tasks and carries out their histories, all in order of time."""
    steps: list[tuple[int, int, Callable[[], object]]] = []
    for number, row in enumerate(tasks, 1):
        _check("task", row)
        name = f"T{row.get('id', number)}"
        steps.append((_epoch(row["created"]), len(steps), partial(_create, board, row, number)))
        for entry in row.get("history", ()):
            _check("history", entry)
            steps.append((_epoch(entry["at"]), len(steps), partial(_edit, board, name, entry)))
        if row.get("hidden"):
            last = max([_epoch(row["created"]), *(_epoch(entry["at"]) for entry in row.get("history", ()))])
            steps.append((last, len(steps), partial(board.hide, name, row["author"])))
    for at, _, step in sorted(steps, key=lambda step: step[:2]):
        board.clock = partial(int, at)
        step()
    board.tasks.sort(key=lambda task: task.id)


def _create(board: Board, row: Mapping[str, Any], number: int) -> None:
    board.create_task(
        row["title"],
        row["author"],
        description=row.get("description", ""),
        project=row.get("project"),
        column=row.get("column"),
        status=row.get("status"),
        number=row.get("id", number),
        phid=row.get("phid"),
    )


def _edit(board: Board, task: str, entry: Mapping[str, Any]) -> None:
    if "merged_into" in entry:
        board.merge(task, entry["merged_into"], entry["by"])
        return
    texts = ("status", "title", "description", "comment")
    changes: list[Change] = [(key, entry[key]) for key in texts if key in entry]
    if "column" in entry:
        changes.append(("column", [board.column(entry["column"], board.task(task)).phid]))
    for key, kind in (("tag", "projects.add"), ("untag", "projects.remove")):
        if key in entry:
            changes.append((kind, [board.project(entry[key]).phid]))
    board.edit(task, entry["by"], changes)
