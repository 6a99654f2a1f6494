"""Tables with a row per session: which cell of a row holds what, and a new row written like its neighbours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import Place, is_inline, lead, where
from callboard.read.columns import Role
from callboard.read.page_reader import PageReader
from callboard.read.row_columns import Columns, find_columns
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.grid import covering, expand
from callboard.wikitext.tables import Table, tables

_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})([:.])(\d{2})(?![\d:.])")
_MINUTES = re.compile(r"(?<!\d)\d{1,3}(?=\s*(?:min|minutes?|′)\b)")
_OPEN = re.compile(r"[\s?–—-]*|(?:tb[acd]|''tb[acd]'')\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row by what their columns hold; None where the row has no cell of its own there."""

    title: Span | None = None
    owner: Span | None = None
    task: Span | None = None
    facilitator: Span | None = None
    kind: Span | None = None
    links: Span | None = None
    time: Span | None = None
    room: Span | None = None
    day: Span | None = None


def columns_at(page: Schedule, event: Event, table: Table, row: int) -> Columns | None:
    """The columns by the last header row at or above a row."""
    reader = PageReader(page.text, event, page.page)
    columns: Columns | None = None
    for number, cells in enumerate(covering(expand(table))[: row + 1]):
        here = [placed for placed in dict.fromkeys(cells.values()) if placed.row == number]
        columns = find_columns(reader, cells, here, first=columns is None) or columns
    return columns


def cells_of(page: Schedule, event: Event, place: Place) -> RowCells:
    """The cells of the row in which a cell stands; those that reach in from other rows or over other columns are left out."""
    row = place.placed.row
    columns = columns_at(page, event, place.table, row)
    if columns is None:
        return RowCells()
    here = covering(expand(place.table))[row]

    def cell(column: int | None) -> Span | None:
        placed = here.get(column) if column is not None else None
        own = placed is not None and (placed.row, placed.height, placed.width) == (row, 1, 1)
        return placed.cell.content if placed and own else None

    time = columns.first(Role.TIME)
    links = [column for column in columns.roles.get(Role.LINKS, ()) if column != columns.task]
    return RowCells(
        title=cell(columns.first(Role.TITLE)),
        owner=cell(columns.first(Role.OWNER)),
        task=cell(columns.task),
        facilitator=cell(columns.first(Role.FACILITATOR)),
        kind=cell(columns.first(Role.TYPE)),
        links=cell(links[0]) if len(links) == 1 else None,
        time=cell(time if time is not None else columns.first(Role.START)),
        room=cell(columns.first(Role.PLACE)),
        day=cell(columns.first(Role.DAY)),
    )


def is_open(text: str, cell: Span) -> bool:
    """Whether nobody stands in a cell yet: blank, a dash, `?`, TBD."""
    return _OPEN.fullmatch(cell.of(text)) is not None


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be put in: the edit, the table's number, and which row of it it will be."""

    edit: TextEdit
    table: int
    row: int


def new_row(
    page: Schedule, event: Event, when: tuple[datetime, datetime], room: str, content: dict[str, str]
) -> NewRow:
    """A row in time order, written like a neighbour; `content` has the text of title, owner, task by RowCells' names.

    Raises NotPlaced where the page's way of writing rows is not certain.
    """
    start, end = when
    by_span = rows_by_span(page)
    rows = [(session, by_span[session.span]) for session in page.sessions if session.span in by_span]
    day = [
        (s, p)
        for s, p in rows
        if s.start and s.start.astimezone(event.zone).date() == start.astimezone(event.zone).date()
    ]
    earlier = [(s, p) for s, p in day if s.start and s.start <= start]
    if not day:
        raise NotPlaced(
            f"[[{page.page}]] has no table with a row per session on that day: add the row by hand"
        )
    numbers = {place.number for _, place in day}
    if len(numbers) > 1:
        raise NotPlaced(f"[[{page.page}]] has several tables for that day: add the row by hand")
    model, place = _model(page, event, day, start, end)
    last = max((p for _, p in earlier), key=lambda p: p.placed.row, default=None)
    if last is None:
        raise NotPlaced(
            f"{where(page.text, page.page, place.table.span.start)}: the session would be the day's first: add the row by hand"
        )
    _check_order(page, last, start, rows)
    cells = cells_of(page, event, place)
    texts = {
        cells.time: _time(page.text, cells.time, model, start, end),
        cells.room: _room(page, event, cells, room),
        cells.day: cells.day.of(page.text).strip() if cells.day else "",
        **{getattr(cells, name): text for name, text in content.items() if getattr(cells, name)},
    }
    source = _written(page.text, place, {span: text for span, text in texts.items() if span})
    row = last.row
    return NewRow(TextEdit(row.span.end, row.span.end, f"\n{source}"), last.number, last.placed.row + 1)


def rows_by_span(page: Schedule) -> dict[Span, Place]:
    """The rows of all tables, each by the span that a session in it has."""
    return {
        table.rows[cells[0].row].span: Place(number, table, cells[0])
        for number, table in enumerate(tables(page.text))
        for cells in expand(table).rows
        if cells
    }


def _model(
    page: Schedule, event: Event, day: Iterable[tuple[Session, Place]], start: datetime, end: datetime
) -> tuple[Session, Place]:
    """A row to write like: plain, with a title, of the same time if there is one, else the nearest."""
    plain = [
        (abs((session.start or start) - start) + abs((session.end or end) - end), place.placed.row, session, place)
        for session, place in day
        if len(place.row.cells) == place.table.width and all(cell.rowspan == 1 == cell.colspan for cell in place.row.cells)
        and cells_of(page, event, place).title
    ]  # fmt: skip
    if not plain:
        raise NotPlaced(
            f"[[{page.page}]] has no plain row on that day to write a new one like: add it by hand"
        )
    _, _, session, place = min(plain, key=lambda one: (one[0], one[1]))
    return session, place


def _check_order(page: Schedule, last: Place, start: datetime, rows: Iterable[tuple[Session, Place]]) -> None:
    """Rows below must be later, and no cell may reach over the new row's place."""
    below = [s for s, p in rows if p.number == last.number and p.placed.row > last.placed.row]
    if any(session.start and session.start < start for session in below):
        raise NotPlaced(
            f"{where(page.text, page.page, last.row.span.start)}: the rows are in no order of time: add the row by hand"
        )
    for placed in expand(last.table).cells:
        if placed.row <= last.placed.row < placed.row + placed.height - 1:
            raise NotPlaced(
                f"line {placed.cell.line}: this cell reaches over the place of the new row: add the row by hand"
            )


def _time(text: str, cell: Span | None, model: Session, start: datetime, end: datetime) -> str:
    """The time in the words of the model's cell: the clock shifted, the minutes replaced."""
    source = cell.of(text).strip() if cell else ""
    clocks = list(_CLOCK.finditer(source))
    rest = _MINUTES.sub("", _CLOCK.sub("", source))
    if (
        not cell
        or not model.start
        or not 0 < len(clocks) < 3
        or re.search(r"\d|[ap]\.?m\b|<!--|<translate|\{\{", rest, re.IGNORECASE)
    ):
        raise NotPlaced(
            f"the way in which the page writes times is not certain ({source or 'no cell'!r}): add the row by hand"
        )
    wall = int(clocks[0][1]) * 60 + int(clocks[0][3])
    out, at = [], 0
    for found, moment in zip(clocks, (start, end), strict=False):
        minutes = (wall + int((moment - model.start).total_seconds() // 60)) % (24 * 60)
        hour = f"{minutes // 60:02d}" if len(found[1]) == 2 else str(minutes // 60)
        out += [source[at : found.start()], f"{hour}{found[2]}{minutes % 60:02d}"]
        at = found.end()
    length = str(int((end - start) / timedelta(minutes=1)))
    return "".join(out) + _MINUTES.sub(length, source[at:])


def _room(page: Schedule, event: Event, cells: RowCells, room: str) -> str:
    """The room as another row of the page writes it, or by its name."""
    if cells.room is None:
        return ""
    by_span = rows_by_span(page)
    for session in page.sessions:
        place = by_span.get(session.span) if session.rooms == (room,) else None
        cell = cells_of(page, event, place).room if place else None
        if cell and not re.search(r"<!--|<translate", cell.of(page.text)):
            return cell.of(page.text).strip()
    return room


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
