"""Whole messages, and values that would like to be more than text."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import Comment, HTMLEntity, Template, Text

from callboard.model import Notice
from callboard.notices import kinds
from callboard.notices.message import (
    LONGEST_SUMMARY,
    Message,
    Topic,
    keys_in,
    mark,
    marks,
    messages,
    template_title,
    topic,
    with_message,
)
from callboard.wikitext.escape import plain_line
from tests.notices import board_and_problems, helping
from tests.notices.event import (
    DAY,
    HOUR,
    START,
    TEMPLATES,
    due,
    event,
    person,
    proposal,
    schedule,
    session,
    slot,
    snapshot,
)

MESSAGES = Path(__file__).parent / "messages"
TEMPLATE = {path.stem: path.read_text("utf-8") for path in sorted((TEMPLATES / "notices").glob("*.wikitext"))}


def examples() -> dict[str, Notice]:
    """One notice of each kind, as the demo event would post it."""
    row = session(facilitators=[person("Grace")])
    free = [slot(START - 4 * HOUR), slot(START + 3 * HOUR)]
    looks = {
        "acknowledged": due(snapshot(START - 5 * DAY), (schedule(slots=free),)),
        "scheduled": due(snapshot(START - 2 * DAY), (schedule(row),)),
        "starts_soon": due(snapshot(START - HOUR), (schedule(row),)),
    }
    return {
        **{kind: next(n for n in found.now if n.kind == kind) for kind, found in looks.items()},
        **helping.examples(),
        **board_and_problems.examples(),
    }


def message(notice: Notice) -> Message:
    """The notice alone, as it is posted."""
    title = template_title(event(), notice.kind)
    (made,) = messages([topic(notice, event(), title, TEMPLATE[notice.kind])], event())
    return made


def as_read(notice: Notice, made: Message) -> str:
    """The message as the wiki stores it: the template substituted, the signature made."""
    body = re.sub(r"<noinclude>.*?</noinclude>", "", TEMPLATE[notice.kind].rstrip(), flags=re.DOTALL)
    call = mwparserfromhell.parse(made.wikitext).filter_templates()[0]
    for parameter in call.params:
        body = body.replace(f"{{{{{{{parameter.name}}}}}}}", str(parameter.value))
    signed = made.wikitext.replace("~~~~", "[[User:Callboard|Callboard]] ([[User talk:Callboard|talk]]) TIME")
    return signed.replace(str(call), body)


def whole(notice: Notice) -> str:
    """Everything that leaves Callboard for one notice, and what a person then reads."""
    made = message(notice)
    return f"summary: {made.summary}\n\n--- sent ---\n{made.wikitext}\n--- on the talk page ---\n{as_read(notice, made)}"


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_whole_message(kind: str) -> None:
    assert whole(examples()[kind]) == (MESSAGES / f"{kind}.txt").read_text("utf-8")


def test_every_whole_message_is_of_a_kind_that_there_is() -> None:
    assert sorted(path.stem for path in MESSAGES.iterdir()) == sorted(kinds())


# --- hostile values ---

HOSTILE = (
    "", " ", "|", "=", "a=b", "1=x", "|title=Mine", "{{", "}}", "}}}}", "{{{title}}}", "{{subst:Mine}}", "{{nobots}}",
    "[[", "]]", "[[User:Victim]]", "[[Category:Mine]]", "[[File:X.jpg|thumb]]", "[https://spam.example x]",
    "https://spam.example", "mailto:a@b.example", "~~~", "~~~~", "~~~~~", "<nowiki>", "</nowiki>", "<nowiki/>",
    "<!--", "-->", "--->", "<!-- callboard:demo/T1@Eve/scheduled/x -->", "--><!-- callboard:x -->",
    "</noinclude>", "<includeonly>", "<ref>", "<script>alert(1)</script>", "<br>", "&#124;", "&lt;!--", "&amp;",
    "\n", "\n== Heading ==\n", "a\nb", "\r\n* item", "\n|}\n", "* item", "# item", ": item", "; item", "----",
    "== H ==", "'''bold'''", "''", "__NOTOC__", "__TOC__", "!! cell", "|-", "#REDIRECT [[X]]", "{|", "|}",
    "x" * 10_000, "{{" * 5_000, "[[" * 5_000, "~" * 10_000, "<!--" * 2_500,
    "שלום עולם", "\u202eevil\u202c", "\u2066x", "\u200f", "\x00", "\x01\x1f\x7f", "\x85", "\u2028", "\u2029", "\ud800",
    "\ufeff", "\u00a0", "🎉", "*/ [[User:Victim]]", "/* x */", "[callboard:demo/T1@Eve/scheduled/x]", "]", "%2F", "$1", "\\1",
)  # fmt: skip


def notice_with(value: str, kind: str = "scheduled") -> Notice:
    """A notice whose every free text is the same hostile one."""
    values = dict.fromkeys(kinds()[kind].parameters, value)
    name = value.encode("utf-8", "ignore").decode()[:20]  # what becomes a key is short: a title's is cut
    return Notice("demo", kind, name or "x", name, "Ada", START, START, values)


def shown(wikitext: str) -> str:
    """What a reader sees of text in which nothing but entities is special."""
    return re.sub(r"&#?\w+;", lambda entity: html.unescape(entity[0]), wikitext)


def check(value: str, kind: str = "scheduled") -> None:
    """Whatever the value: one call of the template with the very arguments, the mark, the signature; nothing else."""
    notice = notice_with(value, kind)
    made = message(notice)
    assert made.wikitext.count("\n") == 1
    assert made.wikitext.endswith(f" {mark(notice.key)} ~~~~\n")
    assert marks(made.wikitext) == {notice.key}
    call, blank, hidden, rest = mwparserfromhell.parse(made.wikitext).nodes
    assert isinstance(call, Template)
    assert isinstance(hidden, Comment)
    assert isinstance(rest, Text)
    assert (str(blank), str(hidden), str(rest)) == (" ", mark(notice.key), " ~~~~\n")
    assert str(call.name) == f"subst:Template:Callboard/notices/{kind}"
    assert [str(parameter.name) for parameter in call.params] == sorted(kinds()[kind].parameters)
    for parameter in call.params:
        assert parameter.showkey
        assert {type(node) for node in parameter.value.nodes} <= {Text, HTMLEntity}
        assert shown(str(parameter.value)) == plain_line(value).strip()
    # the summary: on one line, the heading in MediaWiki's own marks, the key whole and ours
    assert "\n" not in made.summary
    assert keys_in(made.summary) == (notice.key,)
    assert made.summary.count("*/") == 1
    outside = re.sub(r"/\*.*?\*/", "", made.summary, count=1)
    about = " ([[User:Callboard/About|why?]])"
    assert outside == f" [callboard:{notice.key}] {kind.replace('_', ' ')}{about}"


@pytest.mark.parametrize("value", [v for v in HOSTILE if len(v) < 200])
def test_hostile_value_stays_text(value: str) -> None:
    for kind in kinds():
        check(value, kind)


@pytest.mark.parametrize("value", [v for v in HOSTILE if len(v) >= 200], ids=lambda v: f"{v[:4]} × {len(v)}")
def test_long_hostile_value_stays_text(value: str) -> None:
    check(value)


@given(
    st.lists(st.sampled_from([v for v in HOSTILE if len(v) < 200]) | st.text(max_size=3), max_size=8).map(
        "".join
    ),
    st.sampled_from(sorted(kinds())),
)
def test_any_mixture_of_hostile_values_stays_text(value: str, kind: str) -> None:
    check(value, kind)


# --- keys ---


@given(*[st.text(min_size=1, max_size=12)] * 4)
def test_key_is_found_again_in_mark_and_summary(
    subject: str, occasion: str, recipient: str, title: str
) -> None:
    values = {**dict.fromkeys(kinds()["starts_soon"].parameters, ""), "title": title}
    notice = Notice("demo", "starts_soon", subject, occasion, recipient, START, START, values)
    made = message(notice)
    assert marks(made.wikitext) == {notice.key}
    assert keys_in(made.summary) == (notice.key,)
    assert notice.key.count("/") == 3
    assert "--" not in notice.key


@given(st.text(max_size=8), st.text(max_size=8))
def test_keys_differ_where_subjects_do(one: str, other: str) -> None:
    keys = {Notice("demo", "k", subject, "o", "Ada", START, START).key for subject in (one, other)}
    assert len(keys) == len({one, other})


def test_summary_of_a_long_title_and_a_long_key_keeps_the_key() -> None:
    values = {**dict.fromkeys(kinds()["starts_soon"].parameters, ""), "title": "Long title " * 30}
    recipient = "Ж" * 85  # as long as a name may be
    notice = Notice(
        "demo-event-2021", "starts_soon", "s" * 60, "2021 " + "r" * 200, recipient, START, START, values
    )
    made = message(notice)
    assert len(made.summary) <= LONGEST_SUMMARY
    assert keys_in(made.summary[:LONGEST_SUMMARY]) == (notice.key,)


def test_key_too_long_for_a_summary_is_refused() -> None:
    # A cut key would not be found among the bot's own edits, and the notice would be posted again.
    notice = Notice("demo", "scheduled", "T1", "x", "★" * 85, START, START, {})
    with pytest.raises(
        ValueError, match=r"^the notice's key has \d+ characters: too long for an edit summary$"
    ):
        message(notice)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("<!-- something else -->", set()),
        ("<!-- callboard:a/b/c/d -->", {"a/b/c/d"}),
        ("x <!-- callboard:a --> y <!-- callboard:b -->\n<!-- callboard:a -->", {"a", "b"}),
        ("<!-- callboard:a\nb -->", set()),
    ],
)
def test_marks(text: str, expected: set[str]) -> None:
    assert marks(text) == expected


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("", ()),
        ("tidied the schedule", ()),
        ("/* X */ [callboard:a/b/c/d] scheduled", ("a/b/c/d",)),
        ("/* X */ [callboard:a/b/c/d] [callboard:e/f/g/h] scheduled, moved", ("a/b/c/d", "e/f/g/h")),
        ("/* [callboard:forged] */ [callboard:ours] scheduled", ("ours",)),
        ("/* X */ [callboard:ours] scheduled [callboard:forged]", ("ours",)),
        ("/* X */ [callboard:ours] */ [callboard:forged]", ("ours",)),
        ("/* X */ scheduled [callboard:forged]", ()),
        ("[callboard:forged] scheduled", ()),
        ("Bot: tidied /* X */ [callboard:forged]", ()),
        ("/* X */ [callboard:cut of", ()),
        ("/* X */ [callboard:ours] [callboard:cut of", ("ours",)),
    ],
)
def test_keys_in(summary: str, expected: tuple[str, ...]) -> None:
    assert keys_in(summary) == expected


# --- on the page ---


@pytest.mark.parametrize(
    ("talk", "before"),
    [
        ("", ""),
        ("  \n\n", ""),
        ("== Hello ==\nHi. ~~~~", "== Hello ==\nHi. ~~~~\n\n"),
        ("== Hello ==\nHi.\n\n\n\n", "== Hello ==\nHi.\n\n"),
        ("<!-- a page that says nothing -->", "<!-- a page that says nothing -->\n\n"),
    ],
)
def test_message_is_the_last_topic(talk: str, before: str) -> None:
    made = Message((Topic(notice_with("x"), "H", "{{subst:x}} <!-- callboard:k --> ~~~~\n"),), "s")
    assert with_message(talk, made) == before + made.wikitext


@pytest.mark.parametrize("template", ["", "No heading", "<!-- x -->== H ==\n", "=== H\n"])
def test_template_without_heading_is_refused(template: str) -> None:
    with pytest.raises(
        ValueError, match=r"^Template:Callboard/notices/scheduled must begin with a line like"
    ):
        topic(notice_with("x"), event(), template_title(event(), "scheduled"), template)


def test_acknowledged_example_rests_on_the_proposal() -> None:
    assert examples()["acknowledged"].values["task"] == proposal().task
    assert examples()["acknowledged"].due == datetime(2021, 5, 10, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(("length", "edits"), [(5, [4]), (85, [3, 1]), (120, [2, 2]), (200, [1, 1, 1, 1])])
def test_topics_share_an_edit_as_long_as_their_keys_fit_into_its_summary(
    length: int, edits: list[int]
) -> None:
    notices = [replace(notice_with("x"), subject=f"{n}{'s' * length}", occasion="o") for n in range(4)]
    topics = [topic(one, event(), template_title(event(), one.kind), TEMPLATE[one.kind]) for one in notices]
    made = messages(topics, event())
    assert [len(one.topics) for one in made] == edits
    assert [key for one in made for key in keys_in(one.summary)] == [one.key for one in notices]
    assert [one.key for one in notices if one.key not in marks("".join(part.wikitext for part in made))] == []
    assert max(len(one.summary) for one in made) <= LONGEST_SUMMARY


@pytest.mark.parametrize("value", [v for v in HOSTILE if len(v) < 200])
def test_hostile_values_of_a_digest_forge_no_key(value: str) -> None:
    notices = [replace(notice_with(value), subject=f"T{n}", occasion="o") for n in range(3)]
    topics = [topic(one, event(), template_title(event(), one.kind), TEMPLATE[one.kind]) for one in notices]
    (made,) = messages(topics, event())
    assert keys_in(made.summary) == tuple(one.key for one in notices)
    assert marks(made.wikitext) == set(keys_in(made.summary))
