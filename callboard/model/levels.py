"""How sure a rule is, and how much a problem matters."""

from enum import StrEnum


class Level(StrEnum):
    """How sure a rule is, or how far an event lets it go."""

    SAFE = "SAFE"  # applied
    ASK = "ASK"  # listed on the report page for a person to say yes
    SHOW = "SHOW"  # only reported
    OFF = "OFF"


class Severity(StrEnum):
    """How much a problem matters to the event."""

    ERROR = "error"  # somebody will stand before a closed door
    WARNING = "warning"  # a person should look
    NOTE = "note"  # good to know

    @property
    def rank(self) -> int:
        """Its place in a list, the worst first."""
        return list(Severity).index(self)
