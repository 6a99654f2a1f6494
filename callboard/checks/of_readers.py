"""What readers met, put in its row like the problems of checks; and which problems are the same matter. No check of its own."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from callboard.checks.phrasing import facts_of
from callboard.model import Problem, Schedule, Session, SignUps
from callboard.wikitext.edits import Span

_LINE = re.compile(r"\bline \d+")
_NEAR = 4000  # characters in which a table's row is looked for
# What readers ask about a time or a day. Where such a question is open, what rests on the time is no second problem.
TIMES = frozenset(
    {
        "clock-or-length", "day-unknown", "dst-fold", "dst-gap", "end-before-start", "goes-on-unclear", "half-day", "half-day-missing", "hour-24",
        "length-disagrees", "long-range", "no-such-time", "off-days", "offset-or-range", "several-lengths",
        "several-times", "time-in-cell", "time-order", "time-shared", "time-unreadable", "times-disagree", "vague", "weekday-date", "which-day",
        "zone-season", "zone-unclear", "zone-unknown", "zones-disagree", "zonestamp",
    }
)  # fmt: skip
# What else the readers tell.
READERS = TIMES | {
    "break-or-session", "called-off", "page-included", "column-unread", "detail-unclear", "grid-broken", "layout-unread", "parallel-unclear", "room-unclear", "room-unknown",
    "room-unsaid", "signed-item", "signup-table-unread", "signup-unreachable", "several-sessions", "struck-out", "struck-unclear", "table-html", "table-lost",
    "table-nested", "table-unclosed", "template-unread", "text-hidden", "title-missing",
}  # fmt: skip
_REST_ON_TIMES = frozenset(
    {"off-days", "room-hours", "length-format", "length-task", "owner-unavailable", "changeover"}
)


class Rows:
    """Finds the session, or else the row of a table, in which something stands."""

    def __init__(self, page: Schedule | SignUps) -> None:
        self.text = page.text
        sessions = page.sessions if isinstance(page, Schedule) else ()
        self._sessions = sorted(sessions, key=lambda one: (one.span.start, one.span.end))
        self._starts = [one.span.start for one in self._sessions]
        self._lines = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def offset(self, problem: Problem) -> int:
        """Where the text of a problem begins."""
        line = self._lines[min(problem.line or 1, len(self._lines)) - 1]
        at = self.text.find(problem.text, line, line + _NEAR) if problem.text else -1
        return at if at >= 0 else line

    def session(self, at: int) -> Session | None:
        """The session in whose cell or row the offset lies."""
        number = bisect_right(self._starts, at) - 1
        found = self._sessions[number] if number >= 0 else None
        return found if found and at < found.span.end else None

    def around(self, at: int) -> Span:
        """The row of a table, or else the line."""
        before = max(self.text.rfind(sign, max(0, at - _NEAR), at) for sign in ("\n|-", "\n{|"))
        ends = [self.text.find(sign, at, at + _NEAR) for sign in ("\n|-", "\n|}")]
        after = min((end for end in ends if end >= 0), default=-1)
        if before >= 0 and after >= 0:
            return Span(before + 1, after)
        end = self.text.find("\n", at)
        return Span(self.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self.text))


def in_rows(schedule: Schedule) -> Iterator[Problem]:
    """The reader's problems of a schedule with their rows, their facts, and when they matter."""
    if not schedule.problems:
        return
    rows = Rows(schedule)
    for problem in schedule.problems:
        at = rows.offset(problem)
        session = rows.session(at)
        span = session.span if session else rows.around(at)
        facts = (problem.code, problem.text, _LINE.sub("", problem.message))
        yield replace(
            problem,
            at=session.start if session else None,
            rows=((schedule.page, span),),
            facts=(*facts, facts_of(session)) if session else facts,
        )


def in_lines(page: SignUps) -> Iterator[Problem]:
    """The same for a sign-up list, whose rows are lines."""
    starts = [0, *(found.end() for found in re.finditer("\n", page.text))] if page.problems else []
    for problem in page.problems:
        start = starts[min(problem.line or 1, len(starts)) - 1]
        end = page.text.find("\n", start)
        span = Span(start, end if end >= 0 else len(page.text))
        facts = (problem.code, problem.text, _LINE.sub("", problem.message))
        yield replace(problem, rows=((page.page, span),), facts=facts)


def each_once(of_readers: Iterable[Problem], of_checks: Iterable[Problem]) -> Iterator[Problem]:
    """One problem a matter: an odd time is neither off the event's days nor too short as well; no cell says a thing twice."""
    asked: set[tuple[str, Span]] = set()
    said: defaultdict[tuple[str, int | None], list[str]] = defaultdict(list)
    for problem in sorted(of_readers, key=lambda problem: problem.severity.rank):
        if problem.code in TIMES:
            asked.update(problem.rows)
            there = said[problem.page, problem.line]
            if any(problem.text in text or text in problem.text for text in there if text):
                continue
            there.append(problem.text)
        yield problem
    told: set[tuple[object, ...]] = set()
    for problem in of_checks:
        if problem.code in _REST_ON_TIMES and problem.rows and problem.rows[0] in asked:
            continue
        # A cell over several columns of days is several sessions, of which one thing is said once.
        said_here = (problem.code, problem.page, problem.text, problem.message, problem.task, problem.rows)
        if said_here not in told:
            told.add(said_here)
            yield problem
