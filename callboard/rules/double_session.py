"""Sessions that stand twice in the schedule at the same time in the same room."""

from collections import Counter
from collections.abc import Iterator

from callboard.model import Level, Schedule, Session
from callboard.read.matching import same_title
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.rows import SessionRows
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit


@schedule_rule("double-session", Level.ASK)
def double_session(page: Schedule, _: Snapshot) -> Iterator[Wish]:
    """The second of two rows with the same task, or the same title and owner, at the same time and place; always asked.

    A row goes with its `|-`, a list item with its line, a grid's cell is emptied.
    """
    first: dict[tuple[object, ...], Session] = {}
    rows: SessionRows | None = None
    often = Counter((session.start, session.rooms) for session in page.sessions)
    for session in page.sessions:
        if session.start is None or session.layout == "templates" or often[session.start, session.rooms] == 1:
            continue
        keys = list(_keys(session))
        double = next((key for key in keys if key in first and first[key].span != session.span), None)
        if double is None:
            for key in keys:
                first.setdefault(key, session)
            continue
        rows = rows or SessionRows(page)
        if edit := _without(page.text, rows, session):
            yield Unsure(edit, whole_rows=True)


def _keys(session: Session) -> Iterator[tuple[object, ...]]:
    place = (session.start, session.rooms)
    for task in dict.fromkeys(ref.task for ref in session.tasks):
        yield ("task", task, *place)
    owners = tuple(sorted(person.name for person in session.owners))
    if title := same_title(session.title):
        yield ("title", title, owners, *place)


def _without(text: str, rows: SessionRows, session: Session) -> TextEdit | None:
    row = rows.of(session)
    if row:
        mark = row.row.mark
        if mark is None or any(cell.rowspan > 1 for cell in row.row.cells):
            return None
        return TextEdit(mark.start, _line_end(text, session.span.end), "")
    if session.layout == "bullets":
        start = text.rfind("\n", 0, session.span.start) + 1
        whole = Span(start, _line_end(text, session.span.end))
        if whole.of(text).lstrip("*#:; \t").strip() == session.span.of(text).lstrip("*#:; \t").strip():
            return TextEdit(whole.start, whole.end, "")
        return None  # one of several in its line
    return TextEdit(session.span.start, session.span.end, " ") if session.layout == "grid" else None


def _line_end(text: str, at: int) -> int:
    """Behind the line break that follows, if nothing else stands before it."""
    end = text.find("\n", at)
    return end + 1 if end >= 0 and not text[at:end].strip() else at
