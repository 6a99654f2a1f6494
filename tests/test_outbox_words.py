"""Whose word on the outbox page counts, and for what: revision by revision."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import OutboxWord, PageText
from callboard.model.outbox import EVERYTHING
from callboard.outbox_words import (
    HOLD,
    HOLD_ALL,
    SEND,
    Said,
    held_by_people,
    ids_in,
    planned_mark,
    records,
    said_since,
    sealed,
    written,
)
from callboard.report_frame import END, START

BOT, ADA, EVE = "Callboard", "Ada Organiser", "Eve"
A, B, C = "aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"
NOON = datetime(2021, 5, 20, 12, tzinfo=UTC)


def page(
    *rows: str, above: str = "", below: str = "", said: Said | None = None, lines: Iterable[str] = ()
) -> str:
    """The page as the bot writes it; a row is an id, or an id and words."""
    table = [line for row in rows for line in ("|-", f"| 14:00 || Ada {row_of(row)}")]
    body = ['{| class="wikitable"', "! When !! What", *table, "|}", *lines, *records(said or Said())]
    around = f"{above}{START}\n<!-- callboard:heartbeat x -->Kept by a bot.\n\n{{}}{END}\n{below}"
    bare = around.format("")
    return around.format(sealed(body, bare))


def row_of(row: str) -> str:
    name, _, words = row.partition(" ")
    return f"{words} {planned_mark(name)}" if words else planned_mark(name)


def without(text: str, part: str) -> str:
    assert part in text
    return text.replace(part, "")


def word(about: str, says: str, by: str = ADA, minute: int = 1) -> OutboxWord:
    return OutboxWord(about, "hold" if says == "hold" else "send", by, NOON + timedelta(minutes=minute))


def after(*revisions: tuple[str, str | None], start: str | None = None, said: Said | None = None) -> Said:
    """What counts after these revisions of (user, text), a minute apart."""
    made = [
        PageText("Outbox", number, text, user, NOON + timedelta(minutes=number))
        for number, (user, text) in enumerate(revisions, 1)
    ]
    return said_since(said or Said(), page(A, B, C) if start is None else start, made, frozenset({ADA}), BOT)


def told(found: Said) -> dict[str, str]:
    return {about: one.says for about, one in found.words.items()}


LINE_A = f"|-\n| 14:00 || Ada {planned_mark(A)}\n"
THERE = page(A, B, C)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (THERE, {}),
        (page(B, A, C), {}),
        (f"Dear all,\n{THERE}", {}),
        (page(f"{A} {HOLD}", B, C), {A: "hold"}),
        (page(f"{A} {SEND}", B, C), {A: "send"}),
        (page(f"{A} {HOLD}{SEND}", B, C), {A: "hold"}),
        (page(f"{A} <!--Callboard:HOLD, ask Bo first-->", B, C), {A: "hold"}),
        (page(f"{A} <!-- callboard:hold -->", B, f"{C} {SEND}"), {A: "hold", C: "send"}),
        (THERE.replace(planned_mark(A), f"{planned_mark(A)} {HOLD}"), {A: "hold"}),
        (THERE.replace(planned_mark(A), f"{planned_mark(A)}\n{HOLD}"), {A: "hold"}),  # on a line of its own
        (THERE.replace("|-\n", f"|- {HOLD}\n", 1), {A: "hold"}),
        (without(THERE, LINE_A), {A: "hold"}),
        (without(THERE, f"| 14:00 || Ada {planned_mark(A)}\n"), {A: "hold"}),  # the line above it stays
        (THERE.replace(f"{planned_mark(A)}\n|-\n", f"{planned_mark(A)} "), {}),  # two rows joined
        (page(), {A: "hold", B: "hold", C: "hold"}),
        (f"{HOLD_ALL}\n{THERE}", {EVERYTHING: "hold"}),
        (f"{THERE}{HOLD_ALL}\n", {EVERYTHING: "hold"}),
        ("", {EVERYTHING: "hold"}),
        ("We do this by mail now.", {EVERYTHING: "hold"}),
        (THERE.replace(START, ""), {}),  # the list is still there
    ],
)
def test_word_of_an_organiser(text: str, expected: dict[str, str]) -> None:
    found = after((ADA, text))
    assert (told(found), found.notes) == (expected, ())
    assert {one.by for one in found.words.values()} <= {ADA}


@pytest.mark.parametrize(
    ("text", "did"),
    [
        (page(f"{A} {HOLD}", B, C), "wanted to hold back 1 notice"),
        (page(f"{A} {SEND}", f"{B} {SEND}", C), "wanted to release 2 notices"),
        (without(THERE, LINE_A), "wanted to hold back 1 notice"),
        ("", "wanted to hold back everything"),
        (f"{HOLD_ALL}\n{THERE}", "wanted to hold back everything"),
        (page(f"{A} {HOLD}", B, f"{C} {SEND}"), "wanted to hold back 1 notice and release 1 notice"),
    ],
)
def test_word_of_anybody_else_is_noted_and_does_nothing(text: str, did: str) -> None:
    found = after((EVE, text))
    assert found.words == {}
    assert [(note.by, note.did) for note in found.notes] == [
        (EVE, f"{did}, and is no organiser of the event")
    ]


def test_word_taken_out_again_lifts_it() -> None:
    held = page(f"{A} {HOLD}", B, C)
    assert told(after((ADA, held), (ADA, THERE))) == {}
    assert told(after((ADA, page(f"{A} {SEND}", B, C)), (ADA, THERE))) == {}
    assert told(after((ADA, held), (ADA, page(f"{A} {SEND}", B, C)))) == {A: "send"}
    assert told(after((ADA, f"{HOLD_ALL}{THERE}"), (ADA, THERE))) == {}


def test_line_put_back_lifts_what_taking_it_out_said() -> None:
    assert told(after((ADA, without(THERE, LINE_A)), (ADA, THERE))) == {}
    assert told(after((ADA, ""), (ADA, THERE))) == {}
    assert told(after((ADA, ""), (ADA, page(f"{A} {HOLD}", B, C)))) == {A: "hold"}


def test_stranger_changes_no_word_of_an_organiser() -> None:
    held = page(f"{A} {HOLD}", B, C)
    found = after((ADA, held), (EVE, THERE))
    assert told(found) == {A: "hold"}
    assert found.notes[0].did.startswith("wanted to let go 1 notice that an organiser holds back")
    assert told(after((ADA, ""), (EVE, THERE))) == {EVERYTHING: "hold"}
    assert told(after((EVE, ""), (ADA, THERE))) == {}  # an organiser mended what a stranger did


def test_first_of_two_organisers_is_named() -> None:
    found = after((ADA, page(f"{A} {HOLD}", B, C)), (EVE, THERE), (ADA, page(f"{A} {HOLD}", B, C)))
    assert found.words[A] == word(A, "hold")


def test_text_that_is_hidden_makes_the_next_change_nobodys() -> None:
    found = after((ADA, None), (ADA, page(f"{A} {HOLD}", B, C)))
    assert (told(found), [note.by for note in found.notes]) == ({}, [""])
    assert told(after((ADA, None), (ADA, THERE), (ADA, page(f"{A} {HOLD}", B, C)))) == {A: "hold"}


def test_edit_of_the_bot_is_no_word() -> None:
    assert after((BOT, page(B))) == Said()
    assert told(after((BOT, page(B)), (ADA, page()))) == {B: "hold"}


@pytest.mark.parametrize(
    ("text", "wrote"),
    [
        (page(f"{A} <!-- callboard: stop -->", B, C), "stop"),
        (page(f"{A} <!-- callboard: ok -->", B, C), "ok"),
        (THERE + HOLD, "hold"),  # at no line
        (f"{SEND.replace('send', 'send all')}\n{THERE}", "send all"),
    ],
)
def test_word_that_says_nothing_is_noted(text: str, wrote: str) -> None:
    found = after((ADA, text))
    assert told(found) == {}
    assert [note.did for note in found.notes] == [
        f'wrote "{wrote}", which is neither hold nor send at the end of a line'
    ]


VARIANTS = ["", "Bye.", THERE, page(A), page(f"{A} {SEND}", B), page(f"{B} {HOLD}", C), f"{HOLD_ALL}{THERE}"]
REVISIONS = st.lists(
    st.tuples(st.sampled_from([EVE, BOT, ""]), st.sampled_from([*VARIANTS, None])), max_size=6
)


@given(REVISIONS)
def test_nothing_that_others_do_changes_what_organisers_said(revisions: list[tuple[str, str | None]]) -> None:
    known = Said({A: word(A, "hold"), EVERYTHING: word(EVERYTHING, "hold")})
    assert after(*revisions, said=known).words == known.words
    assert after(*revisions).words == {}


# --- what the bot writes ---


def test_page_tells_what_the_bot_knew() -> None:
    found = after((ADA, page(f"{A} {HOLD}", B, C)), (EVE, ""))
    assert written(page(f"{A} {HOLD}", B, C, said=found)) == found
    assert written(page(A)) == Said()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no marks",
        page(A, B).replace(planned_mark(B), f"{HOLD} {planned_mark(B)}"),  # woven in by the wiki
        without(page(A, B), f"|-\n| 14:00 || Ada {planned_mark(B)}\n"),
        f"{HOLD_ALL}\n{page(A)}",
        page(A).replace("seal", "sea"),
    ],
)
def test_page_that_is_not_as_the_bot_wrote_it_tells_nothing(text: str) -> None:
    assert written(text) is None


def test_words_of_people_around_the_list_change_no_seal() -> None:
    assert written(page(A, above="Hello.\n", below="Bye.\n")) == Said()
    assert written(f"Later: {page(A)}") == Said()
    all_held = page(A, above=f"{HOLD_ALL}\n")
    assert (written(all_held), held_by_people(all_held)) == (Said(), True)


@pytest.mark.parametrize("name", ["A--B", "Ada ~~~~", "Röd | <tråd> -->", "[[x]] {{y}}", "a b"])
def test_names_in_records_do_nothing_and_come_back(name: str) -> None:
    said = Said({A: word(A, "hold", name)})
    lines = list(records(said))
    assert written(page(A, said=said)) == said
    assert all(line.count("--") == 2 and "~~" not in line and "{{" not in line for line in lines)


def test_ids_are_those_of_the_lines() -> None:
    assert ids_in(page(A, B, said=Said({C: word(C, "hold")}))) == {A, B}
