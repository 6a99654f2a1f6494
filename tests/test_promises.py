"""The eight promises (product.md), each with attacks that once broke it, or could."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from callboard.errors import Stopped
from callboard.ledger import HELD_FOR
from callboard.model import Account
from callboard.report import HEARTBEAT
from tests.promises import FREE, LINKED, OWNER, SESSION, TALK, World, event, grid, has_turn, proposal

SOON = event("starts_soon")
YES = event("acknowledged")


# --- 1. the same notice is never posted twice, and never silently not at all ---

RENAMED: dict[str, Callable[[World], object]] = {
    "the bot links the task": lambda world: world.board.now.update({"T900001": proposal()}),
    "a person links the task": lambda world: world.wiki.edit("Schedule", grid(LINKED, FREE)),
    "a person mends the title": lambda world: world.wiki.edit(
        "Schedule", grid(SESSION.replace("Bots for", "Robots for"), FREE)
    ),
}


@pytest.mark.parametrize("how", RENAMED)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_reminder_is_not_repeated_for_a_session_under_another_name(how: str, database: str) -> None:
    world = World(SESSION, FREE, of=SOON)
    world.tick()
    assert world.told() == ["starts_soon"]
    RENAMED[how](world)
    if database == "lost":
        world.lose_database()
    world.tick()
    world.tick()
    assert world.told() == ["starts_soon"]


@pytest.mark.parametrize("how", RENAMED)
def test_reminder_whose_answer_was_lost_is_not_repeated_under_another_name(how: str) -> None:
    world = World(SESSION, FREE, of=SOON)
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1)
    world.tick()
    RENAMED[how](world)
    world.tick()
    assert world.told() == ["starts_soon"]


def test_two_sessions_at_one_time_are_two_reminders() -> None:
    twice = grid(SESSION).replace("|}", f"|-\n| 14:00 || {SESSION.replace('tea', 'milk')}\n|}}")
    world = World(SESSION, of=SOON)
    world.tick()
    world.wiki.edit("Schedule", twice)
    world.tick()
    assert world.told() == ["starts_soon", "starts_soon"]


def test_two_sessions_in_place_of_one_are_one_more_reminder() -> None:
    world = World(SESSION, of=SOON)
    world.tick()
    new = [SESSION.replace("Bots for tea", title) for title in ("Robots for tea", "Robots for milk")]
    world.wiki.edit("Schedule", grid(new[0]).replace("|}", f"|-\n| 14:00 || {new[1]}\n|}}"))
    world.tick()
    assert world.told() == ["starts_soon", "starts_soon"]


def test_another_task_in_place_of_one_is_another_session() -> None:
    world = World(LINKED, of=SOON)
    world.tick()
    world.wiki.edit("Schedule", grid(LINKED.replace("T900001", "T900002")))
    world.tick()
    assert world.told() == ["starts_soon", "starts_soon"]


def test_person_in_two_spellings_is_told_once() -> None:
    world = World(FREE, proposals=[proposal(owners=["marta_Mentor", OWNER])], of=YES)
    world.tick()
    assert world.told() == ["acknowledged"]


def test_forged_mark_is_not_taken_for_a_notice_in_silence() -> None:
    world = World(SESSION, of=SOON)
    key = f"tea/bots-for-tea@{OWNER}/starts_soon/2021-05-22T14:00Z -60min"
    world.wiki.edit(TALK, f"<!-- callboard:{key} -->", user="Vandal")
    world.tick()
    assert (world.told(), world.held()) == (
        [],
        {"starts_soon": "its mark stands there, but the bot did not write it"},
    )
    assert "the bot did not write it" in world.report


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        ("Hello <!-- oops", []),
        ("Hello <!-- closed -->", ["starts_soon"]),
        ("<nowiki><!--</nowiki> is how a comment begins", ["starts_soon"]),
        ("<nowiki> <!-- oops", []),
        ("<pre><!-- </PRE > x", ["starts_soon"]),
    ],
)
def test_notice_that_nobody_would_see_is_not_posted(talk: str, told: list[str]) -> None:
    world = World(SESSION, of=SOON)
    world.wiki.edit(TALK, talk, user=OWNER)
    world.tick()
    assert world.told() == told
    assert list(world.held()) == ([] if told else ["starts_soon"])


def test_board_that_goes_away_holds_only_what_rests_on_it() -> None:
    world = World(LINKED, FREE, proposals=[proposal()])
    world.board.goes_away()
    done = world.tick()
    assert world.told() == ["starts_soon"]
    assert done.results.failed == ["the board went away, so what rests on it waits: nobody answers"]
    assert world.held() == {}
    world.board.on_recheck = lambda: None
    world.tick()
    assert world.told() == ["starts_soon", "scheduled"]


def test_bot_does_not_write_to_itself() -> None:
    world = World(SESSION.replace(OWNER, "Callboard"), of=SOON)
    world.wiki.users["Callboard"] = Account("Callboard", exists=True)
    world.tick()
    assert world.held() == {"starts_soon": "Callboard is this bot: link a person"}
    assert world.wiki.text("User talk:Callboard") is None


def test_after_a_lost_answer_the_wiki_is_looked_at_before_the_next_notice() -> None:
    world = World(SESSION + "<br />[[User:Ada Organiser]]", of=SOON)
    has_turn(world.wiki, world.ledger)
    world.wiki.lose_answers(1, carried_out=False)
    world.wiki.before_save.append(lambda: world.wiki.edit("User:Callboard/run", "stop"))
    with pytest.raises(Stopped):
        world.tick()
    assert [entry.state for entry in world.ledger.notices("tea")] == ["held", "claimed"]
    world.wiki.edit("User:Callboard/run", "go")
    world.wiki.now += HELD_FOR
    world.tick()
    assert (world.told(), world.told("Ada Organiser")) == (["starts_soon"], ["starts_soon"])


def test_novel_for_a_title_is_cut() -> None:
    world = World(SESSION.replace("Bots for tea", "Long tale " * 1000), of=SOON)
    world.tick()
    assert world.told() == ["starts_soon"]
    assert len(world.wiki.text(TALK) or "") < 1000


# --- 3. what no rule named stays, and what is not saved is not counted on ---


@pytest.mark.parametrize(
    "keeps_out",
    [
        lambda world: world.wiki.protect("Schedule"),
        lambda world: world.wiki.edit("Schedule", f"{{{{nobots}}}}\n{world.page}"),
        lambda world: world.wiki.edit("Template:Inner", "{{nobots}}"),
    ],
    ids=["protected", "nobots", "nobots two templates deep"],
)
def test_nobody_is_told_because_of_a_change_that_is_not_saved(keeps_out: Callable[[World], object]) -> None:
    bare = SESSION.replace(f"[[User:{OWNER}|{OWNER}]]", OWNER)
    world = World(bare, of=SOON)
    world.wiki.edit("Template:Nobots", "")
    world.wiki.edit("Template:Outer", "{{Inner}}")
    world.wiki.edit("Schedule", "{{Outer}}\n" + grid(bare))
    keeps_out(world)
    before = world.page
    assert world.saved() == ["Report"]
    assert (world.page, world.told()) == (before, [])


# --- 4. a second run makes no edit ---

DOUBLE = (
    "== Mentors ==\n* [[User:Ada Organiser]]\n* [[User:Ada Organiser]]\n"
    "* [[User:Marta Mentor]] 07:00 PM to 12:30 PM UTC\n* [[User:Marta Mentor]] (evening)\n"
)
STATES: dict[str, Callable[[World], object]] = {
    "as it is": lambda _: None,
    "lines taken out above a question": lambda world: world.wiki.edit("Helpers", DOUBLE),
    "the owner's page is protected": lambda world: world.wiki.protect(TALK),
    "the owner is blocked": lambda world: world.wiki.add_user(OWNER, blocked_forever=True),
    "the owner wants no messages": lambda world: world.wiki.edit(TALK, "{{bots|optout=callboard}}"),
    "the owner moved": lambda world: world.wiki.edit(TALK, "#REDIRECT [[User talk:Somebody]]"),
    "the template is vandalised": lambda world: world.wiki.edit(
        "Template:Callboard/notices/starts_soon", "== Buy ==", user="Vandal"
    ),
    "the template is gone": lambda world: world.wiki.delete("Template:Callboard/notices/starts_soon"),
    "the schedule is protected": lambda world: world.wiki.protect("Schedule"),
    "the schedule is emptied": lambda world: world.wiki.edit("Schedule", ""),
    "the schedule is vandalised": lambda world: world.wiki.edit("Schedule", "poop"),
    "the schedule is moved": lambda world: world.wiki.edit("Schedule", "#REDIRECT [[Elsewhere]]"),
    "the schedule is gone": lambda world: world.wiki.delete("Schedule"),
    "the report is somebody else's": lambda world: world.wiki.edit("Report", "Hello"),
    "the report keeps bots out": lambda world: world.wiki.edit("Report", f"{{{{nobots}}}}{world.report}"),
    "the board is away": lambda world: world.board.goes_away(),
    "a filter refuses": lambda world: world.wiki.refuse("Schedule", "abusefilter-disallowed"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("first", [True, False], ids=["from the start", "after a tick"])
def test_second_run_makes_no_edit(state: str, first: bool) -> None:
    world = World(SESSION, FREE, proposals=[proposal()])
    if not first:
        world.tick()
    STATES[state](world)
    world.tick()
    assert world.saved() == []


# --- 5. only acknowledged tasks are linked, looked at once more just before the edit ---


def test_acknowledgement_withdrawn_before_the_save() -> None:
    world = World(SESSION, proposals=[proposal()])
    world.board.on_recheck = lambda: world.board.now.update({"T900001": proposal(yes=False)})
    world.tick()
    assert "T900001" not in world.page
    assert "scheduled" not in world.told()


def test_acknowledgement_withdrawn_before_another_edit_of_its_row() -> None:
    row = f"{LINKED}<br />Facilitation : (your username)"
    world = World(row, proposals=[proposal()])
    world.board.on_recheck = lambda: world.board.now.update({"T900001": proposal(yes=False)})
    world.tick()
    assert world.page == grid(row).rstrip()


def test_task_that_is_linked_only_as_the_page_moved_is_looked_at_too() -> None:
    """The plan had another change; a person adds the row and the team takes its yes back while the bot saves."""
    milk = "'''Milk'''<br />[[User:Ada Organiser]]<br />Facilitation : (your username)"
    world = World(milk, FREE, proposals=[proposal()])

    def meanwhile() -> None:
        world.board.now["T900001"] = proposal(yes=False)
        world.wiki.edit("Schedule", grid(milk, SESSION))

    world.wiki.before_save.append(meanwhile)
    world.tick()
    assert world.page == grid(milk.replace("Facilitation :", "facilitation:"), SESSION).rstrip()


def test_acknowledgement_withdrawn_while_notices_are_posted() -> None:
    """A person is told of two tasks in one edit, which meets a conflict; the board is asked again before the second attempt."""
    two = [proposal(), proposal("T900002", title="Coffee")]
    world = World(FREE, proposals=two, of=event("acknowledged"))
    has_turn(world.wiki, world.ledger)

    def meanwhile() -> None:
        world.board.now["T900002"] = proposal("T900002", title="Coffee", yes=False)
        world.wiki.edit(TALK, "Hello.", user="Anybody")

    world.wiki.before_save.append(meanwhile)
    world.tick()
    assert world.told() == ["acknowledged"]
    assert world.held() == {"acknowledged": "T900002 is not acknowledged any more"}


def test_page_waits_while_the_board_is_away_and_the_others_do_not() -> None:
    world = World(SESSION, proposals=[proposal()], helpers=DOUBLE)
    world.board.goes_away()
    done = world.tick()
    assert [written.page for written in done.results.written if written.what == "tidied"] == ["Helpers"]
    assert (
        "[[Schedule]]: not tidied, the board went away before the save: nobody answers" in done.results.failed
    )


# --- 6. an emptied or vandalised page notifies nobody ---


@pytest.mark.parametrize("text", ["", "poop", "#REDIRECT [[Elsewhere]]", grid(FREE), None])
@pytest.mark.parametrize("database", ["kept", "lost"])
@pytest.mark.parametrize("when", ["between two ticks", "right before posting"])
def test_spoilt_schedule_notifies_nobody(text: str | None, database: str, when: str) -> None:
    """The session stood in the schedule, so its owner was never asked to choose a slot, and is not asked now."""
    if text == grid(FREE) and database == "lost":
        return  # nothing on the wiki tells it from a schedule that is still to be filled
    world = World(LINKED, proposals=[proposal()], of=YES)
    world.tick()

    def spoil() -> None:
        if text is None:
            world.wiki.delete("Schedule")
        else:
            world.wiki.edit("Schedule", text, user="Vandal")

    if when == "right before posting":
        world.board.now["T900002"] = proposal("T900002", title="Other", owners=["Ada Organiser"])
        world.board.on_recheck = spoil
    else:
        spoil()
    if database == "lost":
        world.lose_database()
    world.tick()
    world.board.on_recheck = lambda: None
    world.tick()
    assert (world.told(), world.told("Ada Organiser")) == ([], [])
    assert "🔴 error" in world.report


def test_plan_beyond_a_limit_does_nothing_but_say_so() -> None:
    world = World(SESSION, proposals=[proposal()], of=event(limits={"notices": 1}))
    done = world.tick()
    told = "2 notices would be posted, more than 1 (limits.notices); read them, then confirm with -confirm"
    assert done.plan.brakes == (told,)
    assert [held.why for held in done.results.held] == [told]
    assert (world.page, world.told()) == (grid(SESSION).rstrip(), [])
    assert told in world.report


def test_notices_of_one_tick_count_together_for_the_brake() -> None:
    few = event("starts_soon", limits={"notices": 25})
    people = [f"Person {number}" for number in range(40)]

    def rows(count: int) -> str:
        cells = "".join(f"|-\n| 14:00 || '''Talk {n}'''<br />[[User:{n}]]\n" for n in people[:count])
        return grid(FREE).replace("|}", f"{cells}|}}")

    world = World(of=few, helpers="== Helpers ==\n" + "".join(f"* [[User:{name}]]\n" for name in people))
    has_turn(world.wiki, world.ledger)
    for name in people:
        world.wiki.add_user(name)
    world.wiki.edit("Schedule", rows(22))
    world.wiki.before_save.append(lambda: world.wiki.edit("Schedule", rows(40)))
    done = world.tick()
    assert sum(bool(world.told(name)) for name in people) == 20
    assert [held.why for held in done.results.held] == [
        "40 notices in one tick, more than 25 (limits.notices): the rest waits"
    ]


# --- 7. any editor can stop the bot ---


@pytest.mark.parametrize("seconds", [1, 10])
def test_off_switch_is_read_again_after_twenty_seconds_however_slow_the_edits_are(seconds: int) -> None:
    people = [f"Person {number}" for number in range(30)]
    cells = "".join(f"|-\n| 14:00 || '''Talk {n}'''<br />[[User:{n}]]\n" for n in people)
    world = World(of=SOON)
    for name in people:
        world.wiki.add_user(name)
    world.wiki.edit("Schedule", grid(FREE).replace("|}", f"{cells}|}}"))
    has_turn(world.wiki, world.ledger)

    def slow() -> None:
        world.wiki.now += timedelta(seconds=seconds)

    def stopped() -> None:
        slow()
        world.wiki.edit("User:Callboard/run", "stop", user="Anybody")

    world.wiki.before_save += [stopped, *[slow] * 30]
    with pytest.raises(Stopped):
        world.tick()
    assert len([title for title, _ in world.wiki.saves if "talk" in title]) == 20 // seconds


# --- the report page in hands that mean it ill ---


@pytest.mark.parametrize("beat", ["garbage", "2021-05-22T13:10:00", "2999-01-01T00:00:00+00:00", "0", "٣"])
def test_spoilt_heartbeat_is_mended(beat: str) -> None:
    world = World(SESSION)
    world.tick()
    spoilt = re.sub(r"callboard:heartbeat \S+", f"callboard:heartbeat {beat}", world.report)
    world.wiki.edit("Report", spoilt, user="Vandal")
    assert world.saved() == ["Report"]
    assert world.saved() == []
    world.wiki.now += HEARTBEAT
    assert world.saved()[-1:] == ["Report"]


def test_nobody_is_pinged_by_a_summary() -> None:
    world = World(FREE, proposals=[proposal(title="Hi [[User:Victim]] and [[[[User:Victim]]]]")], of=YES)
    world.tick()
    assert world.told() == ["acknowledged"]
    assert "[[User:Victim" not in world.wiki.history(TALK)[0].summary
