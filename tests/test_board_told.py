"""What is due on tasks, from values alone; and that nothing in a comment acts in Remarkup."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.board_told import ASKED_WITHIN, PATIENCE, board_changes, key_of, refused
from callboard.board_words import address, address_of_row, safe
from callboard.board_writes import Desk
from callboard.config import Event
from callboard.errors import BoardRefused
from callboard.jobs import link_tasks, send_notices, thank_helpers, tidy_schedule, tidy_signups
from callboard.model import (
    Acknowledgement,
    BoardChange,
    Person,
    PersonForm,
    Problem,
    Proposal,
    ProposalState,
    Schedule,
    Session,
    Severity,
    State,
    Told,
)
from callboard.phabricator import Conduit
from callboard.proposals.markers import as_fragment, kind_of, marker, marker_in
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span
from tests.snapshots import event as some_event

NOW = datetime(2021, 5, 20, 12, tzinfo=UTC)
AT = datetime(2021, 5, 22, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
YES = Acknowledgement("lea", "PHID-USER-lea", NOW, "comment", "PHID-XACT-TASK-1")
ADA = Person("Ada", PersonForm.LINK, Span(0, 3))
GOAL, OTHER = "PHID-PCOL-scheduled", "PHID-PCOL-proposals"
PAGE = "== Saturday, 22 May ==\n| 14:00 || Bots\n"


def event(**writes: Any) -> Event:
    """All that can be written, but for what `writes` says."""
    on = {"missing": True, "slot": True, "column": "Scheduled", "afterwards": True} | writes
    return some_event(
        board={
            "project": "tea",
            "coordinators": ["lea"],
            "fields": {"format": ["Type of session"], "required": ["format", "people", "description"]},
            "writes": on,
        },
        pages={"site": "mediawiki", "schedule": ["Tea/Schedule"], "about": "User:Callboard"},
    )


def session(start: datetime | None = AT, room: str = "Hacking room 1", *, minutes: int = 55) -> Session:
    """A row of the schedule."""
    end = start + timedelta(minutes=minutes) if start and minutes else None
    return Session("Bots", start, end, (room,) if room else (), (ADA,), (), 2, Span(23, 40))


def proposal(**facts: Any) -> Proposal:
    """An acknowledged task, unless `facts` say otherwise."""
    known: dict[str, Any] = {
        "task": "T900001",
        "phid": "PHID-TASK-1",
        "title": "Bots",
        "author": "ada",
        "status": "open",
        "closed": False,
        "acknowledged": YES,
        "submitted": NOW - timedelta(days=9),
        "board": "tea",
        "columns": (OTHER,),
        "goes_to": GOAL,
    }
    return Proposal(**known | facts)


def state(word: State = State.SCHEDULED, *rows: Session, **facts: Any) -> ProposalState:
    """A proposal with its rows on the page."""
    return ProposalState(proposal(**facts), word, "", None, tuple(("Tea/Schedule", row) for row in rows))


def due(
    *states: ProposalState,
    of: Event | None = None,
    now: datetime = NOW,
    sent: frozenset[str] = frozenset(),
    problems: Sequence[Problem] = (),
    **known: Any,
) -> tuple[BoardChange, ...]:
    """What is due."""
    snapshot = Snapshot(of or event(), now, sent=sent, **known)
    return board_changes(states, [Schedule("Tea/Schedule", PAGE, "rows")], snapshot, problems)


def told(*marks: str, removed: bool = False) -> tuple[Told, ...]:
    """Comments of the bot with these markers."""
    return tuple(Told(mark, NOW, f"PHID-XACT-TASK-{n}", removed) for n, mark in enumerate(marks))


def mark(kind: str, occasion: str) -> str:
    return marker("test", "T900001", kind, occasion)


A = "2021-05-22T14:00Z Hacking room 1"
B = "2021-05-22T15:00Z Hacking room 1"


# --- the slot and the move ---


def test_nothing_is_due_on_an_empty_board() -> None:
    assert due() == ()


def test_comment_and_move_of_a_scheduled_session() -> None:
    (change,) = due(state(State.SCHEDULED, session()))
    assert (change.task, change.phid, change.board, change.kind) == ("T900001", "PHID-TASK-1", "tea", "slot")
    assert (change.occasion, change.marker, change.column) == (f"1 {A}", mark("slot", f"1 {A}"), GOAL)
    assert change.why == "scheduled: Sat 22 May 14:00–14:55 UTC, Hacking room 1"
    assert change.text == (
        "This session is in the schedule: Saturday, 22 May 2021, 14:00–14:55 (UTC), Hacking room 1 "
        "(see it [[ https://www.mediawiki.org/wiki/Tea/Schedule#Saturday,_22_May | on the wiki ]], "
        "[[ https://zonestamp.toolforge.org/1621692000 | in your time zone ]]).\n\n"
        "If that is not right, please correct it on the wiki, or tell the coordination team here.\n\n"
        f"[[ https://www.mediawiki.org/wiki/User:Callboard#callboard-{change.marker} | Why this comment? ]]"
    )


@pytest.mark.parametrize(
    ("before", "start", "kind", "number"),
    [
        ((), AT, "slot", 1),
        ((f"1 {A}",), AT, "column", 0),
        ((f"1 {A}",), AT + HOUR, "slot", 2),
        ((f"1 {A}", f"2 {B}"), AT, "slot", 3),  # moved back: told again
        ((f"1 {A}", f"2 {B}", f"3 {A}"), AT, "column", 0),
        ((f"1 {A}", f"1 {A}"), AT, "column", 0),  # two bots at once
        ((f"1 {B}", f"1 {A}"), AT, "column", 0),  # one landed late
        ((f"1 {B}", f"1 {A}"), AT + HOUR, "slot", 3),
    ],
)
def test_slot_is_told_unless_the_newest_comment_names_it(
    before: tuple[str, ...], start: datetime, kind: str, number: int
) -> None:
    comments = told(*(mark("slot", occasion) for occasion in before))
    (change,) = due(state(State.SCHEDULED, session(start), told=comments))
    assert change.kind == kind
    assert (change.occasion.split()[0] if kind == "slot" else "0") == str(number)
    assert change.column == GOAL


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({}, GOAL),
        ({"columns": (GOAL,)}, ""),
        ({"moved_by_bot": (GOAL,)}, ""),  # people took it out again
        ({"moved_by_bot": ("PHID-PCOL-former",)}, GOAL),  # the event file names another one now
        ({"goes_to": ""}, ""),
    ],
)
def test_card_goes_where_the_event_file_says_once(facts: dict[str, Any], column: str) -> None:
    assert [change.column for change in due(state(State.SCHEDULED, session(), **facts))] == [column]
    alone = due(state(State.SCHEDULED, session(), told=told(mark("slot", f"1 {A}")), **facts))
    assert [(change.kind, change.column, change.text) for change in alone] == (
        [("column", GOAL, "")] if column else []
    )


@pytest.mark.parametrize(
    "one",
    [
        state(State.ACKNOWLEDGED),
        state(State.SCHEDULED, session(), acknowledged=None),
        state(State.SCHEDULED, session(), visible=False),
        state(State.SCHEDULED, session(), closed=True),
        state(State.SCHEDULED, session(None)),
        state(State.SCHEDULED, session(room="")),
        state(State.SCHEDULED, session(), session(AT + HOUR)),  # one of the two is a mistake
        state(State.SCHEDULED, session(NOW)),  # it has begun
        state(State.SCHEDULED, session(), board="other", kind="project", visible=False),
        state(State.DECLINED, session(), closed=True, missing=("format",)),
        state(State.DUPLICATE, missing=("format",), closed=True),
        state(State.TOO_LATE, acknowledged=None, missing=("format",)),
        state(State.CLOSED_TRACK, acknowledged=None, missing=("format",)),
        state(State.PROPOSED, acknowledged=None),
    ],
)
def test_nothing_is_due(one: ProposalState) -> None:
    assert due(one) == ()


def test_the_same_slot_on_two_pages_is_one() -> None:
    both = state(State.SCHEDULED, session(), replace(session(), line=9))
    assert [change.occasion for change in due(both)] == [f"1 {A}"]


@pytest.mark.parametrize("repeats", [True, ("T900001",), False, ("T900002",)])
def test_sessions_that_repeat_have_all_their_slots_in_one_comment(repeats: bool | tuple[str, ...]) -> None:
    of = event()
    of = of.model_copy(update={"event": of.event.model_copy(update={"repeats": repeats})})
    changes = due(state(State.SCHEDULED, session(AT + HOUR), session()), of=of)
    often = repeats in (True, ("T900001",))
    assert [change.occasion for change in changes] == ([f"1 {A}, {B}"] if often else [])
    assert sum(change.text.count("\n- Saturday") for change in changes) == (2 if often else 0)


@pytest.mark.parametrize("code", ["task-crossed", "task-stolen", "room-overlap"])
def test_row_that_links_the_wrong_task_is_not_told_there(code: str) -> None:
    problem = Problem(code, Severity.WARNING, "", task="T900001")
    found = due(state(State.SCHEDULED, session()), problems=[problem])
    assert [change.kind for change in found] == (["slot"] if code == "room-overlap" else [])


@pytest.mark.parametrize(("code", "told_of"), [("task-crossed", []), ("room-overlap", ["task-not-written"])])
def test_refusal_is_told_as_long_as_the_comment_would_be_due(code: str, told_of: list[str]) -> None:
    one = state(State.SCHEDULED, session())
    (change,) = due(one)
    known = Snapshot(event=event(), now=NOW, refused={key_of(change, event()): "no right"})
    problem = Problem(code, Severity.WARNING, "", task="T900001")
    page = Schedule("Tea/Schedule", PAGE, "rows")
    assert [found.code for found in refused([one], [page], known, [problem])] == told_of


def test_nothing_is_due_while_the_board_is_away() -> None:
    assert due(state(State.SCHEDULED, session()), board_note="away") == ()


def test_nothing_is_due_if_the_event_file_switches_all_off() -> None:
    of = event(missing=False, slot=False, column="", afterwards=False)
    assert due(state(State.SCHEDULED, session()), state(State.INCOMPLETE, missing=("format",)), of=of) == ()


def test_what_is_under_way_or_refused_is_waited_for_with_all_else() -> None:
    one = state(State.SCHEDULED, session())
    (change,) = due(one)
    assert due(one, sent=frozenset({key_of(change, event())})) == ()
    assert key_of(change, event()) == f"test/T900001/slot/1 {A}"
    moved = state(State.SCHEDULED, session(), told=told(change.marker))
    (move,) = due(moved)
    assert due(moved, sent=frozenset({key_of(move, event())})) == ()


# --- what is missing ---


def incomplete(*missing: str, before: tuple[str, ...] = (), **facts: Any) -> ProposalState:
    comments = told(*(mark("missing", occasion) for occasion in before))
    return state(
        State.INCOMPLETE,
        **{"acknowledged": None, "missing": missing, "told": comments, "goes_to": ""} | facts,
    )


def test_missing_fields_are_listed_as_the_template_calls_them() -> None:
    (change,) = due(incomplete("format", "description"))
    assert (change.kind, change.occasion, change.column) == ("missing", "description format", "")
    assert change.text.startswith(
        "Thank you for the proposal! For Hackathon the coordination team also needs:\n\n"
        "- Type of session\n- Description\n\nPlease add it to the description of this task"
    )
    assert marker_in(change.text) == change.marker == mark("missing", "description format")


@pytest.mark.parametrize(
    ("missing", "before", "asked"),
    [
        (("format",), (), True),
        (("format",), ("format",), False),
        (("format",), ("description format",), False),  # the rest of what was asked for
        (("format", "people"), ("description format",), True),
        (("format", "people"), ("format", "people"), False),  # each was asked for
        (("people",), ("description format",), True),
    ],
)
def test_each_field_is_asked_for_once(missing: tuple[str, ...], before: tuple[str, ...], asked: bool) -> None:
    assert [change.kind for change in due(incomplete(*missing, before=before))] == ["missing"] * asked


@pytest.mark.parametrize(
    ("facts", "now", "asked"),
    [
        ({"submitted": NOW}, NOW, False),
        ({"submitted": NOW}, NOW + PATIENCE, True),
        ({"submitted": NOW + HOUR}, NOW, True),  # a rehearsal of an earlier moment
        ({"submitted": None}, NOW, True),
        ({"acknowledged": YES}, NOW, False),  # the team decided with what it had
        ({}, NOW + timedelta(days=9), False),  # the event is over
    ],
)
def test_when_missing_fields_are_asked_for(facts: dict[str, Any], now: datetime, asked: bool) -> None:
    assert len(due(incomplete("format", **facts), now=now)) == asked


def test_task_in_the_schedule_without_a_yes_is_asked_and_not_told_its_slot() -> None:
    one = state(State.SCHEDULED, session(), acknowledged=None, missing=("format",))
    assert [(change.kind, change.column) for change in due(one)] == [("missing", "")]


# --- afterwards ---


@pytest.mark.parametrize(
    ("later", "due_now"),
    [
        (timedelta(minutes=55) + timedelta(days=1) - timedelta(seconds=1), False),
        (timedelta(minutes=55) + timedelta(days=1), True),
        (timedelta(minutes=55) + timedelta(days=1) + ASKED_WITHIN - timedelta(seconds=1), True),
        (timedelta(minutes=55) + timedelta(days=1) + ASKED_WITHIN, False),
    ],
)
def test_notes_are_asked_for_within_a_time(later: timedelta, due_now: bool) -> None:
    assert [c.kind for c in due(state(State.HELD, session()), now=AT + later)] == ["afterwards"] * due_now


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({}, ["afterwards"]),
        ({"told": told(mark("slot", "1 x"))}, ["afterwards"]),
        ({"told": told(mark("afterwards", "once"))}, []),
        ({"acknowledged": None}, []),
        (
            {"acknowledged": None, "was_acknowledged": YES, "closed": True, "status": "resolved"},
            ["afterwards"],
        ),
    ],
)
def test_notes_are_asked_for_once_where_there_was_a_yes(facts: dict[str, Any], kinds: list[str]) -> None:
    found = due(state(State.HELD, session(), **facts), now=AT + timedelta(days=2))
    assert [change.kind for change in found] == kinds
    assert [change.column for change in found] == [""] * len(kinds)


def test_session_without_rows_is_not_asked_for_notes() -> None:
    assert due(state(State.HELD, was_acknowledged=YES), now=AT + timedelta(days=2)) == ()


# --- people's word ---


@pytest.mark.parametrize(
    "one",
    [
        state(State.SCHEDULED, session(), told=told("", removed=True), goes_to=""),
        state(State.HELD, session(NOW - timedelta(days=2)), told=told("", removed=True)),
        incomplete("format", told=told("", removed=True)),
    ],
)
def test_nothing_is_written_where_people_removed_a_comment(one: ProposalState) -> None:
    assert due(one) == ()


def test_changes_come_by_task_number() -> None:
    rows = [state(State.SCHEDULED, session(), task=f"T{n}") for n in (900010, 900002, 1000001)]
    assert [change.task for change in due(*rows)] == ["T900002", "T900010", "T1000001"]


@pytest.mark.parametrize("job", [tidy_schedule, tidy_signups, link_tasks, send_notices, thank_helpers])
def test_one_off_jobs_write_nothing_on_tasks(job: Any) -> None:
    assert [board.writes.any for board in event().board] == [True]
    assert [board.writes.any for board in job(event()).board] == [False]


# --- markers ---


def test_markers_tell_events_tasks_kinds_and_occasions_apart() -> None:
    every = {
        marker(slug, task, kind, occasion)
        for slug in ("a", "b")
        for task in ("T1", "T2")
        for kind in ("slot", "missing")
        for occasion in ("1 x", "2 x")
    }
    assert len(every) == 16
    assert {kind_of(one) for one in every} == {"slot", "missing"}
    assert all(marker_in(f"Hello.\n\n[[ https://x.org/{as_fragment(one)} | why ]]") == one for one in every)


@pytest.mark.parametrize(
    "text", ["", "Hello", "#callboard-", "#callboard-slot-12", "#callboard-slot-3f9a12cd4e5f0"]
)
def test_other_texts_have_no_marker(text: str) -> None:
    assert marker_in(text) == ""


def test_last_marker_of_a_text_counts() -> None:
    one, two = mark("slot", "1"), mark("slot", "2")
    assert marker_in(f"{as_fragment(one)} {as_fragment(two)}") == two


# --- Remarkup ---

J = "\u2060"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Hacking room 1", "Hacking room 1"),
        ("Café & bar (2nd floor), 14:00", "Café & bar (2nd floor), 14:00"),
        ("@ada", "＠ada"),
        ("ada@example.org", "ada＠example.org"),
        ("T123 t4", f"T{J}123 t{J}4"),
        ("rABC12", f"rABC{J}12"),
        ("{T123}", f"{{{J}T{J}123}}"),
        ("#tag", f"#{J}tag"),
        ("{F1, size=full}", f"{{{J}F{J}1, size=full}}"),
        ("[[User:Ada]]", f"[{J}[{J}User:{J}Ada]{J}]"),
        ("[x](https://x.org)", f"[{J}x]{J}(https:{J}/{J}/x.org)"),
        ("https://x.org", f"https:{J}/{J}/x.org"),
        ("**b** //i// __u__ ~~s~~ !!h!! ##m##", f"*{J}*b*{J}* /{J}/i/{J}/ _{J}_u_{J}_ ~{J}~s~{J}~ !{J}!h!{J}! #{J}#{J}m#{J}#"),
        ("`code`", "'code'"),
        ("<table>", f"<{J}table>"),
        ("a | b", f"a |{J} b"),
        (":smile:", f":{J}smile:"),
        ("deadbeef", f"deadbe{J}e{J}f"),
        ("one\ntwo\r\n\tthree", "one two three"),
        ("a\u202eb\x00c", "abc"),
        ("x" * 200, "x" * 119 + "…"),
    ],
)  # fmt: skip
def test_values_are_shown_and_do_nothing(value: str, shown: str) -> None:
    assert safe(value) == shown


@given(st.text(alphabet=st.sampled_from("@T1#{}[]|*/_~!%=:<>`.-aF \n\tö\u202e"), max_size=40) | st.text())
def test_no_value_acts(value: str) -> None:

    shown = safe(value)
    acts = r"@|[A-Za-z]\d|#\w|\{\w|\[\[|\]\]|://|\*\*|//|__|~~|!!|##|%%|==|`|[\r\n]|:[a-z+]|[\[\]]\("
    assert re.findall(acts, shown) == []


@given(st.text(min_size=1))
def test_no_title_ends_a_link_or_mentions(title: str) -> None:
    made = address(event(), title)
    assert not set(made) & set("@ |[]{}<>\n\"'`")
    assert made.isascii()


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("== Saturday, 22 May ==\n| x", "#Saturday,_22_May"),
        ("== Saturday ==\n=== Room  1 ===\n| x", "#Room_1"),
        ("== Day ==\n| y\n== Day ==\n| x", "#Day_2"),
        ("== Sábado <!--T:4--> ==\n| x", "#S%C3%A1bado"),
        ("== T900002 @ada ==\n| x", "#%54900002_%40ada"),
        ("== [[Saturday]] ==\n| x", ""),
        ("== {{day|1}} ==\n| x", ""),
        ("== <translate>Day</translate> ==\n| x", ""),
        ("| x", ""),
    ],
)
def test_link_goes_to_the_section_of_the_row(text: str, fragment: str) -> None:
    at = text.index("| x")
    row = replace(session(), span=Span(at, at + 3))
    made = address_of_row(event(), Schedule("Tea/Schedule", text, "rows"), row)
    assert made == f"https://www.mediawiki.org/wiki/Tea/Schedule{fragment}"


# --- the desk ---


@pytest.mark.parametrize(
    ("phid", "text", "column", "why"),
    [
        ("", "Hello", "", "no task is not on the board"),
        ("T1", "Hello", "", "T1 is not on the board"),
        ("PHID-TASK-2", "Hello", "", "PHID-TASK-2 is not on the board"),
        ("PHID-TASK-1", "Hello", "PHID-PCOL-foreign", "PHID-PCOL-foreign is no column of the task's board"),
        ("PHID-TASK-1", "Hello", "Scheduled", "Scheduled is no column of the task's board"),
        ("PHID-TASK-1", "", "", "there is nothing to write"),
        ("PHID-TASK-1", "hi @ada", "", "the comment would mention somebody, or another task"),
        ("PHID-TASK-1", "see T2", "", "the comment would mention somebody, or another task"),
    ],
)
def test_desk_refuses_before_anything_is_sent(phid: str, text: str, column: str, why: str) -> None:
    with Conduit("http://127.0.0.1:1", "api-x", user_agent="test") as conduit:
        desk = Desk(conduit, {"PHID-TASK-1": {GOAL}})
        with pytest.raises(BoardRefused, match=f"^nothing was sent to Phabricator: {why}$"):
            desk.comment_and_move(phid, text, column)
        assert conduit.requests == 0


def test_desk_has_no_way_to_send_a_status_or_a_project() -> None:
    sent: list[dict[str, Any]] = []

    class Ear(Conduit):
        def call(self, method: str, **params: object) -> object:
            sent.append({"method": method, **params})
            return {
                "object": {},
                "transactions": [{"phid": "PHID-XACT-TASK-1"}, {"phid": "PHID-XACT-TASK-2"}],
            }

    with Ear("http://127.0.0.1:1", "api-x", user_agent="test") as conduit:
        desk = Desk(conduit, {"PHID-TASK-1": {GOAL}})
        assert desk.comment_and_move("PHID-TASK-1", "Hello", GOAL) == "PHID-XACT-TASK-2"
    assert sent == [
        {
            "method": "maniphest.edit",
            "objectIdentifier": "PHID-TASK-1",
            "transactions": [{"type": "column", "value": [GOAL]}, {"type": "comment", "value": "Hello"}],
        }
    ]
    public = [name for name in vars(Desk) if not name.startswith("_")]
    assert public == ["comment_and_move"]
