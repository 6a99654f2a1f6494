"""`attention`: a digest a day, when something is new, also late in the day and with a new ledger."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callboard.config import Event
from callboard.model import Notice, Problem, Severity
from callboard.model.notice import Point
from callboard.snapshot import Snapshot
from tests.notices.board_and_problems import BOTH, SCHEDULE, event, look, page, snapshot

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAGE = "Talk:Demo/Schedule"
OF = event("attention", {}, talk_page=PAGE)
AT = datetime(2021, 5, 15, 8, tzinfo=UTC)
KEY = "demo/problems@Talk:Demo%2FSchedule/attention/"


def problem(
    since: datetime | None, number: int = 1, severity: Severity = Severity.WARNING, **facts: object
) -> Problem:
    made = Problem("room-overlap", severity, f"problem {number}", SCHEDULE, 5, since=since, key=f"k{number}")
    return replace(made, **facts)  # type: ignore[arg-type]


def now_of(
    *found: Problem,
    now: datetime = AT,
    told: tuple[str, ...] = (),
    of: Event = OF,
    held: tuple[str, ...] = (),
) -> tuple[Notice, ...]:
    sent = {f"{KEY}{day}": datetime.fromisoformat(f"{day}T08:00:20+00:00") for day in told}
    known = snapshot(of, now, told=sent, held=held)
    return look(known, page(BOTH, of), found=found).now


def test_what_it_says() -> None:
    standing = [problem(AT - HOUR), problem(AT - 9 * DAY, 2), problem(AT - HOUR, 3, Severity.NOTE)]
    (notice,) = now_of(*standing, told=("2021-05-14",), held=("demo/a", "demo/b"))
    assert (notice.talk, notice.to_page, notice.key) == (PAGE, True, f"{KEY}2021-05-15")
    assert notice.points == (
        Point("line 5, new: problem 1", SCHEDULE, "Saturday_22_May_2021"),
        Point("line 5: problem 2", SCHEDULE, "Saturday_22_May_2021"),
    )
    assert (notice.values["open"], notice.values["new"], notice.values["day"], notice.values["held"]) == (
        "2 problems",
        "1",
        "Saturday, 15 May 2021",
        "2 notices were refused or held back; the page says to whom and why.",
    )


@pytest.mark.parametrize(
    ("since", "told", "count"),
    [
        (AT - HOUR, ("2021-05-14",), 1),
        (AT - DAY + MINUTE, ("2021-05-14",), 1),
        (AT - DAY - 15 * MINUTE, ("2021-05-14",), 0),  # was in yesterday's
        (AT - DAY - 14 * MINUTE, ("2021-05-14",), 1),  # was not quiet yesterday
        (AT - DAY + MINUTE, (), 1),
        (AT - DAY - 15 * MINUTE + timedelta(seconds=20), ("2021-05-14",), 0),  # was quiet when it went out
        (AT - 30 * DAY, (), 1),  # the first one
        (AT - 3 * DAY + MINUTE, ("2021-05-12",), 1),
        (AT - 3 * DAY + MINUTE, ("2021-05-12", "2021-05-14"), 0),
        (AT, ("2021-05-14",), 1),
        (AT + MINUTE, ("2021-05-14",), 0),  # tomorrow
        (AT - HOUR, ("2021-05-15",), 0),  # was told today
        (None, (), 0),
    ],
)
def test_only_what_is_new_since_the_last_one(
    since: datetime | None, told: tuple[str, ...], count: int
) -> None:
    assert len(now_of(problem(since), now=AT + HOUR, told=told)) == count


def test_one_that_goes_out_late_has_what_came_up_meanwhile_and_tomorrows_has_it_not_again() -> None:
    early, late = problem(AT - HOUR), problem(AT + HOUR, 2)
    (today,) = now_of(early, late, now=AT + 3 * HOUR)
    assert today.values["new"] == "2"
    of, sent = next_day(today, AT + 3 * HOUR)
    assert look(of, page(BOTH, OF), found=(early, late)).now == ()
    assert [
        one.values["new"] for one in look(of, page(BOTH, OF), found=(early, problem(sent + HOUR, 3))).now
    ] == ["1"]


def next_day(notice: Notice, at: datetime) -> tuple[Snapshot, datetime]:
    """The next day, the notice having gone out at that time."""
    return snapshot(OF, AT + DAY, told={notice.key: at}), at


@pytest.mark.parametrize(
    ("since", "now", "at", "count"),
    [
        (AT - 2 * MINUTE, AT, None, 0),
        (AT - 2 * MINUTE, AT + 12 * MINUTE, None, 0),
        (AT - 2 * MINUTE, AT + 13 * MINUTE, None, 1),  # later that day
        (AT - 15 * MINUTE, AT, None, 1),
        (AT - 2 * MINUTE, AT, AT + 2 * HOUR, 0),
        (AT - 2 * MINUTE, AT, AT + 2 * HOUR - MINUTE, 1),  # its session starts within two hours
        (AT - 2 * MINUTE, AT + MINUTE, AT + 2 * HOUR, 1),
        (AT - 2 * MINUTE, AT, AT - MINUTE, 0),  # has begun
    ],
)
def test_a_problem_that_is_young_waits_until_it_is_quiet(
    since: datetime, now: datetime, at: datetime | None, count: int
) -> None:
    assert len(now_of(problem(since, at=at), now=now)) == count


def test_the_grace_time_is_the_events() -> None:
    for grace, count in (("0min", 1), ("1min", 1), ("5min", 0)):
        of = event("attention", {"delivery": {"grace": grace}}, talk_page=PAGE)
        assert len(now_of(problem(AT - 2 * MINUTE), of=of)) == count


def test_one_that_is_young_is_in_tomorrows_as_new_if_others_go_out_today() -> None:
    old, young = problem(AT - HOUR), problem(AT - 2 * MINUTE, 2)
    (today,) = now_of(old, young)
    assert (today.values["open"], today.values["new"], len(today.points)) == ("1 problem", "1", 1)
    of, _ = next_day(today, AT)
    (tomorrow,) = look(of, page(BOTH, OF), found=(old, young)).now
    assert [point.text for point in tomorrow.points] == ["line 5: problem 1", "line 5, new: problem 2"]


def test_one_that_was_told_at_once_is_not_new_in_the_next_one() -> None:
    of = event("attention", {}, talk_page=PAGE, at="00:30:00")
    midnight = datetime(2021, 5, 15, tzinfo=UTC)
    known = snapshot(of, midnight + HOUR / 2, told={f"{KEY}2021-05-14": midnight - 10 * MINUTE})
    for at, count in ((midnight + HOUR, 0), (midnight + 3 * HOUR, 1)):
        young = problem(midnight - 12 * MINUTE, at=at)
        assert len(look(known, page(BOTH, of), found=(young,)).now) == count


def test_what_shows_up_after_its_time_waits_for_tomorrow() -> None:
    late = problem(AT + MINUTE)
    assert now_of(late, now=AT + HOUR) == ()
    assert [one.values["new"] for one in now_of(late, now=AT + DAY)] == ["1"]


@pytest.mark.parametrize(
    ("severity", "at", "count"),
    [
        (Severity.ERROR, None, 1),
        (Severity.WARNING, None, 1),
        (Severity.NOTE, None, 0),
        (Severity.ERROR, AT + DAY, 1),
        (Severity.ERROR, AT - 2 * HOUR + MINUTE, 1),
        (Severity.ERROR, AT - 2 * HOUR, 0),  # its session has begun long ago
    ],
)
def test_what_presses(severity: Severity, at: datetime | None, count: int) -> None:
    assert len(now_of(problem(AT - HOUR, severity=severity, at=at))) == count


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (AT - MINUTE, []),
        (AT, ["2021-05-15"]),
        (AT + 3 * HOUR, ["2021-05-15"]),  # the tick at eight was missed
        (AT.replace(hour=23, minute=59), ["2021-05-15"]),
        (AT + 16 * HOUR, []),  # midnight
        (AT + DAY, ["2021-05-16"]),
    ],
)
def test_at_its_time_or_later_that_day(now: datetime, days: list[str]) -> None:
    assert [one.occasion for one in now_of(problem(AT - HOUR), now=now)] == days


@pytest.mark.parametrize(
    ("lead", "now", "count"),
    [
        ([], datetime(2021, 5, 7, 7, 59, tzinfo=UTC), 0),
        ([], datetime(2021, 5, 7, 8, 0, tzinfo=UTC), 1),  # 14 days before
        ([], datetime(2021, 5, 6, 23, 0, tzinfo=UTC), 0),
        (["2d"], datetime(2021, 5, 18, 12, 0, tzinfo=UTC), 0),
        (["2d"], datetime(2021, 5, 19, 12, 0, tzinfo=UTC), 1),
        ([], datetime(2021, 5, 24, 8, 0, tzinfo=UTC), 1),  # the day after the last
        ([], datetime(2021, 5, 25, 8, 0, tzinfo=UTC), 0),
    ],
)
def test_from_some_days_before_until_the_day_after(lead: list[str], now: datetime, count: int) -> None:
    of = event("attention", {}, talk_page=PAGE, lead=lead)
    assert len(now_of(problem(now - 12 * HOUR), now=now, of=of)) == count


@pytest.mark.parametrize(
    ("zone", "at", "due"),
    [
        ("Europe/Berlin", "08:00:00", datetime(2021, 5, 15, 6, tzinfo=UTC)),
        ("America/New_York", "20:30:00", datetime(2021, 5, 15, 0, 30, tzinfo=UTC)),
        ("Pacific/Auckland", "07:00:00", datetime(2021, 5, 14, 19, tzinfo=UTC)),
    ],
)
def test_time_and_day_are_those_of_the_event(zone: str, at: str, due: datetime) -> None:
    facts = {"title": "Demo", "zone": zone, "days": ["2021-05-21"]}
    of = event("attention", {"event": facts}, talk_page=PAGE, at=at)
    (notice,) = now_of(problem(due - HOUR), now=due, of=of)
    assert (notice.due, notice.occasion) == (due, f"{due.astimezone(of.zone).date()}")
    assert now_of(problem(due - HOUR), now=due - MINUTE, of=of, told=("2021-05-13",)) == ()


def test_ten_are_named_and_all_are_counted() -> None:
    (notice,) = now_of(*(problem(AT - HOUR, number) for number in range(12)))
    assert (len(notice.points), notice.values["open"], notice.values["new"]) == (10, "12 problems", "12")


def test_a_long_message_is_cut() -> None:
    (notice,) = now_of(problem(AT - HOUR, message="x" * 400))
    assert notice.points[0].text == f"line 5, new: {'x' * 299}…"


@pytest.mark.parametrize(
    ("facts", "point"),
    [
        ({"page": "", "line": None}, Point("new: problem 1")),
        ({"page": "Other", "line": 3}, Point("line 3, new: problem 1", "Other")),
        ({"page": SCHEDULE, "line": None}, Point("new: problem 1", SCHEDULE)),
    ],
)
def test_places_without_a_page_or_line(facts: dict[str, object], point: Point) -> None:
    assert now_of(problem(AT - HOUR, 1, **facts))[0].points == (point,)  # type: ignore[arg-type]
