"""Exactly once for digests, under new names, behind redirects, and between two bots: whatever dies, is lost or is archived."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from callboard.ledger import HELD_FOR
from callboard.notices.message import keys_in
from callboard.ports import Saved
from callboard.posting_turn import SURE_AFTER
from tests.promises import LINKED, OWNER, SESSION, TALK, event, has_turn, proposal
from tests.promises import World as Event
from tests.test_exactly_once import (
    ARCHIVE,
    BETWEEN,
    LANDS,
    PAGE,
    World,
    after_deaths,
    first_notice_lands_late,
)

ROW = "|-\n| 14:00 || '''{}'''<br />[[User:Marta Mentor|Marta Mentor]]\n"
THREE = "\n".join(PAGE.splitlines()[:3]) + "\n" + "".join(map(ROW.format, ("Bots", "Milk", "Maps"))) + "|}\n"
NEW = "Marta Now"
SOON = event("starts_soon")


def told(world: World | Event) -> Counter[str]:
    """How often each notice was ever posted, whatever became of the page."""
    return Counter(key for edit in world.wiki.contributions() for key in keys_in(edit.comment))


def once(world: World | Event, notices: int) -> bool:
    """Whether so many notices were posted, each once."""
    return sorted(told(world).values()) == [1] * notices


STEPS = World(THREE).tick()


def test_an_undisturbed_tick_posts_three_notices_in_one_edit() -> None:
    world = World(THREE)
    world.tick()
    assert (world.notices(), world.notices_posted(), once(world, 3)) == (3, 1, True)


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("talk", ["missing", "there"])
@pytest.mark.timeout(600)
def test_digest_killed_at_every_step_of_two_ticks(between: str, talk: str) -> None:
    first = World(THREE)
    if talk == "there":
        first.wiki.edit(TALK, "== Hello ==\nHi.", user="Ada Organiser")
    for world in after_deaths(first, 2, STEPS, between):
        world.tick()
        assert once(world, 3)


@pytest.mark.parametrize("lands", LANDS)
@pytest.mark.parametrize("database", ["kept", "lost"])
@pytest.mark.parametrize("talk", ["missing", "there"])
def test_digest_that_lands_late_is_not_repeated(lands: str, database: str, talk: str) -> None:
    world = World(THREE)
    if talk == "there":
        world.wiki.edit(TALK, "== Hello ==\nHi.", user="Ada Organiser")
    first_notice_lands_late(world, lands, database)
    assert once(world, 3)


@pytest.mark.parametrize("page", [PAGE, THREE], ids=["one notice", "digest"])
@pytest.mark.parametrize("talk", ["missing", "there"])
@pytest.mark.parametrize("before", [1, 2, 3])
def test_two_bots_with_two_databases_at_the_same_moment(page: str, talk: str, before: int) -> None:
    """The other bot does its whole tick between the look of the first one and its save: the wiki lets only one of them save."""
    world, other = World(page), World(page)
    if talk == "there":
        world.wiki.edit(TALK, "== Hello ==\nHi.", user="Ada Organiser")
    other.wiki = world.wiki
    world.wiki.before_save += [lambda: None] * (before - 1)
    world.wiki.before_save.append(other.tick)
    world.tick()
    other.tick()
    assert once(world, 1 if page == PAGE else 3)
    notices = [type(outcome) for title, outcome in world.wiki.saves if title == TALK]
    assert notices.count(Saved) == 1
    states = {bot: {(one.key, one.state) for one in bot.ledger.notices("tea")} for bot in (world, other)}
    assert states[world] == states[other] == {(key, "sent") for key in told(world)}


def test_two_bots_of_which_one_saw_less_of_the_schedule() -> None:
    """Half of a digest was posted by the other bot a moment ago: the rest goes, and only the rest."""
    world, other = World(THREE), World(THREE)
    other.wiki = world.wiki
    fewer = world.wiki.text("Schedule") or ""
    world.wiki.edit("Schedule", fewer.replace(ROW.format("Maps"), ""), user="Ada Organiser")
    other.tick()
    world.wiki.edit("Schedule", fewer, user="Ada Organiser")
    world.tick()
    assert once(world, 3)
    assert [len(keys_in(edit.comment)) for edit in world.wiki.contributions() if edit.title == TALK] == [1, 2]


# --- new names ---


def people(cell: str = SESSION) -> Event:
    return Event(cell, of=SOON)


def renamed_row(world: Event) -> None:
    world.wiki.edit("Schedule", world.page.replace(OWNER, NEW), user="Ada Organiser")


def renamed_again(world: Event) -> None:
    world.wiki.rename_user(NEW, "Marta Then")
    renamed_row(world)


RENAMED: dict[str, Callable[[Event], object]] = {
    "the row keeps the name": lambda _: None,
    "the row has the new one": renamed_row,
    "the row has both": lambda world: world.wiki.edit(
        "Schedule", world.page.replace(f"[[User:{OWNER}|{OWNER}]]", f"[[User:{OWNER}]]<br />[[User:{NEW}]]")
    ),
    "another name again": renamed_again,
}


@pytest.mark.parametrize("row", RENAMED)
@pytest.mark.parametrize("database", ["kept", "lost"])
@pytest.mark.parametrize("answer", ["came", "lost"])
def test_renamed_between_two_ticks(row: str, database: str, answer: str) -> None:
    world = people()
    has_turn(world.wiki, world.ledger)
    if answer == "lost":
        world.wiki.lose_answers(1)
    world.tick()
    world.wiki.rename_user(OWNER, NEW)
    RENAMED[row](world)
    if database == "lost":
        world.lose_database()
    world.tick()
    world.tick()
    assert once(world, 1)


@pytest.mark.parametrize("row", [row for row in RENAMED if row != "another name again"])
def test_renamed_between_look_and_save(row: str) -> None:
    world = people()

    def meanwhile() -> None:
        world.wiki.rename_user(OWNER, NEW)
        RENAMED[row](world)

    has_turn(world.wiki, world.ledger)
    world.wiki.edit(TALK, "== Hello ==\nHi.", user="Ada Organiser")
    world.wiki.before_save.append(meanwhile)
    for _ in range(3):
        world.tick()
    assert once(world, 1)
    assert "starts_soon" in (world.wiki.text(f"User talk:{NEW}") or "")


def test_one_notice_to_one_person_by_two_names_is_told_once() -> None:
    world = people(f"{SESSION}<br />[[User:Marta Once]]")
    world.wiki.add_user("Marta Once")
    world.wiki.rename_user("Marta Once", "Somebody")
    world.wiki.users[OWNER], world.wiki.users["Somebody"] = (
        world.wiki.users["Somebody"],
        world.wiki.users[OWNER],
    )
    world.tick()
    world.lose_database()
    world.tick()
    assert max(told(world).values()) == 1


def test_save_without_an_answer_keeps_back_the_same_thing_to_the_former_name_too() -> None:
    world = people()
    has_turn(world.wiki, world.ledger)
    world.wiki.rename_user(OWNER, NEW)
    RENAMED["the row has both"](world)
    world.wiki.lose_answers(1, late=True)
    world.tick()
    assert [title for title, _ in world.wiki.saves] == [f"User talk:{NEW}", "Report"]
    assert [entry.state for entry in world.ledger.notices("tea")] == ["held", "held"]


@pytest.mark.parametrize("database", ["kept", "lost"])
def test_moved_talk_page_of_somebody_who_kept_the_name_is_nobody_elses_news(database: str) -> None:
    """A vandal moves a talk page with a notice to another owner's name: the other owner is told all the same."""
    world = people()
    world.tick()
    world.wiki.add_user("Bo")
    moved = world.wiki._revisions.pop(TALK)  # as the wiki lists contributions of a page that was moved
    world.wiki._revisions["User talk:Bo"] = [replace(one, title="User talk:Bo") for one in moved]
    world.wiki.edit(
        "Schedule", world.page.replace(f"|{OWNER}]]", f"|{OWNER}]], [[User:Bo]]"), user="Ada Organiser"
    )
    world.wiki.now += SURE_AFTER
    if database == "lost":
        world.lose_database()
    world.tick()
    world.tick()
    assert {key.split("/")[1]: times for key, times in told(world).items()} == {
        f"bots-for-tea@{OWNER}": 1,
        "bots-for-tea@Bo": 1,
    }


# --- redirects ---


@pytest.mark.parametrize("database", ["kept", "lost"])
@pytest.mark.parametrize("answer", ["came", "lost"])
@pytest.mark.parametrize("afterwards", ["stays", "leads elsewhere", "leads nowhere"])
def test_notice_behind_a_redirect_is_posted_once(database: str, answer: str, afterwards: str) -> None:
    world = people()
    has_turn(world.wiki, world.ledger)
    for name in ("Bo", "Cy"):
        world.wiki.add_user(name)
        world.wiki.edit(f"User talk:{name}", "Hello.", user=name)
    world.wiki.edit(TALK, "#REDIRECT [[User talk:Bo]]", user=OWNER)
    if answer == "lost":
        world.wiki.lose_answers(1)
    world.tick()
    text = world.wiki.text("User talk:Bo") or ""
    assert f"(This is here because [[:{TALK}]] leads here.) <!-- callboard:tea/" in text
    if afterwards != "stays":
        there = "#REDIRECT [[User talk:Cy]]" if afterwards == "leads elsewhere" else "Hello."
        world.wiki.edit(TALK, there, user=OWNER)
    if database == "lost":
        world.lose_database()
    world.tick()
    world.tick()
    assert once(world, 1)


def test_ledger_tells_where_a_notice_stands() -> None:
    world = people()
    world.wiki.add_user("Bo")
    world.wiki.edit("User talk:Bo", "Hello.", user="Bo")
    world.wiki.edit(TALK, "#REDIRECT [[User talk:Bo]]", user=OWNER)
    world.tick()
    assert [(one.state, one.why) for one in world.ledger.notices("tea")] == [
        ("sent", f"[[{TALK}]] leads to [[User talk:Bo]]")
    ]


def test_person_and_redirect_to_them_get_one_page_in_two_edits() -> None:
    """Both own the session, one's talk page leads to the other's: two people, two notices, and no text is lost."""
    world = people(f"{SESSION}<br />[[User:Bo]]")
    world.wiki.add_user("Bo")
    world.wiki.edit("User talk:Bo", "Hello.", user="Bo")
    world.wiki.edit(TALK, "#REDIRECT [[User talk:Bo]]", user=OWNER)
    world.tick()
    world.tick()
    assert once(world, 2)
    assert (world.wiki.text("User talk:Bo") or "").startswith("Hello.\n\n{{subst:")


# --- archives and archived talk pages ---


def test_archive_holds_what_was_posted() -> None:
    world = World(THREE)
    world.tick()
    world.archive()
    world.new_database()
    world.tick()
    assert (once(world, 3), (world.wiki.text(ARCHIVE) or "").count("<!-- callboard:")) == (True, 3)


# --- what the contributions do not show ---


@pytest.mark.parametrize("due", [SOON, event("scheduled")], ids=["a reminder", "news"])
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_talk_page_that_was_deleted_with_its_notice(due: object, database: str) -> None:
    """A lost ledger cannot know of it: better on record with the reason than told twice."""
    world = Event(LINKED, proposals=[proposal()], of=due)  # type: ignore[arg-type]
    world.tick()
    assert len(told(world)) == 1
    world.wiki.delete(TALK)
    world.wiki.now += timedelta(minutes=5)
    if database == "lost":
        world.lose_database()
    world.tick()
    world.tick()
    assert world.wiki.text(TALK) is None
    states = [
        (entry.state, "was deleted on 2021-05-22 13:1" in entry.why) for entry in world.ledger.notices("tea")
    ]
    assert states == [("skipped", True) if database == "lost" else ("sent", False)]


def test_talk_page_that_was_deleted_with_the_other_bots_notice() -> None:
    world, other = World(PAGE), World(PAGE)
    other.wiki = world.wiki
    other.tick()
    world.wiki.delete(TALK)
    world.tick()
    assert world.wiki.text(TALK) is None
    assert [entry.state for entry in world.ledger.notices("tea")] == ["skipped"]


@pytest.mark.parametrize("then", ["a redirect", "a rename"])
def test_talk_page_that_was_deleted_with_its_notice_before_its_owner_is_told_elsewhere(then: str) -> None:
    world = Event(LINKED, proposals=[proposal()], of=SOON)
    world.wiki.add_user("Eve")
    world.wiki.edit("User talk:Eve", "Hello", user="Eve")
    world.tick()
    assert len(told(world)) == 1
    world.wiki.delete(TALK)
    if then == "a rename":
        world.wiki.rename_user(OWNER, "Marta Now")
    else:
        world.wiki.edit(TALK, "#REDIRECT [[User talk:Eve]]", user=OWNER)
    world.lose_database()
    world.wiki.now += timedelta(minutes=5)
    world.tick()
    world.tick()
    assert (world.wiki.text("User talk:Eve"), world.wiki.text("User talk:Marta Now")) == ("Hello", None)
    ((state, why),) = [(entry.state, entry.why) for entry in world.ledger.notices("tea")]
    assert (state, f"[[{TALK}]] was deleted on" in why) == ("skipped", True)


def test_talk_page_that_was_deleted_before_there_was_anything_to_tell_is_made_anew() -> None:
    world = Event(SESSION, of=SOON)
    world.wiki.edit(TALK, "Hello", user="Ada Organiser")
    world.wiki.delete(TALK)
    world.wiki.now += timedelta(minutes=5)
    world.wiki.edit("Schedule", world.page.replace("14:00", "17:00"), user="Ada Organiser")
    world.wiki.now += timedelta(hours=3)
    world.tick()
    assert len(told(world)) == 1


def test_save_without_an_answer_is_not_sent_again_before_it_can_have_landed() -> None:
    """Its repeat could be archived to the letter, and the late one be woven in."""
    world = Event(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, late=True)
    world.tick()
    saves = len(world.wiki.saves)
    world.tick()
    assert len(world.wiki.saves) == saves
    (outcome,) = world.wiki.land()
    assert isinstance(outcome, Saved)
    world.wiki.now += HELD_FOR
    world.tick()
    assert (once(world, 1), [entry.state for entry in world.ledger.notices("tea")]) == (True, ["sent"])
