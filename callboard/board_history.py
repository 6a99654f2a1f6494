"""What happened to tasks: the stream of the whole site from a place on, whole histories, and comments by PHID."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from callboard.phabricator import CallRefused, Conduit

log = logging.getLogger(__name__)
TASKS = 100  # of which histories are asked for in one request
STREAM = 1000  # rows that a page of transaction.search holds at most


def stream(conduit: Conduit, places: Iterable[int]) -> list[Any] | None:
    """Rows of all tasks above the first of the ids that is still good; None if each is hidden or gone."""
    for place in places:
        try:
            return _rows_after(conduit, place)
        except CallRefused as refusal:
            if not ("Cursor" in refusal.info or "Access Denied" in refusal.info):
                raise
    return None


def newest(conduit: Conduit) -> list[Any]:
    """The newest rows of all tasks: where reading goes on from."""
    answer: Any = conduit.call("transaction.search", objectType="TASK", limit=TASKS)
    return list(answer["data"])


def histories(conduit: Conduit, numbers: Sequence[int]) -> dict[int, list[Any]]:
    """Task number → all that ever happened to it, newest first; hidden tasks are left out. 100 tasks a request.

    maniphest.gettasktransactions is frozen: where a server has it no more, each task is asked for by itself.
    """
    found: dict[int, list[Any]] = {}
    for first in range(0, len(numbers), TASKS):
        asked = list(numbers[first : first + TASKS])
        try:
            answer: Any = conduit.call("maniphest.gettasktransactions", ids=asked)
        except CallRefused as refusal:
            if "does not exist" not in refusal.info:
                raise
            log.warning("%s: asking for the histories of %s tasks one by one", refusal.info, len(asked))
            answer = {number: _history(conduit, number) for number in asked}
        found |= {int(number): rows for number, rows in dict(answer or {}).items()}
    return found


def _history(conduit: Conduit, number: int) -> list[Any]:
    """The rows of transaction.search of one task; none if it is hidden."""
    rows: list[Any] = []
    after: dict[str, object] = {}
    try:
        while True:
            answer: Any = conduit.call(
                "transaction.search", objectIdentifier=f"T{number}", limit=STREAM, **after
            )
            rows += answer["data"]
            if answer["cursor"]["after"] is None:
                return rows
            after = {"after": str(answer["cursor"]["after"])}
    except CallRefused as refusal:
        if "Access Denied" in refusal.info:
            return []
        raise


def comments(conduit: Conduit, phids: Sequence[str]) -> list[Any]:
    """The transactions of these comments as they are now; hidden and missing ones are left out. 1,000 a request."""
    rows: list[Any] = []
    for first in range(0, len(phids), STREAM):
        asked = list(phids[first : first + STREAM])
        answer: Any = conduit.call(
            "transaction.search", objectType="TASK", constraints={"phids": asked}, limit=STREAM
        )
        rows += answer["data"]
    return rows


def _rows_after(conduit: Conduit, place: int) -> list[Any]:
    """Rows above an id. A page holds the oldest of them, newest first, so its first row is where to go on."""
    rows: list[Any] = []
    while True:
        answer: Any = conduit.call("transaction.search", objectType="TASK", before=str(place), limit=STREAM)
        page = answer["data"]
        rows += page
        if len(page) < STREAM:
            return rows
        place = page[0]["id"]
