"""The example pages' events, and how a reading is written down to be compared with the truth beside each page."""

from datetime import datetime
from pathlib import Path
from typing import Any

from callboard.config import Event, event_from
from callboard.model import FreeSlot, Schedule, Session

PAGES = Path(__file__).parents[1] / "pages"
_HACKATHON = (
    ["2026-05-15", "2026-05-16", "2026-05-17"],
    "UTC",
    ["Main track", "Hacking room 1", "Hacking room 2"],
)
EVENTS: dict[str, tuple[list[str], str, list[Any]]] = {
    "01": _HACKATHON,
    "02": (["2026-04-10", "2026-04-11"], "Europe/Berlin", ["Room A", "Room B", "Room C", "Room D"]),
    "03": (["2026-07-03", "2026-07-04"], "UTC", []),
    "04": (["2026-06-12", "2026-06-13", "2026-06-14"], "Europe/Helsinki", ["Birch hall", "Pine"]),
    "05": (["2026-09-04", "2026-09-05", "2026-09-06"], "Europe/Berlin", ["big room", "small room"]),
    "06": (["2026-08-07", "2026-08-08"], "Europe/Berlin", ["Gym", "Music room", "Reading room", "Corner"]),
    "07": _HACKATHON,
    "08": _HACKATHON,
    "09": _HACKATHON,
    "10": (["2027-04-23", "2027-04-24", "2027-04-25"], "UTC", ["Main track", "Hacking room 1", "Hacking room 2"]),
    "11": (["2026-11-21"], "UTC", ["Room A", "Room B"]),
    "12": _HACKATHON,
    "13": (["2012-07-12", "2012-07-13"], "America/New_York", ["Auditorium", "Room 307", "Room 308", "Continental Ballroom"]),
    "14": (["2016-09-16", "2016-09-17", "2016-09-18"], "Europe/Berlin", ["Festsaal", "Raum Neckar", "Raum Fils", "Raum Rems", "Foyer"]),
    "15": (["2020-05-09", "2020-05-10"], "UTC", ["Jitsi A", "Jitsi B"]),
    "16": (["2016-01-04", "2016-01-05"], "America/Los_Angeles", ["Robertson 1", "Robertson 2", "Robertson 3", "Hawthorne Lounge"]),
    "17": (["2018-10-05", "2018-10-06"], "Europe/Paris", ["Auditorium", "Salle Lumière", "Salle Pagnol", "Mezzanine"]),
    "18": (["2017-03-21", "2017-03-22", "2017-03-23"], "America/New_York", []),
    "19": (["2019-11-08", "2019-11-09"], "Africa/Lagos", ["Main Hall", "Breakout 1", "Breakout 2"]),
    "20": (["2022-05-13", "2022-05-14"], "UTC", []),
    "21": (["2015-10-10", "2015-10-11"], "America/New_York", ["Rotunda", "Green Room", "Classroom 3", "Lawn"]),
    "22": (["2016-07-17", "2016-07-18", "2016-07-19", "2016-07-20"], "Asia/Yerevan", []),
    "23": (["2015-04-10", "2015-04-11"], "Europe/Amsterdam", ["Theatre", "Study", "Vault"]),
    "24": (["2014-08-08", "2014-08-09", "2014-08-10"], "Europe/London", ["Hall", "Theatre 1", "Theatre 2", "Garden Room", "Level 4"]),
    "25": (["2023-05-19", "2023-05-20"], "Europe/Athens", ["Main track", "Hacking room 1", "Hacking room 2"]),
    "31": (["2026-10-09", "2026-10-10", "2026-10-11"], "Europe/Berlin", ["Room A", "Room B"]),
    "32": (["2026-10-08", "2026-10-09"], "UTC", ["Main hall", "Side room"]),
    "33": (["2026-07-18", "2026-07-19"], "UTC", ["Discussion Room", "Corner"]),
    "34": (["2026-06-05", "2026-06-06", "2026-06-07"], "UTC", ["Hall 1", "Hall 2"]),
    "41": (["2026-11-06", "2026-11-07", "2026-11-08"], "Europe/Vienna", ["Reading room"]),
    "42": (["2027-03-20", "2027-03-21"], "UTC", ["Blue room", "Green room", "Attic"]),
    "43": (["2014-04-10", "2014-04-11"], "Europe/Berlin", ["Ballroom", "Salon 1", "Salon 2", "Garden"]),
    "44": (["2022-07-01", "2022-07-02"], "UTC", []),
    "45": (["2019-10-12", "2019-10-13"], "Europe/Stockholm", ["Stora salen", "Biblioteket"]),
    "46": (["2017-11-03", "2017-11-04", "2017-11-05"], "Europe/Stockholm", ["Main hall"]),
    "47": (["2026-09-19", "2026-09-20", "2026-09-26", "2026-09-27"], "UTC", []),
    "48": (["2025-06-13", "2025-06-14"], "UTC", ["Cellar", "Terrace"]),
    "61": (["2027-08-06", "2027-08-07"], "Europe/Stockholm", ["Aula", "Bridge", "Cellar"]),
    "62": (["2027-08-18", "2027-08-19"], "Asia/Singapore", ["Room 324", "Ballroom"]),
    "63": (["2027-05-14", "2027-05-15"], "UTC", ["Main hall", "Room 2"]),
    "64": (["2027-08-06", "2027-08-07"], "UTC", ["Hall", "Yard"]),
    "71": (["2026-08-06", "2026-08-07"], "Europe/Warsaw", ["Aurora hall", "Birch", "Cedar", "Dune"]),
    "72": (["2027-05-21", "2027-05-22", "2027-05-23"], "UTC", ["Main track", "Hacking room 1", "Hacking room 2"]),
    "73": (["2013-04-18", "2013-04-19"], "Europe/Rome", ["Sala Verdi", "Sala Puccini", "Sala Rossini", "Bar"]),
    "74": (["2018-10-19", "2018-10-20", "2018-10-21"], "America/New_York", ["Ballroom A", "Room 204", "Room 206"]),
    "75": (["2019-12-13", "2019-12-14"], "Europe/Prague", ["Lounge", "Kitchen"]),
    "76": (["2021-08-13", "2021-08-14"], "UTC", ["Lotus", "Banyan"]),
    "77": (["2017-09-08", "2017-09-09", "2017-09-10"], "Europe/Berlin", ["Großer Saal", "Kaminzimmer", "Dachboden"]),
    "78": (["2022-11-19", "2022-11-20"], "Europe/Paris", ["Amphi", "Salle 2", "Hall"]),
    "79": (["2015-09-04", "2015-09-05"], "America/Mexico_City", ["Auditorio", "Aula 3"]),
    "80": (["2025-03-21", "2025-03-22"], "UTC", []),
    "81": (["2014-05-10", "2014-05-11"], "Europe/Zurich", ["Plenary room", "Workshop room", "Terrace"]),
    "82": (["2011-08-04", "2011-08-05"], "Asia/Jerusalem", ["Main Hall", "Small Hall"]),
    "83": (["2020-11-07", "2020-11-08"], "UTC", ["Red", "Blue"]),
    "84": (["2023-05-19", "2023-05-20", "2023-05-21"], "Europe/Athens", ["Hall", "Attic"]),
    "35": (["2026-07-10", "2026-07-11", "2026-07-12"], "UTC", ["Garden", "Loft"]),
    "65": (["2027-05-14", "2027-05-15"], "UTC", ["Main hall", "Room 2"]),
    "66": (["2027-05-14", "2027-05-15"], "Europe/Berlin", ["Main hall", "Room 2"]),
    "91": (["2026-09-18", "2026-09-19", "2026-09-20"], "Europe/Warsaw", ["Sala Krakowska", "Sala Poznańska"]),
    "92": (["2026-11-06", "2026-11-07", "2026-11-08"], "America/New_York", ["Atrium", "Lab", "Online"]),
    "93": (["2027-05-14", "2027-05-15"], "Europe/Berlin", ["Hörsaal", "Werkstatt"]),
    "94": (["2026-05-15", "2026-05-16", "2026-05-17"], "UTC", ["Main track", "Hacking room 1", "Hacking room 2"]),
    "95": (["2026-10-24", "2026-10-25"], "Europe/Berlin", [{"name": "Room 1", "aliases": ["Kiosk"]}, "Room 2", {"name": "Great Hall", "aliases": ["GH"]}]),
    "96": (["2026-11-21"], "Europe/London", ["Library"]),
    "97": (["2026-08-14", "2026-08-15", "2026-08-16"], "UTC", ["Hall", "Studio"]),
    "98": (["2026-10-31", "2026-11-01"], "America/New_York", ["Stage", "Den"]),
    "99": (["2026-06-05", "2026-06-06"], "Europe/Helsinki", ["Sali", "Kellari"]),
    "36": (["2012-08-31", "2012-09-01", "2012-09-02"], "Europe/Vienna", ["Foyer", "Mensa", "Seminarraum 1", "Seminarraum 2"]),
    "37": (["2018-03-10"], "America/Chicago", ["Reading Room", "Makerspace"]),
    "38": (["2023-05-11"], "UTC", []),
    "39": (["2025-09-19", "2025-09-20", "2025-09-21"], "Europe/Warsaw", ["Aula", "Lab", "Kitchen"]),
    "67": (["2024-05-03", "2024-05-04"], "Europe/Tallinn", ["Blue hall", "Library", "Courtyard"]),
    "101": (["2022-07-22", "2022-07-23"], "America/Bahia", ["Auditório", "Sala Ipê", "Sala Jatobá"]),
    "102": (["2019-11-09"], "Europe/Amsterdam", ["Grote zaal", "Kleine zaal", "Foyer"]),
    "103": (["2018-06-01", "2018-06-02", "2018-06-03"], "Europe/Warsaw", ["Wisła", "Odra"]),
    "104": (["2016-08-05", "2016-08-06"], "America/Bogota", ["Auditorio", "Sala B"]),
    "105": (["2023-03-03", "2023-03-04"], "Europe/London", [{"name": "Atrium", "aliases": ["Track A"]}, {"name": "Basement", "aliases": ["Track B"]}]),
    "106": (["2025-02-19", "2025-03-19", "2025-04-16"], "UTC", []),
    "121": (["2026-08-07", "2026-08-08", "2026-08-09"], "UTC", ["Aula 1", "Aula 2"]),
    "131": (["2026-01-30", "2026-01-31"], "Europe/Vienna", ["Attic", "Kitchen", "Cellar"]),
    "132": (["2026-10-02", "2026-10-03", "2026-10-04"], "America/New_York", ["Ballroom", "Library", "Studio", "Terrace"]),
    "133": (["2026-03-20", "2026-03-21", "2026-03-22"], "Europe/Prague", ["Blue", "Green", "Yard"]),
    "134": (["2026-09-12"], "Europe/Amsterdam", ["Loft", "Barn", "Mill"]),
    "135": (["2026-04-24", "2026-04-25"], "Africa/Lagos", ["Hall"]),
    "136": (["2026-05-29", "2026-05-30", "2026-05-31"], "Europe/Warsaw", ["Aula", "Room 7"]),
    "137": (["2026-02-14", "2026-02-15"], "UTC", ["Lounge", "Workbench"]),
}  # fmt: skip

_SESSION_ROW = {
    "name": "Session row", "title": "title", "start": "start", "end": "end", "owners": "speaker", "task": "task",
    "facilitator": "facilitator",
}  # fmt: skip
TEMPLATES: dict[str, list[dict[str, Any]]] = {  # what the event files of pages made of templates say of these
    "06": [
        _SESSION_ROW,
        {"name": "Session list start", "day": "date", "room": "room", "opens": True},
        {"name": "Session list end", "closes": True},
    ],
    "62": [
        {
            "name": "2027 session details", "title": "title", "start": "start_datetime", "end": "end_datetime", "room": "room",
            "owners": "speakers", "facilitator": "facilitator", "task": "task", "format": "type", "recording": "recording",
        }
    ],
    "65": [
        {
            "name": "Session", "title": "title", "start": "start", "end": "end", "owners": "host", "room": "where", "task": "task",
            "facilitator": "facilitator",
        }
    ],
    "67": [
        {
            "name": "Hackathon schedule row", "aliases": ["HSR"], "start": "from", "end": "to", "title": "name", "owners": "hosts",
            "room": "place", "task": "phab", "facilitator": "coordinator",
        },
        {"name": "Hackathon schedule start", "day": "day", "opens": True},
        {"name": "Hackathon schedule end", "closes": True},
    ],
    "64": [
        {"name": "Row", "aliases": ["Programme row"], "start": 1, "end": 2, "title": 3, "owners": 4, "room": 5, "task": 6}
    ],
}  # fmt: skip


def event(days: list[str], zone: str = "UTC", rooms: list[Any] | None = None, **more: Any) -> Event:
    """An event with these days and rooms; a room is a name or a table as in an event file."""
    tables = [{"name": room} if isinstance(room, str) else room for room in rooms or []]
    data = {"event": {"title": "Test", "zone": zone, "days": days}, "room": tables, **more}
    return event_from(data, slug="test", where="test")


def event_of(number: str) -> Event:
    """The event of an example page."""
    return event(*EVENTS[number], template=TEMPLATES.get(number, []))


def page(number: str) -> str:
    """The text of an example page."""
    return next(PAGES.glob(f"{number}_*.wikitext")).read_text(encoding="utf-8")


def moment(when: datetime | None) -> str:
    """A time as in the truth: `2026-05-15T16:00Z`."""
    return f"{when:%Y-%m-%dT%H:%MZ}" if when else "-"


def in_short(read: Schedule) -> tuple[list[tuple[str, ...]], list[tuple[str, int | None, str]]]:
    """Title, start, end, rooms and owners of each session (`15T10:00`), and the problems in order of their codes."""
    sessions: list[tuple[str, ...]] = [
        (
            one.title,
            moment(one.start)[8:16],
            moment(one.end)[8:16],
            "+".join(one.rooms),
            ", ".join(person.name for person in one.owners),
        )
        for one in read.sessions
    ]
    return sessions, sorted((problem.code, problem.line, problem.text) for problem in read.problems)


def session_line(session: Session) -> str:
    """A session in one line."""
    mark = session.facilitation
    return " | ".join(
        (
            str(session.line),
            moment(session.start),
            moment(session.end),
            ", ".join(session.rooms) or "-",
            session.title,
            ", ".join(person.name for person in session.owners) or "-",
            ", ".join(ref.task for ref in session.tasks) or "-",
            "-"
            if mark is None
            else "open"
            if mark.open
            else ", ".join(p.name for p in mark.people) or "nobody",
            session.marker or "-",
        )
    )


def slot_line(slot: FreeSlot) -> str:
    """A free slot in one line."""
    return " | ".join(
        (str(slot.line), moment(slot.start), moment(slot.end), slot.room or "-", slot.text or "blank")
    )


def written(schedule: Schedule) -> str:
    """A whole reading, as it stands in the truth beside the page."""
    return "\n".join(
        [
            f"layout {schedule.layout}",
            f"rows {schedule.rows}",
            "",
            *map(session_line, schedule.sessions),
            "",
            *map(slot_line, schedule.free_slots),
            "",
            *(f"{problem.line} {problem.code}: {problem.text}" for problem in schedule.problems),
            "",
        ]
    )
