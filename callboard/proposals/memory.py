"""What is remembered of the board between two ticks: values that go to JSON and back; without it, all is read anew."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

_VERSION = 3


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task as the board last showed it; times are epoch seconds of the server."""

    number: int
    phid: str
    title: str
    description: str
    author: str  # PHID
    status: str
    columns: tuple[str, ...]  # PHIDs of its columns on the event's board
    created: int
    modified: int
    on_project: bool = True
    seen: bool = True  # False: hidden or gone when last looked for
    tags: tuple[str, ...] = ()  # PHIDs of the projects that it is in

    @property
    def name(self) -> str:
        """`T900001`."""
        return f"T{self.number}"


@dataclass(frozen=True, slots=True)
class Sign:
    """A comment on a task, or a change of its column, tags or status: what may acknowledge it or take that back."""

    id: int
    phid: str
    task: str  # PHID
    author: str  # PHID
    at: int
    how: Literal["comment", "column", "tag", "status", "merge"]
    text: str = ""  # the newest version of the comment; empty once removed
    column: str = ""  # PHID of the column moved to
    seen: bool = True  # False: not there when last looked for
    value: str = ""  # PHID of the tag, the status set, PHID of the task merged into
    added: bool = True  # False: the tag was taken off
    editor: str = ""  # PHID of who wrote the newest version of the comment; empty: the author
    edited: int = 0  # when that was; 0: never changed
    earlier: tuple[
        str, ...
    ] = ()  # texts of older versions by the author, as far as they were seen; oldest first


@dataclass(frozen=True, slots=True)
class BoardMemory:
    """The board at `polled` (epoch seconds of the server). `board` says for which settings it was read."""

    board: str
    project: str  # PHID
    columns: dict[str, str]  # PHID → name
    coordinators: dict[str, str]  # PHID → user name
    statuses: dict[str, bool]  # value → closed
    polled: int
    checked: int  # when every known task and sign was last looked for
    polls: int = 0  # since then
    users: dict[str, str] = field(default_factory=dict)  # PHID → user name
    accounts: dict[str, str] = field(
        default_factory=dict
    )  # wiki name that a task claims → PHID, "" if nobody's
    tasks: dict[str, TaskFacts] = field(default_factory=dict)  # by PHID
    signs: dict[str, Sign] = field(default_factory=dict)  # by PHID
    merged: dict[str, str] = field(default_factory=dict)  # PHID of a merged task → of the one it went into
    marks: tuple[tuple[int, int], ...] = ()  # (transaction id, epoch), oldest first: places to read on from

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps({"version": _VERSION, **asdict(self)}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """What `to_json` wrote; None for anything else, so that the board is read anew."""
        try:
            data: dict[str, Any] = json.loads(text)
            if data.pop("version") != _VERSION:
                return None
            tasks = {
                key: TaskFacts(**{**row, "columns": tuple(row["columns"]), "tags": tuple(row["tags"])})
                for key, row in data.pop("tasks").items()
            }
            signs = {
                key: Sign(**{**row, "earlier": tuple(row["earlier"])})
                for key, row in data.pop("signs").items()
            }
            marks = tuple((int(number), int(at)) for number, at in data.pop("marks"))
            return cls(**data, tasks=tasks, signs=signs, marks=marks)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
