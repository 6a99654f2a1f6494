"""What looks like a part of the schedule and is not read: said, never passed over in silence."""

import re
from collections.abc import Iterable, Iterator

from callboard.model import Problem, Severity
from callboard.read.columns import Role
from callboard.read.item_times import leading_time
from callboard.read.page_reader import PageReader
from callboard.read.table_context import Context
from callboard.read.times import read_day
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid
from callboard.wikitext.masking import marks_within
from callboard.wikitext.tables import Table, scan

_ENOUGH = 2  # rows with times in a table that may be about anything
_VAGUE = re.compile(  # what stands in the time column of a programme that is not yet made
    r"\W*(?:t\.?b\.?[acd]\.?|\?+|(?:(?:early|late|mid)[ -]?|in\s+the\s+)?(?:morning|noon|midday|afternoon|evening|night)s?|to\s+be\s+\w+|later|"
    r"vormittags?|mittags?|nachmittags?|abends?|matin|après-midi|soir|mañana|tardes?|manhã|noite|mattin[ao]|pomeriggio|sera|ochtend|middag|avond|rano|"
    r"popołudnie|wieczór|förmiddag|eftermiddag|kväll)\W*",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<![\d:.])\d{1,2}[:.][0-5]\d\s*(?:[-–—]|to)\s*\d{1,2}[:.][0-5]\d(?![\d:.]*\d)")
_CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-4])[:.][0-5]\d(?![\d:.]*\d)")


def hidden_text(page: PageReader, table: Table) -> Iterator[Problem]:
    """Cells with words before a single bar: `| 10:00 | Talk` shows only `Talk`."""
    for row in table.rows:
        for cell in row.cells:
            place = (
                cell.attributes if cell.attributes and page.text[cell.attributes.end] not in "/>" else None
            )
            source = place.of(page.text) if place else ""
            if place and "=" not in source and "{{" not in source and any(map(str.isalnum, source)):
                message = "What stands before a single | is not shown; write || between cells, or put the next cell on a new line"
                yield page.problem("text-hidden", Severity.WARNING, message, place)


def unknown_table(page: PageReader, table: Table, grid: Grid, context: Context) -> Iterator[Problem]:
    """A table with times under a day of the event that has neither the event's rooms nor titles as columns."""
    if context.elsewhere or context.helpers or len(table.rows) < 2:
        return
    if _times_on_top(page, grid, strict=not context.named_day):
        message = "This table has its times in the head and a row per room; turn it round: times in the first column, a column per room"
        yield page.problem("layout-unread", Severity.WARNING, message, page.opening(table))
        return
    if grid.rows[0] and _is_vague_grid(page, grid):
        yield from unread_times(
            page, table, context, [cells[0].cell.content for cells in grid.rows[1:] if cells]
        )
        return
    edges = [*grid.rows[0], *(cells[0] for cells in grid.rows[1:] if cells)]
    days = sum(
        read_day(placed.cell.content.of(page.text), page.event.dates).day is not None for placed in edges
    )
    if (context.named_day or days > 1) and _looks_timed(page, grid):
        message = "This table has times, but no column is headed by a room of the event or by a word like Session or Title; it is not read"
        yield page.problem("layout-unread", Severity.WARNING, message, page.opening(table))


def unread_times(page: PageReader, table: Table, context: Context, times: Iterable[Span]) -> list[Problem]:
    """A table with heads for times and titles on a day of the event, of whose times none was read."""
    cells = [page.words(span) for span in times]
    told = sum(any(map(str.isdigit, words)) for words in cells)
    vague = sum(bool(_VAGUE.fullmatch(words)) for words in cells)
    if context.elsewhere or context.helpers or max(told if context.day else 0, vague) < _ENOUGH:
        return []
    message = "None of the times in this table can be read, so it is left out; write them like 14:00–14:55"
    return [page.problem("layout-unread", Severity.WARNING, message, page.opening(table))]


def _is_vague_grid(page: PageReader, grid: Grid) -> bool:
    """Whether the first row heads times and rooms of the event."""
    first, *others = [page.head(placed.cell.content) for placed in grid.rows[0]]
    return first.role in {Role.TIME, Role.BLANK} and any(head.rooms for head in others)


def _looks_timed(page: PageReader, grid: Grid) -> bool:
    """Whether several rows begin with a time, or have a stretch of time somewhere, and something else beside it."""
    rows = 0
    for cells in grid.rows:
        clocks = [page.has_clock(placed.cell.content) for placed in cells]
        ranged = any(_RANGE.search(placed.cell.content.of(page.text)) for placed in cells)
        others = any(
            page.words(placed.cell.content) and not clock and not _is_day(page, placed.cell.content)
            for placed, clock in zip(cells, clocks, strict=True)
        )
        led = any(_has_led_title(page, placed.cell.content) for placed in cells)
        rows += bool(clocks) and (led or (others and (clocks[0] or ranged)))
    return rows >= _ENOUGH


def _is_day(page: PageReader, span: Span) -> bool:
    return read_day(span.of(page.text), page.event.dates).day is not None


def _has_led_title(page: PageReader, span: Span) -> bool:
    """Whether a cell begins with a time and has something behind it: `10:00 Maps`."""
    lead = leading_time(page.text, span)
    return lead is not None and any(map(str.isalpha, page.words(Span(lead.body, span.end))))


def _times_on_top(page: PageReader, grid: Grid, *, strict: bool) -> bool:
    """Whether the first row holds times and those below it words; if strict, the first column has rooms of the event."""
    times = sum(page.has_clock(placed.cell.content) for placed in grid.rows[0])
    if times < _ENOUGH:
        return False
    below = [cells for cells in grid.rows[1:] if cells]
    if strict:
        return any(page.rooms.named(page.words(cells[0].cell.content)) for cells in below)
    rest = [placed.cell.content for cells in below for placed in cells[1:]]
    return any(page.words(span) and not page.has_clock(span) for span in rest)


def lost_tables(page: PageReader) -> Iterator[Problem]:
    """Rows with times that stand in no table, and tables in a template's argument that its bars cut up."""
    found = scan(page.text)
    timed = [span for span in found.loose if _CLOCK.search(span.of(page.text))]
    if timed:
        message = f"This looks like a row of a table and stands in none ({len(timed)} lines with times do); see where the table begins and ends"
        yield page.problem("table-lost", Severity.WARNING, message, timed[0])
    for span in _tables_in_notes(page):
        message = "A table in a footnote is not read; put it on the page itself if it is a schedule"
        yield page.problem("table-lost", Severity.WARNING, message, span)
    for span in found.cut:
        if _CLOCK.search(span.of(page.text)):
            message = "A table inside a template needs {{{!}}, {{!}} and {{!}}} for its bars; as it stands the template cuts it up, and it is not read"
            yield page.problem("table-lost", Severity.WARNING, message, span)


def _tables_in_notes(page: PageReader) -> Iterator[Span]:
    """The first lines of tables with times in footnotes."""
    if "<ref" not in page.text or "{|" not in page.text:
        return
    for mark in marks_within(page.text, Span(0, len(page.text))):
        source = mark.span.of(page.text)
        opened = source.find("\n{|") + 1 if source.startswith("<ref") else 0
        if opened and _CLOCK.search(source):
            yield Span(mark.span.start + opened, page.text.find("\n", mark.span.start + opened))


def stray_text(page: PageReader, table: Table) -> Iterator[Problem]:
    """Text with a time between the rows of a table, templates apart: browsers show it above the table."""
    for span in table.stray:
        source = span.of(page.text)
        if _CLOCK.search(source) and not source.startswith("{{"):
            message = (
                "This stands in a table, but in none of its cells; it shows above the table, and is not read"
            )
            yield page.problem("table-lost", Severity.WARNING, message, span)
            return
