"""helpers_report and suggest_helpers, from the command line to the fake wiki and back; and the cover on the report page."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.promises import FREE, OWNER, World, event
from tests.run_script import Run, runner
from tests.test_scripts import ONE_DAY

EVENT = f"""\
{ONE_DAY}
[[room]]
name = "Hacking room 1"

[pages]
site = "callboard"
schedule = ["Schedule"]
signups = ["Helpers"]

[[need]]
facilitators = 1

[[need]]
role = "Chat watch"
aliases = ["Chat lamp"]
from = "14:00"
to = "18:00"
"""
MAPS = f"'''Maps'''<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: [[User:Bo|Bo]]"
LUA = f"'''Lua''' (T900002)<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: (your username)"
HELPERS = """\
; Chat lamp
:* [[User:Ada Organiser|Ada Organiser]] (14:00 to 16:00 UTC)
:* [[User:Cy|Cy]] (07:00 PM to 12:30 PM UTC)

; Welcome desk
:* [[User:Dee|Dee]] (15:00 to 18:00 UTC)
:* [[User:Eve|Eve]] (15:00 to 18:00 UTC)
:* [[User:192.0.2.7|192.0.2.7]] (15:00 to 18:00 UTC)
:* [[User:Nobody Here|Nobody Here]] (15:00 to 18:00 UTC)
"""


@pytest.fixture
def there() -> World:
    """Maps at 14:00, Lua at 15:00; the chat is watched until 16:00; Eve wants no messages."""
    world = World(MAPS, LUA, FREE, helpers=HELPERS)
    for name in ("Bo", "Cy", "Dee", "Eve"):
        world.wiki.add_user(name)
    world.wiki.edit("User talk:Eve", "{{bots|optout=facilitator_needed}}", user="Eve")
    return world


@pytest.fixture
def run(
    there: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs a script; exit code, output, errors. None of these scripts writes."""
    yield runner(there, EVENT, monkeypatch, tmp_path, capsys)
    assert there.wiki.saves == []


def rows(out: str) -> list[list[str]]:
    """The rows of a table in the terminal."""
    lines = [line for line in out.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_report_in_the_terminal(run: Run) -> None:
    code, out, _ = run("helpers_report")
    assert code == 0
    assert "Cover, with 2 gaps (UTC)" in out
    assert rows(out) == [
        ["Sat 22 May", "14:00–16:00", "Chat watch", "Ada Organiser", ""],
        ["Sat 22 May", "14:00–15:00", '"Maps" in Hacking room 1', "Bo", ""],
        ["Sat 22 May", "15:00–16:00", '"Lua" in Hacking room 1', "nobody", "1"],
        ["Sat 22 May", "16:00–18:00", "Chat watch", "nobody", "1"],
        ["Ada Organiser", "2 hours", "Chat watch"],
        ["Bo", "1 hour", "Facilitation"],
    ]
    assert "Chat watch: 1 entry with unclear hours is not counted." in out


def test_tidying_the_lists_says_nothing_of_the_cover_because_the_schedule_is_not_read(run: Run) -> None:
    assert "nobody covers Chat watch" in run("check_event")[1]
    assert "nobody covers" not in run("tidy_signups")[1]


def test_only_gaps_that_are_not_over(there: World, run: Run) -> None:
    assert [row[2] for row in rows(run("helpers_report", "-gaps")[1])] == [
        '"Lua" in Hacking room 1',
        "Chat watch",
    ]
    there.wiki.now = datetime(2021, 5, 22, 16, tzinfo=UTC)
    assert [row[2] for row in rows(run("helpers_report", "-gaps")[1])] == ["Chat watch"]
    there.wiki.now = datetime(2021, 5, 22, 18, tzinfo=UTC)
    assert run("suggest_helpers")[1] == "No gap fits: everything is covered.\n"


def test_report_as_json(run: Run) -> None:
    code, out, _ = run("helpers_report", "-json")
    found = json.loads(out)
    assert (code, found["minutes"], found["entries_with_unclear_hours"]) == (
        0,
        {"Ada Organiser": 120, "Bo": 60},
        {"Chat watch": 1},
    )
    assert [(need["role"], need["session"], need["task"], need["people"]) for need in found["needs"]] == [
        ("Chat watch", None, None, 1),
        ("Facilitation", "Maps", None, 1),
        ("Facilitation", "Lua", "T900002", 1),
    ]
    assert found["needs"][0]["stretches"] == [
        {
            "start": "2021-05-22T14:00Z",
            "end": "2021-05-22T16:00Z",
            "there": ["Ada Organiser"],
            "missing": 0,
            "extra": 0,
        },
        {"start": "2021-05-22T16:00Z", "end": "2021-05-22T18:00Z", "there": [], "missing": 1, "extra": 0},
    ]


def test_suggestions_name_nobody_who_cannot_or_would_not_be_asked(run: Run) -> None:
    code, out, _ = run("suggest_helpers")
    assert code == 0
    assert out.splitlines() == [
        '"Lua" in Hacking room 1: Sat 22 May, 15:00–16:00 (UTC), 1 missing',
        "  Dee: signed up for Welcome desk; free then by the hours they gave; has nothing else so far",
        "  Bo: facilitates other sessions; gave no hours, so ask whether they can; has 1 hour so far",
        "Chat watch: Sat 22 May, 16:00–18:00 (UTC), 1 missing",
        "  Dee: signed up for Welcome desk; free then by the hours they gave; has 1 hour so far",
        "  Bo: facilitates other sessions; gave no hours, so ask whether they can; has 1 hour so far",
    ]


@pytest.mark.parametrize(
    ("args", "whats"),
    [
        (["-role:chat LAMP"], ["Chat watch"]),
        (["-role:Facilitation"], ["Lua"]),
        (["-session:lua"], ["Lua"]),
        (["-task:T900002"], ["Lua"]),
        (["-session:Maps"], []),
        (["-day:Saturday"], ["Lua", "Chat watch"]),
    ],
)
def test_gaps_are_chosen(args: list[str], whats: list[str], run: Run) -> None:
    found = json.loads(run("suggest_helpers", "-json", *args)[1])
    assert [gap["session"] or gap["role"] for gap in found] == whats


def test_suggestions_as_json(run: Run) -> None:
    (gap,) = json.loads(run("suggest_helpers", "-json", "-role:Chat watch")[1])
    assert gap == {
        "role": "Chat watch",
        "room": None,
        "session": None,
        "task": None,
        "start": "2021-05-22T16:00Z",
        "end": "2021-05-22T18:00Z",
        "missing": 1,
        "suggestions": [
            {
                "person": "Dee",
                "sure": True,
                "takes": [{"start": "2021-05-22T16:00Z", "end": "2021-05-22T18:00Z"}],
                "minutes_so_far": 0,
                "reasons": [
                    "signed up for Welcome desk",
                    "free then by the hours they gave",
                    "has nothing else so far",
                ],
            },
            {
                "person": "Bo",
                "sure": False,
                "takes": [{"start": "2021-05-22T16:00Z", "end": "2021-05-22T18:00Z"}],
                "minutes_so_far": 60,
                "reasons": [
                    "facilitates other sessions",
                    "gave no hours, so ask whether they can",
                    "has 1 hour so far",
                ],
            },
        ],
    }


def test_everything_is_covered(run: Run) -> None:
    assert run("suggest_helpers", "-session:Maps")[1] == "No gap fits: everything is covered.\n"


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["-role:Door"], "-role: nobody is needed for 'Door'; roles of the event file are: Chat watch, Facilitation"),
        (["-day:Monday"], "-day: "),
        (["-session:Opera"], "no session “Opera” stands in the schedule"),
    ],
)  # fmt: skip
def test_refusals(args: list[str], why: str, run: Run) -> None:
    code, _, err = run("suggest_helpers", *args)
    assert (code, err.startswith(f"suggest_helpers: {why}")) == (2, True)


def test_an_event_that_states_no_needs(run: Run) -> None:
    code, _, err = run("helpers_report", event=EVENT.partition("[[need]]")[0])
    assert (code, err) == (
        2,
        "helpers_report: tea: the event file has no [[need]]: nobody is known to be needed\n",
    )


@pytest.mark.parametrize("title", ["Helpers", "Schedule"])
def test_a_page_that_is_gone_leaves_nobody_uncovered(title: str, there: World, run: Run) -> None:
    there.wiki.delete(title)
    code, out, err = run("helpers_report")
    assert (code, out) == (2, "")
    assert err.startswith(f"helpers_report: [[{title}]] is on hold: there is no such page")


def test_cover_on_the_report_page() -> None:
    needs = [{"facilitators": 1}, {"role": "Chat lamp", "from": "14:00", "to": "18:00"}]
    world = World(MAPS, LUA, FREE, of=event("starts_soon", need=needs), helpers=HELPERS)
    world.wiki.add_user("Bo")
    world.tick()
    start = world.report.index("== Cover")
    section = world.report[start : world.report.index("== Free slots")]
    assert section.splitlines()[0] == "== Cover (gaps: 2) =="
    assert '| Sat 22 May, 15:00–16:00 || "Lua" in Hacking room 1 || nobody' in section
    assert "| Sat 22 May, 16:00–18:00 || Chat lamp || nobody" in section
    assert "Chat lamp: 1 entry with unclear hours is not counted." in section
    assert "| [[User:Ada Organiser|Ada Organiser]] || 2 hours || Chat lamp" in section
    assert world.saved() == []
