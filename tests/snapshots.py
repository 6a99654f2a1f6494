"""Events and snapshots for tests of rules, checks and tidying."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from callboard.config import Event, event_from
from callboard.model import Account, Proposal
from callboard.snapshot import Snapshot

NOW = datetime(2021, 5, 20, 12, tzinfo=UTC)
FORMATS = (
    {"name": "Presentation", "minutes": 25, "aliases": ["talk", "💡"]},
    {"name": "Discussion", "minutes": 55, "aliases": ["💬"]},
    {"name": "Workshop", "minutes": 55, "aliases": ["🛠"]},
    {"name": "Lightning talk", "minutes": 5, "shared": True},
)


def event(**parts: Any) -> Event:
    """A three-day event with three rooms; `parts` replace or add sections of the event file."""
    data: dict[str, Any] = {
        "event": {"title": "Hackathon", "zone": "UTC", "days": ["2021-05-21", "2021-05-22", "2021-05-23"]},
        "room": [
            {"name": "Main track", "open": False},
            {"name": "Hacking room 1", "aliases": ["HR1"]},
            {"name": "Hacking room 2"},
        ],
        "format": list(FORMATS),
    }
    return event_from(data | parts, slug="test", where="test")


def snapshot(
    *,
    accounts: Iterable[str] = (),
    proposals: Mapping[str, Proposal] | None = None,
    now: datetime = NOW,
    **parts: Any,
) -> Snapshot:
    """A snapshot in which these accounts exist."""
    known = {name: Account(name, exists=True) for name in accounts}
    return Snapshot(event(**parts), now, accounts=known, proposals=proposals)
