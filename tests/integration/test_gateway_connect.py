"""The gateway's start: what it costs, and the one clear line where the set-up is wrong."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dev.devwiki import DevWiki
from dev.wiki_accounts import BOT, BOT_APP, BOT_SECRET
from dev.wiki_paths import ROOT

SCRIPT = """
import sys
from callboard.errors import CallboardError
from callboard.wiki import Gateway
try:
    gateway = Gateway.connect(sys.argv[1])
    connected = gateway.requests
    read = gateway.read(["Schedule"]).pages["Schedule"]
    outcome = gateway.save(read, (read.text or "") + "x", "Tidy")
    print(connected, gateway.requests, type(outcome).__name__)
except CallboardError as error:
    print(f"{type(error).__name__}: {error}")
"""


LOSES_ITS_SESSION = """
import sqlite3, sys
from pywikibot.comms import http
from callboard.errors import CallboardError
from callboard.wiki import Gateway
gateway = Gateway.connect("callboard")
with sqlite3.connect(sys.argv[1]) as sessions:
    for cookie in http.cookie_jar:
        if cookie.name.lower().endswith("session"):
            sessions.execute("DELETE FROM objectcache WHERE keyname LIKE ?", (f"%{cookie.value}%",))
for _ in range(3):
    try:
        print("read", gateway.read(["Schedule"]).pages["Schedule"].revid)
    except CallboardError as error:
        print(type(error).__name__)
"""


def connect(
    wiki: DevWiki, folder: Path, expected: str = "callboard", *, script: str = SCRIPT, **changed: str
) -> str:
    """What the script printed, in a process of its own with nobody at the keyboard."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CALLBOARD_")},
        **wiki.environment(),
        "PYWIKIBOT_DIR": str(ROOT),
        "PYTHONPATH": str(ROOT),
        "CALLBOARD_FILES": str(folder),
        **changed,
    }
    environment = {name: value for name, value in environment.items() if value}
    done = subprocess.run(
        [sys.executable, "-c", script, expected],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.strip() or done.stderr.strip()


def test_start_is_one_request_once_the_session_is_there(wiki: DevWiki, tmp_path: Path) -> None:
    cold = connect(wiki, tmp_path).split()
    # The wiki's language is among the seven; what is asked at the start need not be asked at the first read.
    assert (int(cold[0]) <= 7, int(cold[1]) <= 11, cold[2]) == (True, True, "Saved")
    connect(wiki, tmp_path)  # pywikibot now keeps what it knows of the API for the account, not for nobody
    wiki.forget_requests()
    assert connect(wiki, tmp_path) == "1 4 Saved"  # session · read · token · edit
    assert wiki.request_count() == 4


def test_process_that_lost_its_session_is_itself_again_at_the_next_tick_at_the_latest(
    wiki: DevWiki, tmp_path: Path
) -> None:
    sessions = str(wiki.directory / "sessions/sessions.sqlite")
    told = connect(wiki, tmp_path, sessions, script=LOSES_ITS_SESSION).splitlines()
    assert told[1:] == ["read None", "read None"], told


def test_a_wrong_secret_is_said_and_asked_for_of_nobody(wiki: DevWiki, tmp_path: Path) -> None:
    wrong = f"{BOT}@{BOT_APP}:{BOT_SECRET[::-1]}"
    said = connect(wiki, tmp_path, CALLBOARD_BOTPASSWORD=wrong)
    assert said.startswith(
        "WikiRefused: the wiki cannot be used: Failed on callboard:callboard: Incorrect username or password"
    )


@pytest.mark.parametrize(
    ("expected", "changed", "said"),
    [
        (
            "mediawiki",
            {},
            "ConfigError: the event is on mediawiki, the bot is set up for callboard: see CALLBOARD_WIKI",
        ),
        (
            "callboard",
            {"CALLBOARD_BOTPASSWORD": ""},
            "WikiRefused: Callboard is not logged in and there is no secret: see CALLBOARD_BOTPASSWORD",
        ),
        (
            "callboard",
            {"CALLBOARD_BOTPASSWORD": "", "CALLBOARD_ACCOUNT": ""},
            "ConfigError: no account is set up for the bot: see CALLBOARD_ACCOUNT and CALLBOARD_BOTPASSWORD",
        ),
        (
            "callboard",
            {"PYWIKIBOT_DIR": "/", "PYWIKIBOT_NO_USER_CONFIG": "2"},
            "ConfigError: pywikibot did not read Callboard's user-config.py: start from ./run, or set PYWIKIBOT_DIR",
        ),
    ],
)
def test_a_wrong_setup_is_said_in_one_line(
    wiki: DevWiki, tmp_path: Path, expected: str, changed: dict[str, str], said: str
) -> None:
    wiki.forget_requests()
    if "PYWIKIBOT_NO_USER_CONFIG" in changed:
        changed = {**changed, "HOME": str(tmp_path)}
    assert connect(wiki, tmp_path, expected, **changed) == said
    assert [request for request in wiki.requests() if request.action == "edit"] == []


def test_a_wiki_that_is_not_there_is_away(wiki: DevWiki, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    said = connect(wiki, tmp_path, CALLBOARD_DEVWIKI=f"http://127.0.0.1:{port}")
    assert said.startswith("WikiAway: the wiki does not answer")
