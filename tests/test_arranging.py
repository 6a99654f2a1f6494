"""Placing on a wiki in memory: coordinators' wishes in the tick, carried out once; conflicts, refusals and lost answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from callboard.app import App
from callboard.arranging import Order, save_change
from callboard.clock import Clock
from callboard.errors import BoardAway, Stopped
from callboard.model import Proposal, SlotWish
from callboard.placing import NotPlaced
from callboard.placing.change import Change
from callboard.placing.pages import schedules_of
from callboard.placing.place import place
from callboard.placing.slot_text import read_slot
from callboard.ports import Saved
from callboard.snapshot import Snapshot
from callboard.writing import Writer
from tests.promises import FREE, OWNER, SESSION, World, event, grid, proposal

TEA = f"'''Bots for tea''' ([[phab:T900001]])<br />[[User:{OWNER}|{OWNER}]]"
OTHER = f"'''Maps'''<br />[[User:{OWNER}|{OWNER}]]"
AT = datetime(2021, 5, 11, tzinfo=UTC)


def table(*cells: str) -> str:
    """The schedule as a wiki keeps it, without the last line end."""
    return grid(*cells).rstrip()


def board(placing: str = "apply") -> dict[str, object]:
    return {"project": "tea", "coordinators": ["lea"], "placing": placing}


def wants(slot: str = "22 May 15:00, Hacking room 1", number: int = 1, **changes: Any) -> Proposal:
    """T900001 (or 2, 3 …) with a coordinator's wish."""
    title = "Bots for tea" if number == 1 else f"Talk {number}"
    wish = SlotWish(slot, "lea", AT, f"PHID-XACT-TASK-{number}")
    return replace(proposal(f"T90000{number}", title=title), slot=wish, **changes)


def world(
    *proposals: Proposal, placing: str = "apply", cells: tuple[str, ...] = (OTHER, FREE, FREE)
) -> World:
    return World(*cells, proposals=proposals, of=event("starts_soon", board=board(placing)))


def summaries(there: World) -> list[str]:
    return [edit.summary for edit in there.wiki.history("Schedule") if edit.user == "Callboard"]


# --- carried out once ---


def test_wish_is_carried_out_in_the_tick() -> None:
    there = world(wants())
    tick = there.tick()
    assert there.page.rstrip() == table(OTHER, TEA, FREE)
    said = "placed T900001 in 2021-05-22 15:00–16:00 UTC, Hacking room 1"
    reason = ", as lea asked on the task (PHID-XACT-TASK-1)"
    assert summaries(there) == [f"Bot: {said}{reason} ([[User:Callboard/About|why?]])"]
    assert tick.results.written[0].what == said


def test_wish_that_names_the_end_of_the_slot_is_carried_out() -> None:
    there = world(wants("Sat 15:00-16:00, Hacking room 1"))
    there.tick()
    assert there.page.rstrip() == table(OTHER, TEA, FREE)


def test_second_tick_does_nothing() -> None:
    there = world(wants())
    there.tick()
    assert there.saved() == []


AFTERWARDS: dict[str, str] = {
    "moved": grid(OTHER, FREE, TEA),
    "taken out": grid(OTHER, FREE, FREE),
    "replaced": grid(OTHER, "'''Tea break talk'''<br />[[User:Ada Organiser]]", FREE),
}


@pytest.mark.parametrize("page", AFTERWARDS.values(), ids=list(AFTERWARDS))
@pytest.mark.parametrize("lose", [False, True], ids=["ledger kept", "ledger lost"])
def test_what_a_person_did_afterwards_stays(page: str, lose: bool) -> None:
    there = world(wants())
    there.tick()
    there.wiki.edit("Schedule", page, user="Ada Organiser")
    if lose:
        there.lose_database()
    there.tick()
    there.tick()
    assert there.page.rstrip() == page.rstrip()
    assert "slot: " not in there.report


def test_wish_that_a_person_carried_out_is_not_done_again() -> None:
    there = world(wants(), cells=(OTHER, TEA, FREE))
    there.tick()
    there.wiki.edit("Schedule", grid(OTHER, FREE, FREE), user="Ada Organiser")
    there.tick()
    assert there.page.rstrip() == table(OTHER, FREE, FREE)


def test_newer_wish_counts_again() -> None:
    there = world(wants())
    there.tick()
    there.wiki.edit("Schedule", grid(OTHER, FREE, FREE), user="Ada Organiser")
    again = SlotWish("Saturday 4pm", "lea", AT, "PHID-XACT-TASK-9")
    there.board.now["T900001"] = replace(wants(), slot=again)
    there.tick()
    assert there.page.rstrip() == table(OTHER, FREE, TEA)


def test_death_between_save_and_note_repeats_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    there = world(wants())
    keep = there.ledger.remember_edits

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(there.ledger, "remember_edits", dies)
    with pytest.raises(KeyboardInterrupt):
        there.tick()
    monkeypatch.setattr(there.ledger, "remember_edits", keep)
    there.wiki.edit(
        "Schedule", grid(OTHER, FREE, FREE), user="Ada Organiser"
    )  # a person takes it back at once
    there.tick()
    assert there.page.rstrip() == table(OTHER, FREE, FREE)


@pytest.mark.parametrize("carried_out", [True, False])
def test_lost_answer(carried_out: bool) -> None:
    there = world(wants())
    there.wiki.lose_answers(1, carried_out=carried_out)
    tick = there.tick()
    assert len([title for title, _ in there.wiki.saves if title == "Schedule"]) == 1
    assert any("no answer to the save" in failure for failure in tick.results.failed)
    there.tick()
    assert there.page.rstrip() == table(OTHER, TEA, FREE)
    assert len(summaries(there)) == 1


def test_one_save_a_page_and_tick() -> None:
    there = world(
        wants(), wants("Sat 16:00", 2), cells=(f"{OTHER}<br />Facilitation : (your username)", FREE, FREE)
    )
    for _ in range(4):
        before = len(there.wiki.saves)
        there.tick()
        titles = [title for title, outcome in there.wiki.saves[before:] if isinstance(outcome, Saved)]
        assert titles.count("Schedule") <= 1
    assert "T900001" in there.page
    assert "T900002" in there.page
    assert "facilitation: (your username)" in there.page


# --- not done, and told ---

NOT_DONE: dict[str, tuple[tuple[Proposal, ...], str]] = {
    "not acknowledged": ((wants(acknowledged=None),), "T900001 is not acknowledged"),
    "unclear": ((wants("afternoon"),), "nothing here is called"),
    "taken": ((wants("Sat 14:00"),), "is taken by “Maps”"),
    "two for one": ((wants(), wants(number=2)), "T900002 is wanted in the same place"),
    "overlapping": ((wants(), wants(number=2, minutes=115)), "T900001 is wanted in the same place"),
    "past": ((wants("Sat 13:00"),), "the schedule has no slot"),
    "too long": ((wants("Sat 16:00", minutes=90),), "the session needs 90 minutes"),
    "two lengths": ((wants("Sat 15:00-17:00"),), "are 120 minutes, and the session needs 55"),
    "elsewhere": ((wants("Sat 15:00"),), "T900001 stands in 2021-05-22 16:00"),
}


@pytest.mark.parametrize("case", NOT_DONE)
def test_wish_that_needs_a_person_is_told_and_not_done(case: str) -> None:
    proposals, why = NOT_DONE[case]
    cells = (OTHER, FREE, TEA) if case == "elsewhere" else (OTHER, FREE, FREE)
    there = world(*proposals, cells=cells)
    tick = there.tick()
    assert there.page.rstrip() == table(*cells)
    told = [problem.message for problem in tick.plan.problems if problem.code == "slot-wish"]
    assert len(told) == len(proposals)
    assert any(why in message for message in told)


@pytest.mark.parametrize("changes", [{"closed": True, "status": "declined"}, {"visible": False}])
def test_wish_on_a_closed_task_is_nothing(changes: dict[str, Any]) -> None:
    there = world(wants(**changes))
    assert [p for p in there.tick().plan.problems if p.code == "slot-wish"] == []
    assert there.page.rstrip() == table(OTHER, FREE, FREE)


def test_error_in_the_result_stops_a_wish() -> None:
    """Marta would be in two places at once, which the check calls an error or a warning; a room overlap is an error."""
    second = "\n== Saturday 22 May ==\n{| class=\"wikitable\"\n! Time !! Hacking room 1\n|-\n| 15:30–16:30 || '''Lua'''<br />[[User:Ada Organiser]]\n|}\n"
    there = world(wants())
    there.wiki.edit("Schedule", grid(OTHER, FREE, FREE) + second, user="Ada Organiser")
    tick = there.tick()
    assert "T900001" not in there.page
    assert any(
        "room-overlap" in problem.message for problem in tick.plan.problems if problem.code == "slot-wish"
    )


def test_ask_lists_it_with_what_would_be_written() -> None:
    there = world(wants(), placing="ask")
    there.tick()
    assert there.page.rstrip() == table(OTHER, FREE, FREE)
    assert "== Sessions to be placed (1) ==" in there.report
    assert "use place_session, or do it by hand" in there.report
    assert "Bots for tea" in there.report.partition("would say:")[2]


def test_off_does_nothing() -> None:
    there = world(wants("nonsense"), placing="off")
    assert there.tick().plan.wishes.open == ()
    assert there.page.rstrip() == table(OTHER, FREE, FREE)


# --- the moment of the save ---


def taken_back(there: World) -> None:
    there.board.now["T900001"] = replace(wants(), acknowledged=None)


def wish_gone(there: World) -> None:
    there.board.now["T900001"] = replace(wants(), slot=None)


def hidden(there: World) -> None:
    del there.board.now["T900001"]


@pytest.mark.parametrize("happens", [taken_back, wish_gone, hidden])
def test_task_is_looked_at_once_more_right_before_the_save(happens: Callable[[World], None]) -> None:
    there = world(wants())
    there.board.on_recheck = lambda: happens(there)
    there.tick()
    assert there.page.rstrip() == table(OTHER, FREE, FREE)


def test_board_that_goes_away_before_the_save() -> None:
    there = world(wants())
    there.board.goes_away()
    tick = there.tick()
    assert any("the board went away before the save" in failure for failure in tick.results.failed)
    assert there.page.rstrip() == table(OTHER, FREE, FREE)


def test_page_that_moves_is_planned_again() -> None:
    there = world(wants())
    there.wiki.before_save.append(
        lambda: there.wiki.edit(
            "Schedule", grid(OTHER.replace("Maps", "Atlas"), FREE, FREE), user="Ada Organiser"
        )
    )
    there.tick()
    assert there.page.rstrip() == table(OTHER.replace("Maps", "Atlas"), TEA, FREE)


def test_slot_that_is_taken_in_the_last_moment_is_left() -> None:
    there = world(wants())
    page = grid(OTHER, "'''Quick'''<br />[[User:Ada Organiser]]", FREE)
    there.wiki.before_save.append(lambda: there.wiki.edit("Schedule", page, user="Ada Organiser"))
    tick = there.tick()
    assert there.page.rstrip() == page.rstrip()
    assert any("is taken by “Quick”" in held.why for held in tick.results.held)


@pytest.mark.parametrize("text", ["{{nobots}}\n", "{{bots|deny=Callboard}}\n"])
def test_page_that_keeps_bots_out(text: str) -> None:
    there = world(wants())
    there.wiki.edit("Schedule", text + there.page, user="Ada Organiser")
    there.tick()
    assert "T900001" not in there.page


def test_protected_page_is_held() -> None:
    there = world(wants())
    there.wiki.protect("Schedule")
    tick = there.tick()
    assert "T900001" not in there.page
    assert any("protected" in held.why for held in tick.results.held)


def test_emptied_page_carries_out_nothing() -> None:
    there = world(wants(), cells=(OTHER, FREE, FREE, *[OTHER.replace("Maps", f"Maps {n}") for n in range(6)]))
    there.board.now["T900001"] = replace(wants(), slot=None)
    there.tick()
    there.board.now["T900001"] = wants()
    there.wiki.edit("Schedule", grid(OTHER, FREE), user="Vandal")
    there.tick()
    assert there.page.rstrip() == table(OTHER, FREE)


# --- by a person's command ---


def arrange(snapshot: Snapshot) -> Change:
    proposals = snapshot.proposals or {}
    return place(
        schedules_of(snapshot), proposals["T900001"], read_slot("Sat 15:00", snapshot.event), snapshot.event
    )


def parts(there: World) -> tuple[Snapshot, Writer]:
    app = App(there.event, there.wiki, there.board, there.ledger, Clock())
    snapshot = app.look()
    return snapshot, app.writer(snapshot)


def test_command_saves_once_and_says_so() -> None:
    there = world(proposal())
    snapshot, writer = parts(there)
    assert save_change(Order(arrange, "T900001"), snapshot, writer, there.board) is not None
    assert there.page.rstrip() == table(OTHER, TEA, FREE)
    assert summaries(there) == [
        "Bot: placed T900001 in 2021-05-22 15:00–16:00 UTC, Hacking room 1 ([[User:Callboard/About|why?]])"
    ]


@pytest.mark.parametrize("confirmed", [True, False])
def test_yes_that_is_taken_back_stops_a_command_confirmed_or_not(confirmed: bool) -> None:
    there = world(proposal())
    snapshot, writer = parts(there)
    there.board.on_recheck = lambda: taken_back(there)
    with pytest.raises(NotPlaced, match="T900001 is not acknowledged"):
        save_change(Order(arrange, "T900001", confirmed=confirmed), snapshot, writer, there.board)
    assert there.wiki.saves == []


@pytest.mark.parametrize("confirmed", [True, False])
def test_doubt_stops_a_command_until_it_is_confirmed(confirmed: bool) -> None:
    there = world(replace(proposal(), minutes=200))
    snapshot, writer = parts(there)
    saved = save_change(Order(arrange, "T900001", confirmed=confirmed), snapshot, writer, there.board)
    assert (saved is not None) is confirmed
    assert (there.page.rstrip() == table(OTHER, TEA, FREE)) is confirmed
    assert [held.why.partition(",")[0] for held in writer.results.held] == (
        [] if confirmed else ["the session needs 200 minutes"]
    )


def test_off_switch_and_a_board_that_is_away_stop_a_command() -> None:
    there = world(proposal())
    snapshot, writer = parts(there)
    there.board.goes_away()
    with pytest.raises(BoardAway):
        save_change(Order(arrange, "T900001"), snapshot, writer, there.board)
    there.wiki.edit("User:Callboard/run", "stop", user="Ada Organiser")
    with pytest.raises(Stopped):
        save_change(Order(arrange, "T900001"), snapshot, writer, there.board)
    assert there.wiki.saves == []


def test_command_gives_up_where_people_edit_all_the_time() -> None:
    there = world(proposal())
    snapshot, writer = parts(there)

    def edits(count: int = 0) -> None:
        there.wiki.edit("Schedule", f"{there.page}\n{count}", user="Ada Organiser")
        there.wiki.before_save.append(lambda: edits(count + 1))

    there.wiki.before_save.append(edits)
    assert save_change(Order(arrange, "T900001"), snapshot, writer, there.board) is None
    assert len(there.wiki.saves) == there.event.limits.retries
    assert [held.why.startswith("people are editing it just now") for held in writer.results.held] == [True]


def test_session_on_the_page_is_no_reason_to_place_it_twice() -> None:
    there = world(proposal(), cells=(SESSION, FREE))
    snapshot, writer = parts(there)
    with pytest.raises(NotPlaced, match="link_tasks links it"):
        save_change(Order(arrange, "T900001"), snapshot, writer, there.board)
