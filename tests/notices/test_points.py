"""A list of places in a notice: links where a link can hold them, text in any case."""

from datetime import UTC, datetime

import mwparserfromhell
import pytest
from mwparserfromhell.nodes import HTMLEntity, Tag, Text, Wikilink

from callboard.model import Notice
from callboard.model.notice import Point
from callboard.notices.message import topic
from tests.notices.event import event
from tests.notices.test_message import HOSTILE, TEMPLATE

AT = datetime(2021, 5, 15, 8, tzinfo=UTC)


def points_of(*points: Point) -> str:
    """What the template is given as its points."""
    notice = Notice(
        "demo", "attention", "problems", "2021-05-15", "Talk:Demo", AT, AT, {"points": "-"}, points
    )
    made = topic(notice, event(), "Template:T", TEMPLATE["attention"])
    (call,) = mwparserfromhell.parse(made.wikitext).filter_templates()
    return str(call.get("points").value)


@pytest.mark.parametrize(
    ("point", "line"),
    [
        (Point("no page"), "* no page"),
        (Point("line 3: x", "Demo/Schedule"), "* [[:Demo/Schedule|Demo/Schedule]], line 3: x"),
        (Point("line 3: x", "Demo/Schedule", "Day_1"), "* [[:Demo/Schedule#Day_1|Demo/Schedule]], line 3: x"),
        (Point("x", "Demo/Schedule", "Day|1"), "* [[:Demo/Schedule|Demo/Schedule]], x"),
        (Point("x", "Demo{{Schedule}}"), "* Demo&#123;&#123;Schedule&#125;&#125;, x"),
        (Point("[[User:Victim]]", "Demo"), "* [[:Demo|Demo]], &#91;&#91;User&#58;Victim&#93;&#93;"),
    ],
)
def test_line_of_a_point(point: Point, line: str) -> None:
    assert points_of(point).replace("&#58;", ":") == line.replace("&#58;", ":")


def test_each_point_has_its_line() -> None:
    assert points_of(Point("one"), Point("two", "Demo")) == "* one\n* [[:Demo|Demo]], two"


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_in_a_point_acts(value: str) -> None:
    made = points_of(Point(value, "Demo", value), Point("last"))
    nodes = mwparserfromhell.parse(made, skip_style_tags=True).nodes
    assert made.count("\n") == 1
    assert {type(node) for node in nodes} <= {Text, HTMLEntity, Wikilink, Tag}
    links = [str(node.title).partition("#")[0] for node in nodes if isinstance(node, Wikilink)]
    assert links == [":Demo"]
