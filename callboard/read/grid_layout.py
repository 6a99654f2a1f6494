"""Where a time × room table has its heads and its times."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from callboard.read.columns import Head, Role
from callboard.read.grid_days import Days, day_heads, days_above
from callboard.read.oddities import Oddity
from callboard.read.page_reader import PageReader
from callboard.read.plain import plain, without_struck
from callboard.read.room_heads import room_head
from callboard.read.row_times import is_open_end
from callboard.read.time_columns import end_beside
from callboard.read.times import read_zone
from callboard.read.unknown_rooms import unknown_rooms
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid, Placed

_NOT_ROOMS = frozenset({Role.FACILITATOR, Role.LINKS, Role.TYPE, Role.OWNER})


@dataclass(slots=True)
class GridLayout:
    """Where the table's heads and times are."""

    heads: dict[int, dict[int, Head]]  # for each header row the head of each column
    bands: frozenset[int]  # rows of headings only: buildings or days above rooms, a day in mid-table
    times: tuple[int, ...]  # columns
    ends: frozenset[int]  # those of the time columns that hold ends or lengths
    zones: dict[int, tzinfo]  # that the head of a time column names
    days: dict[int, Days] = field(default_factory=dict)  # for each header row the day above each column
    day_columns: frozenset[int] = frozenset()  # whose cells name the day of their rows
    others: dict[int, Placed] = field(
        default_factory=dict
    )  # columns of notes, helpers and the like: their heads
    above: frozenset[int] = frozenset()  # rows of days above heads, which are among the bands
    odd: tuple[tuple[Oddity, Span], ...] = ()  # days above columns that cannot be, with their cells


# What a row heads its columns with, given the cells that begin in it and all that reach into it; None: it is no head.
HeadsOf = Callable[[PageReader, Sequence[Placed], dict[int, Placed]], dict[int, Head] | None]


def find_layout(
    page: PageReader, grid: Grid, rows: list[dict[int, Placed]], *, heads_of: HeadsOf | None = None
) -> GridLayout | None:
    """The heads and time columns of a table, or None if no row of it heads columns with rooms or days.

    `heads_of` says which rows are heads in tables that hold something else than sessions.
    """
    heads, days, above, odd = _all_heads(page, rows, heads_of or _heads)
    if not heads and heads_of is None:
        heads = unknown_rooms(page, rows)
    if not heads:
        return None
    columns = _time_columns(page, rows, heads, days)
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
    ) | _ends_beside(page, rows, min(heads), columns)
    if len(ends) == len(columns):
        return None
    named = {column: head.role for row in heads.values() for column, head in row.items() if head.text}
    first = rows[min(heads)]
    return GridLayout(
        heads,
        _bands(page, grid, rows, heads) | above,
        columns,
        ends,
        zones,
        days,
        frozenset(column for column, role in named.items() if role is Role.DAY) - set(columns),
        {column: first[column] for column, role in named.items() if role in _NOT_ROOMS and column in first},
        above,
        odd,
    )


def _ends_beside(
    page: PageReader, rows: list[dict[int, Placed]], number: int, columns: tuple[int, ...]
) -> frozenset[int]:
    """The column of ends where one head stands over starts and ends."""
    first, *more = columns
    head = rows[number].get(first)
    found = end_beside(page, first, head, rows[number + 1 :]) if head and more else None
    return frozenset({found} & set(more)) if found is not None else frozenset()


_Found = tuple[dict[int, dict[int, Head]], dict[int, Days], frozenset[int], tuple[tuple[Oddity, Span], ...]]


def _all_heads(page: PageReader, rows: list[dict[int, Placed]], heads_of: HeadsOf) -> _Found:
    """The header rows, the days above their columns, the rows that only have such days, and what is odd of them."""
    heads: dict[int, dict[int, Head]] = {}
    days: dict[int, Days] = {}
    bands: set[int] = set()
    odd: list[tuple[Oddity, Span]] = []
    band: Days = {}
    for number, row in enumerate(rows):
        here = [placed for placed in dict.fromkeys(row.values()) if placed.row == number]
        above: Days = {}
        if not here or any(page.has_clock(placed.cell.content) for placed in here):
            band = {}
        elif found := heads_of(page, here, row):
            heads[number] = found
            above = days_above(page, row, found)
            if above or band:
                days[number] = band or above
            band = {}
        elif above := day_heads(page, number, row) or {}:
            following = rows[number + 1] if number + 1 < len(rows) else {}
            below = [placed for placed in dict.fromkeys(following.values()) if placed.row == number + 1]
            if below and heads_of(page, below, following):
                band = above
                bands.add(number)
            else:
                heads[number], days[number] = _with_days(page, row, above), above
        odd += [(item, row[column].cell.content) for column, reading in above.items() for item in reading.odd]
    return heads, days, frozenset(bands), tuple(dict.fromkeys(odd))


def _with_days(page: PageReader, row: dict[int, Placed], days: Days) -> dict[int, Head]:
    """The heads of a row whose columns are days; their room is known from elsewhere, or there is but one."""
    return {
        column: Head(Role.DAY, "") if column in days else page.head(placed.cell.content)
        for column, placed in row.items()
    }


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


def _heads(page: PageReader, here: Sequence[Placed], row: dict[int, Placed]) -> dict[int, Head] | None:
    heads = {column: room_head(page, placed.cell.content) for column, placed in row.items()}
    rooms = {row[column] for column, head in heads.items() if head.role is Role.ROOM}
    roles = {head.role for head in heads.values()}
    if not rooms or Role.TITLE in roles or _is_struck(page, here):
        return None
    timed = bool(roles & {Role.TIME, Role.START})
    if timed or (all(placed.cell.header for placed in here if page.words(placed.cell.content))):
        return heads
    corner = heads.get(0)
    others = [head for column, head in heads.items() if column and head.role is not Role.ROOM and head.text]
    return (
        heads
        if corner and corner.role in {Role.BLANK, Role.DAY, Role.PLACE} and len(rooms) > 1 and not others
        else None
    )


def _is_struck(page: PageReader, here: Sequence[Placed]) -> bool:
    """Whether all that a row says is struck out: a session that is called off, not heads."""
    return not any(plain(without_struck(placed.cell.content.of(page.text))).strip() for placed in here)


def _time_columns(
    page: PageReader,
    rows: list[dict[int, Placed]],
    heads: dict[int, dict[int, Head]],
    days: dict[int, Days],
) -> tuple[int, ...]:
    taken = {column for row in heads.values() for column, head in row.items() if head.role is Role.ROOM}
    taken |= {
        column for number in days for column, head in heads[number].items() if head == Head(Role.DAY, "")
    }
    counts: Counter[int] = Counter()
    for number, row in enumerate(rows):
        if number in heads:
            continue
        for column, placed in row.items():
            if (
                column not in taken
                and placed.row == number
                and placed.width == 1
                and page.has_clock(placed.cell.content)
            ):
                counts[column] += 1
    if not counts:
        return ()
    most = max(counts.values())
    return tuple(sorted(column for column, count in counts.items() if count * 2 >= most))
