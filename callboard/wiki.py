"""The gateway: the only way to the wiki, and the only module of the library that imports pywikibot.

pywikibot supplies log-in, session, throttle, maxlag and tokens. Its `Page.save` is never used: it loses people's edits
in ordinary situations and sends a save again after a time-out. Here a save is one `action=edit` request that names
the revision it rests on, so that the wiki itself compares and swaps.

Importing this module reads user-config.py and sys.argv: import it only when a wiki is wanted.
"""

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

import pywikibot
from pywikibot import config
from pywikibot.comms import http
from pywikibot.exceptions import APIError, Error, FatalServerError, MaxlagTimeoutError, NoUsernameError
from pywikibot.login import ClientLoginManager

from callboard import wiki_answers as answers
from callboard import wiki_questions as questions
from callboard.errors import ConfigError, WikiAway, WikiRefused
from callboard.model import Account, PageText
from callboard.ports import History, Outcome, Reading, Unchanged, Unknown
from callboard.wiki_questions import RequestCount

# What pywikibot raises when an answer is JSON, but not of the expected shape.
_NONSENSE = (LookupError, TypeError, ValueError, AssertionError, RuntimeError, AttributeError)

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

    def __init__(self, site: Any, count: RequestCount, exclusion_templates: Sequence[str]) -> None:
        self.bot: str = site.username()
        self._site = site
        self._count = count
        self._host = urlsplit(site.base_url("")).netloc
        self._exclusion_templates = list(exclusion_templates)
        self._batch = 500 if site.has_right("apihighlimits") else 50

    @classmethod
    def connect(
        cls,
        expected_site: str,
        *,
        pause: Pause = time.sleep,
        opt_out_templates: Iterable[str] = (),
    ) -> Self:
        """The gateway to `expected_site` ("mediawiki", "callboard", …), logged in; one request if the session lasts.

        `pause` does all waiting (throttle, maxlag, retries) and may raise to give up: nothing is ever half-sent then.
        Raises ConfigError if the bot is set up for another wiki or not at all, WikiRefused if the wiki does not know
        the account, Stopped if the account is blocked, WikiAway.
        """
        host = questions.checked_host(expected_site, config.family, config.base_dir, os.environ)
        count = _count_of_this_process()
        pywikibot.input = _never_ask
        pywikibot.sleep = pause
        logging.getLogger("pywiki").addFilter(answers.worth_saying)
        with _mapped():
            site = pywikibot.Site()
            site.throttle.wait = lambda seconds: pause(seconds) if seconds > 0 else None
            if urlsplit(site.base_url("")).hostname != host:
                raise ConfigError(f"{expected_site} is {host}, but the bot would talk to {site.base_url('')}")
            _log_in(site)
            answers.check_account(site.userinfo)
            if not site.has_right("bot"):
                site.throttle.set_delays(writedelay=UNFLAGGED_PAUSE)
            return cls(site, count, (*questions.EXCLUSION_TEMPLATES, *opt_out_templates))

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
        return Reading(look.now, pages, answers.contributions(look.last if own else ()))

    def templates(self, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The titles of all templates that each page uses, directly or through others, by the title asked for."""
        found: dict[str, tuple[str, ...]] = {}
        asked = list(dict.fromkeys(titles))
        possible = [title for title in asked if answers.can_be_asked(title)]
        for batch in questions.batches(possible, self._batch):
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
        batches = questions.batches(list(dict.fromkeys(revids)), self._batch)
        said = [answer for batch in batches for answer in self._query(questions.revisions(batch))]
        return answers.revision_texts(said)

    def revisions(self, title: str, *, since: datetime | None = None, most: int = 50) -> History:
        """The page's newest revisions, as many as one answer holds; see `callboard.ports.Wiki.revisions`."""
        if not answers.can_be_asked(title):
            return History()
        return answers.history(self._ask(questions.history(title, since, most)))

    def accounts(self, names: Iterable[str]) -> Mapping[str, Account]:
        """What the wiki says of each user name asked for; `locked` stays empty, it costs too much."""
        asked = list(dict.fromkeys(names))
        wanted = dict.fromkeys(answers.user_name(name) for name in asked if answers.can_be_asked(name))
        batches = questions.batches(list(wanted), self._batch)
        said = [answer for batch in batches for answer in self._query(questions.users(batch))]
        return answers.accounts(asked, said)

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
        with _mapped():
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
        batches = list(questions.batches(titles, self._batch))
        for number, batch in enumerate(batches, 1):
            wanted = questions.pages(batch, self._exclusion_templates, text=text)
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
        with _mapped():
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
    except (Error, OSError, *_NONSENSE) as error:
        return Unknown(f"no usable answer to the save: {type(error).__name__}: {error}")


def _count_of_this_process() -> RequestCount:
    """The one counter before pywikibot's one HTTP session."""
    if not isinstance(http.session.send, RequestCount):
        http.session.send = RequestCount(http.session.send)
    count: RequestCount = http.session.send
    return count


def _log_in(site: Any) -> None:
    """Logs in unless the session of an earlier run still lasts; never asks for a password."""
    if not site.username():
        raise ConfigError("no account is set up for the bot: see CALLBOARD_ACCOUNT and CALLBOARD_BOTPASSWORD")
    if site.logged_in():
        return
    login = ClientLoginManager(site=site, user=site.username())
    if not login.password:
        raise WikiRefused(
            f"{site.username()} is not logged in and there is no secret: see CALLBOARD_BOTPASSWORD"
        )
    if not login.login(retry=False):
        raise WikiRefused(f"{site.base_url('')} does not let {login.login_name} in")
    del site.userinfo
    site.login(cookie_only=True)
    if not site.logged_in():
        raise WikiRefused(f"logged in to {site.base_url('')}, but not as {site.username()}")


def _never_ask(question: str, *_: object, **__: object) -> NoReturn:
    raise WikiRefused(f"pywikibot wants to ask {question!r}, and nobody is there to answer")


@contextlib.contextmanager
def _mapped() -> Iterator[None]:
    """Turns whatever pywikibot raises into WikiAway or WikiRefused; for requests that change nothing."""
    try:
        yield
    except APIError as error:
        if error.code in answers.NOT_NOW or error.code.startswith("internal_api_error"):
            raise WikiAway(f"the wiki cannot answer now ({error.code}): {error.info}") from None
        raise WikiRefused(f"the wiki refuses ({error.code}): {error.info}") from None
    except (NoUsernameError, FatalServerError) as error:
        raise WikiRefused(f"the wiki cannot be used: {error}") from None
    except (Error, OSError) as error:
        raise WikiAway(f"the wiki does not answer: {type(error).__name__}: {error}") from None
    except _NONSENSE as error:
        raise WikiAway(f"the wiki's answer is not understood: {type(error).__name__}: {error}") from None
