import json
from datetime import UTC, datetime
from typing import Any

import pytest

from callboard.model import Coming, SignUp, SignUps
from callboard.placing import NotPlaced
from callboard.placing.listing import as_json, as_wikitext, choice, hours, unsure
from callboard.slots.fitting import offers
from callboard.slots.gaps import Gap, gaps
from callboard.wikitext.edits import Span
from tests.placing.pages import MAY, an_event, page_of, proposal, source

EVENT = an_event(
    ["2026-05-15", "2026-05-16"], ["Room 1", "Room 2"], format=[{"name": "Workshop", "minutes": 55}]
)
TABLE = """\
== 15 May 2026 ==
{| class="wikitable"
! Time !! Room 1 !! Room 2
|-
| 10:00 || ''free slot'' || ''free slot''
|-
| 10:30 || ''free slot'' || '''Lua'''<br>[[User:Bo|Bo]]
|-
| 11:00 || colspan="2" | '''Opening'''<br>[[User:Ada|Ada]]
|-
| 11:30 || ''free slot'' || ''free slot''<br>facilitation: [[User:Bo|Bo]]
|}
"""


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, 15, hour, minute, tzinfo=UTC)


def told(text: str = TABLE, **wanted: Any) -> list[str]:
    return [
        f"{hours(gap, EVENT)} {gap.room}"
        for gap in offers([page_of(text, EVENT)], EVENT, choice(EVENT, **wanted))
    ]


def test_neighbouring_slots_of_a_room_are_one_gap() -> None:
    assert told() == ["10:00–11:00 Room 1", "10:00–10:30 Room 2", "11:30–12:00 Room 1", "11:30–12:00 Room 2"]


def test_gap_holds_its_slots() -> None:
    assert [len(gap.slots) for gap in gaps([page_of(TABLE, EVENT)], EVENT)] == [2, 1, 1, 1]


def test_plenary_elsewhere_on_the_pages_cuts_a_gap() -> None:
    plenary = "\n{|\n! Time !! Room 1\n|-\n| 10:15–10:30 || '''Photo'''<br>[[User:Ada|Ada]]\n|}\n"
    assert told(TABLE + plenary)[:2] == ["10:00–10:15 Room 1", "10:00–10:30 Room 2"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"minutes": "55"}, ["10:00–11:00 Room 1"]),
        ({"kind": "workshop"}, ["10:00–11:00 Room 1"]),
        ({"room": "room 2"}, ["10:00–10:30 Room 2", "11:30–12:00 Room 2"]),
        ({"day": "Saturday"}, []),
        ({"day": "15 May", "minutes": "60"}, ["10:00–11:00 Room 1"]),
        ({"minutes": "61"}, []),
    ],
)
def test_choice(wanted: dict[str, str], found: list[str]) -> None:
    assert told(**wanted) == found


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"minutes": "an hour"}, "-minutes: a number from 1 to 1440"),
        ({"minutes": "0"}, "-minutes"),
        ({"kind": "Opera"}, "the event has no format 'Opera'; its formats are: Workshop"),
        ({"day": "Monday"}, "-day: "),
        ({"room": "Hall"}, "no room is called 'Hall'"),
    ],
)
def test_choice_that_means_nothing(wanted: dict[str, Any], why: str) -> None:
    with pytest.raises(NotPlaced, match=why):
        choice(EVENT, **wanted)


def test_what_owners_have_to_do_is_left_out() -> None:
    """Bo runs a session at 10:30; Ada the one at 11:00, which is nobody's gap anyway."""
    assert told(proposal=proposal(owners=("Bo",), minutes=None)) == [
        "10:00–10:30 Room 1",
        "10:00–10:30 Room 2",
        "11:30–12:00 Room 1",
        "11:30–12:00 Room 2",
    ]


def test_length_of_the_task_counts() -> None:
    assert told(proposal=proposal(owners=("Cyd",), minutes=55)) == ["10:00–11:00 Room 1"]


def test_hours_in_which_the_owner_can_come() -> None:
    there = proposal(
        owners=("Cyd",), minutes=None, available=((at(10, 15), at(10, 45)), (at(11, 30), at(14)))
    )
    assert told(proposal=there) == [
        "10:15–10:45 Room 1",
        "10:15–10:30 Room 2",
        "11:30–12:00 Room 1",
        "11:30–12:00 Room 2",
    ]


def test_gaps_that_began_are_left_out() -> None:
    assert [gap.start for gap in gaps([page_of(TABLE, EVENT)], EVENT, after=at(10, 1))] == [
        at(11, 30),
        at(11, 30),
    ]


def test_json_and_wikitext() -> None:
    found = offers([page_of(TABLE, EVENT)], EVENT, choice(EVENT, minutes="55"))
    assert json.loads(json.dumps(as_json(found))) == [
        {
            "page": "Event/Schedule",
            "room": "Room 1",
            "start": "2026-05-15T10:00Z",
            "end": "2026-05-15T11:00Z",
            "minutes": 60,
        }
    ]
    assert list(as_wikitext(found, EVENT)) == ["; Friday, 15 May 2026 (UTC)", ":* Room 1: 10:00–11:00"]
    assert list(as_wikitext([], EVENT)) == ["None that lies ahead."]


def test_small_hours_belong_to_the_day_before() -> None:
    late = an_event(["2026-05-15"], ["Room 1"])
    data = late.model_copy(
        update={
            "event": late.event.model_copy(
                update={
                    "days": (
                        late.event.days[0].model_copy(
                            update={"opens": at(20).time(), "closes": at(3).time()}
                        ),
                    )
                }
            )
        }
    )
    text = "== 15 May 2026 ==\n{|\n! Time !! Room 1\n|-\n| 23:30 || '''A'''<br>[[User:Bo|Bo]]\n|-\n| 00:30 || ''free slot''\n|-\n| 01:00 || '''B'''<br>[[User:Bo|Bo]]\n|}\n"
    found = offers([page_of(text, data)], data, choice(data, day="Friday"))
    assert [gap.start for gap in found] == [datetime(2026, 5, 16, 0, 30, tzinfo=UTC)]


def test_page_of_the_hackathon() -> None:
    found = gaps([page_of(source("01"), MAY)], MAY)
    assert [hours(gap, MAY) for gap in found if gap.start.day == 17] == ["12:30–14:00"]


@pytest.mark.parametrize(
    ("hours", "left"),
    [
        ({"opens": "10:15", "closes": "11:45"}, ["10:15–11:00 Room 1", "11:30–11:45 Room 1"]),
        ({"closes": "10:30"}, ["10:00–10:30 Room 1"]),
        ({"opens": "22:00", "closes": "10:30"}, ["10:00–10:30 Room 1"]),  # past midnight
        ({"opens": "12:00"}, []),
    ],
)
def test_hours_in_which_a_room_is_closed_are_no_gap(hours: dict[str, str], left: list[str]) -> None:
    rooms = [{"name": "Room 1", **hours}, {"name": "Room 2", "opens": "13:00"}]
    own = an_event(["2026-05-15"], [], room=rooms)
    found = offers([page_of(TABLE, own)], own, choice(own))
    assert [_told(gap) for gap in found] == left


def _told(gap: Gap) -> str:
    return f"{hours(gap, EVENT)} {gap.room}"


LUNCH = """
{|
! Time !! Title !! Room
|-
| 10:20–10:40 || Coffee || Room 1
|-
| 11:30–11:45 || Lunch ||
|-
| 14:00–14:30 || '''Maps''' || Room 2
|}
"""


def test_break_in_the_room_or_in_all_rooms_of_the_page_cuts_a_gap() -> None:
    assert told(TABLE + LUNCH) == [
        "10:00–10:20 Room 1",
        "10:00–10:30 Room 2",
        "10:40–11:00 Room 1",
        "11:45–12:00 Room 1",
        "11:45–12:00 Room 2",
    ]


ITEMS = """
== 15 May 2026 ==
* 10:20-10:40 Coffee (Room 1)
* 11:30-11:45 Lunch
* 14:00-14:30 Maps (Room 2)
"""
TEMPLATES = """
== 15 May 2026 ==
{{Slot|title=Coffee|start=10:20|end=10:40|room=Room 1}}
{{Slot|title=Lunch|start=11:30|end=11:45}}
{{Slot|title=Maps|start=14:00|end=14:30|room=Room 2}}
"""


@pytest.mark.parametrize("more", [ITEMS, TEMPLATES])
def test_break_in_a_list_or_a_template_cuts_a_gap(more: str) -> None:
    own = an_event(
        ["2026-05-15", "2026-05-16"],
        ["Room 1", "Room 2"],
        template=[{"name": "Slot", "title": "title", "start": "start", "end": "end", "room": "room"}],
    )
    assert [_told(gap) for gap in offers([page_of(TABLE + more, own)], own, choice(own))] == [
        "10:00–10:20 Room 1",
        "10:00–10:30 Room 2",
        "10:40–11:00 Room 1",
        "11:45–12:00 Room 1",
        "11:45–12:00 Room 2",
    ]


def test_shift_of_helping_is_left_out_and_general_hours_are_not() -> None:
    def signed_up(start: datetime, end: datetime, coming: Coming = Coming.YES) -> SignUps:
        entry = SignUp("Cyd", "Host", 1, Span(0, 0), availability=((start, end),), coming=coming)
        return SignUps("Helpers", "", "roles", (entry,))

    def found(*pages: SignUps) -> int:
        wanted = choice(EVENT, proposal=proposal(owners=("Cyd",), minutes=None))
        return len(offers([page_of(TABLE, EVENT)], EVENT, wanted, signups=pages))

    assert found() == 4
    assert found(signed_up(at(10), at(11))) == 2
    assert found(signed_up(at(9), at(18))) == 4
    assert found(signed_up(at(10), at(11), Coming.NO)) == 4
    assert found(signed_up(at(10), at(11), Coming.MAYBE)) == 4


def test_shift_that_an_owner_may_take_is_told_with_the_slot() -> None:
    def asked(coming: Coming) -> list[object]:
        entry = SignUp("Cyd", "Host", 1, Span(0, 0), availability=((at(10), at(11)),), coming=coming)
        page = SignUps("Helpers", "", "roles", (entry,))
        wanted = choice(EVENT, proposal=proposal(owners=("Cyd",), minutes=None))
        found = offers([page_of(TABLE, EVENT)], EVENT, wanted, signups=[page])
        told = as_json(found, unsure(found, EVENT, wanted, [page]))
        return [(gap["start"], gap["ask"]) for gap in told if "ask" in gap]

    words = ["Cyd may help as Host Friday 10:00–11:00: ask them"]
    assert asked(Coming.MAYBE) == [("2026-05-15T10:00Z", words)] * 2
    assert (asked(Coming.NO), asked(Coming.YES)) == ([], [])
