"""maniphest.search of the development server."""

from collections.abc import Callable

from dev.conduit_board import Board
from dev.conduit_encoding import (
    Call,
    ConduitFault,
    Reader,
    asked_for,
    check_attachments,
    constraints_of,
    core_fault,
)
from dev.conduit_paging import Key, cursors, cut, invalid_cursor, search_limit
from dev.conduit_people import Answer, envelope
from dev.conduit_records import PRIORITIES, STATUS_NAMES, Task, User, is_closed

DENIED = (
    "[Access Denied: Restricted Maniphest Task] (Can View) You do not have permission to view this object. "
    "// Administrators can take this action. The assignee of a task can always view and edit it."
)
_ORDERS: dict[str, Callable[[Task], Key]] = {
    "priority": lambda task: (-task.priority, -task.id),
    "updated": lambda task: (-task.modified, -task.id),
    "outdated": lambda task: (task.modified, task.id),
    "newest": lambda task: (-task.id,),
    "oldest": lambda task: (task.id,),
    "closed": lambda task: (-(task.closed_at or 0), -task.id),
    "title": lambda task: (task.title.lower(), -task.id),
}
_ALIASES = {"order-priority": "priority", "order-modified": "updated", "created": "newest", "order-created": "newest",
            "order-title": "title", "relevance": "newest"}  # fmt: skip
_NAMES = "priority, order-priority, updated, order-modified, outdated, newest, created, order-created, oldest, closed, title, order-title, relevance"
_VECTOR: dict[str, Callable[[Task], int]] = {
    "priority": lambda task: -task.priority,
    "updated": lambda task: -task.modified,
    "closed": lambda task: -(task.closed_at or 0),
    "id": lambda task: -task.id,
}
_CONSTRAINTS = frozenset(
    {"ids", "phids", "assigned", "authorPHIDs", "statuses", "closerPHIDs", "createdStart", "createdEnd"}
    | {"modifiedStart", "modifiedEnd", "closedStart", "closedEnd", "projects", "columnPHIDs", "query"}
)  # Phorge knows more; here they are refused rather than ignored
_QUERIES = ("all", "open", "assigned", "authored", "subscribed")


def task_search(board: Board, call: Call, viewer: User | None) -> Answer:
    """maniphest.search: what the viewer may see, in pages of 1 to 100."""
    query = call.params.get("queryKey")
    if query is not None and query not in _QUERIES:
        raise ConduitFault("ERR-BAD-QUERYKEY", 'Invalid query for parameter "queryKey".')
    asked = constraints_of(call, _CONSTRAINTS)
    check_attachments(call, frozenset({"columns", "projects", "subscribers"}))
    limit, _ = search_limit(call)
    key = _order(call)
    tests = _tests(board, asked)
    if query == "open":
        tests.append(lambda task: not is_closed(task.status))
    tasks = [
        task for task in board.tasks if board.visible(task, viewer) and all(test(task) for test in tests)
    ]
    after, before = (_cursor_task(board, cursor, viewer) for cursor in cursors(call))
    page = cut(sorted(tasks, key=key), key, after=after, before=before, limit=limit)
    return envelope(call, [_task(board, task, call, viewer) for task in page.rows], page.after, page.before)


def _order(call: Call) -> Callable[[Task], Key]:
    order = call.params.get("order")
    if isinstance(order, list):
        parts = [(str(name).removeprefix("-"), -1 if str(name).startswith("-") else 1) for name in order]
        return lambda task: tuple(_VECTOR[name](task) * sign for name, sign in parts)
    name = _ALIASES.get(str(order), str(order)) if order is not None else "priority"
    if name not in _ORDERS:
        raise core_fault(
            f'Query "ManiphestTaskQuery" does not support a builtin order "{order}". Supported orders are: {_NAMES}.'
        )
    return _ORDERS[name]


def _cursor_task(board: Board, cursor: str, viewer: User | None) -> Task | None:
    if not cursor:
        return None
    if not cursor.isdigit():
        raise core_fault("Task IDs must be integer numbers.")
    try:
        task = board.task(f"T{int(cursor)}")
    except LookupError:
        raise invalid_cursor(cursor, "ManiphestTaskQuery") from None
    if not board.visible(task, viewer):
        raise core_fault(DENIED)
    return task


def _tests(board: Board, asked: Reader) -> list[Callable[[Task], bool]]:
    tests: list[Callable[[Task], bool]] = []
    if asked.has("ids"):
        ids = set(asked.integers("ids"))
        tests.append(lambda task: not ids or task.id in ids)
    lists: dict[str, Callable[[Task], str | None]] = {
        "phids": lambda task: task.phid,
        "authorPHIDs": lambda task: task.author,
        "assigned": lambda task: task.owner,
        "statuses": lambda task: task.status,
        "closerPHIDs": lambda task: task.closer,
    }
    for name, value in lists.items():
        if asked.has(name):
            tests.append(_one_of(asked.strings(name), value))
    moments: dict[str, Callable[[Task], int | None]] = {
        "created": lambda task: task.created,
        "modified": lambda task: task.modified,
        "closed": lambda task: task.closed_at,
    }
    for name, moment in moments.items():
        ends = [end for end in ("Start", "End") if asked.has(name + end)]
        tests += [_on_side(asked.integer(name + end), end, moment) for end in ends]
    if asked.has("projects"):
        projects = [_project_phid(board, which) for which in asked.strings("projects")]
        tests.append(lambda task: all(phid in task.projects for phid in projects))
    if asked.has("columnPHIDs"):
        columns = asked.strings("columnPHIDs")
        tests.append(
            lambda task: not columns or any(phid in columns for phid in columns_of(board, task).values())
        )
    if asked.has("query"):
        tests.append(_containing(str(asked.values["query"])))
    return tests


def _one_of(values: list[str], value: Callable[[Task], str | None]) -> Callable[[Task], bool]:
    wanted = set(values)
    return lambda task: not wanted or value(task) in wanted


def _on_side(limit: int, end: str, moment: Callable[[Task], int | None]) -> Callable[[Task], bool]:
    """Both ends are inclusive."""

    def test(task: Task) -> bool:
        at = moment(task)
        return at is not None and (at >= limit if end == "Start" else at <= limit)

    return test


def _containing(query: str) -> Callable[[Task], bool]:
    in_title = query.startswith("title:")
    words = query.removeprefix("title:").lower()
    return lambda task: words in (task.title if in_title else f"{task.title}\n{task.description}").lower()


def _project_phid(board: Board, which: str) -> str:
    """A PHID or slug; `#slug` and unknown ones match no task and raise nothing (recordings 031b, 032)."""
    try:
        return board.project(which).phid
    except LookupError:
        return "nothing"


def columns_of(board: Board, task: Task) -> dict[str, str]:
    """Board → column of every workboard that the task is on; never moved means the default column."""
    places: dict[str, str] = {}
    for phid in task.projects:
        default = board.project(phid).default_column
        if default is not None:
            places[phid] = task.columns.get(phid, default.phid)
    return places


def _task(board: Board, task: Task, call: Call, viewer: User | None) -> Answer:
    attachments: dict[str, object] = {}
    if asked_for(call, "columns"):
        boards = {
            project: {"columns": [_place(board, phid)]} for project, phid in columns_of(board, task).items()
        }
        attachments["columns"] = {"boards": boards or []}
    if asked_for(call, "subscribers"):
        attachments["subscribers"] = {
            "subscriberPHIDs": list(task.subscribers),
            "subscriberCount": len(task.subscribers),
            "viewerIsSubscribed": viewer is not None and viewer.phid in task.subscribers,
        }
    if asked_for(call, "projects"):
        attachments["projects"] = {"projectPHIDs": list(task.projects)}
    priority, color = PRIORITIES[task.priority]
    return {
        "id": task.id,
        "type": "TASK",
        "phid": task.phid,
        "fields": {
            "name": task.title,
            "description": {"raw": task.description},
            "authorPHID": task.author,
            "ownerPHID": task.owner,
            "status": {
                "value": task.status,
                "name": STATUS_NAMES.get(task.status, "Unknown Status"),
                "color": None,
            },
            "priority": {"value": task.priority, "name": priority, "color": color},
            "points": None,
            "subtype": "default",
            "closerPHID": task.closer,
            "dateClosed": task.closed_at,
            "groupByProjectPHID": None,
            "spacePHID": None,
            "dateCreated": task.created,
            "dateModified": task.modified,
            "policy": {"view": task.view, "interact": task.view, "edit": task.edit},
        },
        "attachments": attachments,
    }


def _place(board: Board, phid: str) -> Answer:
    column = board.column(phid)
    return {"id": column.id, "phid": column.phid, "name": column.name}
