"""Grids and rows in the ways in which people write and break them."""

import pytest

from callboard.model import Schedule
from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event, moment, session_line, slot_line

EVENT = event(
    ["2026-05-15", "2026-05-16"],
    "UTC",
    [{"name": "Main track", "open": False}, {"name": "Room 1", "aliases": ["R1"]}, "Room 2"],
    format=[{"name": "Workshop", "minutes": 55, "aliases": ["🛠"]}],
)
DAY = "== Friday, May 15 ==\n"


def read(text: str, page: str = "") -> Schedule:
    return read_schedule(text, EVENT, page)


def brief(schedule: Schedule) -> list[tuple[str, str, str, str]]:
    """Title, start and end as `15T10:00`, rooms."""
    return [
        (item.title, moment(item.start)[8:16], moment(item.end)[8:16], "+".join(item.rooms))
        for item in schedule.sessions
    ]


def codes(schedule: Schedule) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.line, problem.text) for problem in schedule.problems]


GRIDS = {
    "plain": (
        "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 || A || B\n|-\n| 10:30 || rowspan=2 | C || D\n|-\n| 11:00 || E\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1"), ("B", "15T10:00", "15T10:30", "Room 2"), ("C", "15T10:30", "15T11:30", "Room 1"),
         ("D", "15T10:30", "15T11:00", "Room 2"), ("E", "15T11:00", "15T11:30", "Room 2")],
        [],
    ),
    "past midnight": (
        "{|\n! Time !! R1\n|-\n| 22:00 || A\n|-\n| 23:00 || B\n|-\n| 00:00 || C\n|-\n| 01:00 || D\n|}",
        [("A", "15T22:00", "15T23:00", "Room 1"), ("B", "15T23:00", "16T00:00", "Room 1"), ("C", "16T00:00", "16T01:00", "Room 1"),
         ("D", "16T01:00", "16T02:00", "Room 1")],
        [],
    ),
    "unclosed before another day": (
        "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n| 11:00 || B\n\n== Saturday, May 16 ==\n[[User:Nobody]]\n{|\n! Time !! Room 2\n|-\n| 12:00 || C\n|-\n| 13:00 || D\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T11:00", "15T12:00", "Room 1"), ("C", "16T12:00", "16T13:00", "Room 2"),
         ("D", "16T13:00", "16T14:00", "Room 2")],
        [("table-unclosed", 2, "{|")],
    ),
    "time that is odd, and none": (
        "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n| 18:30 PM || B\n|-\n| later || C\n|-\n| 12:00 || D\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "", "", "Room 1"), ("C", "", "", "Room 1"), ("D", "15T12:00", "", "Room 1")],
        [("half-day", 7, "18:30 PM"), ("time-unreadable", 9, "later")],
    ),
    "ranges": (
        "{|\n! !! R1 !! Room 2\n|-\n| 10:00 - 11:00 || A || rowspan=2 | B\n|-\n| 11:15–12:30 || C\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T10:00", "15T12:30", "Room 2"), ("C", "15T11:15", "15T12:30", "Room 1")],
        [],
    ),
    "time cells over several rows": (
        "{|\n! Time !! R1 !! Room 2\n|-\n| rowspan=2 | 10:00 || A || B\n|-\n| C || D\n|-\n| rowspan=2 | 11:00 || rowspan=2 | E || F\n|-\n| G\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1"), ("B", "15T10:00", "15T10:30", "Room 2"), ("C", "15T10:30", "15T11:00", "Room 1"),
         ("D", "15T10:30", "15T11:00", "Room 2"), ("E", "15T11:00", "15T12:00", "Room 1"), ("F", "15T11:00", "15T11:30", "Room 2"),
         ("G", "15T11:30", "15T12:00", "Room 2")],
        [],
    ),
    "two time columns with zones": (
        "{|\n! Time (UTC) !! R1 !! Time (CEST)\n|-\n| 10:00 || A || 12:00\n|-\n| 11:00 || B || 13:00\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T11:00", "15T12:00", "Room 1")],
        [],
    ),
    "two time columns that disagree": (
        "{|\n! Time !! R1 !! Time\n|-\n| 10:00 || A || 10:00\n|-\n| 11:00 || B || 11:30\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "", "", "Room 1")],
        [("times-disagree", 7, "11:00")],
    ),
    "a clock of several meanings beside a clear one": (
        "{|\n! Time (IST) !! Time (UTC) !! R1\n|-\n| 10:30 || 5:00 || A\n|-\n| 12:00 || 6:00 || B\n|}",
        [("A", "15T05:00", "", "Room 1"), ("B", "", "", "Room 1")],
        [("times-disagree", 7, "6:00")],
    ),
    "zone of the head beats the event's": (
        "{|\n! Time (CEST) !! R1\n|-\n| 10:00 || A\n|-\n| 11:00 || B\n|}",
        [("A", "15T08:00", "15T09:00", "Room 1"), ("B", "15T09:00", "15T10:00", "Room 1")],
        [],
    ),
    "the same as above": (
        "{|\n! Time !! R1\n|-\n| 10:00 || Talk\n|-\n| 11:00 || (continued)\n|-\n| 12:00 || Lunch\n|-\n| 13:00 || (same)\n|}",
        [("Talk", "15T10:00", "15T12:00", "Room 1")],
        [],
    ),
    "spans that do not add up": (
        "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 || rowspan=5 | A || b\n|-\n| 11:00 || B || Q\n|}",
        [("A", "15T10:00", "15T12:00", "Room 1"), ("b", "15T10:00", "15T11:00", "Room 2"), ("B", "15T11:00", "15T12:00", "Room 2")],
        [("grid-broken", 5, "A"), ("grid-broken", 7, "Q"), ("grid-broken", 7, "Q")],
    ),
    "heads in bold instead of head cells": (
        "{|\n| '''Time''' || '''Room 1''' || '''Garden'''\n|-\n| 10:00 || A || \n|-\n| 11:00 || B || C\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T11:00", "15T12:00", "Room 1"), ("C", "15T11:00", "15T12:00", "Garden")],
        [("room-unknown", 3, "'''Garden'''")],
    ),
    "heads with two words for rooms that nobody knows": (
        "{|\n! Time !! Big hall !! Attic !! Track 2\n|-\n| 10:00 || A || B || C\n|-\n| 11:00 || colspan=3 | D\n|}",
        [("A", "15T10:00", "15T11:00", "Big hall"), ("B", "15T10:00", "15T11:00", "Attic"), ("C", "15T10:00", "15T11:00", "Track 2"),
         ("D", "15T11:00", "15T12:00", "Big hall+Attic+Track 2")],
        [("room-unknown", 3, "Big hall"), ("room-unknown", 3, "Attic"), ("room-unknown", 3, "Track 2")],
    ),
    "titles with people below heads that nobody knows": (
        "{|\n! Time !! Den !! Attic\n|-\n| 10:00 || A ([[User:Ada]]) || B, {{u|Bo}}\n|-\n| 11:00 || Lunch || C\n|}",
        [("A", "15T10:00", "15T11:00", "Den"), ("B", "15T10:00", "15T11:00", "Attic"), ("C", "15T11:00", "15T12:00", "Attic")],
        [("room-unknown", 3, "Den"), ("room-unknown", 3, "Attic")],
    ),
    "a cell over a row whose time is odd": (
        "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 AM - 11:00 AM || rowspan=2 | A || B\n|-\n| 11:30 AM - 12:20 AM || C\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "15T10:00", "15T11:00", "Room 2"), ("C", "", "", "Room 2")],
        [("end-before-start", 7, "11:30 AM - 12:20 AM")],
    ),
    "a length that disagrees with the range": (
        "{|\n! Time !! R1\n|-\n| 10:00–10:30 (45 min) || A\n|-\n| 11:00–11:30 || B\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "15T11:00", "15T11:30", "Room 1")],
        [("length-disagrees", 5, "45 min")],
    ),
    "a length instead of a time": (
        "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n| 2 h || B\n|-\n| 12:00–13:00 || C\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "", "", "Room 1"), ("C", "15T12:00", "15T13:00", "Room 1")],
        [("time-unreadable", 7, "2 h")],
    ),
    "day in mid-table": (
        "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n! colspan=2 | Saturday, 16 May\n|-\n| 10:00 || B\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "16T10:00", "", "Room 1")],
        [],
    ),
    "break without a time": (
        "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n| 10:30 || B\n|-\n| colspan=2 | ''Lunch''\n|-\n| 13:00 || C\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1"), ("B", "15T10:30", "15T11:00", "Room 1"), ("C", "15T13:00", "15T13:30", "Room 1")],
        [],
    ),
    "words before a single bar": (
        "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n| 11:00 || Not shown | B\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T11:00", "15T12:00", "Room 1")],
        [("text-hidden", 7, "Not shown")],
    ),
    "rows out of order": (
        "{|\n! Time !! R1\n|-\n| 12:00 || rowspan=2 | A\n|-\n| 10:00\n|-\n| 11:00 || B\n|}",
        [("A", "15T12:00", "", "Room 1"), ("B", "15T11:00", "15T12:00", "Room 1")],
        [("time-order", 7, "10:00")],
    ),
    "in a template argument": (
        "{{Box|1=\n{{{!}}\n! Time {{!}}{{!}} R1\n{{!}}-\n{{!}} 10:00–11:00 {{!}}{{!}} A\n{{!}}}\n}}",
        [("A", "15T10:00", "15T11:00", "Room 1")],
        [],
    ),
    "struck out": (
        "{|\n! Time !! R1\n|-\n| 10:00 || <s>A</s>\n|-\n| 11:00 || <del>A</del> B\n|}",
        [("B", "15T11:00", "15T12:00", "Room 1")],
        [("struck-out", 5, "<s>A</s>")],
    ),
    "a range beside two rows below a day": (
        "{|\n! Time !! Friday 15 May !! Saturday 16 May\n|-\n| rowspan=2 | 14:30–16:00 || A || rowspan=2 | B\n|-\n| C\n|-\n| rowspan=2 | 16:00–17:00 || rowspan=2 | D || E\n|-\n| F\n|}",
        [("A", "", "", ""), ("B", "16T14:30", "16T16:00", ""), ("C", "", "", ""), ("D", "15T16:00", "15T17:00", ""),
         ("E", "", "", ""), ("F", "", "", "")],
        [("time-shared", 5, "14:30–16:00"), ("time-shared", 9, "16:00–17:00")],
    ),
    "words beside what is struck out": (
        "{|\n! Time !! R1\n|-\n| 10:00 || <s>A<br>[[User:Ada]]</s> the speaker is ill\n|-\n| 11:00 || B\n|}",
        [("B", "15T11:00", "15T12:00", "Room 1")],
        [("struck-unclear", 5, "<s>A<br>[[User:Ada]]</s> the speaker is ill")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GRIDS)
def test_grid(name: str) -> None:
    text, sessions, problems = GRIDS[name]
    schedule = read(DAY + text)
    assert (schedule.layout, brief(schedule), codes(schedule)) == ("grid", sessions, problems)


ROWS = {
    "columns in any order": (
        ("{|\n! Phab !! Title !! Venue !! Start !! Duration !! Presenter(s) !! Facilitator\n|-\n| T900001 || A || R1 || 10:00 || 55 min || [[User:Ada]] ||\n"
        "|-\n| {{phab|T900002}} || B || Room 2 || 10:00 || 25 || Quill Bo || [[User:Cyd|C]] (notes)\n|}"),
        ["4 | 2026-05-15T10:00Z | 2026-05-15T10:55Z | Room 1 | A | Ada | T900001 | open | -",
         "6 | 2026-05-15T10:00Z | 2026-05-15T10:25Z | Room 2 | B | Quill Bo | T900002 | Cyd | -"],
        [],
    ),
    "start and end": (
        "{|\n! Start !! End !! Session !! Room\n|-\n| 10:00 || 10:55 || A || R1\n|-\n| 23:30 || 00:30 || B || R1\n|-\n| 12:00 || 11:00 || C || R1\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T10:55Z | Room 1 | A | - | - | - | -",
         "6 | 2026-05-15T23:30Z | 2026-05-16T00:30Z | Room 1 | B | - | - | - | -",
         "8 | 2026-05-15T12:00Z | - | Room 1 | C | - | - | - | -"],
        [("end-before-start", 8, "11:00")],
    ),
    "only starts": (
        "{|\n! Time !! Activity\n|-\n| 10:00 || A\n|-\n| 11:00 || Lunch\n|-\n| 12:00 || B\n|-\n| 12:00 || C\n|-\n| 13:00 || D\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T11:00Z | - | A | - | - | - | -", "8 | 2026-05-15T12:00Z | 2026-05-15T13:00Z | - | B | - | - | - | -",
         "10 | 2026-05-15T12:00Z | 2026-05-15T13:00Z | - | C | - | - | - | -", "12 | 2026-05-15T13:00Z | - | - | D | - | - | - | -"],
        [],
    ),
    "time over several rows, type as a word": (
        "{|\n! Time !! Session !! Type !! Room\n|-\n| rowspan=2 | 10:00–10:55 || A || Workshop || R1\n|-\n| B || Talk || Room 2\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T10:55Z | Room 1 | A | - | - | - | Workshop",
         "6 | 2026-05-15T10:00Z | 2026-05-15T10:55Z | Room 2 | B | - | - | - | Talk"],
        [],
    ),
    "one documentation cell for two": (
        "{|\n! Time !! Session !! Links\n|-\n| 10:00–10:55 || A || rowspan=2 | {{phab|T900001}}\n|-\n| 11:00–11:55 || B\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T10:55Z | - | A | - | T900001 | - | -", "6 | 2026-05-15T11:00Z | 2026-05-15T11:55Z | - | B | - | T900001 | - | -"],
        [],
    ),
    "unknown room": (
        "{|\n! Time !! Session !! Where\n|-\n| 10:00–10:55 || A || the garden\n|-\n| 11:00–11:55 || Lunch || the yard\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T10:55Z | the garden | A | - | - | - | -"],
        [("room-unknown", 4, "the garden")],
    ),
    "template rows": (
        "{|\n! Time !! Session\n|-\n| 10:00–11:00 || A\n{{Row|11:00|B}}\n|-\n{{Session row|12:00|C}}\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T11:00Z | - | A | - | - | - | -"],
        [("template-unread", 5, "{{Row|11:00|B}}"), ("template-unread", 7, "{{Session row|12:00|C}}")],
    ),
    "speakers who facilitate, and who takes notes": (
        "{|\n! Time !! Session !! Facilitator/Speaker !! Relatoría\n|-\n| 10:00–11:00 || A || [[User:Ada]] || [[User:Bo]]\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T11:00Z | - | A | Ada | - | - | -"],
        [],
    ),
    "a title over two rows, each with a speaker": (
        "{|\n! Time !! Session !! Speaker\n|-\n| 10:00–10:30 || rowspan=2 | A || [[User:Ada]]\n|-\n| 10:30–11:00 || [[User:Bo]]\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T11:00Z | - | A | Ada, Bo | - | - | -"],
        [],
    ),
    "row without a time": (
        "{|\n! Time !! Session\n|-\n| 10:00–11:00 || A\n|-\n| colspan=2 | Something else\n|-\n| TBD || B\n|}",
        ["4 | 2026-05-15T10:00Z | 2026-05-15T11:00Z | - | A | - | - | - | -", "8 | - | - | - | B | - | - | - | -"],
        [("time-unreadable", 6, "Something else"), ("time-unreadable", 8, "TBD")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_rows(name: str) -> None:
    text, sessions, problems = ROWS[name]
    rooms = ["Main track", {"name": "Room 1", "aliases": ["R1"]}, "Room 2"]
    schedule = read_schedule(text, event(["2026-05-15"], "UTC", rooms))
    assert (schedule.layout, list(map(session_line, schedule.sessions)), codes(schedule)) == (
        "rows",
        sessions,
        problems,
    )


def test_day_comes_from_a_cell_and_goes_on_below_it() -> None:
    text = (
        "{|\n! Day !! Time !! Session\n|-\n| rowspan=2 | Friday || 10:00–11:00 || A\n|-\n| 11:00–12:00 || B\n"
        "|-\n| Saturday || 10:00–10:25 || C\n|-\n| || 10:30–11:00 || D\n|}"
    )
    assert [(item.title, moment(item.start)[8:16]) for item in read(text).sessions] == [
        ("A", "15T10:00"),
        ("B", "15T11:00"),
        ("C", "16T10:00"),
        ("D", "16T10:30"),
    ]


def test_room_comes_from_the_heading_of_a_table_per_room() -> None:
    table = "{|\n! Time !! Session\n|-\n| 10:00–11:00 || A\n|}\n"
    schedule = read(f"{DAY}=== Room 1 ===\n{table}=== Room 2 ===\n{table}")
    assert [item.rooms for item in schedule.sessions] == [("Room 1",), ("Room 2",)]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("== Program ==\n", "day-unknown"),
        ("== Friday, 16 May ==\n", "weekday-date"),
        ("== Friday, 22 May ==\n", "off-days"),
    ],
)
def test_without_a_day_there_is_a_question_and_no_time(heading: str, code: str) -> None:
    schedule = read(heading + "{|\n! Time !! Session\n|-\n| 10:00 || A\n|}")
    assert (
        [(item.title, item.start) for item in schedule.sessions],
        [p.code for p in schedule.problems],
    ) == (
        [("A", None)],
        [code],
    )


@pytest.mark.parametrize(
    "day",
    [
        "== Saturday ==\n=== Program ===\n",
        "== Program ==\n'''Saturday, 16 May'''\n\n",
        "; Day 2\n",
        "== 16 May 2026 ==\n",
        "== <translate><!--T:1--> Saturday</translate> ==\n",
    ],
)
def test_day_above_the_table(day: str) -> None:
    schedule = read(day + "{|\n! Time !! Session\n|-\n| 10:00 || A\n|}")
    assert [moment(item.start) for item in schedule.sessions] == ["2026-05-16T10:00Z"]


def test_zone_of_the_page_beats_the_events() -> None:
    text = f"All times are '''CEST'''. Doors open at 9:00 UTC.\n{DAY}{{|\n! Time !! R1\n|-\n| 10:00–11:00 || A\n|}}"
    assert [moment(item.start) for item in read(text).sessions] == ["2026-05-15T08:00Z"]


FREE = "{|\n! Time !! Main track !! R1 !! Room 2\n|-\n| 10:00 || || || ''free slot''\n|-\n| 10:30 || TBD || — || style=\"background:#eee\" | \n|-\n| 11:00 || colspan=3 | \n|}"


def test_free_slots_are_blank_in_open_rooms_or_say_so() -> None:
    assert [slot_line(slot) for slot in read(DAY + FREE).free_slots] == [
        "5 | 2026-05-15T10:00Z | 2026-05-15T10:30Z | Room 1 | blank",
        "5 | 2026-05-15T10:00Z | 2026-05-15T10:30Z | Room 2 | ''free slot''",
        "7 | 2026-05-15T10:30Z | 2026-05-15T11:00Z | Main track | TBD",
        "9 | 2026-05-15T11:00Z | 2026-05-15T11:30Z | Room 1 | blank",
        "9 | 2026-05-15T11:00Z | 2026-05-15T11:30Z | Room 2 | blank",
    ]


def test_free_rows() -> None:
    text = "{|\n! Time !! Session !! Room\n|-\n| 10:00–11:00 || || R1\n|-\n| 10:00–11:00 || || Main track\n|-\n| 11:00–12:00 || TBD || Room 2\n|-\n| 12:00–13:00 || – || R1\n|}"
    assert [slot_line(slot) for slot in read(DAY + text).free_slots] == [
        "5 | 2026-05-15T10:00Z | 2026-05-15T11:00Z | Room 1 | blank",
        "9 | 2026-05-15T11:00Z | 2026-05-15T12:00Z | Room 2 | TBD",
    ]


def test_format_is_the_events_word_for_it() -> None:
    text = "{|\n! Type !! Time !! Session\n|-\n| 🛠 || 10:00–11:00 || A\n|-\n| || 11:00–12:00 || Workshops: B\n|-\n| 💬 || 12:00–13:00 || C\n|}"
    assert [(item.marker, item.format) for item in read(DAY + text).sessions] == [
        ("🛠", None),
        ("", "Workshop"),
        ("💬", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 – 12:00 || [[User:Ada]] || {{ping|Bo}}\n|-\n| 12:00 – 14:00 || || ?\n|}",
        "=== Helpers ===\n{|\n! Time !! R1\n|-\n| 10:00 – 12:00 || Ada Example\n|-\n| 12:00 – 14:00 || Bo Example\n|}",
        "=== Volunteers ===\n{|\n! Time !! R1\n|-\n| 10:00 – 12:00 || [[User:Ada]]\n|-\n| 12:00 – 14:00 || Clear the tables\n|}",
        "=== Numbers of last year ===\n{|\n! Hour !! R1\n|-\n| 09:00 || 14 people\n|}",
        "{|\n! Hour !! R1 !! Room 2\n|-\n| 09:00 || 14 people || 3 people\n|-\n| 10:00 || 11 people || 9 people\n|}",
        "=== Schedule of 2025 ===\n{|\n! Time !! R1\n|-\n| 09:00 || Talk\n|}",
        "{|\n! UTC !! Berlin !! Kolkata\n|-\n| 09:00 || 11:00 || 14:30\n|-\n| 10:00 || 12:00 || 15:30\n|}",
        "{|\n! Date\n| Friday\n|-\n! Time\n| 09:00–17:00 UTC\n|}",
        "{|\n! Project !! People !! Demo\n|-\n| A || [[User:Ada]] || 15:06\n|-\n| B || || 15:12\n|}",
        "{|\n! Time !! R1\n|-\n|}",
        "{|\n|}",
        "<pre>\n{|\n! Time !! R1\n|-\n| 10:00 || Talk\n|}\n</pre>",
        "<!--\n{|\n! Time !! R1\n|-\n| 10:00 || Talk\n|}\n-->",
    ],
)  # fmt: skip
def test_other_tables_are_left_alone(text: str) -> None:
    schedule = read(DAY + text)
    assert (schedule.layout, schedule.sessions, schedule.free_slots, schedule.problems) == (
        "none",
        (),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("|}\n| 10:00 || Talk\n| 11:00 || Talk", "table-lost"),
        ("{{Box|1={|\n! Time !! Title\n|-\n| 10:00 || Talk\n|}}}", "table-lost"),
        (
            "{|\n! Time !! Big hall !! Attic\n|-\n| 10:00 || A || B\n|-\n| 11:00 || C || D\n|}",
            "layout-unread",
        ),
        ("{{Session row|start=10:00|title=A}}\n{{Session row|start=11:00|title=B}}", "template-unread"),
        ("{|\n! Time !! Session\n|-\n| 10 o 11 || A\n|-\n| 11 o 12 || B\n|}", "layout-unread"),
        ("Text.<ref>\n{|\n! Time !! R1\n|-\n| 10:00 || A\n|}\n</ref>", "table-lost"),
        (
            "{|\n! Time !! Track !! Abstract\n|-\n| 10:00 || A || B\n|-\n| 11:00 || C || D\n|}",
            "layout-unread",
        ),
        (
            "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 || [[User:Ada]] || A\n|-\n| 11:00 || B || {{u|Bo}}\n|}",
            "layout-unread",
        ),
        ("{|\n! Time !! Session\n|-\n| 10:00 || A\n|-\n| 11:00 || {{u|Bo}}\n|}", "layout-unread"),
    ],
)
def test_what_is_not_read_is_said_once(text: str, code: str) -> None:
    schedule = read(DAY + text)
    assert (schedule.sessions, [problem.code for problem in schedule.problems]) == ((), [code])


def test_every_problem_tells_the_page_and_the_way_out() -> None:
    schedule = read(
        DAY + GRIDS["spans that do not add up"][0] + "\n<table><tr><td>10:00</td></tr></table>",
        "Event/Schedule",
    )
    assert {problem.page for problem in schedule.problems} == {"Event/Schedule"}
    assert all(len(problem.message) > 20 for problem in schedule.problems)


@pytest.mark.parametrize(
    ("words", "rooms", "codes_of_page"),
    [
        ("All rooms", ("Main track", "Room 1", "Room 2"), []),
        ("'''Plenary'''", ("Main track", "Room 1", "Room 2"), []),
        ("everywhere", ("Main track", "Room 1", "Room 2"), []),
        ("both rooms", ("both rooms",), ["room-unknown"]),  # of three
    ],
)
def test_a_row_in_all_rooms(words: str, rooms: tuple[str, ...], codes_of_page: list[str]) -> None:
    schedule = read(f"{DAY}{{|\n! Time !! Room !! Session\n|-\n| 10:00–11:00 || {words} || A\n|}}")
    assert [item.rooms for item in schedule.sessions] == [rooms]
    assert [problem.code for problem in schedule.problems] == codes_of_page


def test_a_table_in_a_cell_is_a_problem_and_no_session() -> None:
    grid = (
        "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00\n|\n{|\n| Bots || Maps\n|}\n| B\n|-\n| 11:00 || C || D\n|}"
    )
    schedule = read(DAY + grid)
    assert [item.title for item in schedule.sessions] == ["B", "C", "D"]
    assert codes(schedule) == [("table-nested", 7, "{|\n| Bots || Maps\n|}")]
