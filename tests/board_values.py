"""A board of every state with its schedule, as values: what reports and scripts are shown with."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from callboard.config import Event, event_from
from callboard.model import (
    Acknowledgement,
    Claim,
    JudgedSign,
    PageText,
    Proposal,
    Withdrawal,
)
from callboard.plan import Plan, make_plan
from callboard.snapshot import Snapshot

NOW = datetime(2021, 5, 21, 9, 0, tzinfo=UTC)
YES = datetime(2021, 5, 10, 9, 30, tzinfo=UTC)
SCHEDULE = """\
== Saturday 22 May ==
{| class="wikitable"
! Time (UTC) !! Room 1 !! Room 2
|-
| 14:00 || '''Bots for tea'''<br />[[User:Ada|Ada]]<br />{{phab|T900001}} || ''free slot''
|-
| 15:00 || '''Maps for everybody'''<br />[[User:Bo|Bo]] || ''free slot''
|-
| 16:00 || ''free slot'' || '''Lua'''<br />[[User:Grace|Grace]]
|}
"""


def event(**pages: str) -> Event:
    """A day in two rooms, with a board whose template asks for a format and people."""
    return event_from(
        {
            "event": {"title": "Tea Hackathon", "zone": "UTC", "days": ["2021-05-22"]},
            "room": [{"name": "Room 1"}, {"name": "Room 2"}],
            "format": [{"name": "Workshop", "minutes": 55}],
            "pages": {
                "site": "callboard",
                "schedule": ["Tea/Schedule"],
                "report": "Tea/Callboard",
                "off_switch": "Tea/Off switch",
                "about": "User:Callboard/About",
                **pages,
            },
            "board": {
                "project": "tea",
                "coordinators": ["lea"],
                "fields": {"people": ["Speaker(s)"], "required": ["format", "people"]},
                "writes": {"missing": True, "slot": True},
            },
            "notice": [{"kind": "acknowledged"}, {"kind": "scheduled"}, {"kind": "starts_soon"}],
        },
        slug="tea",
        where="tests",
    )


def proposal(number: int, title: str, **facts: object) -> Proposal:
    """A task by ada on the column "Proposals", submitted on 1 May."""
    given: dict[str, object] = {
        "task": f"T{900000 + number}",
        "phid": f"PHID-TASK-{number}",
        "title": title,
        "author": "ada-p",
        "status": "open",
        "closed": False,
        "board": "tea",
        "column": "Proposals",
        "submitted": datetime(2021, 5, 1, 12, tzinfo=UTC),
        "owners": ("Ada",),
        **facts,
    }
    return Proposal(**given)  # type: ignore[arg-type]


def yes(
    by: str = "lea", sign: str = "comment", quote: str = "Acknowledged, see you there"
) -> Acknowledgement:
    return Acknowledgement(by, f"PHID-USER-{by}", YES, sign, f"PHID-XACT-TASK-{by}", quote)


def sign(verdict: str = "yes", why: str = "", says: str = "Acknowledged", by: str = "lea") -> JudgedSign:
    return JudgedSign(by, YES, "comment", says, verdict, why, f"PHID-XACT-TASK-{by}")


BACK = Withdrawal(
    "lea", YES + timedelta(days=1), "said", yes(), "PHID-XACT-TASK-back", "Sorry, not acknowledged"
)
BOTS = proposal(
    1, "[Session] Bots for tea", acknowledged=yes(), format="Workshop", column="Approved", signs=(sign(),)
)
MAPS = proposal(
    2, "Maps for all", acknowledged=yes(sign="column", quote=""), format="Workshop", owners=("Bo",)
)
WIKIS = proposal(3, "Wikis", missing=("format", "people"), owners=(), claims=(Claim("Cleo", "unverified"),))
LUA = proposal(4, "Lua", signs=(sign("nothing", "not a coordinator", "acknowledged (kidding)", "joker"),))
CLOSED = proposal(5, "Old news", status="declined", closed=True, closer="lea", was_acknowledged=yes())
TAKEN = proposal(6, "Taken back", withdrawn=BACK, contradictions=("Workshop, and 5 minutes",))
TWICE = proposal(7, "Bots again", status="duplicate", closed=True, merged_into="T900001")
PROJECT = proposal(8, "A tea timer", kind="project", column="Projects", fields={"help": "JavaScript"})
QUIET = proposal(
    9, "A tea map", kind="project", status="resolved", closed=True, fields={"help": "None."}, owners=()
)
ALL = (BOTS, MAPS, WIKIS, LUA, CLOSED, TAKEN, TWICE, PROJECT, QUIET)


def plan(of: Event | None = None, proposals: Iterable[Proposal] = ALL, schedule: str = SCHEDULE) -> Plan:
    """What Callboard would do about these proposals and this schedule."""
    page = PageText("Tea/Schedule", 7, schedule)
    known = {one.task: one for one in proposals}
    return make_plan(Snapshot(of or event(), NOW, {page.title: page}, proposals=known))
