"""Columns of times that their heads do not tell: known by what their cells hold."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.times import ClockReading, read_times, read_zone
from callboard.wikitext.grid import Placed

_OF_WISHES = re.compile(
    r"\b(?:preferred|preferences?|proposed|wish\w*|desired|wanted|possible|availab\w*|suggested|peak|deadline|length)\b",
    re.IGNORECASE,
)
_LONGEST = timedelta(hours=4)  # of a session whose start and end stand in two columns below one head

Rows = Sequence[Mapping[int, Placed]]


def _readings(page: PageReader, rows: Rows, column: int) -> list[ClockReading | None]:
    """For each row what its cell in the column says, if that is a time and little else; rows of wide cells are left out."""
    return [
        read_times(placed.cell.content.of(page.text), page.event.dates[0], page.event.zone)
        if page.has_clock(placed.cell.content)
        else None
        for row in rows
        if (placed := row.get(column)) and placed.width == 1 and page.words(placed.cell.content)
    ]


def by_cells(page: PageReader, heads: Mapping[int, Head], rows: Rows) -> int | None:
    """The column below an unknown head, or one for days, that only holds times: before the titles, or with ends.

    `Wann genau | Titel`, `Title | Speaker | On stage` with `10:00–10:25`. Times of views, wishes and the like are none.
    """
    title = min((column for column, head in heads.items() if head.role is Role.TITLE), default=0)
    for column, head in heads.items():
        if head.role not in {Role.OTHER, Role.DAY} or _OF_WISHES.search(head.text):
            continue
        told = _readings(page, rows, column)
        timed = [reading for reading in told if reading and (reading.start or reading.odd)]
        ranged = sum(reading.end is not None for reading in timed)
        enough = len(timed) if column < title else ranged
        if told and enough * 4 >= len(told) * 3:
            return column
    return None


def end_beside(page: PageReader, column: int, head: Placed, rows: Rows) -> int | None:
    """The column of ends beside one of starts where one head stands over both: `! colspan=2 | When`.

    Two clocks side by side look the same: they are always the same number of hours apart, and overlap the next row.
    """
    words = page.words(head.cell.content)
    if (head.width, head.column) != (2, column) or "/" in words or read_zone(words):
        return None
    pairs = [
        (start.start, end.start)
        for start, end in zip(_readings(page, rows, column), _readings(page, rows, column + 1), strict=False)
        if start and end and start.start and end.start and not start.end and not end.end
    ]
    both = [row for row in rows if column in row and row[column].width == 1]
    lengths = {end - start for start, end in pairs}
    if (
        not pairs
        or len(pairs) * 4 < len(both) * 3
        or not all(timedelta(0) < each <= _LONGEST for each in lengths)
    ):
        return None
    constant = len(lengths) == 1 and len(pairs) > 1 and not next(iter(lengths)) % timedelta(hours=1)
    starts = sorted({start for start, _ in pairs})
    overlap = any(start < later < end for start, end in pairs for later in starts)
    return None if constant and overlap else column + 1
