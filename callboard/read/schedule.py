"""A schedule page: sessions, free slots and what could not be read, from every table that is part of the schedule."""

import re
from dataclasses import replace

from callboard.collecting import without_pauses
from callboard.config import Event
from callboard.model import Schedule, Severity
from callboard.read import unread
from callboard.read.grid_turned import read_turned
from callboard.read.page_reader import NOTHING, PageReader, TableReading
from callboard.read.schedule_bullets import BulletsReader
from callboard.read.schedule_grid import GridReader
from callboard.read.schedule_rows import RowsReader
from callboard.read.schedule_templates import with_templates
from callboard.read.signup_withdrawn import still_facilitated
from callboard.read.table_context import Context, Surroundings
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, expand
from callboard.wikitext.tables import Table, tables

_LAYOUTS = ("grid", "rows", "bullets", "templates")

_BEHIND = re.compile(r"\n[ \t]*\r?\n|\n[ \t]*(?:==|:*[ \t]*\{\|)")


def _clipped(text: str, table: Table) -> Table:
    """An unclosed table whose last cell ends before the next paragraph, heading or table instead of with the page."""
    row = table.rows[-1]
    cell = row.cells[-1]
    behind = _BEHIND.search(text, cell.content.start, cell.content.end)
    if table.closed or not behind:
        return table
    cell = replace(cell, content=Span(cell.content.start, behind.start()))
    row = replace(row, cells=(*row.cells[:-1], cell), span=Span(row.span.start, behind.start()))
    return replace(table, rows=(*table.rows[:-1], row))


def _allows(page: PageReader, layout: str) -> bool:
    """Whether the event file names the layout, or leaves it open which there are."""
    named = page.event.pages.layouts
    return not named or layout in named


def _as_layouts(page: PageReader, table: Table, grid: Grid, context: Context) -> TableReading | None:
    """The table in the first layout that fits, of those that the event file allows; None if there is none."""
    if _allows(page, "grid"):
        as_grid = GridReader(page, table, grid, context)
        if reading := as_grid.read() or as_grid.other or read_turned(page, table, grid, context):
            return reading
    if _allows(page, "rows"):
        as_rows = RowsReader(page, table, grid, context)
        return as_rows.read() or as_rows.other
    return None


def _read_table(page: PageReader, found: Table, surroundings: Surroundings) -> TableReading:
    if not found.rows:
        return NOTHING
    table = page.templates.without_rows(_clipped(page.text, found))
    grid, context = expand(table), surroundings.of(table)
    reading = _as_layouts(page, table, grid, context)
    if reading is None:
        return TableReading("none", (), (), tuple(unread.unknown_table(page, table, grid, context)), 0)
    if reading.layout == "none":
        return reading
    problems = [
        *context.problems,
        *reading.problems,
        *unread.hidden_text(page, table),
        *unread.stray_text(page, table),
    ]
    if not table.closed:
        message = "This table is not closed; put |} on a line of its own where it should end"
        problems.append(page.problem("table-unclosed", Severity.WARNING, message, page.opening(table)))
    return TableReading(
        reading.layout, reading.sessions, reading.free_slots, tuple(problems), reading.rows, reading.pauses
    )


@without_pauses()
def read_schedule(text: str, event: Event, page: str = "") -> Schedule:
    """What a careful person reads off the page; nothing is guessed, and what is unclear is in `problems`.

    A table belongs to the schedule if it has a column of times and either columns of the event's rooms or a column of
    titles; infoboxes, lists of projects, helpers' tables and tables of time zones are left alone. Problems come in the
    order of their lines.
    """
    reader = PageReader(text, event, page)
    surroundings = Surroundings(text, event, page, reader.rooms)
    found = tables(text)
    read = [_read_table(reader, table, surroundings) for table in found]
    read = with_templates(reader, surroundings, found, read)
    if _allows(reader, "bullets") and (lists := BulletsReader(reader, surroundings).read()):
        read = [*read, lists]
    layouts = [name for name in _LAYOUTS if any(part.layout == name for part in read)]
    nested = {table.line for table, part in zip(found, read, strict=False) if table.depth and part.sessions}
    problems = [problem for part in read for problem in part.problems]
    problems = [each for each in problems if each.code != "table-nested" or each.line not in nested]
    problems += unread.lost_tables(reader)
    return Schedule(
        page,
        text,
        "+".join(layouts) or "none",
        tuple(still_facilitated(session, text) for part in read for session in part.sessions),
        tuple(slot for part in read for slot in part.free_slots),
        tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0)),
        sum(part.rows for part in read),
        tuple(pause for part in read for pause in part.pauses),
    )
