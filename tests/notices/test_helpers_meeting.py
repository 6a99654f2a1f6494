"""Who is told of the helpers' meeting and who is thanked: everybody who signed up, in the rule's roles."""

from datetime import datetime, timedelta

import pytest

from callboard.model import Coming, PersonForm, SignUp
from callboard.notices.delivery import due
from tests.notices.event import DAY, HOUR, START, person, schedule, session
from tests.notices.helping import MEETING, asked_for, due_of, entry, event, lists, snapshot

MEETS = START - DAY
PEOPLE: tuple[SignUp, ...] = (
    entry("Linus", role="'''Chat watch:'''"),
    entry("Barbara", role="Door"),
    entry("Barbara", role="Chat watch", coming=Coming.NO),
    entry("Edsger", role="Door", coming=Coming.MAYBE),
    entry("Nobody", role="Door"),
    entry("Ada", role="Door", form=PersonForm.BARE),
    entry(None, role="Door"),
)
ROW = session(facilitators=[person("Grace")])


def invited(now: datetime, **more: object) -> list[tuple[str, str]]:
    of = event({**MEETING, **more})
    found = due_of("helpers_meeting", snapshot(now, of=of), schedule(ROW), lists(*PEOPLE))
    return [(notice.recipient, notice.occasion) for notice in found]


@pytest.mark.parametrize(
    ("roles", "people"),
    [
        ([], ["Barbara", "Grace", "Linus"]),
        (["chat WATCH"], ["Linus"]),
        (["Door", "Facilitation"], ["Barbara", "Grace"]),
        (["Nobody's role"], []),
    ],
)
def test_everybody_in_the_roles_is_told_once(roles: list[str], people: list[str]) -> None:
    assert [who for who, _ in invited(MEETS - HOUR, roles=roles)] == people


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (2 * DAY, []),
        (DAY, ["2021-05-21T14:00Z -1440min"]),
        (11 * HOUR, []),
        (HOUR, ["2021-05-21T14:00Z -60min"]),
        (timedelta(), []),
    ],
)
def test_leads_of_the_meeting(before: timedelta, expected: list[str]) -> None:
    assert [occasion for _, occasion in invited(MEETS - before, roles=["Chat watch"])] == expected


def test_meeting_that_is_put_off_earns_a_new_reminder() -> None:
    late = {**MEETING["meeting"], "start": MEETS + 3 * HOUR}  # type: ignore[dict-item]
    assert invited(MEETS + 2 * HOUR, roles=["Chat watch"], meeting=late) == [
        ("Linus", "2021-05-21T17:00Z -60min")
    ]


def test_meeting_says_what_the_event_file_says() -> None:
    of = event(MEETING)
    told = due_of("helpers_meeting", snapshot(MEETS - HOUR, of=of), schedule(), lists(entry("Linus")))[0]
    assert (told.values["title"], told.values["words"], told.values["page"], told.values["when"]) == (
        "Helpers' meeting",
        "Bring tea.",
        "Demo/Helpers",
        "Friday, 21 May 2021, 14:00 (UTC)",
    )


# --- thanks ---


def thanked(now: datetime) -> list[tuple[str, str]]:
    known = snapshot(now, of=asked_for(event()))
    found = due_of("thanks", known, schedule(ROW), lists(*PEOPLE, entry("Linus", role="Door")))
    return [(notice.recipient, notice.values["roles"]) for notice in found]


def test_everybody_who_signed_up_is_thanked_for_all_that_they_did() -> None:
    expected = [("Barbara", "Door"), ("Grace", "Facilitation"), ("Linus", "Chat watch, Door")]
    assert thanked(event().last) == expected
    assert thanked(event().last + 30 * DAY) == expected


@pytest.mark.parametrize("off", [-HOUR, 60 * DAY], ids=["before the end", "when nobody remembers"])
def test_thanks_have_their_time(off: timedelta) -> None:
    assert thanked(event().last + off) == []


def test_timer_never_thanks() -> None:
    found = due(snapshot(event().last + DAY), (schedule(ROW),), lists(*PEOPLE))
    assert [notice.kind for notice in (*found.now, *found.late) if notice.kind == "thanks"] == []


def test_heading_that_only_says_who_comes_is_no_role() -> None:
    known = snapshot(event().last, of=asked_for(event()))
    page = lists(entry("Linus", role="'''Yes'''"), entry("Barbara", role="Attending:"))
    found = due_of("thanks", known, schedule(), page)
    assert [(notice.recipient, notice.values["roles"]) for notice in found] == [
        ("Barbara", "helper"),
        ("Linus", "helper"),
    ]
