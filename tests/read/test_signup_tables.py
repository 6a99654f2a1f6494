"""Sign-ups in tables: what stands in one cell, hours of slots, and which tables are none of people who sign up."""

from datetime import date

import pytest

from callboard.config import Event
from callboard.model import SignUp, SignUps
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from tests.read.schedule_truth import event
from tests.read.signup_truth import entry_line, hours, page

EVENT = event(["2026-05-15", "2026-05-16"], "UTC", ["Hall", "Yard"])
ACCOUNTS = frozenset({"Testuser Quill", "Ada", "Help", "Lunch"})
GRID = "=== Friday ===\n{{| class=wikitable\n! Time !! Hall !! Chat watch\n|-\n| 20:00–22:00 || {} || [[User:Bo|Bo]]\n|}}"


def read(text: str, held: Event = EVENT, title: str = "Page") -> SignUps:
    return read_signups(text, held, title, exists=ACCOUNTS.__contains__)


def in_hall(cell: str) -> list[SignUp]:
    """The entries of the cell below the hall."""
    return [entry for entry in read(GRID.format(cell)).entries if entry.room == "Hall"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ("?", []),
        ("–", []),
        ("closed", []),
        ("'''closed'''", []),
        ("needed", []),
        ("[??] Empty", []),
        ("Lunch", []),
        ("Lunch break", []),
        ("(your username)", []),
        ("Help", []),
        ("<!-- [[User:Cyd]] -->", []),
        ("<s>[[User:Cyd|Cyd]]</s>", []),
        ("<s>[[User:Cyd|Cyd]]</s> [[User:Dot|Dot]]", ["Dot yes"]),
        ("<s>[[User:Cyd|Cyd]]</s>, [[User:Dot|Dot]]", ["Dot yes"]),
        ("[[User:Cyd|Cyd]]", ["Cyd yes"]),
        ("[[user:cyd_x|that one]]", ["Cyd x yes"]),
        ("{{u|Cyd}}", ["Cyd yes"]),
        ("{{ping|Cyd|Dot}}", ["Cyd yes", "Dot yes"]),
        ("[[Benutzerin:Cyd|Cyd]]", ["Cyd yes"]),
        ("[[m:User:Cyd|Cyd]]", ["Cyd yes"]),
        ("Ada", ["Ada yes"]),
        ("@Ada", ["Ada yes"]),
        ("Testuser Quill, Ada", ["Testuser Quill yes", "Ada yes"]),
        ("Anna", ["Anna? yes"]),
        ("[[User:Cyd]], [[User:Dot]] & [[User:Eve]]", ["Cyd yes", "Dot yes", "Eve yes"]),
        ("[[User:Cyd]] [[User:Dot]]", ["Cyd yes", "Dot yes"]),
        ("'''[[User:Cyd]]''' '''[[User:Dot]]'''", ["Cyd yes", "Dot yes"]),
        ("[[User:Cyd]] and [[User:Dot]]", ["Cyd yes", "Dot yes"]),
        ("[[User:Cyd]]<br/>[[User:Dot]]", ["Cyd yes", "Dot yes"]),
        ("[[User:Cyd]]?", ["Cyd maybe"]),
        ("[[User:Cyd]] {{no}}", ["Cyd maybe"]),
        ("[[User:Cyd]] {{withdrawn}}, [[User:Dot]] {{yes}}", ["Cyd no", "Dot yes"]),
        ("[[User:Cyd]] (?)", ["Cyd maybe"]),
        ("? [[User:Cyd]]", ["Cyd maybe"]),
        ("[[User:Cyd]] (maybe), [[User:Dot]]", ["Cyd maybe", "Dot yes"]),
        ("backup: [[User:Cyd]]", ["Cyd maybe"]),
        ("[[User:Cyd]] (backup: [[User:Dot]])", ["Cyd yes"]),
        ("[[User:Cyd]] ''(back-up {{u|Dot}})''", ["Cyd yes"]),
        ("[[User:Cyd]] (backup)", ["Cyd maybe"]),
        ("[[User:Cyd]] (maybe swapped with [[User:Dot]])", ["Cyd maybe"]),
        ("[[User:Dot]]; ''backup:'' Ada", ["Dot yes", "Ada maybe"]),
        ("[[User:Cyd]] (can I bring a friend?)", ["Cyd yes"]),
        ("[[User:Cyd]] (with [[User:Dot]], if it rains)", ["Cyd yes"]),
        ("[[User:Cyd]] + 2", ["Cyd yes"]),
        ("[[User:Cyd]], and somebody from the chat", ["Cyd yes"]),
        ("[[User:Cyd|Cyd]] ([[User talk:Cyd|talk]]) 20:15, 2 May 2026 (UTC)", ["Cyd yes"]),
        ('[[User:Cyd|<span style="color:red">Cyd</span>]]', ["Cyd yes"]),
        ("&nbsp;[[User:Cyd|Cyd]]&nbsp;", ["Cyd yes"]),
    ],
)
def test_people_of_a_cell(cell: str, expected: list[str]) -> None:
    def told(entry: SignUp) -> str:
        name = entry.user or f"{entry.people[0].name}?"
        return f"{name} {entry.coming.value}"

    assert [told(entry) for entry in in_hall(cell)] == expected


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("", "15T20:00-15T22:00!"),
        ("(I may be late)", "15T20:00-15T22:00!"),
        ("(only until 21:30)", "15T20:00-15T21:30!"),
        ("until 21", "15T20:00-15T21:00!"),
        ("(bis 21:30 Uhr)", "15T20:00-15T21:30!"),
        ("from 9 pm", "15T21:00-15T22:00!"),
        ("(ab 20:30)", "15T20:30-15T22:00!"),
        ("(20:15–21:45)", "15T20:15-15T21:45!"),
        ("(21-22)", "15T21:00-15T22:00!"),
        ("until 22:30 CEST", "15T20:00-15T20:30!"),
        ("(until 9:30)", "?"),  # in the morning, or 21:30?
        ("until 23:00", "?"),
        ("(from 19:00)", "?"),
        ("(first half)", "?"),
        ("(one hour)", "?"),
        ("(20:30–23:00)", "?"),
        ("(only until 21:30, then from 21:45)", "?"),
        ("can't come", "?"),
    ],
)
def test_hours_of_somebody_in_a_slot(remark: str, expected: str) -> None:
    (entry,) = in_hall(f"[[User:Cyd|Cyd]] {remark}")
    assert (entry.user, hours(entry)) == ("Cyd", expected)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("! Project !! People !! Task\n|-\n| Teapot || [[User:Ada]] || T900001", []),
        ("! Session !! Speaker\n|-\n| Maps || [[User:Ada]]", []),
        ("! Event !! Participants\n|-\n| Spring || 12", []),
        (
            "! Project !! Proposed by !! Interested\n|-\n| Teapot || [[User:Bo]] || [[User:Ada]]",
            ["Ada Teapot: Interested"],
        ),
        ("! Role !! Helper !! Backup\n|-\n| Chat || [[User:Ada]] || [[User:Bo]]", ["Ada Chat", "Bo Chat"]),
        ("! Area !! Responsible\n|-\n| Chat || [[User:Ada]]", ["Ada Chat"]),
        ("! Hall !! Yard\n|-\n| [[User:Ada]] || [[User:Bo]]", ["Ada None @ Hall", "Bo None @ Yard"]),
        ("! Name !! Role\n|-\n| rowspan=2 | [[User:Ada]] || Chat\n|-\n| Desk", ["Ada Chat", "Ada Desk"]),
        (
            "! Role !! Helpers\n|-\n| rowspan=2 | Chat || [[User:Ada]]\n|-\n| [[User:Bo]]",
            ["Ada Chat", "Bo Chat"],
        ),
        ("! Name !! Role\n|-\n| [[User:Ada]] || Hall", ["Ada None @ Hall"]),
    ],
)
def test_who_signs_up_for_what_in_rows(table: str, expected: list[str]) -> None:
    found = read(f"{{| class=wikitable\n{table}\n|}}")
    told = [f"{one.user} {one.role}{f' @ {one.room}' if one.room else ''}" for one in found.entries]
    assert (told, found.problems) == (expected, ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{|\n| [[User:Ada]] || gold\n|}", ["signup-table-unread"]),
        ("{|\n! Role !! Helpers\n|-\n| Chat || [[User:Ada]]\n", ["signup-table-unread"]),  # not closed
        ("{|\n! Role !! Helpers\n|-\n| rowspan=3 | Chat || [[User:Ada]]\n|}", ["signup-table-unread"]),
        ("{|\n! Role !! Helpers\n|-\n| Chat || [[User:Ada]] || [[User:Bo]]\n|}", ["signup-table-unread"]),  # Bo has no head
        (GRID.format("Opening of the event – [[User:Ada]]\n|-\n| 22:00–23:00 || How we began [[User:Bo]] || Maps of all [[User:Cyd]]"), ["signup-table-unread"]),
        ("{|\n! Role !! Helpers\n|-\n| Chat || 192.0.2.17\n|-\n| Desk || [[User:Ada]]\n|}", ["signup-unreachable"]),
        ("== Last year ==\n{|\n! Role !! Helpers\n|-\n| Chat || [[User:Ada]]\n|}", []),
    ],
)  # fmt: skip
def test_what_is_not_read_is_said(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in read(text).problems] == codes


def test_a_slot_without_a_day_is_asked_about_with_its_readings() -> None:
    found = read("{|\n! Time !! Hall\n|-\n| 10:00–12:00 || [[User:Ada]]\n|}")
    (entry,) = found.entries
    assert (entry.ambiguous, entry.firm, [problem.code for problem in found.problems]) == (
        True,
        False,
        ["day-unknown"],
    )
    assert [one.words for one in entry.possible] != []
    first = entry.possible[0].intervals[0][0]
    assert first.date() == date(2026, 5, 15)


def test_a_helpers_grid_beside_the_schedule_is_read_as_sign_ups_and_the_schedule_is_not() -> None:
    both = EVENT.model_copy(
        update={"pages": EVENT.pages.model_copy(update={"schedule": ("Plan",), "signups": ("Plan",)})}
    )
    plan = "== Friday ==\n{|\n! Time !! Hall !! Yard\n|-\n| 10:00 || Maps of bus stops – [[User:Ada]] || Bots\n|-\n| 11:00 || Gadgets || Dumps\n|}\n"
    grid = GRID.format("[[User:Cyd]]")
    alone, together = read_schedule(plan, both, "Plan"), read_schedule(plan + grid, both, "Plan")
    assert [session.title for session in together.sessions] == [session.title for session in alone.sessions]
    found = read(plan + grid, both, "Plan")
    assert [(entry.user, entry.room, entry.role) for entry in found.entries] == [
        ("Cyd", "Hall", None),
        ("Bo", None, "Chat watch"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (  # the day stands with the time
            "! Shift !! Who?\n|-\n| Friday 16–18 UTC || [[User:Ada]] (until 17:00)",
            ["4 | Ada | - | yes | 15T16:00-15T17:00! | (until 17:00)"],
        ),
        (  # days above roles
            (
                "! rowspan=2 | Time !! colspan=2 | Friday !! colspan=2 | Saturday\n|-\n! Desk !! Floating !! Desk !! Floating\n|-\n"
                "| 10–12 || [[User:Ada]] || || [[User:Bo]] || [[User:Cyd]]"
            ),
            [
                "6 | Ada | Desk | yes | 15T10:00-15T12:00! | -",
                "6 | Bo | Desk | yes | 16T10:00-16T12:00! | -",
                "6 | Cyd | Floating | yes | 16T10:00-16T12:00! | -",
            ],
        ),
        (  # a row a shift, the days between them
            "! Role !! Start !! End !! Person\n|-\n! colspan=4 | Saturday\n|-\n| Chat || 10:00 || 12:00 || [[User:Bo]]?",
            ["6 | Bo | Chat | maybe | 16T10:00-16T12:00! | ?"],
        ),
        (  # over midnight, the days above the names
            "! Zeit (MESZ) !! Freitag !! Samstag\n|-\n| 22:00 – 00:00 || [[Benutzer:Ada]] || N.N.\n|-\n| 00:00 – 02:00 || [[Benutzer:Bo]] ||",
            [
                "4 | Ada | - | yes | 15T20:00-15T22:00! | -",
                "6 | Bo | - | yes | 15T22:00-16T00:00! | -",
            ],
        ),
        (  # those who offer hours are nowhere yet
            "! Helper !! Friday 16–20 !! Saturday 10–14 !! Sunday\n|-\n| [[User:Ada]] || {{yes}} || {{maybe}} || {{no}}",
            ["4 | Ada | - | yes | 15T16:00-15T20:00 | -", "4 | Ada | - | maybe | 16T10:00-16T14:00 | -"],
        ),
    ],
)
def test_slots_in_other_shapes(table: str, expected: list[str]) -> None:
    found = read(f"{{| class=wikitable\n{table}\n|}}", event(["2026-05-15", "2026-05-16", "2026-05-17"]))
    assert (list(map(entry_line, found.entries)), found.problems) == (expected, ())


def test_names_without_links_are_asked_about_before_it_is_known_whose_they_are() -> None:
    entries = read_signups(GRID.format("Testuser Quill"), EVENT, "Page").entries
    assert [one.name for entry in entries for one in entry.people] == ["Testuser Quill", "Bo"]


def test_no_cell_or_row_changes_the_reading_of_others() -> None:
    text = page("51_helpers_grid")
    held = event(
        ["2026-05-15", "2026-05-16", "2026-05-17"], "UTC", ["Main track", "Hacking room 1", "Hacking room 2"]
    )
    whole = [entry for entry in read(text, held).entries if entry.cell]
    lines = text.split("\n")
    cells = [number for number, line in enumerate(lines, 1) if line.startswith(("| [[", "| {{"))]
    assert {entry.line for entry in whole} & set(cells) == set(cells) != set()
    for number in cells:
        without = "\n".join("|" if at == number else one for at, one in enumerate(lines, 1))
        left = [entry_line(entry) for entry in read(without, held).entries if entry.cell]
        assert left == [entry_line(entry) for entry in whole if entry.line != number]


def test_spans_of_entries_hold_their_people() -> None:
    text = page("53_roles_and_names")
    found = read(text).entries
    assert found
    for entry in found:
        assert entry.cell is not None
        assert entry.span in entry.cell
        assert all(person.span in entry.span for person in entry.people)
