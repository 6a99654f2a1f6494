"""What the wiki's answers mean, and when the bot's set-up is refused."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callboard import wiki_accounts
from callboard import wiki_answers as answers
from callboard import wiki_questions as questions
from callboard.errors import ConfigError, Stopped, WikiAway, WikiRefused
from callboard.model import Contribution, PageText
from callboard.ports import Conflict, Outcome, Refused, Saved, Unchanged, Unknown

NOON = datetime(2021, 5, 22, 12, tzinfo=UTC)
STAMP = "2021-05-22T12:00:00Z"
SUCCESS = {"result": "Success", "oldrevid": 7, "newrevid": 8, "newtimestamp": STAMP}


@pytest.mark.parametrize(
    ("answer", "base", "outcome"),
    [
        ({"edit": SUCCESS}, 7, Saved(8, NOON)),
        ({"edit": SUCCESS}, 6, Saved(8, NOON, merged=True)),
        ({"edit": {**SUCCESS, "oldrevid": 0, "new": True}}, None, Saved(8, NOON)),
        ({"edit": {"result": "Success", "nochange": True}}, 7, Unchanged()),
        ({"edit": {"result": "Success", "nochange": ""}}, 7, Unchanged()),
        ({"edit": {"result": "Failure", "code": "abusefilter-warning", "info": "Sure?"}}, 7, Refused("abusefilter-warning", "Sure?")),
        ({"edit": {"result": "Success"}}, 7, Unknown("the wiki said that it saved, but not what")),
        ({"edit": {**SUCCESS, "newtimestamp": "?"}}, 7, Unknown("the wiki said that it saved, but not what")),
        ({}, 7, Unknown("the wiki answered with something that is no answer to an edit")),
        ([], 7, Unknown("the wiki answered with something that is no answer to an edit")),
        ({"edit": "yes"}, 7, Unknown("the wiki answered with something that is no answer to an edit")),
    ],
)  # fmt: skip
def test_saved(answer: Any, base: int | None, outcome: Outcome) -> None:
    assert answers.saved(answer, base) == outcome


def test_text_as_saved() -> None:
    assert answers.as_saved({"parse": {"title": "Talk", "text": "Hello"}}) == "Hello"
    assert answers.as_saved({"parse": {"title": "Talk", "text": ""}}) == ""


@pytest.mark.parametrize("answer", [{}, [], "", {"parse": "Hello"}, {"parse": {"text": {"*": "Hello"}}}])
def test_answer_without_a_text_as_saved(answer: Any) -> None:
    with pytest.raises(WikiAway, match="no text"):
        answers.as_saved(answer)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *[
            (code, Conflict)
            for code in ("editconflict", "articleexists", "missingtitle", "pagedeleted", "nosuchrevid")
        ],
        *[
            (code, Refused)
            for code in ("protectedpage", "abusefilter-disallowed", "spamblacklist", "contenttoobig")
        ],
        *[
            (code, Unknown)
            for code in ("internal_api_error_DBQueryError", "Unknown", "unknownerror", "failed-save")
        ],
    ],
)
def test_save_error(code: str, kind: type[Outcome]) -> None:
    assert type(answers.save_error(code, "why", {})) is kind


@pytest.mark.parametrize(
    ("code", "error"),
    [
        *[(code, WikiAway) for code in ("readonly", "maxlag", "ratelimited", "badtoken")],
        *[
            (code, WikiRefused)
            for code in ("assertuserfailed", "assertnameduserfailed", "mwoauth-invalid-authorization")
        ],
        *[(code, Stopped) for code in ("blocked", "autoblocked", "globalblocking-blockedtext-user")],
    ],
)
def test_save_error_that_is_not_the_pages_fault(code: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=code):
        answers.save_error(code, "why", {})


def test_partial_block_is_the_pages_fault() -> None:
    assert answers.save_error("blocked", "why", {"blockinfo": {"blockpartial": True}}) == Refused(
        "blocked", "why"
    )


def test_pages_of_a_continued_answer_are_put_together() -> None:
    revision = {
        "revid": 8,
        "user": "Ada",
        "timestamp": STAMP,
        "slots": {"main": {"contentmodel": "wikitext", "content": "x"}},
    }
    first = {"query": {
        "normalized": [{"fromencoded": False, "from": "user_talk:ada", "to": "User talk:Ada"}],
        "pages": [{"title": "User talk:Ada", "actions": {"edit": True}, "templates": [{"title": "Template:Nobots"}]}, {"title": "B", "missing": True}],
    }}  # fmt: skip
    second = {
        "query": {
            "pages": [
                {"title": "User talk:Ada", "revisions": [revision], "templates": [{"title": "Template:Bots"}]}
            ]
        }
    }
    asked = ["user_talk:ada", "B", "de:C"]
    found = dict(answers.by_title_asked(asked, *answers.merge_pages([first, second])))
    assert {title: answers.page_text(title, page) for title, page in found.items()} == {
        "user_talk:ada": PageText(
            "User talk:Ada", 8, "x", "Ada", NOON, templates=("Template:Bots", "Template:Nobots")
        ),
        "B": PageText("B", None),
        "de:C": PageText("de:C", None, can_edit=False),
    }


@pytest.mark.parametrize(
    ("more", "later"),
    [
        ({"continue": "-||", "uccontinue": "x"}, False),
        ({"continue": "||", "rvcontinue": "x"}, True),
        ({}, False),
    ],
)
def test_pages_that_came_after_the_own_edits(more: dict[str, str], later: bool) -> None:
    assert answers.pages_came_later([{"query": {}, "continue": more}, {"query": {}}]) is later


def test_contributions_are_newest_first_and_not_doubled() -> None:
    def edit(revid: int) -> dict[str, Any]:
        return {"title": "T", "revid": revid, "comment": f"edit {revid}", "timestamp": STAMP}

    said = [
        {
            "query": {
                "usercontribs": [
                    edit(1),
                    {"title": "T", "revid": 2, "commenthidden": True, "timestamp": STAMP},
                ]
            }
        },
        {"query": {"usercontribs": [edit(3), edit(1)]}},
    ]
    assert answers.contributions(said) == (
        Contribution("T", 3, "edit 3", NOON),
        Contribution("T", 2, "", NOON),
        Contribution("T", 1, "edit 1", NOON),
    )


@pytest.mark.parametrize(
    ("user", "forever"),
    [
        ({"blockexpiry": "infinity"}, True),
        ({"blockexpiry": "infinite"}, True),
        ({"blockexpiry": "2031-01-01T00:00:00Z"}, False),
        ({"blockexpiry": "infinity", "blockpartial": True}, False),
        ({}, False),
    ],
)
def test_blocked_forever(user: dict[str, Any], forever: bool) -> None:
    assert wiki_accounts.account("Ada", {"name": "Ada", "userid": 1, **user}).blocked_forever is forever


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("ada_organiser ", "Ada organiser"),
        ("ßtar", "ßtar"),
        ("éva", "Éva"),
        ("e\u0301va", "Éva"),
        ("例子", "例子"),
        ("", ""),
    ],
)
def test_user_name(name: str, canonical: str) -> None:
    assert answers.user_name(name) == canonical


def test_account_that_may_not_edit_is_refused() -> None:
    answers.check_account({"name": "Bot", "rights": ["edit", "bot"], "blockid": 3, "blockpartial": True})
    with pytest.raises(WikiRefused, match="Bot may not edit"):
        answers.check_account({"name": "Bot", "rights": ["read"]})
    with pytest.raises(Stopped, match="Bot is blocked by Ada: noise"):
        answers.check_account(
            {"name": "Bot", "rights": ["edit"], "blockid": 3, "blockedby": "Ada", "blockreason": "noise"}
        )


def test_answer_to_somebody_else_is_no_answer() -> None:
    answers.check_session({"name": "Bot"}, "Bot")
    answers.check_session({}, "Bot")
    with pytest.raises(WikiAway, match=r"the log-in of Bot has ended: the wiki answered 127\.0\.0\.1"):
        answers.check_session({"name": "127.0.0.1", "anon": True}, "Bot")


def test_account_without_bot_flag_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    answers.check_account({"name": "Bot", "rights": ["edit"]})
    assert [record.getMessage() for record in caplog.records] == [
        "Bot has no bot flag: its edits are not marked as a bot's"
    ]


def setup(**changed: str) -> dict[str, str]:
    return {"CALLBOARD_CONFIG_LOADED": str(os.getpid()), "CALLBOARD_WIKI": "mediawiki", **changed}


@pytest.mark.parametrize(
    ("expected", "family", "environment", "why"),
    [
        (
            "mediawiki",
            "mediawiki",
            {"CALLBOARD_WIKI": "mediawiki"},
            "did not read Callboard's user-config.py",
        ),
        (
            "mediawiki",
            "mediawiki",
            setup(CALLBOARD_CONFIG_LOADED="1"),
            "did not read Callboard's user-config.py",
        ),
        (
            "wikipedia",
            "wikipedia",
            setup(CALLBOARD_WIKI="wikipedia"),
            "'wikipedia' is no wiki that Callboard knows",
        ),
        ("meta", "mediawiki", setup(), "the event is on meta, the bot is set up for mediawiki"),
        ("mediawiki", "test", setup(), "the event is on mediawiki, the bot is set up for mediawiki"),
        ("mediawiki", "mediawiki", setup(CALLBOARD_WIKI=""), "the bot is set up for no wiki"),
    ],
)
def test_setup_for_another_wiki_is_refused(
    expected: str, family: str, environment: dict[str, str], why: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=why):
        questions.checked_host(expected, family, str(tmp_path), environment)


def test_setup_that_is_right(tmp_path: Path) -> None:
    assert questions.checked_host("mediawiki", "mediawiki", str(tmp_path), setup()) == "www.mediawiki.org"
    with pytest.raises(ConfigError, match="cannot write to its folder"):
        questions.checked_host("mediawiki", "mediawiki", str(tmp_path / "gone"), setup())
