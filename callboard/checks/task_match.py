"""A row whose title or owner is not the one of the task that it links."""

import re
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.links_apart import Linked, crossed, is_theirs, linked_rows, stolen
from callboard.checks.phrasing import listed, plain_title, problem_at
from callboard.model import Problem, Severity
from callboard.read.likeness import LONGEST, alike

_WORD = re.compile(r"\w{3,}")
_ALIKE = 60  # of 100


def abbreviates(one: str, other: str) -> bool:
    """Whether two titles are as alike as a page's short title and the task's: half of the words, or most letters."""
    first, second = plain_title(one)[:LONGEST], plain_title(other)[:LONGEST]
    short, long = sorted((first, second), key=len)
    if not short or short in long:
        return True
    words, others = set(_WORD.findall(short)), set(_WORD.findall(long))
    if words and 2 * len(words & others) >= min(len(words), len(others)):
        return True
    letters = "".join(word[0] for word in re.findall(r"\w+", long))
    if short.replace(".", "") == letters:  # "TYOOSB": ten years of one small bot
        return True
    return alike(short, long) >= _ALIKE


def _linked(seen: Seen) -> Iterator[Linked]:
    """Rows with one task, but for those of which task-crossed and task-stolen tell."""
    told = {id(row[0][1]) for pair in crossed(seen) for row in pair}
    told |= {id(row[1]) for (row, _, _), _ in stolen(seen)}
    return (one for one in linked_rows(seen) if id(one[0][1]) not in told)


@check("title-differs")
def title_differs(seen: Seen) -> Iterator[Problem]:
    """A warning where the owner is not the author's either: then the number may be wrong. A shorter title is fine."""
    for row, ref, proposal in _linked(seen):
        title = row[1].title
        if not title or abbreviates(title, proposal.title):
            continue
        theirs = is_theirs(row, proposal)
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
        if is_theirs(row, proposal) is False and abbreviates(row[1].title, proposal.title):
            people = row[1].owners
            here, there = listed([person.name for person in people]), listed(proposal.owners)
            message = f"{here} is named here, but {ref.task} is by {there}; who holds this session?"
            also = [ref.task, here, there]
            yield problem_at(
                row, "owner-differs", Severity.NOTE, message, span=people[0].span, task=ref.task, also=also
            )
