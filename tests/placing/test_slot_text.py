from datetime import UTC, datetime, timedelta

import pytest

from callboard.placing import NotPlaced
from callboard.placing.slot_text import read_slot, rooms_named
from callboard.placing.target import told
from tests.placing.pages import an_event
from tests.snapshots import event

ALL = ("Main track", "Hacking room 1", "Hacking room 2")
ONE = ("Hacking room 1",)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 5, day, hour, minute, tzinfo=UTC)


CERTAIN = [
    ("2021-05-22 14:00 / Hacking room 1", ONE),
    ("2021-05-22 14:00, Hacking room 1", ONE),
    ("2021-05-22T14:00Z hacking room 1", ONE),
    ("Saturday 2pm hacking room 1", ONE),
    ("22 May 14:00 UTC room 1", ONE),
    ("hacking room 1, Sat 14:00", ONE),
    ("Sat 14:00–14:55, HR1", ONE),
    ("22 May, 4 pm CEST, room 1", ONE),
    ("Saturday at 14:00 in the main track", ("Main track",)),
    ("Saturday 14:00", ALL),
    ("Saturday 14:00 hacking", ("Hacking room 1", "Hacking room 2")),
]


@pytest.mark.parametrize(("text", "rooms"), CERTAIN)
def test_texts_about_saturday_at_two(text: str, rooms: tuple[str, ...]) -> None:
    asked = read_slot(text, event())
    assert (asked.starts, asked.rooms) == ((at(22, 14),), rooms)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Sat 14:00 room 1", None),
        ("Sat 14:00–14:55 room 1", 55),
        ("14:00–14:55 room 1", 55),
        ("Saturday 2pm–3pm room 1", 60),
        ("Sat 23:30–00:30 room 1", 60),
    ],
)
def test_end_in_the_text_is_a_length(text: str, minutes: int | None) -> None:
    assert read_slot(text, event()).minutes == minutes


ZONES = ["UTC", "Europe/Berlin", "Europe/Helsinki", "America/Sao_Paulo", "America/New_York", "Asia/Kathmandu"]


@pytest.mark.parametrize("zone", ZONES)
def test_slot_is_told_in_the_zone_of_the_event_and_read_back(zone: str) -> None:
    there = an_event(["2026-07-15"], ["Hall"], zone)
    start = datetime(2026, 7, 15, 14, tzinfo=there.zone)
    said = told(there, start.astimezone(UTC), (start + timedelta(minutes=55)).astimezone(UTC), "Hall")
    assert said.startswith("2026-07-15 14:00–14:55 ")
    asked = read_slot(said, there)
    assert (asked.starts, asked.rooms, asked.minutes) == ((start,), ("Hall",), 55)


def test_without_a_day_every_day_is_a_reading() -> None:
    assert read_slot("14:00 room 1", event()).starts == (at(21, 14), at(22, 14), at(23, 14))


REFUSED = [
    (
        "Sat 14:00 big hall",
        "nothing here is called 'big hall'; the rooms are: Main track, Hacking room 1, Hacking room 2",
    ),
    ("Sat 14:00 room 3", "nothing here is called '3'"),
    ("Sat 14:00 room 1 or room 2", "nothing here is called 'or room 2'"),
    ("Saturday 2 room 1", "this names no time"),
    ("hacking room 1", "this names no time"),
    ("", "this names no time; write one like '2021-05-21 14:00, Hacking room 1'"),
    ("2021-05-29 14:00 room 1", "is not a day of the event"),
    ("Sunday 2021-05-22 14:00 room 1", "is a Saturday; is the date right or the weekday?"),
    ("2021-05-22 14:00 or 23 May 14:00", "on which one of the event's days"),
    ("Saturday 25:00 room 1", "There is no 25:00"),
    ("22 May 18:30 PM room 1", "mixes the 12-hour and the 24-hour clock"),
    ("Sat 14:00 EST room 1", "EST"),
    ("x" * 300, "a slot needs no 300 characters"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_texts_without_a_meaning(text: str, why: str) -> None:
    with pytest.raises(NotPlaced) as refusal:
        read_slot(text, event())
    assert why in str(refusal.value)


def test_time_on_the_night_when_the_clocks_change() -> None:
    berlin = an_event(["2026-03-28", "2026-03-29", "2026-10-25"], ["Hall"], "Europe/Berlin")
    with pytest.raises(NotPlaced, match="02:30"):  # it does not exist
        read_slot("2026-03-29 02:30 Hall", berlin)
    with pytest.raises(NotPlaced, match="02:30"):  # it exists twice
        read_slot("2026-10-25 02:30 Hall", berlin)
    sure = read_slot("2026-10-25 02:30 UTC Hall", berlin)
    assert sure.starts == (datetime(2026, 10, 25, 2, 30, tzinfo=UTC),)


def test_small_hours_belong_to_the_day_before_too() -> None:
    late = {
        "title": "Hackathon",
        "zone": "UTC",
        "days": [{"date": "2021-05-21", "opens": "10:00", "closes": "03:00"}],
    }
    assert read_slot("Friday 00:30 room 1", event(event=late)).starts == (at(21, 0, 30), at(22, 0, 30))
    assert read_slot("Friday 12:30 room 1", event(event=late)).starts == (at(21, 12, 30),)


@pytest.mark.parametrize(
    ("text", "rooms"), [("room 1", ONE), ("HR1", ONE), ("Hacking room 2", ALL[2:]), ("room", ALL[1:])]
)
def test_room_alone(text: str, rooms: tuple[str, ...]) -> None:
    assert rooms_named(text, event()) == rooms


@pytest.mark.parametrize("text", ["hall", "room 1 tomorrow", "1", ""])
def test_what_is_no_room(text: str) -> None:
    with pytest.raises(NotPlaced, match="no room is called"):
        rooms_named(text, event())
