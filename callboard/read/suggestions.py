"""Rows and proposals that may belong together, for people to decide; each with its reason."""

from collections.abc import Iterable, Sequence

from callboard.model import Proposal, Session
from callboard.read.likeness import alike, most_alike
from callboard.read.matching import exact_title, matches
from callboard.values import value

_ALIKE = 92  # of 100, where nobody is known to own both
_EACH = 3  # suggestions for one proposal


@value()
class Suggestion:
    """A row without a task that may be a proposal's; score 0 to 100, and why in words."""

    session: Session
    proposal: Proposal
    score: int
    reason: str


def suggestions(sessions: Iterable[Session], waiting: Sequence[Proposal]) -> tuple[Suggestion, ...]:
    """What may belong together but not for certain, by proposal, the most likely first, three for each at most."""
    free = [session for session in sessions if not session.tasks and session.title]
    found: dict[str, list[Suggestion]] = {proposal.task: [] for proposal in waiting}
    settled: set[str] = set()
    for match in matches(free, list(waiting)):
        if match.certain:
            settled.add(match.proposal.task)
        score = alike(exact_title(match.session.title), exact_title(match.proposal.title))
        found[match.proposal.task].append(Suggestion(match.session, match.proposal, score, match.reason))
    titles = [(session, exact_title(session.title)) for session in free]
    for proposal in waiting:
        if not found[proposal.task]:
            found[proposal.task] += _by_title(titles, proposal)
    return tuple(
        one
        for task, some in found.items()
        if task not in settled
        for one in sorted(some, key=lambda one: (-one.score, one.session.line))[:_EACH]
    )


def _by_title(titles: Sequence[tuple[Session, str]], proposal: Proposal) -> list[Suggestion]:
    some: dict[object, Suggestion] = {}
    scores = most_alike(exact_title(proposal.title), [title for _, title in titles], _ALIKE)
    for place, score in sorted(scores.items()):
        session = titles[place][0]
        names = [person.name for person in session.owners]
        whose = f"the row names {' and '.join(names[:3])}" if names else "the row names nobody"
        reason = f"the titles are {score} % alike; {whose}"
        some.setdefault(session.span, Suggestion(session, proposal, score, reason))
    return list(some.values())
