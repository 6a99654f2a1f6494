"""Gets what the development wiki runs on: PHP with its modules, and MediaWiki unpacked under .devwiki/."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dev.wiki_apt import AptFailed, as_root, install, unpack_mediawiki
from dev.wiki_paths import ROOT, UNPACKED, php

# What MediaWiki 1.43 needs besides what every PHP has; xml stands for dom and its kin.
MODULES = ("sqlite3", "pdo_sqlite", "intl", "mbstring", "xml", "curl", "apcu")


class CannotInstall(Exception):
    """Something is missing that this machine cannot get by itself; the message says what to do by hand."""


@dataclass(frozen=True, slots=True)
class MediaWiki:
    """An unpacked MediaWiki and its version, as in `1.43.9`."""

    path: Path
    version: str


def prepare() -> MediaWiki:
    """The MediaWiki to run; installs PHP and unpacks MediaWiki first where they are missing.

    Raises CannotInstall, with everything to install by hand in one message.
    """
    try:
        if lacking := missing_for_php():
            as_root()
            say(f"not there yet: {', '.join(lacking)}; installing with apt\n{listed_packages(('wiki',))}")
            install("wiki")
            check_php()
        return mediawiki()
    except AptFailed as problem:
        raise CannotInstall(by_hand(str(problem))) from problem


def check_php() -> None:
    """Nothing if PHP is complete.

    Raises AptFailed.
    """
    if lacking := missing_for_php():
        raise AptFailed(f"after installing, still missing: {', '.join(lacking)}")


def missing_for_php() -> list[str]:
    """What PHP lacks for the wiki; the name of the program itself if there is no PHP, and diff3."""
    lacking = [] if shutil.which("diff3") else ["diff3"]
    if not shutil.which(php()):
        return [php(), *lacking]
    listed = subprocess.run([php(), "-m"], capture_output=True, text=True, check=False).stdout.lower().split()
    lacking += [module for module in MODULES if module not in listed]
    if "luasandbox" not in listed and not Path("/usr/bin/lua5.1").exists():
        lacking.append("luasandbox")
    return lacking


def mediawiki() -> MediaWiki:
    """The MediaWiki of `CALLBOARD_MEDIAWIKI`, else the one under .devwiki/, fetched if it is not there."""
    if given := os.environ.get("CALLBOARD_MEDIAWIKI"):
        return MediaWiki(Path(given).resolve(), version_of(Path(given)))
    path = UNPACKED / "usr/share/mediawiki"
    if not (UNPACKED / "complete").exists():
        say(
            "MediaWiki is not there yet: unpacking Debian's package under .devwiki/ (nothing of the system changes)"
        )
        unpack_mediawiki(UNPACKED)
    return MediaWiki(path, version_of(path))


def version_of(path: Path) -> str:
    """The version that the source of an unpacked MediaWiki states.

    Raises CannotInstall if the folder holds no MediaWiki.
    """
    try:
        lines = (path / "includes/Defines.php").read_text("utf-8").splitlines()
    except OSError as problem:
        raise CannotInstall(f"There is no MediaWiki in {path} ({problem.strerror}).") from problem
    found = [line.split("'")[3] for line in lines if line.startswith("define( 'MW_VERSION'")]
    if not found:
        raise CannotInstall(f"There is no MediaWiki in {path} (no version found).")
    return found[0]


def by_hand(reason: str) -> str:
    """One message with everything that `./run` would have installed."""
    return (
        f"Callboard cannot set itself up here: {reason}\n"
        "Please install by hand, then run the same command again:\n"
        f"{listed_packages(('python', 'wiki'))}\n"
        "  MediaWiki 1.43 LTS unpacked anywhere (Debian's packages mediawiki and mediawiki-classes, or the\n"
        "  release's tar file), named by CALLBOARD_MEDIAWIKI=/path/to/mediawiki"
    )


def listed_packages(groups: Iterable[str]) -> str:
    """The lines of debian-packages.txt for some groups, indented: `  php-cli  runs MediaWiki …`."""
    rows = (ROOT / "dev/debian-packages.txt").read_text("utf-8").splitlines()
    fields = [row.split(maxsplit=2) for row in rows if row and not row.startswith("#")]
    return "\n".join(f"  {name:<16} {why}" for group, name, why in fields if group in groups)


def say(text: str) -> None:
    """One line of progress on stderr, so that a command's own output stays clean."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    # ./run asks for the message before there is a .venv.
    print(by_hand(sys.argv[1]))
