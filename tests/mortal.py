"""A process that can be killed between any two things it does to the world."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from callboard.app import App
from callboard.clock import Clock
from callboard.config import Event
from callboard.ledger import Ledger
from callboard.ports import Wiki

# What a tick does to the wiki and to the ledger; between two of them nothing happens that could be seen from outside.
STEPS = frozenset(
    {
        *("read", "accounts", "templates", "changes", "revisions", "save"),
        *("claim_all", "skipped", "held", "found"),
        *("claim_on_task", "note_on_task"),
        *("remember_pages", "remember_accounts", "remember_edits", "remember_fact", "exchange_fact"),
    }
)


class Killed(BaseException):
    """SIGKILL: no handler of the program sees it."""


@dataclass(slots=True)
class Fate:
    """Counts steps; the process dies right before step `dies_before` (from 1), never if that is 0."""

    dies_before: int = 0
    steps: int = 0
    really: bool = False  # by SIGKILL, not by an exception that ends the tick only

    def step(self) -> None:
        """One more step is about to be made."""
        if 0 < self.dies_before == self.steps:  # who is dead does nothing more
            raise Killed
        self.steps += 1
        if self.steps == self.dies_before:
            if self.really:
                os.kill(os.getpid(), signal.SIGKILL)
            raise Killed


class Mortal:
    """A part of the program whose every step may be the last."""

    def __init__(self, part: object, fate: Fate) -> None:
        self._part = part
        self._fate = fate

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._part, name)
        if name not in STEPS:
            return value
        return self._counted(value)

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._fate.step()
            return method(*args, **kwargs)

        return call


def killed_tick(event: Event, wiki: Wiki, ledger: Ledger, dies_before: int) -> int:
    """The steps that a tick made without a board; it dies right before step `dies_before`, never if that is 0."""
    fate = Fate(dies_before)
    app = App(event, cast("Wiki", Mortal(wiki, fate)), None, cast("Ledger", Mortal(ledger, fate)), Clock())
    try:
        app.tick(apply=True)
    except Killed:
        fate.steps -= 1
    return fate.steps
