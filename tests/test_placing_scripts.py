"""place_session, move_session, withdraw_session and free_slots, from the command line to the page."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.promises import FREE, OWNER, World, grid, proposal
from tests.run_script import Run, runner
from tests.test_scripts import ONE_DAY

TEA = (
    f"'''Bots for tea''' ([[phab:T900001]])<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: (your username)"
)
MAPS = "'''Maps'''<br />[[User:Ada Organiser|Ada Organiser]]<br />facilitation: [[User:Bo|Bo]]"
EVENT = f"""\
{ONE_DAY}
[[room]]
name = "Hacking room 1"

[[format]]
name = "Workshop"
minutes = 115

[pages]
site = "callboard"
schedule = ["Schedule"]
off_switch = "User:Callboard/run"

[board]
project = "tea"
coordinators = ["lea"]
"""


@pytest.fixture
def there() -> World:
    """A room from 14:00: Maps, then three free hours; T900001 waits for a slot, T900002 for a yes."""
    waiting = proposal("T900002", title="Lua", yes=False)
    return World(MAPS, FREE, FREE, FREE, proposals=[proposal(), waiting])


@pytest.fixture
def run(
    there: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a script; exit code, output, errors."""
    return runner(there, EVENT, monkeypatch, tmp_path, capsys)


def page(there: World) -> str:
    return there.page.rstrip()


def table(*cells: str) -> str:
    return grid(*cells).rstrip()


SLOT = "-slot:Saturday 4pm room 1"


def test_place(there: World, run: Run) -> None:
    before = page(there)
    code, out, _ = run("place_session", "-task:T900001", SLOT)
    assert (code, page(there)) == (0, before)
    assert f"+| 16:00 || {TEA}" in out
    assert "+++ Schedule (placed)" in out
    assert "placed T900001 in 2021-05-22 16:00–17:00 UTC, Hacking room 1" in out
    assert "Nothing was written; -apply does what is shown." in out
    code, out, _ = run("place_session", "-task:T900001", SLOT, "-apply")
    assert (code, page(there)) == (0, table(MAPS, FREE, TEA, FREE))
    assert "saved Schedule: placed T900001" in out


def test_move_and_withdraw(there: World, run: Run) -> None:
    code, out, _ = run("move_session", "-title:maps", SLOT, "-apply")
    assert (code, page(there)) == (0, table(FREE, FREE, MAPS, FREE))
    assert "+++ Schedule (moved)" in out
    assert "Note: Bo signed up to facilitate it: tell them" in out
    code, out, _ = run("withdraw_session", "-title:Maps", "-apply")
    assert (code, page(there)) == (0, table(FREE, FREE, FREE, FREE))
    assert "+++ Schedule (withdrawn)" in out
    assert f"Taken off the page:\n{MAPS}" in out


def test_error_in_the_result_stops_until_it_is_confirmed(there: World, run: Run) -> None:
    there.board.now["T900001"] = replace(proposal(), minutes=200)
    before = page(there)
    code, out, _ = run("place_session", "-task:T900001", SLOT, "-apply")
    assert (code, page(there)) == (1, before)
    assert "Stops it unless -confirm is given: the session needs 200 minutes" in out
    code, out, _ = run("place_session", "-task:T900001", SLOT, "-apply", "-confirm")
    assert (code, page(there)) == (0, table(MAPS, FREE, TEA, FREE))


def test_new_problems_are_shown(there: World, run: Run) -> None:
    there.board.now["T900001"] = replace(proposal(), minutes=25)
    _, out, _ = run("place_session", "-task:T900001", SLOT)
    assert "The checks find this new in the result:" in out
    assert "60 minutes are long" in out


REFUSED = [
    ("place_session", ["-task:T900002", SLOT, "-confirm"], "T900002 is not acknowledged"),
    ("place_session", ["-task:T900009", SLOT], "T900009 is not on the event's board, or cannot be seen"),
    ("place_session", ["-task:T900001", "-slot:Sat 14:00"], "slot 'Sat 14:00' is taken by “Maps”"),
    ("place_session", ["-task:T900001", "-slot:Sat 10:00"], "the schedule has no slot 'Sat 10:00'"),
    (
        "place_session",
        ["-task:T900001", "-slot:16:00 room 9"],
        "slot '16:00 room 9': nothing here is called '9'",
    ),
    ("place_session", ["-task:T900001"], "-slot: say where to"),
    ("place_session", [SLOT], "-task: name the task"),
    ("place_session", ["-task:900001", SLOT], "-task: a task is written like T900012"),
    ("move_session", [SLOT], "name the session by -task or by -title"),
    ("move_session", ["-task:T900001", "-title:x", SLOT], "name the session by -task or by -title"),
    ("move_session", ["-task:T900001", SLOT], "no session T900001 stands in the schedule"),
    ("withdraw_session", ["-title:Brunch"], "no session “Brunch” stands in the schedule"),
    ("free_slots", ["-minutes:many"], "-minutes: a number from 1 to 1440"),
    ("free_slots", ["-format:Opera"], "-format: the event has no format 'Opera'"),
    ("free_slots", ["-room:Hall"], "no room is called 'Hall'"),
    ("free_slots", ["-day:Monday"], "-day: "),
    ("free_slots", ["-task:T900009"], "T900009 is not on the event's board"),
]


@pytest.mark.parametrize(("script", "args", "why"), REFUSED)
def test_refusal_is_told_and_writes_nothing(
    script: str, args: list[str], why: str, there: World, run: Run
) -> None:
    write = [] if script == "free_slots" else ["-apply"]
    code, _, err = run(script, *args, *write)
    assert code == 2
    assert err.startswith(f"{script}: {why}")
    assert there.wiki.saves == []


def test_off_switch_stops(there: World, run: Run) -> None:
    there.wiki.edit("User:Callboard/run", "stop", user="Ada Organiser")
    code, _, err = run("withdraw_session", "-title:Maps", "-apply")
    assert (code, there.wiki.saves) == (3, [])
    assert "says 'stop'" in err


def test_free_slots_as_a_table_json_and_wikitext(run: Run) -> None:
    code, out, _ = run("free_slots")
    assert code == 0
    assert "1 free slot (UTC)" in out
    assert "15:00–18:00" in out
    found = json.loads(run("free_slots", "-json")[1])
    assert found == [
        {
            "page": "Schedule",
            "room": "Hacking room 1",
            "start": "2021-05-22T15:00Z",
            "end": "2021-05-22T18:00Z",
            "minutes": 180,
        }
    ]
    assert (
        run("free_slots", "-wikitext")[1] == "; Saturday, 22 May 2021 (UTC)\n:* Hacking room 1: 15:00–18:00\n"
    )


@pytest.mark.parametrize(
    ("args", "found"),
    [(["-format:Workshop"], 1), (["-minutes:181"], 0), (["-day:22 May"], 1), (["-task:T900001"], 1)],
)
def test_free_slots_that_fit(args: list[str], found: int, run: Run) -> None:
    assert len(json.loads(run("free_slots", "-json", *args)[1])) == found


def test_hours_of_the_owner_are_minded(there: World, run: Run) -> None:
    there.board.now["T900001"] = replace(proposal(), description="Availability: Saturday 16:00-17:00 UTC")
    (one,) = json.loads(run("free_slots", "-json", "-task:T900001")[1])
    assert (one["start"], one["end"]) == ("2021-05-22T16:00Z", "2021-05-22T17:00Z")
