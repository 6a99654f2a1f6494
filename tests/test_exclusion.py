"""Who may write on a page that speaks of bots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.exclusion import ALLOWED, may_edit, may_post, needs_nested

BOT = "Callboard Bot"
ALLOWING = [
    "",
    "Just talk about bots and nobots.",
    "{{bots}}",
    "{{Bots|allow=all}}",
    "{{bots|allow=Callboard Bot}}",
    "{{bots|allow=OtherBot, callboard_bot}}",
    "{{bots|allow=[[User:Callboard Bot|me]]}}",
    "{{bots|allow=}}",
    "{{bots|deny=none}}",
    "{{bots|deny=}}",
    "{{bots|deny=OtherBot}}",
    "{{bots|deny=Callboard Bot 2}}",
    "{{bots|optout=none}}",
    "{{bots|optout=scheduled}}",
    "{{bots|optout=nosource,nolicense}}",
    "{{bots|denyscript=add_text}}",
    "{{bots|unknown=all}}",
    "<!-- {{nobots}} -->",
    "<nowiki>{{nobots}}</nowiki>",
    "<pre>{{nobots}}</pre>",
    "{{robots}}",
    "{{Bots/doc}}",
    "{{tl|nobots}}",
    "{{User:Ada/nobots}}",
    "[[Template:Nobots]]",
]
REFUSING = [
    ("{{nobots}}", "{{nobots}} keeps all bots away"),
    ("{{ Nobots }}", "{{ Nobots }} keeps all bots away"),
    ("{{NoBots|anything}}", "{{NoBots|anything}} keeps all bots away"),
    ("{{Template:Nobots}}", "{{Template:Nobots}} keeps all bots away"),
    ("{{<!-- quiet -->nobots}}", "{{nobots}} keeps all bots away"),
    ("Hello\n== Talk ==\n{{nobots\n}}", "{{nobots }} keeps all bots away"),
    ("'''unclosed {{nobots}}", "{{nobots}} keeps all bots away"),
    ("<div>{{nobots}}", "{{nobots}} keeps all bots away"),
    ("{{bots|deny=all}}", "{{bots|deny=all}} keeps this bot away"),
    (
        "{{bots| deny = OtherBot , callboard_Bot }}",
        "{{bots| deny = OtherBot , callboard_Bot }} keeps this bot away",
    ),
    ("{{bots|deny=A;Callboard Bot}}", "{{bots|deny=A;Callboard Bot}} keeps this bot away"),
    ("{{bots|x|deny=User:Callboard Bot}}", "{{bots|x|deny=User:Callboard Bot}} keeps this bot away"),
    ("{{bots|optout=scheduled|deny=all}}", "{{bots|optout=scheduled|deny=all}} keeps this bot away"),
    ("{{bots|deny=<!-- all -->Callboard Bot}}", "{{bots|deny=Callboard Bot}} keeps this bot away"),
    ("{{bots|allow=OtherBot}}", "{{bots|allow=OtherBot}} allows other bots only"),
    ("{{bots|allow=none}}", "{{bots|allow=none}} allows other bots only"),
    ("{{bots|allow=all|deny=all}}", "{{bots|allow=all|deny=all}} keeps this bot away"),
    ("{{bots}} {{bots|deny=all}}", "{{bots|deny=all}} keeps this bot away"),
    ("{{bots|denyscript=Callboard}}", "{{bots|denyscript=Callboard}} keeps this program away"),
    ("{{bots|deny={{list of bots}}}}", "{{bots|deny={{list of bots}}}} cannot be understood"),
    ("{{#if:x|{{nobots}}}}", "{{nobots}} keeps all bots away"),
]
OPTED_OUT = [
    "all",
    "ALL",
    "starts_soon",
    "Starts soon",
    "starts-soon",
    "x, starts_soon",
    "callboard",
    "callboard-starts_soon",
]


@pytest.mark.parametrize("text", ALLOWING)
def test_post_allowed(text: str) -> None:
    assert may_post(text, BOT, "starts_soon") == ALLOWED
    assert may_edit(text, BOT) == ALLOWED


@pytest.mark.parametrize(("text", "why"), REFUSING)
def test_refused_with_the_reason(text: str, why: str) -> None:
    verdict = may_post(text, BOT, "starts_soon")
    assert (verdict.allowed, verdict.why) == (False, why)
    assert may_edit(text, BOT) == verdict


@pytest.mark.parametrize("said", OPTED_OUT)
def test_optout_stops_messages_not_edits(said: str) -> None:
    text = f"{{{{bots|optout={said}}}}}"
    assert may_post(text, BOT, "starts_soon").why == f"{text} asks for no such messages"
    assert may_edit(text, BOT) == ALLOWED


NESTED = [
    ("{{Quiet please}}", ["Template:Nobots"], {"Template:Quiet please": "<div>Hush</div>{{nobots}}"}, False),
    ("{{Header}}", ["Template:Bots"], {"Template:Header": "{{bots|optout=all}}"}, False),
    ("{{Header}}", ["Template:Bots"], {"Template:Header": "{{bots|optout=other}}"}, True),
    ("{{Header}}", ["Template:Bots"], {"Template:Header": "{{bots|deny={{{1|}}}}}"}, False),
    ("{{Header}}", [], {"Template:Header": "<noinclude>{{nobots}}</noinclude>x"}, True),
    ("{{Header}}", ["Template:Nobots"], {"Template:Header": "<includeonly>{{nobots}}</includeonly>"}, False),
    (
        "{{Header}}",
        ["Template:Nobots"],
        {"Template:Header": "x <onlyinclude>{{nobots}}</onlyinclude>"},
        False,
    ),
    ("{{Header}}", [], {"Template:Header": "{{nobots}} <onlyinclude>x</onlyinclude>"}, True),
    ("{{No robots}}", ["Template:Nobots"], {"Template:No robots": "#REDIRECT [[Template:Nobots]]"}, False),
    ("{{Botsay|deny=Other}}", ["Template:Bots"], {"Template:Botsay": "#redirect [[Template:Bots]]"}, True),
    ("{{Botsay|deny=all}}", ["Template:Bots"], {"Template:Botsay": "#REDIRECT [[Template:Bots]]"}, False),
    ("{{bots|deny=Other}}{{Header}}", ["Template:Bots"], {"Template:Header": "{{bots|optout=all}}"}, False),
    ("{{bots|deny=Other}}", ["Template:Bots"], {"Template:Bots": "{{nobots}} is explained here"}, True),
]


@pytest.mark.parametrize(("text", "transcluded", "nested", "allowed"), NESTED)
def test_statement_inside_another_template(
    text: str, transcluded: list[str], nested: dict[str, str], allowed: bool
) -> None:
    assert may_post(text, BOT, "scheduled", transcluded=transcluded, nested=nested).allowed is allowed


@pytest.mark.parametrize("nested", [None, {}, {"Template:Welcome": "{{#invoke:Bots|say}}"}])
def test_refused_where_the_statement_cannot_be_found(nested: dict[str, str] | None) -> None:
    verdict = may_post("{{Welcome}}", BOT, "scheduled", transcluded=["Template:Nobots"], nested=nested)
    assert verdict.why == "the page has {{nobots}} inside another template, and what it says is not known"


@pytest.mark.parametrize(
    ("text", "transcluded", "needed"),
    [
        ("", [], False),
        ("{{Header}}", [], False),
        ("{{bots|deny=Other}}", ["Template:Bots"], False),
        ("{{bots|deny=Other}} {{Header}}", ["Template:Bots"], True),
        ("{{Header}}", ["Template:Nobots"], True),
        ("{{bots}}", ["Template:Bots", "Template:Nobots"], True),
    ],
)
def test_nested_texts_are_wanted_only_where_they_can_matter(
    text: str, transcluded: list[str], needed: bool
) -> None:
    assert needs_nested(text, transcluded) is needed


@given(st.text(alphabet="{}|= bots<!->nowk/[]\nal,", max_size=60))
def test_a_nobots_after_anything_that_is_closed_refuses(noise: str) -> None:
    assert not may_post(f"{{{{nobots}}}}\n{noise}", BOT, "scheduled").allowed
