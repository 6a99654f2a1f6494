"""What the opt-out page says: one case a way of writing a line, and every doubt is a no."""

import pytest

from callboard.model import Account, PageText, Severity
from callboard.opting_out import OptedOut, opted_out

KINDS = ("changed", "moved", "starts_soon")
PAGE = "Event/No notices"
ALL = frozenset[str]()
KNOWN = "kinds are changed, moved, starts_soon"


def read(text: str) -> OptedOut:
    return opted_out(PageText(PAGE, 7, text), KINDS)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Write your name below.", {}),
        ("* [[Event]] [[Help:Notices|notices]] {{documentation}}", {}),
        ("<!-- * [[User:Ada]] -->", {}),
        ("<!-- one line each:\n* [[User:Ada]]\n-->", {}),
        ("Write <code><nowiki>* [[User:Ada]]: moved</nowiki></code> here.", {}),
        ("<pre>\n* [[User:Ada]]\n</pre>", {}),
        # none at all
        ("* [[User:Ada]]", {"Ada": ALL}),
        ("# [[user:ada_b|Ada]]", {"Ada b": ALL}),
        ("* {{user|Ada}}", {"Ada": ALL}),
        ("* {{u|1=Ada}}", {"Ada": ALL}),
        ("* {{ping|Ada|Bo}}", {"Ada": ALL, "Bo": ALL}),
        ("* [[User talk:Ada]]", {"Ada": ALL}),
        ("* [[User talk:Ada|Ada's page]]", {"Ada": ALL}),
        ("* [[User:Ada/Notices]]", {"Ada": ALL}),
        ("* [[:de:Benutzerin Diskussion:Ada]]", {"Ada": ALL}),
        ("* [[:m:User:Ada]]", {"Ada": ALL}),
        ("* [[Special:Contributions/Ada]]", {"Ada": ALL}),
        ("* Ada Organiser", {"Ada Organiser": ALL}),
        ("* User:Ada Organiser", {"Ada Organiser": ALL}),
        ("user: ada_b", {"Ada b": ALL}),
        ("* User talk:Ada", {"Ada": ALL}),
        ("# Benutzerin:Ada: moved", {"Ada": {"moved"}}),
        ("* Usuário(a):Ada: moved", {"Ada": {"moved"}}),
        ("* [[Usuário(a) Discussão:Ada]]", {"Ada": ALL}),
        ("* [[Razgovor s korisnikom:Ada]]", {"Ada": ALL}),
        ("[[User:Ada]]", {"Ada": ALL}),
        ("| [[User:Ada]]", {"Ada": ALL}),
        ("{{Collapse|\n* [[User:Ada]]\n}}", {"Ada": ALL}),
        ("* [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 22 May 2021 (UTC)", {"Ada": ALL}),
        ('* [[User:Ada|<span style="color:red">Ada</span>]]&nbsp;([[User talk:Ada|talk]] · [[Special:Contributions/Ada|c]]) 9:05, 1 May 2021 (UTC)', {"Ada": ALL}),
        ("* [[User:Ada]]: all", {"Ada": ALL}),
        ("* [[User:Ada]] – no notices!", {"Ada": ALL}),
        # some kinds
        ("* [[User:Ada]]: starts_soon, moved", {"Ada": {"starts_soon", "moved"}}),
        ("* {{user|Ada}}: Starts soon and moved.", {"Ada": {"starts_soon", "moved"}}),
        ("* [[User:Ada]] (starts-soon; moved)", {"Ada": {"starts_soon", "moved"}}),
        ("* [[User:Ada]] - moved changed", {"Ada": {"moved", "changed"}}),
        ("* moved: [[User:Ada]], [[User:Bo]]", {"Ada": {"moved"}, "Bo": {"moved"}}),
        ("| [[User:Ada]] || moved", {"Ada": {"moved"}}),
        ("* Ada: moved", {"Ada": {"moved"}}),
        ("* starts_soon [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 22. Mai 2021 (CEST)", {"Ada": {"starts_soon"}}),
        # two lines of one person
        ("* [[User:Ada]]: moved\n* [[User:Ada]]: changed", {"Ada": {"moved", "changed"}}),
        ("* [[User:Ada]]: moved\n* [[User:Ada]]", {"Ada": ALL}),
        ("* [[User:Ada]]\n* [[User:Ada]]: moved", {"Ada": ALL}),
    ],
)  # fmt: skip
def test_lines(text: str, kinds: dict[str, set[str]]) -> None:
    found = read(text)
    assert {name: set(said) for name, said in found.kinds.items()} == kinds
    assert (found.problems, found.unread) == ((), "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("* [[User:Ada]]: reminders", f"reminders: no kind of notice, so nothing at all is sent to Ada; {KNOWN}"),
        ("* [[User:Ada]]: all but moved", f"all but moved: no kind of notice, so nothing at all is sent to Ada; {KNOWN}"),
        ("* [[User:Ada]]: not moved, changed", f"not moved: no kind of notice, so nothing at all is sent to Ada; {KNOWN}"),
        ("Ask [[User:Ada]] first", f"ask first: no kind of notice, so nothing at all is sent to Ada; {KNOWN}"),
        ("* [[User:Ada]], [[User:Bo]]: soon", f"soon: no kind of notice, so nothing at all is sent to Ada and Bo; {KNOWN}"),
        ("{{Box|[[User:Ada]]}}", f"box: no kind of notice, so nothing at all is sent to Ada; {KNOWN}"),
        ("* <s>[[User:Ada]]</s>", "the line of Ada is struck out: take it off if they want notices again; until then nothing is sent to them"),
        ("* <del>[[User:Ada]]: moved</del>", "the line of Ada is struck out: take it off if they want notices again; until then nothing is sent to them"),
    ],
)  # fmt: skip
def test_doubts_are_a_no_and_a_question(text: str, message: str) -> None:
    found = read(f"Intro\n\n{text}\n")
    problem = found.problems[0]
    assert (problem.code, problem.severity, problem.page, problem.line, problem.text, problem.message) == (
        "opt-out-unclear",
        Severity.NOTE,
        PAGE,
        3,
        text,
        message,
    )
    assert (len(found.problems), found.kinds["Ada"]) == (1, ALL)


@pytest.mark.parametrize(
    ("page", "unread"),
    [
        (PageText(PAGE, 7, "#REDIRECT [[X]]", redirect=True), f"[[{PAGE}]] is a redirect: write its new title into the event file (pages.opt_out), or move it back"),
        (PageText(PAGE, 7, "{}", model="json"), f"[[{PAGE}]] is no wikitext but json: restore it"),
        (PageText(PAGE, 7, " \n"), f"[[{PAGE}]] is empty, so lines may be lost: restore it, or write there what it is for"),
    ],
)  # fmt: skip
def test_page_that_cannot_be_read_holds_everything(page: PageText, unread: str) -> None:
    found = opted_out(page, KINDS)
    why = f"{unread}; until then nobody is sent a notice, as they may have opted out"
    assert (found.unread, [one.message for one in found.problems]) == (why, [why])
    assert found.problems[0].severity is Severity.ERROR


@pytest.mark.parametrize("page", [None, PageText(PAGE, None)])
def test_page_that_is_missing_holds_nobody(page: PageText | None) -> None:
    found = opted_out(page, KINDS)
    assert (dict(found.kinds), found.unread, found.problems, found.why("Ada", "moved")) == ({}, "", (), "")


def test_why_names_the_page_and_the_way_out() -> None:
    found = read("* [[User:Ada]]: moved\n* [[User:bo_b]]")
    assert found.why("Ada", "moved") == (
        f"Ada asks for no notices of the kind moved on [[{PAGE}]]; they can take their line off there"
    )
    assert found.why("Ada", "starts_soon") == ""
    assert (
        found.why("Bo b", "moved")
        == f"Bo b asks for no notices on [[{PAGE}]]; they can take their line off there"
    )
    assert found.why("Cyd", "moved") == ""


def test_a_line_holds_for_the_new_name_of_a_renamed_account() -> None:
    accounts = {
        "Ada": Account("Ada", exists=False, renamed_to="Ada Now"),
        "Ada Now": Account("Ada Now", exists=True),
        "Bo": Account("Bo", exists=True),
        "Cyd": Account("Cyd", exists=False, renamed_to="Bo"),
    }
    found = read("* [[User:Ada]]: moved\n* [[User:Ada Now]]: changed\n* [[User:Cyd]]").following(accounts)
    assert found.kinds == {"Ada": {"moved"}, "Ada Now": {"moved", "changed"}, "Cyd": ALL, "Bo": ALL}
    assert read("* [[User:Ada]]\n* [[User:Bo]]: moved").names == {"Ada", "Bo"}
