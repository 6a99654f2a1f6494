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
for _name in [name for name in os.environ if name.startswith("CALLBOARD_") and name not in HEEDED]:
    del os.environ[_name]


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
