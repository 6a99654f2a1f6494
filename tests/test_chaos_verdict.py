"""The verdict of a chaos run: what counts as told twice, lost, or taken off, from revisions alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from callboard.ledger import Sent
from dev.chaos_verdict import Failure, Revision, judged
from dev.chaos_waves import Delivery, Recipient

KEY, OTHER = "chaos1/tea@Ada/starts_soon/8", "chaos1/talk@Ada/starts_soon/9"
BOT, TALK = "Callboard", "User talk:Ada"
ADA = Delivery(KEY, Recipient("Ada"), 0)
MOVED_ADA = Delivery(KEY, Recipient("Ada", refusable="redirect"), 0)
WORD = "by-hand-000001"
NOTICE = f"== Tea ==\nSoon. <!-- callboard:{KEY} --> [[User:Callboard]]\n"


def saved(
    before: str, text: str, *, summary: str = f"/* Tea */ [callboard:{KEY}]", revid: int = 2, user: str = BOT
) -> Revision:
    return Revision(revid, TALK, user, "20270522080000", summary, before, text)


def recorded(state: str, why: str) -> Sent:
    return Sent(KEY, "Ada", "starts_soon", state, datetime(2027, 5, 22, tzinfo=UTC), None, why)


ONCE = saved("Hello\n", f"Hello\n\n{NOTICE}")
BY_HAND = saved("Hello\n", f"Hello {WORD}", summary="Mine", user="Bo", revid=1)


@pytest.mark.parametrize(
    ("delivery", "made", "ledger", "posted", "on_record"),
    [
        (ADA, [ONCE], [], 1, {}),
        (ADA, [ONCE], [recorded("held", "busy")], 1, {}),
        (MOVED_ADA, [], [recorded("skipped", "a redirect")], 0, {"a redirect": 1}),
        (MOVED_ADA, [], [recorded("held", "a Redirect"), recorded("claimed", "")], 0, {"a Redirect": 1}),
        (MOVED_ADA, [ONCE], [recorded("held", "a redirect")], 1, {}),
    ],
    ids=["once", "once, held before", "given up", "held, claimed elsewhere", "told all the same"],
)
def test_kept_promise(
    delivery: Delivery, made: list[Revision], ledger: list[Sent], posted: int, on_record: dict[str, int]
) -> None:
    verdict = judged([delivery], made, ledger, {}, BOT)
    assert (verdict.posted, verdict.on_record, verdict.failures) == (posted, on_record, ())


AGAIN = saved("", NOTICE, revid=5)
BY_MARK = saved("", NOTICE, summary="Something else", revid=6)
TWO = saved("Hello\n", f"Hello\n\n{NOTICE}{NOTICE}")
ASTRAY = replace(ONCE, title="User talk:Bo")
DIGEST = saved("", f"{NOTICE}", summary=f"[callboard:{KEY}] [callboard:{OTHER}]")
OVERWRITTEN = saved(f"Hello {WORD}", f"Hello\n\n{NOTICE}")
SWALLOWED = saved("Hello\nWelcome\nWelcome", f"Hello\nWelcome\n\n{NOTICE}")


@pytest.mark.parametrize(
    ("made", "ledger", "failure"),
    [
        ([ONCE, AGAIN], [], Failure("posted twice", KEY, TALK, (ONCE, AGAIN))),
        ([ONCE, BY_MARK], [], Failure("posted twice", KEY, TALK, (ONCE, BY_MARK))),
        ([TWO], [], Failure("stands twice on one page", KEY, TALK, (TWO,))),
        ([DIGEST], [], Failure("nobody was to be told this", OTHER, TALK, (DIGEST,))),
        ([ASTRAY], [], Failure("on a wrong page", KEY, "User talk:Bo", (ASTRAY,))),
        ([], [], Failure("lost", KEY, TALK, note="nothing is on record")),
        ([], [recorded("sent", "")], Failure("lost", KEY, TALK, note="nothing is on record")),
        ([], [recorded("held", "a whim")], Failure("lost", KEY, TALK, note="on record: ['a whim']")),
        (
            [ONCE, SWALLOWED],
            [],
            Failure("the bot took off what people wrote", "", TALK, (SWALLOWED,), "['Welcome']"),
        ),
    ],
    ids=[
        "twice",
        "by mark",
        "twice on a page",
        "unasked",
        "astray",
        "lost",
        "told a lie",
        "for no reason",
        "a line",
    ],
)
def test_broken_promise(made: list[Revision], ledger: list[Sent], failure: Failure) -> None:
    assert failure in judged([ADA], made, ledger, {}, BOT).failures


def test_a_deleted_page_is_a_reason_where_one_was_deleted() -> None:
    said = [recorded("skipped", "the talk page was deleted")]
    assert judged([ADA], [], said, {}, BOT, deleted={TALK}).failures == ()
    assert [one.what for one in judged([ADA], [], said, {}, BOT, deleted={"User talk:Bo"}).failures] == [
        "lost"
    ]


def test_edit_by_hand_is_missed() -> None:
    kept = judged([ADA], [BY_HAND, ONCE], [], {WORD: TALK}, BOT)
    assert kept.failures == ()
    gone = judged([ADA], [ONCE], [], {WORD: TALK}, BOT)
    assert gone.failures == (Failure("an edit by hand is in no history", title=TALK, note=WORD),)
    lost = judged([ADA], [BY_HAND, OVERWRITTEN], [], {WORD: TALK}, BOT)
    assert [(one.what, one.revisions) for one in lost.failures] == [
        ("the bot took off what people wrote", (OVERWRITTEN,))
    ]
