"""Writing to tasks: one `maniphest.edit` a call, and only what cannot do harm.

Phorge adds a foreign board's project without a word, makes a new task where the object is not named, takes any word for a
status and subscribes whom a comment mentions. So a desk knows which tasks and columns are of its board, sends nothing else,
and has no way to send a status.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from callboard.errors import BoardAway, BoardRefused
from callboard.phabricator import Conduit

_ACTS = re.compile(r"@|(?<![A-Za-z0-9])T\d")  # people are subscribed, other tasks bumped


class Desk:
    """Writes on tasks of the event's boards; `columns`: PHID of each task on one of them → PHIDs of the columns there."""

    def __init__(self, conduit: Conduit, columns: Mapping[str, Collection[str]]) -> None:
        self._conduit = conduit
        self._columns = columns

    def comment_and_move(self, phid: str, text: str, column_phid: str) -> str:
        """Write the comment, move the card, or both in one edit; the PHID of the transaction, empty where nothing changed.

        Never repeated. Raises CallRefused if Phabricator said no and nothing was done; BoardAway if nobody knows whether it
        was done; BoardRefused for what is not of this board, before anything is sent, and for the token.
        """
        if refusal := self._why_not(phid, text, column_phid):
            raise BoardRefused(f"nothing was sent to Phabricator: {refusal}")
        changes: list[dict[str, object]] = []
        if column_phid:
            changes.append({"type": "column", "value": [column_phid]})
        if text:
            changes.append({"type": "comment", "value": text})
        answer: Any = self._conduit.call("maniphest.edit", objectIdentifier=phid, transactions=changes)
        try:
            made = [str(row["phid"]) for row in answer["transactions"]]
        except (KeyError, TypeError) as error:
            raise BoardAway(
                f"maniphest.edit: the answer is not understood ({type(error).__name__})"
            ) from error
        return made[-1] if made else ""

    def _why_not(self, phid: str, text: str, column_phid: str) -> str:
        if phid not in self._columns:
            return f"{phid or 'no task'} is not on the board"
        if column_phid and column_phid not in self._columns[phid]:
            return f"{column_phid} is no column of the task's board"
        if not text and not column_phid:
            return "there is nothing to write"
        return "the comment would mention somebody, or another task" if _ACTS.search(text) else ""
