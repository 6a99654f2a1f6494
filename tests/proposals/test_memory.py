import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.proposals.facts import SETTLED, places_to_read_from, with_rechecked, with_rows
from callboard.proposals.memory import BoardMemory, Sign, TaskFacts

words = st.text(max_size=5)
tasks = st.builds(
    TaskFacts, st.integers(), words, words, words, words, words, st.tuples(words), st.integers(), st.integers(),
    st.booleans(), st.booleans(), st.tuples(words, words), words,
)  # fmt: skip
signs = st.builds(
    Sign,
    st.integers(),
    words,
    words,
    words,
    st.integers(),
    st.sampled_from(["comment", "column", "tag", "status", "merge"]),
    words,
    words,
    st.booleans(),
    words,
    st.booleans(),
    words,
    st.integers(),
    st.tuples(words),
    st.booleans(),
)
memories = st.builds(
    BoardMemory,
    words, words, st.dictionaries(words, words), st.dictionaries(words, words), st.dictionaries(words, st.booleans()),
    st.integers(), st.integers(), tasks=st.lists(tasks, max_size=2).map(lambda found: {task.phid: task for task in found}),
    signs=st.lists(signs, max_size=2).map(lambda found: {sign.key: sign for sign in found}), marks=st.tuples(st.tuples(st.integers(), st.integers())),
)  # fmt: skip


@given(memories)
def test_memory_survives_json(memory: BoardMemory) -> None:
    assert BoardMemory.from_json(memory.to_json()) == memory


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"version": 1}', '{"version": 2}', "{"])
def test_memory_that_cannot_be_read_is_none(text: str) -> None:
    assert BoardMemory.from_json(text) is None


def test_memory_of_another_version_is_none() -> None:
    data = json.loads(BoardMemory("b", "p", {}, {}, {}, 0, 0).to_json())
    assert BoardMemory.from_json(json.dumps({**data, "version": 0})) is None


NOW = 10_000
TASK = TaskFacts(1, "TASK", "t", "", "ada", "open", (), 0, 0)
EMPTY = BoardMemory(
    "b", "PROJ", {}, {"lena": "Lena"}, {}, NOW, 0, listed={"lena": "Lena"}, tasks={"TASK": TASK}
)


def row(number: int, at: int, **changes: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": number, "phid": f"x{number}", "type": None, "authorPHID": "lena", "objectPHID": "TASK", "dateCreated": at,
        "comments": [], "fields": {},
    }  # fmt: skip
    return base | changes


def test_reading_goes_on_from_the_newest_settled_transaction() -> None:
    rows = [row(9, NOW), row(8, NOW - SETTLED + 1), row(7, NOW - SETTLED), row(6, 0)]
    assert places_to_read_from(with_rows(EMPTY, rows)) == [7]


def test_reading_goes_on_from_the_oldest_mark_while_none_is_settled() -> None:
    memory = with_rows(with_rows(EMPTY, [row(5, NOW - 60)]), [row(9, NOW)])
    assert places_to_read_from(memory) == [5]


def test_row_that_was_young_when_it_was_read_is_no_place_later() -> None:
    """A row with a smaller id may have been committed right after that look."""
    memory = with_rows(EMPTY, [row(5, NOW - SETTLED), row(9, NOW)])
    assert places_to_read_from(replace(memory, polled=NOW + 1000)) == [5]
    later = with_rows(replace(memory, polled=NOW + 1000), [row(8, NOW), row(9, NOW)])
    assert places_to_read_from(replace(later, polled=NOW + 1001)) == [9, 5]


def test_reading_starts_nowhere_without_marks() -> None:
    assert places_to_read_from(EMPTY) == []


def test_older_marks_are_kept_to_fall_back_on() -> None:
    memory = EMPTY
    for number in range(20):
        memory = with_rows(memory, [row(number, number)])
    assert places_to_read_from(memory) == list(range(19, 9, -1))


def comment(*versions: tuple[int, bool, str]) -> list[dict[str, object]]:
    return [
        {
            "version": version,
            "removed": removed,
            "authorPHID": "lena",
            "dateCreated": version,
            "content": {"raw": text},
        }
        for version, removed, text in versions
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": "comment", "comments": comment((1, False, "yes"))}, ("comment", "yes", "")),
        (
            {"type": "comment", "comments": comment((1, False, "old"), (2, False, "new"))},
            ("comment", "new", ""),
        ),
        ({"type": "comment", "comments": comment((2, True, ""), (1, False, ""))}, ("comment", "", "")),
        (
            {"type": "core:columns", "fields": {"new": [{"boardPHID": "PROJ", "columnPHID": "C"}]}},
            ("column", "", "C"),
        ),
    ],
)
def test_coordinators_comment_or_move_is_a_sign(
    change: dict[str, object], expected: tuple[str, str, str]
) -> None:
    sign = with_rows(EMPTY, [row(1, 0, **change)]).signs["x1"]
    assert (sign.how, sign.text, sign.column) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"type": "comment", "comments": comment((1, False, "yes")), "authorPHID": "stranger"},
        {"type": "comment", "comments": comment((1, False, "yes")), "objectPHID": "ELSEWHERE"},
        {"type": "core:columns", "fields": {"new": [{"boardPHID": "OTHER", "columnPHID": "C"}]}},
        {"type": "title", "fields": {"old": "a", "new": "b"}},
        {"type": "comment", "comments": []},
    ],
)
def test_anything_else_is_no_sign(change: dict[str, object]) -> None:
    assert with_rows(EMPTY, [row(1, 0, **change)]).signs == {}


def test_rechecked_comment_is_unseen_when_missing_and_comes_back() -> None:
    memory = with_rows(EMPTY, [row(1, 0, type="comment", comments=comment((1, False, "yes")))])
    gone = with_rechecked(memory, ["x1"], [])
    assert not gone.signs["x1"].seen
    assert with_rechecked(gone, ["x1"], [row(1, 0, comments=comment((1, False, "yes")))]) == memory
