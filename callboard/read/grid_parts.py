"""Cells of a grid that give times of their own: `10:40–11:00 Maps`, or one line for each of several lightning talks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from callboard.model import Problem, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.grid_cells import GridCell
from callboard.read.item_times import LeadingTime, leading_time
from callboard.read.page_reader import PageReader
from callboard.read.times import read_times
from callboard.wikitext.edits import Span

_CLOCK = re.compile(r"\d(?:[:.h]\d\d|\s?[ap]\.?m)", re.IGNORECASE)
_BREAK = re.compile(r"(?:<br\s*/?>|\n)(?:<br\s*/?>|\s)*", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()\n]{0,40}\d[^()\n]{0,40})\)")
_EDGE = re.compile(  # before a time on a line of its own
    r"[\s'*:(]*(?:(?:starts?|begins?|beginning|starting|from|beginn|début|inicio)(?:\s+(?:at|um|à))?|(?P<until>(?:until|till|ends?|ending|bis|jusqu['’]à|hasta|até|tot|fino\s+alle)(?:\s+at)?))\s*:?\s*(?=\d)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[*#:;\s]*")


def _lines(text: str, within: Span) -> Iterator[Span]:
    at = within.start
    for gap in _BREAK.finditer(text, within.start, within.end):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, within.end)


def _timed_lines(text: str, within: Span) -> list[tuple[Span, LeadingTime]]:
    """The stretches of a cell that each begin with a time; nothing if the first line has none."""
    found: list[tuple[int, LeadingTime]] = []
    for line in _lines(text, within):
        mark = _ITEM.match(text, line.start, line.end)
        begin = mark.end() if mark else line.start
        if begin >= line.end:
            continue
        if lead := leading_time(text, Span(begin, line.end)):
            found.append((begin, lead))
        elif not found:
            return []
    ends = [begin for begin, _ in found[1:]] + [within.end]
    return [(Span(begin, end), lead) for (begin, lead), end in zip(found, ends, strict=True)]


def timed_parts(page: PageReader, cell: GridCell, zone: tzinfo) -> tuple[list[GridCell], list[Problem]]:
    """The cell, or what stands in it under times of its own; times off those of its row are asked about."""
    if cell.reading.kind not in {CellKind.SESSION, CellKind.SEVERAL} or cell.start is None:
        return [cell], []
    content = cell.placed.cell.content
    if not _CLOCK.search(page.text, content.start, content.end):
        return [cell], []
    lines = _timed_lines(page.text, content)
    if not lines:
        return _below_title(page, cell, zone) or _bracketed(page, cell, zone)
    day = cell.start.astimezone(zone).date()
    parts: list[GridCell] = []
    for span, lead in lines:
        told = read_times(lead.source.of(page.text), day, zone)
        if told.start and told.start < cell.start and cell.end and cell.end.astimezone(zone).date() != day:
            told = read_times(lead.source.of(page.text), day + timedelta(days=1), zone)
        if told.odd or not _lies_in(told.start, told.end, cell):
            return [cell], [_off_row(page, lead.source)]
        reading = page.cell(Span(lead.body, span.end))
        parts.append(
            replace(cell, reading=reading, start=told.start, end=told.end, span=span, time=lead.source)
        )
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if part.end is None:
            part.end = after.start if after else cell.end
        if part.start and part.end and part.end <= part.start:
            return [cell], [_off_row(page, part.time or cell.placed.cell.content)]
    return parts, []


def _below_title(
    page: PageReader, cell: GridCell, zone: tzinfo
) -> tuple[list[GridCell], list[Problem]] | None:
    """A time on a line of its own below the title: `Maps<br>10:15–10:45`, `starts at 10:15`, `until 10:45`."""
    found: list[tuple[Span, bool]] = []
    for line in list(_lines(page.text, cell.placed.cell.content))[1:]:
        word = _EDGE.match(page.text, line.start, line.end)
        begin = word.end() if word else line.start
        lead = leading_time(page.text, Span(begin, line.end))
        if lead and not page.words(Span(lead.body, line.end)):
            found.append((lead.source, bool(word and word["until"])))
    if not found or cell.start is None:
        return None
    source, ends = found[0]
    told = read_times(source.of(page.text), cell.start.astimezone(zone).date(), zone)
    start, end = (cell.start, told.start) if ends else (told.start, told.end or cell.end)
    if len(found) > 1 or told.odd or (ends and told.end) or not _lies_in(start, end, cell) or start == end:
        return [cell], [_off_row(page, source)]
    if (start, end) == (cell.start, cell.end):
        return [cell], []
    return [replace(cell, start=start, end=end, time=source)], []


def _bracketed(page: PageReader, cell: GridCell, zone: tzinfo) -> tuple[list[GridCell], list[Problem]]:
    """A time in brackets behind the title: `Maps (3:40pm, 80 minutes)`."""
    inner = bracketed_time(page, cell.placed.cell.content)
    if inner is None or cell.start is None:
        return [cell], []
    told = read_times(inner.of(page.text), cell.start.astimezone(zone).date(), zone)
    if told.odd or not _lies_in(told.start, told.end, cell):
        return [cell], [_off_row(page, inner)]
    reading = without_time(cell.reading, page.text, inner)
    return [replace(cell, reading=reading, start=told.start, end=told.end or cell.end, time=inner)], []


def bracketed_time(page: PageReader, content: Span) -> Span | None:
    """A time and nothing else in brackets on the first line of a cell."""
    line = next(_lines(page.text, content))
    found = _BRACKETED.search(page.text, line.start, line.end)
    inner = Span(*found.span(1)) if found else None
    return inner if inner and _CLOCK.search(inner.of(page.text)) and page.has_clock(inner) else None


def without_time(reading: CellReading, text: str, inner: Span) -> CellReading:
    """The reading of a cell without the time that stands in brackets in its title."""
    title = reading.title.replace(f"({inner.of(text).strip()})", " ")
    return replace(reading, title=" ".join(title.split()))


def _lies_in(start: datetime | None, end: datetime | None, cell: GridCell) -> bool:
    if start is None or cell.start is None or start < cell.start:
        return False
    return cell.end is None or (start < cell.end and (end is None or end <= cell.end))


def _off_row(page: PageReader, span: Span) -> Problem:
    message = "This time is not one within the times of its row; which is right?"
    return page.problem("time-in-cell", Severity.WARNING, message, span)
