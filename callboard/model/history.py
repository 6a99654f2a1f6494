"""Who wrote the lines of a page, and what the last look saw: what makes a problem's history."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from callboard.values import value


@value()
class Maker:
    """Who made an edit, and when; the name is empty where the wiki hides it."""

    user: str
    at: datetime
    revid: int | None = None  # the revision that did it, where it is known


@value()
class Remark:
    """A comment `<!-- callboard: ok … -->`: the number of its line (from 0), all of it, and who put it there."""

    line: int
    text: str
    by: Maker | None = None


@value()
class LineAuthors:
    """Who last changed each line of a page; None where that is older than the history that was read."""

    lines: tuple[Maker | None, ...] = ()
    remarks: tuple[Remark, ...] = ()
    # The last lines that went, as far back as the history was read, with who took them out.
    removed: tuple[tuple[str, Maker], ...] = ()
    # Of a schedule: who made each session stand as it does, and each person stand in it, by `notices.facts.mark_of`.
    sessions: Mapping[str, Maker | None] = field(default_factory=dict)

    def latest(self, first: int, last: int) -> Maker | None:
        """Who was the last to change one of these lines (from 1, both ends included)."""
        made = [maker for maker in self.lines[max(0, first - 1) : last] if maker]
        return max(made, key=lambda maker: maker.at, default=None)


@value()
class SeenSession:
    """A session as the last look saw it."""

    page: str
    line: int
    title: str
    owners: tuple[str, ...]
    tasks: tuple[str, ...]
    start: datetime | None
    rooms: tuple[str, ...]


@value()
class GoneSession:
    """A session that vanished, who took it out (if that is known), and since when the bot misses it."""

    session: SeenSession
    by: Maker | None
    since: datetime


@value()
class AcceptedMark:
    """An organiser's word that problems may stay, and the problems (by their facts) that stood there at that time."""

    mark: str  # what was written, and where, in short
    page: str
    by: str
    at: datetime
    facts: tuple[str, ...]


@value()
class SessionFacts:
    """What can be known of a session: when and where it is, how long, in which format, under which title.

    What a page does not say is empty, or 0. The marks stand for words where only a notice's key remembers them.
    """

    start: datetime
    room: str = ""
    minutes: int = 0
    title: str = ""
    format: str = ""
    title_mark: str = ""
    format_mark: str = ""


@value()
class FirstSight:
    """A person of a session, and what they know without being told: how it stood when the bot first saw them there.

    Or as they made it themselves, or as they were told last, in words. `told` is the number of things that they had been
    told by then: what they were told later counts more.
    """

    session: SeenSession  # as the last look saw it
    name: str  # of the session in keys: that by which it was first seen, whatever it is called now
    person: str
    part: str  # "owner" or "facilitator"
    facts: SessionFacts
    told: int = 0
    quiet_from: datetime | None = None  # what was changed before then had told nobody anything


@value()
class LastLook:
    """What the last look left: sessions, those that vanished, since when problems stand, what was accepted.

    `known` is false with a new ledger: then nothing is new, it is only seen for the first time.
    """

    known: bool = False
    sessions: tuple[SeenSession, ...] = ()
    gone: tuple[GoneSession, ...] = ()
    since: Mapping[str, datetime] = field(default_factory=dict)  # by a problem's identity
    marks: tuple[AcceptedMark, ...] = ()
    # Where the event tells owners or facilitators of changes, or asks for notes.
    sights: tuple[FirstSight, ...] = ()
