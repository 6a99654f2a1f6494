"""From a time as written, a day and a zone to instants in UTC, or to the question why not."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from callboard.read.clock_times import ClockGroup
from callboard.read.oddities import Oddity
from callboard.read.tokens import Token
from callboard.read.zones import Meaning, meanings_of, meant_here
from callboard.values import value

_DAY = 24 * 60
_HALF = 12 * 60
_EVENING = 18 * 60  # a range over midnight is clearly meant if it begins no earlier
_MORNING = 6 * 60  # and ends no later


def told(minutes: int) -> str:
    """A length in people's words: `17½ hours`, `50 minutes`."""
    if minutes < 60 or minutes % 30:
        return f"{minutes} minutes" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
    half = "½" if minutes % 60 else ""
    return f"{minutes // 60}{half} hour{'s' if minutes > 60 else ''}"


def clock_oddity(token: Token, source: str) -> Oddity | None:
    """Why a single time cannot be what it says: `18:30 PM`, `10:75`, `25:00`, `3 o'clock`."""
    said = source[token.start : token.end]  # with the markup inside it
    if token.minute > 59 or token.hour > 24 or (token.hour == 24 and token.minute):
        return Oddity("no-such-time", f"There is no {said}; which time is meant?", said)
    if token.half and (token.hour > 12 or (token.hour == 0 and token.half == "p")):
        plain = f"{token.hour}:{token.minute:02}"
        meant = f"is {plain} meant" + ("" if token.hour else f", or 12:{token.minute:02} PM")
        question = f'"{said}" mixes the 12-hour and the 24-hour clock; {meant}?'
        return Oddity("half-day", question, said)
    if token.note == "half-day-both":
        hour = token.hour % 12
        question = f"Is {hour:02}:{token.minute:02} or {hour + 12}:{token.minute:02} meant?"
        return Oddity("half-day", question, said)
    if token.note == "half-day-missing":
        return Oddity(token.note, f"Is {token.hour:02}:00 or {(token.hour + 12) % 24:02}:00 meant?", said)
    if token.note == "clock-or-length":
        return Oddity(token.note, "Is this a time of day or a length?", said)
    return None


def _minutes(token: Token, half: str) -> int:
    hour = token.hour % 12 + (12 if half == "p" else 0) if half else token.hour
    return hour * 60 + token.minute


def _may_lack_half(token: Token) -> bool:
    return not token.half and 1 <= token.hour <= 12 and not token.note


def wall_range(start: Token, end: Token) -> tuple[int, int]:
    """Minutes since midnight of both ends; a missing am or pm is the one that makes the shorter forward range."""
    if end.half and _may_lack_half(start):
        last = _minutes(end, end.half)
        firsts = [_minutes(start, half) for half in (end.half, "a" if end.half == "p" else "p")]
        return next((first for first in firsts if 0 < last - first <= _HALF), firsts[0]), last
    if start.half and _may_lack_half(end):
        first = _minutes(start, start.half)
        lasts = [_minutes(end, half) for half in ("a", "p")]
        fitting = [last for last in lasts if 0 < last - first <= _HALF]
        return first, min(fitting, default=lasts[0])
    return _minutes(start, start.half), _minutes(end, end.half)


def _which_midnight(token: Token, text: str) -> Oddity:
    return Oddity("hour-24", f"Does {token.text} begin or end the day? Write 00:00 with its date", text)


def range_oddity(start: Token, end: Token, text: str, source: str) -> tuple[int, int] | Oddity:
    """Both ends of a range in minutes since midnight, the end beyond 24 h if it goes past midnight; or the question."""
    for token in (start, end):
        if odd := clock_oddity(token, source):
            return odd
    if start.hour == 24:
        return _which_midnight(start, text)
    first, last = wall_range(start, end)
    if last > first:
        if (start.half or end.half) and last - first > _HALF:
            return Oddity("long-range", f"{told(last - first)}: are am and pm as they are meant?", text)
        return first, last
    if first >= _EVENING and last <= _MORNING:
        return first, last + _DAY
    return Oddity("end-before-start", _backwards(start, end, first, last), text)


def _backwards(start: Token, end: Token, first: int, last: int) -> str:
    over = _DAY - first + last
    if end.half and 0 < (shifted := (over + _HALF) % _DAY) < over:
        other = "AM" if end.half == "p" else "PM"
        return f"{told(over)} over midnight, or until {end.hour}:{end.minute:02} {other} ({told(shifted)})?"
    if last == first:
        return "The end is the start; which end is meant?"
    return (
        f"The end is before the start: {told(over)} over midnight, or is {start.text} or {end.text} a slip?"
    )


def instant(day: date, minutes: int, zone: tzinfo, text: str) -> datetime | Oddity:
    """The instant in UTC at so many minutes after midnight by the clocks of the zone; questions gap and fold."""
    try:
        naive_day = day + timedelta(days=minutes // _DAY)
        local = datetime.combine(naive_day, time(minutes // 60 % 24, minutes % 60), zone)
        there = local.astimezone(UTC)
        back = there.astimezone(zone)
        folded = local.replace(fold=1).utcoffset() != local.utcoffset()
    except OverflowError:
        return Oddity("no-such-time", "This time is out of all bounds", text)
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        return Oddity(
            "dst-gap", f"Clocks in {zone} skip this time on {naive_day}; which time is meant?", text
        )
    if folded:
        return Oddity(
            "dst-fold", f"Clocks in {zone} show this time twice on {naive_day}; give it in UTC", text
        )
    return there


def span_text(group: ClockGroup, source: str) -> str:
    """The exact source text of a time or range with its zone."""
    parts = [token for token in (group.start, group.end, *group.zones) if token]
    return source[min(part.start for part in parts) : max(part.end for part in parts)]


@value()
class Instants:
    """Where a time or range may lie: one candidate if it is certain, several or none with the reason in `odd`."""

    candidates: tuple[tuple[datetime | None, datetime | None], ...] = ()
    minutes: int | None = None  # between start and end, known without a day
    odd: tuple[Oddity, ...] = ()


def _wall(group: ClockGroup, text: str, source: str) -> tuple[int | None, int | None] | Oddity:
    if group.start and group.end:
        return range_oddity(group.start, group.end, text, source)
    token = group.start or group.end
    if token is None:
        return None, None
    if odd := clock_oddity(token, source):
        return odd
    minutes = _minutes(token, token.half)
    if group.start is None:
        return None, minutes
    if minutes == _DAY:
        return _which_midnight(token, text)
    return minutes, None


def _zone_meanings(
    zones: tuple[Token, ...], local: datetime, zone: tzinfo, text: str, *, any_season: bool
) -> tuple[tuple[Meaning, ...], tuple[Meaning, ...]] | Oddity:
    """What the zones may mean at that time of the year, and at any."""
    names = {token.text for token in zones}
    if any(token.note for token in zones):
        return Oddity("offset-or-range", "Is this an offset from UTC or the end of a range?", text)
    if not names:
        known = meanings_of(zone)
    elif len(choices := {meant_here(name, local, zone) for name in names}) > 1:
        return Oddity(
            "zones-disagree", f"{' and '.join(sorted(names))} in one range: which zone is meant?", text
        )
    else:
        known = choices.pop()
    if not known:
        return Oddity(
            "zone-unknown", f"What zone is {', '.join(sorted(names))}? Give its offset, as in UTC+2", text
        )
    now = tuple(meaning for meaning in known if any_season or meaning.in_season(local))
    if not now:
        name = known[0].zone.tzname(None) or known[0].label
        return Oddity(
            "zone-season",
            f"{name} ({known[0].label}) is not in force on {local.date()}; "
            f"are the clocks of the place meant, or {name} all the same?",
            text,
        )
    return now, known


def place(
    group: ClockGroup, day: date | None, zone: tzinfo, source: str, *, any_season: bool = False
) -> Instants:
    """The instants that a time or range as written may mean on a day; without a day only the length of a range.

    A name like EST counts only while it is in force at its place; in any season it is what the name says.
    """
    text = span_text(group, source)
    wall = _wall(group, text, source)
    if isinstance(wall, Oddity):
        return Instants(odd=(wall,))
    start, end = wall
    minutes = end - start if start is not None and end is not None else None
    if group.vague:
        clock = group.start or group.end
        vague = (
            source[min(group.vague.start, clock.start) : max(group.vague.end, clock.end)] if clock else text
        )
        return Instants(odd=(Oddity("vague", "When exactly?", vague),))
    if day is None:
        return Instants(minutes=minutes)
    moment = start if start is not None else end or 0
    local = datetime.combine(day, time(moment // 60 % 24, moment % 60))
    meant = _zone_meanings(group.zones, local, zone, text, any_season=any_season)
    if isinstance(meant, Oddity):
        return Instants(minutes=minutes, odd=(meant,))
    placed = _in_zones(wall, day, *meant, text)
    if group.end and group.end.hour == 24 and group.end.note != "midnight":
        remark = Oddity("hour-24", f"{group.end.text} is read as the midnight that ends {day}", text)
        placed = Instants(placed.candidates, odd=(*placed.odd, remark))
    return Instants(placed.candidates, minutes, placed.odd)


def _in_zones(
    wall: tuple[int | None, int | None],
    day: date,
    now: tuple[Meaning, ...],
    known: tuple[Meaning, ...],
    text: str,
) -> Instants:
    """The candidates; a name that has another meaning out of season is asked about, as people often forget the season."""
    candidates: list[tuple[datetime | None, datetime | None]] = []
    odd: list[Oddity] = []
    for meaning in now:
        ends = [instant(day, at, meaning.zone, text) if at is not None else None for at in wall]
        first, last = ends
        if isinstance(first, Oddity) or isinstance(last, Oddity):
            odd += [item for item in ends if isinstance(item, Oddity)]
        else:
            candidates.append((first, last))
    if len(known) > 1 and candidates:
        meant = ", ".join(meaning.label for meaning in (now if len(now) > 1 else known))
        odd.append(Oddity("zone-unclear", f"Which zone is meant: {meant}?", text))
    return Instants(tuple(candidates), odd=tuple(odd))
