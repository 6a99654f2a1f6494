"""Lists of those who come, or follow a project, are not taken for lists of helpers."""

import pytest

from callboard.read.signup_purpose import is_help
from callboard.read.signups import read_signups
from tests.read.schedule_truth import event


@pytest.mark.parametrize(
    ("role", "heading", "page", "helps"),
    [
        ("Chat watch", None, "E/Helpers", True),
        ("Chat watch", None, "E", True),
        ("Chat watch", None, "E/How to participate", True),
        (None, None, "E/Helpers", True),
        ("Yes", "I am coming", "E", False),
        ("Yes", "Helpers", "E", True),
        ("Yes", "Chat lamp", "E", True),
        ("Yes", None, "E", False),
        ("Attending", None, "E", False),
        ("Interested in helping", None, "E", True),
        ("Interested", "Bus stop map", "E/Projects", False),
        ("I'll be there", None, "E/Participants", False),
        ("Lightning talks", None, "E/Participants", False),
        ("Teilnehmerinnen und Teilnehmer", None, "E", False),
        ("Helferinnen", None, "E/Teilnahme", True),
        ("Présents", None, "E", False),
        ("Voluntarios", None, "E/Participantes", True),
    ],
)
def test_what_a_list_is_for(role: str | None, heading: str | None, page: str, *, helps: bool) -> None:
    assert is_help(role, heading, page) is helps


def test_entries_say_it() -> None:
    text = """== I am coming ==
; Yes
* [[User:Ada]]
; No
* [[User:Bo]]
== Desk ==
{|
! Time !! Desk
|-
| Friday 10:00–12:00 UTC || [[User:Cyd]]
|}
== Participants ==
{|
! Name !! Friday !! Saturday
|-
| [[User:Dot]] || ✔ || ✔
|}
"""
    read = read_signups(text, event(["2026-05-15", "2026-05-16"]), "E")
    assert [(entry.user, entry.helps) for entry in read.entries] == [
        ("Ada", False),
        ("Bo", False),
        ("Cyd", True),
        ("Dot", False),
    ]
