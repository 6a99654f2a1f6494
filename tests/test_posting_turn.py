"""Several copies of the bot take turns: whatever people do between a look and a save, one notice is posted once."""

import itertools
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from callboard import posting_turn
from callboard.app import App
from callboard.errors import Stopped, WikiAway
from callboard.ledger import HELD_FOR
from callboard.plan import Plan
from callboard.ports import Reading, Saved
from callboard.posting import post_notices
from callboard.posting_turn import SURE_AFTER, copy_of, turn_page
from tests.mortal import killed_tick
from tests.promises import NOW, OWNER, SESSION, TALK, World, event, has_turn

ADA = "Ada Organiser"
SOON = event("starts_soon")
PAGE = turn_page("Callboard", SOON)
HELLO = "== Hello ==\nHi."
NAMES = f"[[{PAGE}]] names it"


def copies(*cells: str, talk: str = HELLO) -> tuple[World, World]:
    """Two copies of the bot, each with a database of its own, on one wiki."""
    one, other = World(*(cells or (SESSION,)), of=SOON), World(of=SOON)
    other.wiki = one.wiki
    if talk:
        one.wiki.edit(TALK, talk, user="Ada Organiser")
    return one, other


def posted(world: World) -> int:
    """How often the bot ever wrote on the talk page, also where that was deleted since."""
    return sum(title == TALK and isinstance(outcome, Saved) for title, outcome in world.wiki.saves)


def line(world: World, *, later: bool, at: datetime | None = None) -> str:
    """What names the copy with this world's ledger."""
    said = f"Copy <code>{copy_of(world.ledger)}</code>, since {at or world.wiki.now:%Y-%m-%d %H:%M:%S} UTC"
    return f"{said}, after another one." if later else f"{said}."


def turns(world: World) -> list[str]:
    """Whom the page named, oldest first."""
    return [made.text.splitlines()[-1] for made in reversed(world.wiki.history(PAGE))]


def archived(world: World) -> None:
    """The page is as it was before the notice, to the letter."""
    world.wiki.edit(TALK, HELLO, user="ArchiveBot")


def deleted(world: World) -> None:
    world.wiki.delete(TALK)


def test_the_wiki_in_memory_weaves_a_save_into_a_page_that_was_put_back() -> None:
    """What makes turns needed: without them the second copy's look is as good as none."""
    world, _ = copies()
    page = world.wiki.read([TALK]).pages[TALK]
    world.wiki.edit(TALK, f"{HELLO} More.", user=OWNER)
    archived(world)
    outcome = world.wiki.save(page, f"{HELLO} Mine.", "why")
    assert (getattr(outcome, "merged", None), world.wiki.text(TALK)) == (True, f"{HELLO} Mine.")


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize(("talk", "then"), [(HELLO, archived), ("", deleted)], ids=["archived", "deleted"])
@pytest.mark.parametrize("had", ["nobody", "this one", "the other one"])
def test_other_copy_posts_and_its_notice_goes_before_the_save(
    before: int, talk: str, then: Callable[[World], None], had: str
) -> None:
    world, other = copies(talk=talk)
    if had != "nobody":
        has_turn(world.wiki, (world if had == "this one" else other).ledger)

    def meanwhile() -> None:
        other.ledger = other.another_process()  # it may be its own save before which this happens
        other.tick()
        if world.wiki.text(TALK):
            then(world)

    world.wiki.before_save += [lambda: None] * (before - 1)
    world.wiki.before_save.append(meanwhile)
    for _ in range(3):
        world.tick()
        other.tick()
        world.wiki.now += SURE_AFTER
    assert posted(world) == 1
    keys = {
        entry.key for bot in (world, other) for entry in bot.ledger.notices("tea") if entry.state == "sent"
    }
    assert len(keys) == 1


def test_first_notice_of_an_event_names_the_copy_that_posts_and_no_later_one_does() -> None:
    world = World(SESSION, of=SOON)
    world.tick()
    assert turns(world) == [line(world, later=False, at=NOW)]
    assert [save[0] for save in world.wiki.saves] == [PAGE, TALK, "Report"]
    world.wiki.edit("Schedule", world.page.replace("14:00", "17:00"), user="Ada Organiser")
    world.wiki.now += timedelta(hours=3)
    world.tick()
    assert (posted(world), len(turns(world))) == (2, 1)


def also_ada(world: World) -> None:
    """One more person is to be told."""
    world.wiki.edit("Schedule", world.page.replace(f"|{OWNER}]]", f"|{OWNER}]], [[User:{ADA}]]"), user=ADA)


def test_new_database_waits_until_the_copy_before_it_must_have_noticed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World(SESSION, of=SOON)
    world.tick()
    world.lose_database()
    world.wiki.now += SURE_AFTER
    also_ada(world)
    world.tick()
    first, second = turns(world)
    made = world.wiki.history(PAGE)[0].timestamp
    assert (first != second, second) == (True, line(world, later=True, at=made))
    (notice,) = world.wiki.history(f"User talk:{ADA}")
    assert notice.timestamp - world.wiki.history(PAGE)[0].timestamp == SURE_AFTER
    assert caplog.messages == ["waits 120 s before it posts: another copy of the bot may still be at it"]


@pytest.mark.parametrize(("seconds", "posts"), [(119, 0), (120, 1)])
def test_other_copy_takes_over_when_nothing_was_posted_for_two_minutes(seconds: int, posts: int) -> None:
    world, other = copies(SESSION)
    world.tick()
    also_ada(world)
    world.wiki.now = world.wiki.history(TALK)[0].timestamp + timedelta(seconds=seconds)
    done = other.tick()
    why = f"another copy of the bot posts the notices of this event just now: {NAMES}"
    assert [(held.what, held.why) for held in done.results.held] == ([] if posts else [("posting", why)])
    assert (len(turns(world)), world.told(ADA)) == (1 + posts, ["starts_soon"] * posts)


def test_copy_that_lost_its_turn_posts_nothing_on_what_it_saw() -> None:
    """The other one takes over while this one is about to post; when this one looks again, it leaves the rest alone."""
    world, other = copies(f"{SESSION}<br />[[User:Ada Organiser]]")
    has_turn(world.wiki, world.ledger)

    def overtaken() -> None:
        world.wiki.edit(PAGE, line(other, later=True), user="Callboard")
        world.wiki.edit(TALK, "Hello again", user=OWNER)  # so that this one has to look again

    world.wiki.before_save.append(overtaken)
    done = world.tick()
    assert (posted(world), ["posting"]) == (0, [held.what for held in done.results.held if NAMES in held.why])


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("", "Callboard"),
        ("Nonsense", "Callboard"),
        (
            "Copy <code>0123456789ab</code>, since 2021-05-22 13:10:00 UTC.",
            "Eve",
        ),  # nobody but the bot says whose turn it is
        ("#REDIRECT [[Sandbox]]", "Eve"),
    ],
)
def test_page_that_names_nobody_is_written_anew_and_waited_for(text: str, user: str) -> None:
    world = World(SESSION, of=SOON)
    world.wiki.edit(PAGE, text or " ", user=user)
    world.tick()
    now = world.wiki.text(PAGE) or ""
    assert now.splitlines()[-1] == line(world, later=True, at=world.wiki.history(PAGE)[0].timestamp)
    assert (now.count("Copy <code>"), text in now) == (1, not text.startswith("Copy"))
    (notice,) = world.wiki.history(TALK)
    assert notice.timestamp - world.wiki.history(PAGE)[0].timestamp == SURE_AFTER


def test_somebody_who_names_this_copy_does_not_give_it_the_turn() -> None:
    world, other = copies()
    has_turn(world.wiki, other.ledger)
    world.wiki.edit(PAGE, line(world, later=False), user="Eve")
    world.tick()
    assert world.wiki.history(TALK)[0].timestamp - world.wiki.history(PAGE)[0].timestamp == SURE_AFTER


def test_page_that_cannot_be_saved_holds_the_notices_and_says_why() -> None:
    world = World(SESSION, of=SOON)
    world.wiki.protect(PAGE)
    done = world.tick()
    why = f"no notice is posted before [[{PAGE}]] says which copy of the bot posts: This page is protected. (protectedpage)"
    assert ([held.why for held in done.results.held], posted(world)) == ([why], 0)
    assert world.wiki.saves[0][0] == PAGE
    assert [(entry.state, entry.why) for entry in world.ledger.notices("tea")] == [("held", why)]
    world.wiki.protect(PAGE, "autoconfirmed")
    world.wiki.now += HELD_FOR
    world.tick()
    assert posted(world) == 1


@pytest.mark.parametrize("carried_out", [True, False])
def test_turn_whose_answer_was_lost_is_looked_at(carried_out: bool) -> None:
    world = World(SESSION, of=SOON)
    world.wiki.lose_answers(1, carried_out=carried_out)
    world.tick()
    assert (posted(world), len(turns(world))) == (1, 1)


def test_copies_that_take_over_at_the_same_moment_are_not_both_right() -> None:
    world, other = copies()
    world.wiki.now += SURE_AFTER
    world.wiki.before_save += [lambda: world.wiki.edit(PAGE, line(other, later=False), user="Callboard")]
    done = world.tick()
    assert (posted(world), [NAMES in held.why for held in done.results.held]) == (0, [True])


def test_wiki_that_never_lets_the_turn_be_taken_is_left_after_some_tries() -> None:
    world = World(SESSION, of=SOON)
    count = iter(range(99))
    world.wiki.before_save += [lambda: world.wiki.edit(PAGE, f"Hi {next(count)}", user="Eve")] * 9
    done = world.tick()
    assert [title for title, _ in world.wiki.saves].count(PAGE) == SOON.limits.retries
    assert [held.why for held in done.results.held] == [
        f"somebody else takes the turn to post just now: see [[{PAGE}]]"
    ]


def test_look_that_took_too_long_is_no_ground_for_a_save(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    monkeypatch.setattr(posting_turn, "SIGHT_LASTS", timedelta())
    with pytest.raises(WikiAway, match="the wiki took so long to show who was told what"):
        world.tick()
    monkeypatch.undo()
    assert posted(world) == 0
    world.tick()
    assert posted(world) == 1


def test_each_event_has_its_own_turn() -> None:
    assert turn_page("Bot", SOON) == "User:Bot/Posts notices of tea"


# --- several processes with one database ---


def together(*cells: str) -> tuple[World, World]:
    """Two processes of one copy."""
    one, other = copies(*cells)
    other.ledger = one.another_process()
    return one, other


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize(("talk", "then"), [(HELLO, archived), ("", deleted)], ids=["archived", "deleted"])
def test_other_process_posts_and_its_notice_goes_before_the_save(
    before: int, talk: str, then: Callable[[World], None]
) -> None:
    world, other = copies(talk=talk)
    other.ledger = world.another_process()

    def meanwhile() -> None:
        other.tick()
        if world.wiki.text(TALK):
            then(world)

    world.wiki.before_save += [lambda: None] * (before - 1)
    world.wiki.before_save.append(meanwhile)
    world.tick()
    world.tick()
    assert posted(world) == 1
    assert [entry.state for entry in world.ledger.notices("tea")] == ["sent"]


def test_process_beside_another_one_says_why_it_posts_nothing() -> None:
    world, other = together()
    has_turn(world.wiki, world.ledger)
    held: list[str] = []
    world.wiki.before_save.append(lambda: held.extend(one.why for one in other.tick().results.held))
    world.tick()
    why = (
        "another process with this ledger posts the notices of this event just now; try again in 120 seconds"
    )
    assert (held, posted(world)) == ([why], 1)


@pytest.mark.parametrize(("seconds", "posts"), [(119, 0), (120, 1)])
def test_process_that_was_killed_leaves_its_turn_to_the_next_one_after_two_minutes(
    seconds: int, posts: int
) -> None:
    world = World(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    steps = killed_tick(SOON, world.wiki, world.ledger, 0)
    world = World(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    for last in range(1, steps):
        killed_tick(SOON, world.wiki, world.ledger, last)
        if world.ledger.fact("posts:tea"):
            break
    world.wiki.now += timedelta(seconds=seconds)
    world.ledger = world.another_process()
    world.tick()
    assert posted(world) == posts


def test_process_learns_that_another_one_told_the_same_under_another_name() -> None:
    """The title is mended while one process posts; the other one has planned from the new title, and comes afterwards."""
    world = World(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    app = App(world.event, world.wiki, world.board, world.ledger)
    plans: list[Plan] = []

    def meanwhile() -> None:
        world.wiki.edit("Schedule", world.page.replace("Bots for", "Robots for"), user=OWNER)
        plans.append(app.plan())

    world.wiki.before_save.append(meanwhile)
    world.tick()
    assert [notice.subject for notice in plans[0].notices.now] == ["robots-for-tea"]
    post_notices(plans[0], app.writer(plans[0].snapshot), world.board)
    assert world.told() == ["starts_soon"]


def test_process_that_is_done_lets_the_next_one_post_at_once() -> None:
    world, other = together()
    world.tick()
    also_ada(world)
    other.tick()
    assert (world.told(ADA), len(turns(world))) == (["starts_soon"], 1)


def test_page_that_somebody_changed_while_notices_were_posted_is_left_for_two_minutes() -> None:
    world, other = copies()
    other.tick()
    also_ada(world)
    world.wiki.edit(PAGE, "Nobody posts", user="Eve")
    done = world.tick()
    assert [held.why for held in done.results.held] == [
        f"[[{PAGE}]] was changed by Eve: the notices wait 120 seconds"
    ]
    world.wiki.now += SURE_AFTER
    world.tick()
    assert (posted(world), world.told(ADA)) == (1, ["starts_soon"])


def test_what_people_write_on_the_page_stays() -> None:
    world = World(SESSION, of=SOON)
    world.tick()
    text = world.wiki.text(PAGE) or ""
    world.wiki.edit(PAGE, f"Hello!\n\n{text}\n\nWhat is this? ~~~~", user="Eve")
    also_ada(world)
    world.wiki.now += SURE_AFTER
    world.tick()
    now = world.wiki.text(PAGE) or ""
    (own,) = [said for said in now.splitlines() if said.startswith("Copy")]
    assert (now.startswith("Hello!\n\nOne copy"), "What is this? " in now, world.told(ADA)) == (
        True,
        True,
        ["starts_soon"],
    )
    assert own == line(world, later=True, at=world.wiki.history(PAGE)[0].timestamp)


@pytest.mark.parametrize("how", ["no answer", "asked to end"])
def test_save_that_may_still_land_keeps_the_next_process_waiting(
    how: str,
) -> None:
    world, other = together()
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, late=True)
    if how == "asked to end":
        world.wiki.before_save.append(ended)
    plan = App(other.event, other.wiki, other.board, other.ledger).plan()
    with suppress(Stopped):
        world.tick()
    writer = App(other.event, other.wiki, other.board, other.ledger).writer(plan.snapshot)
    post_notices(plan, writer, other.board)
    why = (
        "another process with this ledger posts the notices of this event just now; try again in 120 seconds"
    )
    assert ([held.why for held in writer.results.held], posted(world)) == ([why], 0)


def ended() -> None:
    raise Stopped("asked to stop")


def test_turn_that_somebody_takes_back_each_time_is_left_after_some_tries() -> None:
    world = World(SESSION, of=SOON)
    undone: list[None] = []

    def undo(seconds: float) -> None:
        undone.append(None)
        world.wiki.now += timedelta(seconds=seconds)
        world.wiki.edit(PAGE, "Stop this", user="Eve")

    world.wiki.edit(PAGE, "Stop this", user="Eve")
    world.wiki.wait = undo  # type: ignore[method-assign]
    done = world.tick()
    assert len(undone) == SOON.limits.retries
    assert [held.why for held in done.results.held] == [
        f"somebody else takes the turn to post just now: see [[{PAGE}]]"
    ]


def test_clock_of_the_wiki_that_was_put_back_keeps_nobody_waiting_for_long() -> None:
    world = World(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    world.wiki.now -= timedelta(hours=1)
    world.wiki.edit("Schedule", world.page.replace("14:00", "13:00"), user=ADA)
    before = world.wiki.now
    done = world.tick()
    assert [held.why for held in done.results.held] == [
        f"[[{PAGE}]] was saved in the future: the wiki's clock has been put back"
    ]
    assert world.wiki.now - before == timedelta(seconds=10)


def test_line_that_stands_twice_names_nobody() -> None:
    world, other = copies()
    forged = f"{line(other, later=False)}\n\n{line(world, later=False)}"
    world.wiki.edit(PAGE, forged, user="Callboard")
    world.tick()
    assert (world.wiki.text(PAGE) or "").count("Copy <code>") == 1
    assert world.wiki.history(TALK)[0].timestamp - world.wiki.history(PAGE)[0].timestamp == SURE_AFTER


def test_reason_why_a_notice_is_held_stays_while_another_copy_posts() -> None:
    world, other = copies()
    world.wiki.protect(TALK)
    world.tick()
    (before,) = world.ledger.notices("tea")
    world.wiki.edit(PAGE, line(other, later=False), user="Callboard")
    world.wiki.now += HELD_FOR
    world.wiki.edit(PAGE, line(other, later=True), user="Callboard")
    world.tick()
    assert (before.state, world.ledger.notices("tea")) == ("held", (before,))


def test_slow_first_look_is_followed_by_a_shorter_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look of a run asks for the bot's own edits of a year, which a busy wiki may be slow to find."""
    world = World(SESSION, of=SOON)
    has_turn(world.wiki, world.ledger)
    read, looks = world.wiki.read, itertools.count()

    def slowly(titles: Iterable[str], **how: Any) -> Reading:
        lasts = (
            timedelta() if next(looks) == 1 else timedelta(seconds=30)
        )  # after the look of the tick itself
        monkeypatch.setattr(posting_turn, "SIGHT_LASTS", lasts)
        return read(titles, **how)

    world.wiki.read = slowly  # type: ignore[method-assign]
    world.tick()
    assert (posted(world), next(looks) > 2) == (1, True)


def test_page_that_keeps_bots_away_holds_the_notices_and_says_why() -> None:
    world = World(SESSION, of=SOON)
    world.wiki.edit(PAGE, "{{nobots}}", user="Eve")
    done = world.tick()
    why = (
        f"no notice is posted before [[{PAGE}]] says which copy of the bot posts: {{{{nobots}}}} keeps all bots away: take that"
        " off the page; to stop the bot there is the off switch"
    )
    assert ([held.why for held in done.results.held], posted(world)) == ([why], 0)
    assert [(entry.state, entry.why) for entry in world.ledger.notices("tea")] == [("held", why)]
    assert world.wiki.text(PAGE) == "{{nobots}}"


def test_notices_that_were_too_late_because_of_the_page_say_so() -> None:
    world = World(SESSION, of=SOON)
    world.wiki.edit(PAGE, "{{nobots}}", user="Eve")
    world.tick()
    world.wiki.now += timedelta(hours=2)
    world.tick()
    ((state, why),) = [(entry.state, entry.why) for entry in world.ledger.notices("tea")]
    assert (state, "too late" in why, "{{nobots}} keeps all bots away" in why) == ("skipped", True, True)


def test_summary_of_the_turn_says_whom_to_ask() -> None:
    world = World(SESSION, of=SOON)
    world.tick()
    (made,) = world.wiki.history(PAGE)
    assert (made.summary, made.minor) == (
        "Bot: names its copy that posts the notices ([[User:Callboard/About|what is this?]])",
        True,
    )
