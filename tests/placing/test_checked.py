"""What a change brings is told, and nothing that only looks new because lines and cells are others afterwards."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from callboard.checks import run_checks
from callboard.model import LineAuthors, Maker
from callboard.placing.checked import new_problems
from tests.placing.pages import withdrawn
from tests.snapshots import snapshot

FACTS = {"title": "X", "zone": "UTC", "days": ["2021-05-21"], "organisers": ["Ada Organiser"]}
ROOMS = [
    {"name": name, "open": False, "closed_since": "2021-05-19T12:00:00Z"} for name in ("Attic", "Cellar")
]
HEAD = [("", line) for line in ("== 21 May 2021 ==", "{|", "! Time !! Attic !! Cellar", "|-")]
LUA, MAPS = "'''Lua'''<br>[[User:Cyd]]", "'''Maps'''<br>[[User:Cyd]]"
ROWS = {
    "lines above it go": [
        *(("Ada Organiser", line) for line in ("| 10:00", "|", "'''Lua'''", "[[User:Cyd]]")),
        *(("Bo", line) for line in ("|", "|-")),
        ("Ada Organiser", f"| 11:00 || {MAPS} ||"),
        ("Bo", "|}"),
    ],
    "its neighbour leaves the line": [("Bo", f"| 11:00 || {MAPS} || {LUA}"), ("Bo", "|}")],
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=list(ROWS))
def test_who_changed_a_line_is_no_news(rows: list[tuple[str, str]]) -> None:
    whole = [*HEAD, *rows]
    makers = tuple(Maker(user, datetime(2021, 5, 20, tzinfo=UTC)) for user, _ in whole)
    known = replace(snapshot(event=FACTS, room=ROOMS), authors={"Event/Schedule": LineAuthors(makers)})
    change = withdrawn("\n".join(line for _, line in whole), known.event, title="Lua")
    naive = run_checks((change.after,), (), known)
    assert [problem.code for problem in naive if problem.code == "closed-room-changed"]
    assert new_problems(change, (change.before,), (), known) == ()
