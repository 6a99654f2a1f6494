"""Lists of the report page: edits that people decide about, notices posted and held."""

from collections.abc import Callable, Iterable, Iterator

from callboard.counted import counted
from callboard.ledger import Sent
from callboard.model import ProposedEdit
from callboard.model.notice import subject_in
from callboard.plan import Plan
from callboard.report_problems import MOST_PROBLEMS, TABLE, place_of, quoted, talk_link, with_links
from callboard.wikitext.escape import escape

LATEST = 40  # notices listed; the bot's contributions have them all


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
    yield f'{TABLE}\n! style="width:26%" | Place !! style="width:16%" | Rule !! Now !! Would be'
    for title, edit in asks[:MOST_PROBLEMS]:
        yield "|-"
        where = f"{place_of(plan, title, edit.line)}{_taken_back(edit)}"
        yield f"| {where} || {escape(edit.rule)} || {quoted(edit.old)} || {quoted(edit.edit.new)}"
    yield "|}"
    if len(asks) > MOST_PROBLEMS:
        yield f"{MOST_PROBLEMS} of {len(asks)} are listed."


def _taken_back(edit: ProposedEdit) -> str:
    """Which cell the rule leaves alone because a person took its edit back there."""
    return f"<br />{escape(edit.taken_back)}: taken back here" if edit.taken_back else ""


def brakes(plan: Plan) -> Iterator[str]:
    """What a person must confirm first."""
    found = (*plan.brakes, *plan.task_brakes)
    if found:
        yield "== Waiting for a person to confirm =="
        yield from (f"* {with_links(plan, brake)}" for brake in found)


def notices_told(plan: Plan, notices: Iterable[Sent]) -> Iterator[str]:
    """The newest notices, those that could not be posted, and how many are to come."""
    listed = tuple(notices)
    yield from _planned(plan)
    sent = sorted((e for e in listed if e.state == "sent"), key=lambda e: (e.at, e.key), reverse=True)
    yield f"== Notices posted ({len(sent)}) =="
    yield from _listed(sent, "Time (UTC) and edit", _posted)
    # Without the time: what is held is tried again and again, and the page should not change each time.
    held = sorted((e for e in listed if e.state in {"held", "skipped"}), key=lambda e: e.key)
    yield f"== Notices held ({len(held)}) =="
    yield from _listed(held, "Why", lambda entry: with_links(plan, entry.why))


def _planned(plan: Plan) -> Iterator[str]:
    """How many are to come; the outbox has them. Without one only what has to wait is told."""
    outbox, found = plan.snapshot.event.pages.outbox, plan.notices
    waiting = sum(one.at is None for one in found.planned)
    delayed = sum(bool(one.why) for one in found.planned)
    if not found.worked_out or not (outbox or delayed):
        return
    yield f"== Notices planned ({len(found.planned)}) =="
    if outbox:
        waits = f", and {waiting} wait for a person" if waiting else ""
        yield f"{len(found.planned) - waiting} go out by themselves{waits}: [[{outbox}]] lists them."
    else:
        yield (
            f"{counted(delayed, 'notice', 'waits/wait')} for the end of quiet hours or for a day with fewer notices;"
            " the script send_notices lists them."
        )


def _posted(entry: Sent) -> str:
    edit = f" ([[Special:Diff/{entry.revid}|{entry.revid}]])" if entry.revid else ""
    return f"{entry.at:%Y-%m-%d %H:%M}{edit}"


def _listed(entries: list[Sent], column: str, cell: Callable[[Sent], str]) -> Iterator[str]:
    if not entries:
        yield "None."
        return
    yield f"{TABLE}\n! Kind !! Person !! About !! {column}"
    for entry in entries[:LATEST]:
        yield "|-"
        yield (
            f"| {escape(entry.kind)} || {talk_link(entry.recipient)} || "
            f"{escape(subject_in(entry.key))} || {cell(entry)}"
        )
    yield "|}"
    if len(entries) > LATEST:
        yield f"{LATEST} of {len(entries)} are listed."
