"""A session moves from one page to another: it comes first and goes then, and what is half done is finished."""

import pytest

from callboard.app import App
from callboard.arranging import Arranged, Order, save_change
from callboard.clock import Clock
from callboard.placing import NotPlaced
from callboard.placing.change import Change
from callboard.placing.move import move, named, rest_of_move
from callboard.placing.pages import whole_schedules
from callboard.placing.slot_text import read_slot
from callboard.ports import Saved
from callboard.snapshot import Snapshot
from callboard.writing import Results
from tests.promises import FREE, World, event, grid

MAPS = "'''Maps''' ([[phab:T900007]])<br />[[User:Ada Organiser|Ada Organiser]]"
LUA = "'''Lua'''<br />[[User:Bo|Bo]]"
SUNDAY = "Sunday 23 May"
TWO = event(
    "starts_soon",
    event={"title": "Tea Hackathon", "zone": "UTC", "days": ["2021-05-22", "2021-05-23"]},
    pages={"site": "callboard", "schedule": ["Schedule", "Schedule/Sunday"]},
)
DONE = [grid(FREE, LUA).rstrip(), grid(LUA, MAPS, title=SUNDAY).rstrip()]
HALF = [grid(MAPS, LUA).rstrip(), DONE[1]]


@pytest.fixture
def there() -> World:
    made = World(MAPS, LUA, of=TWO)
    made.wiki.edit("Schedule/Sunday", grid(LUA, FREE, title=SUNDAY), user="Ada Organiser")
    return made


def arrange(snapshot: Snapshot) -> Change:
    schedules, asked = whole_schedules(snapshot), read_slot("Sunday 15:00", snapshot.event)
    if rest := rest_of_move(schedules, asked, snapshot.event, task="T900007"):
        return rest
    return move(
        schedules, named(schedules, snapshot.event, task="T900007"), asked, snapshot.event, snapshot.now
    )


def save(there: World) -> tuple[Arranged | None, Results]:
    app = App(there.event, there.wiki, None, there.ledger, Clock())
    snapshot = app.look()
    writer = app.writer(snapshot)
    return save_change(Order(arrange), snapshot, writer, None), writer.results


def texts(there: World) -> list[str]:
    pages = there.wiki.read(TWO.pages.schedule).pages
    return [(pages[title].text or "").rstrip() for title in TWO.pages.schedule]


def test_session_comes_first_and_goes_then(there: World) -> None:
    saved, results = save(there)
    assert saved is not None
    assert texts(there) == DONE
    assert [title for title, outcome in there.wiki.saves if isinstance(outcome, Saved)] == [
        "Schedule/Sunday",
        "Schedule",
    ]
    old, new = (f"2021-05-{time} UTC, Hacking room 1" for time in ("22 14:00–15:00", "23 15:00–16:00"))
    assert [written.what for written in results.written] == [
        f"moved T900007 from {old} to {new}",
        f"withdrew T900007 from {old}, as it stands in {new} now",
    ]


def test_what_is_half_done_is_finished_by_the_same_command(there: World) -> None:
    there.wiki.edit("Schedule/Sunday", HALF[1], user="Callboard")
    assert texts(there) == HALF
    save(there)
    assert texts(there) == DONE
    with pytest.raises(NotPlaced, match="stands in 'Sunday 15:00' already"):
        save(there)


def test_page_that_changes_in_between_is_read_again(there: World) -> None:
    people = f"{grid(LUA, FREE, title=SUNDAY)}\nSee you there!"
    there.wiki.before_save.append(lambda: there.wiki.edit("Schedule/Sunday", people, user="Bo"))
    save(there)
    assert texts(there) == [DONE[0], people.replace(FREE, MAPS)]


def test_protected_old_page_moves_nothing(there: World) -> None:
    before = texts(there)
    there.wiki.protect("Schedule")
    saved, results = save(there)
    assert (saved, texts(there)) == (None, before)
    assert [held.why.partition(":")[0] for held in results.held] == ["the page is protected"]


def test_shrunk_page_moves_nothing(there: World) -> None:
    more = [LUA.replace("Lua", f"Lua {number}") for number in range(7)]
    there.wiki.edit("Schedule", grid(MAPS, *more), user="Bo")
    there.tick()
    there.wiki.edit("Schedule", grid(MAPS), user="Vandal")
    before = texts(there)
    with pytest.raises(NotPlaced, match=r"\[\[Schedule\]\] is on hold: only 1 of 8 sessions are left"):
        save(there)
    assert texts(there) == before
