"""Organisers' words that a problem may stay: comments in a row, and lines on the report page.

    | 14:00 || Bots <!-- callboard: ok room-overlap, length-format: agreed with both -->
    * ok 3f2a1c: agreed with both

They hold for the facts that stood there when they were written. When a session gets another time, room or title the problem
is another one, and the word is to be given again. Only accounts in `event.organisers` count.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from callboard.checks import CHECKS
from callboard.checks.of_readers import READERS, Rows
from callboard.line_authors import REMARK
from callboard.model import Accepted, AcceptedMark, LineAuthors, Maker, Problem, Schedule, Severity, SignUps
from callboard.report_frame import peoples_part
from callboard.snapshot import Snapshot
from callboard.wikitext.masking import Kind, marks

ID = 6  # characters of a problem's key that people copy
_LINE = re.compile(
    rf"^[ \t*#:;]*ok[ \t]+(?P<ids>[0-9a-f]{{{ID},12}}(?:[ \t,]+[0-9a-f]{{{ID},12}})*)(?![0-9a-z]).*$",
    re.IGNORECASE | re.MULTILINE,
)
_ANEW = "to acknowledge it, an organiser writes the comment anew (with a date, for instance)"


def report_lines_in(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 0) and text of every line like `* ok 3f2a1c: agreed`."""
    for found in _LINE.finditer(text):
        yield text.count("\n", 0, found.start()), found[0].strip()


@dataclass(frozen=True, slots=True)
class Word:
    """One comment or line: which problems it means, and who wrote it (None: not known)."""

    page: str
    text: str
    by: Maker | None
    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    at: int = 0  # offset of a comment
    row: tuple[int, int] = (0, 0)  # the row of the table in which a comment stands outside all sessions

    @property
    def mark(self) -> str:
        """Short for what was written and where."""
        return hashlib.sha256(f"{self.page}\0{self.text}".encode()).hexdigest()[:12]

    def means(self, problem: Problem) -> bool:
        """Whether the problem is one of those."""
        if self.ids:
            return any(problem.key.startswith(one) for one in self.ids)
        if problem.code not in self.codes:
            return False
        return any(
            page == self.page
            and (span.start <= self.at < span.end or self.row[0] <= span.start < self.row[1])
            for page, span in problem.rows
        )


@dataclass(slots=True)
class Judged:
    """Problems after all words were heard: open, accepted, what to remember, and lines that mean nothing any more."""

    open: list[Problem] = field(default_factory=list)
    accepted: list[Problem] = field(default_factory=list)
    marks: tuple[AcceptedMark, ...] = ()
    idle: tuple[str, ...] = ()


def _codes(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"[a-z0-9-]+", said.partition(":")[0].casefold())))


def _comments(page: Schedule | SignUps, authors: LineAuthors | None) -> Iterator[Word]:
    found = list(REMARK.finditer(page.text))
    if not found:
        return
    known = authors.remarks if authors else ()
    makers = [remark.by for remark in known] if len(known) == len(found) else [None] * len(found)
    real = {mark.span.start for mark in marks(page.text) if mark.kind is Kind.COMMENT}
    rows = Rows(page)
    for comment, by in zip(found, makers, strict=True):
        at = comment.start()
        if at in real:
            row = rows.around(at) if rows.session(at) is None else None
            where = (row.start, row.end) if row else (at, at)
            yield Word(page.page, comment[0], by, codes=_codes(comment["said"]), at=at, row=where)


def _lines(snapshot: Snapshot) -> Iterator[Word]:
    title = snapshot.event.pages.report
    page = snapshot.pages.get(title)
    if not title or page is None or not page.text:
        return
    makers = {remark.text: remark.by for remark in getattr(snapshot.authors.get(title), "remarks", ())}
    for _, text in report_lines_in(peoples_part(page.text)):
        found = _LINE.match(text)
        if found:
            ids = tuple(re.findall(r"[0-9a-f]+", found["ids"].casefold()))
            yield Word(title, text, makers.get(text), ids=ids)


def words(readings: Iterable[Schedule | SignUps], snapshot: Snapshot) -> tuple[Word, ...]:
    """Every comment and line."""
    comments = (word for page in readings for word in _comments(page, snapshot.authors.get(page.page)))
    return (*comments, *_lines(snapshot))


def _with_maker(word: Word, remembered: Sequence[AcceptedMark]) -> Word:
    """The word with who wrote it, from memory where the page's history does not reach back to it."""
    if word.by is None:
        old = next((one for one in remembered if one.mark == word.mark), None)
        return replace(word, by=Maker(old.by, old.at)) if old else word
    return word


def judge(problems: Sequence[Problem], said: Sequence[Word], snapshot: Snapshot) -> Judged:
    """Which problems stay open, and which an organiser accepted."""
    organisers = {*snapshot.event.event.organisers}
    remembered = {(one.mark, one.by, one.at): one for one in snapshot.last.marks}
    heard: list[tuple[Word, AcceptedMark | None]] = []
    kept: dict[tuple[str, str, datetime], AcceptedMark] = {}
    idle: list[str] = []
    for word in (_with_maker(one, snapshot.last.marks) for one in said):
        meant = tuple(problem.key for problem in problems if word.means(problem))
        if word.ids and not meant:
            idle.append(word.text)
        if word.by is None or word.by.user not in organisers or not (meant or word.ids):
            old = remembered.get((word.mark, word.by.user, word.by.at)) if word.by else None
        else:
            name = (word.mark, word.by.user, word.by.at)
            old = remembered.get(name) or AcceptedMark(word.mark, word.page, word.by.user, word.by.at, meant)
        if old and old.by in organisers:
            kept[old.mark, old.by, old.at] = old
        heard.append((word, old))
    judged = Judged(marks=tuple(kept.values()), idle=tuple(dict.fromkeys(idle)))
    for problem in problems:
        _hear(problem, [pair for pair in heard if pair[0].means(problem)], organisers, judged)
    return judged


def _hear(
    problem: Problem, heard: Sequence[tuple[Word, AcceptedMark | None]], organisers: set[str], judged: Judged
) -> None:
    why = ""
    for word, mark in heard:
        if word.by is None:
            why = f"who wrote {_what(word)} is not known; {_ANEW}"
        elif word.by.user not in organisers:
            why = f"{_what(word)} by {word.by.user or 'a hidden user'} does not count, as only event.organisers can acknowledge"
        elif word.ids or (mark and problem.key in mark.facts):
            judged.accepted.append(replace(problem, accepted=Accepted(word.by.user, word.by.at, word.page)))
            return
        else:
            why = f"{_what(word)} by {word.by.user} was about other facts; {_ANEW}"
    judged.open.append(replace(problem, message=f"{problem.message} ({why})") if why else problem)


def _what(word: Word) -> str:
    return f"the line on [[{word.page}]]" if word.ids else "the comment that this is ok"


def unknown_codes(
    said: Iterable[Word], texts: Mapping[str, str], problems: Iterable[Problem]
) -> Iterator[Problem]:
    """Codes in comments that no problem ever has: `rom-overlap`."""
    known = {*CHECKS, *READERS, *(problem.code for problem in problems)}
    for word in said:
        if word.ids:
            continue
        line = texts[word.page].count("\n", 0, word.at) + 1
        wrong = [code for code in word.codes if code not in known]
        if not wrong and word.codes:
            continue
        near = [match for code in wrong for match in get_close_matches(code, known, n=1)]
        choices = ", ".join(sorted(known))
        meant = f"; is {' and '.join(near)} meant?" if near else f"; these are known: {choices}"
        told = (
            f"{', '.join(wrong)} is no kind of problem" if wrong else "the comment names no kind of problem"
        )
        yield Problem(
            "ok-unclear",
            Severity.NOTE,
            f"{told}{meant}",
            word.page,
            line,
            word.text,
            facts=("ok-unclear", word.page, word.text),
        )
