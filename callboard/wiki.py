"""The gateway: the only way to the wiki; with `wiki_session` all of the library that imports pywikibot.

pywikibot supplies log-in, session, throttle, maxlag and tokens. Its `Page.save` is never used: it loses people's edits
in ordinary situations and sends a save again after a time-out. Here a save is one `action=edit` request that names
the revision it rests on, so that the wiki itself compares and swaps.

Importing this module reads user-config.py and sys.argv: import it only when a wiki is wanted.
"""

import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

import pywikibot
from pywikibot import config
from pywikibot.exceptions import APIError, Error, MaxlagTimeoutError, NoUsernameError

from callboard import wiki_accounts
from callboard import wiki_answers as answers
from callboard import wiki_questions as questions
from callboard.errors import ConfigError, WikiAway, WikiRefused
from callboard.model import Account, PageText
from callboard.ports import History, Outcome, Reading, Unchanged, Unknown
from callboard.wiki_questions import RequestCount
from callboard.wiki_session import (
    NONSENSE,
    count_of_this_process,
    log_in,
    mapped,
    never_ask,
    soon_or_never,
)

# Wikimedia's bot policy: without the flag at most one edit in ten seconds.
UNFLAGGED_PAUSE = 10

Pause = Callable[[float], object]


class _NotSentAgain(Exception):
    """pywikibot wanted to send a save once more; `code` is the error that the wiki answered, if it did answer."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


class Gateway:
    """The wiki as one account sees it; made by `connect`."""

    def __init__(
        self,
        site: Any,
        count: RequestCount,
        templates: Sequence[str],
        categories: Sequence[str] = (),
        pause: Pause = time.sleep,
    ) -> None:
        self.bot: str = site.username()
        self._site = site
        self._count = count
        self._pause = pause
        self._host = urlsplit(site.base_url("")).netloc
        self._told_of = (list(templates), list(categories))  # exclusion templates, categories of opt-outs
        self.language: str = site.siteinfo["lang"]
        self.most_titles = 500 if site.has_right("apihighlimits") else 50

    @classmethod
    def connect(
        cls,
        expected_site: str,
        *,
        pause: Pause = time.sleep,
        opt_out_templates: Iterable[str] = (),
        opt_out_categories: Iterable[str] = (),
    ) -> Self:
        """The gateway to `expected_site` ("mediawiki", "callboard", …), logged in; one request if the session lasts.

        `pause` does all waiting (throttle, maxlag, retries) and may raise to give up: nothing is ever half-sent then.
        Raises ConfigError if the bot is set up for another wiki or not at all, WikiRefused if the wiki does not know
        the account, Stopped if the account is blocked, WikiAway.
        """
        host = questions.checked_host(expected_site, config.family, config.base_dir, os.environ)
        count = count_of_this_process()
        pywikibot.input = never_ask
        pywikibot.sleep = pause
        logging.getLogger("pywiki").addFilter(answers.worth_saying)
        with mapped():
            site = pywikibot.Site()
            site.throttle.wait = lambda seconds: pause(seconds) if seconds > 0 else None
            if urlsplit(site.base_url("")).hostname != host:
                raise ConfigError(f"{expected_site} is {host}, but the bot would talk to {site.base_url('')}")
            log_in(site)
            answers.check_account(site.userinfo)
            if not site.has_right("bot"):
                site.throttle.set_delays(writedelay=UNFLAGGED_PAUSE)
            templates = (*questions.EXCLUSION_TEMPLATES, *opt_out_templates)
            return cls(site, count, templates, tuple(opt_out_categories), pause)

    @property
    def requests(self) -> int:
        """How many HTTP requests this wiki was asked since the start of the process, log-in included."""
        return self._count.by_host[self._host]

    def read(
        self,
        titles: Iterable[str],
        *,
        known: Mapping[str, int] | None = None,
        contributions_since: datetime | None = None,
    ) -> Reading:
        """Fresh pages by the title asked for, with the server's time; see `callboard.ports.Wiki.read`.

        Pages in `known` are asked for their ids first, and for their text only where they changed. The bot's own
        edits are part of the last request, and MediaWiki runs lists after pages (ApiQuery::execute): no edit of the
        bot that a page as read rests on is missing from them. Raises WikiAway, WikiRefused, Stopped.
        """
        asked = list(dict.fromkeys(titles))
        possible = [title for title in asked if answers.can_be_asked(title)]
        known = known or {}
        own = questions.own_edits(self.bot, contributions_since)
        look = answers.Look()
        unsure = [title for title in possible if title in known]
        fresh = [title for title in possible if title not in known]
        self._ask_pages(look, unsure, own if not fresh else {}, text=False)
        fresh += [title for title in unsure if look.pages[title].revid not in {known[title], None}]
        self._ask_pages(look, fresh, own, text=True)
        if look.now is None:
            look.add(self._query(own))
        if own and answers.pages_came_later(look.last):
            look.last = self._query(own)
        pages = {title: look.pages.get(title) or answers.page_text(title, None) for title in asked}
        assert look.now is not None  # noqa: S101 -- every branch above has asked once
        said = look.last if own else []
        return Reading(look.now, pages, answers.contributions(said), answers.deletions(said))

    def templates(self, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The titles of all templates that each page uses, directly or through others, by the title asked for."""
        found: dict[str, tuple[str, ...]] = {}
        asked = list(dict.fromkeys(titles))
        possible = [title for title in asked if answers.can_be_asked(title)]
        for batch in questions.batches(possible, self.most_titles):
            said = self._query(questions.templates(batch))
            pages = answers.by_title_asked(batch, *answers.merge_pages(said))
            found.update((title, answers.template_titles(page)) for title, page in pages)
        return {title: found.get(title, ()) for title in asked}

    def changes(self, revids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        """The page's text before and after each of these revisions; two requests for up to 50 (500) of them."""
        after = self._texts(revids)
        before = self._texts(parent for parent, _ in after.values() if parent)
        return {
            revid: (before[parent][1] if parent else "", text)
            for revid, (parent, text) in after.items()
            if not parent or parent in before
        }

    def _texts(self, revids: Iterable[int]) -> dict[int, tuple[int, str]]:
        batches = questions.batches(list(dict.fromkeys(revids)), self.most_titles)
        said = [answer for batch in batches for answer in self._query(questions.revisions(batch))]
        return answers.revision_texts(said)

    def revisions(self, title: str, *, since: datetime | None = None, most: int = 50) -> History:
        """The page's newest revisions, as many as one answer holds; see `callboard.ports.Wiki.revisions`."""
        if not answers.can_be_asked(title):
            return History()
        return answers.history(self._ask(questions.history(title, since, most)))

    def accounts(self, names: Iterable[str], *, renames: bool = False) -> Mapping[str, Account]:
        """What the wiki says of each user name asked for; see `callboard.ports.Wiki.accounts`."""
        asked = list(dict.fromkeys(names))
        wanted = dict.fromkeys(answers.user_name(name) for name in asked if answers.can_be_asked(name))
        batches = questions.batches(list(wanted), self.most_titles)
        said = [answer for batch in batches for answer in self._query(questions.users(batch))]
        found = wiki_accounts.accounts(asked, said)
        lost = [name for name, one in found.items() if one.named and not one.exists and not one.renamed_to]
        for name in lost if renames else ():
            found[name] = replace(found[name], renamed_to=self._renamed(found[name].name))
        return found

    def _renamed(self, name: str) -> str | None:
        """The name that the log of renames says an account has now; one request a rename."""
        names = [name]
        while (
            new := wiki_accounts.renamed_by_log(self._ask(questions.rename(names[-1])))
        ) and new not in names:
            names.append(new)
        return names[-1] if names[1:] else None

    def as_saved(self, title: str, text: str) -> str:
        """What the wiki makes of a text before it saves it; see `callboard.ports.Wiki.as_saved`."""
        with mapped():
            log_in(self._site)
            request = self._site.simple_request(**questions.as_saved(title, text, assertuser=self.bot))
            request.use_get = False  # a read all the same, but too long for an address
            return answers.as_saved(request.submit())

    def wait(self, seconds: float) -> None:
        """Let so much time pass, as between two requests."""
        self._pause(seconds)

    def save(
        self, read: PageText, text: str, summary: str, *, minor: bool = False, bot: bool = True
    ) -> Outcome:
        """One `action=edit` that rests on the revision read; see `callboard.ports.Wiki.save`.

        Nothing is sent where the page has the text already. Raises WikiAway where surely nothing was saved,
        WikiRefused, Stopped if the bot is blocked; ValueError for a summary that the wiki would cut.
        """
        there = None if read.revid is not None and read.text is None else answers.tidy(read.text or "")
        if answers.tidy(text) == there:
            return Unchanged()
        questions.check_summary(summary)
        with soon_or_never(self._site):
            with mapped():
                token = self._site.tokens["csrf"]
                parameters = questions.edit(
                    read, text, summary, minor=minor, bot=bot, assertuser=self.bot, token=token
                )
                request = self._site.simple_request(**parameters)
            request.use_get = False  # known, so pywikibot need not ask how edits are sent
            request.max_retries = 0
            return _sent_once(request, read.revid)

    def _ask_pages(
        self, look: answers.Look, titles: Sequence[str], own: dict[str, Any], *, text: bool
    ) -> None:
        """Adds pages to the look; the bot's own edits come with the last batch."""
        batches = list(questions.batches(titles, self.most_titles))
        for number, batch in enumerate(batches, 1):
            templates, categories = self._told_of
            wanted = questions.pages(batch, templates, text=text, categories=categories)
            said = self._query(wanted | (own if number == len(batches) else {}))
            look.add(said)
            for title, page in answers.by_title_asked(batch, *answers.merge_pages(said)):
                look.pages[title] = answers.page_text(title, page)

    def _query(self, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The answer to a query and to all its continuations; pywikibot repeats a read that failed, within bounds."""
        said: list[dict[str, Any]] = []
        more: Mapping[str, Any] = {}
        while not said or more:
            said.append(self._ask({**parameters, **more}))
            more = said[-1].get("continue", {})
        return said

    def _ask(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """One answer to a query."""
        with mapped():
            log_in(self._site)  # pywikibot gives up if that fails once, and would read as nobody from then on
            request = self._site.simple_request(
                action="query", formatversion=2, curtimestamp=True, **parameters
            )
            request.use_get = True  # known; what is too long for an address is posted all the same
            answer: dict[str, Any] = request.submit()
            if "curtimestamp" not in answer:
                raise WikiAway(f"the wiki answered with something that is no answer to a query: {answer}")
            answers.check_session(answer.get("query", {}).get("userinfo", {}), self.bot)
            return answer


def _sent_once(request: Any, base: int | None) -> Outcome:
    """The outcome of a save that is never sent again once it may have arrived.

    pywikibot repeats a request after a time-out, a 5xx, HTML or a database error by way of `request.wait`; here that
    ends the attempt. (A stale token is renewed and the save sent anew: that answer proves that nothing was saved.)
    """

    def wait(*_: object, **__: object) -> NoReturn:
        raise _NotSentAgain(request.last_error["code"])

    request.wait = wait
    try:
        return answers.saved(request.submit(), base)
    except _NotSentAgain as end:
        if end.code in {"ratelimited", "readonly"}:
            return answers.save_error(end.code, "", {})
        return Unknown(f"no answer to the save{f' after {end.code}' if end.code else ''}")
    except APIError as error:
        return answers.save_error(error.code, error.info, error.other)
    except MaxlagTimeoutError as error:
        raise WikiAway(f"the wiki saves nothing now: {error}") from None
    except NoUsernameError as error:
        raise WikiRefused(f"the wiki does not let the bot in again: {error}") from None
    except (Error, OSError, *NONSENSE) as error:
        return Unknown(f"no usable answer to the save: {type(error).__name__}: {error}")
