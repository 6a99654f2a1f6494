"""The documentation is true: its commands exist, its links lead somewhere, its examples are what really comes out."""

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from callboard.config import Event, event_from, load_event
from callboard.notices import unknown_kinds
from callboard.preview import preview
from callboard.report import report
from callboard.rules import RULES, PageKind, unknown_rules
from callboard.tasks_file import load_proposals
from callboard.terminal import diff
from tests.test_report import plan
from tests.test_scripts import SCRIPTS, ends, main_of

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TOOLFORGE = ROOT / "deploy/toolforge"
DOCUMENTS = [
    README,
    *(ROOT / f"{name}.md" for name in ("ARCHITECTURE", "CONTRIBUTING", "CHANGELOG")),
    *sorted((ROOT / "deploy").rglob("*.md")),
]
WITH_COMMANDS = [*DOCUMENTS, *sorted(TOOLFORGE.glob("*.yaml")), *sorted((ROOT / "scripts").glob("*.py"))]
VERBS = {
    "demo": {"--keep"},
    "test": None,
    "devwiki": {"--name"},
    "bench": set[str](),
    "fuzz": {"-runs", "-seconds"},
    "chaos": {"-deliveries", "-seed", "-wave", "-without"},
    "help": set[str](),
}
_COMMAND = re.compile(r"(?:\./(?:callboard/)?run|start\.sh) ([A-Za-z_]+)((?: [^\s`#\"]+)*)")
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    return [text for _, marked, text in _FENCE.findall(path.read_text("utf-8")) if marked == language]


def commands(path: Path) -> Iterator[tuple[str, list[str]]]:
    """What a text tells people to run: the word after ./run and its options."""
    for verb, rest in _COMMAND.findall(path.read_text("utf-8")):
        if verb != "SCRIPT":
            yield verb, rest.split()


def options_of(script: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    assert ends(main_of(script), "-help") == 0
    listed = capsys.readouterr().out.partition("Options")[2]
    return set(re.findall(r"^  (-[a-z]+)", listed, re.MULTILINE)) | {"-help"}


# --- commands ---


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=name)
def test_commands_are_there_with_the_options_that_are_named(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb, words in commands(path):
        assert verb in VERBS or verb in SCRIPTS, f"./run {verb}"
        used = {word.partition(":")[0] for word in words if word.startswith("-")}
        allowed = VERBS[verb] if verb in VERBS else options_of(verb, capsys)
        if allowed is not None:
            assert used <= allowed, f"./run {verb}"


def test_documents_name_commands_at_all() -> None:
    found = {verb for path in DOCUMENTS for verb, _ in commands(path)}
    assert found >= {"demo", "test", "devwiki", "preview_page", "tick_once", "run_event", "publish_templates"}


def test_commands_that_cannot_be_run_are_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (
        "./run tick_onse -event:x",
        "`./run check_event -event:x -apply`",
        "exec ./callboard/run demo --kep",
    ):
        path = tmp_path / "x.md"
        path.write_text(f"Do {wrong} now.\n")
        with pytest.raises(AssertionError):
            test_commands_are_there_with_the_options_that_are_named(path, capsys)


def test_front_door_knows_the_verbs_and_scripts() -> None:
    said = subprocess.run(
        [ROOT / "run", "help"], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    for word in [
        *(f"./run {verb}" for verb in VERBS if verb != "help"),
        *(f"  {script} " for script in SCRIPTS),
    ]:
        assert word in said


def test_readme_has_the_two_commands_each_alone_in_a_block() -> None:
    alone = blocks(README, "")
    assert "./run demo\n" in alone
    assert "./run test\n" in alone


# --- links ---


def anchors(path: Path) -> set[str]:
    """The anchors that a hosting site makes of a document's headings."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_relative_links_lead_somewhere(path: Path) -> None:
    for target in _LINK.findall(path.read_text("utf-8")):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, anchor = unquote(target).partition("#")
        there = (path.parent / file) if file else path
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_files_that_are_named_exist(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for file in re.findall(r"`((?:callboard|tests|templates_wikitext|events|docs|scripts)/[\w./-]+)`", text):
        if not re.search(r"[A-Z]{4}", file):  # NAME and KIND stand for something
            assert (ROOT / file).exists() or file == "callboard/.venv" or file.startswith("callboard/var"), (
                file
            )


# --- tables and settings ---


def test_table_of_scripts_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| (.*) \|$", README.read_text("utf-8"), re.MULTILINE)
    assert sorted(script for script, _ in rows) == SCRIPTS
    for script, cell in rows:
        listed = {word.partition(":")[0] for word in re.findall(r"`(-[^`]+)`", cell)}
        assert listed == options_of(script, capsys) - {"-event", "-help"}, script


@pytest.mark.parametrize("path", [README, TOOLFORGE / "README.md"], ids=name)
def test_settings_that_are_named_are_read_somewhere(path: Path) -> None:
    code = "".join(
        file.read_text("utf-8")
        for file in (ROOT / "user-config.py", ROOT / "callboard/command.py", ROOT / "dev/setup.sh")
    )
    for setting in sorted(set(re.findall(r"CALLBOARD_[A-Z_]+[A-Z]", path.read_text("utf-8")))):
        known = setting in code or (
            setting.startswith("CALLBOARD_OAUTH_") and f'"{setting.removeprefix("CALLBOARD_OAUTH_")}"' in code
        )
        assert known, setting


def test_exit_codes_are_all_explained() -> None:
    rows = re.findall(r"^\| (\d) \| (.+) \|$", README.read_text("utf-8"), re.MULTILINE)
    assert [int(code) for code, _ in rows] == [0, 1, 2, 3]


# --- examples ---


def readme_event() -> Event:
    (text,) = blocks(README, "toml")
    return event_from(tomllib.loads(text), slug="readme", where="README.md")


def test_event_file_in_the_readme_loads() -> None:
    event = readme_event()
    assert [*unknown_kinds(rule.kind for rule in event.notice), *unknown_rules(event.rules)] == []
    assert event.pages.site == "mediawiki"
    assert set(event.rules) <= set(RULES)


def seen(kind: PageKind, page: str) -> tuple[str, list[str]]:
    """The diff and the problems of an example, as preview_page makes them."""
    event = load_event(str(ROOT / "docs/example/spring-hackathon.toml"), ROOT)
    text = (ROOT / "docs/example" / page).read_text("utf-8")
    now = datetime(2021, 5, 20, 12, tzinfo=UTC)
    made = preview(
        text, event, kind, now=now, proposals=load_proposals(ROOT / "docs/example/tasks.json"), title=page
    )
    plain = [re.sub(r"\[[a-z]+\](.*)\[/\]", r"\1", line) for line in diff(text, made.tidied.text, page)]
    return "\n".join(plain).replace("\\[", "["), [problem.message for problem in made.problems]


def test_diff_in_the_readme_is_what_comes_out() -> None:
    whole, _ = seen(PageKind.SCHEDULE, "Schedule.wikitext")
    assert blocks(README, "diff") == ["\n".join(whole.split("\n")[2:]) + "\n"]


def test_problems_in_the_readme_are_what_is_found() -> None:
    _, of_schedule = seen(PageKind.SCHEDULE, "Schedule.wikitext")
    _, of_helpers = seen(PageKind.SIGNUPS, "Helpers.wikitext")
    assert blocks(README, "text") == ["\n".join([*of_schedule, *of_helpers]) + "\n"]


def test_report_and_notice_in_the_readme_are_what_comes_out() -> None:
    slots, notice = blocks(README, "wikitext")
    assert slots in report(plan(), ())
    whole = (ROOT / "tests/notices/messages/starts_soon.txt").read_text("utf-8")
    assert notice.rstrip() in whole.partition("--- on the talk page ---")[2]


@pytest.mark.parametrize("script", ["preview_page"])
def test_preview_commands_in_the_readme_run(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = re.findall(rf"^\./run {script} (.*)$", README.read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        assert ends(main_of(script), *shlex.split(line)) == 0


# --- deployment ---


def test_shell_scripts_are_sound_and_may_be_run() -> None:
    for path in sorted(TOOLFORGE.glob("*.sh")):
        assert path.stat().st_mode & 0o111, path
        assert path.read_text("utf-8").startswith("#!/bin/sh\n"), path
        subprocess.run(["sh", "-n", path], check=True, timeout=10)


def jobs() -> list[dict[str, str]]:
    """The jobs of jobs.yaml, the one in comments as well: a flat list of `key: value`, so no YAML parser is needed."""
    text = (TOOLFORGE / "jobs.yaml").read_text("utf-8")
    text = re.sub(r"^# (- name:|  [a-z-]+:)", r"\1", text, flags=re.MULTILINE)
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        key = re.match(r"(- |  )([a-z-]+): (.*?)(?:  #.*)?$", line)
        if key:
            if key[1] == "- ":
                found.append({})
            found[-1][key[2]] = key[3].strip('"')
        else:
            assert not line.strip() or line.lstrip().startswith("#"), line
    return found


def test_jobs_are_as_the_platform_needs_them() -> None:
    by_name = {job["name"]: job for job in jobs()}
    assert list(by_name) == ["callboard-tick", "callboard-logs", "callboard-loop"]
    for job in by_name.values():
        assert job["command"].startswith("exec ./callboard/deploy/toolforge/")
        assert (job["image"], job["mount"], job["emails"]) == ("python3.13", "all", "onfailure")
    tick, loop = by_name["callboard-tick"], by_name["callboard-loop"]
    assert (tick["schedule"], tick["timeout"], tick["retry"]) == ("*/10 * * * *", "600", "0")
    assert loop["continuous"] == "true"
    assert loop["health-check-script"].startswith("./callboard/deploy/toolforge/health_check.sh ")
    files = re.findall(r"\./callboard/(\S+\.sh)", " ".join([*tick.values(), *loop.values()]))
    assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A tool's home with a copy of the scripts, and a front door that only says what it was given."""
    folder = tmp_path / "callboard/deploy/toolforge"
    folder.mkdir(parents=True)
    for path in TOOLFORGE.glob("*.sh"):
        (folder / path.name).write_bytes(path.read_bytes())
        (folder / path.name).chmod(0o755)
    front = tmp_path / "callboard/run"
    front.write_text('#!/bin/sh\necho "$$ $*"\n')
    front.chmod(0o755)
    return tmp_path


def sh(home: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=home,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_start_takes_the_place_of_the_shell(home: Path) -> None:
    done = sh(home, "echo $$; exec ./callboard/deploy/toolforge/start.sh tick_once -event:my-event -apply")
    shell, front = done.stdout.splitlines()
    assert front == f"{shell} tick_once -event:my-event -apply"
    assert not (home / "callboard/var").exists()


@pytest.mark.parametrize("event", ["my-event", "events/my-event.toml", "my_event"])
def test_heartbeat_tells_whether_the_loop_is_alive(home: Path, event: str, tmp_path: Path) -> None:
    check = f"./callboard/deploy/toolforge/health_check.sh {event}"
    assert sh(home, check).returncode == 1
    sh(home, f"exec ./callboard/deploy/toolforge/start.sh run_event -event:{event} -every:10min")
    (beat,) = (home / "callboard/var").iterdir()
    # The same name as the loop's own: the slug of the event.
    file = tmp_path / Path(event).with_suffix(".toml").name
    file.write_text('[event]\ntitle = "T"\nzone = "UTC"\ndays = ["2021-05-21"]\n')
    assert beat.name == f"heartbeat-{load_event(str(file), tmp_path).slug}"
    assert sh(home, check).returncode == 0
    sh(home, f"touch -d '59 minutes ago' {beat}")
    assert sh(home, check).returncode == 0
    sh(home, f"touch -d '61 minutes ago' {beat}")
    done = sh(home, check)
    assert (done.returncode, done.stderr) == (1, f"no heartbeat of {event} within 60 minutes: {beat}\n")
    assert sh(home, f"{check} 90").returncode == 0


def test_health_check_starts_no_python() -> None:
    for script in ("health_check.sh", "heartbeat_file.sh"):
        lines = (TOOLFORGE / script).read_text("utf-8").splitlines()
        code = [line for line in lines if not line.startswith("#")]
        assert not any("python" in line or "/run" in line for line in code)


def test_logs_are_cut_in_place(home: Path) -> None:
    log = home / "callboard-tick.err"
    log.write_text("".join(f"line {number}\n" for number in range(6000)))
    before = log.stat().st_ino
    done = sh(home, "./callboard/deploy/toolforge/cut_logs.sh callboard-tick other")
    assert (done.returncode, done.stderr) == (0, "")
    lines = log.read_text().splitlines()
    assert (len(lines), lines[0], lines[-1]) == (5000, "line 1000", "line 5999")
    assert log.stat().st_ino == before
