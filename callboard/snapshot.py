"""What is known at one moment: the one argument that rules, checks and notices get besides the page they look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Account, LastLook, LineAuthors, OutboxWord, PageText, Proposal
from callboard.model.outbox import OutboxNote
from callboard.model.tidied import TidiedCell


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole state of an event as gathered; pure code works from this and nothing else.

    `accounts` answers for the names that the wiki was asked about (a name that is no key was not asked).
    `proposals` is keyed by task ("T900001"); None means that the board was not read, so nothing may rest on it.
    `sent` holds the key of every notice that needs no thought: posted, given up or held for a reason; and of what was written
    on tasks. What people were told is in `sent_at` alone.
    """

    event: Event
    now: datetime
    pages: Mapping[str, PageText] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] | None = None
    sent: frozenset[str] = frozenset()
    # Per schedule page: how many sessions it had when it was last seen whole.
    sessions_before: Mapping[str, int] = field(default_factory=dict)
    # (page, line) that the bot wrote, and how often it stood there then: where there are fewer now, a person took an
    # edit back, wholly or in part.
    written_before: Mapping[tuple[str, str], int] = field(default_factory=dict)
    # Per schedule page: the cells that the bot changed, so that what a person took back there stays with people.
    tidied_before: Mapping[str, tuple[TidiedCell, ...]] = field(default_factory=dict)
    # Coordinators' wishes for a slot that were carried out once, by transaction; they do not count any more.
    carried_out: frozenset[str] = frozenset()
    # What Phabricator refused to have written on tasks, by the key of the change, and why.
    refused: Mapping[str, str] = field(default_factory=dict)
    # Why the board was not read just now; proposals are then as last read, for checks: nothing is done that rests on them.
    board_note: str = ""

    # Per page: who last changed each line of its text, as far as the history was read.
    authors: Mapping[str, LineAuthors] = field(default_factory=dict)
    # What the look before this one left.
    last: LastLook = field(default_factory=LastLook)

    # When each notice that is known to be posted went out, by its key, as `now` counts.
    sent_at: Mapping[str, datetime] = field(default_factory=dict)
    # Notices that could not be posted, by key: those that wait, and those given up for another reason than lateness; the ledger
    # has the reasons.
    held: frozenset[str] = frozenset()
    # What organisers said on the outbox page, by a notice's short id, and what others did there in vain.
    outbox: Mapping[str, OutboxWord] = field(default_factory=dict)
    outbox_notes: tuple[OutboxNote, ...] = ()
    # What a script was asked for: these kinds of notice, to these people (empty: all), and now what is planned for later.
    only_kinds: frozenset[str] = frozenset()
    only_to: frozenset[str] = frozenset()
    early: bool = False
    # How far `now` is ahead of the wiki's clock, whose times the pages' histories have: a rehearsal's.
    shift: timedelta = timedelta()
    # The bot's own account name; empty where there is no wiki, as for a saved page.
    bot: str = ""

    def account(self, name: str) -> Account | None:
        """What the wiki says of the name, or None if it was not asked."""
        return self.accounts.get(name)

    def renamed(self, name: str) -> str | None:
        """The name that an account has now, if it is known to have been renamed and to exist under that name."""
        account = self.accounts.get(name)
        new = account.renamed_to if account and not account.exists else None
        return new if new and self.exists(new) else None

    def exists(self, name: str) -> bool:
        """Whether the wiki was asked and said that this account exists."""
        account = self.accounts.get(name)
        return account is not None and account.exists
