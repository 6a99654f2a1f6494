"""A session that gets another title, or its task at last, is the same: nobody is told again of a conflict, or asked again for notes."""

from datetime import timedelta

import pytest

from tests.promises import FREE, OWNER, proposal
from tests.test_owners_told import BARE, MILK, TEA, Quiet, of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RETITLED = BARE.replace("Bots for tea", "Robots, made of leaves")
ELSEWHERE = MILK.replace("Testuser Bo", OWNER)


ROOMS = """\
== Saturday 22 May ==
{{| class="wikitable"
! Time (UTC) !! Hacking room 1 !! Other room
|-
| {time} || {tea} || {other}
|}}
"""
ROWS = f"""\
== Saturday 22 May ==
{{{{| class="wikitable"
! Time (UTC) !! Session !! Room !! Speaker
|-
| 14:00–15:00 || Bots for tea || Hacking room 1 || [[User:{OWNER}|{OWNER}]]
|-
| {{time}}–15:30 || {{title}} || Hacking room 1 || {{speaker}}
|}}}}
"""
BOTH = [{"name": "Hacking room 1"}, {"name": "Other room"}]
ALL = ("conflict", "scheduled", "moved", "changed", "cancelled", "starts_soon", "after_session")
FEW = ("acknowledged", "not_scheduled", "starts_soon", "conflict", "after_session")
LATER = pytest.mark.parametrize("later", [TEA, RETITLED], ids=["linked", "another title"])
LOST = pytest.mark.parametrize("lost", [False, True], ids=["the ledger is there", "the ledger is lost"])


def looks(world: Quiet, *pages: str, lost: bool = False) -> list[str]:
    """What is told after somebody saved these pages, one after the other; the ledger is lost after the first."""
    world.board.now.clear()  # so that the bot does not link it
    for number, text in enumerate(pages):
        world.wiki.edit("Schedule", text, user="Linus Organiser")
        world.later(20)
        if lost and number == 0:
            world.lose_database()
    for _ in range(3 if lost else 1):  # another copy waits for its turn
        world.later(20)
    return [kind for kind in world.told() if kind in {"conflict", "after_session"}]


# --- asked for notes


@LOST
@LATER
@pytest.mark.parametrize("kinds", [("after_session", "moved"), ("after_session",), FEW], ids=len)
def test_nobody_is_asked_for_notes_again(kinds: tuple[str, ...], later: str, *, lost: bool) -> None:
    world = Quiet(FREE, FREE, of=of(*kinds), ahead=DAY + 8 * HOUR)
    pages = [world.page.replace(FREE, first, 1) for first in (BARE, BARE, later)]
    assert looks(world, *pages, lost=lost) == ["after_session"]


def test_the_bots_own_link_asks_nobody_for_notes_again() -> None:
    world = Quiet(FREE, FREE, of=of("acknowledged", "after_session"), ahead=DAY + 8 * HOUR)
    assert looks(world, world.page.replace(FREE, BARE, 1)) == ["after_session"]
    world.board.now = {"T900001": proposal()}
    assert looks_on(world) == ["after_session"]


def looks_on(world: Quiet) -> list[str]:
    """What is told after some looks more, in which the bot links the task."""
    for _ in range(4):
        world.later(20)
    assert "T900001" in world.page
    return [kind for kind in world.told() if kind in {"conflict", "after_session"}]


def test_second_owner_is_not_asked_again_when_the_first_one_changes_with_the_title() -> None:
    world = Quiet(FREE, FREE, of=of("after_session"), ahead=DAY + 8 * HOUR)
    first = "[[User:Testuser Bo|Testuser Bo]]"
    page = world.page.replace(FREE, BARE.replace("<br />", f"<br />{first}, "), 1)
    other = page.replace("Bots for tea", "Robots, made of leaves").replace("Testuser Bo", "Ada Organiser")
    assert looks(world, page, page, other) == ["after_session"]


# --- told of a conflict


@LOST
@LATER
@pytest.mark.parametrize("kinds", [("conflict",), ALL], ids=len)
def test_conflict_of_the_own_session_is_not_told_again(
    kinds: tuple[str, ...], later: str, *, lost: bool
) -> None:
    world = Quiet(FREE, of=of(*kinds, room=BOTH))
    pages = (ROOMS.format(time="14:00–15:00", tea=tea, other=ELSEWHERE) for tea in (BARE, later, later))
    assert looks(world, *pages, lost=lost) == ["conflict"]


@LOST
@pytest.mark.parametrize(
    "later",
    ["Maps, drawn by hand ([[phab:T900002]])", "Cartography workshop"],
    ids=["linked", "another title"],
)
@pytest.mark.parametrize("kinds", [("conflict",), ALL], ids=len)
@pytest.mark.parametrize(
    "speaker",
    ["Somebody Bare", "", "<br />facilitation: [[User:Testuser Bo|Bo]]", "[[User:Testuser Bo|Bo]]"],
    ids=["a bare name", "nobody", "a facilitator", "an owner"],
)
def test_conflict_with_anybodys_session_is_not_told_again(
    speaker: str, kinds: tuple[str, ...], later: str, *, lost: bool
) -> None:
    world = Quiet(FREE, of=of(*kinds, room=BOTH))
    titles = ("Maps, drawn by hand", later, later)
    pages = (ROWS.format(time="14:30", title=title, speaker=speaker) for title in titles)
    assert looks(world, *pages, lost=lost) == ["conflict"]


@pytest.mark.parametrize(
    "later", ["'''Bots for milk''' ([[phab:T900002]])", "'''Cartography'''"], ids=["linked", "another title"]
)
def test_conflict_with_a_session_that_one_facilitates_is_not_told_again(later: str) -> None:
    world = Quiet(FREE, of=of(*ALL, room=BOTH))
    mark = f"<br />facilitation: [[User:{OWNER}|{OWNER}]]"
    pages = (
        ROOMS.format(time="14:00–15:00", tea=BARE, other=f"{other}{mark}")
        for other in ("'''Bots for milk'''", later, later)
    )
    assert looks(world, *pages) == ["conflict"]


@pytest.mark.parametrize("kinds", [FEW, ALL], ids=len)
def test_the_bots_own_link_tells_no_conflict_again(kinds: tuple[str, ...]) -> None:
    world = Quiet(FREE, of=of("acknowledged", *{*kinds} - {"acknowledged"}, room=BOTH))
    assert looks(world, ROOMS.format(time="14:00–15:00", tea=BARE, other=ELSEWHERE)) == ["conflict"]
    world.board.now = {"T900001": proposal()}
    assert looks_on(world) == ["conflict"]


@pytest.mark.parametrize("kinds", [("conflict",), ALL], ids=len)
def test_conflict_at_another_time_is_told_also_with_a_new_title(kinds: tuple[str, ...]) -> None:
    world = Quiet(FREE, of=of(*kinds, room=BOTH))
    facts = [("14:30", "Maps"), ("14:40", "Maps"), ("14:50", "Maps ([[phab:T900002]])"), ("14:50", "Charts")]
    pages = (ROWS.format(time=time, title=title, speaker="") for time, title in facts)
    assert looks(world, *pages) == ["conflict"] * 3
