"""The engine: levels, rounds, refusals, places in the original, and what holds for every page."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Level, Schedule, SignUps
from callboard.model.tidied import TidiedCell
from callboard.preview import accounts_on
from callboard.rules import SCHEDULE, SIGNUPS, PageKind, Rule, Unsure, Wish, rules_for
from callboard.snapshot import Snapshot
from callboard.taken_back import cells_changed
from callboard.tasks_file import proposals_from
from callboard.tidy import PASSES, Tidied, tidy
from callboard.wikitext.edits import Span, TextEdit, apply_edits, lines_written
from callboard.wikitext.structure import Protected
from tests.snapshots import snapshot

PAGE = """== Friday, May 21 ==
{| class="wikitable"
! Time !! Hacking room 1 !! Hacking room 2
|-
| 10:00
| Bots <!-- keep --> ({{phab|T900001}})<br />[[User:Ada|Ada]]
| Maps<br />[[User:Bo|Bo]]
|}
"""


def replacing(
    old: str, new: str, name: str = "one", level: Level = Level.SAFE, *, unsure: bool = False
) -> Rule:
    """A rule that replaces each `old` by `new`."""

    def wishes(page: Schedule | SignUps, _: Snapshot) -> Iterator[Wish]:
        at = page.text.find(old)
        while at >= 0:
            edit = TextEdit(at, at + len(old), new)
            yield Unsure(edit) if unsure else edit
            at = page.text.find(old, at + len(old))

    return Rule(name, SCHEDULE, level, on_schedule=wishes)


def tidied(
    *rules: Rule, text: str = PAGE, seen: Snapshot | None = None
) -> tuple[str, list[tuple[str, int, str, str]]]:
    result = tidy(text, "Page", SCHEDULE, seen or snapshot(), rules=rules)
    assert result.refused == ()
    return result.text, [(edit.rule, edit.line, edit.old, edit.edit.new) for edit in result.applied]


def test_nothing_to_do_gives_the_page_back() -> None:
    result = tidy(
        PAGE, "Page", SCHEDULE, snapshot(), rules=[replacing("nowhere", "x"), replacing("Bots", "Bots")]
    )
    assert (result.text, result.applied, result.asks, result.shows, result.refused) == (PAGE, (), (), (), ())


def test_safe_edits_are_applied_and_told_with_their_line() -> None:
    assert tidied(replacing("Maps", "Charts")) == (
        PAGE.replace("Maps", "Charts"),
        [("one", 7, "Maps", "Charts")],
    )


@pytest.mark.parametrize(
    ("rule", "event_level", "asks", "shows"),
    [
        (replacing("Maps", "x", level=Level.ASK), None, 1, 0),
        (replacing("Maps", "x", level=Level.SHOW), None, 0, 1),
        (replacing("Maps", "x", level=Level.OFF), None, 0, 0),
        (replacing("Maps", "x"), "ASK", 1, 0),
        (replacing("Maps", "x"), "SHOW", 0, 1),
        (replacing("Maps", "x"), "OFF", 0, 0),
        (replacing("Maps", "x", unsure=True), None, 1, 0),
        (replacing("Maps", "x", unsure=True), "SAFE", 1, 0),
        (replacing("Maps", "x", unsure=True), "SHOW", 0, 1),
    ],
)
def test_what_is_not_safe_is_not_applied(rule: Rule, event_level: str | None, asks: int, shows: int) -> None:
    seen = snapshot(rules={"one": event_level} if event_level else {})
    result = tidy(PAGE, "Page", SCHEDULE, seen, rules=[rule])
    assert (result.text, result.applied) == (PAGE, ())
    assert (len(result.asks), len(result.shows)) == (asks, shows)
    assert {edit.level for edit in result.asks} <= {Level.ASK}


def test_an_event_may_make_a_careful_rule_safe() -> None:
    seen = snapshot(rules={"one": "SAFE"})
    assert tidied(replacing("Maps", "Charts", level=Level.ASK), seen=seen)[0] == PAGE.replace(
        "Maps", "Charts"
    )


SIGNUP_LIST = "; Chat\n:* [[User:Ada|Ada]]\n:*[[User:Bo|Bo]]\n:* [[User:Cyd|Cyd]]\n"


@pytest.mark.parametrize(
    ("page", "written", "shows"),
    [
        # taken back: the line that the bot wrote is gone
        (SIGNUP_LIST, {":* [[User:Bo|Bo]]": 1}, 1),
        # another line would become what stands elsewhere already: nothing was taken back
        (f":* [[User:Bo|Bo]]\n\n{SIGNUP_LIST}", {":* [[User:Bo|Bo]]": 1}, 0),
        # the bot wrote something else
        (SIGNUP_LIST, {":* [[User:Dot|Dot]]": 1}, 0),
    ],
)
def test_an_edit_that_a_person_took_back_in_a_signup_list_is_only_shown(
    page: str, written: dict[str, int], shows: int
) -> None:
    seen = snapshot()
    before = {("Page", line): times for line, times in written.items()}
    known = Snapshot(seen.event, seen.now, written_before=before)
    result = tidy(page, "Page", SIGNUPS, known)
    assert (result.text == page, len(result.shows)) == (shows == 1, shows)


def test_a_rule_that_would_harm_the_page_is_left_out_and_named() -> None:
    text = PAGE.replace("<br />[[User:Bo|Bo]]", "")
    rules = [replacing("Maps", "Charts\n| one more", "a"), replacing("Bots", "Robots", "b")]
    result = tidy(text, "Page", SCHEDULE, snapshot(), rules=rules)
    assert result.text == text.replace("Bots", "Robots")
    assert [(problem.code, "(rules: a)" in problem.message) for problem in result.refused] == [
        ("tidy-refused", True)
    ]


def test_rules_that_harm_the_page_only_together_leave_it_as_it_was() -> None:
    text = PAGE.replace("<br />[[User:Bo|Bo]]", "")
    rules = [replacing("Maps", "Charts\n|", "a"), replacing("Bots", "Maps", "b")]
    result = tidy(text, "Page", SCHEDULE, snapshot(), rules=rules)
    assert result.text in {text, text.replace("Bots", "Maps")}
    assert [problem.code for problem in result.refused] == ["tidy-refused"]


@pytest.mark.parametrize(
    ("proposals", "edits"),
    [
        (None, 2),  # the board was not read: nothing can be said of tasks
        ({"T900001": True}, 2),
        ({"T900001": False}, 1),
        ({}, 1),  # a task that is not on the board
    ],
)
def test_a_session_without_a_yes_is_left_alone(proposals: dict[str, bool] | None, edits: int) -> None:
    told = (
        None
        if proposals is None
        else [{"task": t, "title": "Bots", "acknowledged": yes} for t, yes in proposals.items()]
    )
    board = None if told is None else proposals_from(told, "test")
    _, made = tidied(replacing("User:", "user:"), seen=snapshot(proposals=board))
    assert len(made) == edits


def test_comments_are_never_edited() -> None:
    assert tidied(replacing("keep", "drop"), replacing("<!--", "<!-- x ")) == (PAGE, [])


def test_overlapping_edits_wait_for_the_next_round() -> None:
    rules = [replacing("Maps<br />", "Charts<br />", "a"), replacing("<br />[[User:Bo|Bo]]", "<br />Bo", "b")]
    assert tidied(*rules) == (
        PAGE.replace("Maps<br />[[User:Bo|Bo]]", "Charts<br />Bo"),
        [("a", 7, "Maps<br />", "Charts<br />"), ("b", 7, "<br />[[User:Bo|Bo]]", "<br />Bo")],
    )


def test_the_order_of_the_rules_does_not_matter() -> None:
    rules = [
        replacing("Maps", "Charts and bots", "a"),
        replacing("and bots", "+ robots", "b"),
        replacing("s<br />", "s<br/>", "c"),
        replacing("Bots", "Maps", "d"),
    ]
    results = [tidied(*order, text=PAGE) for order in permutations(rules)]
    assert all(result == results[0] for result in results)
    assert results[0][0] != PAGE


def test_places_of_later_rounds_are_those_of_the_original() -> None:
    shifted = Rule(
        "shift", SCHEDULE, Level.SAFE, on_schedule=lambda page, _: _once(page, "Bots", "Bots\n\nand more")
    )
    later = Rule(
        "later",
        SCHEDULE,
        Level.SAFE,
        on_schedule=lambda page, _: _once(page, "Maps", "Charts") if "more" in page.text else iter(()),
    )
    result = tidy(PAGE, "Page", SCHEDULE, snapshot(), rules=[shifted, later])
    assert result.refused == ()
    assert [(edit.rule, edit.line, edit.old) for edit in result.applied] == [
        ("shift", 6, "Bots"),
        ("later", 7, "Maps"),
    ]
    assert [PAGE[edit.edit.start : edit.edit.end] for edit in result.applied] == ["Bots", "Maps"]


def _once(page: Schedule, old: str, new: str) -> Iterator[Wish]:
    at = page.text.find(old)
    if at >= 0 and new not in page.text:
        yield TextEdit(at, at + len(old), new)


def test_rules_that_never_agree_leave_the_page_as_it_was() -> None:
    result = tidy(PAGE, "Page", SCHEDULE, snapshot(), rules=[replacing("Maps", "Maps!")])
    assert (result.text, result.applied, result.asks) == (PAGE, (), ())
    (problem,) = result.refused
    assert (problem.code, problem.line, problem.text) == ("tidy-unstable", 7, "Maps")
    assert problem.message == (
        f"not tidied, the page stays as it is: after {PASSES} rounds the rules still want edits (rules: one);"
        " please look at the line by hand"
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Maps", "Charts\n| one more", "the row at line 5 would have 4 cells instead of 3"),
        ("Maps", "Charts\n|-\n| 11:00", "the table at line 2 would have 3 rows instead of 2"),
        ("Maps", "Charts <!-- x -->", "comments would change: <!-- x -->"),
        ("Hacking room 2", "Hacking room 1", "the page would be read differently afterwards"),
        ("Maps", "", "the page would be read differently afterwards"),
    ],
)
def test_a_result_that_harms_the_page_is_refused(old: str, new: str, why: str) -> None:
    text = PAGE.replace("<br />[[User:Bo|Bo]]", "")
    result = tidy(text, "Page", SCHEDULE, snapshot(), rules=[replacing(old, new)])
    assert (result.text, result.applied) == (text, ())
    (problem,) = result.refused
    assert problem.code == "tidy-refused"
    assert why in problem.message


# What holds for every page, with the real rules.

PAGES = sorted((Path(__file__).parent / "golden").glob("*/*.wiki"))
VIDEO = "https://video.example.org"
TASKS = [
    {"task": "T900001", "title": "Bots", "acknowledged": True, "owners": ["Ada"], "recording": f"{VIDEO}/1"},
    {"task": "T900002", "title": "[Session] Maps", "acknowledged": True, "owners": ["Bo"]},
    {"task": "T900003", "title": "Lua | {{x}}", "acknowledged": True, "owners": ["Cyd"]},
    {"task": "T900004", "title": "Gadgets", "status": "declined"},
    {"task": "T900005", "title": "Talk", "acknowledged": True, "recording": f"{VIDEO}/5?a=b&c"},
    {
        "task": "T900006",
        "title": "Lua",
        "acknowledged": True,
        "status": "resolved",
        "recording": f"{VIDEO}/|]",
    },
]
ACCOUNTS = ("Ada", "Bo", "Cyd", "Testuser Quill", "A=B")


def known(text: str, **parts: Any) -> Snapshot:
    names = {*ACCOUNTS, *accounts_on(text)}
    return snapshot(accounts=names, proposals=proposals_from(TASKS, "test"), **parts)


WHOLE_ROWS = {"row-order", "double-session"}  # move or remove rows with whatever they hold


def remembered_cells(result: Tidied) -> tuple[TidiedCell, ...]:
    """What the bot remembers of a page that it tidied."""
    before, after = result.before, result.reading
    if not isinstance(before, Schedule) or not isinstance(after, Schedule):
        return ()
    return cells_changed(before, after, {edit.rule for edit in result.applied})


def holds(text: str, kind: PageKind, **parts: Any) -> None:
    """Stable, free of order, and untouched outside the edits and inside protected parts."""
    seen = known(text, **parts)
    rules = rules_for(kind)
    result = tidy(text, "Page", kind, seen)
    assert tidy(text, "Page", kind, seen, rules=rules[::-1]) == result
    remembered = {("Page", line): times for line, times in lines_written(text, result.text).items()}
    cells = remembered_cells(result)
    later = replace(seen, written_before=remembered, tidied_before={"Page": cells})
    again = tidy(result.text, "Page", kind, later)
    assert (again.text, again.applied) == (result.text, ())
    if kind is SCHEDULE:
        undone = tidy(text, "Page", kind, later)
        assert (undone.text, undone.applied) == (text, ())
    protected = Protected(text)
    for edit in (*result.applied, *result.asks, *result.shows):
        assert 0 <= edit.edit.start <= edit.edit.end <= len(text)
        whole = edit.level is Level.ASK and edit.rule in WHOLE_ROWS
        span = Span(edit.edit.start, edit.edit.end)
        asked = edit.level is not Level.SAFE and protected.in_translate(span)
        assert whole or asked or not protected.holds(span)
    if all(text[edit.edit.start : edit.edit.end] == edit.old for edit in result.applied):
        disjoint = sorted(edit.edit for edit in result.applied)
        if all(one.end <= two.start and one.start < two.start for one, two in pairwise(disjoint)):
            assert apply_edits(text, disjoint) == result.text
    if not result.applied:
        assert result.text == text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("kind", [SCHEDULE, SIGNUPS])
def test_golden_pages_with_all_rules(path: Path, kind: PageKind) -> None:
    holds(path.read_text(encoding="utf-8"), kind)


NAMES = st.sampled_from(
    [
        "[[User:Ada|Ada]]",
        "[[User:Bo]]",
        "{{u|Cyd}}",
        "Ada",
        "Testuser Quill",
        "Nobody",
        "[[User:Ada|the A]]",
        "A=B",
    ]
)
TASK = st.sampled_from(
    [
        "{{phab|T900001}}",
        "({{phab|T900002}})",
        "[[phab:T900003]]",
        "T900004",
        "https://phabricator.wikimedia.org/T900005",
        "{{tracked|T900006}}",
        "[[phab:T900007|[Session] X]]",
        "",
    ]
)
TITLES = st.sampled_from(
    ["Bots", "'''Maps'''", "[[/Lua|Lua]]", "Gadgets", "<translate><!--T:1--> Lua</translate>", "Talk"]
)
MARKS = st.sampled_from(
    ["", "facilitation: ", "Facilitation : ", "'''facilitation''': ", "Facilitator:", "facilitation:"]
)
FREE = st.sampled_from(
    ["", " ", "''free slot''", "free", "'''Free!'''", "–", "TBD", "(Buffer)", "<!-- keep -->"]
)
BREAKS = st.sampled_from(["<br />", "<br>", ", ", " – ", "\n\n"])


@st.composite
def cells(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        return draw(FREE)
    parts = [
        draw(TITLES),
        draw(TASK),
        draw(NAMES),
        draw(MARKS) + draw(NAMES) + draw(st.sampled_from(["", " and [[User:Bo|Bo]]", ",Ada"])),
    ]
    return draw(BREAKS).join(part for part in parts if part)


@st.composite
def schedules(draw: st.DrawFn) -> str:
    rooms = draw(st.integers(1, 3))
    names = ["Main track", "Hacking room 1", "Hacking room 2"][:rooms]
    lines = ["== Friday, May 21 ==", '{| class="wikitable"', "! Time !! " + " !! ".join(names)]
    inline = draw(st.booleans())
    for hour in range(10, 10 + draw(st.integers(1, 4))):
        row = [draw(cells()) for _ in range(rooms)]
        clocks = [f"{hour}:00", f"{hour}.00", f"{hour}:00 - {hour}:55", f"{hour - 9}:30 am"]
        time = draw(st.sampled_from(clocks))
        lines.append("|-")
        if inline:
            lines.append(f"| {time} || " + " || ".join(cell.replace("\n", " ") for cell in row))
        else:
            lines += [f"| {time}", *(f"| {cell}" for cell in row)]
    end = draw(st.sampled_from(["\n|}\n", "\n|}", "\n", "\r\n|}\r\n"]))
    return "\n".join(lines) + end


@st.composite
def lists(draw: st.DrawFn) -> str:
    lines = ["== Friday, May 21 =="]
    for hour in range(9, 9 + draw(st.integers(1, 6))):
        time = draw(
            st.sampled_from([f"{hour}:00", f"{hour}.00 - {hour}.55", f"{hour:02}:00–{hour:02}:55", f"{hour}"])
        )
        what = draw(cells()).replace("\n", " ")
        lines.append(f"{draw(st.sampled_from(['* ', '*', '** ', '# ']))}{time} {what}")
    return "\n".join(lines) + "\n"


@st.composite
def template_pages(draw: st.DrawFn) -> str:
    lines = ["== Friday, May 21 =="]
    for hour in range(10, 10 + draw(st.integers(1, 5))):
        time = draw(st.sampled_from([f"{hour}:00", f"{hour}.00 - {hour}.55", f"{hour}:00–{hour}:55"]))
        people = draw(st.one_of(NAMES, st.just("")))
        arguments = [
            f"time={time}",
            f"room={draw(st.sampled_from(['Main track', 'Hacking room 1', '']))}",
            f"title={draw(st.one_of(TITLES, st.sampled_from(['', 'TBD'])))}",
            f"owner={draw(NAMES)}",
            f"facilitator={draw(st.sampled_from(['', '(your username)', 'Bo']))}{people}",
            f"task={draw(TASK)}",
        ]
        glue = draw(st.sampled_from(["|", " | ", "\n|", "|\n"]))
        prefix = draw(st.sampled_from(["", "* ", "<!-- "]))
        lines.append(f"{prefix}{{{{Callboard/session{glue}{glue.join(draw(st.permutations(arguments)))}}}}}")
        if prefix == "<!-- ":
            lines.append("-->")
    return "\n".join(lines) + "\n"


@st.composite
def signup_pages(draw: st.DrawFn) -> str:
    lines = ["== Helpers =="]
    for role in ("Chat", "Desk"):
        lines.append(f"; {role}")
        for _ in range(draw(st.integers(0, 6))):
            bullet = draw(st.sampled_from([":* ", ":*", "* ", "# ", ":** ", "*: "]))
            remark = draw(
                st.sampled_from(
                    [
                        "",
                        " (10-12 UTC)",
                        " ([[User talk:Ada|talk]]) 20:15, 2 May 2021 (UTC)",
                        " <!-- x -->",
                        ", Bo",
                    ]
                )
            )
            lines.append(bullet + draw(st.one_of(NAMES, st.just("(your username)"))) + remark)
    return "\n".join(lines) + draw(st.sampled_from(["\n", ""]))


SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "{|",
                "|}",
                "|-",
                "|",
                "||",
                "!",
                "!!",
                "\n",
                "[[",
                "]]",
                "{{",
                "}}",
                "{{{",
                "'''",
                "''",
                "<!--",
                "-->",
                "<nowiki>",
                "</nowiki>",
                "<translate>",
                "</translate>",
                "<br>",
                ":",
                "*",
                ";",
                "#",
                "==",
                "10:00",
                "Time",
                "free",
                "T900001",
                "facilitation:",
                "User:Ada",
                "[[User:Ada]]",
                "{{phab|T1}}",
                "(your~username)",
                "Hacking~room~1",
                "rowspan=2",
            ]
        ).map(lambda piece: piece.replace("~", " ")),
        st.text(max_size=3),
    ),
    max_size=60,
).map("".join)


@given(schedules())
def test_generated_schedules(text: str) -> None:
    holds(text, SCHEDULE)


@given(
    st.one_of(schedules(), lists(), template_pages()),
    st.sampled_from(["09:00–09:55", "9.00 - 9.55", "9:00 am – 9:55 am"]),
)
def test_generated_schedules_with_all_rules_and_words_of_the_event(text: str, times: str) -> None:
    wording = {"times": times, "claim": "([[Event|claim it]])", "free_slot": "''free slot''"}
    holds(text, SCHEDULE, wording=wording, rules={"zonestamp-links": "SAFE"})


@given(signup_pages())
def test_generated_signup_pages(text: str) -> None:
    holds(text, SIGNUPS)


@given(
    st.one_of(SOUP, SOUP.map(lambda soup: PAGE.replace("Maps", soup))), st.sampled_from([SCHEDULE, SIGNUPS])
)
def test_markup_soup(text: str, kind: PageKind) -> None:
    holds(text, kind)
