"""Which pages are translations, and that none of them is edited."""

import pytest

from callboard.model import PageText
from callboard.plan import plan_page
from callboard.rules import SCHEDULE
from callboard.translations import source_of
from tests.snapshots import snapshot

PAGE = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00
| Bots<br />[[User:Ada|Ada]]<br />Facilitator : [[User:Bo|Bo]]
| Maps<br />[[User:Cyd|Cyd]]<br />facilitation: [[User:Dot|Dot]]
|}
"""


@pytest.mark.parametrize(
    ("title", "text", "source"),
    [
        ("Event/Schedule", "<languages/>", ""),
        ("Event/Schedule/de", "<languages/>", "Event/Schedule"),
        ("Event/Schedule/de", "{| |}", "Event/Schedule"),
        ("Event/Schedule/pt-br", "<languages />", "Event/Schedule"),
        ("Event/Schedule/zh-hans", "", "Event/Schedule"),
        ("Event/Schedule/ast", "", "Event/Schedule"),
        ("Event/Schedule/de", "<languages/><translate>x</translate>", ""),
        ("Event/Schedule/DE", "", ""),
        ("Event/Schedule/Friday", "", ""),
        ("Event/Schedule/qq", "", ""),
        ("de", "", ""),
    ],
)
def test_source_of(title: str, text: str, source: str) -> None:
    assert source_of(title, text) == source


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("Event/Schedule", ""),
        (
            "Event/Schedule/de",
            "the page is a translation and would be written anew: name its source, Event/Schedule, in the event file",
        ),
    ],
)
def test_a_translation_is_never_edited(title: str, held: str) -> None:
    plan = plan_page(PageText(title, 1, f"<languages/>\n{PAGE}"), SCHEDULE, snapshot())
    assert (plan.held, plan.changes) == (held, not held)
