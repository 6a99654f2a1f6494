"""Grids with a room or a day per row and times as columns, turned round so that each column of times becomes a row."""

from collections.abc import Iterator
from dataclasses import replace

from callboard.model import Problem, Severity
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.schedule_grid import GridReader
from callboard.read.table_context import Context, problem_of
from callboard.read.times import DayReading, read_day
from callboard.values import value
from callboard.wikitext.grid import Grid, Placed
from callboard.wikitext.tables import Table

_FEW = 2  # times in a row that make it a row of times


_UNREAD = "These times stand above rows that are neither rooms of the event nor days; they are not read"


@value()
class Turned:
    """A stretch of a table below one row of times, as a grid with that row as its first column."""

    grid: Grid
    row: int  # of the table, where it begins
    day: DayReading  # that rows of their own name between the row of times above and this one


def _is_times(page: PageReader, cells: tuple[Placed, ...]) -> bool:
    behind = [placed for placed in cells if placed.column > 0]
    timed = sum(page.has_clock(placed.cell.content) for placed in behind)
    filled = sum(bool(page.words(placed.cell.content)) for placed in behind)
    return timed >= _FEW and timed * 2 > filled


def _turn(grid: Grid, start: int, stop: int) -> Grid:
    cells = sorted(
        (
            Placed(
                placed.cell,
                placed.column,
                placed.row - start,
                placed.width,
                min(placed.height, stop - placed.row),
            )
            for placed in grid.cells
            if start <= placed.row < stop
        ),
        key=lambda placed: (placed.row, placed.column),
    )
    height = max((placed.row + placed.height for placed in cells), default=0)
    rows: list[list[Placed]] = [[] for _ in range(height)]
    for placed in cells:
        rows[placed.row].append(placed)
    return Grid(tuple(cells), tuple(map(tuple, rows)), stop - start, ())


def turned(page: PageReader, grid: Grid) -> Iterator[Turned]:
    """Each part of the table that has its times on top; nothing if the first rows show no such thing."""
    if not any(_is_times(page, cells) for cells in grid.rows[:2]):
        return
    tops = [number for number, cells in enumerate(grid.rows) if _is_times(page, cells)]
    bounds = [*tops, len(grid.rows)]
    day, begin = DayReading(), 0
    for start, after in zip(tops, bounds[1:], strict=True):
        between = grid.rows[begin:start]
        day = _day(page, between) or day
        stop = after
        while stop > start + 1 and _is_band(grid, stop - 1) and after < len(grid.rows):
            stop -= 1
        begin = stop
        yield Turned(_turn(grid, start, stop), start, day)


def _is_band(grid: Grid, number: int) -> bool:
    cells = grid.rows[number]
    return len(cells) == 1 and cells[0].width >= grid.columns


def _day(page: PageReader, rows: tuple[tuple[Placed, ...], ...]) -> DayReading | None:
    """The day that the last of the rows of headings names."""
    for cells in reversed(rows):
        for placed in cells:
            reading = read_day(placed.cell.content.of(page.text), page.event.dates)
            if reading.day or reading.odd:
                return reading
    return None


def read_turned(page: PageReader, table: Table, grid: Grid, context: Context) -> TableReading | None:
    """The sessions of a table with its times on top, or None if it is no such table."""
    parts = [(part, _read_part(page, table, part, context)) for part in turned(page, grid)]
    readings = [reading for _, reading in parts if reading]
    if not readings:
        return None
    problems = [problem for reading in readings for problem in reading.problems]
    problems += [page.grid_broken(fault) for fault in grid.faults]
    for part, reading in parts:
        if reading is None:
            where = table.rows[part.row].span
            problems.append(page.problem("layout-unread", Severity.WARNING, _UNREAD, where))
    return TableReading(
        "grid",
        tuple(session for reading in readings for session in reading.sessions),
        tuple(slot for reading in readings for slot in reading.free_slots),
        tuple(dict.fromkeys(problems)),
        sum(reading.rows for reading in readings),
        tuple(pause for reading in readings for pause in reading.pauses),
    )


def _read_part(page: PageReader, table: Table, part: Turned, context: Context) -> TableReading | None:
    day = None if part.day.odd else part.day.day or context.day
    inner = replace(context, day=day, named_day=context.named_day or part.day.day is not None)
    reading = GridReader(page, table, part.grid, inner, turned_from=part.row).read()
    if reading is None or not part.day.odd:
        return reading
    odd = [problem_of(item, page.text, table.span, page.title) for item in part.day.odd]
    return replace(reading, problems=(*_without_day_question(reading), *odd))


def _without_day_question(reading: TableReading) -> tuple[Problem, ...]:
    """The problems but for the question on which day this is, where the page says one that cannot be."""
    return tuple(problem for problem in reading.problems if problem.code != "day-unknown")
