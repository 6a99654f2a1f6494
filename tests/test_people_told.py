"""Who is told, at whole ticks: people who opted out, were renamed, locked, or whose talk page leads elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from callboard.app import App
from tests.promises import NOW, OWNER, SESSION, TALK, World, event

PAGES = {"site": "callboard", "schedule": ["Schedule"], "report": "Report", "opt_out": "No notices"}
CATEGORY = "Category:No messages"
SOON = event("starts_soon", pages=PAGES, delivery={"grace": "0min", "opt_out_category": CATEGORY})
NEW = "Marta Now"
LINE_OFF = "they can take their line off there"


def world(cell: str = SESSION) -> World:
    made = World(cell, of=SOON)
    made.wiki.opt_out_categories = (CATEGORY,)
    made.wiki.edit("No notices", "Who wants no notices:", user="Ada Organiser")
    return made


def opt_out(lines: str) -> Callable[[World], object]:
    return lambda at: at.wiki.edit("No notices", f"Who wants no notices:\n{lines}", user=OWNER)


def talk(text: str) -> Callable[[World], object]:
    return lambda at: at.wiki.edit(TALK, text, user=OWNER)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (opt_out(f"* [[User:{OWNER}]]"), f"{OWNER} asks for no notices on [[No notices]]; {LINE_OFF}"),
        (opt_out(f"* [[User:{OWNER}]]: starts soon, moved"), f"{OWNER} asks for no notices of the kind starts_soon on [[No notices]]; {LINE_OFF}"),
        (opt_out(f"* [[User:{OWNER}]]: not so soon"), f"{OWNER} asks for no notices on [[No notices]]; {LINE_OFF}"),
        (lambda at: at.wiki.edit("No notices", "", user="Vandal"), "[[No notices]] is empty, so lines may be lost: restore it, or write there what it is for; until then nobody is sent a notice, as they may have opted out"),
        (talk(f"[[{CATEGORY}]]"), f"[[{TALK}]] is in [[:{CATEGORY}]], which asks for no such messages: tell this person in another way"),
        (talk("{{#useliquidthreads:1}}"), f"[[{TALK}]] has LiquidThreads, in which the bot cannot write: tell this person in another way"),
        (talk("#REDIRECT [[User talk:Eve]]"), "the talk page is a redirect to [[User talk:Eve]], which is missing: tell this person in another way"),
        (talk("#REDIRECT [[:m:User talk:Marta]]"), "the talk page is a redirect that leads to [[:m:User talk:Marta]], which is on another wiki: tell this person in another way"),
        (lambda at: at.wiki.add_user(OWNER, locked=True), f"{OWNER} is locked on all wikis: ask whether the session takes place, and link somebody else"),
        (lambda at: at.wiki.hide_user(OWNER), f"there is no account {OWNER} on this wiki: correct the name where it is linked"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("late", [False, True], ids=["before the look", "right before posting"])
def test_who_is_not_told_is_on_record_with_the_reason(
    spoil: Callable[[World], object], why: str, late: bool
) -> None:
    at = world()
    if late:
        App(at.event, at.wiki, at.board, at.ledger).plan()  # so that all of it is known from before
    spoil(at)
    at.tick()
    assert (at.told(), at.held()) == ([], {"starts_soon": why})
    assert "Notices held (1)" in at.report


@pytest.mark.parametrize(
    "lines", ["", f"* [[User:{OWNER}]]: moved", "* [[User:Eve]]", f"<!-- * [[User:{OWNER}]] -->"]
)
def test_who_has_not_opted_out_of_it_is_told(lines: str) -> None:
    at = world()
    opt_out(lines)(at)
    at.tick()
    assert (at.told(), at.held()) == (["starts_soon"], {})


def test_a_redirected_talk_page_is_followed() -> None:
    at = world()
    at.wiki.add_user("Eve")
    at.wiki.edit("User talk:Eve", "Hello", user="Eve")
    talk("#REDIRECT [[User talk:Eve]]")(at)
    at.tick()
    assert at.told("Eve") == ["starts_soon"]
    assert at.wiki.text(TALK) == "#REDIRECT [[User talk:Eve]]"
    at.lose_database()
    at.tick()
    assert at.told("Eve") == ["starts_soon"]


def test_whoever_a_redirect_leads_to_may_have_opted_out() -> None:
    at = world()
    at.wiki.add_user("Eve")
    at.wiki.edit("User talk:Eve", "Hello", user="Eve")
    talk("#REDIRECT [[User talk:Eve]]")(at)
    opt_out("* [[User:Eve]]")(at)
    at.tick()
    assert (at.told("Eve"), at.held()) == (
        [],
        {"starts_soon": f"Eve asks for no notices on [[No notices]]; {LINE_OFF}"},
    )


@pytest.mark.parametrize("user_page", [True, False], ids=["user page", "log only"])
@pytest.mark.parametrize("known", [True, False], ids=["known before", "new"])
def test_whoever_was_renamed_is_told_under_the_new_name(user_page: bool, known: bool) -> None:
    at = world()
    if known:
        App(at.event, at.wiki, at.board, at.ledger).plan()
    at.wiki.rename_user(OWNER, "Marta Once", user_page=user_page)
    at.wiki.rename_user("Marta Once", NEW, user_page=user_page)
    at.tick()
    assert (at.told(NEW), at.told(OWNER), at.held()) == (["starts_soon"], [], {})
    at.tick()
    at.lose_database()
    at.tick()
    assert (at.told(NEW), at.told(OWNER)) == (["starts_soon"], [])


def test_whoever_was_told_before_a_rename_is_not_told_again() -> None:
    at = world()
    at.tick()
    at.wiki.rename_user(OWNER, NEW)
    for _ in range(2):
        at.tick()
        at.wiki.edit("Schedule", at.page.replace(OWNER, NEW), user="Ada Organiser")
        at.tick()
        at.lose_database()
    assert (at.told(NEW), at.told(OWNER)) == (["starts_soon"], [])


def test_a_line_under_a_former_name_counts() -> None:
    at = world(SESSION.replace(OWNER, NEW))
    opt_out(f"* [[User:{OWNER}]]")(at)
    at.wiki.rename_user(OWNER, NEW)
    at.tick()
    assert (at.told(NEW), at.held()) == (
        [],
        {"starts_soon": f"{NEW} asks for no notices on [[No notices]]; {LINE_OFF}"},
    )


def test_people_cost_no_request_of_their_own() -> None:
    """The look, a history, the accounts; then the accounts once more, the look, the save; and the report."""
    at = world()
    at.tick()
    plain = at.wiki.requests
    other = world()
    opt_out("* [[User:Ada Organiser]]: moved")(other)
    other.wiki.edit(f"User:{OWNER}", "[[Category:User de-N]]", user=OWNER)
    talk("Hello [[Category:Other]]")(other)
    other.wiki.protect(TALK, "autoconfirmed")
    other.tick()
    assert (other.told(), other.wiki.requests) == (["starts_soon"], plain)
    assert timedelta() < other.wiki.now - NOW < timedelta(hours=1)
