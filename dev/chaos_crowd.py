"""People and admins around the bots: they write, archive, protect, block and delete, each at the worst moment.

They talk to the wiki directly. Each edit by hand carries a word that stands nowhere else, so that a lost edit is seen.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import requests

from dev.chaos_journal import Journal
from dev.devwiki import DevWiki
from dev.wiki_accounts import BOT, ORGANISER, PASSWORD, PEOPLE
from dev.wiki_person import Person, WikiSaidNo

PROTECTED_FOR = 1.0  # seconds
BLOCKED_FOR = 0.4


class Crowd:
    """One person and one admin; whatever they do, they do one after the other."""

    def __init__(self, wiki: DevWiki, journal: Journal) -> None:
        self.words: dict[str, str] = {}  # each word, and where it was written
        self.deleted: set[str] = set()  # pages that an admin deleted at some time
        self._journal = journal
        self._admin = Person(wiki.api, ORGANISER, PASSWORD)
        self._person = Person(wiki.api, PEOPLE[0], PASSWORD)
        self._number = 0
        self._lock = threading.RLock()
        self._mending: list[tuple[float, Callable[[], object]]] = []
        # MediaWiki's own switch: a file of this name in the folder of uploads, with the reason in it.
        self._readonly = wiki.directory / "images/lock_yBgMBwiR"

    def write(self, title: str, *, at_top: bool = False, make: bool = True) -> None:
        """A person adds a topic at the end of a page, or a line at its top."""
        with self._lock:
            self._number += 1
            word = f"by-hand-{self._number:06}"

            def with_word(there: str | None) -> str:
                if there is None and not make:
                    raise ValueError("there is no such page")
                if at_top:
                    return f"Hello from {word}.\n\n{there or ''}"
                return f"{there or ''}\n\n== Question ==\nSays {word} ~~~~"

            self._tried(
                "a person writes",
                title,
                lambda: self._person.change(title, with_word, f"A word of my own: {word}"),
                word,
            )

    def archive(self, title: str) -> None:
        """A person moves all topics of a page to its archive, as archive bots do."""
        with self._lock:
            text = self._person.text(title)
            if not text or text.startswith("#REDIRECT"):
                return
            self._tried(
                "a person archives",
                title,
                lambda: (
                    self._person.change(
                        f"{title}/Archive", lambda there: f"{there or ''}\n\n{text}", "Archive"
                    ),
                    self._person.edit(title, "Older topics: see the archive.", "Archived"),
                ),
            )

    def delete(self, title: str) -> None:
        """An admin deletes a page, if there is one."""
        with self._lock:
            if self._tried("an admin deletes", title, lambda: self._admin.delete(title, "Tidying up")):
                self.deleted.add(title)

    def protect(self, title: str) -> None:
        """An admin protects a page, or its creation, and lifts that a moment later."""
        with self._lock:
            what = "edit" if self._admin.revid(title) else "create"
            self._tried("an admin protects", title, lambda: self._admin.protect(title, what=what))
            self._later(PROTECTED_FOR, lambda: self._lift(title))

    def _lift(self, title: str) -> None:
        what = "edit" if self._admin.revid(title) else "create"
        self._tried("an admin lifts the protection", title, lambda: self._admin.protect(title, "all", what))

    def block_bot(self) -> None:
        """An admin blocks the bots' account, and lets it go a moment later."""
        with self._lock:
            self._tried("an admin blocks the bot", "", lambda: self._admin.block(BOT, "What are you doing?"))
            self._later(
                BLOCKED_FOR,
                lambda: self._tried("an admin unblocks the bot", "", lambda: self._admin.unblock(BOT)),
            )

    def read_only(self) -> "ReadOnly":
        """The wiki refuses every edit while this context lasts."""
        return ReadOnly(self._readonly, self._lock)

    def mend(self, *, all_of_it: bool = False) -> None:
        """Lift what has lasted long enough, or everything."""
        with self._lock:
            now = time.monotonic()
            ready = [act for at, act in self._mending if all_of_it or at <= now]
            self._mending = [(at, act) for at, act in self._mending if not (all_of_it or at <= now)]
            for act in ready:
                act()

    def _later(self, seconds: float, act: Callable[[], object]) -> None:
        self._mending.append((time.monotonic() + seconds, act))

    def _tried(self, what: str, title: str, act: Callable[[], object], word: str = "") -> bool:
        """Whether it was done: what a person wants may be refused, as when the wiki is read-only."""
        try:
            act()
        except (WikiSaidNo, requests.RequestException, ValueError) as error:
            self._journal.note(what, title=title, answer=f"refused: {error}")
            return False
        if word:
            self.words[word] = title
        self._journal.note(what, title=title, answer=word)
        return True

    def close(self) -> None:
        """Lift everything, go home."""
        with suppress(requests.RequestException):
            self.mend(all_of_it=True)
        self._person.close()
        self._admin.close()


class ReadOnly:
    """`with` it the wiki is read-only for everybody."""

    def __init__(self, file: Path, lock: threading.RLock) -> None:
        self._file, self._lock = file, lock

    def __enter__(self) -> None:
        self._lock.acquire()
        self._file.write_text("The database is being looked after", "utf-8")

    def __exit__(self, *_: object) -> None:
        self._file.unlink(missing_ok=True)
        self._lock.release()
