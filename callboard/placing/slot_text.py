"""A slot in a person's words: `2021-05-22 14:00 / Hacking room 1`, `Saturday 2pm room 1`, `22 May 14:00 UTC, HR1`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from callboard.config import Event
from callboard.config_tables import Room
from callboard.model import Session
from callboard.placing import NotPlaced
from callboard.read.plain import plain
from callboard.read.times import read_day, read_times
from callboard.read.tokens import Kind, Token, tokens

_FILLERS = frozenset({"in", "at", "on", "the", "from", "o'clock", "starting", "room:", "h", "uhr"})
_DAYS = frozenset({Kind.DATE, Kind.WEEKDAY, Kind.ORDINAL, Kind.DAY_NUMBER})
_SIGNS = frozenset(",/|@;:.()-–—")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class SlotAsked:
    """What a text about a slot can mean: starts in UTC, the likeliest first, and rooms; one of each is certain.

    `literal` is the start on the very date named; the others are small hours that a page lists below the day before.
    `minutes` is the length, where the text names an end: 60 in `Sat 16:30–17:30 room 1`.
    """

    text: str
    starts: tuple[datetime, ...]
    rooms: tuple[str, ...]
    literal: datetime | None = None
    minutes: int | None = None

    def means(self, session: Session) -> bool:
        """Whether a session stands in the slot."""
        return session.start in self.starts and (
            not self.rooms or not {*self.rooms}.isdisjoint(session.rooms)
        )


def read_slot(text: str, event: Event) -> SlotAsked:
    """The readings of a text about a slot; raises NotPlaced for one without a time, or with words that mean nothing here.

    Without a day every day of the event is a reading, without a room every room; times are those of the event's zone
    unless the text names another.
    """
    if len(text) > _LONGEST:
        raise NotPlaced(f"a slot needs no {len(text)} characters: write one like {_example(event)!r}")
    rooms, rest = _rooms(text, event)
    pieces = list(tokens(plain(rest)))
    named = read_day(rest, event.dates)
    if named.odd:
        raise NotPlaced(f"slot {text!r}: {named.odd[0].message}")
    if named.day is None and any(piece.kind in _DAYS for piece in pieces):
        raise NotPlaced(f"slot {text!r}: on which one of the event's days is this ({_days(event)})?")
    if unknown := " ".join(_unknown(pieces)):
        known = ", ".join(room.name for room in event.room) or "none"
        raise NotPlaced(f"slot {text!r}: nothing here is called {unknown!r}; the rooms are: {known}")
    days = event.dates if named.day is None else (named.day,)
    starts, minutes = _times(text, rest, days, event)
    exact = any(piece.kind is Kind.DATE for piece in pieces)
    return SlotAsked(text, starts, rooms, starts[0] if exact else None, minutes)


def _example(event: Event) -> str:
    room = next((room.name for room in event.room if room.open), "Room 1")
    return f"{event.dates[0]} 14:00, {room}"


def _days(event: Event) -> str:
    return ", ".join(f"{day:%a} {day}" for day in event.dates)


def _times(
    text: str, rest: str, days: Sequence[date], event: Event
) -> tuple[tuple[datetime, ...], int | None]:
    """The starts, and the length if the text names one."""
    found: list[datetime] = []
    late: list[datetime] = []
    lengths: set[int | None] = set()
    for day in days:
        reading = read_times(rest, day, event.zone)
        if reading.odd:
            raise NotPlaced(f"slot {text!r}: {reading.odd[0].message}")
        if reading.start is None:
            raise NotPlaced(f"slot {text!r}: this names no time; write one like {_example(event)!r}")
        found.append(reading.start)
        lengths.add(
            int((reading.end - reading.start) / timedelta(minutes=1)) if reading.end else reading.minutes
        )
        over = _past_midnight(day, event)
        after = read_times(_clock(rest), day + timedelta(days=1), event.zone).start if over else None
        if over and after and after < over:
            late.append(after)
    if len(lengths) > 1:  # a night on which the clocks change
        raise NotPlaced(f"slot {text!r}: on which one of the event's days is this ({_days(event)})?")
    return tuple(dict.fromkeys([*found, *late])), lengths.pop()


def _clock(rest: str) -> str:
    """The text without the day that it names."""
    seen = plain(rest)
    for piece in reversed(list(tokens(seen))):
        if piece.kind in _DAYS:
            seen = f"{seen[: piece.start]} {seen[piece.end :]}"
    return seen


def _past_midnight(day: date, event: Event) -> datetime | None:
    """When a day of the event ends that goes past midnight."""
    facts = next(known for known in event.event.days if known.date == day)
    end = facts.interval(event.zone)[1]
    return end if end.astimezone(event.zone).date() > day else None


def _unknown(pieces: Sequence[Token]) -> Iterator[str]:
    timed = any(piece.kind is Kind.CLOCK for piece in pieces)
    for piece in pieces:
        word = piece.kind is Kind.WORD and piece.text.casefold() not in _FILLERS
        stray = timed and piece.kind in {Kind.NUMBER, Kind.FOUR, Kind.DOTTED}
        sign = piece.kind is Kind.PUNCTUATION and piece.text not in _SIGNS
        if word or stray or sign:
            yield piece.text


def _rooms(text: str, event: Event) -> tuple[tuple[str, ...], str]:
    """The rooms that the longest name in the text can mean, and the text without it; all rooms if it names none.

    `room 1` is the end of `Hacking room 1`; where two rooms end like that, both are readings.
    """
    best: tuple[int, int, int] | None = None
    rooms: dict[str, None] = {}
    for room in event.room:
        for words in _names(room):
            pattern = r"[\W_]+".join(map(re.escape, words))
            for found in re.finditer(rf"(?<![\w:.-]){pattern}(?![\w:]|[.-]\d)", text, re.IGNORECASE):
                place = (len("".join(words)), found.start(), found.end())
                if best is None or place[0] > best[0]:
                    best, rooms = place, {}
                if place == best:
                    rooms[room.name] = None
    if best is None:
        return tuple(room.name for room in event.room), text
    return tuple(rooms), f"{text[: best[1]]} , {text[best[2] :]}"


def rooms_named(text: str, event: Event) -> tuple[str, ...]:
    """The rooms that a text names and nothing else: `room 1`; raises NotPlaced if it names none."""
    rooms, rest = _rooms(text, event)
    if rest == text or re.search(r"\w", rest):
        raise NotPlaced(
            f"no room is called {text!r}; the rooms are: {', '.join(room.name for room in event.room) or 'none'}"
        )
    return rooms


def _names(room: Room) -> Iterator[list[str]]:
    """A room's names in words, and parts of them that are no number and no day: `room 1`, `Birch` of `Birch hall`."""
    for name in (room.name, *room.aliases):
        words = re.findall(r"\w+", name)
        yield words
        for first, last in combinations(range(len(words) + 1), 2):
            part = words[first:last]
            kinds = {piece.kind for piece in tokens(" ".join(part))}
            if Kind.WORD in kinds and kinds <= {Kind.WORD, Kind.NUMBER}:
                yield part
