"""Putting a task's session into a free slot, written as the page's neighbours are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from callboard.config import Event
from callboard.model import FreeSlot, Proposal, Schedule
from callboard.placing import NotPlaced
from callboard.placing.cells import lead, place_of, put_in, where
from callboard.placing.change import Change, Draft, Find, told_room
from callboard.placing.put_row import put_in_row
from callboard.placing.rows import RowCells, cells_of, is_open
from callboard.placing.slot_text import SlotAsked
from callboard.placing.style import Style, for_arguments, in_one_line, learn
from callboard.placing.target import Bare, Target, choose, minutes_of, reaching, told
from callboard.placing.wanted import Wanted, check_may_be_placed, check_not_there, marker_of
from callboard.wikitext.edits import Span, TextEdit


def place(schedules: Sequence[Schedule], proposal: Proposal, asked: SlotAsked, event: Event) -> Change:
    """The page with the proposal's session in the slot that is meant; raises NotPlaced with the reason and the way out.

    Only an acknowledged task is placed, and only once. Owners are the verified ones; names that a description claims
    are not written.
    """
    check_may_be_placed(proposal)
    check_not_there(schedules, proposal)
    wanted, found = Wanted.of(proposal), choose(schedules, asked)
    if isinstance(found, Bare):
        return put_in_row(schedules, wanted, asked, event, found)
    page, slot = found
    minutes = minutes_of(proposal, event)
    target = reaching(page, slot, minutes)
    draft = Draft(page, event)
    draft.lengthen(target)
    draft.edits += _filled(draft, slot, learn(page, event, slot.table), wanted)
    find = Find(wanted.task, wanted.title, wanted.owners, (target.start, target.room))
    after = draft.result(find)
    return Change(
        page.page,
        page,
        after,
        f"placed {proposal.task} in {told(target.start, target.end, told_room(target.room))}",
        tuple(_notes(wanted, minutes, target)),
        (target.doubt,) if target.doubt else (),
        task=proposal.task,
        starts=target.start,
        ends=target.end,
        room=target.room,
    )


def _filled(draft: Draft, slot: FreeSlot, style: Style, wanted: Wanted) -> list[TextEdit]:
    """The edits that put the session into the slot's cell, or into its row's cells for title, owner and task."""
    page = draft.page
    here = place_of(page.text, slot.span)
    before = lead(page.text, here.table if here else None)
    row = cells_of(page, draft.event, here) if here and slot.layout in {"", "rows"} else RowCells()
    if row.title != slot.span:
        row = RowCells(title=slot.span, owner=slot.owner_cell, task=slot.task_cell)
    if row.facilitator:
        style = replace(style, facilitation="")
    if slot.layout == "templates":
        style = for_arguments(style, page, slot)
        before = " " if slot.span.of(page.text) else ""
    elif slot.layout == "bullets":
        style = in_one_line(style)
    edits = []
    for name, text in wanted.cells(style, row, marker_of(page, wanted.proposal)).items():
        cell: Span = getattr(row, name)
        if cell != slot.span:
            if name == "kind" and not is_open(page.text, cell):
                continue
            if not is_open(page.text, cell):
                at = where(page.text, page.page, cell.start)
                raise NotPlaced(
                    f"{at}: the row of the slot says {cell.of(page.text).strip()!r} already; look at it by hand"
                )
            draft.touch(cell)
        edits.append(put_in(page.text, cell, text, before))
    return edits


def _notes(wanted: Wanted, minutes: int | None, target: Target) -> Iterable[str]:
    yield from wanted.notes()
    if minutes is None:
        yield f"{wanted.task} says no length; it gets the slot as it stands"
    if target.end is None:
        yield "the page does not say until when the slot lasts"
