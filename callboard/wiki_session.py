"""The session with the wiki that pywikibot keeps: log-in, the count of requests, and its errors as Callboard's."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any, NoReturn

from pywikibot.comms import http
from pywikibot.exceptions import APIError, Error, FatalServerError, NoUsernameError
from pywikibot.login import ClientLoginManager

from callboard import wiki_answers as answers
from callboard.errors import ConfigError, WikiAway, WikiRefused
from callboard.wiki_questions import RequestCount

SENT_WITHIN = 50.0  # seconds; without the bot flag an edit waits ten for each process
# What pywikibot raises when an answer is JSON, but not of the expected shape.
NONSENSE = (LookupError, TypeError, ValueError, AssertionError, RuntimeError, AttributeError)


def count_of_this_process() -> RequestCount:
    """The one counter before pywikibot's one HTTP session."""
    if not isinstance(http.session.send, RequestCount):
        http.session.send = RequestCount(http.session.send)
    count: RequestCount = http.session.send
    return count


def log_in(site: Any) -> None:
    """Logs in unless the session of an earlier run still lasts; never asks for a password."""
    if not site.username():
        raise ConfigError("no account is set up for the bot: see CALLBOARD_ACCOUNT and CALLBOARD_BOTPASSWORD")
    if site.logged_in():
        return
    # With what is left of a session that ended, the wiki lets nobody in.
    http.cookie_jar.clear()
    site.tokens.clear()
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


def never_ask(question: str, *_: object, **__: object) -> NoReturn:
    """Stands in for pywikibot's prompt: a bot without a terminal would wait for ever."""
    raise WikiRefused(f"pywikibot wants to ask {question!r}, and nobody is there to answer")


@contextlib.contextmanager
def soon_or_never(site: Any) -> Iterator[None]:
    """While this lasts, a request goes out within SENT_WITHIN or never; then WikiAway is raised.

    pywikibot waits before each edit, times the number of its processes, and for minutes where a database lags: what was known
    when a save was decided on grows old.
    """
    began, throttle = time.monotonic(), site.throttle
    wait = throttle.wait

    def soon(seconds: float) -> None:
        if time.monotonic() - began + max(0.0, seconds) > SENT_WITHIN:
            raise WikiAway(
                f"the save would have to wait for more than {SENT_WITHIN:.0f} s: for other processes, or a wiki that lags"
            )
        wait(seconds)

    throttle.wait = soon
    try:
        yield
    finally:
        throttle.wait = wait


@contextlib.contextmanager
def mapped() -> Iterator[None]:
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
    except NONSENSE as error:
        raise WikiAway(f"the wiki's answer is not understood: {type(error).__name__}: {error}") from None
