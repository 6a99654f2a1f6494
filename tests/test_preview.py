"""What preview_page shows: exactly the promised JSON, on the example pages too, without wiki or network."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from callboard.page_file import load_page
from callboard.preview import preview
from callboard.preview.shown import show
from callboard.rules import SCHEDULE, SIGNUPS, PageKind
from callboard.tasks_file import proposals_from
from scripts import preview_page
from tests.snapshots import NOW, event

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "tests/pages"
EVENT = """
[event]
title = "…"
zone = "UTC"
days = ["2021-05-21", "2021-05-22"]
[[room]]
name = "Hacking room 1"
"""
PAGE = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Hacking room 1
|-
| 10:00
| '''Bots''' (T900001)<br />[[User:Ada|Ada]]<br />Facilitation : [[User:Bo|Bo]]
|-
| 10:30
| ''free slot''
|-
| 18:30 PM
| Maps ({{phab|T900002}})<br />[[User:Bo|Bo]]
|-
| 11:00
| Lua ({{phab|T900003}})<br />facilitation: Ada
|}
"""
HELPERS = """; Chat watch
:* [[User:Ada|Ada]] (10:00-12:00 UTC on Friday)
:*EpicPupper (07:00 PM to 12:30 PM UTC)
:* (your username)
"""
TASKS: list[dict[str, Any]] = [
    {"task": "T900001", "title": "Bots", "acknowledged": True},
    {"task": "T900002", "title": "Maps"},
]

INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
KEYS = {
    "sessions": ["title", "start", "end", "room", "owners", "facilitators", "tasks", "line"],
    "free_slots": ["start", "end", "room", "line"],
    "signups": ["user", "role", "availability", "ambiguous", "comment", "line"],
    "problems": ["code", "severity", "line", "text", "message"],
    "edits": ["rule", "level", "line", "old", "new"],
}
TEXTS = ("title", "comment", "code", "severity", "text", "message", "rule", "level", "old", "new")
MAYBE_TEXTS = ("room", "user", "role")


def saved(folder: Path, text: str = PAGE, facts: str = EVENT, tasks: object = None) -> dict[str, Path]:
    """Files of a page, an event and a board."""
    files = {name: folder / name for name in ("page.wikitext", "event.toml", "tasks.json")}
    files["page.wikitext"].write_bytes(text.encode())
    files["event.toml"].write_text(facts, encoding="utf-8")
    files["tasks.json"].write_text(json.dumps(TASKS if tasks is None else tasks), encoding="utf-8")
    return files


def check_shape(told: dict[str, Any], text: str) -> None:
    """The object has exactly the promised keys and types, and every text of a problem stands on the page."""
    assert list(told) == ["kind", "layout", *KEYS, "result"]
    assert told["kind"] in {"schedule", "signups"}
    assert isinstance(told["layout"], str)
    assert isinstance(told["result"], str)
    for part, keys in KEYS.items():
        for one in told[part]:
            assert list(one) == keys
            assert all(isinstance(one[key], str) for key in TEXTS if key in one)
            assert all(one[key] is None or isinstance(one[key], str) for key in MAYBE_TEXTS if key in one)
            assert all(
                one[key] is None or re.fullmatch(INSTANT, one[key]) for key in ("start", "end") if key in one
            )
            assert all(
                isinstance(one[key], list) for key in ("owners", "facilitators", "tasks") if key in one
            )
            assert one["line"] is None or 1 <= one["line"] <= text.count("\n") + 1
    assert all(problem["text"] in text for problem in told["problems"])
    assert {problem["severity"] for problem in told["problems"]} <= {"error", "warning", "note"}
    assert {edit["level"] for edit in told["edits"]} <= {"SAFE", "ASK", "SHOW"}
    for signup in told["signups"]:
        assert isinstance(signup["ambiguous"], bool)
        assert signup["availability"] is None or all(
            re.fullmatch(INSTANT, end) for pair in signup["availability"] for end in pair
        )


def test_a_schedule_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = saved(tmp_path)
    args = (f"-event:{files['event.toml']}", "-kind:schedule", f"-tasks:{files['tasks.json']}", "-json")
    assert preview_page.main(*args, str(files["page.wikitext"])) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert err == ""
    check_shape(told, PAGE)
    assert (told["kind"], told["layout"], told["signups"]) == ("schedule", "grid", [])
    assert told["sessions"][0] == {
        "title": "Bots",
        "start": "2021-05-21T10:00:00Z",
        "end": "2021-05-21T10:30:00Z",
        "room": "Hacking room 1",
        "owners": ["Ada"],
        "facilitators": ["Bo"],
        "tasks": ["T900001"],
        "line": 6,
    }
    assert told["free_slots"] == [
        {
            "start": "2021-05-21T10:30:00Z",
            "end": told["free_slots"][0]["end"],
            "room": "Hacking room 1",
            "line": 9,
        }
    ]
    assert [edit for edit in told["edits"] if edit["level"] == "SAFE"] == [
        {"rule": "task-links", "level": "SAFE", "line": 6, "old": "T900001", "new": "{{phab|T900001}}"},
        {
            "rule": "facilitation-mark",
            "level": "SAFE",
            "line": 6,
            "old": "Facilitation :",
            "new": "facilitation:",
        },
    ]  # line 15 has a task without a yes: flagged, not edited
    assert told["result"] == PAGE.replace("(T900001)", "({{phab|T900001}})").replace(
        "Facilitation :", "facilitation:"
    )
    codes = {(problem["code"], problem["line"], problem["text"]) for problem in told["problems"]}
    assert ("task-unacknowledged", 12, "{{phab|T900002}}") in codes
    assert ("task-unknown", 15, "{{phab|T900003}}") in codes
    assert any("18:30 PM" in problem["text"] for problem in told["problems"])
    odd = next(one for one in told["sessions"] if one["title"] == "Maps")
    assert (odd["start"], odd["end"]) == (None, None)


def test_a_signup_page_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = saved(tmp_path, HELPERS)
    args = ("--event", str(files["event.toml"]), "--kind", "signups", "--json", str(files["page.wikitext"]))
    assert preview_page.main(*args) == 0
    told = json.loads(capsys.readouterr().out)
    check_shape(told, HELPERS)
    assert (told["kind"], told["layout"], told["sessions"], told["free_slots"]) == (
        "signups",
        "roles",
        [],
        [],
    )
    assert told["signups"] == [
        {
            "user": "Ada",
            "role": "Chat watch",
            "availability": [["2021-05-21T10:00:00Z", "2021-05-21T12:00:00Z"]],
            "ambiguous": False,
            "comment": "(10:00-12:00 UTC on Friday)",
            "line": 2,
        },
        {
            "user": None,
            "role": "Chat watch",
            "availability": None,
            "ambiguous": True,
            "comment": "EpicPupper (07:00 PM to 12:30 PM UTC)",
            "line": 3,
        },
    ]
    assert [problem["code"] for problem in told["problems"]] == ["hours-unclear"]
    assert told["edits"] == []


def test_for_people_it_shows_what_was_understood_problems_and_the_diff(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = saved(tmp_path)
    assert (
        preview_page.main(f"-event:{files['event.toml']}", "-kind:schedule", str(files["page.wikitext"])) == 0
    )
    out = capsys.readouterr().out
    assert "Fri 21 May" in out
    assert "-| '''Bots''' (T900001)<br />[[User:Ada|Ada]]<br />Facilitation : [[User:Bo|Bo]]\n" in out
    assert "+| '''Bots''' ({{phab|T900001}})<br />[[User:Ada|Ada]]<br />facilitation: [[User:Bo|Bo]]\n" in out


def test_text_of_a_page_is_no_markup_for_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = PAGE.replace("Bots", "Bots [bold]x[/] [/nothing]").replace("''free slot''", "''free''")
    show(Console(width=200), preview(hostile, event(), SCHEDULE, now=NOW), hostile)
    assert "[bold]x[/] [/nothing]" in capsys.readouterr().out


def test_line_ends_and_a_byte_order_mark_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\ufeff" + PAGE.replace("\n", "\r\n")
    files = saved(tmp_path, text)
    assert (
        preview_page.main(
            f"-event:{files['event.toml']}", "-kind:schedule", "-json", str(files["page.wikitext"])
        )
        == 0
    )
    result = json.loads(capsys.readouterr().out)["result"]
    assert result.count("\r\n") == text.count("\r\n") == result.count("\n")
    assert result.startswith("\ufeff== Friday")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event.toml": None}, "there is no event file"),
        ({"event.toml": b"[event]\ntitle = 'X'\nzone = 'Mars'\ndays = ['2021-05-21']\nx = 1\n"}, "event.zone: 'Mars' is no zone"),
        ({"event.toml": b"not toml"}, "event.toml: "),
        ({"event.toml": EVENT.encode() + b"[rules]\nfree-slot = 'SAFE'\n"}, "rules.free-slot: there is no such rule; did you mean 'free-slots'?"),
        ({"page.wikitext": None}, "page.wikitext: cannot be read: No such file or directory"),
        ({"page.wikitext": b"caf\xe9"}, "page.wikitext: is not in UTF-8 (byte 3); save it as UTF-8"),
        ({"tasks.json": None}, "tasks.json: cannot be read: No such file or directory"),
        ({"tasks.json": b"[{"}, "tasks.json: is no JSON in UTF-8: "),
        ({"tasks.json": b'[{"task": "T1"}]'}, "tasks.json: 0.title: is missing"),
        ({"tasks.json": b'[{"task": "X1", "title": "x"}]'}, "tasks.json: 0.task: "),
        ({"tasks.json": b'[{"task": "T1", "title": "x", "owner": "Ada"}]'}, "tasks.json: 0.owner: unknown key"),
        ({"tasks.json": b'[{"task": 1, "title": "x"}, {"task": "T1", "title": "y"}]'}, "tasks.json: T1 stands twice"),
        ({"tasks.json": b'[{"task": "T1", "title": "x", "acknowledged": {"at": "2021-05-01T10:00"}}]'}, "tasks.json: 0.acknowledged.at: "),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_line_with_exit_code_two(
    change: dict[str, bytes | None], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = saved(tmp_path)
    for name, content in change.items():
        files[name].unlink()
        if content is not None:
            files[name].write_bytes(content)
    args = (f"-event:{files['event.toml']}", "-kind:schedule", f"-tasks:{files['tasks.json']}", "-json")
    assert preview_page.main(*args, str(files["page.wikitext"])) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "args", [(), ("-kind:schedule", "x"), ("-event:demo", "-kind:page", "x"), ("-nonsense",)]
)
def test_misuse(args: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        preview_page.main(*args)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("preview_page: ")


def test_now_without_a_zone_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = saved(tmp_path)
    args = (
        f"-event:{files['event.toml']}",
        "-kind:schedule",
        "-now:2021-05-20T12:00",
        str(files["page.wikitext"]),
    )
    assert preview_page.main(*args) == 2
    assert "-now: 2021-05-20T12:00:00 has no zone" in capsys.readouterr().err


def test_neither_a_wiki_nor_pywikibot_is_needed(tmp_path: Path) -> None:
    files = saved(tmp_path)
    program = (
        "import sys; from scripts import preview_page; code = preview_page.main(*sys.argv[1:]);"
        " assert 'pywikibot' not in sys.modules; raise SystemExit(code)"
    )
    args = [f"-event:{files['event.toml']}", "-kind:schedule", "-json", str(files["page.wikitext"])]
    done = subprocess.run([sys.executable, "-c", program, *args], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    check_shape(json.loads(done.stdout), PAGE)


def test_a_task_that_the_preview_links_is_no_problem_any_more() -> None:
    text = PAGE.replace(" (T900001)", "")
    board = proposals_from(
        [{**TASKS[0], "owners": ["Ada"]}, {"task": "T900009", "title": "x", "acknowledged": True}], "test"
    )
    seen = preview(text, event(), SCHEDULE, now=NOW, proposals=board)
    assert "'''Bots''' ({{phab|T900001}})" in seen.tidied.text
    assert [p.task for p in seen.problems if p.code == "acknowledged-unscheduled"] == ["T900009"]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.wikitext")), ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", [SCHEDULE, SIGNUPS])
def test_example_pages_have_the_promised_shape(path: Path, kind: PageKind) -> None:
    text = load_page(path)
    seen = preview(text, event(), kind, now=NOW, proposals={})
    assert seen.tidied.refused == ()
    check_shape(json.loads(seen.as_json()), text)


# The SAFE edits on the example pages: (line, rule, old, new). Pages that are not listed stay as they are.
EDITS: dict[str, list[tuple[int, str, str, str]]] = {
    "01_schedule_grid_three_days": [
        (40, "user-links", "", "|Testuser Quill"),
        (49, "user-links", "Testuser Bo", "[[User:Testuser Bo|Testuser Bo]]"),
        (64, "task-links", "[[phab:T900013]]", "{{phab|T900013}}"),
        (65, "user-links", "Testuser Quill", "[[User:Testuser Quill|Testuser Quill]]"),
        (69, "task-links", "T900015", "{{phab|T900015}}"),
        (94, "facilitation-mark", "Facilitation :", "facilitation:"),
        (142, "task-links", "https://phabricator.wikimedia.org/T900022", "{{phab|T900022}}"),
        (152, "task-links", "[[phab:T900023]]", "{{phab|T900023}}"),
    ],
    "03_schedule_rows": [(88, "task-links", "T900034", "{{phab|T900034}}")],
    "04_schedule_coordinator_column": [
        (76, "task-links", "https://phabricator.wikimedia.org/T900045", "{{phab|T900045}}"),
        (94, "task-links", "T900047", "{{phab|T900047}}"),
    ],
    "15_schedule_four_clocks": [(111, "user-links", "", "|Müller-Beispiel")],
    "31_schedule_cee_programme": [(21, "user-links", "", "|Örnek")],
    "41_schedule_days_as_columns": [(40, "user-links", "", "|Mustermensch")],
    "72_schedule_hacking_rooms": [
        (29, "user-links", "", "|Mustermensch"),
        (65, "facilitation-mark", "Facilitation:", "facilitation:"),
        (65, "facilitation-mark", " and ", ", "),
    ],
    "94_schedule_hackathon_bullets": [
        (11, "user-links", "", "|Örnek"),
        (13, "facilitation-mark", "facilitator:", "facilitation:"),
        (15, "user-links", "Testuser Bo", "[[User:Testuser Bo|Testuser Bo]]"),
        (15, "facilitation-mark", "facilitated by", "facilitation:"),
        (15, "facilitation-mark", " and ", ", "),
        (17, "free-slots", "free slot", "''free slot''"),
        (18, "free-slots", "(free)", "''free slot''"),
    ],
    "07_helpers_signup_list": [
        (23, "signup-links", "", "|Пример"),
        (24, "signup-bullets", ":*", ":* "),
        (35, "signup-bullets", "* ", ":* "),
    ],
    "08_participants_list": [
        (8, "signup-bullets", "#", "# "),
        (24, "signup-links", "", "|Beispielfrau"),
    ],
    "09_helpers_grid": [
        (25, "signup-links", "Testuser Quill", "[[User:Testuser Quill|Testuser Quill]]"),
        (25, "signup-links", "", "|Örnek"),
    ],
    "131_schedule_ordinal_days": [
        (30, "facilitation-mark", "Facilitator:", "facilitation:"),
        (39, "facilitation-mark", "Facilitator:", "facilitation:"),
        (40, "facilitation-mark", "Facilitated by", "facilitation:"),
        (48, "facilitation-mark", "facilitators:", "facilitation:"),
        (48, "facilitation-mark", " + ", ", "),
    ],
    "133_schedule_who_sleeps_where": [
        (31, "user-links", "", "|Testuser Dot"),
    ],
    "134_schedule_table_per_room": [
        (20, "facilitation-mark", "facilitation :", "facilitation:"),
    ],
    "136_schedule_bold_bullets": [
        (8, "facilitation-mark", "''facilitation:''", "facilitation:"),
        (15, "facilitation-mark", "facilitator:", "facilitation:"),
    ],
}
SIGNUP_PAGES = ("07_helpers_signup_list", "08_participants_list", "09_helpers_grid")
FACTS: dict[str, tuple[str, list[str], list[str]]] = {
    "01": (
        "UTC",
        ["2026-05-15", "2026-05-16", "2026-05-17"],
        ["Main track", "Hacking room 1", "Hacking room 2"],
    ),
    "02": ("Europe/Berlin", ["2026-04-10", "2026-04-11"], ["Room A", "Room B", "Room C", "Room D"]),
    "03": ("UTC", ["2026-07-03", "2026-07-04"], []),
    "04": (
        "Europe/Helsinki",
        ["2026-06-12", "2026-06-13", "2026-06-14"],
        ["Birch hall", "Pine", "Lobby", "Canteen"],
    ),
    "05": ("Europe/Berlin", ["2026-09-04", "2026-09-05", "2026-09-06"], ["big room", "small room"]),
    "06": ("Europe/Berlin", ["2026-08-07", "2026-08-08"], ["Gym", "Music room", "Reading room", "Corner"]),
    "10": (
        "UTC",
        ["2027-04-23", "2027-04-24", "2027-04-25"],
        ["Main track", "Hacking room 1", "Hacking room 2"],
    ),
    "11": ("UTC", ["2026-11-21"], ["Room A", "Room B"]),
}


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.wikitext")))
def test_example_pages_are_tidied_as_a_careful_person_would(name: str) -> None:
    text = load_page(PAGES / f"{name}.wikitext")
    zone, days, rooms = FACTS.get(name[:2], FACTS["01"])
    facts = {"title": "Example", "zone": zone, "days": days}
    own = event(event=facts, room=[{"name": room} for room in rooms])
    kind = SIGNUPS if name in SIGNUP_PAGES else SCHEDULE
    seen = preview(text, own, kind, now=NOW)
    found = [(e.line, e.rule, e.old, e.edit.new) for e in seen.edits if e.level.value == "SAFE"]
    assert found == EDITS.get(name, [])
    assert (seen.tidied.text == text) is (not found)
