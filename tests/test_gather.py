"""What a look asks of the wiki, and what a tick makes of it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from callboard.app import App, exit_code
from callboard.config import event_from
from callboard.errors import BoardAway, BoardRefused, Stopped
from callboard.ledger import Ledger
from callboard.model import Acknowledgement, Proposal, SignUps
from tests.fakes.wiki import FakeWiki
from tests.unwritten_board import UnwrittenBoard

HELPERS = """\
=== Door ===
* [[User:Ada Organiser|Ada Organiser]] (Friday 10:00–11:00)
* Testuser Quill
* Somebody Else
"""


SCHEDULE = """\
== Friday 21 May ==
{| class="wikitable"
! Time !! Session !! Room
|-
| 10:00 || Maps by [[User:Testuser Quill|Testuser Quill]] || Lobby
|}
"""


def app(wiki: FakeWiki, **pages: object) -> App:
    event = event_from(
        {
            "event": {"title": "Tea", "zone": "UTC", "days": ["2021-05-21"]},
            "room": [{"name": "Lobby"}],
            "pages": {"site": "callboard", **(pages or {"signups": ["Helpers"]})},
            "notice": [{"kind": "acknowledged"}],
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


@pytest.mark.parametrize("there", [True, False], ids=["accounts", "red links"])
def test_old_answers_on_accounts_are_asked_for_again_bit_by_bit(there: bool) -> None:
    names = [f"Person {number}" for number in range(120)]
    lines = "".join(f"* [[User:{name}|{name}]]\n" for name in names)
    wiki = FakeWiki({"Helpers": f"== Greeters ==\n{lines}"}, users=names if there else [], batch=50)
    callboard = app(wiki)
    callboard.tick(apply=True)
    wiki.now += timedelta(days=8)
    asked = []
    for _ in range(5):
        before = wiki.requests
        assert callboard.tick(apply=True).plan.empty
        asked.append(wiki.requests - before)
        wiki.now += timedelta(minutes=10)
    assert asked == [2, 2, 2, 1, 1]


def test_pages_that_are_missing_cost_an_idle_tick_nothing() -> None:
    wiki = FakeWiki({"Helpers": HELPERS}, users=["Ada Organiser", "Testuser Quill"])
    own = {"outbox": "Outbox", "opt_out": "Opt out", "off_switch": "Off switch"}
    callboard = app(wiki, signups=["Helpers"], **own)
    for _ in range(3):
        callboard.tick(apply=True)
    before = wiki.requests
    callboard.tick(apply=True)
    assert wiki.requests - before == 1
    wiki.edit("Off switch", "Stop.")
    with pytest.raises(Stopped):
        callboard.tick(apply=True)


class AwayBoard(UnwrittenBoard):
    """A board that was read once and does not answer now."""

    requests = 0

    def __init__(self, *known: Proposal, why: BoardAway) -> None:
        self.known = {one.task: one for one in known}
        self.why = why

    def proposals(self) -> Mapping[str, Proposal]:
        raise self.why

    def remembered(self) -> Mapping[str, Proposal] | None:
        return self.known

    def recheck(self, _: Iterable[str]) -> Mapping[str, Proposal]:
        raise self.why


@pytest.mark.parametrize(
    "why", [BoardAway("nobody answers"), BoardRefused("the token is not known any more")]
)
def test_a_board_that_is_away_keeps_its_problems_and_does_nothing_that_rests_on_it(why: BoardAway) -> None:
    yes = Acknowledgement("lea", "PHID-USER-lea", datetime(2021, 5, 1, tzinfo=UTC), "comment", "PHID-XACT-1")
    maps = Proposal(
        "T900002", "P", "Maps", "m", "open", closed=False, acknowledged=yes, owners=("Testuser Quill",)
    )
    wiki = FakeWiki({"Schedule": SCHEDULE}, users=["Testuser Quill"])
    callboard = app(wiki, schedule=["Schedule"])
    callboard.board = AwayBoard(maps, why=why)
    tick = callboard.tick(apply=True)
    codes = {problem.code for problem in tick.plan.problems}
    assert {"board-away", "acknowledged-unscheduled"} <= codes
    assert (tick.results.written, exit_code(tick)) == ([], 1)
    assert tick.results.failed == [f"the board was not read, so nothing that rests on it was done: {why}"]
    assert wiki.text("Schedule") == SCHEDULE.rstrip()


def test_the_rest_of_the_wiki_is_tidied_while_the_board_refuses() -> None:
    wiki = FakeWiki(
        {"Helpers": "; Door\n* [[User:Bo|Bo]]\n*[[User:Cy|Cy]]\n* [[User:Dee|Dee]]"},
        users=["Bo", "Cy", "Dee"],
    )
    callboard = app(wiki)
    callboard.board = AwayBoard(why=BoardRefused("the token is not known any more"))
    tick = callboard.tick(apply=True)
    assert [written.page for written in tick.results.written] == ["Helpers"]


def test_unknown_names_are_asked_in_as_few_requests_as_the_wiki_allows() -> None:
    people = [f"Testuser {number}" for number in range(1, 501)]
    bare = [f"Somebody {number}" for number in range(1, 501)]
    lines = [*(f"* [[User:{name}|{name}]]" for name in people), *(f"* {name}, Friday" for name in bare)]
    page = "; Door\n" + "\n".join(lines)
    for batch, requests in ((50, 20), (500, 2)):
        wiki = FakeWiki({"Helpers": page}, users=people, batch=batch)
        app(wiki).look()
        assert wiki.requests == 2 + requests  # one for the page, one for its history


def test_renamed_accounts_count_as_what_they_are_called_now() -> None:
    wiki = FakeWiki({"Helpers": HELPERS}, users=["Ada Organiser", "Testuser Quill"])
    wiki.rename_user("Ada Organiser", "Ada of the door")
    tick = app(wiki).tick(apply=True)
    assert "[[User:Ada Organiser|Ada Organiser]]" in (wiki.text("Helpers") or "")
    (asked,) = tick.plan.pages[0].asks
    assert (asked.rule, asked.old, asked.edit.new) == (
        "signup-links",
        "[[User:Ada Organiser|Ada Organiser]]",
        "[[User:Ada of the door|Ada of the door]]",
    )
    reading = tick.plan.pages[0].reading
    assert isinstance(reading, SignUps)
    assert [entry.user for entry in reading.entries] == ["Ada of the door", "Testuser Quill", None]


def test_line_on_the_opt_out_page_that_names_no_account_is_a_problem() -> None:
    wiki = FakeWiki({"No notices": "* [[User:Bo]]\n* Bo - moved\n* Cy"}, users=["Bo", "Cy"])
    wiki.rename_user("Cy", "Cy Now")
    tick = app(wiki, signups=[], opt_out="No notices").tick(apply=True)
    (problem,) = tick.plan.problems
    assert (problem.code, problem.line, problem.text) == ("opt-out-unclear", 2, "* Bo - moved")
    assert problem.message.startswith("there is no account Bo - moved:")


def test_people_on_the_opt_out_page_are_asked_about_and_what_is_unclear_there_is_a_problem() -> None:
    wiki = FakeWiki(
        {"Helpers": "; Door\n* [[User:Bo|Bo]]", "No notices": "* [[User:Cy]]\n* [[User:Dee]]: soon"},
        users=["Bo", "Cy", "Dee"],
    )
    wiki.rename_user("Cy", "Cy Now")
    callboard = app(wiki, signups=["Helpers"], opt_out="No notices")
    before = wiki.requests
    tick = callboard.tick(apply=True)
    assert {name: one.renamed_to for name, one in tick.plan.snapshot.accounts.items()} == {
        "Bo": None,
        "Cy": "Cy Now",
        "Cy Now": None,
        "Dee": None,
    }
    assert [(p.code, p.page, p.line) for p in tick.plan.problems] == [("opt-out-unclear", "No notices", 2)]
    assert wiki.requests - before == 4  # pages, a history, accounts, and the one that was renamed
    callboard.tick(apply=True)
    before = wiki.requests
    callboard.tick(apply=True)
    assert wiki.requests - before == 1
