"""Time cells whose times are plain and certain, and the notations in which they are written. No rule of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache

from callboard.model import FreeSlot, Schedule, Session
from callboard.read.times import ClockReading, read_times
from callboard.wikitext.edits import Span

_TIME = r"(?P<h{n}>\d{{1,2}})(?P<c{n}>[:.])(?P<m{n}>[0-5]\d)(?P<half{n}>(?P<gap{n}>[ ]?)(?P<ap{n}>[ap](?:\.m\.|m))(?![\w.]))?"
_RANGE = re.compile(
    rf"(?<![\w:./#=-]){_TIME.format(n=1)}(?:(?P<joint>[ ]?[-–—][ ]?){_TIME.format(n=2)})?(?![\w:]|[.,/]\d|[ ]?%)",
    re.IGNORECASE,
)
_MORE_CLOCKS = re.compile(
    r"\d[:.]\d\d|(?<![\d/])\d{4}(?!\d)|\d ?[ap]\.?m|noon|midnight|[~≈?]|\bca?\.|about|open", re.IGNORECASE
)
_IN_MARKUP = re.compile(
    r"<!--.*?-->|https?://\S*|<[^<>]*>|\{\{[^{}|]*|(?<![\d:.])\d+ ?(?:min\w*|['′](?!'))", re.DOTALL
)
_LONGEST = 300  # characters of a time cell; what is longer holds more than a time
_LIKE_AFTERNOON = 8
_ENOUGH, _OF_TEN = 5, 8  # a page's habit: five times at least, and eight of ten


@dataclass(frozen=True, slots=True)
class Notation:
    """How times are written; None where a page has no habit."""

    colon: str | None = None  # ":" or "."
    padded: bool | None = None  # 09:00
    half: str | None = (
        None  # what stands behind a time of twelve hours, its blank included: " am"; "" for 24 hours
    )
    joint: str | None = None  # between start and end: "–", " - "


@dataclass(frozen=True, slots=True)
class Clock:
    """The one time or range of a cell, as written."""

    span: Span
    found: re.Match[str]
    notation: Notation  # as far as this one time shows it

    @property
    def is_range(self) -> bool:
        """Whether it has an end."""
        return self.found["joint"] is not None

    def written(self, want: Notation) -> str | None:
        """The same time in another notation, as far as that says how; None if it cannot be said for certain."""
        found, parts = self.found, []
        for n in (1, 2):
            if found[f"h{n}"] is None:
                continue
            half = (found[f"ap{n}"] or "")[:1].lower()
            if not half and found["half2"]:
                return None  # 9:30-10:30 am: of which half the start is, is for people to say
            hour, suffix = int(found[f"h{n}"]), found[f"half{n}"] or ""
            other_clock = want.half is not None and want.half != _as_am(suffix)
            if half and not 1 <= hour <= 12:
                return None
            if other_clock and want.half is not None:
                hour, suffix = _other_half(hour, half, want.half)
            padded = len(found[f"h{n}"]) == 2
            if want.padded is not None:
                padded = want.padded
            elif other_clock and bool(half) != bool(suffix):
                padded = not suffix  # 02:00 and 2:00 am
            if (
                n == 1
                and not padded
                and not suffix
                and 0 < hour < _LIKE_AFTERNOON
                and (half or len(found[f"h{n}"]) == 2)
            ):
                return None  # 2.30 alone may also be one of the afternoon, which 2:30 am and 02:30 are not
            parts.append(f"{hour:02}" if padded else str(hour))
            parts += [want.colon or found[f"c{n}"], found[f"m{n}"], suffix]
            if n == 1 and self.is_range:
                parts.append(found["joint"] if want.joint is None else want.joint)
        return "".join(parts)


def _notation(found: re.Match[str]) -> Notation:
    half = found["half2"] or found["half1"] or ""
    hours = [found[f"h{n}"] for n in (1, 2) if found[f"h{n}"]]
    low = {len(hour) == 2 for hour in hours if int(hour) < 10}
    dots = {found[f"c{n}"] for n in (1, 2) if found[f"c{n}"]}
    return Notation(
        dots.pop() if len(dots) == 1 else None,
        low.pop() if len(low) == 1 else None,
        _as_am(half),
        found["joint"],
    )


def _as_am(suffix: str) -> str:
    """` PM` as ` AM`: the way of writing, whatever half of the day."""
    return suffix.replace("p", "a").replace("P", "A")


def _other_half(hour: int, half: str, want: str) -> tuple[int, str]:
    """An hour of the day and what stands behind it: (2, "p") is 14 or "2 pm", 0 is "12 am"."""
    day = hour if not half else hour % 12 + (12 if half == "p" else 0)
    if not want:
        return day, ""
    return (day % 12 or 12), (want.replace("a", "p", 1).replace("A", "P", 1) if day >= 12 else want)


def sample(written: str) -> Notation | None:
    """The notation of a sample that begins at nine: `09:00–09:55`, `9.00-9.55`, `9:00 am – 9:55 am`; None if it shows none."""
    found = _RANGE.fullmatch(written.strip())
    return _notation(found) if found else None


def time_cells(page: Schedule) -> Iterator[tuple[Span, Session | FreeSlot]]:
    """The time cells of a page, each once, with the first that it gives a time to."""
    seen: set[int] = set()
    every: tuple[Session | FreeSlot, ...] = (*page.sessions, *page.free_slots)
    for held in every:
        if held.time_cell and held.start and held.time_cell.start not in seen:
            seen.add(held.time_cell.start)
            yield held.time_cell, held


def clock(text: str, cell: Span) -> Clock | None:
    """The time or range of the cell, if it holds just one and nothing that makes it doubtful."""
    if cell.end - cell.start > _LONGEST:
        return None
    only = _only_time(cell.of(text))
    if only is None:
        return None
    found, notation = only
    return Clock(Span(cell.start + found.start(), cell.start + found.end()), found, notation)


@lru_cache(maxsize=4096)
def _only_time(source: str) -> tuple[re.Match[str], Notation] | None:
    shown = _IN_MARKUP.sub(lambda hidden: " " * len(hidden[0]), source)
    found = _RANGE.search(shown)
    if not found or int(found["h1"]) > 23 or int(found["h2"] or 0) > 23:
        return None
    if shown.count("[", 0, found.start()) > shown.count("]", 0, found.start()):
        return None  # the label of a link
    doubtful = _MORE_CLOCKS.search(shown[: found.start()] + " " + shown[found.end() :])
    return None if doubtful else (found, _notation(found))


def _common(values: Iterable[tuple[object, int]]) -> object:
    """What at least eight of ten have, and five, of values and how often each is there; None if there is no such thing."""
    counted: Counter[object] = Counter()
    for value, often in values:
        if value is not None:
            counted[value] += often
    most = counted.most_common(1)
    return (
        most[0][0]
        if most and most[0][1] >= _ENOUGH and most[0][1] * 10 >= counted.total() * _OF_TEN
        else None
    )


def habit(clocks: Iterable[Clock]) -> Notation:
    """How a page writes its times, where it clearly has a habit."""
    often = Counter(clock.notation for clock in clocks)
    if often.total() < _ENOUGH:
        return Notation()
    seen = often.items()
    colon, padded = (
        _common((one.colon, times) for one, times in seen),
        _common((one.padded, times) for one, times in seen),
    )
    half, joint = (
        _common((one.half, times) for one, times in seen),
        _common((one.joint, times) for one, times in seen),
    )
    return Notation(
        colon if isinstance(colon, str) else None,
        padded if isinstance(padded, bool) else None,
        half if isinstance(half, str) else None,
        joint if isinstance(joint, str) else None,
    )


def wanted(stated: str, clocks: Iterable[Clock]) -> Notation:
    """The notation of the event file's sample, else the page's habit."""
    return (sample(stated) if stated else None) or habit(clocks)


def same_reading(old: str, new: str, day: date, zone: tzinfo) -> ClockReading | None:
    """What both texts say of times, if they say the same and nothing is odd about it."""
    before = read_times(old, day, zone)
    if before.start is None or before.odd or read_times(new, day, zone) != before:
        return None
    return before


def day_of(start: datetime, zone: tzinfo) -> date:
    """The day of an instant by the clocks of the zone."""
    return start.astimezone(zone).date()
