"""Who is reminded of which shift, by which kind, and when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callboard.config import Event
from callboard.model import Coming, Notice, PersonForm, Session, SignUp
from callboard.notices.delivery import due
from tests.notices.event import HOUR, MINUTE, START, moved, person, schedule, session
from tests.notices.helping import entry, event, lists, snapshot

SHIFT: dict[str, object] = {"kind": "shift_starts_soon", "lead": ["24h", "1h"]}
SOON: dict[str, object] = {"kind": "starts_soon", "lead": ["24h", "1h"]}
OF = event(SHIFT)
ROW = session(facilitators=[person("Grace")])


def slot(user: str, hours: int = 1, *, start: datetime = START, **more: object) -> SignUp:
    """An entry in a table of shifts."""
    given: dict[str, object] = {"role": "Chat watch", "firm": True, **more}
    return entry(user, [(start, start + hours * HOUR)], **given)  # type: ignore[arg-type]


def found(
    now: datetime, *sessions: Session, slots: Iterable[SignUp] = (), of: Event = OF, sent: Iterable[str] = ()
) -> list[Notice]:
    known = snapshot(now, of=of, sent=sent)
    return list(due(known, (schedule(*sessions),), lists(*slots)).now)


def told(notices: Iterable[Notice]) -> list[tuple[str, str]]:
    return sorted((notice.kind, notice.recipient) for notice in notices)


def test_facilitators_are_reminded_and_owners_are_not() -> None:
    assert told(found(START - HOUR, ROW)) == [("shift_starts_soon", "Grace")]


def test_reminder_follows_a_move() -> None:
    first = found(START - HOUR, ROW)
    sent = [notice.key for notice in first]
    later = moved(ROW, 3 * HOUR)
    assert found(START - 30 * MINUTE, later, sent=sent) == []
    (again,) = found(START + 2 * HOUR, later, sent=sent)
    assert (again.occasion, again.values["start"]) == (
        "2021-05-22T17:00Z -60min",
        str(int((START + 3 * HOUR).timestamp())),
    )


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([SOON], [("starts_soon", "Ada"), ("starts_soon", "Grace")]),
        ([SHIFT], [("shift_starts_soon", "Ada"), ("shift_starts_soon", "Grace")]),
        ([SOON, SHIFT], [("shift_starts_soon", "Grace"), ("starts_soon", "Ada")]),
        ([SOON, {**SHIFT, "enabled": False}], [("starts_soon", "Ada"), ("starts_soon", "Grace")]),
        (
            [{**SOON, "enabled": False}, SHIFT],
            [("shift_starts_soon", "Ada"), ("shift_starts_soon", "Grace")],
        ),
    ],
)
def test_nobody_is_reminded_twice_of_a_session(
    kinds: list[dict[str, object]], expected: list[tuple[str, str]]
) -> None:
    # Ada owns the session and facilitates it together with Grace.
    both = session(facilitators=[person("Grace"), person("Ada")])
    assert told(found(START - HOUR, both, of=event(*kinds))) == expected


def test_who_was_told_before_the_event_sent_this_kind_is_not_told_again() -> None:
    sent = [notice.key for notice in found(START - HOUR, ROW, of=event(SOON))]
    assert told(found(START - HOUR, ROW, of=event(SOON, SHIFT), sent=sent)) == []


@pytest.mark.parametrize(
    "nobody",
    [person("Grace", PersonForm.BARE), person("Grace", PersonForm.ELSEWHERE), person("Never asked")],
    ids=["a bare name", "a name of another wiki", "a name that the wiki was not asked about"],
)
def test_facilitator_without_a_linked_account_is_not_told(nobody: object) -> None:
    assert found(START - HOUR, session(facilitators=[nobody])) == []  # type: ignore[list-item]


def test_session_without_a_time_reminds_nobody() -> None:
    assert found(START - HOUR, replace(ROW, start=None)) == []


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (slot("Linus"), ["Linus"]),
        (slot("Linus", coming=Coming.MAYBE), []),
        (slot("Linus", coming=Coming.NO), []),
        (slot("Linus", form=PersonForm.BARE), []),
        (slot("Linus", firm=False), []),  # an offer is no shift
        (replace(slot("Linus"), ambiguous=True), []),
        (slot("Nobody"), []),
    ],
    ids=["slot", "maybe", "no", "bare name", "offer", "unclear", "no such account"],
)
def test_slot_of_a_table_is_a_shift(one: SignUp, expected: list[str]) -> None:
    assert [notice.recipient for notice in found(START - HOUR, slots=[one])] == expected


def test_slots_that_meet_are_one_shift_and_others_are_not() -> None:
    slots = [slot("Linus"), slot("Linus", start=START + HOUR), slot("Linus", start=START + 3 * HOUR)]
    (first,) = found(START - HOUR, slots=slots)
    assert first.values["when"] == "Saturday, 22 May 2021, 14:00–16:00 (UTC)"
    (second,) = found(START + 2 * HOUR, slots=slots)
    assert second.values["when"] == "Saturday, 22 May 2021, 17:00–18:00 (UTC)"


def test_shifts_in_two_roles_at_one_time_are_two_reminders() -> None:
    slots = [slot("Linus"), slot("Linus", role="Door")]
    assert sorted(notice.values["title"] for notice in found(START - HOUR, slots=slots)) == [
        "Chat watch",
        "Door",
    ]


def test_slot_says_where_and_on_which_page() -> None:
    (told_of,) = found(START - HOUR, slots=[slot("Linus", room="Room 2")])
    assert (told_of.values["room"], told_of.values["page"]) == ("Room 2", "Demo/Helpers")


@pytest.mark.parametrize(
    ("zone", "day", "shown"),
    [
        ("Europe/Berlin", datetime(2021, 3, 28, 0, 30, tzinfo=UTC), "01:30–03:30 (CET)"),
        ("Europe/Berlin", datetime(2021, 10, 31, 0, 30, tzinfo=UTC), "02:30–02:30 (CEST)"),
        ("America/New_York", datetime(2021, 11, 7, 5, 30, tzinfo=UTC), "01:30–01:30 (EDT)"),
    ],
)
def test_an_hour_before_is_an_hour_when_the_clocks_change(zone: str, day: datetime, shown: str) -> None:
    of = event(SHIFT, zone=zone)
    night = replace(ROW, start=day, end=day + HOUR)
    assert found(day - HOUR - timedelta(seconds=1), night, of=of) == []
    (told_of,) = found(day - HOUR, night, of=of)
    assert told_of.values["when"].rpartition(", ")[2] == shown
    assert told_of.until == day
