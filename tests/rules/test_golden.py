"""Golden pages: input, a line `# output`, what the rule makes of it; without that line the page must not change.

With a line `# asked` instead: the page stays, and what follows is the page once a person did what the rule asks.
A rule that is off unless the event says otherwise is looked at as if it were SAFE.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callboard.config import Event, event_from
from callboard.model import Account, Level
from callboard.preview import accounts_on
from callboard.rules import RULES
from callboard.snapshot import Snapshot
from callboard.tasks_file import proposals_from
from callboard.tidy import tidy
from callboard.wikitext.edits import apply_edits

FOLDER = Path(__file__).parent.parent / "golden"
PAGES = sorted(FOLDER.glob("*/*.wiki"))
KNOWN = ("Ada", "Bo", "Cyd", "Dot", "Örnek", "Testuser Quill", "Team", "A=B")


def event() -> Event:
    data: dict[str, Any] = {
        "event": {"title": "Hackathon", "zone": "UTC", "days": ["2021-05-21", "2021-05-22", "2021-05-23"]},
        "room": [
            {"name": "Main track", "open": False},
            {"name": "Hacking room 1", "aliases": ["HR1"]},
            {"name": "Hacking room 2"},
        ],
    }
    data["rules"] = {rule.name: "SAFE" for rule in RULES.values() if rule.level is Level.OFF}
    return event_from(data, slug="golden", where="golden")


def parts(path: Path) -> tuple[str, str, str]:
    """The page, what the rule makes of it, and what a person would who follows the rule's questions."""
    whole, _, asked = path.read_text(encoding="utf-8").partition("# asked\n")
    given, _, wanted = whole.partition("# output\n")
    return given, wanted or given, asked or wanted or given


def snapshot(path: Path, text: str) -> Snapshot:
    accounts = {name: Account(name, exists=True) for name in KNOWN} | accounts_on(text)
    board = path.parent / "tasks.json"
    proposals = (
        proposals_from(json.loads(board.read_text(encoding="utf-8")), str(board)) if board.exists() else None
    )
    return Snapshot(event(), datetime(2021, 5, 20, tzinfo=UTC), accounts=accounts, proposals=proposals)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden_page(path: Path) -> None:
    given, wanted, asked = parts(path)
    rule = RULES[path.parent.name]
    tidied = tidy(given, "Page", rule.kind, snapshot(path, given), rules=[rule])
    assert tidied.refused == ()
    assert tidied.text == wanted
    assert bool(tidied.applied) == (given != wanted)
    assert all(edit.old in given and edit.rule == rule.name for edit in tidied.applied)
    if asked != wanted or rule.level is Level.ASK:
        assert apply_edits(given, [ask.edit for ask in tidied.asks]) == asked


def test_every_rule_has_golden_pages_that_change_and_that_do_not() -> None:
    changing = {path.parent.name for path in PAGES if parts(path)[0] != parts(path)[2]}
    still = {path.parent.name for path in PAGES if parts(path)[0] == parts(path)[2]}
    assert changing == still == set(RULES)
