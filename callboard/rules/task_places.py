"""Where the rows of a page have their task links, and the same place in a row without one. No rule of its own."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from callboard.model import Schedule, Session, TaskForm, TaskRef
from callboard.rules import Unsure, Wish
from callboard.rules.arguments import put_in_argument, template_around
from callboard.rules.rows import SessionRow, SessionRows, put_in
from callboard.rules.title_places import before, behind, title_of
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.forms import task_style

_BREAK_BEFORE = re.compile(r"<br[^<>\n]{0,10}>[ \t]*$", re.IGNORECASE)
_JOINT = re.compile(r" ?[–—·,:-] | | ?/ ")  # between a title and its task: "Maps – T1", "T1: Maps"
_TASK_HEAD = re.compile(r"(?:phab\w*\s+|related\s+)?(?:tasks?|phabricator|phab|tickets?)(?:\s+\(?\w+\)?)?")
_FAR = 20  # characters between a title and a task that belong together


class Place(Enum):
    """Where in its row a task link stands."""

    BEHIND = auto()  # Title ({{phab|T1}}), Title – T1
    BEFORE = auto()  # {{phab|T1}} Title
    LINE = auto()  # Title<br>{{tracked|T1}}
    COLUMN = auto()  # in a cell of its own, next to that of the title


@dataclass(frozen=True, slots=True)
class _Where:
    place: Place
    lead: str = ""  # what stands between, such as the break before it
    tail: str = ""
    column: int = 0
    table: int = -1  # of the column


_BRACKETS = _Where(Place.BEHIND, " (", ")")


class TaskPlaces:
    """The habit of one page; columns are learned for each table."""

    def __init__(self, page: Schedule) -> None:
        self._page = page

    @cached_property
    def _rows(self) -> SessionRows:
        return SessionRows(self._page)

    @cached_property
    def _habits(self) -> Counter[_Where]:
        return Counter(
            where
            for session in self._page.sessions
            if session.tasks and (where := self._where(session, session.tasks[0]))
        )

    def _habit(self, session: Session) -> _Where:
        """Where the rows of the same table have their tasks, or, without such a habit, those of the page."""
        near = Counter({where: n for where, n in self._habits.items() if where.table == session.table})
        far = Counter({where: n for where, n in self._habits.items() if where.place is not Place.COLUMN})
        columns = [where for where in near if where.place is Place.COLUMN]
        if columns and near.most_common(1)[0][0] in columns:
            return near.most_common(1)[0][0]
        return far.most_common(1)[0][0] if far else _BRACKETS

    def _where(self, session: Session, ref: TaskRef) -> _Where | None:
        text, title = self._page.text, title_of(self._page, session)
        if title is None or (task_style(ref.span.of(text)) is None and ref.form is not TaskForm.BARE):
            return None
        row = self._rows.of(session)
        column = row.column(ref.span) if row else None
        if row and column is not None and column != row.column(title):
            return _Where(Place.COLUMN, column=column, table=session.table)
        within = session.title_cell or session.span
        end, start = behind(self._page, title, within), before(self._page, title, within)
        if found := _BREAK_BEFORE.search(text, max(0, ref.span.start - _FAR), ref.span.start):
            return _Where(Place.LINE, lead=found[0])
        if text[ref.span.start - 1 : ref.span.start] == "(" and text[ref.span.end : ref.span.end + 1] == ")":
            return _BRACKETS
        if end <= ref.span.start <= end + _FAR and _JOINT.fullmatch(text[end : ref.span.start]):
            return _Where(Place.BEHIND, lead=text[end : ref.span.start])
        if ref.span.end <= start <= ref.span.end + _FAR and _JOINT.fullmatch(text[ref.span.end : start]):
            return _Where(Place.BEFORE, tail=text[ref.span.end : start])
        return None

    def insertion(self, session: Session, link: str) -> Wish | None:
        """The link in the column of tasks, or where the page has its task links, or after the title.

        None if no place is sure; asked where the row lacks the cell in which it should be, and in templates.
        """
        if session.task_cell and template_around(self._page.text, session, session.task_cell):
            return put_in_argument(self._page.text, session.task_cell, link)
        if session.task_cell:
            return put_in(self._page.text, session.task_cell, link)
        title, row, habit = title_of(self._page, session), self._rows.of(session), self._habit(session)
        if row and (column := self._column(row, habit)) is not None:
            return self._in_column(row, column, title, link)
        if title is None:
            return None
        within = session.title_cell or session.span
        if habit.place is Place.BEFORE:
            at = before(self._page, title, within)
            edit = TextEdit(at, at, f"{link}{habit.tail}")
        else:
            at = behind(self._page, title, within)
            edit = TextEdit(at, at, f"{habit.lead}{link}{habit.tail}")
        return Unsure(edit) if session.layout == "templates" else edit

    def _column(self, row: SessionRow, habit: _Where) -> int | None:
        """The column of the table in which tasks stand: where they stand, else the one that is headed so."""
        if habit.place is Place.COLUMN and row.whole.table.span.start == habit.table:
            return habit.column
        return row.whole.headed(_TASK_HEAD)

    def _in_column(self, row: SessionRow, column: int, title: Span | None, link: str) -> Wish | None:
        cell = row.cell(column)
        if cell is not None:
            return None if title and title in cell else put_in(self._page.text, cell, link)
        cells = row.whole.cells(row.number)
        if not cells or cells[-1].column + cells[-1].width != column:
            return None  # a cell that spans the column, or several that are missing: no place is sure
        end = cells[-1].cell.content.end
        inline = "\n" not in self._page.text[row.row.span.start : end].strip()
        return Unsure(TextEdit(end, end, f" || {link}" if inline else f"\n| {link}"))
