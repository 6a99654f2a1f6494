"""The outbox page through whole ticks: what stands there, what organisers say there, and what becomes of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from callboard.app import App
from callboard.explaining_writes import notices
from callboard.model import ProposalState, State
from callboard.outbox_words import HOLD, HOLD_ALL, SEND, ids_in
from callboard.report_frame import START
from tests.promises import OWNER, SESSION, World, event, grid, proposal

ADA, EVE, BO = "Ada Organiser", "Eve", "Testuser Bo"
OUTBOX = "Outbox"
TEA, MAPS = SESSION, f"'''Maps'''<br />[[User:{BO}]]"


def world(*cells: str, **parts: object) -> World:
    """Ticks from 08:00 on the day of the event, hours before the sessions at 14:00 and later."""
    of = event("starts_soon", **parts)
    pages = of.pages.model_copy(update={"outbox": OUTBOX})
    made = World(*(cells or (TEA, MAPS)), of=of.model_copy(update={"pages": pages}))
    for name in (BO, EVE):
        made.wiki.add_user(name)
    made.wiki.now = datetime(2021, 5, 22, 8, 0, tzinfo=UTC)
    made.tick()
    return made


def text(seen: World) -> str:
    return seen.wiki.text(OUTBOX) or ""


def line(seen: World, name: str) -> str:
    """The line about a person."""
    (found,) = (one for one in text(seen).split("\n") if f"User talk:{name}" in one)
    return found


def people(seen: World, section: str) -> list[str]:
    """Who is named in a section, in order."""
    found = re.search(rf"^== {section} .*?(?=^== |\Z)", text(seen), re.MULTILINE | re.DOTALL)
    return re.findall(r"\[\[User talk:([^|\]]+)", found[0]) if found else []


def said(seen: World, name: str, word: str, *, by: str = ADA) -> None:
    """Somebody writes a word at the end of the line about a person; an empty word takes the line out."""
    there = line(seen, name)
    new = text(seen).replace(f"{there}\n", f"{there} {word}\n" if word else "")
    seen.wiki.edit(OUTBOX, new, user=by)


def at(seen: World, hour: float) -> World:
    """Ticks of ten minutes until that hour."""
    end = datetime(2021, 5, 22, tzinfo=UTC) + timedelta(hours=hour)
    while seen.wiki.now < end:
        seen.wiki.now = min(end, seen.wiki.now + timedelta(minutes=10))
        seen.tick()
    return seen


def test_page_lists_what_is_planned_in_order_with_the_text() -> None:
    seen = world()
    assert people(seen, "Next") == [OWNER, BO]
    assert "=== Saturday, 22 May 2021 ===" in text(seen)
    assert line(seen, OWNER).startswith(
        f"| Sat 22 May, 13:00 UTC || starts_soon || [[User talk:{OWNER}|{OWNER}]] || Bots for tea || "
    )
    assert "Bots for tea" in line(seen, OWNER).split(" || ")[4]


@pytest.mark.parametrize("hours", [0, 0.5, 3])
def test_page_is_saved_only_when_something_changed(hours: float) -> None:
    seen = world()
    before = len(seen.wiki.history(OUTBOX))
    at(seen, 8 + hours)
    assert seen.saved() == []
    assert len(seen.wiki.history(OUTBOX)) == before


def test_page_costs_an_idle_tick_no_request() -> None:
    seen = world()
    seen.tick()
    before = seen.wiki.requests
    seen.tick()
    assert seen.wiki.requests - before == 1


def test_line_stays_until_the_notice_is_sent_and_goes_in_the_same_tick() -> None:
    seen = at(world(), 12.9)
    assert people(seen, "Next") == [OWNER, BO]
    before = len(seen.wiki.history(OUTBOX))
    at(seen, 13)
    assert (seen.told(), people(seen, "Next")) == (["starts_soon"], [BO])
    assert len(seen.wiki.history(OUTBOX)) == before + 1
    assert seen.saved() == []


def test_notice_within_the_grace_time_gets_no_line() -> None:
    seen = world("''free slot''", delivery={"grace": "15min"})
    seen.wiki.now = datetime(2021, 5, 22, 12, 50, tzinfo=UTC)
    seen.wiki.edit("Schedule", grid(TEA), user=ADA)
    seen.tick()
    assert people(seen, "Next") == []


# --- holding back and releasing ---


@pytest.mark.parametrize("word", [HOLD, "", "<!--callboard:Hold, ask Bo-->"])
def test_line_held_back_is_not_sent_and_says_who_did_it(word: str) -> None:
    seen = world()
    said(seen, OWNER, word)
    seen.tick()
    assert (people(seen, "Next"), people(seen, r"Held back")) == ([BO], [OWNER])
    assert "held back by Ada Organiser, 2021-05-22 08:00 UTC" in line(seen, OWNER)
    assert seen.saved() == []
    at(seen, 14)
    assert (seen.told(), seen.told(BO)) == ([], ["starts_soon"])
    at(seen, 14.5)
    assert seen.held() == {
        "starts_soon": "held back by Ada Organiser, 2021-05-22 08:00 UTC, for as long as it was of use"
    }
    assert people(seen, r"Held back") == []


def test_hold_outlives_the_database() -> None:
    for word in (HOLD, ""):
        seen = world()
        said(seen, OWNER, word)
        seen.tick()
        seen.lose_database()
        assert seen.saved() in ([], ["Report"])
        assert people(seen, r"Held back") == [OWNER]
        assert at(seen, 13.5).told() == []


def test_hold_that_the_bot_had_not_seen_when_its_database_went_counts() -> None:
    seen = world()
    said(seen, OWNER, "")
    seen.lose_database()
    assert at(seen, 13.5).told() == []


def test_hold_taken_out_lets_the_notice_go() -> None:
    seen = world()
    said(seen, OWNER, "")
    seen.tick()
    seen.wiki.edit(OUTBOX, text(seen).replace(f"{HOLD} ", ""), user=ADA)
    seen.tick()
    assert people(seen, "Next") == [OWNER, BO]
    assert at(seen, 13).told() == ["starts_soon"]


def test_word_send_releases_early_and_only_once() -> None:
    seen = world()
    said(seen, OWNER, SEND)
    seen.tick()
    assert (seen.told(), people(seen, "Next")) == (["starts_soon"], [BO])
    assert seen.saved() == []
    assert at(seen, 13.5).told() == ["starts_soon"]
    assert "callboard:word" not in text(seen)  # nothing is left to remember


def test_word_of_a_stranger_is_undone_and_told() -> None:
    for word in (HOLD, SEND, ""):
        seen = world()
        before = text(seen)[: text(seen).index("<!-- callboard:seal")].partition("State of")
        said(seen, OWNER, word, by=EVE)
        seen.tick()
        assert (people(seen, "Next"), seen.told()) == ([OWNER, BO], [])
        after = text(seen)[: text(seen).index("== Not heard")].partition("State of")
        assert after[2].partition("\n")[2] == before[2].partition("\n")[2]
        assert "Eve wanted to" in seen.report
        assert "is no organiser of the event" in text(seen)
        assert seen.saved() == []
        assert at(seen, 13).told() == ["starts_soon"]


def test_what_a_stranger_did_is_told_for_a_day() -> None:
    seen = world()
    said(seen, OWNER, HOLD, by=EVE)
    at(seen, 32.1)
    assert "Eve" not in text(seen) + seen.report


@pytest.mark.parametrize("left", ["", "   \n"])
def test_page_emptied_by_an_organiser_holds_back_everything_until_one_line_goes(left: str) -> None:
    seen = world()
    seen.wiki.edit(OUTBOX, left, user=ADA)
    seen.tick()
    assert (
        "'''Everything is held back''' by [[User:Ada Organiser|Ada Organiser]], 2021-05-22 08:00 UTC"
        in text(seen)
    )
    assert people(seen, r"Held back") == [OWNER, BO]
    assert "nobody is told anything, as Ada Organiser held back everything on the outbox" in seen.report
    assert seen.saved() == []
    assert at(seen, 13.5).told() == []
    seen.wiki.edit(OUTBOX, text(seen).replace(f"this line {HOLD_ALL}", "this line"), user=ADA)
    seen.tick()
    assert (seen.told(), people(seen, "Next")) == (["starts_soon"], [BO])
    assert "held back" not in seen.report


def test_page_emptied_by_a_stranger_is_written_again() -> None:
    seen = world()
    seen.wiki.edit(OUTBOX, "", user=EVE)
    seen.tick()
    assert people(seen, "Next") == [OWNER, BO]
    assert "Eve wanted to hold back everything" in seen.report


def test_hold_all_above_the_list_counts_and_is_left_to_people() -> None:
    seen = world()
    seen.wiki.edit(OUTBOX, f"{HOLD_ALL} Wait, please. ~~~~\n{text(seen)}", user=ADA)
    seen.tick()
    assert people(seen, r"Held back") == [OWNER, BO]
    assert "takes out the comment that stands outside this list" in text(seen)
    assert seen.saved() == []
    seen.lose_database()
    seen.tick()
    assert people(seen, r"Held back") == [OWNER, BO]
    seen.wiki.edit(OUTBOX, text(seen).replace(HOLD_ALL, ""), user=ADA)
    seen.tick()
    assert people(seen, "Next") == [OWNER, BO]


def test_page_that_was_taken_over_is_left_alone_and_its_holds_count() -> None:
    seen = world()
    said(seen, OWNER, HOLD)
    taken = text(seen).replace(START, "")
    seen.wiki.edit(OUTBOX, taken, user=ADA)
    done = seen.tick()
    assert [one.why for one in done.results.held if one.page == OUTBOX] == [
        "the page exists without the bot's marks: empty it, or name another page"
    ]
    assert (text(seen), at(seen, 13.5).told()) == (taken, [])


# --- races ---


def test_word_written_while_the_bot_works_is_never_written_over() -> None:
    seen = world()
    seen.wiki.edit("Schedule", grid(TEA, MAPS, f"'''More'''<br />[[User:{OWNER}]]"), user=ADA)
    seen.wiki.before_save.append(lambda: said(seen, BO, HOLD))
    seen.tick()
    assert HOLD in line(seen, BO)
    seen.tick()
    assert people(seen, r"Held back") == [BO]


def test_word_written_a_moment_before_the_notice_goes_counts() -> None:
    seen = at(world(), 12.9)
    seen.wiki.now = datetime(2021, 5, 22, 13, 0, tzinfo=UTC)
    looks = seen.wiki.read
    count = iter(range(100))

    def read(*args: object, **options: object) -> object:
        if next(count) == 1:  # the look right before posting
            said(seen, OWNER, HOLD)
        return looks(*args, **options)  # type: ignore[arg-type]

    seen.wiki.read = read  # type: ignore[method-assign,assignment]
    seen.tick()
    assert seen.told() == []
    del seen.wiki.read
    seen.tick()
    assert (seen.told(), people(seen, r"Held back")) == ([], [OWNER])


def test_edit_that_the_wiki_wove_into_the_bots_is_read_from_the_history() -> None:
    seen = world()
    before = text(seen)
    said(seen, OWNER, HOLD)
    held = text(seen)
    seen.wiki.edit(OUTBOX, held, user="Callboard")  # nothing changed: no revision
    woven = held.replace("Nothing is sent after", "Nothing is ever sent after")
    assert woven != held != before
    seen.wiki.edit(OUTBOX, woven, user="Callboard")  # the bot's edit with an organiser's words in it
    seen.lose_database()
    seen.tick()
    assert people(seen, r"Held back") == [OWNER]


# --- quiet hours, limits, brakes ---


def test_page_says_what_a_notice_waits_for() -> None:
    cells = [f"'''Talk {number}'''<br />[[User:{OWNER}]]" for number in range(4)]
    seen = world(*cells, delivery={"per_day": 2})
    waits = [one.split(" || ")[5] for one in text(seen).split("\n") if "User talk:" in one]
    limit = "the limit of 2 a day to one person (delivery.per_day)"
    over = f"{limit}; the day after it is of no use any more"
    assert [one.partition(" <!--")[0] for one in waits] == ["its time", "its time", over, over]
    assert people(seen, "Waiting") == [OWNER, OWNER]


def test_brake_shows_what_waits_for_a_person() -> None:
    seen = world(limits={"notices": 1})
    seen.wiki.now = datetime(2021, 5, 22, 13, 0, tzinfo=UTC)
    seen.wiki.edit("Schedule", grid(f"{TEA}, [[User:{BO}]]"), user=ADA)
    seen.tick()
    assert sorted(people(seen, "Waiting")) == [OWNER, BO]
    assert "limits.notices" in text(seen)
    assert seen.saved() == []


def test_template_in_doubt_shows_what_waits() -> None:
    seen = at(world(), 12.9)
    title = "Template:Callboard/notices/starts_soon"
    seen.wiki.edit(title, (seen.wiki.text(title) or "") + "Buy this!", user=EVE)
    at(seen, 13.1)
    assert people(seen, "Waiting") == [OWNER]
    assert "who is no organiser" in line(seen, OWNER)
    assert seen.saved() == []


def test_page_is_left_as_it_is_while_nobody_knows_who_is_due_what() -> None:
    seen = world()
    before = text(seen)
    seen.wiki.edit("Schedule", "", user=EVE)
    seen.tick()
    assert text(seen) == before
    assert ids_in(before) != set()


def test_event_without_an_outbox_makes_none() -> None:
    seen = World(TEA, of=event("starts_soon"))
    seen.tick()
    assert [title for title, _ in seen.wiki.saves if not title.startswith("User")] == ["Report"]


def test_page_that_was_deleted_is_made_again_with_what_is_held() -> None:
    seen = world()
    said(seen, OWNER, HOLD)
    seen.tick()
    seen.wiki.delete(OUTBOX)
    seen.tick()
    assert (people(seen, "Next"), people(seen, r"Held back")) == ([BO], [OWNER])


def test_task_is_explained_with_what_its_notice_waits_for() -> None:
    seen = world()
    said(seen, OWNER, HOLD)
    seen.tick()
    plan = App(seen.event, seen.wiki, seen.board, seen.ledger).plan()
    rows = (("Schedule", plan.schedules[0].sessions[0]),)
    state = ProposalState(proposal(), State.SCHEDULED, "its row links it", rows=rows)
    assert list(notices(proposal(), state, plan, ()))[1:] == [
        f"starts_soon to {OWNER}: waits for a person; held back by Ada Organiser, 2021-05-22 08:00 UTC"
    ]


def test_report_counts_what_is_planned_and_leads_to_the_outbox() -> None:
    seen = world()
    assert "== Notices planned (2) ==\n2 go out by themselves: [[Outbox]] lists them.\n" in seen.report
    said(seen, OWNER, HOLD)
    seen.tick()
    assert "1 go out by themselves, and 1 wait for a person: [[Outbox]] lists them." in seen.report


def test_report_without_an_outbox_counts_what_has_to_wait() -> None:
    cells = [f"'''Talk {number}'''<br />[[User:{OWNER}]]" for number in range(3)]
    seen = World(*cells, of=event("starts_soon", delivery={"per_day": 2}))
    seen.wiki.now = datetime(2021, 5, 22, 8, 0, tzinfo=UTC)
    seen.tick()
    assert "== Notices planned (3) ==\n1 notice waits for the end of quiet hours or for a day" in seen.report
    calm = World(TEA, of=event("starts_soon"))
    calm.tick()
    assert "Notices planned" not in calm.report
