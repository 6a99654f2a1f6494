"""The quick way to read a cell with a list below its words says what the way for any cell says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.read.cell_memory import Names
from callboard.read.cells import read_any_cell
from callboard.read.regular_lists import regular_list
from tests.read.test_regular_cells import CELLS, KNOWN, USUAL

_BULLET = st.sampled_from(
    ["\n** ", "\n**", "\n* ", "\n: ", "\n*: ", "\n#\t", "\n:: ", "\n ** ", "\n", "\n\n* "]
)
_HEAD = st.sampled_from(
    [
        "'''Maps for all''' ([[phab:T900001]]), [[User:Ada|Ada]] (Room 1)", "Maps for all – [[User:Ada]] and {{u|Bo}}", "Maps", "Workshop", "Lunch", "Workshop: maps",
        "''Maps''", "TBD", "Free slot", "Maps, by Anna Muster", "{{phab|T900001}} Maps", "[[User:Ada]]", "[[phab:T900001|Maps]]", "Lightning talks", "Cancelled", "Keynote",
        " Maps, with [[User:Ada|Ada]], Bo Example", "💡 Maps: [[User:Ada]]", "'''Maps''' and more", "Maps'''", "Ada Example", "Break", "same", "Maps T900001",
    ]
)  # fmt: skip
_DETAIL = st.sampled_from(
    [
        "bring a laptop", "bring a laptop and question 12", "Testuser Quill", "Ejemplo Uno", "Ada Example", "by Ada Example", "Speaker Ada Example", "cancelled", "postponed",
        "moved to 11", "Lunch", "free", "Maps", "with Ada Example", "notes", "reserved for Ada", "T900004", "3 pm", "2 places", "Workshop", "20 min", "closed", "same",
        "hosted by Ada Example", "Room 2", "facilitation", "no facilitator", "session coordinator wanted", "example", "Vegetarians, write your name", "Spanish",
        "bring a laptop.", "Ada, Bo", "and more", "'''Bots'''", "[[User:Cyd]]", "host: Dot", "a – b", "a <!-- b -->", "", "{{phab|T900005}}", "Open end", "break", "tba",
        "facilitation: [[User:Cyd|Cyd]]", "Facilitator: {{u|Dot}}", "Facilitators : Ada Example, [[User:Bo]]", "facilitation: (your username)", "facilitation:", "facilitation: ?",
        "facilitation: Ada", "facilitation: ,", "facilitation: none", "facilitation: [[User:Cyd]] (until 19:15)", "facilitation: {{phab|T900001}}", "Facilitation: needed",
    ]
)  # fmt: skip
LISTED = st.tuples(
    st.one_of(_HEAD, _HEAD, USUAL, CELLS),
    st.lists(st.tuples(_BULLET, _DETAIL).map("".join), min_size=1, max_size=4).map("".join),
).map("".join)


@given(LISTED, st.frozensets(st.sampled_from(sorted(KNOWN | {"Ada", "Ada Example"})), max_size=4))
def test_regular_list_is_read_like_any_cell(cell: str, known: frozenset[str]) -> None:
    quick = regular_list(cell, Names(known))
    assert quick is None or quick == read_any_cell(cell, Names(known))


@pytest.mark.parametrize(
    ("cell", "regular"),
    [
        ("Maps ([[User:Ada|Ada]])\n** facilitation: [[User:Bo|Bo]]\n** bring a laptop and question 5", True),
        ("'''Maps''', {{u|Ada}}\n: in Spanish\n: facilitation: Bo Example", True),
        ("Dinner\n** vegetarian and vegan food for everybody", True),
        ("Maps\n** facilitation:\n** Ada Example", False),  # a name below an empty mark may be its value
        ("Maps\n** [[User:Ada]]: a talk\n** facilitation: Bo", False),
        ("Maps\n** by Ada Example", False),
        ("Maps\nin Spanish", False),
        ("\n** bring a laptop", False),
    ],
)
def test_lists_of_plain_words_are_regular(cell: str, *, regular: bool) -> None:
    assert (regular_list(cell, Names(frozenset())) is not None) is regular
