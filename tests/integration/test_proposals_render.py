"""Proposals and projects as MediaWiki shows them: tables keep their shape, and no word of a task does anything."""

import re

import pytest

from callboard.report import with_report
from callboard.report_projects import projects_told
from callboard.report_proposals import proposals_told
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from tests.board_values import NOW, SCHEDULE, event, plan
from tests.integration.shown_tables import shown_tables
from tests.integration.test_tables_render import assert_same
from tests.test_report_proposals import HOSTILE, hostile


def page(*words: str) -> str:
    """The whole page about the tasks that these words make."""
    tasks = [one for number, word in enumerate(words) for one in hostile(word, number * 10)]
    seen = plan(proposals=tasks, schedule=SCHEDULE.replace("{{phab|T900001}}", ""))
    body = "".join(f"{line}\n" for line in (*proposals_told(seen), *projects_told(seen)))
    return with_report(None, body, event(), NOW, beats=False) or ""


def test_tables_are_shown_with_all_their_rows(devwiki: DevWiki) -> None:
    source = page(*HOSTILE)
    html = devwiki.person(ORGANISER).render(source)
    assert_same(source, html)
    tables = shown_tables(html)
    assert [len(table.rows) for table in tables[2:]] == [len(HOSTILE) * 2 + 1, len(HOSTILE) + 1]
    assert all(len({len(row) for row in table.rows}) == 1 for table in tables)


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:20]))
def test_no_word_of_a_task_does_anything(devwiki: DevWiki, words: str) -> None:
    person = devwiki.person(ORGANISER)
    html, calm = person.render(page(words)), person.render(page("calm"))
    tags, usual = (re.findall(r"<(/?(?!bdi)\w+)", one) for one in (html, calm))
    anchors = {"a", "/a"}  # an owner's name may be a link to that user
    assert [tag for tag in tags if tag not in anchors] == [tag for tag in usual if tag not in anchors]


def test_page_has_no_category_template_or_link_to_elsewhere(devwiki: DevWiki) -> None:
    person = devwiki.person(ORGANISER)
    person.edit("Tea/Proposals", page(*HOSTILE))
    found = person.api(
        "query", titles="Tea/Proposals", prop="categories|templates|extlinks|images|links", pllimit="max"
    )
    (shown,) = found["query"]["pages"]
    links = {link["title"] for link in shown.pop("links") if not link["title"].startswith("User:")}
    assert links == {"Tea/Off switch"}
    assert set(shown) == {"pageid", "ns", "title"}
