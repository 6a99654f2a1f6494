"""The cover as a picture on a wiki page: for each day a table of roles and hours, coloured, that also reads without colour.

Plain tables with inline style: no template, and no style sheet but the skin's. Each background comes with a colour of the
text, so that neither the skin's dark mode nor its light one can make a cell unreadable; the three backgrounds differ in
lightness, so that they stay apart in grey and for people who see red and green alike. On a phone the hours scroll and the
roles stay where they are. Names stand in the list of gaps, not here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.cover.heat_grid import Cell, DayGrid, Heat, Row, day_grids
from callboard.model.cover import Cover, Interval
from callboard.wikitext.escape import escape

MOST_ROWS = 40  # of a day; more are no picture any more

# Background and text.
COLOURS = {
    Heat.COVERED: ("#b5e3c8", "#14321f"),
    Heat.MIXED: ("#eaa624", "#202122"),
    Heat.FEW: ("#eaa624", "#202122"),
    Heat.NOBODY: ("#9b1b30", "#fff"),
}
_STAYS = "position:sticky;left:-1px;min-width:7em;text-align:left;overflow-wrap:anywhere"
_BREAK = "border-left-width:5px"  # hours are left out before this one
_LEGEND = (
    (Heat.COVERED, "✓", "as many are there as are needed"),
    (Heat.FEW, "1/2", "one is there, two are needed"),
    (Heat.NOBODY, "0/1", "nobody is there"),
    (Heat.MIXED, "◐ 0/1", "not the same for the whole hour, this is the worst of it"),
)


def heat_map(cover: Cover, event: Event) -> Iterator[str]:
    """The lines of the picture, in the event's zone; nothing where the event needs nobody."""
    grids = day_grids(cover, event)
    for grid in grids:
        yield from _day(grid, event)
    if grids:
        samples = (
            f'<span style="{_paint(heat)};padding:0 0.4em">{sign}</span> {told}'
            for heat, sign, told in _LEGEND
        )
        yield f"{'; '.join(samples)}; – nobody is needed."


def _day(grid: DayGrid, event: Event) -> Iterator[str]:
    name = f"{grid.day:%A}, {grid.day.day} {grid.day:%B %Y} ({event.zone.key})"
    breaks = [bool(number) and grid.hours[number - 1][1] != hour[0] for number, hour in enumerate(grid.hours)]
    # "noresize" is the skins' word for a wide table that somebody lets scroll already.
    yield f'<div class="noresize" style="overflow-x:auto" role="region" tabindex="0" aria-label="{name}">'
    yield '{| class="wikitable" style="text-align:center;font-size:90%"'
    # Minerva, the skin of phones, makes captions blocks, which would stand in the first column.
    yield f'|+ style="display:table-caption;text-align:left" | <span style="position:sticky;left:0">{name}</span>'
    yield f'! scope="col" style="{_STAYS}" | Role'
    yield from _heads(grid, breaks, event)
    for row in _shown(grid):
        yield "|-"
        yield f'! scope="row" style="{_STAYS}" | {_named(row)}'
        yield from (
            _cell(cell, event, after_break=after) for cell, after in zip(row.cells, breaks, strict=True)
        )
    yield "|}"
    yield "</div>"
    if len(grid.rows) > MOST_ROWS:
        yield f"{MOST_ROWS} of {len(grid.rows)} rows are shown, those in which most is missing.\n"


def _shown(grid: DayGrid) -> list[Row]:
    worst = sorted(range(len(grid.rows)), key=lambda number: -grid.rows[number].missing)[:MOST_ROWS]
    return [grid.rows[number] for number in sorted(worst)]


def _named(row: Row) -> str:
    role = escape(row.role) or "–"
    return f"{role}<br /><small>{escape(row.room)}</small>" if row.room else role


def _heads(grid: DayGrid, breaks: list[bool], event: Event) -> Iterator[str]:
    before: datetime | None = None
    change = len({_offset(moment, event) for hour in grid.hours for moment in hour}) > 1
    for hour, after_break in zip(grid.hours, breaks, strict=True):
        here = hour[0].astimezone(event.zone)
        label = f"{here:%H:%M}" if here.minute else f"{here:%H}"
        if before and before.date() != here.date():
            label += f"<br /><small>{here:%a}</small>"
        if change and (before is None or before.utcoffset() != here.utcoffset()):
            label += f"<br /><small>{here:%Z}</small>"
        style = f' style="{_BREAK}"' if after_break else ""
        yield f'! scope="col"{style} title="{_hours(hour, event)}" | {label}'
        before = here


def _cell(cell: Cell | None, event: Event, *, after_break: bool) -> str:
    edge = f";{_BREAK}" if after_break else ""
    if cell is None:
        return f'| style="{_BREAK}" | –' if after_break else "| –"
    title = "" if cell.heat is Heat.COVERED else f' title="{_told(cell, event)}"'
    sign = cell.sign.replace(" ", "&nbsp;")
    return f'| style="{_paint(cell.heat)}{edge}"{title} | {sign}'


def _paint(heat: Heat) -> str:
    background, text = COLOURS[heat]
    return f"background:{background};color:{text}"


def _told(cell: Cell, event: Event) -> str:
    """`14:00–14:30: 1 of 1, 14:30–15:00: 0 of 1`."""
    return ", ".join(
        f"{_hours((part.start, part.end), event)}: {len(part.there)} of {part.need.people}"
        for part in cell.parts
    )


def _hours(hours: Interval, event: Event) -> str:
    """`14:00–15:00`; where the clock changes in between, with what it is called before and after."""
    start, end = (moment.astimezone(event.zone) for moment in hours)
    if start.utcoffset() != end.utcoffset():
        return f"{start:%H:%M %Z}–{end:%H:%M %Z}"
    return f"{start:%H:%M}–{end:%H:%M}"


def _offset(moment: datetime, event: Event) -> timedelta | None:
    return moment.astimezone(event.zone).utcoffset()
