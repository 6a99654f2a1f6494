"""The hours that a text gives, each as one statement: `10:00–12:00 UTC`, `from 14:00`, `Saturday evening`, `all day`."""

from collections.abc import Sequence
from enum import StrEnum

from callboard.read.availability_choices import Unclear
from callboard.read.availability_signs import Piece
from callboard.read.availability_words import Say, words
from callboard.values import value


class Form(StrEnum):
    """In which form hours are given."""

    RANGE = "from one time to another"
    FROM = "from a time on"
    UNTIL = "until a time"
    LONE = "one time, nobody knows which end"
    SPAN = "from a time on one day to a time on another"
    WHOLE = "the whole day"
    ANY = "the whole event"
    PART = "part of a day"


@value()
class Hours:
    """Hours as given; `index` is the place of the first piece, `stop` is behind the last."""

    form: Form
    index: int
    stop: int
    start: Piece | None = None
    end: Piece | None = None
    zones: tuple[Piece, ...] = ()
    same: bool = False  # the same hours as those before, by other clocks: "10-12 UTC / 12-14 CEST"
    minutes: int = 0  # a length in place of an end
    part: str = ""
    each_day: bool = False  # "evenings"
    last_days: tuple[int, int] = (0, 0)  # where the pieces of the day stand on which a span ends


_JOINTS = frozenset({Say.TO, Say.LINK, Say.UNTIL, Say.VAGUE})
_SKIP = frozenset({Say.FILL, Say.COMMA})
_LONG = 6  # so many hours may somebody offer: "2-3h"
_TILLS = frozenset(
    [
        *words("until till til 'til bis tot до até jusqu'à jusqu'au upto"),
        "up to",
        "fino a",
        "a las",
        "alle ore",
    ]
)


class _Finder:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.found: list[Hours] = []

    def _say(self, at: int) -> Say | None:
        return self.pieces[at].say if 0 <= at < len(self.pieces) else None

    def hours(self) -> list[Hours]:
        at = 0
        while at < len(self.pieces):
            hours = self._at(at)
            if hours:
                self.found.append(hours)
            at = hours.stop if hours else at + 1
        return self.found

    def _at(self, at: int) -> Hours | None:
        piece = self.pieces[at]
        match piece.say:
            case Say.ALL:
                return Hours(Form.WHOLE, at, at + 1)
            case Say.ANY:
                nothing = self._say(at + 1) in {Say.FROM, Say.AFTER, Say.UNTIL, Say.BETWEEN} and self._time(
                    at + 2
                )
                return None if nothing else Hours(Form.ANY, at, at + 1)
            case Say.PART:
                name, each = piece.value if isinstance(piece.value, tuple) else ("", False)
                zones, stop = self._zones(at + 1)
                return Hours(Form.PART, at, stop, zones=zones, part=name, each_day=each)
            case Say.TIME | Say.NUMBER | Say.LENGTH:
                return self._timed(at)
        return None

    def _time(self, at: int) -> bool:
        piece = self.pieces[at] if 0 <= at < len(self.pieces) else None
        return piece is not None and (
            piece.say is Say.TIME or (piece.say in {Say.NUMBER, Say.LENGTH} and 0 <= piece.hour <= 24)
        )

    def _zones(self, at: int) -> tuple[tuple[Piece, ...], int]:
        """The zone that stands at a time, bare or in brackets, with its other names: `UTC+2/CEST`, and the place behind."""
        opened = self._say(at) is Say.LEFT
        led = (
            opened
            or self._say(at) is Say.COMMA
            or (at < len(self.pieces) and self.pieces[at].text in {"@", "in"})
        )
        place = at + led
        if self._say(place) is not Say.ZONE:
            return (), at
        zones = [self.pieces[place]]
        place += 1
        if led and not opened and self._time(self._past(place)):
            return (), at  # "9-11, UTC 0-2": of the hours behind it
        while other := self._another_name(place):
            zones.append(self.pieces[other])
            place = other + 1 + (self._say(place) is Say.LEFT)
        if opened and self._say(place) is not Say.RIGHT:
            return (), at
        return tuple(zones), place + opened

    def _another_name(self, at: int) -> int:
        """Where a second name of the zone before stands: `CEST (UTC+2)`, `UTC+2/CEST`, `CEST, UTC+2`; 0 without one."""
        if self._say(at) is Say.ZONE:
            return at
        if self._say(at) not in {Say.SAME, Say.COMMA, Say.LEFT} or self._say(at + 1) is not Say.ZONE:
            return 0
        return at + 1 if self._say(at) is not Say.LEFT or self._say(at + 2) is Say.RIGHT else 0

    def _past(self, at: int) -> int:
        while self._say(at) is Say.FILL:
            at += 1
        return at

    def _before(self, at: int) -> int:
        at -= 1
        while self._say(at) is Say.FILL and self.pieces[at].text != "@":
            at -= 1
        return at

    def _timed(self, at: int) -> Hours | None:
        before = self._say(self._before(at))
        zones, after = self._zones(at + 1)
        if self._joined(after, between=before is Say.BETWEEN) and (hours := self._range(at, after, zones)):
            return hours
        piece = self.pieces[at]
        if piece.say is Say.LENGTH:
            return None
        length = self._past(after + (self._say(after) is Say.OBJECT))  # "10:00 for 2 hours"
        if piece.say is Say.TIME and self._say(length) is Say.LENGTH:
            minutes = self.pieces[length].value
            return Hours(
                Form.RANGE,
                at,
                length + 1,
                piece,
                zones=zones,
                minutes=minutes if isinstance(minutes, int) else 0,
            )
        if self._vague(at):
            raise Unclear(
                f"“{self.pieces[self._before(at)].text}” leaves the hours open; from when to when exactly?"
            )
        return self._one_end(at, after, zones, before)

    def _one_end(self, at: int, after: int, zones: tuple[Piece, ...], before: Say | None) -> Hours | None:
        piece = self.pieces[at]
        if piece.hour > 24:
            return None
        sentence_ends = self._say(after) in {None, Say.COMMA, Say.SEMI, Say.STOP, Say.RIGHT, Say.AND}
        if self._say(after) is Say.ONWARDS and (
            self.pieces[after].text.lower() != "on"
            or self._say(after + 1) in {None, Say.COMMA, Say.STOP, Say.SEMI, Say.RIGHT}
        ):
            return Hours(Form.FROM, at, after + 1, piece, zones=zones)
        if before in {Say.FROM, Say.AFTER}:
            return (
                Hours(Form.FROM, at, after, piece, zones=zones)
                if piece.say is Say.TIME or self._alone(after)
                else None
            )
        word = self.pieces[self._before(at)].text.lower() if before else ""
        if before is Say.UNTIL or (before is Say.TO and word in _TILLS):
            return (
                Hours(Form.UNTIL, at, after, None, piece, zones)
                if piece.say is Say.TIME or self._alone(after)
                else None
            )
        if piece.say is Say.TIME or (zones and sentence_ends):
            return Hours(Form.LONE, at, after, piece, zones=zones)
        return None

    def _alone(self, after: int) -> bool:
        """Whether a bare number that a word makes a time is not a number of something: `from 10 editors`."""
        return self._say(after) not in {Say.WORD, Say.NUMBER}

    def _vague(self, at: int) -> bool:
        return self._say(self._before(at)) is Say.VAGUE

    def _joined(self, at: int, *, between: bool) -> bool:
        say = self._say(at)
        if say is Say.VAGUE:
            return self.pieces[at].text == "~" and self._time(at + 1)
        return say in _JOINTS or (between and say is Say.AND)

    def _range(self, at: int, joint: int, zones: tuple[Piece, ...]) -> Hours | None:
        last = joint + 1
        while self._say(last) is Say.FILL or (
            self._say(last) is Say.LINK and self.pieces[joint].say is Say.TO
        ):
            last += 1
        noon = self._say(last) is Say.PART and self.pieces[last].value == ("lunchtime", False)
        if self._say(last) is Say.VAGUE and self._time(last + 1):
            raise Unclear(f"“{self.pieces[last].text}” leaves the hours open; from when to when exactly?")
        if not self._time(last) and not noon:
            return self._span(at, joint, zones)
        start, end = self.pieces[at], self.pieces[last]
        if noon:
            end = end._replace(say=Say.TIME, hour=12, value="24")
        more, stop = self._zones(last + 1)
        if Say.TIME not in {start.say, end.say} and not more and not zones and not self._alone(stop):
            return None  # 2-3 editors
        if start.say is Say.LENGTH is end.say and not start.text.endswith("h"):
            return None
        if end.say is Say.LENGTH and start.say is not Say.LENGTH and not end.text.endswith("h"):
            return None
        if (
            end.say is Say.LENGTH
            and start.say is Say.NUMBER
            and start.hour < end.hour <= _LONG
            and not (zones or more)
        ):
            raise Unclear(f"From {start.text} to {end.text}, or {start.text} to {end.hour} hours?")
        if self._vague(at):
            raise Unclear(
                f"“{self.pieces[self._before(at)].text}” leaves the hours open; from when to when exactly?"
            )
        return Hours(Form.RANGE, at, stop, start, end, (*zones, *more), same=self._is_same(at))

    def _is_same(self, at: int) -> bool:
        """Whether these hours stand behind others as the same by other clocks: `10-12 UTC / 12-14 CEST`."""
        before = self.found[-1] if self.found else None
        between = self.pieces[before.stop : at] if before else ()
        signs = [piece.say for piece in between if piece.say not in {Say.FILL, Say.FROM}]
        more = before is not None and before.same and signs == [Say.COMMA]  # (12-14 CEST, 15:30-17:30 IST)
        return more or (len(signs) == 1 and signs[0] in {Say.SAME, Say.LEFT})

    def _span(self, at: int, joint: int, zones: tuple[Piece, ...]) -> Hours | None:
        """`Friday 18:00 to Saturday 02:00`: the pieces of the second day stand between the joint and its time."""
        last = joint + 1
        while self._say(last) in {Say.DAY, *_SKIP}:
            last += 1
        days = [place for place in range(joint + 1, last) if self._say(place) is Say.DAY]
        if not days or not self._time(last) or self.pieces[last].say is Say.LENGTH:
            return None
        more, stop = self._zones(last + 1)
        if self._say(stop) in _JOINTS and self._time(stop + 1):
            return None  # "10:00 to Saturday 10-12": no span
        return Hours(
            Form.SPAN,
            at,
            stop,
            self.pieces[at],
            self.pieces[last],
            (*zones, *more),
            last_days=(days[0], days[-1] + 1),
        )


def hours_in(pieces: Sequence[Piece]) -> list[Hours]:
    """The hours that the pieces give, in order; raises Unclear for a vague time."""
    return _Finder(pieces).hours()
