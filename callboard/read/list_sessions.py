"""Sessions and free slots from what the items of a list say."""

from collections.abc import Iterator
from dataclasses import replace

from callboard.model import FreeSlot, Pause, Problem, Session
from callboard.read.cells import CellKind
from callboard.read.list_drafts import Draft, Entry
from callboard.read.page_reader import PageReader
from callboard.read.recordings import recording


class ItemReader:
    """Makes the values of one page; what is odd is added to `problems`, breaks to `pauses`."""

    def __init__(self, page: PageReader, problems: list[Problem]) -> None:
        self.page, self.problems = page, problems
        self.pauses: list[Pause] = []

    def values(self, entry: Entry) -> Iterator[Session | FreeSlot]:
        """The sessions and free slots of an item whose end is known now."""
        for draft in entry.drafts:
            kind = draft.reading.kind
            if kind in {CellKind.SESSION, CellKind.PEOPLE}:
                yield self._session(entry, draft)
            elif kind in {CellKind.FREE, CellKind.BLANK}:
                yield from self._free(entry, draft)
            elif kind is CellKind.BREAK and entry.start and entry.end:
                self.pauses.append(Pause(entry.start, entry.end, draft.rooms))
            else:
                self.problems += self.page.not_held(kind, draft.body)

    def _session(self, entry: Entry, draft: Draft) -> Session:
        if not draft.reading.title:
            self.problems.append(self.page.title_missing(draft.body))
        return self.page.session(
            draft.reading,
            draft.rooms,
            entry.start,
            entry.end,
            draft.span,
            layout="bullets",
            title_cell=draft.body,
            time_cell=entry.time_cell,
            recording=recording(self.page.text, draft.span),
        )

    def _free(self, entry: Entry, draft: Draft) -> Iterator[FreeSlot]:
        blank = draft.reading.kind is CellKind.BLANK
        if entry.start is None or (blank and (entry.item.followed or entry.item.timed)):
            return
        rooms = [room for room in draft.rooms if not blank or self.page.rooms.is_open(room)]
        if not draft.rooms and (not blank or not self.page.event.room):
            rooms = [""]
        for room in rooms:
            slot = self.page.free_slot(draft.reading, room or None, entry.start, entry.end, draft.body)
            yield replace(slot, layout="bullets", time_cell=entry.time_cell, row=draft.span)
