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
_QUOTE = 100  # characters
_PHID = re.compile(r"PHID-[A-Z]{4}-[\w-]{1,60}", re.ASCII)


def table_of_all(plan: Plan) -> Iterator[str]:
    """The tables, each sortable; those that wait for nobody are folded away."""
    ordered = in_order(plan.states)
    parts = (
        ("Proposals that wait", WAITING, ""),
        ("Scheduled and held", PLACED, " mw-collapsible mw-collapsed"),
        ("Not to be held", LEFT_OUT, " mw-collapsible mw-collapsed"),
    )
    left = MOST
    for title, states, classes in parts:
        found = [one for one in ordered if one.state in states]
        if found and left > 0:
            yield from _table(plan, f"{title} ({len(found)})", found[:left], classes)
        left -= len(found)
    if len(ordered) > MOST:
        yield f"{MOST} of {len(ordered)} are listed."


def _table(plan: Plan, title: str, states: Sequence[ProposalState], classes: str) -> Iterator[str]:
    yield WIDE.format(label=title)
    yield f'{{| class="wikitable sortable{classes}" style="width:100%;overflow-wrap:anywhere"'
    yield f"{CAPTION}{title}"
    yield (
        '! scope="col" style="min-width:5em" | Task !! scope="col" style="min-width:13em" | Title'
        ' !! scope="col" style="min-width:14em" | State, and how that is known !! scope="col" style="min-width:8em" | Owner'
        ' !! scope="col" style="min-width:6em" | Format !! scope="col" style="min-width:9em" | Slot'
        ' !! scope="col" class="unsortable" style="min-width:9em" | Missing !! scope="col" style="min-width:6em" | Submitted'
    )
    for one in states:
        yield "|-"
        yield f"| {' || '.join(_cells(one, plan))}"
    yield "|}"
    yield "</div>"


def _cells(one: ProposalState, plan: Plan) -> Iterator[str]:
    event, proposal = plan.snapshot.event, one.proposal
    yield _sorted_by(number_of(proposal.task), task_link(proposal))
    yield title_of(proposal)
    yield _sorted_by(ORDER.index(one.state), _state(one))
    yield owners(proposal)
    yield text(kind_of(proposal, event), LONGEST_NAME)
    starts = min((session.start for _, session in one.rows if session.start), default=None)
    yield _sorted_by(starts.isoformat() if starts else "~", _slots(one, plan))
    yield "<br />".join(
        [
            *(text(label, LONGEST_NAME) for label in lacks(proposal, event)),
            *(f"''{text(words, _QUOTE)}''" for words in proposal.contradictions),
        ]
    )
    yield _age(one, plan)


def _sorted_by(key: object, cell: str) -> str:
    return f'data-sort-value="{key}" | {cell}'


def _state(one: ProposalState) -> str:
    proofs = [f"<br /><small>{_evidence(one.proposal, proof)}</small>" for proof in evidence(one.proposal)]
    why = "" if one.proposal.acknowledged and proofs else f"<br /><small>{text(one.why, 2 * _QUOTE)}</small>"
    return f"'''{one.state}'''{why if one.why else ''}{''.join(proofs)}"


def _evidence(proposal: Proposal, proof: Evidence) -> str:
    who = f" by {text(proof.by, LONGEST_NAME)}" if proof.by else ""
    at = f", {_time(proof.at)}" if proof.at and proof.at.year > 1970 else ""
    quote = f": “{text(proof.quote, _QUOTE)}”" if proof.quote else ""
    title = f' title="{proof.transaction}"' if _PHID.fullmatch(proof.transaction) else ""
    link = f"<span{title}>[[phab:{proposal.task}|{escape(proof.how)}]]</span>"
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
