"""The lines of a page with the marks of tables, turned into tags as `Parser::handleTables` of MediaWiki 1.43 does it.

Like there, `|-` opens no row: the cell that follows does. Tags that people write themselves stand among them.
"""

import re
from dataclasses import dataclass

from callboard.wikitext.edits import Span
from callboard.wikitext.html_tables import Tag, table_tags
from callboard.wikitext.table_builder import BLANKS, Builder, CellStart, Places
from callboard.wikitext.table_parts import Table
from callboard.wikitext.views import View

_OPEN = re.compile(r"(:*)\s*\{\|", re.ASCII)
_NAMES = {"|": "td", "!": "th", "+": "caption"}


@dataclass(slots=True)
class _Marks:
    """What handleTables knows of a table: not which cells there are, but which tags it has written."""

    name: str = ""  # of the cell or caption that it opened and did not close, if any
    opened: object = None  # the table, unless that has had a row mark or a cell
    in_row: bool = False
    mark: Span | None = None
    attributes: Span | None = None


class Lines:
    """Reads one view."""

    def __init__(self, text: str, seen: View) -> None:
        shown, self.tags = table_tags(seen.text)
        self.shown = shown.replace("\r", "\n")
        self.seen = seen
        self.places = Places(text, seen, self.shown)
        self.builder = Builder(self.places)
        self.number = 0  # of the next tag
        self.marks: list[_Marks] = []
        self.loose: list[Span] = []

    def read(self) -> list[Table]:
        """Every table, in the order of their ends."""
        at = 0
        for raw in self.shown.split("\n"):
            line = raw.strip(BLANKS)
            if line:
                start = at + raw.index(line)
                self._line(line, start, start + len(line))
            at += len(raw) + 1
        end = self.seen.origin(len(self.shown))
        while self.builder.open:
            self.builder.end_table(end, closed=False)
        return self.builder.tables

    def _line(self, line: str, start: int, end: int) -> None:
        first = line[0]
        if first in ":{" and (opening := _OPEN.match(line)):
            self._begin(opening, start, end)
        elif not self.marks:
            if first == "|":
                self.loose.append(self.places.outer(start, end))
            self._text(start, end)
        elif line.startswith("|}"):
            self._finish(start, end)
        elif line.startswith("|-"):
            self._row(line, start, end)
        elif first in "|!":
            self._cells(line, start)
        else:
            self._text(start, end)

    def _begin(self, opening: re.Match[str], start: int, end: int) -> None:
        behind = start + opening.end()
        attributes = self.places.outer(behind, end) if self.shown[behind:end].strip() else None
        self.builder.table(self.places.outer(start, end), attributes, indent=len(opening[1]))
        self.marks.append(_Marks(opened=self.builder.open[-1]))

    def _finish(self, start: int, end: int) -> None:
        marks = self.marks.pop()
        self._close_cell(marks)
        if marks.in_row:
            self.builder.end_row()
        if marks.opened and self.builder.open and self.builder.open[-1] is not marks.opened:
            self._empty_row(start)
        self.builder.end_table(self.seen.after(start + 1))
        if end > start + 2:
            self._text(start + 2, end)

    def _empty_row(self, at: int) -> None:
        """The row that handleTables writes into a table without any; here another table gets it."""
        self.builder.row(None, None)
        place = self.seen.origin(at)
        self.builder.cell(CellStart("td", at, self.places.line(at), None, "", place, at))
        self.builder.end_row()

    def _row(self, line: str, start: int, end: int) -> None:
        marks = self.marks[-1]
        self._close_cell(marks)
        if marks.in_row:
            self.builder.end_row()
        behind = line[1:].lstrip("-")
        marks.in_row, marks.opened = False, None
        marks.mark = self.places.outer(start, end)
        marks.attributes = self.places.outer(end - len(behind), end) if behind.strip() else None

    def _close_cell(self, marks: _Marks) -> None:
        if marks.name:
            self.builder.end_cell(marks.name)
            marks.name = ""

    def _cells(self, line: str, start: int) -> None:
        kind = "+" if line.startswith("|+") else line[0]
        number = self.places.line(start)
        at = start
        inside = line[2:] if kind == "+" else line[1:]
        begin = start + len(line) - len(inside)
        if kind == "!":
            inside = inside.replace("!!", "||")
        pieces = inside.split("||")
        if len(pieces) > 1 and kind != "+" and self._is_plain(start + len(line)):
            at, begin = self._closed_cells(_NAMES[kind], at, number, pieces[:-1], begin)
            del pieces[:-1]
        for piece in pieces:
            stop = begin + len(piece)
            self._cell(_NAMES[kind], self._start(_NAMES[kind], at, number, piece, begin), stop)
            at, begin = stop, stop + 2

    def _is_plain(self, end: int) -> bool:
        """Whether cells of a line that ends there go into a table and hold no tags of tables."""
        tags = self.tags
        return bool(self.builder.open) and (self.number == len(tags) or tags[self.number].start >= end)

    def _closed_cells(
        self, name: str, at: int, number: int, pieces: list[str], begin: int
    ) -> tuple[int, int]:
        """Cells that end on their own line at the next bars, which need not be kept open; where the next one begins."""
        marks, seen = self.marks[-1], self.seen
        self._close_cell(marks)
        if not marks.in_row:
            self.builder.row(marks.mark, marks.attributes)
        marks.in_row, marks.opened, marks.mark, marks.attributes = True, None, None, None
        for piece in pieces:
            stop = begin + len(piece)
            cell = self._start(name, at, number, piece, begin)
            self.builder.closed_cell(cell, seen.origin(stop))
            at, begin = stop, stop + 2
        return at, begin

    def _start(self, name: str, at: int, number: int, piece: str, begin: int) -> CellStart:
        pipe = piece.find("|")
        if pipe < 0 or "[[" in piece[:pipe] or "-{" in piece[:pipe]:
            return CellStart(name, at, number, None, "", self.seen.after(begin - 1), begin)
        attributes = Span(self.seen.after(begin - 1), self.seen.origin(begin + pipe))
        shown = self.places.attributes(begin, begin + pipe)
        content = begin + pipe + 1
        return CellStart(name, at, number, attributes, shown, self.seen.after(content - 1), content)

    def _cell(self, name: str, cell: CellStart, stop: int) -> None:
        marks = self.marks[-1]
        self._close_cell(marks)
        if name == "caption":
            there = self.builder.caption(cell)
        else:
            if not marks.in_row:
                self.builder.row(marks.mark, marks.attributes)
            marks.in_row, marks.opened, marks.mark, marks.attributes = True, None, None, None
            there = self.builder.cell(cell)
        marks.name = name
        if not there:
            self.loose.append(self.places.outer(cell.at, max(stop, cell.at + 1)))
        self._text(cell.stop, stop)

    def _text(self, start: int, stop: int) -> None:
        """Text, with the tags that stand in it; those before it stood among attributes and are gone."""
        tags = self.tags
        while self.number < len(tags) and tags[self.number].start < stop:
            tag = tags[self.number]
            self.number += 1
            if tag.start >= start:
                if start < tag.start:
                    self.builder.words(start, tag.start)
                self._tag(tag, stop)
                start = tag.end
        self.builder.words(start, stop)

    def _tag(self, tag: Tag, stop: int) -> None:
        span = self.places.outer(tag.start, tag.end)
        if tag.closing:
            self._end_tag(tag.name, span)
            return
        first, last = tag.attributes
        attributes = self.places.outer(first, last) if self.seen.text[first:last].strip() else None
        if tag.name == "table":
            self.builder.table(span, attributes, html=True)
        elif tag.name == "tr":
            self.builder.row(span, attributes)
        else:
            shown = self.places.attributes(first, last)
            line = self.places.line(tag.start)
            cell = CellStart(tag.name, tag.start, line, attributes, shown, span.end, tag.end)
            there = self.builder.caption(cell) if tag.name == "caption" else self.builder.cell(cell)
            if not there:
                self.loose.append(self.places.outer(tag.start, stop))

    def _end_tag(self, name: str, span: Span) -> None:
        if name == "table":
            self.builder.end_table(span.end)
        elif name == "tr":
            self.builder.end_row()
        else:
            self.builder.end_cell(name)
