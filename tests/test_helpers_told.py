"""The promises for what helpers are told: once whatever happens, never because of an accident, stopped by whom it concerns."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard import jobs
from callboard.config import Event
from callboard.config_delivery import Delivery
from callboard.errors import ConfigError, Stopped
from callboard.ledger import HELD_FOR
from callboard.notices.message import keys_in, marks
from callboard.posting_turn import SURE_AFTER
from tests.mortal import killed_tick
from tests.promises import FREE, NOW, OWNER, World, event, grid, has_turn

ADA, TALK = "Ada Organiser", "User talk:Ada Organiser"
LIST_TALK = "Talk:Helpers"
UNCLEAR = "== Facilitation ==\n* [[User:Ada Organiser|Ada]] (07:00 PM to 12:30 PM UTC)\n* [[User:Marta Mentor|Marta]]\n"
CLEAR = UNCLEAR.replace("07:00 PM to 12:30 PM UTC", "14:00–20:00 UTC on Saturday")
TEA = f"'''Bots for tea'''<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: [[User:{ADA}|Ada]]"
OPEN = f"'''Bots for tea'''<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: (your username)"
MILK = "'''Bots for milk'''<br />[[User:Bo]]"
HOUR = timedelta(hours=1)


def of(*kinds: str, **rules: object) -> Event:
    """The event with these kinds; a rule's settings by its kind."""
    notices = [{"kind": kind, **cast("dict[str, object]", rules.get(kind, {}))} for kind in kinds]
    need = [{"facilitators": 1}]
    return event(notice=notices, need=need, board=[])


CHANGES = of("shift_changed", "shift_cancelled")
IN_QUIET = CHANGES.model_copy(update={"delivery": Delivery()})  # with a grace time of 15 minutes
NEEDED = of("facilitator_needed", facilitator_needed={"roles": ["Facilitation"], "talk_page": LIST_TALK})


def unclear() -> World:
    """Ada wrote hours that nobody understands."""
    return World(FREE, of=of("hours_unclear"), helpers=UNCLEAR)


def changed() -> World:
    """Ada's session has moved since the bot saw it first."""
    world = World(FREE, FREE, TEA, MILK, of=CHANGES)
    world.tick()
    world.wiki.edit("Schedule", grid(FREE, FREE, FREE, MILK, TEA))
    return world


def cancelled() -> World:
    """Ada's session has gone since the bot saw it first, and was missed for a while."""
    world = World(FREE, FREE, FREE, TEA, MILK, of=IN_QUIET)
    world.wiki.now += timedelta(minutes=20)
    world.tick()
    world.wiki.edit("Schedule", grid(FREE, FREE, FREE, FREE, MILK))
    world.tick()
    world.wiki.now += timedelta(minutes=20)
    return world


def needed() -> World:
    """Ada is free when a session lacks a facilitator."""
    return World(FREE, OPEN, of=NEEDED, helpers=CLEAR)


def shift() -> World:
    """Ada facilitates soon."""
    return World(TEA, of=of("shift_starts_soon"))


def slot() -> World:
    """Ada stands in a table of shifts, for two hours in a row."""
    watch = "[[User:Ada Organiser|Ada]]"
    table = grid(watch, watch).replace("Hacking room 1", "Chat watch").replace(":00 ||", ":00 UTC ||")
    return World(FREE, of=of("shift_starts_soon"), helpers=table)


def meeting() -> World:
    """The helpers meet soon."""
    at = {"meeting": {"start": NOW + HOUR / 2}, "roles": ["Facilitation"]}
    return World(FREE, of=of("helpers_meeting", helpers_meeting=at), helpers=CLEAR)


def hostile() -> World:
    """Ada facilitates something with a title that would like to be more than text."""
    title = "Bots for <nowiki>|x=}} ~~~~ [[Category:Mine]] [[User:Victim]] --></nowiki>"
    return World(TEA.replace("Bots for tea", title), of=of("shift_starts_soon"))


def thanks() -> World:
    """The event is over."""
    world = World(FREE, of=jobs.thank_helpers(of("thanks")), helpers=CLEAR)
    world.wiki.now += 24 * HOUR
    return world


WORLDS: dict[str, Callable[[], World]] = {
    "hours_unclear": unclear,
    "shift_changed": changed,
    "shift_cancelled": cancelled,
    "facilitator_needed": needed,
    "shift_starts_soon": shift,
    "helpers_meeting": meeting,
    "thanks": thanks,
}


def archive(world: World) -> None:
    """What an archive bot does."""
    if world.wiki.text(TALK):
        world.wiki.edit(TALK, "", user="ArchiveBot")


def lose(world: World) -> None:
    world.lose_database()


def both(world: World) -> None:
    world.lose_database()
    archive(world)


# --- 1, 4, 8: once ---


def test_slots_of_a_table_are_one_reminder() -> None:
    world = slot()
    world.tick()
    world.tick()
    assert world.told(ADA) == ["shift_starts_soon"]
    assert "|when=Saturday, 22 May 2021, 14:00–16:00 (UTC)}}" in (world.wiki.text(TALK) or "")


def test_hostile_title_stays_text() -> None:
    world = hostile()
    world.tick()
    text = world.wiki.text(TALK) or ""
    assert world.told(ADA) == ["shift_starts_soon"]
    outside = re.sub(r"\[\[User(?: talk)?:Callboard\|\w+\]\]", "", text)
    assert [found for found in ("[[", "]]", "~~~") if found in outside] == []
    assert (outside.count("{{"), outside.count("}}"), outside.count("<!--")) == (1, 1, 1)


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("between", [archive, lose, both], ids=["archived", "database lost", "both"])
def test_helper_is_told_once(kind: str, between: Callable[[World], None]) -> None:
    world = WORLDS[kind]()
    world.tick()
    assert world.told(ADA) == [kind]
    for _ in range(3):
        between(world)
        assert [title for title in world.saved() if title != "Report"] == []
    assert world.told(ADA) == [kind]


@pytest.mark.parametrize("kind", WORLDS)
def test_second_run_right_after_the_first_writes_nothing(kind: str) -> None:
    world = WORLDS[kind]()
    world.tick()
    assert world.saved() == []


def _killed(world: World, dies_before: int) -> int:
    """The steps of a tick that dies before one of them."""
    steps = killed_tick(world.event, world.wiki, world.ledger, dies_before)
    world.wiki.now += timedelta(seconds=10)
    return steps


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_killed_at_every_step(kind: str, database: str) -> None:
    steps = _killed(WORLDS[kind](), 0)
    assert steps > 8
    for dies_before in range(1, steps + 1):
        world = WORLDS[kind]()
        _killed(world, dies_before)
        if database == "lost":
            world.lose_database()
        world.tick()
        world.wiki.now += timedelta(minutes=20)
        world.tick()
        assert world.told(ADA) == [kind], f"died before step {dies_before}"


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("before", [1, 2])
def test_two_bots_at_once_tell_once(kind: str, before: int) -> None:
    world = WORLDS[kind]()

    def other() -> None:
        theirs = WORLDS[kind]()
        theirs.wiki = world.wiki
        theirs.event = world.event
        theirs.tick()

    world.wiki.before_save += [lambda: None] * (before - 1)
    world.wiki.before_save.append(other)
    world.tick()
    world.tick()
    assert world.told(ADA) == [kind]


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("carried_out", [True, False])
def test_lost_answer_is_looked_up(kind: str, carried_out: bool) -> None:
    world = WORLDS[kind]()
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, carried_out=carried_out)
    for _ in range(3):
        world.tick()
        world.wiki.now += HELD_FOR
    assert world.told(ADA) == [kind]


# --- after the loss of a database the report page and the notices themselves tell what was known ---


def test_move_during_the_loss_of_a_database_is_told() -> None:
    world = changed()
    world.lose_database()
    world.tick()
    world.tick()
    assert world.told(ADA) == ["shift_changed"]
    world.lose_database()
    world.wiki.now += SURE_AFTER
    world.wiki.edit("Schedule", grid(FREE, FREE, TEA, MILK))
    world.tick()
    world.tick()
    assert world.told(ADA) == ["shift_changed", "shift_changed"]


def test_session_that_goes_during_the_loss_of_a_database_is_told() -> None:
    world = World(FREE, FREE, FREE, TEA, MILK, of=IN_QUIET)
    world.wiki.now += timedelta(minutes=20)
    world.tick()
    world.lose_database()
    world.wiki.edit("Schedule", grid(FREE, FREE, FREE, FREE, MILK))
    world.tick()
    assert world.told(ADA) == []
    world.wiki.now += timedelta(minutes=20)
    world.tick()
    assert world.told(ADA) == ["shift_cancelled"]


def test_what_others_write_into_the_report_page_tells_nothing() -> None:
    world = World(FREE, FREE, TEA, MILK, of=CHANGES)
    world.tick()
    forged = world.report.replace("16%3A00", "20%3A00").replace("T16:00", "T20:00")
    assert forged != world.report
    world.wiki.edit("Report", forged, user="Vandal")
    world.lose_database()
    world.tick()
    assert world.told(ADA) == []


def test_second_bot_that_was_away_repeats_no_move() -> None:
    """Two copies on two machines with two ledgers; each numbers what it tells."""
    world = World(FREE, FREE, FREE, TEA, MILK, of=CHANGES)
    world.tick()
    other = World(FREE, of=CHANGES)
    other.wiki = world.wiki
    other.tick()
    for hour in (1, 0):  # only the first of them runs
        world.wiki.edit("Schedule", grid(*[FREE] * hour, TEA, *[FREE] * (4 - hour), MILK))
        world.wiki.now += timedelta(minutes=20)
        world.tick()
    for copy in (other, world, other):
        world.wiki.now += timedelta(minutes=20)
        copy.tick()
    assert world.told(ADA) == ["shift_changed", "shift_changed"]


# --- 6: accidents ---


@pytest.mark.parametrize(
    "accident",
    [
        "",
        "Vandal was here.",
        "#REDIRECT [[Elsewhere]]",
        grid(FREE, FREE, FREE, FREE, FREE),
        grid(FREE, FREE, FREE, FREE, FREE).replace("{|", "<!-- {|"),
    ],
    ids=["emptied", "overwritten", "redirect", "all sessions out", "in a comment"],
)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_accident_on_the_schedule_cancels_nothing(accident: str, database: str) -> None:
    others = [TEA.replace("tea", drink) for drink in ("milk", "beer", "juice")]
    world = World(TEA, *others, of=of("shift_changed", "shift_cancelled"))
    world.tick()
    world.wiki.edit("Schedule", accident, user="Vandal")
    if database == "lost":
        world.lose_database()
    for _ in range(3):
        world.tick()
        world.wiki.now += timedelta(minutes=10)
    assert world.told(ADA) == []


def test_many_sessions_gone_at_once_wait_for_a_person() -> None:
    titles = [f"'''Talk {n}'''<br />facilitation: [[User:{ADA}|Ada]]" for n in range(8)]
    careful = CHANGES.model_copy(update={"limits": CHANGES.limits.model_copy(update={"cancelled": 2})})
    world = World(*titles, of=careful)
    world.tick()
    world.wiki.edit("Schedule", grid(*titles[:3], FREE, FREE, *titles[5:7], FREE), user="Vandal")
    world.tick()
    world.wiki.now += timedelta(minutes=20)
    done = world.tick()
    assert world.told(ADA) == []
    (brake,) = done.plan.brakes
    assert brake == (
        "people would be told that 3 sessions are cancelled, more than 2 (limits.cancelled); "
        "put back what was taken out by mistake, or confirm with -confirm"
    )
    world.wiki.edit("Schedule", grid(*titles))
    world.tick()
    assert world.told(ADA) == []


@pytest.mark.parametrize("accident", ["", "Vandal was here.", "#REDIRECT [[Elsewhere]]"])
def test_accident_on_the_list_asks_nobody_to_facilitate(accident: str) -> None:
    world = World(FREE, OPEN, of=NEEDED, helpers=CLEAR)
    world.wiki.edit("Helpers", accident, user="Vandal")
    world.tick()
    assert world.told(ADA) == []


# --- what happens between the look and the save ---


def test_answer_in_the_last_second_is_heard() -> None:
    world = World(FREE, of=of("hours_unclear"), helpers=UNCLEAR)
    asked = 0

    def answers(titles: object, **more: object) -> object:
        nonlocal asked
        asked += 1
        if asked == 2:  # the look right before the save
            world.wiki.edit("Helpers", CLEAR, user=ADA)
        return read(titles, **more)  # type: ignore[arg-type]

    read = world.wiki.read
    world.wiki.read = answers  # type: ignore[method-assign, assignment]
    world.tick()
    assert (asked >= 2, world.told(ADA)) == (True, [])


# --- 7: who can stop it ---


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("said", ["{{nobots}}", "{{bots|optout=callboard}}", "{{bots|optout=%s}}"])
def test_person_who_opted_out_is_not_told(kind: str, said: str) -> None:
    world = WORLDS[kind]()
    world.wiki.edit(TALK, said.replace("%s", kind), user=ADA)
    world.tick()
    assert (world.told(ADA), list(world.held())) == ([], [kind])


@pytest.mark.parametrize("kind", WORLDS)
def test_off_switch_stops_it(kind: str) -> None:
    world = WORLDS[kind]()
    world.wiki.edit("User:Callboard/run", "stop")
    with pytest.raises(Stopped):
        world.tick()
    assert world.told(ADA) == []


# --- the helpers' talk page ---


def on_list(world: World) -> list[str]:
    """The keys of the notices that the bot ever put on the helpers' talk page."""
    made = world.wiki.history(LIST_TALK) if world.wiki.text(LIST_TALK) is not None else []
    return [key for edit in made if edit.user == "Callboard" for key in keys_in(edit.summary)]


def test_talk_page_of_the_list_is_told_once() -> None:
    world = needed()
    key = "tea/facilitators@Talk:Helpers/facilitator_needed/2021-05-22"
    for _ in range(3):
        world.tick()
        assert on_list(world) == [key]
        world.lose_database()
    assert marks(world.wiki.text(LIST_TALK) or "") == {key}
    assert "[[Talk:Helpers|Talk:Helpers]]" in world.report


@pytest.mark.parametrize("said", ["{{nobots}}", "#REDIRECT [[Talk:Schedule]]"])
def test_talk_page_of_the_list_can_refuse(said: str) -> None:
    world = needed()
    world.wiki.edit(LIST_TALK, said, user=ADA)
    done = world.tick()
    assert on_list(world) == []
    assert [held.page for held in done.results.held] == [LIST_TALK]
    assert world.told(ADA) == ["facilitator_needed"]


# --- thanks ---


def test_thanks_wait_for_a_person() -> None:
    world = World(FREE, of=of("thanks"), helpers=CLEAR)
    world.wiki.now += 24 * HOUR
    world.tick()
    assert (world.told(ADA), world.told(OWNER)) == ([], [])


def test_thanks_go_to_who_helps_and_neither_to_who_withdrew_nor_to_who_only_comes() -> None:
    helpers = (
        "== Desk ==\n* [[User:Ada Organiser|Ada]]\n* [[User:Marta Mentor|Marta]] (withdrawn)\n"
        "== I am coming ==\n; Yes\n* [[User:Bo]]\n; No\n* [[User:Cyd]]\n"
    )
    world = World(FREE, of=jobs.thank_helpers(of("thanks")), helpers=helpers)
    for name in ("Bo", "Cyd"):
        world.wiki.add_user(name)
    world.wiki.now += 24 * HOUR
    world.tick()
    told = {name: world.told(name) for name in (ADA, OWNER, "Bo", "Cyd")}
    assert told == {ADA: ["thanks"], OWNER: [], "Bo": [], "Cyd": []}


def test_thanks_that_the_event_file_switches_off() -> None:
    with pytest.raises(ConfigError, match=r"^tea: notice.thanks: enabled = false; nobody is thanked$"):
        jobs.thank_helpers(of("thanks", thanks={"enabled": False}))


def test_thanks_need_no_line_in_the_event_file_and_keep_its_settings() -> None:
    assert [rule.roles for rule in jobs.thank_helpers(of()).notice] == [()]
    named = of("thanks", thanks={"roles": ["Facilitation"]})
    assert [rule.roles for rule in jobs.thank_helpers(named).notice] == [("Facilitation",)]


# --- a day in which everything happens ---

STEP = st.one_of(
    st.tuples(st.just("stands at"), st.integers(0, 4)),
    st.tuples(st.just("gone"), st.just(0)),
    st.tuples(st.just("page emptied"), st.just(0)),
    st.tuples(st.just("dies"), st.integers(1, 20)),
    st.tuples(st.just("database lost"), st.just(0)),
    st.tuples(st.just("archived"), st.just(0)),
    st.tuples(st.just("answer lost"), st.booleans()),
    st.tuples(st.just("tick"), st.just(0)),
)


def _page(at: int | None) -> str:
    """The schedule with Ada's session in one of five slots, or in none; the other session stays."""
    return grid(FREE, FREE, *[TEA if slot == at else FREE for slot in range(5)], MILK)


def _do(world: World, what: str, arg: int) -> None:
    if what in {"stands at", "gone"}:
        world.wiki.edit("Schedule", _page(arg if what == "stands at" else None), user=OWNER)
    elif what == "page emptied":
        world.wiki.edit("Schedule", "", user="Vandal")
    elif what == "dies":
        _killed(world, arg)
    elif what == "database lost":
        world.lose_database()
    elif what == "archived":
        archive(world)
    elif what == "answer lost":
        world.wiki.lose_answers(1, carried_out=bool(arg))
        world.tick()
    else:
        world.tick()


@given(st.lists(STEP, max_size=7), st.integers(0, 5))
@settings(max_examples=15, deadline=None)
def test_facilitator_always_knows_in_the_end_and_hears_nothing_twice(
    steps: list[tuple[str, int]], last: int
) -> None:
    """The session wanders, goes and comes back, the bot dies, forgets and hears no answers; then there are quiet ticks."""
    world = World(FREE, FREE, TEA, FREE, FREE, FREE, FREE, MILK, of=CHANGES)
    world.tick()
    for what, arg in steps:
        _do(world, what, arg)
    world.wiki.edit("Schedule", _page(last if last < 5 else None), user=OWNER)
    for _ in range(10):  # some answers may get lost still
        world.tick()
        world.wiki.now += timedelta(minutes=6)
    made = world.wiki.history(TALK)[::-1] if world.wiki.text(TALK) is not None else []
    keys = [key for edit in made for key in keys_in(edit.summary)]
    assert len(keys) == len(set(keys))
    kind, occasion = keys[-1].split("/")[2:] if keys else ("shift_changed", "0 2021-05-22T16:00Z")
    if last < 5:
        assert (kind, occasion.split(" ")[1]) == ("shift_changed", f"2021-05-22T{16 + last}:00Z")
    else:
        assert kind == "shift_cancelled"
