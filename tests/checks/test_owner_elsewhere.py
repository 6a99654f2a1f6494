"""People who are linked on another wiki: organisers tell them by hand, and the bot tells no namesake."""

from datetime import UTC, datetime, timedelta

import pytest

from callboard.checks import run_checks
from callboard.model import PersonForm, Problem, Severity
from callboard.read.schedule import read_schedule
from callboard.snapshot import Snapshot
from tests.promises import OWNER, World, event
from tests.snapshots import snapshot

START = datetime(2021, 5, 22, 14, tzinfo=UTC)
BY_HAND = "linked on another wiki, where the bot tells nobody; tell them of this session by hand, or link their account here"


def rows(owner: str) -> str:
    return (
        '== Saturday 22 May ==\n{| class="wikitable"\n! Time (UTC) !! Session !! Speaker !! Room\n|-\n'
        f"| 14:00–15:00 || Maps || {owner} || Hacking room 1\n|}}\n"
    )


def grid(cell: str) -> str:
    return (
        '== Saturday 22 May ==\n{| class="wikitable"\n! Time (UTC) !! Hacking room 1\n|-\n| 14:00–15:00\n'
        f"| '''Maps'''<br />{cell}\n|}}\n"
    )


def problems(text: str, now: datetime) -> list[Problem]:
    seen: Snapshot = snapshot(now=now)
    page = read_schedule(text, seen.event, "Schedule")
    assert [session.title for session in page.sessions] == ["Maps"]
    return [one for one in run_checks((page,), (), seen) if one.code == "owner-elsewhere"]


@pytest.mark.parametrize("text", [rows, grid])
@pytest.mark.parametrize(
    "owner",
    [
        "[[User:Ada|Ada]]",
        "{{u|Ada}}",
        "[[User talk:Ada|Ada]]",
        "[[Special:MyLanguage/User:Ada|Ada]]",
        "[[m:Maps|Ada]]",
        "[[:de:User:Ada/Maps|maps]]",
        "{{ill|Ada|de}}",
        "Ada <!-- [[m:User:Ada]] https://meta.wikimedia.org/wiki/User:Ada -->",
        "[[User:Ada]] ([[m:User:Ada|on Meta]])",
        "[https://meta.wikimedia.org/wiki/Maps_of_User:Ada maps]",
    ],
)
def test_who_is_linked_here_or_nowhere_is_no_problem(text: object, owner: str) -> None:
    assert callable(text)
    assert problems(text(owner), START - timedelta(days=1)) == []


@pytest.mark.parametrize("text", [rows, grid])
@pytest.mark.parametrize(
    ("owner", "link"),
    [
        ("[[:de:User:Ada|Ada]]", "[[:de:User:Ada|Ada]]"),
        ("[[m:User:Ada]]", "[[m:User:Ada]]"),
        ("[[:m:user:ada|Ada L.]]", "[[:m:user:ada|Ada L.]]"),
        ("[[:w:de:Benutzerin:Ada]]", "[[:w:de:Benutzerin:Ada]]"),
        ("[[fr:Utilisatrice:Ada]]", "[[fr:Utilisatrice:Ada]]"),
        ("[[User:Bo|Bo]], [[:de:User:Ada]]", "[[:de:User:Ada]]"),
        ("[https://de.wikipedia.org/wiki/User:Ada Ada]", "https://de.wikipedia.org/wiki/User:Ada"),
    ],
)
def test_who_is_linked_on_another_wiki(text: object, owner: str, link: str) -> None:
    assert callable(text)
    found = problems(text(owner), START - timedelta(days=1))
    assert [(one.severity, one.text, one.message) for one in found] == [
        (Severity.NOTE, link, f"Ada: {BY_HAND}: [[User:Ada]]")
    ]


def test_several_people_of_a_session_are_one_problem_until_it_begins() -> None:
    page = rows("[[:de:User:Ada]] and [[m:User:Bo]]")
    assert [one.message for one in problems(page, START - timedelta(minutes=1))] == [
        f"Ada and Bo: {BY_HAND}: [[User:Ada]] and [[User:Bo]]"
    ]
    assert problems(page, START) == []


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        (f"[[m:User:{OWNER}|{OWNER}]]", []),
        (f"[[:de:User:{OWNER}]]", []),
        (f"[[User:{OWNER}]]", ["starts_soon"]),
    ],
)
def test_the_account_of_that_name_here_is_told_nothing(owner: str, told: list[str]) -> None:
    world = World(f"'''Maps'''<br />{owner}", of=event("starts_soon"))
    world.tick()
    assert (world.told(), world.held()) == (told, {})
    assert (f"{OWNER}: linked on another wiki" in world.report) is (not told)


def test_such_a_person_has_a_form_of_their_own() -> None:
    page = read_schedule(rows("[[m:User:Ada]], [[User:Bo]]"), snapshot().event, "Schedule")
    assert [(one.name, one.form, one.is_account) for one in page.sessions[0].owners] == [
        ("Ada", PersonForm.ELSEWHERE, False),
        ("Bo", PersonForm.LINK, True),
    ]
