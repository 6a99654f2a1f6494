"""Tables from tags, as an HTML parser builds them: what is implied, what is ignored and what stands outside of cells.

The rules are those of HTML's tree construction for tables ("in table", "in row", "in cell", "in caption"), as far as
they decide about rows and cells: a `<td>` without a row opens one, a row within a cell ends the cell, a table in a table but in no
cell ends the outer one, cells outside of tables are no cells.
"""

import re
from dataclasses import dataclass, field

from callboard.wikitext.cell_spans import cell_spans
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import line_at
from callboard.wikitext.table_parts import Cell, Row, Table
from callboard.wikitext.views import FILLER, View

BLANKS = " \t\n\r\0\x0b"  # PHP's trim()

_NOWIKI = re.compile(r"<nowiki(?:\s[^>]*)?>(.*?)</nowiki\s*>", re.DOTALL | re.IGNORECASE)


class Places:
    """Where the characters of a view stand in the original text."""

    def __init__(self, text: str, seen: View, shown: str) -> None:
        self.text, self.seen = text, seen
        self.shown = shown  # the view's text with a line end for each character that ends a line

    def outer(self, start: int, end: int) -> Span:
        """The original text of the view's characters, of which there is at least one."""
        return Span(self.seen.origin(start), self.seen.after(end - 1))

    def line(self, at: int) -> int:
        """The line of the original."""
        return line_at(self.text, self.seen.origin(at))

    def attributes(self, start: int, end: int) -> str:
        """The view's characters, with what stands in nowiki put back: for attributes MediaWiki does so too."""
        shown = self.seen.text[start:end]
        if FILLER not in shown:
            return shown
        source = self.outer(start, end).of(self.text)
        back, count = _NOWIKI.subn(r"\1", source)
        return back if count == shown.count(FILLER) else shown

    def edge(self, stop: int) -> int:
        """The original offset where a cell ends: at the next delimiter, or at the end of its line, comments included."""
        shown = self.shown
        if stop < len(shown) and shown[stop] not in BLANKS:
            return self.seen.origin(stop)
        line_end = shown.find("\n", stop)
        end = self.seen.origin(len(shown) if line_end < 0 else line_end)
        least = self.seen.after(stop - 1)
        while end > least and self.text[end - 1] in "\r\n":
            end -= 1
        return end


@dataclass(slots=True)
class CellStart:
    """A cell or caption as it begins; offsets are those of the view but for `attributes` and `content`."""

    name: str  # "td", "th" or "caption"
    at: int  # of its `|`, `!` or tag
    line: int
    attributes: Span | None
    shown: str  # the attributes, templates as FILLER
    content: int
    stop: int  # of the text that it holds
    least: int = 0  # of the original, where a table inside it ends


@dataclass(slots=True)
class _Table:
    start: int
    line: int
    indent: int
    depth: int
    attributes: Span | None
    html: bool
    rows: list[Row] = field(default_factory=list)
    in_row: bool = False
    cells: list[CellStart | Cell] = field(default_factory=list)  # of the row that is being read
    first: int = 0  # where the row's first cell begins, in the view
    mark: Span | None = None
    row_attributes: Span | None = None
    current: CellStart | None = None
    caption: CellStart | None = None
    stray: list[tuple[int, int]] = field(default_factory=list)
    group: int = 0


class Builder:
    """Takes tags and text in order, and has the tables in the end."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.open: list[_Table] = []
        self.tables: list[Table] = []

    def table(self, span: Span, attributes: Span | None, *, indent: int = 0, html: bool = False) -> None:
        """A table begins."""
        if self.open and self.open[-1].current is None:
            self._close(span.start, closed=False)
        line = line_at(self.places.text, span.start)
        self.open.append(_Table(span.start, line, indent, len(self.open), attributes, html))

    def end_table(self, end: int, *, closed: bool = True) -> None:
        """The innermost table ends, and the cell around it reaches at least as far."""
        if self.open:
            self._close(end, closed=closed)

    def row(self, mark: Span | None, attributes: Span | None) -> None:
        """A row begins."""
        if self.open:
            table = self.open[-1]
            self._end_row(table)
            table.in_row, table.mark, table.row_attributes = True, mark, attributes

    def end_row(self) -> None:
        """A row ends, and with it its last cell; a caption goes on."""
        if self.open and self.open[-1].in_row:
            self._end_row(self.open[-1])

    def cell(self, start: CellStart) -> bool:
        """A cell begins; False if it stands in no table."""
        if not self.open:
            return False
        table = self.open[-1]
        table.in_row = True
        if not table.cells:
            table.first = start.at
        table.cells.append(start)
        table.current = start
        return True

    def closed_cell(self, start: CellStart, end: int) -> None:
        """A cell of an open table that ends at that offset of the original, before anything else can."""
        table = self.open[-1]
        table.in_row = True
        if not table.cells:
            table.first = start.at
        rowspan, colspan, known = cell_spans(start.shown) if start.shown else (1, 1, True)
        content = Span(start.content, max(start.content, end))
        table.cells.append(
            Cell(start.name == "th", start.attributes, content, rowspan, colspan, start.line, known)
        )
        table.current = None

    def caption(self, start: CellStart) -> bool:
        """A caption begins; False if it stands in no table."""
        if not self.open:
            return False
        table = self.open[-1]
        self._end_row(table)
        table.group = table.rows[-1].group + 1 if table.rows else 0
        table.caption = table.caption or start
        table.current = start
        return True

    def end_cell(self, name: str) -> None:
        """A cell or caption ends, if the innermost one is of that name."""
        if self.open and (current := self.open[-1].current) and current.name == name:
            self.open[-1].current = None

    def words(self, start: int, stop: int) -> None:
        """Text of the view stands here: in the innermost cell, or astray."""
        if not self.open:
            return
        table = self.open[-1]
        if table.current:
            table.current.stop = stop
        elif start < stop and (inside := self.places.shown[start:stop].lstrip(BLANKS)):
            table.stray.append((stop - len(inside), stop))

    def _end_row(self, table: _Table) -> None:
        if table.cells:
            cells = tuple([cell if isinstance(cell, Cell) else self._done(cell) for cell in table.cells])
            span = Span(self.places.seen.origin(table.first), cells[-1].content.end)
            table.rows.append(Row(cells, span, cells[0].line, table.mark, table.row_attributes, table.group))
        table.cells, table.in_row, table.current = [], False, None
        table.mark = table.row_attributes = None

    def _done(self, cell: CellStart) -> Cell:
        rowspan, colspan, known = cell_spans(cell.shown)
        content = self._content(cell)
        return Cell(cell.name == "th", cell.attributes, content, rowspan, colspan, cell.line, known)

    def _content(self, cell: CellStart) -> Span:
        return Span(cell.content, max(cell.content, cell.least, self.places.edge(cell.stop)))

    def _close(self, end: int, *, closed: bool) -> None:
        table = self.open.pop()
        self._end_row(table)
        self.tables.append(
            Table(
                tuple(table.rows),
                Span(table.start, end),
                table.attributes,
                self._content(table.caption) if table.caption else None,
                closed,
                table.line,
                table.indent,
                table.depth,
                tuple(self.places.outer(start, stop) for start, stop in table.stray),
                table.html,
            )
        )
        if self.open and (around := self.open[-1].current):
            around.least = max(around.least, end)
