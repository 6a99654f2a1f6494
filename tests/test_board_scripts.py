"""board_report, explain and link_tasks, from the command line to what a person sees."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from callboard.errors import BoardAway
from callboard.model import Acknowledgement
from tests.promises import FREE, NOW, OWNER, SESSION, World, grid, proposal
from tests.run_script import Run, runner
from tests.test_scripts import ONE_DAY

EVENT = f"""\
{ONE_DAY}
[[room]]
name = "Hacking room 1"

[[format]]
name = "Workshop"
minutes = 55

[pages]
site = "callboard"
schedule = ["Schedule"]
off_switch = "User:Callboard/run"

[board]
project = "tea"
coordinators = ["lea"]

[board.fields]
required = ["format"]

[board.writes]
slot = true
"""
WITHOUT_WIKI = EVENT.replace(
    'site = "callboard"\nschedule = ["Schedule"]\noff_switch = "User:Callboard/run"\n', ""
)
LUA = "'''Lua'''<br />[[User:Bo|Bo]]"
TASKS = [
    {
        "task": "T900001", "title": "[Session] Bots for tea", "owners": [OWNER], "column": "Approved", "submitted": "2021-05-01T00:00Z",
        "acknowledged": {"by": "lea", "at": "2021-05-10T09:30Z", "sign": "column", "transaction": "PHID-XACT-TASK-1"},
    },
    {"task": "T900002", "title": "Lua", "description": "Format: Workshop\\nLength: 55 minutes", "claims": ["bo"]},
    {"task": "T900003", "title": "Wikis", "description": "We talk about wikis."},
    {"task": "T900004", "title": "A tea timer", "kind": "project", "fields": {"help": "JavaScript"}},
]  # fmt: skip


@pytest.fixture
def there() -> World:
    """A room from 14:00: Bots and Lua without links, then two free hours; Lua has no yes, Maps waits for a slot."""
    others = (proposal("T900002", title="Lua", owners=("Bo",), yes=False), proposal("T900003", title="Maps"))
    return World(
        SESSION, LUA, FREE, FREE, proposals=[replace(one, board="tea") for one in (proposal(), *others)]
    )


@pytest.fixture
def run(
    there: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a script; exit code, output, errors. `files` says that it needs no wiki."""
    (tmp_path / "tasks.json").write_text(json.dumps(TASKS))
    (tmp_path / "Saved.wikitext").write_text(grid(SESSION, LUA, FREE))
    return runner(there, EVENT, monkeypatch, tmp_path, capsys)


FILES = ["-tasks:TMP/tasks.json", "-schedule:TMP/Saved.wikitext", f"-now:{NOW:%Y-%m-%dT%H:%MZ}"]


# --- board_report ---


def test_report_shows_everything_and_writes_nothing(there: World, run: Run) -> None:
    code, out, err = run("board_report")
    assert (code, err, there.wiki.saves) == (0, "", [])
    assert "3 proposals: 1 acknowledged, 1 proposed, 1 scheduled." in out
    for words in (
        "T900001",
        "Bots for tea",
        "comment by lea, 2021-05-10 09:30",
        "Sat 22 May 14:00–15:00 UTC, Hacking room 1",
    ):
        assert words in out
    assert "1 acknowledged, not yet scheduled (UTC)" in out
    assert "Sat 22 May, Hacking room 1: 16:00–18:00" in out


def test_report_as_json(run: Run) -> None:
    code, out, _ = run("board_report", "-json")
    facts = json.loads(out)
    assert (code, set(facts)) == (0, {"counts", "proposals", "suggestions", "projects"})
    (bots,) = (one for one in facts["proposals"] if one["task"] == "T900001")
    assert bots["state"] == "scheduled"
    assert bots["evidence"] == [
        {
            "holds": True, "by": "lea", "at": "2021-05-10T09:30:00Z", "how": "comment", "transaction": "PHID-XACT-1",
            "quote": "",
        }
    ]  # fmt: skip
    assert bots["rows"] == [
        {
            "page": "Schedule",
            "line": 5,
            "start": "2021-05-22T14:00:00Z",
            "end": "2021-05-22T15:00:00Z",
            "room": "Hacking room 1",
        }
    ]
    assert {one["column"]: sum(one["states"].values()) for one in facts["counts"]} == {"": 3}
    (maps,) = (one for one in facts["proposals"] if one["task"] == "T900003")
    assert [(slot["start"], slot["end"]) for slot in maps["free_slots"]] == [
        ("2021-05-22T16:00Z", "2021-05-22T18:00Z")
    ]


def test_report_as_wikitext(run: Run) -> None:
    code, out, _ = run("board_report", "-wikitext")
    assert (
        code,
        out.startswith("== Proposals (3) ==\n"),
        out.endswith("== Projects (0) ==\nNone on the board.\n"),
    ) == (0, True, True)


def test_report_of_a_narrow_terminal_keeps_what_matters(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run("board_report")
    assert "How that is known" not in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("event", [EVENT, WITHOUT_WIKI], ids=["wiki", "no wiki"])
def test_report_of_files_asks_neither_wiki_nor_board(event: str, there: World, run: Run) -> None:
    there.board.goes_away()
    code, out, err = run("board_report", *FILES, "-json", event=event)
    assert (code, err, there.wiki.requests) == (0, "", 0)
    facts = json.loads(out)
    assert {one["task"]: (one["state"], one["missing"], one["unverified"]) for one in facts["proposals"]} == {
        "T900001": ("scheduled", [], []),
        "T900002": ("proposed", [], ["Bo"]),
        "T900003": ("incomplete", ["format"], []),
    }
    assert facts["projects"] == [
        {
            "task": "T900004", "title": "A tea timer", "owners": [], "unverified": [], "author": "", "help_wanted": "JavaScript",
            "status": "open", "column": "",
        }
    ]  # fmt: skip


def test_report_of_tasks_in_a_file_with_the_schedule_of_the_wiki(there: World, run: Run) -> None:
    code, out, _ = run("board_report", FILES[0], "-json")
    assert code == 0
    assert there.wiki.requests > 0
    assert (
        next(one for one in json.loads(out)["proposals"] if one["task"] == "T900001")["rows"][0]["page"]
        == "Schedule"
    )


def test_report_while_the_board_is_away_says_so(
    there: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise BoardAway("nobody answers")

    monkeypatch.setattr(there.board, "proposals", away)
    code, out, _ = run("board_report")
    assert (code, "As last read: the board was not read" in out, "T900001" in out) == (0, True, True)


REFUSED = [
    ("board_report", ["-schedule:x"], EVENT, "-schedule: it goes with -tasks; the wiki's own page is read otherwise"),
    ("board_report", ["-tasks:TMP/none.json"], EVENT, "none.json: cannot be read: No such file or directory"),
    ("board_report", [], ONE_DAY, "tea: the event file has no [board]; name one, or give -tasks:FILE"),
    ("explain", [], EVENT, "-task: name the task, such as -task:T900012"),
    ("explain", ["-task:bots"], EVENT, "-task: a task is written like T900012, not 'bots'"),
    ("explain", ["-task:T900009"], EVENT, "T900009 is not among the 3 tasks that the bot sees on the board tea. "),
]  # fmt: skip


@pytest.mark.parametrize(("script", "args", "event", "said"), REFUSED)
def test_refusals_are_one_line_with_the_way_out(
    script: str, args: list[str], event: str, said: str, run: Run
) -> None:
    code, out, err = run(script, *args, event=event)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"{script}: ")
    assert said in err


# --- explain ---


@pytest.mark.parametrize(
    "task",
    [
        "T900001",
        "t900001",
        "900001",
        "https://phabricator.wikimedia.org/T900001",
        "https://p.example/T900001#12",
    ],
)
def test_explain_takes_a_task_in_any_form(task: str, there: World, run: Run) -> None:
    code, out, err = run("explain", f"-task:{task}")
    assert (code, err, there.wiki.saves) == (0, "", [])
    assert out.startswith("T900001: Bots for tea\n  A proposal for a session, ")
    assert "\nIn the schedule\n  linked in [[Schedule]], line 5" in out
    assert "  due now: slot; scheduled: Sat 22 May 14:00–15:00 UTC, Hacking room 1" in out


def test_explain_from_files(run: Run) -> None:
    code, out, _ = run("explain", "-task:T900003", *FILES, event=WITHOUT_WIKI)
    assert code == 0
    assert '  MISSING: format (looked for under "format" or "session format" or "type of session")\n' in out


def test_control_characters_and_markup_of_a_task_reach_no_terminal(there: World, run: Run) -> None:
    there.board.now["T900002"] = replace(
        there.board.now["T900002"], title="[red]x[/]\x1b[2J\u202e", column="\x07[/]"
    )
    for script, *args in (
        ["board_report"],
        ["board_report", "-wikitext"],
        ["explain", "-task:T900002"],
        ["link_tasks"],
    ):
        code, out, _ = run(script, *args)
        assert (code, [char for char in out if char in "\x1b\x07\u202e"]) == (0, [])
    assert "[red]x[/][2J" in run("board_report")[1]


# --- link_tasks ---


def test_links_are_shown_with_the_yes_on_which_they_rest(there: World, run: Run) -> None:
    said = Acknowledgement("lea", "PHID-USER-lea", NOW, "column", "PHID-XACT-2", "")
    there.board.now["T900001"] = replace(proposal(), acknowledged=said)
    before = there.page
    code, out, _ = run("link_tasks")
    assert (code, there.page) == (0, before)
    (line,) = (line for line in out.splitlines() if "│ T900001" in line)
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "T900001", "Bots for tea", "Schedule:5", "linked", "move to a column by lea, 2021-05-22 13:10",
    ]  # fmt: skip
    assert 'Not linked: T900002 "Lua": ' in out
    assert "(a row of that title stands on [[Schedule]], line 7)" in out
    assert 'Not linked: T900003 "Maps": no row has its title' in out
    code, out, _ = run("link_tasks", "-apply")
    assert (code, "[[phab:T900001]]" in there.page, "T900002" in there.page) == (0, True, False)


def test_suggestion_has_its_reason(there: World, run: Run) -> None:
    there.board.now["T900002"] = proposal("T900002", title="Lua", owners=("Ada",))
    _, out, _ = run("link_tasks")
    assert [line for line in out.splitlines() if line.startswith("May be ")] == [
        'May be T900002: "Lua" (Schedule:7): the same title, but the row names Bo and the task is by Ada'
    ]
    (row,) = (line for line in out.splitlines() if line.startswith("│ T900002"))
    assert [cell.strip() for cell in row.strip("│").split("│")][2:4] == ["Schedule:7", "asked about"]


def test_yes_that_goes_right_before_the_save_links_nothing(there: World, run: Run) -> None:
    def gone() -> None:
        there.board.now["T900001"] = proposal(yes=False)

    there.board.on_recheck = gone
    before = there.page
    code, out, _ = run("link_tasks", "-apply")
    assert (code, there.page) == (0, before)
    assert "held linking T900001" in out
