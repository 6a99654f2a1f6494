from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Acknowledgement
from callboard.proposals.acknowledgement import Rule, acknowledgement, judged
from callboard.proposals.memory import Sign, TaskFacts

TASK = TaskFacts(1, "TASK", "Session", "", "ada", "open", ("proposals",), 100, 200)
COMMENT = Rule(
    {"lena": "Coord-Lena", "tom": "CoordTomas"}, frozenset({"comment"}), columns=frozenset({"approved"})
)
COLUMN = replace(COMMENT, by=frozenset({"column"}))
BOTH = replace(COMMENT, by=frozenset({"comment", "column"}))


def said(number: int, text: str, author: str = "lena", **changes: object) -> Sign:
    sign = Sign(number, f"x{number}", "TASK", author, 1000 + number, "comment", text=text)
    return replace(sign, **changes)  # type: ignore[arg-type]


def moved(number: int, column: str, author: str = "lena") -> Sign:
    return Sign(number, f"x{number}", "TASK", author, 1000 + number, "column", column=column)


def found(task: TaskFacts, signs: list[Sign], rule: Rule) -> str | None:
    yes = acknowledgement(task, signs, rule)
    return yes.transaction if yes else None


IN = replace(TASK, columns=("approved",))


@pytest.mark.parametrize(
    ("task", "signs", "rule", "expected"),
    [
        (TASK, [], BOTH, None),
        (TASK, [said(1, "Acknowledged")], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged")], COLUMN, None),
        (TASK, [said(1, "Not acknowledged yet")], COMMENT, None),
        (TASK, [said(1, "Acknowledged", "stranger")], COMMENT, None),
        (TASK, [said(1, "Acknowledged", task="OTHER")], COMMENT, None),
        (TASK, [said(1, "Acknowledged", seen=False)], COMMENT, None),
        (TASK, [said(1, "")], COMMENT, None),
        (TASK, [said(2, "Acknowledged", "tom"), said(1, "Acknowledged")], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged"), said(2, "acknowledgement withdrawn", "tom")], COMMENT, None),
        (TASK, [said(1, "Acknowledged"), said(2, "acknowledgement withdrawn", "stranger")], COMMENT, "x1"),
        (TASK, [said(1, "Not acknowledged yet"), said(2, "Great, acknowledged now.")], COMMENT, "x2"),
        (TASK, [said(1, "Acknowledged"), said(2, "withdrawing the acknowledgement"), said(3, "Acknowledged")], COMMENT, "x3"),
        # the proposer is a coordinator
        (replace(TASK, author="lena"), [said(1, "Acknowledged")], COMMENT, None),
        (replace(TASK, author="lena"), [said(1, "Acknowledged"), said(2, "Acknowledged", "tom")], COMMENT, "x2"),
        (replace(TASK, author="lena"), [said(1, "Acknowledged", "tom"), said(2, "acknowledgement withdrawn")], COMMENT, None),
        (replace(IN, author="lena"), [moved(1, "approved")], COLUMN, None),
        # columns
        (IN, [moved(1, "approved")], COLUMN, "x1"),
        (IN, [moved(1, "approved")], COMMENT, None),
        (IN, [], COLUMN, None),
        (IN, [moved(1, "approved", "stranger")], COLUMN, None),
        (TASK, [moved(1, "approved")], COLUMN, None),
        (IN, [moved(1, "approved"), moved(2, "information")], COLUMN, None),  # and somebody else moved it back in
        (IN, [moved(1, "approved"), said(2, "acknowledgement withdrawn")], BOTH, None),
        (IN, [said(1, "Acknowledged"), moved(2, "approved")], BOTH, "x1"),
        (IN, [said(1, ""), moved(2, "approved")], BOTH, "x2"),
        # the task itself
        *[(replace(TASK, status=status), [said(1, "Acknowledged")], COMMENT, None)
          for status in ("declined", "duplicate", "invalid", "resolved", "approved")],
        *[(replace(TASK, status=status), [said(1, "Acknowledged")], COMMENT, "x1") for status in ("progress", "stalled")],
        (replace(TASK, seen=False), [said(1, "Acknowledged")], COMMENT, None),
        (replace(TASK, on_project=False), [said(1, "Acknowledged")], COMMENT, None),
    ],
)  # fmt: skip
def test_acknowledgement(task: TaskFacts, signs: list[Sign], rule: Rule, expected: str | None) -> None:
    assert found(task, signs, rule) == expected


def tagged(number: int, *, author: str = "lena", added: bool = True, tag: str = "yes") -> Sign:
    return Sign(number, f"x{number}", "TASK", author, 1000 + number, "tag", value=tag, added=added)


def became(number: int, status: str, author: str = "lena") -> Sign:
    return Sign(number, f"x{number}", "TASK", author, 1000 + number, "status", value=status)


TAG = replace(COMMENT, by=frozenset({"tag"}), tags=frozenset({"yes"}))
STATUS = replace(COMMENT, by=frozenset({"status"}), statuses=frozenset({"progress"}))
KEEPING = replace(BOTH, keeping=frozenset({"scheduled"}))
TAGGED = replace(TASK, tags=("board", "yes"))
GOING = replace(TASK, status="progress")
OWN = replace(TASK, author="lena")


@pytest.mark.parametrize(
    ("task", "signs", "rule", "expected"),
    [
        # a card that others move
        (IN, [moved(1, "approved"), moved(2, "information", "ada"), moved(3, "approved", "ada")], COLUMN, None),
        (IN, [moved(1, "approved"), moved(2, "information", "ada"), moved(3, "approved", "tom")], COLUMN, "x3"),
        (IN, [moved(1, "approved", "ada"), moved(2, "approved")], COLUMN, "x2"),
        (replace(IN, author="lena"), [moved(1, "approved"), moved(2, "other"), moved(3, "approved", "tom")], COLUMN, "x3"),
        (IN, [moved(1, "approved"), said(2, "acknowledgement withdrawn"), moved(3, "approved")], COLUMN, "x3"),
        # the bot puts the card of a scheduled session elsewhere
        (replace(TASK, columns=("scheduled",)), [moved(1, "approved"), moved(2, "scheduled", "bot")], KEEPING, "x1"),
        (replace(TASK, columns=("scheduled",)), [moved(1, "approved"), moved(2, "scheduled", "bot")], BOTH, None),
        (replace(TASK, columns=("scheduled",)), [moved(1, "scheduled")], KEEPING, None),
        # tags
        (TAGGED, [tagged(1)], TAG, "x1"),
        (TAGGED, [tagged(1)], COMMENT, None),
        (TAGGED, [tagged(1, tag="board")], TAG, None),
        (TASK, [tagged(1)], TAG, None),
        (TASK, [tagged(1), tagged(2, added=False)], TAG, None),
        (TAGGED, [tagged(1, author="ada")], TAG, None),
        (TAGGED, [tagged(1), tagged(2, author="ada", added=False), tagged(3, author="ada")], TAG, None),
        (TAGGED, [tagged(1), tagged(2, author="ada", added=False), tagged(3, author="tom")], TAG, "x3"),
        (replace(TAGGED, author="lena"), [tagged(1)], TAG, None),
        # statuses
        (GOING, [became(1, "progress")], STATUS, "x1"),
        (GOING, [became(1, "progress", "ada")], STATUS, None),
        (TASK, [became(1, "progress"), became(2, "open", "ada")], STATUS, None),
        (GOING, [became(1, "progress"), became(2, "open", "ada"), became(3, "progress", "ada")], STATUS, None),
        (GOING, [became(1, "progress"), became(2, "resolved", "ada"), became(3, "progress", "ada")], STATUS, None),
        (GOING, [became(1, "progress"), became(2, "resolved", "ada"), became(3, "progress", "tom")], STATUS, "x1"),
        (TASK, [said(1, "Acknowledged"), became(2, "declined"), became(3, "open", "ada")], COMMENT, None),
        (TASK, [said(1, "Acknowledged"), became(2, "declined", "ada"), became(3, "open", "ada")], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged"), became(2, "declined"), became(3, "open"), said(4, "Acknowledged", "tom")], COMMENT, "x4"),
        # who wrote the newest version
        (TASK, [said(1, "Acknowledged", editor="lena", edited=1500, earlier=("What is the format?",))], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged", editor="admin", edited=1500, earlier=("What is the format?",))], COMMENT, None),
        (TASK, [said(1, "Acknowledged", editor="tom", edited=1500, earlier=("What is the format?",))], COMMENT, None),
        (TASK, [said(1, "Acknowledged"), said(2, "acknowledgement withdrawn", editor="admin")], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged"), said(2, "acknowledgement withdrawn", editor="tom")], COMMENT, None),
        # what one comment says of the one before
        (TASK, [said(1, "Acknowledged"), said(2, "Ignore that, wrong task")], COMMENT, None),
        (TASK, [said(1, "Acknowledged"), said(2, "Ignore that, wrong task", "tom")], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged"), said(2, "Room 2?"), said(3, "Ignore that")], COMMENT, "x1"),
        (TASK, [said(1, "Acknowledged"), said(2, "Ignore that", "stranger")], COMMENT, "x1"),
        (TASK, [said(1, "T1 is acknowledged")], COMMENT, "x1"),
        (TASK, [said(1, "T2 is acknowledged")], COMMENT, None),
    ],
)  # fmt: skip
def test_acknowledgement_by_all_signs(
    task: TaskFacts, signs: list[Sign], rule: Rule, expected: str | None
) -> None:
    assert found(task, signs, rule) == expected


@pytest.mark.parametrize(
    ("task", "signs", "rule", "expected"),
    [
        (TASK, [said(1, "Acknowledged")], COMMENT, None),
        (TASK, [said(1, "What is the format?")], COMMENT, None),
        (TASK, [said(1, "Acknowledged"), said(2, "acknowledgement withdrawn", "tom")], COMMENT, ("said", "CoordTomas", 1002, "x1")),
        (TASK, [said(1, "", earlier=("Acknowledged",))], COMMENT, ("removed", "", None, "x1")),
        (TASK, [said(1, "", earlier=("Acknowledged",), edited=1400)], COMMENT, ("removed", "", 1400, "x1")),
        (TASK, [said(1, "Hm", earlier=("Acknowledged",), edited=1400, editor="lena")], COMMENT, ("edited", "Coord-Lena", 1400, "x1")),
        (TASK, [said(1, "Hm", earlier=("Acknowledged",), edited=1400, editor="adm")], COMMENT, ("edited", "hackadmin", 1400, "x1")),
        (TASK, [said(1, "Hm", earlier=("Fine",), edited=1400)], COMMENT, None),
        (OWN, [said(1, "", earlier=("Acknowledged",))], COMMENT, None),
        (TASK, [moved(1, "approved"), moved(2, "other", "ada")], COLUMN, ("moved", "ada-phab", 1002, "x1")),
        (TASK, [moved(1, "approved")], COLUMN, ("moved", "", None, "x1")),
        (IN, [said(1, "", earlier=("Acknowledged",)), moved(2, "approved")], BOTH, None),
        (TASK, [tagged(1), tagged(2, author="ada", added=False)], TAG, ("untagged", "ada-phab", 1002, "x1")),
        (TASK, [tagged(1)], TAG, ("untagged", "", None, "x1")),
        (TASK, [became(1, "progress"), became(2, "open", "tom")], STATUS, ("status", "CoordTomas", 1002, "x1")),
        (TASK, [became(1, "progress")], STATUS, ("status", "", None, "x1")),
        (replace(TASK, status="declined"), [said(1, "Acknowledged"), became(2, "declined")], COMMENT, ("status", "Coord-Lena", 1002, "x1")),
        (TASK, [said(1, "Acknowledged"), said(2, "acknowledgement withdrawn"), said(3, "Acknowledged")], COMMENT, None),
        (replace(TASK, on_project=False, columns=()), [moved(1, "approved")], COLUMN, None),
    ],
)  # fmt: skip
def test_withdrawal_names_who_when_and_how(
    task: TaskFacts, signs: list[Sign], rule: Rule, expected: tuple[str, str, int | None, str] | None
) -> None:
    lost = judged(task, signs, replace(rule, names={"ada": "ada-phab", "adm": "hackadmin"})).withdrawn
    at = int(lost.at.timestamp()) if lost and lost.at else None
    assert (lost and (lost.how, lost.by, at, lost.of.transaction)) == expected


def test_yes_of_a_closed_task_is_remembered() -> None:
    done = judged(replace(TASK, status="resolved"), [said(1, "Acknowledged")], COMMENT)
    assert (done.yes, done.was and done.was.transaction, done.withdrawn) == (None, "x1", None)


def test_yes_by_a_status_outlasts_the_closing_of_the_task() -> None:
    signs = [became(1, "progress"), became(2, "resolved", "ada")]
    done = judged(replace(TASK, status="resolved"), signs, STATUS)
    assert (done.yes, done.was and done.was.transaction, done.withdrawn) == (None, "x1", None)


def test_judged_signs_say_what_each_counts_for_and_why() -> None:
    signs = [
        said(1, "Acknowledged", "ada"),
        said(2, "> acknowledged\n\nAre you sure?"),
        said(3, "Thanks, great idea"),
        said(4, "Acknowledged if you shorten it"),
        moved(5, "approved", "ada"),
        moved(6, "proposals", "ada"),
        moved(7, "approved", "tom"),
        said(8, "Acknowledged", "tom", editor="adm"),
        said(9, "**Acknowledged**, welcome"),
        said(10, "acknowledgement withdrawn"),
    ]
    names = {"approved": "Sessions - approved", "ada": "ada-phab", "adm": "hackadmin"}
    rule = replace(BOTH, names=names)
    assert [(one.by, one.how, one.says, one.verdict, one.why) for one in judged(IN, signs, rule).signs] == [
        ("ada-phab", "comment", "Acknowledged", "nothing", "not by a coordinator"),
        ("Coord-Lena", "comment", "Are you sure?", "nothing", "in a quote, in code or struck out"),
        ("Coord-Lena", "comment", "Acknowledged if you shorten it", "nothing", "under a condition"),
        ("ada-phab", "column", "Sessions - approved", "nothing", "not by a coordinator"),
        ("CoordTomas", "column", "Sessions - approved", "yes", ""),
        ("CoordTomas", "comment", "Acknowledged", "nothing", "rewritten by hackadmin"),
        ("Coord-Lena", "comment", "Acknowledged, welcome", "yes", ""),
        ("Coord-Lena", "comment", "acknowledgement withdrawn", "taken back", ""),
    ]


def test_comment_where_comments_do_not_count_is_said_to_be_nothing() -> None:
    signs = judged(TASK, [said(1, "Acknowledged")], COLUMN).signs
    assert [(one.verdict, one.why) for one in signs] == [("nothing", "comments do not count on this board")]


@given(st.permutations([said(1, "Acknowledged"), moved(2, "approved"), moved(3, "other", "ada"), said(4, "withdrawn?"), moved(5, "approved", "ada"), tagged(6)]))  # fmt: skip
def test_order_in_which_signs_are_given_does_not_matter(signs: list[Sign]) -> None:
    assert judged(IN, signs, BOTH) == judged(IN, sorted(signs, key=lambda sign: sign.id), BOTH)


def test_evidence_names_who_when_and_where() -> None:
    text = "> Please?\n\n**Acknowledged** " + "and welcome " * 20
    yes = acknowledgement(TASK, [said(1, text)], COMMENT)
    quote = ("Acknowledged " + "and welcome " * 20)[:119].rstrip() + "…"
    assert yes == Acknowledgement(
        "Coord-Lena", "lena", datetime.fromtimestamp(1001, UTC), "comment", "x1", quote
    )


def test_sign_of_who_was_a_coordinator_counts_for_nothing_and_says_why() -> None:
    rule = replace(COMMENT, coordinators={"tom": "CoordTomas"}, former=frozenset({"lena"}))
    judgement = judged(TASK, [said(1, "Acknowledged")], rule)
    (sign,) = judgement.signs
    assert (judgement.yes, sign.verdict) == (None, "nothing")
    assert sign.why == "by a coordinator whose account is disabled, or who is not in the team"
