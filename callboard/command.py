"""What every script shares: options, opening the parts of an event, exit codes.

Settings come from the environment (see user-config.py for the wiki's): CALLBOARD_LEDGER is the ledger's database URL,
CALLBOARD_CONDUIT_TOKEN the token of the bot's account on Phabricator, CALLBOARD_CONDUIT_URL another server than the
event file's, CALLBOARD_EVENTS another folder of event files.
"""

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from callboard.app import App, Tick, exit_code
from callboard.board import WorkBoard
from callboard.boards import Boards
from callboard.clock import Clock
from callboard.config import Event, load_event
from callboard.config_values import length_of_time
from callboard.counted import counted
from callboard.errors import BoardRefused, CallboardError, ConfigError, Stopped, WikiRefused
from callboard.followed_board import FollowedBoard
from callboard.ledger import Ledger
from callboard.notices import unknown_kinds
from callboard.options import Options
from callboard.phabricator import Conduit
from callboard.ports import Wiki
from callboard.rules import unknown_rules
from callboard.terminal import problems_as_json, show_plan, show_planned, show_problems, show_results
from callboard.timer import Stop, run_for_ever

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates_wikitext"
DONE, PARTLY_FAILED, MISUSED, STOPPED = 0, 1, 2, 3

log = logging.getLogger("callboard")
Narrow = Callable[[Event], Event]


def options(script: str, doc: str, *, writes: bool = True) -> Options:
    """The options that every script on an event has."""
    given = Options(script, doc)
    given.value("event", "the event: a file in events/, or a path", shown="NAME", required=True)
    if writes:
        given.flag("apply", "write; without it nothing is written and the plan is shown")
        given.flag("confirm", "let a plan pass that is larger than the event's limits")
    given.value("now", "rehearse: as if it were this moment, e.g. 2021-05-22T12:55Z", shown="ISO")
    given.value("ledger", "the ledger's database (default: sqlite below var/)", shown="URL")
    return given


def event_named(name: str) -> Event:
    """The event file of that name or path, its rules and notices checked too; raises ConfigError."""
    return load_event(name, Path(os.environ.get("CALLBOARD_EVENTS") or ROOT / "events"), _unknown_names)


def _unknown_names(data: Mapping[str, Any]) -> Iterator[str]:
    """Rules and kinds of notice in an event file that do not exist, however broken the rest of it is."""
    rules, notices = data.get("rules"), data.get("notice")
    yield from unknown_rules(rules if isinstance(rules, dict) else ())
    named = (
        [notice.get("kind") for notice in notices if isinstance(notice, dict)]
        if isinstance(notices, list)
        else []
    )
    yield from unknown_kinds(kind for kind in named if isinstance(kind, str))


def clock_showing(now: str | None) -> Clock:
    """The clock, shifted to show `now` if given; raises ConfigError."""
    if not now:
        return Clock()
    try:
        return Clock.showing(datetime.fromisoformat(now))
    except ValueError as error:
        raise ConfigError(f"-now: {error}") from None


@contextmanager
def opened(given: argparse.Namespace, *, stop: Stop | None = None, with_board: bool = True) -> Iterator[App]:
    """The event's parts, real ones: gateway, board, ledger. Raises ConfigError, WikiRefused, WikiAway, BoardRefused."""
    event = event_named(given.event)
    clock = clock_showing(given.now)
    if not event.pages.site:
        raise ConfigError(
            f"{event.slug}: pages.site: name the wiki (mediawiki, meta, wikimania, test, callboard)"
        )
    if given.now and getattr(given, "apply", False) and event.pages.site != "callboard":
        raise ConfigError("-now is a rehearsal: with -apply only on the development wiki")
    stop = stop or Stop()
    ledger = Ledger.open(_ledger_url(given, event))
    try:
        board = _board(event, ledger, stop) if with_board else None
        yield App(event, _gateway(event, stop), board, ledger, clock, stop)
    finally:
        ledger.close()


def _ledger_url(given: argparse.Namespace, event: Event) -> str:
    """A rehearsal keeps a ledger of its own: what it notes has not happened yet."""
    default = f"sqlite:///{ROOT}/var/ledger-{event.pages.site}{'-rehearsal' if given.now else ''}.sqlite"
    return given.ledger or os.environ.get("CALLBOARD_LEDGER") or default


def _gateway(event: Event, stop: Stop) -> Wiki:
    from callboard.wiki import Gateway  # noqa: PLC0415 -- importing pywikibot reads user-config.py and sys.argv

    categories = filter(None, [event.delivery.opt_out_category])
    return Gateway.connect(event.pages.site, pause=stop.pause, opt_out_categories=categories)


def _board(event: Event, ledger: Ledger, stop: Stop) -> Boards | None:
    if not event.board:
        return None
    token = os.environ.get("CALLBOARD_CONDUIT_TOKEN", "")
    if not token:
        raise ConfigError("the event has a board, but CALLBOARD_CONDUIT_TOKEN is not set")
    url = os.environ.get("CALLBOARD_CONDUIT_URL") or event.board[0].url  # all boards are on one server
    contact = os.environ.get("CALLBOARD_CONTACT") or os.environ.get("CALLBOARD_ACCOUNT") or event.pages.about
    conduit = Conduit(url, token, user_agent=f"Callboard ({contact})", pause=stop.pause)
    boards = [board.model_copy(update={"url": url}) for board in event.board]  # memories are the server's
    followed = [
        FollowedBoard(WorkBoard(conduit, board), board, ledger, event.slug, event.format) for board in boards
    ]
    return Boards(conduit, followed)


def guarded(script: str, job: Callable[[], int]) -> int:
    """The job's exit code; what Callboard raises on purpose becomes one line, our own mistakes keep their stack trace."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    try:
        return job()
    except Stopped as error:
        return _said(script, error, STOPPED)
    except (ConfigError, WikiRefused, BoardRefused) as error:
        return _said(script, error, MISUSED)
    except CallboardError as error:
        return _said(script, error, PARTLY_FAILED)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader, such as head, has seen enough
        return DONE
    except KeyboardInterrupt:
        return _said(script, "stopped from the keyboard", STOPPED)
    except Exception:  # noqa: BLE001 -- a mistake of ours must not end with exit code 0 or a bare traceback
        sys.stderr.write(f"{script}: a mistake in Callboard, please report it:\n{traceback.format_exc()}")
        return PARTLY_FAILED


def _said(script: str, what: object, code: int) -> int:
    for line in str(what).splitlines() or [""]:
        sys.stderr.write(f"{script}: {line}\n")
    return code


def tick_once(
    script: str,
    doc: str,
    args: Iterable[str],
    narrow: Narrow | None = None,
    also_show: Callable[[Console, Tick], None] = lambda console, tick: show_planned(console, tick.plan),
) -> int:
    """One tick of an event, narrowed to one job if `narrow` is given: the plan is shown, and applied with -apply."""
    return ticked(script, options(script, doc).read(args), narrow, also_show)


def ticked(
    script: str,
    given: argparse.Namespace,
    narrow: Narrow | None,
    also_show: Callable[[Console, Tick], None],
    prepare: Callable[[App], None] = lambda _app: None,
) -> int:
    """The same for a script that has read options of its own; `prepare` is called before the tick."""

    def job() -> int:
        stop = Stop()
        with stop.listening(), opened(given, stop=stop) as app:
            if narrow:
                app.event = narrow(app.event)
            prepare(app)
            tick = app.tick(apply=given.apply, confirmed=given.confirm, with_report_page=narrow is None)
            console = Console()
            show_plan(console, tick.plan)
            also_show(console, tick)
            show_results(console, tick.results)
            console.print(
                f"Requests: {tick.wiki_requests} to the wiki, {tick.board_requests} to Phabricator."
            )
            if not given.apply and not tick.plan.empty:
                console.print("Nothing was written; -apply does what is shown.")
            return exit_code(tick)

    return guarded(script, job)


def check_event(script: str, doc: str, args: Iterable[str]) -> int:
    """The event's problems; writes nothing."""
    known = options(script, doc, writes=False)
    known.flag("json", "print a JSON list of the problems, acknowledged ones last")
    given = known.read(args)

    def job() -> int:
        with opened(given) as app:
            plan = app.plan(without_notices=True)
            if given.json:
                sys.stdout.write(problems_as_json(plan.problems, plan.accepted) + "\n")
            else:
                show_problems(Console(), plan.problems, plan.accepted)
            return PARTLY_FAILED if plan.snapshot.board_note else DONE

    return guarded(script, job)


def run_event(script: str, given: argparse.Namespace) -> int:
    """Ticks until the end is asked for; each tick's doings are logged, and a heartbeat file tells that it lives."""

    def job() -> int:
        every = _every(given.every)
        stop = Stop()
        with stop.listening(), opened(given, stop=stop) as app:
            heartbeat = ROOT / f"var/heartbeat-{app.event.slug}"

            def tick() -> None:
                done = app.tick(apply=given.apply, confirmed=given.confirm)
                _log(done, applied=given.apply)
                heartbeat.parent.mkdir(parents=True, exist_ok=True)
                heartbeat.touch()

            return PARTLY_FAILED if run_for_ever(tick, every, stop) else DONE

    return guarded(script, job)


def _every(text: str | None) -> timedelta:
    try:
        every = length_of_time(text or "10min")
    except ValueError as error:
        raise ConfigError(f"-every: {error}") from None
    if every < timedelta(seconds=1):
        raise ConfigError("-every: at least a second")
    return every


def _log(tick: Tick, *, applied: bool) -> None:
    for written in tick.results.written:
        log.info("saved [[%s]]: %s, revision %s", written.page, written.what, written.revid)
    for one in tick.results.on_tasks:
        log.info("wrote on %s: %s, transaction %s", one.task, one.what, one.transaction)
    for held in tick.results.held:
        log.warning("held %s [[%s]]: %s", held.what, held.page, held.why)
    for failure in tick.results.failed:
        log.error("%s", failure)
    pages, notices, tasks = (
        sum(page.changes for page in tick.plan.pages),
        len(tick.plan.notices.now),
        len(tick.plan.board_changes),
    )
    done = (
        ""
        if applied
        else f"; would change {counted(pages, 'page')}, post {counted(notices, 'notice')} and write on {counted(tasks, 'task')}"
    )
    log.info("tick: %s wiki and %s board requests%s", tick.wiki_requests, tick.board_requests, done)
