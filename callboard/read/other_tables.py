"""Whether a table with rooms or titles and times is the schedule, or one of helpers, numbers or another event."""

from collections.abc import Sequence

from callboard.model import Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.page_reader import NOTHING, PageReader, TableReading
from callboard.read.table_context import Context
from callboard.wikitext.tables import Table

_WHOSE = (
    "At least as many cells here hold only people as hold titles, so nothing of it is read: is it a schedule? Then write titles beside "
    "the people; or does it say who helps when? Then say so in the heading above"
)


def as_other(
    page: PageReader, table: Table, context: Context, readings: Sequence[CellReading]
) -> TableReading | None:
    """What there is to say of a table that is not read because of what is in its cells; None if it is a schedule.

    Helpers' tables hold people and no titles. One that has both is asked about, unless a heading says what it is.
    """
    if context.elsewhere:
        return NOTHING
    people = sum(reading.kind is CellKind.PEOPLE for reading in readings)
    titled = [reading for reading in readings if reading.kind is CellKind.SESSION]
    if context.helpers:
        named = [reading for reading in titled if page.is_name(reading) or _begins_with_person(reading)]
        people, titled = people + len(named), [reading for reading in titled if reading not in named]
    if not people or people < len(titled):
        return None
    if context.helpers or not titled:
        return NOTHING
    asked = page.problem("layout-unread", Severity.WARNING, _WHOSE, page.opening(table))
    return TableReading("none", (), (), (asked,), 0)


def _begins_with_person(reading: CellReading) -> bool:
    """Whether the first thing in a cell is a person: `[[User:Ada]] Clears the tables`."""
    return bool(reading.owners) and reading.owners[0].span.start <= reading.first
