"""Who wrote which line: edits in turn, the bot's own among them, and comments that acknowledge problems."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.line_authors import after_all, changed, first_seen
from callboard.model import LineAuthors, Maker

NOON = datetime(2021, 5, 20, 12, tzinfo=UTC)
BOT = "Callboard"
OK = "<!-- callboard: ok room-overlap -->"


def made(*edits: tuple[str, str | None]) -> LineAuthors:
    """The authors after these edits (user, lines split by "/"), a minute apart; the first made the page."""
    steps = [
        (None if text is None else text.replace("/", "\n"), Maker(user, NOON + timedelta(minutes=number)))
        for number, (user, text) in enumerate(edits)
    ]
    found = after_all((LineAuthors((None,)), ""), steps, BOT)
    assert found is not None
    return found[0]


def names(authors: LineAuthors) -> list[str]:
    return [maker.user if maker else "?" for maker in authors.lines]


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        ([("Ada", "a/b/c")], "Ada Ada Ada"),
        ([("Ada", "a/b/c"), ("Bo", "a/b/c")], "Ada Ada Ada"),
        ([("Ada", "a/b/c"), ("Bo", "a/B/c")], "Ada Bo Ada"),
        ([("Ada", "a/b/c"), ("Bo", "a/x/b/c")], "Ada Bo Ada Ada"),
        ([("Ada", "a/b/c"), ("Bo", "a/c")], "Ada Ada"),
        ([("Ada", "a/b/c"), ("Bo", "c/a/b")], "Bo Ada Ada"),
        ([("Ada", "a/b"), ("Bo", "x/a/b/y"), ("Cy", "x/a!/b/y")], "Bo Cy Ada Bo"),
        # the bot's tidying leaves a row its author; what it adds is its own
        ([("Ada", "a/b/c"), (BOT, "a/[b]/c")], "Ada Ada Ada"),
        ([("Ada", "a/b/c"), ("Bo", "a/B/c"), (BOT, "a/[B]/[c]/c")], "Ada Bo Bo Ada"),
        ([("Ada", "a/b"), (BOT, "a/b/new")], "Ada Ada Callboard"),
        # a hidden revision: nobody knows what was its doing
        ([("Ada", "a/b"), ("", None), ("Bo", "a/x")], "Ada ?"),
        ([("Ada", "a/b"), ("", None), ("Bo", "a/b"), ("Cy", "a/x")], "Ada Cy"),
    ],
)  # fmt: skip
def test_lines_belong_to_who_changed_them_last(edits: list[tuple[str, str | None]], wanted: str) -> None:
    assert names(made(*edits)) == wanted.split()


def test_the_latest_of_some_lines() -> None:
    authors = made(("Ada", "a/b/c"), ("Bo", "a/B/c"))
    assert authors.latest(1, 3) == Maker("Bo", NOON + timedelta(minutes=1))
    assert authors.latest(1, 1) == Maker("Ada", NOON)
    assert authors.latest(7, 9) is None
    assert first_seen("a\nb").latest(1, 2) is None


def test_lines_that_went_are_told_with_who_took_them() -> None:
    authors = made(("Ada", "a/'''Bots'''/c/d"), ("Bo", "a/c/d"), ("Cy", "a/d/c"))
    assert authors.removed == (("'''Bots'''", Maker("Bo", NOON + timedelta(minutes=1))),)


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        ([("Ada", f"a/b {OK}")], ["Ada"]),
        ([("Ada", "a/b"), ("Bo", f"a/b {OK}")], ["Bo"]),
        ([("Ada", f"a/b {OK}"), ("Bo", f"a/B {OK}")], ["Ada"]),  # the rest of the line is another's
        ([("Ada", f"a/b {OK}"), ("Bo", f"x/y/a/B {OK}")], ["Ada"]),
        ([("Ada", f"a/b {OK}/c"), ("Bo", f"a/b {OK}/c {OK}")], ["Ada", "Bo"]),  # copied
        ([("Ada", f"a {OK}/b"), ("Bo", f"A {OK}/b {OK}")], ["Bo", "Bo"]),  # which of them is Ada's? Then none
        ([("Ada", f"a {OK}/b {OK}"), ("Bo", f"A {OK}/b {OK}")], ["Ada", "Ada"]),
        ([("Ada", f"a/b {OK}"), ("Bo", "a/b"), ("Cy", f"a/b {OK}")], ["Cy"]),
        ([("Ada", f"a/b {OK}"), ("Bo", f"a/b {OK.replace('overlap', 'hours')}")], ["Bo"]),
        ([("Ada", f"a/b {OK}"), (BOT, f"a/[b] {OK}")], ["Ada"]),
        ([("Ada", "a/b"), ("", None), ("Bo", f"a/b {OK}")], ["?"]),  # it may be of the hidden one
    ],
)  # fmt: skip
def test_a_comment_belongs_to_who_put_it_there(
    edits: list[tuple[str, str | None]], wanted: list[str]
) -> None:
    assert [remark.by.user if remark.by else "?" for remark in made(*edits).remarks] == wanted


def test_where_the_history_begins_nobody_is_known() -> None:
    found = after_all(None, [("a\nb", Maker("Ada", NOON)), ("a\nB", Maker("Bo", NOON))], BOT)
    assert found is not None
    assert (names(found[0]), found[1]) == (["?", "Bo"], "a\nB")
    assert after_all(None, [(None, Maker("Ada", NOON))], BOT) is None


LINES = st.lists(st.sampled_from(["a", "b", "|-", "", f"x {OK}", OK]), max_size=9)


@given(st.lists(LINES, min_size=1, max_size=5))
def test_every_line_and_comment_has_its_place(texts: Sequence[Sequence[str]]) -> None:
    authors, text = first_seen(""), ""
    for number, lines in enumerate(texts):
        new = "\n".join(lines)
        authors = changed(authors, text, new, Maker(f"U{number}", NOON), own=number == 2)
        text = new
        assert len(authors.lines) == text.count("\n") + 1
        assert [remark.line for remark in authors.remarks] == [
            line for line, seen in enumerate(text.split("\n")) if OK in seen
        ]
