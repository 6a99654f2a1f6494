"""One small event, seen at one moment, for the tests of notices and of the report."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from callboard.config import Event, event_from
from callboard.model import (
    Account,
    Acknowledgement,
    Facilitation,
    FreeSlot,
    Person,
    PersonForm,
    Problem,
    Proposal,
    Schedule,
    Session,
    TaskForm,
    TaskRef,
    Withdrawal,
)
from callboard.notices import delivery
from callboard.notices.delivery import Due
from callboard.proposals.states import states
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span

TEMPLATES = Path(__file__).parent.parent.parent / "templates_wikitext"
NOWHERE = Span(0, 0)
START = datetime(2021, 5, 22, 14, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


PAGES: Mapping[str, object] = {
    "schedule": ["Demo/Schedule"],
    "report": "Demo/Callboard",
    "off_switch": "Demo/Callboard/Off switch",
    "about": "User:Callboard/About",
}


def event(
    *notices: Mapping[str, object], zone: str = "UTC", slug: str = "demo", parts: Mapping[str, object] = {}
) -> Event:
    """An event with all kinds of notice for owners, or with those given; `parts` are tables of its file besides, or others."""
    kinds = list(notices) or [{"kind": kind} for kind in ("acknowledged", "scheduled", "starts_soon")]
    data = {
        "event": {
            "title": "Demo Hackathon",
            "zone": zone,
            "days": ["2021-05-21", "2021-05-22", "2021-05-23"],
            "coordination_team": "The coordination team",
        },
        "room": [{"name": "Room 1"}, {"name": "Room 2"}],
        "pages": PAGES,
        "notice": kinds,
        **parts,
    }
    return event_from(data, slug=slug, where="tests")


def person(name: str, form: PersonForm = PersonForm.LINK) -> Person:
    return Person(name, form, NOWHERE)


def session(
    title: str = "Ten years of bots",
    *,
    start: datetime | None = START,
    rooms: tuple[str, ...] = ("Room 1",),
    owners: Iterable[Person] = (person("Ada"),),
    facilitators: Iterable[Person] = (),
    tasks: Iterable[str] = ("T900001",),
) -> Session:
    signed = tuple(facilitators)
    return Session(
        title=title,
        start=start,
        end=start + 55 * MINUTE if start else None,
        rooms=rooms,
        owners=tuple(owners),
        tasks=tuple(TaskRef(task, TaskForm.PHAB, NOWHERE) for task in tasks),
        line=7,
        span=NOWHERE,
        facilitation=Facilitation(NOWHERE, NOWHERE, NOWHERE, signed, open=not signed) if signed else None,
    )


def proposal(
    task: str = "T900001", *, owners: tuple[str, ...] = ("Ada",), minutes: int | None = 55
) -> Proposal:
    """A task that the coordination team acknowledged on 10 May."""
    return Proposal(
        task=task,
        phid=f"PHID-TASK-{task}",
        title="[Session] Ten years of bots",
        author="ada",
        status="open",
        closed=False,
        acknowledged=Acknowledgement(
            "Lea", "PHID-USER-lea", datetime(2021, 5, 10, 9, 30, tzinfo=UTC), "comment", "PHID-XACT-1"
        ),
        owners=owners,
        minutes=minutes,
    )


ORGANISERS: Mapping[str, object] = {"kind": "acknowledgement_withdrawn", "talk_page": "Talk:Demo/Schedule"}


def withdrawn(how: str = "said", by: str = "Max") -> Proposal:
    """The same task, of which a coordinator took the yes back on 12 May."""
    there = proposal()
    assert there.acknowledged
    at = datetime(2021, 5, 12, 8, 0, tzinfo=UTC)
    lost = Withdrawal(
        by, at, how, there.acknowledged, "PHID-XACT-2", "the acknowledgement is withdrawn | {{sorry}}"
    )
    return replace(there, acknowledged=None, withdrawn=lost)


def slot(start: datetime, minutes: int = 60, room: str = "Room 2") -> FreeSlot:
    return FreeSlot(start, start + minutes * MINUTE, room, 9, NOWHERE)


def schedule(*sessions: Session, slots: Iterable[FreeSlot] = ()) -> Schedule:
    return Schedule("Demo/Schedule", "", "grid", tuple(sessions), tuple(slots), rows=len(sessions))


def snapshot(
    now: datetime,
    *,
    of: Event | None = None,
    proposals: Iterable[Proposal] | None = (proposal(),),
    accounts: Iterable[str] = ("Ada", "Grace", "Linus"),
    sent: Iterable[str] = (),
) -> Snapshot:
    """The event at `now`; accounts that are not named do not exist."""
    known = {name: Account(name, exists=True) for name in accounts}
    everybody = {name: Account(name, exists=False) for name in ("Nobody", "Ada", "Grace", "Linus")}
    return Snapshot(
        event=of or event(),
        now=now,
        accounts={**everybody, **known},
        proposals=None if proposals is None else {proposal.task: proposal for proposal in proposals},
        sent=(told := frozenset(sent)),
        sent_at=dict.fromkeys(told, now),
    )


def due(known: Snapshot, pages: tuple[Schedule, ...], problems: tuple[Problem, ...] = ()) -> Due:
    """Who is due what, with where each proposal stands."""
    stand = states(known.proposals or {}, pages, known.event, known.now)
    return delivery.due(known, pages, problems=problems, states=stand)


def moved(what: Session, by: timedelta) -> Session:
    assert what.start is not None
    assert what.end is not None
    return replace(what, start=what.start + by, end=what.end + by)
