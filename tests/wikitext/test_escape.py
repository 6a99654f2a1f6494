import html
import re

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.wikitext.escape import escape, names_a_user, plain_line
from callboard.wikitext.tables import tables

MARKUP = st.sampled_from(
    [
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "{{",
        "}}",
        "{{{",
        "|",
        "||",
        "|-",
        "|}",
        "|+",
        "!",
        "!!",
        "=",
        "==",
        "''",
        "'''",
        "~",
        "~~~",
        "~~~~~",
        "<!--",
        "-->",
        "--",
        "<",
        ">",
        "</nowiki>",
        "<script>",
        "&",
        "&amp;",
        "&#124;",
        "__NOTOC__",
        "__",
        "_",
        "https://",
        "//",
        "*",
        "#",
        ":",
        ";",
        "\n",
        "\r\n",
        "\t",
        "mailto:a",
        "RFC 1",
        "news:x",
        "subst:",
        "User:Ada",
        "T1",
        "\u202e",
        "\u2028",
        "\x00",
    ]
)
SOUP = st.lists(st.one_of(MARKUP, st.text(max_size=4)), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("", ""),
        ("Bots for beginners", "Bots for beginners"),
        ("What's next? 50 % – done: R&D, O'Example (WMDE) / more", "What's next? 50 % – done: R&D, O'Example (WMDE) / more"),
        ("[Session] A | B", "&#91;Session&#93; A &#124; B"),
        ("{{delete}}", "&#123;&#123;delete&#125;&#125;"),
        ("a = b", "a &#61; b"),
        ("RFC 2119, ISBN\u00a0978-3-16-148410-0, PMID  1", "RFC&#32;2119, ISBN&#32;978-3-16-148410-0, PMID&#32; 1"),
        ("RFC for ISBN users, RFCs 1 and 2", "RFC for ISBN users, RFCs 1 and 2"),
        ("me ~~~~", "me &#126;&#126;&#126;&#126;"),
        ("<!-- x -->", "&#60;!&#45;&#45; x &#45;&#45;&#62;"),
        ("''it''", "&#39;&#39;it&#39;&#39;"),
        ("__NOTOC__", "&#95;&#95;NOTOC&#95;&#95;"),
        ("a !! b", "a &#33;&#33; b"),
        ("- first", "&#45; first"),
        ("* item", "&#42; item"),
        ("two\nlines", "two lines"),
        ("https://spam.example", "https&#58;//spam.example"),
        ("mailto:a@example.org", "mailto&#58;a@example.org"),
        ("&#124; and &amp;", "&amp;#124; and &amp;amp;"),
        ("turned \u202earound", "turned around"),
    ],
)  # fmt: skip
def test_escape(value: str, wanted: str) -> None:
    assert escape(value) == wanted


@given(SOUP)
def test_an_escaped_value_shows_what_was_given(value: str) -> None:
    assert html.unescape(escape(value)) == plain_line(value)


@given(SOUP)
def test_an_escaped_value_is_text_wherever_it_stands(value: str) -> None:
    inert = escape(value)
    nodes = mwparserfromhell.parse(inert).nodes
    assert {type(node).__name__ for node in nodes} <= {"Text", "HTMLEntity"}
    for table in ("{|\n|-\n|%s\n| x\n|}", "{|\n! %s !! x\n|}", "{|\n| a || %s || c\n|}"):
        assert [len(row.cells) for row in tables(table % inert)[0].rows] == [
            len(row.cells) for row in tables(table % "y")[0].rows
        ]
    assert re.search(r"~~~|\{\{|\[\[|__|-->|<", inert) is None


@pytest.mark.parametrize(
    "name",
    ["Ada", "O'Example", "Example (WMXX)", "例子", "A=B", "A&B", "A & B;", "Müller-Beispiel", "J. Doe"],
)
def test_names_of_accounts(name: str) -> None:
    assert names_a_user(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "A|B",
        "A]]B",
        "{{A}}",
        "A#B",
        "A\nB",
        "~~~",
        "A/B",
        "A<b",
        "''A''",
        " A",
        "A  \u202eB",
        "A&lt;b",
        "A&#65;",
    ],
)
def test_names_that_no_account_has(name: str) -> None:
    assert not names_a_user(name)
