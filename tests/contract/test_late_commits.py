"""What was committed late, below ids that a poll had passed, is read by the next poll, whenever that is."""

from collections.abc import Iterator

import pytest

from callboard.proposals.memory import BoardMemory

from .differences import visible
from .histories import SETTINGS, Play


@pytest.fixture
def play() -> Iterator[Play]:
    with Play() as found:
        yield found


def yes(memory: BoardMemory) -> dict[str, str]:
    return {task: row.acknowledged.by for task, row in visible(memory).items() if row.acknowledged}


@pytest.mark.parametrize("later", [1, 20, 121, 300, 3000])
@pytest.mark.parametrize("committed", [1, 8])
def test_acknowledgement_committed_after_a_poll_is_found_by_the_next(
    play: Play, later: int, committed: int
) -> None:
    reader = play.stage.reader(check_every=100, **SETTINGS)
    memory = reader.poll(None)
    play.scenario.now += 300
    late = play.board.begin("T49", "CoordTomas", [("comment", "Acknowledged")])
    play.board.comment("T51", "HanaT", "above it")
    memory = reader.poll(memory)
    assert yes(memory) == {}
    play.scenario.now += committed
    late.commit()
    play.scenario.now += later
    assert yes(reader.poll(memory)) == {"T49": "CoordTomas"}


def test_acknowledgement_committed_after_the_full_read_is_found_by_the_next_poll(play: Play) -> None:
    play.scenario.now += 300
    late = play.board.begin("T49", "CoordTomas", [("comment", "Acknowledged")])
    play.board.comment("T51", "HanaT", "above it")
    reader = play.stage.reader(check_every=100, **SETTINGS)
    memory = reader.poll(None)
    late.commit()
    play.scenario.now += 300
    assert yes(reader.poll(memory)) == {"T49": "CoordTomas"}
