"""Who is asked about their hours, and how often."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callboard.model import Coming, PersonForm, SignUp
from callboard.notices.hours_unclear import example
from callboard.read.availability import read_availability
from callboard.read.signups import read_signups
from tests.notices.event import DAY, HOUR, START, schedule
from tests.notices.helping import due_of, entry, event, lists, snapshot, unclear

OF = event({"kind": "hours_unclear"})
NOW = START - 2 * DAY


def asked(*entries: SignUp, sent: Iterable[str] = (), now: datetime = NOW) -> list[tuple[str, str]]:
    """Whom the list makes us ask, and what they wrote."""
    found = due_of("hours_unclear", snapshot(now, of=OF, sent=sent), schedule(), lists(*entries))
    return [(notice.recipient, notice.values["hours"]) for notice in found]


def keys(*entries: SignUp) -> list[str]:
    found = due_of("hours_unclear", snapshot(NOW, of=OF), schedule(), lists(*entries))
    return [notice.key for notice in found]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (unclear("Ada"), ["Ada"]),
        (unclear("Ada", coming=Coming.MAYBE), ["Ada"]),
        (replace(unclear("Ada"), person=None, people=()), ["Ada"]),  # known by the talk link of a signature
        (unclear("Ada", coming=Coming.NO), []),
        (unclear("Ada", form=PersonForm.BARE), []),
        (unclear("Ada", also=["Grace"]), []),  # whose hours are these?
        (unclear("Nobody"), []),
        (unclear("Never asked"), []),
        (unclear(None), []),
        (unclear("Ada", placeholder=True), []),
        (entry("Ada", [(START, START + HOUR)]), []),
        (entry("Ada"), []),
    ],
    ids=[
        "unclear", "maybe", "signed only", "does not come", "a bare name", "several people", "no such account",
        "a name that the wiki was not asked about", "nobody", "placeholder", "clear hours", "no hours",
    ],
)  # fmt: skip
def test_who_is_asked(one: SignUp, expected: list[str]) -> None:
    assert [who for who, _ in asked(one)] == expected


def test_each_text_is_asked_about_once_however_it_is_dressed() -> None:
    first = keys(unclear("Ada"))
    for said in ("07:00 PM to 12:30 PM UTC", "'''07:00 PM''' to  12:30 pm UTC", "07:00 pm to 12:30 pm utc"):
        assert asked(unclear("Ada", said), sent=first) == []
    assert asked(unclear("Ada"), unclear("Ada", role="Chat watch"), sent=[]) == [
        ("Ada", "07:00 PM to 12:30 PM UTC")
    ]


def test_answer_in_the_list_settles_it() -> None:
    assert asked(entry("Ada", [(START, START + HOUR)]), sent=keys(unclear("Ada"))) == []


def test_new_text_is_asked_about_until_the_person_was_asked_twice() -> None:
    sent = keys(unclear("Ada", "evenings"))
    assert asked(unclear("Ada", "mornings"), sent=sent) == [("Ada", "mornings")]
    sent += keys(unclear("Ada", "mornings"))
    assert asked(unclear("Ada", "at night"), sent=sent) == []
    assert asked(unclear("Grace", "at night"), sent=sent) == [("Grace", "at night")]


def test_three_texts_at_once_are_two_notices() -> None:
    texts = [unclear("Ada", said) for said in ("evenings", "mornings", "at night")]
    assert asked(*texts) == [("Ada", "evenings"), ("Ada", "mornings")]


@pytest.mark.parametrize(("most", "expected"), [(1, 1), (3, 3)])
def test_event_file_says_how_often_a_person_is_asked(most: int, expected: int) -> None:
    of = event({"kind": "hours_unclear", "most_per_person": most})
    texts = lists(*(unclear("Ada", said) for said in ("evenings", "mornings", "at night", "noon")))
    assert len(due_of("hours_unclear", snapshot(NOW, of=of), schedule(), texts)) == expected


def test_nobody_is_asked_when_all_that_could_be_meant_is_over() -> None:
    end = max(end for reading in unclear("Ada").possible for _, end in reading.intervals)
    assert asked(unclear("Ada"), now=end - HOUR) == [("Ada", "07:00 PM to 12:30 PM UTC")]
    assert asked(unclear("Ada"), now=end) == []
    assert asked(replace(unclear("Ada"), possible=()), now=OF.last - HOUR) == [
        ("Ada", "07:00 PM to 12:30 PM UTC")
    ]
    assert asked(replace(unclear("Ada"), possible=()), now=OF.last) == []


def test_readings_are_offered_in_words() -> None:
    (offered,) = due_of("hours_unclear", snapshot(NOW, of=OF), schedule(), lists(unclear("Ada")))
    assert offered.values["readings"] == "“Saturday 19:00 to 00:30 UTC” or “Saturday 07:00 to 12:30 UTC”"
    none = replace(unclear("Ada"), possible=())
    (offered,) = due_of("hours_unclear", snapshot(NOW, of=OF), schedule(), lists(none))
    assert offered.values["readings"] == "several things"


def test_long_text_is_cut() -> None:
    ((_, hours),) = asked(unclear("Ada", "evenings " * 100))
    assert (len(hours), hours[-1]) == (200, "…")


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Friday 10-12 UTC (maybe later)", "Friday 10-12 UTC (maybe later)"),
        ("Friday 10-12 UTC (if the train is on time)", "Friday 10-12 UTC (if the train is on time)"),
        ("Friday 10-12 UTC {{no}}", "Friday 10-12 UTC {{no}}"),
        ("Hello! 07:00 PM to 12:30 PM UTC", "07:00 PM to 12:30 PM UTC"),
    ],
)
def test_quote_has_the_words_that_are_asked_about(said: str, quoted: str) -> None:
    pages = (read_signups(f"; Chat\n* [[User:Ada|Ada]] {said}\n", OF, "Demo/Helpers"),)
    (notice,) = due_of("hours_unclear", snapshot(NOW, of=OF), schedule(), pages)
    assert notice.values["hours"] == quoted


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_example_of_clear_hours_is_clear(zone: str) -> None:
    of = event({"kind": "hours_unclear"}, zone=zone)
    start = datetime(2021, 5, 21, 18, tzinfo=of.zone).astimezone(UTC)
    assert read_availability(example(of), of).intervals == ((start, start + timedelta(hours=4)),)
