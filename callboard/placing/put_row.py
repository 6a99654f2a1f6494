"""A session at a time for which the page has no slot: a new row in a table with a row per session, where its room is free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from callboard.config import Event
from callboard.model import Schedule
from callboard.placing import NotPlaced
from callboard.placing.cells import where
from callboard.placing.change import Change, Draft, Find, told_room
from callboard.placing.rows import RowCells, cells_of, new_row, rows_by_span
from callboard.placing.slot_text import SlotAsked
from callboard.placing.style import Style, learn
from callboard.placing.target import Bare, minutes_of, near, told
from callboard.placing.wanted import Wanted, marker_of


def put_in_row(
    schedules: Sequence[Schedule], wanted: Wanted, asked: SlotAsked, event: Event, bare: Bare
) -> Change:
    """The page with a new row for a time at which its room is free but has no slot."""
    minutes = minutes_of(wanted.proposal, event)
    day = bare.start.astimezone(event.zone).date()
    pages = [
        page
        for page in schedules
        if any(
            s.layout in {"", "rows"} and s.start and s.start.astimezone(event.zone).date() == day
            for s in page.sessions
        )
        and "rows" in page.layout
    ]
    if len(pages) != 1:
        raise NotPlaced(f"the schedule has no slot {asked.text!r}\n{near(schedules, asked)}")
    if minutes is None:
        raise NotPlaced(
            f"the schedule has no slot {asked.text!r}, and {wanted.task} says no length for a new row"
        )
    page, end = pages[0], bare.start + timedelta(minutes=minutes)
    busy = [s for p in schedules for s in p.sessions if s.start and bare.room in s.rooms]
    clash = next(
        (
            s
            for s in busy
            if s.start and s.start < end and (s.end or s.start + timedelta(minutes=1)) > bare.start
        ),
        None,
    )
    if clash:
        at = where(page.text, page.page, clash.span.start)
        raise NotPlaced(
            f"slot {asked.text!r}: “{clash.title}” is in that room then ({at})\n{near(schedules, asked)}"
        )
    row = wanted.cells(*_style(page, event), marker_of(page, wanted.proposal))
    draft = Draft(page, event)
    made = new_row(page, event, (bare.start, end), bare.room, row)
    draft.edits.append(made.edit)
    draft.row_added = (made.table, made.row)
    find = Find(wanted.task, wanted.title, wanted.owners, (bare.start, bare.room))
    after = draft.result(find)
    target = told(bare.start, end, told_room(bare.room))
    notes = ("the schedule had no slot there; a row is put in", *wanted.notes())
    return Change(
        page.page,
        page,
        after,
        f"placed {wanted.task} in {target}",
        notes,
        task=wanted.task,
        starts=bare.start,
        ends=end,
        room=bare.room,
    )


def _style(page: Schedule, event: Event) -> tuple[Style, RowCells]:
    """The habit of the page's sessions, and which columns its rows have."""
    style = learn(page, event)
    rows = rows_by_span(page)
    places = (rows[session.span] for session in page.sessions if session.span in rows)
    row = next((cells for one in places if (cells := cells_of(page, event, one)).title), RowCells())
    return replace(style, facilitation="") if row.facilitator else style, row
