"""Who made sessions stand as they do, from revisions: by facts, whatever lines they stand in."""

from datetime import UTC, datetime, timedelta

import pytest

from callboard import session_makers as module
from callboard.config import Event
from callboard.model import Maker, PageText, Schedule
from callboard.notices.facts import mark_of
from callboard.read.schedule import read_schedule
from callboard.session_makers import no_other_sessions, session_makers
from tests.promises import FREE, event, grid

BEGIN = datetime(2021, 5, 20, 9, tzinfo=UTC)
TEA = "'''Bots for tea'''<br />[[User:Ada]]"
TWO_DAYS = {"title": "Tea", "zone": "UTC", "days": ["2021-05-22", "2021-05-23"]}
OF: Event = event(event=TWO_DAYS)
Made = tuple[str, int] | None


def read(text: str) -> Schedule:
    return read_schedule(text, OF, "Schedule")


def revisions(*made: tuple[str, str | None]) -> list[PageText]:
    """One an hour, numbered from 1."""
    return [
        PageText("Schedule", number, text, user=user, timestamp=BEGIN + timedelta(hours=number))
        for number, (user, text) in enumerate(made, 1)
    ]


def maker(*made: tuple[str, str | None], known: bool = True, person: str = "") -> Made:
    """Who made the one session stand as it does last, as (user, hour)."""
    found = session_makers({} if known else None, "", revisions(*made), read, "Callboard")
    text = next(text for _, text in reversed(made) if text is not None)
    one = found[mark_of(read(text).sessions[0], person)]
    return (one.user, round((one.at - BEGIN).total_seconds() / 3600)) if one else None


PAGE, LATER = grid(TEA, FREE), grid(FREE, TEA)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([("Ada", PAGE)], ("Ada", 1)),
        ([("Ada", PAGE), ("Bo", f"Hello.\n{PAGE}")], ("Ada", 1)),
        ([("Ada", PAGE), ("Bo", PAGE.replace("tea'''", "tea''' <!-- x -->"))], ("Ada", 1)),
        ([("Ada", PAGE), ("Bo", LATER)], ("Bo", 2)),
        ([("Ada", PAGE), ("Bo", LATER), ("Cy", PAGE)], ("Cy", 3)),
        ([("Ada", PAGE), ("Bo", PAGE.replace("14:00", "13:30"))], ("Bo", 2)),
        ([("Ada", PAGE), ("Bo", PAGE.replace("Saturday 22", "Sunday 23"))], ("Bo", 2)),
        ([("Ada", PAGE), ("Bo", PAGE.replace("(UTC)", "(CEST)"))], ("Bo", 2)),
        ([("Ada", PAGE), ("Bo", PAGE.replace("tea", "milk"))], ("Bo", 2)),
        ([("Ada", PAGE), ("Bo", PAGE.replace("[[User:Ada]]", "[[User:Bo]]"))], ("Ada", 1)),
        ([("Ada", PAGE), ("Callboard", PAGE.replace("tea", "coffee"))], ("Ada", 1)),  # tidied
        ([("Ada", PAGE), ("Callboard", LATER)], ("Callboard", 2)),  # placed
        ([("Ada", PAGE), ("Bo", None), ("Cy", LATER)], ("", 3)),  # Bo or Cy
        ([("Ada", PAGE), ("Bo", ""), ("Cy", PAGE)], ("Cy", 3)),
    ],
)
def test_who_made_it_so(made: list[tuple[str, str | None]], expected: Made) -> None:
    assert maker(*made) == expected


def test_what_is_older_than_the_history_is_nobodys_and_no_later_than_its_beginning() -> None:
    assert maker(("Ada", PAGE), ("Bo", f"Hello.\n{PAGE}"), known=False) == ("", 1)
    assert maker(("Ada", PAGE), ("Bo", LATER), known=False) == ("Bo", 2)


def test_person_who_is_put_into_a_row() -> None:
    both = grid(f"{TEA} [[User:Bo]]", FREE)
    assert maker(("Ada", PAGE), ("Cy", both), person="Bo") == ("Cy", 2)
    assert maker(("Ada", PAGE), ("Cy", both), person="Ada") == ("Ada", 1)
    assert maker(("Ada", PAGE), ("Cy", both)) == ("Ada", 1)


def test_what_was_known_before_stays_known() -> None:
    made = revisions(("Ada", PAGE), ("Bo", f"Hello.\n{PAGE}"))
    first = session_makers({}, "", made[:1], read, "Callboard")
    assert session_makers(first, PAGE, made[1:], read, "Callboard") == first
    assert no_other_sessions(first, read(PAGE))
    assert not no_other_sessions(first, read(LATER))
    mark = mark_of(read(PAGE).sessions[0])
    assert session_makers({mark: None}, PAGE, made[1:], read, "Callboard")[mark] is None


def test_first_look_at_a_large_page_reads_the_newest_revisions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_READ", 2 * len(PAGE))
    made = revisions(("Ada", PAGE), ("Bo", LATER), ("Cy", LATER + " "))
    mark = mark_of(read(LATER).sessions[0])
    at = BEGIN + timedelta(hours=3)
    assert session_makers({}, "", made, read, "Callboard")[mark] == Maker("", at)
