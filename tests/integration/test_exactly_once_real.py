"""The kill tests against the real wiki: killed before every step, then a whole tick; exactly one notice each time."""

import itertools
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from callboard import posting_turn
from callboard.app import App
from callboard.clock import Clock
from callboard.config import Event, event_from
from callboard.ledger import Ledger
from callboard.ports import Wiki
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER, PEOPLE
from dev.wiki_paths import ROOT
from tests.integration.conftest import AT_ONCE
from tests.integration.gateway import gateway_to
from tests.mortal import Fate, Killed, Mortal

TEMPLATE = "Template:Callboard/notices/starts_soon"
NOW = datetime(2027, 5, 22, 13, 10, tzinfo=UTC)


def case(number: int) -> Event:
    """An event of its own for each case, so that the wiki need not be reset in between."""
    return event_from(
        {
            "event": {
                "title": f"Case {number}",
                "zone": "UTC",
                "days": ["2027-05-22"],
                "organisers": [ORGANISER],
            },
            "room": [{"name": "Hacking room 1"}],
            "pages": {
                "site": "callboard",
                "schedule": [f"Case {number}/Schedule"],
                "report": f"User:Callboard/Case {number}",
                "about": "User:Callboard",
                "off_switch": "User:Callboard/run",
            },
            "wording": {"facilitation": "facilitation:"},
            "notice": [{"kind": "starts_soon", "lead": ["1h"]}],
        },
        slug=f"case{number}",
        where="test",
    )


def owner(number: int) -> str:
    return PEOPLE[number % len(PEOPLE)]


def put_up(wiki: DevWiki, number: int) -> None:
    """The page of a case, as a person wrote it."""
    name = owner(number)
    wiki.person(ORGANISER).edit(
        f"Case {number}/Schedule",
        '== Saturday 22 May 2027 ==\n{| class="wikitable"\n! Time (UTC) !! Hacking room 1\n|-\n'
        f"| 14:00 || '''Case {number}'''<br />[[User:{name}|{name}]]<br />Facilitation : (your username)\n|-\n"
        "| 15:00 || ''free slot''\n|}\n",
    )


def tick(number: int, wiki: DevWiki, database: Path, dies_before: int = 0, *, really: bool = False) -> int:
    """The number of steps; the process dies before step `dies_before` (only this tick ends, unless `really`)."""
    fate = Fate(dies_before, really=really)
    ledger = Ledger.open(f"sqlite:///{database}")
    app = App(
        case(number),
        cast("Wiki", Mortal(gateway_to(wiki), fate)),
        None,
        cast("Ledger", Mortal(ledger, fate)),
        Clock(NOW - datetime.now(UTC)),
    )
    try:
        app.tick(apply=True)
    except Killed:
        fate.steps -= 1
    finally:
        ledger.close()
    return fate.steps


def posted(wiki: DevWiki, number: int) -> int:
    """How often the bot ever posted the case's notice."""
    edits = wiki.person(ORGANISER).history(f"User talk:{owner(number)}")
    return sum(f"[callboard:case{number}/" in edit["comment"] for edit in edits)


def archive(wiki: DevWiki, number: int) -> None:
    ada, talk = wiki.person(ORGANISER), f"User talk:{owner(number)}"
    text = ada.text(talk)
    if text:
        ada.edit(f"{talk}/Archive", text)
        ada.edit(talk, "Archived.")


@pytest.fixture
def ready(wiki: DevWiki) -> DevWiki:
    text = (ROOT / "templates_wikitext/notices/starts_soon.wikitext").read_text("utf-8")
    wiki.person(ORGANISER).edit(TEMPLATE, text)
    return wiki


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("turns_at_once")
@pytest.mark.parametrize("database_kept", [True, False], ids=["database kept", "database lost"])
@pytest.mark.parametrize("archived", [False, True], ids=["", "archived"])
def test_killed_before_every_step(
    ready: DevWiki, tmp_path: Path, database_kept: bool, archived: bool
) -> None:
    numbers = itertools.count()
    first = next(numbers)
    put_up(ready, first)
    steps = tick(first, ready, tmp_path / "first.sqlite")
    assert (steps > 10, posted(ready, first)) == (True, 1)
    for dies_before in range(1, steps + 1):
        number = next(numbers)
        put_up(ready, number)
        database = tmp_path / f"{number}.sqlite"
        tick(number, ready, database, dies_before)
        if archived:
            archive(ready, number)
        if not database_kept:
            database.unlink()
        tick(number, ready, database)
        assert posted(ready, number) == 1, f"killed before step {dies_before}"


@pytest.mark.usefixtures("turns_at_once")
def test_killed_for_real(ready: DevWiki, tmp_path: Path) -> None:
    """SIGKILL, right before the notice's save, right after it, and before each of the steps up to the end."""
    database = tmp_path / "real.sqlite"
    put_up(ready, 500)
    steps = tick(500, ready, tmp_path / "counted.sqlite")
    for number, dies_before in enumerate(range(steps - 7, steps), start=501):
        put_up(ready, number)
        told = json.dumps([number, str(database), dies_before])
        done = subprocess.run(
            [sys.executable, "-m", "tests.integration.test_exactly_once_real", told],
            cwd=ROOT,
            env={**os.environ, "PYWIKIBOT_NO_USER_CONFIG": "0", "TESTED_WIKI": ready.name},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        tick(number, ready, database)
        assert posted(ready, number) == 1, f"killed before step {dies_before}"


@pytest.mark.timeout(120)
def test_sixty_notices_cost_a_request_each_and_a_few_for_all(ready: DevWiki, tmp_path: Path) -> None:
    """On existing talk pages; what they cost together is the same for five hundred (benchmarks/notices.py)."""
    names = [f"Recipient {number}" for number in range(60)]
    ready.add_people(names)
    for name in names:
        ready.person(ORGANISER).edit(f"User talk:{name}", f"== Welcome ==\nHello {name}. ~~~~")
    rows = "".join(f"|-\n| 14:00 || Talk {n} || Hacking room 1 || [[User:{n}|{n}]]\n" for n in names)
    head = '== 2027-05-22 ==\n{| class="wikitable"\n! Time !! Session !! Room !! Speaker\n'
    ready.person(ORGANISER).edit("Case 900/Schedule", f"{head}{rows}|}}\n")
    gateway_to(ready)
    ready.forget_requests()
    database = tmp_path / "sixty.sqlite"
    tick(900, ready, database)
    requests = ready.request_count()
    posted_to = [len(ready.person(ORGANISER).history(f"User talk:{name}")) - 1 for name in names]
    assert posted_to == [1] * 60
    assert requests <= 60 + 11, ready.requests()
    tick(900, ready, database)
    ready.forget_requests()
    tick(900, ready, database)
    assert ready.request_count() <= 2, ready.requests()


def main(told: str) -> None:
    """The process that is killed."""
    number, database, dies_before = json.loads(told)
    running = DevWiki.running(os.environ["TESTED_WIKI"])
    assert running
    posting_turn.SURE_AFTER = AT_ONCE  # as for `turns_at_once`: nobody waits for this process
    tick(number, running, Path(database), dies_before, really=True)


if __name__ == "__main__":
    main(sys.argv[1])
