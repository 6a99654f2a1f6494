"""rowspan and colspan as browsers get them from MediaWiki."""

import pytest

from callboard.wikitext.cell_spans import cell_spans
from callboard.wikitext.views import FILLER


@pytest.mark.parametrize(
    ("attributes", "rowspan", "colspan"),
    [
        ("", 1, 1),
        ("rowspan=2", 2, 1),
        ("rowspan='2' colspan=\"3\"", 2, 3),
        ("ROWSPAN = 4", 4, 1),
        ('rowspan="3', 3, 1),
        ("rowspan='3 class=x", 3, 1),
        ("rowspan=&#50;", 2, 1),
        ("rowspan=2 rowspan=3", 3, 1),
        ("data-rowspan=9", 1, 1),
        ("title='rowspan=9'", 1, 1),
        ("x-rowspan=9 xcolspan=9", 1, 1),
        ("rowspan", 1, 1),
        ("rowspan=", 1, 1),
        ("style=color:red; rowspan=2", 2, 1),
    ],
)
def test_attributes(attributes: str, rowspan: int, colspan: int) -> None:
    assert cell_spans(attributes) == (rowspan, colspan, True)


@pytest.mark.parametrize(
    ("value", "rowspan", "colspan"),
    [
        ("2px", 2, 2),
        ("2;", 2, 2),
        ("+2", 2, 2),
        ("02", 2, 2),
        ("0000000000002", 2, 2),
        ("2.9", 2, 2),
        ("-1", 1, 1),
        ("x2", 1, 1),
        ("２", 1, 1),
        ("", 1, 1),
        ("0", 0, 1),
        ("1000", 1000, 1000),
        ("1001", 1001, 1000),
        ("65534", 65534, 1000),
        ("65535", 65534, 1000),
        ("9" * 5000, 65534, 1000),
    ],
)
def test_values_are_clamped_as_html_does(value: str, rowspan: int, colspan: int) -> None:
    assert cell_spans(f'rowspan="{value}" colspan="{value}"') == (rowspan, colspan, True)


@pytest.mark.parametrize(
    ("attributes", "known"),
    [
        (f"rowspan={FILLER}", False),
        (f'class=x colspan="{FILLER}"', False),
        (f"style={FILLER} rowspan=2", True),
        (FILLER, True),
    ],
)
def test_what_a_template_decides_is_not_known(attributes: str, known: bool) -> None:
    assert cell_spans(attributes)[2] is known
