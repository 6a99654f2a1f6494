"""The outbox as MediaWiki shows it: its lines keep their shape, no word in them does anything, and it reads back from its history."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callboard.ledger import Sent
from callboard.model import Notice, OutboxWord, PageText
from callboard.model.outbox import EVERYTHING, OutboxNote, short_id
from callboard.notices.delivery import delivered
from callboard.outbox_words import ids_in, written
from callboard.plan import Plan
from callboard.report import with_report
from callboard.report_outbox import outbox_told
from callboard.snapshot import Snapshot
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from tests.integration.shown_tables import shown_tables
from tests.integration.test_tables_render import assert_same
from tests.notices.event import HOUR, event
from tests.test_report_proposals import HOSTILE

NOW = datetime(2021, 5, 20, 12, tzinfo=UTC)
TEMPLATE = "Template:Callboard/notices/starts_soon"
KIND = "starts_soon"


def notice(number: int, title: str, to: str) -> Notice:
    due = NOW + HOUR + number * timedelta(hours=7)
    return Notice("demo", KIND, f"T{number}", "1", to, due, due + HOUR, {"title": title})


def body(titles: Iterable[str], *, hostile: str = "") -> str:
    """The page about notices of these titles: every third held back, one refused, one word of a stranger."""
    wanted = [notice(n, title, ("Ada", "Bo", "Röd Räv")[n % 3]) for n, title in enumerate(titles)]
    of = event({"kind": KIND}, zone="Europe/Berlin")
    pages = of.pages.model_copy(update={"outbox": "Demo/Outbox"})
    words = [OutboxWord(short_id(one.key), "hold", hostile or "Ada", NOW) for one in wanted[::3]]
    everything = OutboxWord(EVERYTHING, "hold", hostile or "Ada", NOW) if hostile else None
    template = PageText(TEMPLATE, 1, "== {{{title}}} starts soon ==\nSee you. ~~~~")
    refused = Sent(
        notice(99, "Refused", "Ada").key, "Ada", KIND, "held", NOW, None, hostile or "The page is protected"
    )
    snapshot = Snapshot(
        of.model_copy(update={"pages": pages}),
        NOW,
        {TEMPLATE: template},
        outbox={word.about: word for word in [*words, *([everything] if everything else [])]},
        outbox_notes=(OutboxNote(hostile or "Eve", NOW, f"wanted to {hostile or 'hold back 1 notice'}"),),
    )
    due = replace(delivered(wanted, snapshot), called_for=frozenset({refused.key}))
    told = outbox_told(Plan(snapshot, (), (), due), [refused])
    return with_report(None, told, snapshot.event, NOW, beats=False) or ""


def test_lines_are_shown_as_rows(devwiki: DevWiki) -> None:
    source = body(HOSTILE)
    html = devwiki.person(ORGANISER).render(source)
    assert_same(source, html)
    tables = shown_tables(html)
    assert sum(len(table.rows) - 1 for table in tables) == len(HOSTILE) + 1
    assert {len(row) for table in tables for row in table.rows} == {6}
    assert len(ids_in(source)) == len(HOSTILE) + 1


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:20]))
def test_no_word_in_a_line_does_anything(devwiki: DevWiki, words: str) -> None:
    person = devwiki.person(ORGANISER)
    html, calm = (
        person.render(body([words] * 4, hostile=words)),
        person.render(body(["calm"] * 4, hostile="calm")),
    )
    tags, usual = (re.findall(r"<(/?(?!bdi)\w+)", one) for one in (html, calm))
    anchors = {"a", "/a"}
    assert [tag for tag in tags if tag not in anchors] == [tag for tag in usual if tag not in anchors]


def test_saved_page_reads_as_the_bot_wrote_it(devwiki: DevWiki) -> None:
    person = devwiki.person(ORGANISER)
    source = body(HOSTILE, hostile="Ada")
    person.edit("Demo/Outbox", source)
    there = person.text("Demo/Outbox") or ""
    assert written(there) == written(source) is not None
    found = person.api(
        "query", titles="Demo/Outbox", prop="categories|templates|extlinks|images", cllimit="max"
    )
    (shown,) = found["query"]["pages"]
    assert set(shown) == {"pageid", "ns", "title"}
