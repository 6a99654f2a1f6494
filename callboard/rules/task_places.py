"""Where the rows of a page have their task links, and the same place in a row without one. No rule of its own."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto

from callboard.model import Schedule, Session, TaskRef
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.forms import task_style
from callboard.wikitext.masking import marks_within
from callboard.wikitext.tables import Row, tables
from callboard.wikitext.tasks import external_end

_BREAK_BEFORE = re.compile(r"<br[^<>\n]{0,10}>[ \t]*$", re.IGNORECASE)
_IN_EXTERNAL_LINK = re.compile(r"\[(?:https?:)?//[^\s\[\]]+[ \t][^\[\]\n]*$")
_CLOSING = re.compile(r"(?:'{2,5}|\]\]|</(?:b|i|strong|em|big|small|translate)>)+", re.IGNORECASE)


class Place(Enum):
    """Where in its row a task link stands."""

    BRACKETS = auto()  # Title ({{phab|T1}})
    LINE = auto()  # Title<br>{{tracked|T1}}
    COLUMN = auto()  # in a cell of its own, next to that of the title


@dataclass(frozen=True, slots=True)
class _Where:
    place: Place
    lead: str = ""  # the break before it
    column: int = 0


class TaskPlaces:
    """The habit of one page."""

    def __init__(self, page: Schedule) -> None:
        self._page = page
        self._rows = {row.span.start: row for table in tables(page.text) for row in table.rows}
        habits = Counter(
            where
            for session in page.sessions
            if (where := self._where(session, session.tasks[0] if session.tasks else None))
        )
        self._habit = habits.most_common(1)[0][0] if habits else _Where(Place.BRACKETS)

    def _row(self, session: Session) -> Row | None:
        """The table row that the session fills; None in a grid, where a session is one cell."""
        row = self._rows.get(session.span.start)
        return row if row and row.span == session.span and len(row.cells) > 1 else None

    def _where(self, session: Session, ref: TaskRef | None) -> _Where | None:
        text = self._page.text
        if ref is None or task_style(ref.span.of(text)) is None:
            return None
        title = self._title(session)
        if (row := self._row(session)) and title:
            column = next((n for n, cell in enumerate(row.cells) if ref.span in cell.content), None)
            if column is not None and title not in row.cells[column].content:
                return _Where(Place.COLUMN, column=column)
        if text[ref.span.start - 1 : ref.span.start] == "(" and text[ref.span.end : ref.span.end + 1] == ")":
            return _Where(Place.BRACKETS)
        if found := _BREAK_BEFORE.search(text, max(0, ref.span.start - 20), ref.span.start):
            return _Where(Place.LINE, lead=found[0])
        return None

    def _title(self, session: Session) -> Span | None:
        """The title in the source, if it stands there in one piece, once, and with nothing of a link around it."""
        text, span = self._page.text, session.span
        at = text.find(session.title, span.start, span.end) if session.title else -1
        if at < 0 or text.find(session.title, at + 1, span.end) >= 0:
            return None
        return Span(at, at + len(session.title))

    def insertion(self, session: Session, link: str) -> TextEdit | None:
        """The link in the column of tasks, or where the page has its task links, or after the title; None if no place is sure."""
        if session.task_cell:
            return self._in_cell(session.task_cell, link)
        title = self._title(session)
        if title is None:
            return None
        row = self._row(session)
        if self._habit.place is Place.COLUMN and row and self._habit.column < len(row.cells):
            return self._in_cell(row.cells[self._habit.column].content, link)
        at = self._behind(title, session.span)
        if self._habit.place is Place.LINE:
            return TextEdit(at, at, f"{self._habit.lead}{link}")
        return TextEdit(at, at, f" ({link})")

    def _behind(self, title: Span, within: Span) -> int:
        """The first offset behind the title and the markup that closes with it: quotes, a link, a template."""
        text, at = self._page.text, title.end
        for mark in marks_within(text, within):
            if mark.span.start <= title.start and title.end <= mark.span.end:
                at = max(at, mark.span.end)
        line = text.rfind("\n", within.start, title.start) + 1
        if _IN_EXTERNAL_LINK.search(text, max(line, within.start), title.start):
            at = max(at, external_end(text, title.end, within.end))
        closing = _CLOSING.match(text, at, within.end)
        return closing.end() if closing else at

    def _in_cell(self, cell: Span, link: str) -> TextEdit:
        source = cell.of(self._page.text)
        if source.strip():
            at = cell.start + len(source.rstrip())
            return TextEdit(at, at, f", {link}")
        inline = self._page.text[cell.end : cell.end + 2] in {"||", "!!"}
        return TextEdit(cell.start, cell.end, f" {link}{' ' if inline else ''}")
