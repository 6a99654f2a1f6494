"""Plans and results in the terminal: diffs in colour, notices, problems, requests."""

import difflib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape as shown
from rich.table import Table

from callboard.counted import counted
from callboard.model import BoardChange, Notice, Problem, Severity
from callboard.notices.telling import when
from callboard.plan import PagePlan, Plan
from callboard.wikitext.escape import plain_line
from callboard.writing import Results, why_stopped

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def plain(text: str) -> str:
    """Somebody else's words on one line of a screen, where they colour nothing and turn nothing around."""
    return shown(plain_line(text))


def diff(before: str, after: str, title: str, done: str = "tidied") -> Iterator[str]:
    """A unified diff with rich's colours, one line of context; `done` is what was done to the page."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), title, f"{title} ({done})", n=1, lineterm=""
    )
    for line in lines:
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "dim")
        yield f"[{colour}]{shown(line)}[/]"


def show_plan(console: Console, plan: Plan, *, most_lines: int | None = None) -> None:
    """Everything that the plan would do, and everything that a person must look at."""
    switch = plan.snapshot.pages.get(plan.snapshot.event.pages.off_switch)
    if switch and (why := why_stopped(switch)):
        console.print(f"[bold red]Stopped from the wiki:[/] {shown(why)}")
    for page in plan.pages:
        _show_page(console, page, most_lines)
    _show_notices(console, plan, plan.notices.now)
    for change in plan.board_changes:
        _show_on_task(console, change, plan)
    show_problems(console, plan.problems, plan.accepted)
    for brake in (*plan.brakes, *plan.task_brakes):
        console.print(f"[bold red]Stopped by a brake:[/] {shown(brake)}")
    if plan.empty:
        console.print("Nothing to do.")


def _show_page(console: Console, page: PagePlan, most_lines: int | None) -> None:
    if page.unread or page.held:
        console.print(f"[yellow]{shown(page.title)}[/]: {shown(page.unread or page.held)}")
    if not page.changes:
        return
    lines = list(diff(page.page.text or "", page.text, page.title))
    for line in lines[:most_lines]:
        console.print(line, highlight=False, soft_wrap=True)
    if most_lines is not None and len(lines) > most_lines:
        console.print(f"[dim]… and {counted(len(lines) - most_lines, 'more line')} of this diff[/]")
    console.print(
        f"{shown(page.title)}: {counted(len(page.applied), 'edit')} by {', '.join(page.rules)}; {len(page.asks)} to ask about\n"
    )


def _show_notices(console: Console, plan: Plan, notices: Iterable[Notice]) -> None:
    listed = list(notices)
    if not listed:
        return
    table = Table(
        "Notice",
        "To",
        "About",
        "Useful until",
        title=counted(len(listed), "notice"),
        title_justify="left",
    )
    for notice in listed:
        until = when(plan.snapshot.event, notice.until)
        table.add_row(
            notice.kind, shown(notice.recipient), shown(notice.values.get("title", notice.subject)), until
        )
    console.print(table)


def show_planned(console: Console, plan: Plan) -> None:
    """How many notices are to come; `send_notices` lists them."""
    planned = plan.notices.planned
    waiting = sum(one.at is None for one in planned)
    if planned:
        waits = f", {waiting} of them when a person lets them go" if waiting else ""
        console.print(f"{counted(len(planned), 'notice')} later{waits}: send_notices shows them.")


def _show_on_task(console: Console, change: BoardChange, plan: Plan) -> None:
    """What would be written on a task, word for word, and where its card would go."""
    board = plan.snapshot.event.board_of(change.board)
    column = (board.writes.column if board else "") or change.column
    move = f"card to “{column}”" if change.column else ""
    comment = f"comment ({change.kind})" if change.text else ""
    what = ", ".join(part for part in (comment, move) if part)
    console.print(f"[cyan]{change.task}[/]: {shown(what)}; {shown(change.why)}", highlight=False)
    for line in change.text.splitlines():
        console.print(f"[green]+{shown(line)}[/]", highlight=False, soft_wrap=True)


def show_problems(console: Console, problems: Iterable[Problem], accepted: Iterable[Problem] = ()) -> None:
    """The problems as a table, the most urgent first; then those that organisers acknowledged."""
    listed, stay = list(problems), list(accepted)
    if listed:
        table = Table("", "Where", "What", title=counted(len(listed), "problem"), title_justify="left")
        for problem in listed:
            sign = f"[{_COLOURS[problem.severity]}]{problem.severity}[/]"
            table.add_row(sign, shown(_place(problem)), shown(problem.message + _history(problem)))
        console.print(table)
    else:
        console.print("No problems.")
    if stay:
        table = Table("By", "Where", "What", title=f"{len(stay)} acknowledged", title_justify="left")
        for problem in stay:
            by = problem.accepted.by if problem.accepted else ""
            table.add_row(shown(by), shown(_place(problem)), shown(problem.message))
        console.print(table)


def _place(problem: Problem) -> str:
    return f"{problem.page}:{problem.line}" if problem.line else problem.page or problem.task or ""


def _history(problem: Problem) -> str:
    """Who changed the row, and since when the problem stands; nothing where neither is known, as for a saved page."""
    changed = (
        f"{problem.changed_by or 'a hidden user'}, {_time(problem.changed_at)}" if problem.changed_at else ""
    )
    since = f"since {_time(problem.since)}" if problem.since else ""
    told = "; ".join(part for part in (changed, since) if part)
    return f" [{told}]" if told else ""


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def problems_as_json(problems: Iterable[Problem], accepted: Iterable[Problem] = ()) -> str:
    """A list of objects with the same keys each, in the order of the report; times are UTC, null where unknown."""
    return json.dumps([_facts(problem) for problem in (*problems, *accepted)], indent=2, ensure_ascii=False)


def _facts(problem: Problem) -> dict[str, object]:
    accepted = problem.accepted
    return {
        "id": problem.key,
        "code": problem.code,
        "severity": problem.severity.value,
        "page": problem.page,
        "line": problem.line,
        "text": problem.text,
        "message": problem.message,
        "task": problem.task,
        "at": _instant(problem.at),
        "changed_by": problem.changed_by or None,
        "changed_at": _instant(problem.changed_at),
        "since": _instant(problem.since),
        "accepted": {"by": accepted.by, "at": _instant(accepted.at), "page": accepted.page}
        if accepted
        else None,
    }


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def show_results(console: Console, results: Results) -> None:
    """What was written, what was held and why, what failed."""
    for written in results.written:
        merged = ", merged with somebody's edit" if written.merged else ""
        console.print(
            f"[green]saved[/] {shown(written.page)}: {written.what} ({written.size:+d} characters, revision {written.revid}{merged})",
            highlight=False,
        )
    for one in results.on_tasks:
        console.print(f"[green]wrote[/] {one.task}: {shown(one.what)} ({one.transaction})", highlight=False)
    for held in results.held:
        console.print(
            f"[yellow]held[/] {shown(held.what)} {shown(held.page)}: {shown(held.why)}", highlight=False
        )
    for failure in results.failed:
        console.print(f"[red]failed[/] {shown(failure)}", highlight=False)
