"""The small event with helpers: sign-up lists, needs, kinds of notice for them, and one notice of each kind."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from callboard.config import Event
from callboard.config_notices import AskedFor
from callboard.model import (
    Account,
    Coming,
    FirstSight,
    GoneSession,
    LastLook,
    LineAuthors,
    Maker,
    Notice,
    PersonForm,
    PossibleHours,
    Schedule,
    SeenSession,
    Session,
    SignUp,
    SignUps,
)
from callboard.notices.delivery import Due, due
from callboard.notices.facts import facts_of, mark_of
from callboard.notices.identity import name_of
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span
from tests.notices import event as base
from tests.notices.event import DAY, HOUR, MINUTE, NOWHERE, START, person, schedule, session

PAGE = "Demo/Helpers"
TALK = "Talk:Demo/Helpers"
MEETING: Mapping[str, object] = {
    "kind": "helpers_meeting",
    "lead": ["24h", "1h"],
    "meeting": {"title": "Helpers' meeting", "start": START - DAY, "words": "Bring tea."},
}
NEEDED: Mapping[str, object] = {
    "kind": "facilitator_needed",
    "roles": ["Facilitation"],
    "talk_page": TALK,
}
CHANGES: tuple[Mapping[str, object], ...] = ({"kind": "moved"}, {"kind": "changed"}, {"kind": "cancelled"})
KINDS: tuple[Mapping[str, object], ...] = (
    {"kind": "hours_unclear"},
    {"kind": "shift_starts_soon", "lead": ["24h", "1h"]},
    {"kind": "shift_changed"},
    {"kind": "shift_cancelled"},
    NEEDED,
    MEETING,
    {"kind": "thanks"},
)


def event(*notices: Mapping[str, object], zone: str = "UTC", **parts: object) -> Event:
    """An event with all kinds of notice for helpers, or with those given."""
    pages = {**base.PAGES, "signups": [PAGE]}
    need = [{"facilitators": 1, "rooms": ["Room 1"]}]
    return base.event(*(notices or KINDS), zone=zone, parts={"pages": pages, "need": need, **parts})


def entry(
    user: str | None,
    hours: Iterable[tuple[datetime, datetime]] | None = None,
    *,
    role: str | None = "Facilitation",
    form: PersonForm = PersonForm.LINK,
    coming: Coming = Coming.YES,
    also: Iterable[str] = (),
    firm: bool = False,
    room: str | None = None,
    placeholder: bool = False,
) -> SignUp:
    """An entry with clear hours, or none."""
    named = person(user, form) if user else None
    return SignUp(
        user,
        role,
        3,
        NOWHERE,
        person=named,
        people=tuple(filter(None, [named, *map(person, also)])),
        availability=tuple(hours) if hours is not None else None,
        coming=coming,
        firm=firm,
        room=room,
        placeholder=placeholder,
    )


UNCLEAR = "07:00 PM to 12:30 PM UTC"


def unclear(user: str | None, said: str = UNCLEAR, **more: object) -> SignUp:
    """An entry whose hours can be read in two ways; `lists` gives them their place in the text."""
    found = entry(user, None, **more)  # type: ignore[arg-type]
    evening = START.replace(hour=19)
    readings = (
        PossibleHours("Saturday 19:00 to 00:30 UTC", ((evening, evening + 330 * MINUTE),)),
        PossibleHours("Saturday 07:00 to 12:30 UTC", ((evening - 12 * HOUR, START - 90 * MINUTE),)),
    )
    return replace(
        found, ambiguous=True, question="Is this 17½ hours over midnight?", comment=said, possible=readings
    )


def lists(*entries: SignUp) -> tuple[SignUps, ...]:
    """A sign-up page; unclear hours stand in its text, each on a line."""
    text, placed = "", []
    for one in entries:
        hours = Span(len(text), len(text) + len(one.comment)) if one.ambiguous else None
        placed.append(replace(one, hours=hours))
        text += one.comment + "\n"
    return (SignUps(PAGE, text, "roles", tuple(placed)),)


def seen(what: Session) -> SeenSession:
    """A session as a look remembers it."""
    return SeenSession(
        "Demo/Schedule", 1, what.title, ("Ada",), tuple(r.task for r in what.tasks), what.start, what.rooms
    )


def look_at(what: Session, *people: str, told: int = 0, part: str = "facilitator") -> LastLook:
    """What a look left that saw these facilitators, or owners, of a session."""
    facts = facts_of(what)
    assert facts
    name = name_of(seen(what))
    sights = (FirstSight(seen(what), name, who, part, facts, told) for who in people)
    return LastLook(known=True, sessions=(seen(what),), sights=tuple(sights))


def snapshot(
    now: datetime,
    *,
    of: Event | None = None,
    accounts: Iterable[str] = ("Ada", "Grace", "Linus", "Barbara", "Edsger"),
    sent: Iterable[str] = (),
    refused: Iterable[str] = (),
    last: LastLook | None = None,
) -> Snapshot:
    """The event at `now`; accounts that are not named do not exist."""
    known = {name: Account(name, exists=True) for name in accounts}
    return Snapshot(
        event=of or event(),
        now=now,
        accounts={"Nobody": Account("Nobody", exists=False), **known},
        sent=frozenset(sent) | frozenset(refused),
        sent_at=dict.fromkeys(sent, now),
        last=last or LastLook(known=True),
    )


def asked_for(of: Event) -> Event:
    """The event as `thank_helpers` looks at it."""
    return of.model_copy(update={"notice": (AskedFor(kind="thanks"),)})


def due_of(kind: str, known: Snapshot, page: Schedule, signups: tuple[SignUps, ...] = ()) -> list[Notice]:
    """The notices of one kind that go out now."""
    found: Due = due(known, (page,), signups)
    return [notice for notice in found.now if notice.kind == kind]


def owners_told() -> dict[str, list[Notice]]:
    """What owners are told of changes that Linus made: another place and title, another length, the row taken out."""
    row, now = replace(session(), format="Discussion"), START - 3 * HOUR
    before = look_at(row, "Ada", part="owner")
    later = base.moved(replace(row, title="Twenty years of bots", rooms=("Room 2",)), 2 * HOUR)
    longer = replace(row, end=START + 25 * MINUTE, format="Presentation")
    maker = Maker("Linus", now - HOUR, 4711)
    gone = replace(before, gone=(GoneSession(seen(row), maker, now),))
    made = LineAuthors(sessions={mark_of(one): maker for one in (later, longer)})
    known = replace(snapshot(now, of=base.event(*CHANGES), last=before), authors={"Demo/Schedule": made})
    return {
        "moved": due_of("moved", known, schedule(later)),
        "changed": due_of("changed", known, schedule(longer)),
        "cancelled": due_of("cancelled", replace(known, last=gone), schedule()),
    }


def examples() -> dict[str, Notice]:
    """One notice of each kind for helpers and organisers, as the small event would post it."""
    row = session(facilitators=[person("Grace")])
    later = replace(row, start=START + 2 * HOUR, end=START + 2 * HOUR + 55 * MINUTE, rooms=("Room 2",))
    gone = replace(look_at(row, "Grace"), gone=(GoneSession(seen(row), None, START - 5 * HOUR),))
    free = lists(entry("Linus", [(START - HOUR, START + 3 * HOUR)]))
    lost = base.snapshot(START - DAY, of=base.event(base.ORGANISERS), proposals=[base.withdrawn()])
    found = {
        "acknowledgement_withdrawn": due_of("acknowledgement_withdrawn", lost, schedule(row)),
        "hours_unclear": due_of(
            "hours_unclear", snapshot(START - 2 * DAY), schedule(), lists(unclear("Linus"))
        ),
        "shift_starts_soon": due_of("shift_starts_soon", snapshot(START - HOUR), schedule(row)),
        "shift_changed": due_of(
            "shift_changed", snapshot(START - 3 * HOUR, last=look_at(row, "Grace")), schedule(later)
        ),
        "shift_cancelled": due_of("shift_cancelled", snapshot(START - 3 * HOUR, last=gone), schedule()),
        **owners_told(),
        "facilitator_needed": due_of(
            "facilitator_needed", snapshot(START - 3 * HOUR), schedule(session()), free
        ),
        "helpers_meeting": due_of("helpers_meeting", snapshot(START - DAY - HOUR), schedule(), free),
        "thanks": due_of(
            "thanks",
            snapshot(event().last + DAY, of=asked_for(event())),
            schedule(row),
            lists(entry("Linus")),
        ),
    }
    return {kind: notices[0] for kind, notices in found.items()}
