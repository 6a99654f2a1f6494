"""Which row of a schedule belongs to which proposal, and whether that is certain."""

import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from callboard.model import Proposal, Session
from callboard.values import value

_TAG = re.compile(
    r"\s*(?:\[[^\[\]]{1,30}\]|(?:session(?: proposal)?|proposal|training|meeting|hacking|workshop|talk)\s*:)\s*",
    re.IGNORECASE,
)
_KIND = re.compile(r"\s*(?:\[([^\[\]]{1,30})\]|([^\W\d][\w -]{1,30}?)\s*:(?=\s))\s*")
_ALIKE = 0.8
_LONG_ENOUGH = 10
_MOST = 300  # characters of a title that are compared; Phabricator admits 255


def same_title(title: str) -> str:
    """What makes two titles the same: without `[Session]`, quotes and case, blanks folded."""
    plain = unicodedata.normalize("NFC", html.unescape(title)).replace("''", "")
    while tag := _TAG.match(plain):
        plain = plain[tag.end() :]
    return " ".join(plain.casefold().split())


def without_tag(title: str) -> str:
    """The title for people without `[Session]`, `Session:` and the like, blanks folded."""
    plain = title
    while tag := _TAG.match(plain):
        plain = plain[tag.end() :]
    return " ".join(plain.split())


def tag_of(title: str) -> str:
    """What stands before a title as its kind: `[Workshop] Maps`, `Lightning talk: My bot`; empty if nothing does."""
    kinds: list[str] = []
    while tag := _KIND.match(title):
        kinds.append(tag[1] or tag[2])
        title = title[tag.end() :]
    return " ".join(kinds)


@value()
class Match:
    """A row without a task and the proposal that it seems to be."""

    session: Session
    proposal: Proposal
    certain: bool


def _runs(session: Session, proposal: Proposal) -> bool:
    """Whether an account that is known to be the author's owns the session."""
    return any(person.name in proposal.owners for person in session.owners)


def _resembles(title: str, other: str) -> bool:
    one, two = sorted((same_title(title)[:_MOST], same_title(other)[:_MOST]), key=len)
    if len(one) >= _LONG_ENOUGH and one in two:
        return True
    return bool(one) and SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE


def matches(sessions: Iterable[Session], waiting: list[Proposal]) -> Iterator[Match]:
    """Rows without a task and the proposals that they seem to be.

    Certain: the only row and the only proposal of that title, and an owner who is known to be the author.
    """
    by_title: defaultdict[str, list[Session]] = defaultdict(list)
    by_owner: defaultdict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        if not session.tasks:
            by_title[same_title(session.title)].append(session)
            for person in session.owners:
                by_owner[person.name].append(session)
    titles = [same_title(proposal.title) for proposal in waiting]
    often = Counter(titles)
    for proposal, title in zip(waiting, titles, strict=True):
        same = by_title.get(title, []) if title else []
        # one cell over several columns of days is several sessions
        certain = len({session.span for session in same}) == 1 and often[title] == 1
        if same:
            yield from (Match(session, proposal, certain and _runs(session, proposal)) for session in same)
            continue
        theirs = {session.span: session for owner in proposal.owners for session in by_owner.get(owner, [])}
        yield from (
            Match(session, proposal, certain=False)
            for session in theirs.values()
            if _resembles(session.title, proposal.title)
        )
