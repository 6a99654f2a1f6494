"""Where a time × room table has its heads and its times."""

from collections import Counter
from dataclasses import dataclass
from datetime import tzinfo

from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.row_times import is_open_end
from callboard.read.times import read_zone
from callboard.wikitext.grid import Grid, Placed


@dataclass(slots=True)
class GridLayout:
    """Where the table's heads and times are."""

    heads: dict[int, dict[int, Head]]  # for each header row the head of each column
    bands: frozenset[int]  # rows of headings only: buildings above rooms, a day in mid-table
    times: tuple[int, ...]  # columns
    ends: frozenset[int]  # those of the time columns that hold ends or lengths
    zones: dict[int, tzinfo]  # that the head of a time column names


def find_layout(page: PageReader, grid: Grid, rows: list[dict[int, Placed]]) -> GridLayout | None:
    """The heads and time columns of a table, or None if no row of it heads columns with rooms of the event."""
    heads: dict[int, dict[int, Head]] = {}
    for number, row in enumerate(rows):
        if found := _heads(page, number, row):
            heads[number] = found
    if not heads:
        return None
    columns = _time_columns(page, rows, heads)
    if not columns:
        return None
    zones: dict[int, tzinfo] = {}
    for number in heads:
        for column in columns:
            placed = rows[number].get(column)
            if placed and (zone := read_zone(placed.cell.content.of(page.text))):
                zones.setdefault(column, zone)
    roles = heads[min(heads)]
    ends = frozenset(
        column for column in columns if column in roles and roles[column].role in {Role.END, Role.DURATION}
    )
    if len(ends) == len(columns):
        return None
    return GridLayout(heads, _bands(page, grid, rows, heads), columns, ends, zones)


def _bands(
    page: PageReader, grid: Grid, rows: list[dict[int, Placed]], heads: dict[int, dict[int, Head]]
) -> frozenset[int]:
    return frozenset(
        number
        for number, cells in enumerate(grid.rows)
        if number not in heads
        and cells
        and all(placed.cell.header for placed in cells)
        and not any(page.has_clock(placed.cell.content) for placed in set(rows[number].values()))
        and not any(is_open_end(page.words(placed.cell.content)) for placed in cells)
    )


def _heads(page: PageReader, number: int, row: dict[int, Placed]) -> dict[int, Head] | None:
    here = {placed for placed in row.values() if placed.row == number}
    if not here or any(page.has_clock(placed.cell.content) for placed in here):
        return None
    heads = {column: page.head(placed.cell.content) for column, placed in row.items()}
    rooms = {row[column] for column, head in heads.items() if head.role is Role.ROOM}
    roles = {head.role for head in heads.values()}
    if not rooms or Role.TITLE in roles:
        return None
    timed = bool(roles & {Role.TIME, Role.START})
    if timed or (all(placed.cell.header for placed in here if page.words(placed.cell.content))):
        return heads
    corner = heads.get(0)
    others = [head for column, head in heads.items() if column and head.role is not Role.ROOM and head.text]
    return (
        heads if corner and corner.role in {Role.BLANK, Role.DAY} and len(rooms) > 1 and not others else None
    )


def _time_columns(
    page: PageReader, rows: list[dict[int, Placed]], heads: dict[int, dict[int, Head]]
) -> tuple[int, ...]:
    rooms = {column for row in heads.values() for column, head in row.items() if head.role is Role.ROOM}
    counts: Counter[int] = Counter()
    for number, row in enumerate(rows):
        if number in heads:
            continue
        for column, placed in row.items():
            if (
                column not in rooms
                and placed.row == number
                and placed.width == 1
                and page.has_clock(placed.cell.content)
            ):
                counts[column] += 1
    if not counts:
        return ()
    most = max(counts.values())
    return tuple(sorted(column for column, count in counts.items() if count * 2 >= most))
