"""When and where the session of a template is: its own arguments first, then what a list or the page round it says."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from callboard.model import Problem, Severity
from callboard.read.item_times import LeadingTime, leading_time
from callboard.read.oddities import Oddity
from callboard.read.page_reader import PageReader
from callboard.read.phrases import is_placeholder
from callboard.read.row_times import Days
from callboard.read.table_context import Context, problem_of
from callboard.read.template_values import TemplateReading
from callboard.read.times import read_day, read_times, read_zone
from callboard.read.zones import zone_of_end
from callboard.wikitext.edits import Span

_MINUTES = re.compile(r"(\d{1,3})\s*['′]?")
_UNIX = re.compile(r"\d{10}")
_LONGEST = timedelta(hours=12)
_BULLET = re.compile(r"[*#:;]+")
_NO_TIME = "This session has no time; fill it in"
_NO_DAY = "On which day is this? Give the template a day, or put the day into the heading above"


@dataclass(slots=True)
class Held:
    """What holds for templates in one place of the page; `clock` notices midnight from one to the next."""

    day: date | None
    zone: tzinfo
    rooms: tuple[str, ...]
    clock: Days
    odd: bool = False  # the day is asked about already

    @classmethod
    def by(cls, context: Context) -> "Held":
        """What the page round a list of templates says."""
        return cls(context.day, context.zone, context.rooms, Days(context.zone), bool(context.problems))


@dataclass(slots=True)
class Timed:
    """One template's time and rooms, and what is odd about them."""

    start: datetime | None = None
    end: datetime | None = None
    rooms: tuple[str, ...] = ()
    time_cell: Span | None = None
    problems: list[Problem] = field(default_factory=list)


class TimeReader:
    """Reads the times and rooms of the templates of one page."""

    def __init__(self, page: PageReader) -> None:
        self.page, self.text = page, page.text

    def day(self, reading: TemplateReading, held: Held, timed: Timed) -> tuple[date | None, bool]:
        """The day that the template names, or that of its list; and whether it is the template's own or odd."""
        given = reading.filled("day")
        if given:
            named = read_day(given.of(self.text), self.page.event.dates)
            self._odd(timed, named.odd, given)
            if named.day is None and not named.odd:
                message = "This is no day of the event that can be read; write one like 2026-05-22"
                timed.problems.append(self.page.problem("day-unknown", Severity.WARNING, message, given))
            return named.day, True
        clock = reading.filled("time", "start")
        if clock:
            named = read_day(clock.of(self.text), self.page.event.dates)
            self._odd(timed, named.odd, clock)
            if named.day or named.odd:
                return named.day, True
        return held.day, False

    def zone(self, reading: TemplateReading, held: Held, timed: Timed) -> tzinfo | None:
        """The zone that the template names, or that of its list; None if what it names is none."""
        given = reading.filled("zone")
        if given is None:
            return held.zone
        zone = read_zone(given.of(self.text))
        if zone is None:
            message = "This is no zone that can be read; write one like UTC or CEST"
            timed.problems.append(self.page.problem("zone-unclear", Severity.WARNING, message, given))
            return None
        return self.page.clock_zone(zone, held.zone)

    def read(self, reading: TemplateReading, held: Held) -> Timed:
        """Start, end and rooms of the session; without a start they are asked about."""
        timed = Timed(rooms=self._rooms(reading, held))
        day, own = self.day(reading, held, timed)
        zone = self.zone(reading, held, timed)
        clock = reading.filled("time", "start")
        beside = self._beside(reading.call.span)
        if clock is None and beside is not None and zone is not None:
            self._item_time(timed, beside, held, day, zone)
            self._length(timed, reading, day, zone)
        elif clock is None:
            timed.problems.append(
                self.page.problem("time-unreadable", Severity.WARNING, _NO_TIME, reading.call.span)
            )
        elif zone is not None:
            source = self._source(clock)
            found = read_times(source, day, zone) if own else held.clock.read(source, day, zone)
            self._odd(timed, found.odd, clock)
            timed.start, timed.end = found.start, found.end
            if "time" in reading.values:
                timed.time_cell = clock
            self._ask(timed, clock, held, day_known=day is not None)
            self._end(timed, reading, zone)
            self._length(timed, reading, day, zone)
            self._compare(timed, clock, beside, zone)
        return timed

    def _beside(self, span: Span) -> LeadingTime | None:
        """The time that a list item gives before its template: `* 10:00–10:25 {{Callboard/session|title=Maps}}`."""
        begin = self.text.rfind("\n", 0, span.start) + 1
        bullet = _BULLET.match(self.text, begin, span.start)
        time = leading_time(self.text, Span(bullet.end(), span.end)) if bullet else None
        return time if time and not self.text[time.body : span.start].strip() else None

    def _item_time(
        self, timed: Timed, beside: LeadingTime, held: Held, day: date | None, zone: tzinfo
    ) -> None:
        own = read_day(beside.day.of(self.text), self.page.event.dates) if beside.day else None
        found = held.clock.read(beside.source.of(self.text), (own and own.day) or day, zone)
        self._odd(timed, (*(own.odd if own else ()), *found.odd), beside.source)
        if own is None or not own.odd:
            timed.start, timed.end = found.start, found.end
        timed.time_cell = beside.source
        self._ask(timed, beside.source, held, day_known=day is not None)

    def _compare(self, timed: Timed, clock: Span, beside: LeadingTime | None, zone: tzinfo) -> None:
        """A template that gives another time than its list item is a question."""
        if beside is None or timed.start is None:
            return
        day = timed.start.astimezone(zone).date()
        other = read_times(beside.source.of(self.text), day, zone)
        if other.start != timed.start or (other.end and timed.end and other.end != timed.end):
            timed.start = timed.end = None
            self._odd(timed, (self.page.times_disagree(beside.source, clock),), beside.source)

    def _source(self, span: Span) -> str:
        source = span.of(self.text)
        return f"https://zonestamp.toolforge.org/{source}" if _UNIX.fullmatch(source) else source

    def _ask(self, timed: Timed, clock: Span, held: Held, *, day_known: bool) -> None:
        """Something must be said of a time that cannot be placed, unless it was said."""
        if timed.start or timed.problems:
            return
        if day_known or not self.page.has_clock(clock):
            timed.problems.append(self.page.time_unreadable(clock))
        elif not held.odd:
            timed.problems.append(self.page.problem("day-unknown", Severity.WARNING, _NO_DAY, clock))

    def _end(self, timed: Timed, reading: TemplateReading, zone: tzinfo) -> None:
        given = reading.filled("end")
        if given is None or timed.start is None:
            return
        source = self._source(given)
        if clock := reading.filled("start"):
            zone = zone_of_end(clock.of(self.text), zone)
        named = read_day(source, self.page.event.dates)
        day = named.day or timed.start.astimezone(zone).date()
        found = read_times(source, day, zone)
        self._odd(timed, (*named.odd, *found.odd), given)
        end = found.start
        if end is None or named.odd:
            if not (named.odd or found.odd):
                timed.problems.append(self.page.time_unreadable(given))
            timed.end = None
            return
        if end <= timed.start and named.day is None:
            end += timedelta(days=1)
        if not timedelta(0) < end - timed.start <= _LONGEST:
            message = "The end is before the start; which is right?"
            self._odd(timed, (Oddity("end-before-start", message, given.of(self.text)),), given)
            timed.end = None
        elif timed.end is not None and timed.end != end:
            message = "The time gives another end; which is right?"
            self._odd(timed, (Oddity("times-disagree", message, given.of(self.text)),), given)
            timed.end = None
        else:
            timed.end = end

    def _length(self, timed: Timed, reading: TemplateReading, day: date | None, zone: tzinfo) -> None:
        given = reading.filled("minutes")
        if given is None or timed.start is None:
            return
        source = given.of(self.text)
        plain = _MINUTES.fullmatch(source)
        minutes = int(plain[1]) if plain else read_times(source, day, zone).minutes
        if not minutes:
            message = "This is no length that can be read; write the minutes, like 25"
            timed.problems.append(self.page.problem("time-unreadable", Severity.NOTE, message, given))
            return
        end = timed.start + timedelta(minutes=minutes)
        ended = timed.end or reading.filled("end")
        if ended and timed.end != end:
            message = "From start to end it is another length; which is right?"
            self._odd(timed, (Oddity("length-disagrees", message, source),), given)
            timed.end = None
            return
        timed.end = end

    def _rooms(self, reading: TemplateReading, held: Held) -> tuple[str, ...]:
        given = reading.filled("room")
        if given is None:
            only = self.page.event.room
            return held.rooms or ((only[0].name,) if len(only) == 1 else ())
        return self.rooms(given)

    def rooms(self, span: Span) -> tuple[str, ...]:
        """The event's rooms that a value names, or what it says if the event has no such room."""
        head = self.page.head(span)
        if head.rooms:
            return head.rooms
        if everywhere := self.page.rooms.everywhere(self.page.words(span)):
            return everywhere
        named = any(map(str.isalnum, head.text)) and not is_placeholder(head.text)
        return (head.text,) if named else ()

    def _odd(self, timed: Timed, odd: tuple[Oddity, ...], span: Span) -> None:
        timed.problems += [problem_of(item, self.text, span, self.page.title) for item in odd]
