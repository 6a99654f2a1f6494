"""Problems on a screen, and as JSON for programs."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from rich.console import Console

from callboard.model import Accepted, Problem, Severity
from callboard.terminal import problems_as_json, show_problems

NOON = datetime(2021, 5, 20, 12, tzinfo=UTC)
PROBLEM = Problem(
    "room-overlap", Severity.ERROR, "two [sessions] at once", "Schedule", 12, "Bots", "T900001",
    at=NOON.astimezone(timezone(timedelta(hours=2))), changed_by="Bo", changed_at=NOON, since=NOON, key="0123456789ab",
)  # fmt: skip
STAYS = replace(PROBLEM, accepted=Accepted("Ada", NOON, "Schedule"))


def shown(*problems: Problem, accepted: tuple[Problem, ...] = ()) -> str:
    console = Console(file=io.StringIO(), width=160)
    show_problems(console, problems, accepted)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_problems_are_shown_with_who_and_since_when() -> None:
    told = shown(PROBLEM)
    assert told.splitlines()[0].rstrip() == "1 problem"
    assert "two [sessions] at once [Bo, 2021-05-20 12:00; since 2021-05-20 12:00]" in told
    assert "Schedule:12" in told
    assert "acknowledged" not in told
    assert "a hidden user, 2021" in shown(replace(PROBLEM, changed_by=""))


def test_acknowledged_problems_do_not_count() -> None:
    told = shown(accepted=(STAYS,))
    assert "No problems." in told
    assert "1 acknowledged" in told
    assert "Ada" in told


def test_problems_as_json_have_the_same_keys_each() -> None:
    bare = Problem("board-away", Severity.WARNING, "The board is away – later")
    told = json.loads(problems_as_json([PROBLEM, bare], [STAYS]))
    facts = {
        "id": "0123456789ab", "code": "room-overlap", "severity": "error", "page": "Schedule", "line": 12, "text": "Bots",
        "message": "two [sessions] at once", "task": "T900001", "at": "2021-05-20T12:00:00Z", "changed_by": "Bo",
        "changed_at": "2021-05-20T12:00:00Z", "since": "2021-05-20T12:00:00Z", "accepted": None,
    }  # fmt: skip
    assert told[0] == facts
    assert told[2] == facts | {"accepted": {"by": "Ada", "at": "2021-05-20T12:00:00Z", "page": "Schedule"}}
    assert told[1].keys() == facts.keys()
    assert {key for key, value in told[1].items() if value is None} == {
        "line", "task", "at", "changed_by", "changed_at", "since", "accepted",
    }  # fmt: skip
    assert json.loads(problems_as_json(())) == []
