"""Events with a board and a schedule as people write it, for the kinds that look at proposals, problems and rows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from callboard.checks import run_checks
from callboard.config import Event, event_from
from callboard.model import (
    Account,
    Acknowledgement,
    LineAuthors,
    Notice,
    PageText,
    Problem,
    Proposal,
    Schedule,
)
from callboard.notices.delivery import Due
from callboard.read.schedule import read_schedule
from callboard.snapshot import Snapshot
from tests.notices.event import PAGES, due

YES = datetime(2021, 5, 1, 9, 30, tzinfo=UTC)
FILED = datetime(2021, 4, 20, 8, 0, tzinfo=UTC)
CLOSE = datetime(2021, 5, 19, 23, 59, tzinfo=UTC)
FIRST = datetime(2021, 5, 21, tzinfo=UTC)
SCHEDULE = "Demo/Schedule"
EMPTY = """\
== Saturday 22 May 2021 ==
{| class="wikitable"
! Time (UTC) !! Room 1 !! Room 2
|-
| 14:00–15:00 || ''free slot'' || ''free slot''
|-
| 15:00–16:00 || ''free slot'' || '''Lua for all'''<br />[[User:Grace|Grace]]
|}
"""


def event(kind: str, parts: Mapping[str, object] = {}, **rule: object) -> Event:
    """An event with one kind of notice, and a board whose template asks for a format, people and a description."""
    return event_from(
        {
            "event": {
                "title": "Demo Hackathon",
                "zone": "UTC",
                "days": ["2021-05-21", "2021-05-22", "2021-05-23"],
                "submissions_close": CLOSE,
                "coordination_team": "The coordination team",
            },
            "room": [{"name": "Room 1"}, {"name": "Room 2"}],
            "format": [
                {"name": "Presentation", "minutes": 25},
                {"name": "Workshop", "minutes": 55, "rooms": ["Room 2"]},
            ],
            "pages": PAGES,
            "board": {
                "project": "demo",
                "coordinators": ["lea"],
                "fields": {
                    "format": ["Session format"],
                    "people": ["Speaker(s)"],
                    "required": ["format", "people", "description"],
                },
            },
            "notice": [{"kind": kind, **rule}],
            **parts,
        },
        slug="demo",
        where="tests",
    )


def proposal(number: int = 1, title: str = "[Session] Ten years of bots", /, **facts: object) -> Proposal:
    """A task of Ada's, filed on 20 April."""
    given: dict[str, object] = {
        "task": f"T{900000 + number}",
        "phid": f"PHID-TASK-{number}",
        "title": title,
        "author": "ada-p",
        "status": "open",
        "closed": False,
        "board": "demo",
        "submitted": FILED,
        "owners": ("Ada",),
        **facts,
    }
    return Proposal(**given)  # type: ignore[arg-type]


def accepted(number: int = 1, title: str = "[Session] Ten years of bots", /, **facts: object) -> Proposal:
    """The same with the team's yes, of 1 May unless `at` is given."""
    at = facts.pop("at", YES)
    assert isinstance(at, datetime)
    yes = Acknowledgement("Lea", "PHID-USER-lea", at, "comment", "PHID-XACT-1")
    return proposal(number, title, **{"acknowledged": yes, "minutes": 55, **facts})


def page(text: str, of: Event, title: str = SCHEDULE) -> Schedule:
    return read_schedule(text, of, title)


def snapshot(
    of: Event,
    now: datetime,
    proposals: Iterable[Proposal] = (),
    *,
    told: Mapping[str, datetime] | Iterable[str] = (),
    authors: Mapping[str, LineAuthors] = {},
    held: Iterable[str] = (),
) -> Snapshot:
    """The event at `now`; Ada, Grace, Bo and Linus have accounts."""
    sent_at = dict(told) if isinstance(told, Mapping) else dict.fromkeys(told, now)
    return Snapshot(
        of,
        now,
        {SCHEDULE: PageText(SCHEDULE, 7, "")},
        {name: Account(name, exists=True) for name in ("Ada", "Grace", "Bo", "Linus")}
        | {"Nobody": Account("Nobody", exists=False)},
        {one.task: one for one in proposals},
        sent=frozenset(sent_at),
        sent_at=sent_at,
        authors=authors,
        held=frozenset(held),
    )


def problems(known: Snapshot, pages: tuple[Schedule, ...]) -> tuple[Problem, ...]:
    """What the checks find, each since `now`, to the second."""
    since = known.now.replace(microsecond=0)
    return tuple(replace(one, since=since) for one in run_checks(pages, (), known))


def look(known: Snapshot, *pages: Schedule, found: tuple[Problem, ...] | None = None) -> Due:
    """All notices by what now makes of them."""
    return due(known, pages, problems(known, pages) if found is None else found)


def told(notices: Iterable[Notice]) -> list[tuple[str, str, str]]:
    return [(notice.subject, notice.recipient, notice.occasion) for notice in notices]


# --- one of each ---

BOTH = """\
== Saturday 22 May 2021 ==
{| class="wikitable"
! Time (UTC) !! Session !! Room !! Speaker
|-
| 14:00–15:00 || Ten years of bots || Room 1 || [[User:Ada|Ada]]
|-
| 14:30–15:00 || Lua for all || Room 1 || [[User:Grace|Grace]]
|}
"""


def examples() -> dict[str, Notice]:
    """One notice of each of these kinds, as the small event would post it."""
    day = datetime(2021, 5, 15, 9, tzinfo=UTC)
    after = datetime(2021, 5, 22, 17, tzinfo=UTC)
    looks: dict[str, tuple[datetime, str, dict[str, object], list[Proposal]]] = {
        "proposal_incomplete": (day, EMPTY, {}, [proposal(missing=("format", "people"))]),
        "not_scheduled": (day, EMPTY, {}, [accepted()]),
        "conflict": (day, BOTH, {}, []),
        "after_session": (after, BOTH, {}, []),
        "attention": (day, BOTH, {"talk_page": "Talk:Demo/Schedule"}, []),
    }
    found: dict[str, Notice] = {}
    for kind, (now, text, rule, proposals) in looks.items():
        of = event(kind, {}, **rule)
        known = snapshot(of, now, proposals)
        pages = page(text, of)
        stood = tuple(replace(one, since=YES) for one in problems(known, (pages,)))
        found[kind] = look(known, pages, found=stood).now[0]
    return found
