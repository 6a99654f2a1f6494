"""The report page: heartbeat, problems with edit links, free slots, what waits for a yes, notices posted and held.

The bot writes between its two marks only; people may write above and below them. The page is written when what it
says changes, and at least every HEARTBEAT, so that its age tells whether the bot is alive.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from callboard.config import Event
from callboard.ledger import Sent
from callboard.model import FreeSlot, Problem, ProposedEdit, Severity
from callboard.notices import telling
from callboard.plan import Plan
from callboard.wikitext.escape import escape
from callboard.wikitext.headings import headings

HEARTBEAT = timedelta(hours=6)
MOST_PROBLEMS = 300  # listed, the gravest first; a page has room for some thousands
LATEST = 40  # notices listed; the bot's contributions have them all
LONGEST = 100  # characters of page text quoted in a row
LONGEST_MESSAGE = 600

_START = "<!-- callboard:report start; the bot writes below this line -->"
_END = "<!-- callboard:report end; the bot writes above this line -->"
_BEAT = re.compile(r"<!-- callboard:heartbeat (?P<at>\S+) -->[^\n]*\n")
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_SIGNS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟡 warning", Severity.NOTE: "⚪ note"}


class NotOurPage(ValueError):
    """The report page exists without the bot's marks: somebody else's text stands there."""


def report(plan: Plan, notices: Iterable[Sent]) -> str:
    """What the report page should say, heartbeat left out; the same state gives the same text."""
    event = plan.snapshot.event
    parts = [
        *_problems(plan),
        *_slots(plan, event),
        *_asks(plan),
        *_brakes(plan),
        *_notices(tuple(notices)),
    ]
    return "\n".join(parts) + "\n"


def with_report(page: str | None, body: str, event: Event, now: datetime) -> str | None:
    """The report page's new text, or None if there is nothing to write; raises NotOurPage."""
    if page is not None and page.strip():
        start = page.find(_START)
        end = page.find(_END, start)
        if start < 0 or end < 0:
            raise NotOurPage("the report page exists without the bot's marks: empty it, or name another page")
        there = page[start + len(_START) : end]
        if _fresh(there, now) and _BEAT.sub("", there).strip() == body.strip():
            return None
        return page[:start] + _part(body, event, now) + page[end + len(_END) :]
    return _part(body, event, now) + "\n"


def _fresh(body: str, now: datetime) -> bool:
    """Whether the heartbeat is recent; one that people changed, or that lies ahead, is not."""
    beat = _BEAT.search(body)
    try:
        at = datetime.fromisoformat(beat["at"]) if beat else None
    except ValueError:
        return False
    return at is not None and at.tzinfo is not None and abs(now - at) < HEARTBEAT


def _part(body: str, event: Event, now: datetime) -> str:
    about = f" ([[{event.pages.about}|what the bot does]])" if event.pages.about else ""
    switch = (
        f" To stop the bot, write anything but ''go'' on [[{event.pages.off_switch}]]."
        if event.pages.off_switch
        else ""
    )
    beat = (
        f"<!-- callboard:heartbeat {now.isoformat()} -->This page is kept by a bot{about} for {escape(event.event.title)}."
        f" State of {now:%Y-%m-%d %H:%M} (UTC); it is renewed at every change, and at least every"
        f" {HEARTBEAT // timedelta(hours=1)} hours.{switch}\n"
    )
    return f"{_START}\n{beat}\n{body}{_END}"


def _problems(plan: Plan) -> Iterator[str]:
    ordered = sorted(plan.problems, key=_order)
    yield f"== Problems ({len(ordered)}) =="
    if not ordered:
        yield "None. Everything that the bot can check is in order."
        return
    # Long quotes must not squeeze the sentence that tells what to do.
    yield '{| class="wikitable sortable" style="width:100%; overflow-wrap:anywhere"'
    yield '! style="width:6em" | Weight !! style="width:20%" | Place !! style="width:40%" | What is the matter !! On the page'
    for problem in ordered[:MOST_PROBLEMS]:
        task = f"[[phab:{problem.task}|{problem.task}]]" if problem.task else ""
        place = " ".join(part for part in (_place(plan, problem.page, problem.line), task) if part) or "–"
        yield "|-"
        yield f"| {_SIGNS[problem.severity]} || {place} || {escape(_cut(problem.message, LONGEST_MESSAGE))} || {_quoted(problem.text)}"
    yield "|}"
    if len(ordered) > MOST_PROBLEMS:
        yield f"{MOST_PROBLEMS} of {len(ordered)} are listed."


def _order(problem: Problem) -> tuple[int, bool, str, int, str, str]:
    """The worst first; in each weight what stands on a page before what stands nowhere."""
    where = (not problem.page, problem.page, problem.line or 0)
    return (_RANK[problem.severity], *where, problem.code, problem.message)


def _place(plan: Plan, title: str, line: int | None) -> str:
    """A link to the page, and one to edit the section in which the line stands."""
    if not title:
        return ""
    page = plan.snapshot.pages.get(title)
    where = f" line {line}" if line else ""
    part = ""
    if page and line:
        part = f"&section={sum(heading.line <= line for heading in headings(page.text or ''))}"
    return f"[[{title}]]{where} ([{{{{fullurl:{title}|action=edit{part}}}}} edit])"


def _quoted(text: str) -> str:
    short = _cut(text, LONGEST)
    return f"<code>{escape(short)}</code>" if short.strip() else "–"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _slots(plan: Plan, event: Event) -> Iterator[str]:
    dated = [s for page in plan.schedules for s in page.free_slots if s.start and s.start > plan.snapshot.now]
    dated.sort(key=lambda slot: (slot.start or plan.snapshot.now, slot.room or ""))
    yield f"== Free slots ({len(dated)}) =="
    if not dated:
        yield "None that lies ahead."
    for day, slots in groupby(dated, key=lambda slot: _day(slot, event)):
        yield f"; {day}"
        by_room: dict[str, list[str]] = {}
        for slot in slots:
            by_room.setdefault(slot.room or "any room", []).append(_hours(slot, event))
        yield from (f":* {escape(room)}: {', '.join(hours)}" for room, hours in sorted(by_room.items()))


def _day(slot: FreeSlot, event: Event) -> str:
    assert slot.start  # noqa: S101 -- only dated slots are grouped
    return telling.when(event, slot.start).rpartition(", ")[0]


def _hours(slot: FreeSlot, event: Event) -> str:
    assert slot.start  # noqa: S101 -- only dated slots are listed
    until = f"–{slot.end.astimezone(event.zone):%H:%M}" if slot.end else ""
    return f"{slot.start.astimezone(event.zone):%H:%M}{until}"


def _asks(plan: Plan) -> Iterator[str]:
    asks = [(page.title, edit) for page in plan.pages for edit in page.asks]
    yield from _edits(plan, asks, "Changes that wait for a person")
    shows = [(page.title, edit) for page in plan.pages for edit in page.shows]
    if shows:
        yield from _edits(
            plan, shows, "Changes that are left to people, as one took them back or the event wants it"
        )


def _edits(plan: Plan, asks: list[tuple[str, ProposedEdit]], heading: str) -> Iterator[str]:
    yield f"== {heading} ({len(asks)}) =="
    if not asks:
        yield "None."
        return
    yield '{| class="wikitable"\n! Place !! Rule !! Now !! Would be'
    for title, edit in asks[:MOST_PROBLEMS]:
        yield "|-"
        yield f"| {_place(plan, title, edit.line)} || {escape(edit.rule)} || {_quoted(edit.old)} || {_quoted(edit.edit.new)}"
    yield "|}"
    if len(asks) > MOST_PROBLEMS:
        yield f"{MOST_PROBLEMS} of {len(asks)} are listed."


def _brakes(plan: Plan) -> Iterator[str]:
    if plan.brakes:
        yield "== Waiting for a person to confirm =="
        yield from (f"* {escape(brake)}" for brake in plan.brakes)


def _notices(notices: tuple[Sent, ...]) -> Iterator[str]:
    sent = sorted((e for e in notices if e.state == "sent"), key=lambda e: (e.at, e.key), reverse=True)
    yield f"== Notices posted ({len(sent)}) =="
    yield from _listed(sent, "Time (UTC) and edit", _posted)
    # Without the time: what is held is tried again and again, and the page should not change each time.
    held = sorted((e for e in notices if e.state in {"held", "skipped"}), key=lambda e: e.key)
    yield f"== Notices held ({len(held)}) =="
    yield from _listed(held, "Why", lambda entry: escape(entry.why))


def _posted(entry: Sent) -> str:
    edit = f" ([[Special:Diff/{entry.revid}|{entry.revid}]])" if entry.revid else ""
    return f"{entry.at:%Y-%m-%d %H:%M}{edit}"


def _listed(entries: list[Sent], column: str, cell: Callable[[Sent], str]) -> Iterator[str]:
    if not entries:
        yield "None."
        return
    yield f'{{| class="wikitable"\n! Kind !! Person !! About !! {column}'
    for entry in entries[:LATEST]:
        about = entry.key.split("/")[1].rpartition("@")[0] if "/" in entry.key else ""
        yield "|-"
        yield (
            f"| {escape(entry.kind)} || [[User talk:{entry.recipient}|{escape(entry.recipient)}]] || "
            f"{escape(about)} || {cell(entry)}"
        )
    yield "|}"
    if len(entries) > LATEST:
        yield f"{LATEST} of {len(entries)} are listed."
