"""Random grids with free slots: placing changes nothing but its cells, and withdrawing gives them back."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.model import Schedule
from callboard.placing import NotPlaced
from callboard.placing.move import named
from callboard.placing.place import place
from callboard.placing.proof import session_facts
from callboard.placing.slot_text import read_slot
from callboard.placing.withdraw import withdraw
from callboard.wikitext.grid import expand
from callboard.wikitext.tables import tables
from tests.placing.pages import an_event, page_of, proposal

ROOMS = ("Hacking room 1", "Hacking room 2", "Attic")
EVENT = an_event(["2026-05-15"], list(ROOMS))
BREAK = ("<br>", "<br />", "<br/>")
titles = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30)


@st.composite
def grids(draw: st.DrawFn) -> str:
    """A grid of half hours: sessions of one to three rows, free slots, cells on one line or one a line, some attributes."""
    inline, lead = draw(st.booleans()), draw(st.sampled_from(["", " "]))
    rows, rooms = draw(st.integers(3, 8)), draw(st.integers(1, 3))
    left = [0] * rooms
    lines = ["== 15 May 2026 ==", '{| class="wikitable"', "! Time !! " + " !! ".join(ROOMS[:rooms])]
    for row in range(rows):
        cells = [f"{lead}{10 + row // 2}:{row % 2 * 30:02d}"]
        for room in range(rooms):
            if left[room]:
                left[room] -= 1
                continue
            height = draw(st.integers(1, min(3, rows - row)))
            left[room] = height - 1
            span = (
                f'{lead}rowspan="{height}"{lead}|'
                if height > 1
                else draw(st.sampled_from(["", f'{lead}style="color:red"{lead}|']))
            )
            br = draw(st.sampled_from(BREAK))
            content = draw(
                st.sampled_from(
                    [
                        "''free slot''",
                        "''free slot''",
                        f"'''Talk {row} {room}'''{br}[[User:Bo|Bo]]",
                        f"Talk {row} {room} ({{{{phab|T90{row}{room}}}}})",
                    ]
                )
            )
            cells.append(f"{span}{lead}{content}")
        lines.append("|-")
        lines += ["|" + "||".join(cells)] if inline else [f"|{cell}" for cell in cells]
    return "\n".join([*lines, "|}", ""])


def cells(page: Schedule) -> Counter[tuple[int, int, int, str]]:
    return Counter(
        (placed.row, placed.column, placed.height, placed.cell.content.of(page.text).strip())
        for table in tables(page.text)
        for placed in expand(table).cells
    )


@settings(max_examples=150, deadline=None)
@given(grids(), st.data())
def test_place_then_withdraw(text: str, data: st.DataObject) -> None:
    page = page_of(text, EVENT)
    if not page.free_slots:
        return
    slot = data.draw(st.sampled_from(page.free_slots))
    minutes = data.draw(st.sampled_from([25, 55, 85]))
    asked = read_slot(f"{slot.start:%Y-%m-%d %H:%M} {slot.room}", EVENT)
    change = place([page], proposal(minutes=minutes), asked, EVENT)
    placed = change.after
    # every other session is read as before, and every other cell is the same
    assert Counter(map(session_facts, page.sessions)) <= Counter(map(session_facts, placed.sessions))
    assert len(placed.sessions) == len(page.sessions) + 1
    gone, come = cells(page) - cells(placed), cells(placed) - cells(page)
    assert len(come) == 1
    assert {content for *_, content in gone} == {"''free slot''"}
    (_, _, height, _) = next(iter(come))
    assert height == sum(high for _, _, high, _ in gone)
    assert not change.doubts or height == next(iter(gone))[2]
    # what stands outside the cells is what stood there
    back = withdraw(*named([placed], EVENT, task="T900999"), EVENT)
    if height == 1:
        assert back.after.text == text
    freed = cells(back.after) - cells(placed)
    assert {content for *_, content in freed} == {"''free slot''"}
    # one long cell, or one for each of its rows
    assert {len(freed), freed.total()} <= {1, height}
    assert sum(high * number for (_, _, high, _), number in freed.items()) == height
    assert Counter(map(session_facts, back.after.sessions)) == Counter(map(session_facts, page.sessions))


@settings(max_examples=150, deadline=None)
@given(titles)
def test_any_title_is_written_as_text_or_refused(title: str) -> None:
    text = "== 15 May 2026 ==\n{|\n! Time !! Hacking room 1 !! Hacking room 2\n|-\n| 10:00 || ''free slot'' || '''A'''<br>[[User:Bo|Bo]]\n|}\n"
    page = page_of(text, EVENT)
    try:
        change = place([page], proposal(title=title), read_slot("Fri 10:00 room 1", EVENT), EVENT)
    except NotPlaced:
        return
    before, after = text.split("''free slot''")
    new = change.after.text
    assert new.startswith(before)
    assert new.endswith(after)
    (session,) = (s for s in change.after.sessions if s.tasks)
    assert session.start == datetime(2026, 5, 15, 10, tzinfo=UTC)
    assert session.rooms == ("Hacking room 1",)
    assert [person.name for person in session.owners] == ["ExampleAda"]
    assert session.length in {None, timedelta(minutes=30)}
