r"""Tables as MediaWiki shows them: rows and cells with their places in the source, in wikitext, in HTML, or in both mixed.

`table_lines` follows `Parser::handleTables` of MediaWiki 1.43 over a view without comments, nowiki and templates, and
`table_builder` makes of the tags that result what an HTML parser makes of them. So rows before the first `|-`, `:{|`,
`{{{!}}` … `{{!}}`, `<!-- c -->| a`, nested and unclosed tables, `<td>` without end, CRLF and cells with an unclosed `'''` or
`<small>` come out as on the rendered page. Like there, a row is one that has cells.
"""

import re
from functools import lru_cache

from callboard.wikitext.edits import Span
from callboard.wikitext.links import template_at
from callboard.wikitext.masking import Kind, Mark, marks
from callboard.wikitext.table_lines import Lines
from callboard.wikitext.table_parts import Cell, Row, Scan, Table
from callboard.wikitext.views import view

__all__ = ["Cell", "Row", "Scan", "Table", "scan", "tables"]

_AROUND = frozenset({Kind.TEMPLATE, Kind.COMMENT, Kind.OPAQUE})
_OPENINGS = re.compile(r"\{(?:\|(?!\})|\{\{!\}\}|\{\(!\}\})")
_DEEPEST = 40  # templates within templates whose tables are looked for; MediaWiki itself gives up at 100


def _may_begin(text: str, at: int) -> bool:
    """Whether a line, or the argument of a template, begins right before the offset, but for blanks and colons."""
    while at > 0 and text[at - 1] in " \t:":
        at -= 1
    return at == 0 or text[at - 1] in "\n=|"


def _in_templates(text: str) -> tuple[list[Span], list[Span]]:
    """The innermost templates round a `{{{!}}` or `{{(!}}`, and the outermost ones round a raw `{|`."""
    built: dict[Span, None] = {}
    cut: dict[Span, None] = {}
    around: list[Mark] = []
    found, number = marks(text), 0
    for opening in _OPENINGS.finditer(text):
        at, raw = opening.start(), opening[0] == "{|"
        if raw and not _may_begin(text, at):
            continue
        while number < len(found) and found[number].span.start < at:
            mark = found[number]
            number += 1
            while around and around[-1].span.end <= mark.span.start:
                around.pop()
            if mark.kind in _AROUND:
                around.append(mark)
        while around and around[-1].span.end <= at:
            around.pop()
        if (
            around
            and all(mark.kind is Kind.TEMPLATE for mark in around[:_DEEPEST])
            and len(around) <= _DEEPEST
        ):
            if raw:
                cut.setdefault(around[0].span)
            else:
                built.setdefault(around[-1].span)
    return list(built), list(cut)


@lru_cache(maxsize=4)
def scan(text: str) -> Scan:
    """The tables of the text in order of their start, and what only looks like tables."""
    lines = Lines(text, view(text))
    found = list(lines.read())
    if "{|" not in text and "{{!}}" not in text and "{{(!}}" not in text:
        return Scan(_sorted(found), tuple(lines.loose))
    built, cut = _in_templates(text)
    for span in built:
        for _, value in template_at(text, span).arguments:
            found += Lines(text, view(text, value)).read()
    return Scan(_sorted(found), tuple(lines.loose), tuple(cut))


def _sorted(found: list[Table]) -> tuple[Table, ...]:
    return tuple(sorted(found, key=lambda table: (table.span.start, -table.span.end)))


def tables(text: str) -> tuple[Table, ...]:
    """Every table of the text in order of its start, also those in template arguments written with `{{!}}`."""
    return scan(text).tables
