"""What every `Wiki` must do: run against the wiki in memory and against a real MediaWiki.

A subclass supplies the fixture `world`. Rows that need the real one (merging, several processes) are elsewhere.
"""

from datetime import timedelta
from typing import Protocol

import pytest

from callboard.errors import WikiRefused
from callboard.model import Account, PageText
from callboard.ports import Conflict, History, Refused, Saved, Unchanged, Wiki

PERSON = "ExampleAda"
TALK = "User talk:ExampleAda"
LINES = "one\n\ntwo\n\nthree"
NO_MESSAGES = "Category:No messages"  # the category of opt-outs that the wiki is asked about


class World(Protocol):
    """A wiki as the bot sees it, and what people do to it.

    It has the accounts of the development wiki and its templates Bots, Nobots and Quiet please; its `wiki` asks about
    the category NO_MESSAGES.
    """

    @property
    def wiki(self) -> Wiki:
        """The port under test."""
        ...

    def edit(self, title: str, text: str) -> int:
        """The revision after ExampleAda saved the page."""
        ...

    def text(self, title: str) -> str | None:
        """The page as it is now."""
        ...

    def history(self, title: str) -> list[tuple[str, str, bool]]:
        """User, summary and minor of each revision, newest first."""
        ...

    def delete(self, title: str) -> None:
        """An organiser deletes the page."""
        ...

    def protect(self, title: str, level: str = "sysop", *, cascade: bool = False) -> None:
        """An organiser protects the page, or its making, against all below a level; organisers' by default."""
        ...

    def make_json(self, title: str) -> None:
        """The page, with JSON as its text, is no wikitext any more."""
        ...

    def rename(self, name: str, new: str) -> None:
        """The account gets another name; the wiki moves its pages."""
        ...

    def hide_user(self, name: str) -> None:
        """The account is hidden from everybody."""
        ...

    def lock(self, name: str) -> None:
        """The account is locked on all wikis."""
        ...

    def hide(self, revid: int) -> None:
        """An organiser hides a revision's text and who made it."""
        ...


def page(world: World, title: str) -> PageText:
    return world.wiki.read([title]).pages[title]


class WikiContract:
    def test_read_gives_text_revision_author_and_time(self, world: World) -> None:
        revid = world.edit("Schedule", LINES)
        reading = world.wiki.read(["Schedule"])
        found = reading.pages["Schedule"]
        assert (found.title, found.revid, found.text, found.user) == ("Schedule", revid, LINES, PERSON)
        assert (found.model, found.redirect, found.can_edit) == ("wikitext", False, True)
        assert found.timestamp is not None
        assert found.timestamp.utcoffset() == timedelta()
        assert timedelta() <= reading.now - found.timestamp < timedelta(minutes=1)

    @pytest.mark.parametrize(
        "asked", ["user_talk:exampleAda", " User talk: ExampleAda ", "User talk:ExampleAda#Top"]
    )
    def test_read_is_keyed_by_the_title_asked(self, world: World, asked: str) -> None:
        revid = world.edit(TALK, "Hello")
        reading = world.wiki.read([asked, TALK])
        assert {title: found.revid for title, found in reading.pages.items()} == {asked: revid, TALK: revid}
        assert reading.pages[asked].title == TALK

    def test_read_of_a_missing_page(self, world: World) -> None:
        assert page(world, "No such page") == PageText("No such page", None)

    @pytest.mark.parametrize("title", ["", "A|b", "<x>", "Special:Version", "[[Main Page]]"])
    def test_read_of_a_title_that_can_be_no_page(self, world: World, title: str) -> None:
        assert page(world, title) == PageText(title, None, can_edit=False)

    def test_the_wiki_tells_its_language_and_how_many_pages_a_request_takes(self, world: World) -> None:
        assert (world.wiki.language, world.wiki.most_titles) == ("en", 500)

    def test_read_of_nothing_tells_the_time(self, world: World) -> None:
        reading = world.wiki.read([])
        assert (reading.pages, reading.contributions) == ({}, ())
        assert reading.now.utcoffset() == timedelta()

    def test_read_shows_a_redirect_and_does_not_follow_it(self, world: World) -> None:
        world.edit("Schedule", LINES)
        world.edit("Programme", "#REDIRECT [[Schedule]]")
        found = page(world, "Programme")
        assert (found.title, found.redirect, found.text) == ("Programme", True, "#REDIRECT [[Schedule]]")

    @pytest.mark.parametrize(
        ("text", "templates"),
        [
            ("Hello", ()),
            ("{{nobots}}", ("Template:Nobots",)),
            ("<!-- {{nobots}} -->", ()),
            ("<nowiki>{{nobots}}</nowiki>", ()),
            ("{{bots|optout=all}}{{nobots}}", ("Template:Bots", "Template:Nobots")),
            ("{{Quiet please}}", ("Template:Nobots",)),
        ],
    )
    def test_read_shows_exclusion_templates(
        self, world: World, text: str, templates: tuple[str, ...]
    ) -> None:
        world.edit(TALK, text)
        assert page(world, TALK).templates == templates

    def test_read_shows_who_may_edit(self, world: World) -> None:
        titles = ["Open", "Half", "Shut", "Not made", "Not to be made", "Inside"]
        for title in ("Open", "Half", "Shut", "Inside"):
            world.edit(title, LINES)
        world.edit("Main Page", "{{:Inside}} {{:Half}}")
        world.protect("Half", "autoconfirmed")
        world.protect("Shut")
        world.protect("Not to be made")
        assert self._levels(world, titles) == {
            "Open": ("", True),
            "Half": ("autoconfirmed", True),
            "Shut": ("sysop", False),
            "Not made": ("", True),
            "Not to be made": ("sysop", False),
            "Inside": ("", True),
        }

    def test_read_shows_protection_that_cascades(self, world: World) -> None:
        for title in ("User talk:Open", "User talk:Half"):
            world.edit(title, LINES)
        world.edit("Main Page", "{{User talk:Open}} {{User talk:Half}}")
        world.protect("User talk:Half", "autoconfirmed")
        world.protect("Main Page", cascade=True)
        assert self._levels(world, ["User talk:Open", "User talk:Half", "Main Page"]) == {
            "User talk:Open": ("sysop", False),
            "User talk:Half": ("sysop", False),
            "Main Page": ("sysop", False),
        }

    def _levels(self, world: World, titles: list[str]) -> dict[str, tuple[str, bool]]:
        before = world.wiki.requests
        pages = world.wiki.read(titles).pages
        assert world.wiki.requests - before == 1
        return {title: (found.edit_level, found.can_edit) for title, found in pages.items()}

    @pytest.mark.parametrize(
        ("text", "categories"),
        [
            (f"[[{NO_MESSAGES}]] [[Category:Other]]", (NO_MESSAGES,)),
            ("[[category:no_messages|Ada]]", (NO_MESSAGES,)),
            (f"{{{{User:{PERSON}/Box}}}}", (NO_MESSAGES,)),
            (f"[[:{NO_MESSAGES}]] [[Category:Other]]", ()),
            (f"<nowiki>[[{NO_MESSAGES}]]</nowiki> <!-- [[{NO_MESSAGES}]] -->", ()),
            ("", ()),
        ],
    )
    def test_read_shows_the_category_that_is_asked_for(
        self, world: World, text: str, categories: tuple[str, ...]
    ) -> None:
        world.edit(f"User:{PERSON}/Box", f"[[{NO_MESSAGES}]]")
        world.edit(TALK, f"Hello {text}")
        before = world.wiki.requests
        found = page(world, TALK)
        assert (found.categories, world.wiki.requests - before) == (categories, 1)

    @pytest.mark.parametrize(
        ("text", "threads"),
        [("{{#useliquidthreads:1}}", True), ("{{#useliquidthreads:0}}", False), ("useliquidthreads", False)],
    )
    def test_read_shows_pages_with_threads_of_their_own(self, world: World, text: str, threads: bool) -> None:
        world.edit(TALK, f"{text}\nHello")
        assert page(world, TALK).liquid_threads is threads

    def test_read_shows_a_page_that_is_no_wikitext(self, world: World) -> None:
        world.edit(TALK, "{}")
        world.make_json(TALK)
        assert page(world, TALK).model == "json"

    def test_changes_show_the_text_before_and_after(self, world: World) -> None:
        first = world.edit(TALK, "One.")
        second = world.edit(TALK, "One.\n\nTwo.")
        assert world.wiki.changes([second, first, 999_999_999]) == {
            first: ("", "One."),
            second: ("One.", "One.\n\nTwo."),
        }

    def test_revisions_come_newest_first_with_texts_and_people(self, world: World) -> None:
        first = world.edit("Schedule", LINES)
        second = world.edit("Schedule", LINES + "\nfour")
        saved = world.wiki.save(page(world, "Schedule"), LINES + "\nfour, by the bot", "Tidy")
        assert isinstance(saved, Saved)
        before = world.wiki.requests
        found = world.wiki.revisions("Schedule")
        assert world.wiki.requests - before == 1
        assert found.whole
        assert [(made.title, made.revid, made.text, made.user) for made in found.revisions] == [
            ("Schedule", saved.revid, LINES + "\nfour, by the bot", world.wiki.bot),
            ("Schedule", second, LINES + "\nfour", PERSON),
            ("Schedule", first, LINES, PERSON),
        ]
        assert found.revisions[0].timestamp == saved.timestamp

    def test_revisions_are_bounded(self, world: World) -> None:
        made = [world.edit("Schedule", f"text {number}") for number in range(4)]
        before = world.wiki.requests
        found = world.wiki.revisions("Schedule", most=2)
        assert ([one.revid for one in found.revisions], found.whole) == (made[:1:-1], False)
        assert world.wiki.requests - before == 1
        last = page(world, "Schedule").timestamp
        assert last is not None
        assert world.wiki.revisions("Schedule", since=last).revisions[0].revid == made[-1]
        assert world.wiki.revisions("Schedule", since=last + timedelta(hours=1)) == History()

    @pytest.mark.parametrize("title", ["No such page", "A|b", "Special:Version", ""])
    def test_revisions_of_what_is_no_page(self, world: World, title: str) -> None:
        assert world.wiki.revisions(title) == History()

    def test_revisions_that_are_hidden_have_no_text(self, world: World) -> None:
        first = world.edit("Schedule", LINES)
        second = world.edit("Schedule", "something that had to be hidden")
        third = world.edit("Schedule", LINES + "\nfour")
        world.hide(second)
        found = world.wiki.revisions("Schedule").revisions
        assert [(made.revid, made.text, made.user) for made in found] == [
            (third, LINES + "\nfour", PERSON),
            (second, None, ""),
            (first, LINES, PERSON),
        ]

    def test_templates_lists_all_that_a_page_uses(self, world: World) -> None:
        world.edit(TALK, "{{Quiet please}}")
        assert world.wiki.templates([TALK, "No such page", "A|b"]) == {
            TALK: ("Template:Nobots", "Template:Quiet please"),
            "No such page": (),
            "A|b": (),
        }

    def test_read_of_many_pages_is_one_request(self, world: World) -> None:
        for number in range(5):
            world.edit(f"Page {number}", f"text {number}")
        titles = [f"Page {number}" for number in range(60)]
        before = world.wiki.requests
        pages = world.wiki.read(titles).pages
        assert world.wiki.requests - before == 1
        assert list(pages) == titles
        assert [found.text for found in pages.values()] == [*(f"text {n}" for n in range(5)), *[None] * 55]

    def test_conditional_read_of_unchanged_pages_costs_one_request_and_no_text(self, world: World) -> None:
        known = {"Schedule": world.edit("Schedule", LINES), "Helpers": world.edit("Helpers", "* Ada")}
        before = world.wiki.requests
        reading = world.wiki.read(["Schedule", "Helpers"], known=known)
        assert world.wiki.requests - before == 1
        assert {title: (found.revid, found.text) for title, found in reading.pages.items()} == {
            title: (revid, None) for title, revid in known.items()
        }

    def test_pages_known_to_be_missing_ride_along(self, world: World) -> None:
        known = {"Schedule": world.edit("Schedule", LINES), "Gone": 0, "Came": 0}
        world.edit("Came", "here")
        before = world.wiki.requests
        pages = world.wiki.read(["Schedule", "Gone"], known=known).pages
        assert (pages["Gone"].revid, pages["Gone"].text, world.wiki.requests - before) == (None, None, 1)
        assert world.wiki.read(["Schedule", "Came"], known=known).pages["Came"].text == "here"

    def test_conditional_read_brings_the_text_of_changed_and_unknown_pages(self, world: World) -> None:
        known = {
            "Schedule": world.edit("Schedule", LINES),
            "Helpers": world.edit("Helpers", "* Ada"),
            "Gone": 1,
        }
        world.edit("Helpers", "* Ada\n* Bo")
        world.edit("New", "new")
        before = world.wiki.requests
        pages = world.wiki.read(["Schedule", "Helpers", "New", "Gone"], known=known).pages
        assert world.wiki.requests - before == 2
        assert {title: found.text for title, found in pages.items()} == {
            "Schedule": None,
            "Helpers": "* Ada\n* Bo",
            "New": "new",
            "Gone": None,
        }
        assert pages["Gone"].revid is None

    def test_own_edits_come_with_the_pages_newest_first(self, world: World) -> None:
        start = world.wiki.read([]).now
        world.edit("Schedule", LINES)
        first = world.wiki.save(page(world, "Schedule"), LINES + "\nx", "first / key")
        second = world.wiki.save(page(world, TALK), "Hello", "/* Your session */ second")
        assert isinstance(first, Saved)
        assert isinstance(second, Saved)
        before = world.wiki.requests
        reading = world.wiki.read(["Schedule"], contributions_since=start)
        assert world.wiki.requests - before == 1
        assert [(edit.title, edit.revid, edit.comment) for edit in reading.contributions] == [
            (TALK, second.revid, "/* Your session */ second"),
            ("Schedule", first.revid, "first / key"),
        ]
        assert [edit.timestamp for edit in reading.contributions] == [second.timestamp, first.timestamp]
        later = reading.now + timedelta(hours=1)
        assert world.wiki.read(["Schedule"], contributions_since=later).contributions == ()

    def test_own_edits_come_also_with_a_conditional_read(self, world: World) -> None:
        start = world.wiki.read([]).now
        saved = world.wiki.save(page(world, "Schedule"), "x", "mine")
        assert isinstance(saved, Saved)
        for known, cost in (({"Schedule": saved.revid}, 1), ({"Schedule": 1}, 2)):
            before = world.wiki.requests
            reading = world.wiki.read(["Schedule"], known=known, contributions_since=start)
            assert [edit.revid for edit in reading.contributions] == [saved.revid]
            assert world.wiki.requests - before == cost

    def test_save_of_an_unchanged_page_is_one_request(self, world: World) -> None:
        world.edit("Schedule", LINES)
        world.wiki.save(page(world, "Schedule"), LINES + "\nfour", "warm")
        read = page(world, "Schedule")
        before = world.wiki.requests
        outcome = world.wiki.save(read, LINES + "\nfive", "Tidy")
        assert world.wiki.requests - before == 1
        found = page(world, "Schedule")
        assert outcome == Saved(found.revid or 0, found.timestamp or outcome.timestamp)  # type: ignore[union-attr]
        assert (found.text, found.user) == (LINES + "\nfive", world.wiki.bot)
        assert world.history("Schedule")[0] == (world.wiki.bot, "Tidy", False)

    def test_save_creates_a_page_and_signs(self, world: World) -> None:
        outcome = world.wiki.save(page(world, TALK), "== Hello ==\nText ~~~~\n", "Notice", minor=True)
        assert isinstance(outcome, Saved)
        text = world.text(TALK) or ""
        assert text.startswith(f"== Hello ==\nText [[User:{world.wiki.bot}|")
        assert text.endswith("(UTC)")

    def test_text_as_saved_is_substituted_and_signed_and_saves_nothing(self, world: World) -> None:
        start = world.wiki.read([]).now
        world.edit(
            "Template:Greeting",
            "== Hello {{{name}}} ==\nDear {{{name|you}}} {{{other|there}}}, {{{points}}}\nBye.<noinclude>\nDocs.</noinclude>",
        )
        points = "\n* [[:Schedule#Top|Schedule]], line 1: x\n* two"
        sent = (
            f"{{{{subst:Template:Greeting|name= A &#124; B |points={points}}}}} <!-- callboard:x --> ~~~~\n"
        )
        before = world.wiki.requests
        text = world.wiki.as_saved(TALK, sent)
        assert world.wiki.requests - before == 1
        assert text.startswith(
            "== Hello A &#124; B ==\nDear A &#124; B there, * [[:Schedule#Top|Schedule]], line 1: x\n* two\nBye."
            f" <!-- callboard:x --> [[User:{world.wiki.bot}|"
        )
        assert text.endswith("(UTC)")
        assert world.text(TALK) is None
        assert world.wiki.read([], contributions_since=start).contributions == ()

    @pytest.mark.parametrize(
        ("sent", "text"),
        [
            ("Hello | you\n* [[A]]\n\n", "Hello | you\n* [[A]]"),
            ("{{subst:Template:No such page|x=1}}", "{{subst:Template:No such page|x=1}}"),
            ("{{Nobots}} {{{x}}}", "{{Nobots}} {{{x}}}"),
            ("{{subst:Open}}", "{{{x}}}"),
            ("{{subst:Open|x=1}}", "1"),
            ("", ""),
        ],
    )
    def test_text_as_saved_on_a_page_that_is_there(self, world: World, sent: str, text: str) -> None:
        world.edit("Template:Open", "{{{x}}}<noinclude>{{{y}}}</noinclude>")
        world.edit(TALK, "Hello")
        assert world.wiki.as_saved(TALK, sent) == text
        assert world.text(TALK) == "Hello"

    def test_text_as_saved_on_what_can_be_no_page_is_refused(self, world: World) -> None:
        with pytest.raises(WikiRefused, match="invalidtitle"):
            world.wiki.as_saved("<x>", "Hello")

    def test_save_can_be_minor(self, world: World) -> None:
        world.edit("Schedule", LINES)
        world.wiki.save(page(world, "Schedule"), "x", "Tidy", minor=True)
        assert world.history("Schedule")[0] == (world.wiki.bot, "Tidy", True)

    @pytest.mark.parametrize("text", [LINES, LINES + "\n\n  ", LINES.replace("\n", "\r\n")])
    def test_save_of_the_same_text_is_no_request(self, world: World, text: str) -> None:
        world.edit("Schedule", LINES)
        read = page(world, "Schedule")
        before = world.wiki.requests
        assert world.wiki.save(read, text, "Nothing") == Unchanged()
        assert world.wiki.requests == before
        assert len(world.history("Schedule")) == 1

    def test_save_of_nothing_on_a_missing_page_is_no_request(self, world: World) -> None:
        read = page(world, "New")
        before = world.wiki.requests
        assert world.wiki.save(read, " \n", "Nothing") == Unchanged()
        assert world.wiki.requests == before

    def test_save_onto_the_same_text_without_having_read_it(self, world: World) -> None:
        revid = world.edit("Schedule", LINES)
        read = world.wiki.read(["Schedule"], known={"Schedule": revid}).pages["Schedule"]
        assert world.wiki.save(read, LINES, "Nothing") == Unchanged()
        assert len(world.history("Schedule")) == 1

    def test_save_after_the_same_line_was_changed_is_a_conflict(self, world: World) -> None:
        world.edit("Schedule", LINES)
        read = page(world, "Schedule")
        world.edit("Schedule", LINES.replace("two", "two, by a person"))
        assert isinstance(world.wiki.save(read, LINES.replace("two", "two, by the bot"), "Tidy"), Conflict)
        assert world.text("Schedule") == LINES.replace("two", "two, by a person")

    def test_save_after_the_page_was_created_is_a_conflict(self, world: World) -> None:
        read = page(world, "New")
        world.edit("New", "by a person")
        assert isinstance(world.wiki.save(read, "by the bot", "Create"), Conflict)
        assert world.text("New") == "by a person"

    def test_save_after_the_page_was_deleted_is_a_conflict(self, world: World) -> None:
        world.edit("Schedule", LINES)
        read = page(world, "Schedule")
        world.delete("Schedule")
        assert isinstance(world.wiki.save(read, "by the bot", "Tidy"), Conflict)
        assert world.text("Schedule") is None

    def test_save_of_a_page_that_was_put_back_meanwhile_is_woven_in(self, world: World) -> None:
        """Not a conflict: what stood there in between is not seen."""
        world.edit(TALK, "Hello")
        read = page(world, TALK)
        world.edit(TALK, "Hello you")
        world.edit(TALK, "Hello")
        outcome = world.wiki.save(read, "Hello\n\nWorld", "why")
        assert isinstance(outcome, Saved)
        assert (outcome.merged, world.text(TALK)) == (True, "Hello\n\nWorld")

    def test_save_of_a_page_that_was_made_and_deleted_meanwhile_makes_it(self, world: World) -> None:
        read = page(world, TALK)
        world.edit(TALK, "Hello")
        world.delete(TALK)
        outcome = world.wiki.save(read, "World", "why")
        assert isinstance(outcome, Saved)
        assert (outcome.merged, world.text(TALK)) == (False, "World")

    def test_save_sent_twice_is_done_once(self, world: World) -> None:
        world.edit(TALK, "Hello")
        read = page(world, TALK)
        notice = "Hello\n\n== Notice ==\nText <!-- callboard:x --> ~~~~\n"
        assert isinstance(world.wiki.save(read, notice, "Notice"), Saved)
        assert isinstance(world.wiki.save(read, notice, "Notice"), Conflict)
        assert (world.text(TALK) or "").count("callboard:x") == 1

    def test_save_onto_a_protected_page_is_refused(self, world: World) -> None:
        world.edit("Schedule", LINES)
        world.protect("Schedule")
        read = page(world, "Schedule")
        assert read.can_edit is False
        outcome = world.wiki.save(read, "x", "Tidy")
        assert isinstance(outcome, Refused)
        assert outcome.code == "protectedpage"
        assert world.text("Schedule") == LINES

    def test_save_refuses_a_summary_that_would_be_cut(self, world: World) -> None:
        with pytest.raises(ValueError, match="501 characters"):
            world.wiki.save(page(world, "New"), "x", "y" * 501)
        assert isinstance(world.wiki.save(page(world, "New"), "x", "y" * 500), Saved)
        assert world.history("New") == [(world.wiki.bot, "y" * 500, False)]

    def test_accounts_by_the_name_asked(self, world: World) -> None:
        names = ["exampleAda", "例子", "TidyBot", "Blocked Person", "nobody_here", "127.0.0.1", "2001:db8::1"]
        before = world.wiki.requests
        found = world.wiki.accounts([*names, "~2026-1-2", "A|b", "x#y", "de>Ada", "exampleAda"])
        assert world.wiki.requests - before == 1
        assert found == {
            "exampleAda": Account("ExampleAda", exists=True),
            "例子": Account("例子", exists=True),
            "TidyBot": Account("TidyBot", exists=True, bot=True),
            "Blocked Person": Account("Blocked Person", exists=True, blocked_forever=True),
            "nobody_here": Account("Nobody here", exists=False),
            "127.0.0.1": Account("127.0.0.1", exists=False, named=False),
            "2001:db8::1": Account("2001:db8::1", exists=False, named=False),
            "~2026-1-2": Account("~2026-1-2", exists=False, named=False),
            "A|b": Account("A|b", exists=False, named=False),
            "x#y": Account("X#y", exists=False, named=False),
            "de>Ada": Account("De>Ada", exists=False, named=False),
        }
        assert world.wiki.accounts([]) == {}

    @pytest.mark.parametrize(
        ("text", "languages"),
        [
            (
                "[[Category:User de-N]] [[Category:User de]] [[Category:User en-3]] [[Category:User en]]",
                ("de",),
            ),
            ("[[Category:User pt-br-N]] [[Category:User en-N]] [[Category:User fr-5]]", ("en", "pt-br")),
            ("[[Category:User de]] [[Category:User en-3]] [[Category:User en]]", ("de",)),
            ("[[Category:User fr-5]] [[Category:User es-4]] [[Category:User fr]]", ("fr",)),
            ("[[Category:User es-4]] [[Category:User en-2]]", ("es",)),
            ("[[Category:User en-3]] [[Category:User en]] [[Category:User templates]]", ()),
            ("{{User:Testuser Bo/Babel}}", ("eo",)),
            (":[[:Category:User de-N]]", ()),
        ],
    )
    def test_accounts_tell_the_mother_tongues(
        self, world: World, text: str, languages: tuple[str, ...]
    ) -> None:
        world.edit("User:Testuser Bo/Babel", "[[Category:User eo-N]]")
        world.edit(f"User:{PERSON}", text)
        before = world.wiki.requests
        found = world.wiki.accounts([PERSON, "例子", "nobody_here"])
        assert world.wiki.requests - before == 1
        assert {name: one.languages for name, one in found.items()} == {
            PERSON: languages,
            "例子": (),
            "nobody_here": (),
        }

    def test_a_hidden_account_does_not_exist(self, world: World) -> None:
        world.hide_user("例子")
        assert world.wiki.accounts(["例子"]) == {"例子": Account("例子", exists=False)}

    def test_accounts_tell_who_is_locked_on_all_wikis(self, world: World) -> None:
        world.lock("例子")
        before = world.wiki.requests
        found = world.wiki.accounts(["例子", PERSON, "nobody_here", "A|b"])
        assert world.wiki.requests - before == 1
        assert {name: one.locked for name, one in found.items()} == {
            "例子": True,
            PERSON: False,
            "nobody_here": False,
            "A|b": False,
        }

    def test_renamed_accounts_are_found_by_where_their_user_page_leads(self, world: World) -> None:
        world.edit(f"User:{PERSON}", "I am Ada.")
        world.edit(TALK, "Hello")
        world.rename(PERSON, "Ada Once")
        world.rename("Ada Once", "Ada Now")
        before = world.wiki.requests
        found = world.wiki.accounts([PERSON, "Ada Once", "Ada Now"])
        assert world.wiki.requests - before == 1
        assert found == {
            PERSON: Account(PERSON, exists=False, renamed_to="Ada Now"),
            "Ada Once": Account("Ada Once", exists=False, renamed_to="Ada Now"),
            "Ada Now": Account("Ada Now", exists=True),
        }
        moved = world.wiki.read([TALK, "User talk:Ada Now"]).pages
        assert [(one.redirect, one.text) for one in moved.values()] == [
            (True, "#REDIRECT [[User talk:Ada Once]]"),
            (False, "Hello"),
        ]

    def test_the_log_tells_of_renamed_accounts_without_a_user_page(self, world: World) -> None:
        world.rename(PERSON, "Ada Once")
        world.rename("Ada Once", "Ada Now")
        names = [PERSON, "nobody_here", "例子"]
        assert [one.renamed_to for one in world.wiki.accounts(names).values()] == [None] * 3
        before = world.wiki.requests
        found = world.wiki.accounts(names, renames=True)
        assert {name: one.renamed_to for name, one in found.items()} == {
            PERSON: "Ada Now",
            "nobody_here": None,
            "例子": None,
        }
        assert world.wiki.requests - before == 1 + 3 + 1
        assert world.wiki.accounts(["Ada Now"]) == {"Ada Now": Account("Ada Now", exists=True)}

    def test_contributions_tell_of_a_page_by_the_title_that_it_has_now(self, world: World) -> None:
        """So what a person was told before a rename counts for the new name as well."""
        start = world.wiki.read([]).now
        saved = world.wiki.save(page(world, TALK), "Hello", "a notice")
        assert isinstance(saved, Saved)
        world.rename(PERSON, "Ada Now")
        own = world.wiki.read([], contributions_since=start).contributions
        assert [(edit.title, edit.revid) for edit in own] == [("User talk:Ada Now", saved.revid)]

    def test_deleted_talk_pages_come_with_the_own_edits_at_no_cost(self, world: World) -> None:
        """What the bot wrote there is not listed any more; pages of other namespaces are of no interest."""
        start = world.wiki.read([]).now
        for title in (TALK, "Schedule"):
            assert isinstance(world.wiki.save(page(world, title), "Hello", "a notice"), Saved)
            world.delete(title)
        before = world.wiki.requests
        reading = world.wiki.read([TALK, "Schedule"], contributions_since=start)
        assert world.wiki.requests - before == 1
        assert (reading.contributions, list(reading.deleted)) == ((), [TALK])
        assert start <= reading.deleted[TALK] <= reading.now
        assert world.wiki.read([TALK]).deleted == {}
