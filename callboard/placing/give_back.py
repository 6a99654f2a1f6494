"""The rows of a long cell that is free again: a cell for each of them, where the table's other free cells are like that."""

import re
from collections.abc import Iterator

from callboard.model import FreeSlot, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import Place, is_inline, lead, place_of
from callboard.wikitext.edits import TextEdit
from callboard.wikitext.grid import expand

_ONLY_ROWSPAN = re.compile(r"""\s*rowspan\s*=\s*["']?\s*\d+\s*["']?\s*""", re.IGNORECASE)


def long_cell(page: Schedule, session: Session) -> Place | None:
    """The session's cell, if it is certain that each of its rows gets a free cell of its own; None if it is not.

    It has no colour or other attribute, and all of the table's free cells are one row high.
    """
    here = place_of(page.text, session.span)
    if here is None or session.layout != "grid" or here.placed.height < 2 or here.placed.width > 1:
        return None
    attributes = here.cell.attributes
    if attributes is None or not _ONLY_ROWSPAN.fullmatch(attributes.of(page.text)):
        return None
    free = [place_of(page.text, slot.span) for slot in page.free_slots if slot.table == session.table]
    single = all(place and place.placed.height == 1 for place in free)
    return here if free and single else None


def cells_for_rows(text: str, here: Place, words: str) -> Iterator[TextEdit]:
    """The edits that make the cell one row high and give the rows below a free cell; raises NotPlaced where unsure."""
    assert here.cell.attributes  # noqa: S101 -- a long cell has its rowspan there
    yield TextEdit(here.cell.attributes.start, here.cell.content.start, "")
    before = lead(text, here.table)
    rows = expand(here.table).rows
    for number in range(here.placed.row + 1, here.placed.row + here.placed.height):
        left = [placed for placed in rows[number] if placed.column < here.placed.column]
        if not left:
            raise NotPlaced(f"line {here.cell.line}: a row below has no cell left of it")
        cell = left[-1].cell
        end = cell.content.end
        if is_inline(text, cell.content):
            yield TextEdit(end, end, f"||{before}{words}{before}")
        elif not cell.header and _is_on_one_line(text, here):
            blank = "" if text[end - 1] == " " else before
            yield TextEdit(end, end, f"{blank}||{before}{words}")
        else:
            yield TextEdit(end, end, f"\n|{before}{words}")


def _is_on_one_line(text: str, here: Place) -> bool:
    start = (here.cell.attributes or here.cell.content).start
    return text[start - 2 : start] in {"||", "!!"}


def freed_rows(before: Schedule, after: Schedule, session: Session, rows: int) -> list[FreeSlot]:
    """The slots that came in the session's time and room; raises NotPlaced unless they follow each other and fill it."""
    known = {(slot.start, slot.room) for slot in before.free_slots}
    found = [
        slot
        for slot in after.free_slots
        if slot.room in session.rooms and slot.start and (slot.start, slot.room) not in known
    ]
    found.sort(key=lambda slot: str(slot.start))
    starts, ends = [slot.start for slot in found], [slot.end for slot in found]
    if len(found) != rows or starts != [session.start, *ends[:-1]] or ends[-1] != session.end:
        raise NotPlaced("the rows would not be free one after the other")
    return found
