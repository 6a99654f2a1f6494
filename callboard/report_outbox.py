"""The outbox page as wikitext: how to hold back and release, then a table a day, what is held, what waits for something else."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from callboard.ledger import Sent
from callboard.model.outbox import EVERYTHING
from callboard.outbox import Line, heading, outbox, still_to_know, text_there
from callboard.outbox_words import HOLD, HOLD_ALL, SEND, Said, held_by_people, planned_mark, records, sealed
from callboard.plan import Plan
from callboard.report_problems import person_link, talk_link, with_links
from callboard.report_tasks import WIDE, text
from callboard.snapshot import Snapshot
from callboard.wikitext.escape import escape

MOST = 500  # lines
LONGEST = 120  # characters of a heading
LONGEST_TITLE = 80
_HEAD = (
    '! scope="col" style="min-width:7em" | {first} !! scope="col" | Kind !! scope="col" style="min-width:6em" | To'
    ' !! scope="col" style="min-width:8em" | About !! scope="col" style="min-width:9em" | Text'
    ' !! scope="col" style="min-width:8em" | What it waits for'
)


def outbox_told(plan: Plan, entries: Iterable[Sent], *, confirmed: bool = False) -> str:
    """The bot's part of the page."""
    listed = tuple(entries)
    found = outbox(plan, listed, confirmed=confirmed)
    there = text_there(plan.snapshot)
    held, waiting = found.held[:MOST], found.waiting[: max(0, MOST - len(found.held))]
    later = found.next[: MOST - len(held) - len(waiting)]
    lines = [
        *_how(plan.snapshot),
        *_everything_held(plan.snapshot, there),
        *_next(later, len(found.next), plan),
        *_table("Held back", "It would go", held, len(found.held), plan),
        *_table("Waiting", "It could go since", waiting, len(found.waiting), plan),
        *_in_vain(plan.snapshot),
        *records(Said(still_to_know(plan.snapshot, listed), plan.snapshot.outbox_notes)),
    ]
    return sealed(lines, there)


def _how(snapshot: Snapshot) -> Iterator[str]:
    names = ", ".join(person_link(name) for name in snapshot.event.event.organisers) or "nobody is named yet"
    hold, send, everything = (f"<code>{escape(word)}</code>" for word in (HOLD, SEND, HOLD_ALL))
    yield (
        f"What people will be told later on their talk pages. '''To hold a notice back''', put {hold} at the end of its line,"
        f" or take the line out; to let it go again, take that comment out. '''To send it early''', put {send} there."
    )
    yield ""
    yield (
        f"{everything} anywhere on this page holds back everything, and so does emptying the page. The words of organisers"
        f" ({names}) count, at the bot's next look; nobody else's do. Nothing is sent after it has become useless."
    )


def _everything_held(snapshot: Snapshot, there: str) -> Iterator[str]:
    word = snapshot.outbox.get(EVERYTHING)
    if word is None:
        return
    what = "the comment that stands outside this list" if held_by_people(there) else f"this line {HOLD_ALL}"
    yield ""
    yield (
        f"'''Everything is held back''' by {person_link(word.by)}, {_utc(word.at)}."
        f" To let notices go again, an organiser takes out {what}"
    )


def _next(lines: Sequence[Line], count: int, plan: Plan) -> Iterator[str]:
    yield f"== Next ({count}) =="
    if not lines:
        yield "Nothing is planned."
    zone = plan.snapshot.event.zone
    for day, group in groupby(lines, key=lambda line: line.at.astimezone(zone).date() if line.at else None):
        name = f"{day:%A}, {day.day} {day:%B %Y}" if day else ""
        yield f"=== {name} ==="
        yield from _rows(name, "When", group, plan)
    yield from _more(count - len(lines))


def _table(title: str, first: str, lines: Sequence[Line], count: int, plan: Plan) -> Iterator[str]:
    if count:
        yield f"== {title} ({count}) =="
        yield from _rows(title, first, lines, plan)
        yield from _more(count - len(lines))


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"And {number} more, which are listed when there is room."


def _rows(label: str, first: str, lines: Iterable[Line], plan: Plan) -> Iterator[str]:
    yield WIDE.format(label=label)
    yield '{| class="wikitable" style="width:100%"'
    yield _HEAD.format(first=first)
    for line in lines:
        yield "|-"
        yield f"| {' || '.join(_cells(line, plan))} {_marks(line)}"
    yield "|}"
    yield "</div>"


def _cells(line: Line, plan: Plan) -> Iterator[str]:
    yield _when(line.at or line.due, plan.snapshot)
    yield escape(line.kind)
    yield talk_link(line.to)
    yield text(line.about, LONGEST_TITLE) or "–"
    yield (text(heading(line.notice, plan.snapshot), LONGEST) if line.notice else "") or "–"
    yield with_links(plan, line.why) or "its time"


def _marks(line: Line) -> str:
    words = {"hold": f"{HOLD} ", "send": f"{SEND} "}
    return (words[line.word.says] if line.word else "") + planned_mark(line.id)


def _when(at: datetime | None, snapshot: Snapshot) -> str:
    """`Sat 22 May, 15:00 CEST<br />13:00 UTC`."""
    if at is None:
        return "–"
    local, utc = at.astimezone(snapshot.event.zone), at.astimezone(UTC)
    told = f"{local:%a} {local.day} {local:%b}, {local:%H:%M} {local.tzname()}"
    if not local.utcoffset():
        return told
    day = "" if local.date() == utc.date() else f"{utc:%a} {utc.day} {utc:%b}, "
    return f"{told}<br />{day}{utc:%H:%M} UTC"


def _in_vain(snapshot: Snapshot) -> Iterator[str]:
    if snapshot.outbox_notes:
        yield "== Not heard =="
    for note in snapshot.outbox_notes:
        yield f"* {_utc(note.at)}: {person_link(note.by)} {escape(note.did)}."


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
