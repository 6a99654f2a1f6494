"""What people know of sessions, as keys say it; which session is which; how many reminders there are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Session, SessionFacts
from callboard.notices.delivery import due
from callboard.notices.facts import as_key, elsewhere, facts_of, from_key, mark_of, otherwise, updated
from callboard.notices.identity import same_sessions
from callboard.notices.message import LONGEST_SUMMARY
from callboard.notices.told import OWNER, told_last
from tests.notices import helping
from tests.notices.event import DAY, HOUR, MINUTE, START, event, moved, person, schedule, session, snapshot

ROW = replace(session(), format="Discussion")
FACTS = facts_of(ROW)
assert FACTS


def facts(**other: object) -> SessionFacts:
    assert FACTS
    return replace(FACTS, **other)  # type: ignore[arg-type]


def known_by_key(one: SessionFacts) -> SessionFacts:
    """What a key remembers of them."""
    return replace(one, title="", format="")


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- the bounds of hypothesis have none
    st.lists(st.sampled_from(["Room 1", "55m", "t1f2e3d", "f0", "2", "Röd", "Зал"]), max_size=3).map(
        " ".join
    ),
    st.integers(0, 999),
    st.text(max_size=9),
)
def test_what_a_key_says_is_read_back(start: datetime, room: str, minutes: int, title: str) -> None:
    start = start.replace(second=0, microsecond=0)
    row = replace(ROW, title=title, start=start, end=start + minutes * MINUTE, rooms=(room,) if room else ())
    one = facts_of(row)
    assert one
    assert from_key(as_key(one, whole=True), whole=True) == known_by_key(one)
    assert from_key(as_key(one, whole=False), whole=False) == SessionFacts(start, room)


@pytest.mark.parametrize("said", ["", "x", "2021-05-22", "2021-02-30T14:00Z Room 1", "2 2021-05-22T14:00Z"])
def test_what_is_no_fact_says_nothing(said: str) -> None:
    assert from_key(said, whole=True) is None


def test_scheduled_of_an_earlier_version_is_known_and_counts_less_than_what_has_a_number() -> None:
    old = "demo/T900001@Ada/scheduled/2021-05-22T14:00Z Room 1"
    told = told_last(snapshot(START - DAY, sent=[old]), OWNER)["T900001", "Ada"]
    assert (told.number, told.facts) == (0, SessionFacts(START, "Room 1"))
    new = "demo/T900001@Ada/moved/1 2021-05-22T15:00Z 55m t0 f0 Room 1"
    told = told_last(snapshot(START - DAY, sent=[new, old]), OWNER)["T900001", "Ada"]
    assert (told.number, told.facts.start) == (1, START + HOUR)
    assert due(snapshot(START - DAY, sent=[old]), (schedule(session()),)).now == ()


@pytest.mark.parametrize(
    ("now", "other_place", "other"),
    [
        (facts(), False, []),
        (facts(start=START + HOUR), True, []),
        (facts(room="Room 2"), True, []),
        (facts(room=""), False, []),
        (facts(room="ROOM 1"), False, []),
        (facts(room="The small one"), False, []),  # as the event file calls it too
        (facts(minutes=25), False, ["length"]),
        (facts(minutes=0), False, []),
        (facts(format_mark="aaaaaa"), False, ["format"]),
        (facts(format_mark=""), False, []),
        (facts(title_mark="bbbbbb", minutes=25), False, ["length", "title"]),
    ],
)
def test_in_what_facts_differ(now: SessionFacts, other_place: bool, other: Sequence[str]) -> None:
    of = event(parts={"room": [{"name": "Room 1", "aliases": ["The small one"]}, {"name": "Room 2"}]})
    assert (elsewhere(of, facts(), now), list(otherwise(facts(), now))) == (other_place, other)
    assert (elsewhere(of, now, facts()), list(otherwise(now, facts()))) == (other_place, other)


def test_title_in_other_quotes_or_case_is_the_same() -> None:
    for title in ("ten years of bots", "Ten  years of bots", "[Session] Ten years of bots"):
        one = facts_of(replace(ROW, title=title))
        assert one
        assert one.title_mark == facts().title_mark


def test_what_a_page_does_not_say_any_more_is_still_known() -> None:
    silent = facts(room="", minutes=0, format="", format_mark="", title="", title_mark="")
    assert updated(facts(), silent) == facts()
    assert updated(facts(), facts(room="Room 2", minutes=25)) == facts(room="Room 2", minutes=25)


def test_mark_is_another_for_any_other_fact_and_not_for_the_line() -> None:
    rows = [
        ROW,
        replace(ROW, title="Maps"),
        moved(ROW, HOUR),
        replace(ROW, end=START),
        replace(ROW, rooms=("Room 2",)),
        replace(ROW, format=None),
    ]
    assert len({mark_of(row) for row in rows}) == len(rows)
    assert mark_of(replace(ROW, line=99, owners=())) == mark_of(ROW)
    assert len({mark_of(ROW), mark_of(ROW, "Ada"), mark_of(ROW, "Grace")}) == 3


def test_longest_key_of_ordinary_names_fits_into_a_summary() -> None:
    long = session("Title " * 40, rooms=("R" * 60,), owners=[person("Ada")], tasks=["T900001"])
    (notice,) = due(snapshot(START - DAY), (schedule(long),)).now
    assert len(notice.key) < LONGEST_SUMMARY - 120


# --- the same session under another name ---

SEEN = helping.seen(session("Ten years of bots", tasks=[]))
WITH_TASK = helping.seen(session())


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (session(), True),  # its task at last
        (session("Maps", tasks=[]), True),  # another title in its place
        (moved(session("Ten years of bots!", tasks=[]), HOUR), True),
        (moved(session("Twelve years of robots", tasks=[]), HOUR), False),
        (moved(session("Ten years of bots 2", tasks=[]), HOUR), False),
        (moved(session("Maps", tasks=[]), HOUR), False),
        (moved(session("Ten years of bots"), HOUR), True),
    ],
)
def test_which_session_a_session_without_a_task_is_now(now: Session, same: bool) -> None:
    assert same_sessions([SEEN], [now]) == ([(SEEN, now)] if same else [])


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (moved(session("Maps"), HOUR), True),  # the task says so
        (session("Ten years of bots", tasks=["T900002"]), False),  # and so it does here
        (session("Ten years of bots", tasks=[]), True),
        (moved(session("Ten years of robots", tasks=[]), HOUR), False),
    ],
)
def test_which_session_a_session_with_a_task_is_now(now: Session, same: bool) -> None:
    assert same_sessions([WITH_TASK], [now]) == ([(WITH_TASK, now)] if same else [])


def test_in_doubt_it_is_another_session() -> None:
    twice = [session("Ten years of bots", tasks=[f"T90000{n}"], rooms=(f"Room {n}",)) for n in (2, 3)]
    assert same_sessions([replace(SEEN, start=None)], twice) == []
    assert same_sessions([SEEN, replace(SEEN, page="Another")], [moved(session(), HOUR)]) == []


# --- reminders when the event file gets another lead ---


@pytest.mark.parametrize(
    ("before", "now", "at", "expected"),
    [
        (["1h"], ["1h"], 50, 0),
        (["1h"], ["90min"], 50, 0),
        (["90min"], ["1h"], 55, 0),
        (["2h"], ["1h"], 55, 0),
        (["1h"], ["24h", "1h"], 50, 0),
        (["24h"], ["23h"], 22 * 60, 0),
        (["24h"], ["1h"], 50, 1),  # a day ago: that one was another
        (["24h", "1h"], ["24h", "30min"], 20, 0),
        (["24h", "12h"], ["24h", "1h"], 50, 1),
    ],
)
def test_another_lead_is_no_second_reminder(
    before: list[str], now: list[str], at: int, expected: int
) -> None:
    sent: list[str] = []
    for minutes in range(25 * 60, at, -5):
        then = snapshot(
            START - minutes * MINUTE, of=event({"kind": "starts_soon", "lead": before}), sent=sent
        )
        sent += [notice.key for notice in due(then, (schedule(session()),)).now]
    known = snapshot(START - at * MINUTE, of=event({"kind": "starts_soon", "lead": now}), sent=sent)
    assert (len(sent) > 0, len(due(known, (schedule(session()),)).now)) == (True, expected)


def test_session_that_moves_is_reminded_of_after_another_lead_too() -> None:
    sent = [
        notice.key
        for notice in due(
            snapshot(START - HOUR, of=event({"kind": "starts_soon", "lead": ["1h"]})), (schedule(session()),)
        ).now
    ]
    later = moved(session(), timedelta(hours=3))
    known = snapshot(START + 2 * HOUR, of=event({"kind": "starts_soon", "lead": ["90min"]}), sent=sent)
    assert len(due(known, (schedule(later),)).now) == 1
