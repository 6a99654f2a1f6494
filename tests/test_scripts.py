"""Every script: its help, its misuse, that importing it does nothing and that it writes only when told to."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callboard import command
from callboard.errors import WikiAway, WikiRefused
from callboard.model import Acknowledgement, Proposal
from tests.fakes.wiki import FakeWiki
from tests.unwritten_board import UnwrittenBoard

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted(path.stem for path in (ROOT / "scripts").glob("*.py"))
# What the issue that Callboard was begun with asks for; more may come.
WANTED = {
    "run_event", "tick_once", "check_event", "tidy_schedule", "tidy_signups", "link_tasks", "send_notices",
    "publish_templates", "preview_page", "place_session", "move_session", "withdraw_session", "free_slots",
}  # fmt: skip
ONE_LOOK = ["tick_once", "tidy_schedule", "tidy_signups", "link_tasks", "send_notices", "publish_templates"]
AFTERWARDS = ["thank_helpers"]  # its own tests: nothing is due before the event is over
PLACING = [
    "place_session",
    "move_session",
    "withdraw_session",
]  # their own tests: tests/test_placing_scripts.py
WRITING = [*ONE_LOOK, *PLACING, *AFTERWARDS, "run_event"]
Main = Callable[..., int]


def main_of(script: str) -> Main:
    """The script's `main`, freshly imported."""
    spec = importlib.util.spec_from_file_location(f"script_{script}", ROOT / f"scripts/{script}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Main = module.main
    return main


def docstring(script: str) -> str:
    spec = importlib.util.spec_from_file_location(f"script_{script}", ROOT / f"scripts/{script}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.__doc__ or ""


def ends(main: Main, *args: str) -> int:
    """The exit code, however it is told."""
    try:
        return main(*args)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1


# --- what each is ---


def test_scripts_that_were_asked_for_are_there() -> None:
    assert set(SCRIPTS) >= WANTED


@pytest.mark.parametrize("script", SCRIPTS)
def test_docstring_says_in_one_line_what_it_does_and_gives_examples(script: str) -> None:
    first, blank, *rest = docstring(script).splitlines()
    assert first.endswith(".")
    assert len(first) <= 120
    assert blank == ""
    examples = re.findall(rf"^  \./run {script} (.*)$", "\n".join(rest), re.MULTILINE)
    assert examples
    for example in examples:
        assert "-event:" in example


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("asks", ["-help", "--help", "-h"])
def test_help_prints_the_docstring_and_every_option(
    script: str, asks: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends(main_of(script), "-event:nonsense", asks) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith(docstring(script).strip())
    listed = re.findall(r"^  (-[a-z]+)", said.out.partition("Options")[2], re.MULTILINE)
    assert {"-event", "-help"} <= set(listed)
    assert ("-apply" in listed) is (script in WRITING)
    used = set(re.findall(r" (-[a-z]+)", "\n".join(re.findall(r"^  \./run .*$", said.out, re.MULTILINE))))
    assert used <= set(listed)


def test_importing_a_script_does_nothing() -> None:
    """No file written, no connection, no process, no pywikibot: all in a process of its own, watched by an audit hook."""
    code = f"""
import importlib.util, sys
from callboard import command, jobs, page_file, preview, publishing, tasks_file  # what they import

def watch(what, args):
    if what in ("socket.connect", "subprocess.Popen", "os.system", "os.mkdir", "os.remove"):
        raise SystemExit(f"importing does {{what}} {{args}}")
    if what == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+") and "__pycache__" not in str(args[0]):
        raise SystemExit(f"importing writes {{args}}")

sys.dont_write_bytecode = True
sys.addaudithook(watch)
for script in {SCRIPTS!r}:
    spec = importlib.util.spec_from_file_location(script, f"scripts/{{script}}.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
print("pywikibot" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr, done.returncode) == ("False\n", "", 0)


# --- misuse ---

MISUSE: list[tuple[list[str], str]] = [
    (["-event:demo", "-nonsense"], r"unknown option -nonsense"),
    (["-event:demo", "-evnt:x"], r"unknown option -evnt; did you mean -event\?"),
    (["-event"], r"-event: expected one argument"),
    (["-event:no-such-event", "-kind:schedule", "PAGE"], r"there is no event file 'no-such-event'; give a path or one of: .*demo"),
]  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(("args", "said"), MISUSE, ids=["unknown", "misspelt", "no value", "no such event"])
def test_misuse_ends_with_exit_code_2_and_one_clear_line(
    script: str, args: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if script != "preview_page":
        args = [arg for arg in args if arg not in {"-kind:schedule", "PAGE"}]
    elif "-kind:schedule" not in args and args != ["-event"]:
        args = [*args, "-kind:schedule", "PAGE"]
    assert ends(main_of(script), *args) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(rf"{script}: .*{said}.*\n", told.err)


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_event_is_misuse(script: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(main_of(script)) == 2
    assert re.fullmatch(rf"{script}: .*required.*-event.*\n", capsys.readouterr().err)


# --- dry run, apply, and how it ends ---

SCHEDULE = """\
== Saturday 22 May ==
{| class="wikitable"
! Time (UTC) !! Room 1
|-
| 14:00 || '''Bots for tea'''<br />[[User:Marta Mentor|Marta Mentor]]<br />{{phab|T900001}}<br />Facilitation : (your username)
|-
| 15:00 || '''Maps for all'''<br />[[User:Marta Mentor|Marta Mentor]]
|}
"""
SIGNUPS = """\
== Sign up ==
=== Facilitators ===
*[[User:Marta Mentor|Marta Mentor]]
* [[User:Marta Mentor|Marta Mentor]]
"""
ONE_DAY = """\
[event]
title = "Tea Hackathon"
zone = "UTC"
days = ["2021-05-22"]
"""
EVENT = f"""\
{ONE_DAY}
[[room]]
name = "Room 1"

[pages]
site = "callboard"
schedule = ["Tea/Schedule"]
signups = ["Tea/Helpers"]
report = "Tea/Callboard"
off_switch = "Tea/Off switch"
about = "User:Callboard/About"

[wording]
facilitation = "facilitation:"

[[notice]]
kind = "starts_soon"
"""
NOW = datetime(2021, 5, 22, 13, 30, tzinfo=UTC)


class FakeBoard(UnwrittenBoard):
    """A board with one proposal that was acknowledged."""

    requests = 0

    def proposals(self) -> Mapping[str, Proposal]:
        yes = Acknowledgement("lea", "PHID-USER-lea", NOW, "comment", "PHID-XACT-1")
        maps = Proposal(
            "T900002", "PHID-TASK-2", "Maps for all", "marta", "open", closed=False,
            acknowledged=yes, owners=("Marta Mentor",),
        )  # fmt: skip
        return {maps.task: maps, "T900001": replace(maps, task="T900001", title="Bots for tea", owners=())}

    def remembered(self) -> Mapping[str, Proposal] | None:
        return self.proposals()

    def recheck(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        return {task: proposal for task, proposal in self.proposals().items() if task in tasks}


def a_wiki() -> FakeWiki:
    wiki = FakeWiki({"Tea/Schedule": SCHEDULE, "Tea/Helpers": SIGNUPS}, users=["Marta Mentor"], now=NOW)
    for path in sorted((ROOT / "templates_wikitext/notices").glob("*.wikitext")):
        wiki.edit(f"Template:Callboard/notices/{path.stem}", path.read_text("utf-8"), user="Callboard")
    return wiki


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[FakeWiki, list[str]]:
    """A wiki in memory behind the port, and the options that every script needs for it."""
    wiki = a_wiki()
    monkeypatch.setattr(command, "_gateway", lambda _event, _stop: wiki)
    monkeypatch.setattr(command, "_board", lambda _event, _ledger, _stop: FakeBoard())
    file = tmp_path / "tea.toml"
    file.write_text(EVENT)
    return wiki, [f"-event:{file}", f"-ledger:sqlite:///{tmp_path}/ledger.sqlite"]


TURN = "User:Callboard/Posts notices of tea"
# What each writes when it is told to.
WRITES = {
    "tick_once": {"Tea/Schedule", "Tea/Helpers", "Tea/Callboard", "User talk:Marta Mentor", TURN},
    "tidy_schedule": {"Tea/Schedule"},
    "tidy_signups": {"Tea/Helpers"},
    "link_tasks": {"Tea/Schedule"},
    "send_notices": {"User talk:Marta Mentor", TURN},
    "publish_templates": {
        "User:Callboard/About",
        "Template:Callboard/session",
        "Template:Callboard/session/shown",
    },
}


@pytest.mark.parametrize("script", ONE_LOOK)
def test_without_apply_nothing_is_written(
    script: str, world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    wiki, args = world
    assert ends(main_of(script), *args) == 0
    assert wiki.saves == []
    assert "Nothing was written; -apply " in capsys.readouterr().out


def test_thank_helpers_thanks_once_and_only_after_the_event(
    world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    wiki, args = world
    thank = main_of("thank_helpers")
    assert ends(thank, *args, "-apply") == 0
    assert (wiki.saves, "Nothing to do." in capsys.readouterr().out) == ([], True)
    wiki.now = datetime(2021, 5, 23, tzinfo=UTC)
    assert ends(thank, *args) == 0
    assert (wiki.saves, "Nothing was written; -apply " in capsys.readouterr().out) == ([], True)
    for _ in range(2):
        assert ends(thank, *args, "-apply") == 0
        assert [title for title, _ in wiki.saves] == [TURN, "User talk:Marta Mentor"]


@pytest.mark.parametrize("script", ONE_LOOK)
def test_with_apply_its_own_pages_are_written_and_a_second_run_writes_nothing(
    script: str, world: tuple[FakeWiki, list[str]]
) -> None:
    wiki, args = world
    assert ends(main_of(script), *args, "-apply") == 0
    assert {title for title, _ in wiki.saves} == WRITES[script]
    count = len(wiki.saves)
    assert ends(main_of(script), *args, "--apply") == 0
    assert wiki.saves[count:] == []


def test_check_event_lists_the_problems_and_writes_nothing(
    world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    wiki, args = world
    assert ends(main_of("check_event"), *args) == 0
    assert wiki.saves == []
    assert capsys.readouterr().out.splitlines()[0].strip() == "1 problem"


@pytest.mark.parametrize("script", ONE_LOOK)
def test_off_switch_on_the_wiki_ends_with_exit_code_3(
    script: str, world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    wiki, args = world
    wiki.edit("Tea/Off switch", "stop please", user="Marta Mentor")
    assert ends(main_of(script), *args, "-apply") == 3
    assert wiki.saves == []
    assert capsys.readouterr().err == (
        f"{script}: [[Tea/Off switch]] says 'stop please' (last changed by Marta Mentor); write go to go on\n"
    )


@pytest.mark.parametrize("script", [*ONE_LOOK, "check_event"])
def test_wiki_that_is_away_ends_with_exit_code_1_and_one_line(
    script: str, world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    wiki, args = world
    wiki.away_for(1)
    assert ends(main_of(script), *args) == 1
    assert capsys.readouterr().err == f"{script}: the wiki does not answer\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("-now:yesterday", "-now: Invalid isoformat string: 'yesterday'"),
        ("-now:2021-05-22T12:55", "-now: 2021-05-22T12:55:00 has no zone: write it with Z or an offset"),
        (
            "-ledger:nonsense",
            "the ledger cannot be opened: Could not parse SQLAlchemy URL from given URL string",
        ),
    ],
)
def test_wrong_value_ends_with_exit_code_2(
    wrong: str, said: str, world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    _, args = world
    assert ends(main_of("tick_once"), *args, wrong) == 2
    assert capsys.readouterr().err == f"tick_once: {said}\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'zone = "UTC"',
            'zone = "CEST"',
            "event.zone: 'CEST' is no zone; write one like UTC or Europe/Berlin",
        ),
        ('kind = "starts_soon"', 'kind = "reminder"', "notice.reminder: there is no such kind"),
        (
            'site = "callboard"\n',
            "",
            "pages.site: name the wiki (mediawiki, meta, wikimania, test, callboard)",
        ),
    ],
)
def test_wrong_event_file_ends_with_exit_code_2(
    old: str, new: str, said: str, world: tuple[FakeWiki, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    _, args = world
    Path(args[0].removeprefix("-event:")).write_text(EVENT.replace(old, new))
    assert ends(main_of("tick_once"), *args) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"), [(WikiAway("away"), 1), (WikiRefused("no"), 2), (ZeroDivisionError("ours"), 1)]
)
def test_errors_on_the_way_end_with_their_exit_code(
    error: Exception, code: int, world: tuple[FakeWiki, list[str]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    _, args = world

    def refuse(*_: object) -> FakeWiki:
        raise error

    monkeypatch.setattr(command, "_gateway", refuse)
    assert ends(main_of("tick_once"), *args) == code
    said = capsys.readouterr().err
    assert said.startswith("tick_once: ")
    assert ("Traceback" in said) is isinstance(error, ZeroDivisionError)


RUNS = """
import sys
sys.argv = ["run_event"]
from callboard import command
from tests.test_scripts import FakeBoard, a_wiki, main_of
wiki = a_wiki()
read = wiki.read

def counted(*args, **kwargs):
    print("look", flush=True)
    return read(*args, **kwargs)

wiki.read = counted
command._gateway = lambda event, stop: wiki
command._board = lambda event, ledger, stop: FakeBoard()
code = main_of("run_event")({args})
print("saves:", sorted({{title for title, _ in wiki.saves}}), "code:", code)
"""


@pytest.mark.parametrize("apply", [False, True], ids=["dry", "apply"])
def test_run_event_ticks_until_sigterm_and_writes_only_with_apply(tmp_path: Path, apply: bool) -> None:
    file = tmp_path / f"tea-{os.getpid()}-{'apply' if apply else 'dry'}.toml"
    file.write_text(EVENT)
    args = [
        f"-event:{file}",
        f"-ledger:sqlite:///{tmp_path}/x.sqlite",
        "-every:1s",
        *(["-apply"] if apply else []),
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", RUNS.format(args=", ".join(map(repr, args)))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    looks = 0
    while looks < (7 if apply else 2):
        assert process.stdout.readline() == "look\n"
        looks += 1
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    heartbeat = ROOT / f"var/heartbeat-{file.stem}"
    assert heartbeat.exists()
    heartbeat.unlink()
    saved = sorted(title.replace("of tea", f"of {file.stem}") for title in WRITES["tick_once"] if apply)
    assert out.splitlines()[-1] == f"saves: {saved} code: 0", err
    assert "Traceback" not in err


def test_every_mistake_of_an_event_file_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        '[event]\ntitle = "T"\nzone = "CEST"\ndays = ["2021-05-22", "2021-05-22"]\n[[room]]\nname = "A"\n'
        '[[format]]\nname = "F"\nminutes = 5\nrooms = ["Nowhere"]\n[rules]\nnope = "SAFE"\n'
        '[[notice]]\nkind = "nonsense"\n[pages]\nsite = "wikipedia"\n'
    )
    assert ends(main_of("tick_once"), f"-event:{file}") == 2
    told = [
        line.removeprefix(f"tick_once: {file}: ").partition(": ")[0]
        for line in capsys.readouterr().err.splitlines()
    ]
    assert told == [
        "event.zone",
        "pages.site",
        "event.days",
        "format.F.rooms",
        "rules.nope",
        "notice.nonsense",
    ]
