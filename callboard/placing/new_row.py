"""A new row in a table with a row per session, in order of time and written like its neighbours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from callboard.config import Event
from callboard.model import Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import Place, is_inline, lead, where
from callboard.placing.row_time import minutes_shown, time_like
from callboard.placing.rows import Rows
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.grid import expand

_BY_HAND = "add the row by hand"
_Dated = tuple[Session, Place]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be put in: the edit, the table's number, and which row of it it will be."""

    edit: TextEdit
    table: int
    row: int


def new_row(
    page: Schedule, event: Event, when: tuple[datetime, datetime], room: str, content: Mapping[str, str]
) -> NewRow:
    """A row in time order, written like a neighbour; `content` has the text of title, owner, task by RowCells' names.

    Raises NotPlaced where the page's way of writing rows, or the place of the new one, is not certain.
    """
    start, _ = when
    rows = Rows(page, event)
    day = _DayRows(page, event, rows, start)
    model, place = _model(page, rows, day.rows, *when)
    cells = rows.around(place)
    time = cells.time.of(page.text).strip() if cells.time else ""
    texts = {
        cells.time: time_like(time, model, when),
        cells.room: _room(page, rows, room) if cells.room else "",
        cells.day: cells.day.of(page.text).strip() if cells.day else "",
        **{getattr(cells, name): text for name, text in content.items() if getattr(cells, name)},
    }
    source = _written(page.text, place, {span: text for span, text in texts.items() if span})
    shift = int((start - (model.start or start)).total_seconds() // 60)
    return day.put(start, (minutes_shown(time) or 0) + shift, source)


class _DayRows:
    """The rows of one day in the one table that has them."""

    def __init__(self, page: Schedule, event: Event, every: Rows, start: datetime) -> None:
        rows = [(one, every.by_span[one.span]) for one in page.sessions if one.span in every.by_span]
        today = start.astimezone(event.zone).date()
        self.page = page
        self.rows = [(s, p) for s, p in rows if s.start and s.start.astimezone(event.zone).date() == today]
        tables = {place.number for _, place in self.rows}
        if len(tables) != 1:
            has = "several tables for that day" if tables else "no table with a row per session on that day"
            raise NotPlaced(f"[[{page.page}]] has {has}: {_BY_HAND}")
        self.number, self.table = tables.pop(), self.rows[0][1].table
        self.sessions = {p.placed.row: session for session, p in rows if p.number == self.number}

    def put(self, start: datetime, shown: int, source: str) -> NewRow:
        """The row behind the last that begins no later, breaks and free rows included; else before the day's first one."""
        earlier = [
            place.placed.row for session, place in self.rows if session.start and session.start <= start
        ]
        at = max(earlier) + 1 if earlier else min(place.placed.row for _, place in self.rows)
        at = self._among_others(at, shown, step=1 if earlier else -1)
        self._check_order(at, start)
        if earlier:
            end = self.table.rows[at - 1].span.end
            return NewRow(TextEdit(end, end, f"\n{source}"), self.number, at)
        mark = self.table.rows[at].mark
        if mark is None:
            raise NotPlaced(f"{self._at(at)}: the session would be the table's first: {_BY_HAND}")
        return NewRow(TextEdit(mark.start, mark.start, f"{source}\n"), self.number, at)

    def _among_others(self, at: int, shown: int, step: int) -> int:
        """The place behind breaks and free rows that begin no later (step 1), or before those that begin later (-1)."""
        while True:
            row = min(at, at + step)  # the row that is passed next: below the place, or above it
            if not 0 <= row < len(self.table.rows) or row in self.sessions or self._is_head(row):
                return at
            shows = minutes_shown(self.table.rows[row].cells[0].content.of(self.page.text))
            if shows is None:
                raise NotPlaced(f"{self._at(row)}: this row says no time: {_BY_HAND}")
            if (shows > shown) == (step > 0):
                return at
            at += step

    def _is_head(self, row: int) -> bool:
        return all(cell.header for cell in self.table.rows[row].cells)

    def _at(self, row: int) -> str:
        row = min(row, len(self.table.rows) - 1)
        return where(self.page, self.table.rows[row].span.start)

    def _check_order(self, at: int, start: datetime) -> None:
        """Rows below must be later, and no cell may reach over the new row's place."""
        below = [session for row, session in self.sessions.items() if row >= at]
        if any(session.start and session.start < start for session in below):
            raise NotPlaced(f"{self._at(at - 1)}: the rows are in no order of time: {_BY_HAND}")
        for placed in expand(self.table).cells:
            if placed.row < at < placed.row + placed.height:
                raise NotPlaced(
                    f"line {placed.cell.line}: this cell reaches over the place of the new row: {_BY_HAND}"
                )


def _model(
    page: Schedule, rows: Rows, day: Iterable[_Dated], start: datetime, end: datetime
) -> tuple[Session, Place]:
    """A row to write like: plain, with a title, of the same time if there is one, else the nearest."""
    plain = [
        (abs((session.start or start) - start) + abs((session.end or end) - end), place.placed.row, session, place)
        for session, place in day
        if len(place.row.cells) == place.table.width and all(cell.rowspan == 1 == cell.colspan for cell in place.row.cells)
        and rows.around(place).title
    ]  # fmt: skip
    if not plain:
        raise NotPlaced(f"[[{page.page}]] has no plain row on that day to write a new one like: {_BY_HAND}")
    _, _, session, place = min(plain, key=lambda one: (one[0], one[1]))
    return session, place


def _room(page: Schedule, rows: Rows, room: str) -> str:
    """The room as another row of the page writes it, or by its name."""
    cells = (rows.of(session).room for session in page.sessions if session.rooms == (room,))
    said = (cell.of(page.text).strip() for cell in cells if cell)
    return next((words for words in said if not re.search(r"<!--|<translate", words)), room)


def _written(text: str, place: Place, contents: dict[Span, str]) -> str:
    """The model's row with these contents and blank cells for the rest, from its `|-` on."""
    row = place.row
    mark = row.mark.of(text) if row.mark else "|-"
    before = lead(text, place.table)
    out, at = [], row.span.start
    for cell in row.cells:
        new = contents.get(cell.content, "")
        inline = is_inline(text, cell.content)
        filled = f"{before}{new}{' ' if inline and before else ''}" if new else (before if inline else "")
        out += [text[at : cell.content.start], filled]
        at = cell.content.end
    return f"{mark}\n{''.join(out)}"
