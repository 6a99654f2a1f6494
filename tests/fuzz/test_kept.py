"""Inputs that once broke a promise, and a fixed handful of others, in every run of the tests; ./run fuzz finds new ones."""

import random
from pathlib import Path

import pytest

from tests.fuzz.spelling import BEGINNINGS, PIECES, spelled
from tests.fuzz.targets import TARGETS

KEPT = Path(__file__).parent / "kept"
FOUND = sorted(path.relative_to(KEPT).as_posix() for path in KEPT.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", FOUND)
def test_what_once_broke_a_promise_keeps_it(name: str) -> None:
    TARGETS[name.split("/", maxsplit=1)[0]](spelled((KEPT / name).read_bytes()))


@pytest.mark.parametrize("target", sorted(TARGETS))
@pytest.mark.parametrize("seed", range(10))
def test_texts_of_random_pieces(target: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- a seed for the tests, no secret
    for _ in range(25):
        TARGETS[target](spelled(bytes([seed, *dice.choices(range(len(PIECES)), k=dice.randrange(1, 60))])))


def test_bytes_are_spelled_with_pieces_or_taken_as_they_are() -> None:
    assert spelled(bytes([0, 0, 8])) == PIECES[0] + PIECES[8]
    assert spelled(b"\x01abc") == "abc"
    assert spelled(bytes([2, 0])) == BEGINNINGS[2] + PIECES[0]
    assert spelled(b"") == ""
