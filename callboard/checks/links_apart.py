"""Rows with one task, whose owners are whose, and rows that have each other's number. No check of its own."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen
from callboard.checks.phrasing import Row, sessions_of
from callboard.model import Proposal, TaskRef
from callboard.read.likeness import alike
from callboard.read.matching import ALIKE, exact_title

Linked = tuple[Row, TaskRef, Proposal]


def linked_rows(seen: Seen) -> Iterator[Linked]:
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


def is_theirs(row: Row, proposal: Proposal) -> bool | None:
    """Whether the row's owner is the author, or an account that the task names, as far as both are known."""
    owners = {person.name for person in row[1].owners}
    if not owners or not proposal.owners:
        return None
    return not owners.isdisjoint((*proposal.owners, *proposal.claimed_names))


def is_called(row: Row, proposal: Proposal) -> bool:
    """Whether a row has the title of a proposal, or nearly."""
    title = exact_title(row[1].title)
    return alike(title, exact_title(proposal.title)) >= ALIKE


def crossed(seen: Seen) -> list[tuple[Linked, Linked]]:
    """Pairs of rows each of which has the other's title but its own has not: the numbers changed places."""
    rows: defaultdict[str, list[Linked]] = defaultdict(list)
    wrong = [one for one in linked_rows(seen) if one[0][1].title and not is_called(one[0], one[2])]
    for one in wrong:
        rows[exact_title(one[2].title)].append(one)
    found: list[tuple[Linked, Linked]] = []
    for one in wrong:
        for other in rows.get(exact_title(one[0][1].title), []):
            if other[0][1].line > one[0][1].line or other[0][0].page != one[0][0].page:
                swapped = exact_title(other[0][1].title) == exact_title(one[2].title)
                if swapped and (other, one) not in found:
                    found.append((one, other))
    return found


def stolen(seen: Seen) -> list[tuple[Linked, Proposal | None]]:
    """Rows of somebody who is known, with a task of somebody else; and the task that should stand there, if any.

    Where nobody knows whose the task is, only if the row's owner has one of the same title that no row links: anybody can
    file a second task, and write somebody else's name into it.
    """
    proposals = seen.snapshot.proposals or {}
    swapped = {id(row[0][1]) for pair in crossed(seen) for row in pair}
    by_owner: defaultdict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals.values():
        if proposal.visible and not proposal.closed:
            for owner in proposal.owners:
                by_owner[owner].append(proposal)
    organisers = seen.snapshot.event.event.organisers
    standing = {ref.task for row in sessions_of(seen.schedules) for ref in row[1].tasks}
    found: list[tuple[Linked, Proposal | None]] = []
    for linked in linked_rows(seen):
        row, _, proposal = linked
        owners = {person.name for person in row[1].owners}
        if id(row[1]) in swapped or not owners.isdisjoint(proposal.owners):
            continue
        # an organiser may look after a session of somebody else's: owner-differs asks
        names = [person.name for person in row[1].owners if person.name not in organisers]
        theirs = [one for name in names for one in by_owner.get(name, []) if is_called(row, one)]
        if is_theirs(row, proposal) is not False:
            title = exact_title(row[1].title)
            same = [one for one in theirs if exact_title(one.title) == title and one.task not in standing]
            found += [(linked, one) for one in same[:1]]
        elif theirs or any(name in by_owner or seen.snapshot.exists(name) for name in names):
            found.append((linked, theirs[0] if theirs else None))
    return found
