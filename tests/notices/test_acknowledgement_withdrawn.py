"""`acknowledgement_withdrawn`: organisers learn on a page that a session in the schedule lost the team's yes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callboard.model import Acknowledgement, Notice, Proposal
from callboard.notices import kinds
from tests.notices.event import (
    DAY,
    HOUR,
    ORGANISERS,
    START,
    event,
    proposal,
    schedule,
    session,
    snapshot,
    withdrawn,
)
from tests.notices.helping import due_of

KIND = "acknowledgement_withdrawn"
LOST = withdrawn()
KEY = "demo/T900001@Talk:Demo%2FSchedule/acknowledgement_withdrawn/PHID-XACT-2"
YES = Acknowledgement("Lea", "PHID-USER-lea", START - DAY, "comment", "PHID-XACT-9")


def told(
    known: Iterable[Proposal],
    *,
    now: datetime = START - DAY,
    sent: Iterable[str] = (),
    tasks: tuple[str, ...] = ("T900001",),
) -> list[Notice]:
    seen = snapshot(now, of=event(ORGANISERS), proposals=known, sent=sent)
    return due_of(KIND, seen, schedule(session(tasks=tasks)))


def test_organisers_page_is_told_who_took_the_yes_back_and_where_the_session_stands() -> None:
    (notice,) = told([LOST])
    assert (notice.key, notice.talk, notice.to_page) == (KEY, "Talk:Demo/Schedule", True)
    assert notice.values["what"] == LOST.withdrawn.told if LOST.withdrawn else ""
    assert notice.values["where"] == "Saturday, 22 May 2021, 14:00–14:55 (UTC), Room 1"


@pytest.mark.parametrize(
    ("known", "now", "tasks"),
    [
        (proposal(), START - DAY, ("T900001",)),  # acknowledged
        (replace(proposal(), acknowledged=None), START - DAY, ("T900001",)),  # never was
        (replace(LOST, acknowledged=YES), START - DAY, ("T900001",)),  # is again
        (replace(LOST, visible=False), START - DAY, ("T900001",)),
        (LOST, START - DAY, ()),  # in no row
        (LOST, START + HOUR, ("T900001",)),  # over
    ],
)
def test_nobody_is_told(known: Proposal, now: datetime, tasks: tuple[str, ...]) -> None:
    assert told([known], now=now, tasks=tasks) == []


def test_a_declined_task_is_told_too() -> None:
    declined = replace(LOST, closed=True, status="declined")
    assert [notice.key for notice in told([declined])] == [KEY]


def test_told_once_however_many_rows_link_the_task() -> None:
    seen = snapshot(START - DAY, of=event(ORGANISERS), proposals=[LOST])
    later = session(start=START + timedelta(hours=2))
    assert [notice.key for notice in due_of(KIND, seen, schedule(session(), later))] == [KEY]
    assert told([LOST], sent=[KEY]) == []


def test_another_withdrawal_is_told_anew() -> None:
    assert LOST.withdrawn
    again = replace(LOST, withdrawn=replace(LOST.withdrawn, transaction="PHID-XACT-7", at=START - DAY))
    assert [notice.occasion for notice in told([again], sent=[KEY])] == ["PHID-XACT-7"]


def test_a_comment_that_is_changed_once_more_is_not_told_again() -> None:
    assert LOST.withdrawn
    later = replace(LOST, withdrawn=replace(LOST.withdrawn, how="edited", at=START - 2 * DAY))
    assert told([later], sent=[KEY]) == []


def test_a_removed_comment_has_no_time_and_is_due_at_once() -> None:
    assert LOST.withdrawn
    gone = replace(LOST, withdrawn=replace(LOST.withdrawn, how="removed", by="", at=None))
    (notice,) = told([gone])
    assert (notice.occasion, notice.due) == ("PHID-XACT-2", START - DAY)


def test_it_is_looked_at_once_more_whether_the_yes_is_still_gone() -> None:
    assert (kinds()[KIND].rests_on_board, kinds()[KIND].if_withdrawn) == (True, True)
