"""Who is asked to facilitate which session, and how many."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callboard.model import Coming, Notice, PersonForm, Session, SignUp, SignUps
from callboard.notices.delivery import due
from tests.notices.event import DAY, HOUR, MINUTE, START, moved, person, schedule, session
from tests.notices.helping import NEEDED, TALK, due_of, entry, event, lists, snapshot, unclear

ALL_DAY = [(START - 14 * HOUR, START + 10 * HOUR)]
PEOPLE_ONLY: Mapping[str, object] = {**NEEDED, "talk_page": ""}
NOW = START - 5 * HOUR
FREE = session()


def asked(
    *entries: SignUp,
    sessions: Iterable[Session] = (FREE,),
    now: datetime = NOW,
    sent: Iterable[str] = (),
    refused: Iterable[str] = (),
    rule: Mapping[str, object] = PEOPLE_ONLY,
) -> list[Notice]:
    known = snapshot(now, of=event(rule), sent=sent, refused=refused)
    return due_of("facilitator_needed", known, schedule(*sessions), lists(*entries))


def names(found: Iterable[Notice]) -> list[str]:
    return [notice.recipient for notice in found]


def helper(name: str = "Linus", **more: object) -> SignUp:
    return entry(name, ALL_DAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (helper(), ["Linus"]),
        (helper(role="'''facilitation''':"), ["Linus"]),
        (helper(role="Chat watch"), []),
        (helper(role=None), []),
        (helper(coming=Coming.MAYBE), []),
        (helper(coming=Coming.NO), []),
        (helper(form=PersonForm.BARE), []),
        (helper("Nobody"), []),
        (entry("Linus", [(START, START + HOUR)]), ["Linus"]),
        (entry("Linus", [(START, START + 30 * MINUTE)]), []),  # not for all of it
        (entry("Linus", [(START + HOUR, START + 2 * HOUR)]), []),
        (entry("Linus"), []),  # gave no hours
        (unclear("Linus"), []),
    ],
    ids=[
        "free", "role in other words", "another role", "no role", "maybe", "no", "bare name", "no account",
        "free then", "free for a part", "free later", "no hours", "unclear hours",
    ],
)  # fmt: skip
def test_who_is_asked(one: SignUp, expected: list[str]) -> None:
    assert names(asked(one)) == expected


def test_who_runs_a_session_or_has_a_shift_then_is_not_asked() -> None:
    elsewhere = session("Maps", rooms=("Room 2",), owners=[person("Linus")], tasks=[])
    assert names(asked(helper(), sessions=[FREE, elsewhere])) == []
    shift = entry("Linus", [(START, START + HOUR)], role="Door", firm=True)
    assert names(asked(helper(), shift)) == []
    assert names(asked(helper("Ada"))) == []  # whose session it is


@pytest.mark.parametrize(
    "covered",
    [
        session(facilitators=[person("Grace")]),
        session(rooms=("Room 2",)),  # no need says that it must have one
        session(start=None),
    ],
    ids=["has one", "needs none", "nobody knows when"],
)
def test_session_that_lacks_nobody_asks_nobody(covered: Session) -> None:
    assert asked(helper(), sessions=[covered]) == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [(DAY + MINUTE, []), (DAY, ["Linus"]), (MINUTE, ["Linus"]), (timedelta(), []), (-MINUTE, [])],
)
def test_when_people_are_asked(before: timedelta, expected: list[str]) -> None:
    assert names(asked(helper(), now=START - before)) == expected


def test_session_that_moves_asks_anew() -> None:
    sent = [notice.key for notice in asked(helper())]
    assert asked(helper(), sent=sent) == []
    assert names(asked(helper(), sent=sent, sessions=[moved(FREE, HOUR)])) == ["Linus"]


EVERYBODY = [helper(name) for name in ("Linus", "Grace", "Barbara", "Edsger")]


def test_no_more_are_asked_for_a_session_than_the_rule_says() -> None:
    first = asked(*EVERYBODY)
    assert names(first) == ["Barbara", "Edsger", "Grace"]
    sent = [notice.key for notice in first]
    assert asked(*EVERYBODY, sent=sent) == []
    # One of them has gone, and still nobody else is asked.
    assert asked(*EVERYBODY[:3], sent=sent) == []
    assert names(asked(*EVERYBODY, rule={**PEOPLE_ONLY, "most_per_session": 1})) == ["Barbara"]


def test_who_cannot_be_told_was_not_asked() -> None:
    refused = [notice.key for notice in asked(*EVERYBODY)]
    assert names(asked(*EVERYBODY, refused=refused)) == ["Linus"]


def test_nobody_is_asked_more_often_than_the_rule_says() -> None:
    rows = [replace(moved(session(f"Talk {n}", tasks=[]), n * HOUR), owners=()) for n in range(4)]
    found = asked(helper(), sessions=rows)
    assert [notice.values["title"] for notice in found] == ["Talk 0", "Talk 1"]
    sent = [notice.key for notice in found]
    assert asked(helper(), sessions=rows, sent=sent) == []
    assert len(asked(helper(), sessions=rows, sent=sent, rule={**PEOPLE_ONLY, "most_per_person": 3})) == 1


def test_nobody_is_asked_while_a_list_was_not_read() -> None:
    known = snapshot(NOW, of=event(NEEDED))
    assert due(known, (schedule(FREE),), ()).now == ()


# --- the helpers' talk page ---


def on_page(*sessions: Session, now: datetime = NOW, sent: Iterable[str] = ()) -> list[Notice]:
    empty: tuple[SignUps, ...] = lists()
    return due_of(
        "facilitator_needed", snapshot(now, of=event(NEEDED), sent=sent), schedule(*sessions), empty
    )


def test_talk_page_is_told_once_a_day_of_all_sessions() -> None:
    other = moved(session("Maps", tasks=[]), 2 * HOUR)
    tomorrow = moved(session("Tea", tasks=[]), DAY)
    (notice,) = on_page(FREE, other, tomorrow)
    assert (notice.talk, notice.to_page, notice.occasion, notice.until) == (
        TALK,
        True,
        "2021-05-22",
        START + 2 * HOUR,
    )
    assert notice.values["title"] == "Saturday, 2 sessions"
    assert notice.values["sessions"] == (
        "Ten years of bots (Saturday, 22 May 2021, 14:00–14:55 (UTC), Room 1); "
        "Maps (Saturday, 22 May 2021, 16:00–16:55 (UTC), Room 1)"
    )
    assert on_page(FREE, tomorrow, sent=[notice.key]) == []
    (next_day,) = on_page(tomorrow, now=START + HOUR, sent=[notice.key])
    assert next_day.occasion == "2021-05-23"


def test_talk_page_names_what_is_ahead_only_and_not_too_much() -> None:
    rows = [moved(session(f"Talk {n}", tasks=[]), n * timedelta(minutes=20)) for n in range(14)]
    (notice,) = on_page(*rows, now=START + 10 * MINUTE)
    assert notice.values["title"] == "Saturday, 13 sessions"
    assert notice.values["sessions"].startswith("Talk 1 (")
    assert notice.values["sessions"].endswith("; and 3 more")


def test_talk_page_that_nobody_named_is_not_told() -> None:
    assert [notice.to_page for notice in asked(helper())] == [False]
    assert [notice.to_page for notice in asked(helper(), rule=NEEDED)] == [False, True]
