"""Which columns a table with a row per session has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.recordings import heads_recordings
from callboard.read.time_columns import Rows, by_cells, end_beside
from callboard.read.times import read_zone
from callboard.read.zones import meanings_of
from callboard.wikitext.grid import Placed
from callboard.wikitext.links import people

_PLAIN_TITLE = re.compile(
    r"(?:titles?|topics?|themes?|talks?|presentations?|titel|thema|titre|sujet|thème|título|tema|titolo|onderwerp|tytuł|temat|ämne|palestra|charla)\b",
    re.IGNORECASE,
)
_TASK = re.compile(r"(?:related\s+)?(?:tasks?|phabricator|phab|tickets?)\b", re.IGNORECASE)

_NO_OWNERS = re.compile(
    r"\b(?:notes?|minutes|scribes?|chat|tech\w*|camera|moderat\w*|protokoll\w*|back-?up|help\w*|volunteers?|interpret\w*|translat\w*|support\w*|attend\w*|"
    r"interested|sign\w*|review\w*|comments?|votes?|\+1)(?!\w)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\b(?:local|your)\b", re.IGNORECASE)


@dataclass(slots=True)
class Columns:
    """Which column holds what, from the last header row."""

    roles: dict[Role, list[int]] = field(default_factory=dict)
    zones: dict[int, tzinfo] = field(default_factory=dict)  # that heads name
    task: int | None = None  # the one for tasks among those for links
    recordings: tuple[int, ...] = ()
    local: frozenset[int] = frozenset()  # columns of times by clocks that nobody names: "Local time"

    def first(self, role: Role) -> int | None:
        """The first column for something; of several for times one that names its zone."""
        return next(iter(self.roles.get(role, ())), None)


def find_columns(
    page: PageReader, cells: dict[int, Placed], here: Sequence[Placed], *, first: bool
) -> Columns | None:
    """The columns that a row heads, or None if it is no header row of a table of sessions.

    The first header row may have no column of times: they stand before the titles then.
    """
    if not here or any(page.has_clock(placed.cell.content) for placed in here):
        return None
    heads = {column: page.head(placed.cell.content) for column, placed in cells.items()}
    roles = {head.role for head in heads.values()}
    header = all(placed.cell.header for placed in here)
    timed = bool(roles & {Role.TIME, Role.START}) or (header and Role.BLANK in roles)
    if Role.TITLE not in roles or not (timed or (first and header and len(here) > 1)):
        return None
    columns = Columns()
    seen: set[Placed] = set()
    for column, head in heads.items():
        if cells[column] not in seen:
            seen.add(cells[column])
            columns.roles.setdefault(head.role, []).append(column)
    titles = columns.roles[Role.TITLE]
    titles.sort(key=lambda column: not _PLAIN_TITLE.match(heads[column].text))
    if not roles & {Role.TIME, Role.START} and Role.BLANK in roles:
        columns.roles[Role.TIME] = columns.roles[Role.BLANK]
    links = columns.roles.get(Role.LINKS, ())
    columns.task = next((column for column in links if _TASK.match(heads[column].text)), None)
    columns.recordings = tuple(column for column, head in heads.items() if heads_recordings(head.text))
    columns.local = frozenset(column for column, head in heads.items() if _LOCAL.search(head.text))
    _by_zone(page, columns, heads, cells)
    return columns


def complete(
    page: PageReader, columns: Columns, cells: dict[int, Placed], rows: Sequence[dict[int, Placed]]
) -> None:
    """Finds columns of times, ends and places whose heads do not tell, by what the rows below hold."""
    place_by_rooms(page, columns, rows)
    timed = columns.first(Role.TIME)
    if timed is None and Role.START not in columns.roles:
        heads = {column: page.head(placed.cell.content) for column, placed in cells.items()}
        if (found := by_cells(page, heads, rows)) is not None:
            columns.roles[Role.TIME] = [found]
    elif (
        timed is not None
        and Role.END not in columns.roles
        and (ends := end_beside(page, timed, cells[timed], rows)) is not None
    ):
        columns.roles[Role.END] = [ends]


def unheaded_people(page: PageReader, columns: Columns, cells: dict[int, Placed], rows: Rows) -> list[Placed]:
    """The heads that are not known of columns that nearly only link people, where no column says who holds sessions."""
    if columns.roles.keys() & {Role.OWNER, Role.FACILITATOR}:
        return []
    found: list[Placed] = []
    for column in columns.roles.get(Role.OTHER, ()):
        filled = [
            row[column].cell.content
            for row in rows
            if column in row
            and row[column].width == 1
            and page.words(row[column].cell.content) not in {"", "—", "-"}
        ]
        named = sum(bool(people(page.text, span)) for span in filled)
        if (
            named > 1
            and named * 4 >= len(filled) * 3
            and not _NO_OWNERS.search(page.words(cells[column].cell.content))
        ):
            found.append(cells[column])
    return found


def place_by_rooms(page: PageReader, columns: Columns, rows: Sequence[dict[int, Placed]]) -> None:
    """Takes a column below an unknown head for that of the places if it only holds rooms of the event: "Building"."""
    if Role.PLACE in columns.roles or not page.event.room:
        return
    for column in columns.roles.get(Role.OTHER, ()):
        filled = [
            row[column].cell.content
            for row in rows
            if column in row and row[column].width == 1 and page.words(row[column].cell.content)
        ]
        named = sum(bool(page.head(content).rooms) for content in filled)
        if named > 1 and named * 4 > len(filled) * 3:
            columns.roles[Role.PLACE] = [column]
            columns.roles[Role.OTHER].remove(column)
            return


def headless(page: PageReader, rows: Sequence[dict[int, Placed]]) -> Columns | None:
    """The columns of a table without heads that begins each row with a time: time and title, then a room if it is one.

    `| 16:00-16:30 || Welcome`. Only if no other cell is a time, so that tables of time zones and numbers are left alone.
    """
    places: set[bool] = set()
    timed = 0
    for number, row in enumerate(rows):
        here = [placed for placed in dict.fromkeys(row.values()) if placed.row == number]
        if len(here) < 2:
            continue
        clock, title, *more = here
        if len(more) > 1 or clock.column or clock.width > 1 or not page.has_clock(clock.cell.content):
            return None
        if any(page.has_clock(placed.cell.content) for placed in (title, *more)):
            return None
        timed += 1
        places |= {bool(page.head(placed.cell.content).rooms) for placed in more}
    if not timed:
        return None
    columns = Columns({Role.TIME: [0], Role.TITLE: [1]})
    if places == {True}:
        columns.roles[Role.PLACE] = [2]
    return None if False in places else columns


def _by_zone(page: PageReader, columns: Columns, heads: dict[int, Head], cells: dict[int, Placed]) -> None:
    """Of several time columns those that name a zone come first, one that can mean only one zone before IST and EST."""
    columns.zones = {
        column: zone for column in heads if (zone := read_zone(cells[column].cell.content.of(page.text)))
    }
    others = columns.roles.get(Role.OTHER, ())
    if Role.TIME in columns.roles:  # "Berlin (CEST)" beside "Time (UTC)"
        columns.roles[Role.TIME] += [column for column in others if column in columns.zones]
    for role in (Role.TIME, Role.START, Role.END):
        if role in columns.roles:
            columns.roles[role].sort(key=lambda column: _doubt(columns.zones.get(column)))


def _doubt(zone: tzinfo | None) -> int:
    if zone is None:
        return 2
    return int(len(meanings_of(zone)) > 1)
