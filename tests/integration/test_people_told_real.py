"""One session of many owners on the real wiki: who is told, where, and why the others are not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callboard.app import App
from callboard.clock import Clock
from callboard.config import Event, event_from
from callboard.ledger import Ledger
from dev.devwiki import DevWiki
from dev.wiki_accounts import BLOCKED, ORGANISER, OTHER_BOT
from dev.wiki_paths import ROOT
from tests.contract_wiki import NO_MESSAGES
from tests.integration.gateway import gateway_to
from tests.integration.test_wiki_contract import RealWorld

NOW = datetime(2027, 5, 22, 13, 10, tzinfo=UTC)
PAGE, OPT_OUT = "People/Schedule", "People/No notices"
TOLD, MOVED, LOGGED, FOLLOWED = "ExampleAda", "ExampleCyd", "Testuser Bo", "Testuser Dot"
GUEST = "Priya Panel"  # to whose talk page that of FOLLOWED leads
QUIET, LISTED, THREADS, SHUT, LOCKED, HIDDEN = (
    *("Müller-Beispiel", "例子", "Пример", "Voorbeeld Vic", "Esimerkki", "Marta Mentor"),
)
KEPT_OUT, AWAY, NEVER = "Nils Nachtschicht", "Olu Opener", "Nobody At All"
OWNERS = (
    *(TOLD, MOVED, LOGGED, FOLLOWED, QUIET, LISTED, THREADS, SHUT, LOCKED, HIDDEN, KEPT_OUT, AWAY),
    *(NEVER, "127.0.0.1", OTHER_BOT, BLOCKED),
)
ELSEWHERE = "tell this person in another way"
ASK = "ask whether the session takes place, and link somebody else"
LINK = "correct the name where it is linked"
WHY = {
    QUIET: f"[[User talk:{QUIET}]] is in [[:{NO_MESSAGES}]], which asks for no such messages: {ELSEWHERE}",
    LISTED: f"{LISTED} asks for no notices on [[{OPT_OUT}]]; they can take their line off there",
    THREADS: f"[[User talk:{THREADS}]] has LiquidThreads, in which the bot cannot write: {ELSEWHERE}",
    SHUT: f"[[User talk:{SHUT}]] is protected for sysop: an administrator can lift that, or give the bot the right",
    LOCKED: f"{LOCKED} is locked on all wikis: {ASK}",
    HIDDEN: f"there is no account {HIDDEN} on this wiki: {LINK}",
    KEPT_OUT: f"[[User talk:{KEPT_OUT}]]: {{{{nobots}}}} keeps all bots away (inside another template); {ELSEWHERE}",
    AWAY: f"the talk page is a redirect that leads to [[:m:User talk:{AWAY}]], which is on another wiki: {ELSEWHERE}",
    NEVER: f"there is no account {NEVER} on this wiki: {LINK}",
    "127.0.0.1": "127.0.0.1 is an IP address, behind which anybody may be: link an account",
    OTHER_BOT: f"{OTHER_BOT} is a bot: link the person who runs it",
    BLOCKED: f"{BLOCKED} is blocked for good: {ASK}",
}


def event() -> Event:
    return event_from(
        {
            "event": {"title": "People", "zone": "UTC", "days": ["2027-05-22"], "organisers": [ORGANISER]},
            "room": [{"name": "Hall"}],
            "pages": {
                "site": "callboard",
                "schedule": [PAGE],
                "report": "User:Callboard/People",
                "about": "User:Callboard",
                "opt_out": OPT_OUT,
            },
            "delivery": {"grace": "0s", "opt_out_category": NO_MESSAGES},
            "notice": [{"kind": "starts_soon", "lead": ["1h"]}],
        },
        slug="people",
        where="test",
    )


@pytest.fixture
def ready(wiki: DevWiki) -> DevWiki:
    world, organiser = RealWorld(wiki, gateway_to(wiki)), wiki.person(ORGANISER)
    text = (ROOT / "templates_wikitext/notices/starts_soon.wikitext").read_text("utf-8")
    organiser.edit("Template:Callboard/notices/starts soon", text)
    linked = ", ".join(f"[[User:{name}|{name}]]" for name in OWNERS)
    organiser.edit(
        PAGE,
        '== Saturday 22 May 2027 ==\n{| class="wikitable"\n! Time (UTC) !! Session !! Speaker !! Room\n|-\n'
        f"| 14:00–15:00 || Maps for all || {linked} || Hall\n|}}\n",
    )
    organiser.edit(OPT_OUT, f"Who wants no notices:\n* [[User:{LISTED}]]\n* [[User:{MOVED}]]: scheduled")
    for name, talk in (
        (TOLD, "Hello"),
        (MOVED, "Hello"),
        (FOLLOWED, f"#REDIRECT [[User talk:{GUEST}]]"),
        (GUEST, "Hello"),
        (QUIET, f"[[{NO_MESSAGES}]]"),
        (THREADS, "{{#useliquidthreads:1}}"),
        (SHUT, "Hello"),
        (KEPT_OUT, "{{Quiet please}}"),
        (AWAY, f"#REDIRECT [[m:User talk:{AWAY}]]"),
    ):
        organiser.edit(f"User talk:{name}", talk)
    organiser.protect(f"User talk:{SHUT}")
    organiser.edit(f"User:{MOVED}", "I have a page.")
    world.lock(LOCKED)
    world.hide_user(HIDDEN)
    world.rename(MOVED, "Cyd Now")
    world.rename(LOGGED, "Bo Now")
    return wiki


@pytest.mark.usefixtures("turns_at_once")
def test_each_owner_is_told_or_on_record_with_the_reason(ready: DevWiki, tmp_path: Path) -> None:
    gateway, organiser = gateway_to(ready), ready.person(ORGANISER)
    for database in ("first", "first", "second"):
        ledger = Ledger.open(f"sqlite:///{tmp_path}/{database}")
        App(event(), gateway, None, ledger, Clock(NOW - datetime.now(UTC))).tick(apply=True)
        entries = {entry.recipient: entry for entry in ledger.notices("people")}
        ledger.close()
        assert {name: one.why for name, one in entries.items() if one.state in {"held", "skipped"}} == WHY
        told = {
            title
            for title in (f"User talk:{name}" for name in (*OWNERS, GUEST, "Cyd Now", "Bo Now"))
            for edit in organiser.history(title)
            if edit["user"] == gateway.bot and "[callboard:people/" in edit["comment"]
        }
        assert told == {f"User talk:{name}" for name in (TOLD, "Cyd Now", "Bo Now", GUEST)}
    edits = organiser.api("query", list="usercontribs", ucuser=gateway.bot, ucnamespace=3, uclimit="max")
    assert len(edits["query"]["usercontribs"]) == 4
    report = organiser.text("User:Callboard/People") or ""
    assert f"Notices held ({len(WHY)})" in report
