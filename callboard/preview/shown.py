"""A preview for people: what was understood as a table, the problems, the diff, what would be asked."""

from datetime import datetime

from rich.console import Console
from rich.markup import escape as shown
from rich.table import Table

from callboard.config import Event
from callboard.counted import counted
from callboard.model import FreeSlot, Level, ProposedEdit, Schedule, Session, SignUps
from callboard.preview import Preview, entries_of
from callboard.terminal import diff, show_problems


def show(console: Console, seen: Preview, text: str) -> None:
    """Everything, in the order in which a person asks for it."""
    page = seen.page
    table = _sessions(page, seen.event) if isinstance(page, Schedule) else _signups(page, seen.event)
    console.print(table)
    show_problems(console, seen.problems)
    for line in diff(text, seen.tidied.text, page.page):
        console.print(line, highlight=False, soft_wrap=True)
    if seen.tidied.text == text:
        console.print("Nothing to tidy.")
    for edit in seen.edits:
        if edit.level is not Level.SAFE:
            console.print(_asked(edit), highlight=False, soft_wrap=True)


def _asked(edit: ProposedEdit) -> str:
    word = "ask" if edit.level is Level.ASK else "only shown"
    old, new = shown(repr(edit.old)), shown(repr(edit.edit.new))
    return f"[yellow]{word}[/], line {edit.line}, {edit.rule}: {old} → {new}"


def _sessions(page: Schedule, event: Event) -> Table:
    title = (
        f"{counted(len(page.sessions), 'session')}, {counted(len(page.free_slots), 'free slot')}"
        f" (layout: {page.layout}, times: {event.zone})"
    )
    columns = ("Line", "When", "Where", "Session", "Owners", "Facilitators", "Tasks")
    table = Table(*columns, title=title, title_justify="left")
    every: list[Session | FreeSlot] = [*page.sessions, *page.free_slots]
    for one in sorted(every, key=lambda found: found.line):
        when = _when(one.start, one.end, event)
        rest = _session(one) if isinstance(one, Session) else ("[green]free[/]", "", "", "")
        table.add_row(str(one.line), when, shown(one.room or ""), *rest)
    return table


def _session(one: Session) -> tuple[str, str, str, str]:
    owners = ", ".join(person.name for person in one.owners)
    facilitators = ", ".join(person.name for person in one.facilitators)
    tasks = ", ".join(dict.fromkeys(ref.task for ref in one.tasks))
    return shown(one.title), shown(owners), shown(facilitators), tasks


def _signups(page: SignUps, event: Event) -> Table:
    entries = list(entries_of(page))
    title = f"{len(entries)} sign-ups (layout: {page.layout}, times: {event.zone})"
    table = Table("Line", "Role", "Who", "Available", "Comment", title=title, title_justify="left")
    for entry in entries:
        hours = "; ".join(_when(start, end, event) for start, end in entry.availability or ())
        available = f"[yellow]ambiguous: {shown(entry.question)}[/]" if entry.ambiguous else hours
        who = shown(entry.user) if entry.user else "[dim]unknown[/]"
        table.add_row(str(entry.line), shown(entry.role or ""), who, available, shown(entry.comment))
    return table


def _when(start: datetime | None, end: datetime | None, event: Event) -> str:
    if start is None:
        return "?"
    here = start.astimezone(event.zone)
    until = f"–{end.astimezone(event.zone):%H:%M}" if end else ""
    return f"{here:%a} {here.day} {here:%b %H:%M}{until}"
