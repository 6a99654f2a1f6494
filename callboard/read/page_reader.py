"""What the readers of all layouts share: one page, its event, its names, and how findings become values."""

import re
from dataclasses import replace
from datetime import datetime, tzinfo

from callboard.config import Event
from callboard.model import FreeSlot, Pause, Problem, Session, Severity
from callboard.read.cell_memory import KnownNames
from callboard.read.cells import CellKind, CellReading, read_source
from callboard.read.clock_cells import is_clock
from callboard.read.columns import Head, Rooms, read_head, words_of
from callboard.read.moderation import own_words
from callboard.read.names import looks_like_name
from callboard.read.oddities import Oddity
from callboard.read.session_templates import SessionTemplates
from callboard.read.several import is_divided
from callboard.read.table_context import same_clock
from callboard.read.template_hints import hint
from callboard.read.times import DayReading, read_day
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Fault, Misfit
from callboard.wikitext.links import canonical_name, people
from callboard.wikitext.masking import line_at
from callboard.wikitext.shown import is_plain
from callboard.wikitext.tables import Cell, Table

_GREY = re.compile(
    r"(?:background(?:-color)?\s*:|bgcolor\s*=)\s*[\"']?\s*(?!none|transparent|inherit|initial|white|#fff(?:fff)?\b)[#\w]|class\s*=[^|]*\b(?:table-na|closed)\b",
    re.IGNORECASE,
)
_LONGEST_WORDS = 400  # characters of source; what is longer is neither a head nor a time
_MOST_TEXT = 200  # characters of source in a problem about a longer place


@value()
class TableReading:
    """One table of the schedule as read."""

    layout: str
    sessions: tuple[Session, ...]
    free_slots: tuple[FreeSlot, ...]
    problems: tuple[Problem, ...]
    rows: int
    pauses: tuple[Pause, ...] = ()


NOTHING = TableReading("none", (), (), (), 0)  # of a table that is no part of the schedule

_MISFITS = {
    Misfit.OVERFLOW: "A rowspan reaches below the last row of the table; lower it, or add the rows that are missing",
    Misfit.OVERLAP: "Two cells claim the same place; check the rowspans above and the colspan here",
    Misfit.SHORT: "This row has fewer columns than the table; add the missing cell, or correct a colspan or a rowspan above",
    Misfit.LONG: "This row has more columns than the table; remove a cell, or correct a colspan or a rowspan above",
    Misfit.UNKNOWN: "A template decides how many rows or columns this cell fills; write the number instead",
}


def _squeezed(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


class PageReader:
    """One page while it is being read."""

    def __init__(self, text: str, event: Event, title: str) -> None:
        self.text, self.event, self.title = text, event, title
        self.rooms = Rooms(event)
        linked = (person.name for person in people(text, Span(0, len(text))))
        self.known = KnownNames([*linked, *map(canonical_name, event.event.organisers)])
        self.known.said = own_words(event.wording.facilitation, event.wording.placeholder)
        self.templates = SessionTemplates(text, event, self.known)
        free, claim = event.wording.free_slot, event.wording.claim
        self._free_words = {free, f"{free} {claim}"}  # as the event says it, whatever its language
        self._heads: dict[str, Head] = {}
        self._formats: dict[str, str] = {}
        for form in event.format:
            for name in filter(None, map(_squeezed, (form.name, *form.aliases))):
                self._formats.setdefault(name, form.name)
                self._formats.setdefault(f"{name}s", form.name)

    # looking at a cell

    def words(self, span: Span) -> str:
        """What a reader sees of the cell, in one line."""
        source = self.text[span.start : min(span.end, span.start + _LONGEST_WORDS)]
        return " ".join(source.split()) if is_plain(source) else words_of(source)

    def head(self, span: Span) -> Head:
        """The cell as the head of a column."""
        source = self.text[span.start : min(span.end, span.start + _LONGEST_WORDS)]
        if source not in self._heads:
            self._heads[source] = read_head(source, self.rooms)
        return self._heads[source]

    def has_clock(self, span: Span) -> bool:
        """Whether the cell is a time, odd or not, and little else."""
        source = span.of(self.text)
        return len(source) <= _LONGEST_WORDS and is_clock(source, self.event.dates[0], self.event.zone)

    def day_row(self, cell: Cell) -> DayReading:
        """The day that a row of its own names in mid-table; odd only where the row says little else."""
        reading = read_day(cell.content.of(self.text), self.event.dates)
        words = self.words(cell.content)
        if cell.header or all(len(odd.text) * 2 > len(words) for odd in reading.odd):
            return reading
        return DayReading(reading.day)

    def cell(self, span: Span, without: Span | None = None) -> CellReading:
        """The cell as a place in the schedule, but for what stands in the span `without`."""
        source = span.of(self.text)
        if without:
            source = f"{self.text[span.start : without.start].ljust(without.end - span.start)}{self.text[without.end : span.end]}"
        reading = self.templates.cell(span) or read_source(source, span.start, self.known)
        if reading.kind is CellKind.SESSION and source.strip() in self._free_words:
            return replace(reading, kind=CellKind.FREE)
        return reading

    def place(self, span: Span) -> CellReading:
        """The cell of a table; one in which a slash parts two sessions is asked about. Lists read their parts."""
        reading = self.cell(span)
        if reading.kind is CellKind.SESSION and is_divided(span.of(self.text)):
            return replace(reading, kind=CellKind.SEVERAL)
        return reading

    def is_name(self, reading: CellReading) -> bool:
        """Whether a title looks like a person's name."""
        return looks_like_name(reading.title) and not reading.tasks

    def is_grey(self, attributes: Span | None) -> bool:
        """Whether attributes give a cell or row a colour of its own."""
        return attributes is not None and bool(_GREY.search(attributes.of(self.text)))

    def clock_zone(self, stated: tzinfo | None, inherited: tzinfo) -> tzinfo:
        """The zone of a column: the one that its head names, or what holds for the table."""
        return same_clock(stated, self.event) if stated else inherited

    # making values

    def format_named(self, words: str) -> str | None:
        """The event's kind of session that words name, by name or alias, one or several of them."""
        return self._formats.get(_squeezed(words)) if words and self._formats else None

    def session(
        self,
        reading: CellReading,
        rooms: tuple[str, ...],
        start: datetime | None,
        end: datetime | None,
        span: Span,
        *,
        layout: str = "",
        table: int = -1,
        title_cell: Span | None = None,
        time_cell: Span | None = None,
        recording: str = "",
    ) -> Session:
        """A session that one cell describes."""
        return Session(
            reading.title,
            start,
            end,
            rooms,
            reading.owners,
            reading.tasks,
            line_at(self.text, reading.first),
            span,
            reading.facilitation,
            self.format_named(reading.format),
            layout=layout,
            table=table,
            title_cell=title_cell,
            time_cell=time_cell,
            recording=recording,
        )

    def free_slot(
        self, reading: CellReading, room: str | None, start: datetime | None, end: datetime | None, span: Span
    ) -> FreeSlot:
        """A free place at a cell."""
        return FreeSlot(start, end, room, line_at(self.text, reading.first), span, span.of(self.text).strip())

    # problems

    def problem(self, code: str, severity: Severity, message: str, span: Span) -> Problem:
        """A problem with the source of the span; a long source is cut to its first line."""
        source = span.of(self.text).strip()
        if len(source) > _MOST_TEXT:
            source = source[:_MOST_TEXT].split("\n")[0]
        at = self.text.find(source, span.start, span.end) if source else span.start
        return Problem(code, severity, message, self.title, line_at(self.text, at), source)

    def day_unknown(self, table: Table) -> Problem:
        """Times without a day."""
        message = "On which day is this? Put the day into the heading above the table, or into its caption"
        return self.problem("day-unknown", Severity.WARNING, message, self.opening(table))

    def opening(self, table: Table) -> Span:
        """The line that opens a table."""
        end = self.text.find("\n", table.span.start)
        return Span(table.span.start, min(table.span.end, end if end >= 0 else len(self.text)))

    def time_unreadable(self, span: Span, severity: Severity = Severity.WARNING) -> Problem:
        """A time cell without a time."""
        message = "This is no time that can be read; write one like 14:00 or 14:00–14:55"
        return self.problem("time-unreadable", severity, message, span)

    def time_order(self, span: Span) -> Problem:
        """A row of a grid that begins before the one above it."""
        message = "This row begins before the one above it; is the time right, or is it another day?"
        return self.problem("time-order", Severity.WARNING, message, span)

    def times_disagree(self, first: Span | None, last: Span | None) -> Oddity:
        """Two time columns that do not say the same."""
        one, other = (self.words(span) if span else "" for span in (first, last))
        source = first.of(self.text).strip() if first else ""
        return Oddity("times-disagree", f"The row says {one} and {other}; which is right?", source)

    def no_place(self, span: Span, *, timed: bool) -> Problem:
        """Something like a session outside rooms or times."""
        message = (
            "This row has no time; add one, or say that it is a break"
            if timed
            else "This cell stands below no room; check the number of cells in its row"
        )
        return self.problem("time-unreadable" if timed else "grid-broken", Severity.WARNING, message, span)

    def title_missing(self, span: Span) -> Problem:
        """A session that only has people or a task."""
        message = "This session has no title; add one, with a colon or a line break between it and people"
        return self.problem("title-missing", Severity.NOTE, message, span)

    def template_unread(self, span: Span) -> Problem:
        """A template, or a table in a cell, that may hold a session."""
        if span.of(self.text).lstrip(" \t\r\n:").startswith("{|"):
            message = "A table inside a cell is not read; write what it says in cells of the table around it"
            return self.problem("table-nested", Severity.WARNING, message, span)
        message = "Callboard does not know this template, and what it shows is not read"
        if told := hint(self.text, span):
            message += f"; {told}"
        return self.problem("template-unread", Severity.WARNING, message, span)

    def break_or_session(self, span: Span) -> Problem:
        """Something that begins like a break and may be a title."""
        message = "This is read as a break; if it is a session, link its owner, or say what it is before its title, as in Talk: …"
        return self.problem("break-or-session", Severity.WARNING, message, span)

    def several_sessions(self, span: Span) -> Problem:
        """Sessions in one cell without times of their own."""
        message = "Several sessions seem to stand in this cell, and none is read; give each a cell or a time of its own"
        return self.problem("several-sessions", Severity.WARNING, message, span)

    def not_held(self, kind: CellKind, span: Span) -> list[Problem]:
        """What is asked about a place that has words and neither a session nor a free slot nor a plain break."""
        asked = {
            CellKind.UNREAD: self.template_unread,
            CellKind.STRUCK: self.struck,
            CellKind.STRUCK_UNCLEAR: self.struck_unclear,
            CellKind.OFF: self.called_off,
            CellKind.DOUBTFUL: self.break_or_session,
            CellKind.SEVERAL: self.several_sessions,
        }
        return [asked[kind](span)] if kind in asked else []

    def struck(self, span: Span) -> Problem:
        """A session that is struck out."""
        message = "Everything in this cell is struck out; it is read neither as a session nor as a free slot"
        return self.problem("struck-out", Severity.NOTE, message, span)

    def struck_unclear(self, span: Span) -> Problem:
        """A session that is struck out, and words beside it."""
        message = "A session is struck out here, and what stands beside it is read as a note; if it is a session, link its owner"
        return self.problem("struck-unclear", Severity.WARNING, message, span)

    def called_off(self, span: Span) -> Problem:
        """A session that is not held here."""
        message = "This is marked as cancelled or moved; it is read neither as a session nor as a free slot"
        return self.problem("called-off", Severity.NOTE, message, span)

    def grid_broken(self, fault: Fault) -> Problem:
        """Cells that do not add up."""
        return self.problem("grid-broken", Severity.WARNING, _MISFITS[fault.misfit], fault.cell.content)

    def room_unknown(self, name: str, span: Span) -> Problem:
        """A room that the event file does not have."""
        known = ", ".join(room.name for room in self.event.room) or "none"
        message = f"{name} is not a room of the event ({known}); correct it, or add it to the event file as a room or an alias"
        return self.problem("room-unknown", Severity.NOTE, message, span)
