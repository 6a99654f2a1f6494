"""The cover in the terminal: for each day a block of roles and hours, coloured, that also reads without colour."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape as shown
from rich.table import Table

from callboard.config import Event
from callboard.cover import Cover
from callboard.cover.heat_grid import Cell, DayGrid, Heat, Row, day_grids
from callboard.wikitext.escape import plain_line

_STYLES = {
    Heat.COVERED: "black on green",
    Heat.MIXED: "black on yellow",
    Heat.FEW: "black on yellow",
    Heat.NOBODY: "bold white on red",
}
_ROLE = 24  # columns at most of the names
_HOUR = 6  # of an hour, with the blank beside it
_LEGEND = "✓ covered; 1/2 one is there, two are needed; ◐ not the same for the whole hour, its worst; – nobody is needed"


def show_heat_map(console: Console, cover: Cover, event: Event) -> None:
    """A table for each day, in the event's zone; a day that is wider than the terminal goes on below."""
    grids = day_grids(cover, event)
    for grid in grids:
        for table in _tables(grid, event, console.width):
            console.print(table)
            console.print()
    if grids:
        console.print(_LEGEND, highlight=False)


def _tables(grid: DayGrid, event: Event, width: int) -> Iterator[Table]:
    names = min(_ROLE, max(4, *(cell_len(_named(row)) for row in grid.rows)))
    most = max(1, (width - _ROLE - 2) // _HOUR)
    for first in range(0, len(grid.hours), most):
        title = f"{grid.day:%A}, {grid.day.day} {grid.day:%B} ({event.zone.key})"
        table = Table(
            title=title if not first else None, title_justify="left", box=None, padding=(0, 1, 0, 0)
        )
        table.add_column("Role", width=names)
        for start, _ in grid.hours[first : first + most]:
            table.add_column(f"{start.astimezone(event.zone):%H:%M}", no_wrap=True)
        for row in grid.rows:
            cells = row.cells[first : first + most]
            if any(cells):
                table.add_row(shown(_named(row)), *map(_cell, cells))
        yield table


def _named(row: Row) -> str:
    return plain_line(f"{row.role}, {row.room}" if row.room else row.role)


def _cell(cell: Cell | None) -> str:
    return f"[{_STYLES[cell.heat]}]{cell.sign.replace(' ', ''):^5}[/]" if cell else "  –"
