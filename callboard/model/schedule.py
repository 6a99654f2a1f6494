"""A schedule page as read: sessions, free slots, problems. Instants are UTC."""

from dataclasses import field
from datetime import datetime, timedelta

from callboard.model.levels import Level, Severity
from callboard.model.marks import Facilitation, Person, TaskRef
from callboard.values import value
from callboard.wikitext.edits import Span, TextEdit


@value()
class Session:
    """One session as the schedule page has it."""

    title: str
    start: datetime | None
    end: datetime | None
    rooms: tuple[str, ...]  # several for a cell that spans rooms; empty if the page names none
    owners: tuple[Person, ...]
    tasks: tuple[TaskRef, ...]
    line: int
    span: Span  # the cell (grid) or the row (one row per session)
    facilitation: Facilitation | None = None
    format: str | None = None  # "workshop" where the page says so
    marker: str = ""  # the emoji or word in a type column, as written
    task_cell: Span | None = None  # the row's own cell below a head like "Task"
    layout: str = ""  # "grid", "rows", "bullets" or "templates"
    table: int = -1  # the offset at which its table begins; -1 outside tables
    title_cell: Span | None = None  # the content of the cell, list item or argument that has the title
    time_cell: Span | None = None  # the same for its time; a grid's rows share one
    owner_cell: Span | None = None  # the row's own cell below a head like "Speaker"
    recording: str = ""  # a link to a recording that stands with the session

    @property
    def room(self) -> str | None:
        """The rooms in one phrase."""
        return ", ".join(self.rooms) or None

    @property
    def facilitators(self) -> tuple[Person, ...]:
        """Who signed up to facilitate."""
        return self.facilitation.people if self.facilitation else ()

    @property
    def length(self) -> timedelta | None:
        """How long it lasts, if both ends are known."""
        return self.end - self.start if self.start and self.end else None


@value()
class FreeSlot:
    """A place in a room at a time that nobody has taken; `span` is the content of its cell."""

    start: datetime | None
    end: datetime | None
    room: str | None
    line: int
    span: Span
    text: str = ""  # what stands there now: "", "''free slot''", "TBD"
    layout: str = ""  # as a session's
    table: int = -1
    time_cell: Span | None = None
    row: Span | None = None  # the whole row or list item, where a row is a slot
    task_cell: Span | None = None
    owner_cell: Span | None = None
    facilitator_cell: Span | None = None


@value()
class Pause:
    """A break as the page has it: `12:00–13:00 Lunch`; without rooms it is for all of the page's."""

    start: datetime
    end: datetime
    rooms: tuple[str, ...] = ()


@value()
class Accepted:
    """An organiser's word that a problem may stay: who, when, and where that is written."""

    by: str
    at: datetime | None
    page: str  # the schedule with a comment in the row, or the report page


@value()
class Problem:
    """Something that a person must look at: what, how bad, where, and the way out."""

    code: str  # "room-overlap": stable, for acknowledging and for tests
    severity: Severity
    message: str
    page: str = ""
    line: int | None = None
    text: str = ""  # the exact source text meant
    task: str | None = None
    at: datetime | None = None  # when it matters: the start of the session; None if it is about no moment
    changed_by: str = ""  # who last changed the line, and when
    changed_at: datetime | None = None
    since: datetime | None = None  # since when the bot has seen it
    accepted: Accepted | None = None
    # The rows that it is about, the one it is told at first: (page, where); and what makes it this problem and no other.
    rows: tuple[tuple[str, Span], ...] = field(default=(), compare=False)
    facts: tuple[str, ...] = field(default=(), compare=False)
    sessions: tuple[Session, ...] = field(default=(), compare=False)  # those of the rows, in their order
    people: tuple[str, ...] = field(default=(), compare=False)  # whom it concerns, as the page names them
    key: str = field(
        default="", compare=False
    )  # short for the facts; its beginning is the id that people copy


@value()
class ProposedEdit:
    """An edit that a rule wants, with how far the event lets it go; lines and spans are those of the text given."""

    rule: str
    level: Level
    edit: TextEdit
    line: int
    old: str
    taken_back: str = ""  # the cell, if a person took an edit of this rule back there: it is left to people


@value()
class Schedule:
    """A schedule page as read; what could not be read is in `problems`, never dropped."""

    page: str
    text: str
    layout: str  # "grid", "rows", "grid+rows", "none"
    sessions: tuple[Session, ...] = ()
    free_slots: tuple[FreeSlot, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0  # table rows that belong to the schedule, for the brake
    pauses: tuple[Pause, ...] = ()
