import pytest

from callboard.wikitext.edits import Span, TextEdit, apply_edits
from callboard.wikitext.structure import Protected, breaks

PAGE = """== Friday ==
{| class="wikitable"
! Time !! Room
|-
| 10:00
| style="x" | '''Bots''' <!-- mine -->
|-
| 11:00 || <translate><!--T:1--> Lunch</translate>
|}
<nowiki>{{</nowiki>
"""


def broken(old: str, new: str, at: str | None = None) -> list[str]:
    start = PAGE.index(at or old)
    edit = TextEdit(start, start + len(old), new)
    return list(breaks(PAGE, apply_edits(PAGE, [edit]), [Span(edit.start, edit.end)]))


@pytest.mark.parametrize(
    ("old", "new"), [("Bots", "Bots"), ("Bots", "Maps"), ("'''Bots'''", "{{phab|T1}}"), ("Room", "Place")]
)
def test_edits_that_break_nothing(old: str, new: str) -> None:
    assert broken(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("'''Bots'''", "Bots\n| more", "the row at line 5 would have 3 cells instead of 2"),
        ("'''Bots'''", "Bots\n|-\n| more", "the table at line 2 would have 4 rows instead of 3"),
        ("'''Bots'''", "Bots\n|}\n{|\n", "the page would have 2 tables instead of 1"),
        ("'''Bots'''", "<!-- Bots", "comments would change: <!-- mine -->"),
        ("11:00", "a | 11:00", "the attributes of the cell at line 8 would change"),
        ("<!--T:1-->", "", "comments would change: <!--T:1-->"),
        ("</translate>", "", "translation tags would change: </translate>"),
        ("== Friday ==", "= Friday", "the headings would change"),
        ("<nowiki>{{</nowiki>", "", "nowiki and other tags that hide their content would change: <nowiki>{{</nowiki>"),
    ],
)  # fmt: skip
def test_edits_that_break_the_page(old: str, new: str, why: str) -> None:
    assert broken(old, new)[0] == why


def test_a_cell_that_no_edit_names_must_stay() -> None:
    start = PAGE.index("11:00")
    after = PAGE.replace("Bots", "Maps")
    assert list(breaks(PAGE, after, [Span(start, start)])) == [
        "the cell at line 6 would change, though no edit names it"
    ]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("plain [here]", False),
        ("<!-- [here] -->", True),
        ("<nowiki>[here]</nowiki>", True),
        ("<pre>[here]</pre>", True),
        ("<translate>a [here] b</translate>", True),
        ("<translate nowrap><!--T:1--> [here]</translate>", True),
        ("<translate>a</translate> [here] <translate>b</translate>", False),
        ("<translate>a</translate>[here]<translate>b</translate>", False),
        ("<translate>a [here] and never closed", True),
        ("a</translate> [here]", False),
        ("<!-- never closed [here]", True),
    ],
)
def test_protected_parts(text: str, held: bool) -> None:
    start = text.index("[")
    assert Protected(text).holds(Span(start, text.index("]") + 1)) is held
    assert Protected(text).holds(Span(start, start)) is held
