"""Rooms that are named together by what they have in common."""

import pytest

from callboard.read.columns import Rooms
from tests.read.schedule_truth import event

ROOMS = Rooms(event(["2026-05-15"], "UTC", ["Room A", "Room B", "Saal 1", "Saal 2", "Saal 3", "Big hacking room 1", "Big hacking room 2", "Attic"]))  # fmt: skip


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Rooms A and B", ["Room A", "Room B"]),
        ("Room A & B", ["Room A", "Room B"]),
        ("rooms B/A", ["Room B", "Room A"]),
        ("Rooms A, B and Attic", ["Room A", "Room B", "Attic"]),
        ("Säle 1 und 3", ["Saal 1", "Saal 3"]),
        ("Saal 1–3", ["Saal 1", "Saal 2", "Saal 3"]),
        ("Big Hacking Rooms 1 + 2", ["Big hacking room 1", "Big hacking room 2"]),
        ("Rooms A and C", []),
        ("Rooms and halls", []),
        ("Saal 2–9", []),
        ("Saal 3–1", []),
        ("A and B", []),
    ],
)
def test_series(words: str, named: list[str]) -> None:
    assert list(ROOMS.named(words)) == named
