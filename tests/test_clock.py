"""The clock: always UTC, shifted as a whole, running on."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from callboard.clock import Clock


def seconds_from_now(moment: datetime) -> float:
    return moment.timestamp() - time.time()


def test_now_is_utc_in_whole_seconds_whatever_the_zone_of_the_machine() -> None:
    now = Clock().now()
    assert (now.tzinfo, now.microsecond) == (UTC, 0)
    assert -2 < seconds_from_now(now) <= 0


@pytest.mark.parametrize("shift", [timedelta(days=1), timedelta(days=-2000), timedelta(minutes=1)])
def test_now_with_a_shift(shift: timedelta) -> None:
    assert -2 < seconds_from_now(Clock(shift).now() - shift) <= 0


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2021, 5, 22, 12, 55, tzinfo=UTC),
        datetime(2021, 5, 22, 14, 55, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2030, 1, 1, tzinfo=UTC),
    ],
)
def test_showing_an_instant_runs_on_from_there(instant: datetime) -> None:
    clock = Clock.showing(instant)
    first = clock.now()
    assert first.tzinfo is UTC
    assert timedelta() <= first - instant <= timedelta(seconds=2)
    time.sleep(1.1)
    assert clock.now() > first


def test_showing_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^2021-05-22T12:55:00 has no zone: write it with Z or an offset$"):
        Clock.showing(datetime(2021, 5, 22, 12, 55))  # noqa: DTZ001 -- what is refused
