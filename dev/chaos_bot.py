"""The bots of a chaos run: `python -m dev.chaos_bot` has everything imported and forks a bot for each order that it reads.

An order is a line of JSON; the line that comes back tells how the process ended. The bot is Callboard itself, with short
waits: App.tick with the real gateway and the real ledger.
"""

import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from callboard import posting_turn
from callboard.app import App, Tick
from callboard.clock import Clock
from callboard.command import event_named
from callboard.errors import CallboardError
from callboard.ledger import Ledger
from callboard.ports import Wiki
from callboard.wiki import Gateway
from dev.chaos_nursery import PID, SIGHT_LASTS, SURE_AFTER, Order

LIVES_AT_MOST = 120  # seconds; a bot that hangs is a failure of its own
ANSWER_WITHIN = 1.8  # seconds; less than chaos_proxy.GIVEN_UP_AFTER
LONGEST_PAUSE = 0.03  # seconds; what a bot waits for in earnest are minutes

Wrapper = Callable[[Wiki, Ledger], tuple[Wiki, Ledger]]


class _InAHurry(Gateway):
    """Its pauses are short, but it waits for its turn as long as it says."""

    def wait(self, seconds: float) -> None:
        """Really."""
        time.sleep(seconds)


def main() -> int:
    """Fork a bot for each order until there are no more; 0."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _live_and_die(Order.of(line))
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(json.dumps({"pid": pid, "status": os.waitstatus_to_exitcode(status)}) + "\n")
        sys.stdout.flush()
    return 0


def _live_and_die(order: Order) -> None:
    code = 1
    try:
        os.environ["CALLBOARD_CONFIG_LOADED"] = str(os.getpid())  # by this process's parent, just so
        signal.alarm(LIVES_AT_MOST)
        live(order)
        code = 0
    except BaseException:  # noqa: BLE001 -- whatever it is, it is told
        _report(order, {"mistake": traceback.format_exc()})
    finally:
        sys.stderr.flush()
        os._exit(code)


def live(order: Order) -> None:
    """A bot's life: connect, tick, report."""
    import pywikibot  # noqa: PLC0415 -- settings of this process
    from pywikibot.comms import http  # noqa: PLC0415

    pywikibot.config.socket_timeout = (ANSWER_WITHIN, ANSWER_WITHIN)
    http.session.proxies["http"] = order.proxy
    http.session.headers[PID] = str(os.getpid())
    ledger: Ledger = Ledger.open(order.ledger)
    try:
        wiki: Wiki = _InAHurry.connect(
            "callboard", pause=lambda seconds: time.sleep(min(seconds, LONGEST_PAUSE))
        )
        posting_turn.SIGHT_LASTS, posting_turn.SURE_AFTER = SIGHT_LASTS, SURE_AFTER
        wiki, ledger = _spoilt(order.broken, wiki, ledger)
        app = App(event_named(order.event), wiki, None, ledger)
        for shift in order.shifts:
            app.clock = Clock(timedelta(seconds=shift))
            _report(order, _ticked(app))
    except CallboardError as error:
        _report(order, {"ended": f"{type(error).__name__}: {error}"})
    finally:
        ledger.close()


def _ticked(app: App) -> dict[str, Any]:
    try:
        return _told(app.tick(apply=True))
    except CallboardError as error:  # as run_event goes on with the next tick
        return {"ended": f"{type(error).__name__}: {error}"}


def _told(tick: Tick) -> dict[str, Any]:
    return {
        "due": len(tick.plan.notices.now),
        "late": len(tick.plan.notices.late),
        "brakes": list(tick.plan.brakes),
        "written": len(tick.results.written),
        "held": [f"{held.page}: {held.what}: {held.why}" for held in tick.results.held],
        "failed": list(tick.results.failed),
        "requests": tick.wiki_requests,
    }


def _spoilt(broken: str, wiki: Wiki, ledger: Ledger) -> tuple[Wiki, Ledger]:
    if not broken:
        return wiki, ledger
    module, _, name = broken.partition(":")
    spoil: Wrapper = getattr(importlib.import_module(module), name)
    return spoil(wiki, ledger)


def _report(order: Order, told: dict[str, Any]) -> None:
    with Path(order.reports).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"pid": os.getpid(), **told}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
