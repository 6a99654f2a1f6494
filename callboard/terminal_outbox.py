"""The outbox on a screen: what goes out now, what later, what is held back, each with its text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice with its text as it would stand on the talk page; without a text, why the wiki did not give it."""

    rehearsed: Rehearsed
    text: str = ""
    why_not: str = ""


def show_texts(console: Console, texts: Iterable[Standing]) -> None:
    """Each notice as it would stand on the page, or why it would not be posted; where nobody gave its text, the bare call."""
    for one in texts:
        for line in _lines(one):
            console.print(line, highlight=False, soft_wrap=True)


def _lines(one: Standing) -> Iterator[str]:
    notice = one.rehearsed
    yield f"[bold]{notice.notice.kind}[/] on {plain(notice.talk)}"
    if notice.why_not:
        yield f"  [yellow]not posted:[/] {plain(notice.why_not)}"
    elif one.text:
        yield from (f"  {plain(line)}".rstrip() for line in one.text.splitlines())
    else:
        yield f"  [yellow]as it would be sent, not as it would stand there:[/] {plain(one.why_not)}"
        yield f"  == {plain(notice.heading)} =="
        yield from (f"  {plain(line)}" for line in notice.wikitext.splitlines())
