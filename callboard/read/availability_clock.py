"""What two times as written may mean by the clocks of a day: `2-5pm`, `9-5`, `22:00-02:00`, `07:00 PM to 12:30 PM`.

Minutes since midnight; an end past midnight lies beyond 24 hours. Several pairs: it can be understood in several ways.
"""

from callboard.read.availability_choices import Unclear
from callboard.read.availability_signs import Piece
from callboard.read.instants import told

_HALF = 12 * 60
_DAY = 24 * 60
_EVENING = 18 * 60  # a range over midnight is clearly meant if it begins no earlier
_MORNING = 6 * 60  # and ends no later
_EARLIEST = 8  # "8-10" is the morning; "2-5" may be the afternoon
_LONGEST = 16 * 60
Wall = tuple[int, int]


def clock(minutes: int) -> str:
    """`14:30`; beyond midnight `02:00 the next day`."""
    if minutes == _DAY:
        return "24:00"
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}" + (" the next day" if minutes > _DAY else "")


def minutes_of(time: Piece) -> int:
    """Minutes since midnight, by the half of the day that the time names."""
    hour = time.hour % 12 + (12 if time.half == "p" else 0) if time.half else time.hour
    return hour * 60 + time.minute


def refuse_odd(time: Piece) -> None:
    """Raises Unclear for what is no time: `18:30 PM`, `10:75`, `25:00`."""
    if time.minute > 59 or time.hour > 24 or (time.hour == 24 and time.minute):
        raise Unclear(f"There is no {time.text}; which time is meant?")
    if time.value == "both":
        hour = time.hour % 12
        raise Unclear(
            f"Is {hour:02}:{time.minute:02} or {hour + 12}:{time.minute:02} meant by “{time.text}”?"
        )
    if time.half and (time.hour > 12 or (time.hour == 0 and time.half == "p")):
        plain = f"{time.hour}:{time.minute:02}"
        meant = f"is {plain} meant" + ("" if time.hour else f", or 12:{time.minute:02} PM")
        raise Unclear(f'"{time.text}" mixes the 12-hour and the 24-hour clock; {meant}?')


def _or(walls: list[Wall]) -> str:
    return ", or ".join(f"{clock(first)} to {clock(last)}" for first, last in walls) + "?"


def ways(start: Piece, end: Piece, *, by_24: bool, by_12: bool) -> tuple[list[Wall], str]:
    """Every way to understand a range, the likeliest first, and the question if there are several.

    `by_24`: the text writes 24 hours elsewhere (`14:00`, `09:30`); `by_12`: it writes am and pm elsewhere.
    """
    refuse_odd(start)
    refuse_odd(end)
    if start.hour == 24:
        raise Unclear(f"Does {start.text} begin or end the day? Write 00:00 with its date")
    if start.bare and end.half:
        return _shared_end(start, end)
    if start.half and end.bare:
        return _shared_start(start, end)
    if start.bare and end.bare:
        return _both_bare(start, end, by_24=by_24, by_12=by_12)
    return _fixed(start, end, minutes_of(start), minutes_of(end))


def _fixed(start: Piece, end: Piece, first: int, last: int) -> tuple[list[Wall], str]:
    if last > first:
        if start.half == "a" and start.hour == 12 and last - first > 8 * 60:
            walls = [(first, last), *([(_HALF + first, last)] if _HALF + first < last else [])]
            return walls, f"{told(last - first)}: are am and pm as they are meant?"
        if (start.half or end.half) and last - first > _LONGEST:
            raise Unclear(f"{told(last - first)}: are am and pm as they are meant?")
        return [(first, last)], ""
    if last == first:
        raise Unclear("The end is the start; which end is meant?")
    if last == 0 and end.half != "a":
        return [(first, _DAY)], ""
    if (first >= _EVENING and last <= _MORNING) or (last == 0 and start.half == "p"):
        return [(first, last + _DAY)], ""
    return _backwards(start, end, first, last)


def _backwards(start: Piece, end: Piece, first: int, last: int) -> tuple[list[Wall], str]:
    over = _DAY - first + last
    walls = [(first, last + _DAY)]
    if end.half and 0 < (shifted := (over + _HALF) % _DAY) < over:
        other = "AM" if end.half == "p" else "PM"
        walls.append((first, first + shifted))
        minute = f"{end.hour}:{end.minute:02} {other}"
        return walls, f"{told(over)} over midnight, or until {minute} ({told(shifted)})?"
    walls.append((last, first))
    said = f"or is {start.text} or {end.text} a slip?"
    return walls, f"The end is before the start: {told(over)} over midnight, {said}"


def _halves(time: Piece) -> tuple[int, int]:
    return time.hour % 12 * 60 + time.minute, time.hour % 12 * 60 + time.minute + _HALF


def _shared_end(start: Piece, end: Piece) -> tuple[list[Wall], str]:
    """`2-5pm`, `11-1pm`; `8-12pm` may mean noon or midnight."""
    last = minutes_of(end)
    if end.hour == 12:
        noon = [(first, _HALF + end.minute) for first in _halves(start) if first < _HALF + end.minute][:1]
        night = [(_halves(start)[1], _DAY + end.minute)]
        walls = [*noon, *night] if end.half == "p" else [*night, *noon]
        return walls, _or(walls)
    same, other = _halves(start) if end.half == "a" else _halves(start)[::-1]
    for first in (same, other):
        if 0 < last - first <= _HALF:
            return [(first, last)], ""
        if first >= _EVENING and last <= _MORNING:
            return [(first, last + _DAY)], ""
    return _backwards(start, end, same, last) if same != last else _fixed(start, end, same, last)


def _shared_start(start: Piece, end: Piece) -> tuple[list[Wall], str]:
    """`2pm-5`, `10am-2`, `9pm-1`: the next time that the clock shows so."""
    first = minutes_of(start)
    lasts = [last + extra for last in _halves(end) for extra in (0, _DAY)]
    last = min((last for last in lasts if 0 < last - first <= _HALF), default=first)
    if last == first or (last > _DAY and not (first >= _EVENING and last - _DAY <= _MORNING)):
        raise Unclear(
            "The end is the start; which end is meant?" if last == first else "From when to when exactly?"
        )
    return [(first, last)], ""


def _both_bare(start: Piece, end: Piece, *, by_24: bool, by_12: bool) -> tuple[list[Wall], str]:
    first, last = minutes_of(start), minutes_of(end)
    if first == last:
        raise Unclear("The end is the start; which end is meant?")
    late = first + _HALF if start.hour != 12 else first
    early = first if start.hour != 12 else 0
    if first < last:
        if not by_12 and (by_24 or start.hour >= _EARLIEST or (start.hour == 7 and ":" in start.text)):
            return [(first, last)], ""
        other = (late, last % _HALF + _HALF if last < _HALF else _DAY)
        walls = [(first, last), *([other] if other[0] < other[1] and other != (first, last) else [])]
        return walls, _or(walls)
    if by_24:
        return _backwards(start, end, first, last)
    walls = [(first, last + _HALF), (late, last + _DAY) if start.hour != 12 else (early, last)]
    return walls, _or(walls)


def alone(time: Piece, *, by_24: bool, by_12: bool, ends: bool) -> tuple[list[int], str]:
    """Every way to understand one end: `from 10`, `until 6`, `after 16:00`."""
    refuse_odd(time)
    minutes = minutes_of(time)
    if time.hour == 24 and not ends:
        raise Unclear(f"Does {time.text} begin or end the day? Write 00:00 with its date")
    if ends and minutes == 0:
        minutes = _DAY
    clear = not time.bare or by_24 or (not by_12 and time.hour >= (12 if ends else _EARLIEST))
    if clear:
        return [minutes], ""
    both = [minutes, minutes + _HALF] if time.hour != 12 else [minutes, 0]
    return both, f"Is {clock(both[0])} or {clock(both[1])} meant by “{time.text}”?"
