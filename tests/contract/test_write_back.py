"""Whole ticks against the development server: what is written on tasks is written once, whatever happens."""

import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from rich.console import Console

from callboard.app import exit_code
from callboard.errors import Stopped
from callboard.ledger import TASK_HELD_FOR
from callboard.proposals.markers import kind_of, marker_in
from callboard.terminal import show_plan, show_results
from dev.conduit import FAULTS

from .writing_stage import (
    BOT,
    LEA,
    MARTA,
    ONE,
    START,
    TEN_MINUTES,
    TWO,
    WHOLE,
    World,
    event,
    new_ledger,
    row,
    schedule,
)

DAY = timedelta(days=1)
CARRIED_OUT = ("lost answer", "half answer")


@pytest.fixture
def world() -> Iterator[World]:
    with World() as made:
        yield made


def kinds(world: World, task: str = ONE) -> list[str]:
    """What the bot's comments on a task are about, oldest first."""
    return [kind_of(marker_in(text)) for text in world.comments(task)]


# --- what is written ---


def test_slot_and_move_are_one_edit_made_once(world: World) -> None:
    done = world.tick()
    assert [(one.task, one.what) for one in done.results.on_tasks] == [(ONE, "comment (slot), card moved")]
    assert len({made.group for made in world.own()}) == 1
    assert [made.type for made in world.own()] == ["core:columns", "comment"]
    assert world.column() == "Scheduled"
    (text,) = world.comments()
    assert text.startswith(
        "This session is in the schedule: Saturday, 22 May 2021, 14:00 (UTC), Room 1 "
        "(see it [[ https://callboard.invalid/wiki/Schedule#Saturday_22_May | on the wiki ]], "
        "[[ https://zonestamp.toolforge.org/1621692000 | in your time zone ]])."
    )
    last = text.splitlines()[-1]
    assert last == (
        f"[[ https://callboard.invalid/wiki/User:Callboard/About#callboard-{marker_in(text)} | Why this comment? ]]"
    )


def test_second_run_sends_nothing_and_idle_polls_stay_one_request(world: World) -> None:
    world.tick()
    costs = [world.tick().board_requests for _ in range(3)]
    assert (world.edits(), costs[1:]) == (1, [1, 1])


def test_dry_run_shows_it_and_writes_nothing(world: World) -> None:
    plan = world.tick(apply=False).plan
    assert [(one.task, one.kind, bool(one.column)) for one in plan.board_changes] == [(ONE, "slot", True)]
    assert not plan.empty
    assert (world.edits(), world.comments(), world.column()) == (0, [], "Proposals")


def test_terminal_shows_each_comment_word_for_word_and_what_came_of_it(world: World) -> None:
    plan = world.tick(apply=False).plan
    done = world.tick().results
    console = Console(file=io.StringIO(), width=100)
    show_plan(console, plan)
    show_results(console, done)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    first = "T900001: comment (slot), card to “Scheduled”; scheduled: Sat 22 May 14:00 UTC, Room 1"
    at = lines.index(first)
    told = world.comments()[0].splitlines()
    assert lines[at + 1 : at + 1 + len(told)] == [f"+{line}" for line in told]
    assert lines[-1] == f"wrote T900001: comment (slot), card moved ({world.own()[-1].phid})"


def test_moved_and_moved_back_is_told_each_time(world: World) -> None:
    world.tick()
    world.write(schedule("", row()))
    world.tick()
    world.tick()
    world.write(schedule(row()))
    world.tick()
    world.tick()
    texts = world.comments()
    assert [re.findall(r"\d\d:\d\d", text)[0] for text in texts] == ["14:00", "15:00", "14:00"]
    assert [text.split(":")[0] for text in texts] == [
        "This session is in the schedule",
        *["This session was moved in the schedule. It is now"] * 2,
    ]
    assert len({marker_in(text) for text in texts}) == 3


def test_missing_fields_are_asked_for_once_a_set(world: World) -> None:
    """A set with a field that was never asked for is a new one; what is left of an old one is not."""
    world.write(schedule(""))
    world.board.create_task("Session: Maps", MARTA, project="tea", number=900002)
    world.tick()
    assert world.comments(TWO) == [], "people mend a new task right away"
    for _ in range(3):
        world.tick()
    world.board.describe(TWO, MARTA, "Format: Workshop")
    world.tick()
    world.board.describe(TWO, MARTA, WHOLE)
    world.tick()
    world.board.describe(TWO, MARTA, "")
    world.tick()
    assert kinds(world, TWO) == ["missing"]
    assert "\n- Format\n- Description\n" in world.comments(TWO)[0]


def test_field_never_asked_for_is_asked_for() -> None:
    with World(schedule("")) as world:
        world.board.create_task(
            "Session: Maps", MARTA, project="tea", number=900002, description="Format: Workshop"
        )
        for _ in range(3):
            world.tick()
        world.board.describe(TWO, MARTA, "Description: Maps.")
        for _ in range(3):
            world.tick()
        assert kinds(world, TWO) == ["missing", "missing"]
        assert ["- Format" in text for text in world.comments(TWO)] == [False, True]


def test_notes_are_asked_for_a_day_later_on_a_resolved_task_too(world: World) -> None:
    world.tick()
    world.board.set_status(ONE, LEA, "resolved")
    world.wiki.now += DAY
    world.tick()
    assert kinds(world) == ["slot"], "not yet"
    world.wiki.now += 2 * DAY
    for _ in range(3):
        world.tick()
    assert kinds(world) == ["slot", "afterwards"]
    assert world.task().status == "resolved"


@pytest.mark.parametrize("off", [{"slot": False}, {"column": ""}, {"slot": False, "column": ""}])
def test_each_is_switched_on_by_itself(off: dict[str, Any]) -> None:
    with World(of=event(**off)) as world:
        world.tick()
        world.tick()
        assert kinds(world) == ([] if "slot" in off else ["slot"])
        assert world.column() == ("Proposals" if "column" in off else "Scheduled")
        assert world.edits() == (0 if len(off) == 2 else 1)


def test_card_moved_on_keeps_the_yes_that_its_column_was() -> None:
    """The team's yes is the move to Approved; the bot's own move on to Scheduled neither ends it nor makes it another card."""
    signs = {
        "acknowledged_by": ["column"],
        "columns": ["Approved"],
        "sessions": {"columns": ["Proposals", "Approved"]},
    }
    with World(of=event(board=signs)) as world:
        world.board.move(ONE, LEA, "Approved")
        for database in ("kept", "kept", "lost", "kept"):
            if database == "lost":
                world.ledger = new_ledger()
            tick = world.tick()
        assert (world.column(), world.edits()) == ("Scheduled", 1)
        assert [(one.state, one.proposal.acknowledged is not None) for one in tick.plan.states] == [
            ("scheduled", True)
        ]


def test_card_that_the_bot_moved_keeps_its_yes_when_moving_is_switched_off() -> None:
    """The event's column for scheduled cards may be taken out, or be another one, while cards lie there."""
    signs = {"acknowledged_by": ["column"], "columns": ["Approved"]}
    with World(of=event(board=signs)) as world:
        world.board.move(ONE, LEA, "Approved")
        world.tick()
        world.event = event(board=signs, column="")
        (stands,) = world.tick().plan.states
        assert (world.column(), stands.state, stands.proposal.withdrawn) == ("Scheduled", "scheduled", None)
        assert stands.proposal.acknowledged is not None
        world.board.move(ONE, LEA, "Proposals")
        (stands,) = world.tick().plan.states
        assert stands.proposal.acknowledged is None


def test_praise_for_a_project_is_no_yes_to_a_session() -> None:
    """Its owner is not told to choose a slot, no row is linked to it, nothing is written there."""
    with World(of=event(board={"projects": {"titles": ["Session: Bots"]}})) as world:
        plan = world.tick().plan
        card = (plan.snapshot.proposals or {})[ONE]
        assert (card.kind, card.acknowledged, card.withdrawn) == ("project", None, None)
        assert [sign.verdict for sign in card.signs] == ["yes"]
        assert (plan.states, world.edits()) == ((), 0)


def test_each_of_two_boards_has_its_own_columns() -> None:
    """Both have a column of that name: no card gets onto the other board."""
    of = event()
    both = (of.board[0], of.board[0].model_copy(update={"project": "other"}))
    with World(
        schedule(row(), row(TWO, "Talk 2")), tasks=2, of=of.model_copy(update={"board": both})
    ) as world:
        world.board.untag(TWO, LEA, "tea")
        world.board.tag(TWO, LEA, "other")
        for _ in range(3):
            world.tick()
        tea, other = (world.board.project(slug) for slug in ("tea", "other"))
        assert [world.task(task).projects for task in (ONE, TWO)] == [[tea.phid], [other.phid]]
        assert [world.task(ONE).columns[tea.phid], world.task(TWO).columns[other.phid]] == [
            column.phid for board in (tea, other) for column in board.columns if column.name == "Scheduled"
        ]
        assert (kinds(world), kinds(world, TWO), world.edits()) == (["slot"], ["slot"], 2)


# --- what is not written ---


def test_nothing_without_a_yes_on_closed_hidden_or_foreign_tasks() -> None:
    with World(schedule(*(row(f"T90000{n}", f"Talk {n}") for n in range(1, 6))), tasks=5) as world:
        world.board.comment(ONE, LEA, "Acknowledgement withdrawn")
        world.board.set_status(TWO, LEA, "declined")
        world.board.hide("T900003", LEA)
        world.board.untag("T900004", LEA, "tea")
        world.tick()
        assert [
            request.params["objectIdentifier"]
            for request in world.server.requests
            if request.method == "maniphest.edit"
        ] == [world.task("T900005").phid]


def test_two_rows_of_one_task_are_told_only_if_it_repeats() -> None:
    page = schedule(row(), row())
    with World(page) as world:
        world.tick()
        assert world.edits() == 0
    repeats = event()
    repeats = repeats.model_copy(update={"event": repeats.event.model_copy(update={"repeats": (ONE,)})})
    with World(page, of=repeats) as world:
        world.tick()
        world.tick()
        assert kinds(world) == ["slot"]
        assert re.findall(r"^- .*?(\d\d:\d\d)", world.comments()[0], re.MULTILINE) == ["14:00", "15:00"]


def test_a_page_on_hold_makes_nobody_write(world: World) -> None:
    world.tick()
    world.write("")
    world.tick()
    world.write(schedule("", row()).replace("{|", "{{{|"))
    world.tick()
    assert kinds(world) == ["slot"]


def test_off_switch_stops_it_between_plan_and_edit(world: World) -> None:
    look = world.wiki.read
    asked: list[object] = []

    def read(*args: object, **options: object) -> object:
        asked.append(args)
        if len(asked) == 2:  # the look right before the edit
            world.wiki.edit("User:Callboard/run", "stop", user="Marta Mentor")
        return look(*args, **options)  # type: ignore[arg-type]

    world.wiki.read = read  # type: ignore[method-assign, assignment]
    with pytest.raises(Stopped):
        world.tick()
    assert world.edits() == 0


def test_brake_stops_a_bot_that_is_first_switched_on_in_mid_event() -> None:
    """What is over is not told at all, what lies ahead only once a person has confirmed it."""
    page = schedule(*(row(f"T9000{n:02}", f"Talk {n}") for n in range(1, 9)))
    with World(page, tasks=8, of=event(limits={"board_changes": 3})) as world:
        world.wiki.now += timedelta(days=1, hours=4, minutes=30)  # 16:30 on the day: three have begun
        tick = world.tick()
        assert [held.why.split(",")[0] for held in tick.results.held] == [
            "5 tasks would get a comment or move"
        ]
        assert world.edits() == 0
        world.tick(confirmed=True)
        world.tick()
        written = [n for n in range(1, 9) if world.comments(f"T9000{n:02}")]
        assert (written, world.edits()) == ([4, 5, 6, 7, 8], 5)


def test_anybody_may_file_many_tasks_and_all_else_goes_on() -> None:
    """The brake for tasks holds what would be written there, and neither the pages nor their notices."""
    with World(of=event(limits={"board_changes": 3})) as world:
        world.tick()
        for number in range(4):
            world.board.create_task(f"Session: Nothing {number}", "joker", project="tea", column="Proposals")
        world.wiki.now += timedelta(hours=1)
        world.write(schedule(f"{row()}<br />Facilitation : Marta Mentor"))
        edits = world.edits()
        tick = world.tick()
        assert world.edits() == edits
        assert [done.what for done in tick.results.written] == ["tidied"]
        (held,) = tick.results.held
        assert (held.what, held.why.split(" (")[0]) == (
            "writing on tasks",
            "4 tasks would get a comment or move, more than 3",
        )
        assert (tick.plan.brakes, exit_code(tick)) == ((), 1)
        world.tick(confirmed=True)
        assert world.edits() == edits + 4


def test_many_are_written_in_batches_with_two_or_three_requests_each() -> None:
    page = schedule(*(row(f"T9000{n:02}", f"Talk {n}") for n in range(1, 10)))
    tasks = 24
    many = page + "".join(
        schedule(
            *(row(f"T9000{n:02}", f"Talk {n}") for n in range(first, min(first + 9, tasks + 1))),
            day=f"Saturday 22 May {first}",
        )
        for first in (10, 19)
    )
    with World(many, tasks=tasks, of=event(limits={"board_changes": 50})) as world:
        world.tick(apply=False)
        before = len(world.server.requests)
        world.tick()
        methods = Counter(request.method for request in world.server.requests[before:])
        assert methods["maniphest.edit"] == tasks
        assert sum(methods.values()) - tasks <= 3 * 3 + 3


# --- people win ---


def test_card_that_people_move_back_stays(world: World) -> None:
    world.tick()
    world.board.move(ONE, LEA, "Approved")
    world.write(schedule("", row()))
    for _ in range(3):
        world.tick()
    assert (world.column(), kinds(world)) == ("Approved", ["slot", "slot"])
    world.ledger = new_ledger()
    world.tick()
    assert world.column() == "Approved"


def test_nothing_more_is_written_where_people_removed_a_comment(world: World) -> None:
    world.tick()
    (made,) = [made for made in world.own() if made.comments]
    world.board.remove_comment(made, LEA)
    world.write(schedule("", row()))
    for database in ("kept", "kept", "lost"):
        if database == "lost":
            world.ledger = new_ledger()
        world.tick()
    assert world.edits() == 1


def test_comment_that_people_edited_is_known_all_the_same(world: World) -> None:
    world.tick()
    (made,) = [made for made in world.own() if made.comments]
    world.board.edit_comment(made, LEA, "It is at 14:00.")
    world.ledger = new_ledger()
    for _ in range(3):
        world.tick()
    assert world.edits() == 1


def test_yes_withdrawn_since_the_poll_is_heeded(world: World) -> None:
    world.tick(apply=False)
    said: list[object] = []
    world.before["maniphest.gettasktransactions"] = lambda: said.append(
        world.board.comment(ONE, LEA, "Acknowledgement withdrawn")
    )
    plan = world.tick().plan
    assert (len(said), len(plan.board_changes), world.edits()) == (1, 1, 0)


def test_page_emptied_since_the_plan_makes_nobody_write(world: World) -> None:
    world.before["maniphest.search"] = lambda: world.wiki.edit("Schedule", "Gone.", user="Marta Mentor")
    plan = world.tick().plan
    assert (len(plan.board_changes), world.edits()) == (1, 0)


# --- misfortune ---


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_answer_that_does_not_come(world: World, fault: str, database: str) -> None:
    world.fail_edit(fault)
    results = world.tick().results
    assert (len(results.failed), len(results.on_tasks)) == (1, 0)
    if database == "lost":
        world.ledger = new_ledger()
    for _ in range(3):
        world.tick()
    assert (kinds(world), world.column()) == (["slot"], "Scheduled")
    assert world.edits() == (1 if fault in CARRIED_OUT else 2)


def test_edit_that_may_still_land_is_not_repeated_at_once(world: World) -> None:
    world.fail_edit("500")
    world.tick()
    world.wiki.now -= TEN_MINUTES - timedelta(minutes=2)
    again = world.tick(apply=True)
    assert (again.plan.board_changes, world.edits()) == ((), 1)
    world.tick()
    assert (world.edits(), kinds(world)) == (2, ["slot"])


def test_edit_policy_that_refuses_the_move_but_admits_the_comment(world: World) -> None:
    world.task().edit = "admin"
    results = world.tick().results
    assert [one.what for one in results.on_tasks] == ["comment (slot)"]
    assert [(held.page, held.what) for held in results.held] == [(ONE, "card moved")]
    assert "permission" in results.held[0].why or "You Shall Not Pass" in results.held[0].why
    for _ in range(3):
        world.tick()
    assert (world.edits(), kinds(world), world.column()) == (2, ["slot"], "Proposals")
    assert [problem.task for problem in world.tick().plan.problems if problem.code == "task-not-written"] == [
        ONE
    ]
    world.task().edit = "users"
    world.wiki.now += TASK_HELD_FOR
    world.tick()
    world.tick()
    assert (world.edits(), kinds(world), world.column()) == (3, ["slot"], "Scheduled")
    assert [problem.code for problem in world.tick().plan.problems] == []


@pytest.mark.parametrize("database", ["kept", "lost"])
def test_killed_at_every_request_and_note(database: str) -> None:
    for dies_before in count(1):
        with World() as world:
            steps = world.killed_tick(dies_before)
            if database == "lost":
                world.ledger = new_ledger()
            for _ in range(3):
                world.tick()
            assert (dies_before, kinds(world), world.column()) == (dies_before, ["slot"], "Scheduled")
        if steps < dies_before - 1:
            break  # the tick was whole before that step came
    assert dies_before > 20


def test_two_bots_with_one_ledger_write_once(world: World) -> None:
    """The second one does its whole tick right before the first one's edit."""
    world.before["maniphest.edit"] = world.tick
    world.tick()
    world.tick()
    assert (world.edits(), kinds(world)) == (1, ["slot"])


def test_two_bots_with_two_ledgers_take_turns(world: World) -> None:
    """Each sees what the other wrote, if not in the moment between its own look and its edit."""
    other = new_ledger()
    for _ in range(2):
        world.tick(ledger=other)
        world.tick()
    world.write(schedule("", row()))
    for _ in range(2):
        world.tick()
        world.tick(ledger=other)
    assert kinds(world) == ["slot", "slot"]


def test_two_bots_that_wrote_in_the_same_moment_do_not_go_on(world: World) -> None:
    other = new_ledger()
    world.before["maniphest.edit"] = lambda: world.tick(ledger=other)
    world.tick()
    assert kinds(world) == ["slot", "slot"], "Phabricator keeps both"
    for _ in range(2):
        world.tick()
        world.tick(ledger=other)
    world.ledger = new_ledger()
    world.tick()
    assert kinds(world) == ["slot", "slot"]


# --- what hostile pages cannot do ---

HOSTILE = "Room @joker #other"


def test_room_that_mentions_people_and_projects_does_nothing() -> None:
    page = (
        '== Saturday 22 May @joker T900002 ==\n{| class="wikitable"\n! Time (UTC) !! Session !! Room\n|-\n'
        f"| 14:00–14:55 || {row()} || {HOSTILE}\n|}}\n"
    )
    with World(page, tasks=2, of=event(room=HOSTILE)) as world:
        before = world.task().subscribers[:], world.task().projects[:], world.task(TWO).modified
        world.tick()
        (text,) = world.comments()
        assert "Room ＠joker #\u2060other" in text
        assert (world.task().subscribers, world.task().projects, world.task(TWO).modified) == before
        assert world.task().mentions == []


# --- any history ---

ACTS = ("move slot", "move back", "take out", "put in", "comment", "withdraw", "acknowledge", "move card", "hide",
        "unhide", "empty", "describe", "remove", "edit", "forbid", "fault", "kill", "lose", "two", "wait", "resolve",
        "reopen", "untag", "tag")  # fmt: skip


def act(world: World, kind: str, dice: random.Random) -> None:
    """What people and misfortune do before, or in, the next tick."""
    task = dice.choice([ONE, TWO])
    rows = [row(ONE), row(TWO, "Talk 2")]
    written = [made for made in world.own(task) if made.comments]
    if kind in ("move slot", "move back", "take out", "put in"):
        cells = {"move slot": ["", *rows], "move back": rows, "take out": rows[:1], "put in": rows[::-1]}[
            kind
        ]
        world.write(schedule(*cells))
    elif kind in ("comment", "withdraw", "acknowledge"):
        says = {
            "comment": "hi @joker",
            "withdraw": "Acknowledgement withdrawn",
            "acknowledge": "Acknowledged",
        }
        world.board.comment(task, LEA, says[kind])
    elif kind == "move card" and world.board.project("tea").phid in world.task(task).projects:
        world.board.move(task, LEA, dice.choice(["Approved", "Proposals"]))
    elif kind in ("hide", "unhide"):
        getattr(world.board, kind)(task, LEA)
    elif kind in ("tag", "untag"):
        getattr(world.board, kind)(task, LEA, "tea")
    elif kind in ("empty", "describe"):
        world.board.describe(task, MARTA, "" if kind == "empty" else dice.choice([WHOLE, "Format: Workshop"]))
    elif kind == "remove" and written:
        world.board.remove_comment(dice.choice(written), LEA)
    elif kind == "edit" and written:
        world.board.edit_comment(dice.choice(written), LEA, "Changed.")
    elif kind == "forbid":
        world.task(task).edit = dice.choice(["admin", "users"])
    elif kind == "fault":
        world.fail_edit(dice.choice([fault for fault in FAULTS if fault != "timeout"]))
    elif kind == "kill":
        world.killed_tick(dice.randint(1, 12))
    elif kind == "lose":
        world.ledger = new_ledger()
    elif kind == "two":
        world.before["maniphest.edit"] = world.tick
    elif kind == "wait":
        world.wiki.now += timedelta(hours=dice.choice([1, 7, 30]))
    elif kind in ("resolve", "reopen"):
        world.board.set_status(task, LEA, "resolved" if kind == "resolve" else "open")


@pytest.mark.parametrize("seed", range(30))
def test_any_history(seed: int) -> None:
    """No comment twice, no mention, no foreign project, no status; and once all is quiet nothing more is sent."""
    dice = random.Random(seed)  # noqa: S311 -- the same history each time
    with World(schedule(row(), row(TWO, "Talk 2")), tasks=2) as world:
        for _ in range(15):
            act(world, dice.choice(ACTS), dice)
            world.tick()
        world.wiki.now = max(world.wiki.now, START + 5 * DAY)  # nothing becomes due later than that
        for _ in range(3):
            world.wiki.now += TASK_HELD_FOR
            world.tick()
        before = world.edits()
        world.tick()
        world.tick()
        assert world.edits() == before
        for task in (ONE, TWO):
            told = [request.params for request in world.server.requests if request.method == "maniphest.edit"]
            assert all(len(params["transactions"]) <= 2 for params in told)  # type: ignore[arg-type]
            made = [row for row in world.own(task) if row.comments]
            markers = [marker_in(text.text) for row in made for text in row.comments[-1:] if text.text]
            assert [mark for mark, often in Counter(markers).items() if often > 1] == []
            assert {row.type for row in world.own(task)} <= {"comment", "core:columns"}
            assert set(world.task(task).projects) <= {world.board.project("tea").phid}
            assert BOT not in {
                user.name for user in world.board.users if user.phid in world.task(task).subscribers
            }
        sent = [
            str(change["value"])
            for request in world.server.requests
            if request.method == "maniphest.edit"
            for change in request.params["transactions"]  # type: ignore[attr-defined]
        ]
        assert [text for text in sent if "@" in text] == []
