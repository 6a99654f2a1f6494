"""Coordinators' comments `slot: …` that are still to be carried out: what would be done, or why it is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from callboard.config import Event
from callboard.model import Problem, Proposal, Schedule, Severity, SlotWish
from callboard.placing import NotPlaced
from callboard.placing.change import Change, told_room
from callboard.placing.checked import errors, new_problems
from callboard.placing.move import matching
from callboard.placing.pages import signups_of, whole_schedules
from callboard.placing.place import place
from callboard.placing.slot_text import SlotAsked, read_slot
from callboard.placing.withdraw import slot_of
from callboard.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Wished:
    """One wish: the change that carries it out, or why a person must look first."""

    proposal: Proposal
    wish: SlotWish
    change: Change | None = None
    why: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be carried out as it is."""
        return self.change is not None and not self.why

    @property
    def reason(self) -> str:
        """Who asked for it, as the end of an edit summary; by it a later run knows that the wish was carried out."""
        return f", as {told_room(self.wish.by)} asked on the task ({self.wish.transaction})"


@dataclass(frozen=True, slots=True)
class Wishes:
    """All wishes that were not carried out yet, and the transactions of those that turn out to be."""

    open: tuple[Wished, ...] = ()
    fulfilled: frozenset[str] = frozenset()


def wishes_in(snapshot: Snapshot) -> Wishes:
    """The wishes on the board; none where the event does not want them.

    A wish counts until it was carried out once: a session that stands anywhere in the schedule is never moved by one, and
    one that people took out again is not put back. Several wishes for one place are none, and all are reported.
    Raises NotPlaced while a page is on hold.
    """
    asked = _asked(snapshot)
    if not asked:
        return Wishes()
    schedules = whole_schedules(snapshot)
    found = [(wish, _wished(proposal, wish, schedules, snapshot)) for proposal, wish in asked]
    fulfilled = frozenset(wish.transaction for wish, one in found if one is None)
    return Wishes(tuple(_without_rivals(one for _, one in found if one)), fulfilled)


def _asked(snapshot: Snapshot) -> list[tuple[Proposal, SlotWish]]:
    return [
        (proposal, proposal.slot)
        for _, proposal in sorted((snapshot.proposals or {}).items())
        if proposal.slot
        and snapshot.event.placing(proposal.board) != "off"
        and proposal.slot.transaction not in snapshot.carried_out
        and proposal.visible
        and not proposal.closed
    ]


def _wished(
    proposal: Proposal, wish: SlotWish, schedules: Sequence[Schedule], snapshot: Snapshot
) -> Wished | None:
    """The wish as it can be carried out; None if its session stands in that very slot."""
    try:
        asked = read_slot(wish.text, snapshot.event)
        if _stands_there(proposal, asked, schedules, snapshot.event):
            return None
        change = place(schedules, proposal, asked, snapshot.event, snapshot.now)
    except NotPlaced as error:
        return Wished(proposal, wish, why=str(error))
    return Wished(proposal, wish, change, why_not(change, schedules, snapshot))


def _stands_there(proposal: Proposal, asked: SlotAsked, schedules: Sequence[Schedule], event: Event) -> bool:
    """Whether the session stands in the slot; raises NotPlaced if it stands elsewhere, for it is not moved unasked."""
    there = [session for _, session in matching(schedules, task=proposal.task)]
    if not there:
        return False
    if any(map(asked.means, there)):
        return True
    raise NotPlaced(
        f"{proposal.task} stands in {slot_of(there[0], event)}; if it is to move, use move_session or move it by hand, else write "
        "“slot: none” on the task"
    )


def why_not(change: Change, schedules: Sequence[Schedule], snapshot: Snapshot) -> str:
    """Why a change needs a person's word: it does not fit, it is over, or it would bring an error; empty if it does not."""
    if change.doubts:
        return change.doubts[0]
    if change.starts and change.starts < snapshot.now:
        return "the slot lies in the past"
    grave = errors(new_problems(change, schedules, signups_of(snapshot), snapshot))
    return f"it would bring an error ({grave[0].code}): {grave[0].message}" if grave else ""


def _without_rivals(found: Iterable[Wished]) -> Iterable[Wished]:
    found = list(found)
    for one in found:
        rivals = [
            other.proposal.task
            for other in found
            if other is not one and _same_place(one.change, other.change)
        ]
        why = f"{', '.join(rivals)} is wanted in the same place; nothing is done until one is left"
        yield replace(one, why=why) if rivals else one


def _same_place(one: Change | None, other: Change | None) -> bool:
    if not one or not other or one.room != other.room or not one.starts or not other.starts:
        return False
    if one.starts > other.starts:
        one, other = other, one
    return one.starts == other.starts or one.ends is None or bool(other.starts and other.starts < one.ends)


def problems_of(wishes: Wishes) -> list[Problem]:
    """What a person must look at: each wish that cannot be carried out, with the reason."""
    return [
        Problem(
            "slot-wish",
            Severity.WARNING,
            f"{wished.wish.by} wrote “slot: {wished.wish.text}” on {wished.proposal.task}, which is not done: "
            + " · ".join(line.strip() for line in wished.why.splitlines()),
            task=wished.proposal.task,
            at=wished.change.starts if wished.change else None,
        )
        for wished in wishes.open
        if wished.why
    ]
