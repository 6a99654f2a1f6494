"""What reports tell of proposals, in the same words on the wiki, in the terminal and for programs.

Counts by column and state, the evidence of a yes, who is known and who only claimed, slot, age, and the free slots that fit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from callboard.checks.phrasing import when
from callboard.config import Event
from callboard.model import Acknowledgement, Proposal, ProposalState, Session, State, Withdrawal
from callboard.placing import NotPlaced
from callboard.placing.listing import by_day, choice, hours, unsure
from callboard.plan import Plan
from callboard.slots.fitting import minutes_of, offers
from callboard.slots.gaps import Gap

# What waits for somebody, what has its place, what will not be held; within each what presses comes first.
WAITING = (State.ACKNOWLEDGED, State.INCOMPLETE, State.PROPOSED)
PLACED = (State.SCHEDULED, State.HELD)
LEFT_OUT = (State.TOO_LATE, State.CLOSED_TRACK, State.DECLINED, State.WITHDRAWN, State.DUPLICATE)
ORDER = (*WAITING, *PLACED, *LEFT_OUT)

UNKNOWN_YEAR = 1970  # of a yes in a file that does not say when
MOST_ROOMS = 4  # of free slots for a session, where they stand in one line

_BY = {
    "comment": "comment",
    "column": "move to a column",
    "tag": "tag",
    "status": "status",
}
_BACK = {
    "said": "taken back in a comment",
    "edited": "edited out of the comment",
    "removed": "the comment was removed",
    "moved": "the card was moved out of its column",
    "untagged": "the tag was taken off",
    "status": "the status was changed",
}


def in_order(states: Iterable[ProposalState]) -> list[ProposalState]:
    """By state, what waits for somebody first; then by the task's number."""
    return sorted(states, key=lambda one: (ORDER.index(one.state), number_of(one.proposal.task)))


def number_of(task: str) -> int:
    """The number in `T900001`; 0 for what is none."""
    return int(task[1:]) if task[1:].isdecimal() else 0


# --- counts ---


@dataclass(frozen=True, slots=True)
class Count:
    """How many proposals of each state lie in a column of a board; `column` is empty where the board tells none."""

    board: str
    column: str
    states: Counter[State]


def counts(states: Iterable[ProposalState]) -> list[Count]:
    """A count for each column in which a proposal lies, by board and name."""
    found: dict[tuple[str, str], Counter[State]] = {}
    for one in states:
        found.setdefault((one.proposal.board, one.proposal.column), Counter())[one.state] += 1
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1].casefold(), item[0][1]))
    return [Count(board, column, counted) for (board, column), counted in ordered]


def totals(states: Iterable[ProposalState]) -> str:
    """`12 acknowledged, 3 incomplete, 20 proposed`, without what there is none of; "none" for nothing at all."""
    counted = Counter(one.state for one in states)
    return ", ".join(f"{counted[state]} {state}" for state in ORDER if counted[state]) or "none"


# --- evidence ---


@dataclass(frozen=True, slots=True)
class Evidence:
    """A yes or its end: by whom, when, by what, which transaction, in which words. `holds` is False for one that is over."""

    holds: bool
    by: str
    at: datetime | None
    how: str  # in words
    transaction: str
    quote: str = ""


def evidence(proposal: Proposal) -> list[Evidence]:
    """The yes that holds; else the one that was there, and what ended it. A task that was closed had its yes before."""
    if yes := proposal.acknowledged:
        return [_given(yes, holds=True)]
    if back := proposal.withdrawn:
        return [_given(back.of, holds=False), _taken(back)]
    was = proposal.was_acknowledged
    return [_given(was, holds=False)] if was else []


def _given(yes: Acknowledgement, *, holds: bool) -> Evidence:
    how = _BY.get(yes.sign, yes.sign)
    return Evidence(holds, yes.by, yes.at, how if holds else f"earlier {how}", yes.transaction, yes.quote)


def _taken(back: Withdrawal) -> Evidence:
    return Evidence(False, back.by, back.at, _BACK.get(back.how, back.how), back.transaction, back.quote)


def told(proof: Evidence) -> str:
    """`comment by lea, 2021-05-10 09:30: "Acknowledged"`."""
    by = f" by {proof.by}" if proof.by else ""
    at = f", {proof.at:%Y-%m-%d %H:%M}" if proof.at and proof.at.year > UNKNOWN_YEAR else ""
    quote = f': "{proof.quote}"' if proof.quote else ""
    return f"{proof.how}{by}{at}{quote}"


# --- people ---


def verified(proposal: Proposal) -> tuple[str, ...]:
    """The wiki accounts that are known to be the author's or a speaker's, each once."""
    return tuple(dict.fromkeys((*proposal.owners, *(one.name for one in proposal.claims if one.verified))))


def unverified(proposal: Proposal) -> tuple[str, ...]:
    """The wiki accounts that the task names and that nobody knows to be a person's of the task: they get no notice."""
    known = set(verified(proposal))
    named = (one.name for one in proposal.claims) if proposal.claims else proposal.claimed_names
    return tuple(dict.fromkeys(name for name in named if name not in known))


# --- what is asked for, where it stands, how old it is ---


def kind_of(proposal: Proposal, event: Event) -> str:
    """`Workshop, 55 min`: the format as read, or as the task has it; empty if it says neither."""
    minutes = minutes_of(proposal, event)
    form = proposal.format or proposal.fields.get("format", "")
    return ", ".join(part for part in (form, f"{minutes} min" if minutes else "") if part)


def lacks(proposal: Proposal, event: Event) -> list[str]:
    """The missing fields as the event's template calls them, in its order."""
    board = event.board_of(proposal.board)
    labels = board.fields.labels() if board else {}
    return [next(iter(labels.get(name, ())), name) for name in proposal.missing]


def slots(state: ProposalState, event: Event) -> Iterator[str]:
    """`Sat 22 May 14:00–14:55 UTC, Hacking room 1`, a row each."""
    for _, session in state.rows:
        yield slot_of(session, event)


def slot_of(session: Session, event: Event) -> str:
    """When and where a row has its session."""
    told = when(session.start, session.end, event)
    return f"{told}, {session.room}" if session.room else told


def days_old(proposal: Proposal, event: Event, now: datetime) -> int | None:
    """Calendar days since it was submitted, in the event's zone: so a list of them changes once a day."""
    if proposal.submitted is None:
        return None
    here = now.astimezone(event.zone).date()
    return max(0, (here - proposal.submitted.astimezone(event.zone).date()).days)


# --- room for those that wait ---


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session with a yes and without a row, and the free slots that fit it."""

    state: ProposalState
    fits: tuple[Gap, ...]
    asks: tuple[str, ...]  # what an owner should be asked before, as they may help elsewhere then
    why: str = ""  # why nothing is offered


def waiting(plan: Plan, most: int | None = None) -> list[Waiting]:
    """The acknowledged sessions that are in no row, with room for the first `most` of them; nothing is offered while a page is on hold."""
    found = in_order(one for one in plan.states if one.state is State.ACKNOWLEDGED)
    return [offered(one, plan) for one in found[:most]]


def offered(state: ProposalState, plan: Plan) -> Waiting:
    """The free slots that lie ahead and are long enough, when its verified owners have nothing else and can."""
    event, proposal = plan.snapshot.event, state.proposal
    if on_hold(plan):
        return Waiting(state, (), (), "a schedule page is on hold, so nobody knows what is free")
    try:
        wanted = choice(event, proposal=proposal)
    except NotPlaced as refusal:
        return Waiting(state, (), (), str(refusal))
    found = offers(plan.schedules, event, wanted, after=plan.snapshot.now, signups=plan.signups)
    asks = dict.fromkeys(told for _, told in unsure(found, event, wanted, plan.signups))
    return Waiting(state, tuple(found), tuple(asks))


def fits_told(one: Waiting, event: Event) -> str:
    """`Sat 22 May, Room 1: 14:00–15:00, 16:00–17:00; …`, or why there is none."""
    found = rooms(one, event)
    more = [f"and {len(found) - MOST_ROOMS} more"] if len(found) > MOST_ROOMS else []
    return "; ".join([*found[:MOST_ROOMS], *more, *one.asks]) or one.why or "none"


def rooms(one: Waiting, event: Event) -> list[str]:
    """`Sat 22 May, Room 1: 14:00–15:00, 16:00–17:00`, for each day and room in which it fits."""
    return [
        f"{day:%a} {day.day} {day:%b}, {room}: {', '.join(hours(gap, event) for gap in free)}"
        for day, of_day in by_day(one.fits, event)
        for room, free in of_day
    ]


def on_hold(plan: Plan) -> bool:
    """Whether a schedule page was not read whole, so that its sessions would seem to be gone."""
    return len(plan.schedules) < len(plan.snapshot.event.pages.schedule)


def out_of_sight(plan: Plan) -> bool:
    """Whether sessions stood on a page that is on hold now: of a schedule that was never made nothing is missed."""
    seen = {schedule.page for schedule in plan.schedules}
    before = plan.snapshot.sessions_before
    return any(before.get(title) for title in plan.snapshot.event.pages.schedule if title not in seen)
