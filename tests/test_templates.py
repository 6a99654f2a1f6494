"""The templates that are published: each is used, gets what it asks for, and asks for what it gets."""

import re
from pathlib import Path

import pytest

from callboard.config import load_event
from callboard.notices import kinds
from callboard.notices.message import topic
from callboard.publishing import published_titles
from callboard.read.schedule import read_schedule
from callboard.read.session_templates import known_templates
from callboard.rules import RULES
from tests.notices.event import DAY, HOUR, START, due, event, person, schedule, session, slot, snapshot
from tests.notices.test_message import examples

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "templates_wikitext"
NOTICES = sorted((FOLDER / "notices").glob("*.wikitext"))
EVERY = sorted(FOLDER.rglob("*.wikitext"))
# What a kind gives although its template, as it stands, does not show it: organisers may want it.
OFFERED = {
    "acknowledged": set[str](),
    "acknowledgement_withdrawn": {"team"},
    "after_session": {"schedule", "team"},
    "attention": {"schedule", "team", "title"},
    "cancelled": {"schedule"},
    "changed": {"end", "schedule", "team"},
    "conflict": {"schedule"},
    "facilitator_needed": {"team"},
    "helpers_meeting": {"schedule"},
    "hours_unclear": {"schedule", "team"},
    "moved": {"end", "schedule"},
    "not_scheduled": set[str](),
    "proposal_incomplete": {"schedule"},
    "scheduled": {"end", "schedule", "team"},
    "shift_cancelled": {"schedule"},
    "shift_changed": {"schedule"},
    "shift_starts_soon": {"schedule"},
    "starts_soon": {"team"},
    "thanks": {"schedule", "title"},
}


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def documentation(text: str) -> str:
    return "".join(re.findall(r"<noinclude>(.*?)</noinclude>", text, re.DOTALL))


def test_every_kind_has_a_template_and_every_template_a_kind() -> None:
    assert [path.stem for path in NOTICES] == sorted(kinds())


def test_every_template_is_published() -> None:
    of = event()
    titles = dict(published_titles(of, FOLDER))
    assert sorted(titles.values()) == sorted(path.read_text("utf-8") for path in EVERY)
    assert set(titles) == {
        *(f"Template:Callboard/notices/{kind}" for kind in kinds()),
        "Template:Callboard/session",
        "Template:Callboard/session/shown",
        "User:Callboard/About",
    }


def test_templates_of_sessions_call_each_other_where_the_event_has_them() -> None:
    of = event()
    elsewhere = of.model_copy(update={"pages": of.pages.model_copy(update={"templates": "User:Ada/Board"})})
    titles = dict(published_titles(elsewhere, FOLDER))
    assert "{{User:Ada/Board/session/shown|x=|" in titles["User:Ada/Board/session"]
    assert "[[User:Ada/Board/session]]" in titles["User:Ada/Board/session/shown"]
    assert [title for title, text in titles.items() if "{{Callboard/" in text] == []


def test_template_of_sessions_takes_what_the_reader_knows_and_says_so() -> None:
    text = (FOLDER / "schedule/session.wikitext").read_text("utf-8")
    known = known_templates(event())["Callboard/session"]
    roles = known.model_dump(exclude={"name", "aliases", "opens", "closes"})
    names = sorted(name for parameters in roles.values() for name in parameters)
    shown = re.sub(r"<noinclude>.*</noinclude>", "", text, flags=re.DOTALL)
    listed = re.search(r"Parameters: (.*)\.", documentation(text))
    assert listed is not None
    assert listed[1].split(", ") == names == sorted(set(re.findall(r"\{\{\{(\w+)\|\}\}\}", shown)))
    assert [
        (session.title, session.room) for session in read_schedule(documentation(text), event()).sessions
    ] == [("Meet your mentor", "Hall")]


@pytest.mark.parametrize("path", NOTICES, ids=name)
def test_template_begins_with_a_heading(path: Path) -> None:
    assert re.match(r"== [^=\n].* ==\n(?!\n)", path.read_text("utf-8"))


@pytest.mark.parametrize("path", NOTICES, ids=name)
def test_template_uses_exactly_the_parameters_of_its_kind(path: Path) -> None:
    given = set(kinds()[path.stem].parameters)
    used = set(re.findall(r"\{\{\{\s*(\w+)\s*(?:\|[^{}]*)?\}\}\}", path.read_text("utf-8")))
    assert used == given - OFFERED[path.stem]
    assert given >= OFFERED[path.stem]


@pytest.mark.parametrize("path", NOTICES, ids=name)
def test_template_says_on_its_page_what_it_is_and_gets(path: Path) -> None:
    said = documentation(path.read_text("utf-8"))
    assert "Posted once to " in said
    listed = re.search(r"Parameters: (.*)\.", said)
    assert listed is not None
    words = [re.sub(r" \(.*\)", "", word) for word in listed[1].split(", ")]
    assert words == sorted(kinds()[path.stem].parameters)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_kind_supplies_every_parameter_that_it_declares(kind: str) -> None:
    looks = [
        due(snapshot(START - 2 * DAY), (schedule(slots=[slot(START)]),)),
        due(snapshot(START - HOUR), (schedule(session(facilitators=[person("Grace")])),)),
    ]
    every = [*(notice for found in looks for notice in found.now), *examples().values()]
    made = [notice for notice in every if notice.kind == kind]
    assert made
    for notice in made:
        assert set(notice.values) == set(kinds()[kind].parameters)
        assert [name for name, value in notice.values.items() if not value] == []
        text = (FOLDER / f"notices/{kind}.wikitext").read_text("utf-8")
        assert "{{{" not in topic(notice, event(), "Template:T", text).heading


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_template_needs_no_parser_function(path: Path) -> None:
    # A substituted "{{#if:" would stay on the talk page as it is; a wiki may lack the extension.
    assert "{{#" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_template_ends_with_a_line_end_and_no_more(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text == text.rstrip() + "\n"
    assert "\r" not in text


def test_page_about_the_bot_names_every_rule_and_every_way_to_stop_it() -> None:
    text = (FOLDER / "pages/about.wikitext").read_text("utf-8")
    assert [rule for rule in sorted(RULES) if rule not in text] == []
    for way in ("{{nobots}}", "{{bots|optout=callboard}}", "{{bots|deny=Callboard}}", "off switch"):
        assert way in text


@pytest.mark.parametrize("path", sorted((ROOT / "events").glob("*.toml")), ids=lambda path: path.stem)
def test_event_files_ask_for_kinds_and_rules_that_there_are(path: Path) -> None:
    of = load_event(str(path), ROOT / "events")
    assert {rule.kind for rule in of.notice} <= set(kinds())
    assert set(of.rules) <= set(RULES)
