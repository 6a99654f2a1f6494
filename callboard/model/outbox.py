"""What organisers said on the outbox page about notices that are still to come."""

import hashlib
from datetime import datetime
from typing import Literal

from callboard.values import value

EVERYTHING = "all"  # instead of a notice's id: whatever is still to come


def short_id(key: str) -> str:
    """What stands for a notice's key in a line of the outbox page; keys are longer than what a line says besides."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


@value()
class OutboxWord:
    """One notice, or everything, held back or released early; the newest word of an organiser counts."""

    about: str  # the notice's short id, or EVERYTHING
    says: Literal["hold", "send"]
    by: str
    at: datetime


@value()
class OutboxNote:
    """What somebody who is no organiser did on the outbox page in vain."""

    by: str  # empty where the wiki hides it
    at: datetime
    did: str  # "took out 3 lines"
