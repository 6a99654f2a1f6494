"""What is to be placed: a task's session with its title and its verified owners, and whether it may be placed at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from callboard.model import Proposal, Schedule
from callboard.placing import NotPlaced
from callboard.placing.cells import where
from callboard.placing.rows import RowCells
from callboard.placing.style import Style
from callboard.read.matching import same_title
from callboard.wikitext.edits import Span
from callboard.wikitext.escape import escape, names_a_user, plain_line
from callboard.wikitext.tasks import tasks

_TAG = re.compile(r"^\s*(?:\[[^\[\]]{1,30}\]\s*)+(?=\S)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session to be written: the task's title without `[Session]`, and the accounts known to be its author's."""

    proposal: Proposal
    title: str
    owners: tuple[str, ...]

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """What is known of the proposal's session; raises NotPlaced for a task without a title."""
        return cls(proposal, shown_title(proposal), tuple(filter(names_a_user, proposal.owners)))

    @property
    def task(self) -> str:
        """The task."""
        return self.proposal.task

    def cells(self, style: Style, row: RowCells, marker: str) -> dict[str, str]:
        """The texts for the cells of a row, by RowCells' names; what has no cell of its own stands with the title."""
        owners, task = ("" if row.owner else self.owners), ("" if row.task else self.task)
        texts = {
            "title": style.write(escape(self.title), tuple(owners), task),
            "kind": marker if row.kind else "",
        }
        if row.owner and self.owners:
            texts["owner"] = style.people(self.owners)
        if row.task:
            texts["task"] = style.task.write(self.task)
        return {name: text for name, text in texts.items() if text}

    def notes(self) -> Iterable[str]:
        """What a person should know of the owners."""
        if not self.owners:
            claimed = ", ".join(self.proposal.claimed_names)
            hint = f"; its description names {claimed}, which nobody has verified" if claimed else ""
            yield f"no wiki account of {self.proposal.author or 'the author'} is known, so no owner is written{hint}"


def marker_of(page: Schedule, proposal: Proposal) -> str:
    """The mark that all sessions of the proposal's format have in their type column, if it is one."""
    kind = (proposal.format or "").casefold()
    seen = {
        session.marker
        for session in page.sessions
        if session.marker and (session.format or "").casefold() == kind
    }
    return escape(seen.pop()) if kind and len(seen) == 1 else ""


def check_may_be_placed(proposal: Proposal) -> None:
    """Raises NotPlaced unless the coordination team said yes to the task, and it is still open and on the board."""
    if not proposal.visible:
        raise NotPlaced(f"{proposal.task} is hidden, or no longer on the board: it is not placed")
    if proposal.closed:
        raise NotPlaced(f"{proposal.task} is {proposal.status}: it is not placed")
    if proposal.acknowledged is None:
        raise NotPlaced(f"{proposal.task} is not acknowledged: a coordinator must say yes on the task first")


def check_not_there(schedules: Iterable[Schedule], proposal: Proposal) -> None:
    """Raises NotPlaced if the schedule names the task, or has a session of its title, already."""
    for page in schedules:
        for ref in tasks(page.text, Span(0, len(page.text))):
            if ref.task == proposal.task:
                at = where(page.text, page.page, ref.span.start)
                raise NotPlaced(f"{proposal.task} stands in the schedule already ({at}): use move_session")
        for session in page.sessions:
            if not session.tasks and same_title(session.title) == same_title(proposal.title) != "":
                at = where(page.text, page.page, session.span.start)
                raise NotPlaced(
                    f"a session called “{session.title}” stands in the schedule already ({at}): link_tasks links it"
                )


def shown_title(proposal: Proposal) -> str:
    """The task's title without `[Session]`, on one line."""
    title = _TAG.sub("", plain_line(proposal.title))
    if not title:
        raise NotPlaced(f"{proposal.task} has no title: give it one")
    return title
