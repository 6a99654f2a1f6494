"""A schedule page: sessions, free slots and what could not be read, from every table that is part of the schedule."""

import re

from callboard.config import Event
from callboard.model import Problem, Schedule, Severity
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.schedule_grid import GridReader
from callboard.read.schedule_rows import RowsReader
from callboard.read.table_context import Surroundings
from callboard.wikitext.grid import expand
from callboard.wikitext.tables import Table, html_tables, tables


def _read_table(page: PageReader, table: Table, surroundings: Surroundings) -> TableReading | None:
    if not table.rows:
        return None
    grid, context = expand(table), surroundings.of(table)
    as_grid, as_rows = GridReader(page, table, grid, context), RowsReader(page, table, grid, context)
    reading = as_grid.read() or (None if as_grid.is_other else as_rows.read())
    if reading is None:
        return None
    problems = [*context.problems, *reading.problems]
    if not table.closed:
        message = "This table is not closed; put |} on a line of its own where it should end"
        problems.append(page.problem("table-unclosed", Severity.WARNING, message, page.opening(table)))
    return TableReading(reading.layout, reading.sessions, reading.free_slots, tuple(problems), reading.rows)


_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")


def _html_tables(page: PageReader) -> list[Problem]:
    message = "Tables in HTML are not read; write it as a wiki table with {| and |}"
    return [
        page.problem("table-html", Severity.WARNING, message, span)
        for span in html_tables(page.text)
        if _CLOCK.search(span.of(page.text))
    ]


def read_schedule(text: str, event: Event, page: str = "") -> Schedule:
    """What a careful person reads off the page; nothing is guessed, and what is unclear is in `problems`.

    A table belongs to the schedule if it has a column of times and either columns of the event's rooms or columns of
    titles; infoboxes, lists of projects, helpers' tables and tables of time zones are left alone.
    """
    reader = PageReader(text, event, page)
    surroundings = Surroundings(text, event, page, reader.rooms)
    read = [found for table in tables(text) if (found := _read_table(reader, table, surroundings))]
    layouts = [name for name in ("grid", "rows") if any(found.layout == name for found in read)]
    return Schedule(
        page,
        text,
        "+".join(layouts) or "none",
        tuple(session for found in read for session in found.sessions),
        tuple(slot for found in read for slot in found.free_slots),
        tuple([*(problem for found in read for problem in found.problems), *_html_tables(reader)]),
        sum(found.rows for found in read),
    )
