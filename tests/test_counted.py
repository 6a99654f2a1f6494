"""Numbers of things are said as people say them."""

import pytest

from callboard.counted import counted


@pytest.mark.parametrize(
    ("number", "verb", "told"),
    [(0, "", "0 notices"), (1, "", "1 notice"), (2, "", "2 notices"), (1, "is/are", "1 notice is"), (3, "is/are", "3 notices are")],
)  # fmt: skip
def test_one_and_many(number: int, verb: str, told: str) -> None:
    assert counted(number, "notice", verb) == told
