"""Who could take a gap: who is asked, in which order, with which reasons, and who never."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.cover.hours import common
from callboard.cover.suggesting import Suggestion, shared_out
from callboard.cover.telling import length_told
from callboard.model import Account, Coming, Session, SignUp
from callboard.model.cover import Cover
from tests.cover.people import CHAT, SESSIONS, accounts, at, covered, entry, event, maybe, session, table

EVERYBODY = accounts("Ada", "Bo", "Cy", "Dee")


def suggestions(
    known: Cover, number: int = 0, of: Mapping[str, Account] = EVERYBODY, *, away: Collection[str] = ()
) -> tuple[Suggestion, ...]:
    """What is suggested for one gap alone."""
    ((_, found),) = shared_out(known, [known.gaps[number]], of, away=away)
    return found


def asked(known: Cover, number: int = 0) -> list[str]:
    """Who is suggested for a gap, the best first."""
    return [one.person for one in suggestions(known, number)]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ([], []),
        # free then, by the hours they gave
        ([entry("Ada", (0, 24), role="Desk")], ["Ada"]),
        ([entry("Ada", (12, 24), role="Desk")], []),
        ([entry("Ada", role="Desk")], ["Ada"]),  # said nothing of hours
        ([table("Ada", 12, 14, role="Door")], ["Ada"]),  # is somewhere else at another time
        ([entry("Ada", role="Desk", ambiguous=True)], []),
        ([entry("Ada", (0, 24), role="Desk", coming=Coming.NO)], []),
        ([entry(None, (0, 24), role="Desk")], []),
        # not busy
        ([entry("Ada", (0, 24), role="Desk"), session("A", 8, 12, owners=["Ada"])], []),
        ([entry("Ada", (0, 24), role="Desk"), session("A", 8, 12, facilitators=["Ada"])], []),
        ([entry("Ada", (0, 24), role="Desk"), table("Ada", 8, 12, role="Door")], []),
        # the order: sure before unsure, of the role before others, by hours, by name
        ([entry("Ada", role="Desk"), entry("Bo", (0, 24), role="Desk")], ["Bo", "Ada"]),
        ([maybe("Ada", (0, 24)), entry("Bo", (0, 24), role="Desk")], ["Bo", "Ada"]),
        ([entry("Ada", role="Desk"), entry("Bo")], ["Bo", "Ada"]),
        ([entry("Bo", (0, 24), role="Desk"), entry("Ada", (0, 24), role="Desk")], ["Ada", "Bo"]),
        ([entry("Ada", (0, 24), role="Desk"), entry("Bo", (0, 24), role="Desk"), session("A", 14, 15, facilitators=["Ada"])], ["Bo", "Ada"]),
        ([entry("Ada", (8, 9), role="Desk"), entry("Bo", (0, 24), role="Desk")], ["Bo", "Ada"]),  # all of it before a part
        ([session("A", 14, 15, facilitators=["Ada"])], ["Ada"]),
    ],
)  # fmt: skip
def test_who_could_watch_the_chat(what: list[SignUp | Session], expected: list[str]) -> None:
    assert asked(covered(event(CHAT), *what)) == expected


def test_who_is_there_already_is_not_asked() -> None:
    known = covered(event({**CHAT, "people": 2}), entry("Ada", (8, 12)), entry("Bo", (0, 24), role="Desk"))
    assert asked(known) == ["Bo"]


def test_who_is_needed_elsewhere_is_not_taken_away() -> None:
    desk = {**CHAT, "role": "Desk"}
    known = covered(event(CHAT, desk), entry("Ada", (8, 12), role="Desk"))
    assert asked(known) == []
    known = covered(event(CHAT, desk), entry("Ada", (8, 12), role="Desk"), entry("Bo", (8, 12), role="Desk"))
    assert asked(known) == ["Ada", "Bo"]  # one of them is more than needed


def test_a_session_is_taken_as_a_whole_and_other_gaps_in_parts() -> None:
    half = entry("Ada", (9, 9.5), role="Desk")
    assert asked(covered(event(SESSIONS), session("A"), half)) == []
    known = covered(event(CHAT), half, session("A", 9.25, 9.5, owners=["Ada"]))
    (one,) = suggestions(known)
    assert one.takes == ((at(9), at(9.25)),)


def test_facilitators_of_other_sessions_come_first_for_a_session() -> None:
    known = covered(
        event(SESSIONS),
        session("A"),
        session("B", 14, 15, facilitators=["Cy"]),
        entry("Ada"),
        entry("Bo", (0, 24)),
    )
    assert asked(known) == ["Bo", "Cy", "Ada"]


def test_a_first_timer_comes_first_only_where_somebody_else_is_there() -> None:
    first = entry("Ada", (0, 24), comment="first time")
    other = entry("Bo", (0, 24), role="Desk")
    alone = covered(event(CHAT), replace(first, role="Desk"), other)
    assert asked(alone) == ["Bo", "Ada"]
    with_cy = covered(event({**CHAT, "people": 2}), replace(first, role="Desk"), other, entry("Cy", (8, 12)))
    assert asked(with_cy) == ["Ada", "Bo"]


@pytest.mark.parametrize(
    "account",
    [
        Account("Ada", exists=False),
        Account("Ada", exists=False, renamed_to="Ada L."),
        Account("Ada", exists=True, named=False),
        Account("Ada", exists=True, bot=True),
        Account("Ada", exists=True, blocked_forever=True),
        Account("Ada", exists=True, locked=True),
    ],
)
def test_who_cannot_be_told_is_not_suggested(account: Account) -> None:
    known = covered(event(CHAT), entry("Ada", (0, 24), role="Desk"))
    assert suggestions(known, of={"Ada": account}) == ()


def test_who_is_unknown_or_away_is_not_suggested() -> None:
    known = covered(event(CHAT), entry("Ada", (0, 24), role="Desk"))
    assert suggestions(known, of={}) == ()
    assert suggestions(known, away=["Ada"]) == ()


def test_reasons_in_words() -> None:
    known = covered(
        event(CHAT),
        entry("Ada", (8, 9)),
        session("A", 8, 9, owners=["Ada"], facilitators=["Bo"]),
        entry("Cy", role="Desk", comment="my first time"),
        maybe("Dee", (8, 9)),
    )
    assert [(one.person, one.reasons, one.sure) for one in suggestions(known)] == [
        ("Dee", ("signed up for Chat watch", "free then by the hours they gave", "may come", "has nothing else so far"), False),
        ("Bo", ("facilitates other sessions", "gave no hours, so ask whether they can", "has 1 hour so far"), False),
        ("Cy", ("signed up for Desk", "gave no hours, so ask whether they can", "would be alone, and helps for the first time", "has nothing else so far"), False),
    ]  # fmt: skip


def test_heading_that_only_says_who_comes_is_no_role() -> None:
    known = covered(event(CHAT), entry("Ada", role="Maybe", coming=Coming.MAYBE), entry("Bo", role="Yes"))
    reasons = [(one.person, one.reasons[0]) for one in suggestions(known)]
    assert reasons == [("Ada", "signed up"), ("Bo", "signed up")]


def test_gaps_are_shared_out_fairly() -> None:
    """Who comes first for one gap has these hours more for the next, and is not asked for two at once."""
    known = covered(
        event(SESSIONS),
        session("A", 9, 10),
        session("B", 9, 10, room="Hacking room 2"),
        session("C", 11, 12),
        *(entry(name, (0, 24), role="Desk") for name in ("Ada", "Bo", "Cy")),
    )
    found = shared_out(known, known.gaps, EVERYBODY)
    assert [[one.person for one in people] for _, people in found] == [
        ["Ada", "Bo", "Cy"],
        ["Bo", "Cy"],
        ["Cy", "Ada", "Bo"],
    ]
    assert found[2][1][1].hours == timedelta(hours=1)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes")],
)
def test_lengths_in_words(minutes: int, words: str) -> None:
    assert length_told(timedelta(minutes=minutes)) == words


hour = st.integers(0, 23)
names = st.sampled_from(["Ada", "Bo", "Cy", "Dee"])
roles = st.sampled_from(["Chat watch", "Desk"])
helpers = st.lists(
    st.builds(lambda name, start, role: entry(name, (start, start + 3), role=role), names, hour, roles),
    max_size=6,
)
held = st.lists(
    st.builds(lambda name, start: session("A", start, start + 1, owners=[name]), names, hour), max_size=4
)


@given(helpers, held)
def test_nobody_is_asked_for_hours_that_they_do_not_have(
    entries: list[SignUp], sessions: list[Session]
) -> None:
    known = covered(event(CHAT, {**CHAT, "role": "Desk"}), *entries, *sessions)
    shuffled = covered(event(CHAT, {**CHAT, "role": "Desk"}), *reversed(entries), *reversed(sessions))
    for gap, people in shared_out(known, known.gaps, EVERYBODY):
        for one in people:
            assert [*one.takes] == common([(gap.start, gap.end)], one.takes)
            assert [*one.takes] == common(known.volunteers[one.person].hours, one.takes)
            assert not common(known.sessions.get(one.person, ()), one.takes)
    asked = [[one.person for one in people] for _, people in shared_out(known, known.gaps, EVERYBODY)]
    again = [[one.person for one in people] for _, people in shared_out(shuffled, shuffled.gaps, EVERYBODY)]
    assert asked == again
