"""Which columns a table with a row per session has."""

import re
from dataclasses import dataclass, field
from datetime import tzinfo

from callboard.read.columns import Head, Role
from callboard.read.page_reader import PageReader
from callboard.read.times import read_zone
from callboard.wikitext.grid import Placed

_PLAIN_TITLE = re.compile(
    r"(?:titles?|topics?|talks?|presentations?|titel|thema|titre|sujet|título|tema|titolo)\b", re.IGNORECASE
)
_TASK = re.compile(r"(?:related\s+)?(?:tasks?|phabricator|phab|tickets?)\b", re.IGNORECASE)


@dataclass(slots=True)
class Columns:
    """Which column holds what, from the last header row."""

    roles: dict[Role, list[int]] = field(default_factory=dict)
    zones: dict[int, tzinfo] = field(default_factory=dict)  # that heads name
    task: int | None = None  # the one for tasks among those for links

    def first(self, role: Role) -> int | None:
        """The first column for something; of several for times one that names its zone."""
        return next(iter(self.roles.get(role, ())), None)


def find_columns(page: PageReader, cells: dict[int, Placed], here: set[Placed]) -> Columns | None:
    """The columns that a row heads, or None if it is no header row of a table of sessions."""
    if not here or any(page.has_clock(placed.cell.content) for placed in here):
        return None
    heads = {column: page.head(placed.cell.content) for column, placed in cells.items()}
    roles = {head.role for head in heads.values()}
    header = all(placed.cell.header for placed in here)
    if Role.TITLE not in roles or not (roles & {Role.TIME, Role.START} or (header and Role.BLANK in roles)):
        return None
    columns = Columns()
    seen: set[Placed] = set()
    for column, head in heads.items():
        if cells[column] not in seen:
            seen.add(cells[column])
            columns.roles.setdefault(head.role, []).append(column)
    titles = columns.roles[Role.TITLE]
    titles.sort(key=lambda column: not _PLAIN_TITLE.match(heads[column].text))
    if not roles & {Role.TIME, Role.START}:
        columns.roles[Role.TIME] = columns.roles[Role.BLANK]
    links = columns.roles.get(Role.LINKS, ())
    columns.task = next((column for column in links if _TASK.match(heads[column].text)), None)
    _by_zone(page, columns, heads, cells)
    return columns


def _by_zone(page: PageReader, columns: Columns, heads: dict[int, Head], cells: dict[int, Placed]) -> None:
    """Of several time columns those that name a zone come first."""
    columns.zones = {
        column: zone for column in heads if (zone := read_zone(cells[column].cell.content.of(page.text)))
    }
    for role in (Role.TIME, Role.START, Role.END):
        if role in columns.roles:
            columns.roles[role].sort(key=lambda column: column not in columns.zones)
