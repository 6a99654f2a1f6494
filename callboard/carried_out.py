"""Which of the coordinators' wishes for a slot were carried out: in the ledger, and without it in the bot's own edit summaries."""

import re
from collections.abc import Iterable

from callboard.config import Event
from callboard.ledger import Ledger

# The end of a summary that `Wished.reason` makes; nothing that a title holds stands behind it.
_IN_SUMMARY = re.compile(r"Bot: placed T\d+ in .*, as [^()]* asked on the task \((PHID-XACT-[\w-]+)\)")


def _fact(event: Event) -> str:
    return f"carried out:{event.slug}"


def carried_out(ledger: Ledger, event: Event) -> frozenset[str]:
    """The transactions whose wish was carried out once; it does not count any more."""
    return frozenset((ledger.fact(_fact(event)) or "").split())


def remember_carried_out(ledger: Ledger, event: Event, transactions: Iterable[str]) -> None:
    """Note that these wishes were carried out."""
    known = carried_out(ledger, event)
    if new := frozenset(transactions) - known:
        ledger.remember_fact(_fact(event), " ".join(sorted(known | new)))


def transaction_in(summary: str) -> str:
    """The wish that one of the bot's own edits carried out, by its summary; empty if it is another edit."""
    found = _IN_SUMMARY.match(summary)
    return found[1] if found else ""
