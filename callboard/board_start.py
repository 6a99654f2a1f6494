"""What a board needs before it is read, each found exactly or refused in one line: account, project, columns, people."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from callboard.config_board import Board
from callboard.errors import BoardRefused
from callboard.phabricator import Conduit
from callboard.proposals.memory import BoardMemory

_USER, _COLUMN = "PHID-USER-", "PHID-PCOL-"


def settings_of(board: Board) -> str:
    """For which settings a board is read: with others, what is remembered is not enough."""
    parts = [
        [board.url.rstrip("/"), board.project, board.team],
        sorted(board.coordinators),
        columns_of(board),
    ]
    return "|".join("/".join(part) for part in [*parts, sorted(board.tags), sorted(board.statuses)])


def columns_of(board: Board) -> list[str]:
    """Every column that the event file names, each once."""
    named = (*board.columns, board.writes.column, *board.sessions.columns, *board.projects.columns)
    return sorted({name for name in named if name})


def start(conduit: Conduit, board: Board) -> BoardMemory:
    """A memory that holds no task yet. Raises BoardRefused, naming what the server does not have."""
    me: Any = conduit.call("user.whoami")  # conduit.ping answers without a token too
    project = _project(conduit, board.project)
    listed, active = _coordinators(conduit, board)
    statuses = _statuses(conduit, board)
    memory = BoardMemory(
        settings_of(board), project, {}, _counting(conduit, board, active), statuses, polled=0, checked=0,
        bot=str(me["phid"]), listed=listed, tags={_project(conduit, slug): slug for slug in board.tags},
    )  # fmt: skip
    memory = _with_columns(conduit, board, memory)
    missing = [name for name in columns_of(board) if name not in memory.named]
    if missing:
        here = ", ".join(
            f"{name!r} ({phid})" for phid, name in sorted(memory.columns.items(), key=itemgetter(1))
        )
        raise BoardRefused(
            f"the board #{board.project} has no column {', '.join(map(repr, missing))}; it has {here}"
        )
    return memory


def refreshed(conduit: Conduit, board: Board, memory: BoardMemory) -> BoardMemory:
    """The memory with columns and coordinators as they are called now; who is disabled or left the team counts no more."""
    rows = _users(conduit, phids=sorted(memory.listed))
    active = {phid: name for phid, (name, disabled) in rows.items() if not disabled}
    listed = memory.listed | {phid: name for phid, (name, _) in rows.items()}
    counting = _counting(conduit, board, active)
    return _with_columns(conduit, board, replace(memory, listed=listed, coordinators=counting))


def _with_columns(conduit: Conduit, board: Board, memory: BoardMemory) -> BoardMemory:
    """Columns by name; one that was renamed since is still the one that the event file meant."""
    answer: Any = conduit.call("project.column.search", constraints={"projects": [memory.project]})
    rows = sorted(answer["data"], key=lambda row: not row["fields"].get("isHidden"))  # shown ones win
    columns = {row["phid"]: str(row["fields"]["name"]) for row in rows}
    by_name = {name.casefold(): phid for phid, name in columns.items()} | {phid: phid for phid in columns}
    found = {
        name: phid
        for name in columns_of(board)
        if (phid := by_name.get(name if name.startswith(_COLUMN) else name.casefold()))
    }
    return replace(memory, columns=columns, named={**memory.named, **found})


def _project(conduit: Conduit, slug: str) -> str:
    return str(_one_project(conduit, slug)["phid"])


def _one_project(conduit: Conduit, slug: str, **more: object) -> Any:
    answer: Any = conduit.call("project.search", constraints={"slugs": [slug]}, **more)
    found = answer["data"]
    if len(found) != 1:
        raise BoardRefused(f"Phabricator has {len(found) or 'no'} projects #{slug}: exactly one is needed")
    return found[0]


def _statuses(conduit: Conduit, board: Board) -> dict[str, bool]:
    answer: Any = conduit.call("maniphest.status.search")
    statuses = {str(row["value"]): bool(row["closed"]) for row in answer["data"]}
    missing = [status for status in board.statuses if status not in statuses]
    if missing:
        raise BoardRefused(
            f"Phabricator has no status {', '.join(map(repr, missing))}; it has {', '.join(statuses)}"
        )
    return statuses


def _coordinators(conduit: Conduit, board: Board) -> tuple[dict[str, str], dict[str, str]]:
    """PHID → user name of all whom the event file names, and of those whose accounts are not disabled."""
    phids = sorted(name for name in board.coordinators if name.startswith(_USER))
    names = sorted(set(board.coordinators) - set(phids))
    rows = _users(conduit, phids=phids) | _users(conduit, usernames=names)
    here = {key.casefold() for phid, (name, _) in rows.items() for key in (phid, name)}
    missing = sorted(name for name in board.coordinators if name.casefold() not in here)
    active = {phid: name for phid, (name, off) in rows.items() if not off}
    if missing:
        raise BoardRefused(f"Phabricator has no account for the coordinators {', '.join(missing)}")
    return {phid: name for phid, (name, _) in rows.items()}, active


def _counting(conduit: Conduit, board: Board, active: dict[str, str]) -> dict[str, str]:
    """Those who count: active, and members of the team's project if the event file names one."""
    if not active:
        raise BoardRefused("all coordinators' accounts on Phabricator are disabled: nobody can say yes")
    if not board.team:
        return active
    team = _one_project(conduit, board.team, attachments={"members": True})
    members = {row["phid"] for row in team["attachments"]["members"]["members"]}
    counting = {phid: name for phid, name in active.items() if phid in members}
    if not counting:
        raise BoardRefused(f"none of the coordinators is a member of #{board.team}: nobody can say yes")
    return counting


def _users(conduit: Conduit, **wanted: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """PHID → (user name, whether it is disabled)."""
    found: dict[str, tuple[str, bool]] = {}
    for key, values in wanted.items():
        for row in _asked(conduit, key, values):
            found[row["phid"]] = row["fields"]["username"], "disabled" in row["fields"]["roles"]
    return found


def _asked(conduit: Conduit, key: str, values: Sequence[str]) -> Iterable[Any]:
    for first in range(0, len(values), 100):
        answer: Any = conduit.call("user.search", constraints={key: list(values[first : first + 100])})
        yield from answer["data"]
