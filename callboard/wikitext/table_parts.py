"""What a table consists of: rows and cells, with their places in the source and what HTML makes of them."""

from callboard.values import value
from callboard.wikitext.edits import Span


@value()
class Cell:
    """One cell; `content` starts behind the `|` or `<td>` and ends before the line end of its last line, or before its end tag."""

    header: bool
    attributes: Span | None  # what stands before a single `|` or in the tag, whether it makes sense or not
    content: Span
    rowspan: int  # 0: to the end of the table, as in HTML
    colspan: int
    line: int  # of its `|`, `!` or tag
    spans_known: bool = True  # False if a template decides about rowspan or colspan


@value()
class Row:
    """One row that has cells; the span goes from its first `|`, `!` or tag to the end of its last cell."""

    cells: tuple[Cell, ...]
    span: Span
    line: int
    mark: Span | None = None  # the line `|-` or the tag that opens it
    attributes: Span | None = None  # what follows on that line or stands in the tag
    group: int = 0  # of rows: a caption in mid-table begins a new one, and no rowspan reaches into it


@value()
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
    html: bool = False  # opened by `<table>`

    @property
    def width(self) -> int:
        """Cells in the longest row, colspans counted."""
        return max((sum(cell.colspan for cell in row.cells) for row in self.rows), default=0)


@value()
class Scan:
    """The tables of a text, and what looks like one and is none."""

    tables: tuple[Table, ...]
    loose: tuple[Span, ...] = ()  # lines of rows that stand in no table: `| 10:00 || Talk` after `|}`
    cut: tuple[
        Span, ...
    ] = ()  # templates whose arguments hold `{|` with raw bars, at which MediaWiki cuts them
