"""Acknowledged tasks linked in their rows."""

from collections.abc import Iterator

from callboard.model import Proposal, Schedule
from callboard.read.matching import matches
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.task_places import TaskPlaces
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span
from callboard.wikitext.forms import TaskStyle, favourite_task_style
from callboard.wikitext.tasks import tasks

_INTERWIKI = TaskStyle(("[[phab:", "]]"))  # works on every Wikimedia wiki, with or without templates


def _linked_anywhere(page: Schedule, snapshot: Snapshot) -> set[str]:
    texts = [page.text]
    for title in snapshot.event.pages.schedule:
        other = snapshot.pages.get(title)
        if other and other.text and title != page.page:
            texts.append(other.text)
    return {ref.task for text in texts for ref in tasks(text, Span(0, len(text)))}


def _waiting(page: Schedule, snapshot: Snapshot) -> list[Proposal]:
    """The proposals with the coordination team's yes that no page of the schedule names yet."""
    if snapshot.board_note:
        return []  # the board is away: an acknowledgement may have been taken back
    linked = _linked_anywhere(page, snapshot)
    return [
        proposal
        for task, proposal in sorted((snapshot.proposals or {}).items())
        if proposal.acknowledged and proposal.visible and not proposal.closed and task not in linked
    ]


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
    for match in matches(page.sessions, waiting):
        edit = places.insertion(match.session, style.write(match.proposal.task))
        if edit:
            yield edit if match.certain else Unsure(edit)
