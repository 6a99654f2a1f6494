"""`not_scheduled` and the slots that it and `acknowledged` offer."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callboard.model import Notice
from tests.notices.board_and_problems import (
    EMPTY,
    FIRST,
    YES,
    accepted,
    event,
    look,
    page,
    proposal,
    snapshot,
    told,
)

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
OF = event("not_scheduled")
WEEK, TWO = FIRST - 7 * DAY, FIRST - 2 * DAY
FIRST_TIME, SECOND_TIME = "2021-05-21T00:00Z -10080min", "2021-05-21T00:00Z -2880min"


def now_of(*proposals: object, now: datetime = WEEK, text: str = EMPTY) -> tuple[Notice, ...]:
    return look(snapshot(OF, now, proposals), page(text, OF)).now  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "occasions"),
    [
        (WEEK - SECOND, []),
        (WEEK, [FIRST_TIME]),
        (TWO - SECOND, [FIRST_TIME]),
        (TWO, [SECOND_TIME]),
        (FIRST - SECOND, [SECOND_TIME]),
        (FIRST, []),
    ],
)
def test_each_lead_until_the_next_and_until_the_event(now: datetime, occasions: list[str]) -> None:
    assert [notice.occasion for notice in now_of(accepted(), now=now)] == occasions


def test_twice_at_most_and_the_first_is_not_made_up_for() -> None:
    first = snapshot(OF, WEEK, [accepted()])
    (one,) = look(first, page(EMPTY, OF)).now
    second = snapshot(OF, TWO, [accepted()], told=[one.key])
    (two,) = look(second, page(EMPTY, OF)).now
    third = snapshot(OF, FIRST - SECOND, [accepted()], told=[one.key, two.key])
    assert look(third, page(EMPTY, OF)).now == ()
    assert told(look(snapshot(OF, TWO, [accepted()]), page(EMPTY, OF)).late) == [
        ("T900001", "Ada", FIRST_TIME)
    ]


def test_deadline_and_leads_of_the_event_file() -> None:
    deadline = FIRST + DAY
    of = event("not_scheduled", {}, deadline=deadline, lead=["3d"])
    found = look(snapshot(of, deadline - 3 * DAY, [accepted()]), page(EMPTY, of))
    (notice,) = found.now
    assert (notice.occasion, notice.until, notice.values["deadline"]) == (
        "2021-05-22T00:00Z -4320min",
        deadline,
        "Saturday, 22 May 2021, 00:00 (UTC)",
    )


BOTH = event("not_scheduled", {"notice": [{"kind": "not_scheduled"}, {"kind": "acknowledged"}]})
YES_KEY = "demo/T900001@Ada/acknowledged/2021-05-01T09:30Z"


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ({YES_KEY: WEEK - DAY}, 1),
        ({YES_KEY: WEEK - DAY + SECOND}, 0),  # has just been told of the yes
        ({}, 0),  # is told of it now, with the same slots
        ({YES_KEY.replace("Ada", "Grace"): WEEK - DAY}, 0),
    ],
    ids=["a day ago", "just now", "not yet", "somebody else"],
)
def test_news_of_the_yes_needs_no_reminder(told: dict[str, datetime], count: int) -> None:
    known = snapshot(BOTH, WEEK, [accepted()], told=told)
    found = [notice.kind for notice in look(known, page(EMPTY, BOTH)).now]
    assert found.count("not_scheduled") == count


def test_whoever_got_no_notice_of_the_yes_for_a_reason_is_reminded() -> None:
    known = replace(snapshot(BOTH, WEEK, [accepted()]), sent=frozenset({YES_KEY}))
    assert [notice.kind for notice in look(known, page(EMPTY, BOTH)).now] == ["not_scheduled"]


@pytest.mark.parametrize(("at", "count"), [(WEEK, 1), (WEEK + SECOND, 0)])
def test_a_yes_after_the_lead_needs_no_reminder(at: datetime, count: int) -> None:
    assert len(now_of(accepted(at=at), now=WEEK + 2 * SECOND)) == count


ROW = "'''Ten years of bots'''<br />[[User:Ada|Ada]]"


@pytest.mark.parametrize(
    "one",
    [
        proposal(),
        accepted(closed=True, status="resolved"),
        accepted(visible=False),
        accepted(owners=()),
        accepted(kind="project"),
    ],
    ids=["no yes", "closed", "hidden", "nobody known", "a project"],
)
def test_nobody_is_told(one: object) -> None:
    assert now_of(one) == ()


@pytest.mark.parametrize(
    "text",
    [
        EMPTY.replace("''free slot''", f"{ROW}<br />{{{{phab|T900001}}}}", 1),
        EMPTY + "\n* Also planned, somehow: [[phab:T900001]]\n",
    ],
    ids=["a row links it", "the page names it elsewhere"],
)
def test_nobody_is_told_of_what_the_page_names(text: str) -> None:
    assert now_of(accepted(), text=text) == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW, "“Ten years of bots” (Saturday, 22 May 2021, 14:00–15:00 (UTC), Room 1) may be it"),
        (
            ROW.replace("Ada", "Bo"),
            "“Ten years of bots” (Saturday, 22 May 2021, 14:00–15:00 (UTC), Room 1) may be it",
        ),
        (
            "'''Ten years of bot'''",
            "“Ten years of bot” (Saturday, 22 May 2021, 14:00–15:00 (UTC), Room 1) may be it",
        ),
        ("'''Maps'''<br />[[User:Ada|Ada]]", "No row there looks like it."),
        (f"{ROW}<br />{{{{phab|T900009}}}}", "No row there looks like it."),
    ],
    ids=["title and owner", "title", "nearly the title", "another session of theirs", "another task"],
)
def test_a_likely_row_is_named(row: str, said: str) -> None:
    (notice,) = now_of(accepted(), text=EMPTY.replace("''free slot''", row, 1))
    rest = ": if so, put T900001 behind that title, and nothing else is needed."
    assert notice.values["likely"] == (said if said.endswith(".") else said + rest)


# --- free slots that fit ---

ROOMS = [
    {"name": "Room 1"},
    {"name": "Room 2", "closes": "15:00"},
    {"name": "Stage", "open": False},
]
WIDE = """\
== Saturday 22 May 2021 ==
{| class="wikitable"
! Time (UTC) !! Room 1 !! Room 2 !! Stage
|-
| 14:00–14:30 || ''free slot'' || ''free slot'' || ''free slot''
|-
| 14:30–15:00 || ''free slot'' || ''free slot'' || ''free slot''
|-
| 15:00–15:30 || '''Lua'''<br />[[User:Ada|Ada]] || ''free slot'' || ''free slot''
|-
| 15:30–16:00 || ''free slot'' || ''free slot'' || ''free slot''
|}
"""
AT_14 = datetime.fromisoformat("2021-05-22T14:00+00:00")
HALF = timedelta(minutes=30)


@pytest.mark.parametrize("kind", ["acknowledged", "not_scheduled"])
@pytest.mark.parametrize(
    ("facts", "slots"),
    [
        ({"minutes": 25, "format": "Presentation"}, ["14:00–15:00 1", "14:00–15:00 2", "15:30–16:00 1"]),
        ({"minutes": None, "format": "Presentation"}, ["14:00–15:00 1", "14:00–15:00 2", "15:30–16:00 1"]),
        ({"minutes": 55}, ["14:00–15:00 1", "14:00–15:00 2"]),
        ({"minutes": None, "format": "Workshop"}, ["14:00–15:00 2"]),  # only there
        ({"minutes": 25, "available": ((AT_14 + HALF, AT_14 + 2 * HALF),)}, ["14:30–15:00 1", "14:30–15:00 2"]),
        ({"minutes": 25, "available": ()}, []),
        ({"minutes": 90}, []),
        # Ada's other session is in Room 1 from 15:00 on
        ({"minutes": 25, "owners": ("Grace",)}, ["14:00–15:00 1", "14:00–15:00 2", "15:30–16:00 1"]),
    ],
    ids=["a talk", "by its format", "an hour", "a workshop", "hours of the owner", "no hours", "too long", "of Grace"],
)  # fmt: skip
def test_slots_fit_length_rooms_hours_and_owner(
    kind: str, facts: dict[str, object], slots: list[str]
) -> None:
    of = event(kind, {"room": ROOMS})
    now = WEEK if kind == "not_scheduled" else YES + DAY
    (notice,) = look(snapshot(of, now, [accepted(**facts)]), page(WIDE, of)).now
    shown = [f"Saturday, 22 May 2021, {slot[:-2]} (UTC), Room {slot[-1]}" for slot in slots]
    assert notice.values["slots"] == ("; ".join(shown) or "none at the moment")


def test_slots_that_began_are_not_offered() -> None:
    of = event("acknowledged", {"room": ROOMS})
    known = snapshot(of, AT_14 + SECOND, [accepted(minutes=25)])
    (notice,) = look(known, page(WIDE, of)).now
    assert notice.values["slots"] == "Saturday, 22 May 2021, 15:30–16:00 (UTC), Room 1"


def test_no_slots_are_looked_for_where_the_notice_was_sent() -> None:
    of = event("acknowledged")
    first = snapshot(of, YES + DAY, [accepted()])
    (notice,) = look(first, page(EMPTY, of)).now
    again = look(replace(first, sent=frozenset({notice.key})), page(EMPTY, of))
    assert (again.now, again.late, again.planned) == ((), (), ())
