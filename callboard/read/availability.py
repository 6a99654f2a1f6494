"""Hours in which a helper can be there, from free text into UTC; when in doubt ambiguous, with the readings to choose from.

`18:00 to 22:00 UTC on Friday and Saturday`, `08:00-11:00 UTC, all three days`, `Sat 9:00 - 12:00 CEST`, `any time`.
Where the text names no zone, it is the event's: date and zone come from context on event pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from callboard.config import Event
from callboard.read.availability_days import (
    ALL_DAY,
    EVERY_DAY,
    WEEKEND,
    WHOLE_EVENT,
    DayFinder,
    Days,
    Interval,
    Unclear,
    other_date,
    slashed_days,
    whole_days,
    within,
)
from callboard.read.availability_words import (
    BOTH_HALVES,
    CONDITIONS,
    HOURS_WORDS,
    OPEN_HOURS,
    PARTS_OF_A_DAY,
    READ,
    UNSURE,
)
from callboard.read.clock_times import ClockGroup, clock_groups
from callboard.read.day_words import NEUTRAL, is_foreign
from callboard.read.instants import place, told
from callboard.read.plain import plain, without_struck
from callboard.read.tokens import CLOCKS, Kind, Token, tokens
from callboard.wikitext.edits import Span

_MOST_PIECES = 300  # words and signs; nobody gives hours at such length


@dataclass(frozen=True, slots=True)
class Availability:
    """When somebody can be there: intervals in UTC in order, or None; `text` is the part that speaks of hours.

    None and not ambiguous: nothing is said about hours. Ambiguous: `question` says why and how it could be read.
    """

    intervals: tuple[Interval, ...] | None = None
    ambiguous: bool = False
    question: str = ""
    text: Span | None = None


_SENTENCE_ENDS = re.compile(r"[.!?]\s+(?=[^\W\d_])|\n")
_PHRASES = (WHOLE_EVENT, EVERY_DAY, WEEKEND, ALL_DAY, OPEN_HOURS)


def _said(seen: str, pieces: Sequence[Token]) -> str:
    return " ".join(seen[pieces[0].start : pieces[-1].end].split()) if pieces else ""


class _Reading:
    """One text on its way to intervals; raises Unclear wherever two people could understand it differently."""

    def __init__(self, seen: str, event: Event, day: date | None) -> None:
        self.seen, self.event, self.default = seen, event, day
        self.pieces = tokens(seen)
        self.groups = clock_groups(self.pieces)
        self.taken = frozenset(index for group in self.groups for index in range(group.index, group.stop))
        self.marks = self._marks()

    def _marks(self) -> list[tuple[int, int]]:
        """Where the text speaks of hours or days."""
        kinds = {Kind.WEEKDAY, Kind.DATE, Kind.DAY_NUMBER}
        words = HOURS_WORDS | PARTS_OF_A_DAY
        spoken = [token for token in self.pieces if token.kind in kinds or token.text.lower() in words]
        for group in self.groups:
            spoken += [token for token in (group.start, group.end, *group.zones) if token]
        slashed = [place for place, _ in slashed_days(self.seen, self.event)]
        phrases = [found.span() for pattern in _PHRASES for found in pattern.finditer(self.seen)]
        return [(token.start, token.end) for token in spoken] + phrases + slashed

    def span(self) -> Span | None:
        """The part of the text that speaks of hours; None if nothing does."""
        if not self.marks:
            return None
        return Span(min(start for start, _ in self.marks), max(end for _, end in self.marks))

    def intervals(self) -> list[Interval]:
        if len(self.pieces) > _MOST_PIECES:
            raise Unclear("This is a long text; please say in short from when to when, on which day")
        self._refuse_conditions()
        found = DayFinder(self.seen, self.pieces, self.taken, self.event).days()
        if not self.groups:
            return self._without_times(found)
        self._refuse_times_left_over()
        return self._bound(found)

    def _refuse_conditions(self) -> None:
        if any(is_foreign(token.text) for token in self.pieces if token.kind in {Kind.WEEKDAY, Kind.DATE}):
            words = [token.text for token in self.pieces if token.kind is Kind.WORD]
            if open_words := [word for word in words if word.casefold() not in NEUTRAL]:
                raise Unclear(f"What is meant by “{open_words[0]}”: from when to when, on which days?")
        for _, question in slashed_days(self.seen, self.event):
            raise Unclear(question)
        if phrase := BOTH_HALVES.search(self.seen):
            raise Unclear(f"“{phrase[0]}” leaves open which half of the day is meant: am or pm?")
        if phrase := OPEN_HOURS.search(self.seen):
            raise Unclear(f"“{phrase[0]}”: from when to when, in which zone?")
        for index, piece in enumerate(self.pieces):
            word = piece.text.lower().replace("’", "'")
            if word in PARTS_OF_A_DAY and not (word == "night" and not self._near_hours(index)):
                said = _said(self.seen, self._around(index))
                raise Unclear(f"“{said}” names no hours; from when to when, in which zone?")
            condition = word in CONDITIONS or word.endswith("n't") or piece.kind is Kind.VAGUE or word == "?"
            if word in UNSURE or (condition and self._near_hours(index)):
                raise Unclear(f"“{piece.text}” leaves the hours open; from when to when exactly?")

    def _around(self, index: int) -> Sequence[Token]:
        before = self.pieces[index - 1] if index else None
        return self.pieces[
            index - 1 if before and before.kind in {Kind.WEEKDAY, Kind.DATE} else index : index + 1
        ]

    def _near_hours(self, index: int) -> bool:
        """Whether a word stands in a sentence that speaks of hours; a remark in another sentence changes nothing."""
        start, end = self.pieces[index].start, self.pieces[index].end
        stops = [0, *(found.end() for found in _SENTENCE_ENDS.finditer(self.seen)), len(self.seen)]
        first = max(stop for stop in stops if stop <= start)
        last = min((stop for stop in stops if stop >= end), default=len(self.seen))
        return any(first <= mark < last for mark, _ in self.marks)

    def _without_times(self, found: list[Days]) -> list[Interval]:
        for index, piece in enumerate(self.pieces):
            if piece.kind in CLOCKS and not self._is_a_day(index):
                self._refuse_number(piece)
        if WHOLE_EVENT.search(self.seen) and not found:
            return whole_days(self.event.dates, self.event)
        if ALL_DAY.search(self.seen) and len(found) == 1:
            return whole_days(found[0].days, self.event)
        if found and all(days.whole for days in found):
            return whole_days([day for days in found for day in days.days], self.event)
        if found:
            names = ", ".join(f"{day:%A}" for days in found for day in days.days)
            raise Unclear(f"{names}: the whole day, or from when to when?")
        if ALL_DAY.search(self.seen):
            if len(self.event.dates) == 1 or self.default:
                return whole_days([self.default or self.event.dates[0]], self.event)
            raise Unclear("On which days, and from when to when?")
        raise Unclear("From when to when, on which days?")

    def _refuse_number(self, piece: Token) -> None:
        inside = any(
            found.start() <= piece.start < found.end() for p in _PHRASES for found in p.finditer(self.seen)
        )
        if not inside:
            raise Unclear(f"What is meant by “{piece.text}”?")

    def _refuse_times_left_over(self) -> None:
        """Numbers and zones that no time has taken, and words between times that are not understood."""
        if WHOLE_EVENT.search(self.seen) or ALL_DAY.search(self.seen):
            raise Unclear("At any time, or only at the hours given?")
        for index, piece in enumerate(self.pieces[:-1]):  # a range that no rule took for one
            beside = self.pieces[index + 1].kind is Kind.DASH
            if index not in self.taken and piece.kind in CLOCKS and beside and not self._is_a_day(index):
                raise Unclear(f"What is meant by “{piece.text}”?")
        first, last = self.groups[0].index, self.groups[-1].stop
        for index in range(first, last):
            piece = self.pieces[index]
            odd = piece.kind in {Kind.NUMBER, Kind.DOTTED, Kind.FOUR, Kind.ORDINAL, Kind.DASH}
            if index not in self.taken and odd and not self._is_a_day(index):
                raise Unclear(f"What is meant by “{piece.text}”?")
            if index not in self.taken and piece.kind is Kind.WORD and piece.text.lower() in {"or", "else"}:
                raise Unclear(
                    f"Which of the times in “{_said(self.seen, self.pieces[first:last])}” is meant?"
                )

    def _is_a_day(self, index: int) -> bool:
        near = self.pieces[max(0, index - 1) : index + 2]
        return self.pieces[index].kind in {Kind.ORDINAL, Kind.DASH} or any(
            piece.kind is Kind.WEEKDAY for piece in near
        )

    def _bound(self, found: list[Days]) -> list[Interval]:
        """Each time with its days: `Fri 10-12, 14-16; Sat 9-11`, `10-12 on Fri, 9-11 on Sat`, or all under one day."""
        if not found:
            return [
                interval for group in self.groups for interval in self._timed(group, self._only_day(group))
            ]
        sequence: list[Days | ClockGroup] = [*found, *self.groups]
        sequence.sort(key=lambda part: part.index)
        if isinstance(sequence[0], ClockGroup):
            if isinstance(sequence[-1], ClockGroup):
                raise Unclear("On which day at which hours?")
            sequence.reverse()
        out: list[Interval] = []
        days: Days | None = None
        used = True
        for part in sequence:
            if isinstance(part, Days):
                if not used:
                    raise Unclear("On which day at which hours?")
                days, used = part, False
            elif days is not None:
                used = True
                out += self._timed(part, days.days)
        if not used:
            raise Unclear("On which day at which hours?")
        return out

    def _only_day(self, group: ClockGroup) -> tuple[date, ...]:
        if said := other_date(self.seen):
            raise Unclear(f"“{said}” is not a day of the event; which day is meant?")
        if self.default:
            return (self.default,)
        if len(self.event.dates) == 1:
            return self.event.dates
        for day in self.event.dates[:1]:  # a time that makes no sense on any day says so first
            self._refuse_odd(group, day)
        days = ", ".join(f"{day:%A}" for day in self.event.dates)
        raise Unclear(f"On which days: {days}, or all of them?")

    def _refuse_odd(self, group: ClockGroup, day: date) -> Interval:
        reading = place(self._in_common_zone(group), day, self.event.zone, self.seen)
        odd = [item for item in reading.odd if item.code != "hour-24"]
        if odd:
            raise Unclear(odd[0].message)
        start, end = reading.candidates[0]
        if start is not None and end is None:
            end = self._after_length(group, start)
        if start is None or end is None:
            raise Unclear("From when to when exactly?")
        return start, end

    def _after_length(self, group: ClockGroup, start: datetime) -> datetime | None:
        follows = self.pieces[group.stop : group.stop + 3]
        length = next((piece for piece in follows if piece.kind is Kind.LENGTH), None)
        return start + timedelta(minutes=length.minutes) if length else None

    def _in_common_zone(self, group: ClockGroup) -> ClockGroup:
        """A zone said once holds for all times; two different ones must stand at each time."""
        if group.zones:
            return group
        zones = {token.text: token for token in self.pieces if token.kind is Kind.ZONE}
        if len(zones) > 1:
            raise Unclear(f"Which of these zones is meant: {', '.join(sorted(zones))}?")
        return ClockGroup(
            group.start,
            group.end,
            tuple(zones.values()),
            group.index,
            group.stop,
            group.open_end,
            group.vague,
        )

    def _timed(self, group: ClockGroup, days: Sequence[date]) -> list[Interval]:
        out: list[Interval] = []
        for day in days:
            interval = self._refuse_odd(group, day)
            inside = within(interval, self.event)
            if not inside:
                raise Unclear(f"{interval[0]:%Y-%m-%d %H:%M} UTC lies outside the event; which day is meant?")
            out += inside
        return out


def _ordered(found: list[Interval]) -> tuple[Interval, ...]:
    """In order, each once; two that overlap are asked about, two that touch stay two."""
    out: list[Interval] = []
    for interval in sorted(set(found)):
        if out and interval[0] < out[-1][1]:
            length = told(int((out[-1][1] - interval[0]).total_seconds()) // 60)
            raise Unclear(f"Two of the times overlap by {length}; which is meant?")
        out.append(interval)
    return tuple(out)


def read_availability(text: str, event: Event, *, day: date | None = None) -> Availability:
    """When the text says that somebody can be there, within the event's days; `day` is that of the role, if it has one.

    Ambiguous are parts of a day without hours, a time without a day, `maybe` and its kind, a time that is odd.
    """
    seen = plain(without_struck(text))
    if not READ.search(seen):
        return Availability()
    reading = _Reading(seen, event, day)
    span = reading.span()
    if span is None:
        return Availability()
    try:
        return Availability(_ordered(reading.intervals()), text=span)
    except Unclear as unclear:
        return Availability(ambiguous=True, question=str(unclear), text=span)
