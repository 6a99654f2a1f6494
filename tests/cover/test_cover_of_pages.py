"""The cover of pages as people write them: a list of offers and a table of rooms and hours."""

from datetime import UTC, datetime
from pathlib import Path

from callboard.config import load_event
from callboard.cover import Cover, cover
from callboard.model import Coming
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from tests.snapshots import event

ROOT = Path(__file__).parents[2]
GRID = ROOT / "tests/pages/09_helpers_grid.wikitext"


def told(known: Cover, role: str) -> list[tuple[str, str, str]]:
    """Day and hours, the room, who is there."""
    return [
        (f"{one.start:%d %H:%M}–{one.end:%H:%M}", one.need.room or "", " ".join(s.person for s in one.there))
        for one in known.stretches
        if one.need.role == role
    ]


def test_a_table_of_rooms_and_hours() -> None:
    facts = {"title": "Example", "zone": "UTC", "days": ["2026-05-15", "2026-05-16", "2026-05-17"]}
    friday = {"days": ["2026-05-15"], "from": "16:00", "to": "22:00"}
    room = {"role": "Room helper", "rooms": ["Hacking room 1", "Hacking room 2"]}
    of = event(event=facts, pages={"signups": ["Helpers"]}, need=[room | friday, {"role": "lobby"} | friday])
    page = read_signups(GRID.read_text("utf-8"), of, "Helpers", exists=lambda _: True)
    known = cover(of, [], [page])
    assert told(known, "Room helper") == [
        ("15 16:00–18:00", "Hacking room 1", "ExampleAda"),
        ("15 18:00–20:00", "Hacking room 1", "O'Example"),
        ("15 20:00–21:30", "Hacking room 1", "Testuser Bo"),
        ("15 21:30–22:00", "Hacking room 1", ""),
        ("15 16:00–18:00", "Hacking room 2", "Mustermensch"),
        ("15 18:00–20:00", "Hacking room 2", "ExampleCyd"),
        ("15 20:00–22:00", "Hacking room 2", ""),
    ]
    assert told(known, "lobby") == [("15 16:00–18:00", "", "O'Example"), ("15 18:00–22:00", "", "")]


def test_who_only_comes_or_withdrew_is_no_volunteer_and_covers_nothing() -> None:
    facts = {"title": "Example", "zone": "UTC", "days": ["2026-05-15"]}
    need = {"role": "Chat watch", "from": "16:00", "to": "18:00"}
    of = event(event=facts, pages={"signups": ["Helpers"]}, need=[need])
    text = (
        "; Chat watch\n* [[User:Ada]] 16:00-17:00 UTC (withdrawn)\n* [[User:Bo]]\n*: 17:00-18:00 UTC\n"
        "; Participants\n* [[User:Cyd]] 16:00-18:00 UTC\n"
    )
    known = cover(of, [], [read_signups(text, of, "Helpers")])
    assert told(known, "Chat watch") == [("15 16:00–17:00", "", ""), ("15 17:00–18:00", "", "Bo")]
    assert {name: one.coming for name, one in known.volunteers.items()} == {
        "Ada": Coming.NO,
        "Bo": Coming.YES,
    }


def test_the_demo() -> None:
    of = load_event("demo", ROOT / "events")
    schedule = read_schedule((ROOT / "dev/demo/schedule.wikitext").read_text("utf-8"), of, "Schedule")
    helpers = read_signups((ROOT / "dev/demo/helpers.wikitext").read_text("utf-8"), of, "Helpers")
    known = cover(of, [schedule], [helpers])
    assert told(known, "Lantern keepers") == [
        ("17 16:00–17:30", "", "Marta Mentor"),
        ("17 17:30–18:00", "", ""),  # she runs a session then
    ]
    assert told(known, "Chat lamp") == [
        ("18 10:00–10:30", "", "Tove Translator"),
        ("18 10:30–16:00", "", ""),
        ("19 10:00–11:00", "", "Tove Translator"),
        ("19 11:00–16:00", "", ""),
    ]
    assert known.unclear == {"Chat lamp": 3, "Lantern keepers": 1}
    assert [gap.need.session.title for gap in known.gaps if gap.need.session][:3] == [
        "Helpers' meeting",
        "Lighting the lanterns",
        "Bots that work while we sleep",
    ]
    (quest,) = [one for one in known.stretches if one.need.session and "patrollers" in one.need.session.title]
    assert [shift.person for shift in quest.there] == ["Chen2026", "Olu Opener"]
    assert quest.start == datetime(2024, 5, 17, 18, 30, tzinfo=UTC)
