"""What is read from descriptions: every form in which people write them, what is missing, what contradicts itself."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.config_board import BoardFields
from callboard.config_tables import Format
from callboard.proposals.fields import Fields, read_fields
from callboard.proposals.labels import field_of, short
from callboard.proposals.remarkup import LONGEST, Entry, entries

FORMATS = (
    Format(name="Presentation", minutes=25, aliases=("Talk",)),
    Format(name="Discussion", minutes=55),
    Format(name="Workshop", minutes=55, rooms=("Hall", "Room 1")),
    Format(name="Lightning talk", minutes=5, rooms=("Room 2",)),
)
LABELS = BoardFields(required=("format", "people", "description"))


def read(description: str, title: str = "", labels: BoardFields = LABELS) -> Fields:
    return read_fields(description, title, labels, FORMATS)


def values(description: str, title: str = "") -> Mapping[str, str]:
    return read(description, title).values


WHOLE = {"format": "Workshop", "minutes": "55", "people": "Ada", "description": "Drawing maps."}


@pytest.mark.parametrize(
    "description",
    [
        "**Format:** Workshop (55min, including Q&A)\n**Speaker(s) (wiki username):** [[User:Ada]]\n**Description:**\nDrawing maps.",
        "**Format**: Workshop, 55 min\n**Speakers**: Ada\n**Description**: Drawing maps.",
        "Format: Workshop 55 minutes\nSpeaker: Ada\nDescription: Drawing maps.",
        "* Format: Workshop - 55 mins\n* Who: [[User:Ada]]\n\n== Abstract ==\nDrawing maps.",
        "# Format: Workshop (55')\n# Speaker: Ada\n# Description: Drawing maps.",
        "1. Format: Workshop (55 min)\n2. Speaker: Ada\n3. Description: Drawing maps.",
        "- Format - Workshop, 55 min\n- Speaker – Ada\n- Description - Drawing maps.",
        "== Format ==\nWorkshop (55 min)\n\n== Speakers ==\n* [[User:Ada]]\n\n== Description ==\n\nDrawing maps.",
        "## Format\n\nWorkshop (55 min)\n## Speakers\nAda\n## Description\nDrawing maps.",
        "Format\n======\nWorkshop (55 min)\n\nSpeaker\n-------\nAda\n\nDescription\n-----------\nDrawing maps.",
        "= Format: Workshop (55 min) =\n= Speaker: Ada =\n= Description =\nDrawing maps.",
        "| Format | Workshop (55 min) |\n| Speakers | Ada |\n| Description | Drawing maps. |",
        "|Field|Value|\n|---|---|\n|Format|Workshop (55min)|\n|Speakers|[[User:Ada|Ada]]|\n\nDrawing maps.",
        "| Format | Speaker | Description |\n| ------ | ------- | ----------- |\n| Workshop (55 min) | Ada | Drawing maps. |",
        "<table>\n<tr><th>Format</th><td>Workshop (55 min)</td></tr>\n<tr><th>Speaker</th><td>Ada</td></tr>\n</table>\n\nDrawing maps.",
        "Format\nWorkshop (55 min)\n\nSpeaker\nAda\n\nDescription\nDrawing maps.",
        "**Type of session?** Workshop, length 55 min\n**Your wiki username?** Ada\n**Abstract** \nDrawing maps.",
        "FORMAT： Workshop (55 min)\nSPEAKER： Ada\nDESCRIPTION： Drawing maps.",
        "Format:\n[ ] Discussion\n[x] Workshop (55 min)\n\nSpeaker:\nAda\n\nDescription: Drawing maps.",
        "Format: Workshop\r\nLength: 55\r\nSpeaker: Ada\r\nDescription:\r\nDrawing maps.",
        "NOTE: from the template\n\nFormat: Workshop\nDuration: 55 minutes\nHost: Ada\nSummary: Drawing maps.",
    ],
)  # fmt: skip
def test_forms_in_which_people_write(description: str) -> None:
    fields = read(description)
    assert {name: fields.values.get(name) for name in WHOLE} == WHOLE
    assert (fields.missing, fields.contradictions) == ((), ())


@pytest.mark.parametrize(
    ("description", "missing"),
    [
        ("", ("format", "people", "description")),
        ("**Format (Presentation / Discussion):** \n**Description:**\n\n\n**Speaker(s) (wiki username):** \n", ("format", "people", "description")),
        ("Format: Presentation / Discussion / Workshop / Lightning talk\nSpeaker: (your username)\nDescription: TBD", ("format", "people", "description")),
        ("Format: ?\nSpeaker: n/a\nDescription: …", ("format", "people", "description")),
        ("Format: <fill in>\nSpeaker: -\nDescription: maps", ("format", "people")),
        ("Format: ~~Workshop~~\nSpeaker: Ada\nDescription: maps", ("format",)),
        ("Format: <!-- one of ours -->\nSpeaker: Ada\nDescription: maps", ("format",)),
        ("> Format: Workshop\n> Speaker: Ada\nDescription: maps", ("format", "people")),
        ("```\nFormat: Workshop\n```\nSpeaker: Ada\nDescription: maps", ("format",)),
        ("Format:\n[ ] Workshop\n[ ] Discussion\n\nSpeaker: Ada\nDescription: maps", ("format",)),
        ("Format: Workshop\nBy [[User:Ada]]\nDescription: maps", ()),
        ("Format: Workshop\nSpeaker: @ada\n\nWe draw maps together.", ()),
        ("Format: something new\nSpeaker: Ada\nDescription: maps", ()),
    ],
)  # fmt: skip
def test_missing_fields(description: str, missing: tuple[str, ...]) -> None:
    assert read(description).missing == missing


@pytest.mark.parametrize(
    ("required", "description", "missing"),
    [
        ((), "", ()),
        (("minutes",), "Format: Workshop", ()),  # the event's formats have a length
        (("minutes",), "Format: Panel", ("minutes",)),
        (("minutes",), "Format: Panel (40 min)", ()),
        (("help", "recording"), "Help needed: none\nRecording: no", ()),
        (("help",), "Help needed:", ("help",)),
        (("title",), "", ("title",)),
        (("title",), "Title: Maps", ()),
        (("times", "track", "language"), "Preferred time: any\nRoom: any", ("language",)),
    ],
)
def test_required_fields_are_the_events(
    required: Sequence[str], description: str, missing: tuple[str, ...]
) -> None:
    labels = BoardFields(required=tuple(required))  # type: ignore[arg-type]
    assert read(description, labels=labels).missing == missing


@pytest.mark.parametrize(
    ("description", "title", "told"),
    [
        ("Format: Workshop (55 min)", "", []),
        ("Format: Workshop (60 min)", "", []),
        ("Format: Workshop (5 min)", "", ["Workshop, which is 55 minutes, and 5 minutes"]),
        ("Format: Workshop\nLength: 2 hours", "", ["Workshop, which is 55 minutes, and 120 minutes"]),
        ("Format: Talk (25 min)\nLength: 1 h", "", ["length is given twice: 60 and 25 minutes"]),
        ("Format: Workshop or Discussion", "", ["several formats: Discussion, Workshop"]),
        ("Format: Workshop\nFormat: Talk", "", ['format is given twice: "Workshop" and "Talk"']),
        ("Format: Workshop\n\nFormat: workshop", "", []),
        ("Format: Lightning talk", "", []),
        ("Format: Discussion", "[Workshop] Maps", ["the title says Workshop, the description Discussion"]),
        ("Format: Discussion", "Lightning talk: Maps", ["the title says Lightning talk, the description Discussion"]),
        ("Title: Maps", "[Session] Maps", []),
        ("Title: [Session] maps", "Session: Maps", []),
        ("Title: Maps", "Lightning talk: Maps", []),
        ("Title: Bots", "Session: Maps", ['the task is called "Maps", its description says "Bots"']),
        ("Room: Hall\nTrack: Room 1", "", ['track is given twice: "Hall" and "Room 1"']),
        ("Room: any\nTrack: Room 1", "", []),
        ("Format: Workshop\nRoom: Room 2", "", ["Workshop, which is not held in Room 2"]),
        ("Format: Workshop\nRoom: hall", "", []),
        ("Format: Workshop\nRoom: the garden", "", []),
    ],
)  # fmt: skip
def test_contradictions(description: str, title: str, told: list[str]) -> None:
    assert list(read(description, title).contradictions) == told


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Language: English", {"language": "English"}),
        ("Preferred time (UTC): Sat 22 May, 14:00", {"times": "Sat 22 May, 14:00"}),
        ("Preferred times:\n* Saturday: 10:00\n* Sunday: 12:00", {"times": "Saturday: 10:00, Sunday: 12:00"}),
        ("Can this session be recorded? yes", {"recording": "yes"}),
        ("Can this session be recorded?: yes", {"recording": "yes"}),
        ("Help needed: a projector\n\nThanks for reading!", {"help": "a projector", "description": "Thanks for reading!"}),
        ("Speakers: Ada,\nBo", {"people": "Ada, Bo"}),
        ("Speakers:\n* [[ https://meta.wikimedia.org/wiki/User:Ada | Ada ]]\n* [[:en:User:Bo]]", {"people": "Ada, Bo"}),
        ("Phabricator username: @ada", {"phabricator": "@ada"}),
        ("Format: **Workshop**", {"format": "Workshop"}),
        ("Format: Workshop\nBring a laptop", {"format": "Workshop", "description": "Bring a laptop"}),
        ("Length: 45-60 min", {}),
        ("Length: 1,5 hours", {"minutes": "90"}),
        ("Length: 1 h 30 min", {"minutes": "90"}),
        ("Length: 14:30", {}),
        ("Format: Panel (60 min)", {"format": "Panel", "minutes": "60"}),
        ("Speaker: Ada\nEquipment: none", {"people": "Ada"}),
        ("Format:\nWorkshop\n**Equipment:** none", {"format": "Workshop"}),
        ("Description:\nfirst\n\n=== Why ===\nsecond", {"description": "first\n\nWhy\nsecond"}),
        ("== Description ==\nfirst\n=== Why ===\nsecond\n== Notes ==\nthird", {"description": "first\nWhy\nsecond"}),
        ("Description: see `Format: x` and\n> Format: Talk", {"description": "see `Format: x` and\n> Format: Talk"}),
        ("Description:\n\u202egnp.exe\x07", {"description": "gnp.exe"}),
    ],
)  # fmt: skip
def test_values(description: str, expected: dict[str, str]) -> None:
    assert values(description) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Session] Maps", {"title": "Maps"}),
        ("Session: Maps", {"title": "Maps"}),
        ("session proposal: Maps  for all", {"title": "Maps for all"}),
        ("[Session] [Workshop] Maps", {"title": "Maps", "format": "Workshop"}),
        ("Lightning talk: Maps", {"title": "Lightning talk: Maps", "format": "Lightning talk"}),
        ("[Session]", {}),
        ("", {}),
        ("Maps: how to draw", {"title": "Maps: how to draw"}),
    ],
)
def test_titles(title: str, expected: dict[str, str]) -> None:
    assert values("", title) == expected


def test_labels_in_the_events_own_words() -> None:
    labels = BoardFields(
        people=("Speaker(s) (wiki username)",),
        phabricator=("Speaker(s) (Phabricator username)",),
        times=("Wann?",),
        format=("Art der Veranstaltung",),
        required=("format",),
    )
    text = (
        "**Speaker(s) (wiki username):** Ada\n**Speaker(s) (Phabricator username):** ada-phab\n**Speaker:** nobody\n"
        "**Wann:** Samstag\n**ART DER VERANSTALTUNG**: Workshop"
    )
    fields = read(text, labels=labels)
    assert fields.missing == ()
    assert {name: fields.values[name] for name in ("people", "phabricator", "times", "format")} == {
        "people": "Ada",  # "Speaker" alone may be either
        "phabricator": "ada-phab",
        "times": "Samstag",
        "format": "Workshop",
    }


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("**Format:**", "format"),
        ("Format (Presentation / Discussion / Workshop)", "format"),
        ("Your session's title", "title"),
        ("Title of session", "title"),
        ("Type of the session?", "type"),
        ("Speaker(s)", "speaker"),
        ("Hosts", "host"),
        ("Class", "class"),
    ],
)
def test_short_form_of_a_label(label: str, expected: str) -> None:
    assert short(label) == expected


def test_label_of_two_fields_is_of_neither() -> None:
    find = field_of(BoardFields(track=("Room (main)",), language=("Room (language)",)))
    assert [find(label) for label in ("Room", "Room (main)", "room (LANGUAGE)")] == ["", "track", "language"]


def test_entry_knows_its_line_and_keeps_its_text_raw() -> None:
    found = entries("Hello\n\n**Format:** **Workshop**", lambda label: "format" if label == "Format" else "")
    assert found == (Entry("format", "Format", "**Workshop**", 3), Entry("", "", "Hello", 0))


def test_formats_may_be_none() -> None:
    labels = BoardFields()
    assert read_fields("Format: Workshop", "", labels, ()).values == {"format": "Workshop"}


SIGNS = "Format: Workshop|\n*#=-[]x()<>`~@{}\u202e\x00 \t"


@settings(deadline=timedelta(seconds=5))
@given(st.text(alphabet=SIGNS, max_size=200), st.text(max_size=60))
def test_any_text_can_be_read_and_no_value_is_wild(description: str, title: str) -> None:
    fields = read(description, title)
    for name, value in fields.values.items():
        assert value == value.strip()
        assert not set(value) & set("\x00\u202e")
        assert len(value) <= (4000 if name == "description" else 300)


def test_a_description_of_a_megabyte_is_cut() -> None:
    long = "x" * LONGEST + "\nFormat: Workshop"
    assert "format" not in values(long)


def test_values_of_hostile_length_are_cut() -> None:
    found = values(f"Room: {'y' * 5000}\nDescription: {'z ' * 5000}", "t" * 255)
    assert {name: len(text) for name, text in found.items()} == {
        "track": 300,
        "description": 3999,
        "title": 255,
    }
