"""The development wiki: a real MediaWiki on loopback, for tests, demo, benchmarks and a look by hand.

    with DevWiki.start("tests") as wiki:
        wiki.person("Ada Organiser").edit("Schedule", "…")
        subprocess.run(["./run", "tidy_schedule"], env={**os.environ, **wiki.environment()})

From the shell: ./run devwiki up|status|reset|down [--name NAME].
"""

import contextlib
import fcntl
import json
import shutil
import sqlite3
import subprocess
import time
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from dev import wiki_accounts as people
from dev import wiki_server
from dev.wiki_golden import golden, restore
from dev.wiki_install import prepare
from dev.wiki_paths import INSTANCES, SOURCES
from dev.wiki_person import Person
from dev.wiki_php import WikiFolder
from dev.wiki_requests import Request, read_requests

GATE_SECONDS = 15.0


class WikiBusy(Exception):
    """An instance of that name runs already, or its requests do not come to an end."""


class DevWiki:
    """One running instance. `url`, `api`, and what a test wants to do to a wiki."""

    def __init__(
        self, name: str, folder: WikiFolder, url: str, supervisor: subprocess.Popen[bytes] | None
    ) -> None:
        self.name = name
        self.url = url
        self.api = f"{url}/api.php"
        self.directory = folder.directory
        self._folder = folder
        self._supervisor = supervisor
        self._people: dict[str, Person] = {}

    @classmethod
    def start(
        cls,
        name: str,
        *,
        port: int | None = None,
        throw_away: bool = True,
        without: tuple[str, ...] = (),
        answers_first: bool = False,
    ) -> Self:
        """A freshly reset instance on a free port, gone when this process is gone; set up first where needed.

        `throw_away` removes its folder, logs included, at the end; `without` leaves out extensions. With `answers_first` the
        wiki answers before it updates what follows from an edit (lists, notifications), as wikis do; without, after that.
        Raises WikiBusy if the name is taken, CannotInstall, ServerDidNotStart.
        """
        mediawiki = prepare()
        shared = golden(mediawiki)
        folder = WikiFolder(INSTANCES / name, mediawiki.path, shared, without, answers_first)
        if wiki_server.recorded(folder.directory):
            raise WikiBusy(f"an instance called {name} runs already")
        wiki_server.end_by_file(folder.directory)
        shutil.rmtree(folder.directory, ignore_errors=True)
        folder.make()
        (folder.directory / "generation").write_text("1", "ascii")
        restore(shared, folder.directory)
        supervisor, url = wiki_server.start(folder, port, throw_away=throw_away)
        wiki = cls(name, folder, url, supervisor)
        state = {
            "url": url,
            "mediawiki": str(mediawiki.path),
            "version": mediawiki.version,
            "shared": str(shared),
        }
        (folder.directory / "state.json").write_text(json.dumps(state), "utf-8")
        (folder.directory / "environment").write_text(environment_file(wiki.environment()), "utf-8")
        (folder.directory / "environment").chmod(0o600)
        wiki.forget_requests()
        return wiki

    @classmethod
    def running(cls, name: str) -> Self | None:
        """The instance of that name, whoever started it; None if none runs."""
        directory = INSTANCES / name
        if not wiki_server.recorded(directory) or not (directory / "state.json").exists():
            return None
        state = json.loads((directory / "state.json").read_text("utf-8"))
        return cls(
            name, WikiFolder(directory, Path(state["mediawiki"]), Path(state["shared"])), state["url"], None
        )

    def stop(self) -> None:
        """Ends the server, workers and all; calling it again does nothing."""
        for person in self._people.values():
            person.close()
        if self._supervisor:
            wiki_server.end(self._supervisor)
            self._supervisor = None
        else:
            wiki_server.end_by_file(self.directory)

    def keep(self) -> None:
        """Leaves the wiki running after this process ends, until `./run devwiki down --name NAME`."""
        if self._supervisor:
            wiki_server.keep(self._supervisor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def page_url(self, title: str) -> str:
        """Where a browser finds a page."""
        return f"{self.url}/wiki/{urllib.parse.quote(title.replace(' ', '_'), safe=':/')}"

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to talk to this wiki as the bot."""
        return {
            "CALLBOARD_WIKI": "callboard",
            "CALLBOARD_DEVWIKI": self.url,
            "CALLBOARD_ACCOUNT": people.BOT,
            "CALLBOARD_BOTPASSWORD": f"{people.BOT}@{people.BOT_APP}:{people.BOT_SECRET}",
            "CALLBOARD_FILES": str(self.directory / "pywikibot"),
        }

    def reset(self) -> None:
        """Back to the golden database, with empty caches; waits for requests still at work.

        Accounts keep their ids and whoever is logged in stays logged in.
        Raises WikiBusy if a request does not end.
        """
        with self._gate():
            restore(self._folder.shared, self.directory)
            self._empty_caches()
            (self.directory / "requests.jsonl").unlink(missing_ok=True)

    def person(self, name: str) -> Person:
        """Somebody with an account here, logged in once and for all."""
        if name not in self._people:
            self._people[name] = Person(self.api, name, people.PASSWORD)
        return self._people[name]

    def requests(self, *, people: bool = False) -> list[Request]:
        """The requests that reached the server since start, reset or `forget_requests`, oldest first.

        Those of simulated people are left out unless asked for.
        """
        return read_requests(self.directory / "requests.jsonl", people=people)

    def request_count(self, *, people: bool = False) -> int:
        """How many requests `requests` tells of."""
        return len(self.requests(people=people))

    def forget_requests(self) -> None:
        """Starts counting from nothing."""
        (self.directory / "requests.jsonl").unlink(missing_ok=True)

    def sql(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        """The rows of an SQL statement on the wiki's database; changes are committed, caches emptied."""
        with (
            self._gate(),
            contextlib.closing(sqlite3.connect(self.directory / "database/callboard.sqlite")) as database,
        ):
            before = database.total_changes
            rows = database.execute(statement, values).fetchall()
            database.commit()
            if database.total_changes != before:
                self._empty_caches()
        return rows

    def add_people(self, names: Iterable[str]) -> None:
        """Makes accounts that nobody logs in to, many at once: recipients for tests and measurements."""
        for name in names:
            self.sql(
                "INSERT INTO user (user_name, user_real_name, user_password, user_newpassword, user_email, user_token,"
                " user_touched, user_registration) VALUES (?, '', '', '', '', ?, '20260101000000', '20260101000000')",
                name,
                "t" * 32,
            )
            self.sql(
                "INSERT INTO actor (actor_user, actor_name) SELECT user_id, user_name FROM user WHERE user_name = ?",
                name,
            )

    def maintenance(self, script: str, *arguments: str) -> str:
        """The output of a maintenance script, as `maintenance("runJobs")`; caches are emptied after it.

        Raises WikiProgramFailed.
        """
        output = self._folder.maintenance(script, *arguments, url=self.url)
        self._empty_caches()
        return output

    def abuse_filter(self, name: str, rules: str, action: str = "disallow") -> None:
        """Adds an abuse filter, as `abuse_filter("No cats", 'added_lines rlike "cat"', "warn")`.

        Actions: disallow, warn, tag, block … Raises WikiProgramFailed.
        """
        self.maintenance(str(SOURCES / "AddFilter.php"), people.ORGANISER, name, rules, action)

    def _empty_caches(self) -> None:
        generation = self.directory / "generation"
        part = generation.with_suffix(".part")
        part.write_text(str(int(generation.read_text("ascii")) + 1), "ascii")
        part.rename(generation)

    @contextlib.contextmanager
    def _gate(self) -> Iterator[None]:
        """Holds the lock that every request shares, so that none runs meanwhile."""
        with (self.directory / "gate").open("a") as gate:
            deadline = time.monotonic() + GATE_SECONDS
            while True:
                try:
                    fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise WikiBusy(f"a request to {self.url} does not come to an end") from None
                    time.sleep(0.005)
            yield


def environment_file(values: dict[str, str]) -> str:
    """The lines that user-config.py reads: `CALLBOARD_WIKI=callboard` …"""
    return "".join(f"{name}={value}\n" for name, value in values.items())


if __name__ == "__main__":
    from dev.wiki_command import main

    raise SystemExit(main())
