"""Grids with days as columns, days side by side, times on top; cells that go on, or give times of their own."""

import pytest

from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event, moment, slot_line

ROOMS = ["Main hall", {"name": "Room 1", "aliases": ["R1"]}, "Room 2"]
DAYS = ["2026-05-15", "2026-05-16", "2026-05-17"]
FRIDAY = "== Friday, May 15 ==\n"

# page: (title, start and end as `15T10:00`, rooms), (code, line, text)
PAGES: dict[str, tuple[str, list[tuple[str, str, str, str]], list[tuple[str, int, str]]]] = {
    "days as columns": (
        "{|\n! Time !! Friday, 15 May !! Saturday, 16 May\n|-\n| 10:00–11:00 || A || B\n|-\n| 11:00–12:00 || colspan=2 | Lunch\n|-\n| 12:00–13:00 || C || D\n|}",
        [("A", "15T10:00", "15T11:00", ""), ("B", "16T10:00", "16T11:00", ""), ("C", "15T12:00", "15T13:00", ""), ("D", "16T12:00", "16T13:00", "")],
        [],
    ),
    "days as columns below a heading that names their room": (
        "== Room 2 ==\n{|\n! Time !! Fri !! Sat\n|-\n| 10:00–11:00 || A || rowspan=2 | B\n|-\n| 11:00–12:00 || C\n|}",
        [("A", "15T10:00", "15T11:00", "Room 2"), ("B", "16T10:00", "16T12:00", "Room 2"), ("C", "15T11:00", "15T12:00", "Room 2")],
        [],
    ),
    "a session on every day": (
        "== R1 ==\n{|\n! Time !! Fri !! Sat !! Sun\n|-\n| 10:00–11:00 || colspan=3 | Stand-up\n|-\n| 11:00–12:00 || A || B || C\n|}",
        [("Stand-up", f"{day}T10:00", f"{day}T11:00", "Room 1") for day in (15, 16, 17)]
        + [("A", "15T11:00", "15T12:00", "Room 1"), ("B", "16T11:00", "16T12:00", "Room 1"), ("C", "17T11:00", "17T12:00", "Room 1")],
        [],
    ),
    "a day as the head of the only column": (
        "== Room 1 ==\n{|\n! Time !! Friday\n|-\n| 10:00–11:00 || A\n|-\n! Time !! Saturday\n|-\n| 10:00–11:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "16T10:00", "16T11:00", "Room 1")],
        [],
    ),
    "one of the days cannot be": (
        "{|\n! Time !! Friday, 16 May !! Saturday, 16 May\n|-\n| 10:00–11:00 || A || B\n|}",
        [("A", "", "", ""), ("B", "16T10:00", "16T11:00", "")],
        [("weekday-date", 2, "Friday, 16 May")],
    ),
    "one of the days is off the event": (
        "{|\n! Time !! Thursday, 14 May !! Friday, 15 May\n|-\n| 10:00–11:00 || A || B\n|}",
        [("A", "", "", ""), ("B", "15T10:00", "15T11:00", "")],
        [("off-days", 2, "Thursday")],
    ),
    "rooms side by side for two days": (
        "{|\n! rowspan=2 | Time !! colspan=2 | Friday !! colspan=2 | Saturday\n|-\n! R1 !! Room 2 !! R1 !! Room 2\n|-\n| 10:00 || A || B || C || D\n|-\n| 10:30 || rowspan=2 | E || F || colspan=2 | G\n|-\n| 11:00 || H || I || J\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1"), ("B", "15T10:00", "15T10:30", "Room 2"), ("C", "16T10:00", "16T10:30", "Room 1"),
         ("D", "16T10:00", "16T10:30", "Room 2"), ("E", "15T10:30", "15T11:30", "Room 1"), ("F", "15T10:30", "15T11:00", "Room 2"),
         ("G", "16T10:30", "16T11:00", "Room 1+Room 2"), ("H", "15T11:00", "15T11:30", "Room 2"), ("I", "16T11:00", "16T11:30", "Room 1"),
         ("J", "16T11:00", "16T11:30", "Room 2")],
        [],
    ),
    "a time column for each of two days": (
        "{|\n! colspan=2 | Friday !! colspan=2 | Saturday\n|-\n! Time !! R1 !! Time !! R1\n|-\n| 10:00 || A || 9:00 || B\n|-\n| 11:00 || C || 9:30 || D\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "16T09:00", "16T09:30", "Room 1"), ("C", "15T11:00", "15T12:00", "Room 1"), ("D", "16T09:30", "16T10:00", "Room 1")],
        [],
    ),
    "day and room in one head": (
        "{|\n! Time !! Friday<br>Room 1 !! Saturday<br>Room 1 !! Saturday<br>Room 2\n|-\n| 10:00–11:00 || A || B || C\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "16T10:00", "16T11:00", "Room 1"), ("C", "16T10:00", "16T11:00", "Room 2")],
        [],
    ),
    "a column of days beside the times": (
        "{|\n! Day !! Time !! R1 !! Room 2\n|-\n| rowspan=2 | Friday || 10:00–11:00 || A || B\n|-\n| 11:00–12:00 || C || D\n|-\n| Saturday || 10:00–11:00 || E || F\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T10:00", "15T11:00", "Room 2"), ("C", "15T11:00", "15T12:00", "Room 1"),
         ("D", "15T11:00", "15T12:00", "Room 2"), ("E", "16T10:00", "16T11:00", "Room 1"), ("F", "16T10:00", "16T11:00", "Room 2")],
        [],
    ),
    "rooms in rows, and a break for all": (
        FRIDAY + "{|\n! Room !! 10:00–11:00 !! 11:00–11:30 !! 11:30–12:30\n|-\n! R1\n| A || rowspan=2 | Coffee || B\n|-\n! Room 2\n| C || D\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T11:30", "15T12:30", "Room 1"), ("C", "15T10:00", "15T11:00", "Room 2"), ("D", "15T11:30", "15T12:30", "Room 2")],
        [],
    ),
    "rooms in rows, for two days": (
        "{|\n! colspan=3 | Friday\n|-\n! !! 10:00 !! 11:00\n|-\n! R1\n| colspan=2 | A\n|-\n! colspan=3 | Saturday\n|-\n! !! 12:00 !! 13:00\n|-\n! R1\n| B || C\n|}",
        [("A", "15T10:00", "15T12:00", "Room 1"), ("B", "16T12:00", "16T13:00", "Room 1"), ("C", "16T13:00", "16T14:00", "Room 1")],
        [],
    ),
    "days in rows": (
        "== Room 2 ==\n{|\n! Day !! 10:00–11:00 !! 11:00–12:00\n|-\n! Friday\n| A || B\n|-\n! Saturday\n| colspan=2 | C\n|}",
        [("A", "15T10:00", "15T11:00", "Room 2"), ("B", "15T11:00", "15T12:00", "Room 2"), ("C", "16T10:00", "16T12:00", "Room 2")],
        [],
    ),
    "sessions that go on": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 || A || B\n|-\n| 11:00 || (continued) || ↓\n|-\n| 12:00 || A (cont'd) || ''Lunch''\n|-\n| 13:00 || C || (continued)\n|}",
        [("A", "15T10:00", "15T13:00", "Room 1"), ("B", "15T10:00", "15T12:00", "Room 2"), ("C", "15T13:00", "15T14:00", "Room 1")],
        [("goes-on-unclear", 11, "(continued)")],
    ),
    "nothing above that could go on": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 10:00–11:00 || (continued)\n|-\n| 11:00–12:00 || A\n|}",
        [("A", "15T11:00", "15T12:00", "Room 1")],
        [("goes-on-unclear", 5, "(continued)")],
    ),
    "several talks in one cell": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–10:30 || '''10:00''' A<br>10:10 B<br />10:20–10:25 C || Lightning talks<br>10:00 X<br>10:15 Y\n|}",
        [("A", "15T10:00", "15T10:10", "Room 1"), ("B", "15T10:10", "15T10:20", "Room 1"), ("C", "15T10:20", "15T10:25", "Room 1"),
         ("Lightning talks", "15T10:00", "15T10:30", "Room 2")],
        [],
    ),
    "a time of its own in brackets": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 3 pm – 6 pm || A (3:40pm, 80 minutes)\n|}",
        [("A", "15T15:40", "15T17:00", "Room 1")],
        [],
    ),
    "a time of its own that is not the row's": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–11:00 || 14:00 A || B (10:30–11:30)\n|}",
        [("14:00 A", "15T10:00", "15T11:00", "Room 1"), ("B (10:30–11:30)", "15T10:00", "15T11:00", "Room 2")],
        [("time-in-cell", 5, "10:30–11:30"), ("time-in-cell", 5, "14:00")],
    ),
    "an evening without an end": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 18:00 || A\n|-\n| 19:00 || B\n|-\n| 20:00 – open end || C\n|}",
        [("A", "15T18:00", "15T19:00", "Room 1"), ("B", "15T19:00", "15T20:00", "Room 1"), ("C", "15T20:00", "", "Room 1")],
        [],
    ),
    "a long gap after an irregular morning": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 9:00 || A\n|-\n| 9:45 || B\n|-\n| 10:00 || C\n|-\n| 19:30 || D\n|}",
        [("A", "15T09:00", "15T09:45", "Room 1"), ("B", "15T09:45", "15T10:00", "Room 1"), ("C", "15T10:00", "", "Room 1"), ("D", "15T19:30", "", "Room 1")],
        [],
    ),
    "a row of one cell with a time": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–11:00 || A || B\n|-\n| colspan=3 | 11:00–11:30 Group photo\n|-\n| colspan=3 | Saturday\n|-\n| colspan=3 | 9:00–9:30 Breakfast talk\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T10:00", "15T11:00", "Room 2"), ("Group photo", "15T11:00", "15T11:30", "Room 1+Room 2")],
        [("time-unreadable", 11, "9:00–9:30 Breakfast talk")],
    ),
    "a clock of 12 hours without am and pm": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 11:00 || A\n|-\n| 12:00 || B\n|-\n| 1:00 || C\n|-\n| 2:00 || D\n|}",
        [("A", "15T11:00", "15T12:00", "Room 1"), ("B", "15T12:00", "15T13:00", "Room 1"), ("C", "", "", "Room 1"), ("D", "", "", "Room 1")],
        [("half-day-missing", 9, "1:00"), ("half-day-missing", 11, "2:00")],
    ),
    "a row without a time": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–11:00 || A || B\n|-\n| || C ||\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T10:00", "15T11:00", "Room 2"), ("C", "", "", "Room 1")],
        [("time-unreadable", 7, "C")],
    ),
    "a time where a room should be": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| rowspan=2 | 10:00–11:00 || A || B\n|-\n| 11:00–12:00 || C\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1"), ("B", "15T10:00", "15T10:30", "Room 2"), ("C", "", "", "Room 2")],
        [("grid-broken", 7, "11:00–12:00")],
    ),
    "a column that is no room": (
        FRIDAY + "{|\n! Time !! R1 !! Facilitator\n|-\n| 10:00–11:00 || A || [[User:Ada]]\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1")],
        [("column-unread", 3, "Facilitator")],
    ),
    "two clocks that agree, over midnight": (
        "== Saturday ==\n{|\n! UTC !! Berlin (CEST) !! R1\n|-\n| 22:30 || 00:30 || A\n|-\n| 23:30 || 01:30 || B\n|}",
        [("A", "16T22:30", "16T23:30", "Room 1"), ("B", "16T23:30", "17T00:30", "Room 1")],
        [],
    ),
    "two clocks that do not agree": (
        FRIDAY + "{|\n! UTC !! CEST !! R1\n|-\n| 10:00 || 12:00 || A\n|-\n| 11:00 || 14:00 || B\n|}",
        [("A", "15T10:00", "", "Room 1"), ("B", "", "", "Room 1")],
        [("times-disagree", 7, "11:00")],
    ),
    "a rowspan that ends within a stretch of time": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| rowspan=2 | 10:00 || A || rowspan=3 | B\n|-\n| C\n|-\n| rowspan=2 | 11:00 || rowspan=2 | D\n|-\n| E\n|-\n| 12:00 || F || G\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1"), ("B", "15T10:00", "15T11:30", "Room 2"), ("C", "15T10:30", "15T11:00", "Room 1"), ("D", "15T11:00", "15T12:00", "Room 1"),
         ("E", "15T11:30", "15T12:00", "Room 2"), ("F", "15T12:00", "15T12:30", "Room 1"), ("G", "15T12:00", "15T12:30", "Room 2")],
        [],
    ),
    "names of rooms with links, breaks and small print": (
        FRIDAY + "{|\n! Time !! [[Venue#r1|Room 1]]<br/>'''B123''' !! Room 2 <small>(floor 2)</small> !! [https://jitsi.example.org/b Main hall]\n|-\n| 10:00–11:00 || A || B || C\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1"), ("B", "15T10:00", "15T11:00", "Room 2"), ("C", "15T10:00", "15T11:00", "Main hall")],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    text, sessions, problems = PAGES[name]
    read = read_schedule(text, event(DAYS, "UTC", ROOMS))
    found = [
        (one.title, moment(one.start)[8:16], moment(one.end)[8:16], "+".join(one.rooms))
        for one in read.sessions
    ]
    told = sorted((problem.code, problem.line, problem.text) for problem in read.problems)
    assert (read.layout, found, told) == ("grid", sessions, sorted(problems))


def test_the_only_room_is_that_of_columns_of_days() -> None:
    text = "{|\n! Time !! Fri !! Sat\n|-\n| 10:00–11:00 || A || ''free slot''\n|-\n| 11:00–12:00 || || —\n|}"
    read = read_schedule(text, event(DAYS, "UTC", ["Main hall"]))
    assert [(one.title, one.rooms) for one in read.sessions] == [("A", ("Main hall",))]
    assert [slot_line(slot) for slot in read.free_slots] == [
        "4 | 2026-05-16T10:00Z | 2026-05-16T11:00Z | Main hall | ''free slot''",
        "6 | 2026-05-15T11:00Z | 2026-05-15T12:00Z | Main hall | blank",
    ]


@pytest.mark.parametrize("words", ["(continued)", "continued", "cont'd", "(cont.)", "…continued", "↓", "⇩", '"', "same", "A (continued)", "'''A''', cont’d"])  # fmt: skip
def test_words_by_which_a_cell_goes_on(words: str) -> None:
    text = f"{FRIDAY}{{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 || A || B\n|-\n| 11:00 || {words} || C\n|}}"
    read = read_schedule(text, event(DAYS, "UTC", ROOMS))
    assert [(one.title, one.length and one.length.seconds // 3600) for one in read.sessions] == [
        ("A", 2),
        ("B", 1),
        ("C", 1),
    ]


TWO = f"{FRIDAY}{{|\n! Time !! R1\n|-\n| 10:00–11:00 || A\n|}}\n{{|\n! Time !! Session\n|-\n| 12:00–13:00 || B\n|}}"


@pytest.mark.parametrize(
    ("layouts", "titles"),
    [([], ["A", "B"]), (["grid"], ["A"]), (["rows"], ["B"]), (["rows", "grid"], ["A", "B"])],
)
def test_layouts_that_the_event_file_names(layouts: list[str], titles: list[str]) -> None:
    read = read_schedule(TWO, event(DAYS, "UTC", ROOMS, pages={"layouts": layouts}))
    assert [one.title for one in read.sessions] == titles
