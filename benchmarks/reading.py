"""What reading, checking and tidying a schedule costs, against one mwparserfromhell.parse of the same text.

Sizes grow four times each; "growth" is how many times longer the larger one took: linear is about 4.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import mwparserfromhell
from rich.console import Console
from rich.table import Table

from callboard.config import event_from
from callboard.model import PageText
from callboard.plan import make_plan
from callboard.snapshot import Snapshot

SIZES = (100, 400, 1600)
RUNS = 3
EVENT = event_from(
    {
        "event": {"title": "Benchmark", "zone": "UTC", "days": ["2027-05-22"]},
        "room": [{"name": f"Room {number}"} for number in range(10)],
        "pages": {"schedule": ["Benchmark"]},
    },
    slug="benchmark",
    where="benchmark",
)


def rows(sessions: int) -> str:
    """One row a session, five minutes each."""
    lines = [
        f"|-\n| {n // 12 % 24:02}:{n % 12 * 5:02} || '''Session {n}''' {{{{phab|T{900000 + n}}}}} || Room {n % 10} "
        f"|| [[User:Owner {n}|Owner {n}]] || Facilitation : Helper {n}\n"
        for n in range(sessions)
    ]
    head = '== 2027-05-22 ==\n{| class="wikitable"\n! Time !! Session !! Room !! Speaker !! Facilitator\n'
    return f"{head}{''.join(lines)}|}}\n"


def grid(sessions: int) -> str:
    """Ten rooms a row."""
    lines = [
        f"|-\n| {r // 12 % 24:02}:{r % 12 * 5:02}\n"
        + "".join(
            f"| '''Session {r}-{c}''' {{{{phab|T{900000 + r * 10 + c}}}}}<br />[[User:Owner {r}-{c}|O]]<br />facilitation:\n"
            for c in range(10)
        )
        for r in range(sessions // 10)
    ]
    head = "! Time (UTC) !! " + " !! ".join(f"Room {n}" for n in range(10))
    return f'== 2027-05-22 ==\n{{| class="wikitable"\n{head}\n{"".join(lines)}|}}\n'


def seconds(job: Callable[[], object]) -> float:
    """The quickest of some runs."""
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        job()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def plan(text: str) -> object:
    """Read, check and tidy one page."""
    page = PageText("Benchmark", 1, text)
    return make_plan(Snapshot(EVENT, datetime(2027, 5, 1, tzinfo=UTC), {"Benchmark": page}, proposals={}))


def main() -> None:
    """Print the table."""
    table = Table(
        "layout", "sessions", "bytes", "read + check + tidy, ms", "one parse, ms", "ratio", "growth"
    )
    for layout, make in (("rows", rows), ("grid", grid)):
        before = 0.0
        for size in SIZES:
            # Each run gets another text: readers remember the last few texts they saw.
            texts = iter([f"{make(size)}<!-- {run} -->" for run in range(RUNS)])
            ours = seconds(lambda texts=texts: plan(next(texts)))  # type: ignore[misc]
            text = make(size)
            parse = seconds(lambda text=text: mwparserfromhell.parse(text, skip_style_tags=True))  # type: ignore[misc]
            growth = f"{ours / before:.1f}" if before else ""
            table.add_row(
                layout,
                str(size),
                f"{len(text):,}",
                f"{ours * 1000:.0f}",
                f"{parse * 1000:.0f}",
                f"{ours / parse:.2f}",
                growth,
            )
            before = ours
    Console().print(table)
