from hypothesis import given
from hypothesis import strategies as st

from callboard.wikitext.edits import Span, TextEdit, apply_edits
from callboard.wikitext.origin import Origin


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[TextEdit]]]:
    text = draw(st.text("abc", max_size=20))
    now, out = text, []
    for _ in range(draw(st.integers(0, 3))):
        edits, at = [], 0
        for _ in range(draw(st.integers(0, 3))):
            if at > len(now):
                break
            start = draw(st.integers(at, len(now)))
            end = draw(st.integers(start, min(len(now), start + 4)))
            edits.append(TextEdit(start, end, draw(st.text("XYZ", max_size=3))))
            at = end + 1
        out.append(edits)
        now = apply_edits(now, edits)
    return text, out


def test_spans_before_any_edit_are_their_own_origin() -> None:
    assert Origin.of("abcdef").span(Span(2, 4)) == Span(2, 4)
    assert list(Origin.of("abcdef").changed()) == []


def test_an_empty_text_has_an_origin() -> None:
    assert Origin.of("").span(Span(0, 0)) == Span(0, 0)
    assert list(Origin.of("").after([TextEdit(0, 0, "x")]).changed()) == [Span(0, 0)]


def test_kept_text_leads_back_and_replaced_text_to_all_that_it_replaced() -> None:
    origin = Origin.of("one two three").after([TextEdit(4, 7, "2222"), TextEdit(13, 13, "!")])
    assert origin.span(Span(9, 14)) == Span(8, 13)  # three
    assert origin.span(Span(5, 6)) == Span(4, 7)
    assert origin.span(Span(0, 6)) == Span(0, 7)
    assert list(origin.changed()) == [Span(4, 7), Span(13, 13)]


def test_a_deletion_is_a_change() -> None:
    assert list(Origin.of("abc").after([TextEdit(0, 1, "")]).changed()) == [Span(0, 1)]
    assert list(Origin.of("abc").after([TextEdit(0, 3, "")]).changed()) == [Span(0, 3)]


@given(rounds())
def test_everything_outside_the_changed_spans_is_in_the_result_in_order(
    case: tuple[str, list[list[TextEdit]]],
) -> None:
    text, edits_of_rounds = case
    now, origin = text, Origin.of(text)
    for edits in edits_of_rounds:
        origin, now = origin.after(edits), apply_edits(now, edits)
    kept, at = [], 0
    for span in origin.changed():
        assert at <= span.start <= span.end <= len(text)
        kept.append(text[at : span.start])
        at = span.end
    kept.append(text[at:])
    found = 0
    for piece in kept:
        found = now.index(piece, found) + len(piece)
    assert "".join(c for c in now if c in "abc") == "".join(kept)


@given(rounds(), st.data())
def test_a_span_of_kept_text_leads_to_the_same_text(
    case: tuple[str, list[list[TextEdit]]], data: st.DataObject
) -> None:
    text, edits_of_rounds = case
    now, origin = text, Origin.of(text)
    for edits in edits_of_rounds:
        origin, now = origin.after(edits), apply_edits(now, edits)
    start = data.draw(st.integers(0, len(now)))
    end = data.draw(st.integers(start, len(now)))
    there = origin.span(Span(start, end))
    assert 0 <= there.start <= there.end <= len(text)
    if end == start + 1 and now[start] in "abc":
        assert there.of(text) == now[start]
