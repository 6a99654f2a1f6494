"""A real MediaWiki for the integration tests: one instance for the run, reset for each test that asks for `wiki`."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from callboard import posting_turn
from dev.devwiki import DevWiki
from dev.wiki_golden import golden
from dev.wiki_install import prepare
from dev.wiki_paths import ROOT

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is an integration test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.integration)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Installs what is missing before the first test: that may take longer than a test may."""
    if any("devwiki" in getattr(item, "fixturenames", ()) for item in session.items):
        golden(prepare())


@pytest.fixture(scope="session")
def devwiki() -> Iterator[DevWiki]:
    """The instance of this run; pywikibot in this process and in its children talks to it as the bot.

    The environment is set before any test can import pywikibot: its address book is read once a process.
    """
    with DevWiki.start(f"tests-{os.getpid()}") as wiki:
        os.environ.update(wiki.environment())
        os.environ["PYWIKIBOT_DIR"] = str(ROOT)
        yield wiki


@pytest.fixture
def wiki(devwiki: DevWiki) -> DevWiki:
    """The instance as it was at first: no edits, no requests counted."""
    devwiki.reset()
    return devwiki


AT_ONCE = timedelta(seconds=-5)  # whoever had the turn does nothing any more, and clocks show whole seconds


@pytest.fixture
def turns_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new database, or a new process, need not wait until the one before it must have noticed."""
    monkeypatch.setattr(posting_turn, "SURE_AFTER", AT_ONCE)
