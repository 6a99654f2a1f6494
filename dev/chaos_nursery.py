"""The process from which bots are forked, as the conductor of a chaos run sees it, and what it is told."""

import json
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import IO

from dev.wiki_paths import ROOT

PID = "X-Callboard-Pid"  # in each request of a bot: which process sent it
# Of half a minute and two, so that copies take turns within a round; a look, an answer and the wiki's whole seconds fit in.
SIGHT_LASTS, SURE_AFTER = timedelta(seconds=1.5), timedelta(seconds=5)
PATIENCE_SECONDS = 200.0  # longer than any bot lives


class NoBot(Exception):
    """The process that forks the bots ended, or one of them does not end."""


@dataclass(frozen=True, slots=True)
class Order:
    """One life of a bot: how often it ticks, each time with its clock shifted by so many seconds."""

    event: str
    ledger: str
    proxy: str
    shifts: tuple[float, ...]
    reports: str  # the file to which a line is added for each tick
    broken: str = ""  # "module:function": spoils the bot on purpose, for tests of the harness

    @classmethod
    def of(cls, line: str) -> "Order":
        """The order in a line of JSON."""
        told = json.loads(line)
        return cls(**told | {"shifts": tuple(told["shifts"])})


class Nursery:
    """Forks one bot after the other."""

    def __init__(self, environment: Mapping[str, str], log: IO[bytes]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dev.chaos_bot"],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert self._process.stdin  # noqa: S101 -- both are pipes
        assert self._process.stdout  # noqa: S101 -- both are pipes
        self._orders, self._ends = self._process.stdin, self._process.stdout

    def live(self, order: Order) -> int:
        """How the process of one life ended: 0, or minus the signal that killed it. Raises NoBot."""
        self._orders.write(json.dumps(asdict(order)) + "\n")
        self._orders.flush()
        if not select.select([self._ends], [], [], PATIENCE_SECONDS)[0]:
            raise NoBot(f"no bot came back within {PATIENCE_SECONDS} seconds")
        told = self._ends.readline()
        if not told:
            raise NoBot("the process that forks the bots ended; its log says why")
        return int(json.loads(told)["status"])

    def close(self) -> None:
        """Let the process end."""
        self._orders.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._ends.close()
