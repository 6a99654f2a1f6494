"""What an edit must leave as it was: tables, rows, cells, lists, headings, comments, tags, templates and links."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks
from callboard.wikitext.structure_marks import Changed, lists_break, marks_break
from callboard.wikitext.tables import Cell, Table, scan, tables

_HEADING = re.compile(r"^=.*=[^\S\n]*(?:<!--.*)?$", re.MULTILINE)
_TRANSLATE = re.compile(r"<(/?)translate\b", re.IGNORECASE)
_NAMES = {
    Kind.COMMENT: "comments",
    Kind.OPAQUE: "nowiki and other tags that hide their content",
    Kind.REMOVED: "translation tags",
}


def _untouchable(text: str) -> Iterator[Span]:
    return (mark.span for mark in marks(text) if mark.kind in {Kind.COMMENT, Kind.OPAQUE, Kind.REMOVED})


def _translated(text: str) -> Iterator[Span]:
    """The blocks between `<translate>` and `</translate>`, tags included."""
    opened: int | None = None
    for mark in marks(text):
        if mark.kind is Kind.REMOVED:
            tag = _TRANSLATE.match(text, mark.span.start)
            if tag and not tag[1]:
                opened = mark.span.start if opened is None else opened
            elif tag and opened is not None:
                yield Span(opened, mark.span.end)
                opened = None
    if opened is not None:
        yield Span(opened, len(text))


class Protected:
    """The parts of a page that rules leave alone: comments, nowiki and pre, and whole `<translate>` blocks."""

    def __init__(self, text: str) -> None:
        self._always = _Parts(_untouchable(text))
        self._units = _Parts(_translated(text))

    def holds(self, span: Span) -> bool:
        """Whether the span reaches into a protected part; its edges may be touched."""
        return self._always.hold(span) or self._units.hold(span)

    def in_translate(self, span: Span) -> bool:
        """Whether what protects the span is a `<translate>` block alone: a person may well edit there."""
        return self._units.hold(span) and not self._always.hold(span)


class _Parts:
    def __init__(self, spans: Iterator[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            if self._spans and span.start < self._spans[-1].end:
                last = self._spans.pop()
                span = Span(last.start, max(last.end, span.end))  # noqa: PLW2901 -- the two become one
            self._spans.append(span)
        self._ends = [span.end for span in self._spans]

    def hold(self, span: Span) -> bool:
        first = bisect_left(self._ends, span.start + 1)
        if first == len(self._spans):
            return False
        part = self._spans[first]
        if span.start == span.end:
            return part.start < span.start
        return part.start < span.end


def _marks_of(text: str, kind: Kind) -> list[str]:
    return [mark.span.of(text) for mark in marks(text) if mark.kind is kind]


def _shape(cell: Cell, text: str) -> tuple[object, ...]:
    attributes = cell.attributes.of(text) if cell.attributes else None
    return (cell.header, attributes, cell.rowspan, cell.colspan)


def _table_breaks(old: Table, new: Table, before: str, after: str, changed: Changed) -> Iterator[str]:
    if len(old.rows) != len(new.rows) or old.closed != new.closed or old.depth != new.depth:
        yield f"the table at line {old.line} would have {len(new.rows)} rows instead of {len(old.rows)}"
        return
    if _surroundings(old, before) != _surroundings(new, after):
        yield f"attributes of the table at line {old.line} would change, or text in it that stands in no cell"
    for row, then in zip(old.rows, new.rows, strict=True):
        if len(row.cells) != len(then.cells):
            yield f"the row at line {row.line} would have {len(then.cells)} cells instead of {len(row.cells)}"
            continue
        for cell, now in zip(row.cells, then.cells, strict=True):
            if _shape(cell, before) != _shape(now, after):
                yield f"the attributes of the cell at line {cell.line} would change"
            if not changed.touch(cell.content) and cell.content.of(before) != now.content.of(after):
                yield f"the cell at line {cell.line} would change, though no edit names it"


def _surroundings(table: Table, text: str) -> list[str]:
    """What stands round the rows: attributes of the table and its rows, and the text in no cell."""
    spans = [table.attributes, *(row.attributes for row in table.rows), *table.stray]
    return [span.of(text) for span in spans if span]


def _outside(text: str) -> tuple[list[str], int]:
    found = scan(text)
    return [span.of(text) for span in found.loose], len(found.cut)


def breaks(before: str, after: str, changed: Sequence[Span]) -> Iterator[str]:
    """What `after` breaks of `before`; `changed` are the spans of `before` that the edits replaced, all else is meant to stay."""
    old, new = tables(before), tables(after)
    if len(old) != len(new):
        yield f"the page would have {len(new)} tables instead of {len(old)}"
        return
    edits = Changed(changed)
    for table, then in zip(old, new, strict=True):
        yield from _table_breaks(table, then, before, after, edits)
    if _outside(before) != _outside(after):
        yield "lines of tables would stand in no table"
    for kind, name in _NAMES.items():
        for first, second in zip_longest(_marks_of(before, kind), _marks_of(after, kind)):
            if first != second:
                yield f"{name} would change: {first or second}"
                break
    if _HEADING.findall(before) != _HEADING.findall(after):
        yield "the headings would change"
    yield from lists_break(before, after, edits)
    yield from marks_break(before, after, edits)
