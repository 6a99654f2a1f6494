"""The tick loop: it outlives mistakes, and ends within ten seconds of SIGTERM with nothing half done."""

import logging
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.errors import Stopped, WikiAway
from callboard.timer import Stop, run_for_ever

ROOT = Path(__file__).parent.parent
EVERY = timedelta(seconds=1)


# --- in this process ---


def ticks(stop: Stop, *doings: Callable[[], object]) -> Callable[[], None]:
    """A tick that does one thing after the other, and then asks for the end."""
    left = list(doings)

    def tick() -> None:
        if not left:
            stop.ask()
            return
        left.pop(0)()

    return tick


def throws(error: BaseException) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


def test_loop_outlives_whatever_a_tick_raises(caplog: pytest.LogCaptureFixture) -> None:
    stop = Stop()
    tick = ticks(
        stop, throws(KeyError("our bug")), throws(WikiAway("the wiki does not answer")), lambda: None
    )
    with caplog.at_level(logging.INFO, "callboard"):
        assert run_for_ever(tick, EVERY, stop) == 2
    ours, theirs = [record.getMessage() for record in caplog.records]
    assert re.fullmatch(
        r"tick failed through a mistake in Callboard:\nTraceback.*KeyError: 'our bug'\n", ours, re.DOTALL
    )
    assert theirs == "tick failed: the wiki does not answer"


def test_stopped_from_the_wiki_is_no_failure_and_the_next_tick_looks_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop = Stop()
    assert run_for_ever(ticks(stop, throws(Stopped("[[Off]] says 'stop'"))), EVERY, stop) == 0
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "stopped: [[Off]] says 'stop'")
    ]


def test_first_tick_comes_at_once_and_the_next_after_the_interval() -> None:
    stop, at = Stop(), []
    began = time.monotonic()

    def tick() -> None:
        at.append(time.monotonic() - began)
        if len(at) == 2:
            stop.ask()

    run_for_ever(tick, EVERY, stop)
    assert at[0] < 0.5
    assert 0.9 < at[1] < 3


def test_tick_that_takes_longer_than_the_interval_runs_once_at_a_time() -> None:
    stop, busy, seen = Stop(), [False], []

    def tick() -> None:
        assert not busy[0]
        busy[0] = True
        time.sleep(1.3)
        busy[0] = False
        seen.append(1)
        if len(seen) == 3:
            stop.ask()

    assert run_for_ever(tick, EVERY, stop) == 0


def test_pause_ends_when_asked() -> None:
    stop = Stop()
    stop.pause(0.01)
    stop.ask()
    with pytest.raises(Stopped, match="asked to stop"):
        stop.pause(60)
    assert stop.asked()


# --- a real process and a real signal ---

PROCESS = """
import logging, socket, sys, time
from datetime import timedelta
from pathlib import Path
from callboard.errors import Stopped
from callboard.timer import Stop, run_for_ever

logging.basicConfig(stream=sys.stdout, format="%(message)s")
stop = Stop()
log = Path(sys.argv[1])

def note(what):
    with log.open("a") as file:
        file.write(what + "\\n")

def ready():
    print("ready", flush=True)

{tick}

with stop.listening():
    failures = run_for_ever(tick, timedelta(hours=1), stop)
print("failures:", failures)
"""

IDLE = """
def tick():
    ready()
"""
# A throttle that waits politely.
PAUSES = """
def tick():
    note("begun")
    ready()
    stop.pause(3600)
    note("never")
"""
# Code of others that knows nothing of stopping.
SLEEPS = """
def tick():
    note("begun")
    ready()
    time.sleep(3600)
    note("never")
"""
# A server that took the request and does not answer.
READS = """
server = socket.create_server(("127.0.0.1", 0))

def tick():
    client = socket.create_connection(server.getsockname())
    accepted = server.accept()
    note("begun")
    ready()
    client.recv(1)
    note("never")
"""
# Code of others that takes every exception for a network error, and tries again.
STUBBORN = """
def tick():
    note("begun")
    ready()
    for _ in range(2):
        try:
            time.sleep(3600)
        except Exception:
            pass
    stop.pause(0)
    note("never")
"""
# Twenty writes of 0.3 seconds; asked between two of them.
WRITES = """
def tick():
    for number in range(20):
        if stop.asked():
            raise Stopped("asked to stop")
        note(f"begun {number}")
        if number == 1:
            ready()
        time.sleep(0.3)
        note(f"done {number}")
"""
# One write that takes its time, but less than the patience.
SLOW = """
def tick():
    note("begun")
    ready()
    time.sleep(3)
    note("done")
"""


def stopped(tick: str, log: Path, number: signal.Signals = signal.SIGTERM) -> tuple[float, int, str]:
    """Seconds from the signal to the end, exit code, and what the process said since it was ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS.format(tick=tick), str(log)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    began = time.monotonic()
    process.send_signal(number)
    said, _ = process.communicate(timeout=30)
    return time.monotonic() - began, process.returncode, said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    ("tick", "seconds", "noted"),
    [
        (IDLE, 2, []),
        (PAUSES, 2, ["begun"]),
        (WRITES, 2, None),
        (SLOW, 5, ["begun", "done"]),
    ],
    ids=["idle", "pauses", "writes", "slow"],
)
def test_signal_ends_the_loop_soon(
    tmp_path: Path, tick: str, seconds: int, noted: list[str] | None, number: signal.Signals
) -> None:
    log = tmp_path / "log"
    log.touch()
    took, code, said = stopped(tick, log, number)
    assert (code, said.splitlines()[-1]) == (0, "failures: 0")
    assert took < seconds
    lines = log.read_text().splitlines()
    if noted is not None:
        assert lines == noted
    else:  # every write that was begun was done, and not all twenty were
        count = len(lines) // 2
        assert lines == [f"{what} {number}" for number in range(count) for what in ("begun", "done")]
        assert 2 <= count < 20


@pytest.mark.parametrize("tick", [SLEEPS, READS, STUBBORN], ids=["sleeps", "reads", "stubborn"])
def test_sigterm_gives_up_what_does_not_end(tmp_path: Path, tick: str) -> None:
    took, code, said = stopped(tick, tmp_path / "log")
    assert (code, said.splitlines()[-1]) == (0, "failures: 0")
    assert said.startswith("stopped: asked to stop")
    assert 5 < took < 10
    assert (tmp_path / "log").read_text() == "begun\n"
