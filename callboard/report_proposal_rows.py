"""The table of proposals: state and evidence, owner, format, slot, what is missing, age.

A transaction has no address of its own (Phabricator renders several as one, under the number of one of them), so a link leads
to the task, and the transaction stands in its title.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from callboard.board_facts import (
    LEFT_OUT,
    ORDER,
    PLACED,
    UNKNOWN_YEAR,
    WAITING,
    Evidence,
    days_old,
    evidence,
    in_order,
    kind_of,
    lacks,
    number_of,
    slots,
)
from callboard.model import Proposal, ProposalState
from callboard.plan import Plan
from callboard.report_tasks import CAPTION, LONGEST_NAME, WIDE, owners, task_link, text, title_of
from callboard.wikitext.escape import escape

MOST = 500  # proposals listed, those that wait first
_QUOTE = 60  # characters
_PHID = re.compile(r"PHID-[A-Z]{4}-[A-Za-z0-9-]{1,60}")


def table_of_all(plan: Plan) -> Iterator[str]:
    """The tables, each sortable; those that wait for nobody are folded away."""
    ordered = in_order(plan.states)
    parts = (
        ("Proposals that wait", WAITING, ""),
        ("Scheduled and held", PLACED, " mw-collapsible mw-collapsed"),
        ("Not to be held", LEFT_OUT, " mw-collapsible mw-collapsed"),
    )
    left = MOST
    if ordered:
        yield "=== All proposals ==="
    for title, states, classes in parts:
        found = [one for one in ordered if one.state in states]
        if found and left > 0:
            yield from _table(plan, f"{title} ({len(found)})", found[:left], classes)
        left -= len(found)
    if len(ordered) > MOST:
        yield f"{MOST} of {len(ordered)} are listed."


def _table(plan: Plan, title: str, states: Sequence[ProposalState], classes: str) -> Iterator[str]:
    """The rows; a column in which nobody has anything is left out."""
    rows = [tuple(_cells(one, plan)) for one in states]
    kept = [number for number in range(len(_HEADS)) if any(row[number][1] for row in rows)]
    yield WIDE.format(label=title)
    yield f'{{| class="wikitable sortable{classes}" style="width:100%;overflow-wrap:anywhere"'
    yield f"{CAPTION}{title}"
    heads = (f'scope="col" style="min-width:{width}" | {head}' for head, width in (_HEADS[n] for n in kept))
    yield f"! {' !! '.join(heads)}"
    for row in rows:
        yield "|-"
        yield f"| {' || '.join(_sorted_by(*row[number]) for number in kept)}"
    yield "|}"
    yield "</div>"


# The columns, each with the width that it does not go below.
_HEADS = (
    ("Task", "4.5em"),
    ("Title", "10em"),
    ("State, and how that is known", "11em"),
    ("Owner", "5em"),
    ("Format", "5em"),
    ("Slot", "7em"),
    ("Missing", "6em"),
    ("Submitted", "6em"),
)


def _cells(one: ProposalState, plan: Plan) -> Iterator[tuple[object, str]]:
    """What each cell is sorted by, None for its text; and its text."""
    event, proposal = plan.snapshot.event, one.proposal
    yield number_of(proposal.task), task_link(proposal)
    yield None, title_of(proposal)
    yield ORDER.index(one.state), _state(one)
    yield None, owners(proposal)
    yield None, text(kind_of(proposal, event), LONGEST_NAME)
    starts = min((session.start for _, session in one.rows if session.start), default=None)
    yield starts.isoformat() if starts else "~", _slots(one, plan)
    missing = [text(label, LONGEST_NAME) for label in lacks(proposal, event)]
    yield (
        None,
        "<br />".join([*missing, *(f"''{text(words, _QUOTE)}''" for words in proposal.contradictions)]),
    )
    yield None, _age(one, plan)


def _sorted_by(key: object, cell: str) -> str:
    return cell if key is None else f'data-sort-value="{key}" | {cell}'


def _state(one: ProposalState) -> str:
    proofs = [f"<br /><small>{_evidence(one.proposal, proof)}</small>" for proof in evidence(one.proposal)]
    why = "" if one.proposal.acknowledged and proofs else f"<br /><small>{text(one.why, 2 * _QUOTE)}</small>"
    return f"'''{one.state}'''{why if one.why else ''}{''.join(proofs)}"


def _evidence(proposal: Proposal, proof: Evidence) -> str:
    who = f" by {text(proof.by, LONGEST_NAME)}" if proof.by else ""
    at = f", {_time(proof.at)}" if proof.at and proof.at.year > UNKNOWN_YEAR else ""
    quote = f": “{text(proof.quote, _QUOTE)}”" if proof.quote else ""
    title = f' title="{proof.transaction}"' if _PHID.fullmatch(proof.transaction) else ""
    link = f"<span{title}>[[phab:{proposal.task}|{text(proof.how, LONGEST_NAME)}]]</span>"
    return f"{link}{who}{at}{quote}"


def _slots(one: ProposalState, plan: Plan) -> str:
    told = list(slots(one, plan.snapshot.event))
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return "<br />".join(escape(slot) for slot in told[:3]) + more


def _age(one: ProposalState, plan: Plan) -> str:
    """The day; for what waits also how long ago that is, in days, so that a page changes once a day at most."""
    submitted = one.proposal.submitted
    if submitted is None:
        return ""
    days = days_old(one.proposal, plan.snapshot.event, plan.snapshot.now)
    age = f"<br /><small>{days} {'day' if days == 1 else 'days'} ago</small>" if one.state in WAITING else ""
    return f"{submitted.astimezone(plan.snapshot.event.zone):%Y-%m-%d}{age}"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
