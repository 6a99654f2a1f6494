"""What every write has in common: the off switch, the fresh look, who keeps bots out, and how it ended."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.errors import Stopped
from callboard.exclusion import Verdict, may_post, needs_nested
from callboard.ledger import Ledger
from callboard.model import PageText
from callboard.ports import Reading, Wiki


@dataclass(frozen=True, slots=True)
class Written:
    """One edit that was made: a page, why, and the revision; `size` is the change of the text in characters."""

    page: str
    what: str  # "tidied", "notice starts_soon", "report"
    revid: int
    size: int
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Something that was not done, and why."""

    page: str  # or task
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class WrittenOnTask:
    """One edit of a task that was made: "comment (slot), card moved", and the transaction's PHID."""

    task: str
    what: str
    transaction: str


@dataclass(slots=True)
class Results:
    """What came of a plan."""

    written: list[Written] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)  # our own mistakes and lost answers; exit code 1
    on_tasks: list[WrittenOnTask] = field(default_factory=list)


@dataclass(slots=True)
class Writer:
    """The rim that both kinds of write go through: page edits and notices."""

    event: Event
    wiki: Wiki
    ledger: Ledger
    now: datetime  # the wiki's time of the last look, shifted for rehearsals
    shift: timedelta = timedelta()
    stopping: Callable[[], bool] = lambda: False
    pages: dict[str, PageText] = field(default_factory=dict)  # as last seen, text included
    results: Results = field(default_factory=Results)
    progress: Callable[[int, int], None] = lambda _done, _of: None  # of notices, letter after letter

    def look(self, titles: Iterable[str], *, contributions_since: datetime | None = None) -> Reading:
        """The pages this moment, texts included, and the off switch with them, in one request where nothing moved.

        Raises Stopped if the off switch says so or the process is asked to end.
        """
        if self.stopping():
            raise Stopped("asked to stop; what is left is done at the next tick")
        switch = self.event.pages.off_switch
        asked = tuple(dict.fromkeys((*((switch,) if switch else ()), *titles)))
        known = {
            t: p.revid
            for t in asked
            if (p := self.pages.get(t)) and p.revid is not None and p.text is not None
        }
        if len(known) < len(asked):
            known = {}  # one request with every text is cheaper than two
        reading = self.wiki.read(asked, known=known, contributions_since=contributions_since)
        self.now = (reading.now + self.shift).replace(microsecond=0)
        fresh = {title: self._with_text(title, page) for title, page in reading.pages.items()}
        self.pages.update(fresh)
        if switch:
            check_switch(fresh[switch])
        return replace(reading, pages=fresh)

    def _with_text(self, title: str, page: PageText) -> PageText:
        if page.text is None and page.revid is not None:
            return replace(page, text=self.pages[title].text)
        return page

    def keeps_out(self, page: PageText, kind: str = "") -> Verdict:
        """Whether the page admits the bot, also when the statement stands inside another template.

        With the kind of a notice, whether it admits such a message too.
        """
        nested = self.nested([page]).get(page.title, {})
        return may_post(page.text or "", self.wiki.bot, kind, transcluded=page.templates, nested=nested)

    def nested(self, pages: Iterable[PageText]) -> dict[str, Mapping[str, str]]:
        """The texts of the templates on each page, for the pages on which one of them may keep bots out; two requests for all."""
        unsure = [page.title for page in pages if needs_nested(page.text or "", page.templates)]
        used = self.wiki.templates(unsure) if unsure else {}
        titles = dict.fromkeys(title for found in used.values() for title in found)
        read = self.wiki.read(titles).pages if titles else {}
        return {page: {title: read[title].text or "" for title in used[page]} for page in unsure}


def why_stopped(page: PageText) -> str:
    """What the off switch page says, unless it is missing, empty or says "go"."""
    said = (page.text or "").strip()
    if not said or said.casefold() == "go":
        return ""
    first = said.splitlines()[0][:80]
    return f"[[{page.title}]] says {first!r} (last changed by {page.user or 'somebody'}); write go to go on"


def check_switch(page: PageText) -> None:
    """Raises Stopped unless the off switch page is missing, empty or says "go"."""
    if why := why_stopped(page):
        raise Stopped(why)
