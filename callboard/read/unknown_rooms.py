"""A head row that names no room of the event, in a table that can only be a grid of times and rooms."""

import re

from callboard.read.cells import CellKind
from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.times import read_day
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed

_ROOM_LIKE = re.compile(  # a word for rooms with another or a number, or a word that is no head of a column of rooms
    r"(?=\S+\s\S).*\b(?:\w*(?:room|hall|saal|zimmer|raum)|lab|salon|salle|sala|aula|theat(?:er|re)|floor|building|track|stage)\b.*"
    r"|(?:\w+(?:room|hall|saal|zimmer|raum)|lounge|auditorium|library|studio|foyer|lobby|garden|terrace|gallery)",
    re.IGNORECASE,
)
_TIMES = frozenset({Role.TIME, Role.START, Role.END, Role.DURATION, Role.BLANK})
_FEWEST = 2  # columns of rooms, and rows with times


def unknown_rooms(page: PageReader, rows: list[dict[int, Placed]]) -> dict[int, dict[int, Head]]:
    """The head row by its number, if two or more columns behind the times can only be rooms; empty if there is none.

    They can if two heads say so (`Big hall`, `Track 1`), or if below two of them stand titles with people or tasks. Heads of
    any other meaning, and further times below, make it another table.
    """
    for number, row in enumerate(rows):
        here = {placed for placed in row.values() if placed.row == number}
        if len(here) > _FEWEST:
            heads = {column: page.head(placed.cell.content) for column, placed in row.items()}
            return {number: heads} if _are_rooms(page, heads, row, rows[number + 1 :]) else {}
    return {}


def _are_rooms(
    page: PageReader, heads: dict[int, Head], row: dict[int, Placed], below: list[dict[int, Placed]]
) -> bool:
    columns = [column for column, head in heads.items() if head.role not in _TIMES]
    times = [column for column in heads if column not in columns]
    places = {heads[column].text for column in columns}
    if len(places) < _FEWEST or 0 not in times or not _name_rooms(page, heads, row, columns):
        return False
    clocks = [line[0] for line in below if 0 in line and page.has_clock(line[0].cell.content)]
    cells = {line[column] for line in below for column in columns if column in line}
    if len(set(clocks)) < _FEWEST or any(
        page.has_clock(placed.cell.content) for placed in cells - set(clocks)
    ):
        return False
    if sum(bool(_ROOM_LIKE.fullmatch(place)) for place in places) >= _FEWEST:
        return True
    return len({placed.column for placed in cells if _is_led(page, placed.cell.content)}) >= _FEWEST


def _name_rooms(page: PageReader, heads: dict[int, Head], row: dict[int, Placed], columns: list[int]) -> bool:
    """Whether the heads may all be names of rooms."""
    return all(
        heads[column].role in {Role.OTHER, Role.PLACE}
        and row[column].cell.header
        and not page.has_clock(row[column].cell.content)
        and not _is_day(page, row[column].cell.content)
        for column in columns
    )


def _is_day(page: PageReader, span: Span) -> bool:
    reading = read_day(span.of(page.text), page.event.dates)
    return reading.day is not None or bool(reading.odd)


def _is_led(page: PageReader, span: Span) -> bool:
    """Whether the cell has a title and says whose it is, or which task it has."""
    reading = page.cell(span)
    return reading.kind is CellKind.SESSION and bool(reading.title and (reading.owners or reading.tasks))
