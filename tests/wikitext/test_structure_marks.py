"""Edits that would harm lists, templates, links and tables in HTML are refused; those that do what they mean are not."""

import pytest

from callboard.wikitext.edits import Span, TextEdit, apply_edits
from callboard.wikitext.structure import breaks

PAGE = """* 10:00 Bots {{u|Ada}}
** with [[User:Bo|Bo]]
* 11:00 Maps
Name
{{Callboard/session|title=Bots|start=10:00}}
<table class=x><tr class=y><td>12:00</td><td rowspan=2>Lunch</td></tr><tr><td>13:00</table>
{|
|- class=z
| a
* b
| c
|}
# 14:00 End
"""


def why(old: str, new: str) -> str:
    start = PAGE.index(old)
    edit = TextEdit(start, start + len(old), new)
    return next(breaks(PAGE, apply_edits(PAGE, [edit]), [Span(edit.start, edit.end)]), "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bots {{u|Ada}}", "Maps {{u|Bo}}"),
        ("Bots {{u|Ada}}", "Maps"),
        ("{{u|Ada}}", "[[User:Ada]]"),
        ("Ada", "Ada Bo"),
        ("Maps", "Maps {{phab|T900001}}"),
        ("title=Bots", "title=Maps"),
        ("title=Bots", "title={{x|a=b}}"),
        ("[[User:Bo|Bo]]", "{{u|Bo}}"),
        ("User:Bo|", "User:Bo A|"),
        ("Name", "* Name"),
        ("** with [[User:Bo|Bo]]\n", ""),
        ("* 11:00 Maps", "** 11:00 Maps"),
        ("Lunch", "Dinner"),
        ("13:00", "13:00 {{x}}"),
        ("* b", "* c"),
    ],
)
def test_edits_that_harm_nothing(old: str, new: str) -> None:
    assert why(old, new) == ""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Maps", "Maps\n* more", "list items would come, go or change their level"),
        ("Bots|start", "Bots|x|start", "the template '{{Callboard/session|title=Bots|start=10:' at line 5 would change its name or arguments"),
        ("title=Bots", "titel=Bots", "the template '{{Callboard/session|title=Bots|start=10:' at line 5 would change its name or arguments"),
        ("=Bots", "=Bo}}ts", "the template '{{Callboard/session|title=Bots|start=10:' at line 5 would change its name or arguments"),
        ("Callboard/", "", "the template '{{Callboard/session|title=Bots|start=10:' at line 5 would change its name or arguments"),
        ("12:00", "12:00</td><td>x", "the row at line 6 would have 3 cells instead of 2"),
        ("12:00", "12:00<tr><td>", "the table at line 6 would have 3 rows instead of 2"),
        ("12:00", "</table>", "the table at line 6 would have 1 rows instead of 2"),
        ("12:00", "<table>", "the page would have 3 tables instead of 2"),
        ("* 11:00 Maps", "* 11:00 Maps\n* a\n* b", "list items would come, go or change their level"),
        ("* 11:00 Maps\nName", "* 11:00\n* Maps\n* Name", "list items would come, go or change their level"),
        ("rowspan=2", "rowspan=3", "the attributes of the cell at line 6 would change"),
        ("class=y", "class=q", "attributes of the table at line 6 would change, or text in it that stands in no cell"),
        ("class=x", "class=q", "attributes of the table at line 6 would change, or text in it that stands in no cell"),
        ("class=z", "class=q", "attributes of the table at line 7 would change, or text in it that stands in no cell"),
        ("Lunch", "Lunch</td> early", "attributes of the table at line 6 would change, or text in it that stands in no cell"),
        ("Name", "Name\n| lost", "lines of tables would stand in no table"),
        ("=Bots", "=\n{|\n", "lines of tables would stand in no table"),
    ],
)  # fmt: skip
def test_edits_that_harm(old: str, new: str, reason: str) -> None:
    assert why(old, new) == reason


def test_what_no_edit_touches_must_stay() -> None:
    after = PAGE.replace("{{u|Ada}}", "{{u|Bo}}")
    assert list(breaks(PAGE, after, [])) == ["the template '{{u|Ada}}' at line 1 would be gone"]
