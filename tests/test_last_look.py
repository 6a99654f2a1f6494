"""What a look leaves for the next one, as text in the ledger."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.look_text import as_json, from_json
from callboard.model import (
    AcceptedMark,
    FirstSight,
    GoneSession,
    LastLook,
    Maker,
    SeenSession,
    SessionFacts,
)
from tests.promises import FREE, grid
from tests.test_problems import BOTS, LONG, codes, put, world

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds of hypothesis have none
WORDS = st.text(max_size=6)
SEEN = st.builds(
    SeenSession, WORDS, st.integers(1, 99), WORDS, st.tuples(WORDS), st.tuples(WORDS), st.none() | INSTANTS, st.tuples(WORDS)
)  # fmt: skip
MAKERS = st.builds(Maker, WORDS, INSTANTS, st.none() | st.integers(1, 99))
FACTS = st.builds(SessionFacts, INSTANTS, WORDS, st.integers(0, 99), WORDS, WORDS, WORDS, WORDS)
SIGHTS = st.builds(FirstSight, SEEN, WORDS, WORDS, WORDS, FACTS, st.integers(0, 9), st.none() | INSTANTS)
LOOKS = st.builds(
    LastLook,
    st.just(True),
    st.lists(SEEN, max_size=3).map(tuple),
    st.lists(st.builds(GoneSession, SEEN, st.none() | MAKERS, INSTANTS), max_size=2).map(tuple),
    st.dictionaries(WORDS, INSTANTS, max_size=3),
    st.lists(st.builds(AcceptedMark, WORDS, WORDS, WORDS, INSTANTS, st.tuples(WORDS)), max_size=2).map(tuple),
    st.lists(SIGHTS, max_size=3, unique_by=lambda one: one.session).map(tuple),
)  # fmt: skip


@given(LOOKS)
def test_a_look_comes_back_from_its_text(look: LastLook) -> None:
    assert from_json(as_json(look)) == look


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"sessions": [[1]]}', "nonsense"])
def test_a_ledger_of_another_version_is_no_obstacle(kept: str) -> None:
    made = world(BOTS, LONG)
    made.tick()
    made.ledger.remember_fact("look:tea", kept)
    put(made, grid(FREE, LONG))
    assert codes(made.tick()) == (
        ["session-vanished"],
        [],
    )  # the report page remembers whose sessions there were


def test_what_lies_in_the_past_is_not_missed() -> None:
    made = world(BOTS, LONG)
    made.tick()
    made.wiki.now = datetime(2021, 5, 24, 12, tzinfo=UTC)
    put(made, grid(FREE, LONG))
    assert "session-vanished" not in codes(made.tick())[0]
