"""What is remembered of the board between two ticks: values that go to JSON and back; without it, all is read anew."""

import json
from collections.abc import Iterable
from dataclasses import field, fields, replace
from typing import Any, Literal, Self

from callboard.values import value

_VERSION = 3

How = Literal["comment", "column", "tag", "status", "merge"]


@value()
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
    tags: tuple[str, ...] = ()  # PHIDs of all its projects, sorted
    closer: str = ""  # PHID of who closed it; empty while it is open

    @property
    def name(self) -> str:
        """`T900001`."""
        return f"T{self.number}"


@value()
class Sign:
    """What may acknowledge a task or take that back, or tells what the bot did there.

    Moves on this board, tags that the event file names, statuses and merges of everybody; comments of the coordinators
    whom the event file names, whether or not they count just now, and of the bot.
    """

    id: int
    phid: str
    task: str  # PHID
    author: str  # PHID
    at: int
    how: How
    text: str = ""  # the newest version of the comment; empty once removed
    column: str = ""  # PHID of the column moved to
    seen: bool = True  # False: not there when last looked for
    value: str = ""  # PHID of the tag, the status set, PHID of the task that it was merged into
    added: bool = True  # False: the tag was taken off
    editor: str = ""  # PHID of who wrote the comment's newest version; empty: the author
    edited: int = 0  # when the newest version was written; 0: never edited
    # The author's older versions, oldest first. The server forgets those of a removed comment: what was read before is kept.
    earlier: tuple[str, ...] = ()
    removed: bool = False

    @property
    def own(self) -> bool:
        """Whether the words are the author's: an administrator may edit anybody's comment."""
        return self.editor in ("", self.author)

    @property
    def key(self) -> str:
        """What tells it from the others: one transaction may put several tags on."""
        return f"{self.phid}/{self.value}" if self.how == "tag" else self.phid


@value()
class BoardMemory:
    """The board at `polled` (epoch seconds of the server). `board` says for which settings it was read."""

    board: str
    project: str  # PHID
    columns: dict[str, str]  # PHID → name
    coordinators: dict[str, str]  # PHID → user name: those who count now
    statuses: dict[str, bool]  # value → closed
    polled: int
    checked: int  # when tasks and signs were last looked for by PHID
    polls: int = 0  # since then
    turn: int = 0  # of a large board a part is looked for each time: where the next part begins
    bot: str = ""  # PHID of the bot's own account
    listed: dict[str, str] = field(
        default_factory=dict
    )  # PHID → user name: all whom the event file names; the disabled ones too
    tags: dict[str, str] = field(default_factory=dict)  # PHID → slug: the tags that acknowledge
    named: dict[str, str] = field(default_factory=dict)  # a column as the event file names it → PHID
    users: dict[str, str] = field(default_factory=dict)  # PHID → user name
    accounts: dict[str, str] = field(
        default_factory=dict
    )  # wiki name that a task claims → PHID, "" if nobody's
    names: dict[str, str] = field(
        default_factory=dict
    )  # Phabricator name that a task lists, in small letters → PHID, "" if nobody's
    tasks: dict[str, TaskFacts] = field(default_factory=dict)  # by PHID
    signs: dict[str, Sign] = field(default_factory=dict)  # by key
    streamed: int = 0  # when the stream was read last
    marks: tuple[tuple[int, int], ...] = ()  # (transaction id, epoch), oldest first: places to read on from

    def to_json(self) -> str:
        """One line of JSON."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        plain |= {"tasks": _rows(self.tasks.values()), "signs": _rows(self.signs.values())}
        return json.dumps({"version": _VERSION, **plain}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """What `to_json` wrote; None for anything else, so that the board is read anew."""
        try:
            data: dict[str, Any] = json.loads(text)
            if data.pop("version") != _VERSION:
                return None
            tasks = [TaskFacts(*map(_hashable, row)) for row in data.pop("tasks")]
            signs = [Sign(*map(_hashable, row)) for row in data.pop("signs")]
            marks = tuple((int(number), int(at)) for number, at in data.pop("marks"))
            return cls(
                **data,
                tasks={task.phid: task for task in tasks},
                signs={sign.key: sign for sign in signs},
                marks=marks,
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def same_as(self, other: "BoardMemory | None") -> bool:
        """Whether both know the same of the board, whenever they looked."""
        return other is not None and replace(self, **_when(other)) == other

    def when(self, of: int) -> str:
        """When it looked, as JSON: what an idle look changes. `of` is `polled` of the memory that was written whole."""
        return json.dumps({**_when(self), "of": of})

    def looked(self, when: str | None) -> "BoardMemory":
        """The memory with the times of a later look at it, as `when` wrote them; else as it is.

        Where two processes share a ledger, the look may be of a memory that the other one overwrote: it is none at this.
        """
        try:
            told = {key: int(at) for key, at in json.loads(when or "{}").items()}
        except (ValueError, TypeError, AttributeError):
            return self
        later: dict[str, Any] = {key: told[key] for key in _WHEN if key in told}
        is_of_this = told.get("of") == self.polled and told.get("polled", 0) > self.polled
        return replace(self, **later) if is_of_this else self


_WHEN = ("polled", "checked", "polls", "turn", "streamed")


def _when(memory: BoardMemory) -> dict[str, Any]:
    return {key: getattr(memory, key) for key in _WHEN}


def _rows(things: Iterable[TaskFacts | Sign]) -> list[list[object]]:
    return [[getattr(thing, one.name) for one in fields(thing)] for thing in things]


def _hashable(cell: Any) -> Any:
    return tuple(cell) if isinstance(cell, list) else cell
