"""Lists of the report page: free slots, edits that people decide about, notices posted and held."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from callboard.config import Event
from callboard.ledger import Sent
from callboard.model import FreeSlot, ProposedEdit
from callboard.notices import telling
from callboard.plan import Plan
from callboard.report_problems import MOST_PROBLEMS, place_of, quoted
from callboard.wikitext.escape import escape

LATEST = 40  # notices listed; the bot's contributions have them all


def free_slots(plan: Plan, event: Event) -> Iterator[str]:
    """Slots that lie ahead, by day and room."""
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


def undecided(plan: Plan) -> Iterator[str]:
    """Edits that wait for a person, or are left to people."""
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
    yield '{| class="wikitable" style="overflow-wrap:anywhere"\n! Place !! Rule !! Now !! Would be'
    for title, edit in asks[:MOST_PROBLEMS]:
        yield "|-"
        yield f"| {place_of(plan, title, edit.line)} || {escape(edit.rule)} || {quoted(edit.old)} || {quoted(edit.edit.new)}"
    yield "|}"
    if len(asks) > MOST_PROBLEMS:
        yield f"{MOST_PROBLEMS} of {len(asks)} are listed."


def brakes(plan: Plan) -> Iterator[str]:
    """What a person must confirm first."""
    if plan.brakes:
        yield "== Waiting for a person to confirm =="
        yield from (f"* {escape(brake)}" for brake in plan.brakes)


def notices_told(notices: Iterable[Sent]) -> Iterator[str]:
    """The newest notices, and those that could not be posted."""
    listed = tuple(notices)
    sent = sorted((e for e in listed if e.state == "sent"), key=lambda e: (e.at, e.key), reverse=True)
    yield f"== Notices posted ({len(sent)}) =="
    yield from _listed(sent, "Time (UTC) and edit", _posted)
    # Without the time: what is held is tried again and again, and the page should not change each time.
    held = sorted((e for e in listed if e.state in {"held", "skipped"}), key=lambda e: e.key)
    yield f"== Notices held ({len(held)}) =="
    yield from _listed(held, "Why", lambda entry: escape(entry.why))


def _posted(entry: Sent) -> str:
    edit = f" ([[Special:Diff/{entry.revid}|{entry.revid}]])" if entry.revid else ""
    return f"{entry.at:%Y-%m-%d %H:%M}{edit}"


def _listed(entries: list[Sent], column: str, cell: Callable[[Sent], str]) -> Iterator[str]:
    if not entries:
        yield "None."
        return
    yield f'{{| class="wikitable" style="overflow-wrap:anywhere"\n! Kind !! Person !! About !! {column}'
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
