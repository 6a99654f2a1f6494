"""A new row is written in the page's own notation, and stands where it belongs in time."""

import pytest

from callboard.placing import NotPlaced
from tests.placing.pages import an_event, changed_lines, placed

EVENT = an_event(["2026-05-15", "2026-05-16"], ["Attic", "Cellar"])
TALK = "A new talk ([[phab:T900999]])"


def rows(*lines: str) -> str:
    body = "\n".join(f"|-\n| {line}" for line in lines)
    return f"== 15 May 2026 ==\n{{|\n! Time !! Title !! Room !! Speaker\n{body}\n|}}\n"


def two(first: str, second: str) -> str:
    return rows(f"{first} || Maps || Attic || [[User:Bo|Bo]]", f"{second} || Lua || Cellar || [[User:Bo|Bo]]")


NOTATIONS = [
    ("10:00–10:25", "12:00–12:25", "11:00–11:25"),
    ("9.00 - 9.25", "12.00 - 12.25", "11.00 - 11.25"),
    ("1000 - 1025", "1200 - 1225", "1100 - 1125"),
    ("9:00 am – 9:25 am", "1:00 pm – 1:25 pm", "11:00 am – 11:25 am"),
    ("9:00-9:25 AM", "1:00-1:25 PM", "11:00 AM-11:25 AM"),
    ("10:00 (25 min)", "12:00 (25 min)", "11:00 (25 min)"),
    ("10h00–10h25", "12h00–12h25", "11h00–11h25"),
]


@pytest.mark.parametrize(("first", "second", "new"), NOTATIONS)
def test_time_is_written_as_the_page_writes_times(first: str, second: str, new: str) -> None:
    gone, come = changed_lines(placed(two(first, second), EVENT, "Fri 11:00 Attic"))
    row = f"| {new} || {TALK} || Attic || [[User:ExampleAda|ExampleAda]]"
    assert (gone, sorted(come)) == ([], [row, "|-"])


UNCLEAR = ["10:00 UTC / 12:00 CEST", "10:00 (room 5)", "[https://zonestamp.toolforge.org/1778839200 10:00]"]


@pytest.mark.parametrize("written", UNCLEAR)
def test_time_that_is_not_certain_is_left_to_people_with_the_text(written: str) -> None:
    with pytest.raises(NotPlaced) as refusal:
        placed(two(written, written), EVENT, "Fri 11:00 Attic")
    lines = str(refusal.value).splitlines()
    assert "is not certain" in lines[0]
    assert lines[1:] == [
        "By hand, put this at [[Event/Schedule]] line 2:",
        "  a row for: 2026-05-15 11:00–11:25 UTC, Attic",
        f"  session: {TALK}",
        "  speaker: [[User:ExampleAda|ExampleAda]]",
    ]


DAY = rows(
    "08:30–09:00 || Coffee || ||",
    "10:00–10:25 || Maps || Attic || [[User:Bo|Bo]]",
    "12:00–13:00 || Lunch || ||",
    "14:00–14:25 || Lua || Cellar || [[User:Bo|Bo]]",
)
ORDER = ["08:30–09:00", "10:00–10:25", "12:00–13:00", "14:00–14:25"]


@pytest.mark.parametrize(
    ("slot", "new", "place"),
    [
        ("Fri 08:00 Attic", "08:00–08:25", 0),  # before the coffee
        ("Fri 09:00 Attic", "09:00–09:25", 1),  # before the day's first session
        ("Fri 11:00 Attic", "11:00–11:25", 2),
        ("Fri 13:00 Attic", "13:00–13:25", 3),  # behind lunch, not before it
        ("Fri 15:00 Attic", "15:00–15:25", 4),
    ],
)
def test_row_stands_in_order_of_time_among_breaks(slot: str, new: str, place: int) -> None:
    after = placed(DAY, EVENT, slot).after.text
    times = [line[2:].split(" ||")[0] for line in after.splitlines() if line.startswith("| ")]
    assert times == [*ORDER[:place], new, *ORDER[place:]]


@pytest.mark.parametrize(("minutes", "doubted"), [(None, False), (30, False), (25, True)])
def test_end_that_is_named_is_the_end_of_the_row(minutes: int | None, *, doubted: bool) -> None:
    change = placed(DAY, EVENT, "Fri 11:00–11:30 Attic", minutes=minutes)
    assert f"| 11:00–11:30 || {TALK}" in change.after.text
    assert bool(change.doubts) is doubted


def test_no_row_in_a_break_of_the_room() -> None:
    text = DAY.replace("Lunch || ||", "Lunch || Attic ||")
    with pytest.raises(NotPlaced, match="there is a break from 2026-05-15 12:00–13:00 UTC"):
        placed(text, EVENT, "Fri 12:30 Attic")
