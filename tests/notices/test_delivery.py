"""When a notice goes out: quiet hours, how many a day, what organisers said; every wanted notice in exactly one place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.config import Event
from callboard.model import Account, Notice, OutboxWord
from callboard.model.notice import recipient_in
from callboard.model.outbox import EVERYTHING, short_id
from callboard.notices import kinds
from callboard.notices.delivery import TOO_SHORT, Due, delivered
from callboard.notices.persons_day import PersonsDay, day_of
from callboard.snapshot import Snapshot
from tests.notices.event import DAY, HOUR, MINUTE, event

NIGHT: Mapping[str, Any] = {"quiet_from": "22:00:00", "quiet_to": "08:00:00"}
DATE = datetime(2021, 5, 20, tzinfo=UTC)


def at(hour: float, day: int = 20) -> datetime:
    return datetime(2021, 5, day, tzinfo=UTC) + timedelta(hours=hour)


def of(zone: str = "UTC", **rules: Any) -> Event:
    return event(zone=zone, parts={"delivery": rules})


def notice(
    name: str = "T1",
    *,
    kind: str = "scheduled",
    to: str = "Ada",
    due: datetime = DATE,
    until: datetime = DATE + 10 * DAY,
    to_page: bool = False,
) -> Notice:
    return Notice("demo", kind, name, "1", to, due, until, to_page=to_page)


def seen(now: datetime, rules: Event, *, sent: Iterable[tuple[Notice, datetime]] = ()) -> Snapshot:
    return Snapshot(rules, now, sent_at={one.key: when for one, when in sent})


def placed(found: Due) -> dict[str, str]:
    """Where each notice is: "now", "late", when it is planned for, or "waits"."""
    return {
        **{one.subject: "now" for one in found.now},
        **{one.subject: "late" for one in found.late},
        **{one.notice.subject: f"{one.at:%d %H:%M}" if one.at else "waits" for one in found.planned},
    }


# --- quiet hours ---


@pytest.mark.parametrize(
    ("now", "where"),
    [
        (at(21.99), "now"),
        (at(22), "21 08:00"),
        (at(23.5), "21 08:00"),
        (at(0), "20 08:00"),
        (at(7.99), "20 08:00"),
        (at(8), "now"),
        (at(12), "now"),
    ],
)
def test_notice_waits_for_the_end_of_quiet_hours(now: datetime, where: str) -> None:
    assert placed(delivered([notice()], seen(now, of(**NIGHT)))) == {"T1": where}


@pytest.mark.parametrize(
    ("now", "where"), [(at(12.99), "now"), (at(13), "20 15:00"), (at(14.99), "20 15:00"), (at(15), "now")]
)
def test_quiet_hours_within_one_day(now: datetime, where: str) -> None:
    rules = of(quiet_from="13:00:00", quiet_to="15:00:00")
    assert placed(delivered([notice()], seen(now, rules))) == {"T1": where}


def test_event_without_quiet_hours_has_none() -> None:
    assert placed(delivered([notice()], seen(at(3), of()))) == {"T1": "now"}


@pytest.mark.parametrize(
    ("zones", "where"),
    [
        ({}, "now"),  # 19:00 in Berlin, the event's zone
        ({"Ada": "Asia/Tokyo"}, "20 23:00"),  # 02:00 there
        ({"ada": "Asia/Tokyo"}, "20 23:00"),
        ({"Bo": "Asia/Tokyo"}, "now"),
        ({"Ada": "America/New_York"}, "now"),
    ],
)
def test_quiet_hours_are_those_of_the_recipients_day(zones: Mapping[str, str], where: str) -> None:
    rules = of("Europe/Berlin", **NIGHT, zones=zones)
    assert placed(delivered([notice()], seen(at(17), rules))) == {"T1": where}


def test_zone_of_a_renamed_account_may_stand_under_either_name() -> None:
    accounts = {
        "Ada": Account("Ada", exists=False, renamed_to="Ada New"),
        "Ada New": Account("Ada New", exists=True),
    }
    for name in ("Ada", "Ada New"):
        snapshot = replace(seen(at(17), of(**NIGHT, zones={name: "Asia/Tokyo"})), accounts=accounts)
        for to in ("Ada", "Ada New"):
            assert placed(delivered([notice(to=to)], snapshot)) == {"T1": "20 23:00"}


def test_reminder_of_a_start_goes_out_at_night() -> None:
    soon = notice(kind="starts_soon", until=at(10))
    assert placed(delivered([soon], seen(at(3), of(**NIGHT)))) == {"T1": "now"}


def test_talk_page_of_the_event_has_no_night() -> None:
    page = notice(to="Talk:Demo", to_page=True)
    assert placed(delivered([page], seen(at(3), of(**NIGHT)))) == {"T1": "now"}


@pytest.mark.parametrize(
    ("until", "where"),
    [
        (at(8) + TOO_SHORT, "20 08:00"),
        (at(8) + TOO_SHORT - MINUTE, "now"),
        (at(5), "now"),
        (at(3), "late"),
    ],
)
def test_notice_that_is_of_no_use_after_the_night_goes_out_at_once(until: datetime, where: str) -> None:
    assert placed(delivered([notice(until=until)], seen(at(3), of(**NIGHT)))) == {"T1": where}


def test_notice_that_comes_due_at_night_is_planned_for_the_morning() -> None:
    (one,) = delivered([notice(due=at(23))], seen(at(12), of(**NIGHT))).planned
    assert (one.at, one.why) == (at(8, 21), "quiet hours (22:00–08:00, UTC)")
    (now,) = delivered([notice(due=at(21))], seen(at(12), of(**NIGHT))).planned
    assert (now.at, now.why) == (at(21), "")


@pytest.mark.parametrize(
    ("zone", "quiet", "moment", "end"),
    [
        # Clocks go forward from 02:00 to 03:00 on 28 March 2021 in Berlin, and back from 03:00 to 02:00 on 31 October.
        ("Europe/Berlin", ("22:00:00", "08:00:00"), "2021-03-27T21:30", "2021-03-28T06:00"),
        ("Europe/Berlin", ("22:00:00", "08:00:00"), "2021-10-30T21:30", "2021-10-31T07:00"),
        ("Europe/Berlin", ("22:00:00", "02:30:00"), "2021-03-27T21:30", "2021-03-28T01:30"),  # shown as 03:30
        (
            "Europe/Berlin",
            ("22:00:00", "02:30:00"),
            "2021-10-30T21:30",
            "2021-10-31T01:30",
        ),  # the second 02:30
        ("Europe/Berlin", ("02:30:00", "08:00:00"), "2021-03-28T01:29", None),
        ("Europe/Berlin", ("02:30:00", "08:00:00"), "2021-03-28T01:30", "2021-03-28T06:00"),
        (
            "Europe/Berlin",
            ("02:30:00", "08:00:00"),
            "2021-10-31T00:30",
            "2021-10-31T07:00",
        ),  # the first 02:30
        ("UTC", ("00:00:00", "08:00:00"), "2021-05-20T00:00", "2021-05-20T08:00"),
        ("UTC", ("22:00:00", "00:00:00"), "2021-05-20T23:59", "2021-05-21T00:00"),
        ("UTC", ("22:00:00", "00:00:00"), "2021-05-21T00:00", None),
    ],
)
def test_end_of_quiet_hours(zone: str, quiet: tuple[str, str], moment: str, end: str | None) -> None:
    day = day_of(of(zone, quiet_from=quiet[0], quiet_to=quiet[1]), "Ada")
    expected = datetime.fromisoformat(f"{end}+00:00") if end else None
    assert day.quiet_until(datetime.fromisoformat(f"{moment}+00:00")) == expected


def test_next_day_begins_where_the_clock_skips_midnight() -> None:
    # In Havana 00:00 to 01:00 did not exist on 14 March 2021.
    day: PersonsDay = day_of(of("America/Havana"), "Ada")
    begins = day.next_day(datetime(2021, 3, 14, 3, tzinfo=UTC))
    assert (begins, str(day.date_of(begins))) == (datetime(2021, 3, 14, 5, tzinfo=UTC), "2021-03-14")


# --- how many a day ---


def test_more_than_the_limit_wait_for_the_next_day_the_least_urgent_ones() -> None:
    five = [notice(f"T{number}", until=at(0, 30) - number * HOUR) for number in range(1, 6)]
    found = delivered(five, seen(at(12), of()))
    assert [one.subject for one in found.now] == ["T5", "T4", "T3"]
    assert placed(found) == {"T5": "now", "T4": "now", "T3": "now", "T2": "21 00:00", "T1": "21 00:00"}
    assert {one.why for one in found.planned} == {"the limit of 3 a day to one person (delivery.per_day)"}


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ([at(0)], "now"),
        ([at(0), at(11)], "21 00:00"),
        ([at(-0.01), at(11)], "now"),  # one of them was the day before
        ([at(1), at(2), at(3)], "21 00:00"),
    ],
)
def test_what_was_sent_that_day_counts(sent: list[datetime], where: str) -> None:
    had = [(notice(f"T{number}", due=when), when) for number, when in enumerate(sent, 10)]
    assert placed(delivered([notice()], seen(at(12), of(per_day=2), sent=had))) == {"T1": where}


def test_day_is_the_recipients() -> None:
    had = [(notice(f"T{number}"), at(14.5)) for number in (10, 11)]  # 23:30 in Tokyo
    rules = of(per_day=2, zones={"Ada": "Asia/Tokyo"})
    assert placed(delivered([notice()], seen(at(14.9), rules, sent=had))) == {"T1": "20 15:00"}
    assert placed(delivered([notice()], seen(at(15), rules, sent=had))) == {"T1": "now"}


def test_what_went_to_the_former_name_of_an_account_counts_for_it() -> None:
    accounts = {
        "Ada": Account("Ada", exists=False, renamed_to="Ada New"),
        "Ada New": Account("Ada New", exists=True),
    }
    snapshot = seen(at(12), of(per_day=1), sent=[(notice("T9", to="Ada"), at(1))])
    found = delivered([notice(to="Ada New")], replace(snapshot, accounts=accounts))
    assert placed(found) == {"T1": "21 00:00"}


def test_notice_that_is_noted_under_both_names_counts_once() -> None:
    accounts = {"Ada": Account("Ada", exists=False, renamed_to="Ada New")}
    had = [(notice("T9", to=name), at(1)) for name in ("Ada", "Ada New")]
    snapshot = replace(seen(at(12), of(per_day=2), sent=had), accounts=accounts)
    assert placed(delivered([notice(to="Ada New")], snapshot)) == {"T1": "now"}


def test_other_people_and_talk_pages_do_not_count() -> None:
    had = [(notice("T9", to="Bo"), at(1))]
    page = [notice(f"P{number}", to="Talk:Demo", to_page=True) for number in range(3)]
    found = delivered([notice(), *page], seen(at(12), of(per_day=1), sent=had))
    assert set(placed(found).values()) == {"now"}


def test_next_day_has_its_limit_and_its_quiet_hours_too() -> None:
    many = [notice(f"T{number}", until=at(number, 29)) for number in range(1, 8)]
    assert list(placed(delivered(many, seen(at(12), of(**NIGHT)))).values()) == [
        *["now"] * 3,
        *["21 08:00"] * 3,
        "22 08:00",
    ]


def test_place_is_kept_for_a_reminder_that_comes_due_later_that_day() -> None:
    soon = notice("T2", kind="starts_soon", due=at(18), until=at(19))
    found = delivered([notice("T1"), soon], seen(at(12), of(per_day=1)))
    assert placed(found) == {"T1": "21 00:00", "T2": "20 18:00"}


def test_what_is_of_no_use_the_day_after_waits_for_a_person_and_is_late_at_last() -> None:
    had = [(notice("T9"), at(1))]
    today = notice(until=at(20))
    (waits,) = delivered([today], seen(at(12), of(per_day=1), sent=had)).planned
    assert (waits.at, waits.why) == (
        None,
        "the limit of 1 a day to one person (delivery.per_day); the day after it is of no use any more",
    )
    over = delivered([today], seen(at(20), of(per_day=1), sent=had))
    assert over.why_late == {
        today.key: "too late: it was of use until 2021-05-20 20:00 UTC; the limit of 1 notices a day to one person was reached"
    }


# --- organisers' words ---


def said(about: Notice | None, says: str) -> dict[str, OutboxWord]:
    name = short_id(about.key) if about else EVERYTHING
    word = OutboxWord(name, "hold" if says == "hold" else "send", "Ada Organiser", at(9))
    return {name: word}


@pytest.mark.parametrize(
    ("words", "now", "where"),
    [
        (said(notice(), "hold"), at(12), "waits"),
        (said(notice(), "hold"), at(-12), "waits"),  # it is not due yet
        (said(notice("T2"), "hold"), at(12), "now"),
        (said(notice(), "send"), at(3), "now"),  # in quiet hours
        (said(notice(), "send"), at(-12), "now"),  # before it is due
        (said(None, "hold"), at(12), "waits"),
        (said(None, "hold") | said(notice(), "send"), at(12), "now"),
        (said(notice(), "send"), at(1, 30), "late"),  # never past its use
        (said(notice(), "hold"), at(1, 30), "late"),
    ],
)
def test_word_of_an_organiser_beats_all_but_the_end_of_use(
    words: dict[str, OutboxWord], now: datetime, where: str
) -> None:
    snapshot = replace(seen(now, of(**NIGHT)), outbox=words)
    assert placed(delivered([notice()], snapshot)) == {"T1": where}


def test_released_notice_goes_out_above_the_limit_and_counts() -> None:
    had = [(notice("T9"), at(1))]
    snapshot = replace(seen(at(12), of(per_day=1), sent=had), outbox=said(notice(), "send"))
    assert placed(delivered([notice(), notice("T2")], snapshot)) == {"T1": "now", "T2": "21 00:00"}


def test_held_notice_says_who_held_it_also_when_it_is_late() -> None:
    snapshot = replace(seen(at(12), of()), outbox=said(notice(), "hold"))
    (waits,) = delivered([notice()], snapshot).planned
    assert waits.why == "held back by Ada Organiser, 2021-05-20 09:00 UTC"
    late = delivered([notice()], replace(snapshot, now=at(1, 30)))
    assert late.why_late[notice().key] == f"{waits.why}, for as long as it was of use"


def test_early_brings_forward_what_is_planned_but_not_what_is_held_or_over() -> None:
    held, later, over = notice("T1"), notice("T2", due=at(5, 22)), notice("T3", until=at(1))
    snapshot = replace(seen(at(3), of(**NIGHT)), outbox=said(held, "hold"), early=True)
    assert placed(delivered([held, later, over], snapshot)) == {"T1": "waits", "T2": "now", "T3": "late"}


# --- all of it at once ---

HOURS = st.integers(-48 * 4, 96 * 4).map(lambda quarters: DATE + quarters * 15 * MINUTE)
ZONES = st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata"])


@st.composite
def wanted(draw: st.DrawFn) -> list[Notice]:
    return [
        notice(
            f"T{number}",
            kind=draw(st.sampled_from(["scheduled", "starts_soon", "acknowledged"])),
            to=draw(st.sampled_from(["Ada", "Bo"])),
            due=(due := draw(HOURS)),
            until=due + draw(st.integers(1, 300)) * 15 * MINUTE,
        )
        for number in range(draw(st.integers(0, 12)))
    ]


@given(
    notices=wanted(),
    zone=ZONES,
    limit=st.integers(1, 4),
    night=st.tuples(st.integers(0, 23), st.integers(1, 12)),
    step=st.sampled_from([30, 60, 420]),
)
@settings(deadline=None, max_examples=40)
def test_every_notice_ends_once_within_the_limit_and_outside_the_night(
    notices: list[Notice], zone: str, limit: int, night: tuple[int, int], step: int
) -> None:
    begins, ends = night[0], (night[0] + night[1]) % 24
    rules = of(zone, per_day=limit, quiet_from=f"{begins:02}:00:00", quiet_to=f"{ends:02}:00:00")
    day, sent, over = day_of(rules, "Ada"), dict[str, datetime](), set[str]()
    left = {one.key: one for one in notices}
    for tick in range(9 * DAY // (step * MINUTE)):
        now = DATE - 2 * DAY + tick * step * MINUTE
        found = delivered(left.values(), Snapshot(rules, now, sent_at=sent))
        places = [one.key for one in (*found.now, *found.late, *(p.notice for p in found.planned))]
        assert sorted(places) == sorted(left)
        assert found.why_late.keys() == {one.key for one in found.late}
        for one in found.now:
            end = None if kinds()[one.kind].any_hour else day.quiet_until(now)
            assert one.due <= now < one.until
            assert end is None or end + TOO_SHORT > one.until
        assert all(p.at is None or now < p.at for p in found.planned)
        sent |= dict.fromkeys((one.key for one in found.now), now)
        over |= {one.key for one in found.late}
        for key in (*sent, *over):
            left.pop(key, None)
    assert left == {}
    assert not over & sent.keys()
    counts = Counter((recipient_in(key), day.date_of(when)) for key, when in sent.items())
    assert max(counts.values(), default=0) <= limit
