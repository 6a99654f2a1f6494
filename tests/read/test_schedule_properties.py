"""What holds for any page: no exception, places that say what was read, work that grows with the text only."""

import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Schedule
from callboard.read.schedule import read_schedule
from callboard.wikitext import headings, masking, tables
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people
from callboard.wikitext.tasks import tasks
from tests.read.schedule_truth import EVENTS, event, event_of, page
from tests.source_lines import line_of

EVENT = event(
    ["2026-05-15", "2026-05-16"], "Europe/Berlin", [{"name": "Main", "open": False}, "Room 1", "Room 2"]
)
CONTENT = st.sampled_from(
    [
        "'''Talk'''", "''free slot''", "TBD", "", " ", "—", "Lunch", "(same)", "[[User:Ada|Ada]]", "{{u|Bo}}", "{{ping|Ada|Bo}}", "Ada Example", "({{phab|T900001}})",
        "[[phab:T900002|[Session] X]]", "[https://phabricator.wikimedia.org/T900003 [Session] Y]", "T900004", "https://phabricator.wikimedia.org/T900005", "<br>",
        "facilitation: (your username)", "'''Facilitation:''' [[User:Cyd]]", "facilitated by", "Host: Bo Example", "<small>", "</small>", "'''", "''", "<s>x</s>",
        "<!-- c -->", "<nowiki>|</nowiki>", "{{", "}}", "[[", "]]", "<translate>", "</translate>", "&nbsp;", "&ndash;", "[https://x.example slides]", "[[File:A.png|b]]",
        "\n", "\n* ", "\n\n", "(", ")", " – ", ":", ",", "💡", "{{Program item|title=x}}", "10:00", "25 min", "{{nowrap|{{phab|T1}}}}", "\r\n", "é", "\U0001f600",
    ]
)  # fmt: skip
TIME = st.sampled_from(
    [
        "10:00",
        "10:30",
        "11:00–12:00",
        "23:30",
        "00:30",
        "18:30 PM",
        "24:00",
        "Open end",
        "TBD",
        "",
        "Friday 10:00",
        "10 am EST",
        "'''09:00 UTC'''<br>25 min",
        "9:30-10:30am",
        "2:30",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        "rowspan=2 | ",
        "colspan=2 | ",
        "rowspan=9 colspan=7 | ",
        'style="background:#eee" | ',
        "x | ",
    ]
)
CELL = st.tuples(ATTRIBUTES, st.lists(CONTENT, max_size=4).map("".join)).map("".join)
ROW = st.tuples(TIME, st.lists(CELL, max_size=4)).map(
    lambda row: "|-\n| " + "\n| ".join([row[0], *row[1]]) + "\n"
)
HEAD = st.sampled_from(
    [
        "! Time !! Room 1 !! Room 2\n", "! Time\n! Main\n! Room 1\n! Time\n", "! Time !! Session !! Room !! Speaker !! Coordinator\n", "! Start !! End !! Title !! Task\n",
        "! Date !! Time (UTC) !! Type !! Session & speakers\n", "! !! Room 1 !! Attic\n", "", "! Friday !! Room 1\n",
    ]
)  # fmt: skip
TABLE = st.tuples(
    st.sampled_from(["{|\n", ":{|\n", '{| class="wikitable"\n|+ Saturday\n', "{{{!}}\n"]),
    HEAD,
    st.lists(st.one_of(ROW, HEAD), max_size=6).map("".join),
    st.sampled_from(["|}\n", "|}\n", "", "{{!}}}\n"]),
).map("".join)
PAGE = st.lists(
    st.one_of(TABLE, CONTENT, st.sampled_from(["\n== Friday, May 15 ==\n", "\n=== Saturday ===\n", "\n== Helpers ==\n", "\nAll times are UTC.\n", "<table>10:00"])),
    max_size=6,
).map("".join)  # fmt: skip


def check(schedule: Schedule) -> None:
    text = schedule.text
    whole = Span(0, len(text))
    for session in schedule.sessions:
        assert session.span in whole
        assert session.span.start <= session.span.end
        assert line_of(text, session.span.start) <= session.line <= line_of(text, session.span.end)
        assert session.title == session.title.strip()
        for ref in session.tasks:
            assert ref in tasks(text, ref.span)
            assert ref.task[1:].lstrip("0") in ref.span.of(text)
        marks = session.facilitation
        for person in (*session.owners, *session.facilitators):
            assert person.name
            if person.form == "bare":
                assert person.name[1:] in " ".join(person.span.of(text).split())
            else:
                assert person in people(text, person.span)
        if marks:
            assert marks.label in marks.span
            assert marks.value in marks.span
            assert marks.span in whole
            assert not (marks.open and marks.people)
        if session.start and session.end:
            assert session.start < session.end
    for slot in schedule.free_slots:
        assert slot.span in whole
        assert slot.text == slot.span.of(text).strip()
        assert slot.start is not None
        assert slot.end is None or slot.start < slot.end
    for problem in schedule.problems:
        assert problem.line is not None
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.text in text
        assert problem.message


@given(PAGE)
def test_any_page_is_read_and_every_place_says_what_was_read(text: str) -> None:
    check(read_schedule(text, EVENT, "Page"))


@pytest.mark.parametrize("number", EVENTS)
def test_example_pages_have_true_places(number: str) -> None:
    check(read_schedule(page(number), event_of(number), "Page"))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    check(read_schedule(text, EVENT))


def calls(action: Callable[[], object]) -> int:
    """How many Python and C functions an action calls, with nothing remembered from before."""
    for module in (masking, tables, headings):
        for cached in vars(module).values():
            if isinstance(cached, _lru_cache_wrapper):
                cached.cache_clear()
    count = 0

    def counted(_frame: Any, kind: str, _argument: Any) -> None:
        nonlocal count
        count += kind in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def check_growth(read: Callable[[str], object], small: str, large: str) -> None:
    """The large page, four times the small one, takes four times the calls and no more."""
    few = calls(lambda: read(small))
    many = calls(lambda: read(large))
    assert many <= 4.6 * few + 500


def _grid(days: int) -> str:
    row = "|-\n| {:02d}:00\n| '''Talk {}''' ({{{{phab|T90{:04d}}}}})<br>[[User:Ada]]<br>facilitation: [[User:Bo]]\n| ''free slot''\n"
    table = (
        "{|\n! Time !! Room 1 !! Room 2\n"
        + "".join(row.format(8 + hour, hour, hour) for hour in range(10))
        + "|}\n"
    )
    return "".join(f"=== Saturday {number} ===\n{table}" for number in range(days))


def _rows(count: int) -> str:
    row = "|-\n| {:02d}:00–{:02d}:25 || '''Talk {}''' || [[User:Ada]] || T90{:04d}\n"
    lines = "".join(row.format(8 + number % 12, 8 + number % 12, number, number) for number in range(count))
    return "== Friday, May 15 ==\n{|\n! Time !! Session !! Speaker !! Task\n" + lines + "|}\n"


@pytest.mark.parametrize(
    "make",
    [
        _grid,
        _rows,
        lambda size: "== Friday ==\n{|\n! Time !! Room 1\n" + "|-\n| 10:00 || a\n" * size,
        lambda size: "== Friday ==\n{|\n! Time !! Room 1\n|-\n| 10:00 || " + "facilitation: [[User:Ada]]<br>" * size,
        lambda size: "== Friday ==\n{|\n! Time !! Room 1\n|-\n| 10:00 || " + "[[User:Ada]] '''x <br>" * size,
        lambda size: "{|\n| a cell that is never closed and never ends\n" * size,
        lambda size: "== Friday ==\n" * size + "{|\n! Time !! Room 1\n|-\n| 10:00 || a\n|}\n" * size,
        lambda size: "{|\n! Time !! Room 1\n" + "|-\n| rowspan=900 | 10:00 || rowspan=900 | a\n" * size + "|}",
        lambda size: "{{a|10:00}} " * size + "\n{{a|10:00}}\n" * size,
        lambda size: "[https://phabricator.wikimedia.org/T1 x" * size + "<nowiki>" * size,
    ],
)  # fmt: skip
def test_work_grows_with_the_page_and_no_faster(make: Callable[[int], str]) -> None:
    check_growth(lambda text: read_schedule(text, EVENT), make(80), make(320))
