"""`proposal_incomplete`: once for each set of missing fields, while it can still help."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callboard.model import Claim, Notice
from tests.notices.board_and_problems import (
    CLOSE,
    EMPTY,
    FILED,
    FIRST,
    SCHEDULE,
    accepted,
    event,
    look,
    page,
    proposal,
    snapshot,
    told,
)

OF = event("proposal_incomplete")
KEY = "demo/T900001@Ada/proposal_incomplete/"
SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=15)
NOW = FILED + timedelta(days=2)
LACKS = ("format", "people")


def now_of(
    *proposals: object, now: datetime = NOW, sent: tuple[str, ...] = (), text: str = EMPTY
) -> tuple[Notice, ...]:
    known = snapshot(OF, now, proposals, told=[f"{KEY}{one}" for one in sent])  # type: ignore[arg-type]
    return look(known, page(text, OF)).now


def test_each_verified_owner_is_told_what_to_put_where() -> None:
    both = proposal(missing=("people", "format"), owners=("Ada", "grace_"))
    ada, grace = now_of(both)
    assert told((ada, grace)) == [("T900001", "Ada", "format people"), ("T900001", "Grace", "format people")]
    assert ada.values["fields"] == (
        "“Session format” (Presentation or Workshop); “Speaker(s)” (the wiki accounts of those who hold it)"
    )
    assert ada.values["labels"] == "“Session format: …”, “Speaker(s): …”"
    assert (ada.values["title"], ada.values["until"]) == (
        "Ten years of bots",
        "Wednesday, 19 May 2021, 23:59 (UTC)",
    )


@pytest.mark.parametrize(
    "one",
    [
        proposal(),
        proposal(missing=LACKS, owners=()),
        proposal(missing=LACKS, owners=(), claims=(Claim("Ada", "unverified"),), claimed_names=("Ada",)),
        accepted(missing=LACKS),
        proposal(missing=LACKS, closed=True, status="declined"),
        proposal(missing=LACKS, closed=True, status="resolved"),
        proposal(missing=LACKS, merged_into="T900002"),
        proposal(missing=LACKS, visible=False),
        proposal(missing=LACKS, kind="project"),
        proposal(missing=LACKS, submitted=CLOSE + SECOND),
    ],
    ids=[
        "lacks nothing", "nobody known", "claimed only", "acknowledged", "declined", "resolved", "merged", "hidden",
        "a project", "too late",
    ],
)  # fmt: skip
def test_nobody_is_told(one: object) -> None:
    assert now_of(one, now=CLOSE - SECOND) == ()


def test_nobody_is_told_of_a_session_that_is_in_the_schedule() -> None:
    row = EMPTY.replace("''free slot''", "'''Bots'''<br />[[User:Ada|Ada]]<br />{{phab|T900001}}", 1)
    assert now_of(proposal(missing=LACKS), text=row) == ()


def test_nobody_is_told_while_the_board_was_not_read() -> None:
    known = replace(snapshot(OF, NOW, [proposal(missing=LACKS)]), board_note="away")
    assert look(known, page(EMPTY, OF)).now == ()


@pytest.mark.parametrize(
    ("now", "place"),
    [
        (FILED + GRACE - SECOND, "planned"),
        (FILED + GRACE, "now"),
        (CLOSE - SECOND, "now"),
        (CLOSE, "late"),
        (CLOSE + timedelta(days=30), "late"),
    ],
)
def test_told_after_the_grace_time_and_while_proposals_are_taken(now: datetime, place: str) -> None:
    found = look(snapshot(OF, now, [proposal(missing=LACKS)]), page(EMPTY, OF))
    assert (len(found.planned), len(found.now), len(found.late)) == (
        place == "planned",
        place == "now",
        place == "late",
    )


@pytest.mark.parametrize(("now", "count"), [(FIRST - SECOND, 1), (FIRST, 0)])
def test_told_until_the_event_begins_where_no_day_is_named(now: datetime, count: int) -> None:
    facts = {"title": "Demo", "zone": "UTC", "days": ["2021-05-21"]}
    of = event("proposal_incomplete", {"event": facts})
    assert len(look(snapshot(of, now, [proposal(missing=LACKS)]), page(EMPTY, of)).now) == count


def test_told_at_once_where_the_board_does_not_say_when_it_was_filed() -> None:
    assert len(now_of(proposal(missing=LACKS, submitted=None))) == 1


@pytest.mark.parametrize(
    ("sent", "missing", "expected"),
    [
        ((), ("people", "format"), ["format people"]),
        (("format people",), ("people", "format"), []),
        (("format people",), ("format",), []),  # asked for before
        (("format",), ("format", "people"), ["format people"]),
        (("format",), ("people",), ["people"]),
        (("format", "people"), ("format", "people"), []),  # both were asked for
        (("format", "people"), ("format", "people", "description"), []),  # told twice
        (("format people", "description"), ("description",), []),
    ],
)
def test_once_for_each_set_and_twice_at_most(
    sent: tuple[str, ...], missing: tuple[str, ...], expected: list[str]
) -> None:
    assert [notice.occasion for notice in now_of(proposal(missing=missing), sent=sent)] == expected


def test_the_limit_is_for_one_task_and_person() -> None:
    told_before = ("format", "people")
    two = [proposal(missing=("description",)), proposal(2, missing=("description",), owners=("Ada", "Grace"))]
    assert told(now_of(*two, sent=told_before)) == [
        ("T900002", "Ada", "description"),
        ("T900002", "Grace", "description"),
    ]


def test_the_limit_of_the_event_file_counts() -> None:
    of = event("proposal_incomplete", most_per_person=1)
    known = snapshot(of, NOW, [proposal(missing=("description",))], told=[f"{KEY}format"])
    assert look(known, page(EMPTY, of)).now == ()


def test_page_of_the_schedule_is_named() -> None:
    (notice,) = now_of(proposal(missing=("description",)))
    assert (notice.values["fields"], notice.values["schedule"]) == (
        "“Description” (what it is about)",
        SCHEDULE,
    )
