"""The days that a text about availability names: `Friday and Saturday`, `Fri–Sun`, `all three days`, `16 May`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from callboard.config import Event
from callboard.read.days import Mention, event_days, mentions, read_day
from callboard.read.tokens import Kind, Token

Interval = tuple[datetime, datetime]


class Unclear(Exception):
    """The text cannot be read for certain; the message is the question."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days named together, at one place of the text."""

    days: tuple[date, ...]
    index: int  # of the first token; `stop` is behind the last
    stop: int
    whole: bool = False  # "all day Saturday": the day itself is the answer


WHOLE_EVENT = re.compile(
    r"(?<!\w)(?:any ?time|always|the whole (?:event|hackathon|time)|(?:all|whole) (?:event|hackathon)|24/7|round the clock"
    r"|all(?: of)?(?: the)?(?: two| three| four| five)? days,? all day|all day,? every day|all the time)(?!\w)",
    re.IGNORECASE,
)
EVERY_DAY = re.compile(
    r"(?<!\w)(?:(?:all|both|each)(?: of)?(?: the)?(?: (?P<number>two|three|four|five|[2-9]))? days?|every ?day|daily|each day)(?!\w)",
    re.IGNORECASE,
)
WEEKEND = re.compile(r"(?<!\w)(?:(?:all|the whole|whole|the|on|at|this) )*weekend(?!\w)", re.IGNORECASE)
ALL_DAY = re.compile(r"(?<!\w)(?:all|whole|the whole|entire|full) day(?: long)?(?!\w)(?!s)", re.IGNORECASE)
_ALL_OF = re.compile(r"(?<!\w)(?:all(?: of| day)?|(?:the )?(?:whole|entire)) (?:of )?\Z", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_JOINTS = frozenset({"and", "&", ",", "/", "+", "on", "(", ")"})


def _weekend(days: Sequence[date]) -> list[date]:
    return [day for day in days if day.weekday() >= 5]


def _windows(event: Event) -> list[Interval]:
    """When the event's days are, in UTC: from midnight to midnight by the event's clocks, or past it where a day goes on."""
    out: list[Interval] = []
    for day in event.event.days:
        first, last = day.interval(event.zone)
        start = datetime.combine(day.date, time(0), event.zone).astimezone(UTC)
        end = datetime.combine(day.date + timedelta(days=1), time(0), event.zone).astimezone(UTC)
        start, end = min(start, first), max(end, last)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def whole_days(days: Sequence[date], event: Event) -> list[Interval]:
    """The hours of those days as the event file has them, in UTC."""
    return [day.interval(event.zone) for day in event.event.days if day.date in set(days)]


def within(interval: Interval, event: Event) -> list[Interval]:
    """What of an interval lies on the event's days."""
    parts = [(max(interval[0], start), min(interval[1], end)) for start, end in _windows(event)]
    return [(start, end) for start, end in parts if start < end]


_SLASHED = re.compile(r"(?<![\w/.:,-])([0-9]{1,2})/([0-9]{1,2})(?![\w/:]|[.,][0-9])")


def slashed_days(seen: str, event: Event) -> list[tuple[tuple[int, int], str]]:
    """Days of the event as `15/5` or `5/15`, which may as well be something else: their places, and what to ask of each."""
    found: list[tuple[tuple[int, int], str]] = []
    for match in _SLASHED.finditer(seen):
        one, other = int(match[1]), int(match[2])
        pairs = {(one, other), (other, one)}
        days = [f"{day:%A}, {day.day} {day:%B}" for day in event.dates if (day.day, day.month) in pairs]
        if days and match[0] != "24/7":
            found.append((match.span(), f"Is {' or '.join(days)} meant by “{match[0]}”?"))
    return found


def other_date(seen: str) -> str:
    """What looks like a day and a month, on no day of the event: `14/5`."""
    numbers = ((found[0], sorted((int(found[1]), int(found[2])))) for found in _SLASHED.finditer(seen))
    return next((text for text, (low, high) in numbers if 1 <= low <= 12 and high <= 31), "")


class DayFinder:
    """Finds the days of one text; raises Unclear for days off the event and for phrases that mean several things."""

    def __init__(self, seen: str, pieces: Sequence[Token], taken: frozenset[int], event: Event) -> None:
        self.seen, self.pieces, self.taken, self.event = seen, pieces, taken, event

    def days(self) -> list[Days]:
        """Every day or row of days, in the order of the text."""
        places = {token.start: index for index, token in enumerate(self.pieces)}
        found: list[Days] = []
        if mismatch := [
            odd for odd in read_day(self.seen, self.event.dates).odd if odd.code == "weekday-date"
        ]:
            raise Unclear(mismatch[0].message)
        for mention in mentions(self.pieces):
            index = places[mention.token.start]
            if index in self.taken or (
                mention.token.kind is Kind.NUMBER and not event_days(mention, self.event.dates)
            ):
                continue
            found.append(Days(self._days_of(mention), index, index + 1, self._said_whole(mention.token)))
        found += self._day_phrases(found)
        return self._joined(sorted(found, key=lambda days: days.index))

    def _said_whole(self, token: Token) -> bool:
        return bool(_ALL_OF.search(self.seen[max(0, token.start - 16) : token.start])) or bool(
            ALL_DAY.match(self.seen, token.end + 1)
        )

    def _days_of(self, mention: Mention) -> tuple[date, ...]:
        days = event_days(mention, self.event.dates)
        if not days:
            raise Unclear(f"{mention.token.text} is not a day of the event; which day is meant?")
        if len(days) > 1 and not mention.several:
            raise Unclear(f"Which {mention.token.text}: {', '.join(map(str, days))}?")
        return days

    def _day_phrases(self, named: Sequence[Days]) -> list[Days]:
        out: list[Days] = []
        for phrase in EVERY_DAY.finditer(self.seen):
            number = phrase["number"]
            said = _NUMBERS.get((number or "").lower()) or (int(number) if number and number.isdigit() else 0)
            said = 2 if phrase[0].lower().startswith("both") else said
            if phrase[0].lower() in {"all day", "both day"}:
                continue
            if said and said != len(self.event.dates):
                raise Unclear(
                    f"The event has {len(self.event.dates)} days; which ones are meant by “{phrase[0]}”?"
                )
            if not named:
                out.append(self._phrase(phrase, self.event.dates))
            elif {day for days in named for day in days.days} != set(self.event.dates):
                raise Unclear(f"“{phrase[0]}”, or only the days named?")
        for phrase in WEEKEND.finditer(self.seen):
            if named and {day for days in named for day in days.days} != {*_weekend(self.event.dates)}:
                raise Unclear(f"“{phrase[0]}”, or only the days named?")
            if named:
                continue
            if any(day.weekday() < 5 for day in self.event.dates):
                raise Unclear(
                    f"Which days are meant by “{phrase[0]}”: Saturday and Sunday, or the whole event?"
                )
            whole = phrase[0].lower() not in {"weekend", "on weekend", "at weekend", "the weekend"}
            out.append(self._phrase(phrase, self.event.dates, whole=whole))
        return out

    def _phrase(self, phrase: re.Match[str], days: tuple[date, ...], *, whole: bool = False) -> Days:
        indices = [i for i, token in enumerate(self.pieces) if phrase.start() <= token.start < phrase.end()]
        return Days(days, indices[0], indices[-1] + 1, whole)

    def _joined(self, found: list[Days]) -> list[Days]:
        """`Friday and Saturday` are days of one statement, `Friday–Sunday` the days between as well."""
        out: list[Days] = []
        for days in found:
            between = self.pieces[out[-1].stop : days.index] if out else []
            if out and all(token.text.lower() in _JOINTS for token in between):
                merged = tuple(sorted({*out[-1].days, *days.days}))
                whole = out[-1].whole or days.whole
                out[-1] = Days(merged, out[-1].index, days.stop, whole)
            elif out and len(between) == 1 and between[0].kind is Kind.DASH:
                first, last = out[-1].days[0], days.days[-1]
                if first >= last:
                    raise Unclear("The days run backwards; which ones are meant?")
                covered = tuple(day for day in self.event.dates if first <= day <= last)
                out[-1] = Days(covered, out[-1].index, days.stop, out[-1].whole)
            else:
                out.append(days)
        return out
