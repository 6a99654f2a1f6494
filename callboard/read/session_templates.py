"""The templates of one page that hold sessions: which they are, and what those in the cells of a table say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from callboard.config import Event
from callboard.config_tables import Template
from callboard.model import FreeSlot, Session, TaskRef
from callboard.read.cells import CellKind, CellReading, read_cell
from callboard.read.phrases import is_called_off
from callboard.read.template_values import TemplateReading, ValueReader, values_of
from callboard.wikitext.arguments import call_at, name_at
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks, marks_within
from callboard.wikitext.tables import Row, Table

# Known without the event file: Wikimania's of 2019, and Callboard's own below the event's `pages.templates`.
_PROGRAM_ITEM = Template(name="Program item", title=("displayname", "title"), owners=("presenters",))
_OWN = Template(
    name="Callboard/session",
    title=("title",),
    day=("day",),
    time=("time",),
    minutes=("minutes",),
    room=("room",),
    format=("format",),
    owners=("owner",),
    facilitator=("facilitator",),
    task=("task",),
    recording=("recording",),
)
_OWN_LINE = re.compile(r"\n[ \t]*\{\{")


def known_templates(event: Event) -> dict[str, Template]:
    """The event's templates and those known anyway, by every name; none if the event names layouts without them."""
    if event.pages.layouts and "templates" not in event.pages.layouts:
        return {}
    own = event.pages.templates.removeprefix("Template:")
    known = {"Program item": _PROGRAM_ITEM, f"{own}/session": _OWN}
    for template in event.template:
        known |= dict.fromkeys((template.name, *template.aliases), template)
    return known


class SessionTemplates:
    """Reads the templates in cells, and remembers which cells it read."""

    def __init__(self, text: str, event: Event, known: frozenset[str]) -> None:
        self.text, self.known = text, known
        self.values = ValueReader(text, known)
        self._templates = known_templates(event)
        self._cells: dict[Span, list[TemplateReading]] = {}

    @cached_property
    def _found(self) -> dict[Span, Template]:
        """The page's templates that the event file knows."""
        inside = (mark.span for mark in marks(self.text) if mark.kind is Kind.TEMPLATE)
        named = ((span, self._templates.get(name_at(self.text, span))) for span in inside)
        return {span: template for span, template in named if template}

    def of(self, span: Span) -> Template | None:
        """What the event file says of the template in the span."""
        return self._found.get(span)

    def has_time(self, span: Span, template: Template) -> bool:
        """Whether the template in the span says itself when its session begins."""
        found = values_of(call_at(self.text, span), template)
        clocks = [found[role].value for role in ("time", "start") if role in found]
        return any(clock.start < clock.end for clock in clocks)

    # in cells

    def cell(self, span: Span) -> CellReading | None:
        """The session, or the first one, of the templates that the cell holds; None if it holds none.

        A template on a line of its own below words, or with a time of its own, is a row of the table, not in the cell.
        """
        if not self._found or self.text.find("{{", span.start, span.end) < 0:
            return None
        found = list(self._within(span))
        if not found:
            return None
        readings = [self.values.read(each, template) for each, template in found]
        self._cells[span] = readings
        if len(readings) == 1:
            return self._with_words_around(readings[0], span)
        return next((each.cell for each in readings if each.cell.kind is CellKind.SESSION), readings[0].cell)

    def _within(self, cell: Span) -> Iterator[tuple[Span, Template]]:
        at = cell.start
        for mark in marks_within(self.text, cell):
            if mark.kind is not Kind.TEMPLATE or mark.span.start < at:
                continue
            template = self.of(mark.span)
            if template is None or not template.title:
                continue
            if not self._is_row(mark.span, template, Span(at, cell.end)):
                yield mark.span, template
            at = mark.span.end

    def holds(self, span: Span) -> bool:
        """Whether a template in the span is a session by itself."""
        if not self._found or self.text.find("{{", span.start, span.end) < 0:
            return False
        inside = (mark.span for mark in marks_within(self.text, span) if mark.kind is Kind.TEMPLATE)
        return any(known.title for each in inside if (known := self.of(each)))

    def without_rows(self, table: Table) -> Table:
        """The table with cells that end before the templates below them that are rows of their own."""
        if not self._found:
            return table
        rows = tuple(map(self._row, table.rows))
        same = all(new is old for new, old in zip(rows, table.rows, strict=True))
        return table if same else replace(table, rows=rows)

    def _row(self, row: Row) -> Row:
        if not _OWN_LINE.search(self.text, row.span.start, row.span.end):
            return row
        contents = [self._above_rows(cell.content) for cell in row.cells]
        if all(content == cell.content for content, cell in zip(contents, row.cells, strict=True)):
            return row
        cells = [replace(cell, content=span) for cell, span in zip(row.cells, contents, strict=True)]
        return replace(row, cells=tuple(cells), span=Span(row.span.start, contents[-1].end))

    def _above_rows(self, cell: Span) -> Span:
        at = cell.start
        for mark in marks_within(self.text, cell):
            template = self.of(mark.span) if mark.kind is Kind.TEMPLATE and mark.span.start >= at else None
            if template and template.title:
                if self._is_row(mark.span, template, Span(at, cell.end)):
                    return Span(
                        cell.start, cell.start + len(self.text[cell.start : mark.span.start].rstrip())
                    )
                at = mark.span.end
        return cell

    def _is_row(self, span: Span, template: Template, rest: Span) -> bool:
        """Whether it stands below words of the cell, of which `rest` is not looked at yet, or knows its own time."""
        before = self.text[rest.start : span.start]
        if "\n" not in before or before.rpartition("\n")[2].strip():
            return False
        return any(map(str.isalnum, before)) or self.has_time(span, template)

    def _with_words_around(self, reading: TemplateReading, cell: Span) -> CellReading:
        """The template's session with the facilitation and the tasks that stand beside it in the cell."""
        inner, span = reading.cell, reading.call.span
        around = self.text[cell.start : span.start] + self.text[span.end : cell.end]
        if not around.strip():
            return inner
        outer = read_cell(self.text, cell, self.known)
        if outer.kind is CellKind.STRUCK:
            return replace(inner, kind=outer.kind)
        if is_called_off(outer.seen):
            return replace(inner, kind=CellKind.OFF)
        beside: dict[str, TaskRef] = {ref.task: ref for ref in inner.tasks}
        for ref in outer.tasks:
            if ref.span not in span:
                beside.setdefault(ref.task, ref)
        mark = inner.facilitation or outer.facilitation
        return replace(inner, tasks=tuple(beside.values()), facilitation=mark)

    def taken(self, tables: Iterable[Span]) -> Iterator[Span]:
        """The templates that were read as cells of these tables."""
        waiting = sorted(tables, reverse=True)
        around: list[Span] = []  # nested tables end before those around them
        for cell in sorted(self._cells):
            while waiting and waiting[-1].start <= cell.start:
                around.append(waiting.pop())
            while around and around[-1].end <= cell.start:
                around.pop()
            if any(cell in table for table in around):
                yield from (reading.call.span for reading in self._cells[cell])

    def placed(self, session: Session) -> tuple[Session, ...]:
        """A session of a table with the places of the template in its cell; several if the cell holds several."""
        readings = self._cells.get(session.span) or self._cells.get(session.title_cell or session.span)
        if not readings:
            return (session,)
        if len(readings) == 1:
            return (self._in_table(session, readings[0]),)
        return tuple(
            replace(
                reading.placed(session, self.text),
                title=reading.cell.title,
                owners=reading.cell.owners,
                tasks=reading.cell.tasks,
                facilitation=reading.cell.facilitation,
            )
            for reading in readings
            if reading.cell.kind is CellKind.SESSION
        )

    def _in_table(self, session: Session, reading: TemplateReading) -> Session:
        made = reading.placed(session, self.text)
        beside = [ref.span for ref in session.tasks] + (
            [session.facilitation.span] if session.facilitation else []
        )
        whole = session.layout == "rows" or any(span not in made.span for span in beside)
        if not whole:
            return made
        # a row of its own, and what stands beside the template in its cell, belong to the session as well
        return replace(
            made,
            span=session.span,
            line=session.line,
            owner_cell=session.owner_cell or made.owner_cell,
            task_cell=session.task_cell or made.task_cell,
        )

    def slot(self, slot: FreeSlot) -> FreeSlot:
        """A free slot of a table with the places of the template in its cell."""
        readings = self._cells.get(slot.span, ())
        return readings[0].slot(slot, self.text) if len(readings) == 1 else slot
