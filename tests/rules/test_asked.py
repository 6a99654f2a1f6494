"""What rules only ask about: (rule, page, what would be replaced, by what)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from callboard.model import Level, Schedule
from callboard.rules import RULES, SCHEDULE, Rule, Wish
from callboard.tasks_file import proposals_from
from callboard.tidy import tidy
from callboard.wikitext.edits import TextEdit, lines_written
from tests.snapshots import snapshot

HEAD = '== Friday, May 21 ==\n{| class="wikitable"\n! Time !! Main track !! Hacking room 1 !! Hacking room 2\n|-\n'
TASKS = [
    {"task": "T900001", "title": "Bots for everybody", "acknowledged": True, "owners": ["Ada"]},
    {"task": "T900002", "title": "Maps", "acknowledged": True, "owners": ["Bo"]},
    {"task": "T900003", "title": "Lua", "acknowledged": True, "owners": ["Ada"]},
]


def asked(rule: str, text: str, **parts: Any) -> list[tuple[int, str, str]]:
    rules = [RULES[rule]]
    seen = snapshot(accounts=["Ada", "Bo", "Cyd"], proposals=proposals_from(TASKS, "test"), **parts)
    tidied = tidy(text, "Page", rules[0].kind, seen, rules=rules)
    assert tidied.refused == ()
    assert all(ask.level is Level.ASK for ask in tidied.asks)
    return [(ask.line, ask.old, ask.edit.new) for ask in tidied.asks]


@pytest.mark.parametrize(
    ("rule", "body", "wanted"),
    [
        # blank cells of open rooms, on a page that names a free slot; not the closed main track
        ("free-slots", "| 10:00\n|\n|\n| ''free slot''\n|}\n", [(7, "", " ''free slot''")]),
        ("free-slots", "| 10:00 || || ''free slot'' ||\n|}\n", [(5, "", " ''free slot''")]),
        ("free-slots", "|10:00\n|\n|\n|''free slot''\n|}\n", [(7, "", "''free slot''")]),
        ("free-slots", "| 10:00\n|\n|\n|\n|}\n", []),
        # a mark without anybody, on a page that has the placeholder
        (
            "facilitation-mark",
            "| 10:00\n|\n| Bots<br>facilitation:\n| Maps<br>facilitation: (your username)\n|}\n",
            [(7, "", " (your username)")],
        ),
        ("facilitation-mark", "| 10:00\n|\n| Bots<br>facilitation:\n| Maps\n|}\n", []),
        # the title, but no owner that is known to be the author
        ("link-acknowledged-tasks", "| 10:00\n|\n| Maps<br>[[User:Ada|Ada]]\n|\n|}\n", [(7, "", " ([[phab:T900002]])")]),
        # an owner that is, but another title
        (
            "link-acknowledged-tasks",
            "| 10:00\n|\n| Bots for everyone<br>[[User:Ada|Ada]]\n|\n|}\n",
            [(7, "", " ([[phab:T900001]])")],
        ),
        ("link-acknowledged-tasks", "| 10:00\n|\n| Something else<br>[[User:Ada|Ada]]\n|\n|}\n", []),
        # two rows of the title
        (
            "link-acknowledged-tasks",
            "| 10:00\n|\n| Lua<br>[[User:Ada|Ada]]\n| Lua<br>[[User:Ada|Ada]]\n|}\n",
            [(7, "", " ([[phab:T900003]])"), (8, "", " ([[phab:T900003]])")],
        ),
    ],
)  # fmt: skip
def test_asked_on_a_schedule(rule: str, body: str, wanted: list[tuple[int, str, str]]) -> None:
    assert asked(rule, HEAD + body) == wanted
    assert tidy(HEAD + body, "Page", SCHEDULE, snapshot(), rules=[RULES[rule]]).text == HEAD + body


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        (
            "signup-signatures",
            "; Chat\n:* [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 20:15, 2 May 2021 (UTC)\n:* [[User:Bo|Bo]]\n",
            [(2, " ([[User talk:Ada|talk]]) 20:15, 2 May 2021 (UTC)", "")],
        ),
        (
            "signup-duplicates",
            "; Chat\n:* [[User:Ada|Ada]] (10 UTC)\n:* [[User:Bo|Bo]]\n:* [[User:Ada|Ada]] (14 UTC)\n",
            [
                (
                    2,
                    ":* [[User:Ada|Ada]] (10 UTC)\n:* [[User:Bo|Bo]]\n:* [[User:Ada|Ada]] (14 UTC)\n",
                    ":* [[User:Ada|Ada]] (10 UTC); (14 UTC)\n:* [[User:Bo|Bo]]\n",
                )
            ],
        ),
        # replies stay with the line that remains, behind its own
        (
            "signup-duplicates",
            "; Chat\n:* [[User:Ada|Ada]]\n:** yes\n:* [[User:Bo|Bo]]\n:* [[User:Ada|Ada]]\n:** again?\n:* [[User:Cyd|Cyd]]\n",
            [
                (
                    2,
                    ":* [[User:Ada|Ada]]\n:** yes\n:* [[User:Bo|Bo]]\n:* [[User:Ada|Ada]]\n:** again?",
                    ":* [[User:Ada|Ada]]\n:** yes\n:** again?\n:* [[User:Bo|Bo]]",
                )
            ],
        ),
        (
            "signup-duplicates",
            "; Chat\n:* [[User:Ada|Ada]]\n:* [[User:Ada|Ada]]\n:** again?\n",
            [(2, ":* [[User:Ada|Ada]]\n:* [[User:Ada|Ada]]\n:** again?", ":* [[User:Ada|Ada]]\n:** again?")],
        ),
        (
            "signup-bullets",
            "; Chat\n:* [[User:Ada|Ada]], [[User:Bo|Bo]] and [[User:Cyd|Cyd]]\n:* [[User:Dot|Dot]]\n",
            [
                (
                    2,
                    "[[User:Ada|Ada]], [[User:Bo|Bo]] and [[User:Cyd|Cyd]]",
                    "[[User:Ada|Ada]]\n:* [[User:Bo|Bo]]\n:* [[User:Cyd|Cyd]]",
                )
            ],
        ),
        ("signup-bullets", "; Chat\n:* [[User:Ada|Ada]] for [[User:Bo|Bo]]\n:* [[User:Dot|Dot]]\n", []),
    ],
)
def test_asked_on_a_signup_page(rule: str, text: str, wanted: list[tuple[int, str, str]]) -> None:
    assert asked(rule, text) == wanted


def test_signatures_go_without_asking_where_the_event_wants_it() -> None:
    text = "; Chat\n:* [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 20:15, 2 May 2021 (UTC)\n:* [[User:Bo|Bo]]\n"
    rule = RULES["signup-signatures"]
    seen = snapshot(rules={"signup-signatures": "SAFE"})
    assert (
        tidy(text, "Page", rule.kind, seen, rules=[rule]).text
        == "; Chat\n:* [[User:Ada|Ada]]\n:* [[User:Bo|Bo]]\n"
    )


def test_without_a_look_at_the_board_no_task_is_linked() -> None:
    text = HEAD + "| 10:00\n|\n| Maps<br>[[User:Bo|Bo]]\n|\n|}\n"
    rules = [RULES["link-acknowledged-tasks"]]
    tidied = tidy(text, "Page", SCHEDULE, snapshot(proposals=None), rules=rules)
    assert (tidied.text, tidied.asks) == (text, ())


@pytest.mark.parametrize(
    ("wording", "wanted"),
    [
        ({}, "''free''"),
        ({"free_slot": "''free slot – [[/How to|claim it]]''"}, "''free slot – [[/How to|claim it]]''"),
    ],
)
def test_stated_wording_beats_a_page_of_one_mind(wording: dict[str, str], wanted: str) -> None:
    text = HEAD + "| 10:00\n|\n| ''free''\n| ''free''\n|}\n"
    tidied = tidy(text, "Page", SCHEDULE, snapshot(wording=wording), rules=[RULES["free-slots"]])
    assert tidied.text == text.replace("''free''", wanted)


@pytest.mark.parametrize(
    ("wording", "wanted"),
    [
        ({"claim": "([[Event|claim it]])"}, "''free slot'' ([[Event|claim it]])"),
        ({"free_slot": "''Platz zu haben''", "claim": "– [[Event|hier eintragen]]"}, "''Platz zu haben'' – [[Event|hier eintragen]]"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("said", ["''free''", "[??] Empty", "''free slot''"])
def test_the_way_to_claim_a_slot_stands_behind_its_words(
    wording: dict[str, str], said: str, wanted: str
) -> None:
    text = HEAD + f"| 10:00\n| Bots [[User:Ada|Ada]]\n| {said}\n| '''Free!'''\n|}}\n"
    rules, seen = [RULES["free-slots"]], snapshot(wording=wording)
    tidied = tidy(text, "Page", SCHEDULE, seen, rules=rules)
    assert (tidied.text, tidied.refused) == (text.replace(said, wanted).replace("'''Free!'''", wanted), ())
    assert len(tidied.reading.free_slots) == 2 if isinstance(tidied.reading, Schedule) else False
    again = tidy(tidied.text, "Page", SCHEDULE, seen, rules=rules)
    assert (again.text, again.applied) == (tidied.text, ())


TEMPLATES = (
    "== Friday, May 21 ==\n"
    "{{Callboard/session|day=2021-05-21|time=10:00–10:25|room=Hacking room 1|title=Bots for everybody|owner=[[User:Ada|Ada]]|task=}}\n"
    "{{Callboard/session|day=2021-05-21|time=11.00|room=Hacking room 1|title=Maps|owner=Testuser Quill|task=T900003}}\n"
    "{{Callboard/session|day=2021-05-21|time=12:00|room=Hacking room 1|title=free|owner=|task=}}\n"
)


def test_templates_get_what_fits_into_their_arguments_and_no_more() -> None:
    seen = snapshot(
        accounts=["Ada", "Bo", "Testuser Quill"],
        proposals=proposals_from(TASKS, "test"),
        wording={"times": "09:00–09:55", "claim": "{{claim|now|}} | here"},
    )
    tidied = tidy(TEMPLATES, "Page", SCHEDULE, seen)
    wanted = TEMPLATES.replace("|task=}}", "|task=T900001}}", 1).replace("11.00", "11:00")
    assert (tidied.text, tidied.refused, tidied.asks) == (wanted, (), ())


@pytest.mark.parametrize(
    ("new", "level"),
    [
        ("fits", Level.SAFE),
        ("[[A|fits]]", Level.SAFE),
        ("a|b", Level.ASK),
        ("a\nb", Level.ASK),
        ("{{a", Level.ASK),
    ],
)
def test_what_would_break_an_argument_is_asked(new: str, level: Level) -> None:
    rule = Rule("new", SCHEDULE, Level.SAFE, on_schedule=lambda page, _: _replaced(page, "Maps", new))
    tidied = tidy(TEMPLATES, "Page", SCHEDULE, snapshot(), rules=[rule])
    assert [edit.level for edit in (*tidied.applied, *tidied.asks)] == [level]


def _replaced(page: Schedule, old: str, new: str) -> Iterator[Wish]:
    at = page.text.find(old)
    if at >= 0:
        yield TextEdit(at, at + len(old), new)


@pytest.mark.parametrize(("new", "level"), [("fits | here", Level.SAFE), ("a\n* b", Level.ASK)])
def test_what_would_break_a_list_is_asked(new: str, level: Level) -> None:
    text = (
        "== Friday, May 21 ==\n* 10:00–10:55 Bots ([[User:Ada|Ada]])\n* 11:00–11:55 Maps ([[User:Bo|Bo]])\n"
    )
    rule = Rule("new", SCHEDULE, Level.SAFE, on_schedule=lambda page, _: _replaced(page, "Maps", new))
    tidied = tidy(text, "Page", SCHEDULE, snapshot(), rules=[rule])
    assert [edit.level for edit in (*tidied.applied, *tidied.asks)] == [level]


def test_a_link_that_the_bot_put_there_makes_no_majority() -> None:
    url = "https://phabricator.wikimedia.org/T900011"
    head = HEAD + "| 10:00\n|\n"
    rows = f"| Bots ({url})\n| Gadgets ({{{{phab|T900012}}}})\n|-\n| 11:00\n|\n| Wikibase (T900007)\n"
    text = f"{head}{rows}| Maps<br>[[User:Bo|Bo]]\n|}}\n"
    wanted = text.replace("| Maps", "| Maps ({{phab|T900002}})")
    tasks = [
        *TASKS,
        *({"task": t, "title": t, "acknowledged": True} for t in ("T900007", "T900011", "T900012")),
    ]
    seen = snapshot(accounts=["Ada", "Bo"], proposals=proposals_from(tasks, "test"))
    assert tidy(text, "Page", SCHEDULE, seen).text == wanted
    later = replace(
        seen, written_before={("Page", line): n for line, n in lines_written(text, wanted).items()}
    )
    assert tidy(wanted, "Page", SCHEDULE, later).text == wanted


@pytest.mark.parametrize(
    ("first", "second", "wishes"),
    [
        ("* [[User:Ada|Ada]] (withdrawn)", "* [[User:Ada|Ada]]", 0),  # signed up again
        ("* [[User:Ada|Ada]]", "* [[User:Ada|Ada]] (withdrawn)", 1),
        ("* [[User:Ada|Ada]] (Friday)", "* [[User:Ada|Ada]] (Saturday)", 1),
    ],
)
def test_who_signs_up_again_after_withdrawing_is_no_duplicate(first: str, second: str, wishes: int) -> None:
    text = f"; Chat\n{first}\n* [[User:Bo|Bo]]\n{second}\n"
    assert len(asked("signup-duplicates", text)) == wishes
