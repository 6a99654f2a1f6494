"""Days in headings and cells: every spelling, and what is odd about one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.read.days import read_day

DAYS = (date(2026, 5, 15), date(2026, 5, 16), date(2026, 5, 17))
FRIDAY, SATURDAY, SUNDAY = DAYS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Schedule",
        "May the source be with you",
        "I sat down",
        "the sun",
        "Room 16",
        "10:00–16:00",
        "<!-- Saturday -->",
        "March for science",
        "Library (2nd floor)",
        "16th edition",
    ],
)
def test_text_without_a_day_says_nothing(text: str) -> None:
    reading = read_day(text, DAYS)
    assert (reading.day, reading.odd) == (None, ())


@pytest.mark.parametrize(
    "text", ["Friday–Sunday", "15–17 May 2026", "Friday and Saturday", "May 15 - 17", "15th and 16th"]
)
def test_several_days_are_none_in_particular(text: str) -> None:
    reading = read_day(text, DAYS)
    assert (reading.day, reading.odd) == (None, ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (" Friday, May 15th ", FRIDAY),
        ("Friday 15 May 2026", FRIDAY),
        ("May 15, Friday", FRIDAY),
        ("Friday, 15th of May", FRIDAY),
        ("2026-05-16", SATURDAY),
        ("Sat", SATURDAY),
        ("Sat.", SATURDAY),
        ("Saturday", SATURDAY),
        ("SATURDAY", SATURDAY),
        ("Day 2", SATURDAY),
        ("Day 2: Saturday, 16 May", SATURDAY),
        ("15.05.", FRIDAY),
        ("15.5.2026", FRIDAY),
        ("16/05/2026", SATURDAY),
        ("05/16/2026", SATURDAY),
        ("Friday 15th", FRIDAY),
        ("Friday 15", FRIDAY),
        ("the 17th", SUNDAY),
        ("May 16", SATURDAY),
        ("16 MAY", SATURDAY),
        ("<translate><!--T:6--> Friday, May 15</translate>", FRIDAY),
        ("'''[[/Saturday|Saturday]]'''", SATURDAY),
        ("Saturday 13:30", SATURDAY),
        ("Sunday 10-14 UTC", SUNDAY),
        ("Friday 15th at 16:00 UTC", FRIDAY),
        ("1st day (Friday, 15 May)", FRIDAY),
        ("2nd day", SATURDAY),
        ("Saturday 16th morning", SATURDAY),
    ],
)
def test_one_day(text: str, day: date) -> None:
    reading = read_day(text, DAYS)
    assert (reading.day, reading.odd) == (day, ())


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("Saturday, May 15th", "weekday-date", "Saturday, May 15th"),
        ("Friday 16th", "weekday-date", "Friday 16th"),
        ("Monday", "off-days", "Monday"),
        ("Friday, May 22nd", "off-days", "May 22nd"),
        ("16 May 2025", "off-days", "16 May 2025"),
        ("Day 4", "off-days", "Day 4"),
        ("31.02.", "off-days", "31.02."),
        ("Day 2, Sunday", "weekday-date", "Day 2, Sunday"),
    ],
)
def test_odd_days(text: str, code: str, meant: str) -> None:
    reading = read_day(text, DAYS)
    assert (reading.day, [(odd.code, odd.text) for odd in reading.odd]) == (None, [(code, meant)])


def test_hackathon_2022_faq_is_flagged() -> None:
    days = (date(2022, 5, 20), date(2022, 5, 21), date(2022, 5, 22))
    reading = read_day("May 20th - May 21st 2022 (Friday through Sunday)", days)
    assert [odd.code for odd in reading.odd] == ["weekday-date"]


def test_wikimania_2024_hackathon_friday_8_august_is_flagged() -> None:
    reading = read_day("Friday, 8 August", tuple(date(2024, 8, day) for day in range(7, 11)))
    assert (reading.day, [odd.code for odd in reading.odd]) == (None, ["weekday-date"])


def test_weekday_that_comes_twice_is_asked_about() -> None:
    reading = read_day("Friday", tuple(date(2026, 5, day) for day in range(1, 16)))
    assert (reading.day, [odd.code for odd in reading.odd]) == (None, ["which-day"])


PIECES = st.sampled_from(
    [
        "Friday",
        "Sat",
        "16th",
        "May",
        "15",
        "2026",
        "2026-05-16",
        "15.05.",
        "Day 2",
        "Day 99",
        ", ",
        " ",
        "–",
        "99.12.",
        "31 Feb",
        "0",
        "<!--",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=8).map(" ".join)),
    st.lists(st.dates(), max_size=4, unique=True).map(sorted),
)
def test_any_text_gives_a_day_of_the_event_or_none(text: str, days: list[date]) -> None:
    reading = read_day(text, days)
    assert reading.day is None or (reading.day in days and reading.odd == ())
    assert all(odd.text in text for odd in reading.odd)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["Sat ", "1 May ", "May 1 - ", "16th ", "Day 2 ", "1.1.", "2026-05-16 "])
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert read_day(piece * (100_000 // len(piece)), DAYS).day in {None, SATURDAY}
