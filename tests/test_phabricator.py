"""The Conduit client without a network; tests/contract/ has it against a server."""

import ast
from pathlib import Path

import pytest

from callboard.errors import BoardAway
from callboard.phabricator import Conduit

CALLBOARD = Path(__file__).parent.parent / "callboard"


def test_only_the_client_and_announcers_import_requests() -> None:
    importers = set()
    for path in CALLBOARD.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "requests" for name in names):
                importers.add(str(path.relative_to(CALLBOARD)))
    assert {name for name in importers if not name.startswith("announcers/")} == {"phabricator.py"}


@pytest.mark.parametrize("url", ["not an address", "http://", "ftp://example.org", "http://[::1"])
def test_address_that_is_none_is_an_absent_board(url: str) -> None:
    pauses: list[float] = []
    with (
        Conduit(url, "api-" + "x" * 28, user_agent="test", pause=pauses.append) as conduit,
        pytest.raises(BoardAway),
    ):
        conduit.call("conduit.ping")
    assert conduit.requests == 4
    assert conduit.server_time is None
