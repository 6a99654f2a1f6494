"""A notice and the key that makes it once."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from urllib.parse import unquote

from callboard.values import value

_UNSAFE_IN_KEY = re.compile(r"[^\w .:+()'!,@-]")


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


@value()
class Point:
    """A line of a list in a notice: words that are shown as they are, behind a link to the place that they are about."""

    text: str
    page: str = ""  # a page of the event's own
    section: str = ""  # as a link names it


@value()
class Notice:
    """A message to one person, or to a talk page of the event, about one thing.

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
    points: tuple[Point, ...] = ()  # the value `points`: a list, each on a line of its own
    # A talk page of the event, told instead of a person; `recipient` is its title then.
    to_page: bool = False

    @property
    def talk(self) -> str:
        """The page on which the notice is put, as long as the recipient keeps the name."""
        return self.recipient if self.to_page else f"User talk:{self.recipient}"

    @property
    def key(self) -> str:
        """`event/subject/kind/occasion`, as it stands in the mark, the edit summary and the ledger.

        The subject is the thing and the person: who moves house (an archived or moved talk page) keeps the key.
        """
        parts = (self.event, f"{self.subject}@{self.recipient}", self.kind, self.occasion)
        return "/".join(_UNSAFE_IN_KEY.sub(_percent, part).replace("--", "-%2D") for part in parts)


def subject_in(key: str) -> str:
    """What a key says that the notice is about; of two sessions that clash `one+other`."""
    return unquote(key.partition("/")[2].partition("/")[0].rpartition("@")[0])


def recipient_in(key: str) -> str:
    """The recipient whom a key names: an account, or a talk page of the event."""
    return unquote(key.partition("/")[2].partition("/")[0].rpartition("@")[2])


def key_for(key: str, recipient: str) -> str:
    """The key that the same notice to somebody else would have."""
    event, subject, kind, occasion = key.split("/")
    thing = subject.rpartition("@")[0]
    who = _UNSAFE_IN_KEY.sub(_percent, recipient)
    return "/".join((event, f"{thing}@{who}".replace("--", "-%2D"), kind, occasion))
