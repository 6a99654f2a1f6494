"""How long a session should be, by its format, its task or a word of the team. No check of its own."""

from dataclasses import dataclass
from datetime import timedelta

from callboard.config import Event
from callboard.model import Session, Severity
from callboard.read.formats import format_named, format_of
from callboard.snapshot import Snapshot

SLACK = timedelta(minutes=10)  # a 25-minute talk fills a half-hour slot, a 55-minute one an hour


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the session is, how many minutes it needs, and whether it may share a slot."""

    what: str
    minutes: int
    shared: bool = False

    def misfit(self, length: timedelta) -> tuple[Severity, str] | None:
        """How bad it is that a slot has another length, and what to do; None if it fits."""
        minutes, need = length // timedelta(minutes=1), timedelta(minutes=self.minutes)
        if length < need:
            message = f"{minutes} minutes are too short for {self.what}, which needs {self.minutes}"
            return Severity.WARNING, f"{message}; give it a longer slot or ask its owner"
        if length > need + SLACK and not self.shared:
            message = f"{minutes} minutes are long for {self.what}, which needs {self.minutes}"
            return Severity.NOTE, f"{message}; is the end right?"
        return None


def by_approval(session: Session, event: Event) -> Wanted | None:
    """What the team lets this very session have."""
    if not event.approved or not session.tasks:
        return None
    minutes = {approved.task: approved.minutes for approved in event.approved}
    for ref in session.tasks:
        if ref.task in minutes:
            return Wanted(f"{ref.task}, as approved", minutes[ref.task])
    return None


def by_format(session: Session, event: Event) -> Wanted | None:
    """What the format needs that the page gives."""
    form = format_of(session, event)
    return Wanted(f"a {form.name}", form.minutes, form.shared) if form else None


def by_task(session: Session, snapshot: Snapshot) -> Wanted | None:
    """What the task asks for."""
    proposals = snapshot.proposals or {}
    for ref in session.tasks[:1]:
        proposal = proposals.get(ref.task)
        if proposal is None:
            continue
        stated = format_named(snapshot.event, proposal.format or "")
        if proposal.minutes:
            return Wanted(f"the proposal {ref.task}", proposal.minutes, bool(stated and stated.shared))
        if stated:
            return Wanted(f"a {stated.name} (so {ref.task} says)", stated.minutes, stated.shared)
    return None


def wanted_minutes(session: Session, snapshot: Snapshot) -> int | None:
    """How many minutes it needs, if anybody says."""
    wanted = (
        by_approval(session, snapshot.event)
        or by_format(session, snapshot.event)
        or by_task(session, snapshot)
    )
    return wanted.minutes if wanted else None
