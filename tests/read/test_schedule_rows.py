"""Tables with a row per session, in the forms that organisers give them."""

import pytest

from callboard.model import FreeSlot, Session
from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event, in_short

ROOMS = ["Main hall", {"name": "Room 1", "aliases": ["R1"]}, "Room 2"]
DAYS = ["2026-05-15", "2026-05-16", "2026-05-17"]
FRIDAY = "== Friday, May 15 ==\n"

# page: (title, start and end as `15T10:00`, rooms, owners), (code, line, text)
PAGES: dict[str, tuple[str, list[tuple[str, str, str, str, str]], list[tuple[str, int, str]]]] = {
    "type, time and duration, a shared cell, breaks": (
        FRIDAY + "{|\n! Type !! Time & duration !! Session & speakers !! Documentation\n|-\n| 💡 || 10:00 UTC (30 min) || '''A'''<br>[[User:Ada]] || rowspan=2 | [https://pad.example.org pad]\n|-\n"
        "| 💬 || 10:30 UTC<br>20 minutes || '''B'''<br>[[User:Bo]]\n|-\n| colspan=4 | 10min break\n|-\n| 🛠 || 11:00 UTC || '''C''' ||\n|-\n| colspan=4 | Lunch break, 12:00–13:00 UTC\n|}",
        [("A", "15T10:00", "15T10:30", "", "Ada"), ("B", "15T10:30", "15T10:50", "", "Bo"), ("C", "15T11:00", "", "", "")],
        [],
    ),
    "a row that is struck out cell by cell is no row of heads": (
        FRIDAY + "{|\n! Time !! Room !! Session !! Speaker\n|-\n| 10:00–11:00 || R1 || A || [[User:Ada]]\n|-\n"
        "| <s>11:00–12:00</s> || <s>R1</s> || <s>B</s> || <s>[[User:Bo]]</s>\n|-\n| 12:00–13:00 || R1 || C ||\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", "Ada"), ("C", "15T12:00", "15T13:00", "Room 1", "")],
        [("struck-out", 7, "<s>B</s>")],
    ),
    "days in cells, zones in heads": (
        ("{|\n! Date !! Time (UTC) !! Title, speaker(s) & short description !! Language !! Links\n|-\n| rowspan=2 | 15 May || 10:00–11:00 || '''A'''<br>[[User:Ada]]<br>Long story. || English || \n|-\n"
        "| 12:00–13:00 || '''B''' || Irish ||\n|-\n| 16 May || 10:00–11:00 || '''C''' || Welsh ||\n|}"),
        [("A", "15T10:00", "15T11:00", "", "Ada"), ("B", "15T12:00", "15T13:00", "", ""), ("C", "16T10:00", "16T11:00", "", "")],
        [],
    ),
    "no heads": (
        FRIDAY + "{|\n|-\n| 16:00-16:30\n|\n'''A'''\n\n[[User:Ada]]\n|-\n| 16:30-17:00 || Coffee\n|-\n| 17:00-18:00 || '''B'''\n|}",
        [("A", "15T16:00", "15T16:30", "", "Ada"), ("B", "15T17:00", "15T18:00", "", "")],
        [],
    ),
    "no heads, rooms in the third column": (
        FRIDAY + "{|\n| 16:00-16:30 || A || R1\n|-\n| 16:30-17:00 || B || Room 2\n|}",
        [("A", "15T16:00", "15T16:30", "Room 1", ""), ("B", "15T16:30", "15T17:00", "Room 2", "")],
        [],
    ),
    "no heads, the days between the rows": (
        "{|\n! colspan=2 | Friday, 15 May\n|-\n| 10:00–11:00 || A\n|-\n! colspan=2 | Saturday, 16 May\n|-\n| 10:00–11:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "", ""), ("B", "16T10:00", "16T11:00", "", "")],
        [],
    ),
    "a day above the heads": (
        "{|\n! colspan=3 | Friday, 15 May\n|-\n! Time !! Session !! Room\n|-\n| 10:00–11:00 || A || R1\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", "")],
        [],
    ),
    "times before the titles": (
        FRIDAY + "{|\n! Room !! Session !! Speaker\n|-\n| R1 || 10:00–11:00 A || [[User:Ada]]\n|-\n| R1 || 11:00: B ||\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", "Ada"), ("B", "15T11:00", "", "Room 1", "")],
        [],
    ),
    "times behind the titles": (
        FRIDAY + "{|\n! Session !! Speaker\n|-\n| '''A''' (10:00–11:00) || [[User:Ada]]\n|-\n| '''B''' (3:40pm, 80 minutes) ||\n|}",
        [("A", "15T10:00", "15T11:00", "", "Ada"), ("B", "15T15:40", "15T17:00", "", "")],
        [],
    ),
    "a row of one cell with a time": (
        FRIDAY + "{|\n! Time !! Session !! Room\n|-\n| 10:00–11:00 || A || R1\n|-\n| colspan=3 | 13:00–14:00 Plenary discussion\n|-\n| colspan=3 | Something else\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", ""), ("Plenary discussion", "15T13:00", "15T14:00", "", "")],
        [("time-unreadable", 9, "Something else")],
    ),
    "a row too short to have a title": (
        FRIDAY + "{|\n! Time !! Room !! Session\n|-\n| 10:00–11:00 || R1 || A\n|-\n| 11:00–12:00 || B\n|-\n| 12:00–13:00\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", "")],
        [("grid-broken", 7, "B"), ("grid-broken", 9, "12:00–13:00")],
    ),
    "two clocks that agree": (
        FRIDAY + "{|\n! Time (UTC) !! Berlin (CEST) !! Session\n|-\n| 10:00–11:00 || 12:00–13:00 || A\n|-\n| || 14:00 – 15:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "", ""), ("B", "15T12:00", "15T13:00", "", "")],
        [],
    ),
    "an end without a zone": (
        FRIDAY + "{|\n! Start !! End !! Session !! Room\n|-\n| 10:00 CEST || 11:00 || A || TBD\n|-\n| 11:00 CEST || 10:00 UTC || B || {{tba}}\n|}",
        [("A", "15T08:00", "15T09:00", "", ""), ("B", "15T09:00", "15T10:00", "", "")],
        [],
    ),
    "two clocks that do not": (
        FRIDAY + "{|\n! Time (UTC) !! Berlin (CEST) !! Session\n|-\n| 10:00 || 12:00 || A\n|-\n| 11:00 || 14:00 || B\n|-\n| 12:00 || 14:00 || C\n|}",
        [("A", "15T10:00", "", "", ""), ("B", "", "", "", ""), ("C", "15T12:00", "", "", "")],
        [("times-disagree", 7, "11:00")],
    ),
    "heads again in another order": (
        FRIDAY + "{|\n! Time !! Session !! Room\n|-\n| 10:00–11:00 || A || R1\n|-\n! Room !! Time !! Session\n|-\n| Room 2 || 11:00–12:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", ""), ("B", "15T11:00", "15T12:00", "Room 2", "")],
        [],
    ),
    "past midnight": (
        "{|\n! Day !! Time !! Session\n|-\n| rowspan=3 | Fri || 22:30 || A\n|-\n| 23:30 || B\n|-\n| 00:30 || C\n|-\n| Sat || 9:00 || D\n|}",
        [("A", "15T22:30", "15T23:30", "", ""), ("B", "15T23:30", "16T00:30", "", ""), ("C", "16T00:30", "", "", ""), ("D", "16T09:00", "", "", "")],
        [],
    ),
    "sessions that go on": (
        FRIDAY + "{|\n! Time !! Session !! Room\n|-\n| 10:00–11:00 || A || R1\n|-\n| 10:00–11:00 || B || Room 2\n|-\n| 11:00–12:00 || (continued) || R1\n|-\n| 13:00–14:00 || B (continued) || Room 2\n|}",
        [("A", "15T10:00", "15T12:00", "Room 1", ""), ("B", "15T10:00", "15T11:00", "Room 2", "")],
        [("goes-on-unclear", 11, "B (continued)")],
    ),
    "evenings without an end": (
        FRIDAY + "{|\n! Time !! Session\n|-\n| 18:00 || A\n|-\n| 19:00+ || B\n|-\n| 21:00 || C\n|-\n| Open end ||\n|}",
        [("A", "15T18:00", "15T19:00", "", ""), ("B", "15T19:00", "", "", ""), ("C", "15T21:00", "", "", "")],
        [],
    ),
    "a clock of 12 hours without am and pm": (
        FRIDAY + "{|\n! Time !! Session\n|-\n| 11:30–12:30 || A\n|-\n| 1:30–2:30 || B\n|-\n| 2:30 || C\n|}",
        [("A", "15T11:30", "15T12:30", "", ""), ("B", "", "", "", ""), ("C", "", "", "", "")],
        [("half-day-missing", 7, "1:30–2:30"), ("half-day-missing", 9, "2:30")],
    ),
    "several talks in one row": (
        FRIDAY + "{|\n! Time !! Session !! Where\n|-\n| 10:00–11:00 || 10:00 A [[User:Ada]]<br>10:15 B<br>10:30–10:40 C || [https://meet.example.org Room 1]\n|}",
        [("A", "15T10:00", "15T10:15", "Room 1", "Ada"), ("B", "15T10:15", "15T10:30", "Room 1", ""), ("C", "15T10:30", "15T10:40", "Room 1", "")],
        [],
    ),
    "a title over two times": (
        FRIDAY + "{|\n! Time !! Session\n|-\n| 10:00 || rowspan=2 | A\n|-\n| 10:30\n|-\n| 11:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "", ""), ("B", "15T11:00", "", "", "")],
        [],
    ),
    "a number in the day's heading": (
        "== Day 2: Talks ==\n{|\n! Time !! Session\n|-\n| 10:00–11:00 || A\n|}",
        [("A", "16T10:00", "16T11:00", "", "")],
        [],
    ),
    "slots": (
        FRIDAY + "=== <translate><!--T:2--> Room 2</translate> ===\n{|\n! Slot !! Topic\n|-\n| Slot1: 1400 - 1530 || A\n|-\n| Slot 4, in parallel to slot 3: 1700 - 1800 || B\n|}",
        [("A", "15T14:00", "15T15:30", "Room 2", ""), ("B", "15T17:00", "15T18:00", "Room 2", "")],
        [],
    ),
    "zones of cell, table, heading and page": (
        ("All times are CEST.\n== Friday (UTC+3) ==\n{|\n! Time (UTC) !! Session\n|-\n| 10:00–11:00 || A\n|-\n| 10:00–11:00 (GMT-3) || B\n|}\n{|\n! Time !! Session\n|-\n| 10:00–11:00 || C\n|}\n"
        "== Saturday ==\n{|\n! Time !! Session\n|-\n| 10:00–11:00 || D\n|}"),
        [("A", "15T10:00", "15T11:00", "", ""), ("B", "15T13:00", "15T14:00", "", ""), ("C", "15T07:00", "15T08:00", "", ""), ("D", "16T08:00", "16T09:00", "", "")],
        [],
    ),
    "odd times": (
        FRIDAY + "{|\n! Time !! Session\n|-\n| 18:30 PM || A\n|-\n| 10:30 am/pm || B\n|-\n| 24:00 || C\n|-\n| 10:00 EST || D\n|-\n| 10:00 UTC / 13:00 CEST || E\n|-\n| 12:00–11:00 || F\n|-\n| Sat 10:00 || G\n|-\n"
        "| 10:00–11:00 (50 min) || H\n|-\n| ~3:45 || I\n|-\n| 10:00 IST || J\n|-\n| [https://zonestamp.toolforge.org/1778839200 11:00 UTC] || K\n|}",
        [(title, "15T10:00" if title == "H" else "", "", "", "") for title in "ABCDEFGHIJK"],
        [("half-day", 5, "18:30 PM"), ("half-day", 7, "10:30 am/pm"), ("hour-24", 9, "24:00"), ("zone-season", 11, "10:00 EST"), ("zones-disagree", 13, "10:00 UTC / 13:00 CEST"),
         ("end-before-start", 15, "12:00–11:00"), ("weekday-date", 17, "Sat"), ("length-disagrees", 19, "50 min"), ("vague", 21, "~3:45"), ("zone-unclear", 23, "10:00 IST"),
         ("zonestamp", 25, "https://zonestamp.toolforge.org/1778839200")],
    ),
    "links to zonestamp": (
        ("{|\n! When !! What\n|-\n| [https://zonestamp.toolforge.org/1778839200 in your time zone] || A\n|-\n| [https://zonestamp.toolforge.org/1778839200/1778842800 10:00–11:00 UTC] || B\n|-\n"
        "| [https://zonestamp.toolforge.org/1778839200 10:00] – [https://zonestamp.toolforge.org/1778842800 11:00] || C\n|}"),
        [("A", "15T10:00", "", "", ""), ("B", "15T10:00", "15T11:00", "", ""), ("C", "15T10:00", "15T11:00", "", "")],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    text, sessions, problems = PAGES[name]
    read = read_schedule(text, event(DAYS, "UTC", ROOMS))
    assert (read.layout, *in_short(read)) == ("rows", sessions, sorted(problems))


@pytest.mark.parametrize(
    "table",
    [
        "{|\n! Time !! Speaker !! Description\n|-\n| 10:00–11:00 || [[User:Ada]] || Maps\n|-\n| 11:00–12:00 || [[User:Bo]] || Bots\n|}",
        "{|\n| 10:00–11:00 || A || R1 || [[User:Ada]]\n|-\n| 11:00–12:00 || B || R1 || [[User:Bo]]\n|}",
        "{|\n! Place !! 10:00 !! 11:00\n|-\n! Attic\n| A || B\n|-\n! Cellar\n| C || D\n|}",
        "{|\n! Day !! Room 1 !! Room 2\n|-\n| Friday || 10:00 A || 11:00 B\n|-\n| Saturday || 12:00 C || 13:00 D\n|}",
    ],
)
def test_a_table_with_times_that_cannot_be_read_is_named(table: str) -> None:
    read = read_schedule(FRIDAY + table, event(DAYS, "UTC", ROOMS))
    assert (read.layout, [(one.code, one.line) for one in read.problems]) == ("none", [("layout-unread", 2)])


@pytest.mark.parametrize(
    "table",
    [
        "{|\n! Door !! Open\n|-\n| Friday || 14:00–22:00\n|-\n| Saturday || 8:00–20:00\n|}",
        "{|\n| 10:00 || 12:00 || 15:30\n|-\n| 11:00 || 13:00 || 16:30\n|}",
        "== Helpers ==\n=== Friday ===\n{|\n| 10:00–12:00 || [[User:Ada]]\n|-\n| 12:00–14:00 || ?\n|}",
        "=== Numbers of last year ===\n{|\n| 10:00 || 14 people\n|-\n| 11:00 || 20 people\n|}",
        "{|\n! Project !! People !! Demo\n|-\n| A || [[User:Ada]] || 15:06\n|-\n| B || || 15:12\n|}",
    ],
)
def test_tables_of_other_things_are_left_alone(table: str) -> None:
    read = read_schedule(FRIDAY + table, event(DAYS, "UTC", ROOMS))
    assert (read.layout, read.sessions, read.free_slots, read.problems) == ("none", (), (), ())


FIELDS = (
    FRIDAY
    + "{|\n! Time !! Session !! Speaker !! Task !! Recording !! Notes\n|-\n| 10:00–11:00 || A || [[User:Ada]] || {{phab|T900001}} || [https://video.example.org/a here] || rowspan=2 | x\n|-\n"
    "| 11:00–12:00 || B [https://video.example.org/b replay] || rowspan=2 | [[User:Bo]] || ||\n|-\n| 12:00–13:00 || ''free slot'' || || || y\n|}"
)


def _source(found: Session | FreeSlot) -> dict[str, str | None]:
    names = ("title_cell", "time_cell", "task_cell", "owner_cell", "row")
    spans = {name: getattr(found, name, None) for name in names}
    return {name: span.of(FIELDS).strip() if span else None for name, span in spans.items()}


def test_cells_of_a_row() -> None:
    read = read_schedule(FIELDS, event(DAYS, "UTC", ROOMS))
    found: list[Session | FreeSlot] = [*read.sessions, *read.free_slots]
    assert [(one.layout, one.table) for one in found] == [("rows", FIELDS.index("{|"))] * 3
    assert [one.recording for one in read.sessions] == [
        "https://video.example.org/a",
        "https://video.example.org/b",
    ]
    assert [_source(one) for one in found] == [
        {"title_cell": "A", "time_cell": "10:00–11:00", "task_cell": "{{phab|T900001}}", "owner_cell": "[[User:Ada]]", "row": None},
        {"title_cell": "B [https://video.example.org/b replay]", "time_cell": "11:00–12:00", "task_cell": "", "owner_cell": None, "row": None},
        {"title_cell": None, "time_cell": "12:00–13:00", "task_cell": "", "owner_cell": None, "row": "| 12:00–13:00 || ''free slot'' || || || y"},
    ]  # fmt: skip


def test_cells_of_a_grid() -> None:
    text = f"{FRIDAY}{{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–11:00 || A<br>Recording: https://video.example.org/a || ''free slot''\n|}}"
    read = read_schedule(text, event(DAYS, "UTC", ROOMS))
    session, slot = read.sessions[0], read.free_slots[0]
    assert (session.layout, session.table, session.recording) == ("grid", 21, "https://video.example.org/a")
    assert session.title_cell == session.span
    assert [one and one.of(text) for one in (session.time_cell, slot.time_cell)] == [" 10:00–11:00 "] * 2
    assert (slot.layout, slot.table, slot.row) == ("grid", 21, None)
