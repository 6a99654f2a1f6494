"""The cover as a picture where people meet it: in the terminal, and on the report page."""

import io

from rich.console import Console

from callboard.terminal_cover import show_heat_map
from tests.cover.people import CHAT, SESSIONS, covered, entry, event, session
from tests.promises import FREE, OWNER, World
from tests.promises import event as event_with_pages


def shown(*, width: int, colours: bool = False) -> list[str]:
    """The lines in a terminal of that width, blanks at their ends left out."""
    of = event(CHAT | {"people": 2, "role": "[b]Chat[/b]\x1b[2J watch"}, SESSIONS)
    chat = "[b]Chat[/b]\x1b[2J watch"
    known = covered(
        of, entry("Ada", (8, 12), role=chat), entry("Bo", (8, 9.5), role=chat), session("Maps", 8, 9)
    )
    out = io.StringIO()
    show_heat_map(
        Console(file=out, width=width, force_terminal=colours, color_system="standard" if colours else None),
        known,
        of,
    )
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_day_in_the_terminal_reads_without_colour_and_does_what_no_name_says() -> None:
    assert shown(width=120) == [
        "Saturday, 22 May (UTC)",
        "Role                     08:00 09:00 10:00 11:00",
        "[b]Chat[/b][2J watch       ✓   ◐1/2   1/2   1/2",
        "Facilitation, Hacking     0/1    –     –     –",
        "room 1",
        "",
        "✓ covered; 1/2 one is there, two are needed; ◐ not the same for the whole hour, its worst; – nobody is needed",
    ]


def test_day_that_is_wider_than_the_terminal_goes_on_below_without_rows_that_need_nobody() -> None:
    assert shown(width=40)[:8] == [
        "Saturday, 22 May (UTC)",
        "Role                     08:00 09:00",
        "[b]Chat[/b][2J watch       ✓   ◐1/2",
        "Facilitation, Hacking     0/1    –",
        "room 1",
        "",
        "Role                     10:00 11:00",
        "[b]Chat[/b][2J watch      1/2   1/2",
    ]


def test_colours_in_the_terminal() -> None:
    line = shown(width=120, colours=True)[2]
    assert line.split("watch")[1].split("\x1b[0m ")[:3] == [
        "     \x1b[30;42m  ✓  ",
        "\x1b[30;43m◐1/2 ",
        "\x1b[30;43m 1/2 ",
    ]


def test_report_page_has_the_picture_between_gaps_and_people() -> None:
    needs = [{"facilitators": 1}]
    maps = f"'''Maps'''<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: [[User:Bo|Bo]]"
    lua = f"'''Lua''' (T900002)<br />[[User:{OWNER}|{OWNER}]]<br />facilitation: (your username)"
    world = World(maps, lua, FREE, of=event_with_pages("starts_soon", need=needs))
    world.wiki.add_user("Bo")
    world.tick()
    before, _, rest = world.report.partition('<div class="noresize"')
    picture, _, after = rest.partition("– nobody is needed.\n")
    assert before.rstrip().endswith("|}")
    assert [line.rpartition("| ")[2] for line in picture.splitlines() if line[:1] in "|!"][2:] == [
        "14", "15", "|-", "Facilitation<br /><small>Hacking room 1</small>", "✓", "0/1", "|}",
    ]  # fmt: skip
    assert after.startswith('{| class="wikitable mw-collapsible')
