"""Proposals on the wiki: counts, what waits for a slot, suggestions, who is only claimed, and a table of all of them."""

from collections.abc import Iterable, Iterator

from callboard.board_facts import (
    LEFT_OUT,
    ORDER,
    Waiting,
    counts,
    in_order,
    kind_of,
    on_hold,
    out_of_sight,
    rooms,
    totals,
    unverified,
    waiting,
)
from callboard.board_matches import Suggested, suggested
from callboard.config import Event
from callboard.model import ProposalState, State
from callboard.plan import Plan
from callboard.report_problems import TABLE, place_of
from callboard.report_proposal_rows import table_of_all
from callboard.report_tasks import CAPTION, LONGEST, LONGEST_NAME, WIDE, owners, task_link, text, title_of
from callboard.wikitext.escape import escape

MOST_WAITING = 100  # with free slots
FOLDED = 30  # more than so many are folded away
MOST_SUGGESTIONS = 100
MOST_CLAIMS = 50
MOST_ROOMS = 12  # of free slots for one session
_REASON = 300  # characters


def proposals_told(plan: Plan) -> Iterator[str]:
    """The sections; nothing for an event without a board, or if it was never read."""
    if plan.snapshot.event.board and plan.snapshot.proposals is not None:
        yield f"== Proposals ({len(plan.states)}) =="
        if out_of_sight(plan):
            yield "Not worked out just now: a schedule page is on hold, and everything on it would seem to have no slot."
            return
        yield from _counted(plan)
        yield from _waiting(plan)
        yield from _suggested(plan)
        yield from table_of_all(plan)
        yield from _claimed(plan.states)


def proposals_elsewhere(plan: Plan) -> Iterator[str]:
    """What the report page says where the proposals have a page of their own."""
    if plan.snapshot.event.board and plan.snapshot.proposals is not None:
        yield f"== Proposals ({len(plan.states)}) =="
        told = "" if out_of_sight(plan) else f"{totals(plan.states)}. "
        yield f"{told}All of them stand on [[{plan.snapshot.event.pages.proposals}]]."


# --- counts ---


def _counted(plan: Plan) -> Iterator[str]:
    if not plan.states:
        yield "None that the board shows."
        return
    yield f"{totals(plan.states)}."
    if on_hold(plan):
        yield "A schedule page is on hold, so what stands there does not count as scheduled here."
    found = counts(plan.states)
    shown = [state for state in ORDER if any(one.states[state] for one in found)]
    several = len({one.board for one in found}) > 1
    yield WIDE.format(label="Proposals by column and state")
    yield '{| class="wikitable" style="text-align:center"'
    heads = map(str, (*shown, "all"))
    yield f'! scope="col" style="text-align:left;min-width:8em;overflow-wrap:anywhere" | Column !! {" !! ".join(heads)}'
    for one in found:
        board = f"{text(one.board, LONGEST_NAME)}: " if several else ""
        column = text(one.column, LONGEST_NAME) or "no column"
        yield "|-"
        yield f'! scope="row" style="text-align:left;min-width:8em;overflow-wrap:anywhere" | {board}{column}'
        yield f"| {' || '.join(_number(one.states[state]) for state in shown)} || {one.states.total()}"
    if len(found) > 1:
        yield "|-"
        yield '! scope="row" style="text-align:left;min-width:8em;overflow-wrap:anywhere" | all'
        yield f"| {' || '.join(_number(sum(one.states[state] for one in found)) for state in shown)} || {len(plan.states)}"
    yield "|}"
    yield "</div>"


def _number(count: int) -> str:
    return str(count or "·")


# --- what waits for a slot ---


def _waiting(plan: Plan) -> Iterator[str]:
    """Those whom the same slots fit stand together; a long list is folded away."""
    count = sum(one.state is State.ACKNOWLEDGED for one in plan.states)
    if not count:
        return
    event, together = plan.snapshot.event, dict[str, list[str]]()
    for one in waiting(plan, MOST_WAITING):
        proposal = one.state.proposal
        about = filter(None, (text(kind_of(proposal, event), LONGEST_NAME), owners(proposal)))
        told = f"{task_link(proposal)} {title_of(proposal)} ({', '.join(about)})"
        together.setdefault(_fits(one, event), []).append(told)
    yield f"=== Acknowledged, not yet scheduled ({count}) ==="
    yield f"The free slots are long enough, and the owners have nothing else then ({event.zone.key})."
    folded = " mw-collapsible mw-collapsed" if count > FOLDED else ""
    yield WIDE.format(label="Acknowledged, not yet scheduled")
    yield TABLE.replace("wikitable", f"wikitable{folded}")
    if folded:
        yield f"{CAPTION}{count} wait for a slot"
    yield '! style="width:55%" | Proposal !! Free slots that fit'
    for fits, proposals in together.items():
        yield "|-"
        yield f'| {"<br />".join(proposals)} || style="vertical-align:top" | {fits}'
    yield "|}"
    yield "</div>"
    if count > MOST_WAITING:
        yield f"{MOST_WAITING} of {count} are listed."


def _fits(one: Waiting, event: Event) -> str:
    found = [escape(room) for room in rooms(one, event)]
    more = [f"and {len(found) - MOST_ROOMS} more"] if len(found) > MOST_ROOMS else []
    asks = f"<br /><small>{escape('; '.join(one.asks))}</small>" if one.asks else ""
    return ("<br />".join([*found[:MOST_ROOMS], *more]) or escape(one.why) or "none") + asks


# --- what may belong together ---


def _suggested(plan: Plan) -> Iterator[str]:
    found = suggested(plan)
    if found:
        yield f"=== Rows that may be these proposals ({len(found)}) ==="
        yield (
            "The bot links a task by itself where the titles are the same and a verified owner stands in the row."
            " If one of these is right, link it there."
        )
        yield f'{TABLE}\n! style="width:35%" | Row !! style="width:35%" | Proposal !! Why'
        for one in found[:MOST_SUGGESTIONS]:
            yield "|-"
            yield (
                f"| {text(one.session.title, LONGEST)}<br />{place_of(plan, one.page, one.session.line)} ||"
                f" {task_link(one.proposal)} {title_of(one.proposal)} || {_why(one)}"
            )
        yield "|}"
        if len(found) > MOST_SUGGESTIONS:
            yield f"{MOST_SUGGESTIONS} of {len(found)} are listed."


def _why(one: Suggested) -> str:
    return text(one.reason, _REASON)


# --- who is only claimed ---


def _claimed(states: Iterable[ProposalState]) -> Iterator[str]:
    """Who gets no notice, as nobody knows that the wiki account is theirs; of proposals that still matter."""
    named = [
        f"{text(name, LONGEST_NAME)} ({task_link(one.proposal)})"
        for one in in_order(states)
        if one.state not in LEFT_OUT
        for name in unverified(one.proposal)
    ]
    if named:
        more = f" and {len(named) - MOST_CLAIMS} more" if len(named) > MOST_CLAIMS else ""
        yield (
            f"'''Claimed, unverified ({len(named)}):''' {', '.join(named[:MOST_CLAIMS])}{more}. Nobody tells them of the team's yes until"
            " their wiki account is linked on Phabricator, or the event file names it."
        )
