"""The kinds that look at proposals, problems and what is over, posted on the real wiki: what a person finds there."""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callboard.app import App
from callboard.clock import Clock
from callboard.config import Event, event_from
from callboard.ledger import Ledger
from callboard.model import Acknowledgement, Proposal
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from dev.wiki_paths import ROOT
from tests.integration.gateway import gateway_to
from tests.promises import Board

KINDS = ("acknowledged", "proposal_incomplete", "not_scheduled", "conflict", "after_session", "attention")
PAGE, TALK = "Kinds/Schedule", "Talk:Kinds/Schedule"
ADA, CYD, BO, QUILL = "ExampleAda", "ExampleCyd", "Testuser Bo", "Müller-Beispiel"
BEFORE = datetime(2027, 5, 14, 9, 0, tzinfo=UTC)
TWO_DAYS = datetime(2027, 5, 19, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
AFTERWARDS = datetime(2027, 5, 22, 18, 0, tzinfo=UTC)
SCHEDULE = f"""\
== Saturday 22 May 2027 ==
{{| class="wikitable"
! Time (UTC) !! Session !! Room !! Speaker
|-
| 13:00–14:00 || ''free slot'' || Room 2 ||
|-
| 14:00–15:00 || Bots for beginners || Room 1 || [[User:{ADA}|{ADA}]]
|-
| 14:30–15:30 || Maps, drawn by hand || Room 1 || [[User:{CYD}|{CYD}]]
|-
| 16:00–16:30 || ''free slot'' || Room 1 ||
|}}
"""


def event(kinds: Sequence[str] = KINDS) -> Event:
    rules: Mapping[str, object] = {"attention": {"talk_page": TALK}}
    return event_from(
        {
            "event": {
                "title": "Demo Hackathon",
                "zone": "UTC",
                "days": ["2027-05-21", "2027-05-22"],
                "organisers": [ORGANISER],
                "submissions_close": datetime(2027, 5, 19, 23, 59, tzinfo=UTC),
                "coordination_team": "The coordination team",
            },
            "room": [{"name": "Room 1"}, {"name": "Room 2"}],
            "format": [
                {"name": "Talk", "minutes": 25},
                {"name": "Workshop", "minutes": 55, "rooms": ["Room 2"]},
            ],
            "pages": {
                "site": "callboard",
                "schedule": [PAGE],
                "report": "User:Callboard/Kinds",
                "about": "User:Callboard/About",
                "off_switch": "User:Callboard/run",
            },
            "board": {
                "project": "kinds",
                "coordinators": ["lea"],
                "fields": {"people": ["Speaker(s)"], "required": ["format", "people"]},
            },
            # The wiki's pages are written by this test a moment before, whatever the hour of the event.
            "delivery": {"grace": "0s"},
            "notice": [{"kind": kind, **rules.get(kind, {})} for kind in kinds],  # type: ignore[dict-item]
        },
        slug="kinds",
        where="test",
    )


def board() -> Board:
    """Two tasks: one that lacks something, and one with the team's yes that no row links."""
    at = datetime(2027, 5, 2, tzinfo=UTC)
    yes = Acknowledgement("Lea", "PHID-USER-lea", at, "comment", "PHID-XACT-TASK-1")
    return Board(
        _task("T900001", "[Session] A first | step", missing=("format", "people"), owners=(BO,)),
        _task("T900002", "Lua for all", acknowledged=yes, format="Workshop", owners=(QUILL,)),
    )


def _task(number: str, title: str, **facts: object) -> Proposal:
    given: dict[str, object] = {
        "task": number,
        "phid": f"PHID-{number}",
        "title": title,
        "author": "someone",
        "status": "open",
        "closed": False,
        "board": "kinds",
        "submitted": datetime(2027, 4, 20, tzinfo=UTC),
        **facts,
    }
    return Proposal(**given)  # type: ignore[arg-type]


def tick(wiki: DevWiki, database: Path, now: datetime, kinds: Sequence[str] = KINDS) -> list[str]:
    """The pages that a tick at that hour wrote notices on."""
    ledger = Ledger.open(f"sqlite:///{database}")
    try:
        app = App(event(kinds), gateway_to(wiki), board(), ledger, Clock(now - datetime.now(UTC)))
        done = app.tick(apply=True)
        assert [held.why for held in done.results.held] == []
        return sorted(one.page for one in done.results.written if one.what.startswith("notice"))
    finally:
        ledger.close()


def topics(wiki: DevWiki, title: str) -> list[tuple[str, str]]:
    """Heading and body of each section, as a reader finds them: without marks, the time of the signature left out."""
    text = re.sub(r"<!--.*?-->", "", wiki.person(ORGANISER).text(title) or "")
    text = re.sub(r"\s*\[\[User:Callboard\|Callboard\]\].*\(UTC\)", " SIGNED", text)
    parts = re.split(r"^== (.*) ==\n", text, flags=re.MULTILINE)
    assert parts[0] == ""
    return [(heading, body.strip()) for heading, body in zip(parts[1::2], parts[2::2], strict=True)]


@pytest.fixture
def ready(wiki: DevWiki) -> DevWiki:
    ada = wiki.person(ORGANISER)
    for kind in KINDS:
        text = (ROOT / f"templates_wikitext/notices/{kind}.wikitext").read_text("utf-8")
        ada.edit(f"Template:Callboard/notices/{kind}", text)
    ada.edit(PAGE, SCHEDULE)
    return wiki


WHY = "[[User:Callboard/About|What this bot does, and how to stop its messages]]. SIGNED"
YOURS = f"You get this message because the task is yours. {WHY}"
NAMED = f"You get this message because the schedule names you. {WHY}"
ROW = f"You get this message because the row in the schedule names you. {WHY}"
THERE = f"[[{PAGE}|the schedule]]"
BOTS = "'''Bots for beginners''' (Saturday, 22 May 2027, 14:00–15:00 (UTC), Room 1)"
MAPS = "'''Maps, drawn by hand''' (Saturday, 22 May 2027, 14:30–15:30 (UTC), Room 1)"
OVERLAP = (
    "overlap, and they are in one room ([https://zonestamp.toolforge.org/1810994400 see the earlier start in your time"
    f" zone]).\n\n'''What to do now:''' move yours to a free slot in {THERE}, or agree with whoever holds the other one"
    " that theirs moves. If you are needed in both, you may also find somebody to stand in for you. Once the two are"
    f" apart, nothing else is needed. The coordination team will help.\n\n{NAMED}"
)
ACKNOWLEDGED = (
    "Demo Hackathon: Lua for all was acknowledged",
    (
        "The coordination team said yes to '''Lua for all''' ([[phab:T900002|T900002]], by Lea).\n\n'''What to do now:''' choose"
        f" a free slot and add your session to {THERE} yourself, with your name and the task. Free slots that fit: Saturday,"
        f" 22 May 2027, 13:00–14:00 (UTC), Room 2.\n\n{YOURS}"
    ),
)
NOT_SCHEDULED = (
    "Demo Hackathon: Lua for all is not in the schedule yet",
    (
        f"The coordination team said yes to '''Lua for all''' ([[phab:T900002|T900002]]), but {THERE} does not name the task yet."
        " No row there looks like it.\n\n'''What to do now:''' unless it stands there under another name, choose a free slot and"
        f" add your session to {THERE} yourself, with your name and the task, by '''Friday, 21 May 2027, 00:00 (UTC)'''"
        " ([https://zonestamp.toolforge.org/1810857600 see in your time zone]). Free slots that fit: Saturday, 22 May 2027,"
        f" 13:00–14:00 (UTC), Room 2. If you do not want to hold it any more, please say so on the task.\n\n{YOURS}"
    ),
)
INCOMPLETE = (
    "Demo Hackathon: A first &#124; step is not complete yet",
    (
        "Thank you for proposing '''A first &#124; step''' ([[phab:T900001|T900001]])! The coordination team needs a little more"
        " to decide on it: “Format” (Talk or Workshop); “Speaker(s)” (the wiki accounts of those who hold it).\n\n'''What to do"
        " now:''' please edit the description of [[phab:T900001|the task]] and put there, each on a line of its own, “Format:"
        " …”, “Speaker(s): …” with your answers in place of the dots. A comment is not looked through for it. Proposals are"
        f" taken until Wednesday, 19 May 2027, 23:59 (UTC).\n\n{YOURS}"
    ),
)


def asked_after(title: str, hours: str) -> tuple[str, str]:
    """What the owner of a session is asked when it is over."""
    return (
        f"Demo Hackathon: what is left of {title}?",
        (
            f"Thank you for holding '''{title}''' on Saturday, 22 May 2027, {hours} (UTC)! People who could not come would like"
            " to see what is left of it.\n\n'''What to do now:''' if you have notes, slides or a recording, please put a link"
            f" in its row of {THERE}, or ask somebody to. If not, nothing.\n\n{ROW}"
        ),
    )


@pytest.mark.timeout(120)
def test_what_people_find(ready: DevWiki, tmp_path: Path) -> None:
    talk = [f"User talk:{name}" for name in (ADA, CYD, QUILL, BO)]
    assert tick(ready, tmp_path / "one", BEFORE) == sorted([TALK, *talk])
    assert tick(ready, tmp_path / "one", BEFORE) == []
    assert tick(ready, tmp_path / "another", BEFORE) == []
    clash = "overlaps with another session"
    assert [topics(ready, title) for title in talk] == [
        [(f"Demo Hackathon: Bots for beginners {clash}", f"{BOTS} and {MAPS} {OVERLAP}")],
        [(f"Demo Hackathon: Maps, drawn by hand {clash}", f"{MAPS} and {BOTS} {OVERLAP}")],
        [ACKNOWLEDGED],
        [INCOMPLETE],
    ]
    # To the wiki all this happens within a minute, so the yes would still be news.
    assert tick(ready, tmp_path / "one", TWO_DAYS, ("not_scheduled",)) == [f"User talk:{QUILL}"]
    assert topics(ready, f"User talk:{QUILL}") == [ACKNOWLEDGED, NOT_SCHEDULED]
    tick(ready, tmp_path / "one", AFTERWARDS)
    assert [topics(ready, title)[1:] for title in talk] == [
        [asked_after("Bots for beginners", "14:00–15:00")],
        [asked_after("Maps, drawn by hand", "14:30–15:30")],
        [NOT_SCHEDULED],
        [],
    ]


@pytest.mark.timeout(120)
def test_what_organisers_find(ready: DevWiki, tmp_path: Path) -> None:
    tick(ready, tmp_path / "one", BEFORE)
    shown = ready.person(ORGANISER).html(TALK)
    assert _texts("li", shown) == [
        (
            'Kinds/Schedule, line 9, new: Room 1 has two sessions at once: this one (Sat 22 May 14:30–15:30 UTC) and "Bots for'
            ' beginners" (line 7) (Sat 22 May 14:00–15:00 UTC); move one of them'
        ),
        (
            'Kinds/Schedule, new: T900002 "Lua for all" was acknowledged by Lea, but no row of the schedule links it; its owner'
            " adds it to a free slot"
        ),
    ]
    assert re.findall(r'<li><a href="[^"]*?(Kinds/Schedule[^"]*)"', shown) == [
        "Kinds/Schedule#Saturday_22_May_2027",
        "Kinds/Schedule",
    ]
    assert _texts("p", shown)[:2] == [
        "2 problems to look at, 2 new since the last message like this. The most pressing:",
        (
            "What to do now: the report page has all of them, each with an edit link; what may stay as it is can be accepted"
            " there. No notice was refused."
        ),
    ]
    assert tick(ready, tmp_path / "one", BEFORE + DAY) == []  # nothing is new the next morning


def _texts(tag: str, page: str) -> list[str]:
    """What a reader sees of each element of that name."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", one)).split()) for one in found]
