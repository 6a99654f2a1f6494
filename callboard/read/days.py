"""Days in headings and cells, as days of the event: `Friday, May 15th`, `2021-05-22`, `Sat`, `Day 2`, `15.05.`."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from callboard.read.day_words import WEEKDAY_WORDS
from callboard.read.oddities import Oddity
from callboard.read.plain import plain
from callboard.read.tokens import WEEKDAYS, Kind, Token, tokens
from callboard.values import value

_PARTS_OF_DAYS = frozenset({"morning", "noon", "afternoon", "evening", "night", "from", "at", "in", "and"})


@value()
class DayReading:
    """The one day of the event that a text names, or None with what is odd; None alone: it names none, or several."""

    day: date | None = None
    odd: tuple[Oddity, ...] = ()


@value()
class Mention:
    """One day or several as named: a date (year 0 if it gives none, month 0 for `21st`), a weekday or a day's number."""

    token: Token
    dates: tuple[tuple[int, int, int], ...] = ()  # year, month, day: the readings of a date
    weekday: int | None = None
    number: int | None = None
    several: bool = False  # 23–25 April
    until: tuple[int, int, int] | None = None  # the last date of several


def _written_date(token: Token) -> Mention:
    month, *numbers = token.numbers
    if token.note == "iso":
        return Mention(token, ((numbers[0], numbers[1], numbers[2]),))
    if token.note == "numeric":
        first, second = numbers[0], numbers[1]
        year = numbers[2] if len(numbers) > 2 else 0
        year += 2000 if 0 < year < 100 else 0
        readings = (
            ((year, second, first),) if "." in token.text else ((year, second, first), (year, first, second))
        )
        return Mention(token, readings)
    year = numbers.pop() if numbers[-1] > 99 else 0
    if len(numbers) > 1:
        return Mention(token, ((year, month, numbers[0]),), several=True, until=(year, month, numbers[1]))
    return Mention(token, ((year, month, numbers[0]),))


def _weekday(said: str) -> int:
    foreign = WEEKDAY_WORDS.get(said)
    return WEEKDAYS.index(said[:3]) if foreign is None else foreign


def _bare_number(pieces: Sequence[Token], index: int) -> Mention | None:
    """`Friday 21`, `21 Friday`: a number beside a weekday and nothing that makes it a time."""
    token = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    before = pieces[index - 1] if index else None
    beside = before is not None and before.kind is Kind.WEEKDAY
    if not beside or (after is not None and (after.kind is not Kind.PUNCTUATION or after.text in "~:&/+")):
        return None
    return Mention(token, ((0, 0, token.hour),))


def _ordinal(pieces: Sequence[Token], index: int) -> Mention | None:
    """`21st`, `Friday 21st (main hall)`, and `1st day` as a day's number; `2nd floor` and `5th edition` count other things."""
    token = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    counted = after.text.casefold() if after and after.kind is Kind.WORD else ""
    if counted == "day":
        return Mention(token, number=token.hour)
    beside = index > 0 and pieces[index - 1].kind is Kind.WEEKDAY
    if counted and not beside and counted not in _PARTS_OF_DAYS:
        return None
    return Mention(token, ((0, 0, token.hour),))


def mentions(pieces: Sequence[Token]) -> Iterator[Mention]:
    """Every day that the pieces of a text name, in order."""
    for index, token in enumerate(pieces):
        if token.kind is Kind.DATE:
            yield _written_date(token)
        elif token.kind is Kind.WEEKDAY:
            yield Mention(token, weekday=_weekday(token.text.casefold()))
        elif token.kind is Kind.ORDINAL and (ordinal := _ordinal(pieces, index)):
            yield ordinal
        elif token.kind is Kind.DAY_NUMBER:
            yield Mention(token, number=token.hour)
        elif token.kind is Kind.NUMBER and (bare := _bare_number(pieces, index)):
            yield bare


def _fits(day: date, reading: tuple[int, int, int]) -> bool:
    year, month, number = reading
    return day.day == number and month in {0, day.month} and year in {0, day.year}


def _calendar(reading: tuple[int, int, int], days: Sequence[date]) -> date | None:
    """The date as the calendar has it, the year taken from the event where the page gives none."""
    year, month, number = reading
    year = year or (days[0].year if days else 0)
    try:
        return date(year, month or (days[0].month if days else 0), number)
    except ValueError:
        return None


def event_days(mention: Mention, days: Sequence[date]) -> tuple[date, ...]:
    """The days of the event that a mention means: none if it lies off them, several for `23–25 April`."""
    if mention.number is not None:
        return (days[mention.number - 1],) if 1 <= mention.number <= len(days) else ()
    if mention.weekday is not None:
        return tuple(day for day in days if day.weekday() == mention.weekday)
    if mention.until is not None:
        first, last = _calendar(mention.dates[0], days), _calendar(mention.until, days)
        return tuple(day for day in days if first and last and first <= day <= last)
    return tuple(day for day in days if any(_fits(day, reading) for reading in mention.dates))


def _weekday_mismatch(found: Sequence[Mention], days: Sequence[date], text: str) -> Oddity | None:
    """`Friday, 8 August` on a Thursday; `May 20th - 21st (Friday through Sunday)`: the ends compared in order."""
    dated = [mention for mention in found if mention.dates and mention.dates[0][1]]
    named = [mention for mention in found if mention.weekday is not None]
    ends: list[tuple[date, str]] = []
    for mention in dated:
        readings = [mention.dates[0], *([mention.until] if mention.until else [])]
        if len(mention.dates) > 1:
            continue
        ends += [(day, mention.token.text) for reading in readings if (day := _calendar(reading, days))]
    if not ends or len(ends) != len(named):
        return None
    for (day, _), mention in zip(ends, named, strict=True):
        if day.weekday() != mention.weekday:
            start = min(item.token.start for item in (*dated, *named))
            end = max(item.token.end for item in (*dated, *named))
            message = f"{day:%-d %B %Y} is a {day:%A}; is the date right or the weekday?"
            return Oddity("weekday-date", message, text[start:end])
    return None


def _off_days(mention: Mention, days: Sequence[date], text: str) -> Oddity:
    said = text[mention.token.start : mention.token.end]
    first, last = (days[0], days[-1]) if days else (None, None)
    return Oddity(
        "off-days", f"{said} is not a day of the event, which is {first} to {last}; which day is meant?", said
    )


@lru_cache(maxsize=2048)
def _read(text: str, days: tuple[date, ...]) -> DayReading:
    found = list(mentions(tokens(plain(text))))
    found = [
        mention
        for mention in found
        if mention.token.kind is not Kind.NUMBER or event_days(mention, days)  # "Saturday 12" may be a time
    ]
    if any(mention.dates and mention.dates[0][1] for mention in found):
        # "October 9 – Day 0": a date says more than a number that may count from any day
        found = [mention for mention in found if mention.number is None]
    if not found:
        return DayReading()
    if odd := _weekday_mismatch(found, days, text):
        return DayReading(odd=(odd,))
    meant = {mention.token.start: set(event_days(mention, days)) for mention in found}
    for mention in found:
        if not meant[mention.token.start]:
            return DayReading(odd=(_off_days(mention, days, text),))
    common = set.intersection(*meant.values())
    if len(common) == 1:
        return DayReading(common.pop())
    kinds = {mention.token.kind for mention in found}
    if not common and len(kinds) > 1 and len(found) == 2 and not any(mention.several for mention in found):
        said = text[found[0].token.start : found[-1].token.end]
        return DayReading(
            odd=(Oddity("weekday-date", "These are different days; which one is meant?", said),)
        )
    if len(found) == 1 and found[0].weekday is not None:
        said = text[found[0].token.start : found[0].token.end]
        choices = ", ".join(str(day) for day in sorted(common))
        return DayReading(
            odd=(Oddity("which-day", f"The event has several: {choices}; which one is meant?", said),)
        )
    return DayReading()


def read_day(text: str, days: Sequence[date]) -> DayReading:
    """The day of the event that a heading or cell names; markup, comments and translation marks are passed over.

    Odd are a weekday that does not fit its date (`weekday-date`) and a day off the event's days (`off-days`).
    """
    return _read(text, tuple(days))


def day_oddity(pieces: Sequence[Token], day: date, text: str) -> Oddity | None:
    """That a text about times names another day than the one it stands under, by weekday or by date."""
    named = [mention for mention in mentions(pieces) if mention.token.kind in {Kind.WEEKDAY, Kind.DATE}]
    if any(mention.several for mention in named) or len({mention.token.kind for mention in named}) != len(
        named
    ):
        return None
    if day in {date.min, date.max}:
        return None
    near = [day + timedelta(days=shift) for shift in (-1, 0, 1)]
    others = [mention for mention in named if day not in event_days(mention, near)]
    if not others:
        return None
    said = text[others[0].token.start : others[0].token.end]
    return Oddity("weekday-date", f"This stands under {day:%A} {day}; which day is meant?", said)
