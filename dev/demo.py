"""./run demo: Callboard's whole job on a fresh wiki of its own, told in a minute.

A real MediaWiki and a Conduit server are started on loopback, people edit, the bot works, and what it promises is put
to the test. The exit code is 0 if every promise held, 1 if one did not, 2 if something must be installed by hand.
"""

import argparse
import contextlib
import os
import shlex
import signal
import sys
from types import FrameType

from rich.console import Console

from callboard.errors import CallboardError
from dev.demo_count import bot_edits, spent, start_counting
from dev.demo_ending import promises, show_account, show_promises
from dev.demo_people import SCHEDULE, People
from dev.demo_stage import Stage, settings, staged
from dev.demo_story import AN_HOUR_BEFORE, Story, headline
from dev.wiki_accounts import ORGANISER, PASSWORD
from dev.wiki_install import CannotInstall

_TO_SHARE = {
    "CALLBOARD_WIKI",
    "CALLBOARD_DEVWIKI",
    "CALLBOARD_BOTPASSWORD",
    "CALLBOARD_CONDUIT_URL",
    "CALLBOARD_CONDUIT_TOKEN",
    "CALLBOARD_LEDGER",
}
STOPPED = 130  # as shells say of a program that Ctrl-C ended


def main() -> int:
    """Runs the demo; leaves no process behind, however it ends."""
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__.partition("\n")[0])
    parser.add_argument("--keep", action="store_true", help="keep the wiki up until Ctrl-C, for a look")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        return play(Console(), keep_up=options.keep)
    except KeyboardInterrupt:
        print("\nStopped; the wiki is down.")
        return STOPPED
    except CannotInstall as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except CallboardError as problem:
        sys.stderr.write(f"./run demo: {problem}\n")
        return 1


def play(console: Console, *, keep_up: bool) -> int:
    """0 if every promise held, else 1."""
    with staged(f"demo-{os.getpid()}") as stage:
        kept = tell(console, stage)
        if keep_up:
            keep(console, stage)
    console.print("It is down again." if keep_up else "It is down again; ./run demo --keep leaves it up.")
    return 0 if kept else 1


def tell(console: Console, stage: Stage) -> bool:
    """The story and its ending; whether every promise held."""
    people = People(stage.wiki, stage.conduit)
    start_counting(stage)
    Story(stage, people, console).play()
    used, edits = spent(stage), bot_edits(stage)
    headline(console, "The promises, put to the test")
    tested = promises(stage, people)
    show_promises(console, tested)
    headline(console, "What the wiki and the board counted")
    show_account(console, stage, used, edits)
    console.print(f"\nThe wiki of this demo is {stage.wiki.url}", highlight=False)
    return all(promise.kept for promise in tested)


def keep(console: Console, stage: Stage) -> None:
    """Waits for Ctrl-C, and says what there is to see and to try meanwhile."""
    pages = "".join(
        f"  {stage.wiki.page_url(page)}\n"
        for page in (
            SCHEDULE,
            stage.app.event.pages.report,
            "User talk:Zoë Zone",
            "Special:Contributions/Callboard",
        )
    )
    set_up = " ".join(
        f"{name}={shlex.quote(value)}"
        for name, value in settings(stage.wiki, stage.conduit).items()
        if value and name in _TO_SHARE
    )
    console.print(
        f"{pages}Log in as {ORGANISER} or anybody else with the password {PASSWORD}, edit, and let the bot look again:\n"
        f"  {set_up} ./run tick_once -event:demo -now:{AN_HOUR_BEFORE:%Y-%m-%dT%H:%MZ} [-apply]\n"
        "Ctrl-C takes all of it down.",
        highlight=False,
        soft_wrap=True,
        markup=False,
    )
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
