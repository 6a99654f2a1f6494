"""The proof that a change of a page did what it was meant to and nothing else: every other session, slot, cell, comment as before."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from callboard.model import FreeSlot, Problem, Schedule, Session
from callboard.wikitext.grid import Grid, expand
from callboard.wikitext.headings import headings
from callboard.wikitext.masking import Kind, marks
from callboard.wikitext.tables import Cell, Table, tables

_KEPT = (Kind.COMMENT, Kind.OPAQUE, Kind.REMOVED)
_BROKEN = frozenset({"grid-broken", "table-unclosed"})
Rectangle = tuple[int, int, int, int]  # first row, first column, height, width


def session_facts(session: Session) -> tuple[object, ...]:
    """What a session says, without where on the page it stands."""
    return (
        session.title,
        session.start,
        session.end,
        session.rooms,
        tuple(person.name for person in session.owners),
        tuple(ref.task for ref in session.tasks),
        tuple(person.name for person in session.facilitators),
        session.marker,
    )


def slot_facts(slot: FreeSlot) -> tuple[object, ...]:
    """When and where a slot is."""
    return (slot.start, slot.end, slot.room)


def read_differently(
    before: Schedule,
    after: Schedule,
    *,
    gone: Iterable[Session],
    new: Iterable[Session],
    used: Iterable[FreeSlot],
    freed: Iterable[FreeSlot],
) -> Iterator[str]:
    """What is read off the page afterwards besides the sessions and slots that were meant to go and to come."""
    sessions = Counter(map(session_facts, before.sessions))
    sessions.subtract(map(session_facts, gone))
    sessions.update(map(session_facts, new))
    there = Counter(map(session_facts, after.sessions))
    for facts in (+sessions) - there:
        yield f"{_named(facts)} would no longer be read as it stands"
    for facts in there - (+sessions):
        yield f"{_named(facts)} would be read where there was none"
    slots = Counter(map(slot_facts, before.free_slots))
    slots.subtract(map(slot_facts, used))
    slots.update(map(slot_facts, freed))
    if +slots != Counter(map(slot_facts, after.free_slots)):
        yield "other free slots would be read than before"
    if _faults(after.problems) - _faults(before.problems):
        yield "the table's rows and columns would no longer add up"


def _named(facts: tuple[object, ...]) -> str:
    return f"“{str(facts[0])[:60]}” ({facts[1]})"


def _faults(problems: Iterable[Problem]) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.text) for problem in problems if problem.code in _BROKEN)


def text_breaks(before: str, after: str, lost: str = "") -> Iterator[str]:
    """Comments, nowiki, translation tags and headings that the change would add or lose, besides those in text that goes."""
    for kind in _KEPT:
        if _marks(before, kind) - _marks(lost, kind) != _marks(after, kind):
            yield f"a {kind.value} mark would be added or lost"
    if [at.span.of(before) for at in headings(before)] != [at.span.of(after) for at in headings(after)]:
        yield "the headings would change"


def _marks(text: str, kind: Kind) -> Counter[str]:
    return Counter(mark.span.of(text) for mark in marks(text) if mark.kind is kind)


def geometry_breaks(
    before: str,
    after: str,
    touched: Mapping[int, Iterable[Rectangle]],
    row_added: tuple[int, int] | None = None,
) -> Iterator[str]:
    """What differs in the tables outside the rectangles that the change is about, by number of the table.

    Every other cell keeps its place, its size, its attributes and its content byte for byte. `row_added` is a table's
    number and the row that is new in it.
    """
    for number, (old, new) in enumerate(zip_longest(tables(before), tables(after))):
        if old is None or new is None:
            yield "the page would have another number of tables"
            return
        mine = list(touched.get(number, ()))
        added = row_added[1] if row_added and row_added[0] == number else None
        if (old.closed, old.depth, old.indent) != (new.closed, new.depth, new.indent):
            yield f"the table at line {old.line} would begin or end elsewhere"
        elif len(new.rows) != len(old.rows) + (added is not None):
            yield f"the table at line {old.line} would have {len(new.rows)} rows"
        else:
            yield from _cells_break((old, before), (new, after), mine, added)


def _cells_break(
    one_table: tuple[Table, str], other: tuple[Table, str], touched: list[Rectangle], added: int | None
) -> Iterator[str]:
    (old, before), (new, after) = one_table, other
    first, second = expand(old), expand(new)
    if len(second.faults) > len(first.faults):
        yield f"the cells of the table at line {old.line} would no longer add up"
    one, two = _outside(first, before, touched, None, added), _outside(second, after, touched, added, None)
    if one.keys() != two.keys():
        lines = sorted({line for facts, line in one.items() if facts not in two}) or [old.line]
        yield f"other cells of the table would change (line {', '.join(map(str, lines))})"


def _outside(
    grid: Grid, text: str, touched: list[Rectangle], skipped: int | None, shifted: int | None
) -> dict[tuple[object, ...], int]:
    """What the cells say that may not change, each with its line."""
    found = {}
    for placed in grid.cells:
        row = placed.row + (shifted is not None and placed.row >= shifted)
        here = (row, placed.column, placed.height, placed.width)
        if placed.row != skipped and not any(_lies_in(here, one) for one in touched):
            found[(*here, *_facts(placed.cell, text))] = placed.cell.line
    return found


def _facts(cell: Cell, text: str) -> tuple[object, ...]:
    attributes = cell.attributes.of(text).strip() if cell.attributes else ""
    return cell.header, attributes, cell.content.of(text).strip()


def _lies_in(one: Rectangle, other: Rectangle) -> bool:
    return (
        other[0] <= one[0]
        and other[1] <= one[1]
        and one[0] + one[2] <= other[0] + other[2]
        and one[1] + one[3] <= other[1] + other[3]
    )
