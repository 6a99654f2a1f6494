"""Surgery on single cells: what stands in them, where their markup begins, putting in, lengthening, taking out."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from callboard.model import Schedule
from callboard.placing import NotPlaced
from callboard.read.list_drafts import stripped
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.grid import Placed, expand
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import Cell, Row, Table, tables

_ROWSPAN = re.compile(r"""(?<![\w-])(rowspan\s*=\s*["']?\s*)\+?\d+""", re.IGNORECASE)
_PAIRS = ("||", "!!")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a page in its table."""

    number: int  # of the table on the page
    table: Table
    placed: Placed

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        return self.placed.cell

    @property
    def row(self) -> Row:
        """The row in which it begins."""
        return self.table.rows[self.placed.row]


@lru_cache(maxsize=4)
def _places(text: str) -> dict[Span, Place]:
    return {
        placed.cell.content: Place(number, table, placed)
        for number, table in enumerate(tables(text))
        for placed in expand(table).cells
    }


def place_of(text: str, content: Span) -> Place | None:
    """The cell whose content fills this span; None outside tables, and for a cell without a place in its grid."""
    return _places(text).get(content)


def place_around(text: str, span: Span) -> Place | None:
    """The innermost cell in which a span lies, such as an argument of a template in a cell."""
    around = [(content, place) for content, place in _places(text).items() if span in content]
    return min(around, key=lambda one: one[0].end - one[0].start)[1] if around else None


def lead(text: str, table: Table | None) -> str:
    """What the table's cells have before their text: a blank, or nothing in `|14:00`."""
    if table is None:
        return " "
    sources = (cell.content.of(text) for row in table.rows for cell in row.cells)
    counted = Counter(source[0] == " " for source in sources if source.strip() and source[0] != "\n")
    return " " if counted[True] >= counted[False] else ""


def lead_at(text: str, content: Span) -> str:
    """The same for the table of a cell."""
    place = place_of(text, content)
    return lead(text, place.table if place else None)


def is_inline(text: str, content: Span) -> bool:
    """Whether another cell follows on the same line."""
    return text[content.end : content.end + 2] in _PAIRS


def put_in(text: str, content: Span, new: str, before: str = " ") -> TextEdit:
    """The new text instead of what the cell says; the blanks around it stay, a blank cell gets those of its neighbours."""
    old = stripped(text, content)
    if old.start < old.end:
        if not new:
            return TextEdit(content.start, content.end, before if is_inline(text, content) else "")
        return TextEdit(old.start, old.end, new)
    if "\n" in content.of(text):
        return TextEdit(content.start, content.start, f"{before}{new}")
    behind = " " if is_inline(text, content) and before else ""
    return TextEdit(content.start, content.end, f"{before}{new}{behind}")


def lengthened(text: str, place: Place, rows: int) -> TextEdit:
    """The cell's rowspan set to `rows`, written as the table writes its rowspans."""
    cell = place.cell
    if cell.attributes:
        source = cell.attributes.of(text)
        if found := _ROWSPAN.search(source):
            start = cell.attributes.start
            return TextEdit(start + found.end(1), start + found.end(), str(rows))
        at = cell.attributes.start + len(source) - len(source.lstrip())
        return TextEdit(at, at, f"{_rowspan(text, place.table, rows)} ")
    before = lead(text, place.table)
    return TextEdit(
        cell.content.start, cell.content.start, f"{before}{_rowspan(text, place.table, rows)}{before}|"
    )


def _rowspan(text: str, table: Table, rows: int) -> str:
    bare = Counter(
        '"' not in found[0]
        for row in table.rows
        for cell in row.cells
        if cell.attributes and (found := _ROWSPAN.search(cell.attributes.of(text)))
    )
    return f"rowspan={rows}" if bare[True] > bare[False] else f'rowspan="{rows}"'


def taken_out(text: str, cell: Cell) -> TextEdit:
    """The edit that removes a cell with its markup and leaves its neighbours as they are; raises NotPlaced if unsure."""
    start = (cell.attributes or cell.content).start
    if text[start - 2 : start] in _PAIRS and not _begins_line(text, start - 2):
        return TextEdit(start - 2, cell.content.end, "")
    if text[start - 1] not in "|!" or not _begins_line(text, start - 1):
        raise NotPlaced(
            f"line {cell.line}: the cell is written in a way that cannot be taken out; join the cells by hand"
        )
    if is_inline(text, cell.content):
        return TextEdit(start, cell.content.end + 2, "")
    first = text.rfind("\n", 0, start) + 1
    behind = text.find("\n", cell.content.end)
    behind = len(text) if behind < 0 else behind + 1
    if text[cell.content.end : behind].strip():
        raise NotPlaced(f"line {cell.line}: something stands behind the cell; join the cells by hand")
    return TextEdit(first, behind, "")


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def where(page: Schedule, at: int) -> str:
    """`[[Event/Schedule]] line 12`."""
    return f"[[{page.page}]] line {line_at(page.text, at)}"
