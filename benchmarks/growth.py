"""How long a job takes on pages of growing size, and how much longer than one mwparserfromhell.parse of the same text.

Every run gets a page that was not seen before. "Growth" is how many times longer ten times the size took: linear is 10.
"""

import time
from collections.abc import Callable, Sequence
from itertools import count
from math import log

import mwparserfromhell
from rich.table import Table

COLUMNS = ("one parse, ms", "ratio", "growth", "edits")
Job = Callable[[], int]
_NUMBERS = count(1)


def seconds(job: Callable[[], object]) -> float:
    """The processor time that a job takes; other programs on the machine count for less than with the clock."""
    begin = time.process_time()
    job()
    return time.process_time() - begin


def add_rows(
    table: Table,
    name: str,
    page: Callable[[int, int], str],
    job: Callable[[str], Job],
    *,
    sizes: Sequence[int],
    runs: int,
) -> None:
    """A row for each size: the best of so many runs. `page` makes a page of a size, another for each number, `job` what is timed on it and counts edits."""
    before = (0, 0.0)
    for size in sizes:
        ours, parses = [], []
        for _ in range(runs):
            text = page(size, next(_NUMBERS))
            timed = job(text)
            ours.append(seconds(timed))
            parses.append(seconds(lambda text=text: mwparserfromhell.parse(text, skip_style_tags=True)))  # type: ignore[misc]
        best, parse = min(ours), min(parses)
        growth = 10 ** (log(best / before[1]) / log(size / before[0])) if before[0] else 0.0
        table.add_row(
            name,
            str(size),
            f"{len(text.encode()):,}",
            f"{best * 1000:.0f}",
            f"{parse * 1000:.0f}",
            f"{best / parse:.2f}",
            f"{growth:.1f}" if growth else "",
            str(timed()),
        )
        before = (size, best)
