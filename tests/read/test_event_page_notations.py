"""Every notation of times that real event pages show, in every layout: read as the same moment everywhere, or asked about everywhere."""

from collections.abc import Callable

import pytest

from callboard.config import Event
from callboard.model import Schedule
from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event, moment

EVENT = event(["2026-08-14", "2026-08-15"], "UTC", ["Hall", "Studio"])
BERLIN = event(["2026-03-28", "2026-03-29", "2026-10-25"], "Europe/Berlin", ["Hall", "Studio"])
DAY = "== Friday, 14 August ==\n"
STAMP = "https://zonestamp.toolforge.org/1786694400"  # 2026-08-14 08:00 UTC
GRID = "{|\n! Time !! Hall !! Studio\n|-\n"


def grid(time: str) -> str:
    return f"{GRID}| {time} || Maps || Lua\n|}}"


def rows(time: str) -> str:
    return f"{{|\n! Time !! Title !! Speaker\n|-\n| {time} || Maps || [[User:Ada]]\n|}}"


def bullet(time: str) -> str:
    return f"* {time}: Maps\n* 23:00–23:15: Night"


def template(time: str) -> str:
    return f"{{{{Callboard/session|title=Maps|time={time}}}}}"


LAYOUTS = [grid, rows, bullet, template]


def maps(text: str, of: Event = EVENT) -> tuple[str, str, list[str]]:
    """Start and end of the session called Maps and the codes of all problems."""
    schedule: Schedule = read_schedule(text, of, "Schedule")
    (found,) = {(one.start, one.end) for one in schedule.sessions if one.title == "Maps"}
    return moment(found[0])[8:16], moment(found[1])[8:16], [problem.code for problem in schedule.problems]


READ = [
    # 24 h
    ("09:00", "14T09:00", ""),
    ("12:15", "14T12:15", ""),
    ("1400 - 1530", "14T14:00", "14T15:30"),
    ("14–17", "14T14:00", "14T17:00"),
    # ranges
    ("10:00-10:30", "14T10:00", "14T10:30"),
    ("11:30 – 12:00", "14T11:30", "14T12:00"),
    ("3:00 - 6:00 UTC", "14T03:00", "14T06:00"),
    ("12:30-14:00", "14T12:30", "14T14:00"),
    ("from 10:00 to 11:00", "14T10:00", "14T11:00"),
    ("22:00–00:30", "14T22:00", "15T00:30"),
    # 12 h
    ("10:00am", "14T10:00", ""),
    ("10 AM", "14T10:00", ""),
    ("9:30am", "14T09:30", ""),
    ("9:30-10:30am", "14T09:30", "14T10:30"),
    ("9:30a - 11a", "14T09:30", "14T11:00"),
    ("3 p.m.", "14T15:00", ""),
    ("3:00&nbsp;pm", "14T15:00", ""),
    # lengths
    ("(3:40pm, 80 minutes)", "14T15:40", "14T17:00"),
    ("12:00 25min", "14T12:00", "14T12:25"),
    ("13:00 (55 min)", "14T13:00", "14T13:55"),
    ("13:00, 10'", "14T13:00", "14T13:10"),
    # zones
    ("08:00 UTC", "14T08:00", ""),
    ("10:30 am IST / 5:00 am UTC", "14T05:00", ""),
    ("16.00 (CEST)", "14T14:00", ""),
    ("16:00 CEST", "14T14:00", ""),
    ("10:00 UTC+3", "14T07:00", ""),
    ("10:00+02:00", "14T08:00", ""),
    ("10:00 Europe/Berlin", "14T08:00", ""),
    # links to the reader's zone
    (f"[{STAMP} 08:00 UTC]", "14T08:00", ""),
    (f"[{STAMP}/1786698000 08:00–09:00]", "14T08:00", "14T09:00"),
    (f"08:00 UTC ([{STAMP}?name=Maps see in your time zone])", "14T08:00", ""),
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("time", "start", "end"), READ, ids=[time for time, *_ in READ])
def test_clear_times(time: str, start: str, end: str, layout: Callable[[str], str]) -> None:
    assert maps(DAY + layout(time)) == (start, end, [])


ASKED = [
    ("~3:45", "vague"),
    ("around 3:45pm", "vague"),
    ("10:00 AM – 18:30 PM UTC", "half-day"),
    ("14:00 PM – 22:30 PM", "half-day"),
    ("07:00 PM to 12:30 PM UTC", "end-before-start"),
    ("11:00 EST", "zone-season"),
    ("11:00 IST", "zone-unclear"),
    ("11:00 CEST / 10:00 UTC", "zones-disagree"),
    ("11:00–10:00", "end-before-start"),
    ("24:00", "hour-24"),
    ("10:75", "no-such-time"),
    (f"[{STAMP} 09:00 UTC]", "zonestamp"),
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("time", "code"), ASKED, ids=[time for time, _ in ASKED])
def test_times_that_are_not_certain(time: str, code: str, layout: Callable[[str], str]) -> None:
    assert maps(DAY + layout(time)) == ("", "", [code])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_length_that_the_range_contradicts(layout: Callable[[str], str]) -> None:
    start, _, codes = maps(DAY + layout("10:00–10:25 (55 min)"))
    assert (start, codes) == ("14T10:00", ["length-disagrees"])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("day", "code"), [("== Sunday, 29 March ==\n", "dst-gap"), ("== Sunday, 25 October ==\n", "dst-fold")]
)
def test_hours_that_clocks_skip_or_show_twice(day: str, code: str, layout: Callable[[str], str]) -> None:
    assert maps(day + layout("02:30"), BERLIN) == ("", "", [code])


PAGES = [
    # with the day at the time
    ("* 15 August 16.00 (CEST): Maps\n* 15 August 18.00 (CEST): Lua", "15T14:00", "15T16:00", []),
    ("* Friday 14th at 16:00 UTC (see in your time zone): Maps\n* Saturday 15th at 16:00 UTC: Lua", "14T16:00", "", []),
    ("{{Callboard/session|title=Maps|time=Fri, 14 Aug 2026 09:00:00 +0800}}", "14T01:00", "", []),
    ("{{Callboard/session|title=Maps|time=[https://zonestamp.toolforge.org/1786669200 Fri, 14 Aug 2026 09:00:00 +0800]}}", "14T01:00", "", []),
    # slots
    (DAY + "* Slot1: 1400 - 1530\n** Maps\n* Slot 2, in parallel to slot 1:\n** Lua", "14T14:00", "14T15:30", []),
    (DAY + "* Slot1: 1400 - 1530\n** Lua\n* Slot 2, in parallel to slot 1:\n** Maps", "14T14:00", "14T15:30", []),
    # lists of a day
    (DAY + "* 12:30-14:00 Sessions: Maps (Hall) / Wikiexpeditions (Studio)\n* 14:00 Lunch", "14T12:30", "14T14:00", []),
    (DAY + "* 10:00am - Maps\n* 10:30am - Lua", "14T10:00", "14T10:30", []),
    # dots beside colons, hours alone, on a grid of half hours
    (DAY + GRID + "| 9.00 || Maps || Lua\n|-\n| 12:15 || Bots || CSS\n|}", "14T09:00", "14T12:15", []),
    (DAY + GRID + "| 12:00 25min || Maps || Lua\n|-\n| 12:30 25min || Bots || CSS\n|-\n| 13:00 55min || Old || New\n|}", "14T12:00", "14T12:25", []),
    (DAY + GRID + "| 18:00 || Maps || Lua\n|-\n| Open end || ||\n|}", "14T18:00", "", []),
    (DAY + GRID + "| 10:00 || Maps || Lua\n|-\n| || colspan=2 | 10min break\n|-\n| 11:00 || Bots || CSS\n|}", "14T10:00", "", []),
    # days that are wrong
    ("== Friday, 15 August ==\n* 10:00–11:00: Maps\n* 11:00–12:00: Lua", "", "", ["weekday-date"]),
    ("== Monday, 17 August ==\n* 10:00–11:00: Maps\n* 11:00–12:00: Lua", "", "", ["off-days"]),
    (DAY + "* Saturday, 15 August, 10:00–11:00: Maps\n* 11:00–12:00: Lua", "", "", ["weekday-date"]),
    (DAY + "* Friday, 14 August, 10:00–11:00: Maps\n* 11:00–12:00: Lua", "14T10:00", "14T11:00", []),
    (DAY + "* 10:00–11:00: Maps\n* Saturday, 14 August, 11:00–12:00: Lua", "14T10:00", "14T11:00", ["weekday-date"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end", "codes"), PAGES)
def test_times_with_what_stands_round_them(text: str, start: str, end: str, codes: list[str]) -> None:
    assert maps(text) == (start, end, codes)
