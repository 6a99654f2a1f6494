"""Where proposals stand, by what comes first."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callboard.model import (
    Acknowledgement,
    Proposal,
    Schedule,
    Session,
    State,
    TaskForm,
    TaskRef,
    Withdrawal,
)
from callboard.proposals.states import states
from callboard.wikitext.edits import Span
from tests.snapshots import event

NOWHERE = Span(0, 0)
NOW = datetime(2021, 5, 20, 12, tzinfo=UTC)
START = datetime(2021, 5, 22, 14, tzinfo=UTC)
AFTER = datetime(2021, 5, 25, tzinfo=UTC)
YES = Acknowledgement(
    "Coord-Lena", "PHID-USER-1", datetime(2021, 5, 12, tzinfo=UTC), "comment", "PHID-XACT-1"
)
PLAIN = Proposal(
    "T900001", "PHID-TASK-1", "Maps", "ada", "open", closed=False, submitted=datetime(2021, 5, 1, tzinfo=UTC)
)
ACKED = replace(PLAIN, acknowledged=YES, was_acknowledged=YES)
RESOLVED = replace(PLAIN, status="resolved", closed=True, closer="ada", was_acknowledged=YES)
EVENT = event(
    event={
        "title": "Hackathon",
        "zone": "UTC",
        "days": ["2021-05-21", "2021-05-22", "2021-05-23"],
        "submissions_close": datetime(2021, 5, 19, tzinfo=UTC),
    },
    room=[
        {"name": "Main track", "open": False, "aliases": ["Main room"]},
        {"name": "Hall", "closed_since": datetime(2021, 5, 18, tzinfo=UTC)},
        {"name": "Attic", "closed_since": datetime(2021, 5, 21, tzinfo=UTC)},
        {"name": "Room 1"},
    ],
)


def session(
    start: datetime | None = START, task: str = "T900001", line: int = 3, *, end: bool = True
) -> Session:
    until = start + timedelta(minutes=55) if start and end else None
    return Session(
        "Maps", start, until, ("Room 1",), (), (TaskRef(task, TaskForm.BARE, NOWHERE),), line, NOWHERE
    )


def found(proposal: Proposal, *sessions: Session, now: datetime = NOW) -> tuple[State, str]:
    page = Schedule("Schedule", "", "rows", sessions)
    (one,) = states({proposal.task: proposal}, (page,), EVENT, now)
    return one.state, one.why


def changed(proposal: Proposal = PLAIN, **changes: Any) -> Proposal:
    return replace(proposal, **changes)


DECLINED = changed(ACKED, status="declined", closed=True, closer="CoordTomas")


@pytest.mark.parametrize(
    ("proposal", "sessions", "now", "expected"),
    [
        (PLAIN, (), NOW, (State.PROPOSED, "waits for the team")),
        (changed(missing=("format", "people")), (), NOW, (State.INCOMPLETE, "lacks format, people")),
        (ACKED, (), NOW, (State.ACKNOWLEDGED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (changed(ACKED, missing=("format",)), (), NOW, (State.ACKNOWLEDGED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        # the schedule
        (ACKED, (session(),), NOW, (State.SCHEDULED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (PLAIN, (session(),), NOW, (State.SCHEDULED, "in the schedule, but not acknowledged")),
        (ACKED, (session(),), START + timedelta(minutes=54), (State.SCHEDULED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (ACKED, (session(),), START + timedelta(minutes=55), (State.HELD, "its session is over")),
        (ACKED, (session(), session(START + timedelta(days=1))), START + timedelta(hours=2), (State.SCHEDULED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (ACKED, (session(None),), AFTER, (State.SCHEDULED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (RESOLVED, (session(),), AFTER, (State.HELD, "its session is over")),
        (RESOLVED, (session(None),), AFTER, (State.HELD, "resolved")),
        (RESOLVED, (), AFTER, (State.HELD, "resolved")),
        (RESOLVED, (session(),), NOW, (State.SCHEDULED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (RESOLVED, (), NOW, (State.WITHDRAWN, "resolved by its owner, ada")),
        # closed
        (DECLINED, (), NOW, (State.DECLINED, "declined by CoordTomas")),
        (DECLINED, (session(),), AFTER, (State.DECLINED, "declined by CoordTomas")),
        (changed(DECLINED, closer=""), (), NOW, (State.DECLINED, "declined")),
        (changed(DECLINED, closer="ada"), (session(),), NOW, (State.WITHDRAWN, "declined by its owner, ada")),
        (changed(PLAIN, status="invalid", closed=True, closer="bo"), (), NOW, (State.DECLINED, "invalid by bo")),
        (changed(ACKED, status="duplicate", closed=True), (session(),), AFTER, (State.DUPLICATE, "merged into another task")),
        (changed(status="duplicate", closed=True, merged_into="T900002", closer="ada"), (), NOW, (State.DUPLICATE, "merged into T900002")),
        # what stands in the way, if nobody said yes
        (changed(submitted=datetime(2021, 5, 19, 0, 0, 1, tzinfo=UTC)), (), NOW, (State.TOO_LATE, "submitted on 2021-05-19, after the deadline (2021-05-19)")),
        (changed(ACKED, submitted=datetime(2021, 5, 20, tzinfo=UTC)), (), NOW, (State.ACKNOWLEDGED, "acknowledged by Coord-Lena on 2021-05-12 (comment)")),
        (changed(submitted=datetime(2021, 5, 20, tzinfo=UTC), fields={"track": "Hall"}, missing=("format",)), (), NOW, (State.TOO_LATE, "submitted on 2021-05-20, after the deadline (2021-05-19)")),
        (changed(fields={"track": "main  TRACK (recorded)"}, missing=("format",)), (), NOW, (State.CLOSED_TRACK, "asks for Main track, which is closed")),
        (changed(fields={"track": "Main room"}), (), NOW, (State.CLOSED_TRACK, "asks for Main track, which is closed")),
        (changed(fields={"track": "Hall"}), (), NOW, (State.CLOSED_TRACK, "asks for Hall, which is closed")),
        (changed(fields={"track": "Attic"}), (), NOW, (State.PROPOSED, "waits for the team")),
        (changed(fields={"track": "Attic"}), (), datetime(2021, 5, 21, tzinfo=UTC), (State.CLOSED_TRACK, "asks for Attic, which is closed")),
        (changed(fields={"track": "Main track or Room 1"}), (), NOW, (State.PROPOSED, "waits for the team")),
        (changed(submitted=None), (), NOW, (State.PROPOSED, "waits for the team")),
        (changed(withdrawn=Withdrawal("CoordTomas", None, "said", YES)), (), NOW, (State.PROPOSED, "acknowledged by Coord-Lena on 2021-05-12, but CoordTomas took that back")),
    ],
)  # fmt: skip
def test_state(
    proposal: Proposal, sessions: tuple[Session, ...], now: datetime, expected: tuple[State, str]
) -> None:
    assert found(proposal, *sessions, now=now) == expected


@pytest.mark.parametrize("changes", [{"visible": False}, {"kind": "project"}, {"kind": "other"}])
def test_hidden_tasks_and_other_cards_have_no_state(changes: dict[str, Any]) -> None:
    assert states({"T900001": replace(ACKED, **changes)}, (), EVENT, NOW) == ()


def test_states_come_by_number_and_rows_soonest_first() -> None:
    tasks: Iterable[Proposal] = (replace(PLAIN, task=task) for task in ("T900010", "T900009", "T900100"))
    late, soon, never = (
        session(START + timedelta(hours=1), "T900009", 1),
        session(START, "T900009", 2),
        session(None, "T900009", 0),
    )
    pages = (Schedule("A", "", "rows", (late, never)), Schedule("B", "", "rows", (soon,)))
    known = states({one.task: one for one in tasks}, pages, EVENT, NOW)
    assert [one.proposal.task for one in known] == ["T900009", "T900010", "T900100"]
    assert known[0].rows == (("B", soon), ("A", late), ("A", never))


def test_since_when() -> None:
    def since(proposal: Proposal, *rows: Session, now: datetime = NOW) -> datetime | None:
        return states({"T900001": proposal}, (Schedule("A", "", "rows", rows),), EVENT, now)[0].since

    assert since(PLAIN) == PLAIN.submitted
    assert since(ACKED) == YES.at
    assert since(ACKED, session()) == YES.at
    assert since(ACKED, session(), now=AFTER) == START + timedelta(minutes=55)
    assert since(DECLINED) is None
