"""The front door: what it starts, and what it refuses to start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dev.wiki_paths import ROOT

# A script that says how it was started. Whoever opens a connection in it is caught.
SCRIPT = '''
"""Shows how it was started."""
import os, socket, sys

def no_network(*_):
    print("network!")
    raise OSError("no network in this test")

socket.socket.connect = no_network
socket.getaddrinfo = no_network

def main():
    from pywikibot import config
    loaded = os.environ.get("CALLBOARD_CONFIG_LOADED") == str(os.getpid())
    print(sys.argv[1:], config.family, config.mylang, dict(config.usernames[config.family]), loaded)
    if "-site" in sys.argv:
        import pywikibot
        try:
            print(pywikibot.Site())
        except pywikibot.exceptions.UnknownFamilyError as error:
            print(error)
    return 3

if __name__ == "__main__":
    raise SystemExit(main())
'''
TOOLS = (
    *(
        "bash",
        "env",
        "readlink",
        "dirname",
        "basename",
        "sed",
        "stat",
        "mkdir",
        "cat",
        "tr",
        "sha256sum",
        "flock",
    ),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The front door in a folder of its own, with one script and with this project's packages."""
    place = tmp_path / "some where"
    (place / "scripts").mkdir(parents=True)
    for name in ("run", "user-config.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, place)
    for name in (".venv", "dev", "family"):
        (place / name).symlink_to(ROOT / name)
    (place / "scripts/show_start.py").write_text(SCRIPT.lstrip(), "utf-8")
    return place


def run(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(project / "run"), *words],
        cwd="/",
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def fake_python(folder: Path, version: str, *, ensurepip: bool = True) -> Path:
    """A program that says it is some Python; without ensurepip as on a bare Debian."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "python3"
    path.write_text(
        f"""#!/bin/bash
        case "$*" in
        *version_info*) echo {version} ;;
        *ensurepip*) exit {0 if ensurepip else 1} ;;
        *) exec {sys.executable} "$@" ;;
        esac
        """,
        "utf-8",
    )
    path.chmod(0o755)
    return path


def bare_path(folder: Path) -> str:
    """A PATH with what the front door itself uses, without apt, sudo and Python."""
    folder.mkdir(parents=True, exist_ok=True)
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    return str(folder)


def test_help_names_every_command_and_script(project: Path) -> None:
    done = run(project)
    assert done.returncode == 0
    assert "  show_start         Shows how it was started.\n" in done.stdout
    for command in ("demo", "test", "devwiki up|status|reset|down", "bench", "fuzz", "SCRIPT"):
        assert f"./run {command}" in done.stdout
    assert run(project, "help").stdout == done.stdout


@pytest.mark.parametrize("name", ["show_start", "show_start.py", "scripts/show_start.py"])
def test_script_gets_its_options_and_gives_its_exit_code(project: Path, name: str) -> None:
    done = run(project, name, "-event:x", "--event", "a b")
    assert done.stdout == "['-event:x', '--event', 'a b'] callboard callboard {} True\n"
    assert (done.returncode, done.stderr) == (3, "")


def test_project_may_be_called_through_a_link(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project / "run")
    done = subprocess.run(
        [tmp_path / "link", "show_start"], cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 3


@pytest.mark.parametrize("name", ["show_star", "show_starts", "show-start", "Show_start", "../run", "login"])
def test_misspelt_script_starts_nothing(project: Path, name: str) -> None:
    done = run(project, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == f"./run: there is no script called {name}; nothing was started."
    assert done.stderr.splitlines()[-1] == "There are: demo test devwiki bench fuzz chaos help show_start "


def test_misspelt_script_names_the_nearest(project: Path) -> None:
    assert "Did you mean: ./run show_start\n" in run(project, "show_strat").stderr
    assert "Did you mean: ./run devwiki\n" in run(project, "devwki").stderr


@pytest.mark.parametrize(
    "words", [("-simulate", "show_start"), ("show_start", "-dir:/tmp"), ("show_start", "--config:x")]
)
def test_option_that_would_go_around_the_settings_is_refused(project: Path, words: tuple[str, ...]) -> None:
    done = run(project, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("./run: ")


def test_settings_that_anybody_can_write_are_refused(project: Path) -> None:
    (project / "user-config.py").chmod(0o666)
    done = run(project, "show_start", "-site")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"./run: {project}/user-config.py can be written by everybody, so pywikibot would not read it. "
        f"Please do: chmod o-w {project}/user-config.py\n"
    )


def test_missing_settings_are_refused(project: Path) -> None:
    (project / "user-config.py").unlink()
    done = run(project, "show_start", "-site")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("user-config.py is missing or cannot be read; no script runs without it.\n")


def test_without_a_wiki_no_site_can_be_made(project: Path) -> None:
    done = run(project, "show_start", "-site")
    assert done.stdout.splitlines() == [
        "['-site'] callboard callboard {} True",
        "No wiki is chosen: set CALLBOARD_WIKI (mediawiki, meta, wikimania, test or callboard).",
    ]


@pytest.mark.parametrize(
    "address", ["http://192.0.2.1:80", "https://127.0.0.1:80", "http://127.0.0.1", "8000"]
)
def test_development_wiki_elsewhere_is_refused(project: Path, address: str) -> None:
    done = run(project, "show_start", "-site", CALLBOARD_WIKI="callboard", CALLBOARD_DEVWIKI=address)
    assert done.stdout.splitlines()[1].startswith(
        f"CALLBOARD_DEVWIKI must be http://127.0.0.1:PORT, not '{address}'"
    )


SECRET = "0123456789abcdefghijklmnopqrstuv"
BOT = f"Callboard@toolforge:{SECRET}"


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"CALLBOARD_WIKI": "wikipedia"}, "CALLBOARD_WIKI=wikipedia is no wiki it knows: mediawiki, meta,"),
        ({"CALLBOARD_WIKI": "meta"}, "Wikimedia asks every bot to name somebody"),
        (
            {"CALLBOARD_WIKI": "meta", "CALLBOARD_BOTPASSWORD": SECRET},
            "CALLBOARD_BOTPASSWORD must be Account@suffix",
        ),
        (
            {"CALLBOARD_WIKI": "meta", "CALLBOARD_BOTPASSWORD": BOT, "CALLBOARD_ACCOUNT": "Other"},
            "CALLBOARD_ACCOUNT is Other, but CALLBOARD_BOTPASSWORD belongs to Callboard",
        ),
        (
            {"CALLBOARD_WIKI": "meta", "CALLBOARD_ACCOUNT": "Bot", "CALLBOARD_OAUTH_ACCESS_TOKEN": SECRET},
            "of the CALLBOARD_OAUTH_… values there is no CONSUMER_TOKEN, CONSUMER_SECRET, ACCESS_SECRET",
        ),
        ({"CALLBOARD_WIKI": "meta", "CALLBOARD_FILES": "/proc/none"}, "cannot make the folder /proc/none"),
    ],
)
def test_wrong_setting_ends_the_run(project: Path, environment: dict[str, str], why: str) -> None:
    done = run(project, "show_start", **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Callboard: {why}")
    assert SECRET not in done.stderr


@pytest.mark.parametrize("wiki", ["mediawiki", "meta", "wikimania", "test"])
def test_wiki_and_account_come_from_the_environment(project: Path, wiki: str) -> None:
    done = run(project, "show_start", CALLBOARD_WIKI=wiki, CALLBOARD_BOTPASSWORD=BOT)
    assert done.stdout == f"[] {wiki} {wiki} {{'{wiki}': 'Callboard'}} True\n"
    password = project / "var/pywikibot" / wiki / "user-password.py"
    assert password.read_text("utf-8") == f"('Callboard', BotPassword('toolforge', '{SECRET}'))\n"
    assert password.stat().st_mode & 0o777 == 0o600
    assert password.parent.stat().st_mode & 0o777 == 0o700


def test_settings_file_serves_where_the_environment_is_silent(project: Path) -> None:
    settings = project / ".env"
    settings.write_text(f"# the bot's\nCALLBOARD_WIKI=meta\nCALLBOARD_BOTPASSWORD='{BOT}'\n", "utf-8")
    settings.chmod(0o600)
    assert run(project, "show_start").stdout == "[] meta meta {'meta': 'Callboard'} True\n"
    assert (
        run(project, "show_start", CALLBOARD_WIKI="test").stdout
        == "[] test test {'test': 'Callboard'} True\n"
    )
    settings.chmod(0o644)
    assert run(project, "show_start").stderr == (
        "Callboard: others can read the secrets in .env; please do: chmod 600 .env\n"
    )


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.14", "2.7"])
def test_unsupported_python_is_refused(project: Path, tmp_path: Path, version: str) -> None:
    (project / ".venv").unlink()
    fake = fake_python(tmp_path / "python", version)
    done = run(project, "show_start", PATH=f"{bare_path(tmp_path / 'bin')}:{fake.parent}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"./run: Callboard needs Python 3.11, 3.12 or 3.13; {fake} is {version}. "
        "Install one of them, or name one: CALLBOARD_PYTHON=/path/to/python3.12 ./run …\n"
    )
    named = run(project, "show_start", CALLBOARD_PYTHON=str(fake))
    assert (named.returncode, named.stderr) == (
        2,
        f"./run: CALLBOARD_PYTHON={fake} is Python {version}. Callboard needs Python 3.11, 3.12 or 3.13.\n",
    )


def test_machine_without_python_is_told_so(project: Path, tmp_path: Path) -> None:
    (project / ".venv").unlink()
    done = run(project, "show_start", PATH=bare_path(tmp_path / "bin"))
    assert done.returncode == 2
    assert "there is no python3 here" in done.stderr


def test_machine_without_apt_gets_one_message_with_everything(project: Path, tmp_path: Path) -> None:
    (project / ".venv").unlink()
    fake = fake_python(tmp_path / "python", "3.12", ensurepip=False)
    done = run(project, "show_start", PATH=f"{bare_path(tmp_path / 'bin')}:{fake.parent}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no venv module, and this system has no apt" in done.stderr
    for word in (
        "python3-venv",
        "php-cli",
        "php-luasandbox",
        "diffutils",
        "CALLBOARD_MEDIAWIKI=/path/to/mediawiki",
    ):
        assert done.stderr.count(word) == 1
