"""`after_session`: asked for once a day of the session, for a week, by what is not there yet."""

from datetime import datetime, timedelta

import pytest

from callboard.config import Event
from callboard.model import Acknowledgement, Notice, Proposal, Withdrawal
from tests.notices.board_and_problems import YES, accepted, event, look, page, snapshot, told

OF = event("after_session")
END = datetime.fromisoformat("2021-05-22T15:00+00:00")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
HEAD = '== Saturday 22 May 2021 ==\n{| class="wikitable"\n! Time (UTC) !! Session !! Room !! Speaker\n'
ROW = "|-\n| 14:00–15:00 || Bots || Room 1 || [[User:Ada|Ada]]\n"
LINKED = ROW.replace("Bots", "Bots {{phab|T900001}}")


def now_of(
    text: str,
    now: datetime = END + HOUR,
    *,
    of: Event = OF,
    proposals: tuple[Proposal, ...] = (),
    sent: tuple[str, ...] = (),
) -> tuple[Notice, ...]:
    return look(snapshot(of, now, proposals, told=sent), page(f"{HEAD}{text}|}}\n", of)).now


@pytest.mark.parametrize(
    ("after", "now", "count"),
    [
        ("1h", END + HOUR - SECOND, 0),
        ("1h", END + HOUR, 1),
        ("1d", END + DAY - SECOND, 0),
        ("1d", END + DAY, 1),
        ("1h", END + 7 * DAY - SECOND, 1),
        ("1h", END + 7 * DAY, 0),
    ],
)
def test_asked_so_long_after_the_end_and_for_a_week(after: str, now: datetime, count: int) -> None:
    assert len(now_of(ROW, now, of=event("after_session", {}, after=after))) == count


def test_who_is_asked_for_what() -> None:
    (notice,) = now_of(ROW)
    assert told([notice]) == [("bots", "Ada", "2021-05-22")]
    assert (notice.values["wanted"], notice.values["where"]) == ("notes, slides or a recording", "in its row")
    (notice,) = now_of(LINKED, proposals=(accepted(),))
    assert told([notice]) == [("T900001", "Ada", "2021-05-22")]
    assert notice.values["where"] == "on the task (T900001) or in its row"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("[https://youtu.be/x Recording]", "notes or slides"),
        ("[https://etherpad.wikimedia.org/p/bots Etherpad]", "a recording"),
        ("https://etherpad.wikimedia.org/p/bots", "a recording"),
        ("Slides: https://example.org/bots", "a recording"),
        ("[[:File:Bots.pdf|PDF]]", "a recording"),
        ("[https://meet.jit.si/bots Jitsi]", "notes, slides or a recording"),
        ("[[Keynotes|key]]", "notes, slides or a recording"),
    ],
)
def test_what_stands_there_is_not_asked_for(more: str, wanted: str) -> None:
    (notice,) = now_of(ROW.replace("Bots", f"Bots {more}"))
    assert notice.values["wanted"] == wanted


def test_nobody_is_asked_where_all_is_there() -> None:
    row = ROW.replace(
        "Bots", "Bots [https://youtu.be/x Recording], [https://etherpad.wikimedia.org/p/x notes]"
    )
    assert now_of(row) == ()


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("[[User:Ada|Ada]]", ""),
        ROW.replace("[[User:Ada|Ada]]", "Ada"),
        ROW.replace("[[User:Ada|Ada]]", "[[m:User:Ada|Ada]]"),
        ROW.replace("Bots", "Bots (cancelled)"),
        ROW.replace("Bots", "<s>Bots</s>"),
        ROW.replace("Bots", "Lunch").replace("[[User:Ada|Ada]]", ""),
    ],
    ids=["nobody", "a bare name", "a name of another wiki", "called off", "struck out", "a break"],
)
def test_nobody_is_asked(row: str) -> None:
    assert now_of(row) == ()


BACK = Withdrawal("Lea", YES, "said", Acknowledgement("Lea", "PHID-USER-lea", YES, "comment", "PHID-XACT-1"))


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({}, 1),
        ({"acknowledged": None}, 1),
        ({"closed": True, "status": "resolved", "acknowledged": None}, 1),
        ({"closed": True, "status": "declined", "acknowledged": None, "closer": "lea"}, 0),
        ({"closed": True, "status": "declined", "acknowledged": None, "closer": "ada-p"}, 0),
        ({"closed": True, "status": "duplicate", "acknowledged": None}, 0),
        ({"acknowledged": None, "withdrawn": BACK}, 0),
    ],
    ids=["yes", "no yes", "resolved", "declined", "withdrawn", "duplicate", "yes taken back"],
)
def test_what_may_not_have_been_held_is_not_asked_about(facts: dict[str, object], count: int) -> None:
    assert len(now_of(LINKED, proposals=(accepted(1, **facts),))) == count


def test_a_time_that_is_mended_later_asks_nobody_again() -> None:
    (notice,) = now_of(ROW)
    assert now_of(ROW.replace("14:00–15:00", "14:00–14:30"), sent=(notice.key,)) == ()


def test_a_session_in_two_rows_of_a_day_is_over_after_both() -> None:
    two = ROW + ROW.replace("14:00–15:00", "16:00–17:00")
    assert now_of(two, END + HOUR) == ()
    (notice,) = now_of(two, END + 3 * HOUR)
    assert notice.values["when"] == "Saturday, 22 May 2021, 16:00–17:00 (UTC)"


def test_a_session_on_two_days_is_asked_about_twice() -> None:
    second = f"|}}\n\n{HEAD.replace('Saturday 22', 'Sunday 23')}{ROW}"
    assert [one.occasion for one in now_of(ROW + second, END + DAY + HOUR)] == ["2021-05-22", "2021-05-23"]


def test_a_session_without_an_end_is_over_a_day_later() -> None:
    row = ROW.replace("14:00–15:00", "14:00")
    start = END - HOUR
    assert [len(now_of(row, now)) for now in (start + DAY + HOUR - SECOND, start + DAY + HOUR)] == [0, 1]
