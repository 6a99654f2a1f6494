"""The columns of a sign-up table with a role or a person a row, by their heads and by what stands below them."""

from collections.abc import Sequence
from datetime import date

from callboard.model import Coming
from callboard.read.columns import Head
from callboard.read.room_heads import room_head
from callboard.read.signup_columns import Holds, holds, mark, state_of_head
from callboard.read.signup_in_table import HelperPage
from callboard.read.times import read_day
from callboard.values import value
from callboard.wikitext.grid import Placed

Rows = Sequence[dict[int, Placed]]
_LONGEST_MARK = 40  # characters of source: {{done|…}}, &#10004;, blanks round it
_LONGEST_WORD = 16  # of one without markup
_NAMES = frozenset({Holds.HELPERS, Holds.NAMES})
_MAY_HOLD_NAMES = frozenset({Holds.OTHER, Holds.ROOM, Holds.DAY})
_MAY_HOLD_MARKS = _MAY_HOLD_NAMES | {Holds.COMES, Holds.HOURS, Holds.ROLE, Holds.REMARKS, Holds.ABOUT}


@value()
class Column:
    """A column with its head, and what stands below it."""

    holds: Holds
    head: Head
    words: str
    day: date | None = None  # that the head names
    state: Coming | None = None  # that the head says of the names below it
    named: bool = False  # people stand below it
    marked: bool = False  # only marks stand below it


def find_columns(page: HelperPage, rows: Rows, top: int) -> dict[int, Column]:
    """The columns below a row of heads."""
    found: dict[int, Column] = {}
    for column, placed in rows[top].items():
        head = room_head(page, placed.cell.content)
        words = page.words(placed.cell.content)
        kind = holds(head)
        day = read_day(placed.cell.content.of(page.text), page.event.dates).day if words else None
        state = state_of_head(words)
        below = [
            row[column]
            for number, row in enumerate(rows)
            if number > top and column in row and row[column].row == number
        ]
        filled = [one for one in below if one.cell.content.of(page.text).strip()]
        nameless = [one for one in filled if not page.named(one.cell.content)]
        marks = [said for one in nameless if (said := mark_in(page, one)) is not None]
        named, marked = len(filled) - len(nameless), len(marks)
        if day is not None or (state is not None and kind in {Holds.REMARKS, Holds.ABOUT}):
            kind = Holds.DAY if day is not None else Holds.OTHER
        ticked = not {Coming.YES, Coming.MAYBE}.isdisjoint(marks) or (
            bool(filled) and kind in {Holds.DAY, Holds.COMES}
        )
        is_marked = ticked and marked == len(filled) and kind in _MAY_HOLD_MARKS
        is_named = kind in _NAMES or (
            kind in _MAY_HOLD_NAMES | {Holds.COMES} and named > 0 and named * 2 >= len(filled) - marked
        )
        found[column] = Column(kind, head, words, day, state, is_named and not is_marked, is_marked)
    return found


def mark_in(page: HelperPage, placed: Placed) -> Coming | None:
    """What a cell says that holds only a mark: `✔`, `?`, `–`."""
    content = placed.cell.content
    source = content.of(page.text).strip()
    if len(source) > (_LONGEST_MARK if source[:1] in "{&<'" else _LONGEST_WORD):
        return None
    return mark(source, page.words(content))


def cell_of(
    page: HelperPage, row: dict[int, Placed], columns: dict[int, Column], kind: Holds
) -> Placed | None:
    """The row's filled cell in the first column of a kind that holds neither names nor marks."""
    for at, column in columns.items():
        if column.holds is kind and not column.named and not column.marked and at in row:
            return row[at] if page.words(row[at].cell.content) else None
    return None
