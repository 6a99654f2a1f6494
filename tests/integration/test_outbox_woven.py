"""Words on the outbox that the real wiki weaves into an edit of the bot: they count, and they are the organiser's."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from callboard.config import Event
from callboard.ledger import Ledger
from callboard.outbox_history import said_on_outbox
from callboard.outbox_words import HOLD, HOLD_ALL, SEND, written
from callboard.ports import Saved
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from tests.integration.gateway import gateway_to
from tests.integration.test_outbox_render import body
from tests.notices.event import event

TITLES = [f"Talk {number}" for number in range(9)]


def of(page: str) -> Event:
    made = event({"kind": "starts_soon"})
    return made.model_copy(
        update={
            "event": made.event.model_copy(update={"organisers": (ORGANISER,)}),
            "pages": made.pages.model_copy(update={"outbox": page}),
        }
    )


def row(text: str, title: str) -> str:
    (found,) = (line for line in text.split("\n") if f"|| {title} ||" in line)
    return f"|-\n{found}\n"


@pytest.mark.parametrize(
    ("name", "word"), [("hold", HOLD), ("send", SEND), ("line taken out", ""), ("hold all", HOLD_ALL)]
)
def test_word_that_was_woven_into_the_bots_edit_counts(devwiki: DevWiki, name: str, word: str) -> None:
    page = f"Woven outbox, {name}"
    wiki, organiser = gateway_to(devwiki), devwiki.person(ORGANISER)
    first = body(TITLES)
    assert isinstance(wiki.save(wiki.read([page]).pages[page], first, "made"), Saved)
    read = wiki.read([page]).pages[page]
    there = row(first, "Talk 1")
    said = first.replace(there, there.replace(" <!--", f" {word} <!--", 1) if word else "")
    organiser.edit(page, said if word != HOLD_ALL else f"{HOLD_ALL}\n\nWait, please.\n\n{first}")
    later = wiki.save(read, body([*TITLES[:-1], "Another title"]), "changed")
    assert isinstance(later, Saved)
    assert later.merged
    now = wiki.read([page]).pages[page]
    assert (now.user, written(now.text or "")) == (wiki.bot, None)
    ledger = Ledger(create_engine("sqlite://", poolclass=StaticPool))
    found = said_on_outbox(wiki, ledger, of(page), {page: now}, wiki.read([]).now)
    before = written(first)
    assert before is not None
    new = {about: one for about, one in found.words.items() if about not in before.words}
    assert [(one.says, one.by) for one in new.values()] == [("send" if word == SEND else "hold", ORGANISER)]
    instant, asked = wiki.read([]).now, wiki.requests
    assert said_on_outbox(wiki, ledger, of(page), {page: now}, instant) == found
    assert wiki.requests == asked  # it is remembered
