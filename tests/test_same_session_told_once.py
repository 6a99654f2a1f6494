"""A session that gets another title, or its task at last, is the same: nobody is told again of a conflict, or asked again for notes."""

from datetime import timedelta

import pytest

from tests.promises import FREE, OWNER
from tests.test_owners_told import BARE, MILK, TEA, Quiet, of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RETITLED = BARE.replace("Bots for tea", "Robots, made of leaves")
ELSEWHERE = MILK.replace("Testuser Bo", OWNER)


@pytest.mark.parametrize("later", [TEA, RETITLED], ids=["linked", "another title"])
def test_nobody_is_asked_for_notes_again(later: str) -> None:
    world = Quiet(BARE, FREE, of=of("after_session", "moved"), ahead=DAY + 8 * HOUR)
    world.board.now.clear()  # so that the bot does not link it
    world.put(BARE, FREE)
    world.later(20)
    assert world.told() == ["after_session"]
    world.put(later, FREE)
    world.later(20)
    world.later(20)
    assert world.told() == ["after_session"]


@pytest.mark.parametrize("later", [TEA, RETITLED], ids=["linked", "another title"])
def test_conflict_is_not_told_again(later: str) -> None:
    rooms = '== Saturday 22 May ==\n{{| class="wikitable"\n! Time (UTC) !! Hacking room 1 !! Other room\n|-\n| 14:00–15:00 || {} || {}\n|}}\n'
    both = [{"name": "Hacking room 1"}, {"name": "Other room"}]
    world = Quiet(FREE, of=of("conflict", "moved", room=both))
    world.board.now.clear()
    for first in (BARE, later, later):
        world.wiki.edit("Schedule", rooms.format(first, ELSEWHERE), user="Linus Organiser")
        world.later(20)
    assert world.told() == ["conflict"]
