"""Writing a session anew into a free slot, as the page's neighbours are written; and the same as text for a person to paste."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from callboard.config import Event
from callboard.model import FreeSlot, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import lead_at, place_of, put_in, where
from callboard.placing.change import Draft
from callboard.placing.rows import RowCells, Rows, is_open
from callboard.placing.style import Style, for_arguments, in_one_line, learn
from callboard.placing.wanted import Wanted
from callboard.wikitext.edits import Span

_CALLED = {"title": "session", "owner": "speaker", "kind": "type"}


def slot_cells(page: Schedule, slot: FreeSlot, event: Event) -> RowCells:
    """The cells or arguments of a slot by what they hold: that of its title alone in a grid or a list."""
    here = place_of(page.text, slot.span)
    row = Rows(page, event).around(here) if here and slot.layout in {"", "rows"} else RowCells()
    if row.title == slot.span:
        return row
    return RowCells(slot.span, slot.owner_cell, slot.task_cell, slot.facilitator_cell)


def texts_for(page: Schedule, slot: FreeSlot, wanted: Wanted, event: Event) -> dict[str, str]:
    """The session's wikitext for each of the slot's cells, by RowCells' names."""
    row = slot_cells(page, slot, event)
    return wanted.cells(_style(learn(page, event, slot.table), page, slot, row), row)


def _style(style: Style, page: Schedule, slot: FreeSlot, row: RowCells) -> Style:
    if row.facilitator:
        style = replace(style, facilitation="")
    if slot.layout == "templates":
        return for_arguments(style, page, slot)
    return in_one_line(style) if slot.layout == "bullets" else style


def fill(draft: Draft, slot: FreeSlot, texts: Mapping[str, str]) -> None:
    """Adds the edits that put the texts into the slot's cells; raises NotPlaced if one of these says something already."""
    page = draft.page
    row, before = slot_cells(page, slot, draft.event), before_text(page, slot)
    for name, text in texts.items():
        cell: Span = getattr(row, name)
        if cell != slot.span:
            if not is_open(page.text, cell):
                if name == "kind":
                    continue
                raise NotPlaced(says_already(page, cell))
            draft.touch(cell)
        draft.edits.append(put_in(page.text, cell, text, before))


def before_text(page: Schedule, slot: FreeSlot) -> str:
    """What stands before the text of the slot's cells: a blank, or nothing."""
    if slot.layout == "templates":
        return " " if slot.span.of(page.text) else ""
    return lead_at(page.text, slot.span)


def says_already(page: Schedule, cell: Span) -> str:
    """Why a row that is only half free is left to people."""
    at = where(page, cell.start)
    return f"{at}: the row of the slot says {cell.of(page.text).strip()!r} already; look at it by hand"


@contextmanager
def by_hand(*told: str) -> Iterator[None]:
    """A refusal inside gets what a person may do instead, by `to_put` and `to_take`."""
    try:
        yield
    except NotPlaced as refusal:
        said = str(refusal)
        raise NotPlaced("\n".join([said, *(one for one in told if one not in said)])) from None


def to_put(page: Schedule, at: int, texts: Mapping[str, str]) -> str:
    """The wikitext to paste, and where: `By hand, put this at [[Event/Schedule]] line 12:`."""
    single = len(texts) == 1
    lines = [
        f"  {text}" if single else f"  {_CALLED.get(name, name)}: {text}" for name, text in texts.items()
    ]
    return "\n".join([f"By hand, put this at {where(page, at)}:", *lines])


def to_take(page: Schedule, session: Session, words: str) -> str:
    """The wikitext to take out, where it stands, and what to write instead."""
    title = session.title_cell or session.span
    spans = filter(None, dict.fromkeys((title, session.owner_cell, session.task_cell)))
    instead = f" and write {words} instead" if words else ""
    at = where(page, title.start)
    return "\n".join(
        [
            f"By hand, take this out at {at}{instead}:",
            *(f"  {span.of(page.text).strip()}" for span in spans),
        ]
    )
