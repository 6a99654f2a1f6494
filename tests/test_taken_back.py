"""What a person took back: the rule leaves the cell alone, other rules and other cells go on, with any database."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from callboard.model import Proposal
from callboard.rules import SCHEDULE
from callboard.snapshot import Snapshot
from callboard.taken_back import cells_in, rules_named, traces
from callboard.tasks_file import proposals_from
from callboard.tidy import Tidied, tidy
from tests.promises import World, grid, proposal
from tests.snapshots import snapshot

GRID = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00
| Bots<br />[[User:Ada|Ada]]<br />Facilitator : [[User:Bo|Bo]]
| Maps<br />[[User:Cyd|Cyd]]<br />facilitation: [[User:Dot|Dot]]
|-
| 11:00
| Lua<br />[[User:Dot|Dot]]<br />Facilitator : [[User:Bo|Bo]]
| Tests<br />[[User:Dot|Dot]]<br />facilitation: [[User:Bo|Bo]]
|}
"""
INLINE = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00 || Bots – [[User:Ada|Ada]]<br />Facilitator : [[User:Bo|Bo]] || Maps – [[User:Cyd|Cyd]]<br />facilitation: [[User:Dot|Dot]]
|-
| 11:00 || Lua – [[User:Dot|Dot]]<br />Facilitator : [[User:Bo|Bo]] || Tests – [[User:Dot|Dot]]<br />facilitation: [[User:Bo|Bo]]
|}
"""
ROWS = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Room !! Session !! Speaker !! Facilitator !! Task
|-
| 10:00–10:55 || Hacking room 1 || Bots || [[User:Ada|Ada]] || Testuser Quill ||
|-
| 11:00–11:55 || Hacking room 1 || Maps || Testuser Quill || Testuser Vic || {{phab|T900002}}
|-
| 12:00–12:55 || Hacking room 1 || Lua || [[User:Dot|Dot]] || [[User:Bo|Bo]] || {{phab|T900003}}
|}
"""
BULLETS = """== Friday, May 21 ==
* 10:00–10:55 Bots ([[User:Ada|Ada]]), Hacking room 1. Facilitator : [[User:Bo|Bo]]
* 11:00–11:55 Maps ([[User:Cyd|Cyd]]), Hacking room 1. facilitation: [[User:Dot|Dot]]
* 12:00–12:55 Lua ([[User:Dot|Dot]]), Hacking room 1. Facilitator : [[User:Bo|Bo]]
"""
ARGUMENTS = """== Friday, May 21 ==
{{Callboard/session|time=10:00–10:55|room=Hacking room 1|title=Bots|owner=[[User:Ada|Ada]]|facilitator=|task=}}
{{Callboard/session|time=11:00–11:55|room=Hacking room 1|title=Maps|owner=[[User:Dot|Dot]]|facilitator=[[User:Bo|Bo]]|task=T900002}}
{{Callboard/session|time=12:00–12:55|room=Hacking room 1|title=Lua|owner=Testuser Quill|facilitator=[[User:Bo|Bo]]|task=T900003}}
{{Callboard/session|time=13:00–13:55|room=Hacking room 1|title=Tests|owner=[[User:Dot|Dot]]|facilitator=[[User:Bo|Bo]]|task=}}
"""
TASKS = [
    {"task": "T900001", "title": "Bots", "acknowledged": True, "owners": ["Ada"]},
    {"task": "T900002", "title": "Maps", "acknowledged": True},
    {"task": "T900003", "title": "Lua", "acknowledged": True},
]
NAMES = ("Ada", "Bo", "Cyd", "Dot", "Testuser Quill", "Testuser Vic")


def seen(**parts: Any) -> Snapshot:
    pages = {"schedule": ["Page"]}
    return snapshot(accounts=NAMES, pages=pages, wording={"facilitation": "facilitation:"}, **parts)


def remembering(now: Snapshot, *edits: Tidied) -> Snapshot:
    """What is known after the bot saved these results, one after the other."""
    kept: dict[tuple[str, str], int] = {}
    for edit in edits:
        rules = {one.rule for one in edit.applied}
        found = traces("Page", edit.before.text, edit.text, now.event, rules)
        kept |= {("Page", trace): times for trace, times in found.items()}
    return replace(now, written_before=kept, tidied_before=cells_in(kept))


def board(*tasks: Mapping[str, object]) -> Mapping[str, Proposal]:
    return proposals_from(list(tasks or TASKS), "test")


@pytest.mark.parametrize("page", [GRID, INLINE, BULLETS], ids=["grid", "one-line", "bullets"])
def test_an_undone_mark_stays_and_another_rule_goes_on_in_the_same_line(page: str) -> None:
    first = tidy(page, "Page", SCHEDULE, seen())
    assert first.text == page.replace("Facilitator :", "facilitation:")
    undone = first.text.replace("facilitation:", "Facilitator :", 1)
    known = replace(remembering(seen(), first), proposals=board())
    later = tidy(undone, "Page", SCHEDULE, known)
    assert "Bots ([[phab:T900001]])" in later.text
    assert later.text.replace(" ([[phab:T900001]])", "") == undone
    assert [(one.rule, one.taken_back) for one in later.shows] == [("facilitation-mark", "Bots")]
    again = tidy(later.text, "Page", SCHEDULE, remembering(known, first, later))
    assert (again.text, again.applied) == (later.text, ())
    assert [one.rule for one in again.shows] == ["facilitation-mark"]


@pytest.mark.parametrize(
    ("rule", "written", "by_hand", "title"),
    [
        ("link-acknowledged-tasks", "task=T900001", "task=", "Bots"),
        ("user-links", "[[User:Testuser Quill|Testuser Quill]]", "Testuser Quill", "Lua"),
    ],
)
def test_an_argument_that_was_emptied_again_stays_and_the_others_do_not_change(
    rule: str, written: str, by_hand: str, title: str
) -> None:
    now = seen(proposals=board())
    first = tidy(ARGUMENTS, "Page", SCHEDULE, now)
    undone = first.text.replace(written, by_hand)
    assert undone != first.text
    later = tidy(undone, "Page", SCHEDULE, remembering(now, first))
    assert (later.text, later.applied) == (undone, ())
    assert [(one.rule, one.taken_back) for one in later.shows] == [(rule, title)]


@pytest.mark.parametrize(
    ("by_hand", "stays"),
    [
        # by hand, with other words than before
        (lambda text: text.replace("facilitation:", "Facilitators:", 1), True),
        # undone, and something else of the cell changed too
        (lambda text: text.replace("Bots", "Bots and more").replace("facilitation:", "Facilitator :", 1), True),
        # undone, and moved to another time
        (lambda text: text.replace("facilitation:", "Facilitator :", 1).replace("10:00", "12:00"), True),
        # undone, and the session swapped with its neighbour below
        (lambda text: _swapped(text.replace("facilitation:", "Facilitator :", 1)), True),
        # another session came into its place, with a mark of its own that was never tidied
        (lambda text: text.replace("Bots", "Kites").replace("[[User:Ada|Ada]]", "[[User:Cyd|Cyd]]"), False),
        # the edit stands, and somebody signed up: the rule goes on in the cell
        (lambda text: text.replace("[[User:Bo|Bo]]", "[[User:Bo|Bo]] and [[User:Dot|Dot]]", 1), False),
    ],
)  # fmt: skip
def test_ways_of_taking_back(by_hand: Any, stays: bool) -> None:
    first = tidy(GRID, "Page", SCHEDULE, seen())
    changed = by_hand(first.text)
    later = tidy(changed, "Page", SCHEDULE, remembering(seen(), first))
    assert (later.text == changed) is (stays or not tidy(changed, "Page", SCHEDULE, seen()).applied)
    assert bool(later.shows) is stays


def _swapped(text: str) -> str:
    rows = text.split("|-\n")
    one, two = rows[1].split("\n", 2), rows[2].split("\n", 2)
    one[1], two[1] = two[1], one[1]
    return "|-\n".join([rows[0], "\n".join(one), "\n".join(two)])


def test_in_a_row_on_one_line_only_the_cell_is_left_alone() -> None:
    first = tidy(ROWS, "Page", SCHEDULE, seen())
    linked = re.sub(r"(?<!\w)Testuser (\w+)(?= \|\|)", r"[[User:Testuser \1|Testuser \1]]", ROWS)
    assert first.text == linked
    undone = linked.replace("|| [[User:Testuser Vic|Testuser Vic]]", "|| Testuser Vic, Testuser Quill")
    later = tidy(undone, "Page", SCHEDULE, remembering(seen(), first))
    assert (later.text, {one.taken_back for one in later.shows}) == (undone, {"Maps"})
    # the speaker's cell of the same row is another cell
    owner = undone.replace(
        "Maps || [[User:Testuser Quill|Testuser Quill]]",
        "Maps || [[User:Testuser Quill|Testuser Quill]], Testuser Hal",
    )
    known = replace(remembering(seen(), first), accounts=snapshot(accounts=[*NAMES, "Testuser Hal"]).accounts)
    told = tidy(owner, "Page", SCHEDULE, known)
    assert "Testuser Vic, Testuser Quill ||" in told.text
    assert "[[User:Testuser Hal" in told.text


def test_a_time_that_was_put_back_stays_while_others_are_tidied() -> None:
    times: dict[str, Any] = {
        "wording": {"times": "09:00–09:55", "facilitation": "facilitation:"},
        "pages": {"schedule": ["Page"]},
    }
    page = GRID.replace("| 10:00", "| 10.00").replace("Facilitator :", "facilitation:")
    first = tidy(page, "Page", SCHEDULE, snapshot(**times))
    assert first.text == page.replace("10.00", "10:00")
    undone = page.replace("| 11:00", "| 11.00")
    later = tidy(undone, "Page", SCHEDULE, remembering(snapshot(**times), first))
    assert later.text == undone.replace("11.00", "11:00")
    assert [(one.rule, one.taken_back) for one in later.shows] == [("time-notation", "10.00")]


def test_what_the_bot_itself_wrote_anew_was_not_taken_back() -> None:
    page = GRID.replace("| Maps<br />[[User:Cyd|Cyd]]<br />facilitation: [[User:Dot|Dot]]", "| free")

    def worded(words: str) -> Snapshot:
        return snapshot(accounts=NAMES, pages={"schedule": ["Page"]}, wording={"free_slot": words})

    first = tidy(page, "Page", SCHEDULE, worded("''free slot''"))
    second = tidy(first.text, "Page", SCHEDULE, remembering(worded("''open slot''"), first))
    assert "| ''open slot''" in second.text
    third = tidy(second.text, "Page", SCHEDULE, remembering(worded("''free slot''"), first, second))
    assert (third.text, third.shows) == (first.text, ())


@pytest.mark.parametrize(
    ("summary", "rules"),
    [
        ("Bot: tidied the schedule: free-slots, user-links ([[User:Callboard/About|why?]])", ("free-slots", "user-links")),
        ("Bot: tidied the sign-up list: signup-links", ("signup-links",)),
        ("Bot: notice", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_rules_named_in_a_summary(summary: str, rules: tuple[str, ...]) -> None:
    assert rules_named(summary) == rules


@pytest.mark.parametrize("database", ["kept", "lost"])
def test_after_an_undo_other_rules_go_on_in_the_cell_with_any_database(database: str) -> None:
    mark = "Kites<br />[[User:Ada Organiser|Ada Organiser]]<br />Facilitator : [[User:Marta Mentor|Marta Mentor]]"
    other = "Tunes<br />Facilitator : [[User:Ada Organiser|Ada Organiser]]"
    world = World(mark, other, proposals=[proposal()])
    world.tick()
    tidied = grid(mark, other).replace("Facilitator :", "facilitation:").rstrip()
    assert world.page == tidied
    world.wiki.edit("Schedule", tidied.replace("facilitation:", "Facilitator :", 1), user="Ada Organiser")
    world.tick()
    if database == "lost":
        world.lose_database()
    page = world.page.replace("Marta Mentor]]\n", "Marta Mentor]], (T900001) (T900001)\n", 1)
    assert page != world.page
    world.wiki.edit("Schedule", page, user="Ada Organiser")
    world.tick()
    assert world.page == page.replace(", (T900001) (T900001)", ", (T900001)")
    assert "<br />Kites: taken back here || facilitation-mark ||" in world.report
    assert world.saved() == []


def test_a_cell_whose_title_is_read_only_after_the_edit_is_known_by_its_slot() -> None:
    text = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00
| [[/Lua|Lua]]<br />[[User:Ada|Ada]]
| [[/Lua|Lua]], {{phab|T900001}}, Ada, [[User:Ada|Ada]]
|}
"""
    first = tidy(text, "Page", SCHEDULE, seen())
    assert first.text == text.replace(", Ada,", ", [[User:Ada|Ada]],")
    undone = tidy(text, "Page", SCHEDULE, remembering(seen(), first))
    assert (undone.text, undone.applied) == (text, ())
