"""Sessions whose task was declined, or is done, marked as the page marks them."""

import re
from collections import Counter
from collections.abc import Iterator

from callboard.model import Level, Proposal, Schedule, Session
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.rows import SessionRow, SessionRows, put_in
from callboard.rules.title_places import behind, title_of
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit

_HEAD = re.compile(r"(?:session\s+)?(?:status|state)")
_OFF = frozenset({"declined", "invalid"})
_SAYS_OFF = re.compile(r"cancel+ed|declined|called off|withdrawn|rejected|invalid", re.IGNORECASE)
_CANCELLED = "cancelled"


@schedule_rule("session-status", Level.ASK)
def session_status(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`Maps ({{phab|T1}})` is `Maps (cancelled) ({{phab|T1}})` if T1 was declined; always asked.

    Where the table has a column of states the word goes there, as the rows of other such tasks have it: so "done" too.
    """
    proposals = snapshot.proposals
    if not proposals or snapshot.board_note:
        return
    closed = {task for task, proposal in proposals.items() if proposal.closed and proposal.visible}
    theirs = [s for s in page.sessions if s.tasks and all(ref.task in closed for ref in s.tasks)]
    if not theirs:
        return
    rows = SessionRows(page)
    words = _words_used(page, rows, theirs, snapshot)
    for session in theirs:
        edit = _edit(page, rows.of(session), session, _state(session, snapshot), words)
        if edit:
            yield Unsure(edit, without_yes=True)


def _proposals(session: Session, snapshot: Snapshot) -> list[Proposal]:
    return [(snapshot.proposals or {})[ref.task] for ref in session.tasks]


def _state(session: Session, snapshot: Snapshot) -> str:
    """The state of its tasks: "declined" for every way of saying no; empty if they differ."""
    states = {"declined" if p.status in _OFF else p.status for p in _proposals(session, snapshot)}
    return states.pop() if len(states) == 1 else ""


def _cell(row: SessionRow | None) -> Span | None:
    column = row.whole.headed(_HEAD) if row else None
    return row.cell(column) if row and column is not None else None


def _words_used(
    page: Schedule, rows: SessionRows, theirs: list[Session], snapshot: Snapshot
) -> dict[str, str]:
    """For each state of a task the word that most of the page's rows have for it."""
    found: dict[str, Counter[str]] = {}
    for session in theirs:
        cell = _cell(rows.of(session))
        word, state = cell.of(page.text).strip() if cell else "", _state(session, snapshot)
        if word and (state != "declined" or _SAYS_OFF.search(word)):
            found.setdefault(state, Counter())[word] += 1
    return {state: words.most_common(1)[0][0] for state, words in found.items()}


def _edit(
    page: Schedule, row: SessionRow | None, session: Session, state: str, words: dict[str, str]
) -> TextEdit | None:
    off = state == "declined"
    cell = _cell(row)
    if cell is not None:
        there = cell.of(page.text).strip()
        word = words.get(state) or (_CANCELLED if off else "")
        if not word or there == word or (off and _SAYS_OFF.search(there)):
            return None
        if there:
            at = cell.start + cell.of(page.text).index(there)
            return TextEdit(at, at + len(there), word)
        return put_in(page.text, cell, word)
    title = title_of(page, session)
    if not off or title is None:
        return None
    at = behind(page, title, session.title_cell or session.span)
    return TextEdit(at, at, f" ({_CANCELLED})")
