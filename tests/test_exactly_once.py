"""Kill tests: whatever happens to the process, the database and the talk page, a notice is posted exactly once."""

import copy
import re
import sqlite3
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from callboard.config import Event, event_from
from callboard.gather import event_titles
from callboard.ledger import Ledger
from callboard.ports import Conflict
from tests.fakes.wiki import FakeWiki
from tests.mortal import killed_tick
from tests.promises import NOW, OWNER, TALK, TEA, has_turn

ARCHIVE = f"User talk:{OWNER}/Archive 1"
TEMPLATE = "Template:Callboard/notices/starts_soon"
PAGE = """\
== Saturday 22 May ==
{| class="wikitable"
! Time (UTC) !! Hacking room 1
|-
| 14:00 || '''Bots for tea'''<br />[[User:Marta Mentor|Marta Mentor]]<br />Facilitation : (your username)
|-
| 15:00 || ''free slot''
|}
"""
TIDIED = PAGE.replace("Facilitation :", "facilitation:")
_TIME = re.compile(r"\d\d\d\d-\d\d-\d\d.\d\d:\d\d(:\d\d)?|\d\d:\d\d, \d+ \w+ \d+ \(UTC\)")


def event() -> Event:
    return event_from(
        {
            **TEA,
            "pages": {
                "site": "callboard",
                "schedule": ["Schedule"],
                "report": "Report",
                "about": "User:Callboard",
                "off_switch": "User:Callboard/run",
            },
            "notice": [{"kind": "starts_soon", "lead": ["1h"]}],
        },
        slug="tea",
        where="test",
    )


class World:
    """The wiki, and a database that may get lost; time goes on by a quarter of an hour a tick."""

    def __init__(self, page: str = PAGE) -> None:
        self.wiki = FakeWiki(
            {"Schedule": page, TEMPLATE: "== {{{title}}} starts soon ==\nSee you at {{{when}}}."},
            users=[OWNER, "Ada Organiser"],
            now=NOW,
        )
        self.new_database()

    def new_database(self, content: bytes = b"") -> None:
        self.database = sqlite3.connect(":memory:", check_same_thread=False)
        if content:
            self.database.deserialize(content)
        self.ledger = Ledger(create_engine("sqlite://", creator=lambda: self.database, poolclass=StaticPool))

    def copy(self) -> "World":
        """Another world in the same state."""
        other = World.__new__(World)
        other.wiki = copy.deepcopy(self.wiki)
        other.new_database(self.database.serialize())
        return other

    def state(self) -> tuple[object, ...]:
        """All that a later tick could tell apart, times left out."""
        history = [
            (title, tuple((edit.user, _TIME.sub("", edit.text)) for edit in self.wiki.history(title)))
            for title in ("Schedule", "Report", TALK, ARCHIVE)
            if self.wiki.text(title) is not None
        ]
        rows = [(e.key, e.state) for e in self.ledger.notices("tea")]
        facts = [
            self.ledger.fact(name) is None
            for name in ("contributions read:tea", "sessions:tea:Schedule", "posts:tea")
        ]
        pages = sorted(
            (title, page.revid or 0) for title, page in self.ledger.pages(event_titles(event())).items()
        )
        return (*history, *rows, *facts, *pages, *self.ledger.edits().items())

    def tick(self, dies_before: int = 0) -> int:
        """The number of steps made; the process is killed before step `dies_before`."""
        steps = killed_tick(event(), self.wiki, self.ledger, dies_before)
        self.wiki.now += timedelta(minutes=10)
        return steps

    def archive(self) -> None:
        """What an archive bot does: everything goes to another page."""
        text = self.wiki.text(TALK)
        if text:
            self.wiki.edit(ARCHIVE, (self.wiki.text(ARCHIVE) or "") + "\n" + text, user="ArchiveBot")
            self.wiki.edit(TALK, "", user="ArchiveBot")

    def notices(self) -> int:
        """How many copies of the notice stand on the wiki, archive included."""
        return sum((self.wiki.text(page) or "").count("<!-- callboard:tea/") for page in (TALK, ARCHIVE))

    def notices_posted(self) -> int:
        """How often the bot ever posted one."""
        return (
            sum(1 for edit in self.wiki.history(TALK) if edit.user == "Callboard")
            if self.wiki.text(TALK) is not None
            else 0
        )


STEPS = World().tick()


def _lose_and_archive(world: World) -> None:
    world.new_database()
    world.archive()


BETWEEN: dict[str, Callable[[World], None]] = {
    "nothing": lambda _: None,
    "database lost": World.new_database,
    "archived": World.archive,
    "database lost and archived": _lose_and_archive,
}


def test_an_undisturbed_tick_posts_the_notice_and_tidies_the_page() -> None:
    world = World()
    assert world.tick() > 10
    assert (world.notices(), world.notices_posted()) == (1, 1)
    assert "facilitation: (your username)" in (world.wiki.text("Schedule") or "")
    saves = len(world.wiki.saves)
    world.tick()
    assert len(world.wiki.saves) == saves


def after_deaths(first: World, ticks: int, most_steps: int, between: str) -> Iterable[World]:
    """The worlds after so many ticks that each died before any of its steps; equal ones are gone on from once."""
    states = {first.state(): first}
    for _ in range(ticks):
        after: dict[tuple[object, ...], World] = {}
        for world in states.values():
            for dies_before in range(1, most_steps + 1):
                other = world.copy()
                steps = other.tick(dies_before)
                BETWEEN[between](other)
                after.setdefault(other.state(), other)
                if steps < dies_before - 1:
                    break  # the tick was whole before that step came
        states = after
    return states.values()


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.timeout(600)
def test_killed_at_every_step_of_three_ticks(between: str) -> None:
    """All combinations of three ticks that die before any step, then a whole one."""
    for world in after_deaths(World(), 3, STEPS, between):
        world.tick()
        assert (world.notices(), world.notices_posted()) == (1, 1)


LANDS = ("before the look", "between look and save", "after the save", "never")


def first_notice_lands_late(world: World, lands: str, database: str) -> None:
    """Three ticks; the first one's save of a notice gets no answer and lands when told, or never."""
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, late=lands != "never", carried_out=False)
    world.tick()
    assert world.wiki.saves[0][0] == TALK
    if database == "lost":
        world.new_database()
        has_turn(world.wiki, world.ledger)
    if lands == "before the look":
        world.wiki.land()
    elif lands == "between look and save":
        world.wiki.before_save.append(world.wiki.land)
    world.tick()
    if lands == "after the save":
        assert [type(outcome) for outcome in world.wiki.land()] == [Conflict]
    world.tick()


@pytest.mark.parametrize("lands", LANDS)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_a_save_that_lands_late_is_not_repeated(lands: str, database: str) -> None:
    world = World(TIDIED)  # so that the notice is the first save
    first_notice_lands_late(world, lands, database)
    assert (world.notices(), world.notices_posted()) == (1, 1)


@pytest.mark.parametrize("before", [1, 2, 3])
def test_two_bots_at_once_with_two_databases_post_once(before: int) -> None:
    """The second bot does its whole tick between a look and a save of the first one."""
    world, other = World(), World()
    other.wiki = world.wiki
    world.wiki.before_save += [lambda: None] * (before - 1)
    world.wiki.before_save.append(other.tick)
    world.tick()
    assert (world.notices(), world.notices_posted()) == (1, 1)


def _saved_before_death() -> list[int]:
    """The deaths before which the page was tidied: only then is there something to take back."""
    found = []
    for dies_before in (0, *range(1, STEPS + 1)):
        world = World()
        world.tick(dies_before)
        if world.wiki.text("Schedule") == TIDIED.rstrip():
            found.append(dies_before)
    return found


def test_the_page_is_saved_before_some_deaths_and_not_before_others() -> None:
    assert 0 < len(_saved_before_death()) <= STEPS


@pytest.mark.parametrize("dies_before", _saved_before_death())
@pytest.mark.parametrize("database", ["kept", "lost"])
@pytest.mark.parametrize("taken_back", [PAGE, TIDIED.replace("facilitation:", "facilitation by")])
def test_what_a_person_took_back_is_not_done_again(dies_before: int, database: str, taken_back: str) -> None:
    """The tidy edit is undone by a person, wholly or in part, whether or not the bot lived to note it."""
    world = World()
    world.tick(dies_before)
    world.wiki.edit("Schedule", taken_back, user=OWNER)
    if database == "lost":
        world.new_database()
    world.tick()
    world.tick()
    assert world.wiki.text("Schedule") == taken_back.rstrip()
