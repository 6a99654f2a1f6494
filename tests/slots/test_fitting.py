"""Free slots for a proposal: in the rooms of its format, and not in those that are closed to proposals."""

from datetime import UTC, datetime

import pytest

from callboard.slots.fitting import Choice, offers
from tests.placing.pages import an_event, page_of, proposal

NOW = datetime(2026, 5, 1, tzinfo=UTC)
EVENT = an_event(
    ["2026-05-15"],
    ["Room 1", "Room 2"],
    room=[
        {"name": "Room 1"},
        {"name": "Room 2", "opens": "10:30"},
        {"name": "Stage", "open": False},
        {"name": "Hall", "closed_since": "2026-05-01T00:00:00Z"},
    ],
    format=[
        {"name": "Workshop", "aliases": ["Hands-on"], "minutes": 25, "rooms": ["Room 2", "Stage"]},
        {"name": "Talk", "minutes": 25},
        {"name": "Panel", "minutes": 55},
    ],
)
TABLE = """\
== 15 May 2026 ==
{| class="wikitable"
! Time !! Room 1 !! Room 2 !! Stage !! Hall
|-
| 10:00 || ''free slot'' || ''free slot'' || ''free slot'' || ''free slot''
|-
| 10:30 || ''free slot'' || ''free slot'' || ''free slot'' || ''free slot''
|}
"""


def rooms(form: str | None, *, named: tuple[str, ...] = (), now: datetime | None = NOW) -> list[str]:
    wanted = proposal("Maps", format=form)
    minutes = next((one.minutes for one in EVENT.format if one.name == form), 25)
    choice = Choice(minutes, rooms=named, proposal=wanted)
    found = offers([page_of(TABLE, EVENT)], EVENT, choice, after=now)
    return [f"{gap.start:%H:%M} {gap.room}" for gap in found]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Talk", ["10:00 Room 1", "10:30 Room 2"]),
        ("Workshop", ["10:30 Room 2"]),
        ("hands-on", ["10:30 Room 2"]),
        ("Panel", ["10:00 Room 1"]),  # Room 2 opens too late for it
        ("Dance", ["10:00 Room 1", "10:30 Room 2"]),
        (None, ["10:00 Room 1", "10:30 Room 2"]),
    ],
)
def test_rooms_of_the_format_that_are_open_to_proposals(form: str | None, expected: list[str]) -> None:
    assert rooms(form) == expected


def test_a_room_is_closed_from_its_time_on() -> None:
    before = datetime(2026, 4, 30, 23, 59, tzinfo=UTC)
    assert rooms("Talk", now=before) == ["10:00 Hall", "10:00 Room 1", "10:30 Room 2"]


def test_a_room_that_a_person_names_is_theirs_to_choose() -> None:
    assert rooms("Workshop", named=("Stage", "Room 1")) == ["10:00 Room 1", "10:00 Stage"]
