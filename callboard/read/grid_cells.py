"""The cells of a time × room table as read, and those of them that only go on with the cell above."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from callboard.model import Problem, Severity
from callboard.read.cells import CellKind, CellReading
from callboard.read.page_reader import PageReader
from callboard.read.row_times import RowTime
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Placed

_GOES_ON = re.compile(
    r"[\s,;:–—-]*[(\[]?\s*(?:continued|continues|cont['’]?d\.?|cont\.|fortsetzung|suite|continuación)\s*[)\]]?\s*\Z",
    re.IGNORECASE,
)
_ONLY_GOES_ON = re.compile(r"\W*(?:cont|fortsetzung|suite)", re.IGNORECASE)


@dataclass(slots=True)
class GridCell:
    """One cell with its rooms and its reach in time; a cell over several days is there once for each."""

    placed: Placed
    reading: CellReading
    rooms: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    time: Span | None  # its time cell
    section: int = 0
    by_day: bool = False  # below a day instead of a room
    span: Span | None = None  # the part of the cell's content that it is

    @property
    def content(self) -> Span:
        """What it was read from."""
        return self.span or self.placed.cell.content


def goes_on(reading: CellReading, above: CellReading | None) -> bool:
    """Whether a cell says "(same)", or is the session above and says that it goes on: `Hacking (continued)` below `Hacking`."""
    if reading.kind is CellKind.SAME:
        return True
    if above is None or not reading.kind is above.kind is CellKind.SESSION:
        return False
    if not (_may_go_on(reading.title) or _may_go_on(reading.seen)):
        return False
    begun = _GOES_ON.sub("", above.title).casefold()
    behind = _GOES_ON.search(reading.title) or _GOES_ON.search(reading.seen)
    return behind is not None and _GOES_ON.sub("", reading.title).casefold() == begun


def _may_go_on(words: str) -> bool:
    """A look that costs little: whether a word is there that says so."""
    seen = words.casefold()
    return any(word in seen for word in ("cont", "fortsetzung", "suite"))


def joined(cells: Iterable[GridCell], page: PageReader) -> tuple[list[GridCell], list[Problem]]:
    """The cells without those that say "(same)" or "(continued)", which lengthen what is above, or are a break like it."""
    kept: list[GridCell] = []
    problems: list[Problem] = []
    above: dict[tuple[int, int], GridCell] = {}
    for cell in cells:
        over = above.get((cell.section, cell.placed.column))
        upper = cell
        if not goes_on(cell.reading, over.reading if over else None):
            kept.append(cell)
        elif over is None or not _can_join(cell, over):
            problems.append(goes_on_unclear(page, cell.placed.cell.content))
        else:
            if over.reading.kind is not CellKind.BREAK:
                over.end = cell.end
            upper = over
        columns = range(cell.placed.column, cell.placed.column + cell.placed.width)
        above |= dict.fromkeys(((cell.section, column) for column in columns), upper)
    return kept, problems


def _can_join(cell: GridCell, over: GridCell) -> bool:
    if over.placed.width != cell.placed.width or (over.end and cell.start and over.end != cell.start):
        return False
    return over.reading.kind is not CellKind.BREAK or not _ONLY_GOES_ON.match(cell.reading.seen)


def goes_on_unclear(page: PageReader, span: Span) -> Problem:
    """Something that says to be continued, and not of what."""
    message = "This goes on with something, but not with what stands before it; write its title again"
    return page.problem("goes-on-unclear", Severity.WARNING, message, span)


def times_shared(cell: GridCell, times: Mapping[int, RowTime], page: PageReader) -> list[Problem]:
    """A cell below a day beside one range for several rows: whether they are together or one by one is not told, so it gets no time."""
    if not (cell.by_day and cell.time and cell.start):
        return []
    rows = {time.row for time in times.values() if time.stated and time.cell == cell.time}
    own = range(cell.placed.row, cell.placed.row + cell.placed.height)
    if len(rows) < 2 or rows.issubset(own):
        return []
    cell.start = cell.end = None
    return [_time_shared(page, cell.time)] if cell.reading.kind is CellKind.SESSION else []


def _time_shared(page: PageReader, span: Span) -> Problem:
    message = "Several rows stand beside this time; is it that of each, or when does each of them begin? Give every row its own"
    return page.problem("time-shared", Severity.WARNING, message, span)
