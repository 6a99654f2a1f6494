"""Slips and habits of people who write schedules: small pages, each with what a careful reader makes of it."""

import pytest

from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event, in_short

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
    "a column of starts and one of ends": (
        FRIDAY + "{|\n! Start !! End !! R1 !! Room 2\n|-\n| 10:00 || 10:25 || A || B\n|-\n| 23:30 || 00:30 || C ||\n|}",
        [("A", "15T10:00", "15T10:25", "Room 1", ""), ("B", "15T10:00", "15T10:25", "Room 2", ""), ("C", "15T23:30", "16T00:30", "Room 1", "")],
        [],
    ),
    "a column of lengths": (
        FRIDAY + "{|\n! Time !! Length !! R1 !! Room 2\n|-\n| 10:00 || 25 min || A || B\n|-\n| 11:00 || 55 min || C || D\n|}",
        [("A", "15T10:00", "15T10:25", "Room 1", ""), ("B", "15T10:00", "15T10:25", "Room 2", ""), ("C", "15T11:00", "15T11:55", "Room 1", ""),
         ("D", "15T11:00", "15T11:55", "Room 2", "")],
        [],
    ),
    "French": (
        "== Samedi 16 mai ==\n{|\n! Horaire !! Room 1 !! Room 2\n|-\n| 9h30 || A || Table ronde<br>Animateur : [[Utilisateur:Élodie|Élodie]]\n|-\n| 10h – 11h || colspan=2 | Déjeuner\n|-\n| 11h || B || C\n|}",
        [("A", "16T09:30", "16T10:00", "Room 1", ""), ("Table ronde", "16T09:30", "16T10:00", "Room 2", "Élodie"), ("B", "16T11:00", "", "Room 1", ""),
         ("C", "16T11:00", "", "Room 2", "")],
        [],
    ),
    "Spanish, with the year": (
        "== Sábado, 16 de mayo de 2026 ==\n{|\n! Hora !! R1\n|-\n| 10:00–11:00 || A\n|}",
        [("A", "16T10:00", "16T11:00", "Room 1", "")],
        [],
    ),
    "a foreign weekday that does not fit its date": (
        "== Freitag, 16. Mai ==\n{|\n! Zeit !! R1\n|-\n| 10:00–11:00 || A\n|}",
        [("A", "", "", "Room 1", "")],
        [("weekday-date", 1, "Freitag, 16. Mai")],
    ),
    "the end of the day is no session": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00 || A || B\n|-\n| 11:00 || colspan=2 | ☕ Coffee break ☕\n|-\n| 12:00 || colspan=2 | END OF DAY 1\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", ""), ("B", "15T10:00", "15T11:00", "Room 2", "")],
        [],
    ),
    "the last row of an irregular table ends nobody knows when": (
        FRIDAY + "{|\n! Time !! R1\n|-\n| 10:00 || A\n|-\n| 10:30 || B\n|-\n| 11:30 || C\n|-\n| 11:45 || D\n|}",
        [("A", "15T10:00", "15T10:30", "Room 1", ""), ("B", "15T10:30", "15T11:30", "Room 1", ""), ("C", "15T11:30", "15T11:45", "Room 1", ""),
         ("D", "15T11:45", "", "Room 1", "")],
        [],
    ),
    "somebody leads what sounds like a break": (
        FRIDAY + "{|\n! Time !! Session !! Speaker\n|-\n| 10:00–11:00 || Brunch & bugs || [[User:Ada]]\n|-\n| 11:00–12:00 || Lunch and tea || all\n|}",
        [("Brunch & bugs", "15T10:00", "15T11:00", "", "Ada")],
        [],
    ),
    "nothing in a room, by a template": (
        FRIDAY + "{|\n! Time !! R1 !! Room 2\n|-\n| 10:00–11:00 || A || {{n/a}}\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", "")],
        [],
    ),
    "times on top": (
        FRIDAY + "{|\n! !! 10:00 !! 11:00\n|-\n! R1\n| A || B\n|-\n! Room 2\n| C || D\n|}",
        [("A", "15T10:00", "15T11:00", "Room 1", ""), ("B", "15T11:00", "15T12:00", "Room 1", ""), ("C", "15T10:00", "15T11:00", "Room 2", ""),
         ("D", "15T11:00", "15T12:00", "Room 2", "")],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    text, sessions, problems = PAGES[name]
    read = read_schedule(text, event(["2026-05-15", "2026-05-16", "2026-05-17"], "UTC", ROOMS))
    assert in_short(read) == (sessions, sorted(problems))
