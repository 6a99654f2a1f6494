"""Sessions written as templates: where they may stand, how their arguments are written, what is asked about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.config import Event
from callboard.model import Account, Schedule, Session
from callboard.read.schedule import read_schedule
from callboard.rules import SCHEDULE
from callboard.snapshot import Snapshot
from callboard.tidy import tidy
from callboard.wikitext.arguments import call_at
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks
from tests.read.schedule_truth import TEMPLATES, event, event_of, moment, page, session_line, slot_line
from tests.read.test_schedule_properties import check_growth
from tests.source_lines import line_of

ROW = {
    "name": "Row", "title": "title", "day": "day", "start": "start", "end": "end", "minutes": "minutes", "zone": "zone", "room": "room",
    "owners": "speaker", "facilitator": "facilitator", "task": "task", "format": "format",
}  # fmt: skip
RANGE = {"name": "Slot", "title": ["label", "title"], "time": "time", "owners": "who", "room": "where"}
OPENING = {"name": "Open", "day": "day", "room": "room", "zone": "zone", "opens": True}
EVENT = event(
    ["2027-05-14", "2027-05-15"],
    "Europe/Berlin",
    ["Hall", {"name": "Yard", "aliases": ["the yard"]}, {"name": "Loft", "open": False}],
    template=[ROW, RANGE, OPENING, {"name": "Close", "closes": True}],
)


def read(text: str, of: Event = EVENT) -> Schedule:
    return read_schedule(text, of, "Programme")


def sessions(text: str) -> list[str]:
    return [session_line(session) for session in read("== Friday ==\n" + text).sessions]


def problems(text: str, of: Event = EVENT) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.line, problem.text) for problem in read(text, of).problems]


@pytest.mark.parametrize(
    "source",
    [
        "{{Row|title=Maps|start=10:00|end=10:25|room=Hall|speaker=[[User:Ada|Ada]]|task=T900001}}",
        "{{row|title=Maps|start=10:00|end=10:25|room=Hall|speaker=[[User:Ada|Ada]]|task=T900001}}",
        "{{Template:Row|title=Maps|start=10:00|end=10:25|room=Hall|speaker={{u|Ada}}|task=T900001}}",
        "{{ Row |title= Maps|start=10.00|end=10.25|room=Hall|speaker=[[User:Ada]]|task=900001}}",
        "{{Row\n| title = Maps\n| start = 10:00\n| end = 10:25\n| room = Hall\n| speaker = [[User:Ada|Ada]]\n| task = T900001\n}}",
        "{{Row|\ntitle=Maps|\nstart=10:00|\nend=10:25|\nroom=Hall|\nspeaker=[[User:Ada|Ada]]|\ntask=T900001|\n}}",
        "{{Row<!-- x -->|title=<!-- | --> Maps <!-- y -->|start=10:00|end=10:25|room=Hall|speaker=[[User:Ada|A|B]]|task=T900001}}",
        "{{Row|title=Bots|start=09:00|title=Maps|start=10:00|end=10:25|room=Hall|speaker=[[User:Ada]]|task=T900001}}",
        "{{Row|title=Maps|start=10:00|minutes=25|room=[[Hall]]|speaker=Ada|task={{phab|T900001}}}}",
        "{{Row|title=Maps|start=10:00|minutes=25 min|room=Hall|speaker=Ada|task=[[phab:T900001|T900001]]|note={{Other|a=b|{{!}}}}}}",
        "{{Row|title=[[2027:Maps|Maps]]|start=10:00|end=10:25|room=Hall|speaker=Ada|task=https://phabricator.wikimedia.org/T900001}}",
        "{{Row|title=2027:Geo/Maps|start=2027-05-14 10:00|end=2027-05-14 10:25|room=Hall|speaker=Ada|task=T900001}}",
        "{{Row|title=Maps|day=14 May|start=08:00|zone=UTC|end=08:25|room=Hall|speaker=Ada|task=T900001}}",
        "{{Row|title=Maps|start=[https://zonestamp.toolforge.org/1810281600 Fri, 14 May 2027 10:00:00 +0200]|minutes=25|room=Hall|speaker=Ada|task=T900001}}",
        "{{Row|title=Maps|start=1810281600|end=1810283100|room=Hall|speaker=Ada|task=T900001}}",
        "* {{Row|title=Maps|start=10:00|end=10:25|room=Hall|speaker=Ada|task=T900001}}",
        "{{Box|1={{Row|title=Maps|start=10:00|end=10:25|room=Hall|speaker=Ada|task=T900001}}}}",
        "{{Open|day=2027-05-14|room=Hall}}\n{{Row|title=Maps|start=10:00|end=10:25|speaker=Ada|task=T900001}}",
        "{|\n{{Row|title=Maps|start=10:00|end=10:25|room=Hall|speaker=Ada|task=T900001}}\n|}",
        "{|\n! When !! What\n|-\n{{Row|title=Maps|start=10:00|end=10:25|room=Hall|speaker=Ada|task=T900001}}\n|}",
    ],
)  # fmt: skip
def test_session_is_read_however_its_template_is_written(source: str) -> None:
    found = [line.split(" | ")[1:7] for line in sessions(source)]
    assert found == [["2027-05-14T08:00Z", "2027-05-14T08:25Z", "Hall", "Maps", "Ada", "T900001"]]


@pytest.mark.parametrize(
    "source",
    [
        "<!-- {{Row|title=Maps|start=10:00}} -->",
        "<nowiki>{{Row|title=Maps|start=10:00}}</nowiki>",
        "{{Row|title=Maps|start=10:00",
        "{{Rows|title=Maps}}",
        "{{Row|title=—|start=10:00|end=11:00}}",
        "{{Row|title=Lunch|start=12:00|end=13:00}}",
        "{{Row|title=|start=|end=}}",
        "== Last year ==\n{{Row|title=Maps|start=10:00}}",
    ],
)
def test_what_is_no_session_is_read_as_none(source: str) -> None:
    found = read(source)
    assert (found.sessions, found.free_slots, found.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{Row|title=Maps|start=9:00|end=18:30 PM}}", [("half-day", 2, "18:30 PM")]),
        ("{{Row|title=Maps|start=11:00|end=10:00}}", [("end-before-start", 2, "10:00")]),
        ("{{Row|title=Maps|start=11:00|end=11:30|minutes=55}}", [("length-disagrees", 2, "55")]),
        ("{{Row|title=Maps|start=11:00|minutes=long}}", [("time-unreadable", 2, "long")]),
        ("{{Row|title=Maps|start=soon}}", [("time-unreadable", 2, "soon")]),
        ("{{Row|title=Maps}}", [("time-unreadable", 2, "{{Row|title=Maps}}")]),
        ("{{Row|title=Maps|start=11:00|zone=Mars}}", [("zone-unclear", 2, "Mars")]),
        ("{{Row|title=Maps|start=11:00|day=Sunday}}", [("off-days", 2, "Sunday")]),
        ("{{Row|title=Maps|start=11:00|day=whenever}}", [("day-unknown", 2, "whenever")]),
        ("{{Row|title=Maps|start=11:00|room=Cave}}", [("room-unknown", 2, "Cave")]),
        ("{{Row|title=|start=11:00|room=Hall|speaker=[[User:Ada]]}}", [("title-missing", 2, "{{Row|title=|start=11:00|room=Hall|speaker=[[User:Ada]]}}")]),
        ("{{Row|title=<s>Maps</s>|start=11:00}}", [("struck-out", 2, "{{Row|title=<s>Maps</s>|start=11:00}}")]),
        ("<s>{{Row|title=Maps|start=11:00}}</s>", [("struck-out", 2, "{{Row|title=Maps|start=11:00}}")]),
        ("{{Row|title=CANCELLED: Maps|start=11:00}}", [("called-off", 2, "{{Row|title=CANCELLED: Maps|start=11:00}}")]),
        ("{{#if:x|{{Row|title=Maps|start=11:00}}}}", [("template-unread", 2, "{{#if:x|{{Row|title=Maps|start=11:00}}}}")]),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked_about(source: str, found: list[tuple[str, int, str]]) -> None:
    assert problems(f"== Friday ==\n{source}") == found


def test_day_and_room_of_an_opening_template_hold_until_it_is_closed_or_a_heading_comes() -> None:
    row = "{{{{Row|title={}|start={}}}}}\n"
    text = (
        "== Friday ==\n"
        + row.format("One", "09:00")
        + "{{Open|day=2027-05-15|room=Yard}}\n"
        + row.format("Two", "10:00")
        + "{{Open|room=Loft}}\n"
        + row.format("Three", "11:00")
        + "{{Close}}\n"
        + row.format("Four", "12:00")
        + "{{Open|day=Saturday|room=the yard}}\n== Friday ==\n"
        + row.format("Five", "13:00")
    )
    assert [(s.title, moment(s.start), s.room) for s in read(text).sessions] == [
        ("One", "2027-05-14T07:00Z", None),
        ("Two", "2027-05-15T08:00Z", "Yard"),
        ("Three", "2027-05-14T09:00Z", "Loft"),
        ("Four", "2027-05-14T10:00Z", None),
        ("Five", "2027-05-14T11:00Z", None),
    ]


def test_bold_lines_name_the_day_and_the_room_of_the_templates_below() -> None:
    text = (
        "== Programme ==\n;Friday, May 14\n'''Hall'''\n{{Row|title=One|start=10:00}}\nSome words.\n{{Row|title=Two|start=23:00}}\n"
        "{{Row|title=Three|start=00:30}}\n'''Saturday, May 15'''\n{{Row|title=Four|start=10:00}}\n;Yard\n{{Row|title=Five|start=11:00}}\n"
    )
    assert [(s.title, moment(s.start), s.room) for s in read(text).sessions] == [
        ("One", "2027-05-14T08:00Z", "Hall"),
        ("Two", "2027-05-14T21:00Z", "Hall"),
        ("Three", "2027-05-14T22:30Z", "Hall"),
        ("Four", "2027-05-15T08:00Z", "Hall"),
        ("Five", "2027-05-15T09:00Z", "Yard"),
    ]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("{{Row|title=|start=18:30 PM|room=Hall}}", [("half-day", 2, "18:30 PM")]),
        ("{{Row|title=|room=Hall}}", [("time-unreadable", 2, "{{Row|title=|room=Hall}}")]),
        ("{{Row|title=|start=|room=}}", []),
        ("{{Row}}", []),
    ],
)
def test_free_slot_whose_time_cannot_be_read_is_asked_about(
    source: str, asked: list[tuple[str, int, str]]
) -> None:
    assert problems(f"== Friday ==\n{source}") == asked


@pytest.mark.parametrize(
    ("arguments", "start", "end"),
    [
        ("start=10:00 UTC|end=11:00", "10:00Z", "11:00Z"),
        ("start=10:00 UTC|end=13:00 CEST", "10:00Z", "11:00Z"),
        ("start=10:00|end=09:00 UTC", "08:00Z", "09:00Z"),
    ],
)
def test_zone_of_the_start_holds_for_an_end_without_one(arguments: str, start: str, end: str) -> None:
    (session,) = read(f"== Friday ==\n{{{{Row|title=Maps|{arguments}}}}}").sessions
    assert (moment(session.start)[11:], moment(session.end)[11:]) == (start, end)


@pytest.mark.parametrize("room", ["TBD", "{{tba}}", "?", "to be announced"])
def test_room_that_nobody_knows_yet_is_none(room: str) -> None:
    schedule = read(f"== Friday ==\n{{{{Row|title=Maps|start=10:00|room={room}}}}}")
    assert ([session.rooms for session in schedule.sessions], schedule.problems) == ([()], ())


def test_day_that_nothing_names_is_asked_for() -> None:
    assert problems("{{Row|title=Maps|start=10:00}}") == [("day-unknown", 1, "10:00")]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{Row|title=|start=10:00|end=10:25|room=Hall}}", ["2 | 2027-05-14T08:00Z | 2027-05-14T08:25Z | Hall | blank"]),
        ("{{Row|title=|start=10:00|end=10:25|room=Loft}}", []),
        ("{{Row|title=TBD|start=10:00|room=Loft}}", ["2 | 2027-05-14T08:00Z | - | Loft | TBD"]),
        ("{{Row|title=Test|start=10:00|room=Hall|speaker=TBD}}", ["2 | 2027-05-14T08:00Z | - | Hall | Test"]),
        ("{{Row|title=<!-- do not use -->|start=10:00|room=Hall}}", []),
        ("{{Row|start=10:00|room=Hall}}", ["2 | 2027-05-14T08:00Z | - | Hall | blank"]),
        ("{{Row|title=|start=10:00|room=Hall|task=T900001}}", []),
        ("{{Row|title=TBD|start=10:00|room=Hall|speaker=[[User:Ada]]}}", []),
        ("{{Row|title={{tba}}|start=10:00|room=Hall|speaker={{TBD}}}}", ["2 | 2027-05-14T08:00Z | - | Hall | {{tba}}"]),
    ],
)  # fmt: skip
def test_free_slots_are_templates_without_a_title(source: str, found: list[str]) -> None:
    assert [slot_line(slot) for slot in read(f"== Friday ==\n{source}").free_slots] == found


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("Ten years – and '''more'''", "Ten years – and more"),
        ("2027:Libraries/The_card_catalogue", "The card catalogue"),
        ("2027:Libraries/Shelfmarks#Part 1", "Shelfmarks: Part 1"),
        ("2027:Caf%C3%A9_talk", "Café talk"),
        ("TCP/IP for all", "TCP/IP for all"),
        ("Re:think everything", "Re:think everything"),
        ("[[2027:Maps|Rivers & maps]]", "Rivers & maps"),
        ("{{nowrap|Old bots}} again", "Old bots again"),
        ("[Session] Old bots ({{phab|T900001}})", "Old bots"),
    ],
)
def test_title_is_the_whole_value(value: str, title: str) -> None:
    assert [s.title for s in read(f"{{{{Row|day=14 May|start=10:00|title={value}}}}}").sessions] == [title]


def test_first_parameter_that_is_not_empty_counts() -> None:
    text = (
        "== Friday ==\n{{Slot|time=9–10|label= |title=One}}\n{{Slot|time=10:00–10:25|label=Two|title=Three}}"
    )
    assert [(s.title, moment(s.end)) for s in read(text).sessions] == [
        ("One", "2027-05-14T08:00Z"),
        ("Two", "2027-05-14T08:25Z"),
    ]


def test_places_are_those_of_the_values() -> None:
    text = (
        "== Friday ==\n{{Row\n | title   = Maps\n | start = 10:00\n | speaker = [[User:Ada]], Bo Test\n | task    = \n"
        " | facilitator =\n}}\n{{Slot|time=11:00–11:25|title=Bots|who=}}"
    )
    first, second = read(text).sessions

    def shown(span: Span | None) -> str | None:
        return span.of(text) if span else None

    assert [
        first.span.of(text)[:6],
        shown(first.title_cell),
        shown(first.owner_cell),
        shown(first.time_cell),
    ] == [
        "{{Row\n",
        "Maps",
        "[[User:Ada]], Bo Test",
        None,
    ]
    assert first.task_cell is not None
    assert text[: first.task_cell.start].endswith("| task    = ")
    assert first.task_cell.start == first.task_cell.end
    assert [shown(second.title_cell), shown(second.owner_cell), shown(second.time_cell)] == [
        "Bots",
        "",
        "11:00–11:25",
    ]
    assert (first.layout, first.table) == ("templates", -1)


def test_cell_may_hold_a_template_and_its_facilitation() -> None:
    text = (
        "== Friday ==\n{|\n! Time !! Hall !! Yard\n|-\n| 10:00–11:00 || {{Slot|title=Maps|who=Bo Test}} ({{phab|T900001}})<br>facilitation: [[User:Ada]]\n"
        "| CANCELLED: {{Slot|title=Bots}}\n|-\n| 11:00–12:00 || '''Keynote:''' {{Slot|title=Rivers}} ||\n{{Slot|title=Lakes}}\n|}"
    )
    found = read(text)
    assert [session_line(session) for session in found.sessions] == [
        "5 | 2027-05-14T08:00Z | 2027-05-14T09:00Z | Hall | Maps | Bo Test | T900001 | Ada | -",
        "8 | 2027-05-14T09:00Z | 2027-05-14T10:00Z | Hall | Rivers | - | - | - | -",
        "9 | 2027-05-14T09:00Z | 2027-05-14T10:00Z | Yard | Lakes | - | - | - | -",
    ]
    assert [(problem.code, problem.line) for problem in found.problems] == [("called-off", 6)]


def test_row_of_a_table_may_have_its_title_in_a_template() -> None:
    text = (
        "== Friday ==\n{|\n! Time !! Session !! Speaker !! Task\n|-\n| 10:00–11:00 || {{Slot|title=Maps|who=Bo Test}} || [[User:Ada]] || T900001\n"
        "|-\n| 11:00–12:00 || {{Slot|title=|who=}} || ||\n|}"
    )
    found = read(text)
    assert [session_line(session).split(" | ")[4:7] for session in found.sessions] == [
        ["Maps", "Bo Test, Ada", "T900001"]
    ]
    assert [session.layout for session in found.sessions] == ["templates"]
    task = found.sessions[0].task_cell
    assert task is not None
    assert task.of(text) == " T900001"


def test_layouts_named_in_the_event_file_are_the_only_ones() -> None:
    text = "== Friday ==\n{{Row|title=Maps|start=10:00}}\n{|\n! Time !! Hall\n|-\n| 10:00–11:00 || Bots\n|}"
    days = ["2027-05-14", "2027-05-15"]

    def titles(*layouts: str) -> list[str]:
        of = event(days, "UTC", ["Hall", "Yard"], template=[ROW], pages={"layouts": list(layouts)})
        return [session.title for session in read(text, of).sessions]

    assert titles("templates") == ["Maps"]
    assert titles("grid") == ["Bots"]
    assert sorted(titles()) == sorted(titles("grid", "templates")) == ["Bots", "Maps"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (
            "{{Talk|name=Maps|begin=10:00|speakers=Ada|room=Hall|tags=x}}",
            '[[template]]; name = "Talk"; title = "name"; start = "begin"; room = "room"; owners = "speakers" (its parameters: name, begin, speakers, room, tags)',
        ),
        (
            "{{Talk|10:00|Maps}}",
            '[[template]]; name = "Talk"; title = "…"; time = "1" (its parameters: 1, 2)',
        ),
        (
            '{{Say "x"|title=a|displayname=b|presenters=c}}',
            '[[template]]; name = "Say \\"x\\""; title = ["displayname", "title"]; owners = "presenters" (its parameters: title, displayname, presenters)',
        ),
    ],
)
def test_template_that_is_not_known_is_told_with_the_lines_to_add(source: str, lines: str) -> None:
    (problem,) = read(f"== Friday ==\n{source}").problems
    assert (problem.code, problem.line) == ("template-unread", 2)
    assert problem.message.endswith(f"to have it read, add to the event file, each on a line: {lines}")


@pytest.mark.parametrize(
    "source",
    [
        "{{Infobox event|name=Hackathon|date=14 May|location=Berlin}}",
        "{{u|10:00}}",
        "{{phab|T900001}}",
        "{{nowrap|10:00}}",
        "Text {{Talk|title=A|start=10:00}} in a line",
        "{{Event/Header}}",
        "{{Saturday}}",
    ],
)
def test_other_templates_are_passed_over(source: str) -> None:
    assert problems(f"== Friday ==\n{source}") == []


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("{{Event/Program/Saturday}}", "Template:Event/Program/Saturday"),
        ("{{:Event/schedule_2}}", "Event/schedule 2"),
        ("{{/Day 2}}", "Programme/Day 2"),
        ("{{User:Ada/Programme}}", "Template:User:Ada/Programme"),
    ],
)
def test_page_shown_inside_is_told(source: str, title: str) -> None:
    (problem,) = read(source).problems
    assert problem.code == "page-included"
    assert f"add {title} to `schedule`" in problem.message
    known = event(["2027-05-14", "2027-05-15"], "UTC", ["Hall"], pages={"schedule": [title]})
    assert read(source, known).problems == ()


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "== Friday ==\n" + "{{Row|start=10:00|end=10:25|title=Maps|speaker=[[User:Ada]]|task=T900001}}\n" * size,
        lambda size: "== Friday ==\n" + "{|\n! Time !! Hall\n|-\n| 10:00 || {{Slot|title=Maps|who=Ada}}\n|}\n" * size,
        lambda size: "== Friday ==\n{|\n! Time !! Hall\n" + "{{Slot|time=10:00–11:00|title=Maps}}\n" * size + "|}",
        lambda size: "== Friday ==\n" + "{{Talk|start=10:00|name=Maps}}\n;Saturday\n" * size,
        lambda size: "{{Open|day=Friday}}\n" + "'''Hall'''\n{{Row|title={{nowrap|{{nowrap|Maps}}}}|start=10:00}}\n" * size,
        lambda size: "{{Box|" + "{{Row|title=Maps|start=10:00}}" * size + "}}",
        lambda size: "{{Box|" * size + "{{Row|title=Maps|start=10:00}}" + "}}" * size,
        lambda size: "{{Row|title=" * size + "}}" * size,
    ],
)  # fmt: skip
def test_work_grows_with_the_page_and_no_faster(make: Callable[[int], str]) -> None:
    check_growth(lambda text: read_schedule(text, EVENT), make(40), make(160))


# random programmes

WORDS = st.sampled_from(
    ["Maps", "rivers", "Old bots", "Graphs of lakes", "Forests", "Ten small steps", "Query café", "Лекция"]
)
NAMES = st.sampled_from(
    [
        "Exempla Nova",
        "Testuser Quill",
        "[[User:Ada|Ada]]",
        "[[User:Örnek]]",
        "{{u|Voorbeeld Vic}}",
        "[[User:Bo|B. B.]]",
    ]
)
CANONICAL = {
    "[[User:Ada|Ada]]": "Ada",
    "[[User:Örnek]]": "Örnek",
    "{{u|Voorbeeld Vic}}": "Voorbeeld Vic",
    "[[User:Bo|B. B.]]": "Bo",
}
PARAMETERS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäéß_- ", min_size=1, max_size=12).map(str.strip).filter(bool),
    min_size=9,
    max_size=9,
    unique=True,
)
BLANK = st.sampled_from(["", " ", "  ", " <!-- c --> "])
ROLES = ("title", "day", "start", "end", "room", "owners", "facilitator", "task")


@dataclass(frozen=True)
class Written:
    """A programme as it should be read, the mapping, and the page."""

    mapping: dict[str, Any]
    text: str
    expected: list[tuple[Any, ...]]


@st.composite
def programmes(draw: st.DrawFn) -> Written:
    names = draw(PARAMETERS)
    numbered = draw(st.booleans())
    mapping: dict[str, Any] = {
        role: str(number + 1) if numbered else names[number] for number, role in enumerate(ROLES)
    }
    mapping["name"] = draw(st.sampled_from(["Session row", "Event 2027/Item", "Été"]))
    pieces, expected = ["== Programme ==\n"], []
    for _ in range(draw(st.integers(1, 5))):
        at = datetime(
            2027,
            5,
            draw(st.integers(14, 15)),
            draw(st.integers(8, 20)),
            draw(st.sampled_from([0, 30])),
            tzinfo=UTC,
        )
        long = timedelta(minutes=draw(st.sampled_from([5, 25, 55])))
        owners = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
        facilitator = draw(st.one_of(st.just(""), NAMES))
        task = draw(st.one_of(st.just(""), st.integers(900001, 900099).map(lambda number: f"T{number}")))
        title = " ".join(draw(st.lists(WORDS, min_size=2, max_size=3)))
        room = draw(st.sampled_from(["Hall", "Yard"]))
        values = {
            "title": title, "day": f"{at:%Y-%m-%d}", "start": f"{at:%H:%M}", "end": f"{at + long:%H:%M}", "room": room, "owners": ", ".join(owners),
            "facilitator": facilitator, "task": task,
        }  # fmt: skip
        pieces.append(draw(_template(mapping, values, numbered=numbered, extra=names[8])))
        people = tuple(CANONICAL.get(name, name) for name in owners)
        helpers = (CANONICAL.get(facilitator, facilitator),) if facilitator else ()
        expected.append((title, at, at + long, (room,), people, helpers, (task,) if task else ()))
    return Written(mapping, "".join(pieces), expected)


@st.composite
def _template(
    draw: st.DrawFn, mapping: dict[str, Any], values: dict[str, str], *, numbered: bool, extra: str
) -> str:
    ends = draw(st.sampled_from([("|", ""), ("\n| ", "\n"), ("|\n", "\n"), (" | ", " ")]))
    arguments = []
    for role in ROLES if numbered else draw(st.permutations(ROLES)):
        name = "" if numbered else f"{draw(BLANK)}{mapping[role]}{draw(BLANK)}="
        arguments.append(f"{name}{draw(BLANK)}{values[role]}{draw(BLANK)}")
    if not numbered:
        arguments.insert(0, f"{mapping['title']}=Not this one")
        arguments.append(f"{extra}=[[a|b]] {{{{c|d=e}}}}")
    return f"{{{{{mapping['name']}{ends[0]}{ends[0].join(arguments)}{ends[1]}}}}}\n"


def _event(written: Written) -> Event:
    return event(["2027-05-14", "2027-05-15"], "UTC", ["Hall", "Yard"], template=[written.mapping])


def _facts(session: Session) -> tuple[Any, ...]:
    people = tuple(person.name for person in session.owners)
    helpers = tuple(person.name for person in session.facilitators)
    return (
        session.title, session.start, session.end, session.rooms, people, helpers, tuple(ref.task for ref in session.tasks),
    )  # fmt: skip


@given(programmes())
def test_programme_written_with_any_parameters_is_read_as_it_is(written: Written) -> None:
    found = read(written.text, _event(written))
    assert [_facts(session) for session in found.sessions] == written.expected
    assert found.problems == ()
    for session in found.sessions:
        assert session.line == line_of(written.text, session.span.start)


def _only_in_values(text: str, spans: list[Span]) -> bool:
    outer: list[Span] = []
    for mark in marks(text):
        if mark.kind is Kind.TEMPLATE and not (outer and mark.span.start < outer[-1].end):
            outer.append(mark.span)
    values = [argument.whole for span in outer for argument in call_at(text, span).arguments.values()]
    return all(any(span in value for value in values) for span in spans)


@given(programmes())
def test_tidying_changes_values_only_and_once(written: Written) -> None:
    of = _event(written)
    names = ("Exempla Nova", "Testuser Quill", "Ada", "Örnek", "Voorbeeld Vic", "Bo")
    snapshot = Snapshot(
        of, datetime(2027, 5, 1, tzinfo=UTC), accounts={name: Account(name, exists=True) for name in names}
    )
    done = tidy(written.text, "Programme", SCHEDULE, snapshot)
    assert done.refused == ()
    assert _only_in_values(written.text, [Span(one.edit.start, one.edit.end) for one in done.applied])
    again = tidy(done.text, "Programme", SCHEDULE, snapshot)
    assert (again.text, again.applied) == (done.text, ())
    assert [_facts(session) for session in read(done.text, of).sessions] == written.expected


@pytest.mark.parametrize("number", TEMPLATES.keys() | {"61", "63"})
def test_example_pages_are_as_they_should_be(number: str) -> None:
    text, of = page(number), event_of(number)
    done = tidy(text, "Schedule", SCHEDULE, Snapshot(of, datetime(2026, 1, 1, tzinfo=UTC)))
    assert done.refused == ()
    assert tidy(done.text, "Schedule", SCHEDULE, Snapshot(of, datetime(2026, 1, 1, tzinfo=UTC))).applied == ()
    assert _only_in_values(text, [Span(one.edit.start, one.edit.end) for one in done.applied])
