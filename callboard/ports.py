"""The small ports through which the core's neighbours reach the world; each has one real adapter.

Tests may stand a fake behind a port; the fake and the real part pass the same contract tests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from callboard.model import Account, Contribution, PageText


@dataclass(frozen=True, slots=True)
class Saved:
    """The wiki made revision `revid`; `merged` if it wove somebody's edit in, so its text is not the text sent."""

    revid: int
    timestamp: datetime
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page already has this text; no revision was made."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The page moved since it was read (changed, created, deleted): read again and decide anew."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The wiki said no, and would say it again: protection, filter, block, size …"""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer came: the save may have happened or may still happen. Look at the page and the own contributions."""

    why: str


Outcome = Saved | Unchanged | Conflict | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at the wiki showed, and the server's time of it (UTC)."""

    now: datetime
    pages: Mapping[str, PageText] = field(default_factory=dict)  # by the title asked for
    contributions: tuple[Contribution, ...] = ()  # newest first; only if asked for
    # With them: when user talk pages were deleted last, by title; what stood there is no contribution any more.
    deleted: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """Revisions of a page, newest first; `whole` if the oldest of them made the page."""

    revisions: tuple[PageText, ...] = ()
    whole: bool = False


class Wiki(Protocol):
    """The gateway: the only way to the wiki. Raises WikiAway, WikiRefused, and Stopped if the account is blocked."""

    bot: str  # the bot's own account name
    language: str  # of the wiki's content, such as "en"
    most_titles: int  # how many pages one request can ask for

    @property
    def requests(self) -> int:
        """How many HTTP requests this wiki was asked since the start."""
        ...

    def read(
        self,
        titles: Iterable[str],
        *,
        known: Mapping[str, int] | None = None,
        contributions_since: datetime | None = None,
    ) -> Reading:
        """Fresh pages, 50 (with a bot's limits 500) a request.

        A page whose revision is the one in `known` (0: there was none) comes without its text: an idle look costs ids. With
        `contributions_since`, the bot's own edits since then come in the same request, read after the pages.
        """
        ...

    def templates(self, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The titles of all templates that each page uses, directly or through others, by the title asked for.

        For the rare page whose exclusion template stands inside another one (`callboard.exclusion.needs_nested`).
        """
        ...

    def changes(self, revids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        """The page's text before and after each of these revisions; those that are gone or hidden are left out."""
        ...

    def revisions(self, title: str, *, since: datetime | None = None, most: int = 50) -> History:
        """The page's newest revisions; with `since`, those made at that instant or later; one request.

        At most `most`, and fewer where their texts are large. A hidden text is None, a hidden name is empty.
        """
        ...

    def accounts(self, names: Iterable[str], *, renames: bool = False) -> Mapping[str, Account]:
        """What the wiki says of each user name, keyed by the name asked for: existence, locks, languages; batched.

        One that is missing comes with the name that its user page leads to. With `renames` the log of renames is asked too
        about those that are missing still, one request a name: only for people who are due something this moment.
        """
        ...

    def as_saved(self, title: str, text: str) -> str:
        """The text as it would stand on the page if the bot saved it there now: templates substituted, signed.

        A read of one request; nothing is saved.
        """
        ...

    def wait(self, seconds: float) -> None:
        """Let so much time pass; may raise if the process is asked to end."""
        ...

    def save(
        self,
        read: PageText,
        text: str,
        summary: str,
        *,
        minor: bool = False,
        bot: bool = True,
    ) -> Outcome:
        """Make `text` the page's text if the page is still the one that was read; exactly one request, never repeated."""
        ...
