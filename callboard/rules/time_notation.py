"""Clear times in the event's notation."""

import re
from collections.abc import Iterator

from callboard.model import Schedule
from callboard.rules import Wish, schedule_rule
from callboard.rules.clock_cells import (
    Clock,
    Notation,
    clock,
    day_of,
    same_reading,
    time_cells,
    wanted,
)
from callboard.rules.rows import SessionRow, SessionRows
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit

_END = re.compile(r"(?:end|ends|end time|until|till|to|finish|ende|bis|fin)(?: \(?\w+\)?)?")


@schedule_rule("time-notation")
def time_notation(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`9.00 - 9.55` is `09:00–09:55` where the event file says so, or where four of five times on the page are written so.

    Only separators, leading zeros and am/pm change; zones, links, comments and line breaks stay. A cell with two times
    or with anything doubtful stays as it is, and so on purpose do `9:30-10:30am` (of which half is the start?), `1400` and
    `14–17`, which are clear to people and no notation of this one's kind.
    """
    text, event = page.text, snapshot.event
    clocks = [(cell, held, found) for cell, held in time_cells(page) if (found := clock(text, cell))]
    want = wanted(event.wording.times, (found for _, _, found in clocks))
    if want == Notation():
        return
    rows: SessionRows | None = None
    as_wanted: set[str] = set()  # most times stand on many rows
    for cell, held, found in clocks:
        if found.found[0] in as_wanted:
            continue
        edit = _rewritten(text, found, want)
        if edit is None:
            as_wanted.add(found.found[0])
            continue
        if held.start is None:
            continue
        new = text[cell.start : edit.start] + edit.new + text[edit.end : cell.end]
        if same_reading(cell.of(text), new, day_of(held.start, event.zone), event.zone):
            yield edit
            rows = rows or SessionRows(page)
            for other in _in_the_same_row(text, rows.around(cell), found):
                if edit := _rewritten(text, other, want):
                    yield edit


def _rewritten(text: str, found: Clock, want: Notation) -> TextEdit | None:
    new = found.written(want)
    if new is None or new == found.span.of(text):
        return None
    return TextEdit(found.span.start, found.span.end, new)


def _in_the_same_row(text: str, row: SessionRow | None, done: Clock) -> Iterator[Clock]:
    """The other cells of the row that are nothing but the same time, on the other side, or the end below such a head."""
    for placed in row.whole.cells(row.number) if row else ():
        cell = placed.cell.content
        found = clock(text, cell) if not (cell.start <= done.span.start <= cell.end) else None
        if found and found.span.of(text) == cell.of(text).strip():
            head = row.whole.heads.get(placed.column, "") if row else ""
            if found.span.of(text) == done.span.of(text) or _END.fullmatch(head):
                yield found
