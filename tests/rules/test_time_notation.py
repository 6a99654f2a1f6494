"""Times in the event's notation: only how they are written changes, and only where they are clear."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.read.times import read_times
from callboard.rules import RULES, SCHEDULE
from callboard.rules.clock_cells import Notation, clock, habit, sample
from callboard.tidy import tidy
from callboard.wikitext.edits import Span
from tests.snapshots import snapshot

DAY = date(2021, 5, 21)
HEAD = '== Friday, May 21 ==\n{| class="wikitable"\n! Time !! Hacking room 1\n|-\n'


def tidied(cell: str, times: str, zone: str = "UTC") -> str:
    text = f"{HEAD}| {cell} || Bots [[User:Ada|Ada]]\n|}}\n"
    facts = {"title": "X", "zone": zone, "days": ["2021-05-21"]}
    result = tidy(
        text,
        "Page",
        SCHEDULE,
        snapshot(event=facts, wording={"times": times}),
        rules=[RULES["time-notation"]],
    )
    assert result.refused == ()
    return result.text.split("\n")[4].removeprefix("| ").removesuffix(" || Bots [[User:Ada|Ada]]")


@pytest.mark.parametrize(
    ("cell", "times", "wanted"),
    [
        ("9:00", "09:00–09:55", "09:00"),
        ("9.00 - 9.55", "09:00–09:55", "09:00–09:55"),
        ("09:00-09:55", "09:00–09:55", "09:00–09:55"),
        ("9:00 am – 9:55 am", "09:00–09:55", "09:00–09:55"),
        ("12:00 pm - 12:55 p.m.", "09:00–09:55", "12:00–12:55"),
        ("12:30 am – 1:00 am", "9.00 - 9.55", "0.30 - 1.00"),
        ("14:00–14:55", "9:00 am – 9:55 am", "2:00 pm – 2:55 pm"),
        ("09:00–13:00", "9:00 AM-9:55 AM", "9:00 AM-1:00 PM"),
        ("00:30", "9:00am-9:55am", "12:30am"),
        ("'''9.00 - 9.55''' UTC<br><small>55 min</small> <!-- 9.00 -->", "09:00–09:55", "'''09:00–09:55''' UTC<br><small>55 min</small> <!-- 9.00 -->"),
        ("{{nowrap|9:00 - 9:55}}", "09:00–09:55", "{{nowrap|09:00–09:55}}"),
    ],
)  # fmt: skip
def test_the_events_notation(cell: str, times: str, wanted: str) -> None:
    assert tidied(cell, times) == wanted
    assert tidied(wanted, times) == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "9:30-10:30am",  # of which half the start is, only a person knows for certain
        "18:30 PM",
        "10.30 am IST / 5.00 am UTC",
        "~9.30",
        "9.30?",
        "14–17",
        "1400 - 1530",
        "noon",
        "9.30 (was 9.00)",
        "[https://zonestamp.toolforge.org/1621589400 9.30 UTC]",
        "[[/9.30|9.30]]",
        "Open end",
        "21.05. 9.30",
        "v9.30",
        "<nowiki>9.30</nowiki>",
        "<translate>9.30</translate>",
    ],
)
def test_what_is_not_plain_and_clear_stays(cell: str) -> None:
    assert tidied(cell, "09:00–09:55") == cell


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        ("09:00–09:55", Notation(":", True, "", "–")),
        ("9.00 - 9.55", Notation(".", False, "", " - ")),
        ("9:00 am – 9:55 am", Notation(":", False, " am", " – ")),
        ("9:00AM-9:55AM", Notation(":", False, "AM", "-")),
        ("as you like", None),
        ("", None),
    ],
)
def test_a_sample_shows_a_notation(written: str, notation: Notation | None) -> None:
    assert sample(written) == notation


def seen(*cells: str) -> Notation:
    found = [clock(cell, Span(0, len(cell))) for cell in cells]
    return habit(one for one in found if one)


def test_a_page_has_a_habit_only_where_it_is_clear() -> None:
    assert seen(*["09:00"] * 4) == Notation()
    assert seen(*["09:00"] * 5) == Notation(":", True, "", None)
    assert seen(*["10:00–10:25"] * 5) == Notation(":", None, "", "–")
    assert seen(*["09:00"] * 5, "9.00", "9.30") == Notation(None, None, "", None)
    assert seen(*["09:00"] * 8, "9.00", "9.30") == Notation(":", True, "", None)


@pytest.mark.parametrize(
    ("written", "half", "wanted"),
    [
        ("00:30–02:00", "am", "12:30am–2:00am"),
        ("14:00", " am", "2:00 pm"),
        ("02:00am", " am", "02:00 am"),
        ("11:00pm–12:30am", "", "23:00–00:30"),
        ("9:00am–10:00am", "", "09:00–10:00"),
    ],
)
def test_zeros_come_and_go_with_the_clock_of_twelve(written: str, half: str, wanted: str) -> None:
    found = clock(written, Span(0, len(written)))
    assert found is not None
    assert found.written(Notation(half=half)) == wanted


def test_only_the_start_of_a_table_with_ends_has_its_own_column() -> None:
    head = '== Friday, May 21 ==\n{| class="wikitable"\n! Start !! End !! Minutes !! Session\n|-\n'
    text = f"{head}| 9.00 || 9.55 || 0:55 || Bots [[User:Ada|Ada]]\n|}}\n"
    rules = [RULES["time-notation"]]
    result = tidy(text, "Page", SCHEDULE, snapshot(wording={"times": "09:00–09:55"}), rules=rules)
    assert (result.text, result.refused) == (text.replace("9.00", "09:00").replace("9.55", "09:55"), ())


HOURS = st.tuples(st.integers(0, 23), st.integers(0, 11).map(lambda number: number * 5))


@st.composite
def times(draw: st.DrawFn) -> str:
    style = draw(st.sampled_from(["{:02}:{:02}", "{}:{:02}", "{}.{:02}"]))
    half = draw(st.sampled_from([None, "am", " a.m.", " AM"]))

    def written(hour: int, minute: int) -> str:
        if half is None:
            return style.format(hour, minute)
        ending = half if hour < 12 else half.replace("a", "p").replace("A", "P")
        return style.format(hour % 12 or 12, minute) + ending

    start, end = draw(HOURS), draw(st.none() | HOURS)
    joint = draw(st.sampled_from(["-", "–", " - ", " – "]))
    zone = draw(st.sampled_from(["", " UTC", " (CEST)"]))
    return written(*start) + (joint + written(*end) if end else "") + zone


SAMPLES = st.sampled_from(
    ["09:00–09:55", "9.00-9.55", "9:00 am – 9:55 am", "9:00AM-9:55AM", "9.00 a.m. - 9.55 a.m."]
)


@settings(deadline=None)
@given(times(), SAMPLES, st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]))
def test_no_time_becomes_another(cell: str, example: str, zone: str) -> None:
    after = tidied(cell, example, zone)
    place = ZoneInfo(zone)
    assert read_times(after, DAY, place) == read_times(cell, DAY, place) or after == cell
    assert tidied(after, example, zone) == after
