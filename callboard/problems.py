"""The problems' life: which one each is, who changed its row, since when it stands, and whether an organiser accepted it."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.acknowledging import ID, Judged, judge, unknown_codes, words
from callboard.checks import ordered
from callboard.model import LastLook, Maker, Problem, Schedule, SignUps
from callboard.snapshot import Snapshot
from callboard.wikitext.masking import line_range

_LINE = re.compile(r"\bline \d+")
KEY = 12  # characters


@dataclass(frozen=True, slots=True)
class Finished:
    """Open and accepted problems in their order, report lines without effect, and what to remember."""

    open: tuple[Problem, ...]
    accepted: tuple[Problem, ...]
    idle: tuple[str, ...]
    look: LastLook


def _facts(problem: Problem) -> tuple[str, ...]:
    if problem.facts:
        return problem.facts
    return problem.code, problem.page, problem.task or "", problem.text, _LINE.sub("", problem.message)


def _keys(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Each problem and the key of its facts; the same facts twice on a page are counted from its top."""
    often: Counter[tuple[str, ...]] = Counter()
    for problem in sorted(problems, key=lambda problem: (problem.page, problem.line or 0)):
        facts = _facts(problem)
        often[facts] += 1
        whole = "\0".join((*facts, f"#{often[facts]}"))
        yield problem, hashlib.sha256(whole.encode()).hexdigest()[:KEY]


def _dated(
    problem: Problem, key: str, readings: dict[str, Schedule | SignUps], snapshot: Snapshot
) -> Problem:
    """The problem with its key, who last changed its row, and since when it stands with these facts, whatever else changed there."""
    maker = _maker(problem, readings, snapshot)
    changed = maker.at if maker else problem.changed_at
    told = snapshot.last.since  # by the whole key, or with a new ledger by the id that the report page shows
    since = problem.since or told.get(key) or told.get(key[:ID])
    if since is None:
        since = snapshot.now if snapshot.last.known or changed is None else changed
    if maker:
        return replace(problem, key=key, since=since, changed_by=maker.user, changed_at=maker.at)
    return replace(problem, key=key, since=since)


def _maker(problem: Problem, readings: dict[str, Schedule | SignUps], snapshot: Snapshot) -> Maker | None:
    for page, span in problem.rows[:1]:
        authors, reading = snapshot.authors.get(page), readings.get(page)
        if authors and reading:
            return authors.latest(*line_range(reading.text, span))
    return None


def finish(
    problems: Iterable[Problem], readings: Sequence[Schedule | SignUps], snapshot: Snapshot
) -> Finished:
    """All problems as people are told them."""
    pages = {reading.page: reading for reading in readings}
    found = list(problems)
    said = words(readings, snapshot)
    texts = {reading.page: reading.text for reading in readings}
    found += unknown_codes(said, texts, found)
    dated = [_dated(problem, key, pages, snapshot) for problem, key in _keys(found)]
    judged: Judged = judge(dated, said, snapshot)
    since: dict[str, datetime] = {one.key: one.since for one in dated if one.since}
    now = snapshot.now
    return Finished(
        ordered(judged.open, now),
        ordered(judged.accepted, now),
        judged.idle,
        LastLook(gone=snapshot.last.gone, since=since, marks=judged.marks),
    )
