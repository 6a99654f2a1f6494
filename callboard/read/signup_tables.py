"""Sign-ups in tables: roles with names, a person a row, rooms or roles × hours, days with ticks; one entry a person and cell.

Tables of projects and sessions name people who do not sign up there. What names people and cannot be read is a note with the reason.
"""

from dataclasses import replace

from callboard.config import Event
from callboard.model import Problem, Severity, SignUp
from callboard.read.schedule_grid import GridReader
from callboard.read.schedule_rows import RowsReader
from callboard.read.signup_entry import Exists
from callboard.read.signup_grid import read_grid
from callboard.read.signup_in_table import HelperPage, TablePeople, TableSignUps, role_around
from callboard.read.signup_people import named_in
from callboard.read.signup_rows import PROJECTS, read_rows
from callboard.read.table_context import Surroundings
from callboard.wikitext.grid import Misfit, expand
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import Table, tables

_NOTHING = TableSignUps()
_ASIDE = frozenset(
    {Misfit.OVERFLOW, Misfit.OVERLAP, Misfit.UNKNOWN}
)  # cells may stand in other rows than they seem to


def table_sign_ups(
    text: str, event: Event, page: str = "", *, exists: Exists | None = None
) -> tuple[tuple[SignUp, ...], tuple[tuple[SignUp, str], ...], tuple[Problem, ...]]:
    """The entries of every table of the page in order, those of them who cannot be told anything, and what there is to say."""
    found = tables(text)
    if not found:
        return (), (), ()
    reader = HelperPage(text, event, page)
    around = Surroundings(text, event, page, reader.rooms)
    entries: list[SignUp] = []
    unreachable: list[tuple[SignUp, str]] = []
    problems: list[Problem] = []
    for table in found:
        reading = _read(reader, around, table, exists)
        if page and page in event.pages.schedule and not reading.entries:
            continue  # what there is to say of it is the schedule's
        entries += reading.entries
        unreachable += reading.unreachable
        problems += reading.problems
        for cell in reading.left:
            message = "The people in this cell are not read: the head of its column does not say what they are there for"
            problems.append(reader.problem("signup-table-unread", Severity.NOTE, message, cell))
        if reading.why and named_in(text, table.span):
            problems.append(_unread(text, page, table, reading.why))
    return tuple(entries), tuple(unreachable), tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _unread(text: str, page: str, table: Table, why: str) -> Problem:
    return Problem(
        "signup-table-unread",
        Severity.NOTE,
        f"This table names people, but nobody is read from it: {why}",
        page,
        line_at(text, table.span.start),
        table.span.of(text).split("\n", 1)[0],
    )


def _read(page: HelperPage, around: Surroundings, table: Table, exists: Exists | None) -> TableSignUps:
    context = around.of(table)
    if not table.rows or context.elsewhere:
        return _NOTHING
    if not table.closed:
        return TableSignUps(why="it is not closed; put |} on a line of its own where it should end")
    if table.depth or _holds_tables(page.text, table):
        return (
            TableSignUps(why="it stands in another table, or has one in its cells")
            if table.depth
            else _NOTHING
        )
    grid = expand(table)
    if any(fault.misfit in _ASIDE for fault in grid.faults):
        return TableSignUps(why="its rows and columns do not add up; check the rowspans and colspans")
    if page.title in page.event.pages.schedule and _is_schedule(page, around, table):
        return _NOTHING
    people = TablePeople(page, grid, context, role_around(around, table), exists)
    reading = read_grid(page, table, people)
    if reading is None:
        people = TablePeople(page, grid, context, role_around(around, table), exists)
        reading = read_rows(page, people)
    if reading.why == PROJECTS:
        return _NOTHING
    if reading.entries and exists and not any(entry.user for entry in reading.entries):
        return _NOTHING  # words that look like names, and none is an account
    if not reading.entries:
        return reading
    unreachable = {
        entry.span: (entry, name) for entry in reading.entries if (name := people.unreachable.get(entry.span))
    }
    return replace(reading, left=tuple(people.left()), unreachable=tuple(unreachable.values()))


def _is_schedule(page: HelperPage, around: Surroundings, table: Table) -> bool:
    """Whether the table is one of sessions, on a page that has both."""
    grid, context = expand(table), around.of(table)
    as_grid = GridReader(page, table, grid, context)
    if as_grid.read():
        return True
    return as_grid.other is None and RowsReader(page, table, grid, context).read() is not None


def _holds_tables(text: str, table: Table) -> bool:
    return any(
        other.depth and other.span in table.span and other.span != table.span for other in tables(text)
    )
