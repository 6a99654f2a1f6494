"""The demo, told once from beginning to end, kept up, looked at, and taken down."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from dev import wiki_server
from dev.demo_ending import MOST_BOARD_REQUESTS, MOST_WIKI_REQUESTS
from dev.wiki_paths import INSTANCES, ROOT

COLUMNS = "200"
DEMO = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets its background jobs ignore it
runpy.run_module("dev.demo", run_name="__main__", alter_sys=True)
"""
PROMISES = [
    "One more tick does nothing",
    "Any editor can stop the bot",
    "With the database deleted, nothing is posted again",
    "Nobody is told the same thing twice",
    "No person's edit is lost or undone",
    "Only acknowledged tasks are linked",
]


def started(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", DEMO, *options],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": COLUMNS, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told_until(demo: subprocess.Popen[str], words: str) -> list[str]:
    """What the demo says up to the line with these words, or to its end."""
    lines = []
    assert demo.stdout is not None
    for line in demo.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            break
    return lines


def ended(demo: subprocess.Popen[str]) -> int:
    """The exit code after Ctrl-C, and nothing is left."""
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=30)
    assert left_of(demo) == ([], False)
    return demo.returncode


def left_of(demo: subprocess.Popen[str]) -> tuple[list[int], bool]:
    """Processes of the demo's wiki, and whether its folder is there."""
    directory: Path = INSTANCES / f"demo-{demo.pid}"
    return wiki_server.processes(directory), directory.exists()


@pytest.mark.timeout(300)
def test_the_demo_keeps_its_promises_and_its_wiki() -> None:
    demo = started("--keep")
    try:
        told = told_until(demo, "Ctrl-C takes all of it down.")
        page = "\n".join(told)
        kept = re.findall(r"^(kept|BROKEN) +([^:]+): (.*)$", page, re.MULTILINE)
        assert [(word, promise) for word, promise, _ in kept] == [("kept", promise) for promise in PROMISES]
        counted = re.fullmatch(r"0 edits, (\d+) wiki requests, (\d+) Conduit requests", kept[0][2])
        assert counted is not None
        assert int(counted[1]) <= MOST_WIKI_REQUESTS
        assert int(counted[2]) <= MOST_BOARD_REQUESTS
        assert "conflict (" in page
        assert "the wiki wove both edits together" in page
        address = re.search(r"The wiki of this demo is (\S+)", page)
        assert address is not None
        assert requests.get(address[1], timeout=30).status_code == 200
        by_hand = next(line for line in told if "./run tick_once" in line)
        words = shlex.split(by_hand.replace("[-apply]", ""))
        settings = dict(word.split("=", 1) for word in words if word.startswith("CALLBOARD_"))
        look = subprocess.run(
            [str(ROOT / "run"), *words[words.index("./run") + 1 :]],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (look.returncode, "Nothing to do." in look.stdout) == (0, True), look.stdout + look.stderr
    finally:
        code = ended(demo)
    assert code == 0


def test_ctrl_c_leaves_nothing_behind() -> None:
    demo = started()
    told_until(demo, "A look without writing")
    assert ended(demo) == 130
