"""The outbox on a screen: what goes out now, what later, what is held back, each with its text."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from callboard.counted import counted
from callboard.notices.delivery import Planned
from callboard.notices.telling import when
from callboard.plan import Plan
from callboard.rehearsal import Rehearsed
from callboard.terminal import plain


def show_outbox(console: Console, plan: Plan) -> None:
    """What is planned: first what goes out by itself, then what waits for a person."""
    planned = plan.notices.planned
    later = [one for one in planned if one.at is not None]
    waiting = [one for one in planned if one.at is None]
    if later:
        console.print(_table(later, plan, f"{counted(len(later), 'notice')} later"))
    if waiting:
        console.print(_table(waiting, plan, f"{counted(len(waiting), 'notice')} for a person to decide"))


def _table(planned: Iterable[Planned], plan: Plan, title: str) -> Table:
    table = Table("Goes out", "Notice", "To", "About", "Waits for", title=title, title_justify="left")
    event = plan.snapshot.event
    for one in planned:
        notice = one.notice
        about = notice.values.get("title", notice.subject)
        goes = when(event, one.at) if one.at else "when it is let go"
        table.add_row(
            goes,
            notice.kind,
            plain(notice.recipient),
            plain(about),
            plain(one.why) or "its time",
        )
    return table


def show_texts(console: Console, texts: Iterable[Rehearsed]) -> None:
    """Each notice as it would be posted, or why it would not."""
    for one in texts:
        console.print(f"[bold]{one.notice.kind}[/] on {plain(one.talk)}", highlight=False, soft_wrap=True)
        if one.why_not:
            console.print(f"  [yellow]not posted:[/] {plain(one.why_not)}", highlight=False, soft_wrap=True)
            continue
        console.print(f"  == {plain(one.heading)} ==", highlight=False, soft_wrap=True)
        for line in one.wikitext.splitlines():
            console.print(f"  {plain(line)}", highlight=False, soft_wrap=True)
