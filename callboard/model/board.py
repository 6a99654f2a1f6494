"""Proposals: what the board says of tasks that ask for a session."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from callboard.values import value

_TAKEN_BACK = {
    "said": ("took that back", "that was taken back"),
    "edited": ("changed the comment", "the comment was changed"),
    "removed": ("", "the comment was removed"),
    "moved": ("moved the card", "the card was moved"),
    "untagged": ("took the tag off", "the tag was taken off"),
    "status": ("changed the status", "the status was changed"),
}


@value()
class Acknowledgement:
    """The coordination team's yes, with its evidence: who (name and PHID), when, by what, which transaction."""

    by: str
    by_phid: str
    at: datetime
    sign: str  # "comment", "column", "tag" or "status"
    transaction: str  # PHID-XACT-TASK-…
    quote: str = ""  # the comment, shortened


@value()
class Withdrawal:
    """What took a yes back: who, when, how; `by` is empty where the board does not tell, as of a removed comment."""

    by: str
    at: datetime | None
    how: str  # "said", "edited", "removed", "moved", "untagged", "status"
    of: Acknowledgement  # the yes that was taken back
    transaction: str = ""
    quote: str = ""

    @property
    def told(self) -> str:
        """`acknowledged by Lena on 2021-05-12, but Tomas took that back on 2021-05-14 ("the slot is taken")`."""
        given = f"acknowledged{f' by {self.of.by}' if self.of.by else ''} on {self.of.at:%Y-%m-%d}"
        active, passive = _TAKEN_BACK.get(self.how, ("", "that does not hold any more"))
        what = f"{self.by} {active}" if self.by and active else passive
        day = f" on {self.at:%Y-%m-%d}" if self.at else ""
        quote = f' ("{self.quote}")' if self.quote else ""
        return f"{given}, but {what}{day}{quote}"


@value()
class Claim:
    """A wiki account that a task names, and why it is known to be a person's of the task; unverified ones get no notice."""

    name: str  # as the wiki writes it
    why: str  # "mediawikiquery": the server knows whose it is; "people": the event file does; "unverified"

    @property
    def verified(self) -> bool:
        """Whether the account is known to be the author's, or a listed speaker's."""
        return self.why != "unverified"


@value()
class Told:
    """A comment of the bot's own on a task; `removed` if people took it away."""

    marker: str  # from the link at its end (proposals/markers.py: marker_in); empty if it has none, or was removed
    at: datetime
    transaction: str
    removed: bool = False


@value()
class SlotWish:
    """A coordinator's comment `slot: 2021-05-22 14:00, Hacking room 1`, as written behind the colon."""

    text: str
    by: str
    at: datetime
    transaction: str


@value()
class JudgedSign:
    """A comment, move, tag or status that might be a yes, and what it counts for, in words for people."""

    by: str
    at: datetime
    how: str  # "comment", "column", "tag" or "status"
    says: str  # the comment shortened; the column's, tag's or status's name
    verdict: str  # "yes", "taken back", "nothing"
    why: str = ""  # why it counts for nothing: "by the proposer", "not a coordinator", "in a quote"
    transaction: str = ""


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
    board: str = ""  # the slug of the board's project
    kind: str = "session"  # "session", "project" or "other": what the card is on this board
    column: str = ""  # the name of the column in which it lies
    columns: tuple[str, ...] = ()  # the same by PHID
    closer: str = ""  # who closed it last, where known: a Phabricator user name
    fields: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # what the description says, by field: "format", "track" …
    missing: tuple[str, ...] = ()  # required fields that it does not give
    contradictions: tuple[str, ...] = ()  # in words for organisers: "Workshop, and 5 minutes"
    claims: tuple[Claim, ...] = ()
    withdrawn: Withdrawal | None = None  # a yes that does not hold any more, and why
    was_acknowledged: Acknowledgement | None = None  # the yes without regard to whether the task is open
    signs: tuple[JudgedSign, ...] = ()  # everything that was looked at for the yes, oldest first
    told: tuple[Told, ...] = ()  # the bot's own comments, oldest first
    moved_by_bot: tuple[str, ...] = ()  # PHIDs of columns into which the bot put it once
    goes_to: str = (
        ""  # PHID of the column that the event names for scheduled sessions; empty if it names none
    )
