"""maniphest.edit of the development server."""

from dev.conduit_board import Board
from dev.conduit_edit import Change
from dev.conduit_encoding import Call, core_fault
from dev.conduit_people import Answer
from dev.conduit_records import Task, User
from dev.conduit_tasks import DENIED

_EDITS = (
    "parent, column, space, title, owner, status, priority, description, parents.add, parents.remove, parents.set, "
    "subtasks.add, subtasks.remove, subtasks.set, commits.add, commits.remove, commits.set, view, edit, projects.add, "
    "projects.remove, projects.set, subscribers.add, subscribers.remove, subscribers.set, subtype, comment, mfa"
)


def edit_task(board: Board, call: Call, viewer: User) -> Answer:
    """maniphest.edit: all changes or none; without objectIdentifier a task is created."""
    rows = call.params.get("transactions")
    if not isinstance(rows, list):
        raise core_fault('Parameter "transactions" is not a list of transactions.')
    identifier = call.params.get("objectIdentifier")
    task = _editable(board, str(identifier), viewer) if identifier is not None else None
    changes = [_change(board, number, row) for number, row in enumerate(rows)]
    if task is None:
        task, made = board.new_task(viewer.phid, changes)
    else:
        if not board.editable(task, viewer) and any(kind != "comment" for kind, _ in changes):
            raise core_fault(_may_not_edit(board, task))
        made = board.edit(task.phid, viewer.phid, changes)
    return {
        "object": {"id": task.id, "phid": task.phid},
        "transactions": [{"phid": row.phid} for row in made],
    }


def _may_not_edit(board: Board, task: Task) -> str:
    """Names who may (recording 146)."""
    names = {"admin": "Administrators", "no-one": "No one"}
    names |= {user.phid: user.name for user in board.users}
    names |= {project.phid: project.name for project in board.projects}
    who = names.get(task.edit, "Nobody known")
    return (
        f"[Access Denied: T{task.id}] (Can Edit) You do not have permission to edit this object. "
        f"// {who} can take this action. The assignee of a task can always view and edit it."
    )


def _editable(board: Board, identifier: str, viewer: User) -> Task:
    try:
        task = board.task(identifier if identifier.startswith("PHID-") else identifier.upper())
    except LookupError:
        kind = "Monogram" if not identifier.startswith("PHID-") else "PHID"
        raise core_fault(f'{kind} "{identifier}" does not identify a valid object.') from None
    if not board.visible(task, viewer):
        raise core_fault(DENIED)
    return task


def _change(board: Board, number: int, row: object) -> Change:
    kind = str(row.get("type")) if isinstance(row, dict) else ""
    value = row.get("value") if isinstance(row, dict) else None
    if kind not in _EDITS.split(", "):
        raise core_fault(
            f'Transaction with key "{number}" has invalid type "{kind}". This type is not recognized. '
            f"Valid types are: {_EDITS}."
        )
    if kind == "column" or kind.startswith("projects."):
        if not isinstance(value, list):
            raise core_fault(
                f'Exception when processing transaction of type "{kind}": '
                'Error while reading "value": Expected a list, but value is not a list.'
            )
        names = [str(name) for name in value]
        return kind, _columns(board, names) if kind == "column" else _tags(board, names)
    return kind, value


def _columns(board: Board, phids: list[str]) -> list[str]:
    known = {column.phid for project in board.projects for column in project.columns}
    for phid in phids:
        if phid not in known:
            raise core_fault(
                f'Validation errors:\n  - Column move transaction specifies column PHID "{phid}", '
                "but there is no corresponding column with this PHID."
            )
    return phids


def _tags(board: Board, names: list[str]) -> list[str]:
    phids = []
    for name in names:
        try:
            phids.append(board.project(name).phid)
        except LookupError:
            raise core_fault(
                "Edge transactions must have destination PHIDs as in edge lists "
                f'(found key "{name}" on transaction of type "41").'
            ) from None
    return phids
