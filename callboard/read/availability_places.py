"""From hours as given to instants: halves of the day, zones by the season, open ends, parts of the day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from callboard.read.availability_choices import Choices, Interval, Unclear
from callboard.read.availability_clock import Wall, alone, ways
from callboard.read.availability_frame import Frame
from callboard.read.availability_signs import Piece
from callboard.read.availability_times import Form, Hours
from callboard.read.availability_words import BOUNDS, READINGS, Say
from callboard.read.instants import instant
from callboard.read.oddities import Oddity
from callboard.read.zones import Meaning, meant_here
from callboard.values import value

_DAY = 24 * 60


@value()
class Placing:
    """What the whole text tells about its times: how it writes them, and by which clocks."""

    frame: Frame
    pieces: Sequence[Piece]
    by_24: bool
    by_12: bool
    zones: tuple[Piece, ...]  # every zone of the text

    @classmethod
    def of(cls, pieces: Sequence[Piece], hours: Sequence[Hours], frame: Frame) -> "Placing":
        """By the times that are part of hours."""
        times = [time for one in hours for time in (one.start, one.end) if time]
        return cls(
            frame,
            pieces,
            any(
                not time.half and (time.hour > 12 or (time.value is not None and time.text[:1].isdigit()))
                for time in times
            ),
            any(time.half for time in times),
            tuple(piece for piece in pieces if piece.say is Say.ZONE),
        )

    # zones -------------------------------------------------------------------------------------------------

    def zone_names(self, hours: Hours) -> frozenset[str]:
        """The zones of these hours; one said once holds for all, of several each must stand at its time."""
        zones = hours.zones or self.zones
        for zone in zones:
            if zone.value == "":
                name = zone.text.strip()
                raise Unclear(f"What zone is {name}? Give its offset, as in UTC+2")
            if zone.value == "?":
                raise Unclear("Is this an offset from UTC or the end of a range?")
        names = frozenset(str(zone.value) for zone in zones)
        if len(names) > 1 and not hours.zones:
            raise Unclear(f"Which of these zones is meant: {', '.join(sorted(names))}?")
        return names

    def meanings(self, hours: Hours, local: datetime) -> tuple[tuple[Meaning, ...], str]:
        """What the zone of these hours may mean at that time of the year, and the question if it is not certain."""
        names = self.zone_names(hours)
        if not names:
            return (Meaning("", self.frame.zone),), ""
        name = self._one_clock(names, local)
        known, now = _meanings(name, local, self.frame.zone)
        if not known:
            raise Unclear(f"What zone is {name}? Give its offset, as in UTC+2")
        if not now:
            place = Meaning(
                f"clocks of {known[0].season.partition('/')[2].replace('_', ' ')}", ZoneInfo(known[0].season)
            )
            question = (
                f"{known[0].zone.tzname(None) or name} ({known[0].label}) is not in force on {local.date()}; "
                f"are the clocks of the place meant, or {name} all the same?"
            )
            return (place, *known), question
        if len(known) == 1:
            return known, ""
        meant = now if len(now) > 1 else known
        return meant, f"Which zone is meant: {', '.join(meaning.label for meaning in meant)}?"

    def _one_clock(self, names: frozenset[str], local: datetime) -> str:
        """The plainest of several names for the clocks of one range, all of the same hours then: `IST (UTC+5:30)`."""
        if len(names) == 1:
            return next(iter(names))
        known = {name: _meanings(name, local, self.frame.zone) for name in sorted(names)}
        offsets = {
            name: {local.replace(tzinfo=meaning.zone).utcoffset() for meaning in now}
            for name, (_, now) in known.items()
        }
        common = set.intersection(*offsets.values())
        plain = [name for name, own in offsets.items() if own == common and len(known[name][0]) == 1]
        if not plain:
            raise Unclear(f"{' and '.join(sorted(names))} in one range: which zone is meant?")
        return plain[0]

    def _zone(self, hours: Hours, local: datetime, choices: Choices) -> tzinfo:
        meant, question = self.meanings(hours, local)
        meaning = choices.pick(f"zone {'/'.join(self.zone_names(hours))}", meant, question, 0)
        if len(meant) > 1:
            choices.labels.append(meaning.label.removesuffix(" Time"))  # or it would be read as a zone
        return meaning.zone

    # times -------------------------------------------------------------------------------------------------

    def intervals(
        self, hours: Hours, day: date, choices: Choices, *, alone_there: bool = True
    ) -> list[Interval]:
        """The hours on a day, the only one or not, as far as they lie in the event; raises Unclear if none of them does."""
        if hours.form is Form.PART:
            wall = self._part(hours, choices)
        elif hours.form in {Form.FROM, Form.UNTIL}:
            return self._open(hours, day, choices, alone_there=alone_there)
        elif hours.form is Form.LONE or (hours.start and not hours.end and not hours.minutes):
            if hours.start:
                alone(hours.start, by_24=self.by_24, by_12=self.by_12, ends=False)
            raise Unclear("From when to when exactly?")
        else:
            wall = self.wall(hours, choices)
        return self._within(self._placed(hours, wall, day, choices))

    def wall(self, hours: Hours, choices: Choices) -> Wall:
        """Minutes since midnight of both ends in the reading at hand."""
        start, end = hours.start, hours.end
        if start is None:
            raise Unclear("From when to when exactly?")
        key = f"wall {hours.index}"
        if end is None:
            firsts, question = alone(start, by_24=self.by_24, by_12=self.by_12, ends=False)
            first = choices.pick(key, firsts, question, 0)
            return first, first + hours.minutes
        walls, question = ways(start, end, by_24=self.by_24, by_12=self.by_12)
        if hours.part:
            walls = self._in_part(hours, walls, start, end)
        return choices.pick(key, walls, question, 0)

    def _in_part(self, hours: Hours, walls: list[Wall], start: Piece, end: Piece) -> list[Wall]:
        """Of all readings those that lie in the part of the day that stands with the hours."""
        if len(walls) == 1 and start.bare and end.bare:
            walls = [
                (first + shift, last + shift)
                for first, last in walls
                for shift in (0, 12 * 60)
                if last + shift <= _DAY
            ]
        low, high = BOUNDS.get(hours.part, (18, 30))
        fitting = [wall for wall in walls if low * 60 <= wall[0] and wall[1] <= high * 60]
        if not fitting:
            raise Unclear(f"{start.text} to {end.text} in the {hours.part}: at what time of the day?")
        return fitting

    def _part(self, hours: Hours, choices: Choices) -> Wall:
        stated = self.frame.parts.of(hours.part)
        if stated:
            first, last = stated
            ends = last.hour * 60 + last.minute
            begins = first.hour * 60 + first.minute
            return begins, ends if ends > begins else ends + _DAY
        said = self.said_part(hours)
        question = f"“{said}” names no hours; from when to when, in which zone?"
        first_hour, last_hour = choices.pick(f"part {hours.part}", READINGS[hours.part], question, 2)
        return first_hour * 60, last_hour * 60

    def said_part(self, hours: Hours) -> str:
        """`Saturday afternoon`: the words for a part of a day with the weekday before them."""
        first = (
            hours.index - 1 if hours.index and self.pieces[hours.index - 1].say is Say.DAY else hours.index
        )
        joint = "" if self.pieces[first].end == self.pieces[hours.index].start else " "
        return (
            self.pieces[hours.index].text
            if first == hours.index
            else f"{self.pieces[first].text}{joint}{self.pieces[hours.index].text}"
        )

    def _placed(self, hours: Hours, wall: Wall, day: date, choices: Choices) -> Interval:
        local = datetime.combine(day, time(wall[0] // 60 % 24, wall[0] % 60))
        zone = self._zone(hours, local, choices)
        text = hours.start.text if hours.start else ""
        return _at(day, wall[0], zone, text), _at(day, wall[1], zone, text)

    def _within(self, interval: Interval) -> list[Interval]:
        inside = self.frame.within(interval) if interval[0] < interval[1] else []
        if not inside:
            raise Unclear(f"{interval[0]:%Y-%m-%d %H:%M} UTC lies outside the event; which day is meant?")
        return inside

    def _open(self, hours: Hours, day: date, choices: Choices, *, alone_there: bool) -> list[Interval]:
        """`from 14:00`, `until 18:00`: to the end, or from the beginning, of the day's hours, if the event file states them."""
        known = hours.start or hours.end
        if known is None:
            raise Unclear("From when to when exactly?")
        ends = hours.start is None
        minutes, question = alone(known, by_24=self.by_24, by_12=self.by_12, ends=ends)
        at = choices.pick(f"wall {hours.index}", minutes, question, 0)
        moment = self._placed(hours, (at, at), day, choices)[0]
        opens, closes = self.frame.whole[day]
        others = [opens, self.frame.first] if ends else [closes, self.frame.last]
        question = f"From when, until {known.text}?" if ends else f"Until when, from {known.text}?"
        if day in (self.frame.opens_stated if ends else self.frame.closes_stated):
            other = others[0]
        elif alone_there and others[0] != others[1]:
            other = choices.pick(f"open {hours.index}", others, question, 1)
        else:
            other = choices.ask(f"open {hours.index}", others[0], question)
        return self._within((other, moment) if ends else (moment, other))

    def span(self, hours: Hours, first: date, last: date, choices: Choices) -> list[Interval]:
        """`Friday 18:00 to Saturday 02:00`; with a later time of day on the second day it may be meant for each day."""
        start, end = hours.start, hours.end
        if start is None or end is None or last <= first:
            raise Unclear("From when to when exactly?")
        begins, why = alone(start, by_24=self.by_24, by_12=self.by_12, ends=False)
        finishes, also = alone(end, by_24=self.by_24, by_12=self.by_12, ends=True)
        at = choices.pick(f"wall {hours.index}", begins, why, 0)
        until = choices.pick(f"end {hours.index}", finishes, also, 0)
        across = (last - first).days * _DAY + until
        if until > at:
            question = f"{start.text} to {end.text} on each day, or without a break?"
            if choices.pick(f"span {hours.index}", (False, True), question, 0):
                days = [day for day in self.frame.dates if first <= day <= last]
                return [
                    one
                    for day in days
                    for one in self._within(self._placed(hours, (at, until), day, choices))
                ]
        return self._within(self._placed(hours, (at, across), first, choices))

    # the same hours by other clocks --------------------------------------------------------------------------

    def agreed(self, one: Hours, others: Sequence[Hours], day: date) -> list[Interval]:
        """What hours and the same hours by other clocks have in common: `18:30-20:30 IST (13:00–15:00 UTC)`."""
        there = [
            self._all(other, day, (0, 1, -1)) for other in others
        ]  # by other clocks it may be the next day
        here = dict.fromkeys(self._all(one, day, (0,)))
        common = [interval for interval in here if all(interval in known for known in there)]
        if len(common) != 1:
            raise Unclear("These are different hours by two clocks; which ones are meant?")
        return self._within(common[0])

    def _all(self, hours: Hours, day: date, shifts: Sequence[int]) -> list[Interval]:
        if hours.start is None or hours.end is None:
            return []
        walls, _ = ways(hours.start, hours.end, by_24=self.by_24, by_12=False)
        out: list[Interval] = []
        for wall in walls:
            local = datetime.combine(day, time(wall[0] // 60 % 24, wall[0] % 60))
            for shift in shifts:
                there = day + timedelta(days=shift)
                out += [
                    (_at(there, wall[0], zone.zone, ""), _at(there, wall[1], zone.zone, ""))
                    for zone in self.meanings(hours, local)[0]
                ]
        return out


@lru_cache(maxsize=4096)
def _at(day: date, minutes: int, zone: tzinfo, text: str) -> datetime:
    found = instant(day, minutes, zone, text)
    if isinstance(found, Oddity):
        raise Unclear(found.message)
    return found.astimezone(UTC)


@lru_cache(maxsize=4096)
def _meanings(name: str, local: datetime, zone: ZoneInfo) -> tuple[tuple[Meaning, ...], tuple[Meaning, ...]]:
    """What a zone's name may mean, and what of it is in force at that time."""
    known = meant_here(name, local, zone)
    return known, tuple(meaning for meaning in known if meaning.in_season(local))
