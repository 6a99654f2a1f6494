"""Every example page against a truth written down beside it: each session, slot and problem, and nothing else."""

import pytest

from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import EVENTS, PAGES, event, event_of, page, written


@pytest.mark.parametrize("number", EVENTS)
def test_page_is_read_as_a_careful_person_reads_it(number: str) -> None:
    truth = next(PAGES.glob(f"{number}_*.truth")).read_text(encoding="utf-8")
    assert written(read_schedule(page(number), event_of(number), "Schedule")) == truth


def test_page_with_windows_line_ends_is_read_the_same() -> None:
    facts = event(*EVENTS["01"])
    assert written(read_schedule(page("01").replace("\n", "\r\n"), facts)) == written(
        read_schedule(page("01"), facts)
    )


def test_closed_room_has_no_blank_free_slots() -> None:
    rooms = [{"name": "Hacking room 1", "open": False}, "Hacking room 2", "Main track"]
    slots = read_schedule(page("01"), event(EVENTS["01"][0], "UTC", rooms)).free_slots
    assert [slot.line for slot in slots if slot.room == "Hacking room 1" and not slot.text] == []
    assert [slot.line for slot in slots if slot.room == "Hacking room 1" and slot.text] == [46, 103, 107]
