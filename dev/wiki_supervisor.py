"""Keeps one PHP server and ends it, workers and all, when nobody wants it any more.

PHP's master does not take its workers along when it is killed, so the supervisor puts them into a process
group of their own. It reads its standard input: end of file means that whoever started the wiki is gone,
however it went (return, exception, Ctrl-C, SIGKILL). The word `keep` means: stay up until SIGTERM.
"""

import argparse
import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
# How often a look is taken whether PHP still lives.
LOOK_SECONDS = 0.5


class Ended(Exception):
    """Somebody asked the supervisor to stop."""


def main() -> int:
    """Starts PHP, waits until it is not wanted any more, ends it; 1 if PHP ended by itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--directory", type=Path, required=True, help="the instance's folder")
    parser.add_argument("--throw-away", action="store_true", help="remove the folder at the end")
    parser.add_argument("command", nargs="+", help="PHP and its options")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    code = 0
    server: subprocess.Popen[bytes] | None = None
    try:
        with (options.directory / "php.log").open("ab") as log:
            server = subprocess.Popen(
                options.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 -- no threads here
            )
        (options.directory / "pids").write_text(f"{os.getpid()} {server.pid}\n", "ascii")
        code = wait(server)
    except Ended:
        pass
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if server:
            end_group(server)
        (options.directory / "pids").unlink(missing_ok=True)
        if options.throw_away:
            shutil.rmtree(options.directory, ignore_errors=True)
    return code


def wait(server: subprocess.Popen[bytes]) -> int:
    """0 once standard input ended, 1 once PHP did; `keep` on standard input leaves only the second."""
    watched = [sys.stdin.fileno()]
    while server.poll() is None:
        ready, _, _ = select.select(watched, [], [], LOOK_SECONDS)
        if ready:
            told = os.read(watched[0], 100)
            if told.strip() == b"keep":
                watched = []
            elif not told:
                return 0
    return 1


def end_group(server: subprocess.Popen[bytes]) -> None:
    """Kills PHP and its workers; nothing they hold needs a farewell."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def die_with_parent() -> None:
    """Asks the kernel to kill this process when the supervisor is gone, should it ever be killed itself."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def stop(_number: int, _frame: FrameType | None) -> None:
    """Turns a signal into the way out of `wait`."""
    raise Ended


if __name__ == "__main__":
    raise SystemExit(main())
