"""Lists and templates: filled where it is certain, else refused with the place."""

import pytest

from callboard.placing import NotPlaced
from tests.placing.pages import an_event, changed_lines, moved, placed, source, withdrawn

REGION = an_event(["2026-09-04", "2026-09-05", "2026-09-06"], ["big room", "small room"], "Europe/Berlin")
LIST = (
    source("05")
    .replace("* 19:30 Soup", "* 19:30-20:00 Common session: ''free slot''")
    .replace("Lua from zero ([[User:Mustermensch|Mustermensch]], [[phab:T900052]])", "''free''")
)
HALLS = an_event(["2026-05-15", "2026-05-16"], ["Hacking room 1", "Hacking room 2"])
TEMPLATES = [
    {"name": "Session row", "title": "title", "start": "start", "end": "end", "owners": "speaker", "task": "task", "facilitator": "facilitator"},
    {"name": "Session list start", "opens": True, "day": "date", "room": "room"},
    {"name": "Session list end", "closes": True},
    {"name": "Program item", "title": ["displayname", "title"], "owners": "presenters"},
]  # fmt: skip
MANIA = an_event(
    ["2026-08-07", "2026-08-08"],
    ["Gym", "Music room", "Reading room", "Corner"],
    "Europe/Berlin",
    template=TEMPLATES,
)


@pytest.mark.parametrize(
    ("slot", "gone", "come"),
    [
        (
            "Fri 19:30", "* 19:30-20:00 Common session: ''free slot''",
            "* 19:30-20:00 Common session: A new talk ([[User:ExampleAda|ExampleAda]], {{phab|T900999}})",
        ),
        (
            "Sat 15:30 small room", "* 15:30-17:00 Sessions: Photo walk (meet at the door) / ''free''",
            "* 15:30-17:00 Sessions: Photo walk (meet at the door) / A new talk ([[User:ExampleAda|ExampleAda]], {{phab|T900999}})",
        ),
    ],
)  # fmt: skip
def test_item_of_a_list(slot: str, gone: str, come: str) -> None:
    assert changed_lines(placed(LIST, REGION, slot)) == ([gone], [come])


def test_session_between_slashes_is_moved() -> None:
    change = moved(LIST, REGION, "Sat 15:30 small room", task="T900051")
    assert changed_lines(change)[1] == [
        "* 11:00-12:30 Sessions: Teaching with a wiki / ''free slot''",
        "* 15:30-17:00 Sessions: Photo walk (meet at the door) / Bots for beginners ({{phab|T900051}})",
    ]


ROW = "{{Session row|start=15:00|end=15:25|title=%s|speaker=%s|task=%s|facilitator=}}"
LINK = "[[User:ExampleAda|ExampleAda]]"


@pytest.mark.parametrize(
    ("title", "written"),
    [("A new talk", "A new talk"), ("A = B | C }} {{x", "A &#61; B &#124; C &#125;&#125; &#123;&#123;x")],
)
def test_arguments_of_a_row_template(title: str, written: str) -> None:
    change = placed(source("06"), MANIA, "Fri 15:00 Corner", title=title)
    assert changed_lines(change) == ([ROW % ("", "", "")], [ROW % (written, LINK, "T900999")])


def test_arguments_of_a_template_in_a_cell() -> None:
    change = placed(source("06"), MANIA, "Fri 09:30 Music room", minutes=15)
    new = "| {{Program item|title=|displayname=A new talk ([[phab:T900999]])|presenters=ExampleAda}}"
    assert changed_lines(change)[1] == [new]


def test_row_template_is_emptied() -> None:
    change = withdrawn(source("06"), MANIA, task="T900061")
    assert changed_lines(change)[1] == [
        "{{Session row|start=13:00|end=13:25|title=''free slot''|speaker=|task=|facilitator=}}"
    ]
    assert "[[User:O'Example|O'Example]]" in change.withdrawn


def test_template_that_names_its_session_twice_is_left_to_people() -> None:
    with pytest.raises(NotPlaced) as refusal:
        withdrawn(source("06"), MANIA, title="card catalogue")
    first, second, *rest = str(refusal.value).splitlines()
    assert first.endswith("the template names the session in another parameter too; do it by hand")
    assert second.startswith("By hand, take this out at [[Event/Schedule]] line ")
    assert [line.strip() for line in rest] == ["The card catalogue", "Esimerkki, Örnek and Voorbeeld Vic"]


def test_sign_up_travels_from_template_to_template() -> None:
    assert changed_lines(moved(source("06"), MANIA, "Fri 15:00 Corner", task="T900061")) == (
        [
            "{{Session row|start=13:00|end=13:25|title=Meet your mentor|speaker=[[User:ExampleCyd|ExampleCyd]]|task=T900061|facilitator=[[User:O'Example|O'Example]]}}",
            "{{Session row|start=15:00|end=15:25|title=|speaker=|task=|facilitator=}}",
        ],
        [
            "{{Session row|start=13:00|end=13:25|title=''free slot''|speaker=|task=|facilitator=}}",
            "{{Session row|start=15:00|end=15:25|title=Meet your mentor|speaker=[[User:ExampleCyd|ExampleCyd]]|task=T900061|facilitator=[[User:O'Example|O'Example]]}}",
        ],
    )


MIXED = """\
== 15 May 2026 ==
{| class="wikitable"
! Time !! Hacking room 1
|-
| 10:00 || '''Maps''' ([[phab:T900001]])<br />[[User:Bo|Bo]]<br />facilitation: [[User:Cyd|Cyd]]
|-
| 10:30 || '''Lua''' ([[phab:T900002]])<br />[[User:Ada|Ada]], with [[/Slides|slides]]
|-
| 11:00 || ''free slot''
|}

== 16 May 2026 ==
{| class="wikitable"
! Time !! Title !! Room !! Speaker !! Facilitator
|-
| 10:00–10:30 || Opening ([[phab:T900003]]) || Hacking room 2 || [[User:Ada|Ada]] || [[User:Cyd|Cyd]]
|-
| 10:00–10:30 || Wikis || Hacking room 1 || [[User:Eve|Eve]] ||
|-
| 10:30–11:00 || ''free slot'' || Hacking room 2 || || (your username)
|}
"""


def test_session_is_written_anew_in_another_layout() -> None:
    assert changed_lines(moved(MIXED, HALLS, "Sat 10:30 room 2", task="T900001"))[1] == [
        "| 10:00 || ''free slot''",
        "| 10:30–11:00 || Maps ([[phab:T900001]]) || Hacking room 2 || [[User:Bo|Bo]] || [[User:Cyd|Cyd]]",
    ]
    assert changed_lines(moved(MIXED, HALLS, "Fri 11:00 room 1", task="T900003"))[1] == [
        "| 11:00 || '''Opening''' ([[phab:T900003]])<br />[[User:Ada|Ada]]<br />facilitation: [[User:Cyd|Cyd]]",
        "| 10:00–10:30 || ''free slot'' || Hacking room 2 || ||",
    ]


def test_session_that_says_more_is_left_to_people_with_its_text_and_place() -> None:
    with pytest.raises(NotPlaced) as refusal:
        moved(MIXED, HALLS, "Sat 10:30 room 2", task="T900002")
    assert str(refusal.value) == (
        "[[Event/Schedule]] line 7: the slot stands in another kind of table or list than the session, and the session says "
        "more than title, people and one task; move it by hand\n"
        "By hand, put this at [[Event/Schedule]] line 20:\n"
        "  '''Lua''' ([[phab:T900002]])<br />[[User:Ada|Ada]], with [[/Slides|slides]]\n"
        "By hand, take this out at [[Event/Schedule]] line 7 and write ''free slot'' instead:\n"
        "  '''Lua''' ([[phab:T900002]])<br />[[User:Ada|Ada]], with [[/Slides|slides]]"
    )
