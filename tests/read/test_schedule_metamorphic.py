"""Example pages written otherwise: what a reader of the wiki does not see, the reading does not change."""

import re
from collections.abc import Callable

import pytest

from callboard.model import Schedule
from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import EVENTS, event_of, page, session_line, slot_line

_CELL_LINE = re.compile(r"^[|!](?![-}+{|!]).*$", re.MULTILINE)
_CLOCK = re.compile(
    r"^([|!] ?)(\d{1,2}[:.]\d\d(?: ?[–-] ?\d{1,2}[:.]\d\d)?(?: UTC| Uhr)?)[ \t]*$", re.MULTILINE
)


def _one_a_line(text: str) -> str:
    def split(found: re.Match[str]) -> str:
        mark = found[0][0]
        gaps = r"\|\||!!" if mark == "!" else r"\|\|"
        return re.sub(rf"[ \t]*(?:{gaps})(?=([^\n]*))", f"\n{mark}", found[0])

    return _CELL_LINE.sub(split, text)


def _attributed(text: str) -> str:
    return re.sub(r"(?m)^([|!]) ?(?![-}+{|!])(?=[^|\n]*$)", r'\1 style="text-align:left;" | ', text)


def _columns_turned(text: str) -> str:
    """The cells of each row with || or !! in the other order."""

    def turn(found: re.Match[str]) -> str:
        line = found[0]
        if "||" not in line and "!!" not in line:
            return line
        cells = re.split(r"\|\||!!", line[1:])
        return line[0] + ("!!" if line[0] == "!" else "||").join(f" {cell.strip()} " for cell in cells[::-1])

    return _CELL_LINE.sub(turn, text)


def _sub(pattern: str, into: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, into, text, flags=re.MULTILINE)


CHANGES: dict[str, Callable[[str], str]] = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "br": _sub(r"<br ?/?>", "<br>"),
    "br with blank and slash": _sub(r"<br ?/?>", "<br />"),
    "br in capitals": _sub(r"<br ?/?>", "<BR/>"),
    "blanks round br": _sub(r"[ \t]*<br ?/?>[ \t]*(?=\S)", "  <br>  "),
    "blanks at line ends": _sub(r"(?<=[^\n=])$", "  "),
    "blank lines before rows": _sub(r"^\|-", "\n|-"),
    "blank lines after rows": _sub(r"^(\|-.*)$", r"\1\n"),
    "attributes of rows": _sub(r"^\|-[ \t]*$", '|- valign="top"'),
    "long rules": _sub(r"^\|-(?!-)", "|-----"),
    "classes of tables": _sub(r'class="wikitable', 'id="x" class="wikitable mw-collapsible plainlinks'),
    "comments behind headings": _sub(r"^(==+.*==+)[ \t]*$", r"\1 <!-- keep -->"),
    "translated headings": _sub(
        r"^(==+) *(?!.*translate)(.*?) *(==+)[ \t]*$", r"\1 <translate><!--T:9--> \2</translate> \3"
    ),
    "comments in rows": _sub(r"^(\|-.*)$", r"\1 <!-- next -->"),
    "comments behind cells": _sub(r"^(\|(?![-}+{|]).*\S.*\w)$", r"\1<!-- x -->"),
    "bold times": lambda text: _CLOCK.sub(r"\1'''\2'''", text),
    "times in small caps": lambda text: _CLOCK.sub(
        r'\1<span style="font-variant:small-caps">\2</span>', text
    ),
    "cells one a line": _one_a_line,
    "cells with attributes": _attributed,
    "user links without label": _sub(r"\[\[(User:[^|\]/\n]+)\|[^|\]\n]*\]\]", r"[[\1]]"),
    "user links with blanks": _sub(r"\[\[User:([^|\]]+)\|", r"[[ user: \1 |"),
}
_LISTS = {"05", "06", "31", "32", "33", "34", "62", "63", "64"}
_TABLES = [number for number in EVENTS if number not in _LISTS and number < "90"]
_ROWS = ["76"]


def _seen(schedule: Schedule) -> tuple[list[str], list[str], list[str]]:
    """What a reading says, without lines and sources."""
    return (
        sorted(session_line(session).split(" | ", 1)[1] for session in schedule.sessions),
        sorted(slot_line(slot).split(" | ", 1)[1].rsplit(" | ", 1)[0] for slot in schedule.free_slots),
        sorted(problem.code for problem in schedule.problems),
    )


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", _TABLES)
def test_what_no_reader_sees_changes_no_reading(number: str, change: str) -> None:
    facts = event_of(number)
    before = _seen(read_schedule(page(number), facts, "Schedule"))
    assert _seen(read_schedule(CHANGES[change](page(number)), facts, "Schedule")) == before


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_one_of_some_page(change: str) -> None:
    assert [number for number in _TABLES if CHANGES[change](page(number)) != page(number)] != []


@pytest.mark.parametrize("number", _ROWS)
def test_columns_in_another_order_say_the_same(number: str) -> None:
    facts = event_of(number)
    turned = _columns_turned(page(number))
    assert turned != page(number)
    assert _seen(read_schedule(turned, facts, "Schedule")) == _seen(
        read_schedule(page(number), facts, "Schedule")
    )
