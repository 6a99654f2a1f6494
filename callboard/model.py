"""What Callboard knows of an event: values without behaviour, frozen, free of any client or page object.

Instants are UTC. Spans and lines refer to the text from which the value was read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from callboard.wikitext.edits import Span, TextEdit

_UNSAFE_IN_KEY = re.compile(r"[^\w .:+()'!,@-]")


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


class Level(StrEnum):
    """How sure a rule is, or how far an event lets it go."""

    SAFE = "SAFE"  # applied
    ASK = "ASK"  # listed on the report page for a person to say yes
    SHOW = "SHOW"  # only reported
    OFF = "OFF"


class Severity(StrEnum):
    """How much a problem matters to the event."""

    ERROR = "error"  # somebody will stand before a closed door
    WARNING = "warning"  # a person should look
    NOTE = "note"  # good to know


class PersonForm(StrEnum):
    """How a page names a person."""

    LINK = "link"  # [[User:Ada|Ada]]
    TEMPLATE = "template"  # {{u|Ada}}, {{user|Ada}}, {{ping|Ada}}
    BARE = "bare"  # Ada


class TaskForm(StrEnum):
    """How a page names a Phabricator task."""

    PHAB = "phab"  # {{phab|T1}}
    TRACKED = "tracked"  # {{tracked|T1}}
    INTERWIKI = "interwiki"  # [[phab:T1]], [[phabricator:T1|label]]
    URL = "url"  # https://phabricator.wikimedia.org/T1, [https://… label]
    BARE = "bare"  # T1


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named on a page; `name` is in MediaWiki's canonical form (capital first letter, no underscores)."""

    name: str
    form: PersonForm
    span: Span


@dataclass(frozen=True, slots=True)
class TaskRef:
    """A task as named on a page, e.g. `T900001`."""

    task: str
    form: TaskForm
    span: Span


@dataclass(frozen=True, slots=True)
class Facilitation:
    """A facilitation mark in a schedule cell: `facilitation: [[User:Ada]]`; `value` is what follows the colon."""

    span: Span
    label: Span
    value: Span
    people: tuple[Person, ...]
    open: bool  # nobody has signed up: empty, "(your username)", "?"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A place in a room at a time that nobody has taken; `span` is the content of its cell."""

    start: datetime | None
    end: datetime | None
    room: str | None
    line: int
    span: Span
    text: str = ""  # what stands there now: "", "''free slot''", "TBD"


@dataclass(frozen=True, slots=True)
class SignUp:
    """One entry of a sign-up list: a line and the replies attached to it.

    `availability` holds intervals in UTC; None means that the entry says nothing of hours or that they are ambiguous.
    """

    user: str | None
    role: str | None
    line: int
    span: Span  # the entry's own line, bullet included, line end not
    person: Person | None = None
    availability: tuple[tuple[datetime, datetime], ...] | None = None
    ambiguous: bool = False
    question: str = ""  # why the hours are ambiguous and how they could be read
    hours: Span | None = None  # the text that speaks of hours
    comment: str = ""  # what remains besides the person and the signature, as written
    bullet: Span | None = None  # "*", ":*", "#" with the blanks after it
    signature: Span | None = None  # talk link and time stamp that a signature adds
    replies: tuple[Span, ...] = ()  # whole lines
    placeholder: bool = False  # "(your username)"
    people: tuple[Person, ...] = ()  # everybody named in the entry, the person first


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must look at: what, how bad, where, and the way out."""

    code: str  # "room-overlap": stable, for acknowledging and for tests
    severity: Severity
    message: str
    page: str = ""
    line: int | None = None
    text: str = ""  # the exact source text meant
    task: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedEdit:
    """An edit that a rule wants, with how far the event lets it go; lines and spans are those of the text given."""

    rule: str
    level: Level
    edit: TextEdit
    line: int
    old: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule page as read; what could not be read is in `problems`, never dropped."""

    page: str
    text: str
    layout: str  # "grid", "rows", "grid+rows", "none"
    sessions: tuple[Session, ...] = ()
    free_slots: tuple[FreeSlot, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0  # table rows that belong to the schedule, for the brake


@dataclass(frozen=True, slots=True)
class SignUps:
    """A sign-up page as read."""

    page: str
    text: str
    layout: str  # "roles", "none"
    entries: tuple[SignUp, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The coordination team's yes, with its evidence: who (name and PHID), when, by what, which transaction."""

    by: str
    by_phid: str
    at: datetime
    sign: str  # "comment" or "column"
    transaction: str  # PHID-XACT-TASK-…
    quote: str = ""  # the comment, shortened


@dataclass(frozen=True, slots=True)
class Proposal:
    """A task that asks for a session."""

    task: str  # "T900001"
    phid: str
    title: str
    author: str  # Phabricator user name
    author_phid: str
    status: str  # "open", "declined", … as the server lists them
    closed: bool
    description: str = ""
    visible: bool = True  # still on the project and not hidden
    acknowledged: Acknowledgement | None = None
    claimed_names: tuple[str, ...] = ()  # wiki accounts that the description names: claims, not identities
    owners: tuple[str, ...] = ()  # wiki accounts that are known to be the author's
    minutes: int | None = None  # the length that the description asks for
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What the wiki says of a user name at one moment."""

    name: str  # canonical, as the wiki spells it
    exists: bool
    named: bool = True  # not an IP address, not a temporary account
    bot: bool = False
    blocked_forever: bool = False
    renamed_to: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it was at one moment; `revid` None means that there is no such page.

    `text` is None when a conditional read found the revision already known.
    """

    title: str
    revid: int | None
    text: str | None = None
    user: str = ""  # who made the revision
    timestamp: datetime | None = None
    model: str = "wikitext"
    redirect: bool = False
    templates: tuple[str, ...] = ()  # bot-exclusion templates transcluded, directly or through others
    can_edit: bool = True  # the page's protection admits the bot


@dataclass(frozen=True, slots=True)
class Contribution:
    """One of the bot's own edits."""

    title: str
    revid: int
    comment: str
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to one person about one thing.

    The key makes it once: kind and occasion say which happening it belongs to. `values` are raw, unescaped.
    """

    event: str  # slug
    kind: str
    subject: str  # "T900001", or what stands for the session
    occasion: str  # for a reminder the start time, so that a moved session earns a new one
    recipient: str  # account name
    due: datetime
    until: datetime  # useful until; later it is recorded as skipped
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """`event/subject/kind/occasion`, as it stands in the mark, the edit summary and the ledger.

        The subject is the thing and the person: who moves house (an archived or moved talk page) keeps the key.
        """
        parts = (self.event, f"{self.subject}@{self.recipient}", self.kind, self.occasion)
        return "/".join(_UNSAFE_IN_KEY.sub(_percent, part).replace("--", "-%2D") for part in parts)
