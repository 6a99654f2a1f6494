"""What a saved page would look like to Callboard: understood, problems, edits. Needs no wiki, no network, no board.

No wiki is asked here which accounts exist: a name that the page links somewhere counts as one, any other bare name as
unknown, so it stays as it is.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from callboard.checks import run_checks
from callboard.config import Event
from callboard.model import (
    Account,
    FreeSlot,
    Problem,
    Proposal,
    ProposedEdit,
    Schedule,
    Session,
    SignUp,
    SignUps,
)
from callboard.rules import PageKind
from callboard.snapshot import Snapshot
from callboard.tidy import Tidied, tidy
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people
from callboard.wikitext.tasks import tasks


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as read, what must be looked at, and what tidying would do."""

    event: Event
    kind: PageKind
    problems: tuple[Problem, ...]
    tidied: Tidied

    @property
    def page(self) -> Schedule | SignUps:
        """The page as it is now."""
        return self.tidied.before

    @property
    def edits(self) -> tuple[ProposedEdit, ...]:
        """All edits, in the order of the page."""
        every = (*self.tidied.applied, *self.tidied.asks, *self.tidied.shows)
        return tuple(sorted(every, key=lambda edit: (edit.line, edit.edit, edit.rule)))

    def as_json(self) -> str:
        """One object; times are UTC with Z, null where unknown."""
        return json.dumps(self._facts(), indent=2)

    def _facts(self) -> dict[str, Any]:
        page = self.page
        return {
            "kind": self.kind.value,
            "layout": page.layout,
            "sessions": [_session(one) for one in page.sessions] if isinstance(page, Schedule) else [],
            "free_slots": [_slot(one) for one in page.free_slots] if isinstance(page, Schedule) else [],
            "signups": [_signup(one) for one in entries_of(page)] if isinstance(page, SignUps) else [],
            "problems": [_problem(one) for one in self.problems],
            "edits": [_edit(one) for one in self.edits],
            "result": self.tidied.text,
        }


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _session(session: Session) -> dict[str, Any]:
    return {
        "title": session.title,
        "start": _instant(session.start),
        "end": _instant(session.end),
        "room": session.room,
        "owners": [person.name for person in session.owners],
        "facilitators": [person.name for person in session.facilitators],
        "tasks": list(dict.fromkeys(ref.task for ref in session.tasks)),
        "line": session.line,
    }


def _slot(slot: FreeSlot) -> dict[str, Any]:
    return {
        "start": _instant(slot.start),
        "end": _instant(slot.end),
        "room": slot.room,
        "line": slot.line,
    }


def _signup(entry: SignUp) -> dict[str, Any]:
    hours = entry.availability
    return {
        "user": entry.user,
        "role": entry.role,
        "availability": None if hours is None else [[_instant(start), _instant(end)] for start, end in hours],
        "ambiguous": entry.ambiguous,
        "comment": entry.comment,
        "line": entry.line,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "line": problem.line,
        "text": problem.text,
        "message": problem.message,
    }


def _edit(edit: ProposedEdit) -> dict[str, Any]:
    return {
        "rule": edit.rule,
        "level": edit.level.value,
        "line": edit.line,
        "old": edit.old,
        "new": edit.edit.new,
    }


def entries_of(page: SignUps) -> Iterator[SignUp]:
    """The entries that stand for somebody; a placeholder does not."""
    return (entry for entry in page.entries if not entry.placeholder)


def accounts_on(text: str) -> dict[str, Account]:
    """The accounts that the page itself links, taken to exist."""
    return {person.name: Account(person.name, exists=True) for person in people(text, Span(0, len(text)))}


def preview(
    text: str,
    event: Event,
    kind: PageKind,
    *,
    now: datetime,
    proposals: Mapping[str, Proposal] | None = None,
    title: str = "",
) -> Preview:
    """The page as Callboard sees it at `now`; `proposals` None means that nothing is known of tasks."""
    snapshot = Snapshot(event, now, accounts=accounts_on(text), proposals=proposals)
    tidied = tidy(text, title, kind, snapshot)
    page = tidied.before
    if isinstance(page, Schedule):
        problems = run_checks((page,), (), snapshot)
    else:
        problems = run_checks((), (page,), snapshot)
    settled = _linked_by(tidied)
    open_problems = (
        problem
        for problem in problems
        if problem.code != "acknowledged-unscheduled" or problem.task not in settled
    )
    return Preview(event, kind, (*tidied.refused, *open_problems), tidied)


def _linked_by(tidied: Tidied) -> set[str]:
    """The tasks that the SAFE edits link: their rows are no problem any more."""
    new = [edit.edit.new for edit in tidied.applied if edit.rule == "link-acknowledged-tasks"]
    return {ref.task for text in new for ref in tasks(text, Span(0, len(text)))}
