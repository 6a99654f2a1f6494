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
    return devwiki


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
    rendered = published.person(ORGANISER).api(
        "parse", text=source, title="Programme", contentmodel="wikitext", prop="text", disablelimitreport=True
    )["parse"]["text"]
    inner = rendered[rendered.index("callboard-session") :].partition(">")[2]
    parts = re.findall(r"<div[^>]*>(.*?)</div>", inner, re.DOTALL)
    words = [html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br[^>]*>", " ", part))) for part in parts]
    assert [" ".join(word.split()) for word in words] == shown
