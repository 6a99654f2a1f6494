"""The problems' life on a wiki in memory: who, since when, acknowledged by whom, gone and back; and what it costs."""

import re
from datetime import timedelta

import pytest

from callboard.app import App, Tick
from callboard.clock import Clock
from callboard.model import Problem
from tests.promises import FREE, OWNER, World, event, grid, proposal

ORGANISER = "Ada Organiser"
BOTS = f"'''Bots for tea'''<br />[[User:{OWNER}|{OWNER}]]"
LONG = f"'''Long talk'''<br />[[User:{OWNER}|{OWNER}]]"


def world(*cells: str, **more: object) -> World:
    """A schedule in which the first session is off the event's day."""
    made = World(*(cells or (BOTS, FREE)), of=event("scheduled", board=[], **more))
    made.wiki.edit("User:Callboard/run", "go", user=ORGANISER)
    made.board = None  # type: ignore[assignment]
    return made


def put(made: World, text: str, user: str = OWNER) -> None:
    """A person saves the schedule; the time goes on."""
    made.wiki.now += timedelta(minutes=10)
    made.wiki.edit("Schedule", text, user=user)


def rows(*rows: tuple[str, str]) -> str:
    """A schedule in rows (time, rest of the row), in one room."""
    lines = "".join(f"|-\n| {time} || Hacking room 1 || {rest}\n" for time, rest in rows)
    return f'== Saturday 22 May ==\n{{| class="wikitable"\n! Time (UTC) !! Room !! Title\n{lines}|}}\n'


def found(tick: Tick, code: str = "room-overlap") -> Problem:
    """The one problem of that code, open or accepted."""
    (problem,) = (p for p in (*tick.plan.problems, *tick.plan.accepted) if p.code == code)
    return problem


def codes(tick: Tick) -> tuple[list[str], list[str]]:
    """Codes of open and of accepted problems."""
    return [p.code for p in tick.plan.problems], [p.code for p in tick.plan.accepted]


def overlap(ok: str = "", *, end: str = "15:30", title: str = "Maps for bots") -> str:
    """Two sessions at once in one room, the second with a comment."""
    return rows(("15:00–16:00", "'''Wiki tea'''"), (f"15:20–{end}", f"'''{title}'''{ok}"))


def clashing(ok: str = "", user: str = OWNER) -> World:
    made = world()
    put(made, overlap(ok), user)
    return made


OK = " <!-- callboard: ok room-overlap: agreed with both -->"


# --- who and since when ---


def test_a_problem_tells_who_last_changed_its_row_and_since_when_it_stands() -> None:
    made = world()
    first = made.tick()
    assert codes(first) == ([], [])
    put(made, overlap(), OWNER)
    saved = made.wiki.now
    made.wiki.now += timedelta(minutes=3)
    problem = found(made.tick())
    assert (problem.changed_by, problem.changed_at) == (OWNER, saved)
    assert problem.since == saved + timedelta(minutes=3)
    put(made, overlap() + "\nMore text.", ORGANISER)
    again = found(made.tick())
    assert (again.changed_by, again.since) == (OWNER, problem.since)


def test_what_is_no_fact_of_the_problem_does_not_make_it_new() -> None:
    made = clashing()
    since = found(made.tick()).since
    put(made, overlap("<!-- a remark -->"), ORGANISER)
    problem = found(made.tick())
    assert (problem.changed_by, problem.since) == (ORGANISER, since)
    assert problem.changed_at == made.wiki.now - timedelta(seconds=10)


def test_other_facts_make_another_problem_since_their_change() -> None:
    made = clashing()
    made.tick()
    put(made, overlap().replace("'''Maps for bots'''", "'''Maps for bots and all'''"), ORGANISER)
    problem = found(made.tick())
    assert (problem.changed_by, problem.since) == (ORGANISER, problem.changed_at)


def test_with_a_new_ledger_the_problem_stands_since_its_rows_last_change() -> None:
    made = clashing()
    changed = made.wiki.now
    made.wiki.now += timedelta(hours=5)
    problem = found(made.tick())
    assert (problem.changed_by, problem.since) == (OWNER, changed)
    made.lose_database()
    assert found(made.tick()).since == changed


def test_with_a_new_ledger_the_report_page_tells_since_when() -> None:
    """So that the loss of a database changes no page."""
    made = world()
    made.tick()
    put(made, overlap().replace("|}", f"|-\n| 17:00–18:00 || Hacking room 1 || {BOTS}\n|}}"), OWNER)
    made.wiki.now += timedelta(hours=3)
    since = found(made.tick()).since
    assert since is not None
    made.lose_database()
    made.wiki.now += timedelta(hours=1)
    before = len(made.wiki.saves)
    assert found(made.tick()).since == since.replace(second=0)
    assert len(made.wiki.saves) == before


def test_the_bots_own_tidying_leaves_a_row_its_author() -> None:
    made = world()
    put(
        made,
        overlap().replace("'''Maps for bots'''", "'''Maps for bots'''<br />Facilitation : Marta Mentor"),
        ORGANISER,
    )
    tick = made.tick()
    assert any(written.what == "tidied" for written in tick.results.written)
    assert found(tick).changed_by == ORGANISER
    assert found(made.tick()).changed_by == ORGANISER
    made.lose_database()
    assert found(made.tick()).changed_by == ORGANISER


def test_hidden_revisions_and_users_are_nobodys() -> None:
    made = clashing()
    made.wiki.hide(made.wiki.history("Schedule")[0].revid)
    problem = found(made.tick())
    assert (problem.changed_by, problem.changed_at) == ("", None)


# --- what it costs ---


def test_an_idle_tick_asks_once_and_writes_nothing() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    made.wiki.edit("Report", made.report + "\n* ok 000000: nothing", user=ORGANISER)
    made.tick()
    made.tick()
    for _ in range(3):
        tick = made.tick()
        assert (tick.wiki_requests, tick.results.written) == (1, [])


def test_a_changed_page_costs_one_request_more() -> None:
    made = clashing()
    made.tick()
    made.tick()
    put(made, overlap(title="Words for bots"))
    tick = replace_report(made).tick()
    # ids, the text that changed, and its history
    assert tick.wiki_requests == 3


def replace_report(made: World) -> World:
    """The same without a report page, so that only reading is counted."""
    pages = made.event.pages.model_copy(update={"report": ""})
    made.event = made.event.model_copy(update={"pages": pages})
    return made


def test_the_history_is_bounded() -> None:
    made = world()
    for number in range(70):
        put(made, overlap() + f"\nRemark {number}.")
    assert found(made.tick()).changed_by == ""  # older than what is read
    put(made, overlap(title="Words for bots"), ORGANISER)
    assert found(made.tick()).changed_by == ORGANISER


# --- acknowledging, in the row ---


def test_an_organisers_comment_accepts_the_problem() -> None:
    made = clashing(OK, ORGANISER)
    at = made.wiki.now
    tick = made.tick()
    assert codes(tick) == ([], ["room-overlap"])
    accepted = found(tick).accepted
    assert accepted is not None
    assert (accepted.by, accepted.at, accepted.page) == (ORGANISER, at, "Schedule")
    assert "== Problems (0) ==" in made.report
    assert "== Acknowledged problems (1) ==" in made.report
    assert f"[[User:{ORGANISER}|{ORGANISER}]], {at:%Y-%m-%d %H:%M}" in made.report
    assert OK.strip() in made.page


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- callboard: ok room-overlap -->",
        "<!--callboard:ok room-overlap-->",
        "<!-- Callboard: OK Room-Overlap, length-format: agreed with both -->",
        "<!-- callboard: ok length-format room-overlap -->",
    ],
)
def test_comments_may_be_written_in_several_ways(comment: str) -> None:
    assert codes(clashing(comment, ORGANISER).tick()) == ([], ["room-overlap"])


def test_a_comment_in_the_other_sessions_row_does_as_well() -> None:
    made = world()
    put(made, overlap().replace("'''Wiki tea'''", "'''Wiki tea'''" + OK), ORGANISER)
    assert codes(made.tick()) == ([], ["room-overlap"])


@pytest.mark.parametrize("user", [OWNER, "127.0.0.1"])
def test_a_comment_of_somebody_else_does_not_count_and_the_report_says_so(user: str) -> None:
    made = clashing(OK, user)
    tick = made.tick()
    assert codes(tick) == (["room-overlap"], [])
    assert f"(the comment that this is ok by {user} does not count" in found(tick).message
    assert f"by {user} does not count" in made.report


def test_the_comment_stays_the_organisers_when_others_edit_the_row() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    put(made, "Hello.\n\n" + overlap(OK).replace("'''Maps for bots'''", "'''Maps for bots''' (bring some)"))
    assert codes(made.tick()) == ([], ["room-overlap"])


def test_another_time_needs_another_word() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    put(made, overlap(OK, end="15:50"))
    tick = made.tick()
    assert codes(tick) == (["room-overlap"], [])
    assert (
        "was about other facts; to acknowledge it, an organiser writes the comment anew"
        in found(tick).message
    )
    put(made, overlap(OK.replace("both", "both again"), end="15:50"), ORGANISER)
    assert codes(made.tick()) == ([], ["room-overlap"])
    put(made, overlap(OK.replace("both", "both again"), end="15:30"))
    assert codes(made.tick()) == (["room-overlap"], [])


def test_a_comment_that_is_moved_to_another_row_does_not_count_there() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    put(made, overlap(OK, title="Something else"))
    assert codes(made.tick()) == (["room-overlap", "session-vanished"], [])


def test_acknowledgements_survive_the_loss_of_the_ledger() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    for number in range(60):  # more than is read of the history
        put(made, overlap(OK) + f"\nRemark {number}.")
    made.lose_database()
    assert codes(made.tick()) == ([], ["room-overlap"])
    made.lose_database()
    put(made, overlap(OK, end="15:50"))  # the facts of that time are on the report page
    assert codes(made.tick()) == (["room-overlap"], [])


@pytest.mark.parametrize("then", [(), (ORGANISER,), (OWNER, ORGANISER)])
def test_records_that_a_stranger_wrote_are_not_believed_whoever_edits_after_that(
    then: tuple[str, ...],
) -> None:
    made = clashing()
    made.tick()
    tick = made.tick()
    key = found(tick).key
    made.lose_database()
    forged = f"<!-- callboard:accepted aa 2021-05-20T10:00:00+00:00 {key} Ada%20Organiser Schedule -->"
    made.wiki.edit("Report", made.report.replace("== Free", forged + "\n== Free"), user=OWNER)
    for user in then:
        made.wiki.edit("Report", f"{made.report}\nRemark by {user}.", user=user)
    put(made, overlap(OK))
    assert codes(made.tick()) == (["room-overlap"], [])
    assert forged not in made.report


def test_what_the_bot_wrote_is_known_with_a_new_ledger_whoever_edited_the_report_since() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    for number in range(60):  # more than is read of the history
        put(made, overlap(OK) + f"\nRemark {number}.")
    made.lose_database()
    made.wiki.edit("Report", f"{made.report}\nThank you, bot!", user=OWNER)
    assert codes(made.tick()) == ([], ["room-overlap"])


@pytest.mark.parametrize("edited_by", [None, OWNER])
def test_sessions_that_vanished_are_known_with_a_new_ledger(edited_by: str | None) -> None:
    made = world(BOTS, LONG)
    made.tick()
    put(made, grid(FREE, LONG), "ExampleAda")
    before = found(made.tick(), "session-vanished")
    made.lose_database()
    if edited_by:
        made.wiki.edit("Report", f"{made.report}\nHello!", user=edited_by)
    saves = len(made.wiki.saves)
    after = found(made.tick(), "session-vanished")
    assert (after, after.key, len(made.wiki.saves)) == (before, before.key, saves)
    put(made, grid(BOTS, LONG))
    assert codes(made.tick()) == ([], [])
    assert "callboard:gone" not in made.report


def test_a_slip_in_the_code_is_told_with_what_may_be_meant() -> None:
    made = clashing(" <!-- callboard: ok rom-overlap -->", ORGANISER)
    tick = made.tick()
    assert codes(tick) == (["room-overlap", "ok-unclear"], [])
    assert found(tick, "ok-unclear").message == "rom-overlap is no kind of problem; is room-overlap meant?"


def test_a_comment_in_nowiki_is_text() -> None:
    made = clashing("<nowiki><!-- callboard: ok room-overlap --></nowiki>", ORGANISER)
    assert codes(made.tick())[1] == []


def two_rooms(first: str, second: str, *, row: str = "") -> str:
    """A grid with both cells on one line, each with an hour that clashes with the row below."""
    head = '== Saturday 22 May ==\n{| class="wikitable"\n! Time (UTC) !! Hacking room 1 !! Hacking room 2\n'
    return (
        f"{head}|-{row}\n| 14:00–15:30 || '''Wiki tea'''{first} || '''Maps for bots'''{second}\n"
        "|-\n| 15:00–16:00 || '''Words''' || '''Sounds'''\n|}\n"
    )


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        (two_rooms("", ""), set()),
        (two_rooms(OK, ""), {"Words"}),
        (two_rooms("", OK), {"Sounds"}),
        (two_rooms(OK, OK), {"Words", "Sounds"}),
        (two_rooms("", "", row=OK), {"Words", "Sounds"}),  # of the whole row
        (two_rooms("", "") + OK, set()),  # of no row
    ],
)
def test_a_comment_is_for_its_own_cell(text: str, accepted: set[str]) -> None:
    rooms = [{"name": "Hacking room 1"}, {"name": "Hacking room 2"}]
    made = world(room=rooms)
    put(made, text, ORGANISER)
    tick = made.tick()
    assert {p.text for p in tick.plan.accepted} == accepted
    assert {p.text for p in tick.plan.problems if p.code == "room-overlap"} == {"Words", "Sounds"} - accepted


def test_a_question_of_the_reader_can_be_acknowledged_too() -> None:
    made = world()
    ok = "<!-- callboard: ok half-day -->"
    put(made, rows(("18:30 PM", f"'''Maps for bots''' {ok}"), ("14:00–15:00", "'''Words'''")), ORGANISER)
    tick = made.tick()
    assert codes(tick) == ([], ["half-day"])
    put(made, rows(("19:30 PM", f"'''Maps for bots''' {ok}"), ("14:00–15:00", "'''Words'''")))
    assert codes(made.tick()) == (["half-day"], [])


# --- acknowledging, on the report page ---


def line_of(made: World, code: str) -> str:
    """What the report shows to copy for a problem."""
    row = next(line for line in made.report.splitlines() if f"callboard: ok {code} " in line)
    (told,) = re.findall(r"&#42; (ok [0-9a-f]+)</code>", row)
    return f"* {told}"


def test_an_organisers_line_on_the_report_page_accepts_the_problem() -> None:
    made = clashing()
    made.tick()
    line = f"{line_of(made, 'room-overlap')}: agreed with both [[User:{ORGANISER}]]"
    made.wiki.now += timedelta(minutes=10)
    made.wiki.edit("Report", f"{made.report}\n== Said ==\n{line}\n", user=ORGANISER)
    at = made.wiki.now
    accepted = found(made.tick()).accepted
    assert accepted is not None
    assert (accepted.by, accepted.at, accepted.page) == (ORGANISER, at, "Report")
    assert made.report.endswith(f"\n== Said ==\n{line}")
    assert made.saved() == []
    put(made, "A line more.\n" + overlap())
    assert codes(made.tick()) == ([], ["room-overlap"])
    put(made, "A line more.\n" + overlap(end="15:50"))
    assert codes(made.tick()) == (["room-overlap"], [])
    assert "acknowledge nothing" in made.report  # it is another problem, and the old line is told as idle
    assert f":* <code>&#42; {line[2:11]}" in made.report


def test_a_strangers_line_on_the_report_page_does_not_count() -> None:
    made = clashing()
    made.tick()
    made.wiki.edit("Report", f"{made.report}\n{line_of(made, 'room-overlap')}", user=OWNER)
    tick = made.tick()
    assert codes(tick) == (["room-overlap"], [])
    assert f"the line on [[Report]] by {OWNER} does not count" in found(tick).message


def test_lines_on_the_report_page_survive_the_loss_of_the_ledger() -> None:
    made = clashing()
    made.tick()
    made.wiki.edit("Report", f"{made.report}\n{line_of(made, 'room-overlap')}", user=ORGANISER)
    made.tick()
    made.lose_database()
    assert codes(made.tick()) == ([], ["room-overlap"])


# --- sessions that vanish ---


def test_a_session_that_vanished_is_told_with_who_took_it_out_until_it_returns() -> None:
    made = world(BOTS, LONG, LONG.replace("Long", "Third"), FREE)
    made.tick()
    whole = made.page
    put(made, whole.replace(BOTS, FREE).replace("'''Bots for tea'''", "''free slot''"), "ExampleAda")
    gone = grid(FREE, LONG, LONG.replace("Long", "Third"), FREE)
    put(made, gone, "ExampleAda")
    problem = found(made.tick(), "session-vanished")
    assert problem.message == (
        f'"Bots for tea" of {OWNER} (Sat 22 May 14:00 UTC in Hacking room 1) is no longer in the schedule,'
        " taken out by ExampleAda; put it back, or acknowledge that it is gone"
    )
    assert (problem.changed_by, problem.page) == ("ExampleAda", "Schedule")
    again = found(made.tick(), "session-vanished")
    assert again.since == problem.since
    assert made.saved() == []
    put(made, whole)
    assert codes(made.tick()) == ([], [])


@pytest.mark.parametrize(
    "after",
    [
        grid(FREE, LONG, BOTS),  # another time
        grid("'''Bots for tea and coffee'''", LONG),  # reworded in its place
        grid(f"'''Something new'''<br />[[User:{OWNER}|{OWNER}]]", LONG),  # its owner's, in its place
        grid(BOTS, LONG) + "\nThe end.",
        grid(FREE, LONG) + "\nNo table: Bots for tea.",  # it is there, only not read
    ],
)
def test_a_session_that_stands_elsewhere_is_not_missed(after: str) -> None:
    made = world(BOTS, LONG)
    made.tick()
    put(made, after)
    assert "session-vanished" not in codes(made.tick())[0]


def test_an_organiser_accepts_that_a_session_is_gone() -> None:
    made = world(BOTS, LONG)
    made.tick()
    put(made, grid(FREE, LONG))
    made.tick()
    row = next(line for line in made.report.splitlines() if "is no longer in the schedule" in line)
    (line,) = re.findall(r"ok [0-9a-f]{6}", row)
    made.wiki.edit("Report", f"{made.report}\n* {line}", user=ORGANISER)
    assert codes(made.tick()) == ([], ["session-vanished"])


@pytest.mark.parametrize("left", ["", grid(BOTS), "Cancelled!"])
def test_a_page_that_was_emptied_or_shrunk_makes_nothing_vanish(left: str) -> None:
    """It holds the edits, the notices, and what rests on sessions being gone."""
    five = [BOTS, *(BOTS.replace("Bots", f"Talk {number}") for number in range(4))]
    made = World(*five, proposals=[proposal()])
    made.tick()
    told = made.told()
    put(made, left.replace("'''Bots", "Facilitation : x '''Bots"), "ExampleAda")
    before = made.page
    tick = made.tick()
    open_, _ = codes(tick)
    assert "page-held" in open_
    assert not {"session-vanished", "acknowledged-unscheduled"} & {*open_}
    assert (made.page, made.told()) == (before, told)
    put(made, grid(*five))
    assert "session-vanished" not in codes(made.tick())[0]


# --- the report page ---


def test_the_report_is_not_written_when_nothing_changed() -> None:
    made = clashing(OK, ORGANISER)
    made.tick()
    for _ in range(4):
        made.wiki.now += timedelta(minutes=20)
        assert made.saved() == []


def test_a_dry_run_remembers_nothing_of_problems() -> None:
    made = world(BOTS, LONG)
    made.tick()
    put(made, grid(FREE, LONG))
    app = App(made.event, made.wiki, made.board, made.ledger, Clock())
    dry = app.tick(apply=False)
    made.wiki.now += timedelta(minutes=30)
    tick = made.tick()
    assert found(dry, "session-vanished").key == found(tick, "session-vanished").key
    assert found(tick, "session-vanished").changed_by == OWNER
