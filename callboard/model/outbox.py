"""What organisers said on the outbox page about notices that are still to come."""

from datetime import datetime
from typing import Literal

from callboard.values import value


@value()
class OutboxWord:
    """One notice held back or released early; the newest word of an organiser counts."""

    key: str
    says: Literal["hold", "send"]
    by: str
    at: datetime | None = None  # None if the history does not tell
