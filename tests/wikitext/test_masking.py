"""What stands where: the preprocessor's view of a text."""

import pytest

from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, line_at, marks, marks_within
from callboard.wikitext.views import view
from tests.source_lines import line_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", []),
        ("{{a|b}}", [("template", "{{a|b}}")]),
        ("{{{a}}}", [("argument", "{{{a}}}")]),
        ("{{{!}}", [("template", "{{!}}")]),
        ("{{!}}}", [("template", "{{!}}")]),
        ("{{a|{{b}}}}", [("template", "{{a|{{b}}}}"), ("template", "{{b}}")]),
        ("{{a {{b}}", [("template", "{{b}}")]),
        ("{{a [[b}}", []),
        ("[[a|b]]", [("link", "[[a|b]]")]),
        ("[[a|{{b}}]]", [("link", "[[a|{{b}}]]"), ("template", "{{b}}")]),
        ("a <!-- {{b}} --> c", [("comment", "<!-- {{b}} -->")]),
        ("a <!-- open", [("comment", "<!-- open")]),
        ("<nowiki>{{a}}</nowiki>", [("opaque", "<nowiki>{{a}}</nowiki>")]),
        ("<nowiki>{{a}}", [("template", "{{a}}")]),
        ("<nowiki />{{a}}", [("opaque", "<nowiki />"), ("template", "{{a}}")]),
        ("<PRE>[[a]]</Pre >", [("opaque", "<PRE>[[a]]</Pre >")]),
        ("<nowikix>[[a]]</nowikix>", [("link", "[[a]]")]),
        ("<translate nowrap>a</translate>", [("removed", "<translate nowrap>"), ("removed", "</translate>")]),
        ("<includeonly>a</includeonly>", [("removed", "<includeonly>a</includeonly>")]),
    ],
)  # fmt: skip
def test_marks(text: str, found: list[tuple[str, str]]) -> None:
    assert [(mark.kind.value, mark.span.of(text)) for mark in marks(text)] == found


def test_marks_within_takes_only_what_lies_wholly_inside() -> None:
    text = "{{a}} {{b|[[c]]}} [[d]]"
    assert [mark.span.of(text) for mark in marks_within(text, Span(4, 18))] == ["{{b|[[c]]}}", "[[c]]"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a{{b|\n|c}}d", "a\x7fd"),
        ("a<!-- b -->c", "ac"),
        ("a\n <!-- b --> <!-- c --> \nd", "a\nd"),
        ("a\n<!-- b -->\n<!-- c -->\nd", "a\nd"),
        ("a\n<!-- b --> c\nd", "a\n c\nd"),
        ("{{{!}}\n{{!}}-\n{{!}}}", "{|\n|-\n|}"),
        ("a {{(!}}\n{{!-}}\n{{!)}}", "a \n{|\n|-\n|}"),
        ("a {{!!|x}} b {{ !!\n | y = {{z}} }} c", "a || b || c"),
        ("{{!|x}}{{!!x}}{{ !x }}{{!!!!!!!!}}", "\x7f\x7f\x7f\x7f"),
        ("<translate>a</translate>[[b|c]]", "a[[b|c]]"),
        ("a\n<translate>\nb\n</translate>\nc", "a\nb\nc"),
    ],
)
def test_view(text: str, seen: str) -> None:
    assert view(text).text == seen


def test_view_leads_back_to_the_original() -> None:
    text = "a<!-- x -->b{{t}}c{{!}}d"
    seen = view(text)
    assert [(text[seen.origin(at) : seen.after(at)]) for at in range(len(seen.text))] == [
        "a",
        "b",
        "{{t}}",
        "c",
        "{{!}}",
        "d",
    ]
    assert seen.origin(len(seen.text)) == len(text)


def test_line_at_agrees_with_counting() -> None:
    text = "a\nb\n\nc"
    assert [line_at(text, at) for at in range(len(text) + 1)] == [
        line_of(text, at) for at in range(len(text) + 1)
    ]


def test_kinds_are_all_found() -> None:
    text = "<!--a--><pre>b</pre></translate>{{c}}{{{d}}}[[e]]"
    assert {mark.kind for mark in marks(text)} == set(Kind)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("{{a}}", "\x7f"),
        ("{{ a b |c}}", "\x7f"),
        ("{{\na\n|c}}", "\x7f"),
        ("{{#if:[x]|c}}", "\x7f"),
        ("{{{{a}}|c}}", "\x7f"),
        ("{{a<!-- b -->|c}}", "\x7f"),
        ("{{|c}}", "{{|c}}"),
        ("{{}}", "{{}}"),
        ("{{a\nb|c}}", "{{a\nb|c}}"),
        ("{{a\n{|\n|}\n}}", "{{a\n{|\n|}\n}}"),
        ("{{a [[b]]|c}}", "{{a [[b]]|c}}"),
        ("{{a|-{b}}", "{{a|-{b}}"),
        ("{{a|-{b}-}}", "\x7f"),
        ("-{ {{a}}", "-{ \x7f"),
    ],
)
def test_what_is_no_template(text: str, seen: str) -> None:
    assert view(text).text == seen
