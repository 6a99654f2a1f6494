"""Headings with their titles."""

import pytest

from callboard.wikitext.headings import headings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("== Day ==", [(2, " Day ", 1)]),
        ("a\n=== Day ===\nb", [(3, " Day ", 2)]),
        ("== Day == <!--T:4-->", [(2, " Day ", 1)]),
        ("== <translate><!--T:6--> Day</translate> ==", [(2, " <translate><!--T:6--> Day</translate> ", 1)]),
        ("==Day==\r\n", [(2, "Day", 1)]),
        ("== a = b ==", [(2, " a = b ", 1)]),
        ("<!-- == a == -->\n<nowiki>\n== b ==\n</nowiki>\n{{x|\n== c ==\n}}", []),
        ("== open", []),
    ],
)
def test_headings(text: str, found: list[tuple[int, str, int]]) -> None:
    assert [(heading.level, heading.title.of(text), heading.line) for heading in headings(text)] == found
