"""The quick way to read a cell answers for most cells, and says then what the way for any cell says."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.schedules import grid, grid_cell, rows, untidy_grid_cell
from callboard.read.cell_memory import Names
from callboard.read.cells import read_any_cell
from callboard.read.facilitation import (
    facilitators_of_any_cell,
    people_of_any_cell,
    read_facilitators,
    read_people,
)
from callboard.read.regular_cells import only_linked, regular_reading
from callboard.wikitext.edits import Span
from callboard.wikitext.references import References
from callboard.wikitext.tables import tables
from tests.read.schedule_truth import EVENTS, page
from tests.read.test_schedule_properties import CONTENT

KNOWN = frozenset({"Testuser Quill", "Ejemplo Uno", "Maps", "Query club, live", "You", "By", "And"})
_BREAKS = st.sampled_from(["<br>", "<br />", "<br/>", "\n", "<br>\n", " <br /> ", "\n\n"])
_SPACE = st.sampled_from(["", "", " ", "\n", "  "])
_ICON = st.sampled_from(["", "", "", "", "💡 ", "🛠️ ", "☕", "✗ ", "★ ", "🎉  ", "♯ "])
_TITLE = st.sampled_from(
    [
        "Maps", "Maps for all", "Query club, live", "What maps can learn from songs, part 12", "Opening", "Workshop: a code that is lived", "Workshop",
        "Maps (25 min)", "Group photo (in front of the house)", "Session: maps", "Speaker: Ada Example", "Title: Maps", "Step by step", "Yoga, by Anna Muster",
        "Lunch", "Coffee and keys", "Free slot", "TBD", "Cancelled: maps", "Moved to 11:00", "Postponed", "Reserved for", "Lexemes by ear", "Talk on", "Maps with",
        "See", "Talk about T900009", "R & D", "O'Example", "it's", "Ada Example", "Testuser Quill", "Maps, Testuser Quill", "Bring a friend, Ejemplo Uno",
        "Facilitation", "How facilitators work", "10:00", "22", "10:00 Maps", "same", "Continued", "x", "n/a", "closed", "Room 1", "Ünïcode title", "例子の話", "Maps.",
        "Really? Yes!", 'Which "tool"?', "phab", "task", "Maps &amp; more", "a http://x", "Lunch: why", "Notes: Ada", "Old stuff (postponed)", "Break",
        "Maps – part two", "Maps - part two", "Open end", "Round table", "Maps (and", "for .NET", "50 % free", "e-mail", "Ada_B", "Hosted", "Talk by", "You",
    ]
)  # fmt: skip
_PERSON = st.sampled_from(
    [
        "[[User:Ada|Ada]]", "[[User:Bo]]", "{{u|Ada}}", "{{U|Cyd}}", "{{ping|Bo}}", "{{ping|Bo|Cyd}}", "[[Benutzerin:Ada B|A. B.]]", "[[user:testuser_bo|x]]",
        "[[User:O'Example|O'Example]]", "[[User:Example (WMXX)|Example (WMXX)]]", "[[User:例子]]", "[[User:Ada/Talk|Ada]]", "[[User talk:Ada|Ada]]", "[[w:Ada]]",
        "{{u|T900003}}", "[[User:Ada|'''Ada''']]", "{{nowrap|Ada}}", "[[User:Ada|http://x T900008]]", "[[:User:Ada]]", "[[User:Maps]]", "{{user|1=Ada}}",
    ]
)  # fmt: skip
_TASK = st.sampled_from(
    [
        "{{phab|T900001}}", "{{Phab|T900001}}", "{{tracked|T900002}}", "{{tracked|T900002|resolved}}", "{{phab|T900001|see}}", "[[phab:T900003]]",
        "[[phab:T900003|T900003]]", "[[phabricator:T900003|[Session] Maps]]", "[[phab:T900003|Maps]]", "[[phab:T900003|Opening]]", "T900004", "t900004", "T900004#3",
        "https://phabricator.wikimedia.org/T900005", "[https://phabricator.wikimedia.org/T900005 T900005]", "[https://phabricator.wikimedia.org/T900005]",
        "[https://phabricator.wikimedia.org/T900005 [Session] Maps]", "[https://pad.example.org/1 pad]", "[https://pad.example.org/1]", "[https://x.example a talk]",
        "[https://phab.example.org/T900006 pad]", "//x.example", "[[File:A.png|b]]", "<!--T:4-->", "{{phab|T900001}}, {{phab|T900007}}", "{{phab|900001}}",
    ]
)  # fmt: skip
_BARE = st.sampled_from(
    ["Ada Example", "Bo", "Testuser Quill", "Ejemplo Uno", "quill 12", "Dot 13", "the team", "Müller-Beispiel", "Maps", "(until 19:15)", "(Glossary group)", "Host: Bo", "you"]
)  # fmt: skip
_BETWEEN = st.sampled_from(
    [
        ", ",
        " and ",
        "; ",
        " & ",
        " – ",
        ": ",
        "",
        " ",
        " by ",
        "/",
        "'s ",
        " (",
        ")",
        ",",
        " AND ",
        " et ",
        " presents ",
    ]
)
_QUOTES = st.sampled_from(["", "", "'''", "''", "'''''", "''''"])


def _quoted(parts: tuple[str, str, str, str]) -> str:
    opening, title, closing, icon = parts
    return f"{icon}{opening}{title}{closing or opening}"


_HEAD = st.one_of(
    st.tuples(_QUOTES, _TITLE, st.sampled_from(["", "", "", "''", "'"]), _ICON).map(_quoted),
    st.tuples(_TASK, st.sampled_from([" ", "", ": "]), _TITLE).map("".join),
    _TASK,
    _PERSON,
    st.sampled_from(
        ["<!-- keep free -->", "<!-- add yours -->", "<!---->", "<!-- a - b -->", "<!-- closed <!-- -->"]
    ),
    _TITLE.map(lambda title: f"'''<translate><!--T:1--> {title}</translate>'''"),
)
_SOMEBODY = st.one_of(_PERSON, _PERSON, _BARE, _TASK)
_PEOPLE = st.lists(st.tuples(_SOMEBODY, _BETWEEN).map("".join), max_size=2).flatmap(
    lambda before: _SOMEBODY.map(lambda last: "".join([*before, last]))
)
_BEHIND = st.one_of(
    st.just(""),
    st.tuples(st.sampled_from([" (", " – ", ", ", " ", " - ", " with ", " by ", "("]), _PEOPLE, st.sampled_from(["", ")"])).map("".join),
)  # fmt: skip
_LABEL = st.sampled_from(
    ["", "", "", "by ", "Speaker: ", "Hosts: ", "hosted by ", "Notes: ", "'''Host''': ", "with ", "("]
)
_BELOW = st.tuples(_BREAKS, st.one_of(st.tuples(_LABEL, _PEOPLE).map("".join), _TITLE, _TASK)).map("".join)
_MARK = st.tuples(
    _BREAKS,
    st.sampled_from(["facilitation:", "Facilitation :", "facilitator: ", "Facilitators: ", "'''facilitation:''' ", "facilitated by ", "facilities: ", "coordinator: "]),
    st.one_of(st.sampled_from(["", " (your username)", " ?", " –", " -", "needed", " none", " (WMXX)", " you"]), _PEOPLE),
    st.sampled_from(["", "", " (until 19:15)", ", ", " <br>", "\n", " {{phab|T900001}}"]),
).map("".join)  # fmt: skip
CELLS = st.tuples(
    _SPACE, _HEAD, _BEHIND, st.lists(_BELOW, max_size=2).map("".join), st.one_of(st.just(""), _MARK), _SPACE
).map("".join)
_USUAL_PERSON = st.sampled_from(["[[User:Ada|Ada]]", "[[User:Bo]]", "{{u|Cyd}}", "[[User:Example (WMXX)|x]]"])
_USUAL_TASK = st.sampled_from(["{{phab|T900001}}", "[[phab:T900003]]", "[https://phabricator.wikimedia.org/T900005 T900005]", "T900004", "https://phabricator.wikimedia.org/T900006"])  # fmt: skip
_USUAL_PEOPLE = st.lists(st.one_of(_USUAL_PERSON, _USUAL_PERSON, _BARE), min_size=1, max_size=3).flatmap(
    lambda people: st.sampled_from([", ", " and ", ", "]).map(lambda between: between.join(people))
)
_USUAL_HEAD = st.one_of(
    st.tuples(_ICON, _TITLE).map("".join),
    st.tuples(_ICON, _TITLE).map(lambda parts: f"{parts[0]}'''{parts[1]}'''"),
    st.tuples(st.sampled_from(["'''Workshop:''' ", "''Panel:'' ", "'''Speaker:''' "]), _TITLE).map("".join),
    st.tuples(st.sampled_from(["", "[Session] "]), _TITLE).map(
        lambda parts: f"[[phab:T900003|{parts[0]}{parts[1]}]]"
    ),
)
_USUAL_BEHIND = st.one_of(
    st.just(""),
    st.tuples(st.sampled_from([" ({})", " {}", ", {}"]), _USUAL_TASK).map(
        lambda parts: parts[0].format(parts[1])
    ),
    st.tuples(st.sampled_from([" ({})", " – {}", ", {}", ", with {}", " {}"]), _USUAL_PEOPLE).map(
        lambda parts: parts[0].format(parts[1])
    ),
)
_USUAL_BELOW = st.tuples(
    _BREAKS,
    _LABEL,
    _USUAL_PEOPLE,
    st.sampled_from(["", "", " (early)", " ({{phab|T900007}})", " ([https://pad.example.org/1 pad])"]),
).map("".join)
_USUAL_MARK = st.tuples(
    st.one_of(_BREAKS, _BREAKS, st.sampled_from([" – ", " - ", ", "])),
    st.sampled_from(
        ["facilitation: ", "facilitation:", "Facilitator : ", "Facilitators: ", "facilitated by "]
    ),
    st.one_of(_USUAL_PEOPLE, st.sampled_from(["", "(your username)", "?", "you"])),
    st.sampled_from(["", "", " (until 19:15)", ",", " "]),
).map("".join)
USUAL = st.tuples(
    _SPACE,
    _USUAL_HEAD,
    _USUAL_BEHIND,
    st.lists(_USUAL_BELOW, max_size=2).map("".join),
    st.one_of(st.just(""), _USUAL_MARK),
    _SPACE,
).map("".join)
NOISE = st.tuples(st.one_of(CELLS, USUAL, USUAL), CONTENT, st.integers(0, 400)).map(
    lambda parts: parts[0][: parts[2]] + parts[1] + parts[0][parts[2] :]
)


def _same(source: str, known: frozenset[str]) -> bool:
    """Whether the quick way answers; what it says must be right."""
    quick = regular_reading(source, Names(known))
    assert quick is None or quick == read_any_cell(source, Names(known))
    return quick is not None


@given(st.one_of(USUAL, CELLS, NOISE), st.frozensets(st.sampled_from(sorted(KNOWN)), max_size=4))
def test_regular_cell_is_read_like_any_cell(cell: str, known: frozenset[str]) -> None:
    _same(cell, known)


@given(
    USUAL,
    st.frozensets(st.sampled_from(sorted(KNOWN)), max_size=4),
    st.frozensets(st.sampled_from(sorted(KNOWN)), max_size=4),
)
def test_answer_holds_while_the_names_asked_about_are_known_or_not_as_before(
    cell: str, known: frozenset[str], others: frozenset[str]
) -> None:
    names = Names(known)
    reading = regular_reading(cell, names)
    if reading is not None and names.yes <= others and names.no.isdisjoint(others):
        assert read_any_cell(cell, Names(others)) == reading


@given(st.one_of(USUAL, CELLS, NOISE))
def test_references_lead_back_to_the_source(cell: str) -> None:
    found = References(cell)
    places = [(found.source_at(index), found.source_after(index)) for index in range(len(found.text))]
    assert all(start < end for start, end in places)
    assert sorted(places) == places
    for index, person in found.people:
        assert Span(*places[index]) == person.span


_LINKED = st.lists(
    st.tuples(st.one_of(_USUAL_PERSON, _USUAL_PERSON, _PERSON), st.one_of(_BETWEEN, _BREAKS, st.just(", "))).map("".join),
    max_size=3,
).map("".join)  # fmt: skip


@given(st.tuples(_SPACE, _LINKED, st.one_of(st.just(""), _PERSON, _BARE, _TASK), _SPACE).map("".join))
def test_cell_of_links_is_read_like_any_cell(cell: str) -> None:
    within = Span(0, len(cell))
    assert read_people(cell, within) == people_of_any_cell(cell, frozenset())
    assert read_facilitators(cell, within) == facilitators_of_any_cell(cell, frozenset())


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        (" [[User:Ada|Ada]], {{u|Bo}} and [[User:Ada]] ", ["Ada", "Bo"]),
        ("[[User:Ada]]<br>\n[[User:Bo]]", ["Ada", "Bo"]),
        ("[[User:Ada]] (notes)", None),
        ("Testuser Quill", None),
        ("{{phab|T900001}}", None),
    ],
)
def test_only_cells_of_links_are_read_the_quick_way(cell: str, names: list[str] | None) -> None:
    people = only_linked(cell)
    assert (people if people is None else [person.name for person in people]) == names


_WORD = re.compile(r"[^\W\d_]{3}")  # times have none


def _cells(text: str) -> Iterator[str]:
    for table in tables(text):
        for row in table.rows:
            for cell in row.cells:
                yield cell.content.of(text)


def test_most_cells_of_the_example_pages_are_regular() -> None:
    cells = {cell for number in EVENTS for cell in _cells(page(number)) if _WORD.search(cell)}
    assert sum(_same(cell, KNOWN) for cell in cells) > len(cells) * 0.6


@pytest.mark.parametrize("layout", [grid, rows])
@pytest.mark.parametrize("cell", [grid_cell, untidy_grid_cell])
def test_most_cells_of_the_benchmarks_are_regular(
    layout: Callable[[int, int, Callable[[int], str]], str], cell: Callable[[int], str]
) -> None:
    cells = [source for source in _cells(layout(200, 3, cell)) if _WORD.search(source)]
    assert sum(_same(source, frozenset()) for source in cells) > len(cells) * 0.7
