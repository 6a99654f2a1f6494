"""Where each proposal stands, computed from the board and the schedule; nothing of it is stored."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from callboard.config import Event
from callboard.model import Acknowledgement, Proposal, ProposalState, Schedule, Session, State

Rows = tuple[tuple[str, Session], ...]
_SIGNS = {"comment": "comment", "column": "move of the card", "tag": "tag", "status": "status"}
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # "Main track (recorded, please)"


def states(
    proposals: Mapping[str, Proposal], schedules: Sequence[Schedule], event: Event, now: datetime
) -> tuple[ProposalState, ...]:
    """The state of every proposal for a session that the board shows, by task number; several rows come soonest first.

    What was closed comes before everything (duplicate, declined, withdrawn), then what the schedule says (held, scheduled),
    then the team's yes, and only without it what stands in its way: too late, a closed track, incomplete.
    """
    rows: defaultdict[str, list[tuple[str, Session]]] = defaultdict(list)
    for schedule in schedules:
        for session in schedule.sessions:
            for task in dict.fromkeys(ref.task for ref in session.tasks):
                rows[task].append((schedule.page, session))
    shown = [one for one in proposals.values() if one.visible and one.kind == "session"]
    look = _Look(event, now)
    return tuple(
        look.state(one, tuple(sorted(rows.get(one.task, ()), key=_begins)))
        for one in sorted(shown, key=_number)
    )


def _begins(row: tuple[str, Session]) -> tuple[bool, float, str, int]:
    start = row[1].start
    return start is None, start.timestamp() if start else 0.0, row[0], row[1].line


def _number(proposal: Proposal) -> tuple[int, str]:
    digits = proposal.task.removeprefix("T")
    return int(digits) if digits.isdecimal() else 0, proposal.task


class _Look:
    """The event and the moment by which proposals are judged."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event = event
        self.now = now
        self.closed = {
            name.casefold(): room
            for room in event.room
            for name in (room.name, *room.aliases)
            if not room.open or (room.closed_since and room.closed_since <= now)
        }

    def state(self, proposal: Proposal, rows: Rows) -> ProposalState:
        steps: tuple[Callable[[Proposal, Rows], ProposalState | None], ...] = (
            self._shut, self._in_schedule, self._acknowledged, self._in_the_way,
        )  # fmt: skip
        found = (step(proposal, rows) for step in steps)
        return next(state for state in found if state)

    def _shut(self, proposal: Proposal, rows: Rows) -> ProposalState | None:
        if proposal.status == "duplicate" or proposal.merged_into:
            into = proposal.merged_into or "another task"
            return ProposalState(proposal, State.DUPLICATE, f"merged into {into}", None, rows)
        done = (
            proposal.status == "resolved"
        )  # after its session, or when the event is over, that is as it should be
        if not proposal.closed or (done and (rows or self.now >= self.event.first)):
            return None
        own = bool(proposal.closer) and proposal.closer == proposal.author
        by = f" by {'its owner, ' if own else ''}{proposal.closer}" if proposal.closer else ""
        state = State.WITHDRAWN if own else State.DECLINED
        return ProposalState(proposal, state, f"{proposal.status}{by}", None, rows)

    def _in_schedule(self, proposal: Proposal, rows: Rows) -> ProposalState | None:
        ends = [over for _, session in rows if (over := session.end or session.start)]
        if rows and len(ends) == len(rows) and max(ends) <= self.now:
            return ProposalState(proposal, State.HELD, "its session is over", max(ends), rows)
        if proposal.closed and (not rows or self.now >= self.event.last):
            return ProposalState(proposal, State.HELD, proposal.status, None, rows)
        if rows:
            yes = proposal.acknowledged or proposal.was_acknowledged
            why = _evidence(yes) if yes else "in the schedule, but not acknowledged"
            return ProposalState(proposal, State.SCHEDULED, why, yes.at if yes else None, rows)
        return None

    def _acknowledged(self, proposal: Proposal, rows: Rows) -> ProposalState | None:
        yes = proposal.acknowledged
        return ProposalState(proposal, State.ACKNOWLEDGED, _evidence(yes), yes.at, rows) if yes else None

    def _in_the_way(self, proposal: Proposal, rows: Rows) -> ProposalState:
        deadline, since = self.event.event.submissions_close, proposal.submitted
        track = _REMARK.sub("", proposal.fields.get("track", "").casefold())
        room = self.closed.get(" ".join(track.split()))
        if deadline and since and since > deadline:
            why = f"submitted on {_day(since)}, after the deadline ({_day(deadline)})"
            return ProposalState(proposal, State.TOO_LATE, why, since, rows)
        if room:
            return ProposalState(
                proposal, State.CLOSED_TRACK, f"asks for {room.name}, which is closed", since, rows
            )
        if proposal.missing:
            why = f"lacks {', '.join(proposal.missing)}"
            return ProposalState(proposal, State.INCOMPLETE, why, since, rows)
        lost = proposal.withdrawn
        why = lost.told if lost else "waits for the team"
        return ProposalState(proposal, State.PROPOSED, why, lost.at if lost and lost.at else since, rows)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _evidence(yes: Acknowledgement) -> str:
    by = f" by {yes.by}" if yes.by else ""
    return f"acknowledged{by} on {_day(yes.at)} ({_SIGNS.get(yes.sign, yes.sign)})"
