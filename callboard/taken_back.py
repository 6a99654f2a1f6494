"""Edits that a person took back: the rule that made one leaves that cell alone from then on.

What the bot did is known from its own edits: the page before and after each, and the rules that its summary names. An
edit was taken back if the rule would write again in a cell what one of those edits wrote there and what is there no
more, however it was undone and whatever else of the cell changed meanwhile. A cell is known by its session's title or,
if that is nowhere on the page, by its time and room.
"""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from callboard.config import Event
from callboard.model import FreeSlot, Schedule, Session
from callboard.model.tidied import TidiedCell
from callboard.read.matching import same_title
from callboard.read.schedule import read_schedule
from callboard.wikitext.edits import Span, TextEdit, lines_written
from callboard.wikitext.tables import Row, tables

_CELL = "\x1e"  # before what is kept of a cell; no line of a page has such a character
_SUMMARY = re.compile(r"Bot: tidied [^:]+: (?P<rules>[a-z][a-z-]*(?:, [a-z][a-z-]*)*)(?: \(\[\[|\Z)")


def rules_named(summary: str) -> tuple[str, ...]:
    """The rules that an edit summary of the bot names; none if it is of another kind."""
    found = _SUMMARY.match(summary)
    return tuple(found["rules"].split(", ")) if found else ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of a page that belongs to one session, free slot or time."""

    span: Span
    title: str
    slot: str
    what: str  # for people
    parts: tuple[Span, ...] = ()  # arguments or cells that are known by themselves


def _slot(held: Session | FreeSlot) -> str:
    rooms = held.rooms if isinstance(held, Session) else (held.room or "",)
    return f"{held.start.isoformat() if held.start else ''} {', '.join(rooms)}"


def _places(page: Schedule) -> Iterator[_Place]:
    """The parts of the page in its own order: sessions, free slots, and time cells that lie outside both."""
    inside: list[Span] = []
    for session in page.sessions:
        inside.append(session.span)
        cells = (session.title_cell, session.time_cell, session.owner_cell, session.task_cell)
        what = session.title or session.room or ""
        parts = tuple(cell for cell in cells if cell)
        yield _Place(session.span, same_title(session.title), _slot(session), what, parts)
    for slot in page.free_slots:
        inside.append(slot.row or slot.span)
        yield _Place(slot.row or slot.span, "", _slot(slot), f"free slot {slot.room or ''}".strip())
    held: tuple[Session | FreeSlot, ...] = (*page.sessions, *page.free_slots)
    times = {one.time_cell: one for one in reversed(held) if one.time_cell and one.start}
    yield from _time_places(page.text, sorted(inside), times)


def _time_places(text: str, inside: list[Span], times: dict[Span, Session | FreeSlot]) -> Iterator[_Place]:
    """The cells outside sessions in the rows that have a time cell: the time, on one side or both, and the end."""
    rows = sorted((row.span.start, number, row) for number, row in enumerate(_rows(text)))
    starts = [start for start, _, _ in rows]
    for cell in sorted(times):
        held, before = times[cell], bisect_right(starts, cell.start) - 1
        row = rows[before][2] if before >= 0 and cell in rows[before][2].span else None
        cells = [one.content for one in row.cells] if row else [cell]
        for number, content in enumerate(cells):
            around = bisect_right(inside, Span(content.start, len(text))) - 1
            if around < 0 or content not in inside[around]:
                start = held.start.isoformat() if held.start else ""
                yield _Place(content, "", f"{start} time {number}", content.of(text).strip())


def _rows(text: str) -> list[Row]:
    return [row for table in tables(text) for row in table.rows]


def cells_changed(before: Schedule, after: Schedule, rules: Iterable[str]) -> tuple[TidiedCell, ...]:
    """The cells that one edit of the bot changed, in the order of the page."""
    named = tuple(sorted(rules))
    old, new = list(_places(before)), list(_places(after))
    if len(old) != len(new):  # sessions came or went, which no rule does: by title and slot
        known = {(place.title, place.slot): place for place in new}
        pairs = [(place, known[key]) for place in old if (key := (place.title, place.slot)) in known]
    else:
        pairs = list(zip(old, new, strict=True))
    return tuple(
        TidiedCell(named, _titles(was, then), then.slot, first, second)
        for was, then in pairs
        if (first := was.span.of(before.text)) != (second := then.span.of(after.text))
    )


def _titles(was: _Place, then: _Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys((was.title, then.title))) if was.title or then.title else ()


def traces(title: str, before: str, after: str, event: Event, rules: Iterable[str]) -> dict[str, int]:
    """What the ledger keeps of one edit of the bot: the lines that it wrote, and the cells of a schedule as JSON."""
    kept = lines_written(before, after)
    if title in event.pages.schedule:
        old, new = read_schedule(before, event, title), read_schedule(after, event, title)
        kept |= {f"{_CELL}{json.dumps(asdict(cell))}": 1 for cell in cells_changed(old, new, rules)}
    return kept


def cells_in(kept: Iterable[tuple[str, str]]) -> dict[str, tuple[TidiedCell, ...]]:
    """The cells among what the ledger keeps, as (page, trace), for each page."""
    found: defaultdict[str, list[TidiedCell]] = defaultdict(list)
    for page, trace in kept:
        if trace.startswith(_CELL):
            values = json.loads(trace[len(_CELL) :])
            found[page].append(_from(values))
    return {page: tuple(cells) for page, cells in found.items()}


def _from(values: dict[str, Any]) -> TidiedCell:
    lists = {name: tuple(values[name]) for name in ("rules", "titles")}
    return TidiedCell(**{**values, **lists})


class TakenBack:
    """What of one page is left to people, rule by rule."""

    def __init__(self, page: Schedule, cells: Sequence[TidiedCell]) -> None:
        self._page, self._cells = page, cells

    @cached_property
    def _places(self) -> list[_Place]:
        return sorted(_places(self._page), key=lambda place: place.span)

    @cached_property
    def _starts(self) -> list[int]:
        return [place.span.start for place in self._places]

    @cached_property
    def _known(self) -> tuple[dict[str, list[TidiedCell]], dict[str, list[TidiedCell]]]:
        """The remembered cells by the title of their session, and by slot those whose title is not on the page or was not always read."""
        there = {place.title for place in self._places}
        by_title: defaultdict[str, list[TidiedCell]] = defaultdict(list)
        by_slot: defaultdict[str, list[TidiedCell]] = defaultdict(list)
        for cell in self._cells:
            titles = [title for title in cell.titles if title and title in there]
            for title in titles:
                by_title[title].append(cell)
            if not titles or "" in cell.titles:  # it had a title only before or only after the edit
                by_slot[cell.slot].append(cell)
        return by_title, by_slot

    @cached_property
    def _table_cells(self) -> list[Span]:
        found = tables(self._page.text)
        return sorted(cell.content for table in found for row in table.rows for cell in row.cells)

    def held(self, rule: str, edits: Iterable[TextEdit]) -> dict[TextEdit, str]:
        """The edits of a rule in cells in which a person took one of its edits back, each with what the cell is."""
        if not self._cells:
            return {}
        placed = [(edit, place) for edit in edits if (place := self._place(edit))]
        undone = {self._cell(edit, place) for edit, place in placed if self._was_undone(rule, edit, place)}
        return {edit: place.what for edit, place in placed if self._cell(edit, place) in undone}

    def _place(self, edit: TextEdit) -> _Place | None:
        before = bisect_right(self._starts, edit.start) - 1
        place = self._places[before] if before >= 0 else None
        return place if place and edit.end <= place.span.end else None

    def _was_undone(self, rule: str, edit: TextEdit, place: _Place) -> bool:
        by_title, by_slot = self._known
        cells = [*(by_title.get(place.title, ()) if place.title else ()), *by_slot.get(place.slot, ())]
        new, old = _core(edit.new), _core(self._page.text[edit.start : edit.end])
        there = place.span.of(self._page.text)
        ways = _with_what_is_around(self._page.text, edit, place.span) if new.strip() else [new]
        if new and any(cell.before.count(new) > cell.after.count(new) for cell in cells):
            return False  # the bot itself took it out again, as where the event's wording changed
        return any(
            (not cell.rules or rule in cell.rules)
            and (
                any(_lacks(there, way, cell) for way in ways)
                if new
                else bool(old) and _has_again(there, old, cell)
            )
            for cell in cells
        )

    def _cell(self, edit: TextEdit, place: _Place) -> Span:
        """The table cell, argument or list item in which the edit lies."""
        span = Span(edit.start, edit.end)
        parts = [part for part in place.parts if span in part and part in place.span]
        if parts:
            return min(parts, key=lambda part: part.end - part.start)
        before = bisect_right(self._table_cells, Span(edit.start, len(self._page.text))) - 1
        cell = self._table_cells[before] if before >= 0 else None
        return cell if cell and span in cell and cell in place.span else place.span


def _core(text: str) -> str:
    """The text without the blanks around it, unless it is then too short to be told from others."""
    bare = text.strip()
    return bare if len(bare) > 1 else text


def _with_what_is_around(text: str, edit: TextEdit, within: Span) -> list[str]:
    """What the edit writes, alone and with some characters around it: two blanks more are found only so.

    Also the address that it writes around what it keeps, for another rule may have changed that: a link of a time.
    """
    before, after = text[within.start : edit.start], text[edit.end : within.end]
    around = (f"{before[-far:]}{edit.new}{after[:far]}" for far in (1, 3))
    kept = text[edit.start : edit.end]
    parts = edit.new.partition(kept)[::2] if kept else ()
    return [_core(edit.new), edit.new, *around, *(part for part in parts if "://" in part)]


def _lacks(there: str, new: str, cell: TidiedCell) -> bool:
    """Whether the bot wrote this in the cell, and it is there no more."""
    return cell.before.count(new) < cell.after.count(new) > there.count(new)


def _has_again(there: str, old: str, cell: TidiedCell) -> bool:
    """Whether the bot took this out of the cell, and it is there again."""
    return cell.before.count(old) > cell.after.count(old) < there.count(old)
