"""Unit tests meet no network, and a clock whose zone is neither UTC nor a whole number of hours away."""

import os
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# Kathmandu is 5:45 ahead: code that mixes local time with UTC cannot get away with it.
ODD_ZONE = "Asia/Kathmandu"
os.environ["TZ"] = ODD_ZONE
time.tzset()

LOOPBACK = ("127.0.0.1", "::1", "localhost")
# These folders hold tests that talk to a server of our own on loopback.
WITH_SERVER = ("integration", "contract")
# What a developer may say to the tests; everything else about wikis, boards and accounts is forgotten.
HEEDED = {
    "CALLBOARD_MEDIAWIKI",
    "CALLBOARD_PHP",
    "CALLBOARD_PYTHON",
    "CALLBOARD_CONDUIT_URL",
    "CALLBOARD_CONDUIT_TOKEN",
    "CALLBOARD_CONDUIT_WRITE",
}


def foreign_settings() -> list[str]:
    """Variables that would choose a wiki, an account or a board."""
    return [name for name in os.environ if name.startswith("CALLBOARD_") and name not in HEEDED]


for _name in foreign_settings():
    del os.environ[_name]


@pytest.fixture(autouse=True)
def no_wiki_is_chosen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unit tests know no wiki, also after integration tests have chosen the development wiki."""
    if not request.node.get_closest_marker("integration"):
        for name in foreign_settings():
            monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuts the network for unit tests, leaves loopback (and a Conduit server that was named) to the others."""
    named = urlsplit(os.environ.get("CALLBOARD_CONDUIT_URL", "")).hostname
    for item in items:
        part = item.path.relative_to(Path(__file__).parent).parts[0]
        if part in WITH_SERVER or item.get_closest_marker("integration"):
            extra = [named] if named and part == "contract" else []
            item.add_marker(pytest.mark.allow_hosts([*LOOPBACK, *extra]))
        else:
            item.add_marker(pytest.mark.disable_socket)
