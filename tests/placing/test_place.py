import pytest

from callboard.placing import NotPlaced
from callboard.placing.place import place
from callboard.placing.slot_text import read_slot
from tests.placing.pages import (
    EVENTS,
    LOOM,
    MAY,
    NORTH,
    SPRINT,
    an_event,
    changed_lines,
    page_of,
    placed,
    proposal,
    source,
)

FREE = "| ''free slot''"
TALK = "A new talk ({{phab|T900999}})<br />[[User:ExampleAda|ExampleAda]]"
MARK = "<br />facilitation: (your username)"


# --- into a cell of a grid ---

GRID = [
    ("Fri 17:00 room 2", 25, [FREE], [f"| {TALK}{MARK}"]),
    (
        "Sat 15:00 room 1",
        25,
        [FREE],
        ["| '''A new talk''' ({{phab|T900999}})<br />[[User:ExampleAda|ExampleAda]]"],
    ),
    ("Fri 16:30 room 1", 25, ["|"], [f"| {TALK}{MARK}"]),  # a blank cell of an open room
    (
        "Sun 12:30 room 2",
        25,
        ["|''free slot''"],
        ["|A new talk<br>[[User:ExampleAda|ExampleAda]] – {{phab|T900999}}"],
    ),
]


@pytest.mark.parametrize(("slot", "minutes", "gone", "come"), GRID)
def test_session_is_written_as_its_table_writes_sessions(
    slot: str, minutes: int, gone: list[str], come: list[str]
) -> None:
    change = placed(source("01"), MAY, slot, minutes=minutes)
    assert changed_lines(change) == (gone, come)
    assert change.doubts == ()


LONGER = [
    ("Fri 17:00 room 2", 55, [FREE, FREE], [f'| rowspan="2" | {TALK}{MARK}']),
    ("Sun 12:30 room 2", 85, ["|''free slot''", "|", "|"], ["|rowspan=3|A new talk<br>[[User:ExampleAda|ExampleAda]] – {{phab|T900999}}"]),
    ("Fri 16:00 room 2", 55, ["|", "|"], [f'| rowspan="2" | {TALK}{MARK}']),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "minutes", "gone", "come"), LONGER)
def test_longer_session_takes_the_free_cells_below(
    slot: str, minutes: int, gone: list[str], come: list[str]
) -> None:
    change = placed(source("01"), MAY, slot, minutes=minutes)
    assert changed_lines(change) == (gone, come)
    session = next(s for s in change.after.sessions if any(ref.task == "T900999" for ref in s.tasks))
    assert session.length is not None
    assert session.length.total_seconds() >= minutes * 60


def test_cells_on_one_line() -> None:
    change = placed(source("11"), SPRINT, "13:30 room B", minutes=55)
    (gone,), (come,) = changed_lines(change)
    assert (gone.rpartition(" || ")[2], come.rpartition(" || ")[2]) == ("''free''", f"{TALK}{MARK}")
    assert gone.rpartition(" || ")[0] == come.rpartition(" || ")[0]


INLINE = """\
== 15 May 2026 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00 || ''free slot'' || '''Maps'''<br>[[User:Bo|Bo]]
|-
| 10:30 || ''free slot'' || '''Lua'''<br>[[User:Bo|Bo]]
|-
| 11:00 || style="color:red" | ''free slot'' || ''free slot''
|}
"""


def test_cells_on_one_line_are_joined() -> None:
    change = placed(INLINE, MAY, "Fri 10:00 room 1", minutes=55)
    new = "'''A new talk''' ([[phab:T900999]])<br>[[User:ExampleAda|ExampleAda]]"
    assert changed_lines(change) == (
        [
            "| 10:00 || ''free slot'' || '''Maps'''<br>[[User:Bo|Bo]]",
            "| 10:30 || ''free slot'' || '''Lua'''<br>[[User:Bo|Bo]]",
        ],
        [
            f"| 10:00 || rowspan=\"2\" | {new} || '''Maps'''<br>[[User:Bo|Bo]]",
            "| 10:30 || '''Lua'''<br>[[User:Bo|Bo]]",
        ],
    )


@pytest.mark.parametrize(
    ("slot", "minutes", "has"), [("Sat 15:00 room 1", 55, 30), ("Fri 17:00 room 2", 85, 60)]
)
def test_session_that_does_not_fit_is_doubted(slot: str, minutes: int, has: int) -> None:
    change = placed(source("01"), MAY, slot, minutes=minutes)
    assert [doubt.startswith(f"the session needs {minutes} minutes") for doubt in change.doubts] == [True]
    assert change.doubts[0].endswith(f"has {has}")


@pytest.mark.parametrize(
    ("minutes", "until", "doubts"),
    [
        (None, "18:00", ()),  # the end is the length
        (25, "17:30", ()),  # the slot as the page has it
        (55, "18:00", ()),
        (25, "18:00", ("'Fri 17:00–18:00 room 2' are 60 minutes, and the session needs 25",)),
        (55, "17:30", ("'Fri 17:00–17:30 room 2' are 30 minutes, and the session needs 55",)),
    ],
)
def test_end_that_is_named_is_kept_or_doubted(
    minutes: int | None, until: str, doubts: tuple[str, ...]
) -> None:
    change = placed(source("01"), MAY, f"Fri 17:00–{until} room 2", minutes=minutes)
    assert (change.did, change.doubts) == (
        f"placed T900999 in 2026-05-15 17:00–{until} UTC, Hacking room 2",
        doubts,
    )


def test_slots_are_told_in_the_zone_of_the_event() -> None:
    assert placed(source("04"), NORTH, "Fri 14:30 Birch hall").did.startswith(
        "placed T900999 in 2026-06-12 14:30–"
    )
    taken = next(
        session for session in page_of(source("04"), NORTH).sessions if session.start and session.rooms
    )
    assert taken.start
    with pytest.raises(NotPlaced) as refusal:
        placed(source("04"), NORTH, f"{taken.start.astimezone(NORTH.zone):%Y-%m-%d %H:%M} {taken.rooms[0]}")
    assert {line.partition(", ")[0][-4:] for line in str(refusal.value).splitlines()[2:]} == {"EEST"}


def test_length_comes_from_the_format() -> None:
    event = an_event(
        ["2026-05-15", "2026-05-16", "2026-05-17"], ["Main track!", "Hacking room 1", "Hacking room 2"],
        format=[{"name": "Workshop", "minutes": 55}],
    )  # fmt: skip
    change = placed(source("01"), event, "Fri 17:00 room 2", minutes=None, format="workshop")
    assert change.did == "placed T900999 in 2026-05-15 17:00–18:00 UTC, Hacking room 2"


def test_unknown_length_is_told() -> None:
    change = placed(source("01"), MAY, "Fri 17:00 room 2", minutes=None)
    assert change.notes == ("T900999 says no length; it gets the slot as it stands",)


def test_summary_names_task_slot_and_page_about_the_bot() -> None:
    change = placed(source("01"), MAY, "Fri 17:00 room 2")
    assert change.summary("User:Callboard/About") == (
        "Bot: placed T900999 in 2026-05-15 17:00–17:30 UTC, Hacking room 2 ([[User:Callboard/About|why?]])"
    )


# --- into a row ---

ROWS = [
    ("Fri 14:30 Birch hall", 50, ["|", "|"], ["| A new talk ({{phab|T900999}})", "| [[User:ExampleAda|ExampleAda]]"]),
    (
        "Sat 15:30 Pine", 50,
        ["| 15:30–16:20 || || Pine || ||"],
        ["| 15:30–16:20 || A new talk, {{phab|T900999}} || Pine || [[User:ExampleAda|ExampleAda]] ||"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "minutes", "gone", "come"), ROWS)
def test_free_row_is_filled(slot: str, minutes: int, gone: list[str], come: list[str]) -> None:
    assert changed_lines(placed(source("04"), NORTH, slot, minutes=minutes)) == (gone, come)


NEW_ROWS = [
    (
        "Fri 15:30 Pine", 55,
        ["|-", "| 15:30–16:25", "| A new talk ({{phab|T900999}})", "| Pine", "| [[User:ExampleAda|ExampleAda]]", "|"],
    ),
    ("Sat 14:30 Birch hall", 25, ["|-", "| 14:30–14:55 || A new talk ({{phab|T900999}}) || Birch hall || [[User:ExampleAda|ExampleAda]] ||"]),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "minutes", "come"), NEW_ROWS)
def test_row_is_put_in_where_the_room_is_free_without_a_slot(
    slot: str, minutes: int, come: list[str]
) -> None:
    change = placed(source("04"), NORTH, slot, minutes=minutes)
    gone, came = changed_lines(change)
    assert (gone, sorted(came)) == ([], sorted(come))
    assert change.notes == ("the schedule had no slot there; a row is put in",)
    assert change.starts is not None
    day = change.starts.date()
    starts = [
        session.start for session in change.after.sessions if session.start and session.start.date() == day
    ]
    assert starts == sorted(starts)


# --- refusals ---

NOT_HERE = [
    ({"acknowledged": None}, "T900999 is not acknowledged: a coordinator must say yes on the task first"),
    ({"closed": True, "status": "declined"}, "T900999 is declined: it is not placed"),
    ({"visible": False}, "T900999 is hidden, or no longer on the board: it is not placed"),
    ({"task": "T900011"}, "T900011 stands in the schedule already ([[Event/Schedule]] line 39): use move_session"),
    ({"title": "quiet hacking"}, "a session called “Quiet hacking” stands in the schedule already ([[Event/Schedule]] line 134): link_tasks links it"),
    ({"title": " \n"}, "T900999 has no title: give it one"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "why"), NOT_HERE)
def test_proposal_that_is_not_placed(changes: dict[str, object], why: str) -> None:
    with pytest.raises(NotPlaced) as refusal:
        placed(source("01"), MAY, "Fri 17:00 room 2", **changes)
    assert str(refusal.value) == why


BAD_SLOTS = [
    (
        "Fri 18:30 room 1",
        "slot 'Fri 18:30 room 1' is taken by “How the bot account of a small wiki survived three owners” (T900011)",
    ),
    (
        "Sat 14:00 room 1",
        "slot 'Sat 14:00 room 1' is taken by “Who still needs the old skin?",
    ),  # it began at 13:30
    ("Sat 16:00 room 1", "slot 'Sat 16:00 room 1' is taken by “Group picture”"),  # a plenary
    ("Sat 14:10 room 2", "the schedule has no slot 'Sat 14:10 room 2'"),
    ("Fri 17:00", "slot 'Fri 17:00' has several meanings"),
    ("17:00 hacking", "slot '17:00 hacking' has several meanings"),
]


@pytest.mark.parametrize(("slot", "why"), BAD_SLOTS)
def test_slot_that_is_not_free_or_not_one(slot: str, why: str) -> None:
    with pytest.raises(NotPlaced) as refusal:
        placed(source("01"), MAY, slot)
    assert str(refusal.value).startswith(why)
    assert len(str(refusal.value).splitlines()) > 1  # what is free near it, or the readings


GUARDED = [
    ("''free slot'' <!-- for Bo -->", "the slot holds a comment"),
    ("''free slot''<br />facilitation: [[User:Bo|Bo]]", "the slot names somebody or a task"),
]


@pytest.mark.parametrize(("cell", "why"), GUARDED)
def test_free_slot_that_holds_more_is_left_to_people(cell: str, why: str) -> None:
    text = INLINE.replace("|| style=\"color:red\" | ''free slot''", f"|| {cell}")
    with pytest.raises(NotPlaced, match=why):
        placed(text, MAY, "Fri 11:00 room 1")


def test_free_cell_over_several_rooms_is_left_to_people() -> None:
    text = INLINE.replace(
        "|| style=\"color:red\" | ''free slot'' || ''free slot''", "|| colspan=2 | ''free slot''"
    )
    with pytest.raises(NotPlaced, match="reaches over several rooms"):
        placed(text, MAY, "Fri 11:00 room 1")


def test_same_slot_on_two_pages() -> None:
    pages = [page_of(INLINE, MAY, "One"), page_of(INLINE, MAY, "Two")]
    with pytest.raises(NotPlaced, match=r"several places \(\[\[One\]\] line 9, \[\[Two\]\] line 9\)"):
        place(pages, proposal(), read_slot("Fri 11:00 room 1", MAY), MAY)


def test_page_without_slots_says_so() -> None:
    with pytest.raises(
        NotPlaced, match=r"has no slot 'Fri 14:00'\nThe schedule has no free slot of 25 minutes\."
    ):
        placed(source("03"), LOOM, "Fri 14:00")


# --- people ---


def test_claimed_names_are_told_and_never_written() -> None:
    change = placed(source("01"), MAY, "Fri 17:00 room 2", owners=(), claimed_names=("Testuser Bo",))
    assert changed_lines(change)[1] == ["| A new talk ({{phab|T900999}})<br />facilitation: (your username)"]
    assert change.notes[0].endswith(
        "so no owner is written; its description names Testuser Bo, which nobody has verified"
    )


def test_several_owners() -> None:
    change = placed(source("01"), MAY, "Fri 17:00 room 2", owners=("ExampleAda", "Testuser Bo"))
    assert (
        "<br />[[User:ExampleAda|ExampleAda]], [[User:Testuser Bo|Testuser Bo]]<br />"
        in changed_lines(change)[1][0]
    )


def test_underscores_of_a_name_are_blanks() -> None:
    change = placed(source("01"), MAY, "Fri 17:00 room 2", owners=("testuser_Bo",))
    assert "<br />[[User:Testuser Bo|Testuser Bo]]<br />" in changed_lines(change)[1][0]


# --- titles that would harm ---

HOSTILE = [
    ("A | B", "A &#124; B"),
    ("A || B", "A &#124;&#124; B"),
    ("A ]] B", "A &#93;&#93; B"),
    ("A {{nobots}} B", "A &#123;&#123;nobots&#125;&#125; B"),
    ("A --> B", "A &#45;&#45;&#62; B"),
    ("A <!-- B", "A &#60;!&#45;&#45; B"),
    ("A\n|}\nB", "A &#124;&#125; B"),
    ("A ~~~~", "A &#126;&#126;&#126;&#126;"),
    ("<nowiki>A</nowiki>", "&#60;nowiki&#62;A&#60;/nowiki&#62;"),
    ("'''A'''", "&#39;&#39;&#39;A&#39;&#39;&#39;"),
    ("[[A|b]]", "&#91;&#91;A&#124;b&#93;&#93;"),
    ("A<br>B", "A&#60;br&#62;B"),
    ("* A list", "&#42; A list"),
    ("[Session] [en] A talk", "A talk"),
    ("A &amp; B", "A &amp;amp; B"),
    ("{{subst:A}} and more", "&#123;&#123;subst:A&#125;&#125; and more"),
]


@pytest.mark.parametrize(("title", "written"), HOSTILE)
@pytest.mark.parametrize(
    ("number", "slot"), [("01", "Fri 17:00 room 2"), ("04", "Fri 14:30 Birch hall"), ("11", "13:30 room B")]
)
def test_hostile_title_is_text(title: str, written: str, number: str, slot: str) -> None:
    change = placed(source(number), EVENTS[number], slot, title=title)
    assert any(f"{written} (" in line for line in changed_lines(change)[1])


MISREAD = [
    "—",
    "{| a",
    "|}",
    "T900012 follow-up",
    "Lunch – Testuser Bo",
    "facilitation: Testuser Bo",
    "https://example.org/ A",
    "[Session]",
]


@pytest.mark.parametrize("title", MISREAD)
def test_title_that_would_be_read_as_something_else_is_refused(title: str) -> None:
    with pytest.raises(NotPlaced, match=r"T900999.*put it in by hand|T900999.*Put it in by hand"):
        placed(source("01"), MAY, "Fri 17:00 room 2", title=title)
