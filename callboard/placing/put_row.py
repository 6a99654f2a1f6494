"""A session at a time for which the page has no slot: a new row in a table with a row per session, where its room is free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Proposal, Schedule
from callboard.placing import NotPlaced
from callboard.placing.cells import where
from callboard.placing.change import Change, Draft, Find
from callboard.placing.fill import by_hand, to_put
from callboard.placing.new_row import new_row
from callboard.placing.rows import RowCells, Rows
from callboard.placing.slot_text import SlotAsked
from callboard.placing.style import Style, learn
from callboard.placing.target import Bare, Near, Target, disagreement, in_the_way, told
from callboard.placing.wanted import Wanted


def put_in_row(
    schedules: Sequence[Schedule], proposal: Proposal, asked: SlotAsked, bare: Bare, near: Near
) -> Change:
    """The page with a new row for a time at which its room is free but has no slot."""
    event = near.event
    tables = [(page, at) for page in schedules if (at := _table_of(page, bare.start, event)) >= 0]
    if len(tables) != 1:
        raise near.refusal(asked)
    minutes = asked.minutes or near.minutes
    if minutes is None:
        raise NotPlaced(
            f"the schedule has no slot {asked.text!r}, and {proposal.task} says no length for a new row"
        )
    (page, at), end = tables[0], bare.start + timedelta(minutes=minutes)
    if clash := _clash(schedules, bare, end, event):
        raise near.refusal(asked, f"slot {asked.text!r}: {clash}")
    target = Target(page, bare.start, end, bare.room, doubt=disagreement(asked, near))
    wanted = Wanted.of(proposal, page)
    texts = wanted.cells(*_style(page, event))
    with by_hand(to_put(page, at, {"a row for": told(event, bare.start, end, bare.room), **texts})):
        draft = Draft(page, event)
        made = new_row(page, event, (bare.start, end), bare.room, texts)
        draft.edits.append(made.edit)
        draft.row_added = (made.table, made.row)
        after = draft.result(Find(wanted, target))
    notes = ("the schedule had no slot there; a row is put in", *wanted.notes)
    return draft.change(target, after, f"placed {wanted.task} in", notes, wanted.task)


def _table_of(page: Schedule, start: datetime, event: Event) -> int:
    """Where the table with a row per session begins that has the day; -1 if there is none."""
    if "rows" not in page.layout:
        return -1
    day = start.astimezone(event.zone).date()
    dated = (s for s in page.sessions if s.start and s.start.astimezone(event.zone).date() == day)
    return next((session.table for session in dated if session.layout in {"", "rows"}), -1)


def _clash(schedules: Sequence[Schedule], bare: Bare, end: datetime, event: Event) -> str:
    """What is in the room at that time; empty if it is free."""
    if found := in_the_way(schedules, bare.room, bare.start, end):
        page, session = found
        return f"“{session.title}” is in that room then ({where(page, session.span.start)})"
    for pause in (pause for page in schedules for pause in page.pauses):
        if bare.room in pause.rooms and pause.start < end and pause.end > bare.start:
            return f"there is a break from {told(event, pause.start, pause.end)}"
    return ""


def _style(page: Schedule, event: Event) -> tuple[Style, RowCells]:
    """The habit of the page's sessions, and which columns its rows have."""
    style = learn(page, event)
    rows = Rows(page, event)
    row = next((cells for one in page.sessions if (cells := rows.of(one)).title), RowCells())
    return replace(style, facilitation="") if row.facilitator else style, row
