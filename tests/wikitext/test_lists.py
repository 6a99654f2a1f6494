"""Lines of a page: items with their bullets, headings, and what is out of the way."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.wikitext.lists import LineKind, lines, term


def kinds(text: str) -> list[tuple[str, str]]:
    return [
        (line.kind.value, line.content.of(text) if line.kind is LineKind.ITEM else "") for line in lines(text)
    ]


@pytest.mark.parametrize(
    ("source", "prefix", "bullet", "content"),
    [
        ("* a", "*", "* ", "a"),
        ("*a", "*", "*", "a"),
        (":*  a ", ":*", ":*  ", "a "),
        (":**a", ":**", ":**", "a"),
        ("#: a", "#:", "#: ", "a"),
        ("; Chat", ";", "; ", "Chat"),
        ("*", "*", "*", ""),
        ("* <!-- x -->", "*", "* ", "<!-- x -->"),
        ("<!--T:3--> * a", "", "", ""),
        ("<!--T:3-->* a", "*", "* ", "a"),
        ("<translate>* a</translate>", "*", "* ", "a</translate>"),
        ("* a\r", "*", "* ", "a"),
    ],
)
def test_item_parts(source: str, prefix: str, bullet: str, content: str) -> None:
    (line,) = lines(source)
    assert line.prefix == prefix
    if line.bullet:
        assert (line.bullet.of(source), line.content.of(source)) == (bullet, content)


@pytest.mark.parametrize(
    "source",
    [
        "{|\n* a\n|}",
        "{| class=x\n|-\n|\n* a\n|}",
        ":{|\n|\n* a\n|}",
        "<nowiki>\n* a\n</nowiki>",
        "<pre>\n* a\n</pre>",
        "<!--\n* a\n-->",
        "<!--\n* a",
        "{{Box|\n* a\n}}",
        "{{Box\n|x={{y|\n* a\n}}\n* b\n}}",
        "<table>\n<tr><td>\n* a\n</td></tr></table>",
    ],
)
def test_bullets_in_tables_templates_and_hidden_text_are_no_items(source: str) -> None:
    assert [line for line in lines(source) if line.kind is LineKind.ITEM] == []


def test_list_goes_on_after_what_is_hidden() -> None:
    text = "* a\n<!-- x\n* y -->\n* b {{u|\nBo}}\n\n* c"
    assert kinds(text) == [
        ("item", "a"),
        ("hidden", ""),
        ("item", "b {{u|\nBo}}"),
        ("blank", ""),
        ("item", "c"),
    ]
    assert [line.number for line in lines(text)] == [1, 2, 4, 6, 7]


@pytest.mark.parametrize(
    ("source", "prefix", "content"),
    [
        ("== A ==", "==", " A "),
        ("== A == <!--T:4-->", "==", " A "),
        ("== <translate><!--T:4--> A</translate> ==", "==", " <translate><!--T:4--> A</translate> "),
        ("=== A ==", "==", "= A "),
        ("======= A =======", "======", "= A ="),
        ("===", "=", "="),
    ],
)
def test_headings(source: str, prefix: str, content: str) -> None:
    (line,) = lines(source)
    assert (line.kind, line.prefix, line.content.of(source)) == (LineKind.HEADING, prefix, content)


@pytest.mark.parametrize("source", ["== A", "A ==", "==", "=", "== A == b"])
def test_text_with_equals_signs_is_no_heading(source: str) -> None:
    assert [line.kind for line in lines(source)] == [LineKind.TEXT]


@pytest.mark.parametrize(
    ("source", "left", "right"),
    [
        ("; Chat", "Chat", None),
        ("; Chat : watch", "Chat ", " watch"),
        ("; [[User:A|A]] : x", "[[User:A|A]] ", " x"),
        ("; see https://example.org", "see https://example.org", None),
        ("; {{a|b:c}}", "{{a|b:c}}", None),
    ],
)
def test_term_and_definition(source: str, left: str, right: str | None) -> None:
    (line,) = lines(source)
    name, rest = term(source, line)
    assert (name.of(source), rest.of(source) if rest else None) == (left, right)


PIECES = st.sampled_from(
    [
        "* a",
        ":* b",
        "\n",
        "\n\n",
        "{|",
        "|}",
        "<!--",
        "-->",
        "<nowiki>",
        "</nowiki>",
        "{{",
        "}}",
        "== c ==",
        "\r\n",
        " ",
        "<translate>",
        "; d : e",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_lines_cover_the_text_without_overlap(text: str) -> None:
    found = lines(text)
    assert all(line.span.start <= line.content.start <= line.content.end <= line.span.end for line in found)
    assert all(
        text[before.span.end : after.span.start] in {"\n", "\r\n"}
        for before, after in itertools.pairwise(found)
    )
    assert (found[0].span.start, found[-1].span.end in {len(text), len(text) - text.endswith("\r")}) == (
        0,
        True,
    )
    assert [line.number for line in found] == [text.count("\n", 0, line.span.start) + 1 for line in found]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["* a\n", "<!--", "{|\n", "{{\n", "== a ==\n", "=", "* <!-- a\n b --> x\n", "<translate>"]
)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert lines(text)[-1].span.end == len(text)
