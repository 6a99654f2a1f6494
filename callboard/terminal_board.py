"""Proposals in the terminal and for programs: counts, a table, what waits with free slots, suggestions, projects."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from callboard.board_facts import (
    ORDER,
    Evidence,
    Waiting,
    counts,
    days_old,
    evidence,
    fits_told,
    in_order,
    kind_of,
    lacks,
    on_hold,
    slots,
    told,
    totals,
    unverified,
    verified,
    waiting,
)
from callboard.board_matches import suggested
from callboard.counted import counted
from callboard.model import Proposal, ProposalState, State
from callboard.placing.listing import as_json as slots_as_json
from callboard.plan import Plan
from callboard.report_projects import projects, wanted
from callboard.terminal import plain

_COLOURS = {
    State.ACKNOWLEDGED: "yellow",
    State.INCOMPLETE: "red",
    State.SCHEDULED: "green",
    State.HELD: "green",
}
_HEADS = ("Task", "Title", "State", "How that is known", "Owner", "Format", "Slot", "Missing", "Days")
_ONLY_WIDE = frozenset({"How that is known", "Format"})
_WIDE = 120  # columns


def show_board(console: Console, plan: Plan) -> None:
    """All of it, in the order in which a person asks."""
    if plan.snapshot.board_note:
        console.print(f"[yellow]As last read:[/] {plain(plan.snapshot.board_note)}")
    if on_hold(plan):
        console.print("[yellow]A schedule page is on hold:[/] what stands there does not count as scheduled.")
    show_counts(console, plan)
    if plan.states:
        console.print(_table(plan, wide=console.width >= _WIDE))
    show_waiting(console, plan)
    _show_suggestions(console, plan)
    _show_projects(console, plan)


def show_counts(console: Console, plan: Plan) -> None:
    """How many proposals there are of each state, and in each column of the board."""
    console.print(f"{counted(len(plan.states), 'proposal')}: {totals(plan.states)}.", highlight=False)
    if plan.states:
        console.print(_counts(plan))


def _counts(plan: Plan) -> Table:
    found = counts(plan.states)
    states = [state for state in ORDER if any(one.states[state] for one in found)]
    boards = len({one.board for one in found}) > 1
    table = Table("Column", *map(str, states), "all")
    for one in found:
        name = f"{one.board}: {one.column}" if boards else one.column
        numbers = (str(one.states[state] or "·") for state in states)
        table.add_row(plain(name or "no column"), *numbers, str(one.states.total()))
    return table


def _table(plan: Plan, *, wide: bool) -> Table:
    """A row each; a column in which nobody has anything is left out, and in a narrow terminal what `explain` tells."""
    rows = [_row(one, plan) for one in in_order(plan.states)]
    kept = [
        number
        for number, head in enumerate(_HEADS)
        if any(row[number] for row in rows) and (wide or head not in _ONLY_WIDE)
    ]
    table = Table(*(_HEADS[number] for number in kept))
    for row in rows:
        table.add_row(*(row[number] for number in kept))
    return table


def _row(one: ProposalState, plan: Plan) -> tuple[str, ...]:
    event, proposal = plan.snapshot.event, one.proposal
    age = days_old(proposal, event, plan.snapshot.now)
    return (
        proposal.task,
        plain(proposal.title),
        f"[{_COLOURS.get(one.state, 'dim')}]{one.state}[/]",
        "\n".join(map(plain, known_by(one))),
        plain(people(proposal)),
        plain(kind_of(proposal, event)),
        "\n".join(map(plain, slots(one, event))),
        "\n".join(map(plain, (*lacks(proposal, event), *proposal.contradictions))),
        "" if age is None else str(age),
    )


def known_by(one: ProposalState) -> Iterator[str]:
    """The evidence in a line each; else why it is in that state."""
    proofs = [told(proof) for proof in evidence(one.proposal)]
    yield from proofs if one.proposal.acknowledged else filter(None, (one.why, *proofs))


def people(proposal: Proposal) -> str:
    """Who is known, who is only claimed; else who filed the task."""
    claimed = (f"{name} (claimed, unverified)" for name in unverified(proposal))
    author = f"{proposal.author} on Phabricator" if proposal.author else ""
    return ", ".join((*verified(proposal), *claimed)) or author


def show_waiting(console: Console, plan: Plan) -> None:
    """What has its yes and no row, with the free slots that fit."""
    found = waiting(plan)
    if found:
        title = f"{len(found)} acknowledged, not yet scheduled ({plan.snapshot.event.zone.key})"
        table = Table("Task", "Title", "Free slots that fit", title=title, title_justify="left")
        for one in found:
            proposal = one.state.proposal
            table.add_row(proposal.task, plain(proposal.title), plain(fits_told(one, plan.snapshot.event)))
        console.print(table)


def _show_suggestions(console: Console, plan: Plan) -> None:
    for one in suggested(plan):
        row = f'"{one.session.title}" ({one.page}:{one.session.line})'
        console.print(
            f"May be {one.proposal.task}: {plain(row)}: {plain(one.reason)}",
            highlight=False,
            soft_wrap=True,
        )


def _show_projects(console: Console, plan: Plan) -> None:
    found = projects(plan)
    if found:
        table = Table(
            "Task", "Project", "Owner", "Help wanted", "Status", title="Projects", title_justify="left"
        )
        for one in found:
            table.add_row(
                one.task, plain(one.title), plain(people(one)), plain(wanted(one)), plain(one.status)
            )
        console.print(table)


# --- for programs ---


def board_as_json(plan: Plan) -> str:
    """One object: counts, proposals in the order of the report, suggestions, projects; times are UTC, null where unknown."""
    fitting = {one.state.proposal.task: one for one in waiting(plan)}
    return json.dumps(
        {
            "counts": [
                {"board": one.board, "column": one.column, "states": {str(s): one.states[s] for s in ORDER}}
                for one in counts(plan.states)
            ],
            "proposals": [_facts(one, plan, fitting.get(one.proposal.task)) for one in in_order(plan.states)],
            "suggestions": [
                {
                    "task": one.proposal.task,
                    "page": one.page,
                    "line": one.session.line,
                    "title": one.session.title,
                    "reason": one.reason,
                }
                for one in suggested(plan)
            ],
            "projects": [_project(one) for one in projects(plan)],
        },
        indent=2,
        ensure_ascii=False,
    )


def _facts(one: ProposalState, plan: Plan, fitting: Waiting | None) -> dict[str, object]:
    event, proposal = plan.snapshot.event, one.proposal
    return {
        "task": proposal.task,
        "title": proposal.title,
        "state": str(one.state),
        "why": one.why,
        "evidence": [_proof(proof) for proof in evidence(proposal)],
        "author": proposal.author,
        "owners": list(verified(proposal)),
        "unverified": list(unverified(proposal)),
        "format": proposal.format,
        "fields": dict(proposal.fields),
        "missing": list(proposal.missing),
        "contradictions": list(proposal.contradictions),
        "board": proposal.board,
        "column": proposal.column,
        "status": proposal.status,
        "rows": [
            {
                "page": page,
                "line": row.line,
                "start": _instant(row.start),
                "end": _instant(row.end),
                "room": row.room,
            }
            for page, row in one.rows
        ],
        "submitted": _instant(proposal.submitted),
        "days": days_old(proposal, event, plan.snapshot.now),
        "free_slots": slots_as_json(fitting.fits) if fitting else [],
    }


def _proof(proof: Evidence) -> dict[str, object]:
    return {
        "holds": proof.holds,
        "by": proof.by,
        "at": _instant(proof.at),
        "how": proof.how,
        "transaction": proof.transaction,
        "quote": proof.quote,
    }


def _project(one: Proposal) -> dict[str, object]:
    return {
        "task": one.task,
        "title": one.title,
        "owners": list(verified(one)),
        "unverified": list(unverified(one)),
        "author": one.author,
        "help_wanted": wanted(one),
        "status": one.status,
        "column": one.column,
    }


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
