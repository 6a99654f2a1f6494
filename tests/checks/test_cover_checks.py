"""Gaps in the cover, helpers in two places, first-timers alone: told once, and at the right moment."""

from datetime import datetime
from typing import Any

import pytest

from callboard.checks import run_checks
from callboard.model import Coming, Problem, Schedule, Session, Severity, SignUp, SignUps
from callboard.snapshot import Snapshot
from tests.cover.people import CHAT, SESSIONS, at, entry, event, session, table

CODES = {"cover-gap", "helper-twice", "helper-busy", "first-timer-alone", "no-facilitator"}
DESK = {**CHAT, "role": "Desk"}
EARLY = at(-40)


def found(
    rules: list[dict[str, Any]],
    *what: SignUp | Session,
    now: datetime = EARLY,
    lists: bool = True,
    **parts: Any,
) -> list[Problem]:
    """The problems of these codes, in order of urgency."""
    entries = tuple(one for one in what if isinstance(one, SignUp))
    sessions = tuple(one for one in what if isinstance(one, Session))
    signups = (SignUps("Helpers", "", "roles", entries),) if lists else ()
    problems = run_checks(
        (Schedule("Schedule", "", "grid", sessions),), signups, Snapshot(event(*rules, **parts), now)
    )
    return [problem for problem in problems if problem.code in CODES]


def said(problems: list[Problem]) -> list[str]:
    return [f"{problem.code}: {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    ("rules", "what", "expected"),
    [
        ([], [entry("Ada", (9, 10)), session("A", facilitators=None)], []),
        ([CHAT], [entry("Ada", (8, 12))], []),
        (
            [CHAT],
            [],
            ["cover-gap: nobody covers Chat watch Sat 22 May 08:00–12:00 UTC; ask for somebody, or sign up"],
        ),
        (
            [CHAT],
            [entry("Ada", (9, 10)), entry("Bo", ambiguous=True)],
            [
                (
                    "cover-gap: nobody covers Chat watch Sat 22 May 08:00–09:00 UTC and Sat 22 May 10:00–12:00 UTC;"
                    " 1 entry with unclear hours is not counted; ask for somebody, or sign up"
                )
            ],
        ),
        (
            [{**CHAT, "people": 2}],
            [entry("Ada", (0, 24))],
            [
                (
                    "cover-gap: too few people cover Chat watch Sat 22 May 08:00–12:00 UTC (2 are needed);"
                    " ask for somebody, or sign up"
                )
            ],
        ),
        (
            [CHAT],
            [entry("Ada", (0, 24)), session("A", owners=["Ada"], facilitators=["Bo"])],
            [
                (
                    "cover-gap: nobody covers Chat watch Sat 22 May 09:00–10:00 UTC; Ada signed up for it, but is taken"
                    " elsewhere then; ask for somebody, or sign up"
                )
            ],
        ),
        (
            [{**CHAT, "rooms": ["Hacking room 1"]}],
            [],
            [
                (
                    "cover-gap: nobody covers Chat watch in Hacking room 1 Sat 22 May 08:00–12:00 UTC;"
                    " ask for somebody, or sign up"
                )
            ],
        ),
        # sessions
        ([SESSIONS], [session("A", facilitators=["Ada"])], []),
        (
            [SESSIONS],
            [session("A", facilitators=None)],
            ['cover-gap: nobody has signed up to facilitate "A"; ask for somebody, or sign up'],
        ),
        # a mark that is open is told of already
        (
            [SESSIONS],
            [session("A")],
            ['no-facilitator: nobody has signed up to facilitate "A"; ask for somebody, or sign up'],
        ),
        (
            [{"facilitators": 2}],
            [session("A", facilitators=["Ada"])],
            ['cover-gap: 2 people should facilitate "A", but only Ada signed up; ask for somebody'],
        ),
    ],
)
def test_gaps(rules: list[dict[str, Any]], what: list[SignUp | Session], expected: list[str]) -> None:
    assert said(found(rules, *what)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(-16.1), (Severity.NOTE, at(8))),
        (at(-16), (Severity.WARNING, at(8))),
        (at(8.5), (Severity.WARNING, at(8))),
        (at(9), (Severity.WARNING, at(10))),  # the first gap is over
        (at(12), None),
    ],
)
def test_a_gap_matters_until_it_is_over(now: datetime, expected: tuple[Severity, datetime] | None) -> None:
    problems = found([CHAT], entry("Ada", (9, 10)), now=now)
    assert [(one.severity, one.at) for one in problems] == ([expected] if expected else [])


def test_a_gap_is_known_again_while_time_goes_by() -> None:
    facts = {one.facts for now in (EARLY, at(9)) for one in found([CHAT], entry("Ada", (9, 10)), now=now)}
    assert facts == {
        (
            "cover-gap",
            "chat watch",
            "",
            "1",
            "2021-05-22T08:00+00:00 2021-05-22T09:00+00:00 1",
            "2021-05-22T10:00+00:00 2021-05-22T12:00+00:00 1",
        )
    }


def test_nothing_is_missing_in_lists_that_were_not_read() -> None:
    assert found([CHAT], lists=False) == []


def test_gaps_are_ordered_by_time_and_told_at_the_role_s_first_entry() -> None:
    late = {**CHAT, "role": "Desk", "from": "06:00", "to": "07:00"}
    problems = found([CHAT, late], entry("Ada", ambiguous=True, line=7, role="Desk"))
    assert [(one.page, one.line, one.at) for one in problems] == [
        ("Helpers", 7, at(6)),
        ("Helpers", None, at(8)),
    ]
    slot = table("Ada", 8, 9, "Hacking room 1", role="", line=5)
    problems = found([{**CHAT, "rooms": ["Hacking room 1"]}], slot)
    assert [(one.line, one.at) for one in problems] == [(5, at(9))]


# --- in two places ---


@pytest.mark.parametrize(
    ("rules", "what", "expected"),
    [
        # firm: slots of tables
        ([], [table("Ada", 8, 9), table("Ada", 9, 10, role="Desk")], []),
        ([], [table("Ada", 8, 9), table("Ada", 8, 9)], []),
        ([], [table("Ada", 8, 9), table("Bo", 8, 9, role="Desk")], []),
        (
            [],
            [table("Ada", 8, 10), table("Ada", 9, 11, role="Desk")],
            [
                (
                    "helper-twice: Ada is down for Desk (Sat 22 May 09:00–11:00 UTC) and for Chat watch"
                    " (Sat 22 May 08:00–10:00 UTC); find somebody else for one of them"
                )
            ],
        ),
        (
            [],
            [table("Ada", 8, 9, "Hacking room 1", role=""), table("Ada", 8, 9, "Hacking room 2", role="")],
            [
                (
                    "helper-twice: Ada is down for Hacking room 2 (Sat 22 May 08:00–09:00 UTC) and for Hacking room 1"
                    " (Sat 22 May 08:00–09:00 UTC); find somebody else for one of them"
                )
            ],
        ),
        (
            [],
            [table("Ada", 9, 10), session("A", owners=["Ada"], facilitators=["Bo"])],
            [
                (
                    "helper-twice: Ada is down for Chat watch (Sat 22 May 09:00–10:00 UTC) and for"
                    ' "A" (line 1 of [[Schedule]]) (Sat 22 May 09:00–10:00 UTC); find somebody else for one of them'
                )
            ],
        ),
        # in the room of their own session they are where they are
        ([], [table("Ada", 9, 10, "Hacking room 1"), session("A", owners=["Ada"], facilitators=None)], []),
        # offers: only where nothing is left
        ([], [entry("Ada", (8, 12)), entry("Ada", (8, 12), role="Desk")], []),
        ([CHAT, DESK], [entry("Ada", (8, 12)), entry("Ada", (8, 12), role="Desk"), entry("Bo", (8, 12))], []),
        (
            [CHAT, DESK],
            [entry("Ada", (8, 12)), entry("Ada", (10, 12), role="Desk"), entry("Bo", (8, 10), role="Desk")],
            [
                (
                    "helper-twice: Chat watch and Desk both count on Ada Sat 22 May 10:00–12:00 UTC;"
                    " find one more for one of them"
                )
            ],
        ),
        # an offer that their own session takes is helper-busy's
        (
            [],
            [entry("Ada", (9, 10)), session("A", owners=["Ada"], facilitators=["Bo"])],
            [
                (
                    'helper-busy: Ada offers to help for Chat watch Sat 22 May 09:00–10:00 UTC, but is needed in "A"'
                    " (line 1 of [[Schedule]]) all of that time; agree on other hours, or find somebody else"
                )
            ],
        ),
    ],
)
def test_in_two_places(
    rules: list[dict[str, Any]], what: list[SignUp | Session], expected: list[str]
) -> None:
    assert said(found(rules, *what)) == expected


def test_a_slot_is_no_word_on_other_hours_and_who_does_not_come_offers_none() -> None:
    what = [session("A", owners=["Ada"], facilitators=["Bo"])]
    page = Schedule("Schedule", "", "grid", tuple(what))
    for one in (
        table("Ada", 14, 15),
        entry("Ada", (14, 15), coming=Coming.NO),
        entry("Ada", (9, 10), coming=Coming.NO),
        entry("Ada", (9, 10), coming=Coming.MAYBE),
        entry("Ada", ambiguous=True, coming=Coming.NO),
    ):
        signups = SignUps("Helpers", "", "roles", (one,))
        assert run_checks((page,), (signups,), Snapshot(event(), EARLY)) == ()


def test_two_sessions_at_once_are_not_told_here() -> None:
    what = [session("A", facilitators=["Ada"]), session("B", room="Hacking room 2", facilitators=["Ada"])]
    assert found([SESSIONS], entry("Ada", (0, 24)), *what) == []


# --- for the first time ---

ALONE = "for the first time; find somebody to go with them"


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ([entry("Ada", (8, 12))], []),
        ([entry("Ada", (8, 12), comment="first time"), entry("Bo", (8, 12))], []),
        (
            [entry("Ada", (8, 12), comment="my First Time!")],
            [f"first-timer-alone: Ada is alone at Chat watch Sat 22 May 08:00–12:00 UTC, and helps {ALONE}"],
        ),
        (
            [entry(name, (8, 12), comment="first time") for name in ("Ada", "Bo")],
            [
                f"first-timer-alone: Ada and Bo are alone at Chat watch Sat 22 May 08:00–12:00 UTC, and help {ALONE}"
            ],
        ),
        (
            [entry("Ada", comment="first time"), entry("Bo", (8, 12)), session("A", facilitators=["Ada"])],
            [f'first-timer-alone: Ada is alone at "A" Sat 22 May 09:00–10:00 UTC, and helps {ALONE}'],
        ),
    ],
)
def test_first_timers(what: list[SignUp | Session], expected: list[str]) -> None:
    assert said(found([CHAT, SESSIONS], *what, cover={"first_timers": True})) == expected
    assert said(found([CHAT, SESSIONS], *what)) == []
    assert said(found([CHAT, SESSIONS], *what, cover={"first_timers": True}, now=at(12))) == []
