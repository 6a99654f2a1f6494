"""Values of event files: zones, lengths of time, times of a day, page titles, as people write them."""

import re
from datetime import time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

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
