"""Recordings linked in their rows, once they are known."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from callboard.model import Proposal, Schedule, Session
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.rows import SessionRows, put_in
from callboard.rules.title_places import behind, title_of
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit

_SAFE_URL = re.compile(r"https://[\w.-]+(?::\d+)?/[\w./~?&=#%+:@,;!*$-]*")
_HEAD = re.compile(
    r"(?:session\s+)?(?:recordings?|replays?|videos?|links?|documentation|docs|materials?)\b.*"
)
_LINK = re.compile(r"\[(?P<url>https?://[^\s\[\]]+)[ ](?P<label>[^\[\]\n]+)\]")
_TASK = r"(?:\{\{[^{}\n|]{1,20}\|T\d+\}\}|\[\[\w+:T\d+(?:\|T\d+)?\]\]|T\d+)"
_TASK_BEHIND = re.compile(rf" \({_TASK}\)|(?: ?[–—·,:-])? {_TASK}")
_LABEL = "recording"
_FAR = 4  # characters between a title and a recording that is set behind it


@dataclass(frozen=True, slots=True)
class _Habit:
    """Where the page's rows have their recordings, and what the links are called."""

    label: str = _LABEL
    lead: str = " ("
    tail: str = ")"
    columns: tuple[tuple[int, int], ...] = ()  # (table, column), the usual first


@schedule_rule("recording-link")
def recording_link(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`Maps ({{phab|T1}})` is `Maps ({{phab|T1}}) ([https://video.example.org/1 recording])`, or in the column of links.

    The link that a coordinator named on the task, in the form of the row's neighbours. A session that has a recording
    already gets no other one; a task in two rows is asked about.
    """
    text = page.text
    known = [p for p in (snapshot.proposals or {}).values() if p.recording and p.visible]
    if not known or snapshot.board_note:
        return
    habit: _Habit | None = None
    rows = SessionRows(page)
    for proposal in known:
        theirs = [s for s in page.sessions if any(ref.task == proposal.task for ref in s.tasks)]
        if any(session.recording or proposal.recording in session.span.of(text) for session in theirs):
            continue
        for session in theirs:
            habit = habit or _learned(page, rows)
            edit = _put(page, rows, session, proposal, habit)
            if edit:
                sure = len({one.span for one in theirs}) == 1 and session.layout != "templates"
                yield edit if sure else Unsure(edit)


def _learned(page: Schedule, rows: SessionRows) -> _Habit:
    labels: Counter[str] = Counter()
    around: Counter[tuple[str, str]] = Counter()
    columns: Counter[tuple[int, int]] = Counter()
    for session in page.sessions:
        at = page.text.find(session.recording, *_ends(session.span)) if session.recording else -1
        link = _LINK.match(page.text, at - 1) if at > 0 else None
        if link is None:
            continue
        labels[link["label"]] += 1
        title, row = title_of(page, session), rows.of(session)
        column = row.column(Span(*link.span())) if row else None
        if row and column is not None and title and column != row.column(title):
            columns[session.table, column] += 1
        elif title and link.start() - (end := _behind_title(page, title, session)) in range(_FAR):
            tail = ")" if page.text[link.end() : link.end() + 1] == ")" else ""
            around[page.text[end : link.start()], tail] += 1
    label = labels.most_common(1)[0][0] if labels else _LABEL
    lead, tail = around.most_common(1)[0][0] if around else (" (", ")")
    return _Habit(label, lead, tail, tuple(place for place, _ in columns.most_common()))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _put(
    page: Schedule, rows: SessionRows, session: Session, proposal: Proposal, habit: _Habit
) -> TextEdit | None:
    if not _SAFE_URL.fullmatch(proposal.recording) or "~~~" in proposal.recording:
        return None
    link = f"[{proposal.recording} {habit.label}]"
    title, row = title_of(page, session), rows.of(session)
    if row:
        learned = next((column for table, column in habit.columns if table == session.table), None)
        column = row.whole.headed(_HEAD) if learned is None else learned
        cell = row.cell(column) if column is not None else None
        if cell is not None and not (title and title in cell):
            return put_in(page.text, cell, link)
    if title is None:
        return None
    at = _behind_title(page, title, session)
    return TextEdit(at, at, f"{habit.lead}{link}{habit.tail}")


def _behind_title(page: Schedule, title: Span, session: Session) -> int:
    """Behind the title and the task that stands in parentheses behind it."""
    within = session.title_cell or session.span
    at = behind(page, title, within)
    task = _TASK_BEHIND.match(page.text, at, within.end)
    return task.end() if task else at
