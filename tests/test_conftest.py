import os
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
from pytest_socket import SocketBlockedError

from tests.conftest import HEEDED


def test_socket_in_a_unit_test_is_refused() -> None:
    with pytest.raises(SocketBlockedError), pytest.warns(UserWarning, match="tried to use"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_local_zone_is_not_utc() -> None:
    assert datetime(2021, 5, 21, tzinfo=UTC).astimezone().utcoffset() == timedelta(hours=5, minutes=45)
    assert time.tzname[0] == "+0545"


def test_no_wiki_is_chosen_in_unit_tests() -> None:
    assert {name for name in os.environ if name.startswith("CALLBOARD_")} <= HEEDED
