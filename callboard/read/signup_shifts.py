"""The hours of somebody in a slot of a table: the slot's, or the part of it that a remark beside the name leaves."""

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from callboard.config import Event
from callboard.model import PossibleHours
from callboard.read.availability import read_availability
from callboard.read.plain import plain
from callboard.read.times import read_times, read_zone
from callboard.values import value

Interval = tuple[datetime, datetime]
_CLOCK = r"\d{1,2}(?:\s*[:.h]\s*\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?(?:\s*(?:UTC|GMT|C?ES?T|MES?Z|BST|IST))?"
_ONE_END = re.compile(
    rf"\W*(?:(?:only|just|here|there|nur|seulement|s[óo]lo)\s+)*(?P<word>un)?(?:(?P<until>til|till|until|up\s+to|to|bis|jusqu['’]?\s?à|hasta|do)"
    rf"|(?P<start>from|starting(?:\s+(?:at|from))?|as\s+of|ab|von|desde|à\s+partir\s+de|after|nach|od))\s+(?P<clock>{_CLOCK})(?:\s+(?:only|on|onwards))?\W*",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\W*(?:(?:only|just|nur)\s+)?(?:from\s+|von\s+|between\s+)?(?P<range>{_CLOCK}\s*(?:[-–—]|to|until|bis|and)\s*{_CLOCK})(?:\s+only)?\W*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\d{1,2}[:.h]\d{2}|\d\s*(?:[ap]\.?m\b|uhr\b|utc\b|o['’]clock|min\w*\b|h\b|hours?\b)|\b\d{1,2}\s*[-–—]\s*\d{1,2}\b"
    r"|\b(?:until|till|from|after|before|bis|ab|nach|vor|hasta|desde|jusqu)\W*\d"
    r"|\b(?:half|hälfte|halb|moitié|mitad|quarter|hours?|stunden?|heures?|minutes?|minuten|noon|midnight|midday|morning|afternoon|evening|"
    r"first part|second part|last part|part of|partly|teilweise)\b",
    re.IGNORECASE,
)


@value()
class Hours:
    """When somebody is there, as far as it is known; `question` is empty if it is."""

    intervals: tuple[Interval, ...] | None = None
    question: str = ""
    possible: tuple[PossibleHours, ...] = ()


def speaks_of_hours(about: str) -> bool:
    """Whether a remark beside a name says something of hours."""
    return bool(_SPEAKS.search(plain(about)))


def in_slot(about: str, slot: Interval, zone: tzinfo) -> Hours:
    """The slot, narrowed by `(only until 21:30)`, `(from 10:30)`, `(13–14 Uhr)`; a question if another remark speaks of hours."""
    words = " ".join(plain(about).split())
    if not words or not _SPEAKS.search(words):
        return Hours((slot,))
    narrowed = _narrowed(words, slot, zone)
    if narrowed:
        return Hours((narrowed,))
    start, end = (moment.astimezone(zone) for moment in slot)
    said = words.strip(" ()[],;")
    return Hours(
        None, f"“{said}”: from when to when is that, between {start:%H:%M} and {end:%H:%M} ({start:%Z})?"
    )


def _narrowed(words: str, slot: Interval, zone: tzinfo) -> Interval | None:
    start, end = slot
    if found := _RANGE.fullmatch(words):
        ranges = {
            (begin, stop)
            for begin, stop in _readings(found["range"], slot, zone)
            if stop is not None and start <= begin < stop <= end
        }
        return ranges.pop() if len(ranges) == 1 else None
    if found := _ONE_END.fullmatch(words):
        inside = {begin for begin, _ in _readings(found["clock"], slot, zone) if start < begin < end}
        if len(inside) == 1:
            moment = inside.pop()
            return (start, moment) if found["until"] else (moment, end)
    return None


def _readings(clock: str, slot: Interval, zone: tzinfo) -> Iterator[tuple[datetime, datetime | None]]:
    """The clock on the days of the slot."""
    source = (
        clock if re.search(r"\d\s*[:.h]\s*\d|[a-z]|[-–—]", clock, re.IGNORECASE) else f"{clock.strip()}:00"
    )
    for day in sorted({moment.astimezone(zone).date() for moment in slot}):
        reading = read_times(source, day, zone)
        if reading.start and not reading.odd:
            yield reading.start, reading.end


def whole_day(day: date, event: Event) -> tuple[Interval, ...]:
    """A day of the event, as long as it is open."""
    return tuple(each.interval(event.zone) for each in event.event.days if each.date == day)


def offered(words: str, event: Event, day: date | None, zone: tzinfo) -> Hours:
    """What the words of a cell or of a head offer; a question if they are unclear, or meant by a clock that is not the event's."""
    spoken = read_availability(words, event, day=day)
    if spoken.ambiguous:
        return Hours(None, spoken.question, spoken.possible)
    if spoken.intervals and zone is not event.zone and not read_zone(words):
        return Hours(None, "By which clock are these hours: the event's, or that of the table?")
    return Hours(spoken.intervals)
