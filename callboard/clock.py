"""The one place that asks what time it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Now in UTC; `shift` moves it, for rehearsals: a clock that is a day ahead shows what happens tomorrow."""

    shift: timedelta = timedelta()

    def now(self) -> datetime:
        """The current instant in UTC, whole seconds, with the shift applied."""
        return (datetime.now(UTC) + self.shift).replace(microsecond=0)

    @classmethod
    def showing(cls, instant: datetime) -> "Clock":
        """A running clock that shows `instant` right now; raises ValueError if it has no zone."""
        if instant.tzinfo is None:
            raise ValueError(f"{instant.isoformat()} has no zone: write it with Z or an offset")
        return cls(instant - datetime.now(UTC))
