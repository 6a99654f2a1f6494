"""The Conduit methods that the development server has, and who may call them."""

from collections.abc import Callable
from dataclasses import dataclass

from dev.conduit_board import Board
from dev.conduit_encoding import Call, ConduitFault
from dev.conduit_history import task_transactions
from dev.conduit_people import (
    column_search,
    lookup,
    mediawikiquery,
    profile,
    project_search,
    status_search,
    user_search,
)
from dev.conduit_records import User
from dev.conduit_tasks import task_search
from dev.conduit_transactions import transaction_search
from dev.conduit_writes import edit_task

_SEARCH = frozenset({"queryKey", "constraints", "attachments", "order", "before", "after", "limit"})
_CAPABILITIES = {
    "authentication": ["token", "asymmetric", "session", "sessionless"],
    "signatures": ["consign"],
    "input": ["json", "urlencoded"],
    "output": ["json", "human"],
}


@dataclass(frozen=True, slots=True)
class Method:
    """A method: the parameters it knows, what it answers, and whether a token is needed."""

    known: frozenset[str]
    answer: Callable[[Board, Call, User], object]
    needs_token: bool = True


def _whoami(board: Board, call: Call, viewer: User) -> object:
    del call
    return {**profile(board, viewer), "primaryEmail": f"{viewer.name}@example.org"}


METHODS: dict[str, Method] = {
    "conduit.ping": Method(frozenset(), lambda board, _call, _viewer: board.host, needs_token=False),
    "conduit.getcapabilities": Method(frozenset(), lambda *_: _CAPABILITIES, needs_token=False),
    "user.whoami": Method(frozenset(), _whoami),
    "user.search": Method(_SEARCH, lambda board, call, _viewer: user_search(board, call)),
    "user.mediawikiquery": Method(
        frozenset({"names", "offset", "limit"}), lambda board, call, _viewer: mediawikiquery(board, call)
    ),
    "project.search": Method(_SEARCH, lambda board, call, _viewer: project_search(board, call)),
    "project.column.search": Method(_SEARCH, lambda board, call, _viewer: column_search(board, call)),
    "phid.lookup": Method(frozenset({"names"}), lookup),
    "maniphest.status.search": Method(frozenset(), lambda board, call, _viewer: status_search(board, call)),
    "maniphest.search": Method(_SEARCH, task_search),
    "maniphest.edit": Method(frozenset({"transactions", "objectIdentifier"}), edit_task),
    "maniphest.gettasktransactions": Method(frozenset({"ids"}), task_transactions),
    "transaction.search": Method(
        frozenset({"objectIdentifier", "objectType", "constraints", "before", "after", "limit"}),
        transaction_search,
    ),
}
_NOBODY = User(0, "", "")


def answer(board: Board, call: Call) -> object:
    """The `result` of a call; raises ConduitFault. Checked in Phorge's order: method, parameter names, token."""
    method = METHODS.get(call.method)
    if method is None:
        raise ConduitFault("ERR-CONDUIT-CALL", f'Conduit API method "{call.method}" does not exist.')
    unknown = [name for name in call.params if name not in method.known]
    if unknown:
        names = ", ".join(f"'{name}'" for name in unknown)
        raise ConduitFault(
            "ERR-CONDUIT-CALL", f'API Method "{call.method}" does not define these parameters: {names}.'
        )
    viewer = authenticate(board, call.token) if method.needs_token else _NOBODY
    with board.lock:
        return method.answer(board, call, viewer)


def authenticate(board: Board, token: str | None) -> User:
    """The account of a token; refusals repeat the token, as Phorge's do, so that clients learn to scrub it."""
    if not token:
        raise ConduitFault("ERR-INVALID-SESSION", "Session key is not present.")
    if len(token) != 32:
        raise _refused(f'API token "{token}" has the wrong length. API tokens should be 32 characters long.')
    if token[:4] not in ("api-", "cli-", "clr-"):
        raise _refused(
            f'API token "{token}" has the wrong format. API tokens should be 32 characters long and begin with one of '
            "these prefixes: api, cli, clr."
        )
    if token in board.expired_tokens:
        raise _refused(f'API token "{token}" was previously valid, but has expired.')
    if token not in board.tokens:
        raise _refused(f'API token "{token}" is not valid.')
    user = board.user(board.tokens[token])
    if "disabled" in user.roles:
        raise _refused("User account is not permitted to use the API.")
    return user


def _refused(info: str) -> ConduitFault:
    return ConduitFault("ERR-INVALID-AUTH", info)
