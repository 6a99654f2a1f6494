"""What the bot's own contributions say was told: the truth about notices, of which the ledger is a memory.

Keys count only in the bot's own summaries; marks on talk pages can be copied or forged. The wiki lists an edit under the title
that its page has now: a notice on the talk page of another account than its key names was told to that account too, if the
name in the key is no account's any more, for renaming moves the talk page. So nobody is told again because of a new name.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from callboard.config import Event
from callboard.ledger import Ledger, Sent
from callboard.model import Contribution
from callboard.model.notice import key_for, recipient_in
from callboard.notices.message import keys_in
from callboard.ports import Wiki

_TALK = "User talk:"


def note_told(
    contributions: Iterable[Contribution], event: Event, ledger: Ledger, wiki: Wiki, now: datetime
) -> dict[str, Sent]:
    """Note every notice of the event among the contributions (newest first); by key, those not known to be sent before.

    `now` is the wiki's time. Whatever else the ledger thinks became of a notice, what the wiki shows was sent.
    """
    known = {entry.key for entry in ledger.notices(event.slug) if entry.state == "sent"}
    new: dict[str, Sent] = {}
    moved: list[tuple[str, Sent]] = []
    for edit in reversed(tuple(contributions)):
        for key in keys_in(edit.comment):
            if not key.startswith(f"{event.slug}/") or key.count("/") != 3:
                continue
            entry = Sent(key, recipient_in(key), key.split("/")[2], "sent", edit.timestamp, edit.revid, "")
            if key not in known:
                new.setdefault(key, entry)
            owner = _owner(edit.title, entry.recipient)
            if (other := key_for(key, owner)) not in known:
                why = f"told when the account was called {entry.recipient}"
                moved.append((entry.recipient, replace(entry, key=other, recipient=owner, why=why)))
    moved = [(former, entry) for former, entry in moved if entry.key not in new]
    gone = _no_accounts({former for former, _ in moved}, ledger, wiki, now)
    for former, entry in moved:
        if former in gone:
            new.setdefault(entry.key, entry)
    ledger.found(event.slug, *new.values())
    return new


def last_told(contributions: Iterable[Contribution], event: Event) -> datetime | None:
    """When the newest notice of the event among the contributions (newest first) was posted."""
    of_event = f"{event.slug}/"
    told = (edit for edit in contributions if any(key.startswith(of_event) for key in keys_in(edit.comment)))
    return next((edit.timestamp for edit in told), None)


def _owner(title: str, recipient: str) -> str:
    """Whose talk page it is, archives included; the recipient's own where it is no talk page of a person."""
    if not title.startswith(_TALK) or recipient.startswith(_TALK):
        return recipient
    return title.removeprefix(_TALK).partition("/")[0]


def _no_accounts(names: set[str], ledger: Ledger, wiki: Wiki, now: datetime) -> set[str]:
    """Those of the names that no account has, asked this moment: one that existed a while ago may have been renamed since."""
    if not names:
        return set()
    known = {name: one for name, one in ledger.accounts(names, now).items() if not one.exists}
    if missing := names - known.keys():
        said = wiki.accounts(sorted(missing))
        ledger.remember_accounts(said, now)
        known |= said
    return {name for name in names if not known[name].exists}
