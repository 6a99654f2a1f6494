"""What a session consists of where it stands, and its way into another slot: byte for byte, or part by part."""

import re
from collections.abc import Iterable

from callboard.config import Event
from callboard.model import FreeSlot, PersonForm, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import is_inline, place_of, put_in, where
from callboard.placing.change import Draft
from callboard.placing.fill import before_text, says_already, slot_cells
from callboard.placing.rows import RowCells, Rows, is_open
from callboard.placing.wanted import Wanted
from callboard.rules.title_places import title_of
from callboard.wikitext.edits import Span

_LAYOUT = re.compile(r"<br\s*/?>|</?(?:small|big|center)>|&nbsp;|'{2,3}", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:speakers?|presenters?|hosts?|owners?|by|who|with|and)\b", re.IGNORECASE)
_PAGE_LINK = re.compile(r"\[\[\s*/|\{\{\s*/")  # a link below the page that it stands on


def source_cells(page: Schedule, session: Session, event: Event) -> RowCells:
    """The cells that hold the session: that of its title alone in a grid, those of its row in a table of rows."""
    cells = Rows(page, event).of(session)
    if cells.title:
        return cells
    if place_of(page.text, session.span):
        return RowCells(title=session.span)
    if session.title_cell:
        signed_up = session.facilitation.value if session.facilitation else None
        mark = signed_up if signed_up and signed_up not in session.title_cell else None
        return RowCells(session.title_cell, session.owner_cell, session.task_cell, mark)
    at = where(page, session.span.start)
    raise NotPlaced(f"{at}: the session stands in a form that cannot be taken apart safely; do it by hand")


def is_like(page: Schedule, session: Session, slot: FreeSlot, source: RowCells, target: RowCells) -> bool:
    """Whether the slot has the same cells as the session's place, or those at least that the session needs."""
    if (session.layout or "grid") != (slot.layout or "grid"):
        return False
    needed = {"title", "owner", "task", *dict(source.filled(page.text))}
    both = ((getattr(source, name), getattr(target, name)) for name in needed)
    return all((here is None) == (there is None) for here, there in both)


def carry(draft: Draft, page: Schedule, cells: RowCells, slot: FreeSlot) -> None:
    """Adds the edits that put the session's text into the slot's cells as it stands; raises NotPlaced where it cannot."""
    to = draft.page
    target, before = slot_cells(to, slot, draft.event), before_text(to, slot)
    at = where(to, slot.span.start)
    for name, source in cells.filled(page.text):
        cell: Span | None = getattr(target, name)
        if cell is None:
            continue
        text = source.of(page.text).strip()
        if to.page != page.page and _PAGE_LINK.search(text):
            raise NotPlaced(f"{at}: the session links to a page below [[{page.page}]]; move it by hand")
        if name != "title" and text == cell.of(to.text).strip():
            continue
        if name != "title" and not is_open(to.text, cell):
            raise NotPlaced(says_already(to, cell))
        if "\n" in text and is_inline(to.text, cell):
            raise NotPlaced(
                f"{at}: the session has several lines, and another cell follows on the line of the slot; do it by hand"
            )
        draft.touch(cell)
        draft.edits.append(put_in(to.text, cell, text, before))


def taken_apart(page: Schedule, session: Session, cells: RowCells) -> Wanted:
    """The session's parts, to be written anew elsewhere; raises NotPlaced if it says more than these parts."""
    text = page.text
    title = title_of(page, session)
    parts = [
        *([title] if title else []),
        *(person.span for person in session.owners),
        *(ref.span for ref in session.tasks),
        *([session.facilitation.span, session.facilitation.value] if session.facilitation else []),
    ]
    left = " ".join(_left(text, span, parts) for name, span in cells.filled(text) if name != "kind")
    kind = cells.kind.of(text).strip() if cells.kind else ""
    if title is None or len(session.tasks) > 1 or kind or re.search(r"\w|<!--|\{\{|\[\[|<", left):
        at = where(page, session.span.start)
        raise NotPlaced(
            f"{at}: the slot stands in another kind of table or list than the session, and the session says more than title, "
            "people and one task; move it by hand"
        )
    people = (*session.owners, *session.facilitators)
    return Wanted(
        session.tasks[0].task if session.tasks else "",
        session.title,
        tuple(person.name for person in session.owners),
        tuple(person.name for person in session.facilitators),
        title.of(text),
        frozenset(person.name for person in people if person.form is PersonForm.BARE),
    )


def _left(text: str, span: Span, parts: Iterable[Span]) -> str:
    """What a cell says besides these parts, breaks, bold letters and words like "by"."""
    source = list(span.of(text))
    for part in parts:
        for at in range(max(part.start, span.start), min(part.end, span.end)):
            source[at - span.start] = " "
    return _LABEL.sub("", _LAYOUT.sub("", "".join(source)))
