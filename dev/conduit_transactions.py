"""transaction.search of the development server: one task's history, or the stream of all tasks."""

from dev.conduit_board import Board
from dev.conduit_encoding import Call, ConduitFault, core_fault
from dev.conduit_paging import clamped_limit, cursors, cut, invalid_cursor
from dev.conduit_people import Answer
from dev.conduit_records import Comment, Transaction, User
from dev.conduit_tasks import DENIED


def transaction_search(board: Board, call: Call, viewer: User | None) -> Answer:
    """Newest first; `before` gives the page just above an id, which makes a forward stream."""
    rows = _constrained(call, _of_object(board, call, viewer))
    limit, shown = clamped_limit(call)
    after, before = (_cursor_row(board, cursor, viewer) for cursor in cursors(call))
    if before is not None and after is None:
        rows = [row for row in rows if row.id > before.id]
    page = cut(
        sorted(rows, key=lambda row: -row.id), lambda row: (-row.id,), after=after, before=before, limit=limit
    )
    return {
        "data": [_row(row) for row in page.rows],
        "cursor": {"limit": shown, "after": page.after, "before": page.before},
    }


def _of_object(board: Board, call: Call, viewer: User | None) -> list[Transaction]:
    identifier, kind = call.params.get("objectIdentifier"), call.params.get("objectType")
    if identifier is None and kind is None:
        raise ConduitFault(
            "ERR-INVALID-PARAMETER",
            'Must specify either parameter "objectType" or parameter "objectIdentifier".',
        )
    if identifier is not None and kind is not None:
        raise ConduitFault(
            "ERR-INVALID-PARAMETERS",
            'Must not specify both parameter "objectType" and parameter "objectIdentifier".',
        )
    if kind is not None:
        if kind != "TASK":
            raise ConduitFault(
                "ERR-INVALID-OBJECT-TYPE",
                'Specified "objectType" does not exist. See the endpoint documentation for valid object types.',
            )
        shown = {task.phid for task in board.tasks if board.visible(task, viewer)}
        return [row for row in board.transactions if row.task in shown]
    if not isinstance(identifier, str):
        raise ConduitFault(
            "ERR-INVALID-OBJECT-PHID-FORMAT", '"objectIdentifier" must be a string (PHID or object monogram).'
        )
    try:
        task = board.task(identifier)
    except LookupError:
        raise ConduitFault(
            "ERR-INVALID-OBJECT-PHID", 'Specified "objectIdentifier" does not exist.'
        ) from None
    if not board.visible(task, viewer):
        raise core_fault(DENIED)
    return board.history(task)


def _constrained(call: Call, rows: list[Transaction]) -> list[Transaction]:
    constraints = call.params.get("constraints") or {}
    if not isinstance(constraints, dict):
        raise ConduitFault(
            "ERR-INVALID-CONSTRAINTS-FORMAT", 'Parameter "constraints" must be a map of constraints.'
        )
    unknown = [key for key in constraints if key not in ("phids", "authorPHIDs")]
    if unknown:
        raise ConduitFault("ERR-CONDUIT-CALL", f"Got unexpected parameters: {', '.join(unknown)}")
    phids = _phids(constraints, "phids", "transaction")
    authors = _phids(constraints, "authorPHIDs", "author")
    return [
        row
        for row in rows
        if (phids is None or row.phid in phids) and (authors is None or row.author in authors)
    ]


def _phids(constraints: dict[str, object], key: str, of: str) -> set[str] | None:
    if key not in constraints:
        return None
    value = constraints[key]
    if not isinstance(value, list) or not value:
        raise ConduitFault(
            f"ERR-INVALID-CONSTRAINT-{key.upper()}-FORMAT", f'"{key}" must be a non-empty list of {of} PHIDs.'
        )
    return {str(phid) for phid in value}


def _cursor_row(board: Board, cursor: str, viewer: User | None) -> Transaction | None:
    if not cursor:
        return None
    row = board.transaction(cursor) if cursor.isdigit() else None
    if row is None:
        raise invalid_cursor(cursor, "ManiphestTransactionQuery")
    if not board.visible(board.task(row.task), viewer):
        raise core_fault(DENIED)
    return row


def _row(row: Transaction) -> Answer:
    return {
        "id": row.id,
        "phid": row.phid,
        "type": row.type,
        "authorPHID": row.author,
        "objectPHID": row.task,
        "dateCreated": row.at,
        "dateModified": row.modified,
        "groupID": row.group,
        "comments": [_comment(comment) for comment in row.comments],
        "fields": row.fields,
    }


def _comment(comment: Comment) -> Answer:
    return {
        "id": comment.id,
        "phid": comment.phid,
        "version": comment.version,
        "authorPHID": comment.author,
        "dateCreated": comment.at,
        "dateModified": comment.at,
        "removed": comment.removed,
        "content": {"raw": comment.text},
    }
