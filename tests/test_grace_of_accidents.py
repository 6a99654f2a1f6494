"""What somebody does by mistake and undoes within the grace time tells nobody: also where it seems to call for another kind."""

from datetime import timedelta

import pytest

from tests.promises import FREE, OWNER
from tests.test_owners_told import BO, MILK, MINUTE, SCHEDULED, TEA, Quiet, of, stands

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    "rule",
    [{"kind": "acknowledged"}, {"kind": "not_scheduled", "lead": ["2d"]}],
    ids=lambda rule: rule["kind"],
)
@pytest.mark.parametrize("without", [FREE, MILK.replace("milk", "fish")], ids=["taken out", "written over"])
def test_row_that_is_missing_for_a_moment_waits_for_nothing(rule: dict[str, object], without: str) -> None:
    world = Quiet(TEA, FREE, FREE, MILK, of=of(notice=[{"kind": "scheduled"}, rule]))
    world.put(without, FREE, FREE, MILK)
    world.later(5)
    world.put(TEA, FREE, FREE, MILK)
    world.later(20)
    assert world.told() == ["scheduled"]
    world.put(without, FREE, FREE, MILK)
    world.later(15)
    assert world.told() == ["scheduled", rule["kind"]]


def test_session_that_a_wrong_time_makes_look_over_is_asked_for_nothing() -> None:
    world = Quiet(FREE, FREE, FREE, TEA, MILK, of=of("after_session"), ahead=DAY + 6 * HOUR + 30 * MINUTE)
    world.put(TEA, FREE, FREE, FREE, MILK)
    world.later(5)
    world.put(FREE, FREE, FREE, TEA, MILK)
    world.later(20)
    assert world.told() == []
    world.later(130)
    assert world.told() == ["after_session"]


def test_session_that_is_over_is_in_no_haste_to_be_told_of() -> None:
    world = stands(DAY + 3 * HOUR)
    world.wiki.now += 150 * MINUTE  # it is over, and is to be held again in the evening
    world.put(FREE, FREE, FREE, MILK, FREE, FREE, TEA)
    world.later(5)
    world.put(TEA, FREE, FREE, MILK)
    world.later(20)
    assert (world.news(), world.news(BO)) == ([SCHEDULED], [])


def test_many_sessions_gone_at_once_are_not_told_bit_by_bit() -> None:
    hers, his = "'''Session {}'''<br />[[User:" + OWNER + "]]", MILK.replace("for milk", "{}")
    rows = [
        (hers, his)[n % 2].format(word)
        for n, word in enumerate(["one", "two", "three", "four", "five", "six"])
    ]
    world = Quiet(*rows, of=of(limits={"cancelled": 2}), ahead=DAY + 3 * HOUR + 10 * MINUTE)
    world.put(FREE, FREE, *rows[2:5], FREE)  # the first two begin within two hours, the last one does not
    world.later(5)
    assert (world.news(), world.news(BO)) == ([], [])
    world.put(*rows)
    world.later(20)
    assert (world.news(), world.news(BO)) == ([], [])
    world.put(FREE, FREE, *rows[2:])
    world.later(5)
    assert (world.news(), world.news(BO)) == (["cancelled 14:00"], ["cancelled 15:00"])
