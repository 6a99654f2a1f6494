"""Every notation of times that event pages show, with what comes out; and that nothing breaks the reader."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.read.times import read_times, read_zone

SATURDAY = date(2026, 5, 16)
EVENT = ZoneInfo("UTC")
BERLIN = ZoneInfo("Europe/Berlin")
STAMP = "https://zonestamp.toolforge.org/1778918400"  # 2026-05-16 08:00 UTC


def told(
    text: str, day: date | None = SATURDAY, zone: ZoneInfo = EVENT
) -> tuple[str | None, str | None, int | None]:
    reading = read_times(text, day, zone)
    start, end = (f"{one:%d %H:%M}" if one else None for one in (reading.start, reading.end))
    return start, end, reading.minutes


NOTHING = (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Open end",
        "TBD",
        "—",
        "Slot 4, in parallel to slot 3:",
        "T900014-17",
        "2012-2014",
        "MediaWiki 1.43 for beginners",
        "<!-- 10:00 -->",
        "[[User:Example 12|Example 12]]",
        "192.0.2.17",
        "room 12",
        "15 May 2026",
        "2026-05-16",
        "[https://example.org/10:00 the pad]",
        "{{phab|T900011}}",
        "I can review 5-10 pages",
    ],
)
def test_text_without_a_time_says_nothing_and_is_not_odd(text: str) -> None:
    reading = read_times(text, SATURDAY, EVENT)
    assert (reading.start, reading.end, reading.minutes, reading.odd) == (*NOTHING, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00", ("16 09:00", None, None)),
        ("9.00", ("16 09:00", None, None)),
        ("12:15", ("16 12:15", None, None)),
        ("1400 - 1530", ("16 14:00", "16 15:30", 90)),
        ("Slot1: 1400 - 1530", ("16 14:00", "16 15:30", 90)),
        ("14–17", ("16 14:00", "16 17:00", 180)),
        ("10:00-10:30", ("16 10:00", "16 10:30", 30)),
        ("11:30 – 12:00", ("16 11:30", "16 12:00", 30)),
        ("11:30 — 12:00", ("16 11:30", "16 12:00", 30)),
        ("11:30 -- 12:00", ("16 11:30", "16 12:00", 30)),
        ("11:30&nbsp;&ndash;&nbsp;12:00", ("16 11:30", "16 12:00", 30)),
        ("11:30{{ndash}}12:00", ("16 11:30", "16 12:00", 30)),
        ("{{nowrap|10:00 – 11:00}}", ("16 10:00", "16 11:00", 60)),
        ("10:00～11:00", ("16 10:00", "16 11:00", 60)),
        ("10:00 to 11:00", ("16 10:00", "16 11:00", 60)),
        ("10:00 until 11:00", ("16 10:00", "16 11:00", 60)),
        ("from 10 to 14", ("16 10:00", "16 14:00", 240)),
        ("3:00 - 6:00 UTC", ("16 03:00", "16 06:00", 180)),
        ("9:30 - 10:00 Coffee, and the last of the cake", ("16 09:30", "16 10:00", 30)),
        ("10:00am", ("16 10:00", None, None)),
        ("10:00am - Intro", ("16 10:00", None, None)),
        ("10 AM", ("16 10:00", None, None)),
        ("9:30am", ("16 09:30", None, None)),
        ("3 p.m.", ("16 15:00", None, None)),
        ("12:00 am – 1:00 am", ("16 00:00", "16 01:00", 60)),
        ("9:30-10:30am", ("16 09:30", "16 10:30", 60)),
        ("9:30a - 11a", ("16 09:30", "16 11:00", 90)),
        ("11-1pm", ("16 11:00", "16 13:00", 120)),
        ("9am-5", ("16 09:00", "16 17:00", 480)),
        ("9am - 17:00", ("16 09:00", "16 17:00", 480)),
        ("noon", ("16 12:00", None, None)),
        ("noon–midnight", ("16 12:00", "17 00:00", 720)),
        ("22:00–02:00", ("16 22:00", "17 02:00", 240)),
        ("22:00–00:00", ("16 22:00", "17 00:00", 120)),
        ("14h30", ("16 14:30", None, None)),
        ("14h–16h", ("16 14:00", "16 16:00", 120)),
        ("18.30 Uhr", ("16 18:30", None, None)),
        ("meet at the station clock at 18.30", ("16 18:30", None, None)),
        ("until 18:00", (None, "16 18:00", None)),
        ("20:00 – open end", ("16 20:00", None, None)),
        ("50 min", (None, None, 50)),
        ("10min break", (None, None, 10)),
        ("120 min", (None, None, 120)),
        ("1h", (None, None, 60)),
        ("1.5 hours", (None, None, 90)),
        ("1 h 30 min", (None, None, 90)),
        ("10'", (None, None, 10)),
        ("(3:40pm, 80 minutes)", ("16 15:40", "16 17:00", 80)),
        ("13:00 UTC\n\n25 min", ("16 13:00", "16 13:25", 25)),
        ("10:00–10:25 (25 min)", ("16 10:00", "16 10:25", 25)),
        ("Room 2 - 14:00", ("16 14:00", None, None)),
        ("2026-05-16T10:00Z", ("16 10:00", None, None)),
        ("Saturday at 16:00 UTC", ("16 16:00", None, None)),
        ("<translate><!--T:3--> 16:00</translate>", ("16 16:00", None, None)),
        ("3:00&nbsp;pm", ("16 15:00", None, None)),
        ("9:00&nbsp;am – 9:30&nbsp;am", ("16 09:00", "16 09:30", 30)),
        ("'''14 h'''", ("16 14:00", None, None)),
        ("14&nbsp;h&nbsp;30", ("16 14:30", None, None)),
        ("2 h", (None, None, 120)),
        ("9:30 a 10:15 h", ("16 09:30", "16 10:15", 45)),
        ("4:00 p. m. a 5:30 p. m.", ("16 16:00", "16 17:30", 90)),
        ("de 10h à 11h", ("16 10:00", "16 11:00", 60)),
        ("de 10 h à 11 h 30", ("16 10:00", "16 11:30", 90)),
        ("von 10 bis 11 Uhr", ("16 10:00", "16 11:00", 60)),
        ("15:30 (3 × 10 min)", ("16 15:30", None, None)),
    ],
)
def test_clear_times(text: str, expected: tuple[str | None, str | None, int | None]) -> None:
    assert (told(text), read_times(text, SATURDAY, EVENT).odd) == (expected, ())


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("08:00 UTC", BERLIN, "16 08:00"),
        ("08:00", BERLIN, "16 06:00"),
        ("16.00 (CEST)", EVENT, "16 14:00"),
        ("15:00 EEST", EVENT, "16 12:00"),
        ("12:00 GMT", BERLIN, "16 12:00"),
        ("08:00 UTC+3", EVENT, "16 05:00"),
        ("08:00 UTC-5", EVENT, "16 13:00"),
        ("08:00 UTC−05:30", EVENT, "16 13:30"),
        ("10:00+02:00", EVENT, "16 08:00"),
        ("10:00UTC", BERLIN, "16 10:00"),
        ("10:00 Europe/Berlin", EVENT, "16 08:00"),
        ("11:00 EDT", EVENT, "16 15:00"),
        ("10:00 IST", ZoneInfo("Asia/Kolkata"), "16 04:30"),
        ("10:00 BST", ZoneInfo("Europe/London"), "16 09:00"),
        ("10:30 am IST / 5:00 am UTC", EVENT, "16 05:00"),
        ("12:00 CEST / 10:00 UTC", EVENT, "16 10:00"),
        ("23:30 UTC / 01:30 CEST", EVENT, "16 23:30"),
        ("12:00 (10:00 UTC)", BERLIN, "16 10:00"),
        ("10:30 IST / 09:30 UTC", EVENT, "16 09:30"),
        ("10:30–11:00 IST, 5:00 UTC", EVENT, "16 05:00"),
        ("5:00 UTC (10:30 IST, 07:00 CEST)", EVENT, "16 05:00"),
        ("10:00 CST / 02:00 UTC", EVENT, "16 02:00"),
        ("10:00 CST / 16:00 UTC", EVENT, "16 16:00"),
        ("11:00 EST / 16:00 UTC", EVENT, "16 16:00"),
        ("UTC: 10:00", BERLIN, "16 10:00"),
        ("UTC+3: 10:00", EVENT, "16 07:00"),
    ],
)
def test_zone_in_the_cell_beats_the_one_given(text: str, zone: ZoneInfo, expected: str) -> None:
    reading = read_times(text, SATURDAY, zone)
    assert (told(text, zone=zone)[0], reading.odd) == (expected, ())


def test_range_between_two_zoned_times_is_no_offset() -> None:
    assert told("08:00 UTC-11:00 UTC") == ("16 08:00", "16 11:00", 180)


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("13<small>AM</small>", "half-day", "13<small>AM"),
        ("18:30 PM", "half-day", "18:30 PM"),
        ("14:00 PM – 22:30 PM", "half-day", "14:00 PM"),
        ("10:00 AM – 18:30 PM UTC", "half-day", "18:30 PM"),
        ("07:00 PM to 12:30 PM UTC", "end-before-start", "07:00 PM to 12:30 PM UTC"),
        ("7 AM – 10 PM", "long-range", "7 AM – 10 PM"),
        ("11:00 EST", "zone-season", "11:00 EST"),
        ("10:00 CET", "zone-season", "10:00 CET"),
        ("10:00 IST", "zone-unclear", "10:00 IST"),
        ("10:00 UTC+29", "zone-unknown", "10:00 UTC+29"),
        ("10:00 UTC+5.5", "zone-unknown", "10:00 UTC+5.5"),
        ("10:00 (HST)", "zone-unknown", "10:00 (HST"),
        ("10:00 Eastern time", "zone-unknown", "10:00 Eastern time"),
        ("15:00–14:00", "end-before-start", "15:00–14:00"),
        ("15:00–15:00", "end-before-start", "15:00–15:00"),
        ("24:00", "hour-24", "24:00"),
        ("midnight", "hour-24", "midnight"),
        ("10:75", "no-such-time", "10:75"),
        ("25:00", "no-such-time", "25:00"),
        ("~3:45", "vague", "~3:45"),
        ("6pm?", "vague", "6pm?"),
        ("ca. 14:00", "vague", "ca. 14:00"),
        ("around 14:00", "vague", "around 14:00"),
        ("3 o'clock", "half-day-missing", "3 o'clock"),
        ("1h30", "clock-or-length", "1h30"),
        ("08:00 UTC-11:00", "offset-or-range", "08:00 UTC-11:00"),
        ("12:00 CEST / 11:00 UTC", "zones-disagree", "12:00 CEST / 11:00 UTC"),
        ("10:30 IST / 6:00 UTC", "zones-disagree", "10:30 IST / 6:00 UTC"),
        ("10:30–11:30 IST (5:00–5:30 UTC)", "zones-disagree", "10:30–11:30 IST (5:00–5:30 UTC)"),
        ("11:00 EST / 15:00 UTC", "zone-season", "11:00 EST"),
        ("10:00 UTC – 12:00 CEST", "zones-disagree", "10:00 UTC – 12:00 CEST"),
        ("09:00-10:00, 14:00-15:00", "several-times", "09:00-10:00, 14:00-15:00"),
        ("Friday at 16:00", "weekday-date", "Friday"),
        ("15 August 16.00 (CEST)", "weekday-date", "15 August"),
        (f"[{STAMP} 09:00 UTC]", "zonestamp", STAMP),
        (
            "[https://zonestamp.toolforge.org/1778832000]",
            "zonestamp",
            "https://zonestamp.toolforge.org/1778832000",
        ),
    ],
)
def test_odd_times_are_asked_about_and_never_guessed(text: str, code: str, meant: str) -> None:
    reading = read_times(text, SATURDAY, EVENT)
    assert [(odd.code, odd.text) for odd in reading.odd] == [(code, meant)]
    assert (reading.start, reading.end) == (None, None)
    assert reading.odd[0].message


def test_start_of_a_range_is_sure_where_its_length_is_not() -> None:
    reading = read_times("10:00–10:25 (55 min)", SATURDAY, EVENT)
    assert [(odd.code, odd.text) for odd in reading.odd] == [("length-disagrees", "55 min")]
    assert told("10:00–10:25 (55 min)") == ("16 10:00", None, None)


def test_half_day_question_names_both_readings() -> None:
    assert read_times("18:30 PM", SATURDAY, EVENT).odd[0].message == (
        '"18:30 PM" mixes the 12-hour and the 24-hour clock; is 18:30 meant?'
    )


def test_backward_range_question_counts_the_hours() -> None:
    message = read_times("07:00 PM to 12:30 PM UTC", SATURDAY, EVENT).odd[0].message
    assert message == "17½ hours over midnight, or until 12:30 AM (5½ hours)?"


def test_24_00_as_an_end_is_read_with_a_remark() -> None:
    assert told("22:00-24:00") == ("16 22:00", "17 00:00", 120)
    assert [odd.code for odd in read_times("22:00-24:00", SATURDAY, EVENT).odd] == ["hour-24"]


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [("02:30", date(2026, 3, 29), "dst-gap"), ("02:30", date(2026, 10, 25), "dst-fold")],
)
def test_hours_that_clocks_skip_or_show_twice_are_odd(text: str, day: date, code: str) -> None:
    reading = read_times(text, day, BERLIN)
    assert (reading.start, [odd.code for odd in reading.odd]) == (None, [code])


def test_est_in_winter_is_clear() -> None:
    assert told("11:00 EST", date(2026, 1, 16)) == ("16 16:00", None, None)


@pytest.mark.parametrize(("text", "minutes"), [("10:00", None), ("10:00–11:30", 90), ("10:00 50 min", 50)])
def test_without_a_day_there_is_only_a_length(text: str, minutes: int | None) -> None:
    reading = read_times(text, None, EVENT)
    assert (reading.start, reading.end, reading.minutes, reading.odd) == (None, None, minutes, ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"'''[{STAMP} 08:00 UTC]'''<br>\n\n50 min", SATURDAY),
        (f"'''[{STAMP} 08:00 UTC]'''<br>\n\n50 min", None),
        (f"[{STAMP}/1778921400 08:00–08:50]", SATURDAY),
        (f"[{STAMP}/1778921400 see in your time zone]", SATURDAY),
        (f"08:00 ([{STAMP}/1778921400 see in your time zone])", SATURDAY),
        (f"[{STAMP}/1778921400?name=Opening 1:30 pm IST]", SATURDAY),
    ],
)
def test_zonestamp_that_agrees_settles_day_zone_and_end(text: str, day: date | None) -> None:
    reading = read_times(text, day, EVENT)
    expected = (datetime(2026, 5, 16, 8, tzinfo=UTC), datetime(2026, 5, 16, 8, 50, tzinfo=UTC), 50, ())
    assert (reading.start, reading.end, reading.minutes, reading.odd) == expected


def test_zonestamp_in_a_comment_is_not_there() -> None:
    assert told(f"09:00 <!-- {STAMP} -->") == ("16 09:00", None, None)


@pytest.mark.parametrize(
    ("text", "offset"),
    [("(UTC)", 0), ("Time (CEST)", 2), ("Time in UTC+3", 3), ("'''Time''' (EEST)<br>", 3), ("GMT", 0)],
)
def test_zone_of_a_header(text: str, offset: int) -> None:
    zone = read_zone(text)
    assert zone is not None
    there = datetime(2026, 5, 16, 12, tzinfo=zone)
    assert there.astimezone(UTC).hour == 12 - offset


@pytest.mark.parametrize("text", ["", "Time", "Time (UTC / CEST)", "West wing", "UTC+29", "Europe/Nowhere"])
def test_header_without_one_zone_names_none(text: str) -> None:
    assert read_zone(text) is None


@pytest.mark.parametrize(("name", "code"), [("EST", "zone-season"), ("IST", "zone-unclear")])
def test_zone_of_a_header_still_asks(name: str, code: str) -> None:
    zone = read_zone(f"Time ({name})")
    assert zone is not None
    reading = read_times("11:00", SATURDAY, zone)
    assert (reading.start, [odd.code for odd in reading.odd]) == (None, [code])


PIECES = st.sampled_from(
    [
        "10:00",
        "9.30",
        "1400",
        "14",
        "24:00",
        "10:75",
        "am",
        " PM",
        "a",
        "–",
        "-",
        " to ",
        "~",
        "UTC",
        "UTC-5",
        "UTC-11:00",
        "EST",
        "IST",
        "Friday",
        "15 May",
        "2026-05-16",
        "midnight",
        "50 min",
        "1h30",
        " / ",
        "(",
        ")",
        ", ",
        " ",
        "<br>",
        "'''",
        "{{",
        "}}",
        "[[",
        "]]",
        "<!--",
        "-->",
        STAMP,
        "/1778921400",
        "3 o'clock",
        "+02:00",
        "Europe/Berlin",
        "١٢:٠٠",
        "\n",
        "noon",
        "until ",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)),
    st.dates(),
    st.sampled_from([EVENT, BERLIN]),
)
def test_any_text_is_read_without_an_exception_and_in_order(text: str, day: date, zone: ZoneInfo) -> None:
    reading = read_times(text, day, zone)
    assert all(odd.text in text for odd in reading.odd)
    if reading.start and reading.end:
        assert reading.start < reading.end
        assert reading.minutes == (reading.end - reading.start).total_seconds() // 60


@given(st.integers(0, 23), st.integers(0, 59), st.integers(1, 300), st.sampled_from("-–—"))
def test_ranges_come_back_exactly(hour: int, minute: int, length: int, dash: str) -> None:
    last = hour * 60 + minute + length
    if last >= 24 * 60:
        return
    text = f"{hour:02}:{minute:02} {dash} {last // 60:02}:{last % 60:02}"
    start = datetime(2026, 5, 16, hour, minute, tzinfo=UTC)
    reading = read_times(text, SATURDAY, EVENT)
    assert (reading.start, reading.minutes, reading.odd) == (start, length, ())


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "10:00-",
        " ",
        "'",
        "[[",
        "{{",
        "<!--",
        "<",
        "&",
        "(",
        "UTC-1",
        "10 UTC-1 ",
        "May ",
        "1 May ",
        "Sat ",
        "14–17 ",
        STAMP + " ",
    ],
)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    reading = read_times(long, SATURDAY, EVENT)
    assert (reading.start is None) == (piece not in {STAMP + " ", "10 UTC-1 "})


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10 h 30", "10:30", None),
        ("10 h – 11 h", "10:00", "11:00"),
        ("10 h 30 – 12 h", "10:30", "12:00"),
        ("10:00 (1½ hours)", "10:00", "11:30"),
        ("10:00 (45m)", "10:00", "10:45"),
        ("٠٩:٠٠", "09:00", None),
        ("१०:३०–११:००", "10:30", "11:00"),
        ("１０：００", "10:00", None),
        ("10∶00", "10:00", None),
        ("<s>10:00</s> 10:30", "10:30", None),
        ("[https://zonestamp.toolforge.org/1778839200 10:00] – [https://zonestamp.toolforge.org/1778842800 11:00]", "10:00", "11:00"),
    ],
)  # fmt: skip
def test_further_notations(text: str, start: str, end: str | None) -> None:
    found = read_times(text, date(2026, 5, 15), ZoneInfo("UTC"))
    told = [f"{when:%H:%M}" if when else None for when in (found.start, found.end)]
    assert (told, found.odd) == ([start, end], ())


@pytest.mark.parametrize(
    ("text", "code", "question"),
    [
        ("10:30 am/pm", "half-day", "Is 10:30 or 22:30 meant?"),
        ("12.15 AM / PM", "half-day", "Is 00:15 or 12:15 meant?"),
        ("10:00 CST", "zone-unclear", "Which zone is meant: US Central Standard Time, China?"),
    ],
)
def test_further_questions(text: str, code: str, question: str) -> None:
    found = read_times(text, date(2026, 5, 15), ZoneInfo("UTC"))
    assert (found.start, [(odd.code, odd.message, odd.text) for odd in found.odd]) == (
        None,
        [(code, question, text)],
    )
