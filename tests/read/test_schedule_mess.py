"""Slips and habits of people who write schedules: small pages, each with what a careful reader makes of it."""

import pytest
from schedule_truth import event, moment

from callboard.read.schedule import read_schedule

ROOMS = [{"name": "Room 1", "aliases": ["R1"]}, "Room 2"]
FRIDAY = "== Friday, May 15 ==\n"

# page: (title, start and end as `15T10:00`, rooms, owners), (code, line, text)
PAGES: dict[str, tuple[str, list[tuple[str, str, str, str, str]], list[tuple[str, int, str]]]] = {
    "a day off the event is not the day of the row above": (
        "{|\n! Day !! Time !! Session\n|-\n| Fri || 10:00–11:00 || A\n|-\n| Mon, May 18th || 10:00–11:00 || B\n|-\n| || 12:00–13:00 || C\n|}",
        [("A", "15T10:00", "15T11:00", "", ""), ("B", "", "", "", ""), ("C", "", "", "", "")],
        [("off-days", 6, "Mon")],
    ),
    "a day off the event in mid-table": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 10:00–11:00 || A\n|-\n! colspan=2 | Saturday, 15 May\n|-\n| 10:00–11:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", ""), ("B", "", "", "Room 1", "")],
        [("weekday-date", 7, "Saturday, 15 May")],
    ),
    "a break that speaks of another day": (
        FRIDAY + "{|\n! Time !! Session\n|-\n| 10:00–11:00 || A\n|-\n| colspan=2 | Break (no such luck on Monday)\n|-\n| 11:00–12:00 || B\n|}",
        [("A", "15T10:00", "15T11:00", "", ""), ("B", "15T11:00", "15T12:00", "", "")],
        [],
    ),
    "cancelled and moved": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–11:00 || Moved to 11:00 || CANCELLED: Old stuff\n|-\n| 11:00–12:00 || How we moved to Gerrit || A (postponed)\n|}",
        [("How we moved to Gerrit", "15T11:00", "15T12:00", "Room 1", "")],
        [("called-off", 5, "CANCELLED: Old stuff"), ("called-off", 5, "Moved to 11:00"), ("called-off", 7, "A (postponed)")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    text, sessions, problems = PAGES[name]
    read = read_schedule(text, event(["2026-05-15", "2026-05-16", "2026-05-17"], "UTC", ROOMS))
    found = [
        (
            one.title,
            moment(one.start)[8:16],
            moment(one.end)[8:16],
            "+".join(one.rooms),
            ", ".join(person.name for person in one.owners),
        )
        for one in read.sessions
    ]
    told = sorted((problem.code, problem.line, problem.text) for problem in read.problems)
    assert (found, told) == (sessions, sorted(problems))
