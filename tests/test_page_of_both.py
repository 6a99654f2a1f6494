"""A page that is both schedule and sign-up lists is read and tidied as both, and is on hold as both."""

import pytest

from tests.promises import FREE, OWNER, World, event, grid

PAGES = {
    "site": "callboard",
    "schedule": ["Schedule"],
    "signups": ["Schedule"],
    "report": "Report",
    "off_switch": "User:Callboard/run",
}
SESSION = f"'''Bots for tea'''<br />[[User:{OWNER}|{OWNER}]]"
LIST = "\n; Chat watch\n* [[User:Ada Organiser|Ada]] (18:00–20:00 UTC)\n* [[User:Bo|Bo]]\n*[[User:Cy|Cy]]\n* {{u|Dee}}\n"


def world() -> World:
    """The page as it is read first."""
    found = World(of=event("starts_soon", pages=PAGES))
    found.wiki.edit("Schedule", grid(SESSION, FREE) + LIST)
    return found


def test_both_are_read() -> None:
    plan = world().tick().plan
    assert [session.title for page in plan.schedules for session in page.sessions] == ["Bots for tea"]
    assert [entry.user for page in plan.signups for entry in page.entries] == [
        "Ada Organiser",
        "Bo",
        "Cy",
        "Dee",
    ]


@pytest.mark.parametrize("accident", ["", "Vandal was here.", "#REDIRECT [[Elsewhere]]"])
def test_what_puts_one_on_hold_holds_both_and_is_told_once(accident: str) -> None:
    there = world()
    there.tick()
    there.wiki.edit("Schedule", accident, user="Vandal")
    plan = there.tick().plan
    assert (plan.schedules, plan.signups) == ((), ())
    assert [problem.code for problem in plan.problems] == ["page-held"]


def test_it_is_saved_once_a_tick_and_is_tidy_after_two() -> None:
    there = World(of=event("starts_soon", pages=PAGES))
    untidy = f"'''Bots for tea'''<br />[[User:{OWNER}|{OWNER}]]<br />Facilitation : [[User:Bo|Bo]]"
    there.wiki.edit("Schedule", grid(untidy, FREE) + LIST)
    saves = [
        [written.what for written in there.tick().results.written if written.page == "Schedule"]
        for _ in range(3)
    ]
    text = there.wiki.text("Schedule") or ""
    assert saves == [["tidied"], ["tidied"], []]
    assert ("facilitation: [[User:Bo|Bo]]" in text, "\n* [[User:Cy|Cy]]" in text) == (True, True)
