"""The picture of the cover: which hour stands in which cell, what it says, and that no name breaks the page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.config import Event
from callboard.cover import Cover
from callboard.cover.covering import cut
from callboard.cover.heat_grid import DayGrid, Heat, day_grids
from callboard.cover.heat_map import COLOURS, MOST_ROWS, heat_map
from callboard.model.cover import Need, Shift
from callboard.wikitext.tables import tables
from tests.cover.people import CHAT, SESSIONS, at, covered, entry, event, session, table

ZONES = (
    "UTC",
    "Europe/Berlin",
    "Asia/Kolkata",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "America/Sao_Paulo",
)


def zoned(zone: str, *days: Any, needs: Sequence[dict[str, Any]] = ()) -> Event:
    """An event in another zone, on other days."""
    return event(*needs, event={"title": "Hackathon", "zone": zone, "days": list(days)})


def signs(grid: DayGrid, zone: Event) -> dict[str, str]:
    """The day as a person reads it: a line a role, `08 ✓, 09 0/1`."""
    clock = [f"{start.astimezone(zone.zone):%H}" for start, _ in grid.hours]
    return {
        f"{row.role} {row.room}" if row.room else row.role: ", ".join(
            f"{hour} {cell.sign if cell else '–'}" for hour, cell in zip(clock, row.cells, strict=True)
        )
        for row in grid.rows
    }


def days(cover: Cover, of: Event) -> list[tuple[date, dict[str, str]]]:
    """All days."""
    return [(grid.day, signs(grid, of)) for grid in day_grids(cover, of)]


GOLDEN = """\
<div class="noresize" style="overflow-x:auto" role="region" tabindex="0" aria-label="Saturday, 22 May 2021 (UTC)">
{| class="wikitable" style="text-align:center;font-size:90%"
|+ style="display:table-caption;text-align:left" | <span style="position:sticky;left:0">Saturday, 22 May 2021 (UTC)</span>
! scope="col" style="position:sticky;left:-1px;min-width:7em;text-align:left;overflow-wrap:anywhere" | Role
! scope="col" title="08:00–09:00" | 08
! scope="col" title="09:00–10:00" | 09
! scope="col" title="10:00–11:00" | 10
! scope="col" style="border-left-width:5px" title="14:00–15:00" | 14
|-
! scope="row" style="position:sticky;left:-1px;min-width:7em;text-align:left;overflow-wrap:anywhere" | Chat watch
| style="background:#b5e3c8;color:#14321f" | ✓
| style="background:#eaa624;color:#202122" title="09:00–09:30: 2 of 2, 09:30–10:00: 1 of 2" | ◐&nbsp;1/2
| style="background:#eaa624;color:#202122" title="10:00–11:00: 1 of 2" | 1/2
| style="border-left-width:5px" | –
|-
! scope="row" style="position:sticky;left:-1px;min-width:7em;text-align:left;overflow-wrap:anywhere" | Facilitation<br /><small>Hacking room 1</small>
| –
| –
| –
| style="background:#9b1b30;color:#fff;border-left-width:5px" title="14:00–14:55: 0 of 1" | 0/1
|}
</div>
<span style="background:#b5e3c8;color:#14321f;padding:0 0.4em">✓</span> as many are there as are needed; \
<span style="background:#eaa624;color:#202122;padding:0 0.4em">1/2</span> one is there, two are needed; \
<span style="background:#9b1b30;color:#fff;padding:0 0.4em">0/1</span> nobody is there; \
<span style="background:#eaa624;color:#202122;padding:0 0.4em">◐ 0/1</span> not the same for the whole hour, this is the worst of it; \
– nobody is needed."""


def test_map_of_a_small_cover_is_a_table_with_heads_signs_and_colours() -> None:
    of = event(CHAT | {"to": "11:00", "people": 2}, SESSIONS)
    known = covered(of, entry("Ada", (8, 11)), entry("Bo", (8, 9.5)), session("Maps", 14, 14 + 55 / 60))
    assert "\n".join(heat_map(known, of)) == GOLDEN


def test_map_of_an_event_that_needs_nobody_is_nothing() -> None:
    assert list(heat_map(covered(event(), entry("Ada", (8, 12))), event())) == []


@pytest.mark.parametrize(
    ("need", "people", "expected"),
    [
        ({}, [], "08 0/1, 09 0/1"),
        ({}, [entry("Ada", (8, 10))], "08 ✓, 09 ✓"),
        ({}, [entry("Ada", (8, 9.5))], "08 ✓, 09 ◐ 0/1"),
        ({}, [entry("Ada", (8, 8.25)), entry("Bo", (8.75, 10))], "08 ◐ 0/1, 09 ✓"),
        ({}, [entry("Ada", (8, 8.5)), entry("Bo", (8.5, 10))], "08 ✓, 09 ✓"),  # one takes over from the other
        ({}, [entry("Ada", (8, 10)), entry("Bo", (8, 10))], "08 ✓, 09 ✓"),  # more than needed
        ({"people": 3}, [entry("Ada", (8, 10)), entry("Bo", (9, 10))], "08 1/3, 09 2/3"),
        ({"people": 3}, [entry("Ada", (8, 10)), entry("Bo", (8.5, 9))], "08 ◐ 1/3, 09 1/3"),
        ({"people": 2}, [entry("Ada", (8, 8.5)), entry("Bo", (8.5, 9))], "08 1/2, 09 0/2"),
        ({"from": "08:30"}, [entry("Ada", (8.5, 9))], "08 ✓, 09 0/1"),  # half an hour is all that is needed
        ({"from": "08:30", "to": "09:15"}, [], "08 0/1, 09 0/1"),
    ],
)  # fmt: skip
def test_cell_tells_how_many_of_those_needed_are_there(
    need: dict[str, Any], people: list[Any], expected: str
) -> None:
    of = event(CHAT | {"to": "10:00"} | need)
    assert days(covered(of, *people), of) == [(date(2021, 5, 22), {"Chat watch": expected})]


def test_two_needs_of_a_role_in_one_hour_share_a_cell_that_shows_the_worse() -> None:
    of = event(CHAT | {"to": "09:30"}, CHAT | {"from": "09:30", "to": "10:00", "people": 2})
    known = covered(of, entry("Ada", (8, 10)))
    assert days(known, of) == [(date(2021, 5, 22), {"Chat watch": "08 ✓, 09 ◐ 1/2"})]


def test_sessions_of_an_hour_share_the_cell_of_their_room() -> None:
    of = event(SESSIONS)
    known = covered(
        of,
        session("Maps", 9, 9.5, facilitators=["Ada"]),
        session("Lua", 9.5, 10),
        session("Bots", 9, 10, room="Main track", facilitators=["Bo"]),
    )
    assert days(known, of) == [
        (date(2021, 5, 22), {"Facilitation Main track": "09 ✓", "Facilitation Hacking room 1": "09 ◐ 0/1"})
    ]


def test_each_room_of_a_role_has_a_row_in_the_order_of_the_event_file() -> None:
    of = event(CHAT | {"to": "09:00", "rooms": ["Hacking room 2", "Hacking room 1"]})
    known = covered(of, table("Ada", 8, 9, "Hacking room 2"))
    assert days(known, of) == [
        (date(2021, 5, 22), {"Chat watch Hacking room 1": "08 0/1", "Chat watch Hacking room 2": "08 ✓"})
    ]


def test_hours_past_midnight_stay_with_their_day_and_name_the_next() -> None:
    late = {"date": "2021-05-22", "opens": "22:00", "closes": "02:00"}
    of = zoned(
        "UTC", late, {"date": "2021-05-23", "opens": "08:00", "closes": "10:00"}, needs=[{"role": "Desk"}]
    )
    known = covered(of, entry("Ada", (24, 25), role="Desk"))
    assert days(known, of) == [
        (date(2021, 5, 22), {"Desk": "22 0/1, 23 0/1, 00 ✓, 01 0/1"}),
        (date(2021, 5, 23), {"Desk": "08 0/1, 09 0/1"}),
    ]
    assert '! scope="col" title="00:00–01:00" | 00<br /><small>Sun</small>' in list(heat_map(known, of))


def heads(of: Event) -> list[str]:
    """The heads of the hours, behind that of the roles."""
    found = [line for line in heat_map(covered(of), of) if line.startswith('! scope="col"')]
    return [line.removeprefix('! scope="col" title=') for line in found[1:]]


def test_hour_that_comes_twice_has_two_columns_that_tell_their_zone() -> None:
    of = zoned("Europe/Berlin", "2021-10-31", needs=[{"role": "Desk", "from": "01:00", "to": "05:00"}])
    assert heads(of) == [
        '"01:00–02:00" | 01<br /><small>CEST</small>',
        '"02:00 CEST–02:00 CET" | 02',
        '"02:00–03:00" | 02<br /><small>CET</small>',
        '"03:00–04:00" | 03',
        '"04:00–05:00" | 04',
    ]


def test_hour_that_the_clock_leaves_out_has_no_column() -> None:
    of = zoned("Europe/Berlin", "2021-03-28", needs=[{"role": "Desk", "from": "01:00", "to": "05:00"}])
    assert heads(of) == [
        '"01:00 CET–03:00 CEST" | 01<br /><small>CET</small>',
        '"03:00–04:00" | 03<br /><small>CEST</small>',
        '"04:00–05:00" | 04',
    ]


def test_clock_that_changes_by_half_an_hour_has_a_column_of_half_an_hour() -> None:
    of = zoned("Australia/Lord_Howe", "2021-04-04", needs=[{"role": "Desk", "from": "01:00", "to": "03:00"}])
    assert heads(of) == [
        '"01:00 +11–01:30 +1030" | 01<br /><small>+11</small>',
        '"01:30–02:00" | 01:30<br /><small>+1030</small>',
        '"02:00–03:00" | 02',
    ]


def test_day_of_24_hours_has_24_columns() -> None:
    of = event({"role": "Desk", "days": ["2021-05-22"]})
    [grid] = day_grids(covered(of), of)
    assert [(start - at(0), end - start) for start, end in grid.hours] == [
        (timedelta(hours=hour), timedelta(hours=1)) for hour in range(24)
    ]


def test_of_very_many_rows_those_with_most_missing_are_shown() -> None:
    number = MOST_ROWS + 2
    of = event(*(CHAT | {"role": f"Role {index:02d}"} for index in range(number)))
    covers_two = [entry("Ada", (8, 12), role="Role 03"), entry("Bo", (8, 12), role="Role 05")]
    lines = list(heat_map(covered(of, *covers_two), of))
    rows = [line.rpartition("| ")[2] for line in lines if line.startswith('! scope="row"')]
    assert rows == [f"Role {index:02d}" for index in range(number) if index not in {3, 5}]
    assert f"{MOST_ROWS} of {number} rows are shown, those in which most is missing.\n" in lines


# --- properties -----------------------------------------------------------------------------------


@st.composite
def covers(draw: st.DrawFn) -> tuple[Event, Cover]:
    """Needs on days around a change of the clock, in several zones, with people here and there."""
    of = zoned(
        draw(st.sampled_from(ZONES)),
        "2021-03-27",
        {"date": "2021-03-28", "opens": "06:00", "closes": "03:00"},
        "2021-04-04",
        "2021-10-31",
    )
    first = [day.interval(of.zone)[0] for day in of.event.days]
    needs, stretches = [], []
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.sampled_from(first)) + timedelta(minutes=5 * draw(st.integers(0, 240)))
        end = start + timedelta(minutes=5 * draw(st.integers(1, 168)))
        role, room = draw(st.sampled_from(["Desk", "Chat"])), draw(st.sampled_from([None, "Main track"]))
        need = Need(role, start, end, draw(st.integers(1, 3)), room)
        parts = []
        for person in "ABC":
            begins = start + timedelta(minutes=5 * draw(st.integers(-12, 168)))
            ends = begins + timedelta(minutes=5 * draw(st.integers(1, 60)))
            parts.append((begins, ends, Shift(person, role, begins, ends, True, "Helpers", 1)))
        needs.append(need)
        stretches += cut(need, parts)
    return of, Cover(tuple(needs), (), tuple(stretches))


def moments(start: datetime, end: datetime) -> Iterator[datetime]:
    """Every five minutes, as `covers` makes them."""
    while start < end:
        yield start
        start += timedelta(minutes=5)


@settings(deadline=None, max_examples=60)
@given(covers())
def test_every_moment_of_a_need_is_in_exactly_one_cell(case: tuple[Event, Cover]) -> None:
    of, known = case
    wanted = Counter(
        (stretch.need.role, stretch.need.room, moment, stretch.missing)
        for stretch in known.stretches
        for moment in moments(stretch.start, stretch.end)
    )
    shown: Counter[tuple[str, str | None, datetime, int]] = Counter()
    for grid in day_grids(known, of):
        assert all(any(row.cells[number] for row in grid.rows) for number in range(len(grid.hours)))
        assert len({(row.role, row.room) for row in grid.rows}) == len(grid.rows)
        for row in grid.rows:
            for (start, end), cell in zip(grid.hours, row.cells, strict=True):
                for part in cell.parts if cell else ():
                    assert start <= part.start < part.end <= end
                    assert of.day_of(part.need.start) == grid.day
                    shown.update(
                        (row.role, row.room, moment, part.missing) for moment in moments(part.start, part.end)
                    )
    assert shown == wanted


@settings(deadline=None, max_examples=60)
@given(covers())
def test_cell_is_green_only_where_nobody_is_missing(case: tuple[Event, Cover]) -> None:
    of, known = case
    for grid in day_grids(known, of):
        for row in grid.rows:
            for cell in filter(None, row.cells):
                missing = any(part.missing for part in cell.parts)
                assert (cell.heat is Heat.COVERED, cell.sign == "✓") == (not missing, not missing)


hostile = st.one_of(
    st.text(min_size=1, max_size=30),
    st.text("|!{}[]<>-=\n*#:;'~&_ \t/ab+\u202e\u2028", min_size=1, max_size=30),
    st.sampled_from(
        [
            "|}", "}}", "|-", "\n|-\n| x", "!! x", "|| x", "</div>", "<nowiki>", "<!--", "{|", "\n== H ==\n", "~~~~~",
            '" onmouseover="x', "[[File:A.png]]", "{{Delete}}", "__NOTOC__", "&#124;", "-{zh:x}-", "[https://x.example y]",
        ]
    ),
)  # fmt: skip


HEAD_OF_ROW = 7


def named(role: str, room: str | None) -> list[str]:
    """The lines of a map with one row of that name."""
    need = Need(role, at(8), at(10), 1, room)
    return "\n".join(heat_map(Cover((need,), (), tuple(cut(need, []))), event())).split("\n")


@settings(deadline=None)
@given(hostile, hostile)
def test_no_name_of_a_role_or_room_breaks_out_of_its_cell(role: str, room: str) -> None:
    lines, plain = named(role, room), named("Desk", None)
    changed = [number for number, line in enumerate(lines) if line != plain[number]]
    assert (len(lines), changed) == (len(plain), [HEAD_OF_ROW])
    _, _, name = lines[HEAD_OF_ROW].partition(" | ")
    within = name.replace("<br /><small>", " ", 1).removesuffix("</small>")
    assert re.search(r"[\[\]{}|<>\n]|~~|__|''|://|--", within) is None
    [found] = tables("\n".join(lines))
    assert [len(row.cells) for row in found.rows] == [3, 3]


# --- colours --------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance)."""
    digits = colour.removeprefix("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("heat", Heat)
def test_text_of_each_colour_is_easy_to_read(heat: Heat) -> None:
    assert contrast(*COLOURS[heat]) >= 7  # WCAG 2.2, AAA


def test_backgrounds_stay_apart_in_grey() -> None:
    backgrounds = {background for background, _ in COLOURS.values()}
    assert all(contrast(one, other) > 1.4 for one, other in combinations(backgrounds, 2))
    order = [luminance(COLOURS[heat][0]) for heat in (Heat.COVERED, Heat.FEW, Heat.NOBODY)]
    assert order == sorted(order, reverse=True)
