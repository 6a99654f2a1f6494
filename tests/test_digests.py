"""What is due to one person together: one edit, each notice of it claimed, checked and recorded on its own."""

from datetime import timedelta

import pytest

from callboard.ledger import HELD_FOR
from callboard.notices.message import keys_in, marks
from callboard.ports import Saved
from tests.promises import LINKED, NOW, OWNER, SESSION, TALK, World, event, grid, has_turn, proposal

MILK = SESSION.replace("Bots for tea", "Milk")
MAPS = SESSION.replace("Bots for tea", "Maps")
THREE = (SESSION, MILK, MAPS)
AHEAD = [{"kind": "starts_soon", "lead": ["5h"]}]
SOON = event("starts_soon", notice=AHEAD, delivery={"grace": "0min", "per_day": 9})
ADA = "Ada Organiser"


def talk_saves(world: World, title: str = TALK) -> list[type]:
    return [type(outcome) for page, outcome in world.wiki.saves if page == title]


def keys(world: World, title: str = TALK) -> list[tuple[str, ...]]:
    """The keys of each of the bot's edits of a talk page, oldest first."""
    return [keys_in(made.summary) for made in world.wiki.history(title)[::-1] if made.user == "Callboard"]


def test_three_notices_are_three_topics_of_one_edit() -> None:
    world = World(*THREE, of=SOON)
    world.tick()
    text = world.wiki.text(TALK) or ""
    (told,) = keys(world)
    assert [key.split("/")[1] for key in told] == [
        f"bots-for-tea@{OWNER}", f"milk@{OWNER}", f"maps@{OWNER}",
    ]  # fmt: skip
    assert marks(text) == set(told)
    assert text.count("{{subst:Template:Callboard/notices/starts_soon|") == 3
    assert text.count(" (UTC)\n") + text.endswith("(UTC)") == 3  # a signature each
    assert [(entry.state, entry.revid) for entry in world.ledger.notices("tea")] == [
        ("sent", world.wiki.history(TALK)[0].revid)
    ] * 3
    assert world.saved() == []


def test_summary_begins_with_the_heading_of_the_most_urgent() -> None:
    world = World(*THREE, of=SOON)
    world.tick()
    summary = world.wiki.history(TALK)[0].summary
    assert summary.startswith("/* Tea Hackathon: Bots for tea starts soon */ [callboard:tea/bots-for-tea@")
    assert summary.endswith("] starts soon ([[User:Callboard/About|why?]])")
    assert len(summary) <= 500


def test_what_does_not_fit_into_one_summary_is_a_further_edit_of_the_same_tick() -> None:
    long = [
        SESSION.replace("Bots for tea", f"{name} {'long ' * 12}") for name in ("One", "Two", "Three", "Four")
    ]
    world = World(
        *long,
        of=SOON,
    )
    done = world.tick()
    told = keys(world)
    assert [len(edit) for edit in told] == [3, 1]
    assert talk_saves(world) == [Saved, Saved]
    assert len(marks(world.wiki.text(TALK) or "")) == 4
    assert [written.what for written in done.results.written if written.page == TALK] == [
        "notice starts_soon"
    ] * 2
    assert world.saved() == []


def test_one_notice_is_refused_for_its_kind_while_another_goes() -> None:
    world = World(LINKED, proposals=[proposal()])
    world.wiki.edit(TALK, "{{bots|optout=starts_soon}}", user=OWNER)
    world.tick()
    assert world.told() == ["scheduled"]
    assert list(world.held()) == ["starts_soon"]


def test_one_notice_is_held_for_its_template_while_another_goes() -> None:
    world = World(LINKED, proposals=[proposal()])
    world.wiki.edit("Template:Callboard/notices/scheduled", "== Buy ==", user="Vandal")
    world.tick()
    assert (world.told(), list(world.held())) == (["starts_soon"], ["scheduled"])


def test_digest_meets_a_conflict_and_is_put_below_what_came_meanwhile() -> None:
    world = World(*THREE, of=SOON)
    has_turn(world.wiki, world.ledger)
    world.wiki.before_save.append(lambda: world.wiki.edit(TALK, "== Hello ==\nHi.", user=ADA))
    world.tick()
    text = world.wiki.text(TALK) or ""
    assert (text.startswith("== Hello ==\nHi.\n\n{{subst:"), [len(edit) for edit in keys(world)]) == (
        True,
        [3],
    )


@pytest.mark.parametrize("database", ["kept", "lost"])
@pytest.mark.parametrize("carried_out", [True, False])
def test_digest_whose_answer_was_lost(database: str, carried_out: bool) -> None:
    world = World(*THREE, of=SOON)
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, carried_out=carried_out)
    world.tick()
    if database == "lost":
        world.lose_database()
    for _ in range(2):
        world.wiki.now += HELD_FOR
        world.tick()
    assert [len(edit) for edit in keys(world)] == [3]
    assert {entry.state for entry in world.ledger.notices("tea")} == {"sent"}


def test_what_became_due_while_others_were_posted_is_not_posted_too_late() -> None:
    """The first save takes an hour, so that the reminder of the second person comes too late."""
    world = World(f"{SESSION}<br />[[User:{ADA}]]", of=event("starts_soon"))
    has_turn(world.wiki, world.ledger)

    def slow() -> None:
        world.wiki.now += timedelta(hours=1)

    world.wiki.before_save.append(slow)
    world.tick()
    assert sorted([world.told(), world.told(ADA)]) == [[], ["starts_soon"]]
    assert world.held() == {"starts_soon": "too late: it was of use until 2021-05-22 14:00 UTC"}


def test_reason_for_which_a_notice_waited_until_it_was_too_late_stays_on_record() -> None:
    world = World(SESSION, of=event("starts_soon"))
    world.wiki.protect(TALK)
    world.tick()
    world.wiki.now = NOW + timedelta(hours=1)
    world.tick()
    why = world.held()["starts_soon"]
    assert why.startswith("too late: it was of use until 2021-05-22 14:00 UTC; before that: [[User talk:")
    assert "is protected" in why


def grown(world: World, cells: int) -> None:
    rows = [SESSION.replace("Bots for tea", f"Tea {n}").replace(OWNER, f"Person {n}") for n in range(cells)]
    text = grid(*rows)
    for hour in range(15, 14 + cells):
        text = text.replace(f"| {hour}:00", "| 14:00")
    world.wiki.edit("Schedule", text)
    for n in range(cells):
        world.wiki.add_user(f"Person {n}")
        world.wiki.edit(f"User talk:Person {n}", "== Welcome ==\nHello.", user=ADA)


@pytest.mark.parametrize(
    ("people", "seconds", "looks"),
    [
        (20, 0, 1),  # all of them within the first batch
        (60, 0, 2),  # fast: 20, then all that are left
        (60, 1, 3),  # a second an edit: 20 each time
        (12, 10, 6),  # ten seconds: two before the next look
    ],
)
def test_people_in_a_batch_are_as_many_as_the_wiki_is_fast(people: int, seconds: int, looks: int) -> None:
    world = World(of=event("starts_soon", limits={"notices": 100}))
    grown(world, people)
    has_turn(world.wiki, world.ledger)

    def slow() -> None:
        world.wiki.now += timedelta(seconds=seconds)

    world.wiki.before_save += [slow] * people
    before = world.wiki.requests
    world.tick()
    saves = [page for page, _ in world.wiki.saves if page.startswith("User talk:")]
    assert len(saves) == people
    # Besides looks and saves: the tick's own look, the schedule's history, accounts, the same fresh, the last look at the
    # template; look and save of the report.
    assert world.wiki.requests - before == people + looks + 7


def test_save_that_lands_after_it_was_given_up_is_on_record_as_sent() -> None:
    world = World(SESSION, of=event("starts_soon"))
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, late=True)
    world.tick()
    world.wiki.now = NOW + timedelta(hours=1)
    world.tick()
    waited = "no answer to the save (no answer to the save); whether it landed is looked up before it is tried again"
    assert world.held() == {
        "starts_soon": f"too late: it was of use until 2021-05-22 14:00 UTC; before that: {waited}"
    }
    world.wiki.land()
    world.tick()
    assert (world.held(), [entry.state for entry in world.ledger.notices("tea")]) == ({}, ["sent"])
