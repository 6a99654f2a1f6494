"""Schedules written as lists: what each notation says, what stays alone, and that any programme comes back as it was written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.model import Acknowledgement, Proposal, Schedule
from callboard.read.schedule import read_schedule
from callboard.rules import SCHEDULE
from callboard.tidy import tidy
from tests.read.schedule_truth import EVENTS, event, page, session_line, slot_line
from tests.read.test_schedule_properties import calls
from tests.snapshots import snapshot

ROOMS = [{"name": "Room A", "aliases": ["Alpha"]}, "Room B"]
EVENT = event(["2026-05-15", "2026-05-16"], "UTC", ROOMS)
DAY = "== Friday, May 15 ==\n"


def read(text: str) -> Schedule:
    return read_schedule(text, EVENT, "Schedule")


def short(schedule: Schedule) -> list[str]:
    """Each session as `start–end room: title (owners; tasks)`, with what is not known left out."""
    lines = []
    for session in schedule.sessions:
        times = "–".join(f"{when:%H:%M}" if when else "?" for when in (session.start, session.end))
        people = ", ".join(person.name for person in session.owners)
        tasks = ", ".join(ref.task for ref in session.tasks)
        more = "; ".join(filter(None, (people, tasks)))
        room = f" {'+'.join(session.rooms)}" if session.rooms else ""
        lines.append(f"{times}{room}: {session.title}" + (f" ({more})" if more else ""))
    return lines


NOTATIONS = [
    ("* 10:00–11:00 Uhr: Maps\n* 11–12 Uhr: Bots\n* 12.00 Uhr Mittagessen", ["10:00–11:00: Maps", "11:00–12:00: Bots"]),
    ("* <s>10:00</s> 10:30 Maps\n* 11:00 Bots", ["10:30–11:00: Maps", "11:00–?: Bots"]),
    ("* 18:00–19:00 Maps\n* 19:00 – open end: Games", ["18:00–19:00: Maps", "19:00–?: Games"]),
    ("* [[/Maps|10:00–11:00 Maps]]\n* {{u|Ada}}\n* 11:00–12:00 {{u|Ada}}: Bots", ["10:00–11:00: Maps", "11:00–12:00: Bots (Ada)"]),
    ("* 10:00–10:25 Maps\n* 10:30-11:00 Bots", ["10:00–10:25: Maps", "10:30–11:00: Bots"]),
    ("* 10:00am - Intro\n* 10:30am - Maps\n* 11:00am - End", ["10:00–10:30: Intro", "10:30–11:00: Maps"]),
    ("* '''14:00''' – Maps ([[User:Ada|Ada]]), room A\n* '''15:00:''' Bots\n* 16:00 End", ["14:00–15:00 Room A: Maps (Ada)", "15:00–16:00: Bots"]),
    ("* 10:00–10:25 | Maps | Room A\n* 10:30–10:55 | Bots | Testuser Quill | Room B", ["10:00–10:25 Room A: Maps", "10:30–10:55 Room B: Bots (Testuser Quill)"]),
    ("# 10:00 Maps\n# 10:30 Bots", ["10:00–10:30: Maps", "10:30–?: Bots"]),
    ("; 10:00 : Maps\n; 10:30 : Bots", ["10:00–10:30: Maps", "10:30–?: Bots"]),
    ("; 10:00–11:00\n: Maps\n: Speaker: [[User:Ada]]\n; 11:00–12:00\n: Bots", ["10:00–11:00: Maps (Ada)", "11:00–12:00: Bots"]),
    (": 10:00 Maps\n: 10:30 Bots", ["10:00–10:30: Maps", "10:30–?: Bots"]),
    ("* 1400 - 1530: Maps\n* 16–17: Bots", ["14:00–15:30: Maps", "16:00–17:00: Bots"]),
    ("* 9:30a - 11a Maps\n* 11 a.m. – noon: Bots", ["09:30–11:00: Maps", "11:00–12:00: Bots"]),
    ("* from 10:00 to 11:00: Maps\n* 11:00 (25 min) Bots\n* 11:30, 55 min: Lua", ["10:00–11:00: Maps", "11:00–11:25: Bots", "11:30–12:25: Lua"]),
    ("* 10:00 UTC: Maps\n* 14:00–14:30 CEST – Bots", ["10:00–?: Maps", "12:00–12:30: Bots"]),
    ("* [https://zonestamp.toolforge.org/1778839200 10:00 UTC] Maps\n* {{nowrap|10:30 – 11:00}}: Bots", ["10:00–?: Maps", "10:30–11:00: Bots"]),
    ("* '''15:00 UTC''' | 17:00 CEST | 8:00 AM PDT — Maps\n* 16:00–16:30 Bots", ["15:00–?: Maps", "16:00–16:30: Bots"]),
    ("* von 10 bis 11 Uhr: Maps\n* 11:00 bis 11:30: Bots\n* de 12h à 13h : Lua\n* 14:00 a 15:00: CSS", ["10:00–11:00: Maps", "11:00–11:30: Bots", "12:00–13:00: Lua", "14:00–15:00: CSS"]),
    ("* 10 h : Maps\n* 11 h 30 : Bots\n* 12:00 noon Lua\n* 1pm-2 CSS", ["10:00–?: Maps", "11:30–?: Bots", "12:00–?: Lua", "13:00–14:00: CSS"]),
    ("* de 10h à 11h : Maps\n* de 11h à 12h : Bots", ["10:00–11:00: Maps", "11:00–12:00: Bots"]),
    ("* ab 9:40 Maps\n* 10:00~10:30 Bots\n* 11:00 24h hackathon", ["09:40–?: Maps", "10:00–10:30: Bots", "11:00–?: 24h hackathon"]),
    ("* from 9:40 Maps\n* 10:00 Bots\n* 11:00 Lua", ["09:40–?: Maps", "10:00–11:00: Bots", "11:00–?: Lua"]),
    ("* 10:00 Maps (45 min)\n* 11:00 Bots (45 min, Room B)\n* 12:00 Lua (beginners; [[User:Ada]])\n* 13:00 CSS [45']", ["10:00–10:45: Maps", "11:00–11:45 Room B: Bots", "12:00–?: Lua (beginners) (Ada)", "13:00–13:45: CSS"]),
    ("* 10:00–11:00 Maps", ["10:00–11:00: Maps"]),
    ("* 10:30 IST (5:00 UTC) Maps\n* 11:30 – 12:00 IST (6:00 UTC, 08:00 CEST) – Bots", ["05:00–?: Maps", "06:00–06:30: Bots"]),
    ("* 5:00 UTC, 10:30 IST, 07:00 CEST: Maps\n* 6:00 (08:00 CEST): Bots (9 ways)", ["05:00–06:00: Maps", "06:00–?: Bots (9 ways)"]),
    ("* 10:00&nbsp;–&nbsp;11:00 Maps\n* <small>11:00</small> Bots", ["10:00–11:00: Maps", "11:00–?: Bots"]),
    ("* 10:00 – 3 ways to fail\n* 11:00 to the point", ["10:00–11:00: 3 ways to fail", "11:00–?: to the point"]),
    ("* Slot1: 1400 - 1530\n** Maps\n* Slot 2, in parallel to slot 1:\n** Bots", ["14:00–15:30: Maps", "14:00–15:30: Bots"]),
    ("'''Slot 1: 1400 - 1530'''\n* Maps\n'''Slot 2: 1530 - 1600'''\n* Bots", ["14:00–15:30: Maps", "15:30–16:00: Bots"]),
    ("=== 10:00–10:30 Maps ===\n* {{phab|T900001}}\n=== 10:30–11:00 Bots ===\n", ["10:00–10:30: Maps (T900001)", "10:30–11:00: Bots"]),
    ("* 10:00 <!-- was 9 --> Maps <!-- not Bots -->\n* <!-- x -->11:00 Bots", ["10:00–11:00: Maps", "11:00–?: Bots"]),
    ("* 10:00 Maps\n\n* 11:00 Bots\n<!-- 11:30 Lua -->\n* 12:00 Lua", ["10:00–11:00: Maps", "11:00–12:00: Bots", "12:00–?: Lua"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sessions"), NOTATIONS)
def test_notations(text: str, sessions: list[str]) -> None:
    schedule = read(DAY + text)
    assert (schedule.layout, short(schedule), schedule.problems) == ("bullets", sessions, ())
    assert short(read((DAY + text).replace("\n", "\r\n"))) == sessions


PLACES = [
    ("* 10:00–11:00 Room B: Maps\n* 11:00–12:00 Maps (Room B)", ["10:00–11:00 Room B: Maps", "11:00–12:00 Room B: Maps"]),
    ("* 10:00–11:00 Maps in Room B\n* 11:00–12:00 Maps @ Alpha", ["10:00–11:00 Room B: Maps", "11:00–12:00 Room A: Maps"]),
    ("* 10:00–11:00 Maps (in Room B) – [[User:Ada]]\n* 11:00–12:00 '''Room A:''' ''Maps''", ["10:00–11:00 Room B: Maps (Ada)", "11:00–12:00 Room A: Maps"]),
    ("* 10:00–11:00 Maps\n** Room: Room B\n* 11:00–12:00 Maps\n** in the Alpha", ["10:00–11:00 Room B: Maps", "11:00–12:00 Room A: Maps"]),
    ("=== Room B ===\n* 10:00–11:00 Maps\n* 11:00–12:00 Bots (Room A)", ["10:00–11:00 Room B: Maps", "11:00–12:00 Room A: Bots"]),
    ("'''Room B'''\n* 10:00–11:00 Maps\n'''Room A'''\n* 10:00–11:00 Bots", ["10:00–11:00 Room B: Maps", "10:00–11:00 Room A: Bots"]),
    ("* 10:00–11:00\n** Room A: Maps\n** Room B: Bots ([[User:Ada]])\n*** {{phab|T900001}}\n* 11:00–12:00 Tea", ["10:00–11:00 Room A: Maps", "10:00–11:00 Room B: Bots (Ada; T900001)"]),
    ("* 10:00 Maps (Room A)\n* 10:30 Bots (Room B)\n* 11:00 Lunch", ["10:00–? Room A: Maps", "10:30–11:00 Room B: Bots"]),
    ("* 10:00–11:00 Rooms A and B: Maps\n* 11:00–12:00 Bots (Room A & B)\n* 12:00–13:00 Lua, rooms A/B", ["10:00–11:00 Room A+Room B: Maps", "11:00–12:00 Room A+Room B: Bots", "12:00–13:00 Room A+Room B: Lua"]),
    ("* 10:00–11:00 Maps ''(both rooms)''\n* 11:00–12:00 Bots – in all rooms\n* 12:00–13:00 Room plans of all rooms", ["10:00–11:00 Room A+Room B: Maps", "11:00–12:00 Room A+Room B: Bots", "12:00–13:00: Room plans of all rooms"]),
    ("* 10:00–11:00 Maps\n** Rooms A, B\n* 11:00–12:00 Hall of fame: Bots", ["10:00–11:00 Room A+Room B: Maps", "11:00–12:00: Hall of fame: Bots"]),
    ("* 10:00–11:00 What is new in Birch hall\n* 11:00–12:00 A tour of Room B and more", ["10:00–11:00: What is new in Birch hall", "11:00–12:00: A tour of Room B and more"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sessions"), PLACES)
def test_rooms(text: str, sessions: list[str]) -> None:
    schedule = read(DAY + text)
    assert (short(schedule), schedule.problems) == (sessions, ())


BESIDE = [  # the room in a line below, with nothing else but people and tasks
    ("{p}, Room A", "[[User:Ada|Ada]]"), ("Alpha. {p}", "[[User:Ada|Ada]]"), ("Room A; {p}", "{{u|Ada}}"), ("Room A / {p}", "[[User:Ada|Ada]]"),
    ("Room A {p}", "[[User:Ada|Ada]]"), ("'''Room A''' ({p})", "[[User:Ada|Ada]]"), ("[[Map|Room A]], with {p}", "[[User:Ada]]"),
    ("Host: {p}, Room A", "[[User:Ada|Ada]]"), ("Host: {p}. Room: Alpha", "[[User:Ada]]"), ("Zaal: Alpha. {p}", "[[User:Ada|Ada]]"),
    ("<s>Room B</s> Room A. {p}", "[[User:Ada|Ada]]"), ("Room A. {p} and {p}. See [[phab:T900001|the task for Room B]]", "[[User:Ada|Ada]]"),
    ("Room: Room A. Host: {p}. Facilitator: [[User:Bo|Bo]]", "[[User:Ada|Ada]]"), ("Room A. {p}. Facilitator: [[User:Bo|Bo]]", "[[User:Ada]]"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "person"), BESIDE)
@pytest.mark.parametrize(
    "item", ["; 10:00–11:00 – Maps\n: {}", "* 10:00–11:00 Maps\n*: {}", "* 10:00–11:00 Maps\n** {}"]
)
def test_a_room_beside_people_and_tasks(item: str, line: str, person: str) -> None:
    schedule = read(DAY + item.format(line.replace("{p}", person)) + "\n")
    (session,) = schedule.sessions
    assert (session.title, session.rooms, [owner.name for owner in session.owners]) == (
        "Maps",
        ("Room A",),
        ["Ada"],
    )
    assert not schedule.problems


@pytest.mark.parametrize(
    "line",
    [
        "Room A stairs, {p}", "Not Room A: {p}", "Room A or Room B? {p}", "Room A? {p}", "Room A. Bring a pen. {p}", "Formerly: Room A. {p}",
        "Room A. {p}. Formerly Room B", "Room A {p} Room B", "Plans for Room A by {p}", "{p}: Room A is full",
    ],
)  # fmt: skip
def test_a_room_beside_other_words_is_not_taken(line: str) -> None:
    (session,) = read(f"{DAY}* 10:00–11:00 Maps\n** {line.replace('{p}', '[[User:Ada|Ada]]')}\n").sessions
    assert (session.title, session.rooms) == ("Maps", ())


LABELS = [
    "Where",
    "Room",
    "Location",
    "Lieu",
    "Salle",
    "Ort",
    "Raum",
    "Lugar",
    "Sala",
    "Waar",
    "Locatie",
    "Plaats",
    "Zaal",
    "Ruimte",
    "Kde",
    "Místnost",
    "Gdzie",
    "Dove",
    "Onde",
    "Local",
    "Var",
    "Missä",
]


@pytest.mark.parametrize("label", LABELS)
def test_a_room_behind_its_label(label: str) -> None:
    (session,) = read(f"{DAY}=== 10.00–10.45: Maps ===\n* '''{label}:''' Alpha\n").sessions
    assert (session.title, session.rooms) == ("Maps", ("Room A",))


@pytest.mark.parametrize(
    "line",
    ["Formerly: Room A", "Not: Room A", "Waar: the garden of Room A", "Waar: Room C", "Waarom: Room A"],
)
def test_other_words_are_no_label_of_a_room(line: str) -> None:
    (session,) = read(f"{DAY}=== 10.00–10.45: Maps ===\n* {line}\n").sessions
    assert (session.title, session.rooms) == ("Maps", ())


DETAILS = [
    ("* 10:00–11:00\n** Room A. [[User:Ada|Ada]]\n** Maps\n* 11:00–12:00\n** Bots\n** [[User:Bo|Bo]], Room B", ["10:00–11:00 Room A: Maps (Ada)", "11:00–12:00 Room B: Bots (Bo)"]),
    ("* 10:00 Maps\n** Speaker: [[User:Ada]]\n** {{phab|T900001}}\n** bring a pen\n* 11:00 Bots", ["10:00–11:00: Maps (Ada; T900001)", "11:00–?: Bots"]),
    ("* 14:00–15:30 Hacking\n** 14:00 Maps\n** 14:45 Bots, [[User:Ada]]\n* 16:00–17:00 Lua", ["14:00–14:45: Maps", "14:45–15:30: Bots (Ada)", "16:00–17:00: Lua"]),
    ("* 10:00 Maps\n*: a remark\n* 11:00 Bots\n** great! --[[User:Bo|Bo]] ([[User talk:Bo|talk]]) 18:47, 28 April 2026 (UTC)", ["10:00–11:00: Maps", "11:00–?: Bots"]),
    ("* 22:00 Films\n* 23:30 Tea\n* 00:30 Games\n* 02:00 End", ["22:00–23:30: Films", "00:30–02:00: Games"]),
    ("* 10:00–11:00 Sessions: Maps (Room B) / Bots (Room A)\n** Bots: [[User:Ada]]\n* 11:00–12:00 Lua", ["10:00–11:00 Room B: Maps", "10:00–11:00 Room A: Bots (Ada)", "11:00–12:00: Lua"]),
    (("* ''Common sessions'' – Room B\n* ''Parallel sessions, first name'' – Room A\n* ''Parallel sessions, second name'' – Room B\n"
     "* 10:00–11:00 Common session: Maps\n* 11:00–12:00 Sessions: Bots / Lua\n* 12:00–13:00 CSS\n* 14:00 Tea"), ["10:00–11:00 Room B: Maps", "11:00–12:00 Room A: Bots", "11:00–12:00 Room B: Lua", "12:00–13:00: CSS"]),
    ("=== Room B / Room A ===\n* 10:00–11:00 Sessions: Bots / Lua\n* 11:00–12:00 Tea", ["10:00–11:00 Room B: Bots", "10:00–11:00 Room A: Lua"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sessions"), DETAILS)
def test_what_is_nested_belongs_to_the_item_above(text: str, sessions: list[str]) -> None:
    assert short(read(DAY + text)) == sessions


PARALLEL = [
    ("* 10:30 – 12:30: Two things\n** Room A: Maps – [[User:Ada]]\n** ''Room B'' – Bots – [[User:Bo|Bo]]\n*** {{phab|T900001}}\n* 13:00–14:00 Tea", ["10:30–12:30 Room A: Maps (Ada)", "10:30–12:30 Room B: Bots (Bo; T900001)"]),
    ("* 10:00–11:00 Old maps\n** Room A: beginners – [[User:Ada]]\n** Room B: experts – [[User:Ada]]\n* 11:00–12:00 Tea", ["10:00–11:00: Old maps (Ada)"]),
    ("* 10:00–11:00 Old maps\n** Room A: Beginners\n** Room B: Experts\n* 11:00–12:00 Tea", ["10:00–11:00: Old maps"]),
    ("* 10:00–11:00 Old maps – [[User:Cyd]]\n** Room A: Maps – [[User:Ada]]\n** Room B: Bots – [[User:Bo]]\n* 11:00–12:00 Tea", ["10:00–11:00: Old maps (Cyd, Ada, Bo)"]),
    ("* 10:00–11:00 Old maps\n** Room A: Maps – [[User:Ada]]\n** Room A: Bots – [[User:Bo]]\n* 11:00–12:00 Tea", ["10:00–11:00 Room A: Old maps (Ada, Bo)"]),
    ("* 10:00–11:00 Old maps\n** Room A: [[User:Ada]]\n** Room B: [[User:Bo]]\n* 11:00–12:00 Tea", ["10:00–11:00: Old maps (Ada, Bo)"]),
    ("* 12:30-14:00 Sessions: Freedom of panorama (Room A) / Wikiexpeditions (Room B)\n* 14:00–15:00 Tea", ["12:30–14:00 Room A: Freedom of panorama", "12:30–14:00 Room B: Wikiexpeditions"]),
    ("* 10:00–11:00 Maps (Room A) / Bots (Room B)\n* 11:00–12:00 Room B: Lua / Room A: CSS", ["10:00–11:00 Room A: Maps", "10:00–11:00 Room B: Bots", "11:00–12:00 Room B: Lua", "11:00–12:00 Room A: CSS"]),
    ("* 10:00–11:00 Maps ([[User:Ada]]; Room A) / ''free slot'' (Room B)\n* 11:00–12:00 Tea", ["10:00–11:00 Room A: Maps (Ada)"]),
    ("* 10:00–11:00 Lua\n* 11:00–12:00 Maps by [[User:Ada]] / [[User:Bo]]", ["10:00–11:00: Lua", "11:00–12:00: Maps (Ada, Bo)"]),
    ("=== Room B / Room A ===\n* 10:00–11:00 Maps / Bots\n* 11:00–12:00 TCP and IP", ["10:00–11:00 Room B: Maps", "10:00–11:00 Room A: Bots", "11:00–12:00: TCP and IP"]),
    ("* ''Parallel sessions, first name'' – Room A\n* ''Parallel sessions, second name'' – Room B\n* 10:00–11:00 Maps / Bots\n* 11:00–12:00 Tea", ["10:00–11:00 Room A: Maps", "10:00–11:00 Room B: Bots"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sessions"), PARALLEL)
def test_parallel_sessions_are_parted(text: str, sessions: list[str]) -> None:
    schedule = read(DAY + text)
    assert (short(schedule), schedule.problems) == (sessions, ())


CUSTOMS = [
    ("* 10:00–11:00 Maps ([[User:Ada]]) / Bots ([[User:Bo]])\n* 11:00–12:00 Lua (Room A) / CSS (Room B)\n* 12:00–13:00 Old maps of towns / Bots for beginners", 6, ["room-unsaid"]),
    ("* 10:00–11:00 Maps ([[User:Ada]]) / Bots ([[User:Bo]])\n* 11:00–12:00 Lua (Room A) / CSS (Room B)\n* 12:00–13:00 TCP / IP basics", 4, ["room-unsaid", "parallel-unclear"]),
    ("* 10:00–11:00 Maps ([[User:Ada]]) / Bots ([[User:Bo]])\n* 12:00–13:00 Old maps of towns / Bots for beginners", 2, ["room-unsaid", "parallel-unclear"]),
    ("Parallel sessions are split by a slash.\n* 10:00–11:00 Maps / Bots\n* 11:00–12:00 Lua", 3, ["room-unsaid"]),
    ('What stands before and behind "/" is held in parallel.\n* 10:00–11:00 Maps / Bots / Lua\n* 11:00–12:00 CSS', 4, ["room-unsaid"]),
    ("Parallel sessions are split by a slash.\n* 10:00–11:00 Sessions: Maps / Bots\n* 11:00–12:00 TCP / IP", 2, ["room-unsaid", "parallel-unclear"]),
    ("* 10:00–11:00 [[/Maps|Maps]] / [[/Bots|Bots]]\n* 11:00–12:00 [[Commons]] / [[Wikidata]] bridges", 2, ["room-unsaid", "parallel-unclear"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count", "codes"), CUSTOMS)
def test_custom_of_the_page_says_what_a_slash_means(text: str, count: int, codes: list[str]) -> None:
    schedule = read(DAY + text)
    assert (len(schedule.sessions), [problem.code for problem in schedule.problems]) == (count, codes)


DAYS = [
    "== Programme ==\n* '''Friday'''\n** 10:00 A\n** 11:00 B\n* '''Saturday'''\n** 10:00 C\n** 11:00 D",
    "== Programme ==\n;Friday\n* 10:00 A\n* 11:00 B\n;Saturday\n* 10:00 C\n* 11:00 D",
    "== Programme ==\n;Friday\n: 10:00 A\n: 11:00 B\n;Saturday\n: 10:00 C\n: 11:00 D",
    "Friday, 15 May:\n* 10:00 A\n* 11:00 B\n\n'''Saturday (16 May)'''\n* 10:00 C\n* 11:00 D",
    "* Friday 10:00: A\n* Friday, 11:00 – B\n* 16 May, 10:00: C\n* 11:00, Saturday: D",
    (
        "== <translate><!--T:1--> Friday</translate> ==\n<translate>\n* 10:00 A\n<!--T:2-->\n* 11:00 B</translate>\n"
        "== <translate><!--T:3--> Saturday</translate> ==\n* <translate><!--T:4--> 10:00 C</translate>\n* 11:00 D"
    ),
    "=== Friday, 15 May – Day 0 ===\n(Day 0)\n* 10:00 A\n* 11:00 B\n=== Saturday, 16 May – Day 1 ===\n(Day 1)\n* 10:00 C\n* 11:00 D",
]


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert [(session.title, session.start) for session in read(text).sessions] == [
        ("A", datetime(2026, 5, 15, 10, tzinfo=UTC)),
        ("B", datetime(2026, 5, 15, 11, tzinfo=UTC)),
        ("C", datetime(2026, 5, 16, 10, tzinfo=UTC)),
        ("D", datetime(2026, 5, 16, 11, tzinfo=UTC)),
    ]


SLOTS = [
    ("* 10:00–10:30 ''free slot''", ["10:00 - ''free slot''"]),
    ("* 10:00–10:30 TBD (Room B)", ["10:00 Room B TBD"]),
    ("* 10:00–10:30\n** ''Room B:'' still free", ["10:00 Room B still free"]),
    ("* 10:00–10:30 {{tbc}} (Room B)", ["10:00 Room B {{tbc}}"]),
    ("* 10:00–10:30 Room B: [??] Empty", ["10:00 Room B [??] Empty"]),
    ("=== Room A ===\n* 10:00–10:30\n* 10:30–11:00 Maps", ["10:00 Room A blank"]),
    ("* 10:00–10:30\n** Room B: (your topic)", ["10:00 Room B (your topic)"]),
    ("=== Room A ===\n* 10:00–10:30 –\n* 10:30–11:00 (Buffer)\n* 11:00–11:30 Lunch", []),
    ("* 10:00–10:30", []),
    ("=== Room A ===\n* 10:00–10:30\nWords about it", []),
]


@pytest.mark.parametrize(("text", "slots"), SLOTS)
def test_free_slots(text: str, slots: list[str]) -> None:
    schedule = read(f"{DAY}{text}\n=== All ===\n* 12:00–13:00 Maps\n* 13:00–14:00 Bots")
    assert [
        f"{slot.start:%H:%M} {slot.room or '-'} {slot.text or 'blank'}" for slot in schedule.free_slots
    ] == slots


ALONE = [
    "== Friday ==\n* bring a cup\n* bring a pen\n* bring 10:00 pens",
    "== Friday ==\n=== Volunteers ===\n* 10:00–12:00 [[User:Ada]]\n* 12:00–14:00 [[User:Bo]]",
    "== Friday ==\n* 10:00–12:00 [[User:Ada]]\n* 12:00–14:00 [[User:Bo]]\n* 14:00–16:00 (your username)",
    "== Minutes, 15 May ==\n* 10:00 Ada opens the meeting\n* 10:05 Bo reads the minutes",
    "== Discussion ==\n* 10:00 on Friday is early. [[User:Ada]] 18:47, 28 April 2026 (UTC)\n* 11:00 too. [[User:Bo]] 18:47, 28 April 2026 (UTC)",
    "== Friday ==\n: 18:47, 28 April 2026 (UTC)\n: 19:47, 28 April 2026 (UTC)\n: 20:47, 28 April 2026 (UTC)",
    "== Before the hackathon ==\n* 8 May, 18:00: call\n* 9 May, 18:00: call\n* 10 May, 18:00: call",
    "== Getting there ==\n* 9:15 train\n* 10:15 train\n* 11:15 train",
    "== Friday ==\n{| class=wikitable\n| Note\n|-\n|\n* 10:00 one\n* 11:00 two\n|}",
    "== Last year's programme, 15 May 2025 ==\n* 10:00 Maps\n* 11:00 Bots",
    "== Friday ==\n<nowiki>\n* 10:00 Maps\n* 11:00 Bots\n</nowiki>",
    "== Friday ==\n<!--\n* 10:00 Maps\n* 11:00 Bots\n-->",
]


@pytest.mark.parametrize("text", ALONE)
def test_other_lists_stay_alone(text: str) -> None:
    schedule = read(text)
    assert (schedule.layout, schedule.sessions, schedule.free_slots, schedule.problems) == (
        "none",
        (),
        (),
        (),
    )


ASKED = [
    (DAY + "* 12:00 Maps\n* 17:00 Bots\n* 01:00 Lua", ["12:00–17:00: Maps", "17:00–?: Bots", "?–?: Lua"], [(4, "time-order", "01:00")]),
    (DAY + "* <s>10:00–11:00 Maps</s>\n* 11:00–12:00 Bots\n* 12:00–13:00 Lua", ["11:00–12:00: Bots", "12:00–13:00: Lua"], [(2, "struck-out", "<s>10:00–11:00 Maps</s>")]),
    (DAY + "* 10:00–11:00 {{unknown thing}}\n* 11:00–12:00 Bots\n* {{session|C}}", ["11:00–12:00: Bots"], [(2, "template-unread", "{{unknown thing}}"), (4, "time-unreadable", "{{session|C}}")]),
    (DAY + "* [https://zonestamp.toolforge.org/1778839200/1778841000 11:00–11:30] Maps\n* 12:00–13:00 Bots", ["?–?: Maps", "12:00–13:00: Bots"], [(2, "zonestamp", "https://zonestamp.toolforge.org/1778839200/1778841000")]),
    (DAY + "* 10:00–11:00 TCP / IP basics\n* 11:00–12:00 Maps", ["11:00–12:00: Maps"], [(2, "parallel-unclear", "TCP / IP basics")]),
    (DAY + "* 10:00–11:00 Maps (Room A) / Bots\n* 11:00–12:00 Maps (Room A) / Bots (Room A)\n* 12:00–13:00 Lua", ["12:00–13:00: Lua"], [(2, "parallel-unclear", "Maps (Room A) / Bots"), (3, "parallel-unclear", "Maps (Room A) / Bots (Room A)")]),
    (DAY + "* 10:00–11:00 Maps / TBD\n* 11:00–12:00 Sessions: Maps/Bots\n* 12:00–13:00 Sessions: Maps; Bots", [], [(2, "parallel-unclear", "Maps / TBD"), (3, "parallel-unclear", "Maps/Bots"), (4, "parallel-unclear", "Maps; Bots")]),
    (DAY + "* 10:00–11:00 Maps ([[User:Ada]]) / Bots\n* 11:00–12:00 TCP / IP basics (Room A)", ["11:00–12:00 Room A: TCP / IP basics"], [(2, "parallel-unclear", "Maps ([[User:Ada]]) / Bots")]),
    (DAY + "* 10:00–11:00\n** Maps\n** Bots\n* 11:00–12:00 Lua", ["11:00–12:00: Lua"], [(2, "parallel-unclear", "10:00–11:00")]),
    (DAY + "* 10:00–11:00 Sessions: Maps / Bots\n* 11:00–12:00 Sessions: Lua / CSS", ["10:00–11:00: Maps", "10:00–11:00: Bots", "11:00–12:00: Lua", "11:00–12:00: CSS"], [(2, "room-unsaid", "Maps / Bots")]),
    (DAY + "* 9:00 Maps\n* 11:00 Bots\n* 1:00 Lua", ["09:00–11:00: Maps", "11:00–?: Bots", "?–?: Lua"], [(4, "half-day-missing", "1:00")]),
    (DAY + "* 10:00 Maps\n* 11:00 Bots\n* Social event", ["10:00–11:00: Maps", "11:00–?: Bots"], [(4, "time-unreadable", "Social event")]),
    (DAY + "* 10:00 Maps, room 7\n* 11:00 Bots, room 7", ["10:00–11:00 room 7: Maps", "11:00–? room 7: Bots"], [(2, "room-unknown", "room 7")]),
    (DAY + "* 10:30 IST (5:00 UTC) Maps\n* 11:30 IST (6:30 UTC) Bots", ["05:00–?: Maps", "?–?: Bots"], [(3, "zones-disagree", "11:30 IST (6:30 UTC)")]),
    (DAY + "* 10:00–10:05 Welcome<br>10:05–10:30 Maps\n* 11:00–12:00 Bots<br>09:00–10:00 EDT\n* 12:00–13:00 Lua; 13:00–14:00 CSS", ["11:00–12:00: Bots"], [(2, "time-unreadable", "10:00–10:05 Welcome<br>10:05–10:30 Maps"), (4, "time-unreadable", "12:00–13:00 Lua; 13:00–14:00 CSS")]),
    (DAY + "* 10:00–11:00 [[User:Ada]] / [[User:Bo]]: Maps\n* 11:00–12:00 Lua", ["11:00–12:00: Lua"], [(2, "parallel-unclear", "[[User:Ada]] / [[User:Bo]]: Maps")]),
    (DAY + "* 10:00 ff.: Maps\n* 11:00 - afterwards 12:00 Bots\n* 12:00–13:00 11:30 Lua", ["11:00–?: afterwards 12:00 Bots"], [(2, "time-unreadable", "10:00 ff.: Maps"), (4, "time-unreadable", "12:00–13:00 11:30 Lua")]),
    (DAY + "* 10:00–11:00 Old maps / New bots – [[User:Ada]] / [[User:Bo]] (Room A / Room B)\n* 11:00–12:00 Maps / Bots (Room A / Room B)\n* 12:00–13:00 CSS", ["11:00–12:00 Room A: Maps", "11:00–12:00 Room B: Bots", "12:00–13:00: CSS"], [(2, "parallel-unclear", "Old maps / New bots – [[User:Ada]] / [[User:Bo]] (Room A / Room B)")]),
    (DAY + "* 10:00 Rooms A and C: Maps\n* 11:00 Rooms A and C: Bots\n* 12:00 Room 7: Lua", ["10:00–11:00 Rooms A and C: Maps", "11:00–? Rooms A and C: Bots", "12:00–? Room 7: Lua"], [(2, "room-unknown", "Rooms A and C"), (4, "room-unknown", "Room 7")]),
    (DAY + "* 10:00 Maps\n* 18:30 PM Bots", ["10:00–?: Maps", "?–?: Bots"], [(3, "half-day", "18:30 PM")]),
    (DAY + "* 10:00 Maps\n* 11:00 Bots --[[User:Ada|Ada]] ([[User talk:Ada|talk]]) 18:47, 28 April 2026 (UTC)\n* 12:00 End", ["10:00–11:00: Maps"], [(3, "signed-item", "11:00 Bots --[[User:Ada|Ada]] ([[User talk:Ada|talk]]) 18:47, 28 April 2026 (UTC)")]),
    (DAY + "* 10:00–11:00\n** Room A, [[User:Ada|Ada]]\n** Room B, [[User:Bo|Bo]]\n* 11:00–12:00 Tea", [], [(2, "parallel-unclear", "10:00–11:00")]),
    (DAY + "* 10:00–11:00 Sessions:\n** Maps\n** Bots\n** Room A, [[User:Ada|Ada]]\n* 11:00–12:00 Tea", ["10:00–11:00: Maps", "10:00–11:00: Bots"], [(2, "room-unsaid", "10:00–11:00 Sessions:"), (5, "detail-unclear", "Room A, [[User:Ada|Ada]]")]),
    (DAY + "* 10:00–11:00 Sessions: Maps (Room A) / Bots (Room B)\n** [[User:Ada]]\n* 11:00–12:00 Tea", ["10:00–11:00 Room A: Maps", "10:00–11:00 Room B: Bots"], [(3, "detail-unclear", "[[User:Ada]]")]),
    ("== Programme ==\n* 10:00 Maps\n* 11:00 Bots\n* 12:00 Lua", [], [(2, "day-unknown", "10:00 Maps")]),
    ("== Friday, 16 May ==\n* 10:00 Maps\n* 11:00 Bots", ["?–?: Maps", "?–?: Bots"], [(1, "weekday-date", "Friday, 16 May")]),
    (DAY + "* bring a cup\n* bring a pen\n* read this\n* 10:00 Maps\n* 11:00 Bots", [], [(5, "layout-unread", "10:00 Maps")]),
    (DAY + "* 10:00–11:00 <s>Maps</s>\n* 11:00–12:00 Cancelled: Bots\n* 12:00–13:00 Lua", ["12:00–13:00: Lua"], [(2, "struck-out", "<s>Maps</s>"), (3, "called-off", "Cancelled: Bots")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sessions", "asked"), ASKED)
def test_what_is_not_certain_is_asked(
    text: str, sessions: list[str], asked: list[tuple[int, str, str]]
) -> None:
    schedule = read(text)
    assert short(schedule) == sessions
    assert [(problem.line, problem.code, problem.text) for problem in schedule.problems] == asked


@pytest.mark.parametrize(
    ("layouts", "layout"),
    [([], "rows+bullets"), (["bullets"], "bullets"), (["rows"], "rows"), (["grid"], "none")],
)
def test_the_event_file_says_which_layouts_count(layouts: list[str], layout: str) -> None:
    text = "== Friday ==\n{|\n! Time !! Title\n|-\n| 10:00–11:00 || Maps\n|}\n== Saturday ==\n* 10:00–11:00 Bots\n* 11:00–12:00 Lua"
    chosen = event(["2026-05-15", "2026-05-16"], "UTC", ROOMS, pages={"layouts": layouts})
    assert read_schedule(text, chosen).layout == layout


def test_places_of_an_item() -> None:
    text = (
        DAY
        + "* '''10:00''' – Maps ([[User:Ada]]), Room B\n** {{phab|T900001}}\n* 11:00–12:00 Sessions: Bots / Lua\n* 12:00–13:00 ''free slot'' @ Room A\n"
    )
    schedule = read(text)
    assert [
        (
            each.span.of(text),
            each.title_cell and each.title_cell.of(text),
            each.time_cell and each.time_cell.of(text),
        )
        for each in schedule.sessions
    ] == [
        ("* '''10:00''' – Maps ([[User:Ada]]), Room B\n** {{phab|T900001}}", " Maps ([[User:Ada]])", "10:00"),
        ("Bots", "Bots", "11:00–12:00"),
        ("Lua", "Lua", "11:00–12:00"),
    ]
    assert [(slot.span.of(text), slot.row and slot.row.of(text)) for slot in schedule.free_slots] == [
        (" ''free slot'' ", "* 12:00–13:00 ''free slot'' @ Room A")
    ]


def test_a_recording_stands_with_its_session() -> None:
    text = f"{DAY}* 10:00 Maps ([https://video.example/x recording])\n* 11:00 Bots\n** [https://slides.example/x slides]"
    assert [session.recording for session in read(text).sessions] == ["https://video.example/x", ""]


def test_a_template_that_is_a_session_is_read_once() -> None:
    text = f"{DAY}* 10:00 {{{{Callboard/session|title=Maps}}}}\n* 11:00 Bots\n* 12:00 Lua"
    assert [session.title for session in read(text).sessions].count("Maps") == 1


# any programme, written as lists in any notation, comes back

_titles = st.sampled_from(
    [
        "Maps",
        "Bots for all",
        "Lua – why not?",
        "The T-shirt story",
        "[[/Sub page|Wiki loves lists]]",
        "''Questions''",
    ]
)
_owners = st.sampled_from(["", "Ada", "Testuser Bo"])
_places = st.sampled_from(["", " (Room B)", ", Room B", " in Room B", " @ Room B"])
_entries = st.lists(
    st.tuples(_titles, _owners, _places, st.integers(1, 6), st.integers(0, 3)), min_size=2, max_size=7
)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[str, list[tuple[object, ...]]]:
    """A page and what it says: title, start, end, rooms, owners of each session."""
    dash = draw(st.sampled_from(["–", "-", " – ", " to "]))
    hour = draw(st.sampled_from(["%d:%02d", "%02d:%02d"]))
    bullet, behind = draw(
        st.sampled_from(
            [
                ("* ", " "),
                ("* ", ": "),
                ("# ", " – "),
                (": ", " "),
                ("; ", " : "),
                ("* '''", "''' "),
                ("** ", " | "),
            ]
        )
    )
    day = draw(st.sampled_from(["== {} ==", "=== {:s} ===", "'''{}'''", ";{}"]))
    lines: list[str] = []
    expected: list[tuple[object, ...]] = []
    for date, name in ((15, "Friday, 15 May"), (16, "Saturday, 16 May")):
        lines.append(day.format(name))
        at = datetime(2026, 5, date, 8, tzinfo=UTC)
        for title, owner, place, length, gap in draw(_entries):
            end = at + timedelta(minutes=15 * length)
            times = hour % (at.hour, at.minute) + dash + hour % (end.hour, end.minute)
            people = f" ([[User:{owner}]])" if owner else ""
            lines.append(f"{bullet}{times}{behind}{title}{people}{place}")
            shown = title.replace("[[/Sub page|", "").replace("]]", "").strip("'")
            expected.append((shown, at, end, ("Room B",) if place else (), (owner,) if owner else ()))
            at = end + timedelta(minutes=15 * gap)
    return "\n".join(lines), expected


@settings(max_examples=150, deadline=None)
@given(programmes())
def test_any_programme_comes_back(written: tuple[str, list[tuple[object, ...]]]) -> None:
    text, expected = written
    schedule = read(text)
    assert [
        (each.title, each.start, each.end, each.rooms, tuple(person.name for person in each.owners))
        for each in schedule.sessions
    ] == expected
    assert schedule.problems == ()
    assert schedule.rows == len(expected)


def test_lists_of_any_depth_are_read() -> None:
    deep = "".join(f"{'*' * depth} 10:00 Maps\n" for depth in range(1, 600))
    assert read(DAY + deep).rows == 599


@pytest.mark.parametrize(
    "make",
    [
        lambda size: DAY + "* 10:00 Maps ([[User:Ada]])\n" * size,
        lambda size: DAY + "* 10:00–11:00 Sessions: Maps / Bots / Lua\n** Maps: [[User:Ada]]\n" * size,
        lambda size: DAY + "* 10:00–11:00 Hacking\n** 10:00 Maps\n** 10:30 Bots in Room B\n" * size,
        lambda size: DAY + "* 10:00–11:00\n** Room A: Maps\n** Room B: Bots\n" * size,
        lambda size: DAY + ";Room A\n* 10:00 Maps\n;Friday\n* 11:00 Bots\n" * size,
        lambda size: DAY + "* 10:00 " + "Maps / ([{{'' | Room A " * size + "\n* 11:00 Bots",
        lambda size: DAY + "* 10:00 Maps\n" + "** detail [[User:Ada]]\n" * size + "* 11:00 Bots\n",
    ],
)
def test_work_grows_with_the_list_and_no_faster(make: Callable[[int], str]) -> None:
    few = calls(lambda: read(make(80)))
    many = calls(lambda: read(make(320)))
    assert many <= 4.6 * few + 500


_pieces = st.sampled_from(
    [
        "* ", "** ", "*: ", "; ", ": ", "# ", "10:00", "10:00–11:00", " – ", " / ", "Sessions:", " | ", "Maps", " [[User:Ada]]", "{{phab|T900001}}",
        "\n", "\n", "\n* 11:00 ", "\n** ", "\n== Friday ==\n", "\n;Saturday\n", "'''", "Room A", " (Room B)", "Slot 1: 1400 - 1500", "Slot 2, in parallel to slot 1:",
        "''free slot''", "facilitation: (your username)", "<!--", "-->", "{|\n|-\n| ", "\n|}\n", "<nowiki>", "[https://x.example ", "]", "18:47, 28 April 2026 (UTC)", "Friday", "14–17", "1:00",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=40))
def test_any_list_is_read_and_tidied_in_its_places(pieces: list[str]) -> None:
    text = "".join(["== Friday ==\n* 9:00 Opening\n* 9:30 Words\n", *pieces])
    schedule = read(text)
    spans = [session.span for session in schedule.sessions]
    assert len(set(spans)) == len(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(
        session.start is None or session.end is None or session.start < session.end
        for session in schedule.sessions
    )
    assert all(
        each.title_cell in each.span
        for each in schedule.sessions
        if each.layout == "bullets" and each.title_cell
    )


# tidying


def tidied(text: str) -> str:
    chosen = snapshot(
        accounts=["Ada", "Bo", "Testuser Quill"],
        event={"title": "Test", "zone": "UTC", "days": ["2026-05-15", "2026-05-16"]},
        room=[{"name": "Room A"}, {"name": "Room B"}],
        wording={"facilitation": "facilitation:", "free_slot": "''free slot''"},
    )
    once = tidy(text, "Schedule", SCHEDULE, chosen)
    assert once.refused == ()
    assert tidy(once.text, "Schedule", SCHEDULE, chosen).text == once.text
    before, after = once.before, once.reading
    assert isinstance(before, Schedule)
    assert isinstance(after, Schedule)
    assert short(read(once.text)) == short(after)
    assert [(s.title, s.start, s.rooms) for s in before.sessions] == [
        (s.title, s.start, s.rooms) for s in after.sessions
    ]
    return once.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("* 10:00–10:25 Maps, Facilitation : [[User:Ada]] and [[User:Bo]] (Room A)", "* 10:00–10:25 Maps, facilitation: [[User:Ada]], [[User:Bo]] (Room A)"),
        ("* 10:00–10:25 Maps\n** Facilitated by [[User:Ada]]", "* 10:00–10:25 Maps\n** facilitation: [[User:Ada]]"),
        ("* 10:00–10:25 '''Free!''' (Room A)", "* 10:00–10:25 ''free slot'' (Room A)"),
        ("* 10:00–10:25 Sessions: Maps ([[User:Ada]]) / Free slot", "* 10:00–10:25 Sessions: Maps ([[User:Ada]]) / ''free slot''"),
        ("* 10:00–10:25 Room A: Empty", "* 10:00–10:25 Room A: ''free slot''"),
        ("* 10:00–10:25 Maps, speaker: Testuser Quill", "* 10:00–10:25 Maps, speaker: [[User:Testuser Quill]]"),
    ],
)  # fmt: skip
def test_tidied_items(before: str, after: str) -> None:
    rest = "\n* 11:00–11:25 Words ([[User:Ada]])\n* 12:00–12:25 End"
    assert tidied(DAY + before + rest) == DAY + after + rest


@pytest.mark.parametrize(
    ("item", "linked"),
    [
        ("* 10:00–10:25 Maps ([[User:Ada]])", "* 10:00–10:25 Maps ([[phab:T900001]]) ([[User:Ada]])"),
        ("* 10:00–10:25 '''Maps''' ([[User:Ada]])", "* 10:00–10:25 '''Maps''' ([[phab:T900001]]) ([[User:Ada]])"),
        ("* 10:00–10:25 Maps\n** Speaker: [[User:Ada]]", "* 10:00–10:25 Maps ([[phab:T900001]])\n** Speaker: [[User:Ada]]"),
        ("* 10:00–10:25 Sessions: Maps ([[User:Ada]]) / Bots", "* 10:00–10:25 Sessions: Maps ([[phab:T900001]]) ([[User:Ada]]) / Bots"),
        ("; 10:00–10:25\n: [[/Page|Maps]]\n: Host: [[User:Ada]]", "; 10:00–10:25\n: [[/Page|Maps]] ([[phab:T900001]])\n: Host: [[User:Ada]]"),
    ],
)  # fmt: skip
def test_a_task_is_linked_behind_the_title(item: str, linked: str) -> None:
    yes = Acknowledgement(
        "Coordinator", "PHID-USER-1", datetime(2026, 5, 1, tzinfo=UTC), "comment", "PHID-XACT-1"
    )
    proposal = Proposal(
        "T900001",
        "PHID-TASK-1",
        "[Session] Maps",
        "ada",
        "open",
        False,
        acknowledged=yes,
        owners=("Ada",),
    )
    chosen = snapshot(
        accounts=["Ada"],
        proposals={"T900001": proposal},
        event={"title": "Test", "zone": "UTC", "days": ["2026-05-15", "2026-05-16"]},
        room=[{"name": "Room A"}, {"name": "Room B"}],
    )
    rest = "\n* 11:00–11:25 Words\n* 12:00–12:25 End"
    once = tidy(DAY + item + rest, "Schedule", SCHEDULE, chosen)
    assert once.text == DAY + linked + rest
    assert tidy(once.text, "Schedule", SCHEDULE, chosen).text == once.text


@pytest.mark.parametrize("number", ["05", "31", "32", "33", "34"])
def test_a_page_of_lists_is_tidied_without_a_change_of_meaning(number: str) -> None:
    facts = event(*EVENTS[number])
    chosen = snapshot(accounts=["Ada", "Testuser Bo"])
    chosen = type(chosen)(facts, chosen.now, accounts=chosen.accounts)
    once = tidy(page(number), "Schedule", SCHEDULE, chosen)
    assert once.refused == ()
    assert tidy(once.text, "Schedule", SCHEDULE, chosen).text == once.text
    before, after = once.before, once.reading
    assert isinstance(before, Schedule)
    assert isinstance(after, Schedule)
    assert [session_line(each).split(" | ")[1:6] for each in before.sessions] == [
        session_line(each).split(" | ")[1:6] for each in after.sessions
    ]
    assert [slot_line(each).split(" | ")[:4] for each in before.free_slots] == [
        slot_line(each).split(" | ")[:4] for each in after.free_slots
    ]
