"""Taking a session out of its slot, and carrying it to another one; its text travels byte for byte."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from callboard.config import Event
from callboard.model import FreeSlot, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import core, is_inline, lead, place_of, put_in, where
from callboard.placing.change import Change, Draft, told_room
from callboard.placing.rows import RowCells, cells_of, is_open, rows_by_span
from callboard.placing.slot_text import SlotAsked
from callboard.placing.target import Bare, choose, near, reaching, told
from callboard.read.columns import Rooms
from callboard.read.matching import same_title
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.structure import Protected

_ROW = ("owner", "task", "facilitator", "kind", "links")  # what travels with a title from row to row


def named(schedules: Iterable[Schedule], *, task: str = "", title: str = "") -> tuple[Schedule, Session]:
    """The one session with that task, or of that title; raises NotPlaced with all of them, or none."""
    every = [(page, session) for page in schedules for session in page.sessions]
    if task:
        found = [one for one in every if any(ref.task == task for ref in one[1].tasks)]
    else:
        found = [one for one in every if same_title(one[1].title) == same_title(title)]
        found = found or [
            one for one in every if same_title(title) and same_title(title) in same_title(one[1].title)
        ]
    called = task or f"“{title}”"
    if not found:
        raise NotPlaced(f"no session {called} stands in the schedule")
    if len(found) > 1:
        listed = "\n".join(
            f"  {_told(session)}: {where(page.text, page.page, session.span.start)}"
            for page, session in found
        )
        raise NotPlaced(
            f"several sessions are {called}; name one by its task, or correct the page:\n{listed}"
        )
    return found[0]


def _told(session: Session) -> str:
    tasks = f" ({', '.join(ref.task for ref in session.tasks)})" if session.tasks else ""
    slot = told(session.start, session.end, told_room(session.room)) if session.start else "no time"
    return f"“{session.title}”{tasks}, {slot}"


def withdraw(page: Schedule, session: Session, event: Event) -> Change:
    """The page with the session's place free again; the text that leaves it is in the change."""
    draft = Draft(page, event)
    words = _free_words(session, event)
    parts = _taken_away(draft, session, words)
    after = draft.result(freed=_freed(session, words), lost="\n".join(parts))
    what = session.tasks[0].task if session.tasks else f"“{told_room(session.title)}”"
    did = f"withdrew {what} from {_slot(session)}"
    return Change(
        page.page, page, after, did, _notes(session), withdrawn="\n".join(parts), task=_task(session)
    )


def move(
    schedules: Sequence[Schedule], page: Schedule, session: Session, asked: SlotAsked, event: Event
) -> Change:
    """The page with the session in another free slot; raises NotPlaced with the reason and the way out."""
    found = choose(schedules, asked, session)
    if isinstance(found, Bare):
        raise NotPlaced(f"the schedule has no slot {asked.text!r}\n{near(schedules, asked)}")
    to, slot = found
    if to.page != page.page:
        raise NotPlaced(
            f"[[{to.page}]] is another page than [[{page.page}]]: withdraw the session there and place it here"
        )
    length = session.length
    target = reaching(page, slot, int(length / timedelta(minutes=1)) if length else None)
    draft = Draft(page, event)
    draft.lengthen(target)
    words = _free_words(session, event)
    cells = _source(page, session, event)
    draft.edits += _carried(draft, cells, slot)
    _taken_away(draft, session, words)
    moved = replace(session, start=target.start, end=target.end, rooms=(target.room,) if target.room else ())
    after = draft.result(lambda _: [moved], freed=_freed(session, words))
    what = session.tasks[0].task if session.tasks else f"“{told_room(session.title)}”"
    did = f"moved {what} from {_slot(session)} to {told(target.start, target.end, told_room(target.room))}"
    doubts = (target.doubt,) if target.doubt else ()
    return Change(
        page.page,
        page,
        after,
        did,
        _notes(session),
        doubts,
        task=_task(session),
        starts=target.start,
        ends=target.end,
        room=target.room,
    )


def _task(session: Session) -> str:
    return session.tasks[0].task if session.tasks else ""


def _slot(session: Session) -> str:
    return (
        told(session.start, session.end, told_room(session.room)) if session.start else "a row without a time"
    )


def _notes(session: Session) -> tuple[str, ...]:
    names = ", ".join(person.name for person in session.facilitators)
    return (f"{names} signed up to facilitate it: tell them",) if names else ()


def _free_words(session: Session, event: Event) -> str:
    """What the place says afterwards: the event's words for a free slot in an open room, nothing in a closed one."""
    rooms = Rooms(event)
    is_closed = any(rooms.knows(room) and not rooms.is_open(room) for room in session.rooms)
    return "" if is_closed else " ".join(filter(None, (event.wording.free_slot, event.wording.claim)))


def _freed(session: Session, words: str) -> list[FreeSlot]:
    """The slots that are read where the session stood."""
    if session.start is None or not words:
        return []
    rooms = session.rooms or (None,)
    return [FreeSlot(session.start, session.end, room, session.line, session.span) for room in rooms]


def _source(page: Schedule, session: Session, event: Event) -> RowCells:
    """The cells that hold the session: that of its title alone in a grid, those of its row in a table of rows."""
    if row := rows_by_span(page).get(session.span):
        cells = cells_of(page, event, row)
        if cells.title:
            return cells
    if place_of(page.text, session.span):
        return RowCells(title=session.span)
    if session.title_cell:
        signed_up = session.facilitation.value if session.facilitators and session.facilitation else None
        mark = signed_up if signed_up and signed_up not in session.title_cell else None
        return RowCells(session.title_cell, session.owner_cell, session.task_cell, mark)
    at = where(page.text, page.page, session.span.start)
    raise NotPlaced(f"{at}: the session stands in a form that cannot be taken apart safely; do it by hand")


def _taken_away(draft: Draft, session: Session, words: str) -> list[str]:
    """Adds the edits that empty the session's cells; their texts as they stood."""
    page = draft.page
    cells = _source(page, session, draft.event)
    draft.gone.append(session)
    texts = []
    for name in ("title", *_ROW):
        cell: Span | None = getattr(cells, name)
        if cell is None or (name != "title" and (is_open(page.text, cell) or "<!--" in cell.of(page.text))):
            continue
        old = core(page.text, cell)
        if _is_to_translate(page.text, old):
            at = where(page.text, page.page, old.start)
            raise NotPlaced(f"{at}: the session stands in a part to translate; do it by hand")
        place = place_of(page.text, cell)
        draft.touch(cell)
        before = lead(page.text, place.table if place else None)
        draft.edits.append(put_in(page.text, cell, words if name == "title" else "", before))
        texts.append(old.of(page.text))
    if session.layout == "templates" and _letters(session.title) in _letters(
        _rest(page.text, session, draft.edits)
    ):
        at = where(page.text, page.page, session.span.start)
        raise NotPlaced(f"{at}: the template names the session in another parameter too; do it by hand")
    return texts


def _rest(text: str, session: Session, edits: Iterable[TextEdit]) -> str:
    """What stands in the session's template besides what the edits replace."""
    inside = sorted(edit for edit in edits if Span(edit.start, edit.end) in session.span)
    ends = [session.span.start, *(edit.end for edit in inside)]
    starts = [*(edit.start for edit in inside), session.span.end]
    return " ".join(text[start:end] for start, end in zip(ends, starts, strict=True))


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", "", title.casefold())


def _is_to_translate(text: str, span: Span) -> bool:
    source = span.of(text)
    if re.search(r"<!--T:|</?(?:translate|tvar)\b", source, re.IGNORECASE):
        return True
    own = re.search(r"<!--|<(?:nowiki|pre|ref)\b", source, re.IGNORECASE)
    return not own and Protected(text).holds(span)


def _carried(draft: Draft, cells: RowCells, slot: FreeSlot) -> list[TextEdit]:
    """The edits that put the session's text into the target's cells."""
    page = draft.page
    here = place_of(page.text, slot.span)
    target = cells_of(page, draft.event, here) if here else RowCells()
    if target.title != slot.span:
        target = RowCells(title=slot.span, owner=slot.owner_cell, task=slot.task_cell)
    edits = []
    for name in ("title", *_ROW):
        source: Span | None = getattr(cells, name)
        cell: Span | None = getattr(target, name)
        if (source is None) != (cell is None):
            at = where(page.text, page.page, slot.span.start)
            raise NotPlaced(f"{at}: the slot stands in another kind of table than the session; do it by hand")
        if source is None or cell is None or (name != "title" and is_open(page.text, source)):
            continue
        text = core(page.text, source).of(page.text)
        if name != "title" and text == core(page.text, cell).of(page.text):
            continue
        if name != "title" and not is_open(page.text, cell):
            at = where(page.text, page.page, cell.start)
            raise NotPlaced(
                f"{at}: the row of the slot says {cell.of(page.text).strip()!r} already; look at it by hand"
            )
        if "\n" in text and is_inline(page.text, cell):
            at = where(page.text, page.page, cell.start)
            raise NotPlaced(
                f"{at}: the session has several lines, and another cell follows on the line of the slot; do it by hand"
            )
        draft.touch(cell)
        edits.append(put_in(page.text, cell, text, lead(page.text, here.table if here else None)))
    return edits
