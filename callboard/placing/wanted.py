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
from callboard.wikitext.links import canonical_name
from callboard.wikitext.tasks import tasks

_TAG = re.compile(r"^\s*(?:\[[^\[\]]{1,30}\]\s*)+(?=\S)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session to be written: what it is called, who holds and who facilitates it.

    Of a task it has the title without `[Session]` and the accounts known to be the author's; of a session that moves, what
    stands on its page: `source` is the title as wikitext, `bare` are names without a link, which stay so.
    """

    task: str
    title: str
    owners: tuple[str, ...]
    facilitators: tuple[str, ...] = ()
    source: str = ""
    bare: frozenset[str] = frozenset()
    marker: str = ""  # for the column of types
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, proposal: Proposal, page: Schedule | None = None) -> Self:
        """What is known of the proposal's session, for a page; raises NotPlaced for a task without a title."""
        owners = tuple(canonical_name(name) for name in proposal.owners if names_a_user(name))
        marker = marker_of(page, proposal) if page else ""
        notes = () if owners else (_no_owner(proposal),)
        return cls(proposal.task, shown_title(proposal), owners, marker=marker, notes=notes)

    def cells(self, style: Style, row: RowCells) -> dict[str, str]:
        """The texts for the cells of a row, by RowCells' names; what has no cell of its own stands with the title."""
        owners = "" if row.owner else self._people(self.owners, style)
        helpers = "" if row.facilitator else self._people(self.facilitators, style)
        title = self.source or escape(self.title)
        texts = {
            "title": style.write(title, owners, "" if row.task else self.task, helpers),
            "kind": self.marker if row.kind else "",
            "owner": self._people(self.owners, style) if row.owner else "",
            "facilitator": self._people(self.facilitators, style) if row.facilitator else "",
            "task": style.task.write(self.task) if row.task and self.task else "",
        }
        return {name: text for name, text in texts.items() if text}

    def _people(self, names: Iterable[str], style: Style) -> str:
        return ", ".join(name if name in self.bare else style.person(name) for name in names)


def _no_owner(proposal: Proposal) -> str:
    claimed = ", ".join(proposal.claimed_names)
    hint = f"; its description names {claimed}, which nobody has verified" if claimed else ""
    return f"no wiki account of {proposal.author or 'the author'} is known, so no owner is written{hint}"


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
                at = where(page, ref.span.start)
                raise NotPlaced(f"{proposal.task} stands in the schedule already ({at}): use move_session")
        for session in page.sessions:
            if not session.tasks and same_title(session.title) == same_title(proposal.title) != "":
                at = where(page, session.span.start)
                raise NotPlaced(
                    f"a session called “{session.title}” stands in the schedule already ({at}): link_tasks links it"
                )


def shown_title(proposal: Proposal) -> str:
    """The task's title without `[Session]`, on one line."""
    title = _TAG.sub("", plain_line(proposal.title))
    if not title:
        raise NotPlaced(f"{proposal.task} has no title: give it one")
    return title
