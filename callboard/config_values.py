"""Values of event files: zones, lengths of time, times of a day, page titles, as people write them."""

import contextlib
import re
from datetime import time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from callboard.wikitext.arguments import template_name
from callboard.wikitext.links import canonical_name
from callboard.wikitext.titles import canonical_title


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is no zone; write one like UTC or Europe/Berlin") from error


_LENGTH = re.compile(r"(?P<n>\d+)\s*(?P<unit>s|min|m|h|d)")
_UNITS = {"s": "seconds", "min": "minutes", "m": "minutes", "h": "hours", "d": "days"}


def length_of_time(value: object) -> timedelta:
    """A length of time as people write it: 30s, 30min, 24h, 7d; raises ValueError."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, str) and (found := _LENGTH.fullmatch(value.strip())):
        return timedelta(**{_UNITS[found["unit"]]: int(found["n"])})
    raise ValueError(f"{value!r} is no length of time; write one like 30min, 24h or 7d")


def _local(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("write it without a zone; a day's hours are in the event's zone")
    return value


Zone = Annotated[ZoneInfo, BeforeValidator(_zone), PlainSerializer(str)]


def _written(value: timedelta) -> str:
    return f"{int(value.total_seconds())}s"


Duration = Annotated[timedelta, BeforeValidator(length_of_time), PlainSerializer(_written)]
LocalTime = Annotated[time, AfterValidator(_local)]
Title = Annotated[str, AfterValidator(canonical_title)]


def _account(value: str) -> str:
    """The name as the wiki spells it, so that it is found among the makers of its edits."""
    return canonical_name(re.sub(r"(?i)^user\s*:", "", value.strip().strip("[]")))


AccountName = Annotated[str, AfterValidator(_account)]

_PART_OF_A_DAY = re.compile(r"([0-2]?[0-9]:[0-5][0-9])\s*[-–—]\s*([0-2]?[0-9]:[0-5][0-9])")


def part_of_a_day(value: object) -> tuple[time, time]:
    """From when to when a part of a day lasts: "08:00–12:00"; one that ends no later than it begins goes past midnight."""
    if isinstance(value, tuple | list) and len(value) == 2 and all(isinstance(one, time) for one in value):
        return value[0], value[1]
    if isinstance(value, str) and (found := _PART_OF_A_DAY.fullmatch(value.strip())):
        ends = ["00:00" if written == "24:00" else written.zfill(5) for written in found.groups()]
        with contextlib.suppress(ValueError):
            return time.fromisoformat(ends[0]), time.fromisoformat(ends[1])
    raise ValueError(f"{value!r} is no part of a day; write one like 08:00–12:00")


def _written_part(value: tuple[time, time]) -> str:
    return f"{value[0]:%H:%M}–{value[1]:%H:%M}"


PartOfADay = Annotated[tuple[time, time], BeforeValidator(part_of_a_day), PlainSerializer(_written_part)]


def _within_a_day(hours: tuple[time, time]) -> tuple[time, time]:
    if time(0) < hours[1] <= hours[0]:
        raise ValueError(
            f"{_written_part(hours)} ends no later than it begins; only evenings and nights go past midnight"
        )
    return hours


PartOfDaylight = Annotated[PartOfADay, AfterValidator(_within_a_day)]


def _template(value: str) -> str:
    name = template_name(value.strip().removeprefix("{{").removesuffix("}}"))
    if not name or set(name) & set("{}[]|<>#"):
        raise ValueError(
            f"{value!r} is no name of a template; write one like Session row or Callboard/session"
        )
    return name


def _parameters(value: object) -> object:
    names = (value,) if isinstance(value, str | int) and not isinstance(value, bool) else value
    if not isinstance(names, list | tuple):
        raise ValueError('write a parameter\'s name, like "title" or "1", or several in brackets')  # noqa: TRY004 -- pydantic tells ValueErrors
    named = tuple(str(name).strip() for name in names)
    if wrong := [name for name in named if not name or set(name) & set("{}|=")]:
        raise ValueError(
            f"{wrong[0]!r} is no name of a parameter; write it as pages do, without = and braces"
        )
    return named


TemplateName = Annotated[str, AfterValidator(_template)]
Parameters = Annotated[tuple[str, ...], BeforeValidator(_parameters)]
