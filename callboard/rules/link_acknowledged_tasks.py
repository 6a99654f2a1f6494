"""Acknowledged tasks linked in their rows."""

import re
from collections import Counter
from collections.abc import Iterator

from callboard.model import Proposal, Schedule, Session, TaskForm
from callboard.read.matching import matches
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.rules.arguments import plain_tasks, template_around
from callboard.rules.task_places import TaskPlaces
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span
from callboard.wikitext.forms import TaskStyle, favourite_task_style, task_style
from callboard.wikitext.tasks import tasks

_NUMBERS = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_NUMBER = TaskStyle(("", ""))  # T1
INTERWIKI = TaskStyle(("[[phab:", "]]"))  # works on every Wikimedia wiki, with or without templates


def _linked_anywhere(page: Schedule, snapshot: Snapshot, wanted: set[str]) -> set[str]:
    """Which of these tasks a page of the schedule names; where a number stands is looked at only if it stands somewhere."""
    linked = {ref.task for session in page.sessions for ref in session.tasks} & wanted
    texts = [page.text]
    for title in snapshot.event.pages.schedule:
        other = snapshot.pages.get(title)
        if other and other.text and title != page.page:
            texts.append(other.text)
    for text in texts:
        left = wanted - linked
        if left and any(f"T{int(number)}" in left for number in _NUMBERS.findall(text)):
            linked |= {ref.task for ref in tasks(text, Span(0, len(text)))} & wanted
    return linked


def _waiting(page: Schedule, snapshot: Snapshot) -> list[Proposal]:
    """The proposals with the coordination team's yes that no page of the schedule names yet."""
    if snapshot.board_note:
        return []  # the board is away: an acknowledgement may have been taken back
    proposals = {
        task: proposal
        for task, proposal in sorted((snapshot.proposals or {}).items())
        if proposal.acknowledged and proposal.visible and not proposal.closed
    }
    linked = _linked_anywhere(page, snapshot, set(proposals)) if proposals else set()
    return [proposal for task, proposal in proposals.items() if task not in linked]


@schedule_rule("link-acknowledged-tasks")
def link_acknowledged_tasks(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """The link of an acknowledged task in the row that has its title and one of its owners; less than that is asked.

    A task that is linked anywhere on the schedule is never linked again. Without a look at the board nothing is done.
    """
    waiting = _waiting(page, snapshot)
    if not waiting:
        return
    sources = (ref.span.of(page.text) for session in page.sessions for ref in session.tasks)
    style = favourite_task_style(sources) or INTERWIKI
    in_arguments = _style_of_arguments(page)
    places = TaskPlaces(page)
    for match in matches(page.sessions, waiting):
        form = in_arguments if _is_argument(page, match.session) else style
        wish = places.insertion(match.session, form.write(match.proposal.task))
        if wish and not match.certain:
            wish = wish if isinstance(wish, Unsure) else Unsure(wish)
        if wish:
            yield wish


def _is_argument(page: Schedule, session: Session) -> bool:
    return (
        session.task_cell is not None and template_around(page.text, session, session.task_cell) is not None
    )


def _style_of_arguments(page: Schedule) -> TaskStyle:
    """What the page's templates have for a task: `task=T1` or `task={{phab|T1}}`; the bare number if none of them has one."""
    forms = Counter(
        _NUMBER if ref.form is TaskForm.BARE else task_style(ref.span.of(page.text))
        for ref in plain_tasks(page)
    )
    return (forms.most_common(1)[0][0] if forms else None) or _NUMBER
