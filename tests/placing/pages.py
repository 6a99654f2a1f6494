"""Pages, events and proposals for the tests of placing."""

from datetime import UTC, datetime
from difflib import ndiff
from pathlib import Path
from typing import Any

from callboard.config import Event, event_from
from callboard.model import Acknowledgement, Proposal, Schedule
from callboard.placing.change import Change
from callboard.placing.move import move, named
from callboard.placing.place import place
from callboard.placing.slot_text import read_slot
from callboard.placing.withdraw import withdraw
from callboard.read.schedule import read_schedule

PAGES = Path(__file__).parent.parent / "pages"
YES = Acknowledgement(
    "lena", "PHID-USER-lena", datetime(2021, 5, 1, tzinfo=UTC), "comment", "PHID-XACT-TASK-yes"
)


def an_event(days: list[str], rooms: list[str], zone: str = "UTC", **parts: Any) -> Event:
    """An event; a room whose name ends in `!` is closed to proposals."""
    data = {
        "event": {"title": "Hackathon", "zone": zone, "days": days},
        "room": [{"name": room.rstrip("!"), "open": not room.endswith("!")} for room in rooms],
    }
    return event_from(data | parts, slug="test", where="test")


MAY = an_event(
    ["2026-05-15", "2026-05-16", "2026-05-17"], ["Main track!", "Hacking room 1", "Hacking room 2"]
)
LOOM = an_event(["2026-07-03", "2026-07-04"], [])
NORTH = an_event(
    ["2026-06-12", "2026-06-13", "2026-06-14"], ["Birch hall", "Pine", "Lobby", "Canteen"], "Europe/Helsinki"
)
SPRINT = an_event(["2026-11-21"], ["Room A", "Room B"])
EVENTS = {"01": MAY, "03": LOOM, "04": NORTH, "11": SPRINT}


def source(number: str) -> str:
    """The wikitext of a page in tests/pages."""
    return next(PAGES.glob(f"{number}_*.wikitext")).read_text("utf-8")


def page_of(text: str, event: Event, title: str = "Event/Schedule") -> Schedule:
    return read_schedule(text, event, title)


def proposal(title: str = "[Session] A new talk", **changes: Any) -> Proposal:
    """T900999, acknowledged, of ExampleAda."""
    facts: dict[str, Any] = {
        "task": "T900999", "phid": "PHID-TASK-999", "title": title, "author": "ada",
        "status": "open", "closed": False, "acknowledged": YES, "owners": ("ExampleAda",), "minutes": 25,
    }  # fmt: skip
    return Proposal(**(facts | changes))


def placed(text: str, event: Event, slot: str, **changes: Any) -> Change:
    return place([page_of(text, event)], proposal(**changes), read_slot(slot, event), event)


def moved(text: str, event: Event, slot: str, **names: str) -> Change:
    pages = [page_of(text, event)]
    return move(pages, named(pages, event, **names), read_slot(slot, event), event)


def withdrawn(text: str, event: Event, **names: str) -> Change:
    page, session = named([page_of(text, event)], event, **names)
    return withdraw(page, session, event)


def changed_lines(change: Change) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, in order."""
    lines = list(ndiff(change.before.text.splitlines(), change.after.text.splitlines()))
    return [line[2:] for line in lines if line[:2] == "- "], [line[2:] for line in lines if line[:2] == "+ "]
