"""Needs against shifts: who covers which hours, and what is left uncovered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.cover import cover
from callboard.cover.covering import cut
from callboard.cover.hours import common, joined, total, without
from callboard.cover.needs import needs, same_role
from callboard.model import Coming, Facilitation, Schedule, Session, SignUp
from callboard.model.cover import Need, Shift
from callboard.wikitext.edits import Span
from tests.cover.people import CHAT, SESSIONS, at, covered, entry, event, maybe, session, table, told
from tests.snapshots import event as plain_event


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ([], [(8, 12, "", 1)]),
        ([entry("Ada", (8, 12))], [(8, 12, "Ada", 0)]),
        ([entry("Ada", (0, 24))], [(8, 12, "Ada", 0)]),  # the need's hours, not the offer's
        ([entry("Ada", (12, 14))], [(8, 12, "", 1)]),
        ([entry("Ada", (7, 9), (11, 13))], [(8, 9, "Ada", 0), (9, 11, "", 1), (11, 12, "Ada", 0)]),
        ([entry("Ada", (8, 10)), entry("Ada", (10, 12))], [(8, 12, "Ada", 0)]),  # one person goes on
        ([entry("Ada", (8, 10)), entry("Bo", (10, 12))], [(8, 10, "Ada", 0), (10, 12, "Bo", 0)]),
        ([entry("Bo", (8, 12)), entry("Ada", (9, 10))], [(8, 9, "Bo", 0), (9, 10, "Ada Bo", 0), (10, 12, "Bo", 0)]),
        # what covers nothing
        ([entry("Ada")], [(8, 12, "", 1)]),
        ([entry("Ada", (8, 12), ambiguous=True)], [(8, 12, "", 1)]),
        ([maybe("Ada", (8, 12))], [(8, 12, "", 1)]),
        ([entry(None, (8, 12))], [(8, 12, "", 1)]),
        ([entry(None, (8, 12), placeholder=True)], [(8, 12, "", 1)]),
        ([entry("Ada", (8, 12), role="Welcome desk")], [(8, 12, "", 1)]),
        # names of the role
        ([entry("Ada", (8, 12), role="CHAT  watch:")], [(8, 12, "Ada", 0)]),
        ([entry("Ada", (8, 12), role="'''Chat''' watch")], [(8, 12, "Ada", 0)]),
        ([entry("Ada", (8, 12), role="chat lamp")], [(8, 12, "Ada", 0)]),  # its alias
        # a session takes its owner and its facilitators away
        ([entry("Ada", (8, 12)), session("A", owners=["Ada"])], [(8, 9, "Ada", 0), (9, 10, "", 1), (10, 12, "Ada", 0)]),
        ([entry("Ada", (8, 12)), session("A", facilitators=["Ada"])], [(8, 9, "Ada", 0), (9, 10, "", 1), (10, 12, "Ada", 0)]),
        ([table("Ada", 8, 12), session("A", owners=["Ada"])], [(8, 9, "Ada", 0), (9, 10, "", 1), (10, 12, "Ada", 0)]),
        # without an end it lasts as long as its format, and at least a moment
        ([entry("Ada", (8, 12)), session("A", 9, None, owners=["Ada"], format="Workshop")], [(8, 9, "Ada", 0), (9, 9 + 55 / 60, "", 1), (9 + 55 / 60, 12, "Ada", 0)]),
        ([entry("Ada", (8, 12)), session("A", None, None, owners=["Ada"])], [(8, 12, "Ada", 0)]),
        # a firm slot elsewhere takes an offer away, not another firm slot
        ([entry("Ada", (8, 12)), table("Ada", 10, 11, role="Desk")], [(8, 10, "Ada", 0), (10, 11, "", 1), (11, 12, "Ada", 0)]),
        ([table("Ada", 8, 12), table("Ada", 10, 11, role="Desk")], [(8, 12, "Ada", 0)]),
        ([entry("Ada", (8, 12)), table("Ada", 10, 11)], [(8, 12, "Ada", 0)]),
    ],
)  # fmt: skip
def test_one_person_from_eight_to_twelve(
    what: list[SignUp | Session], expected: list[tuple[float, float, str, int]]
) -> None:
    known = covered(event({**CHAT, "aliases": ["Chat lamp"]}), *what)
    assert told(known.stretches) == [pytest.approx(one) for one in expected]


def test_more_and_fewer_than_are_needed() -> None:
    known = covered(
        event({**CHAT, "people": 2}), entry("Ada", (8, 12)), entry("Bo", (9, 11)), entry("Cy", (10, 11))
    )
    assert told(known.stretches) == [
        (8, 9, "Ada", 1),
        (9, 10, "Ada Bo", 0),
        (10, 11, "Ada Bo Cy", 0),
        (11, 12, "Ada", 1),
    ]  # fmt: skip
    assert [one.extra for one in known.stretches] == [0, 0, 1, 0]
    assert told(known.gaps) == [(8, 9, "Ada", 1), (11, 12, "Ada", 1)]


def test_a_room_is_covered_by_its_own_slots() -> None:
    rooms = {**CHAT, "rooms": ["Hacking room 1", "Hacking room 2"]}
    known = covered(event(rooms), table("Ada", 8, 12, "Hacking room 1"), entry("Bo", (8, 12)))
    assert [(one.need.room, told([one])) for one in known.stretches] == [
        ("Hacking room 1", [(8, 12, "Ada", 0)]),
        ("Hacking room 2", [(8, 12, "", 1)]),
    ]
    of_no_role = covered(
        event(rooms), table("Ada", 8, 12, "Hacking room 2", role=""), table("Bo", 8, 12, role="")
    )
    assert [told([one]) for one in of_no_role.stretches] == [[(8, 12, "", 1)], [(8, 12, "Ada", 0)]]


# --- sessions ---


@pytest.mark.parametrize(
    ("rules", "sessions", "expected"),
    [
        ([SESSIONS], [session("A", facilitators=["Ada"])], [(9, 10, "Ada", 0)]),
        ([SESSIONS], [session("A")], [(9, 10, "", 1)]),
        ([SESSIONS], [session("A", facilitators=None)], [(9, 10, "", 1)]),
        ([SESSIONS], [session("A", facilitators=["Bo", "Ada"])], [(9, 10, "Ada Bo", 0)]),
        ([{"facilitators": 2}], [session("A", facilitators=["Ada", "Ada"])], [(9, 10, "Ada", 1)]),
        ([SESSIONS], [session("A", None, None)], []),
        ([SESSIONS], [session("A", 10, 9)], []),
        ([SESSIONS], [session("A", 9, None, format="Workshop")], [(9, 9 + 55 / 60, "", 1)]),
        # which sessions
        ([{**SESSIONS, "rooms": ["Hacking room 2"]}], [session("A")], []),
        ([{**SESSIONS, "formats": ["Workshop"]}], [session("A")], []),
        ([{**SESSIONS, "formats": ["Workshop"]}], [session("A", marker="🛠")], [(9, 10, "", 1)]),
        ([{**SESSIONS, "days": ["2021-05-21"]}], [session("A")], []),
        # several rules: the largest need; several sessions in one slot share their facilitators
        ([SESSIONS, {"facilitators": 2, "formats": ["Workshop"]}], [session("A", format="workshop")], [(9, 10, "", 2)]),
        ([SESSIONS], [session("A"), session("B", facilitators=["Ada"])], [(9, 10, "Ada", 0)]),
        ([SESSIONS], [session("A"), session("B", room="Hacking room 2")], [(9, 10, "", 1), (9, 10, "", 1)]),
    ],
)  # fmt: skip
def test_sessions_and_their_facilitators(
    rules: list[dict[str, Any]], sessions: list[Session], expected: list[tuple[float, float, str, int]]
) -> None:
    assert told(covered(event(*rules), *sessions).stretches) == [pytest.approx(one) for one in expected]


def test_a_mark_with_words_that_name_no_account_is_somebody() -> None:
    text = "facilitation: the whole team"
    mark = Facilitation(Span(0, len(text)), Span(0, 13), Span(14, len(text)), (), open=False)
    page = Schedule("Schedule", text, "grid", (replace(session("A"), facilitation=mark),))
    assert told(cover(event(SESSIONS), [page], []).stretches) == [(9, 10, "the whole team", 0)]


# --- hours of needs ---


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ({"from": "08:00", "to": "20:00"}, [(8 - 24, 20 - 24), (8, 20), (32, 44)]),
        ({"from": "22:00", "to": "02:00", "days": ["2021-05-22"]}, [(22, 26)]),  # over midnight
        ({"from": "09:00", "to": "09:00", "days": ["2021-05-22"]}, [(9, 33)]),
        ({"days": ["2021-05-22"]}, [(0, 24)]),
        ({"to": "12:00", "days": ["2021-05-22"]}, [(0, 12)]),
    ],
)
def test_hours_of_a_role(rule: dict[str, Any], hours: list[tuple[float, float]]) -> None:
    found = needs(event({"role": "Chat watch", **rule}), [])
    assert [(need.start, need.end) for need in found] == [(at(start), at(end)) for start, end in hours]


def test_hours_are_of_the_event_s_zone_and_of_its_days() -> None:
    facts = {
        "title": "Hackathon",
        "zone": "Europe/Berlin",
        "days": [{"date": "2021-05-22", "opens": "10:00", "closes": "18:00"}],
    }
    of = event({"role": "Chat watch"}, {"role": "Desk", "from": "09:00", "to": "10:30"}, event=facts)
    assert [(need.role, need.start, need.end) for need in needs(of, [])] == [
        ("Chat watch", at(8), at(16)),
        ("Desk", at(7), at(8.5)),
    ]


def test_an_hour_that_the_clock_leaves_out_is_no_need() -> None:
    facts = {"title": "Hackathon", "zone": "Europe/Berlin", "days": ["2021-03-27", "2021-03-28"]}
    of = event({"role": "Chat watch", "from": "02:00", "to": "03:00"}, event=facts)
    assert [need.start for need in needs(of, [])] == [datetime(2021, 3, 27, 1, tzinfo=UTC)]


def test_an_event_without_needs_lacks_nobody() -> None:
    known = covered(plain_event(), entry("Ada", (8, 12)), session("A", facilitators=["Bo"]))
    assert (known.needs, known.stretches, known.gaps) == ((), (), ())
    assert known.hours == {"Bo": timedelta(hours=1)}  # an offer that no need takes is no hour


@pytest.mark.parametrize(
    ("name", "same"),
    [("Chat Watch", "chat watch"), (" '''Chat&nbsp;watch''' :", "chat watch"), ("[[Chat|Chat watch]]", "chat watch"), ("", "")],
)  # fmt: skip
def test_names_of_a_role(name: str, same: str) -> None:
    assert same_role(name) == same


def test_hours_per_person_count_overlaps_once() -> None:
    known = covered(
        event(CHAT, SESSIONS, {"role": "Desk", "from": "08:00", "to": "12:00", "days": ["2021-05-22"]}),
        entry("Ada", (0, 24)),
        entry("Ada", (10, 11), role="Desk"),
        session("A", 14, 15, facilitators=["Ada"]),
        session("B", 14.5, 15.5, room="Hacking room 2", facilitators=["Ada"]),
        table("Bo", 20, 21, role="Cleaning up"),
    )
    assert known.hours == {"Ada": timedelta(hours=5.5), "Bo": timedelta(hours=1)}


def test_volunteers_and_entries_with_unclear_hours() -> None:
    known = covered(
        event(CHAT, wording={"first_time": ["first time"]}),
        entry("Ada", (8, 9), comment="my FIRST time"),
        entry("Ada", ambiguous=True, role="Desk"),
        entry("Bo", ambiguous=True),
        maybe("Cy", (8, 12)),
        entry("Cy", ambiguous=True, coming=Coming.NO),
        table("Dee", 8, 12),
        session("A", facilitators=["Dee"]),
    )
    assert known.unclear == {"Chat watch": 1}
    assert [
        (one.person, one.roles, one.hours, one.unclear, str(one.coming), one.first_time, one.facilitates)
        for one in known.volunteers.values()
    ] == [
        ("Ada", ("Chat watch", "Desk"), ((at(8), at(9)),), True, "yes", True, False),
        ("Bo", ("Chat watch",), (), True, "yes", False, False),
        ("Cy", ("Chat watch",), ((at(8), at(12)),), False, "maybe", False, False),
        ("Dee", ("Chat watch",), (), False, "yes", False, True),
    ]


# --- properties ---

hour = st.integers(0, 30)
hours_of_day = st.tuples(hour, hour).map(lambda pair: (min(pair), max(pair) + 1))
names = st.sampled_from(["Ada", "Bo", "Cy", "Dee"])
parts = st.lists(st.tuples(names, hours_of_day), max_size=12)


def _needed(people: int, hours: tuple[int, int]) -> Need:
    return Need("Chat watch", at(hours[0]), at(hours[1]), people)


@given(parts, hours_of_day, st.integers(1, 3))
def test_every_instant_of_a_need_is_in_one_stretch(
    given: list[tuple[str, tuple[int, int]]], hours: tuple[int, int], people: int
) -> None:
    shifts = [
        Shift(name, "Chat watch", at(start), at(end), firm=False, page="Helpers", line=1)
        for name, (start, end) in given
    ]
    need = _needed(people, hours)
    found = cut(need, [(shift.start, shift.end, shift) for shift in shifts])
    # In a row from start to end, nothing twice, nothing left out, and a change of people between two.
    assert [one.start for one in found] == [need.start, *(one.end for one in found[:-1])]
    assert found[-1].end == need.end
    assert all(one.start < one.end for one in found)
    assert all(
        [shift.person for shift in one.there] != [shift.person for shift in other.there]
        for one, other in pairwise(found)
    )
    # At half past any hour those are there who said so, and no others.
    for one in range(*hours):
        moment = at(one + 0.5)
        (here,) = [stretch for stretch in found if stretch.start <= moment < stretch.end]
        there = {name for name, (start, end) in given if at(start) <= moment < at(end)}
        assert {shift.person for shift in here.there} == there
        assert (here.missing, here.extra) == (max(0, people - len(there)), max(0, len(there) - people))
    gaps = total((one.start, one.end) for one in found if one.missing)
    full = total((one.start, one.end) for one in found if not one.missing)
    assert gaps + full == need.end - need.start


signed = st.lists(
    st.builds(
        lambda name, hours, firm: entry(name, hours, firm=firm, role="Chat watch"),
        names,
        hours_of_day,
        st.booleans(),
    ),
    max_size=8,
)
held = st.lists(
    st.builds(
        lambda name, hours, runs: session(
            "A", *hours, owners=[name] if runs else [], facilitators=[] if runs else [name]
        ),
        names,
        hours_of_day,
        st.booleans(),
    ),
    max_size=5,
)


@given(signed, held)
def test_nobody_covers_a_role_while_they_run_a_session(
    entries: list[SignUp], sessions: list[Session]
) -> None:
    known = covered(event(CHAT, SESSIONS), *entries, *sessions)
    for one in known.stretches:
        for shift in one.there if not one.need.session else ():
            assert not common([(one.start, one.end)], known.sessions.get(shift.person, ()))
    assert sum((total([(one.start, one.end)]) for one in known.stretches), timedelta()) == sum(
        (need.end - need.start for need in known.needs), timedelta()
    )


@given(signed, held)
def test_hours_are_those_of_shifts_and_covered_needs(entries: list[SignUp], sessions: list[Session]) -> None:
    known = covered(event(CHAT, SESSIONS), *entries, *sessions)
    for person, length in known.hours.items():
        theirs = [(one.start, one.end) for one in known.shifts if one.firm and one.person == person]
        theirs += [
            (one.start, one.end) for one in known.stretches if person in {shift.person for shift in one.there}
        ]
        quarters = {at(n / 4) for n in range(4 * 40)}
        there = [moment for moment in quarters if any(start <= moment < end for start, end in theirs)]
        assert length == timedelta(minutes=15) * len(there)
    assert covered(event(CHAT, SESSIONS), *reversed(entries), *sessions).hours == known.hours


intervals = st.lists(hours_of_day.map(lambda pair: (at(pair[0]), at(pair[1]))), max_size=6)


@given(intervals, intervals)
def test_hours_are_added_up(
    one: list[tuple[datetime, datetime]], other: list[tuple[datetime, datetime]]
) -> None:
    assert total(one) == total(without(one, other)) + total(common(one, other))
    assert joined(joined(one)) == joined(one)
    assert not common(without(one, other), other)
