import pytest

from callboard.placing import NotPlaced
from callboard.placing.move import named
from tests.placing.pages import (
    EVENTS,
    LOOM,
    MAY,
    NORTH,
    SPRINT,
    changed_lines,
    moved,
    page_of,
    source,
    withdrawn,
)

FREE = "''free slot''"


# --- which session ---


def test_session_is_named_by_task_title_or_a_part_of_it() -> None:
    pages = [page_of(source("01"), MAY)]
    title = "Ask anything: first hour for newcomers"
    assert named(pages, MAY, title=title)[1] == named(pages, MAY, title="NEWCOMERS")[1]
    assert (
        named(pages, MAY, task="T900011")[1].title
        == "How the bot account of a small wiki survived three owners"
    )


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (
            {"task": "T900012"},
            "several sessions are T900012; name one by its task, or correct the page:\n  “Porting",
        ),
        ({"title": "quiet hacking"}, "several sessions are “quiet hacking”"),
        ({"title": "the"}, "several sessions are “the”"),
        ({"task": "T1"}, "no session T1 stands in the schedule"),
        ({"title": "Brunch"}, "no session “Brunch” stands in the schedule"),
        ({"title": " "}, "no session “ ” stands in the schedule"),
    ],
)
def test_name_that_is_not_one_session(names: dict[str, str], why: str) -> None:
    with pytest.raises(NotPlaced) as refusal:
        named([page_of(source("01"), MAY)], MAY, **names)
    assert str(refusal.value).startswith(why)


# --- withdrawing ---


COLOUR = 'rowspan="2" style="background:#eef" |'
LONG = [
    ("", [f"| {FREE}", f"| {FREE}"]),  # the free cells of this table are one row high
    ("style", [f"| {COLOUR} {FREE}"]),  # which of the rows has the colour afterwards?
]


@pytest.mark.parametrize(("how", "come"), LONG)
def test_long_cell_is_given_back_in_rows_where_the_table_has_such(how: str, come: list[str]) -> None:
    text = source("01")
    if how == "style":
        text = text.replace('| rowspan="2" | Let\'s write', f"| {COLOUR} Let's write")
    assert changed_lines(withdrawn(text, MAY, task="T900014"))[1] == come


JOINED = """\
== 15 May 2026 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00 || rowspan=2 | '''Maps'''<br>[[User:Bo|Bo]] || '''Lua'''
|-
| 10:30 || '''Wikis'''
|-
| 11:00 || ''free slot'' || '''Bots'''
|}
"""


def test_rows_on_one_line_are_given_back_on_one_line() -> None:
    assert changed_lines(withdrawn(JOINED, MAY, title="Maps"))[1] == [
        "| 10:00 || ''free slot'' || '''Lua'''",
        "| 10:30 || ''free slot'' || '''Wikis'''",
    ]


def test_long_cell_stays_long_where_the_table_has_no_free_cell_to_be_like() -> None:
    text = JOINED.replace(FREE, "'''Tea'''")
    assert changed_lines(withdrawn(text, MAY, title="Maps"))[1] == [
        f"| 10:00 || rowspan=2 | {FREE} || '''Lua'''"
    ]


def test_withdrawn_cell_is_a_free_slot_and_its_text_is_kept() -> None:
    change = withdrawn(source("01"), MAY, task="T900014")
    text = (
        "Let's write the help page for the new upload form together – [[User:Voorbeeld Vic|Voorbeeld Vic]], "
        "{{phab|T900014}}<br />facilitation: Testuser Quill"
    )
    assert changed_lines(change) == ([f'| rowspan="2" | {text}'], [f"| {FREE}", f"| {FREE}"])
    assert change.withdrawn == text
    assert change.notes == ("Testuser Quill signed up to facilitate it: tell them",)
    assert change.did == "withdrew T900014 from 2026-05-16 10:30–11:30 UTC, Hacking room 1"


def test_cell_of_a_closed_room_is_blank_afterwards() -> None:
    change = withdrawn(source("01"), MAY, task="T900013")
    assert changed_lines(change)[1] == ["|"]


def test_row_keeps_its_time_and_room() -> None:
    change = withdrawn(source("04"), NORTH, task="T900043")
    gone = [
        "Structured data for newcomers ({{phab|T900043}})",
        "[[User:उदाहरण|उदाहरण]]",
        "Testuser Quill, [[User:Voorbeeld Vic|Voorbeeld Vic]]",
    ]
    assert changed_lines(change) == ([f"| {cell}" for cell in gone], [f"| {FREE}", "|", "|"])
    assert change.withdrawn == "\n".join(gone)


def test_what_stands_in_the_column_of_links_goes_too() -> None:
    change = withdrawn(source("03"), LOOM, task="T900032")
    assert "[[:File:Language Loom 2026 spelling.pdf|Slides]], [[phab:T900032]]" in change.withdrawn
    assert len(change.after.sessions) == len(change.before.sessions) - 1


def test_comment_in_the_cell_goes_with_it() -> None:
    text = source("01").replace(
        "owners ({{phab|T900011}})", "owners ({{phab|T900011}}) <!-- callboard: ok room-overlap -->"
    )
    assert "<!-- callboard: ok room-overlap -->" in withdrawn(text, MAY, task="T900011").withdrawn


@pytest.mark.parametrize("names", [{"title": "Opening"}, {"task": "T900050"}])
def test_what_is_to_be_translated_is_left_to_people(names: dict[str, str]) -> None:
    with pytest.raises(NotPlaced, match="part to translate"):
        withdrawn(source("04"), NORTH, **names)


# --- moving ---

MOVES = [
    ("01", {"task": "T900011"}, "Fri 17:00 room 2"),
    ("01", {"task": "T900014"}, "Sat 11:30 room 1"),  # two rows to two rows
    ("01", {"task": "T900023"}, "Fri 17:00 room 2"),  # several lines
    ("01", {"title": "newcomers"}, "Sun 13:00 room 2"),  # another table, another style
    ("04", {"task": "T900043"}, "Fri 14:30 Birch hall"),
    ("04", {"task": "T900043"}, "Sat 11:00 Birch hall"),  # from a cell a line to cells on one line
    ("04", {"task": "T900046"}, "Sat 15:30 Pine"),
    ("11", {"task": "T900072"}, "13:30 room B"),
]


@pytest.mark.parametrize(("number", "names", "slot"), MOVES)
def test_text_travels_byte_for_byte(number: str, names: dict[str, str], slot: str) -> None:
    text, event = source(number), EVENTS[number]
    words = withdrawn(text, event, **names).withdrawn.split("\n")
    change = moved(text, event, slot, **names)
    new = change.after.text
    assert [new.count(line) for line in words] == [text.count(line) for line in words]
    _, session = named([change.after], event, **names)
    assert (session.start, session.rooms) == (change.starts, (change.room,) if change.room else ())
    assert len(change.after.sessions) == len(change.before.sessions)
    assert change.doubts == ()


def test_there_and_back_is_as_before() -> None:
    text = source("01")
    there = moved(text, MAY, "Fri 17:00 room 2", task="T900011").after.text
    assert moved(there, MAY, "Fri 18:30 room 1", task="T900011").after.text == text


def test_move_into_a_place_too_short_is_doubted() -> None:
    change = moved(source("11"), SPRINT, "14:30 room B", task="T900071")
    assert change.doubts == ("the session needs 115 minutes, and 2026-11-21 14:30–15:55 UTC, Room B has 85",)


NOT_MOVED = [
    ("01", {"task": "T900014"}, "Sat 10:30 room 1", "the session stands in 'Sat 10:30 room 1' already"),
    ("01", {"task": "T900017"}, "Sat 11:00 room 1", "is taken by “Let's write the help page"),
    ("01", {"task": "T900017"}, "Sat 10:00 room 2", "the schedule has no slot"),
    ("04", {"task": "T900043"}, "Sat 14:30 Birch hall", "the schedule has no slot"),
]


@pytest.mark.parametrize(("number", "names", "slot", "why"), NOT_MOVED)
def test_move_that_is_refused(number: str, names: dict[str, str], slot: str, why: str) -> None:
    with pytest.raises(NotPlaced) as refusal:
        moved(source(number), EVENTS[number], slot, **names)
    assert why in str(refusal.value)


def test_several_lines_do_not_fit_before_another_cell() -> None:
    text = source("01").replace("| ''free slot''\n|-\n| 17:30", "| ''free slot'' || x\n|-\n| 17:30")
    with pytest.raises(NotPlaced, match="another cell follows on the line"):
        moved(text, MAY, "Fri 17:00 room 2", task="T900023")
