"""What Echo and DiscussionTools make of notices: topics of the bot's with their headings, and no word of a value does anything."""

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from callboard.config import Event, event_from
from callboard.ledger import Ledger
from callboard.model import Notice
from callboard.notices import kinds
from callboard.notices.delivery import Due
from callboard.notices.message import marks
from callboard.plan import Plan
from callboard.posting import post_notices
from callboard.posting_turn import turn_page
from callboard.snapshot import Snapshot
from callboard.wikitext.escape import plain_line
from callboard.writing import Results, Writer
from dev.devwiki import DevWiki
from dev.wiki_accounts import BOT, ORGANISER
from dev.wiki_paths import ROOT
from tests.integration.gateway import gateway_to

NOW = datetime.now(UTC).replace(microsecond=0)
OWNER, VICTIM = "Marta Mentor", "Testuser Bo"
TALK = f"User talk:{OWNER}"
HOSTILE = (
    f"[[User:{VICTIM}]]", f"{{{{ping|{VICTIM}}}}}", f"@{VICTIM}", f"[[User talk:{VICTIM}]] ~~~~", "~~~", "~~~~~",
    "| x=1 |2=y |title=Mine", "a=b", "{{Nobots}}", "}}", "{{{1}}}", "{{subst:Main Page}}", "{{PAGENAME}}",
    "[[Category:Mine]]", "[[:Category:Mine]]", "[[File:X.jpg|thumb]]", "[https://spam.example x]", "https://spam.example",
    "mailto:a@b.example", "<nowiki>", "</nowiki>", "<!-- x", "-->", "<ref>x</ref>", "<onlyinclude>", "</includeonly>",
    "<noinclude>", "<b>x", "<script>alert(1)</script>", "__NOTOC__", "__NOINDEX__", "ISBN 0-306-40615-2", "RFC 2119", "PMID 1",
    "\n== Forged ==\n", "\n* item", "\n|}\n", "\n{|\n|-\n| x\n|}\n", "#REDIRECT [[X]]", "'''b''' ''i", "&lt;b&gt; &#91;",
    "*/ [callboard:tea/T2@Forged/scheduled/o]", "<!-- callboard:tea/T2@Forged/scheduled/o -->", "\u202ertl\u202c \u05e9\u05dc\u05d5\u05dd",
    "\x00\x07\x1f", "-{zh-hans:x;zh-hant:y}-", "\ufeff\u200f", "x" * 10_000,
)  # fmt: skip


def event() -> Event:
    return event_from(
        {
            "event": {
                "title": "Tea Hackathon",
                "zone": "Europe/Berlin",
                "days": ["2027-05-22"],
                "organisers": [ORGANISER],
            },
            "pages": {"site": "callboard", "about": "User:Callboard/About"},
        },
        slug="tea",
        where="test",
    )


def notice(kind: str, subject: str, title: str) -> Notice:
    values = dict.fromkeys(kinds()[kind].parameters, "x") | {
        "event": "Tea Hackathon",
        "title": title,
        "schedule": "Schedule",
        "about": "User:Callboard/About",
        "start": "1810814400",
    }
    given = {name: value for name, value in values.items() if name in kinds()[kind].parameters}
    hour = timedelta(hours=1)
    return Notice("tea", kind, subject, "o", OWNER, NOW - hour, NOW + hour, given)


@pytest.fixture
def ready(wiki: DevWiki) -> DevWiki:
    for kind in ("starts_soon", "shift_starts_soon", "thanks"):
        text = (ROOT / f"templates_wikitext/notices/{kind}.wikitext").read_text("utf-8")
        wiki.person(ORGANISER).edit(f"Template:Callboard/notices/{kind}", text)
    return wiki


def post(wiki: DevWiki, database: Path, notices: Iterable[Notice], **rules: object) -> Results:
    """What came of posting them, with these rules of delivery."""
    of = event().model_copy(update={"delivery": event().delivery.model_copy(update=rules)})
    ledger = Ledger.open(f"sqlite:///{database}/ledger.sqlite")
    writer = Writer(of, gateway_to(wiki), ledger, NOW)
    post_notices(Plan(Snapshot(of, NOW), (), (), Due(tuple(notices), ())), writer, None)
    ledger.close()
    return writer.results


def parsed(wiki: DevWiki) -> dict[str, Any]:
    """What the talk page holds besides text, as MediaWiki sees it."""
    wanted = "categories|links|templates|sections|images|externallinks|properties"
    answer: dict[str, Any] = wiki.person(ORGANISER).api("parse", page=TALK, prop=wanted)["parse"]
    return answer


def threads(wiki: DevWiki) -> list[tuple[str, list[str]]]:
    """Each topic's heading as text, and who wrote in it, as DiscussionTools sees them."""
    asked = {"page": TALK, "prop": "threaditemshtml"}
    found = wiki.person(ORGANISER).api("discussiontoolspageinfo", **asked)["discussiontoolspageinfo"]
    return [
        (one["id"], [reply["author"] for reply in one["replies"]])
        for one in found["threaditemshtml"]
        if one["type"] == "heading" and one["id"] != "h-"  # of the table of contents
    ]


def alerts(wiki: DevWiki, name: str, by: str = BOT) -> list[str]:
    """What Echo tells somebody of somebody's edits, as they read it."""
    told = [one["*"]["header"] for one in wiki.person(name).notifications() if one["agent"]["name"] == by]
    return [re.sub(r"<[^>]*>|[\u202a-\u202e]", "", header) for header in told]


def test_notice_is_a_topic_and_an_alert_with_its_heading(ready: DevWiki, tmp_path: Path) -> None:
    ready.person(ORGANISER).edit(TALK, "== Welcome ==\nHello. ~~~~")
    results = post(ready, tmp_path, [notice("starts_soon", "T1", "Bots for tea")])
    assert [written.page for written in results.written] == [turn_page(BOT, event()), TALK]
    made = ready.person(ORGANISER).history(TALK)[0]
    assert (made["user"], made["minor"]) == (BOT, False)
    assert [(section["level"], section["line"]) for section in parsed(ready)["sections"]] == [
        ("2", "Welcome"),
        ("2", "Tea Hackathon: Bots for tea starts soon"),
    ]
    (_, hello), (topic, authors) = threads(ready)
    assert (hello, authors) == ([ORGANISER], [BOT])
    assert topic.startswith("h-Tea_Hackathon:_Bots_for_tea_starts_soon-")
    assert ready.person(OWNER).has_messages()
    assert alerts(ready, OWNER) == [
        f'{BOT} left a message on your talk page in "Tea Hackathon: Bots for tea starts soon".'
    ]


def test_digest_is_as_many_topics_and_one_alert(ready: DevWiki, tmp_path: Path) -> None:
    """Echo names no heading where an edit brings several; the page's own list of topics does."""
    titles = {"starts_soon": "Bots for tea", "shift_starts_soon": "Milk", "thanks": "x"}
    notices = [notice(kind, f"T{n}", title) for n, (kind, title) in enumerate(titles.items())]
    results = post(ready, tmp_path, notices)
    assert [written.what for written in results.written] == [
        "turn to post notices",
        "notice starts_soon, shift_starts_soon, thanks",
    ]
    headings = [
        "Tea Hackathon: Bots for tea starts soon",
        "Tea Hackathon: your shift starts soon (Milk)",
        "Tea Hackathon: thank you for helping",
    ]
    assert [section["line"] for section in parsed(ready)["sections"]] == headings
    assert [authors for _, authors in threads(ready)] == [[BOT]] * 3
    assert len(marks(ready.person(ORGANISER).text(TALK) or "")) == 3
    assert len(ready.person(ORGANISER).history(TALK)) == 1
    assert ready.person(OWNER).has_messages()
    assert alerts(ready, OWNER) == [f"{BOT} left a message on your talk page."]


def test_no_word_of_a_value_does_anything(ready: DevWiki, tmp_path: Path) -> None:
    """Each hostile value is the title of a notice of its own."""
    notices = [notice("starts_soon", f"T{n:02}", title) for n, title in enumerate(HOSTILE)]
    shown = [f"Tea Hackathon: {plain_line(title)} starts soon" for title in HOSTILE]
    results = post(ready, tmp_path, notices, per_day=len(HOSTILE))
    assert (results.held, results.failed) == ([], [])
    page = parsed(ready)
    assert {name: page[name] for name in ("categories", "templates", "images", "properties")} == {
        "categories": [],
        "templates": [],
        "images": [],
        "properties": {},
    }
    assert {link["title"] for link in page["links"]} == {
        "Schedule",
        "User:Callboard/About",
        f"User:{BOT}",
        f"User talk:{BOT}",
    }
    assert page["externallinks"] == ["https://zonestamp.toolforge.org/1810814400"]
    assert [section["level"] for section in page["sections"]] == ["2"] * len(HOSTILE)
    assert [authors for _, authors in threads(ready)] == [[BOT]] * len(HOSTILE)
    text = ready.person(ORGANISER).text(TALK) or ""
    assert marks(text) == {one.key for one in notices}
    lines = [html.unescape(re.sub(r"<[^>]*>", "", section["line"])) for section in page["sections"]]
    assert [" ".join(line.split()) for line in lines] == [" ".join(heading.split()) for heading in shown]
    assert alerts(ready, VICTIM) == []


def test_template_shows_dates_in_its_own_language(ready: DevWiki, tmp_path: Path) -> None:
    """As the page about the bot explains to translators; the times are of the wiki's clock, moved by the event's offset."""
    safe = "{{<includeonly>safesubst:</includeonly>#time:l, j. F Y, H:i|@{{{start}}} +2 hours|de}} Uhr"
    text = (
        f"== {{{{{{event}}}}}}: {{{{{{title}}}}}} beginnt bald ==\n{safe}.<noinclude>Beschreibung</noinclude>"
    )
    ready.person(ORGANISER).edit("Template:Callboard/notices/starts_soon/de", text)
    post(ready, tmp_path, [notice("starts_soon", "T1", "Tee")], languages={OWNER: "de-at"})
    posted = ready.person(ORGANISER).text(TALK) or ""
    assert posted.startswith(
        "== Tea Hackathon: Tee beginnt bald ==\nDonnerstag, 20. Mai 2027, 14:00 Uhr. <!-- callboard:tea/T1@"
    )
