import os
from collections.abc import Iterator

import pytest
import pytest_socket


@pytest.fixture(autouse=True)
def _loopback() -> Iterator[None]:
    """Loopback is open here; the world too, if a real Conduit server is named."""
    pytest_socket.enable_socket()
    if "CALLBOARD_CONDUIT_URL" not in os.environ:
        pytest_socket.socket_allow_hosts(["127.0.0.1"])
    yield
    pytest_socket.disable_socket()
