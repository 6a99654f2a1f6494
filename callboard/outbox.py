"""What stands on the outbox page: what people will be told later, what organisers hold back, what waits for something else.

A notice gets a line when it is planned for later than the grace time, and keeps it until it is sent. All times are absolute,
so the page changes only when something else does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from callboard.ledger import Sent
from callboard.model import Notice, OutboxWord
from callboard.model.notice import subject_in
from callboard.model.outbox import EVERYTHING, short_id
from callboard.notices.delivery import Planned
from callboard.notices.message import template_title, topic
from callboard.outbox_words import ids_in
from callboard.plan import Plan
from callboard.snapshot import Snapshot

MOST_WORDS = 300  # of organisers, remembered though their notices have no line just now


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page; `at` is when the notice goes out, None if a person must do something first."""

    id: str
    at: datetime | None
    due: datetime | None  # from when on it could go, were it not for what it waits for
    kind: str
    to: str
    about: str
    why: str
    word: OutboxWord | None = None
    notice: Notice | None = None  # where it is known in full


@dataclass(frozen=True, slots=True)
class Outbox:
    """The lines by where they stand on the page."""

    next: tuple[Line, ...]
    held: tuple[Line, ...]
    waiting: tuple[Line, ...]


def outbox(plan: Plan, entries: Iterable[Sent], *, confirmed: bool = False) -> Outbox:
    """Everything that belongs on the page; `entries` are the notices in the ledger."""
    listed = tuple(entries)
    there = ids_in(text_there(plan.snapshot))
    planned = [_line(one, plan) for one in plan.notices.planned if _on_page(one, plan, there)]
    if plan.brakes and not confirmed:
        planned += [_line(Planned(one, None, plan.brakes[0]), plan) for one in plan.notices.now]
    known = {line.id for line in planned}
    planned += [line for one in listed if (line := _refused(one, plan)) and line.id not in known]
    later = tuple(line for line in planned if line.at is not None)
    held = tuple(line for line in planned if _is_held(line, plan.snapshot))
    waiting = tuple(line for line in planned if line.at is None and not _is_held(line, plan.snapshot))
    return Outbox(later, held, waiting)


def _on_page(one: Planned, plan: Plan, there: frozenset[str]) -> bool:
    if one.at is None:
        return True
    soon = plan.snapshot.now + plan.snapshot.event.delivery.grace
    later = one.at > soon or short_id(one.notice.key) in there
    return later and one.at < one.notice.until


def text_there(snapshot: Snapshot) -> str:
    """The page as it was last seen."""
    page = snapshot.pages.get(snapshot.event.pages.outbox)
    return (page.text if page else "") or ""


def _is_held(line: Line, snapshot: Snapshot) -> bool:
    word = line.word or snapshot.outbox.get(EVERYTHING)
    return word is not None and word.says == "hold" and line.at is None


def _line(one: Planned, plan: Plan) -> Line:
    notice, name = one.notice, short_id(one.notice.key)
    return Line(
        name,
        one.at,
        notice.due,
        notice.kind,
        notice.recipient,
        notice.values.get("title", notice.subject),
        one.why,
        plan.snapshot.outbox.get(name),
        notice,
    )


def _refused(entry: Sent, plan: Plan) -> Line | None:
    """A notice that the wiki, its template or its talk page keeps back just now."""
    if entry.state != "held" or entry.key not in plan.notices.called_for:
        return None
    name = short_id(entry.key)
    word = plan.snapshot.outbox.get(name)
    return Line(name, None, None, entry.kind, entry.recipient, subject_in(entry.key), entry.why, word)


def heading(notice: Notice, snapshot: Snapshot) -> str:
    """The heading under which it would be posted; empty if the wiki has no usable template for it."""
    title = template_title(snapshot.event, notice.kind)
    page = snapshot.pages.get(title)
    try:
        return topic(notice, snapshot.event, title, page.text or "").heading if page else ""
    except ValueError:
        return ""


def still_to_know(snapshot: Snapshot, entries: Iterable[Sent]) -> dict[str, OutboxWord]:
    """Organisers' words but those about notices that were sent; the newest, if they are many."""
    sent = {short_id(entry.key) for entry in entries if entry.state == "sent"}
    words = [word for word in snapshot.outbox.values() if word.about not in sent]
    newest = sorted(words, key=lambda word: (word.about == EVERYTHING, word.at, word.about))[-MOST_WORDS:]
    return {word.about: word for word in newest}
