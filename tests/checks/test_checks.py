"""Checks on values made by hand: what is no problem first, then what is."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.checks import CHECKS, ordered, run_checks
from callboard.checks.of_readers import READERS
from callboard.checks.overlaps import MOST, Booking, clashes
from callboard.model import (
    Acknowledgement,
    Facilitation,
    LineAuthors,
    Maker,
    Person,
    PersonForm,
    Problem,
    Proposal,
    Schedule,
    Session,
    Severity,
    SignUp,
    SignUps,
    TaskForm,
    TaskRef,
    Withdrawal,
)
from callboard.read.schedule import read_schedule
from callboard.tasks_file import proposals_from
from callboard.wikitext.edits import Span
from tests.snapshots import snapshot

ROOT = Path(__file__).parents[2]
DAY = datetime(2021, 5, 21, tzinfo=UTC)
ROOM1, ROOM2 = ("Hacking room 1",), ("Hacking room 2",)


def at(clock: str, day: int = 0) -> datetime:
    hour, minute = clock.split(":")
    return DAY + timedelta(days=day, hours=int(hour), minutes=int(minute))


class Page:
    """A page that is written line by line, one session a line."""

    def __init__(self, title: str = "Schedule") -> None:
        self.title, self.text = title, ""
        self.sessions: list[Session] = []

    def put(
        self,
        title: str,
        start: str | None = "10:00",
        end: str | None = "10:30",
        rooms: tuple[str, ...] = ROOM1,
        *,
        day: int = 0,
        till: int | None = None,
        owners: str = "",
        facilitators: str | None = None,
        task: str = "",
        **more: Any,
    ) -> "Page":
        begin = len(self.text)
        owned, helped = owners.split(), (facilitators or "").split()
        self.text += title
        refs = tuple(TaskRef(name, TaskForm.BARE, self._word(name)) for name in task.split())
        people = tuple(Person(name, PersonForm.BARE, self._word(name)) for name in owned)
        label = self._word("facilitation:")
        marks = tuple(Person(name, PersonForm.BARE, self._word(name)) for name in helped)
        span = Span(begin, len(self.text))
        self.text += "\n"
        mark = Facilitation(label, label, label, marks, open=not marks)
        self.sessions.append(
            Session(
                title,
                at(start, day) if start else None,
                at(end, day if till is None else till) if end else None,
                rooms,
                people,
                refs,
                self.text[:begin].count("\n") + 1,
                span,
                mark if facilitators is not None else None,
                **more,
            )
        )
        return self

    def _word(self, word: str) -> Span:
        self.text += f" {word}"
        return Span(len(self.text) - len(word), len(self.text))

    def read(self) -> Schedule:
        return Schedule(self.title, self.text, "grid", tuple(self.sessions))


def board(*tasks: Mapping[str, Any]) -> dict[str, Proposal]:
    return proposals_from([{"title": "Talk", **task} for task in tasks], "test")


def found(code: str, *pages: Page, **seen: Any) -> list[tuple[str, int | None, str]]:
    """(page, line, text) of the problems with this code."""
    problems = run_checks(tuple(page.read() for page in pages), (), snapshot(**seen))
    return [(p.page, p.line, p.text) for p in problems if p.code == code]


def test_the_checks_that_there_are() -> None:
    assert sorted(CHECKS) == [
        "acknowledged-unscheduled",
        "acknowledgement-withdrawn",
        "changeover",
        "closed-room-changed",
        "cover-gap",
        "first-timer-alone",
        "format-room",
        "helper-busy",
        "helper-twice",
        "hours-unclear",
        "length-format",
        "length-task",
        "no-facilitator",
        "off-days",
        "owner-differs",
        "owner-elsewhere",
        "owner-unavailable",
        "person-twice",
        "room-hours",
        "room-overlap",
        "session-vanished",
        "submitted-late",
        "task-closed",
        "task-crossed",
        "task-missing",
        "task-stolen",
        "task-twice",
        "task-unacknowledged",
        "task-unknown",
        "title-differs",
    ]


def test_nothing_read_is_no_problem() -> None:
    assert run_checks((), (), snapshot(proposals={})) == ()
    assert run_checks((Schedule("Page", "", "none"),), (SignUps("Page", "", "none"),), snapshot()) == ()


@pytest.mark.parametrize(
    "page",
    [
        Page().put("A").put("B", "10:30", "11:00"),  # one after the other
        Page().put("A").put("B", rooms=ROOM2),
        Page().put("A", rooms=()).put("B", rooms=()),
        Page().put("A", None, None).put("B", "10:00", None),
        Page().put("A").put("B", day=1),
        Page().put("A", format="Lightning talk").put("B", format="lightning talk"),
        Page().put("A", "10:30", "10:30").put("B", "10:30", "11:00"),
    ],
)
def test_rooms_that_do_not_overlap(page: Page) -> None:
    assert found("room-overlap", page) == []


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        ([Page().put("A").put("B", "10:15", "10:45")], [("Schedule", 2, "B")]),
        ([Page().put("A", "10:00", "12:00").put("B").put("C", "11:00", "11:30")], [("Schedule", 2, "B"), ("Schedule", 3, "C")]),
        ([Page().put("B", "10:15", "10:45").put("A")], [("Schedule", 1, "B")]),
        ([Page().put("A", rooms=("HACKING ROOM 1", "Hacking room 2")).put("B", rooms=(*ROOM1, *ROOM2))], [("Schedule", 2, "B")]),
        ([Page().put("Party", "23:00", "01:00", till=1).put("Early", "00:30", "01:30", day=1)], [("Schedule", 2, "Early")]),
        ([Page("Friday").put("A"), Page("More").put("B")], [("More", 1, "B")]),
        ([Page().put("A", format="Lightning talk").put("B", format="Workshop")], [("Schedule", 2, "B")]),
    ],
)  # fmt: skip
def test_rooms_that_overlap(pages: list[Page], wanted: list[tuple[str, int | None, str]]) -> None:
    assert found("room-overlap", *pages) == wanted


def test_the_message_of_an_overlap_names_both_and_the_way_out() -> None:
    (problem,) = run_checks((Page().put("A").put("B", "10:15", "10:45").read(),), (), snapshot())
    assert problem == Problem(
        "room-overlap",
        Severity.ERROR,
        "Hacking room 1 has two sessions at once: this one (Fri 21 May 10:15–10:45 UTC)"
        ' and "A" (line 1) (Fri 21 May 10:00–10:30 UTC); move one of them',
        "Schedule",
        2,
        "B",
        at=at("10:00"),
    )


@pytest.mark.parametrize(
    "page",
    [
        Page().put("A", owners="Ada").put("B", rooms=ROOM2, owners="Bo"),
        Page().put("A", owners="Ada").put("B", "10:30", "11:00", ROOM2, owners="Ada"),
        Page().put("A", owners="Ada", facilitators="Ada"),
        Page().put("A", owners="Ada").put("B", owners="Ada"),  # that is the room's problem
        Page().put("A", None, None, owners="Ada").put("B", rooms=ROOM2, owners="Ada"),
    ],
)
def test_people_in_one_place(page: Page) -> None:
    assert found("person-twice", page) == []


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page().put("A", owners="Ada").put("B", rooms=ROOM2, owners="Bo Ada"), [("Schedule", 2, "Ada")]),
        (Page().put("A", owners="Ada").put("B", rooms=ROOM2, facilitators="Ada"), [("Schedule", 2, "Ada")]),
        (
            Page().put("A", facilitators="Ada").put("B", "10:29", "11:00", ROOM2, facilitators="Ada"),
            [("Schedule", 2, "Ada")],
        ),
        (Page().put("A", owners="Ada", rooms=()).put("B", rooms=(), owners="Ada"), [("Schedule", 2, "Ada")]),
    ],
)
def test_people_in_two_places(page: Page, wanted: list[tuple[str, int | None, str]]) -> None:
    assert found("person-twice", page) == wanted


@pytest.mark.parametrize(
    "page",
    [
        Page().put("A", format="talk"),  # 25 minutes in a slot of 30
        Page().put("A", "10:00", "11:00", format="Workshop"),
        Page().put("A", "10:00", "10:55", marker="💬"),
        Page().put("A", format="Lightning talk"),  # several share the slot
        Page().put("Opening", "10:00", "13:00"),
        Page().put("A", "10:00", None, format="Workshop"),
        Page().put("A", task="T900001"),
    ],
)
def test_lengths_that_fit(page: Page) -> None:
    assert found("length-format", page) == []


@pytest.mark.parametrize(
    ("page", "severity", "message"),
    [
        (
            Page().put("A", format="Workshop"),
            Severity.WARNING,
            "30 minutes are too short for a Workshop, which needs 55; give it a longer slot or ask its owner",
        ),
        (
            Page().put("A", "10:00", "11:00", format="Presentation"),
            Severity.NOTE,
            "60 minutes are long for a Presentation, which needs 25; is the end right?",
        ),
        (
            Page().put("A", "10:00", "11:30", task="T900009"),
            Severity.NOTE,
            "90 minutes fit no format of the event (Presentation 25, Discussion 55, Workshop 55, Lightning talk 5); agree on it with its owner",
        ),
        (
            Page().put("A", task="T900001"),
            Severity.WARNING,
            "30 minutes are too short for the proposal T900001, which needs 40; give it a longer slot or ask its owner",
        ),
        (
            Page().put("A", task="T900002"),
            Severity.WARNING,
            "30 minutes are too short for a Workshop (so T900002 says), which needs 55; give it a longer slot or ask its owner",
        ),
    ],
)
def test_lengths_that_do_not_fit(page: Page, severity: Severity, message: str) -> None:
    proposals = board({"task": "T900001", "minutes": 40}, {"task": "T900002", "format": "workshop"})
    problems = run_checks((page.read(),), (), snapshot(proposals=proposals))
    assert [(p.severity, p.line, p.text, p.message) for p in problems if p.code.startswith("length")] == [
        (severity, 1, "A", message)
    ]


@pytest.mark.parametrize(
    "page",
    [
        Page().put("A"),
        Page().put("A", day=2),
        Page().put("Party", "23:00", "02:00", day=2, till=3),  # nobody said when the last day closes
        Page()
        .put("Late", "23:30", "00:30", day=2, till=3)
        .put("Later", "00:30", "02:00", day=3)
        .put("Bus", "02:00", None, day=3),
        Page().put("A", None, None),
    ],
)
def test_sessions_on_the_events_days(page: Page) -> None:
    assert found("off-days", page) == []


@pytest.mark.parametrize(
    "page",
    [
        Page().put("A", day=-1),
        Page().put("A", day=3),
        Page().put("A", "00:00", "00:30", day=3),
        Page().put("A", "00:30", "00:45", day=3).put("Party", "23:00", "00:00", day=2, till=3),
    ],
)
def test_sessions_off_the_events_days(page: Page) -> None:
    assert found("off-days", page) == [("Schedule", 1, "A")]


def test_a_closing_time_holds_for_the_night_too() -> None:
    facts = {"title": "X", "zone": "UTC", "days": [{"date": "2021-05-21", "closes": "23:59"}]}
    page = Page().put("A", "23:00", "00:30", till=1).put("B", "00:30", "02:00", day=1)
    assert [line for _, line, _ in found("off-days", page, event=facts)] == [1, 2]


def test_one_cell_over_several_days_is_told_once() -> None:
    """`colspan=3` over columns of days is a session on each day, and one cell for people."""
    page = Page().put("Quiet hacking", task="T900009", facilitators="")
    page.sessions += [
        replace(page.sessions[0], start=at("10:00", day), end=at("10:30", day)) for day in (1, 2)
    ]
    assert found("task-unknown", page, proposals={}) == [("Schedule", 1, "T900009")]
    assert found("no-facilitator", page) == [("Schedule", 1, "facilitation:")]


def test_a_session_of_a_task_that_stands_elsewhere_is_told_once_whatever_its_days() -> None:
    page = Page().put("Maps", task="T900009").put("Quiet hacking", "14:00", "15:00", task="T900009")
    page.sessions.append(replace(page.sessions[1], start=at("14:00", 1), end=at("15:00", 1)))
    assert found("task-twice", page, proposals={}) == [("Schedule", 2, "T900009")]


def test_opening_hours_count_where_they_are_given() -> None:
    day = {"date": "2021-05-21", "opens": "09:00", "closes": "18:00"}
    facts = {"title": "X", "zone": "UTC", "days": [day]}
    page = Page().put("A", "08:30", "09:00").put("B", "17:30", "18:30", ROOM2).put("C", "09:00", "18:00")
    assert found("off-days", page, event=facts) == [("Schedule", 1, "A"), ("Schedule", 2, "B")]


TASKS = (
    {"task": "T900001", "acknowledged": True},
    {"task": "T900002"},
    {"task": "T900003", "status": "declined", "acknowledged": True},
    {"task": "T900004", "status": "resolved", "acknowledged": True},
    {"task": "T900005", "visible": False, "acknowledged": True},
)


@pytest.mark.parametrize(
    ("task", "codes"),
    [
        ("T900001", []),
        ("T900002", ["task-unacknowledged"]),
        ("T900003", ["task-closed"]),
        ("T900004", ["task-closed"]),
        ("T900005", ["task-unknown"]),
        ("T900099", ["task-unknown"]),
        ("T900001 T900001", []),
    ],
)
def test_states_of_tasks(task: str, codes: list[str]) -> None:
    page = Page().put("A", task=task)
    known = snapshot(proposals=board(*TASKS))
    problems = run_checks((page.read(),), (), known)
    told = [p for p in problems if p.code != "acknowledged-unscheduled"]
    assert all(p.at == at("10:00") for p in told)
    assert [p.code for p in told] == codes
    first = task.partition(" ")[0]
    assert {(p.line, p.text, p.task) for p in told} <= {(1, first, first)}
    assert run_checks((page.read(),), (), snapshot(proposals=None)) == ()


def test_a_task_is_rightly_resolved_after_its_session() -> None:
    page = Page().put("A", task="T900004")
    assert found("task-closed", page, proposals=board(*TASKS), now=at("10:30")) == []
    assert found("task-closed", page, proposals=board(*TASKS), now=at("10:29")) == [
        ("Schedule", 1, "T900004")
    ]


def test_an_acknowledged_task_without_a_row() -> None:
    page = Page().put("A", task="T900002")
    known = snapshot(proposals=board({"task": "T900001", "acknowledged": {"by": "coordinator"}}, TASKS[1]))
    (problem,) = (p for p in run_checks((page.read(),), (), known) if p.code == "acknowledged-unscheduled")
    assert problem == Problem(
        "acknowledged-unscheduled",
        Severity.WARNING,
        'T900001 "Talk" was acknowledged by coordinator, but no row of the schedule links it;'
        " its owner adds it to a free slot",
        "Schedule",
        task="T900001",
    )


def test_an_acknowledged_task_whose_row_does_not_link_it() -> None:
    page = Page().put("Something").put("[Session] talk", rooms=ROOM2)
    assert found("acknowledged-unscheduled", page, proposals=board(TASKS[0])) == [
        ("Schedule", 2, "[Session] talk")
    ]


def test_an_acknowledged_task_whose_row_has_another_number() -> None:
    page = Page().put("Maps for all", task="T990001")
    board = proposals_from(
        [{"task": "T900001", "title": "[Session] Maps for all", "acknowledged": True}], "test"
    )
    problems = run_checks((page.read(),), (), snapshot(proposals=board))
    assert [(p.text, p.message) for p in problems if p.code == "acknowledged-unscheduled"] == [
        (
            "T990001",
            (
                'T900001 "[Session] Maps for all" was acknowledged and may be "Maps for all" (line 1), which links T990001;'
                " if so, correct the number there"
            ),
        )
    ]


def test_the_length_of_a_declined_task_is_no_problem_of_its_own() -> None:
    page = Page().put("Maps", task="T900001")
    board = proposals_from(
        [{"task": "T900001", "title": "Maps", "minutes": 55, "status": "declined", "acknowledged": True}],
        "test",
    )
    codes = [p.code for p in run_checks((page.read(),), (), snapshot(proposals=board))]
    assert codes == ["task-closed"]


def test_linked_closed_and_hidden_tasks_need_no_row() -> None:
    page = Page().put("A", task="T900001")
    assert found("acknowledged-unscheduled", page, proposals=board(*TASKS)) == []


def test_a_task_on_two_rows_is_told_at_the_second() -> None:
    page = Page().put("A", task="T900001").put("B", "11:00", "11:30", task="T900002 T900001 T900001")
    assert found("task-twice", page) == [("Schedule", 2, "T900001")]
    assert found("task-twice", Page().put("A", task="T900001 T900001")) == []


def test_unclear_hours_are_told_with_the_text_that_speaks_of_them() -> None:
    text = "; Chat\n:* EpicPupper (07:00 PM to 12:30 PM UTC)\n"
    hours = Span(text.index("07"), text.index(")"))
    clear = SignUp("Ada", "Chat", 2, Span(7, 8))
    entry = SignUp(
        "EpicPupper", "Chat", 2, Span(7, 46), ambiguous=True, question="17½ hours, or a slip?", hours=hours
    )
    assert run_checks((), (SignUps("Helpers", text, "roles", (clear, entry)),), snapshot()) == (
        Problem(
            "hours-unclear",
            Severity.WARNING,
            "EpicPupper: 17½ hours, or a slip?",
            "Helpers",
            2,
            "07:00 PM to 12:30 PM UTC",
        ),
    )


def test_problems_of_the_readers_pass_and_the_worst_come_first() -> None:
    note = Problem("time-odd", Severity.NOTE, "odd", "Schedule", 1, "18:30 PM")
    error = Problem("table-unread", Severity.ERROR, "unread", "Schedule", 9, "{|")
    schedule = Schedule("Schedule", "", "grid", problems=(note, error, note))
    assert run_checks((schedule,), (), snapshot()) == (error, note)


TIMES = st.integers(0, 60).map(lambda minutes: DAY + timedelta(minutes=minutes))


@given(st.lists(st.tuples(TIMES, TIMES), max_size=12))
def test_a_clash_is_told_exactly_for_bookings_that_begin_before_an_earlier_one_ends(
    spans: list[tuple[datetime, datetime]],
) -> None:
    schedule = Page().read()
    bookings = [
        Booking(
            min(span), max(span), schedule, Session(str(n), min(span), max(span), (), (), (), n, Span(n, n))
        )
        for n, span in enumerate(spans)
    ]
    ordered = sorted(bookings, key=lambda b: (b.start, b.session.span))
    wanted = {
        later.session.line
        for number, later in enumerate(ordered)
        if any(later.start < earlier.end for earlier in ordered[:number])
    }
    found = list(clashes(bookings))
    assert {later.session.line for later, _ in found} == wanted
    assert all(later.start < earlier.end for later, there in found for earlier in there)
    assert all(1 <= len(there) <= MOST for _, there in found)


# --- several at once, and people who hurry ---


def test_three_sessions_in_one_room_are_one_problem_told_at_the_last() -> None:
    page = Page().put("A").put("B").put("C", "10:15", "10:45").put("D", "10:40", "11:00")
    problems = [p for p in run_checks((page.read(),), (), snapshot()) if p.code == "room-overlap"]
    assert [(p.line, len(p.rows)) for p in problems] == [(3, 3), (4, 2)]
    assert "has three sessions at once: this one (Fri 21 May 10:15–10:45 UTC), " in problems[0].message


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("! Time !! Hall\n|-\n| 10:00 ||\n{{S|t=One}}\n{{S|t=Two}}\n|-\n| 10:30 || Lunch", False),
        ("! Time !! Hall\n|-\n| 10:00 || {{S|t=One}}<br />{{S|t=Two}}\n|-\n| 10:30 || Lunch", False),
        ("|}\n{{S|t=One|at=10:00–10:30|r=Hall}}\n{{S|t=Two|at=10:00–10:30|r=Hall}}\n{|", True),
    ],
)
def test_templates_in_one_cell_share_its_slot(body: str, told: bool) -> None:
    template = {"name": "S", "title": "t", "start": "at", "room": "r"}
    seen = snapshot(room=[{"name": "Hall"}], template=[template])
    page = read_schedule(
        f'== Friday, May 21 ==\n{{| class="wikitable"\n{body}\n|}}\n', seen.event, "Schedule"
    )
    assert [session.title for session in page.sessions if session.title != "Lunch"] == ["One", "Two"]
    codes = [problem.code for problem in run_checks((page,), (), seen)]
    assert ("room-overlap" in codes) is told


def test_one_session_in_two_tables_is_one_session() -> None:
    page = Page().put("A", task="T900001", owners="Ada")
    overview = Page("Overview").put("A", task="T900001", owners="Ada")
    assert [p.code for p in run_checks((page.read(), overview.read()), (), snapshot())] == []


def test_people_wanted_at_the_same_two_sessions_are_one_problem() -> None:
    page = Page().put("A", owners="Ada Bo").put("B", rooms=ROOM2, owners="Bo", facilitators="Ada")
    problems = [p for p in run_checks((page.read(),), (), snapshot()) if p.code == "person-twice"]
    (problem,) = problems
    assert problem.text == "Ada"
    assert problem.message == (
        'Ada and Bo would have to be here (Fri 21 May 10:00–10:30 UTC) and at "A" (line 1)'
        " (Fri 21 May 10:00–10:30 UTC); move a session or find somebody else"
    )


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page().put("A", owners="Ada").put("B", "10:30", "11:00", owners="Ada"), []),  # the same room
        (Page().put("A", owners="Ada").put("B", "10:35", "11:00", ROOM2, owners="Ada"), []),
        (Page().put("A", owners="Ada", format="talk").put("B", "10:30", "11:00", ROOM2, owners="Ada"), []),
        (Page().put("A", owners="Ada").put("B", "10:30", "11:00", (), owners="Ada"), []),
        (Page().put("A", owners="Ada").put("B", "10:20", "11:00", ROOM2, owners="Ada"), []),  # person-twice
        (Page().put("A", owners="Ada").put("B", "10:30", "11:00", ROOM2, owners="Ada"), [("Schedule", 2, "Ada")]),
        (
            Page().put("A", owners="Ada").put("B", "10:34", "11:00", ROOM2, facilitators="Ada"),
            [("Schedule", 2, "Ada")],
        ),
    ],
)  # fmt: skip
def test_time_to_change_rooms(page: Page, wanted: list[tuple[str, int | None, str]]) -> None:
    assert found("changeover", page) == wanted


# --- lengths, formats, rooms ---


def test_an_approved_length_counts_before_the_format() -> None:
    page = Page().put("A", "10:00", "11:20", format="Workshop", task="T900001")
    approved = [{"task": "T900001", "minutes": 80}]
    assert found("length-format", page) == [("Schedule", 1, "A")]
    assert found("length-format", page, approved=approved) == []
    assert found("length-format", Page().put("A", format="Workshop", task="T900001"), approved=approved) == [
        ("Schedule", 1, "A")
    ]


@pytest.mark.parametrize(("count", "full"), [(6, False), (7, True)])
def test_lightning_talks_that_share_a_slot_must_fit_into_it(count: int, full: bool) -> None:
    page = Page()
    for number in range(count):
        page.put(f"Talk {number}", format="Lightning talk")
    assert found("length-format", page) == ([("Schedule", count, f"Talk {count - 1}")] if full else [])
    assert found("room-overlap", page) == []


def test_a_length_other_than_the_tasks_is_told_once() -> None:
    proposals = board({"task": "T900001", "title": "A", "minutes": 80})
    fits_format = Page().put("A", "10:00", "11:00", format="Workshop", task="T900001")
    fits_neither = Page().put("A", format="Workshop", task="T900001")
    assert found("length-task", fits_format, proposals=proposals) == [("Schedule", 1, "A")]
    assert found("length-task", fits_neither, proposals=proposals) == []
    assert found("length-format", fits_neither, proposals=proposals) == [("Schedule", 1, "A")]


def test_formats_may_be_limited_to_rooms() -> None:
    formats = [{"name": "Workshop", "minutes": 55, "rooms": ["Main track", "Hacking room 1"]}]
    page = (
        Page()
        .put("A", format="workshop")
        .put("B", rooms=ROOM2, format="workshop")
        .put("C", "11:00", "12:00", ROOM2)
    )
    assert found("format-room", page, format=formats) == [("Schedule", 2, "B")]
    assert found("format-room", page) == []
    far = Page().put("A", rooms=("The pub",), format="workshop")  # room-unknown is the reader's
    assert found("format-room", far, format=formats) == []


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page().put("A", "09:00", "18:00"), 0),
        (Page().put("A", "08:30", "09:30"), 1),
        (Page().put("A", "17:30", "18:30"), 1),
        (Page().put("A", "08:30", "09:30", ROOM2), 0),
        (Page().put("A", "08:30", "09:30", day=-1), 0),  # off-days
        (Page().put("A", None, None), 0),
    ],
)
def test_room_hours(page: Page, wanted: int) -> None:
    rooms = [
        {"name": "Hacking room 1", "opens": "09:00", "closes": "18:00"},
        {"name": "Hacking room 2"},
    ]
    assert len(found("room-hours", page, room=rooms)) == wanted


def test_a_room_that_closes_after_midnight() -> None:
    rooms = [{"name": "Hacking room 1", "opens": "18:00", "closes": "02:00"}]
    page = (
        Page()
        .put("A", "23:00", "01:00", till=1)
        .put("B", "00:30", "02:00", day=1)
        .put("C", "01:30", "02:30", day=1)
    )
    assert found("room-hours", page, room=rooms) == [("Schedule", 3, "C")]


CLOSED = [{"name": "Hacking room 1", "closed_since": "2021-05-19T12:00:00Z"}, {"name": "Hacking room 2"}]


def changed_at(hour: int, user: str, line: int = 1) -> dict[str, LineAuthors]:
    makers = [None, None, None]
    makers[line - 1] = Maker(user, datetime(2021, 5, 19, hour, tzinfo=UTC))  # type: ignore[call-overload]
    return {"Schedule": LineAuthors(tuple(makers))}


@pytest.mark.parametrize(
    ("authors", "wanted"),
    [
        ({}, []),
        (changed_at(11, "Bo"), []),
        (changed_at(13, "Ada Organiser"), []),
        (changed_at(13, "Bo", line=2), []),  # another room's row
        (changed_at(13, "Bo"), [("Schedule", 1, "A")]),
        (changed_at(13, ""), [("Schedule", 1, "A")]),  # hidden
    ],
)
def test_a_closed_room_that_was_changed(
    authors: dict[str, LineAuthors], wanted: list[tuple[str, int | None, str]]
) -> None:
    facts = {"title": "X", "zone": "UTC", "days": ["2021-05-21"], "organisers": ["Ada Organiser"]}
    page = Page().put("A").put("B", rooms=ROOM2).read()
    known = replace(snapshot(room=CLOSED, event=facts), authors=authors)
    problems = run_checks((page,), (), known)
    assert [(p.page, p.line, p.text) for p in problems if p.code == "closed-room-changed"] == wanted


def test_a_line_with_cells_of_several_rooms_may_have_been_changed_for_any() -> None:
    page = Page().put("A").read()
    text = "| 10:00 || A || B\n"
    sessions = [
        replace(page.sessions[0], title=name, span=Span(text.index(name), text.index(name) + 1), rooms=rooms)
        for name, rooms in (("A", ROOM1), ("B", ROOM2))
    ]
    known = replace(snapshot(room=CLOSED), authors=changed_at(13, "Bo"))
    both = Schedule("Schedule", text, "grid", tuple(sessions))
    assert [p.code for p in run_checks((both,), (), known)] == []
    alone = Schedule("Schedule", text, "grid", tuple(sessions[:1]))
    assert [p.code for p in run_checks((alone,), (), known)] == ["closed-room-changed"]


# --- tasks ---

DEADLINE = {
    "title": "X",
    "zone": "UTC",
    "days": ["2021-05-21"],
    "submissions_close": "2021-05-10T12:00:00Z",
}


@pytest.mark.parametrize(
    ("hour", "yes", "severity"), [(12, False, None), (13, False, Severity.WARNING), (13, True, Severity.NOTE)]
)
def test_tasks_submitted_after_the_deadline(hour: int, yes: bool, severity: Severity | None) -> None:
    (proposal,) = board({"task": "T900001", "title": "A", "acknowledged": yes}).values()
    late = replace(proposal, submitted=datetime(2021, 5, 10, hour, tzinfo=UTC))
    page = Page().put("A", task="T900001").read()
    problems = run_checks((page,), (), snapshot(event=DEADLINE, proposals={"T900001": late}))
    assert [p.severity for p in problems if p.code == "submitted-late"] == ([severity] if severity else [])


def test_a_merged_task_names_the_one_to_link() -> None:
    (proposal,) = board({"task": "T900001", "title": "A", "status": "duplicate"}).values()
    page = Page().put("A", task="T900001").read()
    merged = {"T900001": replace(proposal, merged_into="T900002")}
    (problem,) = run_checks((page,), (), snapshot(proposals=merged))
    assert (problem.code, problem.message) == (
        "task-closed",
        "T900001 was merged into T900002; link T900002 instead",
    )


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page().put("A"), 0),  # nobody's: a break
        (Page().put("A", owners="Ada", task="T900001"), 0),
        (Page().put("A", owners="Ada", rooms=("Main track",)), 0),  # closed to proposals
        (Page().put("A", owners="Ada", rooms=(*ROOM1, *ROOM2)), 0),  # a plenary
        (Page().put("A", owners="Ada", rooms=("The pub",)), 0),
        (Page().put("Waiting", owners="Ada"), 0),  # acknowledged-unscheduled names it
        (Page().put("A", owners="Ada"), 1),
    ],
)
def test_sessions_without_a_task(page: Page, wanted: int) -> None:
    proposals = board(
        {"task": "T900001", "title": "A"}, {"task": "T900002", "title": "Waiting", "acknowledged": True}
    )
    assert len(found("task-missing", page, proposals=proposals)) == wanted
    assert found("task-missing", page) == []


@pytest.mark.parametrize(
    ("title", "task_title", "differs"),
    [
        ("Ten years", "Ten years of one small bot", False),
        ("[Session] Maps", "Maps", False),
        ("Small bot: ten years", "Ten years of one small bot", False),
        ("Intro to Wikidata", "Introduction to Wikidata for beginners", False),
        ("Wikidata queries", "Querying Wikidata", False),
        ("Lua clinic", "Ten years of one small bot", True),
        ("", "Ten years of one small bot", False),
    ],
)
def test_titles_that_differ_from_the_tasks(title: str, task_title: str, differs: bool) -> None:
    page = Page().put(title, task="T900001")
    proposals = board({"task": "T900001", "title": task_title, "acknowledged": True})
    assert len(found("title-differs", page, proposals=proposals)) == differs


@pytest.mark.parametrize(
    ("title", "owner", "code"),
    [
        ("Talk", "Ada", ""),
        ("Talk", "Claimed", ""),
        ("Talk", "Bo", "owner-differs"),
        ("Something quite different", "Bo", "title-differs"),  # one matter: the number may be wrong
        ("Something quite different", "Ada", "title-differs"),
    ],
)
def test_owners_that_differ_from_the_tasks(title: str, owner: str, code: str) -> None:
    (proposal,) = board({"task": "T900001", "owners": ["Ada"], "acknowledged": True}).values()
    known = snapshot(proposals={"T900001": replace(proposal, claimed_names=("Claimed",))})
    page = Page().put(title, owners=owner, task="T900001").read()
    problems = run_checks((page,), (), known)
    assert [p.code for p in problems] == ([code] if code else [])
    wrong_number = title != "Talk" and owner == "Bo"
    assert [p.severity for p in problems] == (
        [Severity.WARNING if wrong_number else Severity.NOTE] if code else []
    )


MAPS = {"task": "T900001", "title": "[Session] Maps", "owners": ["Ada"], "acknowledged": True}
BOTS = {"task": "T900002", "title": "Bots", "owners": ["Bo"], "acknowledged": True}
LINK_CODES = {"task-crossed", "task-stolen", "title-differs", "owner-differs", "task-twice"}


def links(
    page: Page, *tasks: Mapping[str, Any], accounts: tuple[str, ...] = (), **event: Any
) -> list[tuple[str, str]]:
    """(code, task) of what is told of the links."""
    facts = {"title": "X", "zone": "UTC", "days": ["2021-05-21"], **event}
    known = snapshot(proposals=board(*tasks), accounts=accounts, event=facts)
    return [(p.code, p.task or "") for p in run_checks((page.read(),), (), known) if p.code in LINK_CODES]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Maps", "Ada", "T900001"), ("Bots", "Bo", "T900002")], []),
        ([("Maps", "Ada", "T900002"), ("Bots", "Bo", "T900001")], [("task-crossed", "T900002")]),
        ([("Maps", "", "T900002"), ("Bots", "", "T900001")], [("task-crossed", "T900002")]),
        ([("Maps", "Ada", "T900002")], [("task-stolen", "T900002")]),
        ([("Maps", "Ada", "T900002"), ("Bots", "Bo", "T900002")], [("task-stolen", "T900002"), ("task-twice", "T900002")]),
        ([("Maps", "Bo", "T900002")], [("title-differs", "T900002")]),
        ([("Bots", "Ada", "T900002")], [("task-stolen", "T900002")]),
        ([("Bots", "Stranger", "T900002")], [("owner-differs", "T900002")]),
        ([("Bots", "Eve", "T900002")], [("task-stolen", "T900002")]),
        ([("Bots", "Olga", "T900002")], [("owner-differs", "T900002")]),
        ([("Bots", "Ada Bo", "T900002")], []),
        ([("Maps", "Ada", "T900002 T900001")], []),
    ],
)  # fmt: skip
def test_links_that_changed_places_or_owners(
    rows: list[tuple[str, str, str]], expected: list[tuple[str, str]]
) -> None:
    page = Page()
    for number, (title, owners, task) in enumerate(rows):
        page.put(title, f"1{number}:00", f"1{number}:30", owners=owners, task=task)
    found = links(page, MAPS, BOTS, accounts=("Eve", "Olga"), organisers=["Olga"])
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("names", ["Ada", ""])
@pytest.mark.parametrize(
    ("hers", "rows", "expected"),
    [
        (MAPS, [("Maps", "Ada", "T900009")], [("task-stolen", "T900009")]),
        (MAPS, [("Maps", "Ada", "T900009"), ("Maps", "Ada", "T900001")], []),
        (MAPS, [("Maps", "Bo", "T900009")], []),
        (MAPS, [("Maps", "", "T900009")], []),
        ({**MAPS, "title": "Maps, part 2"}, [("Maps", "Ada", "T900009")], []),
        ({**MAPS, "status": "declined"}, [("Maps", "Ada", "T900009")], []),
        ({**MAPS, "owners": []}, [("Maps", "Ada", "T900009")], []),
    ],
)
def test_second_task_of_that_title_by_nobody_who_is_known(
    hers: Mapping[str, Any], rows: list[tuple[str, str, str]], expected: list[tuple[str, str]], names: str
) -> None:
    """Whoever files it may name her in it: she has a task of her own, and that one stands nowhere."""
    other = {"task": "T900009", "title": "Maps", "claims": [names] if names else [], "acknowledged": True}
    page = Page()
    for number, (title, owners, task) in enumerate(rows):
        page.put(title, f"1{number}:00", f"1{number}:30", owners=owners, task=task)
    assert links(page, hers, other) == expected


def test_crossed_and_stolen_links_name_the_way_out() -> None:
    rows = (
        Page()
        .put("Maps", owners="Ada", task="T900002")
        .put("Bots", "11:00", "11:30", owners="Bo", task="T900001")
    )
    known = snapshot(proposals=board(MAPS, BOTS))
    told = {p.code: (p.line, p.text, p.message) for p in run_checks((rows.read(),), (), known)}
    assert told["task-crossed"] == (
        1, "T900002", 'T900002 stands here and T900001 at "Bots" (line 2): each is the other\'s; swap the numbers'
    )  # fmt: skip
    one = Page().put("Maps", owners="Ada", task="T900002")
    told = {p.code: (p.line, p.text, p.message) for p in run_checks((one.read(),), (), known)}
    assert told["task-stolen"] == (
        1,
        "T900002",
        "this row is Ada's, but T900002 is by Bo; T900001 has this title and is Ada's: link that one",
    )


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        ([], [("task-twice", "T900001")]),
        (["T900001"], []),
        (["T900002"], [("task-twice", "T900001")]),
        (True, []),
    ],
)
def test_session_that_repeats_may_stand_twice(repeats: object, expected: list[tuple[str, str]]) -> None:
    page = (
        Page()
        .put("Maps", owners="Ada", task="T900001")
        .put("Maps", "14:00", "14:30", owners="Ada", task="T900001")
    )
    assert links(page, MAPS, repeats=repeats) == expected


YES = Acknowledgement("Lena", "PHID-USER-1", at("10:00", -9), "comment", "PHID-XACT-1")


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (
            Withdrawal("Tomas", at("10:00", -7), "said", YES, "PHID-XACT-2", "the slot is taken"),
            'acknowledged by Lena on 2021-05-12, but Tomas took that back on 2021-05-14 ("the slot is taken")',
        ),
        (Withdrawal("Lena", at("10:00", -7), "edited", YES), "acknowledged by Lena on 2021-05-12, but Lena changed the comment on 2021-05-14"),
        (Withdrawal("", None, "removed", YES), "acknowledged by Lena on 2021-05-12, but the comment was removed"),
        (Withdrawal("", None, "moved", YES), "acknowledged by Lena on 2021-05-12, but the card was moved"),
        (Withdrawal("ada", None, "untagged", YES), "acknowledged by Lena on 2021-05-12, but ada took the tag off"),
    ],
)  # fmt: skip
def test_acknowledgement_withdrawn_says_who_when_and_how(lost: Withdrawal, said: str) -> None:
    (proposal,) = board({"task": "T900001", "title": "Maps"}).values()
    known = snapshot(proposals={"T900001": replace(proposal, withdrawn=lost)})
    (problem,) = run_checks((Page().put("Maps", task="T900001").read(),), (), known)
    assert (problem.code, problem.severity, problem.text, problem.message) == (
        "acknowledgement-withdrawn",
        Severity.WARNING,
        "T900001",
        f"T900001 was {said}; acknowledge it again, or take the session out",
    )


@pytest.mark.parametrize(
    ("changes", "clock", "codes"),
    [
        ({}, "09:00", ["acknowledgement-withdrawn"]),
        ({"acknowledged": YES}, "09:00", []),
        ({"closed": True, "status": "declined"}, "09:00", ["task-closed"]),
        ({"visible": False}, "09:00", ["task-unknown"]),
        ({}, "10:30", []),
    ],
)
def test_acknowledgement_withdrawn_matters_before_the_session(
    changes: dict[str, Any], clock: str, codes: list[str]
) -> None:
    (proposal,) = board({"task": "T900001", "title": "Maps"}).values()
    lost = Withdrawal("", None, "removed", YES)
    known = snapshot(
        proposals={"T900001": replace(proposal, **{"withdrawn": lost, **changes})}, now=at(clock)
    )
    page = Page().put("Maps", task="T900001").read()
    assert [p.code for p in run_checks((page,), (), known)] == codes


# --- hours that people give ---


def hours(*spans: tuple[str, str]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((at(start), at(end)) for start, end in spans)


@pytest.mark.parametrize(
    ("available", "wanted"),
    [
        (None, 0),
        (hours(("09:00", "12:00")), 0),
        (hours(("10:15", "12:00"), ("09:00", "10:15")), 0),
        (hours(("10:15", "12:00")), 1),
        (hours(("12:00", "14:00")), 1),
    ],
)
def test_owners_hours_in_the_task(
    available: tuple[tuple[datetime, datetime], ...] | None, wanted: int
) -> None:
    (proposal,) = board({"task": "T900001", "title": "A", "acknowledged": True}).values()
    page = Page().put("A", task="T900001")
    proposals = {"T900001": replace(proposal, available=available)}
    assert len(found("owner-unavailable", page, proposals=proposals)) == wanted


def signed(*available: tuple[str, str], user: str = "Ada", ambiguous: bool = False) -> SignUps:
    entry = SignUp(user, "Chat", 1, Span(0, 5), availability=hours(*available) or None, ambiguous=ambiguous)
    return SignUps("Helpers", "* Ada\n", "roles", (entry,))


@pytest.mark.parametrize(
    ("page", "signups", "codes"),
    [
        (Page().put("A", owners="Ada"), signed(("09:00", "12:00")), []),
        (Page().put("A", owners="Ada"), signed(), []),
        (Page().put("A", owners="Bo"), signed(("12:00", "14:00")), []),
        (Page().put("A", owners="Ada", day=1), signed(("12:00", "14:00")), []),  # no hours for that day
        (Page().put("A", owners="Ada"), signed(("12:00", "14:00"), ambiguous=True), ["hours-unclear"]),
        (Page().put("A", owners="Ada"), signed(("12:00", "14:00")), ["owner-unavailable"]),
        (Page().put("A", facilitators="Ada"), signed(("12:00", "14:00")), ["owner-unavailable"]),
        # what they offer is what they are needed for
        (Page().put("A", owners="Ada"), signed(("10:00", "10:30")), ["helper-busy"]),
        (Page().put("A", owners="Ada").put("B", "10:30", "11:00", owners="Ada"), signed(("10:00", "11:00")), ["helper-busy"]),
        (Page().put("A", owners="Ada"), signed(("10:00", "10:40")), []),
    ],
)  # fmt: skip
def test_hours_in_the_sign_up_list(page: Page, signups: SignUps, codes: list[str]) -> None:
    problems = run_checks((page.read(),), (signups,), snapshot())
    assert [p.code for p in problems] == codes


@pytest.mark.parametrize(
    ("now", "severity"),
    [
        (at("09:59", -1), Severity.NOTE),
        (at("10:00", -1), Severity.WARNING),
        (at("09:59"), Severity.WARNING),
        (at("10:00"), None),
    ],
)
def test_nobody_facilitates(now: datetime, severity: Severity | None) -> None:
    page = (
        Page()
        .put("A", facilitators="")
        .put("B", "11:00", "11:30", facilitators="Ada")
        .put("C", "12:00", "12:30")
    )
    problems = run_checks((page.read(),), (), snapshot(now=now))
    assert [(p.code, p.severity) for p in problems] == ([("no-facilitator", severity)] if severity else [])


# --- one matter is one problem, in the order in which they are urgent ---


def test_an_odd_time_is_no_second_problem_of_days_or_lengths() -> None:
    page = Page().put("A", "09:00", "09:20", day=5, format="Workshop")
    read = page.read()
    odd = Problem("weekday-date", Severity.WARNING, "Which?", "Schedule", 1, "A")
    assert [p.code for p in run_checks((read,), (), snapshot())] == ["length-format", "off-days"]
    asked = replace(read, problems=(odd, replace(odd, code="which-day")))
    (problem,) = run_checks((asked,), (), snapshot())
    assert (problem.code, problem.at, problem.rows) == (
        "weekday-date",
        at("09:00", 5),
        (("Schedule", read.sessions[0].span),),
    )


def test_problems_come_by_how_soon_and_how_bad() -> None:
    now = at("09:00")

    def problem(severity: Severity, start: datetime | None) -> Problem:
        return Problem("c", severity, "m", "Page", 1, at=start)

    wanted = (
        problem(Severity.ERROR, at("10:00")),
        problem(Severity.ERROR, at("12:00")),
        problem(Severity.ERROR, None),
        problem(Severity.ERROR, at("10:00", 2)),
        problem(Severity.WARNING, at("10:00")),
        problem(Severity.WARNING, at("10:00", 2)),
        problem(Severity.WARNING, None),
        problem(Severity.NOTE, at("10:00")),
        problem(Severity.NOTE, None),
        problem(Severity.ERROR, at("06:59")),  # over
        problem(Severity.NOTE, at("06:59")),
    )
    assert ordered(wanted[::-1], now) == wanted


def test_the_facts_of_a_problem_are_not_its_place() -> None:
    def facts(page: Page) -> list[tuple[str, ...]]:
        return [p.facts for p in run_checks((page.read(),), (), snapshot()) if p.code == "room-overlap"]

    here = facts(Page().put("A").put("B"))
    assert facts(Page().put("Hello", None, None, ()).put("B").put("A")) == here
    assert facts(Page("Elsewhere").put("A").put("[Session] B", task="T900001")) == here
    for other in (Page().put("A").put("C"), Page().put("A").put("B", end="10:40")):
        assert facts(other) != here


def test_codes_of_the_readers_are_known_to_who_acknowledges_them() -> None:
    """Codes in the readers' sources, whatever else looks like one left out."""
    told = re.compile(r'(?:Oddity|problem|Problem|problem_of)\(\s*"([a-z0-9-]+)"')
    found = {
        code
        for path in sorted((ROOT / "callboard/read").glob("*.py"))
        for code in told.findall(path.read_text("utf-8"))
    }
    assert found - READERS - CHECKS.keys() == set()
