"""A cell says the same wherever it stands, however often it was read, and whatever other pages know."""

from dataclasses import replace
from inspect import unwrap

from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Facilitation, Person
from callboard.read import cells
from callboard.read.cell_memory import Names, kept_by_source
from callboard.read.cells import CellReading, read_cell
from callboard.read.facilitation import read_facilitators, read_people
from callboard.wikitext.edits import Span
from tests.read.test_schedule_properties import CONTENT

CELLS = st.lists(CONTENT, max_size=6).map("".join)
KNOWN = st.frozensets(st.sampled_from(["Ada", "Ada Example", "Bo", "Bo Example", "Talk"]))


def _people(people: tuple[Person, ...], by: int) -> tuple[Person, ...]:
    return tuple(replace(person, span=person.span.moved(by)) for person in people)


def _mark(mark: Facilitation, by: int) -> Facilitation:
    return Facilitation(
        mark.span.moved(by), mark.label.moved(by), mark.value.moved(by), _people(mark.people, by), mark.open
    )


def _reading(reading: CellReading, by: int) -> CellReading:
    return replace(
        reading,
        owners=_people(reading.owners, by),
        tasks=tuple(replace(ref, span=ref.span.moved(by)) for ref in reading.tasks),
        facilitation=_mark(reading.facilitation, by) if reading.facilitation else None,
        first=reading.first + by,
    )


@given(CELLS, KNOWN, KNOWN, st.sampled_from(["", "| ", "{|\n| x || ", "[[User:Ada]] {{"]))
def test_cell_is_read_the_same_wherever_it_stands(
    cell: str, known: frozenset[str], others: frozenset[str], before: str
) -> None:
    alone, there = Span(0, len(cell)), Span(len(before), len(before) + len(cell))
    fresh = unwrap(cells._read)(cell, Names(known))
    read_cell(cell, alone, others)  # another page, which knows other names
    assert read_cell(cell, alone, known) == fresh
    assert read_cell(before + cell, there, known) == _reading(fresh, len(before))
    assert read_people(before + cell, there, known) == _people(read_people(cell, alone, known), len(before))
    assert read_facilitators(before + cell, there, known) == _mark(
        read_facilitators(cell, alone, known), len(before)
    )


def test_reading_is_kept_while_the_names_asked_about_are_known_or_not_as_before() -> None:
    times: list[str] = []

    @kept_by_source(2)
    def read(source: str, names: Names) -> bool:
        times.append(source)
        return source in names

    assert [read("Ada", frozenset({"Ada"})), read("Ada", frozenset({"Ada", "Bo"}))] == [True, True]
    assert times == ["Ada"]
    assert read("Ada", frozenset({"Bo"})) is False
    assert times == ["Ada", "Ada"]


def test_oldest_reading_is_given_up_first() -> None:
    times: list[str] = []

    @kept_by_source(2)
    def read(source: str, names: Names) -> int:
        times.append(source)
        return len(source) + ("" in names)

    for source in ("a", "b", "c", "b", "a", "x" * 5000, "x" * 5000):
        assert read(source, frozenset()) == len(source)
    assert times == ["a", "b", "c", "a", "x" * 5000, "x" * 5000]
