"""What tests of the board share."""

from collections.abc import Iterator

import pytest

from callboard.phabricator import Conduit
from dev.conduit import ConduitServer

from .scenario import Scenario
from .stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """The scenario before anything happened, a server for it, and a client that waits for nothing."""
    scenario = Scenario()
    with (
        ConduitServer(scenario.board) as server,
        Conduit(server.url, server.token, user_agent="test", pause=lambda _: None) as conduit,
    ):
        yield Stage(scenario, server, conduit)
