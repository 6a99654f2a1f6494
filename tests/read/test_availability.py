"""What helpers write about their hours: the intervals of clear texts, and a question for all others."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.config import Event, event_from
from callboard.read.availability import read_availability


def event(zone: str = "UTC", *days: str) -> Event:
    days = days or ("2026-05-15", "2026-05-16", "2026-05-17")
    return event_from({"event": {"title": "E", "zone": zone, "days": list(days)}}, slug="e", where="e")


HACKATHON = event()
ONE_DAY = event("UTC", "2026-05-16")
WEEKEND = event("Europe/Berlin", "2026-05-16", "2026-05-17")
DAYS = ("15 00:00-16 00:00", "16 00:00-17 00:00", "17 00:00-18 00:00")


def told(text: str, of: Event = HACKATHON) -> tuple[str, ...] | None:
    found = read_availability(text, of)
    if found.intervals is None:
        return None
    return tuple(f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in found.intervals)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(coordination)",
        "I like bots",
        "I forgot my password, I'll fix this later",
        "mail to conduct@example.org",
        "Every edit counts!",
        "192.0.2.17",
        "1/2 of the work",
    ],
)
def test_text_that_says_nothing_of_hours(text: str) -> None:
    found = read_availability(text, HACKATHON)
    assert (found.intervals, found.ambiguous, found.question, found.text) == (None, False, "", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(18:00 to 22:00 UTC on Friday and Saturday)", ("15 18:00-15 22:00", "16 18:00-16 22:00")),
        (
            ", 08:00-11:00 UTC, all three days",
            ("15 08:00-15 11:00", "16 08:00-16 11:00", "17 08:00-17 11:00"),
        ),
        ("Saturday 9-12 CEST", ("16 07:00-16 10:00",)),
        ("Sat 9:00 - 12:00 CEST", ("16 07:00-16 10:00",)),
        (", Saturday 9-12 CEST too", ("16 07:00-16 10:00",)),
        ("14-18 UTC on Sunday", ("17 14:00-17 18:00",)),
        ("between 10 and 12 UTC on Saturday", ("16 10:00-16 12:00",)),
        ("Saturday 10:00 for 2 hours", ("16 10:00-16 12:00",)),
        ("Fri 10-12, 14-16; Sat 9-11 UTC", ("15 10:00-15 12:00", "15 14:00-15 16:00", "16 09:00-16 11:00")),
        ("10-12 on Fri and 9-11 on Sat", ("15 10:00-15 12:00", "16 09:00-16 11:00")),
        ("Sat 10-12 UTC, Sun 14-16 CEST", ("16 10:00-16 12:00", "17 12:00-17 14:00")),
        ("Friday–Sunday 10:00-12:00", ("15 10:00-15 12:00", "16 10:00-16 12:00", "17 10:00-17 12:00")),
        ("every day 10:00-12:00 UTC", ("15 10:00-15 12:00", "16 10:00-16 12:00", "17 10:00-17 12:00")),
        ("16 May 10:00-12:00 UTC", ("16 10:00-16 12:00",)),
        ("free on the 16th 10:00–13:00 UTC", ("16 10:00-16 13:00",)),
        ("Day 2, 10-12", ("16 10:00-16 12:00",)),
        ("noon to 4pm UTC Saturday", ("16 12:00-16 16:00",)),
        ("I'm free 10-12 Saturday", ("16 10:00-16 12:00",)),
        ("Sat 15-18 (UTC+2)", ("16 13:00-16 16:00",)),
        ("Sat 22:00-02:00 UTC", ("16 22:00-17 02:00",)),
        ("Sun 22:00-02:00 UTC", ("17 22:00-18 00:00",)),
        ("Saturday 10-12 UTC, happy to help with French. I do not speak German.", ("16 10:00-16 12:00",)),
        ("any time", DAYS),
        ("24/7", DAYS),
        ("all day Saturday", DAYS[1:2]),
        ("Saturday, all day", DAYS[1:2]),
        ("all Saturday", DAYS[1:2]),
        ("15/5 10-12", ("15 10:00-15 12:00",)),
        ("05/15, 10:00-12:00 UTC", ("15 10:00-15 12:00",)),
        ("Saturday 10-12 Berlin time", ("16 08:00-16 10:00",)),
        ("dimanche sauf 12h–13h", ("17 00:00-17 12:00", "17 13:00-18 00:00")),
        ("Sunday except 12-13", ("17 00:00-17 12:00", "17 13:00-18 00:00")),
    ],
)
def test_clear_hours(text: str, expected: tuple[str, ...]) -> None:
    found = read_availability(text, HACKATHON)
    assert (told(text), found.ambiguous, found.question) == (expected, False, "")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("(Sunday 10-14 UTC, maybe longer)", "“maybe” leaves the hours open; from when to when exactly?"),
        ("07:00 PM to 12:30 PM UTC", "17½ hours over midnight, or until 12:30 AM (5½ hours)?"),
        (
            "– Saturday afternoon, UTC",
            "“Saturday afternoon” names no hours; from when to when, in which zone?",
        ),
        ("Sat morning (CEST)", "“Sat morning” names no hours; from when to when, in which zone?"),
        ("evenings IST", "Which zone is meant: India, Ireland?"),
        ("Sat 10-12 UTC. Maybe longer!", "“Maybe” leaves the hours open; from when to when exactly?"),
        ("maybe any time", "“maybe” leaves the hours open; from when to when exactly?"),
        ("after work", "“after work” names no hours; from when to when, in which zone?"),
        ("before work", "“before work”: from when to when, in which zone?"),
        ("Saturday 10-12 my time", "“my time”: from when to when, in which zone?"),
        ("whenever nobody else is there", "“whenever” leaves the hours open; from when to when exactly?"),
        ("(10:00-12:30)", "On which days: Friday, Saturday, Sunday, or all of them?"),
        ("all weekend", "Which days are meant by “all weekend”: Saturday and Sunday, or the whole event?"),
        ("Sunday only, if at all", "“if” leaves the hours open; from when to when exactly?"),
        ("not on Saturday", "“not” leaves the hours open; from when to when exactly?"),
        ("I can't on Saturday 10-12", "“can't” leaves the hours open; from when to when exactly?"),
        ("Sunday only", "Sunday: the whole day, or from when to when?"),
        ("from 14:00 on Saturday", "Until when, from 14:00?"),
        ("until 14:00 on Saturday", "From when, until 14:00?"),
        ("Saturday 10:00", "From when to when exactly?"),
        ("Saturday 10:00 to Sunday 12:00", "10:00 to 12:00 on each day, or without a break?"),
        ("Saturday 10-12 and Sunday", "On which day at which hours?"),
        ("10-12 on Saturday, 14-16", "On which day at which hours?"),
        ("Sat 10-12 UTC or 14-16 UTC", "“or” leaves the hours open; from when to when exactly?"),
        ("Saturday or Sunday 10-12", "“Saturday or Sunday”: which of these days?"),
        ("Saturday 10-12?", "“?” leaves the hours open; from when to when exactly?"),
        ("Monday 10-12", "Monday is not a day of the event; which day is meant?"),
        ("Friday 16 May 10-12", "16 May 2026 is a Saturday; is the date right or the weekday?"),
        ("both days 10-12", "The event has 3 days; which ones are meant by “both days”?"),
        ("Sat 10-12 and every day 14-16", "“every day”, or only the days named?"),
        ("any time, best 10-12", "“best” leaves the hours open; from when to when exactly?"),
        ("any time, say 10-12", "What is meant by “say”?"),
        ("any time, Saturday 10-12", "At any time, or only at the hours given?"),
        ("Saturday 10-12 Springfield time", "What zone is Springfield time? Give its offset, as in UTC+2"),
        ("Saturday 10-12 Eastern", "What zone is Eastern? Give its offset, as in UTC+2"),
        ("Saturday 10-12 HST", "What zone is HST? Give its offset, as in UTC+2"),
        ("Saturday 10-12 UTC+5.5", "What zone is UTC+5.5? Give its offset, as in UTC+2"),
        ("Sat 10-12 UTC, 11-13 UTC", "Two of the times overlap by 1 hour; which is meant?"),
        ("Saturday ~10-12", "“~” leaves the hours open; from when to when exactly?"),
        ("Saturday 18:30 PM - 20:00", '"18:30 PM" mixes the 12-hour and the 24-hour clock; is 18:30 meant?'),
        ("Saturday 10:00 – 10:30 am/pm", "Is 10:30 or 22:30 meant by “10:30 am/pm”?"),
        ("Saturday 10-11 p.m. / a.m.", "Is 11:00 or 23:00 meant by “11 p.m. / a.m.”?"),
        ("14/5, 10:00-12:00 UTC", "“14/5” is not a day of the event; which day is meant?"),
        ("Saturday 10-12 IST", "Which zone is meant: India, Ireland?"),
        ("Fri 00:00-01:00 CEST", "2026-05-14 22:00 UTC lies outside the event; which day is meant?"),
    ],
)
def test_when_in_doubt_it_asks(text: str, question: str) -> None:
    found = read_availability(text, HACKATHON)
    assert (found.intervals, found.ambiguous, found.question) == (None, True, question)


def test_hours_without_a_day_are_clear_at_an_event_of_one_day() -> None:
    assert told("(10:00-12:30)", ONE_DAY) == ("16 10:00-16 12:30",)


def test_hours_without_a_day_are_those_of_the_role() -> None:
    found = read_availability("10:00-12:30", HACKATHON, day=HACKATHON.dates[2])
    assert found.intervals == (
        (datetime(2026, 5, 17, 10, tzinfo=UTC), datetime(2026, 5, 17, 12, 30, tzinfo=UTC)),
    )


def test_hours_without_a_zone_are_by_the_clocks_of_the_event() -> None:
    assert told("Saturday 10-12", WEEKEND) == ("16 08:00-16 10:00",)


def test_all_weekend_is_clear_where_the_event_is_saturday_and_sunday() -> None:
    assert told("all weekend", WEEKEND) == ("15 22:00-16 22:00", "16 22:00-17 22:00")


def test_text_is_the_part_that_speaks_of_hours() -> None:
    text = "I can do Sat 9:00 - 12:00 CEST, see you"
    span = read_availability(text, HACKATHON).text
    assert span is not None
    assert span.of(text) == "Sat 9:00 - 12:00 CEST"


WORDS = st.sampled_from(
    [
        "Fri",
        "Saturday",
        "Sunday",
        "Monday",
        "16 May",
        "16th",
        "Day 3",
        "10-12",
        "9:00 - 11:00",
        "22:00–02:00",
        "7 PM",
        "14:00",
        "UTC",
        "CEST",
        "IST",
        "and",
        "or",
        "to",
        ",",
        ";",
        ".",
        "all day",
        "every day",
        "both days",
        "weekend",
        "any time",
        "morning",
        "maybe",
        "for 2 hours",
        "from",
        "until",
        "not",
        "except",
        "I",
        "help",
        "?",
        "–",
        "(",
        ")",
        "24/7",
        "[[",
        "{{u|",
        "<!--",
        "12",
        "1400",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=9).map(" ".join)))
def test_any_text_gives_intervals_within_the_event_or_a_question(text: str) -> None:
    found = read_availability(text, WEEKEND)
    assert found.ambiguous == bool(found.question)
    assert found.intervals is None or not found.ambiguous
    assert found.text is None or 0 <= found.text.start < found.text.end <= len(text)
    intervals = found.intervals or ()
    assert all(WEEKEND.first <= start < end <= WEEKEND.last for start, end in intervals)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(intervals))


NAMES = ("Friday", "Saturday", "Sunday")
FORMS = (
    "{day} {start}-{end} {zone}",
    "{start} – {end} {zone} on {day}",
    "{zone}: {day} {start} to {end}",
    "({day}, {start} until {end} {zone})",
)


@given(
    st.integers(0, 2),
    st.integers(3, 20),
    st.integers(1, 3),
    st.sampled_from(FORMS),
    st.sampled_from([("UTC", 0), ("CEST", 2), ("UTC+3", 3), ("BRT", -3)]),
)
def test_generated_phrases_come_back_exactly(
    number: int, hour: int, length: int, form: str, zone: tuple[str, int]
) -> None:
    phrase = form.format(day=NAMES[number], start=f"{hour:02}:00", end=f"{hour + length:02}:00", zone=zone[0])
    start = datetime(2026, 5, 15 + number, hour, tzinfo=UTC) - timedelta(hours=zone[1])
    end = min(start + timedelta(hours=length), HACKATHON.last)
    found = read_availability(phrase, HACKATHON)
    if start < HACKATHON.last:
        assert (found.intervals, found.ambiguous) == (((start, end),), False)
    else:
        assert (found.intervals, found.ambiguous) == (None, True)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["every day ", "Sat ", "Sat and ", "10-12 ", "all the whole ", "maybe ", "? ", ". A", "(("]
)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert read_availability(piece * (100_000 // len(piece)), HACKATHON).intervals is None
