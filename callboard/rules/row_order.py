"""Rows of a table in the order of their times."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, pairwise

from callboard.model import FreeSlot, Level, Schedule, Session
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.rows import SessionRow, SessionRows
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit

_Timed = tuple[datetime, SessionRow]


@schedule_rule("row-order", Level.ASK)
def row_order(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """Rows of one day that stand out of order, put in order byte for byte; always asked.

    Only rows that follow each other and are all sessions or free slots with a time of their own, in tables without
    rowspans there and without attributes on the rows.
    """
    starts = [(session.table, session.start) for session in page.sessions if session.start]
    if all(one <= two for (at, one), (there, two) in pairwise(starts) if at == there):
        return
    held: list[Session | FreeSlot] = [*page.sessions, *page.free_slots]
    rows, zone = SessionRows(page), snapshot.event.zone
    timed: dict[int, _Timed] = {}
    for one in held:
        row = rows.of(one)
        if row and one.start:
            timed.setdefault(row.row.span.start, (one.start, row))
    ordered = [timed[at] for at in sorted(timed)]
    for _, stretch in groupby(
        _numbered(ordered), key=lambda item: (item[0], item[1][0].astimezone(zone).date())
    ):
        if edit := _in_order(page.text, [found for _, found in stretch]):
            yield Unsure(edit, whole_rows=True)


def _numbered(ordered: list[_Timed]) -> Iterator[tuple[tuple[int, int], _Timed]]:
    """Each row with what it shares with those that follow it without another row between, and that can be moved."""
    last: SessionRow | None = None
    run = 0
    for start, row in ordered:
        follows = last is not None and last.whole is row.whole and last.number + 1 == row.number
        if not follows or not _movable(row):
            run += 1
        last = row if _movable(row) else None
        yield (row.whole.table.span.start, run), (start, row)


def _movable(row: SessionRow) -> bool:
    """Whether nothing of another row hangs on it."""
    attributes = row.row.attributes
    own = row.whole.cells(row.number)
    bare = attributes is None or not attributes.of(row.whole.text).strip()
    alone = all(placed.height == 1 for placed in own)
    return bare and alone and sum(placed.width for placed in own) >= len(row.whole.heads or own)


def _in_order(text: str, stretch: list[_Timed]) -> TextEdit | None:
    """The shortest edit that puts the rows in order; None if they are."""
    wanted = sorted(stretch, key=lambda item: item[0])  # stable: rows of one time keep their order
    places = [number for number, (old, new) in enumerate(zip(stretch, wanted, strict=True)) if old is not new]
    if not places:
        return None
    low, high = places[0], places[-1]
    spans = [row.row.span for _, row in stretch[low : high + 1]]
    parts = [row.row.span.of(text) for _, row in wanted[low : high + 1]]
    between = [text[one.end : two.start] for one, two in pairwise(spans)]
    new = "".join(part for pair in zip(parts, [*between, ""], strict=True) for part in pair)
    return TextEdit(spans[0].start, spans[-1].end, new)
