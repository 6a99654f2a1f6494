"""What is due on the board: comments on tasks and moves of cards, from what the board shows that the bot did; no I/O.

At most one comment a task at a time, and each for one occasion: a set of missing fields, a slot, the end of the session.
The board itself tells which were written: each ends in its marker. Where people removed one of the bot's comments no other
is written. A card that people moved back stays where they put it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import combinations
from typing import get_args

from callboard.board_words import afterwards_text, missing_text, signed, slot_text
from callboard.checks.phrasing import when as slot_when
from callboard.config import Event
from callboard.config_board import Board, FieldName
from callboard.model import (
    BoardChange,
    Problem,
    Proposal,
    ProposalState,
    Schedule,
    Session,
    Severity,
    State,
)
from callboard.notices.telling import occasion_of
from callboard.proposals.markers import kind_of, marker
from callboard.snapshot import Snapshot

MISSING, SLOT, AFTERWARDS, COLUMN = "missing", "slot", "afterwards", "column"
# People file a task and mend it right away.
PATIENCE = timedelta(minutes=15)
# Somebody who is asked for slides weeks later has none: a bot that is switched on then says nothing of old sessions.
ASKED_WITHIN = timedelta(days=14)
# Problems about a row that seems to link somebody else's task.
WRONG_LINKS = frozenset({"task-crossed", "task-stolen"})

Row = tuple[Schedule, Session]


def board_changes(
    states: Iterable[ProposalState],
    schedules: Sequence[Schedule],
    snapshot: Snapshot,
    problems: Iterable[Problem] = (),
) -> tuple[BoardChange, ...]:
    """What should be written on tasks now, one change a task, by task number; nothing while the board was not read.

    Where one of the open `problems` says that a row links the wrong task, nothing of the row is told there.
    """
    if snapshot.board_note:
        return ()
    pages = {schedule.page: schedule for schedule in schedules}
    unsure = doubted(problems)
    sure = (replace(one, rows=()) if one.proposal.task in unsure else one for one in states)
    found = [change for one in sure for change in _due(one, pages, snapshot)]
    return tuple(sorted(found, key=lambda change: int(change.task.lstrip("T") or 0)))


def doubted(problems: Iterable[Problem]) -> frozenset[str]:
    """The tasks of which a problem says that a row links them by mistake."""
    return frozenset(problem.task for problem in problems if problem.task and problem.code in WRONG_LINKS)


def refused(
    states: Iterable[ProposalState],
    schedules: Sequence[Schedule],
    snapshot: Snapshot,
    problems: Iterable[Problem] = (),
) -> Iterator[Problem]:
    """What Phabricator refused to have written and would still be due, as long as it is: a person must act."""
    if not snapshot.refused:
        return
    for change in board_changes(states, schedules, replace(snapshot, sent=frozenset()), problems):
        if why := snapshot.refused.get(key_of(change, snapshot.event)):
            what = "the card was not moved" if change.kind == COLUMN else "the comment was not written"
            message = (
                f"{change.task}: {what}, because Phabricator refused it ({why}); let the bot's account do it, or do it "
                "by hand. It is tried again every few hours"
            )
            yield Problem("task-not-written", Severity.WARNING, message, task=change.task)


def key_of(change: BoardChange, event: Event) -> str:
    """What the ledger knows a change by."""
    return f"{event.slug}/{change.task}/{change.kind}/{change.occasion}"


def move_alone(change: BoardChange) -> BoardChange:
    """The move of a change, without its comment."""
    return replace(change, kind=COLUMN, occasion=change.column, marker="", text="")


def comment_alone(change: BoardChange) -> BoardChange:
    """The comment of a change, without its move."""
    return replace(change, column="")


def _due(one: ProposalState, pages: Mapping[str, Schedule], snapshot: Snapshot) -> Iterator[BoardChange]:
    proposal = one.proposal
    board = snapshot.event.board_of(proposal.board)
    if board is None or not board.writes.any or not proposal.visible:
        return
    if proposal.closed and one.state is not State.HELD:
        return
    rows = _rows(one, pages, snapshot.event)
    column = _column(one, rows, snapshot)
    if change := _comment(one, rows, board, snapshot):
        # One that was refused, or may still land, is waited for with all else: they go in one edit.
        if key_of(change, snapshot.event) not in snapshot.sent:
            yield replace(change, column=column)
    elif column:
        why = f"scheduled: {_told(rows, snapshot.event)}"
        yield _change(proposal, COLUMN, column, snapshot.event, column=column, why=why)


def _comment(one: ProposalState, rows: Sequence[Row], board: Board, snapshot: Snapshot) -> BoardChange | None:
    """The comment that the board does not have, the most pressing one; none where people removed one of the bot's."""
    if any(told.removed for told in one.proposal.told):
        return None
    return (
        _slot(one, rows, board, snapshot)
        or _missing(one, board, snapshot)
        or _afterwards(one, rows, board, snapshot)
    )


# --- the slot, and the move that goes with it ---


def _slot(one: ProposalState, rows: Sequence[Row], board: Board, snapshot: Snapshot) -> BoardChange | None:
    """The slot, unless the newest comment about slots names this one: A, then B, then A again is told three times."""
    if not board.writes.slot or not _lies_ahead(one, rows, snapshot):
        return None
    event, proposal = snapshot.event, one.proposal
    before = [told.marker for told in proposal.told if kind_of(told.marker) == SLOT]
    here = _occasion(rows)
    numbers = range(1, len(before) + 1)  # any: of two bots at once each may have written the first one
    if before and before[-1] in {marker(event.slug, proposal.task, SLOT, f"{n} {here}") for n in numbers}:
        return None
    text = slot_text(event, rows, moved=bool(before))
    why = f"{'moved to' if before else 'scheduled:'} {_told(rows, event)}"
    return _change(proposal, SLOT, f"{len(before) + 1} {here}", event, text=text, why=why)


def _column(one: ProposalState, rows: Sequence[Row], snapshot: Snapshot) -> str:
    """Where the card should go; nowhere if it lies there, or if the bot put it there once: people took it out again."""
    proposal, column = one.proposal, one.proposal.goes_to
    if not column or not _lies_ahead(one, rows, snapshot):
        return ""
    if column in proposal.columns or column in proposal.moved_by_bot:
        return ""
    settled = f"{snapshot.event.slug}/{proposal.task}/{COLUMN}/{column}" in snapshot.sent
    return "" if settled else column


def _lies_ahead(one: ProposalState, rows: Sequence[Row], snapshot: Snapshot) -> bool:
    """Whether the session has its yes and its place, and is not over."""
    if one.state is not State.SCHEDULED or not one.proposal.acknowledged:
        return False
    return any(row.start and row.start > snapshot.now for _, row in rows)


def _rows(one: ProposalState, pages: Mapping[str, Schedule], event: Event) -> tuple[Row, ...]:
    """The rows of a session, each slot once; none if a slot is unclear, or if one of two rows must be a mistake."""
    slots = {
        (row.start, row.end, row.room): (pages[page], row)
        for page, row in reversed(one.rows)
        if page in pages
    }
    unclear = any(row.start is None or row.room is None for _, row in slots.values())
    repeats = event.event.repeats
    often = repeats if isinstance(repeats, bool) else one.proposal.task in repeats
    if unclear or (len(slots) > 1 and not often):
        return ()
    return tuple(sorted(slots.values(), key=lambda row: (row[1].start or event.first, row[1].room or "")))


def _occasion(rows: Sequence[Row]) -> str:
    here = ", ".join(f"{occasion_of(row.start)} {row.room}" for _, row in rows if row.start)
    return unicodedata.normalize("NFC", here)


def _told(rows: Sequence[Row], event: Event) -> str:
    return "; ".join(f"{slot_when(row.start, row.end, event)}, {row.room}" for _, row in rows)


# --- what is missing ---


def _missing(one: ProposalState, board: Board, snapshot: Snapshot) -> BoardChange | None:
    """The missing fields, once for each set of them; a set with nothing that was not asked for before is none."""
    event, proposal, now = snapshot.event, one.proposal, snapshot.now
    missing = frozenset(proposal.missing)
    if not board.writes.missing or not missing or proposal.acknowledged or now > event.last:
        return None
    if one.state not in (State.INCOMPLETE, State.SCHEDULED):
        return None
    if proposal.submitted and timedelta() <= now - proposal.submitted < PATIENCE:
        return None
    if missing <= _asked_for(proposal, event):
        return None
    named = [name for name in board.fields.labels() if name in missing]
    text = missing_text(event, board, named)
    return _change(proposal, MISSING, _set(missing), event, text=text, why=f"lacks {', '.join(named)}")


def _asked_for(proposal: Proposal, event: Event) -> frozenset[str]:
    """The fields that earlier comments named."""
    told = {told.marker for told in proposal.told if kind_of(told.marker) == MISSING}
    if not told or marker(event.slug, proposal.task, MISSING, _set(proposal.missing)) in told:
        return frozenset(proposal.missing if told else ())  # most often: nothing was added since
    sets = _sets(event.slug, proposal.task)
    return frozenset().union(*(sets.get(mark, frozenset()) for mark in told))


@lru_cache(maxsize=256)
def _sets(event_slug: str, task: str) -> Mapping[str, frozenset[str]]:
    """Every set of fields by its marker: a marker does not tell what it stands for."""
    names = sorted(get_args(FieldName))
    every = [frozenset(chosen) for size in range(1, len(names) + 1) for chosen in combinations(names, size)]
    return {marker(event_slug, task, MISSING, _set(chosen)): chosen for chosen in every}


def _set(names: Iterable[str]) -> str:
    return " ".join(sorted(names))


# --- after the session ---


def _afterwards(
    one: ProposalState, rows: Sequence[Row], board: Board, snapshot: Snapshot
) -> BoardChange | None:
    """Asks for notes, slides and recordings, once, when the session's last row is over for long enough.

    On tasks that were closed as resolved too, which ends the yes.
    """
    event, proposal = snapshot.event, one.proposal
    yes = proposal.acknowledged or proposal.was_acknowledged
    if not board.writes.afterwards or one.state is not State.HELD or not yes:
        return None
    ends = [row.end or row.start for _, row in rows]
    if not ends or any(end is None for end in ends):
        return None
    due = max(end for end in ends if end) + board.writes.after
    if not due <= snapshot.now < due + ASKED_WITHIN:
        return None
    if any(kind_of(told.marker) == AFTERWARDS for told in proposal.told):
        return None
    return _change(
        proposal,
        AFTERWARDS,
        "once",
        event,
        text=afterwards_text(event, rows),
        why=f"held {_told(rows, event)}",
    )


def _change(
    proposal: Proposal,
    kind: str,
    occasion: str,
    event: Event,
    *,
    text: str = "",
    column: str = "",
    why: str = "",
) -> BoardChange:
    mark = marker(event.slug, proposal.task, kind, occasion) if text else ""
    return BoardChange(
        task=proposal.task,
        phid=proposal.phid,
        board=proposal.board,
        kind=kind,
        occasion=occasion,
        marker=mark,
        text=signed(text, event, mark) if text else "",
        column=column,
        why=why,
    )
