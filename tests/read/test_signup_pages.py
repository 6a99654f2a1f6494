"""Every example sign-up page against a truth written down beside it: each entry and problem, and nothing else."""

import pytest

from callboard.read.signups import read_signups
from tests.read.signup_truth import NAMES, page, truth, written


@pytest.mark.parametrize("name", NAMES)
def test_sign_ups_are_read_as_a_careful_person_reads_them(name: str) -> None:
    wanted = truth(name)
    read = read_signups(page(name), wanted.event, "Helpers", exists=wanted.accounts.__contains__)
    assert written(read) == wanted.reading
