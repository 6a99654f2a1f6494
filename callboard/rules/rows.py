"""Rows of tables that hold a session each: their cells by column, and what the columns are headed. No rule of its own."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from callboard.model import FreeSlot, Schedule, Session
from callboard.read.columns import plain_words
from callboard.read.phrases import is_dash
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.grid import Grid, Placed, expand
from callboard.wikitext.tables import Row, Table, tables


@dataclass(frozen=True)
class SessionTable:
    """A table of the schedule, laid out when somebody asks."""

    text: str
    table: Table

    @cached_property
    def _grid(self) -> Grid:
        return expand(self.table)

    @cached_property
    def heads(self) -> dict[int, str]:
        """The words at the head of each column, in lower case; empty without a row of heads."""
        if not self.table.rows or not all(cell.header for cell in self.table.rows[0].cells):
            return {}
        return {
            placed.column: " ".join(plain_words(self.text, placed.cell.content).casefold().split())
            for placed in self._grid.rows[0]
        }

    def headed(self, words: re.Pattern[str]) -> int | None:
        """The only column whose head is these words."""
        found = [column for column, head in self.heads.items() if words.fullmatch(head)]
        return found[0] if len(found) == 1 else None

    def cells(self, number: int) -> tuple[Placed, ...]:
        """The cells that begin in a row."""
        return self._grid.rows[number]


@dataclass(frozen=True)
class SessionRow:
    """The row that a session fills."""

    whole: SessionTable
    number: int

    @property
    def row(self) -> Row:
        """The row as the table has it."""
        return self.whole.table.rows[self.number]

    def column(self, inside: Span) -> int | None:
        """The column of the cell that holds the span."""
        return next((p.column for p in self.whole.cells(self.number) if inside in p.cell.content), None)

    def cell(self, column: int) -> Span | None:
        """The content of the row's own cell in the column, if it fills only that place."""
        for placed in self.whole.cells(self.number):
            if placed.column == column and (placed.width, placed.height) == (1, 1):
                return placed.cell.content
        return None


class SessionRows:
    """The rows of a page that are a session each; a grid has none."""

    def __init__(self, page: Schedule) -> None:
        self._rows: dict[int, SessionRow] = {}
        for table in tables(page.text):
            whole = SessionTable(page.text, table)
            for number, row in enumerate(table.rows):
                if len(row.cells) > 1:
                    self._rows[row.span.start] = SessionRow(whole, number)

    def around(self, inside: Span) -> SessionRow | None:
        """The row whose cells hold the span, in a grid too."""
        before = bisect_right(self._starts, inside.start) - 1
        found = self._rows[self._starts[before]] if before >= 0 else None
        return found if found and inside in found.row.span else None

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self._rows)

    def of(self, held: Session | FreeSlot) -> SessionRow | None:
        """The row that a session or a free slot fills; None in a grid, where it is one cell, and outside tables."""
        span = held.row if isinstance(held, FreeSlot) else held.span
        found = self._rows.get(span.start) if span else None
        return found if found and found.row.span == span else None


def put_in(text: str, cell: Span, words: str, joint: str = ", ") -> TextEdit:
    """The words in a cell: for a dash, behind what else is there, or with the blanks of its neighbours where nothing is."""
    source = cell.of(text)
    if is_dash(source) and source.strip():
        at = cell.start + source.index(source.strip())
        return TextEdit(at, at + len(source.strip()), words)
    if source.strip():
        at = cell.start + len(source.rstrip())
        return TextEdit(at, at, f"{joint}{words}")
    inline = text[cell.end : cell.end + 2] in {"||", "!!"}
    return TextEdit(cell.start, cell.end, f" {words}{' ' if inline else ''}")
