"""The demo's stage: a fresh wiki, a Conduit server and Callboard's real parts, with a clock that can be moved."""

import argparse
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from callboard import posting_turn
from callboard.app import App, Tick
from callboard.clock import Clock
from callboard.command import opened
from callboard.model import Account, PageText
from callboard.ports import History, Outcome, Reading, Wiki
from dev.conduit import ConduitServer
from dev.devwiki import DevWiki
from dev.wiki_paths import INSTANCES, ROOT

EVENT = "demo"
BOARD = Path(__file__).parent / "demo/board.json"
ENDED_AFTER = timedelta(seconds=2)


class WhileSaving:
    """The gateway, with people who edit right between the bot's fresh look at a page and its save of it, once each."""

    def __init__(self, wiki: Wiki, people: Mapping[str, Callable[[], object]]) -> None:
        self.bot, self.language, self.most_titles = wiki.bot, wiki.language, wiki.most_titles
        self.met: list[tuple[str, Outcome]] = []  # how each save ended that somebody came in between
        self._wiki = wiki
        self._people = dict(people)

    @property
    def requests(self) -> int:
        """As the gateway counts them."""
        return self._wiki.requests

    def read(
        self,
        titles: Iterable[str],
        *,
        known: Mapping[str, int] | None = None,
        contributions_since: datetime | None = None,
    ) -> Reading:
        """As the gateway reads."""
        return self._wiki.read(titles, known=known, contributions_since=contributions_since)

    def templates(self, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """As the gateway answers."""
        return self._wiki.templates(titles)

    def changes(self, revids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        """As the gateway answers."""
        return self._wiki.changes(revids)

    def revisions(self, title: str, *, since: datetime | None = None, most: int = 50) -> History:
        """As the gateway answers."""
        return self._wiki.revisions(title, since=since, most=most)

    def accounts(self, names: Iterable[str], *, renames: bool = False) -> Mapping[str, Account]:
        """As the gateway answers."""
        return self._wiki.accounts(names, renames=renames)

    def as_saved(self, title: str, text: str) -> str:
        """As the gateway answers."""
        return self._wiki.as_saved(title, text)

    def wait(self, seconds: float) -> None:
        """As the gateway waits."""
        self._wiki.wait(seconds)

    def save(
        self, read: PageText, text: str, summary: str, *, minor: bool = False, bot: bool = True
    ) -> Outcome:
        """The gateway's save, after somebody else's if there is one waiting for this page."""
        in_between = self._people.pop(read.title, None)
        if in_between:
            in_between()
        outcome = self._wiki.save(read, text, summary, minor=minor, bot=bot)
        if in_between:
            self.met.append((read.title, outcome))
        return outcome


class Stage:
    """What the story plays on; made by `staged`."""

    def __init__(self, wiki: DevWiki, conduit: ConduitServer) -> None:
        self.wiki = wiki
        self.conduit = conduit
        self.clock = Clock()
        self._ledger = wiki.directory / "ledger.sqlite"
        self._parts: AbstractContextManager[App] | None = None
        self.app = self._open()

    def show_time(self, instant: datetime) -> None:
        """Moves the clocks of Callboard and of Phabricator; the wiki keeps its own."""
        self.clock = self.app.clock = Clock.showing(instant)

    def tick(self, *, apply: bool = True, confirmed: bool = False) -> Tick:
        """One tick of the real thing."""
        return self.app.tick(apply=apply, confirmed=confirmed)

    def wait_for_quiet(self) -> float:
        """Waits until what people did last has stood for the grace time; how many seconds that is."""
        grace = self.app.event.delivery.grace.total_seconds()
        time.sleep(grace + 1)  # the wiki dates edits by whole seconds
        return grace

    @contextmanager
    def disturbed(self, people: Mapping[str, Callable[[], object]]) -> Iterator[WhileSaving]:
        """People edit these pages while the bot is saving them."""
        undisturbed = self.app.wiki
        self.app.wiki = busy = WhileSaving(undisturbed, people)
        try:
            yield busy
        finally:
            self.app.wiki = undisturbed

    def lose_ledger(self) -> None:
        """Deletes the database, as an accident would, and starts Callboard again when the old one must have ended.

        That is sure after seconds here, where it is after minutes elsewhere: nobody else runs a copy on this wiki.
        """
        posting_turn.SURE_AFTER = ENDED_AFTER
        time.sleep(ENDED_AFTER.total_seconds() + 1)  # the wiki dates edits by whole seconds
        self.close()
        self._ledger.unlink()
        self.app = self._open()
        self.app.clock = self.clock

    def close(self) -> None:
        """Lets go of the database."""
        if self._parts:
            self._parts.__exit__(None, None, None)
            self._parts = None

    def _open(self) -> App:
        self._parts = opened(argparse.Namespace(event=EVENT, now=None, ledger=None))
        return self._parts.__enter__()


@contextmanager
def staged(name: str) -> Iterator[Stage]:
    """Everything the demo needs, fresh; nothing of it is left at the end, however it comes."""
    try:
        with DevWiki.start(name) as wiki, ConduitServer(BOARD) as conduit:
            os.environ.update(settings(wiki, conduit))
            stage = Stage(wiki, conduit)
            conduit.board.clock = lambda: int(stage.clock.now().timestamp())
            try:
                yield stage
            finally:
                stage.close()
    finally:
        # Ctrl-C may have come between the folder's making and the server's start, which would have removed it.
        shutil.rmtree(INSTANCES / name, ignore_errors=True)


def settings(wiki: DevWiki, conduit: ConduitServer) -> dict[str, str]:
    """What a process needs in its environment to be Callboard here; a developer's own .env must not get in between."""
    return {
        **wiki.environment(),
        "CALLBOARD_CONDUIT_URL": conduit.url,
        "CALLBOARD_CONDUIT_TOKEN": conduit.token,
        "CALLBOARD_LEDGER": f"sqlite:///{wiki.directory}/ledger.sqlite",
        "CALLBOARD_EVENTS": "",
        "PYWIKIBOT_DIR": str(ROOT),
        **{
            f"CALLBOARD_OAUTH_{name}": ""
            for name in ("CONSUMER_TOKEN", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")
        },
    }
