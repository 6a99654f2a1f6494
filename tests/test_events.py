"""Event files: those that are here load, and every mistake is told with file and key, all at once."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from callboard.config import Event, event_from, load_event
from callboard.errors import ConfigError
from callboard.notices import kinds, unknown_kinds
from callboard.rules import RULES, unknown_rules

EVENTS = Path(__file__).parent.parent / "events"
FILES = sorted(EVENTS.glob("*.toml"))
LEAST = """
[event]
title = "A day"
zone = "UTC"
days = ["2021-05-21", "2021-05-22"]
"""
HELPERS = '[pages]\nsignups = ["Helpers"]\n'
ROOM = '[[room]]\nname = "Hacking room 1"\n'


def _need(role: str, begins: str, ends: str, people: int = 1, *, days: str = "") -> str:
    more = f"days = [{days}]\n" if days else ""
    return f'\n[[need]]\nrole = "{role}"\nfrom = "{begins}"\nto = "{ends}"\npeople = {people}\n{more}'


def mistakes(text: str) -> list[str]:
    """What is said of an event file; an empty list if it loads."""
    try:
        event_from(tomllib.loads(text), slug="e", where="events/e.toml")
    except ConfigError as error:
        return str(error).splitlines()
    return []


def unknown_names(event: Event) -> list[str]:
    """What is said of rules and kinds of notice that do not exist."""
    return [*unknown_kinds(rule.kind for rule in event.notice), *unknown_rules(event.rules)]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_event_file_loads(file: Path) -> None:
    event = load_event(str(file), EVENTS)
    assert unknown_names(event) == []
    assert (event.slug, load_event(file.stem, EVENTS), load_event(file.name, EVENTS)) == (
        file.stem,
        event,
        event,
    )


def test_the_model_event_says_what_its_pages_say() -> None:
    event = load_event("wikimedia-hackathon-2021", EVENTS)
    assert (event.first, event.last) == (
        datetime(2021, 5, 21, 16, tzinfo=UTC),
        datetime(2021, 5, 24, tzinfo=UTC),
    )
    assert event.event.submissions_close == datetime(2021, 5, 19, 23, 59, 59, tzinfo=UTC)
    assert [(room.name, room.open, room.recorded) for room in event.room] == [
        ("Main track", False, True),
        ("Hacking room 1", True, False),
        ("Hacking room 2", True, False),
    ]
    assert [(form.name, form.minutes, form.shared) for form in event.format] == [
        ("Presentation", 25, False),
        ("Discussion", 55, False),
        ("Workshop", 55, False),
        ("Lightning talk", 5, True),
    ]
    assert [board.acknowledged_by for board in event.board] == [("comment",)]
    assert (event.wording.facilitation, event.wording.placeholder) == ("facilitation:", "(your username)")
    assert {rule.kind: rule.lead for rule in event.notice} == {
        "acknowledged": (),
        "acknowledgement_withdrawn": (),
        "after_session": (),
        "attention": (timedelta(days=14),),
        "cancelled": (),
        "changed": (),
        "conflict": (),
        "moved": (),
        "not_scheduled": (timedelta(days=7), timedelta(days=2)),
        "proposal_incomplete": (),
        "scheduled": (),
        "starts_soon": (timedelta(hours=24), timedelta(hours=1)),
        "hours_unclear": (),
        "shift_starts_soon": (timedelta(hours=24), timedelta(hours=1)),
        "shift_changed": (),
        "shift_cancelled": (),
        "facilitator_needed": (timedelta(hours=24),),
        "helpers_meeting": (timedelta(hours=24), timedelta(hours=1)),
        "thanks": (),
    }


def test_the_model_event_names_every_rule_notice_and_part() -> None:
    event = load_event("wikimedia-hackathon-2021", EVENTS)
    assert set(event.rules) == set(RULES)
    assert {rule.kind for rule in event.notice} == set(kinds())
    assert event.model_fields_set == set(Event.model_fields)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LEAST, []),
        (LEAST + ROOM, []),
        ("", ["events/e.toml: event: is missing"]),
        ("[event]", [f"events/e.toml: event.{key}: is missing" for key in ("title", "zone", "days")]),
        (
            LEAST.replace('"A day"', '""'),
            ["events/e.toml: event.title: String should have at least 1 character"],
        ),
        (
            LEAST.replace("title", "titel"),
            ["events/e.toml: event.title: is missing", "events/e.toml: event.titel: unknown key"],
        ),
        ("rooms = []\n" + LEAST, ["events/e.toml: rooms: unknown key"]),
        (LEAST + ROOM + "colour = 3", ["events/e.toml: room.0.colour: unknown key"]),
        (
            LEAST.replace('"UTC"', '"Europe/Berln"'),
            ["events/e.toml: event.zone: 'Europe/Berln' is no zone; write one like UTC or Europe/Berlin"],
        ),
        (
            LEAST.replace('["2021-05-21", "2021-05-22"]', "[]"),
            ["events/e.toml: event.days: Tuple should have at least 1 item after validation, not 0"],
        ),
        (
            LEAST.replace("2021-05-22", "2021-05-21"),
            ["events/e.toml: event.days: 2021-05-21 and 2021-05-21 overlap or are out of order"],
        ),
        (
            LEAST.replace("2021-05-22", "2021-05-20"),
            ["events/e.toml: event.days: 2021-05-21 and 2021-05-20 overlap or are out of order"],
        ),
        (
            LEAST.replace('"2021-05-21"', '{ date = "2021-05-21", opens = "20:00", closes = "02:00" }'),
            ["events/e.toml: event.days: 2021-05-21 and 2021-05-22 overlap or are out of order"],
        ),
        (
            LEAST + "submissions_close = 2021-05-19T23:59:00",
            ["events/e.toml: event.submissions_close: Input should have timezone info"],
        ),
        (
            LEAST + '[[room]]\nname = ""',
            ["events/e.toml: room.0.name: String should have at least 1 character"],
        ),
        (
            LEAST.replace('"2021-05-21"', '{ date = "2021-05-21", opens = "09:00+02:00" }'),
            [
                "events/e.toml: event.days.0.opens: write it without a zone; a day's hours are in the event's zone"
            ],
        ),
        (LEAST + ROOM + ROOM, ["events/e.toml: room: 'Hacking room 1' names two rooms"]),
        (
            LEAST + ROOM + '[[room]]\nname = "Lobby"\naliases = ["hacking ROOM 1"]',
            ["events/e.toml: room: 'hacking ROOM 1' names two rooms"],
        ),
        (
            LEAST + ROOM + '[[format]]\nname = "Workshop"\nminutes = 55\nrooms = ["Main track"]',
            [
                "events/e.toml: format.Workshop.rooms: there is no room 'Main track'; rooms are Hacking room 1",
            ],
        ),
        (
            LEAST + '[[format]]\nname = "Talk"\nminutes = 0',
            ["events/e.toml: format.0.minutes: Input should be greater than 0"],
        ),
        (
            LEAST + '[board]\nproject = "p"',
            [
                "events/e.toml: board: coordinators: name at least one, or nobody can acknowledge a task",
            ],
        ),
        (
            LEAST + '[board]\nproject = "p"\ncoordinators = ["ada"]\nacknowledged_by = ["column"]',
            [
                'events/e.toml: board: columns: name the columns that count, or take "column" out of acknowledged_by'
            ],
        ),
        (
            LEAST
            + '[[board]]\nproject = "p"\ncoordinators = ["ada"]\n[[board]]\nproject = "p"\ncoordinators = ["bo"]\nurl = "https://phab.example.org/"',
            [
                "events/e.toml: board: 'p' stands twice",
                "events/e.toml: board: all boards must be on one server, not on https://phabricator.wikimedia.org and https://phab.example.org",
            ],
        ),
        (LEAST + '[pages]\nreport = "Bot"\nproposals = "Bot"\nprojects = "Bot"', []),
        (
            LEAST
            + '[pages]\nschedule = ["Plan"]\noff_switch = "Off"\nabout = "Off"\nreport = "off"\nproposals = "plan"',
            [
                "events/e.toml: pages.about: 'Off' is pages.off_switch already; name another page",
                "events/e.toml: pages.report: 'Off' is pages.off_switch already; name another page",
                "events/e.toml: pages.proposals: 'Plan' is a page of the event already; name another page",
            ],
        ),
        (
            LEAST + '[board]\nproject = "p"\ncoordinators = ["ada"]\nacknowledged_by = ["shouting"]',
            [
                "events/e.toml: board.acknowledged_by.0: Input should be 'comment', 'column', 'tag' or 'status'"
            ],
        ),
        (
            LEAST + '[rules]\nuser-links = "MAYBE"',
            ["events/e.toml: rules.user-links: Input should be 'SAFE', 'ASK', 'SHOW' or 'OFF'"],
        ),
        (
            LEAST + '[[notice]]\nkind = "starts_soon"\nlead = ["soon"]',
            [
                "events/e.toml: notice.0.lead.0: 'soon' is no length of time; write one like 30min, 24h or 7d",
            ],
        ),
        (
            LEAST + '[[notice]]\nkind = "thanks"\nmost_per_person = 3',
            [
                "events/e.toml: notice.0: most_per_person: it goes with facilitator_needed, hours_unclear and proposal_incomplete, not with thanks"
            ],
        ),
        *(
            (LEAST + f'[[notice]]\nkind = "{kind}"\n{line}', [f"events/e.toml: notice.0: {said}"])
            for kind, line, said in (
                ("scheduled", 'after = "2h"', "after: it goes with after_session, not with scheduled"),
                ("scheduled", "at = 09:00:00", "at: it goes with attention, not with scheduled"),
                (
                    "acknowledged",
                    "deadline = 2021-05-20T00:00:00Z",
                    "deadline: it goes with not_scheduled, not with acknowledged",
                ),
                (
                    "attention",
                    "",
                    'talk_page: name the organisers\' page that is told, such as talk_page = "Talk:My event"',
                ),
                (
                    "attention",
                    'talk_page = "Talk:E"\nlead = ["14d", "7d"]',
                    "lead: name one length of time, from when on before the event the page is told",
                ),
                (
                    "not_scheduled",
                    'lead = ["7d", "2d", "1d"]',
                    "lead: name two lengths of time at most; nobody is told of it more often",
                ),
            )
        ),
        (
            LEAST
            + '[[notice]]\nkind = "not_scheduled"\nlead = ["7d", "2d"]\ndeadline = 2021-05-22T12:00:00Z',
            [],
        ),
        (
            LEAST
            + '[pages]\nreport = "E/Report"\n[[notice]]\nkind = "attention"\ntalk_page = "Talk:E"\nat = 07:30:00\nlead = ["7d"]',
            [],
        ),
        (
            LEAST + '[[notice]]\nkind = "attention"\ntalk_page = "Talk:E"',
            ["events/e.toml: notice.attention: pages.report names no report page, to which it leads"],
        ),
        (LEAST + '[[notice]]\nkind = "after_session"\nafter = "30min"', []),
        (
            LEAST + '[[notice]]\nkind = "not_scheduled"\ndeadline = 2021-05-23T00:00:01Z',
            ["events/e.toml: notice.not_scheduled.deadline: 2021-05-23 00:00:01+00:00 is after the event"],
        ),
        (
            LEAST + '[[notice]]\nkind = "proposal_incomplete"',
            [
                "events/e.toml: notice.proposal_incomplete: no board.fields.required says what a proposal must have"
            ],
        ),
        (LEAST + '[[notice]]\nkind = "proposal_incomplete"\nenabled = false', []),
        (
            LEAST + '[[notice]]\nkind = "helpers_meeting"',
            [
                "events/e.toml: notice.0: meeting: say when it is, in [notice.meeting], such as start = 2021-05-21T16:00:00Z"
            ],
        ),
        (
            LEAST + '[[notice]]\nkind = "helpers_meeting"\n[notice.meeting]\nstart = 2021-05-21T16:00:00',
            ["events/e.toml: notice.0.meeting.start: Input should have timezone info"],
        ),
        (
            LEAST + '[[notice]]\nkind = "facilitator_needed"',
            [
                'events/e.toml: notice.0: roles: name the roles whose helpers are asked, such as roles = ["Facilitation"]'
            ],
        ),
        *(
            (
                LEAST + f'[[notice]]\nkind = "facilitator_needed"\nroles = ["A"]\ntalk_page = "{page}"',
                [
                    f"events/e.toml: notice.0: talk_page: '{page}' is no talk page of a list; write one like Talk:My event/Helpers"
                ],
            )
            for page in ("Helpers", "User talk:Ada", "Project:Talk")
        ),
        (
            LEAST
            + '[[notice]]\nkind = "facilitator_needed"\nroles = ["A"]\n[[notice]]\nkind = "hours_unclear"',
            [
                "events/e.toml: notice.facilitator_needed: pages.signups names no page on which people could sign up",
                "events/e.toml: notice.hours_unclear: pages.signups names no page on which people could sign up",
                "events/e.toml: notice.facilitator_needed: no [[need]] says how many facilitators a session has",
            ],
        ),
        (
            LEAST + '[[notice]]\nkind = "scheduled"\n[[notice]]\nkind = "scheduled"',
            ["events/e.toml: notice: 'scheduled' stands twice"],
        ),
        (LEAST + "[[need]]\nfacilitators = 1", []),
        (LEAST + HELPERS + '[[need]]\nrole = "Chat"\nfrom = "22:00"\nto = "02:00"', []),
        (
            LEAST + "[[need]]\npeople = 2",
            ["events/e.toml: need.0: say facilitators = 1 for sessions, or name a role"],
        ),
        (
            LEAST + '[[need]]\nfacilitators = 1\nfrom = "09:00"\npeople = 2',
            [
                "events/e.toml: need.0: from, people: a session has its own hours and its facilitators; take it out"
            ],
        ),
        (
            LEAST
            + HELPERS
            + '[[need]]\nrole = "Chat"\nformats = ["Talk"]\n[[format]]\nname = "Talk"\nminutes = 25',
            ["events/e.toml: need.0: formats: they go with facilitators, a role has hours"],
        ),
        (
            LEAST + '[[need]]\nfacilitators = 1\naliases = ["Chat"]',
            ["events/e.toml: need.0: aliases: name the role of which these are other names"],
        ),
        (
            LEAST + "[[need]]\nfacilitators = 0",
            ["events/e.toml: need.0.facilitators: Input should be greater than 0"],
        ),
        (
            LEAST + '[[need]]\nrole = "Chat"',
            ["events/e.toml: need.0.role: pages.signups names no page on which people could sign up for it"],
        ),
        (
            LEAST
            + ROOM
            + '[[need]]\nfacilitators = 1\nrooms = ["Attic"]\nformats = ["Talk"]\ndays = ["2021-05-20"]',
            [
                "events/e.toml: need.0.rooms: there is no room 'Attic'; rooms are Hacking room 1",
                "events/e.toml: need.0.formats: there is no format 'Talk'; formats are not given",
                "events/e.toml: need.0.days: there is no day '2021-05-20'; days are 2021-05-21, 2021-05-22",
            ],
        ),
        (
            LEAST + ROOM + '[[need]]\nfacilitators = 1\nrooms = ["Attic"]\nseats = 3',
            [
                "events/e.toml: need.0.seats: unknown key",
                "events/e.toml: need.0.rooms: there is no room 'Attic'; rooms are Hacking room 1",
            ],
        ),
        (
            LEAST + HELPERS + _need("Chat", "09:00", "12:00") + _need("chat", "11:00", "14:00", 2),
            [
                (
                    "events/e.toml: need.1: 'chat' is needed from 2021-05-21 11:00 to 12:00 (UTC) by need.0 as well, and who is"
                    " there would be counted for both; state these hours once, with people = as many as are needed"
                )
            ],
        ),
        (LEAST + HELPERS + _need("Chat", "09:00", "12:00") + _need("Chat", "12:00", "14:00", 2), []),
        (LEAST + HELPERS + _need("Chat", "09:00", "12:00") + _need("Desk", "11:00", "14:00"), []),
        (
            LEAST
            + HELPERS
            + _need("Chat", "22:00", "02:00")
            + _need("Chat", "00:00", "04:00", days="2021-05-22"),
            [
                (
                    "events/e.toml: need.1: 'Chat' is needed from 2021-05-22 00:00 to 02:00 (UTC) by need.0 as well, and who is"
                    " there would be counted for both; state these hours once, with people = as many as are needed"
                )
            ],
        ),
        (
            LEAST
            + HELPERS
            + _need("Chat", "09:00", "12:00", days="2021-05-21")
            + _need("Chat", "09:00", "12:00", days="2021-05-22"),
            [],
        ),
        (
            LEAST
            + HELPERS
            + _need("Chat", "09:00", "12:00")
            + 'aliases = ["Desk"]\n'
            + _need("Desk", "11:00", "14:00"),
            ["events/e.toml: need.1: 'Desk' names two roles, Chat and Desk"],
        ),
        (
            LEAST + "[limits]\nrows_share = 30",
            ["events/e.toml: limits.rows_share: Input should be less than or equal to 1"],
        ),
    ],
)
def test_each_mistake_is_told_with_file_and_key(text: str, said: list[str]) -> None:
    assert mistakes(text) == said


def test_mistakes_of_many_kinds_are_told_at_once() -> None:
    text = """
        [event]
        title = "A day"
        zone = "CEST"
        days = ["21 May"]
        colour = "red"
        [[room]]
        nam = "Lobby"
        [[format]]
        name = "Talk"
        minutes = "many"
        [board]
        [limits]
        notices = -1
    """
    assert [line.split(": ")[1] for line in mistakes(text)] == [
        "event.zone",
        "event.days.0.date",
        "event.colour",
        "room.0.name",
        "room.0.nam",
        "format.0.minutes",
        "board.project",
        "limits.notices",
    ]


def test_what_does_not_fit_together_is_told_at_once() -> None:
    text = (
        LEAST.replace("2021-05-22", "2021-05-20")
        + ROOM
        + ROOM
        + '[[format]]\nname = "Talk"\nminutes = 25\nrooms = ["Attic"]\n'
        + '[[notice]]\nkind = "scheduled"\n[[notice]]\nkind = "scheduled"'
    )
    assert [line.split(": ")[1] for line in mistakes(text)] == [
        "event.days",
        "room",
        "format.Talk.rooms",
        "notice",
    ]


def test_what_does_not_fit_together_is_told_beside_what_cannot_be_read() -> None:
    text = """
        colour = "red"
        [event]
        title = "A day"
        zone = "CEST"
        days = ["2021-05-22", "2021-05-21"]
        [[room]]
        name = "Lobby"
        seats = 3
        [[format]]
        name = "Talk"
        minutes = 25
        rooms = ["Attic", "Lobby"]
    """
    assert mistakes(text) == [
        "events/e.toml: event.zone: 'CEST' is no zone; write one like UTC or Europe/Berlin",
        "events/e.toml: room.0.seats: unknown key",
        "events/e.toml: colour: unknown key",
        "events/e.toml: event.days: 2021-05-22 and 2021-05-21 overlap or are out of order",
        "events/e.toml: format.Talk.rooms: there is no room 'Attic'; rooms are Lobby",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\nuser-link = "OFF"', "rules.user-link: there is no such rule; did you mean 'user-links'?"),
        ('[[notice]]\nkind = "started"', f"notice.started: there is no such kind; kinds are {', '.join(kinds())}"),
    ],
)  # fmt: skip
def test_unknown_rules_and_notices_are_told(text: str, said: str) -> None:
    assert unknown_names(event_from(tomllib.loads(LEAST + text), slug="e", where="events/e.toml")) == [said]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[event", "Expected ']' at the end of a table declaration (at end of document)"),
        (b'slug = "other"', "slug: the file's name is the slug"),
        (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"", "event: is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError) as told:
        load_event(str(file), EVENTS)
    assert str(told.value) == f"{file}: {said}"


def test_a_name_without_file_is_told_with_those_that_are_there() -> None:
    with pytest.raises(ConfigError) as told:
        load_event("hackathon", EVENTS)
    there = ", ".join(file.stem for file in FILES)
    assert str(told.value) == f"there is no event file 'hackathon'; give a path or one of: {there}"


def test_an_event_is_frozen() -> None:
    event = load_event("demo", EVENTS)
    with pytest.raises(ValidationError):
        event.slug = "other"


@pytest.mark.parametrize(
    ("opens", "closes", "hours"),
    [("00:00", "00:00", 24), ("16:00", "21:30", 5.5), ("20:00", "02:00", 6), ("12:00", "12:00", 24)],
)
def test_a_day_lasts_as_long_as_it_says(opens: str, closes: str, hours: float) -> None:
    text = LEAST.replace(
        '["2021-05-21", "2021-05-22"]', f'[{{ date = "2021-05-21", opens = "{opens}", closes = "{closes}" }}]'
    )
    event = event_from(tomllib.loads(text), slug="e", where="e")
    assert event.last - event.first == timedelta(hours=hours)


def test_accounts_are_spelt_as_the_wiki_spells_them() -> None:
    facts = {"title": "Tea", "zone": "UTC", "days": ["2021-05-21"]}
    event = event_from(
        {
            "event": {**facts, "organisers": ["ada_Organiser", "[[User:bo]]", "user: Cyd  Dot", "例子"]},
            "delivery": {"zones": {"ada_b": "UTC"}, "languages": {"User:ada b": "de"}},
        },
        slug="tea",
        where="test",
    )
    assert event.event.organisers == ("Ada Organiser", "Bo", "Cyd Dot", "例子")
    assert ([*event.delivery.zones], event.delivery.languages) == (["Ada b"], {"Ada b": "de"})
