"""Whatever happens to a page between read and save, nobody's edit is lost: a real MediaWiki decides.

pywikibot's `Page.save` loses the other edit in five of these cases.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from callboard.model import PageText
from callboard.ports import Conflict, Outcome, Refused, Saved
from dev.devwiki import DevWiki
from dev.wiki_paths import ROOT
from tests.integration.gateway import gateway_to

PERSON, ORGANISER = "ExampleAda", "Ada Organiser"
TITLE = "Schedule"
BASE = "Opening\n\nTools\n\nBreak\n\nMentoring\n\nClosing"
BY_BOT = BASE.replace("Tools", "Tools (bot)")
SAME_LINE = BASE.replace("Tools", "Tools (person)")
ADJACENT = BASE.replace("Tools\n", "Tools\nand more (person)\n")
DISTANT = BASE.replace("Closing", "Closing (person)")
MERGED = BY_BOT.replace("Closing", "Closing (person)")

OTHER_PROCESS = """
import sys
from callboard.wiki import Gateway
gateway = Gateway.connect("callboard")
read = gateway.read([sys.argv[1]]).pages[sys.argv[1]]
print(type(gateway.save(read, sys.argv[2], "Another copy of the bot")).__name__)
"""


def read_then(
    wiki: DevWiki, meanwhile: Callable[[], object], *, base: str | None = BASE
) -> tuple[PageText, Outcome]:
    """The bot reads, something happens, the bot saves its change."""
    gateway = gateway_to(wiki)
    if base is not None:
        wiki.person(PERSON).edit(TITLE, base)
    read = gateway.read([TITLE]).pages[TITLE]
    meanwhile()
    return read, gateway.save(read, BY_BOT, "Tidy")


def text(wiki: DevWiki) -> str | None:
    return wiki.person(PERSON).text(TITLE)


@pytest.mark.parametrize("theirs", [SAME_LINE, ADJACENT, "", BASE.replace("\n\n", "\n")])
def test_person_changed_the_same_or_the_adjacent_line(wiki: DevWiki, theirs: str) -> None:
    _, outcome = read_then(wiki, lambda: wiki.person(PERSON).edit(TITLE, theirs))
    assert isinstance(outcome, Conflict)
    assert text(wiki) == theirs


def test_person_changed_a_distant_line(wiki: DevWiki) -> None:
    read, outcome = read_then(wiki, lambda: wiki.person(PERSON).edit(TITLE, DISTANT))
    assert isinstance(outcome, Saved)
    assert (outcome.merged, outcome.revid > (read.revid or 0)) == (True, True)
    assert text(wiki) == MERGED


def test_person_made_the_very_same_change(wiki: DevWiki) -> None:
    """Nothing is lost or doubled, whether MediaWiki calls it a conflict or nothing to do."""
    _, outcome = read_then(wiki, lambda: wiki.person(PERSON).edit(TITLE, BY_BOT))
    assert not isinstance(outcome, Saved)
    assert text(wiki) == BY_BOT
    assert len(wiki.person(PERSON).history(TITLE)) == 2


def test_undisturbed_save_is_not_called_merged(wiki: DevWiki) -> None:
    _, outcome = read_then(wiki, lambda: None)
    assert isinstance(outcome, Saved)
    assert outcome.merged is False


def pywikibot_asks(_: DevWiki) -> None:
    """Queries that move the base of pywikibot's own saves forward."""
    import pywikibot

    page = pywikibot.Page(pywikibot.Site(), TITLE)
    page.protection()
    list(page.revisions(total=1))
    assert page.latest_revision_id > 0


@pytest.mark.parametrize(
    "asks",
    [
        pywikibot_asks,
        lambda wiki: gateway_to(wiki).read([TITLE]),
        lambda wiki: gateway_to(wiki).read([TITLE], known={TITLE: 1}),
        lambda wiki: gateway_to(wiki).templates([TITLE]),
    ],
)
def test_information_asked_between_read_and_save(wiki: DevWiki, asks: Callable[[DevWiki], Any]) -> None:
    def meanwhile() -> None:
        wiki.person(PERSON).edit(TITLE, SAME_LINE)
        asks(wiki)

    _, outcome = read_then(wiki, meanwhile)
    assert isinstance(outcome, Conflict)
    assert text(wiki) == SAME_LINE


def test_fresh_objects_rest_on_the_revision_that_was_read(wiki: DevWiki) -> None:
    gateway = gateway_to(wiki)
    wiki.person(PERSON).edit(TITLE, BASE)
    first = gateway.read([TITLE]).pages[TITLE]
    again = gateway.read([TITLE]).pages[TITLE]
    wiki.person(PERSON).edit(TITLE, SAME_LINE)
    for read in (again, replace(first), PageText(TITLE, first.revid)):
        assert isinstance(gateway.save(read, BY_BOT, "Tidy"), Conflict)
    assert text(wiki) == SAME_LINE


def test_person_edits_within_the_same_second(wiki: DevWiki) -> None:
    """Time stamps have whole seconds: a save that rests on one would not see this edit."""
    gateway, person = gateway_to(wiki), wiki.person(PERSON)
    for attempt in range(20):
        person.edit(TITLE, f"{BASE}\n\nAttempt {attempt}")
        read = gateway.read([TITLE]).pages[TITLE]
        person.edit(TITLE, f"{SAME_LINE}\n\nAttempt {attempt}")
        newest, base = person.history(TITLE)[:2]
        if newest["timestamp"] == base["timestamp"]:
            break
    else:
        pytest.fail("no two edits fell into one second")
    outcome = gateway.save(read, f"{BY_BOT}\n\nAttempt {attempt}", "Tidy")
    assert isinstance(outcome, Conflict)
    assert text(wiki) == f"{SAME_LINE}\n\nAttempt {attempt}"


def another_copy_saves(wiki: DevWiki, theirs: str, folder: Path) -> None:
    """A second process of the same account, with a session of its own, edits the page."""
    environment = {
        **os.environ,
        **wiki.environment(),
        "CALLBOARD_FILES": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, TITLE, theirs],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "Saved\n", done.stderr
    assert wiki.person(PERSON).history(TITLE)[0]["user"] == gateway_to(wiki).bot


def test_another_process_of_the_same_account(wiki: DevWiki, tmp_path: Path) -> None:
    _, outcome = read_then(wiki, lambda: another_copy_saves(wiki, SAME_LINE, tmp_path))
    assert isinstance(outcome, Conflict)
    assert text(wiki) == SAME_LINE
    _, outcome = read_then(wiki, lambda: another_copy_saves(wiki, DISTANT, tmp_path))
    assert isinstance(outcome, Saved)
    assert outcome.merged is True
    assert text(wiki) == MERGED


@pytest.mark.parametrize("theirs", ["by a person", BY_BOT])
def test_page_created_in_between(wiki: DevWiki, theirs: str) -> None:
    _, outcome = read_then(wiki, lambda: wiki.person(PERSON).edit(TITLE, theirs), base=None)
    assert isinstance(outcome, Conflict)
    assert text(wiki) == theirs
    assert len(wiki.person(PERSON).history(TITLE)) == 1


def test_page_created_and_blanked_in_between(wiki: DevWiki) -> None:
    def meanwhile() -> None:
        wiki.person(PERSON).edit(TITLE, "by a person")
        wiki.person(PERSON).edit(TITLE, "")

    _, outcome = read_then(wiki, meanwhile, base=None)
    assert isinstance(outcome, Conflict)
    assert text(wiki) == ""


def test_page_deleted_in_between(wiki: DevWiki) -> None:
    _, outcome = read_then(wiki, lambda: wiki.person(ORGANISER).delete(TITLE))
    assert isinstance(outcome, Conflict)
    assert text(wiki) is None


def test_page_deleted_and_made_anew_in_between(wiki: DevWiki) -> None:
    def meanwhile() -> None:
        wiki.person(ORGANISER).delete(TITLE)
        wiki.person(PERSON).edit(TITLE, SAME_LINE)

    _, outcome = read_then(wiki, meanwhile)
    assert isinstance(outcome, Conflict)
    assert text(wiki) == SAME_LINE


@pytest.mark.parametrize(("leave_redirect", "left"), [(True, "#REDIRECT [[Programme]]"), (False, None)])
def test_page_moved_in_between(wiki: DevWiki, leave_redirect: bool, left: str | None) -> None:
    def move() -> None:
        wiki.person(ORGANISER).move(TITLE, "Programme", leave_redirect=leave_redirect)

    _, outcome = read_then(wiki, move)
    assert isinstance(outcome, Conflict)
    assert text(wiki) == left
    assert wiki.person(PERSON).text("Programme") == BASE


def test_page_protected_in_between(wiki: DevWiki) -> None:
    _, outcome = read_then(wiki, lambda: wiki.person(ORGANISER).protect(TITLE))
    assert isinstance(outcome, Refused)
    assert outcome.code == "protectedpage"
    assert text(wiki) == BASE
