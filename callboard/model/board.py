"""Proposals: what the board says of tasks that ask for a session."""

from datetime import datetime

from callboard.values import value


@value()
class Acknowledgement:
    """The coordination team's yes, with its evidence: who (name and PHID), when, by what, which transaction."""

    by: str
    by_phid: str
    at: datetime
    sign: str  # "comment" or "column"
    transaction: str  # PHID-XACT-TASK-…
    quote: str = ""  # the comment, shortened


@value()
class SlotWish:
    """A coordinator's comment `slot: 2021-05-22 14:00, Hacking room 1`, as written behind the colon."""

    text: str
    by: str
    at: datetime
    transaction: str


@value()
class Proposal:
    """A task that asks for a session."""

    task: str  # "T900001"
    phid: str
    title: str
    author: str  # Phabricator user name
    status: str  # "open", "declined", … as the server lists them
    closed: bool
    description: str = ""
    visible: bool = True  # still on the project and not hidden
    acknowledged: Acknowledgement | None = None
    claimed_names: tuple[str, ...] = ()  # wiki accounts that the description names: claims, not identities
    owners: tuple[str, ...] = ()  # wiki accounts that are known to be the author's
    minutes: int | None = None  # the length that the description asks for
    format: str | None = None
    submitted: datetime | None = None  # when the task was created
    merged_into: str = ""  # the task that it was merged into, where known
    recording: str = ""  # a recording's URL that a coordinator's comment names
    slot: SlotWish | None = None  # what a coordinator's newest comment `slot: …` asks for
    available: tuple[tuple[datetime, datetime], ...] | None = None  # when the owner can; None if nobody says
