"""Who the people on a board are: user names by PHID, and whose account a wiki name is that a task claims."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from callboard.config_board import BoardFields
from callboard.phabricator import CallRefused, Conduit
from callboard.proposals.description import claimed_accounts, claimed_phab_names
from callboard.proposals.memory import BoardMemory

_MOST = 100  # people in one request


def with_people(
    conduit: Conduit, memory: BoardMemory, labels: BoardFields, again: Collection[str] = ()
) -> BoardMemory:
    """Everybody on the board by name; whose accounts its tasks name.

    A request each for users, for Phabricator names and for wiki names never met before, none otherwise. Of the tasks
    `again` (PHIDs) all people are asked for once more: accounts are renamed, and linked to wikis later.
    """
    fresh = {task.phid for task in memory.tasks.values() if task.phid in again}
    users = memory.users | memory.listed
    asked = sorted(_users(memory, set(memory.tasks) - fresh) - set(users) | _users(memory, fresh))
    for part in _parts(asked):
        answer: Any = conduit.call("user.search", constraints={"phids": part})
        users |= {phid: users.get(phid, "") for phid in part}
        users |= {row["phid"]: str(row["fields"]["username"]) for row in answer["data"]}
    others = set(memory.tasks) - fresh
    names = dict(memory.names)
    for part in _parts(sorted(_listed(memory, others, labels) - set(names) | _listed(memory, fresh, labels))):
        answer = conduit.call("user.search", constraints={"usernames": part})
        names |= dict.fromkeys(part, "")
        names |= {str(row["fields"]["username"]).casefold(): row["phid"] for row in answer["data"]}
    accounts = dict(memory.accounts)
    for part in _parts(
        sorted(_claims(memory, others, labels) - set(accounts) | _claims(memory, fresh, labels))
    ):
        accounts |= _accounts(conduit, part)
    return replace(memory, users=users, names=names, accounts=accounts)


def _users(memory: BoardMemory, tasks: Collection[str]) -> set[str]:
    """PHIDs of who wrote or closed these tasks, or left a sign on them."""
    found = {phid for key in tasks for phid in (memory.tasks[key].author, memory.tasks[key].closer)}
    for sign in memory.signs.values():
        if sign.task in tasks:
            found |= {sign.author, sign.editor}
    return found - {""}


def _claims(memory: BoardMemory, tasks: Collection[str], labels: BoardFields) -> set[str]:
    return {name for key in tasks for name in claimed_accounts(memory.tasks[key].description, labels)}


def _listed(memory: BoardMemory, tasks: Collection[str], labels: BoardFields) -> set[str]:
    """Phabricator names of speakers; their capitals do not matter."""
    return {
        name.casefold() for key in tasks for name in claimed_phab_names(memory.tasks[key].description, labels)
    }


def _accounts(conduit: Conduit, names: list[str]) -> dict[str, str]:
    """Wiki name → PHID; "" where Phabricator knows no such wiki account, or has no way to ask."""
    nobody = dict.fromkeys(names, "")
    try:
        rows: Any = conduit.call("user.mediawikiquery", names=names, limit=_MOST)
    except CallRefused as refusal:
        # Unknown names are an error only if all are unknown; a Phorge without Wikimedia's extension lacks the method.
        if "Unknown or missing" in refusal.info or "does not exist" in refusal.info:
            return nobody
        raise
    return nobody | {
        row["mediawiki_username"]: row["phid"] for row in rows if row["mediawiki_username"] in nobody
    }


def _parts(values: Sequence[str]) -> Iterator[list[str]]:
    for first in range(0, len(values), _MOST):
        yield list(values[first : first + _MOST])
