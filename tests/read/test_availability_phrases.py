"""Texts as many different helpers write them, against what a careful person reads; and what the event file settles."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from callboard.config import Event, event_from
from callboard.errors import ConfigError
from callboard.read.availability import read_availability

DAYS = ["2026-05-15", "2026-05-16", "2026-05-17"]
OPEN = [
    {"date": "2026-05-15", "opens": "16:00", "closes": "22:00"},
    {"date": "2026-05-16", "opens": "09:00", "closes": "22:00"},
    {"date": "2026-05-17", "opens": "10:00", "closes": "18:00"},
]
TRUTH = [
    line.rsplit(" | ", 1)
    for line in (Path(__file__).parent / "availability.truth").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def event(zone: str = "UTC", days: object = DAYS, **more: object) -> Event:
    return event_from({"event": {"title": "E", "zone": zone, "days": days}, **more}, slug="e", where="e")


HACKATHON = event()
HOURS = event(days=OPEN)
STATED = event(
    "Europe/Berlin", hours={"evening": "18:00–22:00", "night": "22:00-02:00", "after_work": "17:30–21:00"}
)


def told(text: str, of: Event, day: date | None = None) -> str:
    found = read_availability(text, of, day=day)
    if found.ambiguous:
        return "?"
    return ", ".join(f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in found.intervals or ()) or "-"


@pytest.mark.parametrize(("text", "truth"), TRUTH)
def test_what_helpers_write_is_read_as_a_careful_person_would(text: str, truth: str) -> None:
    assert told(text, HACKATHON) == truth


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Friday evening", "15 16:00-15 20:00"),
        ("evenings", "15 16:00-15 20:00, 16 16:00-16 20:00, 17 16:00-17 20:00"),
        ("Samstagabend", "16 16:00-16 20:00"),
        ("Saturday evening UTC", "16 18:00-16 22:00"),
        ("Saturday night", "16 20:00-17 00:00"),
        ("evenings IST", "?"),
        ("Saturday after work", "16 15:30-16 19:00"),
        ("samedi soir et dimanche 10h-12h", "16 16:00-16 20:00, 17 08:00-17 10:00"),
        ("any time except Friday evening", "14 22:00-15 16:00, 15 20:00-15 22:00, 15 22:00-16 22:00, 16 22:00-17 22:00"),
        ("Saturday morning", "?"),
    ],
)  # fmt: skip
def test_the_event_file_may_state_what_parts_of_a_day_are(text: str, hours: str) -> None:
    assert told(text, STATED) == hours


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("morning", "e: hours.evening: 'morning' is no part of a day; write one like 08:00–12:00"),
        ("8-12", "e: hours.evening: '8-12' is no part of a day; write one like 08:00–12:00"),
        ("29:00-30:00", "e: hours.evening: '29:00-30:00' is no part of a day; write one like 08:00–12:00"),
    ],
)
def test_a_part_of_a_day_that_cannot_be_read_is_a_mistake(stated: str, said: str) -> None:
    with pytest.raises(ConfigError) as mistake:
        event(hours={"evening": stated})
    assert str(mistake.value) == said


def test_only_evenings_and_nights_go_past_midnight() -> None:
    event(hours={"night": "22:00–06:00", "evening": "18:00–01:00", "afternoon": "13:00–24:00"})
    with pytest.raises(ConfigError) as mistake:
        event(hours={"morning": "12:00-08:00"})
    said = "e: hours.morning: 12:00–08:00 ends no later than it begins; only evenings and nights go past midnight"
    assert str(mistake.value) == said


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("all day Saturday", "16 09:00-16 22:00"),
        ("any time", "15 16:00-15 22:00, 16 09:00-16 22:00, 17 10:00-17 18:00"),
        ("Saturday from 14:00", "16 14:00-16 22:00"),
        ("Friday after 18:00", "15 18:00-15 22:00"),
        ("until 18:00 on Saturday", "16 09:00-16 18:00"),
        ("Sunday from 14:00 CEST", "17 12:00-17 18:00"),
        ("Samstag ab 14 Uhr", "16 14:00-16 22:00"),
        ("samedi à partir de 14h", "16 14:00-16 22:00"),
        ("sábado hasta las 18:00", "16 09:00-16 18:00"),
        ("every day from 17:00", "15 17:00-15 22:00, 16 17:00-16 22:00, 17 17:00-17 18:00"),
        ("Friday from 18:00, all of Saturday, Sunday until 12",
         "15 18:00-15 22:00, 16 09:00-16 22:00, 17 10:00-17 12:00"),
        ("Sunday except 12-13", "17 10:00-17 12:00, 17 13:00-17 18:00"),
        ("any time but not on Friday", "16 09:00-16 22:00, 17 10:00-17 18:00"),
        # hours that somebody gives hold beyond the opening hours too
        ("Saturday 08:00-10:00", "16 08:00-16 10:00"),
        ("Saturday from 23:00", "?"),
        ("from 14:00", "?"),
    ],
)  # fmt: skip
def test_whole_days_and_open_ends_go_by_the_hours_that_the_event_states(text: str, hours: str) -> None:
    assert told(text, HOURS) == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("10-12", "16 10:00-16 12:00"),
        ("10-12 and 14-16 UTC", "16 10:00-16 12:00, 16 14:00-16 16:00"),
        ("all day", "16 00:00-17 00:00"),
        ("Saturday 10-12", "16 10:00-16 12:00"),
        ("Sunday 10-12", "?"),
        ("any time", "16 00:00-17 00:00"),
        ("any time except 12-13", "16 00:00-16 12:00, 16 13:00-17 00:00"),
        ("evenings", "?"),
    ],
)
def test_under_the_heading_of_a_day_hours_are_on_that_day(text: str, hours: str) -> None:
    assert told(text, HACKATHON, date(2026, 5, 16)) == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Sunday 01:00-04:00", "24 23:00-25 03:00"),  # four hours, as clocks go back at 03:00
        ("Sunday 02:30-04:00", "?"),  # 02:30 comes twice
        ("Sunday 02:30-04:00 UTC", "25 02:30-25 04:00"),
        ("Saturday 10-12 CEST", "24 08:00-24 10:00"),
        ("Sunday 10-12 CET", "25 09:00-25 11:00"),
        ("Sunday 10-12 CEST", "?"),  # no longer in force
        ("Saturday 10-12 EDT", "24 14:00-24 16:00"),
        ("all day Sunday", "24 22:00-25 23:00"),
    ],
)
def test_clocks_that_change_in_the_event(text: str, hours: str) -> None:
    of = event("Europe/Berlin", ["2026-10-23", "2026-10-24", "2026-10-25"])
    assert told(text, of) == hours


def test_readings_of_hours_in_an_unclear_zone_name_the_zone() -> None:
    found = read_availability("evenings IST", HACKATHON)
    assert [reading.words for reading in found.possible] == [
        "Friday, Saturday and Sunday 12:30 to 16:30 UTC (India)",
        "Friday, Saturday and Sunday 17:00 to 21:00 UTC (Ireland)",
    ]


def test_readings_of_hours_over_midnight() -> None:
    found = read_availability("Friday 07:00 PM to 12:30 PM UTC", HACKATHON)
    assert found.question == "17½ hours over midnight, or until 12:30 AM (5½ hours)?"
    assert [(reading.words, reading.intervals) for reading in found.possible] == [
        ("Friday 19:00 to Saturday 12:30 UTC", ((at(15, 19), at(16, 12, 30)),)),
        ("Friday 19:00 to Saturday 00:30 UTC", ((at(15, 19), at(16, 0, 30)),)),
    ]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)
