"""The Conduit client against the development server and its faults."""

import logging
import traceback
from collections.abc import Iterator

import pytest

from callboard.errors import BoardAway, BoardRefused
from callboard.phabricator import CallRefused, Conduit
from dev.conduit import FAULTS, ConduitServer
from dev.conduit_board import Board

from .recorded_board import DISABLED, EXPIRED, TOKEN, recorded_board

SECRET = "api-" + "s3cr3t" * 4 + "abcd"


@pytest.fixture
def server() -> Iterator[ConduitServer]:
    board = recorded_board()
    board.tokens[SECRET] = "SessionScheduleBot"
    with ConduitServer(board) as running:
        yield running


def client(server: ConduitServer, token: str = SECRET) -> Conduit:
    return Conduit(
        server.url + "/", token, user_agent="Callboard test", timeout=(1, 0.2), pause=lambda _: None
    )


def test_call_gives_the_result(server: ConduitServer) -> None:
    with client(server) as conduit:
        answer = conduit.call("user.whoami")
    assert isinstance(answer, dict)
    assert answer["userName"] == "SessionScheduleBot"
    assert conduit.server_time == server.board.clock()


def test_token_that_was_copied_with_blanks_round_it_is_accepted(server: ConduitServer) -> None:
    with client(server, f" {SECRET}\r\n") as conduit:
        answer = conduit.call("user.whoami")
    assert isinstance(answer, dict)
    assert answer["userName"] == "SessionScheduleBot"


def test_contact_may_be_written_in_any_script(server: ConduitServer) -> None:
    with Conduit(server.url, SECRET, user_agent="Callboard (User:Παράδειγμα\n)") as conduit:
        assert conduit.call("conduit.ping") == "phorge.example.org"
    assert conduit.requests == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_read_is_repeated_after_a_passing_failure(server: ConduitServer, fault: str) -> None:
    server.fail_next(fault, times=3)
    with client(server) as conduit:
        assert conduit.call("conduit.ping") == "phorge.example.org"
    assert conduit.requests == 4


@pytest.mark.parametrize("fault", FAULTS)
def test_read_gives_up_after_four_attempts(server: ConduitServer, fault: str) -> None:
    server.fail_next(fault, times=5)
    with client(server) as conduit, pytest.raises(BoardAway):
        conduit.call("conduit.ping")
    assert [request.fault for request in server.requests] == [fault] * 4


@pytest.mark.parametrize("fault", FAULTS)
def test_edit_is_never_repeated(server: ConduitServer, fault: str) -> None:
    server.fail_next(fault)
    with client(server) as conduit, pytest.raises(BoardAway):
        conduit.call(
            "maniphest.edit", objectIdentifier="T1", transactions=[{"type": "comment", "value": "once"}]
        )
    assert server.count("maniphest.edit") == 1
    comments = [row for row in server.board.transactions if row.comments and row.comments[0].text == "once"]
    assert len(comments) == (1 if fault in ("lost answer", "half answer") else 0)


def test_waiting_between_attempts_stays_below_twenty_seconds(server: ConduitServer) -> None:
    pauses: list[float] = []
    server.fail_next("500", times=4)
    with (
        Conduit(server.url, SECRET, user_agent="test", pause=pauses.append) as conduit,
        pytest.raises(BoardAway),
    ):
        conduit.call("conduit.ping")
    assert len(pauses) == 3
    assert sum(pauses) < 12


@pytest.mark.parametrize(
    "token",
    ["api-short", "abc-" + "y" * 28, "api-" + "z" * 28, EXPIRED, DISABLED, ""],
    ids=lambda token: token[:8],
)
def test_refused_token_is_an_operators_matter_and_is_not_repeated(server: ConduitServer, token: str) -> None:
    with client(server, token) as conduit, pytest.raises(BoardRefused) as caught:
        conduit.call("user.whoami")
    assert conduit.requests == 1
    assert not token or token not in str(caught.value)


def test_refused_call_names_code_and_reason(server: ConduitServer) -> None:
    with client(server) as conduit, pytest.raises(CallRefused) as caught:
        conduit.call("maniphest.search", limit=101)
    assert (caught.value.method, caught.value.code) == ("maniphest.search", "ERR-INVALID-PAGE-SIZE")
    assert conduit.requests == 1


def test_no_server_is_an_absent_board() -> None:
    with ConduitServer(Board()) as server:
        url = server.url
    with Conduit(url, SECRET, user_agent="test", pause=lambda _: None) as conduit, pytest.raises(BoardAway):
        conduit.call("conduit.ping")


@pytest.mark.parametrize("fault", [*FAULTS, None])
def test_token_is_in_no_exception_and_no_log(
    server: ConduitServer, fault: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    if fault is None:
        del server.board.tokens[SECRET]
    else:
        server.fail_next(fault, times=4)
    with client(server) as conduit, pytest.raises((BoardAway, BoardRefused)) as caught:
        conduit.call("user.whoami")
    told = [*traceback.format_exception(caught.value), caplog.text]
    error: BaseException | None = caught.value
    while error is not None:
        told += [repr(error), repr(vars(error))]
        assert not hasattr(error, "request")
        error = error.__cause__ or error.__context__
    assert SECRET not in "".join(told)


def test_token_travels_in_the_body_only(server: ConduitServer) -> None:
    with client(server, TOKEN) as conduit:
        conduit.call("user.search", constraints={"usernames": ["CoordTomas"]})
    assert [(request.method, request.params) for request in server.requests] == [
        ("user.search", {"constraints": {"usernames": ["CoordTomas"]}})
    ]
