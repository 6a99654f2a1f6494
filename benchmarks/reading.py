"""What reading, checking and tidying a schedule costs, against one mwparserfromhell.parse of the same text.

No two cells of the pages are alike. The last lines are the peak memory for a page of 1 MB, in a process of its own, above what
the process needs before.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.growth import COLUMNS, Job, add_rows
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


def _job(text: str) -> Job:
    return lambda: len(plan(text).pages[0].applied)


def _megabytes() -> float:
    """The most memory that this process held at once: `ru_maxrss` would be that of the process it was forked from too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


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
    console = Console()
    table = Table("layout", "sessions", "bytes", "read + check + tidy, ms", *COLUMNS)
    for layout, make in _LAYOUTS.items():
        add_rows(table, layout, make, _job, sizes=SIZES, runs=RUNS)
    console.print(table)
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
        for layout, (size, memory) in zip(_LAYOUTS, alone.map(peak, _LAYOUTS), strict=True):
            console.print(f"{layout}: {memory:.0f} MB at most for a page of {size:,} bytes")
