"""What the scripts about helpers share: who covers what, and who could take a gap. They read, and write nothing."""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.markup import escape as shown
from rich.table import Table

from callboard import command
from callboard.app import App
from callboard.config import Event
from callboard.cover import Cover, Stretch, cover
from callboard.cover.hours import joined
from callboard.cover.listing import (
    ahead,
    as_json,
    at_session,
    by_time,
    day_told,
    hours,
    hours_per_person,
    in_role,
    on_day,
    suggested_as_json,
    what,
)
from callboard.cover.suggesting import Suggestion, shared_out
from callboard.cover.telling import length_told, unclear_told
from callboard.errors import ConfigError
from callboard.holding import why_unread
from callboard.notices.facilitator_needed import KIND
from callboard.placing import NotPlaced
from callboard.placing.listing import choice
from callboard.placing.move import named
from callboard.placing.pages import schedules_of, signups_of, whole_schedules
from callboard.snapshot import Snapshot
from callboard.terminal_cover import show_heat_map

MOST_NAMED = 5  # people suggested for one gap in a table; -json has all


def helpers_report(script: str, doc: str, args: Iterable[str]) -> int:
    """Show needs, who covers them, gaps, and the hours of each person."""
    options = command.options(script, doc, writes=False)
    options.flag("gaps", "only the gaps that are not over")
    options.flag("json", "as JSON, times in UTC")
    return _run(script, options.read(args), _report)


def suggest_helpers(script: str, doc: str, args: Iterable[str]) -> int:
    """Show who could take the gaps that are not over."""
    options = command.options(script, doc, writes=False)
    options.value("role", "only gaps of this role", shown="ROLE")
    options.value("day", "only gaps of this day: Saturday, 2021-05-22", shown="DAY")
    options.value(
        "session", "for the session of this title, or a part of it that no other has", shown="TITLE"
    )
    options.value("task", "or for the session of this task", shown="T…")
    options.flag("json", "as JSON, times in UTC")
    return _run(script, options.read(args), _suggest)


Suggested = Sequence[tuple[Stretch, Sequence[Suggestion]]]
Show = Callable[[App, Snapshot, Cover, argparse.Namespace], None]


def _run(script: str, given: argparse.Namespace, show: Show) -> int:
    def job() -> int:
        event = command.event_named(given.event)
        if not event.need:
            raise ConfigError(f"{event.slug}: the event file has no [[need]]: nobody is known to be needed")
        with command.opened(given, with_board=False) as app:
            snapshot = app.look()
            show(app, snapshot, _cover(snapshot), given)
            return command.DONE

    return command.guarded(script, job)


def _cover(snapshot: Snapshot) -> Cover:
    """The cover now; raises ConfigError for a page on hold: everybody on it would seem to be missing."""
    for title in snapshot.event.pages.signups:
        page = snapshot.pages.get(title)
        if page is None or (why := why_unread(page)):
            raise ConfigError(f"[[{title}]] is on hold: {why if page else 'it was not read'}")
    try:
        return cover(snapshot.event, whole_schedules(snapshot), signups_of(snapshot))
    except NotPlaced as held:
        raise ConfigError(str(held)) from None


def _report(app: App, snapshot: Snapshot, known: Cover, given: argparse.Namespace) -> None:
    console = Console()
    if given.json:
        _print_json(console, as_json(known))
        return
    show_cover(
        console, known, app.event, ahead(known, snapshot.now) if given.gaps else by_time(known.stretches)
    )
    if not given.gaps:
        show_heat_map(console, known, app.event)
        _hours_table(console, known)


def show_cover(console: Console, known: Cover, event: Event, listed: Iterable[Stretch]) -> None:
    """These stretches as a table, and how many entries are not counted."""
    table = Table(
        "Day",
        "From–to",
        "What",
        "There",
        "Missing",
        title=_title(known, event.zone.key),
        title_justify="left",
    )
    for one in listed:
        there = ", ".join(shift.person for shift in one.there) or "nobody"
        missing = f"[red]{one.missing}[/]" if one.missing else ""
        day, time = day_told(one.start, event), hours(one.start, one.end, event)
        table.add_row(day, time, shown(what(one.need)), shown(there), missing)
    console.print(table)
    for role in sorted(known.unclear):
        console.print(shown(f"{role}: {unclear_told(known, role)}."), highlight=False)


def _title(known: Cover, zone: str) -> str:
    gaps = len(known.gaps)
    return f"Cover, with {gaps} gap{'' if gaps == 1 else 's'} ({zone})"


def _hours_table(console: Console, known: Cover) -> None:
    table = Table(
        "Person", "Hours", "As", title="Hours per person, overlaps counted once", title_justify="left"
    )
    for person, length, roles in hours_per_person(known):
        table.add_row(shown(person), length_told(length), shown(roles))
    console.print(table)


def _suggest(app: App, snapshot: Snapshot, known: Cover, given: argparse.Namespace) -> None:
    console = Console()
    found = suggested(app, snapshot, known, _chosen(snapshot, known, given))
    if given.json:
        _print_json(console, suggested_as_json(found))
    else:
        show_suggestions(console, found, app.event)


def suggested(app: App, snapshot: Snapshot, known: Cover, gaps: Sequence[Stretch]) -> Suggested:
    """Who could take these gaps; the talk pages of all of them are read, and who wants no messages is left out."""
    found = shared_out(known, gaps, snapshot.accounts, away=[app.wiki.bot])
    return shared_out(known, gaps, snapshot.accounts, away=_opted_out(app, snapshot, found))


def show_suggestions(console: Console, found: Suggested, event: Event) -> None:
    """The gaps with the best few for each."""
    for gap, people in found:
        _show(console, gap, people, event)
    if not found:
        console.print("No gap fits: everything is covered.")


def _chosen(snapshot: Snapshot, known: Cover, given: argparse.Namespace) -> list[Stretch]:
    event = snapshot.event
    gaps = ahead(known, snapshot.now)
    try:
        if given.session or given.task:
            _, session = named(
                schedules_of(snapshot), event, task=given.task or "", title=given.session or ""
            )
            gaps = at_session(known, session, event)
        if given.role:
            gaps = in_role(gaps, given.role, event)
        day = choice(event, day=given.day).day if given.day else None
    except NotPlaced as refusal:
        raise ConfigError(str(refusal)) from None
    except ValueError as refusal:
        raise ConfigError(f"-role: {refusal}") from None
    return on_day(gaps, day, event) if day else gaps


def _opted_out(app: App, snapshot: Snapshot, found: Suggested) -> set[str]:
    """The bot, and everybody whose talk page keeps out what asks them for help."""
    talk = {f"User talk:{one.person}": one.person for _, people in found for one in people}
    writer = app.writer(snapshot)
    pages = app.wiki.read(talk).pages if talk else {}
    return {
        app.wiki.bot,
        *(talk[title] for title, page in pages.items() if not writer.keeps_out(page, KIND).allowed),
    }


def _show(console: Console, gap: Stretch, people: Sequence[Suggestion], event: Event) -> None:
    when = f"{day_told(gap.start, event)}, {hours(gap.start, gap.end, event)} ({event.zone.key})"
    console.print(f"[bold]{shown(what(gap.need))}[/]: {when}, {gap.missing} missing", highlight=False)
    for one in people[:MOST_NAMED]:
        part = (
            ""
            if one.takes == ((gap.start, gap.end),)
            else f" {', '.join(hours(*part, event) for part in joined(one.takes))}"
        )
        console.print(
            f"  {shown(one.person)}{part}: {shown('; '.join(one.reasons))}", highlight=False, soft_wrap=True
        )
    if len(people) > MOST_NAMED:
        console.print(f"  and {len(people) - MOST_NAMED} more")
    if not people:
        console.print("  nobody who signed up is free then")


def _print_json(console: Console, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    console.print(text, markup=False, highlight=False, soft_wrap=True)
