"""When each row of a schedule table begins and ends."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from callboard.read.oddities import Oddity
from callboard.read.times import ClockReading, read_times
from callboard.values import value
from callboard.wikitext.edits import Span

_OPEN_END = re.compile(r"\W*(?:open[\s-]?end(?:ed)?|till?\s+late|until\s+late|late|end)\W*", re.IGNORECASE)
_ENDLESS = re.compile(
    r".*(?:open[\s-]?end(?:ed)?|late|offen|[?…+]|\.\.\.|tb[ad])\W*|\W*(?:from|after|ab|à\s+partir\s+de|desde|od)\s+[\d:.h]+\s*(?:[ap]\.?m\.?|uhr)?\W*",
    re.IGNORECASE,
)
# 1:00, 2.30 – 3.30, as by a clock of 12 hours
_BARE_HOUR = re.compile(
    r"[\s']*((?<!\d)[1-7](?:[:.]\d\d)?(?:\s*[-–—]\s*[1-9](?:[:.]\d\d)?)?)(?![\d:.h])(?!\s*[ap]\.?m)",
    re.IGNORECASE,
)
_HALF_DAY = 12 * 60
_LONG_GAP = timedelta(hours=2)
_VERY_LONG_GAP = timedelta(hours=4)  # after which a row of an irregular table ends nobody knows when
_LONGEST_ROW = timedelta(hours=12)
_EVENING, _MORNING = 18, 6  # hours between which a time that goes down means the next day


@value()
class RowTime:
    """The time of one row; `stated` if the row itself gives its end."""

    row: int
    start: datetime | None = None
    end: datetime | None = None
    stated: bool = False
    open_end: bool = False
    odd: tuple[Oddity, ...] = ()
    cell: Span | None = None
    height: int = 1  # rows that the time cell spans
    endless: bool = False  # "20:00 – open end", "from 22:00"


def is_open_end(seen: str) -> bool:
    """Whether words in a time cell say that the evening has no set end."""
    return bool(_OPEN_END.fullmatch(seen))


def is_endless(seen: str) -> bool:
    """Whether words with a start say that the end is open: `20:00 – open end`, `from 22:00`, `22:00+`."""
    return bool(_ENDLESS.fullmatch(seen))


class Days:
    """Reads times row by row and notices midnight: 23:00, then 00:30."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self._day: date | None = None
        self._shift = 0
        self._last_hour: int | None = None
        self._last: int | None = None  # minutes since midnight of the last time, by a clock of 24 hours

    def read(self, source: str, day: date | None, zone: tzinfo) -> ClockReading:
        """What the text says on the day of its row, or on the next one past midnight."""
        if day != self._day:
            self._day, self._shift, self._last_hour, self._last = day, 0, None, None
        if day is None:
            return read_times(source, None, zone)
        try:
            reading = read_times(source, day + timedelta(days=self._shift), zone)
            local = reading.start.astimezone(zone) if reading.start else None
            hour = local.hour if local else None
            if (
                hour is not None
                and self._last_hour is not None
                and self._last_hour >= _EVENING
                and hour < _MORNING
                and not self._shift
            ):
                self._shift = 1
                reading = read_times(source, day + timedelta(days=1), zone)
                local = reading.start.astimezone(zone) if reading.start else None
        except OverflowError:  # a day at the end of the calendar
            return ClockReading()
        if hour is None or local is None:
            return reading
        minutes = hour * 60 + local.minute
        before = not self._shift and self._last is not None and minutes < self._last
        if before and (bare := _BARE_HOUR.match(source)):  # 12:00, then 1:00
            self._last = minutes + _HALF_DAY
            return _which_half(bare[1], minutes)
        self._last_hour, self._last = hour, minutes
        return reading


def _which_half(text: str, minutes: int) -> ClockReading:
    told = [f"{at // 60:02}:{at % 60:02}" for at in (minutes, minutes + _HALF_DAY)]
    question = f"The rows before it are later: is {told[0]} or {told[1]} meant?"
    return ClockReading(odd=(Oddity("half-day-missing", question, text),))


def usual_step(times: Sequence[RowTime], breaks: frozenset[int] = frozenset()) -> timedelta | None:
    """The length that most rows have; None if there is no telling."""
    steps = [time.end - time.start for time in times if time.start and time.end]
    steps += [gap for gap in _gaps(times, breaks) if timedelta(0) < gap <= _LONGEST_ROW]
    counted = Counter(steps)
    return min(counted, key=lambda step: (-counted[step], step), default=None)


def _gaps(times: Sequence[RowTime], breaks: frozenset[int] = frozenset()) -> list[timedelta]:
    """From the start of each row to that of the next, where both are known and nothing stands between."""
    return [
        (after.start - before.start) / before.height
        for before, after in pairwise(times)
        if before.start and after.start and not _are_apart(before, after, breaks)
    ]


def _are_apart(before: RowTime, after: RowTime, breaks: frozenset[int]) -> bool:
    return bool(breaks) and any(row in breaks for row in range(before.row + before.height, after.row))


def _is_regular(times: Sequence[RowTime], step: timedelta | None) -> bool:
    gaps = _gaps(times)
    return step is not None and bool(gaps) and sum(gap == step for gap in gaps) * 4 >= len(gaps) * 3


def _split(time: RowTime, end: datetime | None) -> list[RowTime]:
    """A time cell over several rows: its time in equal parts, if they are whole minutes."""
    if time.height == 1 or time.start is None:
        return [replace(time, row=time.row + number) for number in range(time.height)]
    part = (end - time.start) / time.height if end else None
    if part is None or part.total_seconds() % 60 or part <= timedelta(0):
        return [time, *(RowTime(time.row + number) for number in range(1, time.height))]
    return [
        replace(
            time,
            row=time.row + number,
            start=time.start + number * part,
            end=time.start + (number + 1) * part,
            odd=time.odd if number == 0 else (),
            height=1,
        )
        for number in range(time.height)
    ]


def with_ends(times: Sequence[RowTime], breaks: frozenset[int] = frozenset()) -> dict[int, RowTime]:
    """Each row's time with its end: its own, else where the next row begins; the last one of a regular table has the usual length.

    A row before a long gap in an otherwise regular table has the usual length too (14:30 before dinner at 19:00).
    `breaks` are rows without a time of their own that stand between others.
    """
    step = usual_step(times, breaks)
    regular = _is_regular(times, step)
    known: dict[int, RowTime] = {}
    for number, time in enumerate(times):
        end = time.end
        if end is None and time.start is not None:
            end = _end(times, number, step, breaks, regular=regular)
        for part in _split(time, end):
            known[part.row] = replace(part, end=part.end or end) if part.start else part
    return known


def _end(
    times: Sequence[RowTime], number: int, step: timedelta | None, breaks: frozenset[int], *, regular: bool
) -> datetime | None:
    time = times[number]
    if time.start is None or time.endless:
        return None
    length = step * time.height if step else None
    following = times[number + 1] if number + 1 < len(times) else None
    if following is None:
        near = [gap for gap in _gaps(times) if timedelta(0) < gap <= _LONG_GAP]
        usual = sum(gap == step for gap in near) * 4 >= len(near) * 3
        return time.start + length if length and usual else None
    if following.open_end:
        return None
    if following.start is None or not timedelta(0) < following.start - time.start <= _LONGEST_ROW:
        return time.start + length if length and regular else None
    broken = _are_apart(time, following, breaks)
    gap = following.start - time.start
    long = length is not None and gap > _LONG_GAP and gap > 3 * length
    if length and gap > length and (broken or (regular and long)):
        return time.start + length
    return None if broken or (long and gap > _VERY_LONG_GAP) else following.start
