"""What a look asks of the wiki, and what a tick makes of it."""

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from callboard.app import App
from callboard.config import event_from
from callboard.ledger import Ledger
from tests.fakes.wiki import FakeWiki

HELPERS = """\
=== Door ===
* [[User:Ada Organiser|Ada Organiser]] (Friday 10:00–11:00)
* Testuser Quill
* Somebody Else
"""


def app(wiki: FakeWiki) -> App:
    event = event_from(
        {
            "event": {"title": "Tea", "zone": "UTC", "days": ["2021-05-21"]},
            "pages": {"site": "callboard", "signups": ["Helpers"]},
        },
        slug="tea",
        where="test",
    )
    ledger = Ledger(create_engine("sqlite://", poolclass=StaticPool))
    return App(event, wiki, None, ledger)


def test_bare_names_of_a_sign_up_list_are_asked_and_linked() -> None:
    wiki = FakeWiki({"Helpers": HELPERS}, users=["Ada Organiser", "Testuser Quill"])
    app(wiki).tick(apply=True)
    linked = HELPERS.replace("* Testuser Quill", "* [[User:Testuser Quill|Testuser Quill]]")
    assert wiki.text("Helpers") == linked.rstrip()


def test_an_idle_tick_is_one_request() -> None:
    wiki = FakeWiki({"Helpers": HELPERS}, users=["Ada Organiser", "Testuser Quill"])
    callboard = app(wiki)
    callboard.tick(apply=True)
    callboard.tick(apply=True)
    before = wiki.requests
    tick = callboard.tick(apply=True)
    assert (wiki.requests - before, tick.wiki_requests, tick.plan.empty) == (1, 1, True)
