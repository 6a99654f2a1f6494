"""Hours in which a helper can be there, from free text into UTC; when in doubt ambiguous, with the readings to choose from.

`18:00 to 22:00 UTC on Friday and Saturday`, `08:00-11:00 UTC, all three days`, `Sonntag außer 12–13 Uhr`, `any time`.
Where the text names no zone, it is the event's: date and zone come from context on event pages.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from callboard.config import Event
from callboard.model.signups import PossibleHours
from callboard.read.availability_choices import Choices, Interval, Unclear, readings
from callboard.read.availability_days import Days
from callboard.read.availability_doubts import is_day
from callboard.read.availability_frame import Frame, frame_of
from callboard.read.availability_pieces import pieces
from callboard.read.availability_places import Placing
from callboard.read.availability_signs import Piece
from callboard.read.availability_statements import Reader, Said, Statement
from callboard.read.availability_times import Form, Hours, hours_in
from callboard.read.availability_words import Say
from callboard.read.instants import told
from callboard.read.plain import plain, without_struck
from callboard.values import value
from callboard.wikitext.edits import Span

_MOST_PIECES = 300  # words and signs; nobody gives hours at such length
_SPEAKING = frozenset({Say.DAY, Say.EVERY, Say.WEEKEND, Say.ALL, Say.ANY, Say.PART, Say.TIME, Say.OPEN})
_WORTH_A_LOOK = _SPEAKING | {Say.NUMBER, Say.LENGTH}
_MOST_DAYS = 3  # of an event, for hours without a day to be offered for each of them


@value()
class Availability:
    """When somebody can be there: intervals in UTC in order, or None; `text` is the part that speaks of hours.

    None and not ambiguous: nothing is said about hours. Ambiguous: `question` says why, `possible` how it could be read.
    """

    intervals: tuple[Interval, ...] | None = None
    ambiguous: bool = False
    question: str = ""
    text: Span | None = None
    possible: tuple[PossibleHours, ...] = ()


class _Text:
    """One text whose pieces are known, on its way to intervals."""

    def __init__(
        self, found: Sequence[Piece], hours: Sequence[Hours], frame: Frame, day: date | None
    ) -> None:
        self.frame, self.default = frame, day
        self.pieces, self.hours = found, hours
        self.placing = Placing.of(found, hours, frame)
        self.said = Said((), (), firmly=False)

    def parse(self) -> None:
        """Finds out what is said; raises Unclear."""
        self.said = Reader(self.pieces, self.hours, self.frame.dates).said()
        if not self.said.offered:
            raise Unclear("From when to when, on which days?")

    def read(self, choices: Choices) -> tuple[Interval, ...]:
        """The intervals in one reading; raises Unclear."""
        offered = self._taken(choices)
        out: list[Interval] = []
        place = 0
        while place < len(offered):
            statement = offered[place]
            place += 1
            clocks: list[Hours] = []  # the same hours by other clocks
            while place < len(offered) and (follows := offered[place].hours) and follows.same:
                clocks.append(follows)
                place += 1
            out += self._agreed(statement, clocks, choices) if clocks else self._intervals(statement, choices)
        return _ordered(self._without(out, choices))

    def _taken(self, choices: Choices) -> Sequence[Statement]:
        """What is offered, or what stands on one side of `or`."""
        offered, at = self.said.offered, self.said.alternative
        if at < 0:
            return offered
        before = [one for one in offered if one.index < at]
        after = [one for one in offered if one.index > at]
        if not before or not after:
            raise Unclear(f"“{self.pieces[at].text}” leaves the hours open; from when to when exactly?")
        question = f"“{self.pieces[at].text}” leaves the hours open; from when to when exactly?"
        return choices.pick("or", (before, after, offered), question, 0)

    def _days(self, statement: Statement, choices: Choices) -> tuple[date, ...]:
        if statement.days:
            days = statement.days.picked(choices)
            if self.default and self.default not in days:
                raise Unclear(f"This stands under {self.default:%A}; which day is meant?")
            return days
        dates = self.frame.dates
        if self.default:
            return (self.default,)
        hours = statement.hours
        if len(dates) == 1 or (hours and hours.each_day):
            return dates
        names = ", ".join(f"{day:%A}" for day in dates)
        options = (dates, *((day,) for day in dates)) if len(dates) <= _MOST_DAYS else (dates,)
        if len(options) == 1:
            raise Unclear(f"On which days: {names}, or all of them?")
        return choices.pick("days", options, f"On which days: {names}, or all of them?", 3)

    def _intervals(self, statement: Statement, choices: Choices) -> list[Interval]:
        hours = statement.hours
        if hours is None or hours.form in {Form.WHOLE, Form.ANY}:
            return self._whole(statement, choices)
        if hours.form is Form.SPAN:
            return self._span(statement, hours, choices)
        if hours.form is Form.LONE or statement.days is None:
            self._try(hours, choices)  # a time that makes no sense on any day says so first
        days = self._days(statement, choices)
        alone = len(days) == 1
        return [one for day in days for one in self.placing.intervals(hours, day, choices, alone_there=alone)]

    def _try(self, hours: Hours, choices: Choices) -> None:
        if hours.form is Form.RANGE:
            self.placing.wall(hours, choices)

    def _whole(self, statement: Statement, choices: Choices) -> list[Interval]:
        hours, days = statement.hours, statement.days
        if hours is None and days and not days.whole and not self.said.firmly:
            names = ", ".join(f"{day:%A}" for day in days.picked(choices))
            raise Unclear(f"{names}: the whole day, or from when to when?")
        if days is None and hours and hours.form is Form.ANY:
            if len(self.said.offered) > 1:
                raise Unclear("At any time, or only at the hours given?")
            if self.default is None:
                return self.frame.whole_days(self.frame.dates)
        return self.frame.whole_days(self._days(statement, choices))

    def _span(self, statement: Statement, hours: Hours, choices: Choices) -> list[Interval]:
        last = self.last_day(hours)
        if statement.days is None or len(statement.days.options) > 1 or len(statement.days.options[0]) > 1:
            raise Unclear("From when to when exactly?")
        return self.placing.span(hours, statement.days.options[0][0], last, choices)

    def last_day(self, hours: Hours) -> date:
        """The day on which a span over several days ends."""
        reader = Reader(self.pieces, [], self.frame.dates)
        days = [one for one in reader.elements(range(*hours.last_days)) if isinstance(one, Days)]
        if len(days) != 1 or len(days[0].options) > 1 or len(days[0].options[0]) > 1:
            raise Unclear("From when to when exactly?")
        return days[0].options[0][0]

    def _agreed(self, statement: Statement, clocks: Sequence[Hours], choices: Choices) -> list[Interval]:
        hours = statement.hours
        zones = any(one.zones for one in (hours, *clocks) if one)
        if hours is None or hours.form is not Form.RANGE or not zones:
            raise Unclear("On which day at which hours?")
        return [
            one for day in self._days(statement, choices) for one in self.placing.agreed(hours, clocks, day)
        ]

    def _without(self, offered: list[Interval], choices: Choices) -> list[Interval]:
        """What is offered less what is said not to be meant, which must lie in it."""
        for statement in self.said.without:
            dates = self._dates_of(offered) if statement.days is None else statement.days.picked(choices)
            if statement.days is None and len(self.said.offered) > 1 and len(dates) > 1:
                raise Unclear("On which day not?")
            cuts = [one for day in dates for one in self._cut(statement, day, choices)]
            for cut in cuts:
                if not any(start < cut[1] and cut[0] < end for start, end in offered):
                    elsewhere = not self._on_any(offered, statement, choices)
                    if statement.hours is None or (elsewhere and not self.said.firmly):
                        continue  # "Saturday 10-12, not Sunday"
                    raise Unclear("What is not meant does not lie in the hours given; which ones are meant?")
                offered = [left for one in offered for left in _less(one, cut)]
        if not offered:
            raise Unclear("Nothing is left of these hours; which ones are meant?")
        return offered

    def _on_any(self, offered: Sequence[Interval], statement: Statement, choices: Choices) -> bool:
        """Whether any of the hours lie on the days of a statement."""
        if statement.days is None:
            return True
        return not set(self._dates_of(offered)).isdisjoint(statement.days.picked(choices))

    def _dates_of(self, offered: Sequence[Interval]) -> tuple[date, ...]:
        return tuple(dict.fromkeys(start.astimezone(self.frame.zone).date() for start, _ in sorted(offered)))

    def _cut(self, statement: Statement, day: date, choices: Choices) -> list[Interval]:
        hours = statement.hours
        if hours is None or hours.form is Form.WHOLE:
            return [self.frame.calendar_day(day)]
        if hours.form not in {Form.RANGE, Form.PART, Form.FROM, Form.UNTIL}:
            raise Unclear("What exactly is not meant?")
        return self.placing.intervals(hours, day, choices)


def _less(interval: Interval, cut: Interval) -> list[Interval]:
    parts = [(interval[0], min(interval[1], cut[0])), (max(interval[0], cut[1]), interval[1])]
    return [(start, end) for start, end in parts if start < end]


def _ordered(found: list[Interval]) -> tuple[Interval, ...]:
    """In order, each once; two that overlap are asked about, two that touch stay two."""
    out: list[Interval] = []
    for interval in sorted(set(found)):
        if out and interval[0] < out[-1][1]:
            length = told(int((out[-1][1] - interval[0]).total_seconds()) // 60)
            raise Unclear(f"Two of the times overlap by {length}; which is meant?")
        out.append(interval)
    return tuple(out)


def _parsed(found: Sequence[Piece], hours: Sequence[Hours], frame: Frame, day: date | None) -> _Text:
    if len(found) > _MOST_PIECES:
        raise Unclear("This is a long text; please say in short from when to when, on which day")
    text = _Text(found, hours, frame, day)
    text.parse()
    return text


def _read(
    found: Sequence[Piece], hours: Sequence[Hours], span: Span, frame: Frame, day: date | None
) -> Availability:
    choices = Choices()
    try:
        text = _parsed(found, hours, frame, day)
    except Unclear as unclear:
        return Availability(ambiguous=True, question=str(unclear), text=span)
    fatal = ""
    intervals: tuple[Interval, ...] = ()
    try:
        intervals = text.read(choices)
    except Unclear as unclear:
        fatal = str(unclear)
    if not choices.open:
        if fatal:
            return Availability(ambiguous=True, question=fatal, text=span)
        return Availability(intervals, text=span)
    possible = readings(text.read, choices, frame.zone)
    question = fatal if fatal and not possible else min(choices.open.values())[2]
    return Availability(ambiguous=True, question=question, text=span, possible=possible)


def _span(found: Sequence[Piece], hours: Sequence[Hours], frame: Frame) -> Span | None:
    """The part of the text that speaks of hours; None if nothing does."""
    places = [at for at, piece in enumerate(found) if piece.say in _SPEAKING and is_day(piece, frame.dates)]
    places += [at for one in hours for at in range(one.index, one.stop)]
    if not places:
        return None
    places += [at for at, piece in enumerate(found) if piece.say is Say.ZONE]
    return Span(min(found[at].start for at in places), max(found[at].end for at in places))


@lru_cache(maxsize=8192)
def _seen(text: str, frame: Frame, day: date | None) -> Availability:
    found = pieces(plain(without_struck(text)))
    if _WORTH_A_LOOK.isdisjoint([piece.say for piece in found]):
        return Availability()
    try:
        hours = hours_in(found)
    except Unclear as unclear:
        numbers = [piece for piece in found if piece.say in {*_SPEAKING, Say.NUMBER}]
        span = Span(numbers[0].start, numbers[-1].end)
        return Availability(ambiguous=True, question=str(unclear), text=span)
    span_of_hours = _span(found, hours, frame)
    return _read(found, hours, span_of_hours, frame, day) if span_of_hours else Availability()


def read_availability(text: str, event: Event, *, day: date | None = None) -> Availability:
    """When the text says that somebody can be there, within the event's days; `day` is that of the role, if it has one.

    Ambiguous are parts of a day whose hours the event file does not state, a time without a day, `maybe` and its kind, a
    time that is odd. `[hours] evening = "18:00–22:00"` in the event file makes "Friday evening" clear.
    """
    return availability_reader(event)(text, day)


def availability_reader(event: Event) -> Callable[[str, date | None], Availability]:
    """The same for many texts of one event, which is looked at once."""
    frame = frame_of(event)
    return lambda text, day: _placed(text, frame, day)


def _placed(text: str, frame: Frame, day: date | None) -> Availability:
    said = text.strip()
    found = _seen(said, frame, day)
    shift = len(text) - len(text.lstrip())
    if not shift or found.text is None:
        return found
    return replace(found, text=Span(found.text.start + shift, found.text.end + shift))
