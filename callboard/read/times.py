"""Times in cells and phrases, into UTC; what cannot be certain comes back as a question, never as a guess.

`14:00 – 15:30 UTC`, `9:30-10:30am`, `1400 - 1530`, `14–17`, `(3:40pm, 80 minutes)`, `10:30 am IST / 5:00 am UTC`,
`[https://zonestamp.toolforge.org/1783065600 08:00 UTC]`. A zone in the text beats the zone given. Days and zones alone:
`read_day` and `read_zone`.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from callboard.read.clock_times import ClockGroup, clock_groups
from callboard.read.days import DayReading, day_oddity, read_day
from callboard.read.instants import Instants, place, span_text, told
from callboard.read.oddities import Oddity
from callboard.read.plain import plain, without_comments, without_struck
from callboard.read.tokens import Kind, Token, tokens
from callboard.read.two_zones import agreeing, may_be, settled_by_another, text_of_all
from callboard.read.zones import read_zone
from callboard.values import value

__all__ = ["ClockReading", "DayReading", "contradicts", "read_day", "read_times", "read_zone"]

_STAMP = re.compile(r"zonestamp\.toolforge\.org/([0-9]{9,10})(?:/([0-9]{9,10}))?(?![0-9])")
_USUAL = re.compile(
    r"\s*([01]?[0-9]|2[0-3]):([0-5][0-9])(?:[ ]?[-–—][ ]?([01]?[0-9]|2[0-3]):([0-5][0-9]))?\s*"
)  # 9:00, 09:00–10:30
_RAISED = re.compile(r"(?<=\d)<sup>\s*([0-5]\d)\s*</sup>")  # 9³⁰
_TIME_LIKE = re.compile(r"\d|(?i:noon|midday|midnight)")


@value()
class ClockReading:
    """What a text says of times: instants in UTC, minutes if a length is stated or follows, and what is odd.

    Nothing about time in the text is no oddity: all None. An oddity with a start known is a remark (24:00 as an
    end), or it leaves open when it ends (10:00–10:30, 45 min).
    """

    start: datetime | None = None
    end: datetime | None = None
    minutes: int | None = None
    odd: tuple[Oddity, ...] = ()

    @property
    def end_asked(self) -> bool:
        """Whether the start is sure and something about the end is odd, so that nothing else may tell when it ends."""
        return bool(self.start and self.odd and not self.end)


@value()
class _Stamp:
    start: datetime
    end: datetime | None
    text: str


def _stamps(text: str) -> list[_Stamp]:
    if "zonestamp" not in text:
        return []
    found = _STAMP.finditer(without_comments(text))
    return [
        _Stamp(
            datetime.fromtimestamp(int(stamp[1]), UTC),
            datetime.fromtimestamp(int(stamp[2]), UTC) if stamp[2] else None,
            f"https://{stamp[0]}" if f"https://{stamp[0]}" in text else stamp[0],
        )
        for stamp in found
    ]


def _with_common_zone(groups: list[ClockGroup], pieces: list[Token]) -> list[ClockGroup]:
    """Gives groups without a zone the one that stands elsewhere in the text: `UTC 10:00`, `Time in CEST: 10:00`."""
    taken = {token.start for group in groups for token in group.zones}
    rest = {token.text: token for token in pieces if token.kind is Kind.ZONE and token.start not in taken}
    if len(rest) != 1 or any(group.zones for group in groups):
        return groups
    common = tuple(rest.values())
    return [
        ClockGroup(group.start, group.end, common, group.index, group.stop, group.open_end, group.vague)
        for group in groups
    ]


def _one_reading(groups: list[ClockGroup], day: date | None, zone: tzinfo, text: str) -> Instants:
    if not groups:
        return Instants()
    each = [place(group, day, zone, text) for group in groups]
    if len(groups) == 1:
        return each[0]
    spoilt = tuple(odd for one in each for odd in one.odd if odd.code not in {"zone-unclear", "hour-24"})
    if {odd.code for odd in spoilt} == {"zone-season"} and (
        settled := settled_by_another(groups, day, zone, text)
    ):
        return settled
    if spoilt:
        return Instants(odd=spoilt)
    spoken = [tuple(token.text for token in group.zones) for group in groups]
    if len(set(spoken)) == len(groups) <= 6:
        if day is None:
            lengths = {one.minutes for one in each}
            return Instants(minutes=lengths.pop() if len(lengths) == 1 else None)
        return agreeing(groups, day, zone, text)
    if len({(one.candidates, one.minutes) for one in each}) == 1 and day is not None:
        return each[0]
    return Instants(
        odd=(Oddity("several-times", "Which of these times is meant?", text_of_all(groups, text)),)
    )


def _length(pieces: list[Token], reading: Instants, text: str) -> tuple[int | None, tuple[Oddity, ...]]:
    lengths = [piece for piece in pieces if piece.kind is Kind.LENGTH]
    stated = {piece.minutes for piece in lengths}
    if len(stated) > 1:
        whole = text[lengths[0].start : lengths[-1].end]
        return reading.minutes, (Oddity("several-lengths", "Which of these lengths is meant?", whole),)
    if not stated:
        return reading.minutes, ()
    minutes = stated.pop()
    if reading.minutes is not None and reading.minutes != minutes:
        message = f"From start to end it is {told(reading.minutes)}, not {told(minutes)}; which is right?"
        return None, (Oddity("length-disagrees", message, text[lengths[0].start : lengths[0].end]),)
    return minutes, ()


def _check_stamp(stamp: _Stamp, reading: Instants) -> tuple[datetime | None, datetime | None] | Oddity:
    """The candidate that the zonestamp link names, its end supplied by the link; or that it leads elsewhere."""
    for start, end in reading.candidates:
        if start == stamp.start and (end is None or stamp.end is None or end == stamp.end):
            return start, end or stamp.end
    leads = f"{stamp.start:%Y-%m-%d %H:%M} UTC"
    return Oddity(
        "zonestamp", f"The link leads to {leads}, the text says another time; which is right?", stamp.text
    )


def _start_and_end(stamps: list[_Stamp], groups: list[ClockGroup]) -> tuple[_Stamp, ClockGroup] | None:
    """Two links of which one stands at the start and one at the end of a range: `[… 10:00] – [… 11:00]`, as one."""
    if len(stamps) != 2 or any(one.end for one in stamps) or stamps[0].start >= stamps[1].start:
        return None
    stamp = _Stamp(stamps[0].start, stamps[1].start, stamps[0].text)
    match groups:
        case [ClockGroup(start=Token(), end=Token()) as whole]:
            return stamp, whole
        case [
            ClockGroup(start=Token() as first, end=None) as one,
            ClockGroup(start=Token() as last, end=None) as two,
        ]:
            return stamp, ClockGroup(
                first, last, two.zones or one.zones, one.index, two.stop, vague=one.vague or two.vague
            )
    return None


def _stamped_day(stamp: _Stamp, groups: list[ClockGroup], zone: tzinfo, text: str) -> date | None:
    """The day on which the written time is the stamp's, for texts without a day of their own."""
    for shift in (0, -1, 1):
        day = stamp.start.date() + timedelta(days=shift)
        if any(start == stamp.start for start, _ in _one_reading(groups, day, zone, text).candidates):
            return day
    return None


def _with_stamps(
    stamps: list[_Stamp], groups: list[ClockGroup], day: date | None, zone: tzinfo, text: str
) -> tuple[Instants, tuple[datetime | None, datetime | None] | None]:
    stamp = stamps[0]
    if joint := _start_and_end(stamps, groups):
        stamp, groups = joint[0], [joint[1]]
    elif len({(one.start, one.end) for one in stamps}) > 1:
        return Instants(
            odd=(Oddity("several-times", "Which of these links is meant?", stamps[-1].text),)
        ), None
    if not groups:
        if day is not None and stamp.start.astimezone(zone).date() != day:
            message = f"The link leads to {stamp.start:%Y-%m-%d %H:%M} UTC, another day; which is right?"
            return Instants(odd=(Oddity("zonestamp", message, stamp.text),)), None
        return Instants(), (stamp.start, stamp.end)
    reading = _one_reading(
        groups, day or _stamped_day(stamp, groups, zone, text) or stamp.start.date(), zone, text
    )
    if any(odd.code != "zone-unclear" for odd in reading.odd) and not reading.candidates:
        return reading, None
    agreed = _check_stamp(stamp, reading)
    if isinstance(agreed, Oddity):
        return Instants(odd=(*reading.odd, agreed)), None
    return Instants(
        minutes=reading.minutes, odd=tuple(o for o in reading.odd if o.code != "zone-unclear")
    ), agreed


def _usual(found: re.Match[str], day: date, zone: tzinfo) -> ClockReading | None:
    """What nearly all cells say, without a closer look; None for a range over midnight or on a day when clocks change."""
    hour, minute, end_hour, end_minute = (int(part) if part else None for part in found.groups())
    if hour is None or minute is None or day >= date.max - timedelta(days=1) or day == date.min:
        return None
    begin = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    midnight = begin.replace(hour=0, minute=0)
    if midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset():
        return None
    if end_hour is None or end_minute is None:
        return ClockReading(begin.astimezone(UTC))
    between = (end_hour - hour) * 60 + end_minute - minute
    if between <= 0:
        return None
    start = begin.astimezone(UTC)
    return ClockReading(start, start + timedelta(minutes=between), between)


@lru_cache(maxsize=4096)
def read_times(text: str, day: date | None, zone: tzinfo) -> ClockReading:
    """The start, end and length that a cell or phrase gives, in UTC on the given day; `zone` where it names none.

    With a start and a length the end follows. Without a day start and end are None, unless a zonestamp link gives one.
    """
    if not _TIME_LIKE.search(text):
        return ClockReading()
    # A zone that is no place may be a name of several meanings, or of another season: EST, IST.
    usual = _USUAL.fullmatch(text) if day is not None and isinstance(zone, ZoneInfo) else None
    if usual and day is not None and (quick := _usual(usual, day, zone)):
        return quick
    text = _RAISED.sub(r":\1", text) if "<sup>" in text else text
    seen = plain(without_struck(text))
    pieces = tokens(seen)
    groups = _with_common_zone(clock_groups(pieces), pieces)
    stamps = _stamps(text)
    agreed: tuple[datetime | None, datetime | None] | None = None
    if stamps:
        reading, agreed = _with_stamps(stamps, groups, day, zone, text)
    else:
        reading = _one_reading(groups, day, zone, text)
    minutes, odd = _length(pieces, reading, text)
    odd = (*reading.odd, *odd)
    if groups and day is not None and (mismatch := day_oddity(pieces, day, text)):
        return ClockReading(minutes=minutes, odd=(*odd, mismatch))
    if agreed is None and len(reading.candidates) == 1:
        agreed = reading.candidates[0]
    if agreed is None or any(item.code == "zone-unclear" for item in odd):
        return ClockReading(minutes=minutes, odd=odd)
    if any(item.code == "length-disagrees" for item in odd):
        return ClockReading(agreed[0], odd=odd)
    if not any(piece.kind is Kind.LENGTH for piece in pieces):
        minutes = None  # that of the wall clock, which is another one on the night when the clocks change
    return _finished(*agreed, minutes, odd, span_text(groups[0], text) if groups else text)


def contradicts(reading: ClockReading, text: str, day: date | None, zone: tzinfo, start: datetime) -> bool:
    """Whether a text whose zone leaves the time open says in no meaning of it what another clock says: `12:00 IST` beside 5:00 UTC."""
    if day is None or not any(odd.code in {"zone-unclear", "zone-season"} for odd in reading.odd):
        return False
    groups = clock_groups(tokens(plain(without_struck(text))))
    return bool(groups) and not may_be(groups, day, zone, text, start)


def _finished(
    start: datetime | None, end: datetime | None, minutes: int | None, odd: tuple[Oddity, ...], text: str
) -> ClockReading:
    if start and end and end <= start:
        return ClockReading(
            odd=(*odd, Oddity("end-before-start", "The end is before the start; which is right?", text))
        )
    if start and end:
        between = int((end - start).total_seconds()) // 60
        if minutes is not None and minutes != between:
            message = f"From start to end it is {told(between)}, not {told(minutes)}; which is right?"
            return ClockReading(start, odd=(*odd, Oddity("length-disagrees", message, text)))
        return ClockReading(start, end, between, odd)
    if start and minutes:
        end = start + timedelta(minutes=minutes)
    return ClockReading(start, end, minutes, odd)
