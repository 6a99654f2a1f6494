"""What reading, checking and tidying a schedule costs, against one mwparserfromhell.parse of the same text.

Every run gets a page that was not seen before, with no two cells alike. Sizes grow ten and five times; "growth" is how many
times longer ten times the sessions took: linear is 10. The last line is the peak memory for a page of 1 MB, in a process
of its own, above what the process needs before.
"""

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import count
from math import log
from multiprocessing import get_context

import mwparserfromhell
from rich.console import Console
from rich.table import Table

from benchmarks.schedules import EVENT, bullets, grid, grid_cell, rows, templates, untidy_grid_cell
from callboard.model import PageText
from callboard.plan import Plan, make_plan
from callboard.snapshot import Snapshot

SIZES = (40, 400, 2000)
RUNS = 3
MEGABYTE = 1_000_000
_LAYOUTS: dict[str, Callable[[int, int], str]] = {
    "rows": lambda size, page: rows(size, page, grid_cell),
    "grid": lambda size, page: grid(size, page, grid_cell),
    "rows, a tenth untidy": lambda size, page: rows(size, page, untidy_grid_cell),
    "grid, a tenth untidy": lambda size, page: grid(size, page, untidy_grid_cell),
    "bullets": bullets,
    "templates": templates,
}


def plan(text: str) -> Plan:
    """Read, check and tidy one page."""
    page = PageText("Benchmark", 1, text)
    return make_plan(Snapshot(EVENT, datetime(2027, 5, 1, tzinfo=UTC), {"Benchmark": page}, proposals=None))


def seconds(job: Callable[[], object]) -> float:
    """The processor time that a job takes; other programs on the machine count for less than with the clock."""
    begin = time.process_time()
    job()
    return time.process_time() - begin


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak(layout: str) -> tuple[int, float]:
    """The characters of a page of 1 MB, and the megabytes that reading, checking and tidying it took at most."""
    make = _LAYOUTS[layout]
    size = 40 * MEGABYTE // len(make(40, 0).encode())
    plan(make(40, 1))
    text = make(size, 2)
    before = _megabytes()
    plan(text)
    return len(text.encode()), _megabytes() - before


def main() -> None:
    """Print the table."""
    console, pages = Console(), count(1)
    table = Table(
        "layout", "sessions", "bytes", "read + check + tidy, ms", "one parse, ms", "ratio", "growth", "edits"
    )
    for layout, make in _LAYOUTS.items():
        before = (0, 0.0)
        for size in SIZES:
            ours, parses = [], []
            for _ in range(RUNS):
                text = make(size, next(pages))
                ours.append(seconds(lambda text=text: plan(text)))  # type: ignore[misc]
                parses.append(seconds(lambda text=text: mwparserfromhell.parse(text, skip_style_tags=True)))  # type: ignore[misc]
            best, parse = min(ours), min(parses)
            growth = 10 ** (log(best / before[1]) / log(size / before[0])) if before[0] else 0.0
            table.add_row(
                layout,
                str(size),
                f"{len(text.encode()):,}",
                f"{best * 1000:.0f}",
                f"{parse * 1000:.0f}",
                f"{best / parse:.2f}",
                f"{growth:.1f}" if growth else "",
                str(len(plan(text).pages[0].applied)),
            )
            before = (size, best)
    console.print(table)
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
        for layout, (size, memory) in zip(_LAYOUTS, alone.map(peak, _LAYOUTS), strict=True):
            console.print(f"{layout}: {memory:.0f} MB at most for a page of {size:,} bytes")
