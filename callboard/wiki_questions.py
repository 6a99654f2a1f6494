"""What the gateway asks of the wiki's API, as parameters (formatversion 2), and how often: no client in here."""

import os
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from callboard.errors import ConfigError
from callboard.model import PageText

Parameters = dict[str, Any]

# The wikis that user-config.py knows, and the only host each may be.
HOSTS = {
    "mediawiki": "www.mediawiki.org",
    "meta": "meta.wikimedia.org",
    "wikimania": "wikimania.wikimedia.org",
    "test": "test.wikipedia.org",
    "callboard": "127.0.0.1",
}
EXCLUSION_TEMPLATES = ("Template:Bots", "Template:Nobots")
SUMMARY_LENGTH = 500  # MediaWiki cuts what is longer, and the notice's key stands in it


def checked_host(expected_site: str, family: str, folder: str, environment: Mapping[str, str]) -> str:
    """The host that the wiki must have; raises ConfigError where the bot's own set-up is not as it must be.

    Nothing is sent: without a readable user-config.py pywikibot would talk to another wiki and report no error.
    """
    if environment.get("CALLBOARD_CONFIG_LOADED") != str(os.getpid()):
        raise ConfigError(
            "pywikibot did not read Callboard's user-config.py: start from ./run, or set PYWIKIBOT_DIR"
        )
    if expected_site not in HOSTS:
        raise ConfigError(f"{expected_site!r} is no wiki that Callboard knows: {', '.join(HOSTS)}")
    chosen = environment.get("CALLBOARD_WIKI") or "no wiki"
    if chosen != expected_site or family != expected_site:
        raise ConfigError(
            f"the event is on {expected_site}, the bot is set up for {chosen}: see CALLBOARD_WIKI"
        )
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ConfigError(f"pywikibot cannot write to its folder {folder}: {error.strerror}") from None
    return HOSTS[expected_site]


def pages(
    titles: Sequence[str], exclusion_templates: Sequence[str], *, text: bool, categories: Sequence[str] = ()
) -> Parameters:
    """A query for pages, with or without their text; of their categories only those that are named."""
    return {
        "titles": [unicodedata.normalize("NFC", title) for title in titles],
        "prop": ["info", "revisions", "templates", "pageprops", *(["categories"] if categories else [])],
        "inprop": ["protection"],
        "intestactions": ["edit"],  # whether this account may: protection, cascades and namespaces included
        "rvprop": ["ids", "timestamp", "user", "contentmodel", *(["content"] if text else [])],
        "rvslots": ["main"],
        "tltemplates": list(exclusion_templates),
        "tllimit": "max",
        "ppprop": ["use-liquid-threads"],
        **({"clcategories": list(categories), "cllimit": "max"} if categories else {}),
    }


def templates(titles: Sequence[str]) -> Parameters:
    """A query for all templates that pages use."""
    return {
        "titles": [unicodedata.normalize("NFC", title) for title in titles],
        "prop": ["templates"],
        "tllimit": "max",
    }


def revisions(revids: Sequence[int]) -> Parameters:
    """A query for the texts of revisions and for what came before them."""
    return {
        "revids": [str(revid) for revid in revids],
        "prop": ["revisions"],
        "rvprop": ["ids", "content"],
        "rvslots": ["main"],
    }


def history(title: str, since: datetime | None, most: int) -> Parameters:
    """A query for a page's newest revisions with their texts."""
    return {
        "titles": [unicodedata.normalize("NFC", title)],
        "prop": ["revisions"],
        "rvprop": ["ids", "timestamp", "user", "content"],
        "rvslots": ["main"],
        "rvlimit": most,
        **({"rvend": since.strftime("%Y-%m-%dT%H:%M:%SZ")} if since else {}),
    }


def own_edits(bot: str, since: datetime | None) -> Parameters:
    """A query for the bot's own edits, newest first; nothing if they are not wanted.

    With them which user talk pages were deleted since then: the edits there are not listed any more.
    """
    if since is None:
        return {}
    end = since.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "list": ["usercontribs", "logevents"],
        "ucuser": [bot],
        "ucend": end,
        "ucprop": ["ids", "title", "comment", "timestamp"],
        "uclimit": "max",
        "leaction": "delete/delete",
        "lenamespace": 3,
        "leend": end,
        "leprop": ["title", "timestamp"],
        "lelimit": "max",
    }


def users(names: Sequence[str]) -> Parameters:
    """A query for accounts, for global locks, for what user pages say of languages, and for where they lead.

    The user page of a renamed account leads to the new one. `list=globalusers` is CentralAuth's; a wiki without that knows no
    locks, and answers the rest with a warning.
    """
    return {
        "list": ["users", "globalusers"],
        "ususers": list(names),
        "usprop": ["groups", "blockinfo"],
        "gususers": list(names),
        "gusprop": ["locked"],
        "titles": [f"User:{name}" for name in names],
        "redirects": True,
        "prop": ["categories"],
        "clshow": ["!hidden"],
        "cllimit": "max",
    }


def rename(name: str) -> Parameters:
    """A query for the newest rename of an account of this name; the log can be asked for one at a time only."""
    return {
        "list": ["logevents"],
        "letype": "renameuser",
        "letitle": f"User:{name}",
        "leprop": ["details"],
        "lelimit": 1,
    }


def as_saved(title: str, text: str, *, assertuser: str) -> Parameters:
    """The pre-save transform of a text for a page, with the account's own signature; nothing is parsed or saved."""
    return {
        "action": "parse",
        "title": unicodedata.normalize("NFC", title),
        "text": text,
        "contentmodel": "wikitext",
        "onlypst": True,
        "assertuser": assertuser,
        "formatversion": 2,
    }


def edit(
    read: PageText, text: str, summary: str, *, minor: bool, bot: bool, assertuser: str, token: str
) -> Parameters:
    """The save of a whole page that is still as it was read.

    No base timestamp: with one, MediaWiki lets an account overwrite its own later edits unseen.
    """
    return {
        "action": "edit",
        "title": read.title,
        "text": text,
        "summary": summary,
        **({"createonly": True} if read.revid is None else {"baserevid": read.revid, "nocreate": True}),
        "minor" if minor else "notminor": True,
        "bot": bot,
        "assertuser": assertuser,
        "watchlist": "nochange",
        "curtimestamp": True,
        "formatversion": 2,
        "token": token,
    }


def check_summary(summary: str) -> None:
    """Raises ValueError if the wiki would cut the summary."""
    if len(summary) > SUMMARY_LENGTH:
        raise ValueError(
            f"the summary has {len(summary)} characters, the wiki keeps {SUMMARY_LENGTH}: {summary}"
        )


Value = TypeVar("Value")


def batches(values: Sequence[Value], size: int) -> Iterator[list[Value]]:
    """The values in lists of at most `size`."""
    return (list(values[at : at + size]) for at in range(0, len(values), size))


class RequestCount:
    """Stands before an HTTP session's `send` and counts what really goes out, retries and redirects included."""

    def __init__(self, send: Callable[..., Any]) -> None:
        self._send = send
        self.by_host: Counter[str] = Counter()

    def __call__(self, request: Any, **kwargs: Any) -> Any:
        """Counts and sends."""
        self.by_host[urlsplit(request.url).netloc] += 1
        return self._send(request, **kwargs)
