"""What stands on the development server's board: users, projects, columns, tasks, transactions, comments."""

import hashlib
from dataclasses import dataclass, field

STATUSES = (
    ("open", "Open", False, "default"),
    ("progress", "In Progress", False, None),
    ("stalled", "Stalled", False, None),
    ("resolved", "Resolved", True, "closed"),
    ("duplicate", "Duplicate", True, "duplicate"),
    ("invalid", "Invalid", True, None),
    ("declined", "Declined", True, None),
)
CLOSED = {value: closed for value, _, closed, _ in STATUSES}
STATUS_NAMES = {value: name for value, name, _, _ in STATUSES}
PRIORITIES = {
    100: ("Unbreak Now!", "pink"),
    90: ("Needs Triage", "violet"),
    80: ("High", "red"),
    50: ("Normal", "orange"),
    25: ("Low", "yellow"),
    0: ("Wishlist", "sky"),
}

PROJECT, MENTIONED_IN, MENTIONS, DUPLICATE, DUPLICATE_OF = 41, 51, 52, 62, 63
"""Types of edges: a tag; "mentioned there", "mentions that"; "that was merged into this", "this into that"."""


def is_closed(status: str) -> bool:
    """Whether a status closes a task; one that the server does not know counts as closed (recording 142)."""
    return CLOSED.get(status, True)


def made_up(kind: str, name: object, length: int = 20) -> str:
    """A PHID-like identifier, always the same for the same thing: `PHID-TASK-` and twenty letters."""
    digest = hashlib.blake2b(f"{kind}/{name}".encode(), digest_size=32).digest()
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    text = "".join(letters[byte % 32] for byte in digest[:length])
    return f"{kind}-{text}" if kind else text


@dataclass(slots=True)
class User:
    """An account; `roles` holds "bot", "admin", "disabled"."""

    id: int
    phid: str
    name: str
    real_name: str = ""
    wiki_name: str | None = None
    roles: frozenset[str] = frozenset()
    created: int = 0
    modified: int = 0


@dataclass(slots=True)
class Column:
    """A column of a project's workboard."""

    id: int
    phid: str
    name: str
    project: str
    sequence: int
    default: bool = False
    hidden: bool = False
    created: int = 0
    modified: int = 0


@dataclass(slots=True)
class Project:
    """A project; `slugs` holds every slug it ever had, the current one first."""

    id: int
    phid: str
    name: str
    slugs: list[str]
    members: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    description: str = ""
    icon: tuple[str, str, str] = ("project", "Project", "fa-briefcase")
    color: tuple[str, str] = ("blue", "Blue")
    archived: bool = False
    created: int = 0
    modified: int = 0

    @property
    def default_column(self) -> Column | None:
        """Where a task lies that was never moved; None without a workboard."""
        return next((column for column in self.columns if column.default), None)


@dataclass(slots=True)
class Task:
    """A task as it is now; `columns` remembers also the boards it has left."""

    id: int
    phid: str
    title: str
    author: str
    description: str = ""
    status: str = "open"
    priority: int = 90
    owner: str | None = None
    closer: str | None = None
    closed_at: int | None = None
    created: int = 0
    modified: int = 0
    projects: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    subscribers: list[str] = field(default_factory=list)
    view: str = "users"
    edit: str = "users"
    mentions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Comment:
    """One version of a comment."""

    id: int
    phid: str
    version: int
    author: str
    text: str
    at: int
    removed: bool = False


@dataclass(slots=True)
class Transaction:
    """One row of a task's history; `comments` has the newest version first."""

    id: int
    phid: str
    type: str | None
    author: str
    task: str
    at: int
    modified: int
    group: str
    fields: dict[str, object] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    edge: int = 0  # what a row without a type joins the task with: MENTIONS, DUPLICATE …
    others: list[str] = field(default_factory=list)
