"""`attention` from end to end: what it says of notices that could not be posted, when a problem is quiet, and when it is new."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from callboard.config import Event, event_from
from tests.promises import TEA, World

TALK = "Talk:Tea"
ADA, CYD = "Ada Organiser", "Cyd"
EIGHT = datetime(2021, 5, 20, 8, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
APART, AT_ONCE = "16:00–17:00", "14:00–15:00"


def event(*more: object, **parts: object) -> Event:
    pages = {
        "site": "callboard",
        "schedule": ["Schedule"],
        "report": "Report",
        "off_switch": "User:Callboard/run",
        "about": "User:Callboard/About",
    }
    notice = [{"kind": "attention", "talk_page": TALK}, *more]
    return event_from(
        {**TEA, "pages": pages, "room": [{"name": "Room 1"}], "notice": notice, **parts},
        slug="tea",
        where="tests",
    )


def world(of: Event) -> World:
    made = World(of=of)
    for name in (ADA, CYD):
        made.wiki.add_user(name)
    made.wiki.edit("User:Callboard/run", "go", user=ADA)
    return made


def put(made: World, at: datetime, time: str, notes: str = "") -> None:
    """Somebody saves the schedule, and a tick sees it."""
    rows = (
        "== Saturday 22 May ==\n"
        '{| class="wikitable"\n! Time (UTC) !! Session !! Room !! Speaker !! Notes\n'
        f"|-\n| 14:00–15:00 || Bots for tea || Room 1 || [[User:{ADA}|A]] ||\n"
        f"|-\n| {time} || Maps || Room 1 || [[User:{CYD}|C]] || {notes}\n|}}\n"
    )
    made.wiki.now = at
    made.wiki.edit("Schedule", rows, user=CYD)
    made.tick()


def tick(made: World, at: datetime) -> None:
    made.wiki.now = at
    made.tick()


def digests(made: World) -> list[tuple[str, str]]:
    """The day and time of each, and how many problems it calls new."""
    edits = made.wiki.history(TALK)[::-1] if made.wiki.text(TALK) is not None else []
    assert all(edit.timestamp for edit in edits)
    return [
        (f"{edit.timestamp:%d %H:%M}", re.findall(r"\|new=(\d+)\|", edit.text or "")[-1]) for edit in edits
    ]


def held_in(made: World) -> str:
    return str(re.findall(r"\|held=([^|]*)\|", made.wiki.text(TALK) or "")[-1])


# --- what could not be posted ---


def refusing(text: str, told_at: datetime = EIGHT - 60 * MINUTE) -> World:
    """An owner with this talk page is to be reminded; then the organisers' digest goes out."""
    made = world(event({"kind": "starts_soon", "lead": ["55h"]}))
    made.wiki.edit(f"User talk:{CYD}", text, user=CYD)
    put(made, told_at - 60 * MINUTE, AT_ONCE)
    tick(made, told_at)
    tick(made, told_at + MINUTE)
    tick(made, EIGHT + MINUTE)
    return made


def test_who_keeps_bots_away_is_counted() -> None:
    made = refusing("{{nobots}}")
    assert list(made.held()) == ["starts_soon"]
    assert held_in(made) == "1 notice was refused or held back; the page says to whom and why."
    assert "== Notices held (1) ==" in made.report


def test_where_nothing_was_refused_it_says_so() -> None:
    made = refusing("Welcome!")
    assert (made.held(), held_in(made)) == ({}, "No notice was refused.")


# --- what is undone at once ---


def test_an_overlap_that_is_undone_within_the_grace_time_causes_nothing() -> None:
    made = world(event())
    put(made, EIGHT - 60 * MINUTE, APART)
    put(made, EIGHT - 2 * MINUTE, AT_ONCE)
    tick(made, EIGHT + MINUTE)
    put(made, EIGHT + 3 * MINUTE, APART)
    for minutes in range(5, 60, 5):
        tick(made, EIGHT + minutes * MINUTE)
    assert digests(made) == []


def test_one_that_stays_is_told_when_it_is_quiet() -> None:
    made = world(event())
    put(made, EIGHT - 60 * MINUTE, APART)
    put(made, EIGHT - 2 * MINUTE, AT_ONCE)
    for minutes in (1, 12, 14, 20):
        tick(made, EIGHT + minutes * MINUTE)
    assert digests(made) == [("20 08:14", "1")]


def test_within_two_hours_of_the_start_nothing_waits() -> None:
    made = world(event(notice=[{"kind": "attention", "talk_page": TALK, "at": time(13, 0)}]))
    near = datetime(2021, 5, 22, 8, 0, tzinfo=UTC)
    put(made, near, APART)
    put(made, near + 298 * MINUTE, AT_ONCE)
    tick(made, near + 301 * MINUTE)
    assert digests(made) == [("22 13:01", "1")]


# --- what is new ---


def daily(made: World, notes: bool, lost: bool = False) -> None:
    """The same overlap for three days, while somebody changes another cell of its row each noon."""
    start = EIGHT - 2 * DAY
    put(made, start - 60 * MINUTE, AT_ONCE)
    for day in range(3):
        tick(made, start + day * DAY + MINUTE)
        if lost:
            made.lose_database()
        put(made, start + day * DAY + 240 * MINUTE, AT_ONCE, f"note {day}" if notes else "")


@pytest.mark.parametrize("lost", [False, True], ids=["", "with a new ledger each day"])
def test_a_problem_is_new_once_whatever_else_changes_in_its_row(lost: bool) -> None:
    made = world(event())
    daily(made, notes=True, lost=lost)
    assert digests(made) == [("18 08:01", "1")]


def test_a_problem_with_other_facts_is_new() -> None:
    made = world(event())
    put(made, EIGHT - 60 * MINUTE, AT_ONCE)
    tick(made, EIGHT + MINUTE)
    put(made, EIGHT + 60 * MINUTE, "14:30–15:30")
    tick(made, EIGHT + DAY + MINUTE)
    assert digests(made) == [("20 08:01", "1"), ("21 08:01", "1")]


def test_a_problem_that_was_gone_and_is_back_is_new() -> None:
    made = world(event())
    put(made, EIGHT - 60 * MINUTE, AT_ONCE)
    tick(made, EIGHT + MINUTE)
    put(made, EIGHT + 60 * MINUTE, APART)
    put(made, EIGHT + 120 * MINUTE, AT_ONCE)
    tick(made, EIGHT + DAY + MINUTE)
    assert digests(made) == [("20 08:01", "1"), ("21 08:01", "1")]
