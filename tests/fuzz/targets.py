"""What must hold for every text, however broken: one function a target. A broken promise is an AssertionError."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from callboard.config import event_from
from callboard.model import Account, Schedule
from callboard.read.schedule import read_schedule
from callboard.read.times import read_day, read_times, read_zone
from callboard.rules import SCHEDULE
from callboard.snapshot import Snapshot
from callboard.tidy import tidy
from callboard.wikitext.edits import apply_edits

PAGE = "Event/Schedule"
EVENT = event_from(
    {
        "event": {
            "title": "Event",
            "zone": "Europe/Berlin",
            "days": ["2027-05-21", "2027-05-22", "2027-05-23"],
        },
        "room": [
            {"name": "Room A"},
            {"name": "Room B", "aliases": ["Beta"]},
            {"name": "Main track", "open": False},
        ],
        "format": [{"name": "Talk", "minutes": 25}, {"name": "Workshop", "minutes": 55}],
        "template": [
            {
                "name": "Slot",
                "title": "what",
                "time": "when",
                "owners": "who",
                "room": "where",
                "task": "job",
                "facilitator": "help",
            },
            {"name": "Session row", "title": "title", "start": "start", "owners": "speaker", "task": "task"},
        ],
        "pages": {"schedule": [PAGE]},
    },
    slug="event",
    where="fuzz",
)
SNAPSHOT = Snapshot(
    EVENT,
    datetime(2027, 5, 1, tzinfo=UTC),
    accounts={name: Account(name, exists=True) for name in ("Ada", "Bo", "Cyd", "Testuser Quill", "Gus")},
)
_DAYS = (
    None,
    date(2027, 5, 21),
    date(2027, 3, 28),
    date(2027, 10, 31),
)  # the last two: summer time begins and ends
_ZONES = (EVENT.zone, ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata"))


def reader(text: str) -> None:
    """A page is read without an exception, and all that is read stands on it."""
    page = read_schedule(text, EVENT, PAGE)
    lines = text.count("\n") + 1
    for session in page.sessions:
        _stands_on(page, session.span.start, session.span.end, session.line)
        assert session.start is None or session.start.utcoffset() is not None
        assert not (session.start and session.end) or session.end > session.start
        for person in (*session.owners, *session.facilitators):
            _stands_on(page, person.span.start, person.span.end)
        for task in session.tasks:
            _stands_on(page, task.span.start, task.span.end)
    for slot in page.free_slots:
        _stands_on(page, slot.span.start, slot.span.end, slot.line)
    for problem in page.problems:
        assert problem.line is None or 1 <= problem.line <= lines
        assert problem.text in text


def surgery(text: str) -> None:
    """Tidying changes what its edits name and nothing else, and a second run changes nothing."""
    result = tidy(text, PAGE, SCHEDULE, SNAPSHOT)
    again = tidy(result.text, PAGE, SCHEDULE, SNAPSHOT)
    assert again.text == result.text, "a second run changes the page"
    assert [problem for problem in result.refused if problem.code == "tidy-unstable"] == []
    if result.applied:
        edits = sorted({edit.edit for edit in result.applied})
        last: list[int] = [0]
        kept = []
        for edit in edits:
            kept.append(text[last[-1] : edit.start])
            last.append(max(last[-1], edit.end))
        kept.append(text[last[-1] :])
        at = 0
        for piece in kept:  # what stands between the edits stands in the result, in order
            at = result.text.find(piece, at)
            assert at >= 0, f"lost: {piece[:80]!r}"
            at += len(piece)
    else:
        assert result.text == text
    assert apply_edits(text, []) == text


def times(text: str) -> None:
    """A time, a day and a zone are read, or are odd, without an exception; an end comes after its start."""
    short = text[:300]
    read_zone(short)
    read_day(short, EVENT.dates)
    # One day and zone for each text, so that more texts are tried.
    day, zone = _DAYS[len(short) % len(_DAYS)], _ZONES[len(short) // 4 % len(_ZONES)]
    reading = read_times(short, day, zone)
    for moment in (reading.start, reading.end):
        assert moment is None or moment.utcoffset() is not None
    assert not (reading.start and reading.end) or reading.end > reading.start
    assert all(odd.message for odd in reading.odd)


def _stands_on(page: Schedule, start: int, end: int, line: int = 0) -> None:
    assert 0 <= start <= end <= len(page.text)
    assert line == 0 or 1 <= line <= page.text.count("\n") + 1


TARGETS: dict[str, Callable[[str], None]] = {"reader": reader, "surgery": surgery, "times": times}
