"""The template for sessions as MediaWiki shows it: what is left out leaves no trace."""

import html
import re
from pathlib import Path

import pytest

from callboard.publishing import published_titles
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from tests.notices.event import event

FOLDER = Path(__file__).parents[2] / "templates_wikitext"
FULL = """{{Callboard/session
| day = 14 May
| time = 10:00–10:25
| room = Hall
| title = ''Maps'' | format = Workshop
| owner = [[User:Bo|Bo]], [[User:A=B]]
| facilitator = (your username)
| task = T900061
}}"""


@pytest.fixture(scope="module")
def published(devwiki: DevWiki) -> DevWiki:
    """The wiki with the templates for sessions."""
    devwiki.reset()
    ada = devwiki.person(ORGANISER)
    for title, text in published_titles(event(), FOLDER):
        if title.startswith("Template:Callboard/session"):
            ada.edit(title, text)
    ada.edit("Template:Phab", "[[phab:{{{1}}}|{{{1}}}]]")
    return devwiki


def parts(wiki: DevWiki, source: str) -> list[str]:
    """The HTML of the three parts of a session: when and where, what, links."""
    rendered = wiki.person(ORGANISER).api(
        "parse", text=source, title="Programme", contentmodel="wikitext", prop="text", disablelimitreport=True
    )["parse"]["text"]
    inner = rendered[rendered.index("callboard-session") :].partition(">")[2]
    return re.findall(r"<div[^>]*>(.*?)</div>", inner, re.DOTALL)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{Callboard/session}}", ["", "free slot", ""]),
        ("{{Callboard/session|time=10:00|title=|owner=|task=|room= }}", ["10:00", "free slot", ""]),
        (
            FULL,
            ["14 May 10:00–10:25 Hall", "Maps (Workshop) Bo, User:A=B facilitation: (your username)", "T900061"],
        ),
        (
            "{{Callboard/session|time=10:00|minutes=25|title=Maps|recording=https://video.example.org/1}}",
            ["10:00 (25 min)", "Maps", "recording"],
        ),
    ],
)  # fmt: skip
def test_session_is_shown_with_what_it_has(published: DevWiki, source: str, shown: list[str]) -> None:
    words = [
        html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br[^>]*>", " ", part)))
        for part in parts(published, source)
    ]
    assert [" ".join(word.split()) for word in words] == shown


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("T900061", "T900061"),
        ("t900061", "T900061"),
        ("<!-- mine -->T900061", "T900061"),
        ("{{phab|T900061}}", "T900061"),
        ("[[phab:T900061]]", "phab:T900061"),
        ("[[phab:T900061|the task]]", "the task"),
        ("phab:T900061", "phab:T900061"),
        ("[https://phabricator.wikimedia.org/T900061 the task]", "the task"),
        ("https://phabricator.wikimedia.org/T900061", "https://phabricator.wikimedia.org/T900061"),
    ],
)
def test_task_is_a_link_in_whatever_form_it_is_given(published: DevWiki, task: str, words: str) -> None:
    shown = parts(published, f"{{{{Callboard/session|time=10:00|title=Maps|task={task}}}}}")[2]
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', shown)
    assert links == [("https://phabricator.wikimedia.org/T900061", words)]
    assert re.sub(r"<a .*?</a>", "", shown) == ""
