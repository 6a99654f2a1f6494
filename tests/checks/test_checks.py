"""Checks on values made by hand: what is no problem first, then what is."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.checks import CHECKS, run_checks
from callboard.checks.overlaps import MOST, Booking, clashes
from callboard.model import (
    Facilitation,
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
)
from callboard.tasks_file import proposals_from
from callboard.wikitext.edits import Span
from tests.snapshots import snapshot

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
        "changeover",
        "closed-room-changed",
        "format-room",
        "helper-busy",
        "hours-unclear",
        "length-format",
        "length-task",
        "no-facilitator",
        "off-days",
        "owner-differs",
        "owner-unavailable",
        "person-twice",
        "room-hours",
        "room-overlap",
        "session-vanished",
        "submitted-late",
        "task-closed",
        "task-missing",
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
        Page().put("A", None, None),
    ],
)
def test_sessions_on_the_events_days(page: Page) -> None:
    assert found("off-days", page) == []


@pytest.mark.parametrize(
    "page", [Page().put("A", day=-1), Page().put("A", day=3), Page().put("A", "00:00", "00:30", day=3)]
)
def test_sessions_off_the_events_days(page: Page) -> None:
    assert found("off-days", page) == [("Schedule", 1, "A")]


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
