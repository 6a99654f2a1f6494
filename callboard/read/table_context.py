"""What a table inherits from the page round it: its day, its zone, its room, and whether it is about something else."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo

from callboard.config import Event
from callboard.model import Problem, Severity
from callboard.read.columns import Rooms, plain_words
from callboard.read.oddities import Oddity
from callboard.read.times import read_day, read_zone
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.headings import Heading, headings
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import Table

_NEAR = 800  # characters between a heading and its table in which a line may name the day
_DAY_LINE = re.compile(r"[ \t]*(?:;|'{2,5}|:+\s*'{2,5}|<b>|<big>|<h[1-6]\b)", re.IGNORECASE)
_ABOUT_TIME = re.compile(
    r"\b(?:times?|clocks?|hours|timezone|schedule|uhrzeit\w*|zeiten|heures?|horaires?)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ELSEWHERE = re.compile(
    r"\b(?:last\s+years?|last\s+year's|previous\s+(?:years?|editions?|events?)|statistics|numbers\s+of|archived?|attendance|how\s+time\s+zones)\b",
    re.IGNORECASE,
)
_HELPERS = re.compile(
    r"\b(?:helpers?|volunteers?|shifts?|staffing|stand-?by|helfer\w*|bénévoles?|voluntari\w*)\b",
    re.IGNORECASE,
)


@value()
class Context:
    """What holds for a table unless its own cells say otherwise."""

    day: date | None
    zone: tzinfo
    rooms: tuple[str, ...] = ()  # that headings or the caption name: a table per room
    problems: tuple[Problem, ...] = ()
    elsewhere: bool = False  # under words that say that it is no schedule of this event
    named_day: bool = False  # the day is named near the table, not only the event's one day
    helpers: bool = False  # under words that say that it is about helpers


def problem_of(
    odd: Oddity, text: str, within: Span, page: str, severity: Severity = Severity.WARNING
) -> Problem:
    """An oddity of the span's text as a problem with the line where its text stands.

    Quotes and the like inside a time (`23''am`) are not part of what was read: then the source's first line is what is meant.
    """
    at = text.find(odd.text, within.start, within.end) if odd.text else -1
    said = odd.text
    if said and at < 0 and said not in text:
        said = within.of(text).strip().split("\n", 1)[0]
        at = text.find(said, within.start, within.end)
    return Problem(odd.code, severity, odd.message, page, line_at(text, max(at, within.start)), said)


def same_clock(zone: tzinfo | None, event: Event) -> tzinfo:
    """The zone, or the event's own if both show the same time on the event's first day; the event's for None."""
    if zone is None:
        return event.zone
    noon = datetime.combine(event.dates[0], time(12), UTC)
    return event.zone if zone.utcoffset(noon) == event.zone.utcoffset(noon) else zone


def _parents(found: Sequence[Heading]) -> list[int]:
    """For each heading the number of the one whose section holds it, or -1."""
    parents: list[int] = []
    open_: list[int] = []
    for number, heading in enumerate(found):
        while open_ and found[open_[-1]].level >= heading.level:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(number)
    return parents


class Surroundings:
    """Answers for every table of one page."""

    def __init__(self, text: str, event: Event, page: str, rooms: Rooms) -> None:
        self.text, self.event, self.page, self.rooms = text, event, page, rooms
        self.headings = headings(text)
        self._starts = [heading.span.start for heading in self.headings]
        self._parents = _parents(self.headings)
        self._helper_page = bool(_HELPERS.search(page))
        self._zone: tzinfo | None = None
        self._zone_known = False

    def page_zone(self, before: int) -> tzinfo | None:
        """The zone that a sentence above the first table gives for the whole page: `All times are in '''UTC'''`."""
        if not self._zone_known:
            self._zone_known = True
            for sentence in re.split(r"\n|(?<=[.;!])\s", self.text[: min(before, 20000)]):
                if (
                    _ABOUT_TIME.search(sentence)
                    and not _CLOCK.search(sentence)
                    and (zone := read_zone(sentence))
                ):
                    self._zone = zone
                    break
        return self._zone

    def above(self, offset: int) -> Iterator[Heading]:
        """The heading of the section at the offset, then the headings of the sections around it."""
        number = bisect_right(self._starts, offset) - 1
        while number >= 0:
            yield self.headings[number]
            number = self._parents[number]

    def of(self, table: Table) -> Context:
        """The context of a table."""
        return self._context(list(self._spans(table)), table.span.start)

    def section(self, offset: int, named: Sequence[Span] = (), *, own: bool = True) -> Context:
        """The context of a list: `named` are lines that name its day or room, the nearest first; then the headings above.

        Without `own` the heading nearest to the offset does not count.
        """
        above = [heading.title for heading in self.above(offset)]
        return self._context([*named, *above[0 if own else 1 :]], offset)

    def _context(self, spans: Sequence[Span], offset: int) -> Context:
        words = [plain_words(self.text, span) for span in spans]
        day, problems = self._day(spans)
        zone: tzinfo | None = next((found for seen in words if (found := read_zone(seen))), None)
        zone = zone or self.page_zone(offset)
        rooms = next((named for seen in words if (named := self.rooms.named(seen))), ())
        years = {int(year) for seen in words for year in _YEAR.findall(seen)}
        other_year = bool(years) and not years & {each.year for each in self.event.dates}
        return Context(
            day,
            same_clock(zone, self.event),
            rooms,
            problems,
            other_year or any(_ELSEWHERE.search(seen) for seen in words),
            any(read_day(span.of(self.text), self.event.dates).day for span in spans),
            self._helper_page or any(_HELPERS.search(seen) for seen in words),
        )

    def _spans(self, table: Table) -> Iterator[Span]:
        """Caption, bold lines between heading and table, headings: the nearest first."""
        if table.caption:
            yield table.caption
        found = list(self.above(table.span.start))
        start = found[0].span.end if found else 0
        yield from self._bold_lines(max(start, table.span.start - _NEAR), table.span.start)
        yield from (heading.title for heading in found)

    def _bold_lines(self, start: int, end: int) -> Iterator[Span]:
        lines: list[Span] = []
        at = start
        for line in self.text[start:end].split("\n"):
            if _DAY_LINE.match(line) and len(line) < 120:
                lines.append(Span(at, at + len(line)))
            at += len(line) + 1
        yield from reversed(lines)

    def _day(self, spans: Sequence[Span]) -> tuple[date | None, tuple[Problem, ...]]:
        for span in spans:
            reading = read_day(span.of(self.text), self.event.dates)
            if reading.day:
                return reading.day, ()
            if reading.odd:
                return None, tuple(problem_of(odd, self.text, span, self.page) for odd in reading.odd)
        return (self.event.dates[0] if len(self.event.dates) == 1 else None), ()
