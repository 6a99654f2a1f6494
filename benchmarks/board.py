"""What a poll of a workboard costs, against reading it anew: requests, bytes answered, milliseconds.

The board stands on the development server, on loopback; it counts the bytes of its answers, and the time is that of both
sides. Changes are comments by a coordinator on so many tasks, five minutes after the last poll. A check is the poll,
every twelfth or after an hour, that also looks for known tasks and comments by PHID.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from callboard.board import WorkBoard
from callboard.config_board import Board as Settings
from callboard.phabricator import Conduit
from callboard.proposals.memory import BoardMemory
from dev.conduit import ConduitServer
from dev.conduit_board import Board
from dev.conduit_load import build_board

SIZES = (42, 1000, 10_000)
CHANGES = (0, 1, 20)
_BEGIN = 1_620_000_000  # 3 May 2021
_AUTHORS = 300
_SETTINGS = Settings(
    project="benchmark",
    coordinators=("Coord-Ada", "Coord-Bo"),
    acknowledged_by=("comment", "column"),
    columns=("Sessions - approved",),
)
_DESCRIPTION = """**Title of session:** Talk {0} about maps
**Format:** Workshop (55min, including Q&A)
**Description:**
What we learned from {0} maps, and what we would do otherwise. Bring a laptop. No two tasks say quite the same.

**Speaker(s) (wiki username):** [[User:Author {1}]]
**Preferred time (UTC):** Sat 22 May, {2}:00
**Room:** Room {3}
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one poll took."""

    requests: int
    bytes: int
    seconds: float

    def cells(self) -> Iterator[str]:
        """For the table."""
        yield from (f"{self.requests:,}", f"{self.bytes:,}", f"{self.seconds * 1000:,.0f}")


class _Bench:
    """A board of so many tasks, a server for it, and a clock that only it moves."""

    def __init__(self, size: int) -> None:
        self.now = _BEGIN
        self.board = board_of(size, lambda: self.now)
        self.server = ConduitServer(self.board)

    def cost(
        self, poll: Callable[[WorkBoard], BoardMemory], *, check_every: int = 1000
    ) -> tuple[Cost, BoardMemory]:
        """What a poll takes, and what it gives."""
        first = len(self.server.requests)
        with Conduit(self.server.url, self.server.token, user_agent="Callboard-benchmark") as conduit:
            reader = WorkBoard(conduit, _SETTINGS, check_every=check_every, check_after=10**9)
            begin = time.perf_counter()
            memory = poll(reader)
            seconds = time.perf_counter() - begin
        made = len(self.server.requests) - first
        return Cost(made, self.server.bytes_answered(first), seconds), memory

    def change(self, many: int) -> None:
        """So many tasks are acknowledged, all in one minute five minutes later."""
        self.now += 240
        for task in self.board.tasks[:many]:
            self.now += 3
            self.board.comment(task.phid, "Coord-Ada", "Acknowledged, see you there!")
        self.now += 60


def board_of(size: int, clock: Callable[[], int]) -> Board:
    """A board of so many proposals by 300 people; a coordinator took every third one in, and moved it."""
    people = [{"name": f"author-{number}", "wiki": f"Author {number}"} for number in range(_AUTHORS)]
    team = [{"name": name} for name in _SETTINGS.coordinators]
    columns = ["Session proposals", *_SETTINGS.columns]
    board = build_board(
        {
            "users": [{"name": "Callboard", "roles": ["bot"]}, *team, *people],
            "projects": [{"name": "Benchmark", "columns": columns}],
        },
        clock,
    )
    for number in range(size):
        author = number % _AUTHORS
        task = board.create_task(
            f"Session: Talk {number} about maps",
            f"author-{author}",
            project="benchmark",
            description=_DESCRIPTION.format(number, author, number % 24, number % 7),
        )
        board.comment(task.phid, f"author-{author}", f"I may also come on Sunday after {number % 24}:00.")
        if number % 3 == 2:
            board.comment(task.phid, "Coord-Bo", "Acknowledged.", column=columns[1])
    return board


def costs(size: int) -> Iterator[tuple[str, Cost]]:
    """What is done, and what it takes; reading the whole board comes first."""
    bench = _Bench(size)
    with bench.server:
        bench.now += 3600
        anew, memory = bench.cost(lambda reader: reader.poll(None))
        yield "read anew", anew
        for many in CHANGES:
            bench.change(many)
            polled, memory = bench.cost(lambda reader, known=memory: reader.poll(known))  # type: ignore[misc]
            yield f"poll, {many} changed", polled
        bench.change(0)
        yield "poll with a check", bench.cost(lambda reader: reader.poll(memory), check_every=1)[0]


def main() -> None:
    """Print the table."""
    table = Table("tasks", "what")
    for name in ("requests", "bytes", "ms", "bytes to anew", "ms to anew"):
        table.add_column(name, justify="right")
    for size in SIZES:
        anew: Cost | None = None
        for name, cost in costs(size):
            anew = anew or cost
            shares = (f"{cost.bytes / anew.bytes:.2%}", f"{cost.seconds / anew.seconds:.1%}")
            table.add_row(f"{size:,}", name, *cost.cells(), *shares, end_section=name == "poll with a check")
    Console(width=100).print(table)
