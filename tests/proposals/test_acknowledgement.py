from dataclasses import replace
from datetime import UTC, datetime

import pytest

from callboard.model import Acknowledgement
from callboard.proposals.acknowledgement import Rule, acknowledgement
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


def test_evidence_names_who_when_and_where() -> None:
    text = "> Please?\n\n**Acknowledged** " + "and welcome " * 20
    yes = acknowledgement(TASK, [said(1, text)], COMMENT)
    quote = ("Acknowledged " + "and welcome " * 20)[:119].rstrip() + "…"
    assert yes == Acknowledgement(
        "Coord-Lena", "lena", datetime.fromtimestamp(1001, UTC), "comment", "x1", quote
    )
