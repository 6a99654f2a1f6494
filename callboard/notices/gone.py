"""Sessions that are not held any more: missed everywhere, or marked so in their row; whose they are, since when, by whom.

A row that is carried to another place in two edits is gone for a moment only; a page on hold makes nothing gone. What came and went
within the grace time is nothing to anybody, and who took it out knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from callboard.model import FirstSight, Maker, Problem, Schedule
from callboard.notices import Occasions
from callboard.notices.grace import did_it, maker_of, somebody, told_from
from callboard.notices.identity import name_of
from callboard.notices.known import known, unsettled
from callboard.notices.struck import is_struck
from callboard.notices.told import Part, Told
from callboard.wikitext.masking import line_range
from callboard.wikitext.tables import tables

_CALLED_OFF = frozenset({"called-off", "struck-out"})


@dataclass(frozen=True, slots=True)
class Gone:
    """A person's session that is gone, and what they know of it."""

    sight: FirstSight
    told: Told
    maker: Maker | None  # who took it out, if that is known
    due: datetime


def gone(look: Occasions, part: Part) -> Iterator[Gone]:
    """Who is to be told that their session is gone; who knows it already is left out."""
    snapshot = look.snapshot
    people = known(snapshot, look.schedules, part)
    for sight, told in people.missed():
        if told.gone or people.stands(sight):
            continue
        found = _missed(look, sight) or _called_off(look, sight)
        if found is None:
            continue
        maker, at = found
        new = unsettled(snapshot, sight, told, at)
        if not new and not did_it(maker, sight.person, snapshot):
            yield Gone(sight, told, maker, told_from(snapshot, at, told.facts.start))


def _missed(look: Occasions, sight: FirstSight) -> tuple[Maker | None, datetime | None] | None:
    """Who took it out of the page, and when the wiki says that was, at the latest."""
    for one in look.snapshot.last.gone:
        if name_of(one.session) == name_of(sight.session) and one.session.owners == sight.session.owners:
            return one.by, one.by.at if one.by else one.since - look.snapshot.shift
    return None


def _called_off(look: Occasions, sight: FirstSight) -> tuple[Maker | None, datetime | None] | None:
    """Who marked its row as not held, and when."""
    for page in look.schedules:
        for session in page.sessions:
            same = any(ref.task in sight.session.tasks for ref in session.tasks)
            if same and is_struck(page, session):
                maker = maker_of(look.snapshot, page, session)
                return maker, maker.at if maker else None
        for problem in page.problems:
            if problem.code in _CALLED_OFF and _speaks_of(page, problem, sight):
                maker = _marked(look, page, problem)
                return maker, maker.at if maker else None
    return None


def _marked(look: Occasions, page: Schedule, problem: Problem) -> Maker | None:
    """The last to change the row; where the history does not tell that, nobody, as late as the page's last edit."""
    authors = look.snapshot.authors.get(page.page)
    first = problem.line or 1
    maker = authors.latest(first, first + problem.text.count("\n")) if authors else None
    return maker or somebody(look.snapshot, page)


def _speaks_of(page: Schedule, problem: Problem, sight: FirstSight) -> bool:
    """Whether what is marked as not held is the person's session: its title, and its task or one of its people.

    Both stand in the cell that says so, or elsewhere in its row of a table, if no session stands there.
    """
    session, row = sight.session, f"{problem.text}\n{_row(page, problem)}"
    sure = any(name in row for name in (sight.person, *session.owners, *session.tasks))
    return sure and bool(session.title) and session.title in row


def _row(page: Schedule, problem: Problem) -> str:
    """The row of a table with this cell; nothing if a session stands in it, as in a grid."""
    for table in tables(page.text):
        for row in table.rows:
            first, last = line_range(page.text, row.span)
            if first <= (problem.line or 0) <= last and problem.text in row.span.of(page.text):
                held = any(session.span in row.span for session in page.sessions)
                return "" if held else row.span.of(page.text)
    return ""
