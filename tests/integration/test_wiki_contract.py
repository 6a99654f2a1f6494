"""The gateway keeps the contract on a real MediaWiki."""

import re
from typing import TYPE_CHECKING

import pytest

from callboard import exclusion, wiki_answers, wiki_questions
from dev.devwiki import DevWiki
from tests.contract_wiki import PERSON, WikiContract
from tests.integration.gateway import gateway_to

if TYPE_CHECKING:
    from callboard.wiki import Gateway

ORGANISER = "Ada Organiser"


class RealWorld:
    """The development wiki, its people, and the gateway to it."""

    def __init__(self, devwiki: DevWiki, gateway: "Gateway") -> None:
        self.wiki = gateway
        self._devwiki = devwiki

    def edit(self, title: str, text: str) -> int:
        return self._devwiki.person(PERSON).edit(title, text)

    def text(self, title: str) -> str | None:
        return self._devwiki.person(PERSON).text(title)

    def history(self, title: str) -> list[tuple[str, str, bool]]:
        return [
            (made["user"], made["comment"], bool(made["minor"]))
            for made in self._devwiki.person(PERSON).history(title)
        ]

    def delete(self, title: str) -> None:
        self._devwiki.person(ORGANISER).delete(title)

    def protect(self, title: str, level: str = "sysop", *, cascade: bool = False) -> None:
        what = "edit" if self.text(title) is not None else "create"
        self._devwiki.person(ORGANISER).api(
            "protect", title=title, protections=f"{what}={level}", cascade=cascade, expiry="infinite"
        )

    def make_json(self, title: str) -> None:
        self._devwiki.person(ORGANISER).api("changecontentmodel", title=title, model="json")

    def rename(self, name: str, new: str) -> None:
        self._devwiki.maintenance("renameUser", name, new)

    def hide_user(self, name: str) -> None:
        organiser = self._devwiki.person(ORGANISER)
        token = organiser.api("query", meta="tokens", type="userrights")["query"]["tokens"]["userrightstoken"]
        organiser.api("userrights", user=ORGANISER, add="suppress", token=token)
        organiser.api("block", user=name, expiry="infinite", hidename=True)

    def hide(self, revid: int) -> None:
        self._devwiki.person(ORGANISER).api(
            "revisiondelete", type="revision", ids=str(revid), hide="content|user", reason="private"
        )

    def lock(self, name: str) -> None:
        self._devwiki.person(ORGANISER).edit(f"MediaWiki:Locked/{name}", "as on all wikis")


class TestGateway(WikiContract):
    @pytest.fixture
    def world(self, wiki: DevWiki) -> RealWorld:
        return RealWorld(wiki, gateway_to(wiki))


def test_continued_answers_are_followed(wiki: DevWiki) -> None:
    """With limits that a real page would not reach soon."""
    gateway = gateway_to(wiki)
    start = gateway.read([]).now
    titles = ["A", "B", "C"]
    for title in titles:
        wiki.person(PERSON).edit(title, "{{bots}}{{nobots}}")
        gateway.save(gateway.read([title]).pages[title], "{{bots}} {{nobots}}", f"edit of {title}")
    limits = {"tllimit": 1, "uclimit": 2}
    pages = wiki_questions.pages(titles, wiki_questions.EXCLUSION_TEMPLATES, text=True)
    said = gateway._query(pages | wiki_questions.own_edits(gateway.bot, start) | limits)
    assert len(said) == 6
    assert wiki_answers.pages_came_later(said)
    assert [edit.comment for edit in wiki_answers.contributions(said)] == [
        f"edit of {title}" for title in "CBA"
    ]
    found = wiki_answers.by_title_asked(titles, *wiki_answers.merge_pages(said))
    assert {title: wiki_answers.page_text(title, page) for title, page in found} == gateway.read(titles).pages


def test_text_as_saved_is_the_text_that_a_save_stores(wiki: DevWiki) -> None:
    """Too long for an address, with what only the wiki can work out, up to the signature's minute."""
    gateway, title = gateway_to(wiki), "User talk:ExampleAda"
    words = "ein Wort | " * 2_000
    wiki.person(PERSON).edit(
        "Template:Greeting",
        "Dear {{{{{|safesubst:}}}PAGENAME}}, {{{{{|safesubst:}}}#if:{{{x|}}}|yes|no}} <!-- seen --> {{{x}}}",
    )
    sent = f"{words}{{{{subst:Greeting|x=1}}}} <nowiki>~~~~</nowiki> <!-- ~~~~ -->~~~~"
    before = gateway.requests
    shown = gateway.as_saved(title, sent)
    assert gateway.requests - before == 1
    assert shown.startswith(
        f"{words}Dear ExampleAda, yes <!-- seen --> 1 <nowiki>~~~~</nowiki> <!-- ~~~~ -->[[User:Callboard|"
    )
    gateway.save(gateway.read([title]).pages[title], sent, "Hello")
    stamp = re.compile(r"\d\d:\d\d, \d+ \w+ \d{4} \(UTC\)$")
    assert stamp.sub("", gateway.read([title]).pages[title].text or "") == stamp.sub("", shown) != shown


def test_no_bots_inside_another_template_is_found_out(wiki: DevWiki) -> None:
    """The template [[Template:Quiet please]] has {{nobots}} inside; two more requests tell."""
    gateway, title = gateway_to(wiki), "User talk:ExampleAda"
    wiki.person(PERSON).edit(title, "{{Quiet please}}\nHello")
    page = gateway.read([title]).pages[title]
    assert exclusion.needs_nested(page.text or "", page.templates)
    used = gateway.templates([title])[title]
    nested = {name: found.text or "" for name, found in gateway.read(used).pages.items()}
    verdict = exclusion.may_post(
        page.text or "", gateway.bot, "scheduled", transcluded=page.templates, nested=nested
    )
    assert verdict.why == "{{nobots}} keeps all bots away (inside another template)"


def test_pages_and_accounts_come_in_batches(wiki: DevWiki, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = gateway_to(wiki)
    monkeypatch.setattr(gateway, "most_titles", 2)
    titles = [f"Page {number}" for number in range(5)]
    wiki.person(PERSON).edit("Page 4", "last")
    start, before = gateway.read([]).now, gateway.requests
    reading = gateway.read(titles, contributions_since=start)
    assert gateway.requests - before == 3
    assert [page.text for page in reading.pages.values()] == [None] * 4 + ["last"]
    assert len(gateway.accounts(titles)) == 5
    assert gateway.requests - before == 6


def test_the_user_page_of_a_renamed_account_tells_its_new_name(wiki: DevWiki) -> None:
    """No request of its own: where user pages lead is asked with the accounts."""
    gateway = gateway_to(wiki)
    ada = wiki.person(PERSON)
    ada.edit("User:Formerly Ada", "#REDIRECT [[User:Even earlier]]")
    ada.edit("User:Even earlier", f"#REDIRECT [[User:{PERSON}]]")
    ada.edit("User:Not renamed", "#REDIRECT [[Main Page]]")
    before = gateway.requests
    found = gateway.accounts(["Formerly Ada", "Not renamed", "Nobody at all", "a|b", PERSON])
    assert gateway.requests - before == 1
    assert {name: one.renamed_to for name, one in found.items() if one.renamed_to} == {"Formerly Ada": PERSON}
    assert [name for name, one in found.items() if one.exists] == [PERSON]


def test_many_long_titles_are_one_request(wiki: DevWiki) -> None:
    """Far too long for an address: pywikibot posts them."""
    gateway = gateway_to(wiki)
    titles = [f"{'Ψ' * 100} {number}" for number in range(500)]
    before = gateway.requests
    assert len(gateway.read(titles).pages) == 500
    assert gateway.requests - before == 1
