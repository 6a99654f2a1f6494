"""Times that lead to the reader's own zone."""

from collections.abc import Iterator

from callboard.model import Level, Schedule
from callboard.read.times import read_times
from callboard.rules import Wish, schedule_rule
from callboard.rules.clock_cells import clock, day_of, same_reading, time_cells
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit

_ZONESTAMP = "https://zonestamp.toolforge.org"


@schedule_rule("zonestamp-links", Level.OFF)
def zonestamp_links(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`14:00–14:55` is `[https://zonestamp.toolforge.org/1621692000/1621695300 14:00–14:55]`: the time is the link's label.

    Only clear times in cells without any link. Whoever moves the session later corrects both; where they disagree, the
    reader asks. Off unless the event file says otherwise.
    """
    text, zone = page.text, snapshot.event.zone
    for cell, held in time_cells(page):
        source = cell.of(text)
        if "[" in source or "{" in source or "://" in source or held.start is None:
            continue
        found = clock(text, cell)
        if found is None or held.layout == "templates":
            continue
        reading = read_times(source, day_of(held.start, zone), zone)
        # A table in a zone of its own is read differently from its cell alone: left as it is.
        if reading.start != held.start or reading.odd:
            continue
        ends = f"/{int(reading.end.timestamp())}" if found.is_range and reading.end else ""
        new = f"[{_ZONESTAMP}/{int(held.start.timestamp())}{ends} {found.span.of(text)}]"
        edit = TextEdit(found.span.start, found.span.end, new)
        after = text[cell.start : edit.start] + new + text[edit.end : cell.end]
        if same_reading(source, after, day_of(held.start, zone), zone):
            yield edit
