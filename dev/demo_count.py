"""What the demo counts, from the wiki's own pages and logs and not from what the bot says it did."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dev.demo_stage import Stage
from dev.wiki_accounts import BOT, ORGANISER

_MARK = re.compile(r"<!-- callboard:(?P<key>[^\n]+?) -->")
_TASK = re.compile(r"\bT\d{4,}\b")


@dataclass(frozen=True, slots=True)
class BotEdit:
    """One edit of the bot as the wiki lists it; `size` is in bytes, new pages count whole."""

    page: str
    comment: str
    size: int


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice as it stands on somebody's talk page."""

    person: str
    key: str

    @property
    def kind(self) -> str:
        """The kind, from `event/subject/kind/occasion`."""
        return self.key.split("/")[2]


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests that reached the servers, as these wrote them down."""

    wiki: int
    board: int


def bot_edits(stage: Stage) -> list[BotEdit]:
    """All edits of the bot, oldest first."""
    answer = stage.wiki.person(ORGANISER).api(
        "query",
        list="usercontribs",
        ucuser=BOT,
        uclimit="max",
        ucdir="newer",
        ucprop="title|comment|sizediff",
    )
    found = answer["query"]["usercontribs"]
    return [BotEdit(edit["title"], edit["comment"], edit["sizediff"]) for edit in found]


def notices_posted(stage: Stage) -> list[Posted]:
    """Every notice on every user talk page."""
    answer = stage.wiki.person(ORGANISER).api(
        "query",
        generator="allpages",
        gapnamespace=3,
        gaplimit="max",
        prop="revisions",
        rvprop="content",
        rvslots="main",
    )
    pages = answer["query"]["pages"] if "query" in answer else []
    return [
        Posted(page["title"].partition(":")[2], found["key"])
        for page in pages
        for found in _MARK.finditer(page["revisions"][0]["slots"]["main"]["content"])
    ]


def linked_by_bot(stage: Stage, page: str) -> set[str]:
    """Tasks that an edit of the bot put on a page which did not name them before."""
    answer = stage.wiki.person(ORGANISER).api(
        "query",
        titles=page,
        prop="revisions",
        rvprop="user|content",
        rvslots="main",
        rvlimit="max",
        rvdir="newer",
    )
    linked: set[str] = set()
    before: set[str] = set()
    for revision in answer["query"]["pages"][0]["revisions"]:
        tasks = set(_TASK.findall(revision["slots"]["main"]["content"]))
        if revision["user"] == BOT:
            linked |= tasks - before
        before = tasks
    return linked


def spent(stage: Stage) -> Spent:
    """Requests since the servers were asked to forget them."""
    return Spent(stage.wiki.request_count(), len(stage.conduit.requests))


def start_counting(stage: Stage) -> None:
    """Both servers forget the requests so far."""
    stage.wiki.forget_requests()
    stage.conduit.requests.clear()


def by_page(edits: Iterable[BotEdit]) -> dict[str, tuple[int, int]]:
    """Edits and change of size in bytes, by page, talk pages left out."""
    count: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for edit in edits:
        if not edit.page.startswith("User talk:"):
            count[edit.page] += 1
            size[edit.page] += edit.size
    return {page: (count[page], size[page]) for page in count}


def by_person(posted: Iterable[Posted]) -> dict[str, Counter[str]]:
    """Notices of each kind, by person."""
    people: dict[str, Counter[str]] = {}
    for notice in posted:
        people.setdefault(notice.person, Counter())[notice.kind] += 1
    return dict(sorted(people.items()))
