"""`conflict`: two sessions in one room, or a person in two places; once for each two and their places."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callboard.model import Account, LineAuthors, Maker, Notice, Remark, Schedule
from callboard.notices.facts import mark_of
from callboard.notices.grace import stands_quietly_from
from callboard.problems import finish
from tests.notices.board_and_problems import SCHEDULE, event, look, page, problems, snapshot

OF = event("conflict")
AT = datetime.fromisoformat("2021-05-22T14:00+00:00")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NOW = AT - 24 * HOUR
HEAD = """\
== Saturday 22 May 2021 ==
{| class="wikitable"
! Time (UTC) !! Session !! Room !! Speaker !! Facilitator
"""


def rows(*cells: str) -> Schedule:
    """`14:00–15:00 | Bots | Room 1 | Ada | Bo`: a row each."""
    made = ""
    for row in cells:
        time, title, room, *people = (part.strip() for part in row.split("|"))
        owner, helper = (" ".join(f"[[User:{n}|{n}]]" for n in who.split()) for who in [*people, "", ""][:2])
        made += f"|-\n| {time} || {title} || {room} || {owner} || {helper}\n"
    return page(f"{HEAD}{made}|}}\n", OF)


BOTS = "14:00–15:00 | Bots | Room 1 | Ada"
LUA = "14:30–15:30 | Lua | Room 1 | Grace"
TALK = "14:30–15:30 | Talk | Room 2 | Linus | Ada"


def now_of(*cells: str, now: datetime = NOW, told: Mapping[str, datetime] = {}) -> tuple[Notice, ...]:
    return look(snapshot(OF, now, told=told), rows(*cells)).now


def said(notices: tuple[Notice, ...]) -> list[tuple[str, str, str]]:
    return sorted((one.recipient, one.values["title"], one.values["other"]) for one in notices)


def test_owners_of_both_sessions_are_told_each_of_their_own() -> None:
    ada, grace = sorted(now_of(BOTS, LUA), key=lambda one: one.recipient)
    assert said((ada, grace)) == [("Ada", "Bots", "Lua"), ("Grace", "Lua", "Bots")]
    assert (ada.values["place"], ada.values["other_place"], ada.values["what"]) == (
        "Saturday, 22 May 2021, 14:00–15:00 (UTC), Room 1",
        "Saturday, 22 May 2021, 14:30–15:30 (UTC), Room 1",
        "they are in one room",
    )
    assert (ada.until, ada.subject, ada.occasion) == (AT, grace.subject, grace.occasion)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([BOTS], []),
        ([BOTS, LUA.replace("14:30", "15:00").replace("15:30", "16:00")], []),
        ([BOTS, LUA.replace("Room 1", "Room 2")], []),
        ([BOTS, LUA.replace("Grace", "")], [("Ada", "Bots", "Lua")]),
        ([BOTS, LUA.replace("Grace", "Nobody")], [("Ada", "Bots", "Lua"), ("Nobody", "Lua", "Bots")]),  # refused at posting
        ([f"{BOTS} | Bo", LUA], [("Ada", "Bots", "Lua"), ("Grace", "Lua", "Bots")]),  # facilitators have no room
        ([BOTS, LUA.replace("Grace", "Ada")], [("Ada", "Bots", "Lua")]),  # both are Ada's
        ([BOTS, TALK], [("Ada", "Bots", "Talk")]),  # only who is wanted twice
        ([f"{BOTS} | Bo", f"{TALK} Bo"], [("Ada", "Bots", "Talk"), ("Bo", "Bots", "Talk")]),
        (
            [BOTS, LUA, "14:45–15:15 | Maps | Room 1 | Linus"],
            [("Ada", "Bots", "Maps"), ("Grace", "Lua", "Maps"), ("Linus", "Maps", "Bots"), ("Linus", "Maps", "Lua")],
        ),
    ],
    ids=[
        "one", "after each other", "two rooms", "nobody's", "no account", "a facilitator", "of one person", "in two places",
        "two people", "three at once",
    ],
)  # fmt: skip
def test_who_is_told_of_what(cells: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert said(now_of(*cells)) == expected


def test_whoever_is_in_two_places_is_told_so() -> None:
    (notice,) = now_of(TALK, BOTS)
    assert (notice.values["what"], notice.values["title"], notice.values["other"]) == (
        "you would have to be in both",
        "Bots",
        "Talk",
    )


def test_order_of_the_rows_makes_no_other_occasion() -> None:
    assert {one.key for one in now_of(BOTS, LUA)} == {one.key for one in now_of(LUA, BOTS)}


@pytest.mark.parametrize(
    ("cells", "new"),
    [
        ([BOTS, LUA], 0),
        ([BOTS, LUA.replace("15:30", "15:45")], 0),  # no other place
        ([BOTS.replace("15:00", "14:45"), LUA], 0),
        ([BOTS, LUA.replace("14:30", "14:15")], 2),
        ([BOTS.replace("Room 1", "Room 2"), LUA.replace("Room 1", "Room 2")], 2),
        ([BOTS, LUA.replace("| Lua", "| Lua again")], 0),  # the same in its place, for all that anybody knows
        ([BOTS, LUA.replace("| Lua", "| {{phab|T900001}} Lua")], 0),
        ([BOTS, LUA.replace("| Lua", "| Maps"), LUA.replace("14:30–15:30", "16:00–17:00")], 2),  # Lua is elsewhere
        ([BOTS, LUA.replace("14:30–15:30", "14:00–15:00")], 2),
        ([BOTS.replace("14:00–15:00", "14:30–15:30"), LUA.replace("14:30–15:30", "14:00–15:00")], 2),
    ],
    ids=[
        "the same", "longer", "shorter", "moved", "both moved", "another title", "linked", "another one", "both at once",
        "changed places",
    ],
)  # fmt: skip
def test_told_once_until_one_moves(cells: list[str], new: int) -> None:
    before = {one.key: NOW for one in now_of(BOTS, LUA)}
    assert len(before) == 2
    assert len(now_of(*cells, told=before)) == new


TASKS = [LUA.replace("| Lua", f"| {{{{phab|T90000{n}}}}} {title}") for n, title in enumerate(("Lua", "Maps"))]
NO_ROOM = [f"14:00–15:00 | {title} | | Ada" for title in ("Bots", "Lua", "Maps")]


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ([BOTS, TASKS[0]], [BOTS, TASKS[1]], 2),
        ([BOTS, TASKS[0]], [BOTS, LUA.replace("Lua", "Maps")], 0),
        ([BOTS, TASKS[0]], [BOTS, TASKS[0].replace("Lua", "{{phab|T900009}} Lua", 1)], 0),
        ([BOTS, LUA], [BOTS.replace("Bots", "Robots"), LUA.replace("Lua", "Maps")], 0),
        (NO_ROOM[:2], [NO_ROOM[0].replace("Bots", "Zeppelins"), NO_ROOM[1]], 0),  # the other one comes first now
        (NO_ROOM[:2], [NO_ROOM[0], NO_ROOM[2]], 0),
        (NO_ROOM[:2], [NO_ROOM[2], NO_ROOM[2].replace("Maps", "Talk"), NO_ROOM[0]], 2),  # which of them it was is in doubt
        (NO_ROOM, [one.replace("| ", f"| {{{{phab|T90000{n}}}}} ", 1) for n, one in enumerate(NO_ROOM)], 0),
    ],
    ids=[
        "another task", "the task is taken out", "two tasks", "both have another title", "at one place, the first",
        "at one place, the second", "two for one", "three at once, linked",
    ],
)  # fmt: skip
def test_overlap_that_was_told_under_other_names(before: list[str], after: list[str], new: int) -> None:
    told = {one.key: NOW for one in now_of(*before)}
    assert told
    assert len(now_of(*after, told=told)) == new


@pytest.mark.parametrize(("now", "count", "late"), [(AT - SECOND, 2, 0), (AT, 0, 2)])
def test_useful_until_the_first_of_them_begins(now: datetime, count: int, late: int) -> None:
    found = look(snapshot(OF, now), rows(BOTS, LUA))
    assert (len(found.now), len(found.late)) == (count, late)


@pytest.mark.parametrize(("by", "count"), [("Lea", 0), ("Ada", 2)], ids=["an organiser's word", "an owner's"])
def test_what_an_organiser_accepts_tells_nobody(by: str, count: int) -> None:
    word = "<!-- callboard: ok room-overlap -->"
    schedule = rows(BOTS, LUA.replace("Lua", f"Lua {word}"))
    line = next(n for n, text in enumerate(schedule.text.splitlines()) if word in text)
    remark = Remark(line, word, Maker(by, NOW - 48 * HOUR))
    facts = {"title": "Demo", "zone": "UTC", "days": ["2021-05-22"], "organisers": ["Lea"]}
    known = snapshot(
        event("conflict", {"event": facts}), NOW, authors={SCHEDULE: LineAuthors(remarks=(remark,))}
    )
    standing = finish(problems(known, (schedule,)), [schedule], known).open
    assert [one.code for one in standing].count("room-overlap") == bool(count)
    assert len(look(known, schedule, found=standing).now) == count


# --- the grace time ---


def made(
    schedule: Schedule, at: datetime, user: str, who: str = "", *, of: str = "Lua"
) -> dict[str, LineAuthors]:
    """The page's history: a session has stood as it does since then, or a person in it; all else for a day."""
    by = {}
    for session in schedule.sessions:
        for name in ("", *(one.name for one in (*session.owners, *session.facilitators))):
            new = session.title == of and name == who
            by[mark_of(session, name)] = Maker(user, at) if new else Maker("Lea", NOW - 48 * HOUR)
    return {SCHEDULE: LineAuthors(sessions=by)}


def due_of(schedule: Schedule, now: datetime, authors: dict[str, LineAuthors]) -> dict[str, datetime]:
    found = look(snapshot(OF, now, authors=authors), schedule)
    return {one.recipient: one.due for one in (*found.now, *(planned.notice for planned in found.planned))}


GRACE = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("now", "by", "expected"),
    [
        # a stranger's change: quiet for a quarter of an hour, at once within two hours of the start
        (NOW, "Bo", {"Ada": NOW - MINUTE + GRACE, "Grace": NOW - MINUTE + GRACE}),
        (AT - HOUR, "Bo", {"Ada": AT - HOUR - MINUTE, "Grace": AT - HOUR - MINUTE}),
        # Grace's own: she may be about to mend it
        (NOW, "Grace", {"Ada": NOW - MINUTE + GRACE, "Grace": NOW - MINUTE + GRACE}),
        (AT - HOUR, "Grace", {"Ada": AT - HOUR - MINUTE, "Grace": AT - HOUR - MINUTE + GRACE}),
    ],
    ids=["a stranger", "a stranger, soon", "their own", "their own, soon"],
)
def test_grace_time_of_the_row_that_changed(now: datetime, by: str, expected: dict[str, datetime]) -> None:
    schedule = rows(BOTS, LUA)
    assert due_of(schedule, now, made(schedule, now - MINUTE, by)) == expected


def test_a_name_that_was_just_put_there_waits_too() -> None:
    schedule = rows(BOTS, TALK)
    just_now = made(schedule, NOW - MINUTE, "Bo", "Ada", of="Talk")
    assert due_of(schedule, NOW, just_now) == {"Ada": NOW - MINUTE + GRACE}


def test_a_name_that_the_page_spells_otherwise_is_found_in_its_history() -> None:
    schedule = rows(TALK)
    just_now = made(schedule, NOW - MINUTE, "Bo", "Ada", of="Talk")
    known = replace(snapshot(OF, NOW, authors=just_now), accounts={"Ada": Account("Áda", exists=True)})
    quiet = stands_quietly_from(known, schedule, schedule.sessions[0], "Áda")
    assert quiet == NOW - MINUTE + GRACE
