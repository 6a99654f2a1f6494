"""A row whose title or owner is not the one of the task that it links."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from callboard.checks import Seen, check
from callboard.checks.phrasing import Row, listed, plain_title, problem_at, sessions_of
from callboard.model import Problem, Proposal, Severity, TaskRef

_WORD = re.compile(r"\w{3,}")
_ALIKE = 0.6
_MOST = 300


def abbreviates(one: str, other: str) -> bool:
    """Whether two titles are as alike as a page's short title and the task's: half of the words, or most letters."""
    first, second = plain_title(one)[:_MOST], plain_title(other)[:_MOST]
    short, long = sorted((first, second), key=len)
    if not short or short in long:
        return True
    words, others = set(_WORD.findall(short)), set(_WORD.findall(long))
    if words and 2 * len(words & others) >= min(len(words), len(others)):
        return True
    letters = "".join(word[0] for word in re.findall(r"\w+", long))
    if short.replace(".", "") == letters:  # "TYOOSB": ten years of one small bot
        return True
    return SequenceMatcher(None, short, long, autojunk=False).ratio() >= _ALIKE


def _linked(seen: Seen) -> Iterator[tuple[Row, TaskRef, Proposal]]:
    """Rows with one task, which is to be seen and open."""
    proposals = seen.snapshot.proposals
    if not proposals:
        return
    for row in sessions_of(seen.schedules):
        tasks = {ref.task: ref for ref in reversed(row[1].tasks)}
        if len(tasks) == 1:
            ((task, ref),) = tasks.items()
            proposal = proposals.get(task)
            if proposal and proposal.visible and not proposal.closed:
                yield row, ref, proposal


def _theirs(row: Row, proposal: Proposal) -> bool | None:
    """Whether the row's owner is the author, as far as both are known."""
    owners = {person.name for person in row[1].owners}
    if not owners or not proposal.owners:
        return None
    return not owners.isdisjoint((*proposal.owners, *proposal.claimed_names))


@check("title-differs")
def title_differs(seen: Seen) -> Iterator[Problem]:
    """A warning where the owner is not the author's either: then the number may be wrong. A shorter title is fine."""
    for row, ref, proposal in _linked(seen):
        title = row[1].title
        if not title or abbreviates(title, proposal.title):
            continue
        theirs = _theirs(row, proposal)
        severity = Severity.WARNING if theirs is False else Severity.NOTE
        message = f'{ref.task} is called "{proposal.title}"; is that this session? If not, correct the number'
        yield problem_at(
            row,
            "title-differs",
            severity,
            message,
            span=ref.span,
            task=ref.task,
            also=[ref.task, proposal.title],
        )


@check("owner-differs")
def owner_differs(seen: Seen) -> Iterator[Problem]:
    """Only where accounts are known to be the author's, and the title is the task's: otherwise title-differs tells."""
    for row, ref, proposal in _linked(seen):
        if _theirs(row, proposal) is False and abbreviates(row[1].title, proposal.title):
            people = row[1].owners
            here, there = listed([person.name for person in people]), listed(proposal.owners)
            message = f"{here} is named here, but {ref.task} is by {there}; who holds this session?"
            also = [ref.task, here, there]
            yield problem_at(
                row, "owner-differs", Severity.NOTE, message, span=people[0].span, task=ref.task, also=also
            )
