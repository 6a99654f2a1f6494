"""Time zones as pages name them: `UTC`, `CEST`, `UTC+3`, `Europe/Berlin`; ambiguous names keep all their meanings.

An abbreviation is a fixed offset that is only right in its season: `EST` in August is a slip, so it is questioned.
Offsets and representative places are those of the IANA database.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from callboard.read.plain import plain
from callboard.values import value


@value()
class Meaning:
    """One zone that a name may mean; `season` is a place where the name's offset must be in force."""

    label: str
    zone: tzinfo
    season: str = ""

    def in_season(self, local: datetime) -> bool:
        """Whether clocks at the place show this offset at that local time."""
        if not self.season:
            return True
        return local.replace(tzinfo=ZoneInfo(self.season)).utcoffset() == self.zone.utcoffset(None)


# name: (offset in minutes, what it is, a place that uses it part of the year or "")
_NAMES: dict[str, tuple[tuple[int, str, str], ...]] = {
    "UTC": ((0, "UTC", ""),),
    "GMT": ((0, "GMT", ""),),
    "Z": ((0, "UTC", ""),),
    "WET": ((0, "Western European Time", "Europe/Lisbon"),),
    "WEST": ((60, "Western European Summer Time", "Europe/Lisbon"),),
    "BST": ((60, "British Summer Time", "Europe/London"), (360, "Bangladesh Standard Time", "")),
    "CET": ((60, "Central European Time", "Europe/Berlin"),),
    "CEST": ((120, "Central European Summer Time", "Europe/Berlin"),),
    "MEZ": ((60, "Central European Time", "Europe/Berlin"),),
    "MESZ": ((120, "Central European Summer Time", "Europe/Berlin"),),
    "EET": ((120, "Eastern European Time", "Europe/Helsinki"),),
    "EEST": ((180, "Eastern European Summer Time", "Europe/Helsinki"),),
    "MSK": ((180, "Moscow Time", ""),),
    "TRT": ((180, "Turkey Time", ""),),
    "IST": (
        (330, "India", ""),
        (120, "Israel", "Asia/Jerusalem"),
        (60, "Ireland", "Europe/Dublin"),
    ),
    "IDT": ((180, "Israel Daylight Time", "Asia/Jerusalem"),),
    "SAST": ((120, "South Africa", ""),),
    "WAT": ((60, "West Africa", ""),),
    "CAT": ((120, "Central Africa", ""),),
    "EAT": ((180, "East Africa", ""),),
    "PKT": ((300, "Pakistan", ""),),
    "NPT": ((345, "Nepal", ""),),
    "WIB": ((420, "Western Indonesia", ""),),
    "ICT": ((420, "Indochina", ""),),
    "HKT": ((480, "Hong Kong", ""),),
    "SGT": ((480, "Singapore", ""),),
    "PHT": ((480, "Philippines", ""),),
    "AWST": ((480, "Western Australia", ""),),
    "JST": ((540, "Japan", ""),),
    "KST": ((540, "Korea", ""),),
    "AEST": ((600, "Eastern Australia, standard", ""),),
    "AEDT": ((660, "Eastern Australia, daylight", "Australia/Sydney"),),
    "NZST": ((720, "New Zealand, standard", "Pacific/Auckland"),),
    "NZDT": ((780, "New Zealand, daylight", "Pacific/Auckland"),),
    "BRT": ((-180, "Brasília", ""),),
    "ART": ((-180, "Argentina", ""),),
    "COT": ((-300, "Colombia", ""),),
    "AST": ((-240, "Atlantic Standard Time", ""), (180, "Arabia", "")),
    "ADT": ((-180, "Atlantic Daylight Time", "America/Halifax"),),
    "EST": ((-300, "US Eastern Standard Time", "America/New_York"),),
    "EDT": ((-240, "US Eastern Daylight Time", "America/New_York"),),
    "CST": (
        (-360, "US Central Standard Time", "America/Chicago"),
        (480, "China", ""),
    ),
    "CDT": ((-300, "US Central Daylight Time", "America/Chicago"),),
    "MST": ((-420, "US Mountain Standard Time", "America/Denver"),),
    "MDT": ((-360, "US Mountain Daylight Time", "America/Denver"),),
    "PST": ((-480, "US Pacific Standard Time", "America/Los_Angeles"),),
    "PDT": ((-420, "US Pacific Daylight Time", "America/Los_Angeles"),),
}
_GENERIC = {"ET": "America/New_York", "PT": "America/Los_Angeles"}
# Words that are more often something else; they count only right after a time
WORDS_TOO = frozenset(
    {
        "Eastern",
        "Pacific",
        "Central",
        "Mountain",
        "Atlantic",
        "CAT",
        "EAT",
        "ART",
        "WET",
        "WEST",
        "ET",
        "PT",
        "Z",
    }
)
_LOWER = "utc|gmt|cest|eest|edt|pdt|Utc|Gmt"
_AREAS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific"

# The offset may be glued on by a dash, which after a time may also be a range; clock_times.py tells them apart.
ZONE = (
    r"(?:(?:UTC|GMT|utc|gmt|Utc|Gmt)(?:(?P<sign>[ ]?[+−][ ]?|[-–])(?P<off>[0-9]{1,2}(?::?[0-9]{2})?))(?!\w|[:.,][0-9])"
    r"|(?:UTC|GMT|utc|gmt|Utc|Gmt)[ ]?[+−][ ]?[0-9][\w:.,]{0,9}"  # no offset that we know: not to be taken for plain UTC
    r"|(?:Eastern|Pacific|Central|Mountain|Atlantic)(?:[ ](?:[Ss]tandard|[Dd]aylight))?(?:[ ][Tt]ime)?(?!\w)"
    rf"|(?:{_AREAS})/[A-Za-z_]{{1,30}}(?:/[A-Za-z_]{{1,30}})?(?![\w/])"
    rf"|(?:{'|'.join(sorted([*_NAMES, *_GENERIC], key=len, reverse=True))}|{_LOWER})(?!\w))"
)
_ZONE = re.compile(rf"(?<![\w/]){ZONE}")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-–−])\s?([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)
_LETTERS = re.compile("[A-Za-z]{2}|[+−]")
_MAX_OFFSET = 14 * 60


@lru_cache(maxsize=512)
def meanings(name: str) -> tuple[Meaning, ...]:
    """Every zone that the written name may mean; empty if it is none: `UTC+29`, `Europe/Nowhere`."""
    if name.upper() in _NAMES:
        return tuple(
            Meaning(label, timezone(timedelta(minutes=minutes), name.upper()), season)
            for minutes, label, season in _NAMES[name.upper()]
        )
    if name in _GENERIC:
        return (Meaning(name, ZoneInfo(_GENERIC[name])),)
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes > _MAX_OFFSET or int(offset[3] or 0) > 59:
            return ()
        sign = 1 if offset[1] == "+" else -1
        return (Meaning(name, timezone(sign * timedelta(minutes=minutes))),)
    if "/" in name:
        try:
            return (Meaning(name, ZoneInfo(name)),)
        except (KeyError, ValueError, OSError):
            return ()
    return ()


def meanings_of(zone: tzinfo) -> tuple[Meaning, ...]:
    """What a zone handed on as a value means: one that `read_zone` made of `EST` or `IST` still is that name."""
    if isinstance(zone, timezone) and (named := meanings(zone.tzname(None))):
        return named
    return (Meaning(str(zone), zone),)


def meant_here(name: str, local: datetime, zone: tzinfo) -> tuple[Meaning, ...]:
    """What the name means at an event in `zone`: the event's own clock, if it goes by that name at that time."""
    here = local.replace(tzinfo=zone)
    if here.tzname() == name.upper():
        return (Meaning(str(zone), zone),)
    return meanings(name)


def read_zone(text: str) -> ZoneInfo | timezone | None:
    """The one zone that a heading or header names: `Time (CEST)`, `(UTC)`, `UTC+3`; None if none or several.

    A name that may mean several zones comes back as a `timezone` of that name, so that `read_times` can ask.
    """
    seen = plain(text)
    names = {
        found[0]
        for found in _ZONE.finditer(seen)
        if found[0] not in WORDS_TOO or seen.strip(" ()") == found[0]
    }
    found_zones = [known[0].zone for known in map(meanings, sorted(names)) if known]
    if not found_zones or len({zone.utcoffset(None) or str(zone) for zone in found_zones}) > 1:
        return None
    zone = found_zones[0]
    if zone.tzname(None) == "UTC" or zone == UTC:
        return ZoneInfo("UTC")
    return zone if isinstance(zone, ZoneInfo | timezone) else None


def zone_of_end(start: str, zone: tzinfo) -> tzinfo:
    """The zone of an end without one that stands apart from its start: `10:00 CEST` in one cell, `11:00` in the next."""
    return (read_zone(start) if _LETTERS.search(start) else None) or zone
