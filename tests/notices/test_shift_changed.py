"""What facilitators are told when their session moves, goes and comes back: each change once, from what they know."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.last_look import sessions_seen
from callboard.look_text import as_json, from_json, sight_records, sights_in
from callboard.model import (
    GoneSession,
    LastLook,
    LineAuthors,
    Maker,
    Notice,
    PersonForm,
    Problem,
    Schedule,
    Session,
    Severity,
)
from callboard.notices.delivery import due
from callboard.notices.known import sights_seen
from callboard.notices.told import PARTS
from callboard.report_frame import END, HEARTBEAT
from callboard.report_frame import START as REPORT
from tests.notices.event import DAY, HOUR, MINUTE, START, moved, person, schedule, session
from tests.notices.helping import event, look_at, seen, snapshot

OF = event({"kind": "shift_changed"}, {"kind": "shift_cancelled"}, delivery={"per_day": 99})
ROW = session(facilitators=[person("Grace")])
LATER = moved(ROW, 2 * HOUR)
NOW = START - 5 * HOUR


def told(
    *sessions: Session, last: LastLook, sent: Iterable[str] = (), now: datetime = NOW
) -> list[tuple[str, str, str]]:
    found = due(snapshot(now, of=OF, sent=sent, last=last), (schedule(*sessions),)).now
    return [(notice.kind, notice.recipient, notice.occasion) for notice in found]


def keys(*sessions: Session, last: LastLook, sent: Iterable[str] = ()) -> list[str]:
    found = due(snapshot(NOW, of=OF, sent=sent, last=last), (schedule(*sessions),)).now
    return [notice.key for notice in found]


GRACE = look_at(ROW, "Grace")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (ROW, []),
        (replace(ROW, title="Another title"), []),
        (replace(ROW, line=99), []),
        (replace(ROW, end=START + 2 * HOUR), []),
        (LATER, ["1 2021-05-22T16:00Z Room 1"]),
        (replace(ROW, rooms=("Room 2",)), ["1 2021-05-22T14:00Z Room 2"]),
        (replace(LATER, rooms=("Room 2",)), ["1 2021-05-22T16:00Z Room 2"]),
        (replace(LATER, rooms=()), ["1 2021-05-22T16:00Z"]),
        (replace(ROW, rooms=()), []),  # a room that is not named is not another room
        (replace(ROW, start=None), []),  # nobody knows when
        (replace(LATER, facilitation=None), []),
        (session(start=START + HOUR, facilitators=[person("Linus")]), []),  # who was not there before
        (session(start=START + HOUR, facilitators=[person("Grace", PersonForm.BARE)]), []),
    ],
    ids=[
        "nothing", "title", "line", "end", "time", "room", "time and room", "time, no room", "no room", "no time",
        "facilitator gone", "another facilitator", "a bare name",
    ],
)  # fmt: skip
def test_what_is_a_change(now: Session, expected: list[str]) -> None:
    assert told(now, last=GRACE) == [("shift_changed", "Grace", occasion) for occasion in expected]


def test_owners_are_not_told() -> None:
    assert [who for _, who, _ in told(LATER, last=GRACE)] == ["Grace"]


def test_first_sight_is_no_change() -> None:
    assert told(LATER, last=LastLook()) == []
    assert told(LATER, last=LastLook(known=True)) == []


def test_session_that_is_moved_to_and_fro_is_told_each_time() -> None:
    sent: list[str] = []
    occasions = []
    for where in (LATER, LATER, ROW, LATER):
        occasions += [occasion for _, _, occasion in told(where, last=GRACE, sent=sent)]
        sent += keys(where, last=GRACE, sent=sent)
    assert occasions == [
        "1 2021-05-22T16:00Z Room 1",
        "2 2021-05-22T14:00Z Room 1",
        "3 2021-05-22T16:00Z Room 1",
    ]


def test_move_that_was_undone_before_anybody_was_told_is_none() -> None:
    assert told(ROW, last=GRACE) == []


@pytest.mark.parametrize("known", [LastLook(), LastLook(known=True)], ids=["new ledger", "old ledger"])
def test_what_was_told_is_known_from_the_wiki_alone(known: LastLook) -> None:
    sent = keys(LATER, last=GRACE)
    assert told(LATER, last=known, sent=sent) == []
    third = moved(ROW, 4 * HOUR)
    expected = [("shift_changed", "Grace", "2 2021-05-22T18:00Z Room 1")]
    # With a ledger that knows other people but not her, she signed up where the session is now.
    assert told(third, last=known, sent=sent) == ([] if known.known else expected)


def test_who_signs_up_again_after_changes_knows_the_new_place() -> None:
    sent = keys(LATER, last=GRACE)
    third = moved(ROW, 4 * HOUR)
    again = look_at(third, "Grace", told=1)
    assert told(third, last=again, sent=sent) == []
    assert told(ROW, last=again, sent=sent) == [("shift_changed", "Grace", "2 2021-05-22T14:00Z Room 1")]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([LATER, ROW], 0),  # it stands twice: half of a move
        ([LATER, LATER], 1),  # the same on two pages
        ([LATER, replace(ROW, facilitation=None)], 0),
        ([replace(LATER, start=None), LATER], 0),
    ],
)
def test_session_that_stands_several_times_is_certain_nowhere(
    sessions: Sequence[Session], expected: int
) -> None:
    assert len(told(*sessions, last=GRACE)) == expected


def test_change_to_a_time_that_is_over_is_noted_as_late() -> None:
    known = snapshot(START, of=OF, last=GRACE)
    found = due(known, (schedule(moved(ROW, -HOUR)),))
    assert (found.now, [notice.kind for notice in found.late]) == ((), ["shift_changed"])


def test_before_and_after_are_told_by_the_clock_of_each() -> None:
    """Over the night in which the clocks of Berlin go back."""
    start = datetime(2021, 10, 31, 0, 30, tzinfo=UTC)
    night = session(start=start, facilitators=[person("Grace")])
    of = event({"kind": "shift_changed"}, zone="Europe/Berlin")
    known = snapshot(start - DAY, of=of, last=look_at(night, "Grace"))
    (notice,) = due(known, (schedule(moved(night, HOUR)),)).now
    assert (notice.values["before"], notice.values["when"]) == (
        "Sunday, 31 October 2021, 02:30 (CEST), Room 1",
        "Sunday, 31 October 2021, 02:30–03:25 (CET)",
    )


# --- cancelled ---


def gone(since: datetime = NOW - HOUR, what: Session = ROW, *people: str) -> LastLook:
    return replace(look_at(what, *(people or ("Grace",))), gone=(GoneSession(seen(what), None, since),))


CANCELLED = [("shift_cancelled", "Grace", "1 2021-05-22T14:00Z Room 1")]


def test_facilitator_of_a_session_that_is_gone_is_told_once() -> None:
    assert told(last=gone()) == CANCELLED
    assert told(last=gone(), sent=keys(last=gone())) == []


def test_missing_session_that_nobody_misses_is_not_cancelled() -> None:
    # A row that cannot be read just now, or a page on hold: then the session is not among those that are gone.
    assert told(last=GRACE) == []


@pytest.mark.parametrize(
    ("before", "since", "expected"),
    [
        (5 * HOUR, 14 * MINUTE, []),
        (5 * HOUR, 15 * MINUTE, CANCELLED),
        (90 * MINUTE, timedelta(), CANCELLED),  # no time to wait
        (timedelta(), 15 * MINUTE, []),  # it would have begun
    ],
)
def test_grace_of_a_session_that_is_gone(
    before: timedelta, since: timedelta, expected: list[tuple[str, str, str]]
) -> None:
    now = START - before
    assert told(last=gone(now - since), now=now) == expected


def test_session_that_comes_back_is_told_as_a_change() -> None:
    sent = keys(last=gone())
    (back,) = due(snapshot(NOW, of=OF, sent=sent, last=GRACE), (schedule(ROW),)).now
    assert (back.kind, back.occasion, back.values["before"]) == (
        "shift_changed",
        "2 2021-05-22T14:00Z Room 1",
        "cancelled (Saturday, 22 May 2021, 14:00 (UTC), Room 1)",
    )
    sent.append(back.key)
    assert told(ROW, last=GRACE, sent=sent) == []
    assert told(last=gone(), sent=sent) == [("shift_cancelled", "Grace", "3 2021-05-22T14:00Z Room 1")]


def test_cancelled_names_the_place_that_was_told_last() -> None:
    sent = keys(LATER, last=GRACE)
    assert told(last=gone(), sent=sent) == [("shift_cancelled", "Grace", "2 2021-05-22T16:00Z Room 1")]


def test_session_that_stands_under_its_title_is_not_cancelled() -> None:
    other = session(tasks=["T900002"])
    assert told(other, last=gone()) == []


ROW_CALLED_OFF = "'''Ten years of bots''' (cancelled)<br />[[User:Ada]]<br />facilitation: [[User:Grace]]"


@pytest.mark.parametrize(
    ("code", "row", "expected"),
    [
        ("called-off", ROW_CALLED_OFF, CANCELLED),
        ("struck-out", f"<s>{ROW_CALLED_OFF}</s>", CANCELLED),
        ("several-sessions", ROW_CALLED_OFF, []),
        ("called-off", "'''Ten years of bots and more''' (cancelled)", []),  # nobody of hers: another session
        ("called-off", "'''Maps''' (cancelled)<br />[[User:Grace]]", []),
    ],
)
def test_session_that_is_marked_as_cancelled(
    code: str, row: str, expected: list[tuple[str, str, str]]
) -> None:
    problem = Problem(code, Severity.NOTE, "marked", "Demo/Schedule", 7, row)
    page = Schedule("Demo/Schedule", "", "grid", problems=(problem,), rows=1)
    found = due(snapshot(NOW, of=OF, last=GRACE), (page,)).now
    assert [(notice.kind, notice.recipient, notice.occasion) for notice in found] == expected


@pytest.mark.parametrize(("ago", "expected"), [(14 * MINUTE, 0), (15 * MINUTE, 1)])
def test_grace_of_a_mark_begins_with_the_edit(ago: timedelta, expected: int) -> None:
    problem = Problem("called-off", Severity.NOTE, "marked", "Demo/Schedule", 2, ROW_CALLED_OFF)
    page = Schedule("Demo/Schedule", "", "grid", problems=(problem,), rows=1)
    made = LineAuthors((None, Maker("Ada", NOW - ago)))
    known = replace(snapshot(NOW, of=OF, last=GRACE), authors={"Demo/Schedule": made})
    assert len(due(known, (page,)).now) == expected


# --- what is remembered ---


def remembered(*sessions: Session, last: LastLook, sent: Iterable[str] = ()) -> LastLook:
    page = schedule(*sessions)
    known = snapshot(NOW, of=OF, last=last, sent=sent)
    return LastLook(known=True, sights=sights_seen(known, (page,), sessions_seen([page]), PARTS))


def places(look: LastLook) -> list[tuple[str, datetime, str, int]]:
    return [(one.person, one.facts.start, one.facts.room, one.told) for one in look.sights]


FIRST = [("Grace", START, "Room 1", 0)]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([ROW], FIRST),
        ([LATER], FIRST),  # what she was told of is in the keys
        ([], FIRST),  # gone, or unread for now
        ([ROW, LATER], FIRST),
        ([replace(ROW, start=None)], FIRST),
        ([replace(ROW, facilitation=None)], []),  # she does not facilitate it any more
    ],
)
def test_what_is_remembered_of_somebody_known(
    sessions: Sequence[Session], expected: list[tuple[str, datetime, str, int]]
) -> None:
    assert places(remembered(*sessions, last=GRACE)) == expected


def test_who_is_new_is_remembered_with_what_they_were_told_before() -> None:
    assert places(remembered(LATER, last=LastLook(known=True))) == [("Grace", START + 2 * HOUR, "Room 1", 0)]
    sent = keys(LATER, last=GRACE)
    assert places(remembered(ROW, last=LastLook(known=True), sent=sent)) == [("Grace", START, "Room 1", 1)]


def test_what_is_over_is_forgotten() -> None:
    old = look_at(moved(ROW, -6 * DAY), "Grace")
    assert places(remembered(last=old)) == []


def test_nothing_is_remembered_where_nobody_is_told() -> None:
    of = event({"kind": "shift_starts_soon"})
    page = schedule(ROW)
    assert sights_seen(snapshot(NOW, of=of), (page,), sessions_seen([page]), PARTS) == ()


def test_ledger_and_report_page_give_back_what_is_remembered() -> None:
    look = remembered(
        ROW, session("Röd | <tråd> --> ~~~~", tasks=[], facilitators=[person("Linus")]), last=GRACE
    )
    assert len(look.sights) == 2
    assert from_json(as_json(look)).sights == look.sights
    records = list(sight_records(look.sights, 300))
    page = "\n".join([REPORT, f"{HEARTBEAT}x -->", *records, END])
    assert sorted(map(repr, sights_in(page))) == sorted(map(repr, look.sights))
    assert sights_in("\n".join(records)) == ()  # outside the bot's part it says nothing
    assert all("~~" not in one and one.count("--") == 2 for one in records)


@given(
    st.lists(
        st.tuples(st.sampled_from([None, 0, 1, 2]), st.sampled_from(["Room 1", "Room 2"]), st.booleans()),
        max_size=12,
    )
)
def test_whatever_happens_the_last_word_is_true_and_nothing_is_said_twice(
    steps: list[tuple[int | None, str, bool]],
) -> None:
    """A session wanders, goes and comes back; the ledger is lost now and then, with the report page left.

    After every look the last thing that its facilitator was told, or the place at first sight, is where it stands.
    """
    look, sent = remembered(ROW, last=LastLook()), list[str]()
    known: tuple[str, str] = ("shift_changed", "2021-05-22T14:00Z Room 1")
    for hours, room, lost in steps:
        there = [] if hours is None else [replace(moved(ROW, hours * HOUR), rooms=(room,))]
        missed = () if there else tuple(GoneSession(s.session, None, NOW - HOUR) for s in look.sights)
        last = replace(look, known=not lost, gone=missed)
        fresh: list[Notice] = list(due(snapshot(NOW, of=OF, sent=sent, last=last), (schedule(*there),)).now)
        assert len(fresh) <= 1
        for notice in fresh:
            known = notice.kind, notice.occasion.partition(" ")[2]
        if there:
            assert known == ("shift_changed", f"2021-05-22T{14 + (hours or 0)}:00Z {room}")
        else:
            assert known[0] == "shift_cancelled"
        look = remembered(*there, last=last, sent=sent)
        sent += [notice.key for notice in fresh]
        again = due(snapshot(NOW, of=OF, sent=sent, last=replace(look, gone=missed)), (schedule(*there),))
        assert (again.now, len(sent)) == ((), len(set(sent)))
