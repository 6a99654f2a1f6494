"""What may go wrong with a request of a bot, how often, and which fault meets which request: pure, by the seed alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """One thing that goes wrong; the value is its name in the summary."""

    REFUSED = "connection refused"
    RESET = "reset before the request arrived"
    RESET_AFTER = "reset after the wiki did it"
    ERROR = "429, 502, 503 or 504 instead of the wiki"
    ERROR_AFTER = "429, 502, 503 or 504 after the wiki did it"
    TIME_OUT = "time-out, the save lands seconds later"
    LATE = "connection lost, the save lands seconds later"
    MAXLAG = "maxlag"
    READONLY = "readonly"
    RATELIMITED = "ratelimited"
    BADTOKEN = "badtoken"
    SESSION = "session lost"
    CAPTCHA = "captcha"
    DISALLOWED = "abusefilter-disallowed"
    WARNING = "abusefilter-warning"
    PROTECTED = "page protected by an admin"
    BLOCKED = "bot blocked by an admin"
    CONFLICT = "a person writes at the end in the same second"
    MERGE = "a person writes at the top in the same second"
    DELETED = "page deleted right before the save"
    DELETED_AFTER = "page deleted right after the save"
    ARCHIVED = "page archived right before the save"
    ARCHIVED_AFTER = "page archived right after the save"
    SCHEDULE = "a person changes the schedule right before the save"
    KILLED = "kill -9 before the request was sent on"
    KILLED_ON_THE_WAY = "kill -9, the request arrives"
    KILLED_AFTER = "kill -9 a moment after the answer"
    KILLED_LATE = "kill -9, the request arrives seconds later"


# How many of a thousand requests meet a fault: saves, and all others.
SAVES = {
    Fault.RESET: 10,
    Fault.RESET_AFTER: 16,
    Fault.ERROR: 14,
    Fault.ERROR_AFTER: 16,
    Fault.TIME_OUT: 5,
    Fault.LATE: 16,
    Fault.MAXLAG: 6,
    Fault.READONLY: 6,
    Fault.RATELIMITED: 6,
    Fault.BADTOKEN: 10,
    Fault.SESSION: 8,
    Fault.CAPTCHA: 6,
    Fault.DISALLOWED: 6,
    Fault.WARNING: 6,
    Fault.PROTECTED: 6,
    Fault.BLOCKED: 4,
    Fault.CONFLICT: 25,
    Fault.MERGE: 15,
    Fault.DELETED: 6,
    Fault.DELETED_AFTER: 6,
    Fault.ARCHIVED: 10,
    Fault.ARCHIVED_AFTER: 12,
    Fault.SCHEDULE: 8,
    Fault.KILLED: 6,
    Fault.KILLED_ON_THE_WAY: 10,
    Fault.KILLED_AFTER: 14,
    Fault.KILLED_LATE: 10,
}
OTHERS = {
    Fault.RESET: 8,
    Fault.RESET_AFTER: 8,
    Fault.ERROR: 15,
    Fault.SESSION: 8,
    Fault.SCHEDULE: 8,
    Fault.CONFLICT: 8,
    Fault.KILLED: 6,
    Fault.KILLED_AFTER: 10,
}


def without(word: str) -> dict[Fault, int]:
    """What may happen to saves, but for the faults with this word in their names."""
    return {fault: often for fault, often in SAVES.items() if not word or word not in fault}


REFUSED_AFTER = 10  # of a thousand answers: what the bot sends next meets a closed port
STATUSES = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Fate:
    """What meets one request: a fault or none, and the numbers that it needs."""

    fault: Fault | None
    status: int  # of an answer that is not the wiki's
    late: float  # seconds until a request lands that the bot has given up
    moment: float  # seconds between an answer and a death
    then_refused: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """Draws the fates of one bot in one wave; the same numbers give the same fates."""

    seed: int
    wave: int
    bot: str
    saves: Mapping[Fault, int] = field(default_factory=lambda: SAVES)
    others: Mapping[Fault, int] = field(default_factory=lambda: OTHERS)

    def fate(self, number: int, *, save: bool) -> Fate:
        """The fate of the bot's request of that number in the wave."""
        draw = Random(f"{self.seed}/{self.wave}/{self.bot}/{number}")
        place = draw.random() * 1000
        return Fate(
            fault=next(_below(place, self.saves if save else self.others), None),
            status=draw.choice(STATUSES),
            late=draw.choice((0.05, 0.3, 1.0, 2.5)) * (0.5 + draw.random()),
            moment=draw.choice((0.0, 0.001, 0.005, 0.02, 0.1)) * draw.random(),
            then_refused=draw.random() * 1000 < REFUSED_AFTER,
        )


def _below(place: float, weights: Mapping[Fault, int]) -> Iterator[Fault]:
    for fault, weight in weights.items():
        if place < weight:
            yield fault
        place -= weight


def clock_step(draw: Random) -> float:
    """By how many minutes a bot's clock is wrong; mostly a little, to either side."""
    return draw.choice((0.0, 0.0, draw.uniform(-2, 2), draw.uniform(-7, 7)))
