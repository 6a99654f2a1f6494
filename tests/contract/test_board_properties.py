"""Following a board through random histories against reading it anew: the same state after every poll."""

import pytest

from callboard.errors import BoardAway
from callboard.proposals.memory import BoardMemory

from .differences import alike, first_difference, visible
from .histories import SETTINGS, TEAM, Play, history


@pytest.mark.parametrize("seed", range(12))
def test_following_with_every_check_is_reading_anew(seed: int) -> None:
    found = first_difference(history(seed), check_every=1)
    assert found is None, str(found)


@pytest.mark.parametrize("seed", range(100, 108))
def test_following_without_checks_is_reading_anew_where_polls_show_everything(seed: int) -> None:
    found = first_difference(history(seed, silent=False), check_every=1000)
    assert found is None, str(found)


@pytest.mark.parametrize("seed", range(200, 206))
def test_each_check_finds_what_polls_could_not_show(seed: int) -> None:
    """Each memory goes through JSON, and of the coordinators only members of the team count."""
    settings = {**SETTINGS, "team": TEAM}
    compared = 0
    with Play() as play:
        reader = play.stage.reader(check_every=4, **settings)
        memory = reader.poll(None)
        for _ in play.turns(history(seed)):
            try:
                memory = reader.poll(memory)
            except BoardAway:
                play.server.heal()
                memory = reader.poll(memory)
            play.server.heal()
            kept = BoardMemory.from_json(memory.to_json())
            assert kept == memory
            memory = kept
            if memory.polls == 0:
                compared += 1
                followed, read = visible(memory), visible(play.stage.reader(**settings).poll(None))
                assert [task for task in followed if not alike(followed[task], read.get(task))] == [], (
                    play.done
                )
                assert followed.keys() == read.keys()
    assert compared > 2
