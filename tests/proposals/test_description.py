import json
from pathlib import Path

import pytest

from callboard.config_board import BoardFields
from callboard.proposals.description import asked_format, claimed_accounts, claimed_phab_names
from callboard.proposals.fields import read_fields

RECORDINGS = Path(__file__).parent.parent / "conduit"


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("", ()),
        ("A talk about [[mw:Documentation]] and T1.", ()),
        ("**Speaker(s) (wiki username):** \n**Room:** Room 1", ()),
        ("Speaker: (your username)", ()),
        ("Speaker: @phabname", ()),
        ("|Speakers|ivo (no wiki account yet)|", ()),
        ("[[User:Ada]]", ("Ada",)),
        ("[[user:ada_L.|Ada]], [[User:Ada L.]]", ("Ada L.",)),
        ("[[ https://www.mediawiki.org/wiki/User:%C3%89lias_W | Élias W ]]", ("Élias W",)),
        ("https://meta.wikimedia.org/wiki/User:Ada", ("Ada",)),
        ("* Who: User:Gustavo42~mediawikiwiki\n* When: now", ("Gustavo42~mediawikiwiki",)),
        ("[[:en:User:花T]]", ("花T",)),
        ("Wiki username: Ada", ("Ada",)),
        ("Speaker: Ada, Grace Hopper and Linus", ("Ada", "Grace Hopper", "Linus")),
        ("|Speakers|Ada|", ("Ada",)),
        ("**Speaker(s) (wiki username):** 花T ([[User:花T]])", ("花T",)),
        ("**Speaker(s) (wiki username):** [[User:فاطمة ك]], @elias.w", ("فاطمة ك",)),
        ("See the talk page [[User talk:Ada]]", ("Ada",)),
        ("Speaker: a | b <script>", ()),
    ],
)
def test_claimed_accounts(description: str, expected: tuple[str, ...]) -> None:
    assert claimed_accounts(description) == expected


def test_claimed_accounts_of_the_recorded_sessions() -> None:
    rows = json.loads((RECORDINGS / "030_board_full.json").read_text())["response"]["json"]["result"]["data"]
    claims = {
        row["id"]: claimed_accounts(row["fields"]["description"]["raw"]) for row in rows if row["id"] < 21
    }
    assert claims == {
        1: ("Dorothea M.",),
        2: ("Élias W",),
        3: ("فاطمة ك",),
        4: ("Gustavo42~mediawikiwiki",),
        5: ("花T",),
        6: (),
        7: ("Dorothea M.", "Élias W"),
        8: (),
        9: ("فاطمة ك",),
        10: ("Gustavo42~mediawikiwiki",),
        11: ("花T",),
        12: ("Ivo",),
        13: ("Dorothea M.",),
        14: ("Élias W",),
        17: ("花T",),
        18: ("New name after rename",),
        19: ("Dorothea M.",),
        20: ("Ivo",),
    }


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("", (None, None)),
        ("**Format:** Presentation (25min, including Q&A)", ("Presentation", 25)),
        ("* Type: Lightning talk - 5 mins", ("Lightning talk", 5)),
        ("|Format|Workshop (55min)|", ("Workshop", 55)),
        (
            "**Format (Presentation / Discussion / Workshop / Lightning talk):** Discussion",
            ("Discussion", None),
        ),
        ("**Format:** \n**Room:** 1", (None, None)),
        ("**Description:** type: the usual", (None, None)),
    ],
)
def test_asked_format(description: str, expected: tuple[str | None, int | None]) -> None:
    assert asked_format(description) == expected


def test_task_that_names_thousands_costs_no_more_than_a_request_or_two() -> None:
    """Anybody can file such a task, and Phabricator is asked whose account each name is."""
    many = "\n".join(["Speakers: @a", *(f"* [[User:Name {n}]] @name{n}" for n in range(5_000))])
    assert claimed_accounts(many) == tuple(f"Name {n}" for n in range(50))
    assert len(claimed_phab_names(many)) == 50
    said = read_fields(many, "Maps", BoardFields(), ())
    assert said.contradictions == ("so many people that only the first 50 are looked up",)
