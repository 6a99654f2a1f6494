"""Which row of a schedule belongs to which proposal, and whether that is certain."""

import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from callboard.model import Proposal, Session
from callboard.read.likeness import alike
from callboard.values import value

_TAG = re.compile(
    r"\s*(?:\[[^\[\]]{1,30}\]|(?:session(?: proposal)?|proposal|training|meeting|hacking|workshop|talk)\s*:)\s*",
    re.IGNORECASE,
)
_KIND = re.compile(r"\s*(?:\[([^\[\]]{1,30})\]|([^\W\d][\w -]{1,30}?)\s*:(?=\s))\s*")
ALIKE = 85  # of 100: titles of one owner's row and task that are likely one
_SIGNS = str.maketrans("‘’‚“”„«»–—‐‑−", '\'\'\'"""""-----')  # keyboards and wikis differ in these


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
    """A row without a task and the proposal that it seems to be, and why in words."""

    session: Session
    proposal: Proposal
    certain: bool
    reason: str = ""


@lru_cache(maxsize=8192)  # checks ask for the same titles several times
def exact_title(title: str) -> str:
    """What two titles must share to be one for certain: all but tags, case, blanks and the kind of quotes and dashes."""
    return same_title(title).translate(_SIGNS)


def who_owns_both(session: Session, proposal: Proposal) -> list[str]:
    """The accounts that own the session and are known to be the author's, or a listed speaker's."""
    return [person.name for person in session.owners if person.name in proposal.owners]


def matches(sessions: Iterable[Session], waiting: list[Proposal]) -> Iterator[Match]:
    """Rows without a task and the proposals that they seem to be.

    Certain: the only row and the only proposal of that title, and an owner who is known to be the author.
    """
    by_title: defaultdict[str, list[Session]] = defaultdict(list)
    by_owner: defaultdict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        if not session.tasks:
            by_title[exact_title(session.title)].append(session)
            for person in session.owners:
                by_owner[person.name].append(session)
    titles = [exact_title(proposal.title) for proposal in waiting]
    often = Counter(titles)
    for proposal, title in zip(waiting, titles, strict=True):
        same = by_title.get(title, []) if title else []
        # one cell over several columns of days is several sessions
        rows = len({session.span for session in same})
        if same:
            yield from (_of_title(session, proposal, rows, often[title]) for session in same)
            continue
        theirs = {session.span: session for owner in proposal.owners for session in by_owner.get(owner, [])}
        for session in theirs.values():
            score = alike(exact_title(session.title), title)
            if score >= ALIKE:
                reason = (
                    f"the titles are {score} % alike, {_listed(who_owns_both(session, proposal))} owns both"
                )
                yield Match(session, proposal, certain=False, reason=reason)


def _of_title(session: Session, proposal: Proposal, rows: int, tasks: int) -> Match:
    """A match by the exact title: certain if nothing else could be meant, and the owner is."""
    both = who_owns_both(session, proposal)
    if rows == 1 and tasks == 1 and both:
        return Match(session, proposal, certain=True, reason=f"the same title, and {_listed(both)} owns both")
    if rows > 1:
        why = f"the same title, which {rows} rows have"
    elif tasks > 1:
        why = f"the same title, which {tasks} tasks have"
    else:
        why = _owners_apart(session, proposal)
    return Match(session, proposal, certain=False, reason=why)


def _owners_apart(session: Session, proposal: Proposal) -> str:
    here = [person.name for person in session.owners]
    claimed = [name for name in here if name in proposal.claimed_names]
    if not here:
        return "the same title, but the row names nobody"
    if claimed:
        return f"the same title, but nobody knows that {_listed(claimed)} is the task's author"
    if not proposal.owners:
        return f"the same title, but no account is known to be the author's; the row names {_listed(here)}"
    return f"the same title, but the row names {_listed(here)} and the task is by {_listed(proposal.owners)}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names[:3]) + (" and others" if len(names) > 3 else "")
