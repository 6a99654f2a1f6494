"""Edits by span: what lies outside stays, what clashes is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.wikitext.edits import OverlappingEdits, Span, TextEdit, apply_edits, overlap
from tests.source_lines import line_of


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("", [], ""),
        ("abc", [], "abc"),
        ("abc", [TextEdit(1, 1, "")], "abc"),
        ("", [TextEdit(0, 0, "x")], "x"),
        ("abc", [TextEdit(0, 0, "x"), TextEdit(3, 3, "y")], "xabcy"),
        ("abc", [TextEdit(0, 3, "")], ""),
        ("abc", [TextEdit(2, 3, "C"), TextEdit(0, 1, "A")], "AbC"),  # in any order
        ("abc", [TextEdit(0, 1, "A"), TextEdit(1, 2, "B")], "ABc"),  # touching is no overlap
        ("abc", [TextEdit(0, 1, "A"), TextEdit(1, 1, "+")], "A+bc"),  # an insertion right after an edit
        ("ä🎉b", [TextEdit(1, 2, "é")], "äéb"),  # characters, not bytes
        ("a\r\nb", [TextEdit(3, 4, "c")], "a\r\nc"),
    ],
)
def test_apply_edits(text: str, edits: list[TextEdit], expected: str) -> None:
    assert apply_edits(text, edits) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (TextEdit(0, 1, ""), TextEdit(1, 2, ""), False),
        (TextEdit(0, 1, ""), TextEdit(5, 5, ""), False),
        (TextEdit(0, 1, ""), TextEdit(1, 1, "x"), False),
        (TextEdit(0, 2, ""), TextEdit(1, 3, ""), True),
        (TextEdit(0, 9, ""), TextEdit(3, 4, ""), True),
        (TextEdit(0, 9, ""), TextEdit(3, 3, "x"), True),
        (TextEdit(2, 4, "a"), TextEdit(2, 4, "a"), True),
        (TextEdit(2, 2, "a"), TextEdit(2, 2, "b"), True),  # which one first?
        (TextEdit(2, 2, "a"), TextEdit(2, 4, "b"), True),
    ],
)
def test_overlap_either_way_round(first: TextEdit, second: TextEdit, expected: bool) -> None:
    assert (overlap(first, second), overlap(second, first)) == (expected, expected)


def test_apply_edits_that_overlap_are_refused() -> None:
    with pytest.raises(OverlappingEdits):
        apply_edits("abcdef", [TextEdit(0, 3, "x"), TextEdit(2, 4, "y")])


@pytest.mark.parametrize(
    "edit", [TextEdit(0, 4, ""), TextEdit(-1, 1, ""), TextEdit(2, 1, ""), TextEdit(4, 4, "x")]
)
def test_apply_edits_outside_the_text_are_refused(edit: TextEdit) -> None:
    with pytest.raises(IndexError):
        apply_edits("abc", [edit])


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [("", 0, 1), ("a\nb", 0, 1), ("a\nb", 1, 1), ("a\nb", 2, 2), ("\n\n\n", 3, 4), ("a\r\nb", 3, 2)],
)
def test_line_of(text: str, offset: int, expected: int) -> None:
    assert line_of(text, offset) == expected


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (Span(2, 3), Span(2, 3), True),
        (Span(2, 2), Span(2, 3), True),
        (Span(1, 3), Span(2, 3), False),
        (Span(2, 4), Span(2, 3), False),
    ],
)
def test_span_within_a_span(inner: Span, outer: Span, expected: bool) -> None:
    assert (inner in outer) is expected


def test_span_of() -> None:
    assert Span(1, 3).of("abcd") == "bc"


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[list[tuple[str, str | None]], str]:
    """Pieces of a text, each kept (None) or replaced, and the expected text; kept pieces are never empty."""
    old = st.text(min_size=1, max_size=5)
    pieces = draw(st.lists(st.tuples(old, st.none() | st.text(max_size=5)), max_size=12))
    return pieces, "".join(was if new is None else new for was, new in pieces)


@given(texts_with_edits(), st.randoms(use_true_random=False))
def test_apply_edits_changes_the_spans_and_nothing_else(
    case: tuple[list[tuple[str, str | None]], str], chance: object
) -> None:
    pieces, expected = case
    edits, at = [], 0
    for was, new in pieces:
        if new is not None:
            edits.append(TextEdit(at, at + len(was), new))
        at += len(was)
    chance.shuffle(edits)  # type: ignore[attr-defined]
    assert apply_edits("".join(was for was, _ in pieces), edits) == expected
