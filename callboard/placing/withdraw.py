"""Taking a session out of its slot, which is free again afterwards."""

import re
from contextlib import suppress

from callboard.config import Event
from callboard.model import FreeSlot, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.carry import source_cells
from callboard.placing.cells import lead_at, put_in, where
from callboard.placing.change import Change, Draft, told_room
from callboard.placing.fill import by_hand, to_take
from callboard.placing.give_back import cells_for_rows, freed_rows, long_cell
from callboard.placing.target import told
from callboard.read.columns import Rooms
from callboard.read.list_drafts import stripped
from callboard.wikitext.edits import Span, TextEdit, apply_edits
from callboard.wikitext.structure import Protected


def withdraw(page: Schedule, session: Session, event: Event) -> Change:
    """The page with the session's place free again; the text that leaves it is in the change.

    A long cell becomes a free cell for each of its rows where the table's other free cells are like that, else one long one.
    """
    words, draft = free_words(session, event), Draft(page, event)
    with by_hand(to_take(page, session, words)):
        lost = "\n".join(take_away(draft, session, words))
        after = draft.result(freed=lambda _: freed_by(session, words), lost=lost)
    if words and (here := long_cell(page, session)):
        with suppress(NotPlaced):  # else it is one long free cell
            draft.edits += cells_for_rows(page.text, here, words)
            rows = here.placed.height
            after = draft.result(freed=lambda new: freed_rows(page, new, session, rows), lost=lost)
    did = f"withdrew {called(session)} from {slot_of(session, event)}"
    return Change(page, after, did, notes_on(session), withdrawn=lost, task=task_of(session))


def called(session: Session) -> str:
    """The session's task, or its title in quotes."""
    return task_of(session) or f"“{told_room(session.title)}”"


def task_of(session: Session) -> str:
    """The session's first task; empty if it has none."""
    return session.tasks[0].task if session.tasks else ""


def slot_of(session: Session, event: Event) -> str:
    """When and where a session is, in words."""
    if session.start is None:
        return "a row without a time"
    return told(event, session.start, session.end, told_room(session.room))


def notes_on(session: Session) -> tuple[str, ...]:
    """Who must be told that it goes or moves."""
    names = ", ".join(person.name for person in session.facilitators)
    return (f"{names} signed up to facilitate it: tell them",) if names else ()


def free_words(session: Session, event: Event) -> str:
    """What the place says afterwards: the event's words for a free slot in an open room, nothing in a closed one."""
    rooms = Rooms(event)
    is_closed = any(rooms.knows(room) and not rooms.is_open(room) for room in session.rooms)
    return "" if is_closed else " ".join(filter(None, (event.wording.free_slot, event.wording.claim)))


def freed_by(session: Session, words: str) -> list[FreeSlot]:
    """The slots that are read where the session stood."""
    if session.start is None or not words:
        return []
    rooms = session.rooms or (None,)
    return [FreeSlot(session.start, session.end, room, session.line, session.span) for room in rooms]


def take_away(draft: Draft, session: Session, words: str) -> list[str]:
    """Adds the edits that empty the session's cells; their texts as they stood."""
    page, text = draft.page, draft.page.text
    cells = source_cells(page, session, draft.event)
    draft.gone.append(session)
    texts = []
    for name, cell in cells.filled(text):
        if name != "title" and "<!--" in cell.of(text):
            continue
        old = stripped(text, cell)
        if _is_to_translate(text, old):
            at = where(page, old.start)
            raise NotPlaced(f"{at}: the session stands in a part to translate; do it by hand")
        draft.touch(cell)
        draft.edits.append(put_in(text, cell, words if name == "title" else "", lead_at(text, cell)))
        texts.append(old.of(text))
    if session.layout == "templates":
        span = session.span
        inside = (edit for edit in draft.edits if Span(edit.start, edit.end) in span)
        emptied = [TextEdit(edit.start - span.start, edit.end - span.start, "") for edit in inside]
        if _letters(session.title) in _letters(apply_edits(span.of(text), emptied)):
            at = where(page, span.start)
            raise NotPlaced(f"{at}: the template names the session in another parameter too; do it by hand")
    return texts


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", "", title.casefold())


def _is_to_translate(text: str, span: Span) -> bool:
    source = span.of(text)
    if re.search(r"<!--T:|</?(?:translate|tvar)\b", source, re.IGNORECASE):
        return True
    own = re.search(r"<!--|<(?:nowiki|pre|ref)\b", source, re.IGNORECASE)
    return not own and Protected(text).holds(span)
