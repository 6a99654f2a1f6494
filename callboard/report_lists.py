"""Lists of the report page: edits that people decide about, notices posted and held."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from callboard.counted import counted
from callboard.ledger import Sent
from callboard.model import ProposedEdit
from callboard.model.notice import subject_in
from callboard.notices.delivery import only_late
from callboard.plan import Plan
from callboard.report_problems import MOST_PROBLEMS, TABLE, place_of, quoted, talk_link, with_links
from callboard.wikitext.escape import escape, shortened

LATEST = 40  # notices posted, and people told too late, that are listed
MOST_REFUSED = 1000  # people who could not be told; a page has room for some thousands
MOST_ABOUT = 3  # notices named of one person for one reason
LONGEST_ABOUT = 60  # characters of what one of them is about
_MORE = "the script explain, with -user:NAME, tells it of each person."


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
    """The newest notices, everybody who could not be told with the reason, and how many notices are to come."""
    listed = tuple(notices)
    yield from _planned(plan)
    sent = sorted((e for e in listed if e.state == "sent"), key=lambda e: (e.at, e.key), reverse=True)
    yield f"== Notices posted ({len(sent)}) =="
    yield from _posted(sent)
    held = [entry for entry in listed if not_posted(entry)]
    yield f"== Notices held ({len(held)}) =="
    yield from _by_reason(plan, held, MOST_REFUSED)
    late = [entry for entry in listed if entry.state == "skipped" and not not_posted(entry)]
    if late:
        yield f"== Notices that came too late ({len(late)}) =="
        yield from _by_reason(plan, late, LATEST)


def not_posted(entry: Sent) -> bool:
    """Whether a notice is held, or was given up for a reason that somebody may mend: another one than lateness alone."""
    return entry.state == "held" or (entry.state == "skipped" and not only_late(entry.why))


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


def _posted(entries: list[Sent]) -> Iterator[str]:
    if not entries:
        yield "None."
        return
    yield f"{TABLE}\n! Kind !! Person !! About !! Time (UTC) and edit"
    for entry in entries[:LATEST]:
        edit = f" ([[Special:Diff/{entry.revid}|{entry.revid}]])" if entry.revid else ""
        yield "|-"
        yield (
            f"| {escape(entry.kind)} || {talk_link(entry.recipient)} || "
            f"{escape(subject_in(entry.key))} || {entry.at:%Y-%m-%d %H:%M}{edit}"
        )
    yield "|}"
    if len(entries) > LATEST:
        yield f"{LATEST} of {len(entries)} are listed; the bot's contributions have them all."


def _by_reason(plan: Plan, entries: list[Sent], most: int) -> Iterator[str]:
    """A row for each reason, with all whom it kept from being told."""
    if not entries:
        yield "None."
        return
    yield f"{TABLE}\n! Why !! Person, kind and what about"
    left = most
    for group in _reasons(entries):
        people = [list(one) for _, one in groupby(group, key=lambda entry: entry.recipient)]
        if left > 0:
            why = group[0].why if len(people) == 1 else _of_anybody(group[0])
            yield "|-"
            yield f"| {with_links(plan, why)} || {', '.join(map(_person, people[:left]))}"
        left -= len(people)
    yield "|}"
    if left < 0:
        yield f"The first {most} are listed, {-left} more are not; {_MORE}"


def _reasons(entries: list[Sent]) -> list[list[Sent]]:
    """The notices of each reason, by person; what is tried again comes first, then what was given up, the newest first.

    What is held is sorted without its time: it is tried again and again, and the page should not change each time.
    """
    found: dict[tuple[bool, str], list[Sent]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.recipient, entry.key)):
        found.setdefault((entry.state == "held", _of_anybody(entry)), []).append(entry)
    held = [found[known] for known in sorted(found) if known[0]]
    given_up = [found[known] for known in sorted(found) if not known[0]]
    return held + sorted(given_up, key=lambda group: max(entry.at for entry in group), reverse=True)


def _of_anybody(entry: Sent) -> str:
    """The reason without the name of whom it is about, so that the same one reads the same."""
    why = entry.why.replace(f"[[User talk:{entry.recipient}]]", "their talk page")
    return re.sub(rf"(?<!\w){re.escape(entry.recipient)}(?!\w)", "NAME", why)


def _person(entries: list[Sent]) -> str:
    """`Ada (moved: Bots; scheduled: Maps)`."""
    told = [
        f"{escape(entry.kind)}: {escape(shortened(subject_in(entry.key), LONGEST_ABOUT))}"
        for entry in entries[:MOST_ABOUT]
    ]
    if len(entries) > MOST_ABOUT:
        told.append(f"{len(entries) - MOST_ABOUT} more")
    return f"{talk_link(entries[0].recipient)} ({'; '.join(told)})"
