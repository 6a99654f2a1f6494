"""Acknowledged tasks linked in their rows."""

import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from callboard.model import Proposal, Schedule, Session
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.task_places import TaskPlaces
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span
from callboard.wikitext.forms import TaskStyle, favourite_task_style
from callboard.wikitext.tasks import tasks

_TAG = re.compile(
    r"^\s*(?:\[[^\[\]]{1,30}\]|(?:session|training|meeting|hacking|workshop|talk)\s*:)\s*", re.IGNORECASE
)
_INTERWIKI = TaskStyle(("[[phab:", "]]"))  # works on every Wikimedia wiki, with or without templates
_ALIKE = 0.8
_LONG_ENOUGH = 10
_MOST = 300  # characters of a title that are compared; Phabricator admits 255


def same_title(title: str) -> str:
    """What makes two titles the same: without `[Session]`, quotes and case, blanks folded."""
    plain = unicodedata.normalize("NFC", html.unescape(title)).replace("''", "")
    previous = ""
    while plain != previous:
        previous, plain = plain, _TAG.sub("", plain)
    return " ".join(plain.casefold().split())


def _linked_anywhere(page: Schedule, snapshot: Snapshot) -> set[str]:
    texts = [page.text]
    for title in snapshot.event.pages.schedule:
        other = snapshot.pages.get(title)
        if other and other.text and title != page.page:
            texts.append(other.text)
    return {ref.task for text in texts for ref in tasks(text, Span(0, len(text)))}


def _waiting(page: Schedule, snapshot: Snapshot) -> list[Proposal]:
    """The proposals with the coordination team's yes that no page of the schedule names yet."""
    linked = _linked_anywhere(page, snapshot)
    return [
        proposal
        for task, proposal in sorted((snapshot.proposals or {}).items())
        if proposal.acknowledged and proposal.visible and not proposal.closed and task not in linked
    ]


def _runs(session: Session, proposal: Proposal) -> bool:
    """Whether an account that is known to be the author's owns the session."""
    return any(person.name in proposal.owners for person in session.owners)


def _resembles(title: str, other: str) -> bool:
    one, two = sorted((same_title(title)[:_MOST], same_title(other)[:_MOST]), key=len)
    if len(one) >= _LONG_ENOUGH and one in two:
        return True
    return bool(one) and SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE


def _pairs(page: Schedule, waiting: list[Proposal]) -> Iterator[tuple[Session, Proposal, bool]]:
    """Rows and the proposals that they seem to be, and whether that is certain."""
    by_title: defaultdict[str, list[Session]] = defaultdict(list)
    by_owner: defaultdict[str, list[Session]] = defaultdict(list)
    for session in page.sessions:
        if not session.tasks:
            by_title[same_title(session.title)].append(session)
            for person in session.owners:
                by_owner[person.name].append(session)
    titles = [same_title(proposal.title) for proposal in waiting]
    often = Counter(titles)
    for proposal, title in zip(waiting, titles, strict=True):
        same = by_title.get(title, []) if title else []
        certain = len(same) == 1 and often[title] == 1
        if same:
            yield from ((session, proposal, certain and _runs(session, proposal)) for session in same)
            continue
        theirs = {session.span: session for owner in proposal.owners for session in by_owner.get(owner, [])}
        yield from (
            (session, proposal, False)
            for session in theirs.values()
            if _resembles(session.title, proposal.title)
        )


@schedule_rule("link-acknowledged-tasks")
def link_acknowledged_tasks(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """The link of an acknowledged task in the row that has its title and one of its owners; less than that is asked.

    A task that is linked anywhere on the schedule is never linked again. Without a look at the board nothing is done.
    """
    waiting = _waiting(page, snapshot)
    if not waiting:
        return
    sources = (ref.span.of(page.text) for session in page.sessions for ref in session.tasks)
    style = favourite_task_style(sources) or _INTERWIKI
    places = TaskPlaces(page)
    for session, proposal, certain in _pairs(page, waiting):
        edit = places.insertion(session, style.write(proposal.task))
        if edit:
            yield edit if certain else Unsure(edit)
