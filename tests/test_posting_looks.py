"""What is looked at before notices are posted, how often, and how much of it: off switch, outbox, own edits."""

from datetime import datetime, timedelta

import pytest

from callboard.errors import Stopped
from callboard.gather import CLAIM_OPEN
from callboard.model import PageText
from callboard.ports import Outcome, Reading
from callboard.posting import LOOK_AGAIN
from tests.fakes.wiki import FakeWiki
from tests.promises import LINKED, NOW, OWNER, SESSION, TALK, World, event, has_turn, proposal

SOON = event("starts_soon", limits={"notices": 100})
KEY = f"tea/bots-for-tea@{OWNER}/starts_soon/2021-05-22T14:00Z -60min"
PAGES = {
    "site": "callboard",
    "schedule": ["Schedule"],
    "report": "Report",
    "outbox": "Outbox",
    "off_switch": "User:Callboard/run",
}


class Watched(FakeWiki):
    """Remembers when it was read with the own edits, how far back, and when pages were saved."""

    def read(
        self,
        titles: object,
        *,
        known: object = None,
        contributions_since: datetime | None = None,
    ) -> Reading:
        reading = super().read(titles, known=known, contributions_since=contributions_since)  # type: ignore[arg-type]
        if contributions_since:
            self.log.append(("look", self.now, contributions_since))
        return reading

    def save(
        self, read: PageText, text: str, summary: str, *, minor: bool = False, bot: bool = True
    ) -> Outcome:
        self.log.append(("save", self.now, self.now))
        self.now += self.slow
        return super().save(read, text, summary, minor=minor, bot=bot)

    log: list[tuple[str, datetime, datetime]]
    slow: timedelta


def watched(people: int, slow: timedelta) -> tuple[World, Watched]:
    """So many people with a session at 14:00, on a wiki whose saves take so long."""
    world = World(of=SOON)
    world.wiki.__class__ = Watched
    wiki = world.wiki
    assert isinstance(wiki, Watched)
    wiki.log, wiki.slow = [], slow
    rows = "".join(f"|-\n| 14:00 || '''Bots {n}'''<br />[[User:Person {n}]]\n" for n in range(people))
    wiki.edit("Schedule", world.page.replace("|}", f"{rows}|}}"))
    for n in range(people):
        wiki.add_user(f"Person {n}")
    return world, wiki


@pytest.mark.parametrize("seconds", [0, 1, 3, 10, 30])
def test_no_save_begins_more_than_twenty_seconds_after_a_look(seconds: int) -> None:
    world, wiki = watched(40, timedelta(seconds=seconds))
    world.tick()
    looked = wiki.log[0][1]
    saves = 0
    for what, at, _ in wiki.log:
        if what == "look":
            looked = at
        elif saves < 40:
            saves += 1
            assert at - looked < LOOK_AGAIN
    assert saves == 40


def test_own_edits_are_asked_for_whole_once_and_then_since_the_look_before() -> None:
    world, wiki = watched(60, timedelta(seconds=1))
    world.tick()
    wiki.log.clear()
    wiki.now += timedelta(minutes=5)
    wiki.edit("Schedule", world.page.replace("14:00", "14:05"))  # so that everybody is told anew
    world.tick()
    looks = [(at, since) for what, at, since in wiki.log if what == "look"]
    own, first, *later = looks
    assert own[1] == NOW - CLAIM_OPEN
    assert (first[0] - first[1]).days >= 400
    assert len(later) == 2
    for (before, _), (_, since) in zip(looks[1:], later, strict=False):
        assert since == before - CLAIM_OPEN


def test_off_switch_stops_the_second_batch() -> None:
    world, wiki = watched(40, timedelta(seconds=1))
    has_turn(world.wiki, world.ledger)
    wiki.before_save.append(lambda: wiki.edit("User:Callboard/run", "stop"))
    with pytest.raises(Stopped):
        world.tick()
    assert [what for what, _, _ in wiki.log].count("save") == 20


# --- the outbox ---


@pytest.mark.parametrize("there", [True, False], ids=["there", "new"])
def test_nothing_is_posted_once_the_outbox_moved(there: bool) -> None:
    world = World(f"{SESSION}<br />[[User:Ada Organiser]]", of=event("starts_soon", pages=PAGES))
    has_turn(world.wiki, world.ledger)
    if there:
        world.wiki.edit("Outbox", "Hello.", user="Ada Organiser")

    def meanwhile() -> None:
        world.wiki.edit("Outbox", "Wait!", user="Ada Organiser")
        world.wiki.edit(TALK, "Hello.", user=OWNER)

    world.wiki.before_save += [meanwhile, meanwhile]
    done = world.tick()
    assert world.told() == []
    assert [held.why for held in done.results.held if held.what == "posting"] == [
        "[[Outbox]] was changed a moment ago: the next tick reads what it says now"
    ]


# --- forged keys ---


@pytest.mark.parametrize(
    "forge",
    [
        lambda world: world.wiki.edit(TALK, "Hello.", user="Eve", summary=f"/* X */ [callboard:{KEY}] starts soon"),
        lambda world: world.wiki.edit(TALK, f"Hello. [callboard:{KEY}]", user="Eve"),
    ],
    ids=["in a stranger's summary", "on the page"],
)  # fmt: skip
def test_key_that_somebody_else_wrote_tells_nobody(forge: object) -> None:
    world = World(SESSION, of=SOON)
    forge(world)  # type: ignore[operator]
    world.tick()
    assert world.told() == ["starts_soon"]


@pytest.mark.parametrize("database", ["kept", "lost"])
def test_key_in_a_title_tells_nobody_else(database: str) -> None:
    """A session's title forges the end of a heading and the key of another notice, which is due later."""
    forged = f"Milk */ [callboard:{KEY.replace('14:00Z', '15:00Z')}]"
    world = World(SESSION.replace("Bots for tea", forged), SESSION, of=SOON)
    world.tick()
    if database == "lost":
        world.lose_database()
    world.wiki.now += timedelta(hours=1)
    world.tick()
    assert world.told() == ["starts_soon", "starts_soon"]


def test_exclusion_inside_other_templates_costs_two_requests_for_all() -> None:
    world, wiki = watched(10, timedelta())
    wiki.edit("Template:Bots", "")
    wiki.edit("Template:Welcome", "Hello {{bots|deny=OtherBot}}")
    for n in range(10):
        wiki.edit(f"User talk:Person {n}", "{{Welcome}}", user="Eve")
    has_turn(world.wiki, world.ledger)
    before = wiki.requests
    world.tick()
    cost = wiki.requests - before
    assert all(world.told(f"Person {n}") == ["starts_soon"] for n in range(10))
    assert cost == 10 + 1 + 7 + 2


def test_board_that_answers_nothing_leaves_a_digest_s_other_half() -> None:
    world = World(LINKED, proposals=[proposal()])
    world.board.goes_away()
    world.tick()
    assert world.told() == ["starts_soon"]


def test_notice_links_the_bots_user_page_where_no_other_page_explains_it() -> None:
    world = World(SESSION, of=event("starts_soon", pages=PAGES))
    world.tick()
    assert "|about=User:Callboard|" in world.wiki.history(TALK)[0].text
