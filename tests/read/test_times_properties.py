"""Times made from known moments, in many notations and zones: each comes back exactly, or is asked about; none comes back wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from callboard.read.times import read_times

DAYS = [
    date(2026, 5, 16),
    date(2026, 12, 31),
    date(2026, 3, 29),  # summer time begins in Europe
    date(2026, 10, 25),  # and ends
    date(2026, 3, 8),  # it begins in America
    date(2026, 11, 1),  # and ends
]
ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu")]  # fmt: skip
EACH = 1500  # examples of a test


def wall(when: datetime) -> str:
    return f"{when:%H:%M}"


def dotted(when: datetime) -> str:
    return f"{when.hour}.{when:%M}"


def half(when: datetime, *, tight: bool = False, dots: bool = False) -> str:
    mark = ("a.m." if dots else "am") if when.hour < 12 else ("p.m." if dots else "pm")
    return f"{when.hour % 12 or 12}:{when:%M}{'' if tight else ' '}{mark}"


SPELLINGS: list[Callable[[datetime], str]] = [
    wall,
    dotted,
    half,
    lambda when: half(when, tight=True),
    lambda when: half(when, dots=True).upper(),
    lambda when: f"{when.hour}h{when:%M}",
]
JOINS = ["-", "–", " - ", " – ", " — ", " to ", " until ", "&nbsp;&ndash;&nbsp;", "～"]


def moment(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment when the clocks of the place show this, or None if they never do or do twice."""
    aware = local.replace(tzinfo=zone)
    there = aware.astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None) != local:
        return None
    if aware.replace(fold=1).utcoffset() != aware.utcoffset():
        return None
    return there


def local_times(random: Random) -> tuple[date, datetime, datetime]:
    day = random.choice(DAYS)
    start = datetime.combine(day, datetime.min.time()) + timedelta(minutes=5 * random.randrange(288))
    return day, start, start + timedelta(minutes=5 * random.randint(1, 47))


def check(
    text: str, day: date, zone: ZoneInfo, start: datetime | None, end: datetime | None, *, clear: bool
) -> bool:
    """Whether a clear text is asked about; else it says the moments. One that is not clear is asked about."""
    found = read_times(text, day, zone)
    told = (text, found.start, found.end)
    if found.odd:
        assert told in {(text, first, last) for first in (None, start) for last in (None, end)}
    else:
        assert (clear, told) == (True, (text, start, end))
    return clear and bool(found.odd)


@pytest.mark.parametrize("seed", range(3))
def test_ranges_in_every_spelling(seed: int) -> None:
    random, asked = Random(seed), 0  # noqa: S311 -- examples, no secrets
    for _ in range(EACH):
        day, start, end = local_times(random)
        zone, spell = random.choice(ZONES), random.choice(SPELLINGS)
        text = f"{spell(start)}{random.choice(JOINS)}{spell(end)}"
        first, last = moment(start, zone), moment(end, zone)
        if first and last and first < last:
            asked += check(text, day, zone, first, last, clear=True)
            assert spell is not wall or read_times(text, day, zone).odd == ()
        else:
            check(text, day, zone, first, last, clear=False)
    assert asked < EACH / 10  # `2h40` may be a length


@pytest.mark.parametrize("seed", range(3))
def test_offsets_and_names_of_zones_beat_the_zone_given(seed: int) -> None:
    random, asked = Random(seed), 0  # noqa: S311 -- examples, no secrets
    for _ in range(EACH):
        day, start, end = local_times(random)
        zone, other = random.choice(ZONES), random.choice(ZONES)
        hours, spell = random.randint(-11, 12), random.choice(SPELLINGS)
        name = random.choice(["UTC", f"UTC{hours:+d}", f"GMT{hours:+d}", other.key])
        text = f"{spell(start)} – {spell(end)}{random.choice([' {}', ' ({})'])}".format(name)
        if name == other.key:
            first, last = moment(start, other), moment(end, other)
        else:
            shift = timedelta(hours=0 if name == "UTC" else hours)
            first, last = start.replace(tzinfo=UTC) - shift, end.replace(tzinfo=UTC) - shift
        asked += check(text, day, zone, first, last, clear=bool(first and last and first < last))
    assert asked < EACH / 10  # `2h40` may be a length, and `10:50pm UTC-11` a range


@pytest.mark.parametrize("seed", range(3))
def test_two_zones_agree_or_are_asked_about(seed: int) -> None:
    random, asked = Random(seed), 0  # noqa: S311 -- examples, no secrets
    for _ in range(EACH):
        day = DAYS[0]
        start = datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=5 * random.randrange(288))
        (name, hours), slip = (
            random.choice([("CEST", 2), ("EEST", 3), ("BRT", -3), ("JST", 9)]),
            random.choice([0, 0, 15, 60]),
        )
        other = start + timedelta(hours=hours, minutes=slip)
        text = f"{wall(start)} UTC / {wall(other)} {name}"
        asked += check(text, day, ZONES[0], start if not slip else None, None, clear=not slip)
    assert asked == 0


@pytest.mark.parametrize("seed", range(3))
def test_links_to_zonestamp_agree_or_are_asked_about(seed: int) -> None:
    random, asked = Random(seed), 0  # noqa: S311 -- examples, no secrets
    for _ in range(EACH):
        day, local, _ = local_times(random)
        start = local.replace(tzinfo=UTC)
        end = start + timedelta(minutes=random.choice([25, 55, 90]))
        slip = timedelta(minutes=random.choice([0, 0, 30, 120]))
        ended = random.random() < 0.5
        target = f"{start.timestamp():.0f}" + (f"/{end.timestamp():.0f}" if ended else "")
        shown = f"{wall(start + slip)}–{wall(end + slip)}" if ended else wall(start + slip)
        text = f"[https://zonestamp.toolforge.org/{target} {shown} UTC]"
        if slip:
            check(text, day, ZONES[0], None, None, clear=False)
        else:
            asked += check(text, day, random.choice(ZONES), start, end if ended else None, clear=True)
    assert asked == 0
