"""The days that a text about availability names: `Friday and Saturday`, `Fri–Sun`, `all three days`, `16 May`."""

from collections.abc import Sequence
from datetime import date

from callboard.read.availability_choices import Choices, Unclear
from callboard.read.availability_signs import Piece
from callboard.read.availability_words import Say
from callboard.values import value

_NAMING = frozenset({Say.DAY, Say.NUMBER, Say.EVERY, Say.WEEKEND})
Dates = tuple[date, ...]


@value()
class Days:
    """Days named together, at one place of the text; several options where it can be understood so."""

    options: tuple[Dates, ...]
    index: int  # of the first piece; `stop` is behind the last
    stop: int
    whole: bool = False  # "all Saturday": the day itself is the answer
    question: str = ""
    kind: str = ""  # "weekday", "date", "every"

    def picked(self, choices: Choices) -> Dates:
        """The days in the reading at hand."""
        return choices.pick(f"days {self.index}", self.options, self.question, 1)


class DayFinder:
    """Finds the days of one text; raises Unclear for days off the event and for phrases that contradict each other."""

    def __init__(self, pieces: Sequence[Piece], taken: frozenset[int], dates: Dates) -> None:
        self.pieces, self.taken, self.dates = pieces, taken, dates

    def days(self) -> list[Days]:
        """Every day or row of days, in the order of the text."""
        out: list[Days] = []
        for days in self._named_twice():
            joined = self._joined(out[-1], days) if out else None
            if joined:
                out[-1] = joined
            else:
                out.append(days)
        return self._agreeing(out)

    def _named_twice(self) -> list[Days]:
        """The days as mentioned, a weekday and the date beside it as one: `Saturday, 16 May`, `16 May (Saturday)`."""
        out: list[Days] = []
        for at in range(len(self.pieces)):
            days = self._mention(at) if self.pieces[at].say in _NAMING and at not in self.taken else None
            if days is None:
                continue
            before = out[-1] if out else None
            if before and {before.kind, days.kind} == {"weekday", "date"} and self._beside(before, days):
                out[-1] = self._same_day(before, days)
            else:
                out.append(days)
        return out

    def _beside(self, one: Days, other: Days) -> bool:
        between = range(one.stop, other.index)
        if any(at in self.taken for at in between):
            return False
        return {self.pieces[at].say for at in between} <= {Say.FILL, Say.COMMA, Say.LEFT}

    def _mention(self, at: int) -> Days | None:
        piece = self.pieces[at]
        if piece.say is Say.DAY and isinstance(piece.value, tuple):
            return self._day(at, piece, *piece.value)
        if piece.say is Say.NUMBER:
            return self.number(at, piece)
        if piece.say is Say.EVERY:
            number = piece.value if isinstance(piece.value, int) else 0
            if number and number != len(self.dates):
                raise Unclear(
                    f"The event has {len(self.dates)} days; which ones are meant by “{piece.text}”?"
                )
            return Days((self.dates,), at, at + 1, kind="every")
        if piece.say is Say.WEEKEND:
            return self._weekend(at, piece)
        return None

    def _weekend(self, at: int, piece: Piece) -> Days:
        ends = tuple(day for day in self.dates if day.weekday() >= 5)
        whole = bool(piece.value)
        if not ends:
            raise Unclear(f"“{piece.text}” is not in the event; which days are meant?")
        if ends == self.dates:
            return Days((ends,), at, at + 1, whole, kind="weekend")
        question = f"Which days are meant by “{piece.text}”: Saturday and Sunday, or the whole event?"
        return Days((ends, self.dates), at, at + 1, whole, question, kind="weekend")

    def _said_whole(self, at: int) -> bool:
        """Whether `all` or `the whole` stands before a day: `all of Saturday`, `den ganzen Samstag`."""
        before = [piece.text.lower() for piece in self.pieces[max(0, at - 3) : at]]
        while before and before[-1] in {"of", "au", "the", "le", "el", "den", "il", "o"}:
            before.pop()
        return bool(before) and before[-1] in {
            "all", "whole", "entire", "full", "ganzen", "ganzer", "ganze", "todo", "tout", "tutto", "hele", "hela", "весь", "всю", "toute", "toda", "whole of", "all of", "all of the",
        }  # fmt: skip

    def _day(self, at: int, piece: Piece, kind: str, *numbers: int) -> Days | None:
        whole = self._said_whole(at)
        if kind == "weekday":
            meant = tuple(day for day in self.dates if day.weekday() == numbers[0])
            if len(meant) > 1:
                question = f"Which {piece.text}: {', '.join(map(str, meant))}?"
                return Days(tuple((day,) for day in meant), at, at + 1, whole, question, "weekday")
        elif kind == "number":
            meant = self.dates[numbers[0] - 1 : numbers[0]] if numbers[0] else ()
        elif kind == "slash":
            return self._slashed(at, piece, *numbers)
        else:
            year, month, number = numbers
            meant = tuple(
                day
                for day in self.dates
                if day.day == number and month in {0, day.month} and year in {0, day.year}
            )
        if not meant:
            raise Unclear(f"{piece.text} is not a day of the event; which day is meant?")
        return Days((meant,), at, at + 1, whole, kind="date" if kind == "number" else kind)

    def _slashed(self, at: int, piece: Piece, one: int, other: int, *_: int) -> Days | None:
        """`15/5` or `5/15`, if only one day of the event is written so; a fraction is nothing."""
        meant = [day for day in self.dates if (day.day, day.month) in {(one, other), (other, one)}]
        if len(meant) > 1:
            names = " or ".join(f"{day:%A}, {day.day} {day:%B}" for day in meant)
            raise Unclear(f"Is {names} meant by “{piece.text}”?")
        if meant:
            return Days((tuple(meant),), at, at + 1, kind="date")
        low, high = sorted((one, other))
        if (
            1 <= low <= 12
            and high <= 31
            and any(self.pieces[place].say is not Say.WORD for place in self.taken)
        ):
            raise Unclear(f"“{piece.text}” is not a day of the event; which day is meant?")
        return None

    def number(self, at: int, piece: Piece) -> Days | None:
        """`Saturday 16`, `the 16.`, `15.–17. Mai`, `16 and 17 May`: a number that days beside it make a day."""
        meant = tuple(day for day in self.dates if day.day == piece.hour)
        before = self.pieces[at - 1] if at else None
        if not meant or len(meant) > 1 or before is None:
            near = False
        else:
            same = before.say is Say.DAY and self._weekday_of(before) == meant[0].weekday()
            after_date = (
                before.say in {Say.TO, Say.AND, Say.COMMA, Say.SAME}
                and at > 1
                and self._is_date(self.pieces[at - 2])
            )
            near = same or after_date
        near = bool(meant) and (near or self._leads_to_date(at))
        return Days((meant,), at, at + 1, kind="date") if near else None

    def _weekday_of(self, piece: Piece) -> int:
        value = piece.value
        return int(value[1]) if isinstance(value, tuple) and value[0] == "weekday" else -1

    def _is_date(self, piece: Piece) -> bool:
        return piece.say is Say.DAY and isinstance(piece.value, tuple) and piece.value[0] == "date"

    def _leads_to_date(self, at: int) -> bool:
        place = at + 1
        while place < len(self.pieces) and self.pieces[place].text in {".", ","}:
            place += 1
        if place < len(self.pieces) and self.pieces[place].say in {Say.TO, Say.AND, Say.SAME, Say.LINK}:
            place += 1
        elif place == at + 1:
            return False
        if place < len(self.pieces) and self.pieces[place].say is Say.NUMBER:
            return self._leads_to_date(place)
        return place < len(self.pieces) and self._is_date(self.pieces[place])

    def _joined(self, one: Days, other: Days) -> Days | None:
        """`Friday and Saturday` are days of one statement, `Friday–Sunday` the days between as well, `Saturday 16 May` is one."""
        between = self.pieces[one.stop : other.index]
        if any(at in self.taken for at in range(one.stop, other.index)):
            return None
        signs = [piece.say for piece in between if piece.say is not Say.FILL]
        if not set(signs) <= {
            Say.AND,
            Say.COMMA,
            Say.SAME,
            Say.LEFT,
            Say.RIGHT,
            Say.TO,
            Say.LINK,
            Say.OR,
            Say.UNTIL,
            Say.FROM,
        }:
            return None
        if len(one.options) > 1 or len(other.options) > 1:
            return self._with_options(one, other)
        first, second = one.options[0], other.options[0]
        index, stop, whole = one.index, other.stop, one.whole or other.whole
        if Say.OR in signs:
            options = (first, second, tuple(sorted({*first, *second})))
            question = f"“{' '.join(piece.text for piece in self.pieces[index:stop])}”: which of these days?"
            return Days(options, index, stop, whole, question, "or")
        if {Say.TO, Say.LINK, Say.UNTIL} & set(signs) and (len(signs) == 1 or Say.FROM not in signs):
            if first[0] >= second[-1]:
                raise Unclear("The days run backwards; which ones are meant?")
            return Days(
                (tuple(day for day in self.dates if first[0] <= day <= second[-1]),),
                index,
                stop,
                whole,
                kind="range",
            )
        if Say.FROM in signs and Say.AND not in signs:
            return None
        kinds = {one.kind, other.kind}
        if "every" in kinds:
            if Say.AND in signs and set(first) != set(second):
                raise Unclear(f"“{self.pieces[other.index].text}”, or only the days named?")
            return Days(
                (min(first, second, key=len),),
                index,
                stop,
                whole,
                kind=one.kind if other.kind == "every" else other.kind,
            )
        return Days((tuple(sorted({*first, *second})),), index, stop, whole, kind=other.kind)

    def _same_day(self, one: Days, other: Days) -> Days:
        named = {day for options in other.options for day in options}
        common = tuple(day for options in one.options for day in options if day in named)
        if not common:
            dated = one if one.kind == "date" else other
            day = dated.options[0][0]
            raise Unclear(f"{day:%-d %B %Y} is a {day:%A}; is the date right or the weekday?")
        return Days((common,), one.index, other.stop, one.whole or other.whole, kind="weekday and date")

    def _with_options(self, one: Days, other: Days) -> Days:
        """A weekend with its days named is those days: `all weekend (Saturday and Sunday)`."""
        weekend, named = (one, other) if one.kind == "weekend" else (other, one)
        common = [option for option in weekend.options if set(option) == set(named.options[0])]
        if weekend.kind != "weekend" or len(named.options) > 1:
            raise Unclear("Which days are meant?")
        if named.kind != "every" and not common and len(named.options[0]) == 1:
            options = tuple(
                dict.fromkeys(tuple(sorted({*option, *named.options[0]})) for option in weekend.options)
            )
            return Days(
                options,
                one.index,
                other.stop,
                weekend.whole,
                weekend.question,
                "weekend" if len(options) > 1 else "",
            )
        if not common:
            raise Unclear(f"“{self.pieces[weekend.index].text}”, or only the days named?")
        return Days((common[0],), one.index, other.stop, weekend.whole, kind="weekend")

    def _agreeing(self, found: list[Days]) -> list[Days]:
        """Refuses `every day` and `weekend` beside other days somewhere else in the text."""
        wide = [days for days in found if days.kind in {"every", "weekend"}]
        for days in wide:
            others = {day for other in found if other is not days for day in other.options[0]}
            if others and len(found) > 1 and days.kind == "every":
                raise Unclear(f"“{self.pieces[days.index].text}”, or only the days named?")
        return found
