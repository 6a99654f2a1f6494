"""A session at a time for which the page has no slot: a new row in a table with a row per session, where its room is free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Proposal, Schedule
from callboard.placing import NotPlaced
from callboard.placing.cells import where
from callboard.placing.change import Change, Draft, Find, told_room
from callboard.placing.fill import by_hand, to_put
from callboard.placing.new_row import new_row
from callboard.placing.rows import RowCells, cells_of, rows_by_span
from callboard.placing.slot_text import SlotAsked
from callboard.placing.style import Style, learn
from callboard.placing.target import Bare, Near, disagreement, told
from callboard.placing.wanted import Wanted

_MOMENT = timedelta(minutes=1)


def put_in_row(
    schedules: Sequence[Schedule], proposal: Proposal, asked: SlotAsked, bare: Bare, near: Near
) -> Change:
    """The page with a new row for a time at which its room is free but has no slot."""
    event = near.event
    pages = [page for page in schedules if _has_rows_of(page, bare.start, event)]
    if len(pages) != 1:
        raise NotPlaced(f"the schedule has no slot {asked.text!r}\n{near.told(asked)}")
    minutes, doubt = asked.minutes or near.minutes, disagreement(asked, near)
    if minutes is None:
        raise NotPlaced(
            f"the schedule has no slot {asked.text!r}, and {proposal.task} says no length for a new row"
        )
    page, end = pages[0], bare.start + timedelta(minutes=minutes)
    if clash := _clash(schedules, bare, end, event):
        raise NotPlaced(f"slot {asked.text!r}: {clash}\n{near.told(asked)}")
    wanted = Wanted.of(proposal, page)
    style, row = _style(page, event)
    target = told(event, bare.start, end, told_room(bare.room))
    texts = wanted.cells(style, row)
    with by_hand(to_put(page, _table_of(page, bare.start, event), {"a row for": target, **texts})):
        draft = Draft(page, event)
        made = new_row(page, event, (bare.start, end), bare.room, texts)
        draft.edits.append(made.edit)
        draft.row_added = (made.table, made.row)
        after = draft.result(Find(wanted, bare.start, bare.room))
    return Change(
        page,
        after,
        f"placed {wanted.task} in {target}",
        ("the schedule had no slot there; a row is put in", *wanted.notes),
        (doubt,) if doubt else (),
        task=wanted.task,
        starts=bare.start,
        ends=end,
        room=bare.room,
    )


def _has_rows_of(page: Schedule, start: datetime, event: Event) -> bool:
    return "rows" in page.layout and _table_of(page, start, event) >= 0


def _table_of(page: Schedule, start: datetime, event: Event) -> int:
    """Where the table with a row per session begins that has the day; -1 if there is none."""
    day = start.astimezone(event.zone).date()
    dated = (s for s in page.sessions if s.start and s.start.astimezone(event.zone).date() == day)
    return next((session.table for session in dated if session.layout in {"", "rows"}), -1)


def _clash(schedules: Sequence[Schedule], bare: Bare, end: datetime, event: Event) -> str:
    """What is in the room at that time; empty if it is free."""
    for page in schedules:
        for session in page.sessions:
            begins = session.start if bare.room in session.rooms else None
            if begins and begins < end and (session.end or begins + _MOMENT) > bare.start:
                at = where(page.text, page.page, session.span.start)
                return f"“{session.title}” is in that room then ({at})"
        for pause in page.pauses:
            if bare.room in pause.rooms and pause.start < end and pause.end > bare.start:
                return f"there is a break from {told(event, pause.start, pause.end)}"
    return ""


def _style(page: Schedule, event: Event) -> tuple[Style, RowCells]:
    """The habit of the page's sessions, and which columns its rows have."""
    style = learn(page, event)
    rows = rows_by_span(page)
    places = (rows[session.span] for session in page.sessions if session.span in rows)
    row = next((cells for one in places if (cells := cells_of(page, event, one)).title), RowCells())
    return replace(style, facilitation="") if row.facilitator else style, row
