"""Which mentions of a task are put into the page's form, and in which round."""

import pytest

from callboard.read.schedule import read_schedule
from callboard.rules import RULES, SCHEDULE
from callboard.snapshot import Snapshot
from callboard.tidy import tidy
from callboard.wikitext.edits import TextEdit
from tests.snapshots import snapshot

_HABIT = "".join(f"|-\n| 1{n}:00 || Maps {n} || {{{{phab|T90001{n}}}}}\n" for n in range(6))


def page(row: str) -> str:
    """A table of six rows with a task in its column, and this one below."""
    return f"== Friday, 21 May 2021 ==\n{{|\n! Time !! Session !! Task\n{_HABIT}|-\n| 18:00 || {row}\n|}}\n"


def wanted(name: str, text: str, seen: Snapshot) -> list[tuple[str, str]]:
    """What a rule replaces on a page, and by what."""
    wishes = RULES[name].wishes(read_schedule(text, seen.event, "Schedule"), seen)
    edits = sorted(wish if isinstance(wish, TextEdit) else wish.edit for wish in wishes)
    return [(text[edit.start : edit.end], edit.new) for edit in edits]


@pytest.mark.parametrize(
    ("row", "goes", "linked"),
    [
        (
            "Bots (https://phabricator.wikimedia.org/T900020) || [[phab:T900020]]",
            [(" (https://phabricator.wikimedia.org/T900020)", "")],
            [
                ("https://phabricator.wikimedia.org/T900020", "{{phab|T900020}}"),
                ("[[phab:T900020]]", "{{phab|T900020}}"),
            ],
        ),
        (
            "Bots ({{phab|T900020}}) || T900020",
            [(" ({{phab|T900020}})", "")],
            [("T900020", "{{phab|T900020}}")],
        ),
        # Two mentions stay where the first has a label or stands in a sentence: then the first is the row's.
        ("[[phab:T900020|Bots]] || [[phab:T900020]]", [], []),
        ("Bots, as T900020 says || [[phab:T900020]]", [], [("T900020", "{{phab|T900020}}")]),
        ("Bots || [[phab:T900020]]", [], [("[[phab:T900020]]", "{{phab|T900020}}")]),
        ("Bots || {{phab|T900020}}", [], []),
    ],
)
def test_a_mention_that_stays_gets_its_form_in_the_round_in_which_the_other_goes(
    row: str, goes: list[tuple[str, str]], linked: list[tuple[str, str]]
) -> None:
    seen = snapshot()
    assert wanted("task-twice-in-row", page(row), seen) == goes
    assert wanted("task-links", page(row), seen) == linked


@pytest.mark.parametrize(
    "row",
    [
        "Bots (https://phabricator.wikimedia.org/T900020) || [[phab:T900020]]",
        "Bots, {{phab|T900020}} || T900020",
        "Bots<br>[[phab:T900020]] || https://phabricator.wikimedia.org/T900020",
    ],
)
def test_such_a_row_names_its_task_once_afterwards(row: str) -> None:
    seen = snapshot()
    once = tidy(page(row), "Schedule", SCHEDULE, seen)
    assert once.text == page("Bots || {{phab|T900020}}")
    assert [edit.rule for edit in once.applied] == ["task-twice-in-row", "task-links"]
    assert tidy(once.text, "Schedule", SCHEDULE, seen).applied == ()
