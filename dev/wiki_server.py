"""Starts and ends the web server of one instance of the development wiki."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from dev.wiki_paths import ROOT, SOURCES, php
from dev.wiki_php import WikiFolder, php_options

WORKERS = 4
START_SECONDS = 20.0
END_SECONDS = 10.0
TRIES = 5


class ServerDidNotStart(Exception):
    """PHP's server did not answer in time; the message holds the end of its log."""


def start(folder: WikiFolder, port: int | None, *, throw_away: bool) -> tuple[subprocess.Popen[bytes], str]:
    """The supervisor's process, and the server's address; the server answers by then.

    The supervisor ends the server when this process is gone, unless it is told to `keep` it.
    Raises ServerDidNotStart.
    """
    for _ in range(TRIES):
        chosen = port or free_port()
        url = f"http://127.0.0.1:{chosen}"
        supervisor = launch(folder, chosen, url, throw_away=throw_away)
        if answers(url, supervisor):
            return supervisor, url
        end(supervisor)
        if port:
            break
    log = folder.directory / "php.log"
    words = log.read_text("utf-8", "replace")[-1000:] if log.exists() else ""
    raise ServerDidNotStart(f"no answer from {url}; PHP said: {words}")


def launch(folder: WikiFolder, port: int, url: str, *, throw_away: bool) -> subprocess.Popen[bytes]:
    """The supervisor's process, in a session of its own: Ctrl-C reaches only whoever started it."""
    server = [php(), *php_options(), "-q", "-S", f"127.0.0.1:{port}", "-t", str(folder.mediawiki)]
    command = [
        *(sys.executable, "-m", "dev.wiki_supervisor", "--directory", str(folder.directory)),
        *(["--throw-away"] if throw_away else []),
        *("--", *server, str(SOURCES / "router.php")),
    ]
    environment = folder.environment(url) | {"PHP_CLI_SERVER_WORKERS": str(WORKERS), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def keep(supervisor: subprocess.Popen[bytes]) -> None:
    """Lets the server outlive this process."""
    if supervisor.stdin:
        supervisor.stdin.write(b"keep\n")
        supervisor.stdin.flush()


def end(supervisor: subprocess.Popen[bytes]) -> None:
    """Ends the server and waits until it is gone."""
    supervisor.terminate()
    supervisor.wait(timeout=END_SECONDS)
    if supervisor.stdin:
        with contextlib.suppress(OSError):
            supervisor.stdin.close()


def end_by_file(directory: Path) -> None:
    """Ends the server of an instance that another process started, and whatever is left of a killed one."""
    if pids := recorded(directory):
        signal_if_ours(pids[0], signal.SIGTERM, directory)
        deadline = time.monotonic() + END_SECONDS
        while time.monotonic() < deadline and ours(pids[0], directory):
            time.sleep(0.02)
    for pid in processes(directory):
        signal_if_ours(pid, signal.SIGKILL, directory)
    (directory / "pids").unlink(missing_ok=True)


def processes(directory: Path) -> list[int]:
    """Every process that belongs to the instance: supervisor, PHP and its workers, maintenance scripts."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if ours(int(path.name), directory)]


def recorded(directory: Path) -> tuple[int, int] | None:
    """The supervisor's and PHP's process ids, if one of the two still lives."""
    try:
        supervisor, server = (int(word) for word in (directory / "pids").read_text("ascii").split())
    except (OSError, ValueError):
        return None
    alive = ours(supervisor, directory) or ours(server, directory)
    return (supervisor, server) if alive else None


def ours(pid: int, directory: Path) -> bool:
    """Whether the process lives and belongs to the instance; ids of dead processes are given out again."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"CALLBOARD_WIKI_DIRECTORY={directory}".encode() in environment


def signal_if_ours(pid: int, number: int, directory: Path) -> None:
    """Sends a signal, never to a stranger."""
    if ours(pid, directory):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str, supervisor: subprocess.Popen[bytes]) -> bool:
    """Waits for the wiki's first answer; False if the server ended or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and supervisor.poll() is None:
        with (
            contextlib.suppress(OSError),
            opener.open(f"{url}/api.php?action=query&format=json", timeout=20) as answer,
        ):
            return bool(answer.status == 200)
        time.sleep(0.03)
    return False
