"""Bots that are spoilt on purpose, so that the chaos harness can be seen to fail."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from callboard import wiki_questions
from callboard.ledger import Ledger
from callboard.model import PageText
from callboard.ports import Outcome, Reading, Wiki

MARK, HIDDEN = "<!-- callboard:", "<!-- callbored:"


class _WithoutMemory:
    """A wiki on which the bot neither sees what it posted before nor its own contributions."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wiki, name)

    def read(self, titles: Iterable[str], **how: Any) -> Reading:
        reading = self._wiki.read(titles, **how)
        pages = {
            title: replace(page, text=(page.text or "").replace(MARK, HIDDEN))
            if title.startswith("User talk:") and page.text is not None
            else page
            for title, page in reading.pages.items()
        }
        return replace(reading, pages=pages, contributions=())

    def save(self, read: PageText, text: str, summary: str, **how: bool) -> Outcome:
        return self._wiki.save(read, text.replace(HIDDEN, MARK), summary, **how)


def forgetful(wiki: Wiki, ledger: Ledger) -> tuple[Wiki, Ledger]:
    """A bot that starts each life with an empty ledger and takes no look at what it did."""
    ledger.close()
    return cast("Wiki", _WithoutMemory(wiki)), Ledger.open("sqlite://")


def careless(wiki: Wiki, ledger: Ledger) -> tuple[Wiki, Ledger]:
    """A bot whose saves do not say which revision they rest on, as a plain loop of saves would."""
    honest = wiki_questions.edit

    def edit(*args: Any, **kwargs: Any) -> dict[str, Any]:
        asked = honest(*args, **kwargs)
        return {
            name: told for name, told in asked.items() if name not in {"baserevid", "createonly", "nocreate"}
        }

    wiki_questions.edit = edit
    return wiki, ledger
