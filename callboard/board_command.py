"""What the scripts about the board share: proposals from the board or from a file, shown, explained, linked."""

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from callboard import command, jobs
from callboard.app import Tick
from callboard.board_facts import evidence, told
from callboard.board_matches import links, not_linked, suggested
from callboard.config import Event
from callboard.errors import ConfigError
from callboard.explaining import NoSuchTask, explain
from callboard.ledger import Sent
from callboard.model import PageText, Proposal
from callboard.notices_command import explain_user
from callboard.options import Options
from callboard.page_file import load_page
from callboard.plan import Plan, make_plan
from callboard.report_projects import projects_told
from callboard.report_proposals import proposals_told
from callboard.snapshot import Snapshot
from callboard.tasks_file import load_proposals, read_for
from callboard.terminal import plain
from callboard.terminal_board import board_as_json, show_board
from callboard.terminal_explained import show_explained

_TASK = re.compile(r"(?:.*/)?[Tt]?([1-9][0-9]{0,9})(?:#.*)?")
Show = Callable[[Plan, tuple[Sent, ...], argparse.Namespace], int]


def board_report(script: str, doc: str, args: Iterable[str]) -> int:
    """Show where each proposal stands."""
    options = _options(script, doc)
    options.flag("json", "one JSON object: counts, proposals, suggestions, projects; times in UTC")
    options.flag("wikitext", "as the bot writes it on the wiki")
    return _run(script, options.read(args), _report)


def explain_task(script: str, doc: str, args: Iterable[str]) -> int:
    """Show all that is known of one task or of one person, and why."""
    options = _options(script, doc)
    options.value("task", "the task, such as T900012, or its address", shown="T…")
    options.value("user", "a person instead: what they are told, and why", shown="NAME")
    given = options.read(args)
    if given.user is None:
        return _run(script, given, _explain)
    return explain_user(script, given)


def _options(script: str, doc: str) -> Options:
    options = command.options(script, doc, writes=False)
    options.value(
        "tasks",
        "proposals from a JSON file instead of the board (preview_page -help tells its form)",
        shown="FILE",
    )
    options.value("schedule", "with -tasks: a saved schedule page instead of the wiki's", shown="FILE")
    return options


def _run(script: str, given: argparse.Namespace, show: Show) -> int:
    def job() -> int:
        event = command.event_named(given.event)
        if hasattr(given, "task"):
            given.task = _number(given.task)
        if given.schedule and not given.tasks:
            raise ConfigError("-schedule: it goes with -tasks; the wiki's own page is read otherwise")
        if not event.board and not given.tasks:
            raise ConfigError(f"{event.slug}: the event file has no [board]; name one, or give -tasks:FILE")
        with _seen(event, given) as (plan, sent):
            return show(plan, sent, given)

    return command.guarded(script, job)


def _number(text: str | None) -> str:
    """`T900012` from `t900012`, `900012` or an address; raises ConfigError."""
    if not text:
        raise ConfigError("-task: name the task, such as -task:T900012, or a person with -user:NAME")
    found = _TASK.fullmatch(text.strip())
    if not found:
        raise ConfigError(f"-task: a task is written like T900012, not {text!r}")
    return f"T{found[1]}"


@contextmanager
def _seen(event: Event, given: argparse.Namespace) -> Iterator[tuple[Plan, tuple[Sent, ...]]]:
    """What would be done now, and what was sent; with files alone neither wiki nor board is asked."""
    proposals = read_for(event, load_proposals(Path(given.tasks))) if given.tasks else None
    if proposals is not None and (given.schedule or not event.pages.site):
        yield _of_files(event, given, proposals), ()
        return
    with command.opened(given, with_board=proposals is None) as app:
        plan = (
            app.plan()
            if proposals is None
            else make_plan(replace(app.look(), proposals=proposals), app.wiki.bot)
        )
        yield plan, app.ledger.notices(app.event.slug)


def _of_files(event: Event, given: argparse.Namespace, proposals: Mapping[str, Proposal]) -> Plan:
    pages: dict[str, PageText] = {}
    if given.schedule:
        title = Path(given.schedule).name
        pages[title] = PageText(title, 1, load_page(Path(given.schedule)))
    named = event.pages.model_copy(update={"schedule": tuple(pages), "signups": ()})
    now = command.clock_showing(given.now).now().replace(microsecond=0)
    of = event.model_copy(update={"pages": named})
    return make_plan(Snapshot(of, now, pages, proposals=proposals))


def _report(plan: Plan, _sent: tuple[Sent, ...], given: argparse.Namespace) -> int:
    console = Console()
    if given.json:
        _print(console, board_as_json(plan))
    elif given.wikitext:
        for line in (*proposals_told(plan), *projects_told(plan)):
            _print(console, line)
    else:
        show_board(console, plan)
    return command.DONE


def _print(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _explain(plan: Plan, sent: tuple[Sent, ...], given: argparse.Namespace) -> int:
    try:
        parts = explain(given.task, plan, sent)
    except NoSuchTask as unknown:
        raise ConfigError(str(unknown)) from None
    show_explained(Console(), parts)
    return command.DONE


# --- links ---


def link_tasks(script: str, doc: str, args: Iterable[str]) -> int:
    """Link acknowledged tasks in their rows; the evidence beside each link, and why the rest is not linked."""
    return command.tick_once(script, doc, args, jobs.link_tasks, show_links)


def show_links(console: Console, tick: Tick) -> None:
    """The links with the yes on which they rest, what may belong together, and what is not linked."""
    plan = tick.plan
    found = links(plan)
    if found:
        table = Table("Task", "Title", "Row", "Is", "Rests on", title="Links", title_justify="left")
        for link in found:
            proof = "\n".join(plain(told(one)) for one in evidence(link.proposal))
            does = f"{link.does}; not saved: {link.held}" if link.held else link.does
            where = f"{link.page}:{link.line}"
            table.add_row(link.proposal.task, plain(link.proposal.title), plain(where), plain(does), proof)
        console.print(table)
    for one in suggested(plan):
        row = f'"{one.session.title}" ({one.page}:{one.session.line})'
        console.print(
            f"May be {one.proposal.task}: {plain(f'{row}: {one.reason}')}", highlight=False, soft_wrap=True
        )
    for left in not_linked(plan):
        title = f'{left.proposal.task} "{left.proposal.title}"'
        console.print(f"Not linked: {plain(f'{title}: {left.why}')}", highlight=False, soft_wrap=True)
