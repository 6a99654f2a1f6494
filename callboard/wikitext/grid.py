"""Which place of a table each cell takes once rowspans and colspans are laid out, as browsers do it."""

from collections import Counter
from enum import StrEnum

from callboard.values import value
from callboard.wikitext.tables import Cell, Row, Table

WIDEST = 64  # columns that are laid out; a colspan beyond the table only says "all of them"


class Misfit(StrEnum):
    """Why cells do not add up."""

    OVERFLOW = "overflow"  # a rowspan reaches below the last row; browsers cut it
    OVERLAP = "overlap"  # a colspan runs into a cell from above
    SHORT = "short"  # a row has fewer columns than the table
    LONG = "long"  # a row has more columns than the table
    UNKNOWN = (
        "unknown"  # a template decides how many rows or columns a cell fills; it is laid out as if it did not
    )


@value()
class Fault:
    """One row whose cells do not add up."""

    misfit: Misfit
    row: int
    cell: Cell


@value(eq=False)
class Placed:
    """A cell and the rectangle it fills; rows are those of the table, columns count from 0. Each is only like itself."""

    cell: Cell
    row: int
    column: int
    height: int
    width: int


@value()
class Grid:
    """All cells of a table in place."""

    cells: tuple[Placed, ...]
    rows: tuple[tuple[Placed, ...], ...]  # the cells that begin in each row
    columns: int  # that most rows have
    faults: tuple[Fault, ...]


def _free_column(taken: list[int], row: int, column: int) -> int:
    while column < len(taken) and taken[column] > row:
        column += 1
    return column


def _usual(reaches: list[int]) -> int:
    """The number of columns that most rows have."""
    counted = Counter(reaches)
    return max(counted, key=lambda reach: (counted[reach], reach), default=0)


def _is_plain(row: Row) -> bool:
    """Whether each cell of a row fills one place: most rows are so, and need no laying out."""
    return len(row.cells) <= WIDEST and all(
        cell.rowspan == cell.colspan == 1 and cell.spans_known for cell in row.cells
    )


def expand(table: Table) -> Grid:
    """The table's cells in place; what does not add up is in `faults` and laid out as a browser would."""
    taken: list[int] = []  # for each column the first row in which it is free again
    rows: list[tuple[Placed, ...]] = []
    faults: list[Fault] = []
    reaches: list[int] = []
    ends = {row.group: number + 1 for number, row in enumerate(table.rows)}
    free = 0  # the first row into which no cell reaches from above
    for number, row in enumerate(table.rows):
        if number >= free and _is_plain(row):
            rows.append(tuple([Placed(cell, number, at, 1, 1) for at, cell in enumerate(row.cells)]))
            reaches.append(len(row.cells))
            continue
        placed: list[Placed] = []
        column = 0
        for cell in row.cells:
            column = _free_column(taken, number, column)
            if column >= WIDEST:
                faults.append(Fault(Misfit.LONG, number, cell))
                break
            if not cell.spans_known:
                faults.append(Fault(Misfit.UNKNOWN, number, cell))
            width = max(1, min(cell.colspan, WIDEST - column))
            rest = ends[row.group] - number
            height = min(cell.rowspan or rest, rest)
            if height < cell.rowspan:
                faults.append(Fault(Misfit.OVERFLOW, number, cell))
            taken += [0] * (column + width - len(taken))
            if any(taken[at] > number for at in range(column, column + width)):
                faults.append(Fault(Misfit.OVERLAP, number, cell))
            for at in range(column, column + width):
                taken[at] = max(taken[at], number + height)
            placed.append(Placed(cell, number, column, height, width))
            column += width
        rows.append(tuple(placed))
        free = max(taken, default=0)
        reaches.append(max((at + 1 for at, until in enumerate(taken) if until > number), default=0))
    usual = _usual(reaches)
    for number, reach in enumerate(reaches):
        cells = table.rows[number].cells
        if reach != usual and not any(cell.colspan > usual for cell in cells):
            faults.append(Fault(Misfit.SHORT if reach < usual else Misfit.LONG, number, cells[-1]))
    every = tuple(cell for cells_of_row in rows for cell in cells_of_row)
    return Grid(every, tuple(rows), usual, tuple(sorted(faults, key=lambda fault: fault.row)))


def covering(grid: Grid) -> list[dict[int, Placed]]:
    """For each row which cell fills each of its columns, cells from rows above included."""
    rows: list[dict[int, Placed]] = [{} for _ in grid.rows]
    for placed in grid.cells:
        if placed.width == placed.height == 1:
            rows[placed.row].setdefault(placed.column, placed)
            continue
        columns = range(
            placed.column, min(placed.column + placed.width, max(grid.columns, placed.column + 1))
        )
        for row in rows[placed.row : placed.row + placed.height]:
            for column in columns:
                row.setdefault(column, placed)
    return rows
