"""The layout with a template per session: rows made by templates, lists of them, and pages that are one template."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from callboard.config_tables import Template
from callboard.model import FreeSlot, Pause, Problem, Session
from callboard.read.cells import CellKind
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.table_context import Surroundings, problem_of
from callboard.read.template_times import Held, Timed, TimeReader
from callboard.read.template_values import TemplateReading
from callboard.read.times import read_day
from callboard.read.unread_templates import UnreadTemplates
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks
from callboard.wikitext.tables import Table

_DAY_LINE = re.compile(r"^[ \t]*(?:;|'{2,5}|:+\s*'{2,5}|<b>|<big>|\||!)[^\n]{1,200}$", re.MULTILINE)
_CELL_EDGE = re.compile(r"^[ \t]*[|!](?:[^|\n]*=[^|\n]*\|(?!\|))?")
_STRUCK = re.compile(r"<(?:s|del|strike)\b[^<>]*>\s*\Z", re.IGNORECASE)


class TemplatesReader:
    """Reads the session templates of one page that stand in no cell of a table that was read."""

    def __init__(
        self, page: PageReader, surroundings: Surroundings, tables: Sequence[Table], taken: Iterable[Span]
    ) -> None:
        self.page, self.text = page, page.text
        self.surroundings, self.tables = surroundings, [table for table in tables if table.depth == 0]
        self._table_starts = [table.span.start for table in self.tables]
        self._heading_starts = [heading.span.start for heading in surroundings.headings]
        self.taken = frozenset(taken)
        self.times = TimeReader(page)
        self.unread = UnreadTemplates(page)
        self.sessions: list[Session] = []
        self.free: list[FreeSlot] = []
        self.pauses: list[Pause] = []
        self.problems: list[Problem] = []
        self.rows = 0
        self._section: tuple[int, int] | None = None  # heading and table of the template before
        self._at = 0  # up to where day lines were looked for
        self._held: Held | None = None
        self._elsewhere = False
        self._list: tuple[int, Held] | None = None  # what a template that opens gives, and its heading

    def read(self) -> TableReading:
        """The page's sessions and free slots in templates."""
        reach = 0
        for mark in marks(self.text):
            if mark.kind is not Kind.TEMPLATE or mark.span.start < reach:
                continue
            template = self.page.templates.of(mark.span)
            if template is None:
                if self.unread.look(mark.span, in_table=self._table(mark.span) >= 0):
                    reach = mark.span.end
            elif template.title:
                reach = mark.span.end
                if mark.span not in self.taken:
                    self._session(mark.span, template)
            else:
                self._list = self._opened(mark.span, template) if template.opens else None
        return TableReading(
            "templates" if self.rows else "none",
            tuple(self.sessions),
            tuple(self.free),
            (*self.problems, *self.unread.problems()),
            self.rows,
            tuple(self.pauses),
        )

    # what holds

    def _heading(self, at: int) -> int:
        return bisect_right(self._heading_starts, at) - 1

    def _table(self, span: Span) -> int:
        """The number of the table that holds the span, or -1."""
        number = bisect_right(self._table_starts, span.start) - 1
        return number if number >= 0 and span in self.tables[number].span else -1

    def _around(self, span: Span) -> Held:
        """What the page says for a template there; lines that name a day count until the next one."""
        section = (self._heading(span.start), self._table(span))
        if section != self._section or self._held is None:
            self._section = section
            self._begin(span, *section)
        held = self._with_day_lines(span)
        self._at = span.end
        return held

    def _begin(self, span: Span, heading: int, table: int) -> None:
        if table >= 0:
            context = self.surroundings.of(self.tables[table])
            self._at = max(self._at, self.tables[table].span.start)
        else:
            context = self.surroundings.section(span.start)
            above = self.surroundings.headings[heading].span.end if heading >= 0 else 0
            self._at = max(self._at, above)
        self._held, self._elsewhere = Held.by(context), context.elsewhere
        self.problems += context.problems

    def _with_day_lines(self, span: Span) -> Held:
        held = self._held
        assert held is not None  # noqa: S101 -- set when the section began
        in_table = self._table(span) >= 0
        for line in _DAY_LINE.finditer(self.text, self._at, span.start):
            if in_table or line[0].lstrip()[0] not in "|!":
                held = self._held = self._with_line(held, Span(line.start(), line.end()))
        return held

    def _with_line(self, held: Held, line: Span) -> Held:
        """What holds below a line of its own that names a day or a room: `;Saturday`, `| colspan="4" | Saturday`."""
        source = _CELL_EDGE.sub("", line.of(self.text))
        named = read_day(source, self.page.event.dates)
        if named.day or any(len(odd.text) * 2 > len(source.strip()) for odd in named.odd):
            self.problems += [problem_of(odd, self.text, line, self.page.title) for odd in named.odd]
            return replace(held, day=None if named.odd else named.day, odd=bool(named.odd))
        rooms = self.page.rooms.named(self.page.words(line)) if source == line.of(self.text) else ()
        return replace(held, rooms=rooms or held.rooms)

    def _opened(self, span: Span, template: Template) -> tuple[int, Held]:
        around = self._around(span)
        reading = self.page.templates.values.read(span, template)
        timed = Timed()
        day, _ = self.times.day(reading, around, timed)
        zone = self.times.zone(reading, around, timed)
        given = reading.filled("room")
        rooms = self.times.rooms(given) if given else around.rooms
        self._room_known(rooms, reading)
        self.problems += timed.problems
        return self._heading(span.start), replace(
            around, day=day, zone=zone or around.zone, rooms=rooms, odd=around.odd or bool(timed.problems)
        )

    def _holds(self, span: Span) -> Held:
        around = self._around(span)
        if self._list and self._list[0] == self._heading(span.start):
            return self._list[1]
        self._list = None
        return around

    # sessions

    def _session(self, span: Span, template: Template) -> None:
        held = self._holds(span)
        if self._elsewhere:
            return
        reading = self.page.templates.values.read(span, template)
        self.rows += 1
        if _STRUCK.search(self.text, max(0, span.start - 20), span.start):
            self.problems.append(self.page.struck(span))
        elif reading.cell.kind in {CellKind.SESSION, CellKind.PEOPLE, CellKind.SAME}:
            self._add(reading, held)
        elif reading.cell.kind in {CellKind.FREE, CellKind.BLANK}:
            self._add_free(reading, held)
        elif reading.cell.kind is CellKind.BREAK:
            timed = self.times.read(reading, held)
            if timed.start and timed.end:
                self.pauses.append(Pause(timed.start, timed.end, timed.rooms))
        else:
            self.problems += self.page.not_held(reading.cell.kind, span)

    def _add(self, reading: TemplateReading, held: Held) -> None:
        timed = self.times.read(reading, held)
        span = reading.call.span
        made = self.page.session(reading.cell, timed.rooms, timed.start, timed.end, span)
        made = reading.placed(made, self.text, time_cell=timed.time_cell, table=self._table_at(span))
        self.sessions.append(made)
        self.problems += timed.problems
        self._room_known(timed.rooms, reading)
        if not made.title:
            self.problems.append(self.page.title_missing(span))

    def _add_free(self, reading: TemplateReading, held: Held) -> None:
        timed = self.times.read(reading, held)
        if timed.start is None:
            if any(one.value.start < one.value.end for one in reading.call.arguments.values()):
                self.problems += timed.problems
            return
        rooms: list[str | None] = [*timed.rooms]
        if reading.cell.kind is CellKind.BLANK and rooms:
            rooms = [room for room in timed.rooms if self.page.rooms.is_open(room)]
        elif not rooms:
            rooms = [None] if reading.cell.kind is CellKind.FREE or not self.page.event.room else []
        for room in rooms:
            slot = self.page.free_slot(reading.cell, room, timed.start, timed.end, reading.title.value)
            slot = replace(slot, time_cell=timed.time_cell, table=self._table_at(reading.call.span))
            self.free.append(reading.slot(slot, self.text))

    def _table_at(self, span: Span) -> int:
        number = self._table(span)
        return self.tables[number].span.start if number >= 0 else -1

    def _room_known(self, rooms: tuple[str, ...], reading: TemplateReading) -> None:
        given = reading.filled("room")
        for room in rooms:
            if given and not self.page.rooms.knows(room) and room not in self.unread.rooms:
                self.unread.rooms.add(room)
                self.problems.append(self.page.room_unknown(room, given))


def with_templates(
    page: PageReader, surroundings: Surroundings, tables: Sequence[Table], read: Sequence[TableReading]
) -> list[TableReading]:
    """The tables of a page as read, the sessions of templates in their cells put in place, and all other templates."""
    known = page.templates
    parts = zip(tables, read, strict=True)
    taken = known.taken(table.span for table, reading in parts if reading.layout != "none")
    others = TemplatesReader(page, surroundings, tables, taken).read()
    rows = {session.table for session in others.sessions} | {slot.table for slot in others.free_slots}
    whole = [
        replace(
            reading,
            sessions=tuple(placed for session in reading.sessions for placed in known.placed(session)),
            free_slots=tuple(known.slot(slot) for slot in reading.free_slots),
            problems=reading.problems if table.span.start not in rows or reading.layout != "none" else (),
        )
        for table, reading in zip(tables, read, strict=True)
    ]
    return [*whole, others]
