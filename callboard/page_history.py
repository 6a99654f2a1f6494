"""Who wrote the lines of the event's pages: asked of the wiki for what changed, and remembered in the ledger.

A page that did not change costs nothing, one that did one request.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from callboard.acknowledging import report_lines_in
from callboard.config import Event
from callboard.errors import WikiAway, WikiRefused
from callboard.ledger import Ledger
from callboard.line_authors import Finder, after_all, changed, first_seen, lines_of, remarks_in
from callboard.model import LineAuthors, Maker, PageText, Remark, Schedule
from callboard.ports import Wiki
from callboard.read.schedule import read_schedule
from callboard.report_frame import peoples_part
from callboard.session_makers import no_other_sessions, session_makers

MOST = 50  # revisions of a page that are looked at


def page_authors(
    wiki: Wiki, ledger: Ledger, event: Event, pages: Mapping[str, PageText]
) -> dict[str, LineAuthors]:
    """The authors of the lines of schedules, sign-up lists and of what people wrote on the report page."""
    found: dict[str, LineAuthors] = {}
    for title in (*event.pages.schedule, *event.pages.signups):
        page = pages.get(title)
        if page and page.revid is not None and page.text:
            found[title] = _Page(title, page, event).authors(wiki, ledger)
    report = pages.get(event.pages.report)
    if (
        report
        and report.revid is not None
        and report.text
        and next(report_lines_in(peoples_part(report.text)), None)
    ):
        found[event.pages.report] = _Report(event.pages.report, report, event).authors(wiki, ledger)
    return found


def remember_own_edit(ledger: Ledger, event: Event, title: str, page: PageText, authors: LineAuthors) -> None:
    """Keep the authors of a page that the bot itself has just tidied, so that nobody is asked for them.

    Where sessions stand otherwise now, as after placing one, the next look asks who made each of them so.
    """
    own = _Page(title, page, event)
    if title not in event.pages.schedule or no_other_sessions(authors.sessions, own.read(page.text or "")):
        own.remember(ledger, authors)


class _Page:
    """One page, its text, and its place in the ledger."""

    find: Finder = staticmethod(remarks_in)

    def __init__(self, title: str, page: PageText, event: Event) -> None:
        self.title, self.page, self.event = title, page, event
        self.fact = f"lines:{event.slug}:{_digest(title)}"
        self.text = self.part(page.text or "")

    @staticmethod
    def part(text: str) -> str:
        """What of the page is looked at."""
        return text

    def read(self, text: str) -> Schedule:
        """A revision of it as a schedule."""
        return read_schedule(text, self.event, self.title)

    def authors(self, wiki: Wiki, ledger: Ledger) -> LineAuthors:
        """From memory where nothing changed; without an answer nothing is known, and nothing is remembered."""
        memory: dict[str, object] = {}
        remembered: LineAuthors | None = None
        with suppress(ValueError, KeyError, TypeError, IndexError):  # another version may have kept it
            memory = json.loads(ledger.fact(self.fact) or "{}")
            remembered = _loaded(memory)
        if remembered and memory["text"] == _digest(self.text):
            return remembered
        try:
            found = self._asked(wiki, memory, remembered)
        except (WikiAway, WikiRefused):
            return first_seen(self.text, self.find)
        self.remember(ledger, found)
        return found

    def remember(self, ledger: Ledger, authors: LineAuthors) -> None:
        """Keep them."""
        at = self.page.timestamp
        if at is not None:
            about = {"revid": self.page.revid, "at": at.isoformat(), "text": _digest(self.text)}
            ledger.remember_fact(self.fact, json.dumps({**about, **_compact(authors)}, ensure_ascii=False))

    def _asked(self, wiki: Wiki, memory: Mapping[str, object], remembered: LineAuthors | None) -> LineAuthors:
        since = datetime.fromisoformat(str(memory["at"])) if remembered else None
        history = wiki.revisions(self.title, since=since, most=MOST)
        made = [one for one in reversed(history.revisions) if one.timestamp is not None]
        numbers = [one.revid for one in made]
        if self.page.revid in numbers:  # somebody may have saved since the page was read
            made = made[: numbers.index(self.page.revid) + 1]
        base = next((one for one in made if remembered and one.revid == memory["revid"]), None)
        revisions = made
        known: tuple[LineAuthors, str] | None = None
        if base is not None and base.text is not None and remembered:
            text = self.part(base.text)
            if len(lines_of(text)) == len(remembered.lines):
                known, made = (remembered, text), made[made.index(base) + 1 :]
        elif history.whole:
            known = LineAuthors((None,)), ""
        steps = ((None if one.text is None else self.part(one.text), _maker(one)) for one in made)
        found = after_all(known, steps, wiki.bot, self.find) or (first_seen(self.text, self.find), self.text)
        # The last revision is the page as it was read; if it is not (a hidden one), nobody knows who wrote the rest.
        lines = changed(*found, self.text, None, find=self.find)
        return replace(
            lines, sessions=self._sessions(remembered, base, revisions, wiki.bot, whole=history.whole)
        )

    def _sessions(
        self,
        remembered: LineAuthors | None,
        base: PageText | None,
        made: Sequence[PageText],
        bot: str,
        *,
        whole: bool,
    ) -> Mapping[str, Maker | None]:
        """Who made the sessions of a schedule stand as they do."""
        if self.title not in self.event.pages.schedule:
            return {}
        before: Mapping[str, Maker | None] | None = {} if whole else None
        if remembered and base is not None:
            before, made = remembered.sessions, made[made.index(base) + 1 :]
        return session_makers(before, (base and base.text) or "", made, self.read, bot)


class _Report(_Page):
    """The report page: only the lines that people wrote."""

    find = staticmethod(report_lines_in)

    @staticmethod
    def part(text: str) -> str:
        return peoples_part(text)


def _maker(page: PageText) -> Maker:
    assert page.timestamp is not None  # noqa: S101 -- a revision has one; the caller has looked
    return Maker(page.user, page.timestamp, page.revid)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _compact(authors: LineAuthors) -> dict[str, object]:
    """Each maker once, lines as runs: [[number of the maker, how many lines], …]."""
    numbers: dict[Maker | None, int] = {}

    def number(maker: Maker | None) -> int:
        return numbers.setdefault(maker, len(numbers))

    runs: list[list[int]] = []
    for maker in authors.lines:
        if runs and runs[-1][0] == number(maker):
            runs[-1][1] += 1
        else:
            runs.append([number(maker), 1])
    remarks = [[remark.line, remark.text, number(remark.by)] for remark in authors.remarks]
    removed = [[line, number(maker)] for line, maker in authors.removed]
    sessions = [[mark, number(maker)] for mark, maker in sorted(authors.sessions.items())]
    makers = [[one.user, one.at.isoformat(), one.revid] if one else None for one in numbers]
    return {"makers": makers, "lines": runs, "remarks": remarks, "removed": removed, "sessions": sessions}


def _loaded(memory: Mapping[str, object]) -> LineAuthors:
    makers = [
        Maker(one[0], datetime.fromisoformat(one[1]), one[2]) if one else None
        for one in _list(memory["makers"])
    ]

    def lines() -> Iterator[Maker | None]:
        for number, count in _list(memory["lines"]):
            yield from [makers[number]] * count

    removed = ((line, makers[number]) for line, number in _list(memory["removed"]))
    return LineAuthors(
        tuple(lines()),
        tuple(Remark(line, text, makers[number]) for line, text, number in _list(memory["remarks"])),
        tuple((line, maker) for line, maker in removed if maker),
        {mark: makers[number] for mark, number in _list(memory["sessions"])},
    )


def _list(value: object) -> list[list]:  # type: ignore[type-arg]
    return value if isinstance(value, list) else []
