"""The wiki in memory keeps the contract, and plays the misfortunes it is asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from callboard.errors import WikiAway
from callboard.ports import Conflict, Refused, Saved, Unknown
from tests.contract_wiki import NO_MESSAGES, PERSON, TALK, WikiContract, page
from tests.fakes.wiki import FakeWiki


class FakeWorld:
    """The wiki in memory, furnished as the development wiki is."""

    def __init__(self) -> None:
        self.wiki = FakeWiki(users=[PERSON, "例子"])
        self.wiki.opt_out_categories = (NO_MESSAGES,)
        self.wiki.add_user("TidyBot", bot=True)
        self.wiki.add_user("Blocked Person", blocked_forever=True)
        for name, text in (("Bots", ""), ("Nobots", ""), ("Quiet please", "Hush {{nobots}}")):
            self.edit(f"Template:{name}", f"{text}<noinclude>{{{{bots}}}} as documented</noinclude>")

    def edit(self, title: str, text: str) -> int:
        return self.wiki.edit(title, text, user=PERSON)

    def text(self, title: str) -> str | None:
        return self.wiki.text(title)

    def history(self, title: str) -> list[tuple[str, str, bool]]:
        return [(made.user, made.summary, made.minor) for made in self.wiki.history(title)]

    def delete(self, title: str) -> None:
        self.wiki.delete(title)

    def protect(self, title: str, level: str = "sysop", *, cascade: bool = False) -> None:
        self.wiki.protect(title, level, cascade=cascade)

    def make_json(self, title: str) -> None:
        self.wiki.edit(title, "[]", user=PERSON, model="json")

    def rename(self, name: str, new: str) -> None:
        self.wiki.rename_user(name, new, user_page=False)

    def hide_user(self, name: str) -> None:
        self.wiki.hide_user(name)

    def lock(self, name: str) -> None:
        self.wiki.add_user(name, locked=True)

    def hide(self, revid: int) -> None:
        self.wiki.hide(revid)


class TestFakeWiki(WikiContract):
    @pytest.fixture
    def world(self) -> FakeWorld:
        return FakeWorld()


def test_a_person_edits_while_the_bot_saves() -> None:
    wiki = FakeWiki({"Schedule": "one"})
    read = wiki.read(["Schedule"]).pages["Schedule"]
    wiki.before_save.append(lambda: wiki.edit("Schedule", "by a person"))
    outcome = wiki.save(read, "by the bot", "Tidy")
    assert outcome == Conflict("editconflict: the page has been changed meanwhile")
    assert (wiki.text("Schedule"), wiki.saves) == ("by a person", [("Schedule", outcome)])


@pytest.mark.parametrize(("carried_out", "text"), [(True, "by the bot"), (False, "one")])
def test_lost_answer(carried_out: bool, text: str) -> None:
    wiki = FakeWiki({"Schedule": "one"})
    read = wiki.read(["Schedule"]).pages["Schedule"]
    wiki.lose_answers(1, carried_out=carried_out)
    assert wiki.save(read, "by the bot", "Tidy") == Unknown("no answer to the save")
    assert wiki.text("Schedule") == text


def test_late_save_lands_on_the_page_only_if_it_is_still_the_same() -> None:
    wiki = FakeWiki({"Schedule": "one", "Helpers": "Ada"})
    pages = wiki.read(["Schedule", "Helpers"]).pages
    wiki.lose_answers(2, late=True)
    wiki.save(pages["Schedule"], "late", "Tidy")
    wiki.save(pages["Helpers"], "late", "Tidy")
    wiki.edit("Schedule", "by a person")
    assert [type(outcome) for outcome in wiki.land()] == [Conflict, Saved]
    assert (wiki.text("Schedule"), wiki.text("Helpers"), wiki.land()) == ("by a person", "late", [])


def test_away_for_two_requests() -> None:
    wiki = FakeWiki({"Schedule": "one"})
    wiki.away_for(2)
    for _ in range(2):
        with pytest.raises(WikiAway):
            wiki.read(["Schedule"])
    assert wiki.read(["Schedule"]).pages["Schedule"].text == "one"
    assert wiki.requests == 3


def test_refused_by_a_filter() -> None:
    wiki = FakeWiki({"Schedule": "one"})
    wiki.refuse("Schedule", "abusefilter-disallowed", "No bots")
    read = wiki.read(["Schedule"]).pages["Schedule"]
    assert wiki.save(read, "x", "Tidy") == Refused("abusefilter-disallowed", "No bots")


def test_the_clock_moves_only_when_it_is_moved() -> None:
    wiki = FakeWiki(now=datetime(2021, 5, 22, 12, tzinfo=UTC))
    wiki.now += timedelta(minutes=5)
    assert wiki.read([]).now == datetime(2021, 5, 22, 12, 5, tzinfo=UTC)
    saved = wiki.save(wiki.read([TALK]).pages[TALK], "Hello ~~~~~", "x")
    assert saved == Saved(1, datetime(2021, 5, 22, 12, 5, tzinfo=UTC))
    assert wiki.text(TALK) == "Hello 12:05, 22 May 2021 (UTC)"


def test_batches_are_counted() -> None:
    wiki = FakeWiki(batch=50)
    wiki.read([f"Page {number}" for number in range(101)])
    assert wiki.requests == 3
    assert page(FakeWorld(), "Template:Bots").redirect is False
