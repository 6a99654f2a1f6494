"""A cell in which a slash parts two sessions is asked about; one with a slash in its title or between people is read."""

import pytest

from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event

EVENT = event(["2027-05-22"], rooms=["Room A", "Room B"])


def page(cell: str) -> str:
    return (
        '{| class="wikitable"\n|+ Saturday, 22 May 2027\n! Time (UTC) !! Room A !! Room B\n|-\n'
        f"| 10:00–10:30 || {cell} || Talk two\n|}}\n"
    )


@pytest.mark.parametrize(
    ("cell", "titles", "codes"),
    [
        ("Maps ([[User:Ada]]) / Graphs ([[User:Bo]])", ["Talk two"], ["several-sessions"]),
        (
            "Maps ([[User:Ada|Ada]]) / Graphs – {{u|Bo}}<br />facilitation:",
            ["Talk two"],
            ["several-sessions"],
        ),
        ("Maps / Graphs ([[User:Ada]])", ["Maps / Graphs", "Talk two"], []),
        ("'''TCP / IP''' – [[User:Ada]] / [[User:Bo]]", ["TCP / IP", "Talk two"], []),
        ("Maps, [[User:Ada]] / [[User:Bo]] / [[User:Cyd]]", ["Maps", "Talk two"], []),
        ("Maps, [[User:Ada]] / Facilitator: [[User:Bo]]", ["Maps", "Talk two"], []),
        ("Maps ([[User:Ada]]) / Panel: who pays? – [[User:Bo]]", ["Talk two"], ["several-sessions"]),
    ],
)
def test_slash_between_sessions(cell: str, titles: list[str], codes: list[str]) -> None:
    schedule = read_schedule(page(cell), EVENT, "Schedule")
    assert [session.title for session in schedule.sessions] == titles
    assert [problem.code for problem in schedule.problems] == codes
