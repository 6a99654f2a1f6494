"""Runs MediaWiki's PHP: the settings every PHP process of the development wiki gets, and its maintenance scripts."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.wiki_paths import SOURCES, php

FOLDERS = ("database", "sessions", "cache", "temporary", "images")
# E_ALL without E_DEPRECATED and E_USER_DEPRECATED: MediaWiki 1.43 is older than PHP 8.4 and would say so
# in the middle of its answers.
SETTINGS = {
    "error_reporting": "8191",
    "display_errors": "0",
    "log_errors": "1",
    "memory_limit": "256M",
    "max_execution_time": "100",
    "opcache.enable": "1",
    "opcache.revalidate_freq": "0",
    "apc.shm_size": "64M",
    "date.timezone": "UTC",
}


class WikiProgramFailed(Exception):
    """A maintenance script of the development wiki did not succeed; the message holds its output."""


@dataclass(frozen=True, slots=True)
class WikiFolder:
    """One wiki on disk: its own folder, the MediaWiki it runs, what it shares with others, which extensions it lacks, how it answers."""

    directory: Path
    mediawiki: Path
    shared: Path
    without: tuple[str, ...] = ()
    answers_first: bool = False

    def make(self) -> None:
        """Creates the folders that MediaWiki writes to."""
        for name in FOLDERS:
            (self.directory / name).mkdir(parents=True, exist_ok=True)

    def environment(self, url: str = "") -> dict[str, str]:
        """What a PHP process must know; LocalSettings.php and router.php read it."""
        return {
            **os.environ,
            "MW_INSTALL_PATH": str(self.mediawiki),
            "MW_CONFIG_FILE": str(SOURCES / "LocalSettings.php"),
            "CALLBOARD_WIKI_DIRECTORY": str(self.directory),
            "CALLBOARD_WIKI_SHARED": str(self.shared),
            "CALLBOARD_WIKI_URL": url,
            "CALLBOARD_WIKI_WITHOUT": ",".join(self.without),
            "CALLBOARD_WIKI_ANSWERS_FIRST": str(int(self.answers_first)),
        }

    def maintenance(self, script: str, *arguments: str, url: str = "") -> str:
        """The output of a maintenance script: a name such as `runJobs`, or the path of a PHP file.

        Raises WikiProgramFailed if it exits with anything but 0.
        """
        command = [php(), *php_options(), *program(self.mediawiki, script), *arguments]
        return run_php(command, self.environment(url))


def program(mediawiki: Path, script: str) -> list[str]:
    """What PHP starts for a maintenance script; 1.39 of older Debian has no run.php yet."""
    runner = mediawiki / "maintenance/run.php"
    if runner.exists():
        return [str(runner), script]
    return [script if script.endswith(".php") else str(mediawiki / f"maintenance/{script}.php")]


def php_options() -> list[str]:
    """PHP's settings as options: `-d`, `memory_limit=256M`, …"""
    return [word for name, value in SETTINGS.items() for word in ("-d", f"{name}={value}")]


def run_php(command: list[str], environment: dict[str, str]) -> str:
    """What a PHP program printed.

    Raises WikiProgramFailed if it exits with anything but 0.
    """
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise WikiProgramFailed(f"{' '.join(command[-3:])}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
