"""A save whose answer is lost is never carried out twice, and never taken for done or not done."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from callboard.errors import Stopped, WikiAway, WikiRefused
from callboard.model import PageText
from callboard.ports import Conflict, Outcome, Refused, Saved, Unknown
from callboard.wiki_questions import RequestCount
from dev.devwiki import DevWiki
from tests.integration import lost_answer_proxy as fates
from tests.integration.gateway import gateway_to
from tests.integration.lost_answer_proxy import Fate, LostAnswerProxy

if TYPE_CHECKING:
    from callboard.wiki import Gateway

PERSON = "ExampleAda"
NOTICE = "Hello\n\n== Notice ==\nText <!-- callboard:key --> ~~~~"
SUMMARY = "Notice (key)"
USUAL_PATIENCE = (6.05, 45)

LOST = {
    "time-out": fates.time_out,
    "502": fates.status(502),
    "503": fates.status(503),
    "504": fates.status(504),
    "closed": fates.close,
    "HTML": fates.html,
    "429 in plain words": fates.status(429),
    "nothing": fates.empty,
    "half JSON": fates.half_json,
    "cut off": fates.cut_off,
    "a database error": fates.says(
        '{"error": {"code": "internal_api_error_DBQueryError", "info": "locked"}}'
    ),
    "an exception": fates.says('{"error": {"code": "internal_api_error_TypeError", "info": "oops"}}'),
}


NONSENSE = [
    "null",
    "[]",
    '"edit"',
    '{"batchcomplete": true}',
    '{"edit": {"result": "Success"}}',
    '{"edit": [1]}',
    '{"error": "out of cheese"}',
    '{"error": {}}',
]


@dataclass
class Lane:
    """The bot, the proxy on its way, the wiki at the end, and a talk page that says Hello."""

    gateway: "Gateway"
    proxy: LostAnswerProxy
    wiki: DevWiki
    title: str
    patience: pytest.MonkeyPatch

    def read(self, title: str = "") -> PageText:
        return self.gateway.read([title or self.title]).pages[title or self.title]

    def save(self, read: PageText) -> Outcome:
        """The outcome of one save, told when the wiki is done with it."""
        outcome = self.gateway.save(read, NOTICE, SUMMARY)
        self.proxy.settle()
        self.patience.setattr("pywikibot.config.socket_timeout", USUAL_PATIENCE)
        return outcome

    def lose_next(self, fate: Fate, *, arrives: bool = True) -> None:
        """The answer to the next save is lost in this way; nobody waits long for one that never comes."""
        if fate is fates.time_out:
            self.patience.setattr("pywikibot.config.socket_timeout", (6, 0.7))
        self.proxy.next_edit(fate, arrives=arrives)

    def edits_at_the_wiki(self) -> int:
        return sum(request.action == "edit" for request in self.wiki.requests())

    def revisions(self, title: str = "") -> list[str]:
        return [made["user"] for made in self.wiki.person(PERSON).history(title or self.title)]


@pytest.fixture(scope="module")
def proxy(devwiki: DevWiki) -> Iterator[LostAnswerProxy]:
    devwiki.reset()
    gateway = gateway_to(devwiki)
    from pywikibot.comms import http

    gateway.save(gateway.read(["Warm"]).pages["Warm"], "The edit token is here", "Warm")
    with LostAnswerProxy() as proxy:
        http.session.proxies["http"] = proxy.url
        yield proxy
        del http.session.proxies["http"]


@pytest.fixture
def lane(
    devwiki: DevWiki, proxy: LostAnswerProxy, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Lane:
    """A page of its own for each test: quicker than a wiki as it was at first."""
    import pywikibot

    monkeypatch.setattr(pywikibot, "sleep", lambda _: None)
    number = request.session.items.index(request.node)
    title = f"User talk:Owner {number}"
    devwiki.person(PERSON).edit(title, "Hello")
    proxy.forget()
    devwiki.forget_requests()
    return Lane(gateway_to(devwiki), proxy, devwiki, title, monkeypatch)


@pytest.mark.parametrize("fate", LOST.values(), ids=LOST.keys())
def test_saved_but_the_answer_is_lost(lane: Lane, fate: Fate) -> None:
    start = lane.gateway.read([]).now
    read = lane.read()
    lane.lose_next(fate)
    before = lane.gateway.requests
    outcome = lane.save(read)
    assert isinstance(outcome, Unknown)
    assert outcome.why
    assert lane.gateway.requests - before == 1
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (1, 1)
    # How the caller finds out, and what happens to one who does not look.
    seen = lane.gateway.read([lane.title], contributions_since=start)
    assert [edit.comment for edit in seen.contributions if edit.title == lane.title] == [SUMMARY]
    assert "callboard:key" in (seen.pages[lane.title].text or "")
    assert isinstance(lane.save(read), Conflict)
    assert lane.revisions() == [lane.gateway.bot, PERSON]


@pytest.mark.parametrize("way", ["time-out", "503", "closed", "cut off"])
def test_lost_before_the_wiki_saw_it(lane: Lane, way: str) -> None:
    start = lane.gateway.read([]).now
    read = lane.read()
    lane.lose_next(LOST[way], arrives=False)
    assert isinstance(lane.save(read), Unknown)
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (1, 0)
    seen = lane.gateway.read([lane.title], contributions_since=start)
    assert seen.pages[lane.title].revid == read.revid
    assert [edit for edit in seen.contributions if edit.title == lane.title] == []
    assert isinstance(lane.save(seen.pages[lane.title]), Saved)
    assert lane.revisions() == [lane.gateway.bot, PERSON]


def test_answers_that_mean_nothing(lane: Lane) -> None:
    read = lane.read()
    for number, nonsense in enumerate(NONSENSE, 1):
        lane.lose_next(fates.says(nonsense), arrives=False)
        assert isinstance(lane.save(read), Unknown), nonsense
        assert lane.proxy.edits_seen == number


@pytest.mark.parametrize("fate", [fates.time_out, fates.status(504), fates.close])
def test_created_but_the_answer_is_lost(lane: Lane, fate: Fate) -> None:
    title = f"{lane.title}/New"
    read = lane.read(title)
    lane.lose_next(fate)
    assert isinstance(lane.save(read), Unknown)
    assert isinstance(lane.save(read), Conflict)
    assert lane.revisions(title) == [lane.gateway.bot]
    assert (lane.read(title).text or "").count("callboard:key") == 1


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("readonly", WikiAway),
        ("ratelimited", WikiAway),
        ("assertnameduserfailed", WikiRefused),
        ("blocked", Stopped),
        ("autoblocked", Stopped),
    ],
)
def test_answers_that_prove_that_nothing_was_saved(lane: Lane, code: str, error: type[Exception]) -> None:
    read = lane.read()
    lane.proxy.next_edit(fates.says(f'{{"error": {{"code": "{code}", "info": "No"}}}}'), arrives=False)
    with pytest.raises(error, match=code):
        lane.save(read)
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (1, 0)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('{"error": {"code": "abusefilter-warning", "info": "Sure?"}}', "abusefilter-warning"),
        ('{"error": {"code": "titleblacklist-forbidden", "info": "No"}}', "titleblacklist-forbidden"),
        ('{"error": {"code": "contenttoobig", "info": "No"}}', "contenttoobig"),
        ('{"error": {"code": "blocked", "info": "Here", "blockinfo": {"blockpartial": true}}}', "blocked"),
        ('{"edit": {"result": "Failure", "captcha": {"type": "image"}}}', "captcha"),
        ('{"edit": {"result": "Failure", "spamblacklist": "example.org"}}', "spamblacklist"),
        (
            '{"edit": {"result": "Failure", "code": "abusefilter-warning", "info": "Sure?"}}',
            "abusefilter-warning",
        ),
    ],
)
def test_refusals_are_not_sent_again(lane: Lane, answer: str, code: str) -> None:
    read = lane.read()
    lane.proxy.next_edit(fates.says(answer), arrives=False)
    outcome = lane.save(read)
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert lane.proxy.edits_seen == 1


def test_stale_token_is_renewed_once(lane: Lane) -> None:
    """The answer "badtoken" proves that nothing was saved."""
    bad = fates.says('{"error": {"code": "badtoken", "info": "Invalid CSRF token."}}')
    lane.proxy.next_edit(bad, arrives=False)
    assert isinstance(lane.save(lane.read()), Saved)
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (2, 1)
    lane.proxy.forget()
    for _ in range(2):
        lane.proxy.next_edit(bad, arrives=False)
    with pytest.raises(WikiAway, match="badtoken"):
        lane.gateway.save(lane.read(), "Other", SUMMARY)
    assert (lane.proxy.edits_seen, lane.proxy.edits_passed_on) == (2, 0)


def test_answer_lost_after_the_token_was_renewed(lane: Lane) -> None:
    lane.proxy.next_edit(fates.says('{"error": {"code": "badtoken", "info": "Invalid"}}'), arrives=False)
    lane.proxy.next_edit(fates.close)
    assert isinstance(lane.save(lane.read()), Unknown)
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (2, 1)
    assert lane.revisions() == [lane.gateway.bot, PERSON]


def test_lagging_wiki_is_given_time_and_then_left_alone(lane: Lane) -> None:
    for _ in range(3):
        lane.proxy.next_edit(
            fates.says(
                '{"error": {"code": "maxlag", "info": "Waiting for x: 0.01 seconds lagged", "lag": 0.01}}'
            ),
            arrives=False,
        )
    with pytest.raises(WikiAway):
        lane.save(lane.read())
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (3, 0)


def test_lagging_wiki_is_left_alone_before_what_was_read_is_too_old(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callboard.wiki_session.SENT_WITHIN", 2.0)
    lag = '{"error": {"code": "maxlag", "info": "Waiting for x: 3 seconds lagged", "lag": 3}}'
    lane.proxy.next_edit(fates.says(lag), arrives=False)
    with pytest.raises(WikiAway, match="would have to wait for more than 2 s"):
        lane.save(lane.read())
    assert (lane.proxy.edits_seen, lane.edits_at_the_wiki()) == (1, 0)


def test_ended_session_is_renewed(lane: Lane) -> None:
    """The wiki forgets the log-in before a read and before a save: the bot logs in again and goes on as itself."""
    from pywikibot.comms import http

    http.session.cookies.clear()
    read = lane.read()
    assert (read.text, read.can_edit) == ("Hello", True)
    http.session.cookies.clear()
    outcome = lane.save(read)
    assert isinstance(outcome, Saved)
    assert lane.revisions() == [lane.gateway.bot, PERSON]


@pytest.mark.parametrize("fate", [fates.status(503), fates.html, fates.close, fates.half_json])
def test_read_that_fails_is_tried_again(lane: Lane, fate: Fate) -> None:
    lane.proxy.next_read(fate)
    assert lane.read().text == "Hello"


@pytest.mark.parametrize(
    "fate", [fates.status(504), fates.empty, fates.cut_off, *map(fates.says, ("null", "[1]"))]
)
def test_read_that_fails_too_often_is_given_up(lane: Lane, fate: Fate) -> None:
    for _ in range(9):
        lane.proxy.next_read(fate)
    for ask in (
        lane.read,
        lambda: lane.gateway.accounts([PERSON]),
        lambda: lane.gateway.templates([lane.title]),
    ):
        with pytest.raises(WikiAway):
            ask()


def test_blocked_bot_stops(lane: Lane) -> None:
    read = lane.read()
    lane.wiki.person("Ada Organiser").block(lane.gateway.bot, "Posts nonsense", expiry="1 day")
    try:
        with pytest.raises(Stopped, match="blocked"):
            lane.save(read)
        with pytest.raises(Stopped, match="Posts nonsense"):
            lane.read()
    finally:
        lane.wiki.person("Ada Organiser").unblock(lane.gateway.bot)
    assert lane.revisions() == [PERSON]


def test_filter_of_the_wiki_refuses(lane: Lane) -> None:
    title = "Blacklisted title for tests"
    lane.wiki.person("Ada Organiser").edit("MediaWiki:Titleblacklist", f"{title} <noedit>")
    assert isinstance(lane.gateway.save(lane.read(title), "x", SUMMARY), Refused)
    assert lane.edits_at_the_wiki() == 1


def test_throttle_of_writes_is_kept_and_may_be_interrupted(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    from callboard.wiki import Gateway

    waited: list[float] = []

    def stop(seconds: float) -> None:
        waited.append(seconds)
        raise Stopped("asked to stop")

    gateway = Gateway.connect("callboard", pause=stop)
    throttle = gateway._site.throttle
    # pywikibot waits longer for each other process that it has seen in the project's folder.
    monkeypatch.setattr(throttle, "process_multiplicity", 1)
    monkeypatch.setattr(throttle, "writedelay", 30)
    monkeypatch.setattr(throttle, "last_write", time.time())
    with pytest.raises(Stopped, match="asked to stop"):
        gateway.save(lane.read(), NOTICE, SUMMARY)
    assert [25 < seconds <= 30 for seconds in waited] == [True]
    assert lane.proxy.edits_seen == 0
    throttle.wait = time.sleep


def test_requests_are_counted_once_each(lane: Lane) -> None:
    from pywikibot.comms import http

    assert isinstance(http.session.send, RequestCount)
    lane.wiki.forget_requests()
    before = lane.gateway.requests
    reading = lane.gateway.read(
        [lane.title], contributions_since=lane.gateway.read([]).now - timedelta(hours=1)
    )
    lane.save(reading.pages[lane.title])
    assert lane.gateway.requests - before == lane.wiki.request_count() == 3
