"""Who is due what at which moment: each notice once, none too late, a moved session anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Notice, PersonForm, Session
from callboard.notices import kinds, notice_kind, unknown_kinds
from tests.notices.event import (
    DAY,
    HOUR,
    MINUTE,
    START,
    due,
    event,
    moved,
    person,
    proposal,
    schedule,
    session,
    slot,
    snapshot,
)

SOON = event({"kind": "starts_soon", "lead": ["24h", "1h"]})
SCHEDULED = event({"kind": "scheduled"})
ACKNOWLEDGED = event({"kind": "acknowledged"})


def told(notices: Iterable[Notice]) -> list[tuple[str, str, str]]:
    return [(notice.kind, notice.recipient, notice.occasion) for notice in notices]


def reminders(now: datetime, *sessions: Session, sent: Iterable[str] = ()) -> list[tuple[str, str, str]]:
    return told(due(snapshot(now, of=SOON, sent=sent), (schedule(*sessions),)).now)


# --- reminders ---

LONG, SHORT = "2021-05-22T14:00Z -1440min", "2021-05-22T14:00Z -60min"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (7 * DAY, []),
        (DAY + MINUTE, []),
        (DAY, [LONG]),
        (DAY - MINUTE, [LONG]),
        (12 * HOUR + MINUTE, [LONG]),
        (12 * HOUR, []),  # a long lead is of use for half its length
        (2 * HOUR, []),
        (HOUR + MINUTE, []),
        (HOUR, [SHORT]),
        (MINUTE, [SHORT]),
        (timedelta(), []),  # it has begun
        (-MINUTE, []),
        (-9 * DAY, []),
    ],
)
def test_reminder_by_the_time_before_the_start(before: timedelta, expected: list[str]) -> None:
    assert reminders(START - before, session()) == [("starts_soon", "Ada", occasion) for occasion in expected]


@pytest.mark.parametrize(
    ("before", "late"),
    [(13 * HOUR, []), (11 * HOUR, [LONG]), (30 * MINUTE, [LONG]), (-MINUTE, [LONG, SHORT])],
)
def test_reminder_that_nobody_was_there_to_send_is_noted_as_late(before: timedelta, late: list[str]) -> None:
    found = due(snapshot(START - before, of=SOON), (schedule(session()),)).late
    assert [notice.occasion for notice in found] == late


def test_reminder_that_was_sent_is_not_due_again() -> None:
    first = due(snapshot(START - HOUR, of=SOON), (schedule(session()),)).now
    sent = [notice.key for notice in first]
    assert reminders(START - HOUR, session(), sent=sent) == []
    assert reminders(START - MINUTE, session(), sent=sent) == []


def test_session_moved_earns_a_new_reminder_and_moved_back_does_not() -> None:
    late = moved(session(), 3 * HOUR)
    sent = [notice.key for notice in due(snapshot(START - HOUR, of=SOON), (schedule(session()),)).now]
    assert reminders(START - 50 * MINUTE, late, sent=sent) == []  # it is hours away now
    again = reminders(START + 2 * HOUR, late, sent=sent)
    assert again == [("starts_soon", "Ada", "2021-05-22T17:00Z -60min")]
    assert reminders(START - 30 * MINUTE, session(), sent=sent) == []


def test_two_leads_close_together_do_not_overlap() -> None:
    both = event({"kind": "starts_soon", "lead": ["90min", "1h"]})
    seen = [
        [
            notice.occasion
            for notice in due(snapshot(START - minutes * MINUTE, of=both), (schedule(session()),)).now
        ]
        for minutes in (90, 61, 60, 1)
    ]
    assert seen == [
        ["2021-05-22T14:00Z -90min"],
        ["2021-05-22T14:00Z -90min"],
        ["2021-05-22T14:00Z -60min"],
        ["2021-05-22T14:00Z -60min"],
    ]


def test_lead_that_stands_twice_or_nowhere() -> None:
    for leads in (["1h", "60min"], []):
        of = event({"kind": "starts_soon", "lead": leads})
        found = due(snapshot(START - HOUR, of=of), (schedule(session()),)).now
        assert [notice.occasion for notice in found] == [SHORT]


def test_reminder_goes_to_owners_and_facilitators_each_once() -> None:
    busy = session(
        owners=[person("Ada"), person("Grace"), person("Ada")],
        facilitators=[person("Grace"), person("Linus")],
    )
    assert sorted(who for _, who, _ in reminders(START - HOUR, busy)) == ["Ada", "Grace", "Linus"]


@pytest.mark.parametrize(
    "nobody",
    [person("Ada", PersonForm.BARE), person("Ada", PersonForm.ELSEWHERE), person("Never asked")],
    ids=["a bare name", "a name of another wiki", "a name that the wiki was not asked about"],
)
def test_reminder_goes_to_nobody_without_a_linked_account(nobody: object) -> None:
    assert reminders(START - HOUR, session(owners=[nobody])) == []  # type: ignore[list-item]


def test_reminder_for_a_linked_name_that_is_no_account_is_due_so_that_its_refusal_goes_on_record() -> None:
    assert [who for _, who, _ in reminders(START - HOUR, session(owners=[person("Nobody")]))] == ["Nobody"]


def test_session_without_time_reminds_nobody() -> None:
    assert reminders(START - HOUR, session(start=None)) == []


def test_two_sessions_of_one_person_are_two_reminders_the_earlier_first() -> None:
    second = session("Maps", start=START + 10 * MINUTE, tasks=["T900002"])
    found = reminders(START - 30 * MINUTE, second, session())
    assert [occasion for _, _, occasion in found] == [SHORT, "2021-05-22T14:10Z -60min"]


def test_same_session_on_two_pages_is_one_reminder() -> None:
    found = due(snapshot(START - HOUR, of=SOON), (schedule(session()), schedule(session()))).now
    assert len(found) == 1


# --- scheduled ---


def scheduled(now: datetime, *sessions: Session, sent: Iterable[str] = ()) -> list[tuple[str, str, str]]:
    return told(due(snapshot(now, of=SCHEDULED, sent=sent), (schedule(*sessions),)).now)


@pytest.mark.parametrize(
    ("before", "expected"), [(30 * DAY, True), (MINUTE, True), (timedelta(), False), (-DAY, False)]
)
def test_scheduled_is_told_until_the_start(before: timedelta, expected: bool) -> None:
    wanted = [("scheduled", "Ada", "1 2021-05-22T14:00Z 55m t4fc89b f0 Room 1")] if expected else []
    assert scheduled(START - before, session()) == wanted


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s,
        lambda s: replace(s, title="Another title"),
        lambda s: replace(s, line=99),
        lambda s: moved(s, HOUR),
        lambda s: replace(s, rooms=("Room 2",)),
    ],
    ids=["nothing", "title", "line", "time", "room"],
)
def test_scheduled_is_told_once_whatever_changes_later(change: object) -> None:
    sent = [notice.key for notice in due(snapshot(START - DAY, of=SCHEDULED), (schedule(session()),)).now]
    assert scheduled(START - DAY, change(session()), sent=sent) == []  # type: ignore[operator]


def test_scheduled_is_not_told_to_facilitators() -> None:
    found = scheduled(START - DAY, session(facilitators=[person("Grace")]))
    assert [who for _, who, _ in found] == ["Ada"]


@pytest.mark.parametrize(
    "row",
    [session(tasks=[]), session(tasks=["T1"]), session(rooms=()), session(start=None)],
    ids=["no task", "a task that is no proposal", "no room", "no time"],
)
def test_scheduled_needs_a_task_a_time_and_a_room(row: Session) -> None:
    assert scheduled(START - DAY, row) == []


@pytest.mark.parametrize(
    "state",
    [
        replace(proposal(), acknowledged=None),
        replace(proposal(), closed=True, status="declined"),
        replace(proposal(), visible=False),
    ],
    ids=["not acknowledged", "closed", "hidden"],
)
def test_nothing_is_told_about_a_task_without_a_yes(state: object) -> None:
    for of, page in ((SCHEDULED, schedule(session())), (ACKNOWLEDGED, schedule())):
        assert due(snapshot(START - DAY, of=of, proposals=[state]), (page,)).now == ()  # type: ignore[list-item]


def test_nothing_that_rests_on_the_board_is_told_when_it_was_not_read() -> None:
    for of, page in ((SCHEDULED, schedule(session())), (ACKNOWLEDGED, schedule())):
        assert due(snapshot(START - DAY, of=of, proposals=None), (page,)).now == ()


# --- acknowledged ---


def test_acknowledged_is_told_to_each_owner_while_the_row_is_missing() -> None:
    now = datetime(2021, 5, 12, tzinfo=UTC)
    both = proposal(owners=("Ada", "Grace"))
    found = due(snapshot(now, of=ACKNOWLEDGED, proposals=[both]), (schedule(),)).now
    assert told(found) == [("acknowledged", who, "2021-05-10T09:30Z") for who in ("Ada", "Grace")]
    assert due(snapshot(now, of=ACKNOWLEDGED, proposals=[both]), (schedule(session()),)).now == ()


def test_acknowledged_names_the_free_slots_that_lie_ahead_and_are_long_enough() -> None:
    slots = [slot(START + HOUR), slot(START - DAY, 25), slot(START - DAY), slot(START - 9 * DAY)]
    now = START - 2 * DAY
    (found,) = due(snapshot(now, of=ACKNOWLEDGED), (schedule(slots=slots),)).now
    assert found.values["slots"] == (
        "Friday, 21 May 2021, 14:00–15:00 (UTC), Room 2; Saturday, 22 May 2021, 15:00–16:00 (UTC), Room 2"
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "none at the moment"), (8, ""), (9, "; and 1 more"), (20, "; and 12 more")],
)
def test_acknowledged_names_eight_slots_at_most(count: int, expected: str) -> None:
    slots = [slot(START + 2 * number * HOUR) for number in range(count)]
    (found,) = due(snapshot(START - DAY, of=ACKNOWLEDGED), (schedule(slots=slots),)).now
    named = found.values["slots"]
    assert named.count("(UTC)") == min(count, 8)
    assert named.endswith(expected)


def test_acknowledged_is_late_after_the_event() -> None:
    found = due(snapshot(datetime(2021, 5, 24, tzinfo=UTC), of=ACKNOWLEDGED), (schedule(),))
    assert (found.now, told(found.late)) == ((), [("acknowledged", "Ada", "2021-05-10T09:30Z")])


# --- times for people ---


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "Saturday, 22 May 2021, 14:00–14:55 (UTC)"),
        ("Europe/Berlin", "Saturday, 22 May 2021, 16:00–16:55 (CEST)"),
        ("Pacific/Auckland", "Sunday, 23 May 2021, 02:00–02:55 (NZST)"),
        ("America/Los_Angeles", "Saturday, 22 May 2021, 07:00–07:55 (PDT)"),
    ],
)
def test_times_are_in_the_zone_of_the_event(zone: str, expected: str) -> None:
    of = event({"kind": "scheduled"}, zone=zone)
    (found,) = due(snapshot(START - DAY, of=of), (schedule(session()),)).now
    assert (found.values["when"], found.values["start"]) == (expected, "1621692000")


# --- kinds ---


def test_switched_off_kind_tells_nobody() -> None:
    of = event({"kind": "starts_soon", "enabled": False})
    assert due(snapshot(START - HOUR, of=of), (schedule(session()),)).now == ()


def test_event_without_notices_tells_nobody() -> None:
    of = event().model_copy(update={"notice": ()})
    assert due(snapshot(START - HOUR, of=of), (schedule(session()),)).now == ()


def test_unknown_kind_is_a_mistake_in_the_event_file() -> None:
    known = ", ".join(kinds())
    assert list(unknown_kinds(["remind", "scheduled"])) == [
        f"notice.remind: there is no such kind; kinds are {known}"
    ]


def test_kind_cannot_be_registered_twice() -> None:
    assert "scheduled" in kinds()
    with pytest.raises(ValueError, match=r"^two kinds of notice are called 'scheduled'$"):
        notice_kind("scheduled", rests_on_board=False, parameters=())(kinds()["scheduled"].find)


# --- whatever happens ---

minutes = st.integers(min_value=-3 * 24 * 60, max_value=3 * 24 * 60)


@given(starts=st.lists(minutes, min_size=1, max_size=4), looks=st.lists(minutes, min_size=1, max_size=12))
def test_looks_at_any_times_tell_nothing_twice_and_nothing_after_its_time(
    starts: list[int], looks: list[int]
) -> None:
    sessions = [
        session(f"Session {number}", start=START + start * MINUTE, tasks=[f"T{number}"])
        for number, start in enumerate(starts)
    ]
    begin = {f"T{number}": START + start * MINUTE for number, start in enumerate(starts)}
    sent: list[str] = []
    for look in sorted(looks):
        now = START + look * MINUTE
        found = due(snapshot(now, of=SOON, sent=sent), (schedule(*sessions),))
        for notice in found.now:
            assert notice.due <= now < notice.until <= begin[notice.subject]
            lead = begin[notice.subject] - notice.due
            assert now <= notice.due + (lead / 2 if lead > HOUR else lead)
        for notice in found.late:
            assert notice.until <= now
        sent += [notice.key for notice in (*found.now, *found.late)]
    assert len(sent) == len(set(sent))


@given(st.permutations(range(4)))
def test_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    rows = [
        session(f"Session {number}", start=START + number * MINUTE, tasks=[f"T{number}"])
        for number in range(4)
    ]
    now = START - 30 * MINUTE
    straight = due(snapshot(now, of=SOON), (schedule(*rows),))
    assert due(snapshot(now, of=SOON), (schedule(*(rows[number] for number in order)),)) == straight
