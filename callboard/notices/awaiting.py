"""Proposals with the team's yes that wait for their place in the schedule, and the free slots that fit each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from callboard.config import Event
from callboard.model import Acknowledgement, Notice, Proposal, State
from callboard.notices import Occasions
from callboard.notices.grace import not_before, told_from
from callboard.notices.telling import spelt_by_the_wiki, when
from callboard.slots.fitting import Choice, fitting, minutes_of
from callboard.slots.gaps import Gap, gaps
from callboard.wikitext.edits import Span
from callboard.wikitext.tasks import tasks

MOST_SLOTS = 8  # named in one notice; the schedule has the rest


def waiting(look: Occasions) -> list[tuple[Proposal, Acknowledgement]]:
    """Open tasks with their yes that are to be seen, and named nowhere on the schedule's pages: not in unread text either."""
    named = {ref.task for page in look.schedules for ref in tasks(page.text, Span(0, len(page.text)))}
    return [
        (one.proposal, yes)
        for one in look.states
        if one.state is State.ACKNOWLEDGED
        and one.proposal.task not in named
        and (yes := one.proposal.acknowledged)
    ]


def when_quiet(look: Occasions, proposal: Proposal, due: datetime) -> datetime:
    """When its owners may be told that it waits: a row that somebody took out, or whose task they did, may be back soon."""
    snapshot, task = look.snapshot, proposal.task
    taken_out = [
        maker.at
        for authors in snapshot.authors.values()
        for line, maker in authors.removed
        if task in line and any(ref.task == task for ref in tasks(line, Span(0, len(line))))
    ]
    missed = (one for one in snapshot.last.gone if task in one.session.tasks)
    taken_out += [one.by.at if one.by else one.since - snapshot.shift for one in missed]
    quiet = told_from(snapshot, max(taken_out, default=None), None)
    return not_before(quiet, due, snapshot.now)


def owners_of(proposal: Proposal) -> Iterator[str]:
    """The wiki accounts that are known to be the author's or a speaker's, each once; never those only claimed."""
    return iter(dict.fromkeys(map(spelt_by_the_wiki, proposal.owners)))


class Room:
    """Answers which free slots fit a proposal; the gaps are looked for when somebody asks, and once."""

    def __init__(self, look: Occasions) -> None:
        self._look = look
        self._said: dict[str, str] = {}

    @cached_property
    def _gaps(self) -> list[Gap]:
        return gaps(self._look.schedules, self._look.snapshot.event, after=self._look.snapshot.now)

    def offered(self, notice: Notice, proposal: Proposal) -> Notice:
        """The notice with the next free slots in which the session can be held; one that was sent needs none."""
        if notice.key in self._look.snapshot.sent:
            return notice
        if proposal.task not in self._said:
            self._said[proposal.task] = self._told(proposal)
        return replace(notice, values={**notice.values, "slots": self._said[proposal.task]})

    def _told(self, proposal: Proposal) -> str:
        look, event = self._look, self._look.snapshot.event
        wanted = Choice(minutes_of(proposal, event), proposal=proposal)
        found = fitting(
            self._gaps, look.schedules, event, wanted, now=look.snapshot.now, signups=look.signups
        )
        named = [_named(event, gap) for gap in found[:MOST_SLOTS]]
        more = len(found) - len(named)
        return "; ".join(named) + (f"; and {more} more" if more else "") or "none at the moment"


def _named(event: Event, gap: Gap) -> str:
    return f"{when(event, gap.start, gap.end)}, {gap.room or 'any room'}"
