"""Which rows and proposals belong together for certain, and which may."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Person, PersonForm, Proposal, Session, TaskForm, TaskRef
from callboard.read.likeness import alike
from callboard.read.matching import matches
from callboard.read.suggestions import suggestions
from callboard.wikitext.edits import Span


def row(title: str, owners: str = "", *, line: int = 1, task: str = "") -> Session:
    people = tuple(Person(name, PersonForm.LINK, Span(0, 0)) for name in owners.split())
    refs = (TaskRef(task, TaskForm.BARE, Span(0, 0)),) if task else ()
    return Session(title, None, None, (), people, refs, line, Span(line, line))


def wish(title: str, owners: str = "", *, task: str = "T900001", claimed: str = "") -> Proposal:
    return Proposal(
        task,
        task,
        title,
        "ada",
        "open",
        closed=False,
        owners=tuple(owners.split()),
        claimed_names=tuple(claimed.split()),
    )


@pytest.mark.parametrize(
    ("rows", "waiting", "expected"),
    [
        ([row("Maps", "Ada")], [wish("[Session] maps", "Ada")], [(True, "the same title, and Ada owns both")]),
        ([row("Ada’s “maps” – part 1", "Ada")], [wish("Session: Ada's \"maps\" - part 1", "Ada")], [(True, "the same title, and Ada owns both")]),
        ([row("Maps", "Ada", task="T9")], [wish("Maps", "Ada")], []),
        ([row("Maps", "Ada"), row("Maps", "Ada", line=2)], [wish("Maps", "Ada")], [(False, "the same title, which 2 rows have")] * 2),
        ([row("Maps", "Ada"), row("Maps", "Ada")], [wish("Maps", "Ada")], [(True, "the same title, and Ada owns both")] * 2),  # one cell
        ([row("Maps", "Ada")], [wish("Maps", "Ada"), wish("Maps", "Ada", task="T900002")], [(False, "the same title, which 2 tasks have")] * 2),
        ([row("Maps")], [wish("Maps", "Ada")], [(False, "the same title, but the row names nobody")]),
        ([row("Maps", "Bo")], [wish("Maps", "Ada")], [(False, "the same title, but the row names Bo and the task is by Ada")]),
        ([row("Maps", "Bo")], [wish("Maps")], [(False, "the same title, but no account is known to be the author's; the row names Bo")]),
        ([row("Maps", "Ada")], [wish("Maps", claimed="Ada")], [(False, "the same title, but nobody knows that Ada is the task's author")]),
        ([row("Maps for everybody", "Ada")], [wish("Maps for everyone", "Ada")], [(False, "the titles are 85 % alike, Ada owns both")]),
        ([row("Maps for everybody", "Bo")], [wish("Maps for everyone", "Ada")], []),
        ([row("Bots", "Ada")], [wish("Maps", "Ada")], []),
        ([row("", "Ada")], [wish("", "Ada")], []),
    ],
)  # fmt: skip
def test_matches(rows: Sequence[Session], waiting: list[Proposal], expected: list[tuple[bool, str]]) -> None:
    assert [(match.certain, match.reason) for match in matches(rows, waiting)] == expected


@pytest.mark.parametrize(
    ("rows", "waiting", "expected"),
    [
        ([row("Maps", "Ada")], [wish("Maps", "Ada")], []),  # certain: nothing to decide
        ([row("Maps", "Bo")], [wish("Maps", "Ada")], [("Maps", 100, "the same title, but the row names Bo and the task is by Ada")]),
        ([row("Drawing rivers on maps")], [wish("Drawing rivers in maps")], [("Drawing rivers on maps", 95, "the titles are 95 % alike; the row names nobody")]),
        ([row("Maps: drawing rivers", "Bo")], [wish("Drawing rivers: maps", "Ada")], [("Maps: drawing rivers", 100, "the titles are 100 % alike; the row names Bo")]),
        ([row("Drawing rivers", task="T9")], [wish("Drawing rivers!")], []),
        ([row("Drawing rivers")], [wish("Painting lakes")], []),
        ([row("Drawing rivers", line=n) for n in (5, 4, 3, 2)], [wish("drawing rivers")],
         [("Drawing rivers", 100, "the same title, which 4 rows have")] * 3),
        ([], [wish("Maps")], []),
        ([row("Maps")], [], []),
    ],
)  # fmt: skip
def test_suggestions(
    rows: Sequence[Session], waiting: list[Proposal], expected: list[tuple[str, int, str]]
) -> None:
    found = [(one.session.title, one.score, one.reason) for one in suggestions(rows, waiting)]
    assert found == expected


def test_best_suggestions_of_a_proposal_come_first() -> None:
    rows = [row("Introduction to maps, part 2", line=1), row("Introduction to maps, part 1!", line=2)]
    found = suggestions(rows, [wish("Introduction to maps, part 1")])
    assert [(one.session.line, one.score) for one in found] == [(2, 100), (1, 96)]


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("", "", 0),
        ("", "maps", 0),
        ("maps", "maps", 100),
        ("maps drawing", "drawing maps", 100),
        ("drawing rivers", "drawing rivers on old maps of the north", 90),
        ("maps", "maps of the north and of the south", 21),  # too short to say much
        ("river", "drawing rivers", 52),
    ],
)
def test_alike(one: str, other: str, score: int) -> None:
    assert (alike(one, other), alike(other, one)) == (score, score)


@given(st.text(max_size=400), st.text(max_size=400))
def test_alike_is_the_same_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 100
