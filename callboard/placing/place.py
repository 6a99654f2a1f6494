"""Putting a task's session into a free slot, written as the page's neighbours are."""

from collections.abc import Sequence
from datetime import datetime

from callboard.config import Event
from callboard.model import Proposal, Schedule
from callboard.placing.change import Change, Draft, Find
from callboard.placing.fill import by_hand, fill, texts_for, to_put
from callboard.placing.put_row import put_in_row
from callboard.placing.slot_text import SlotAsked
from callboard.placing.target import Bare, Near, Target, choose, reaching
from callboard.placing.wanted import Wanted, check_may_be_placed, check_not_there
from callboard.slots.fitting import minutes_of


def place(
    schedules: Sequence[Schedule],
    proposal: Proposal,
    asked: SlotAsked,
    event: Event,
    now: datetime | None = None,
) -> Change:
    """The page with the proposal's session in the slot that is meant; raises NotPlaced with the reason and the way out.

    Only an acknowledged task is placed, and only once. Owners are the verified ones; names that a description claims
    are not written.
    """
    check_may_be_placed(proposal)
    check_not_there(schedules, proposal)
    minutes = minutes_of(proposal, event)
    near = Near(schedules, event, now, minutes)
    found = choose(schedules, asked, near)
    if isinstance(found, Bare):
        return put_in_row(schedules, proposal, asked, found, near)
    page, slot = found
    wanted = Wanted.of(proposal, page)
    texts = texts_for(page, slot, wanted, event)
    with by_hand(to_put(page, slot.span.start, texts)):
        target = reaching(page, slot, asked, near)
        draft = Draft(page, event)
        draft.lengthen(target)
        fill(draft, slot, texts)
        after = draft.result(Find(wanted, target))
    notes = [*wanted.notes, *_notes(proposal, minutes, target)]
    return draft.change(target, after, f"placed {proposal.task} in", notes, proposal.task)


def _notes(proposal: Proposal, minutes: int | None, target: Target) -> list[str]:
    notes = []
    if minutes is None:
        notes.append(f"{proposal.task} says no length; it gets the slot as it stands")
    if target.end is None:
        notes.append("the page does not say until when the slot lasts")
    return notes
