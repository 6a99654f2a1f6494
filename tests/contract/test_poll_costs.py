"""An idle poll is one request and one with changes two, however many tasks there are and however many changed."""

import pytest

from benchmarks.board import CHANGES, costs


@pytest.mark.parametrize("size", [42, 1000])
def test_poll_is_one_request_or_two(size: int) -> None:
    found = dict(costs(size))
    polls = {many: found[f"poll, {many} changed"] for many in CHANGES}
    assert {many: cost.requests for many, cost in polls.items()} == {0: 1, 1: 2, 20: 2}
    assert polls[0].bytes < 200 < polls[1].bytes < polls[20].bytes < found["read anew"].bytes
    assert (
        found["poll with a check"].requests
        < found["read anew"].requests
        <= 10 + 2 * -(-size // 100) + size // 100
    )


def test_bytes_of_an_idle_poll_do_not_grow_with_the_board() -> None:
    idle = [dict(costs(size))["poll, 0 changed"].bytes for size in (10, 200)]
    assert idle[0] == idle[1]
