"""Which hours belong to which days, what is taken out again, and what leaves all of it open.

`Fri 10-12, 14-16; Sat 9-11`, `10-12 on Fri, 9-11 on Sat`, `Sunday except 12-13`, `Sat 10-12, not Sunday`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from callboard.read.availability_choices import Unclear
from callboard.read.availability_days import Dates, DayFinder, Days
from callboard.read.availability_doubts import SENTENCE, Doubts, is_day, part_of
from callboard.read.availability_signs import Piece
from callboard.read.availability_times import Form, Hours
from callboard.read.availability_words import BOUNDS, Say
from callboard.values import value

_STATEMENT = frozenset({Say.STOP, Say.SEMI})
_OUT = frozenset({Say.EXCEPT, Say.NOT, Say.BREAK})
_PARTS = (_STATEMENT | {Say.COMMA, Say.AND}, _STATEMENT | {Say.COMMA}, _STATEMENT)  # the smallest first
Element = Days | Hours


@value()
class Statement:
    """Hours on days; without days they may be on any, without hours it is the whole of the days."""

    days: Days | None
    hours: Hours | None
    index: int


@value()
class Said:
    """All that a text says: what is offered, what of it is not, and where `or` divides what is offered."""

    offered: tuple[Statement, ...]
    without: tuple[Statement, ...]
    firmly: bool  # "except" makes the days that stand alone whole ones
    alternative: int = -1  # the place of "or"


class Reader:
    """Reads the statements of one text whose hours are known; raises Unclear wherever two people could differ."""

    def __init__(self, pieces: Sequence[Piece], hours: Sequence[Hours], dates: Dates) -> None:
        self.pieces, self.hours, self.dates = pieces, hours, dates
        self.taken = frozenset(at for one in hours for at in range(one.index, one.stop))
        # where the text speaks of hours or days
        self.spoken = self.taken | {
            at
            for at, piece in enumerate(pieces)
            if piece.say in {Say.DAY, Say.EVERY, Say.WEEKEND, Say.OPEN} and is_day(piece, dates)
        }

    def said(self) -> Said:
        """What the text says."""
        Doubts(self.pieces, self.taken, self.spoken, self.dates).refuse()
        marks = [at for at, piece in enumerate(self.pieces) if piece.say in _OUT and self._concerns_hours(at)]
        scopes = [self._scope(at) for at in marks]
        outside = {at for scope in scopes for at in scope}
        without = [statement for scope in scopes for statement in self._excluded(scope)]
        elements = self.elements([at for at in range(len(self.pieces)) if at not in outside])
        if not elements and marks:
            raise Unclear(f"“{self.pieces[marks[0]].text}” leaves the hours open; from when to when exactly?")
        offered = self._bound(elements, outside)
        bare = all(one.hours is None and one.days and not one.days.whole for one in offered)
        if bare and any(one.hours and one.days for one in without):
            raise Unclear("Is only that not meant, or do the hours hold for the other days?")
        firmly = any(self.pieces[at].say is Say.EXCEPT for at in marks)
        return Said(tuple(offered), tuple(without), firmly, self._or(elements))

    # what is taken out --------------------------------------------------------------------------------------

    def _concerns_hours(self, at: int) -> bool:
        """Whether `not` and its like stand in a sentence about hours; those about something else say nothing."""
        if at and self.pieces[at - 1].say in _OUT:
            return False  # "but not", "not available"
        return any(place in self.spoken for place in part_of(self.pieces, at, _STATEMENT))

    def _scope(self, at: int) -> list[int]:
        """The places of `except` and of the days and hours behind it."""
        places = [at]
        kinds: list[bool] = []  # whether of days, in order
        place = at + 1
        while place < len(self.pieces) and self.pieces[place].say not in {*_STATEMENT, Say.RIGHT}:
            piece = self.pieces[place]
            if piece.say in _OUT and place > at + 1 and kinds:
                break
            if piece.say is Say.COMMA and kinds:
                following = self._next_kind(place + 1)
                if following is None or following is not kinds[-1]:
                    break
                raise Unclear(f"What exactly is not meant: “{self.pieces[at].text}” …?")
            if piece.say is Say.WORD or piece.say is Say.OBJECT:
                raise Unclear(f"What is meant by “{self.pieces[at].text} … {piece.text}”?")
            if place in self.spoken:
                kinds.append(place not in self.taken)
            places.append(place)
            place += 1
        if not kinds:
            raise Unclear(f"“{self.pieces[at].text}” leaves the hours open; from when to when exactly?")
        if len({*kinds}) == 2 and sum(a != b for a, b in pairwise(kinds)) > 1:
            raise Unclear(f"What exactly is not meant: “{self.pieces[at].text}” …?")
        return places

    def _next_kind(self, at: int) -> bool | None:
        for place in range(at, len(self.pieces)):
            if self.pieces[place].say in _STATEMENT:
                return None
            if place in self.spoken:
                return place not in self.taken
        return None

    def _excluded(self, scope: Sequence[int]) -> list[Statement]:
        elements = self.elements(scope)
        days = [element for element in elements if isinstance(element, Days)]
        hours = [element for element in elements if isinstance(element, Hours)]
        if len(days) > 1:
            raise Unclear(f"What exactly is not meant: “{self.pieces[scope[0]].text}” …?")
        day = days[0] if days else None
        if not hours and day:
            return [Statement(day, None, day.index)]
        return [Statement(day, one, one.index) for one in hours]

    # which hours on which days ------------------------------------------------------------------------------

    def elements(self, places: Sequence[int], walls: frozenset[int] = frozenset()) -> list[Element]:
        """Days and hours at those places, in order; days are not joined over a wall."""
        inside = set(places)
        hours = [one for one in self.hours if one.index in inside]
        spans = {at for one in self.hours for at in range(*one.last_days)}
        hidden = frozenset(
            {*self.taken, *spans, *(at for at in range(len(self.pieces)) if at not in inside), *walls}
        )
        days = DayFinder(self.pieces, hidden, self.dates).days()
        elements: list[Element] = [*days, *hours]
        return sorted(elements, key=lambda element: element.index)

    def _bound(self, elements: Sequence[Element], outside: set[int]) -> list[Statement]:
        """By the smallest parts of the text that each have both days and hours; else by the text as a whole."""
        if not elements:
            return []
        named = [element for element in elements if isinstance(element, Days)]
        at_edge = len(named) == 1 and named[0] in {elements[0], elements[-1]} and not named[0].whole
        for ends in _PARTS if len(elements) > 1 and named and not at_edge else ():
            walls = frozenset(
                at for at, piece in enumerate(self.pieces) if piece.say in ends and at not in self.taken
            )
            if walls and (out := self._by_parts(walls, outside)):
                return out
        return self._pairs(self._with_parts_of_days(elements))

    def _by_parts(self, walls: frozenset[int], outside: set[int]) -> list[Statement]:
        out: list[Statement] = []
        try:
            elements = self.elements([at for at in range(len(self.pieces)) if at not in outside], walls)
        except Unclear:
            return []
        borders = [*sorted(walls), len(self.pieces)]
        first = 0
        for border in borders:
            part = [element for element in elements if first <= element.index < border]
            first = border
            if not part:
                continue
            if not _complete(part):
                return []
            try:
                out += self._pairs(self._with_parts_of_days(part))
            except Unclear:
                return []
        return out

    def _with_parts_of_days(self, elements: Sequence[Element]) -> list[Element]:
        """`Saturday afternoon 2-5`, `Saturday morning (9-12)`: a part of a day beside hours says which half is meant."""
        out = list(elements)
        for part in [one for one in elements if isinstance(one, Hours) and one.form is Form.PART]:
            near = [out.index(part) + step for step in (1, -1, 2, -2)]
            for place in near:
                other = out[place] if 0 <= place < len(out) else None
                if (
                    isinstance(other, Hours)
                    and other.form is Form.RANGE
                    and not other.part
                    and self._touching(part, other)
                ):
                    zones = other.zones or part.zones
                    out[place] = replace(other, part=part.part, zones=zones, each_day=part.each_day)
                    out.remove(part)
                    break
        return out

    def _touching(self, part: Hours, other: Hours) -> bool:
        first, last = sorted([part, other], key=lambda one: one.index)
        between = {piece.say for piece in self.pieces[first.stop : last.index]}
        sure = between <= {Say.FILL, Say.FROM, Say.BETWEEN, Say.DAY, Say.LEFT, Say.RIGHT, Say.LINK}
        return sure or (
            between <= {Say.FILL, Say.FROM, Say.COMMA, Say.BETWEEN, Say.TO} and self._fits(part, other)
        )

    def _fits(self, part: Hours, other: Hours) -> bool:
        low, high = BOUNDS.get(part.part, (18, 24))
        start = other.start
        hour = (
            start.hour % 12 + 12 * (start.half == "p")
            if start and start.half
            else start.hour
            if start
            else -1
        )
        return low <= hour < high or (bool(start) and not start.half and low <= hour + 12 < high)  # type: ignore[union-attr]

    def _pairs(self, elements: Sequence[Element]) -> list[Statement]:
        hours = [element for element in elements if isinstance(element, Hours)]
        days = [element for element in elements if isinstance(element, Days)]
        if not days:
            return [Statement(None, one, one.index) for one in hours]
        if not hours:
            return [Statement(one, None, one.index) for one in days]
        if any(one.form is Form.ANY for one in hours) and len(elements) > 2:
            raise Unclear("At any time, or only at the hours given?")
        order = list(elements)
        if isinstance(order[0], Hours):
            if isinstance(order[-1], Hours):
                raise Unclear("On which day at which hours?")
            order.reverse()
        out: list[Statement] = []
        current: Days | None = None
        used = True
        for element in order:
            if isinstance(element, Days):
                if not used and current is not None and not current.whole:
                    raise Unclear("On which day at which hours?")
                if not used and current is not None:
                    out.append(Statement(current, None, current.index))
                current, used = element, False
            else:
                used = True
                out.append(Statement(current, element, element.index))
        if not used and current is not None:
            if not current.whole:
                raise Unclear("On which day at which hours?")
            out.append(Statement(current, None, current.index))
        return sorted(out, key=lambda statement: statement.index)

    def _or(self, elements: Sequence[Element]) -> int:
        """The place of the one `or` that divides what is offered; -1 without one."""
        inside = {
            at
            for one in elements
            if isinstance(one, Days) and one.kind == "or"
            for at in range(one.index, one.stop)
        }
        places = [
            at
            for at, piece in enumerate(self.pieces)
            if piece.say is Say.OR and at not in inside and self._in_sentence(at)
        ]
        places = [
            at
            for at in places
            if self.pieces[at].text.lower() not in {"o", "of", "ou", "either", "else"} or self._divides(at)
        ]
        if len(places) > 1 or (places and not self._divides(places[0])):
            raise Unclear(
                f"“{self.pieces[places[0]].text}” leaves the hours open; from when to when exactly?"
            )
        return places[0] if places else -1

    def _in_sentence(self, at: int) -> bool:
        return any(place in self.spoken for place in part_of(self.pieces, at, SENTENCE))

    def _divides(self, at: int) -> bool:
        """Whether days or hours stand right before and right after."""
        before, after = at - 1, at + 1
        while before >= 0 and self.pieces[before].say in {Say.FILL, Say.COMMA, Say.RIGHT, Say.ZONE}:
            before -= 1
        while after < len(self.pieces) and self.pieces[after].say in {
            Say.FILL,
            Say.FROM,
            Say.BETWEEN,
            Say.ZONE,
        }:
            after += 1
        return before in self.spoken and after in self.spoken


def _complete(part: Sequence[Element]) -> bool:
    days = [element for element in part if isinstance(element, Days)]
    hours = [element for element in part if isinstance(element, Hours)]
    if not days or not hours:
        return (not hours and len(days) == 1 and days[0].whole) or (
            not days and all(one.each_day for one in hours)
        )
    return True
