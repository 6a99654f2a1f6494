"""What people were told of their sessions, as the keys of their notices say it: the number of things told, and the last one."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote

from callboard.model import SessionFacts
from callboard.notices.facts import as_key, from_key
from callboard.snapshot import Snapshot

Whose = tuple[str, str]  # the session's name in keys, the person


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is in a session, and which kinds of notice tell them how it stands."""

    name: str
    kinds: frozenset[str]
    gone: str  # the kind that says that it is not held any more
    whole: bool  # whether they are told its length, format and title too
    named: frozenset[str] = frozenset()  # other kinds, which call a session as its people know it


OWNER = Part(
    "owner",
    frozenset({"scheduled", "moved", "changed", "cancelled"}),
    "cancelled",
    whole=True,
    named=frozenset({"after_session"}),
)
FACILITATOR = Part(
    "facilitator", frozenset({"shift_changed", "shift_cancelled"}), "shift_cancelled", whole=False
)
PARTS = (OWNER, FACILITATOR)
_PART = {kind: part for part in PARTS for kind in part.kinds}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody knows: the number of things told so far, the last of them, and whether it was that the session is gone."""

    number: int
    facts: SessionFacts
    gone: bool = False


def occasion(part: Part, number: int, facts: SessionFacts) -> str:
    """`2 2021-05-22T17:00Z Room 1`: the second thing told, by its kind how the session stands or that it is gone."""
    return f"{number} {as_key(facts, whole=part.whole)}"


def told_last(snapshot: Snapshot, part: Part) -> dict[Whose, Told]:
    """The last thing that each person was told as one who has this part in a session."""
    last: dict[Whose, tuple[int, datetime]] = {}
    told: dict[Whose, Told] = {}
    for key, at in snapshot.sent_at.items():
        found = _read(key, snapshot.event.slug)
        if found is None or found[1] not in part.kinds:
            continue
        whose, _, what = found
        if whose not in last or last[whose] < (what.number, at):
            last[whose], told[whose] = (what.number, at), what
    return told


def told_once(snapshot: Snapshot, kind: str) -> frozenset[Whose]:
    """Who was ever told a kind of notice of which session."""
    found = (_read(key, snapshot.event.slug) for key in snapshot.sent_at)
    return frozenset(read[0] for read in found if read and read[1] == kind)


@lru_cache(maxsize=16_384)  # each look asks the same keys again
def _read(key: str, event: str) -> tuple[Whose, str, Told] | None:
    """Whose it is, the kind and what was told, of a notice's key; None if it is of another event or tells no facts."""
    parts = key.split("/")
    part = _PART.get(parts[2]) if len(parts) == 4 and parts[0] == event else None
    if part is None:
        return None
    name, _, person = parts[1].rpartition("@")
    said = unquote(parts[3])
    number, _, rest = said.partition(" ")
    # `scheduled` had no number once, and what it told counts less than what has one.
    facts = from_key(rest if number.isdecimal() else said, whole=part.whole)
    if facts is None:
        return None
    told = Told(int(number) if number.isdecimal() else 0, facts, gone=parts[2] == part.gone)
    return (unquote(name), unquote(person)), parts[2], told
