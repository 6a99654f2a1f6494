r"""Tables as MediaWiki sees them: rows and cells with their places in the source, by its own line rules.

Follows `Parser::handleTables` of MediaWiki 1.43 line by line, over a view without comments, nowiki and templates. So
rows before the first `|-`, `:{|`, `{{{!}}` … `{{!}}`, `<!-- c -->| a`, nested and unclosed tables, CRLF and cells with an
unclosed `'''` or `<small>` come out as on the rendered page. Like there, a row is one that has cells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, View, line_at, marks, view


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `content` starts behind the `|` and the attributes and ends before the line end of its last line."""

    header: bool
    attributes: Span | None  # what stands before a single `|`, whether it makes sense as attributes or not
    content: Span
    rowspan: int
    colspan: int
    line: int  # of its `|` or `!`


@dataclass(frozen=True, slots=True)
class Row:
    """One row that has cells; the span goes from its first `|` or `!` to the end of its last cell."""

    cells: tuple[Cell, ...]
    span: Span
    line: int
    mark: Span | None = None  # the line `|-` that opens it
    attributes: Span | None = None  # what follows on that line


@dataclass(frozen=True, slots=True)
class Table:
    """One table; nested tables stand for themselves, after the one around them, with `depth` > 0."""

    rows: tuple[Row, ...]
    span: Span
    attributes: Span | None
    caption: Span | None
    closed: bool
    line: int
    indent: int = 0  # colons before `{|`
    depth: int = 0
    stray: tuple[Span, ...] = ()  # lines that stand in no cell; browsers show them before the table

    @property
    def width(self) -> int:
        """Cells in the longest row, colspans counted."""
        return max((sum(cell.colspan for cell in row.cells) for row in self.rows), default=0)


_TRIM = " \t\n\r\0\x0b"  # PHP's trim()
_OPEN = re.compile(r"(:*)\s*\{\|(.*)\Z", re.DOTALL)
_NO_ATTRIBUTES = re.compile(r"\[\[|-\{")
_SEPARATOR = {"|": re.compile(r"\|\|"), "!": re.compile(r"\|\||!!"), "+": re.compile(r"\|\|")}
_TAG = re.compile(r"<[^<>]*>")
_MOST = {"rowspan": 65534, "colspan": 1000}  # what HTML admits


def _span_value(attributes: str, name: str) -> int:
    found = re.search(rf"""(?<![\w-]){name}\s*=\s*["']?\s*\+?(\d+)""", attributes, re.IGNORECASE)
    if not found:
        return 1
    value = int(found[1][:6])
    if value == 0:
        return _MOST[name] if name == "rowspan" else 1
    return min(value, _MOST[name])


@dataclass(slots=True)
class _OpenCell:
    kind: str  # "|", "!" or "+"
    line: int
    at: int  # of its `|` or `!`
    attributes: Span | None
    start: int
    end: int
    shown_attributes: str = ""

    def done(self) -> Cell:
        return Cell(
            self.kind == "!",
            self.attributes,
            Span(self.start, self.end),
            _span_value(self.shown_attributes, "rowspan"),
            _span_value(self.shown_attributes, "colspan"),
            self.line,
        )


@dataclass(slots=True)
class _OpenTable:
    start: int
    line: int
    indent: int
    depth: int
    attributes: Span | None
    rows: list[Row] = field(default_factory=list)
    cells: list[_OpenCell] = field(default_factory=list)  # of the row that is being read
    mark: Span | None = None
    row_attributes: Span | None = None
    current: _OpenCell | None = None
    caption: _OpenCell | None = None
    stray: list[Span] = field(default_factory=list)

    def end_row(self) -> None:
        if self.cells:
            span = Span(self.cells[0].at, self.cells[-1].end)
            cells = tuple(cell.done() for cell in self.cells)
            self.rows.append(Row(cells, span, self.cells[0].line, self.mark, self.row_attributes))
        self.cells, self.mark, self.row_attributes, self.current = [], None, None, None

    def done(self, end: int, *, closed: bool) -> Table:
        self.end_row()
        caption = Span(self.caption.start, self.caption.end) if self.caption else None
        return Table(
            tuple(self.rows),
            Span(self.start, end),
            self.attributes,
            caption,
            closed,
            self.line,
            self.indent,
            self.depth,
            tuple(self.stray),
        )


class _Scanner:
    """Reads one view; offsets that leave it are those of the original text."""

    def __init__(self, text: str, seen: View) -> None:
        self.text, self.seen = text, seen
        self.open: list[_OpenTable] = []
        self.tables: list[Table] = []

    def scan(self) -> list[Table]:
        at = 0
        for raw in self.seen.text.split("\n"):
            line = raw.strip(_TRIM)
            if line:
                start = at + len(raw) - len(raw.lstrip(_TRIM))
                self._line(line, start, start + len(line))
            at += len(raw) + 1
        while self.open:
            self._close(self.seen.origin(len(self.seen.text)), closed=False)
        return self.tables

    def _close(self, end: int, *, closed: bool) -> None:
        """Take the innermost table as done; the cell around it reaches at least as far."""
        self.tables.append(self.open.pop().done(end, closed=closed))
        if self.open and (around := self.open[-1].current):
            around.end = max(around.end, end)

    def _line(self, line: str, start: int, end: int) -> None:
        opening = _OPEN.match(line)
        if opening:
            self._begin(opening, start, end)
        elif not self.open:
            return
        elif line.startswith("|}"):
            self._finish(start, end)
        elif line.startswith("|-"):
            self._row(line, start, end)
        elif line[0] in "|!":
            kind = "+" if line.startswith("|+") else line[0]
            self._cells(kind, start, start + (2 if kind == "+" else 1), end)
        else:
            self._more(start, end)

    def _outer_edge(self, start: int, end: int) -> Span:
        """The original text of the view's characters, of which there is at least one."""
        return Span(self.seen.origin(start), self.seen.after(end - 1))

    def _begin(self, opening: re.Match[str], start: int, end: int) -> None:
        span = self._outer_edge(start, end)
        inside = self._outer_edge(start + opening.start(2), end) if opening[2].strip() else None
        indent = len(opening[1])
        line = line_at(self.text, span.start)
        self.open.append(_OpenTable(span.start, line, indent, len(self.open), inside))

    def _finish(self, start: int, end: int) -> None:
        self._close(self.seen.after(start + 1), closed=True)
        if end > start + 2:
            self._more(start + 2, end)

    def _row(self, line: str, start: int, end: int) -> None:
        table = self.open[-1]
        table.end_row()
        table.mark = self._outer_edge(start, end)
        attributes = line[1:].lstrip("-")
        if attributes.strip():
            table.row_attributes = self._outer_edge(end - len(attributes), end)

    def _cells(self, kind: str, start: int, first: int, end: int) -> None:
        table = self.open[-1]
        number = line_at(self.text, self.seen.origin(start))
        before = start
        for at, stop in self._pieces(kind, first, end):
            cell = self._cell(kind, number, before, at, stop)
            if kind == "+":
                table.end_row()  # a browser ends the row at a caption
                table.caption = table.caption or cell
            else:
                table.cells.append(cell)
            table.current = cell
            before = stop

    def _pieces(self, kind: str, first: int, end: int) -> Iterator[tuple[int, int]]:
        text = self.seen.text
        tags = (
            [match.span() for match in _TAG.finditer(text, first, end)]
            if kind == "!" and "<" in text[first:end]
            else []
        )
        at, tag = first, 0
        for separator in _SEPARATOR[kind].finditer(text, first, end):
            while tag < len(tags) and tags[tag][1] <= separator.start():
                tag += 1
            if separator[0] == "!!" and tag < len(tags) and tags[tag][0] < separator.start():
                continue
            yield at, separator.start()
            at = separator.end()
        yield at, end

    def _cell(self, kind: str, number: int, before: int, at: int, stop: int) -> _OpenCell:
        seen = self.seen
        pipe = seen.text.find("|", at, stop)
        attributes, shown, start = None, "", at
        if pipe >= 0 and not _NO_ATTRIBUTES.search(seen.text, at, pipe):
            shown = seen.text[at:pipe]
            attributes = Span(seen.after(at - 1), seen.origin(pipe))
            start = pipe + 1
        content = seen.after(start - 1)
        return _OpenCell(
            kind, number, seen.origin(before), attributes, content, max(content, self._edge(stop)), shown
        )

    def _edge(self, stop: int) -> int:
        """The original offset where a cell ends: at the next delimiter, or at the end of its line, comments included."""
        if stop < len(self.seen.text) and self.seen.text[stop] not in _TRIM:
            return self.seen.origin(stop)
        line_end = self.seen.text.find("\n", stop)
        line_end = len(self.seen.text) if line_end < 0 else line_end
        return self._without_line_end(self.seen.origin(line_end), self.seen.after(stop - 1))

    def _without_line_end(self, end: int, least: int) -> int:
        while end > least and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _more(self, start: int, end: int) -> None:
        """A line of text: it belongs to the cell that was begun last, or to none."""
        if not self.open:
            return
        table = self.open[-1]
        if table.current is None:
            table.stray.append(self._outer_edge(start, end))
        else:
            table.current.end = max(table.current.end, self._edge(end))


@lru_cache(maxsize=4)
def tables(text: str) -> tuple[Table, ...]:
    """Every table of the text in order of its start, also those in template arguments written with `{{!}}`."""
    found = _Scanner(text, view(text)).scan()
    reach = 0
    for mark in marks(text):
        span = mark.span
        if mark.kind is Kind.TEMPLATE and span.start >= reach and "{{{!}}" in span.of(text):
            reach = span.end
            found += _Scanner(text, view(text, Span(span.start + 2, span.end - 2))).scan()
    return tuple(sorted(found, key=lambda table: (table.span.start, -table.span.end)))
