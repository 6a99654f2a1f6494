from dataclasses import replace
from datetime import UTC, datetime

import pytest

from callboard.config_board import Board
from callboard.model import Proposal, SlotWish
from callboard.proposals.acknowledgement import Rule
from callboard.proposals.board import proposals
from callboard.proposals.facts import with_rechecked, with_rows
from callboard.proposals.hours import with_hours
from callboard.proposals.memory import BoardMemory, Sign, TaskFacts
from callboard.proposals.requests import recording, slot_wish
from tests.snapshots import event

RULE = Rule({"lena": "Lena", "max": "Max"})


def comment(number: int, text: str, author: str = "lena", *, seen: bool = True) -> Sign:
    return Sign(number, f"XACT-{number}", "TASK", author, 1_000 + number, "comment", text=text, seen=seen)


WISHES = [
    ("slot: 2021-05-22 14:00, Hacking room 1", "2021-05-22 14:00, Hacking room 1"),
    ("Slot : Saturday 2pm,  Hacking room 1 ", "Saturday 2pm, Hacking room 1"),
    ("**Slot:** 22 May 14:00 UTC room 1", "22 May 14:00 UTC room 1"),
    ("* slot: 22 May 14:00", "22 May 14:00"),
    ("Acknowledged.\n\nslot: 22 May 14:00\nThanks!", "22 May 14:00"),
    ("slot: 22 May 14:00\nslot: 23 May 14:00", "22 May 14:00 or 23 May 14:00"),
    ("slot: none", None),
    ("slot: -", None),
    ("slot:", None),
    ("> slot: 22 May 14:00", None),
    ("```\nslot: 22 May 14:00\n```", None),
    ("`slot: 22 May 14:00`", None),
    ("~~slot: 22 May 14:00~~", None),
    ("Which slot: morning or evening?", None),
    ("timeslot: 22 May 14:00", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "asked"), WISHES)
def test_wish_in_a_comment(text: str, asked: str | None) -> None:
    wish = slot_wish([comment(1, text)], RULE)
    assert (wish.text if wish else None) == asked


def test_wish_names_who_when_and_where() -> None:
    at = datetime.fromtimestamp(1_007, UTC)
    assert slot_wish([comment(7, "slot: 22 May 14:00")], RULE) == SlotWish(
        "22 May 14:00", "Lena", at, "XACT-7"
    )


@pytest.mark.parametrize(
    ("signs", "asked"),
    [
        ([comment(1, "slot: A"), comment(2, "slot: B", "max")], "B"),
        ([comment(2, "slot: B"), comment(1, "slot: A")], "B"),
        ([comment(1, "slot: A"), comment(2, "fine")], "A"),
        ([comment(1, "slot: A"), comment(2, "slot: none")], None),
        ([comment(1, "slot: A"), comment(2, "slot: none"), comment(3, "slot: C")], "C"),
        ([comment(1, "slot: A"), comment(2, "slot: B", "stranger")], "A"),
        ([comment(1, "slot: A"), comment(2, "slot: B", seen=False)], "A"),
        ([comment(1, "slot: A"), comment(2, "")], "A"),  # a removed comment
        ([Sign(1, "X", "TASK", "lena", 1, "column", text="slot: A", column="C")], None),
    ],
)
def test_newest_wish_of_a_coordinator_counts(signs: list[Sign], asked: str | None) -> None:
    wish = slot_wish(signs, RULE)
    assert (wish.text if wish else None) == asked


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("recording: https://video.example.org/xh26/1", "https://video.example.org/xh26/1"),
        ("**Recording:** <https://video.example.org/1>.", "https://video.example.org/1"),
        ("Recording: [[ https://video.example.org/1 | here ]]", "https://video.example.org/1"),
        ("recording: https://video.example.org/1.", "https://video.example.org/1"),
        ("recording: http://video.example.org/1", ""),
        ("recording: javascript:alert(1)", ""),
        ("recording: https:///1", ""),
        ("recording: https://[", ""),
        ("> recording: https://video.example.org/1", ""),
        ("`recording: https://video.example.org/1`", ""),
        ("see the recording https://video.example.org/1", ""),
    ],
)
def test_recording_in_a_comment(text: str, url: str) -> None:
    assert recording([comment(1, text)], RULE) == url


def test_newest_recording_counts_and_strangers_do_not() -> None:
    first, second = "recording: https://a.example.org/1", "recording: https://a.example.org/2"
    assert recording([comment(1, first), comment(2, second)], RULE) == "https://a.example.org/2"
    assert recording([comment(1, first), comment(2, second, "stranger")], RULE) == "https://a.example.org/1"


BOARD = Board(project="p", coordinators=("Lena",))
TASK = TaskFacts(1, "TASK", "t", "", "ada", "open", (), 86_400, 0)
OTHER = TaskFacts(2, "OTHER", "u", "", "ada", "open", (), 86_400, 0)
MEMORY = BoardMemory(
    "b", "PROJ", {}, {"lena": "Lena"}, {"open": False, "duplicate": True}, 10_000, 0,
    listed={"lena": "Lena"}, tasks={"TASK": TASK, "OTHER": OTHER},
)  # fmt: skip


def row(number: int, kind: str, author: str, **more: object) -> dict[str, object]:
    return {
        "id": number, "phid": f"x{number}", "type": kind, "authorPHID": author, "objectPHID": "TASK", "dateCreated": 5,
        "comments": [], "fields": {}, **more,
    }  # fmt: skip


def said(text: str, by: str = "lena") -> list[dict[str, object]]:
    return [{"version": 1, "removed": False, "authorPHID": by, "dateCreated": 5, "content": {"raw": text}}]


def test_proposal_knows_wish_recording_and_when_it_was_submitted() -> None:
    rows = [
        row(1, "comment", "lena", comments=said("slot: A")),
        row(2, "comment", "lena", comments=said("recording: https://a.example.org/1")),
    ]
    first, _ = proposals(with_rows(MEMORY, rows), BOARD)
    assert first.slot == SlotWish("A", "Lena", datetime.fromtimestamp(5, UTC), "x1")
    assert first.recording == "https://a.example.org/1"
    assert first.submitted == datetime(1970, 1, 2, tzinfo=UTC)


def test_wish_that_was_edited_counts_as_it_stands() -> None:
    memory = with_rows(MEMORY, [row(1, "comment", "lena", comments=said("slot: A"))])
    changed = with_rechecked(memory, ["x1"], [{"phid": "x1", "comments": said("slot: B")}])
    by_admin = with_rechecked(memory, ["x1"], [{"phid": "x1", "comments": said("slot: C", "admin")}])
    gone = with_rechecked(memory, ["x1"], [])
    assert [p.slot.text for m in (memory, changed) for p in proposals(m, BOARD) if p.slot] == ["A", "B"]
    assert [p.slot for m in (gone, by_admin) for p in proposals(m, BOARD)] == [None] * 4


@pytest.mark.parametrize(("status", "target", "into"), [
    ("duplicate", "OTHER", "T2"), ("open", "OTHER", ""), ("duplicate", "ELSEWHERE", ""),
])  # fmt: skip
def test_merged_task_names_the_one_it_went_into(status: str, target: str, into: str) -> None:
    task = TaskFacts(1, "TASK", "t", "", "ada", status, (), 86_400, 0)
    memory = replace(MEMORY, tasks={"TASK": task, "OTHER": OTHER})
    merged = with_rows(memory, [row(9, "mergedinto", "stranger", fields={"old": None, "new": target})])
    assert [p.merged_into for p in proposals(merged, BOARD)] == [into, ""]
    assert BoardMemory.from_json(merged.to_json()) == merged


def proposal(description: str) -> Proposal:
    return Proposal("T1", "PHID", "t", "ada", "open", closed=False, description=description)


def hours(day: int, start: int, end: int) -> tuple[datetime, datetime]:
    return datetime(2021, 5, day, start, tzinfo=UTC), datetime(2021, 5, day, end, tzinfo=UTC)


@pytest.mark.parametrize(
    ("description", "available"),
    [
        ("**Availability:** Saturday 10:00-14:00 UTC", (hours(22, 10, 14),)),
        ("Preferred times: 22 May 10:00 - 14:00", (hours(22, 10, 14),)),
        ("* Availability: Sat 10:00-12:00\n* Preferred time slots: Sun 10:00-12:00", (hours(22, 10, 12), hours(23, 10, 12))),
        ("|Availability|Sat 10:00-12:00|", (hours(22, 10, 12),)),
        ("Availability: Saturday morning", None),  # which hours?
        ("Availability: Sat 10:00-12:00, maybe later", None),
        ("Time: Sat 10:00-12:00", None),  # when the session is, not when its owner can
        ("Saturday 10:00-12:00 UTC would be great", None),
        ("Availability:", None),
        ("", None),
    ],
)  # fmt: skip
def test_hours_of_the_owner(description: str, available: object) -> None:
    assert with_hours({"T1": proposal(description)}, event())["T1"].available == available
