"""Days as columns of a grid: `Time | Friday | Saturday`, or days above rooms side by side."""

from collections.abc import Iterator, Mapping, Sequence

from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.times import DayReading, read_day
from callboard.values import value
from callboard.wikitext.grid import Placed

_LONGEST = 60  # characters of a cell that says little more than a day
_BESIDE = frozenset({Role.TIME, Role.START, Role.END, Role.DURATION, Role.DAY, Role.BLANK, Role.PLACE})

Days = Mapping[int, DayReading]  # for each column the day that stands above it


@value()
class Section:
    """Columns that share their days and their times."""

    columns: frozenset[int]
    days: Mapping[int, DayReading]  # for each header row
    times: tuple[int, ...]


def _named(page: PageReader, placed: Placed) -> DayReading | None:
    """The day that a cell names and little else, odd or not."""
    if len(page.words(placed.cell.content)) > _LONGEST:
        return None
    reading = read_day(placed.cell.content.of(page.text), page.event.dates)
    return reading if reading.day or reading.odd else None


def day_heads(page: PageReader, number: int, row: dict[int, Placed]) -> Days | None:
    """The day above each column, if a row names days beside heads like "Time" and nothing else; else None."""
    here = [placed for placed in dict.fromkeys(row.values()) if placed.row == number]
    if not here or (len(here) == 1 and len(set(row.values())) == 1):
        return None
    days: dict[int, DayReading] = {}
    for placed in here:
        if named := _named(page, placed):
            if placed.column == 0 and placed.width == 1:
                return None
            days |= dict.fromkeys(range(placed.column, placed.column + placed.width), named)
        elif page.head(placed.cell.content).role not in _BESIDE:
            return None
    return {column: day for column, day in days.items() if column in row} or None


def days_above(page: PageReader, row: dict[int, Placed], heads: Mapping[int, Head]) -> Days:
    """The days that heads of rooms name themselves: `Friday<br>Room 1`."""
    found = {
        column: _named(page, row[column])
        for column, head in heads.items()
        if column in row and head.role in {Role.ROOM, Role.OTHER}
    }
    return {column: day for column, day in found.items() if day}


def _signatures(days: Mapping[int, Days], columns: Sequence[int]) -> dict[int, tuple[DayReading | None, ...]]:
    return {column: tuple(above.get(column) for above in days.values()) for column in columns}


def _nearest(times: Sequence[int], columns: Sequence[int]) -> int:
    """The time column that stands before the first of the columns."""
    before = [time for time in times if time < min(columns)]
    return max(before, default=times[0])


def sections(days: Mapping[int, Days], columns: Sequence[int], times: Sequence[int]) -> Iterator[Section]:
    """The columns that belong together; one section with everything in a table without days above columns."""
    signed = _signatures(days, columns)
    groups: dict[tuple[DayReading | None, ...], list[int]] = {}
    for column in columns:
        if column not in times:
            groups.setdefault(signed[column], []).append(column)
    if len(groups) < 2:  # one day, or none: all columns of times speak of it
        for signature, members in groups.items():
            yield Section(frozenset(members), _known(days, signature), tuple(times))
        return
    free = [time for time in times if not any(signed[time])]
    nearest = {signature: _nearest(free or times, members) for signature, members in groups.items()}
    each_its_own = len(set(nearest.values())) == len(groups)
    for signature, members in groups.items():
        own = [time for time in times if any(signed[time]) and signed[time] == signature]
        shared = [nearest[signature]] if each_its_own else (free or list(times))
        yield Section(frozenset(members), _known(days, signature), tuple(own or shared))


def _known(days: Mapping[int, Days], signature: tuple[DayReading | None, ...]) -> dict[int, DayReading]:
    return {number: day for number, day in zip(days, signature, strict=True) if day}
