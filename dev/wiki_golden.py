"""The golden database: a wiki installed and filled once, which every instance starts from and is reset to."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dev import wiki_accounts as people
from dev.wiki_install import MediaWiki, say
from dev.wiki_paths import GOLDEN, SOURCES, STATE, php
from dev.wiki_php import WikiFolder, php_options, program, run_php

INTERWIKI = {
    "phab": "https://phabricator.wikimedia.org/$1",
    "phabricator": "https://phabricator.wikimedia.org/$1",
    "w": "https://en.wikipedia.org/wiki/$1",
    "d": "https://www.wikidata.org/wiki/$1",
    "m": "https://meta.wikimedia.org/wiki/$1",
    "meta": "https://meta.wikimedia.org/wiki/$1",
    "mw": "https://www.mediawiki.org/wiki/$1",
    "c": "https://commons.wikimedia.org/wiki/$1",
    "commons": "https://commons.wikimedia.org/wiki/$1",
}


def golden(mediawiki: MediaWiki) -> Path:
    """The folder of the golden database, made first if MediaWiki, PHP, settings, accounts or pages changed."""
    folder = GOLDEN / fingerprint(mediawiki)
    with locked(STATE / "golden.lock"):
        if not (folder / "complete").exists():
            say(f"Installing MediaWiki {mediawiki.version} and its {len(people.ACCOUNTS)} accounts, once")
            shutil.rmtree(folder, ignore_errors=True)
            build(folder, mediawiki)
            (folder / "complete").touch()
    return folder


def build(folder: Path, mediawiki: MediaWiki) -> None:
    """Installs and fills a wiki in `folder`.

    Raises WikiProgramFailed.
    """
    wiki = WikiFolder(folder, mediawiki.path, folder)
    wiki.make()
    installed = folder / "installed"
    installed.mkdir()
    environment = {name: value for name, value in wiki.environment().items() if name != "MW_CONFIG_FILE"}
    options = {
        "dbtype": "sqlite",
        "dbname": "callboard",
        "dbpath": f"{folder}/database",
        "pass": people.PASSWORD,
        "server": "http://127.0.0.1",
        "scriptpath": "",
        "confpath": str(installed),
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    installer = [php(), *php_options(), *program(mediawiki.path, "install")]
    run_php([*installer, *words, "Callboard development wiki", people.ORGANISER], environment)
    wiki.maintenance("update", "--quick", "--skip-external-dependencies")
    contents = installed / "contents.json"
    contents.write_text(json.dumps(wanted_contents()), "utf-8")
    wiki.maintenance(str(SOURCES / "Populate.php"), str(contents))
    wiki.maintenance(
        "createBotPassword",
        f"--appid={people.BOT_APP}",
        f"--grants={','.join(people.BOT_GRANTS)}",
        people.BOT,
        people.BOT_SECRET,
    )
    wiki.maintenance("runJobs")
    wiki.maintenance("rebuildLocalisationCache", "--lang=en", "--force")
    shutil.rmtree(folder / "sessions")


def wanted_contents() -> dict[str, object]:
    """What Populate.php fills the wiki with."""
    accounts = [
        {
            "name": account.name,
            "password": people.PASSWORD,
            "groups": account.groups,
            "blocked": account.blocked,
            "blocked_by": people.ORGANISER,
        }
        for account in people.ACCOUNTS
    ]
    return {
        "author": people.ORGANISER,
        "interwiki": INTERWIKI,
        "accounts": accounts,
        "pages": dict(wanted_pages(SOURCES / "pages")),
    }


def wanted_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Titles and texts: pages/Template/phab.wikitext is [[Template:phab]]."""
    for path in sorted(folder.rglob("*.*")):
        if path.is_file():
            title = str(path.relative_to(folder).with_suffix("")).replace("/", ":", 1)
            yield title, path.read_text("utf-8").rstrip("\n")


def fingerprint(mediawiki: MediaWiki) -> str:
    """A name that changes whenever the golden database would come out differently."""
    told = subprocess.run(
        [php(), "-r", "echo PHP_VERSION;"], capture_output=True, text=True, check=True
    ).stdout
    settings = (SOURCES / "LocalSettings.php").read_text("utf-8") + (SOURCES / "Populate.php").read_text(
        "utf-8"
    )
    parts = [mediawiki.version, str(mediawiki.path), told, settings, json.dumps(wanted_contents())]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


@contextmanager
def locked(path: Path) -> Iterator[IO[str]]:
    """Waits until no other process holds the lock file, and holds it meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def restore(golden_folder: Path, directory: Path) -> None:
    """Puts the golden database in place of an instance's; nobody may be using it."""
    database = directory / "database"
    fresh = directory / f"database.{os.getpid()}"
    shutil.copytree(golden_folder / "database", fresh)
    shutil.rmtree(database, ignore_errors=True)
    fresh.rename(database)
