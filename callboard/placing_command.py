"""What the scripts that place, move, withdraw and list sessions share: options, the change shown, the checks, the save."""

import argparse
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from rich.console import Console
from rich.markup import escape as shown
from rich.table import Table

from callboard import command
from callboard.app import App
from callboard.arranging import Arrange, Arranged, Order, arranged, save_change
from callboard.config import Event
from callboard.errors import BoardRefused, ConfigError
from callboard.model import Proposal
from callboard.options import Options
from callboard.placing import NotPlaced
from callboard.placing.change import Change
from callboard.placing.listing import as_json, as_wikitext, by_day, choice, hours, minutes_in, unsure
from callboard.placing.move import move, named, rest_of_move
from callboard.placing.pages import schedules_of, signups_of, whole_schedules
from callboard.placing.place import place
from callboard.placing.slot_text import read_slot
from callboard.placing.withdraw import withdraw
from callboard.slots.fitting import offers
from callboard.snapshot import Snapshot
from callboard.terminal import diff, show_problems, show_results
from callboard.timer import Stop
from callboard.writing import check_switch

Decide = Callable[[argparse.Namespace, Event], Arrange]


def place_session(script: str, doc: str, args: Iterable[str]) -> int:
    """Put the session of an acknowledged task into a free slot."""

    def decide(given: argparse.Namespace, event: Event) -> Arrange:
        if not given.task:
            raise ConfigError("-task: name the task, such as -task:T900012")
        asked = read_slot(given.slot, event)
        return lambda snapshot: place(
            whole_schedules(snapshot), proposal_of(snapshot, given.task), asked, event, snapshot.now
        )

    return _arrange(script, _options(script, doc, slot=True), args, decide, with_board=True)


def move_session(script: str, doc: str, args: Iterable[str]) -> int:
    """Carry a session from its slot to a free one."""

    def decide(given: argparse.Namespace, event: Event) -> Arrange:
        asked, names = read_slot(given.slot, event), {"task": given.task or "", "title": given.title or ""}

        def arrange(snapshot: Snapshot) -> Change:
            schedules = whole_schedules(snapshot)
            half_done = rest_of_move(schedules, asked, event, **names)
            return half_done or move(schedules, named(schedules, event, **names), asked, event, snapshot.now)

        return arrange

    return _arrange(script, _options(script, doc, slot=True, title=True), args, decide)


def withdraw_session(script: str, doc: str, args: Iterable[str]) -> int:
    """Take a session out of the schedule; its place is free again."""

    def decide(given: argparse.Namespace, event: Event) -> Arrange:
        names = {"task": given.task or "", "title": given.title or ""}
        return lambda snapshot: withdraw(*named(whole_schedules(snapshot), event, **names), event)

    return _arrange(script, _options(script, doc, title=True), args, decide)


def _options(script: str, doc: str, *, slot: bool = False, title: bool = False) -> Options:
    options = command.options(script, doc)
    options.value("task", "the session's task, such as T900012", shown="T…")
    if title:
        options.value("title", "or its title, or a part of it that no other session has", shown="TITLE")
    if slot:
        options.value(
            "slot", "day, time and room: 2021-05-22 14:00 / Hacking room 1, Saturday 2pm room 1", shown="SLOT"
        )
    return options


def _needed(given: argparse.Namespace) -> None:
    """Raises ConfigError for an option that is missing or does not fit."""
    if given.task and not (given.task.startswith("T") and given.task[1:].isdecimal()):
        raise ConfigError(f"-task: a task is written like T900012, not {given.task!r}")
    if hasattr(given, "title") and bool(given.task) == bool(given.title):
        raise ConfigError("name the session by -task or by -title, one of them")
    if hasattr(given, "slot") and not given.slot:
        raise ConfigError("-slot: say where to, such as -slot:'2021-05-22 14:00 / Hacking room 1'")


def proposal_of(snapshot: Snapshot, task: str) -> Proposal:
    """The task as the board has it; raises NotPlaced if it is not there."""
    if snapshot.board_note:
        raise NotPlaced(snapshot.board_note)
    found = (snapshot.proposals or {}).get(task)
    if found is None:
        raise NotPlaced(f"{task} is not on the event's board, or cannot be seen")
    return found


def _arrange(
    script: str, options: Options, args: Iterable[str], decide: Decide, *, with_board: bool = False
) -> int:
    """Show the change and the problems that it brings; with -apply, save it."""
    given = options.read(args)

    def job() -> int:
        event = command.event_named(given.event)
        _needed(given)
        if with_board and not event.board:
            raise ConfigError(f"{event.slug}: the event file has no [board]: a task cannot be looked up")
        stop = Stop()
        with stop.listening(), command.opened(given, stop=stop, with_board=with_board) as app:
            return _carried_out(app, given, decide(given, app.event), with_board=with_board)

    return command.guarded(script, lambda: _refusals_told(job))


def _refusals_told(job: Callable[[], int]) -> int:
    try:
        return job()
    except NotPlaced as refusal:
        raise ConfigError(str(refusal)) from None


def _carried_out(app: App, given: argparse.Namespace, arrange: Arrange, *, with_board: bool) -> int:
    console = Console()
    snapshot = app.look()
    if given.confirm:
        snapshot = replace(snapshot, sessions_before={})
    now = arranged(arrange, snapshot)
    _show(console, now)
    if not given.apply:
        console.print("Nothing was written; -apply does what is shown.")
        return command.DONE
    if app.event.pages.off_switch:
        check_switch(snapshot.pages[app.event.pages.off_switch])
    writer = app.writer(snapshot)
    task = now.change.task if with_board else ""
    saved = save_change(Order(arrange, task, confirmed=given.confirm), snapshot, writer, app.board)
    if saved and saved.change.steps != now.change.steps and not now.change.then:
        console.print("[yellow]The page moved meanwhile; this was saved instead:[/]")
        _show(console, saved)
    show_results(console, writer.results)
    return command.DONE if saved else command.PARTLY_FAILED


def _show(console: Console, now: Arranged) -> None:
    say, change = partial(console.print, highlight=False, soft_wrap=True), now.change
    for step in change.steps:
        for line in diff(step.before.text, step.after.text, step.page, step.done):
            say(line)
    for step in change.steps:
        say(f"[bold]{shown(step.did)}[/]")
    for note in change.notes:
        say(f"Note: {shown(note)}")
    if change.withdrawn:
        say(f"Taken off the page:\n{shown(change.withdrawn)}")
    if now.problems:
        console.print("The checks find this new in the result:")
        show_problems(console, now.problems)
    for why in now.stops:
        say(f"[bold red]Stops it unless -confirm is given:[/] {shown(why)}")


def free_slots(script: str, doc: str, args: Iterable[str]) -> int:
    """List the free slots; writes nothing."""
    options = command.options(script, doc, writes=False)
    options.value("minutes", "only slots of at least so many minutes", shown="NUMBER")
    options.value("format", "or as long as a format of the event file: Workshop", shown="FORMAT")
    options.value("day", "only on this day: Saturday, 2021-05-22", shown="DAY")
    options.value("room", "only in this room", shown="ROOM")
    options.value("task", "only when the owner of this task has nothing else, and can", shown="T…")
    options.flag("json", "as JSON, times in UTC")
    options.flag("wikitext", "as a list for a wiki page")
    given = options.read(args)

    def job() -> int:
        command.event_named(given.event)
        with command.opened(given, with_board=bool(given.task)) as app:
            if given.task and app.board is None:
                raise BoardRefused(
                    f"{app.event.slug}: the event file has no [board]: {given.task} cannot be looked up"
                )
            return _list(app, given)

    return command.guarded(script, lambda: _refusals_told(job))


def _list(app: App, given: argparse.Namespace) -> int:
    snapshot, event = app.look(), app.event
    proposal = proposal_of(snapshot, given.task) if given.task else None
    wanted = choice(
        event,
        minutes=given.minutes or "",
        kind=given.format or "",
        day=given.day or "",
        room=given.room or "",
        proposal=proposal,
    )
    helping = signups_of(snapshot)
    found = offers(schedules_of(snapshot), event, wanted, after=snapshot.now, signups=helping)
    asks = list(unsure(found, event, wanted, helping))
    console = Console()
    if given.json or given.wikitext:
        lines = (
            [json.dumps(as_json(found, asks), ensure_ascii=False, indent=2)]
            if given.json
            else as_wikitext(found, event)
        )
        for line in lines:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        return command.DONE
    title = f"{len(found)} free slot{'' if len(found) == 1 else 's'} ({event.zone.key})"
    table = Table("Day", "Room", "From–to", "Minutes", title=title, title_justify="left")
    for day, rooms in by_day(found, event):
        for room, free in rooms:
            for gap in free:
                table.add_row(f"{day:%a} {day}", shown(room), hours(gap, event), str(minutes_in(gap) or "?"))
    console.print(table if found else "No free slot fits.")
    for words in dict.fromkeys(words for _, words in asks):
        console.print(f"Note: {shown(words)}", highlight=False, soft_wrap=True)
    return command.DONE
