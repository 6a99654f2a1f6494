"""All that is known of one task, and why: each reason is told, none is made up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from callboard.config import Event, event_from
from callboard.config_notices import NoticeRule
from callboard.explaining import NoSuchTask, explain
from callboard.ledger import Sent
from callboard.model import Account, Claim, PageText, Problem, Proposal, Severity, SlotWish, Told
from callboard.plan import Plan, make_plan
from callboard.proposals.markers import marker
from callboard.snapshot import Snapshot
from tests.board_values import (
    ALL,
    BOTS,
    CLOSED,
    LUA,
    MAPS,
    NOW,
    PROJECT,
    SCHEDULE,
    TAKEN,
    WIKIS,
    event,
    plan,
    proposal,
    sign,
    yes,
)

HEADINGS = [
    "What its description says", "People", "The coordination team's yes", "In the schedule", "Notices",
    "Comments and moves by the bot",
]  # fmt: skip
AT = datetime(2021, 5, 11, 9, tzinfo=UTC)


def parts(
    of: Proposal, others: tuple[Proposal, ...] = ALL, made: Plan | None = None, sent: tuple[Sent, ...] = ()
) -> dict[str, list[str]]:
    """The lines by heading."""
    seen = made or plan(proposals=[*(one for one in others if one.task != of.task), of])
    found = explain(of.task, seen, sent)
    assert [part.heading for part in found[1:]] == HEADINGS
    return {"": list(found[0].lines), **{part.heading: list(part.lines) for part in found[1:]}}


def test_heading_is_task_and_title() -> None:
    assert explain("T900001", plan(), ())[0].heading == "T900001: [Session] Bots for tea"


@pytest.mark.parametrize(
    ("of", "lines"),
    [
        (
            BOTS,
            [
                'A proposal for a session, in the column "Approved" of tea; status open',
                "filed by ada-p on 2021-05-01 12:00 UTC",
                "State: scheduled",
            ],
        ),
        (
            CLOSED,
            [
                'A proposal for a session, in the column "Proposals" of tea; status declined, closed',
                "filed by ada-p on 2021-05-01 12:00 UTC",
                "closed by lea",
                "State: declined",
            ],
        ),
        (
            replace(MAPS, visible=False, column=""),
            [
                "A proposal for a session, in no column that is known of tea; status open",
                "filed by ada-p on 2021-05-01 12:00 UTC",
                "hidden from the bot, or taken off the board: nothing is done about it",
            ],
        ),
        (PROJECT, ['A project, no session, in the column "Projects" of tea; status open', "filed by ada-p on 2021-05-01 12:00 UTC"]),
    ],
)  # fmt: skip
def test_the_card(of: Proposal, lines: list[str]) -> None:
    found = parts(of)[""]
    assert len(found) == len(lines)
    for line, begins in zip(found, lines, strict=True):
        assert line.startswith(begins)


def test_fields_with_what_is_missing_and_contradictory() -> None:
    one = replace(
        WIKIS,
        fields={"title": "Wikis\nand more", "track": "Room 1"},
        contradictions=("two rooms",),
        recording="https://x.example",
    )
    assert parts(one)["What its description says"] == [
        "title: Wikis and more",
        "track: Room 1",
        "recording, by a coordinator's comment: https://x.example",
        'MISSING: format (looked for under "format" or "session format" or "type of session")',
        'MISSING: people (looked for under "Speaker(s)")',
        "CONTRADICTORY: two rooms",
    ]
    assert parts(BOTS)["What its description says"] == [
        "understood: format Workshop",
        "all required fields are there: format, people",
    ]
    assert parts(LUA)["What its description says"][0] == "no field of the template was found in it"


def test_people_with_why_they_are_known() -> None:
    claims = (Claim("Ada", "mediawikiquery"), Claim("Bo", "people"), Claim("Cleo", "unverified"))
    one = replace(BOTS, claims=claims, claimed_names=("Ada", "Dot"), owners=("Ada", "Eve"))
    assert parts(one)["People"] == [
        "Ada: verified: Phabricator knows the wiki account, and it is the author's or a listed speaker's",
        "Bo: verified: the event file's [board.people] names the account",
        "Cleo: claimed, unverified: nobody knows that it is the author's or a speaker's, so the task alone sends no notice there",
        "Eve: known to be the author's account",
        "Dot: claimed, unverified: nobody knows that it is the author's or a speaker's, so the task alone sends no notice there",
    ]
    assert parts(WIKIS)["People"][-1].startswith("Nobody can be told on the wiki.")


def test_every_sign_with_its_verdict_and_the_evidence() -> None:
    one = replace(BOTS, signs=(sign("nothing", "by the proposer", by="ada-p"), sign()))
    assert parts(one)["The coordination team's yes"] == [
        "A yes here is a comment that says 'acknowledged', by lea.",
        '2021-05-10 09:30 comment by ada-p, "Acknowledged" → nothing: by the proposer [PHID-XACT-TASK-ada-p]',
        '2021-05-10 09:30 comment by lea, "Acknowledged" → yes [PHID-XACT-TASK-lea]',
        'YES: comment by lea, 2021-05-10 09:30: "Acknowledged, see you there" [PHID-XACT-TASK-lea]',
    ]


def test_yes_that_is_over() -> None:
    assert parts(TAKEN)["The coordination team's yes"][1:] == [
        "Nothing on the task could be one: no coordinator wrote, and nobody moved it or changed a tag or its status.",
        'No more: earlier comment by lea, 2021-05-10 09:30: "Acknowledged, see you there" [PHID-XACT-TASK-lea]',
        'No more: taken back in a comment by lea, 2021-05-11 09:30: "Sorry, not acknowledged" [PHID-XACT-TASK-back]',
        "So there is no yes now.",
    ]
    assert (
        parts(CLOSED)["The coordination team's yes"][-1] == "So there is no yes now, as the task is closed."
    )


def test_all_ways_of_saying_yes_are_named() -> None:
    given = event().model_dump(mode="json", exclude={"slug"})
    given["board"][0] |= {
        "acknowledged_by": ["comment", "column", "tag", "status"], "columns": ["Approved"], "tags": ["ok"], "statuses": ["progress"],
        "team": "tea-team", "wording": ["acknowledged", "approved"],
    }  # fmt: skip
    of = event_from(given, slug="tea", where="tests")
    assert explain("T900001", plan(of), ())[3].lines[0] == (
        "A yes here is a comment that says 'acknowledged' and 'approved' or a move into Approved or putting on the tag ok"
        " or setting the status progress, by lea, as far as they are members of tea-team."
    )


# --- its row ---


def rows(of: Proposal, schedule: str = SCHEDULE, *others: Proposal) -> list[str]:
    return parts(of, made=plan(proposals=[of, *others], schedule=schedule))["In the schedule"]


def test_row_that_links_it() -> None:
    assert rows(BOTS) == [
        'linked in [[Tea/Schedule]], line 5: "Bots for tea", Sat 22 May 14:00–15:00 UTC, Room 1; it names Ada'
    ]


def test_link_that_the_bot_adds() -> None:
    found = rows(replace(MAPS, title="Maps for everybody"))
    assert found[0].startswith('linked in [[Tea/Schedule]], line 7: "Maps for everybody", Sat 22 May 15:00')
    assert "the link in [[Tea/Schedule]], line 7, is linked by the bot" in found


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (MAPS, "no row has its title"),
        (replace(MAPS, title="Maps for everybody", owners=()), "no wiki account is known to be its author's, so the title alone would decide"),
        (replace(MAPS, title="Maps for everybody", owners=("Ada",)), "Ada is verified, but the row names Bo"),
        (replace(MAPS, title="Bots for tea"), "the row of that title links T900001"),
        (LUA, "proposed: waits for the team (a row of that title stands on [[Tea/Schedule]], line 9)"),
    ],
)  # fmt: skip
def test_why_it_is_linked_to_no_row(of: Proposal, why: str) -> None:
    found = rows(of)
    assert ("No row links it." in found, f"The bot links it to none: {why}." in found) == (True, True), found


def test_two_rows_or_two_tasks_of_a_title_are_told() -> None:
    one = replace(MAPS, title="Lua", owners=("Grace",))
    twice = SCHEDULE.replace(
        "'''Maps for everybody'''<br />[[User:Bo|Bo]]", "'''Lua'''<br />[[User:Grace|Grace]]"
    )
    assert "The bot links it to none: 2 rows have its title, so nobody knows which is meant." in rows(
        one, twice
    )


def test_free_slots_that_fit_are_named() -> None:
    assert "Free slots that fit: Sat 22 May, Room 1: 16:00–17:00; Sat 22 May, Room 2: 14:00–15:00" in rows(
        MAPS
    )


def test_problems_about_it_are_told() -> None:
    assert any(line.startswith("warning acknowledged-unscheduled: T900002 ") for line in rows(MAPS))


def test_slot_that_a_coordinator_asked_for() -> None:
    asked = replace(MAPS, slot=SlotWish("Saturday 4pm room 1", "lea", AT, "PHID-XACT-9"))
    assert (
        'A coordinator (lea) asked for the slot "Saturday 4pm room 1"; wishes are off for this board, or it stands there already.'
        in rows(asked)
    )


# --- notices ---


def looked(
    of: Proposal,
    *,
    on: Event | None = None,
    now: datetime = NOW,
    sent: frozenset[str] = frozenset(),
    note: str = "",
) -> Plan:
    page = PageText("Tea/Schedule", 7, SCHEDULE)
    accounts = {name: Account(name, exists=True) for name in ("Ada", "Bo", "Grace")}
    snapshot = Snapshot(
        on or event(), now, {page.title: page}, accounts, {of.task: of}, sent=sent, board_note=note
    )
    return make_plan(snapshot, "Callboard")


def told(of: Proposal, made: Plan, sent: tuple[Sent, ...] = ()) -> list[str]:
    return parts(of, made=made, sent=sent)["Notices"]


def test_what_was_sent_and_what_is_next() -> None:
    key = "tea/T900001@Ada/scheduled/1 2021-05-22T14:00Z 60m t3ef111 f0 Room 1"
    entry = Sent(key, "Ada", "scheduled", "sent", AT, 77, "")
    other = replace(entry, key="tea/T900002@Ada/scheduled/x")
    assert told(BOTS, looked(BOTS, sent=frozenset({key})), (other, entry)) == [
        "2021-05-11 09:00 sent: scheduled to Ada, revision 77",
        "acknowledged: not due, the session stands in the schedule already",
        "scheduled to Ada: was sent, or given up, for this occasion",
        "starts_soon to Ada: due on 2021-05-22 13:00 UTC",
    ]


def test_what_is_due_and_what_is_held() -> None:
    held = Sent(
        "tea/T900002@Bo/acknowledged/x", "Bo", "acknowledged", "held", AT, None, "the talk page is protected"
    )
    assert told(MAPS, looked(MAPS), (held,)) == [
        "2021-05-11 09:00 held: acknowledged to Bo: the talk page is protected",
        "acknowledged to Bo: due now: the next tick with -apply posts it, unless the talk page keeps it out",
        "scheduled: not due, no row of the schedule links it",
        "starts_soon: not due, no row of the schedule links it",
    ]


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (LUA, "there is no yes: nobody of the coordination team has said yes"),
        (replace(LUA, signs=(sign("nothing", "not a coordinator"),)), "there is no yes: not a coordinator"),
        (TAKEN, "there is no yes: the yes was taken back by lea"),
        (CLOSED, "the task is closed"),
        (replace(MAPS, visible=False), "the task is hidden, or off the board"),
        (
            replace(MAPS, owners=(), claims=(Claim("Cleo", "unverified"),)),
            "nobody's wiki account is known; Cleo is claimed, unverified",
        ),
    ],
)  # fmt: skip
def test_why_acknowledged_is_not_due(of: Proposal, why: str) -> None:
    of = replace(of, signs=()) if of is LUA else of
    assert f"acknowledged: not due, {why}" in told(of, looked(of))


def told_of(kind: str, of: Proposal, **rule: object) -> list[str]:
    """What is said of one kind only."""
    on = event().model_copy(update={"notice": (NoticeRule(kind=kind, **rule),)})  # type: ignore[arg-type]
    return [line for line in told(of, looked(of, on=on)) if line.startswith(kind)]


@pytest.mark.parametrize(
    ("kind", "of", "line"),
    [
        ("proposal_incomplete", LUA, "not due, nothing required is missing"),
        ("proposal_incomplete", WIKIS, "not due, nobody's wiki account is known; Cleo is claimed, unverified"),
        ("proposal_incomplete", replace(WIKIS, acknowledged=yes()), "not due, the session is acknowledged, not incomplete"),
        ("not_scheduled", BOTS, "not due, the session stands in the schedule already"),
        ("not_scheduled", LUA, "not due, there is no yes: not a coordinator"),
        ("not_scheduled", replace(MAPS, owners=()), "not due, nobody's wiki account is known"),
        ("conflict", BOTS, "not due, nothing is known with which it overlaps"),
        ("after_session", MAPS, "not due, no row of the schedule links it"),
    ],
)  # fmt: skip
def test_why_another_kind_is_not_due(kind: str, of: Proposal, line: str) -> None:
    assert told_of(kind, of) == [f"{kind}: {line}"]


def test_when_other_kinds_are_due() -> None:
    asked = replace(WIKIS, owners=("Ada",))
    assert told_of("proposal_incomplete", asked) == [
        "proposal_incomplete to Ada: due now: the next tick with -apply posts it, unless the talk page keeps it out"
    ]
    assert told_of("after_session", BOTS) == ["after_session to Ada: due on 2021-05-22 16:00 UTC"]
    assert told_of("not_scheduled", MAPS) == [
        "not_scheduled to Bo: due now: the next tick with -apply posts it, unless the talk page keeps it out",
        "not_scheduled to Bo: too late, it was of use until 2021-05-20 00:00 UTC",
    ]


def test_notices_that_cannot_be_sent_now() -> None:
    assert "acknowledged: never, as long as the board is away" in told(MAPS, looked(MAPS, note="away"))
    two = event(schedule=["Tea/Schedule", "Tea/Sunday"])  # type: ignore[arg-type]
    assert "starts_soon: never, as long as a schedule page is on hold" in told(MAPS, looked(MAPS, on=two))
    late = looked(BOTS, now=datetime(2021, 5, 22, 14, 30, tzinfo=UTC))
    assert "starts_soon to Ada: too late, it was of use until 2021-05-22 14:00 UTC" in told(BOTS, late)


# --- comments on the task ---


def written(of: Proposal, made: Plan | None = None) -> list[str]:
    return parts(of, made=made or plan(proposals=[of]))["Comments and moves by the bot"]


def test_comments_that_are_due() -> None:
    assert [line for line in written(BOTS) if line.startswith("due")] == [
        "due now: slot; scheduled: Sat 22 May 14:00–15:00 UTC, Room 1"
    ]
    assert [line for line in written(WIKIS) if line.startswith("due")] == [
        "due now: missing; lacks format, people"
    ]


def test_comments_that_were_written_and_why_the_rest_is_not() -> None:
    mark = marker("tea", "T900001", "slot", "1 2021-05-22T14:00Z Room 1")
    one = replace(BOTS, told=(Told(mark, AT, "PHID-XACT-3"),), moved_by_bot=("PHID-PCOL-1",))
    assert written(one) == [
        "2021-05-11 09:00 wrote: slot [PHID-XACT-3]",
        "the bot put the card into 1 of the columns once; where people put it, it stays",
        "missing: not due, nothing required is missing",
        "slot: not due, it was written for this occasion",
        "column: not due, the event file switches it off",
        "afterwards: not due, the event file switches it off",
    ]
    removed = replace(one, told=(Told(mark, AT, "PHID-XACT-3", removed=True),))
    assert (
        written(removed)[0]
        == "2021-05-11 09:00 wrote: slot [PHID-XACT-3]; people removed it, so no other is written"
    )
    assert "slot: not due, people removed a comment of the bot" in written(removed)
    gone = replace(
        one, told=(Told("", AT, "PHID-XACT-3", removed=True),)
    )  # as Phabricator shows it: without its text
    assert (
        written(gone)[0]
        == "2021-05-11 09:00 wrote: a comment [PHID-XACT-3]; people removed it, so no other is written"
    )


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (LUA, "slot: not due, there is no yes: not a coordinator"),
        (MAPS, "slot: not due, the session is acknowledged, not scheduled"),
        (CLOSED, "slot: not due, the task is closed"),
        (PROJECT, "missing: not due, the task is no session that the board shows"),
        (replace(WIKIS, submitted=NOW), "missing: not due, the task is too new, or the event is over"),
        (replace(WIKIS, acknowledged=yes()), "missing: not due, the team said yes all the same"),
    ],
)
def test_why_a_comment_is_not_due(of: Proposal, why: str) -> None:
    assert why in written(of)


def test_afterwards_is_told_of_as_it_is_written_on_closed_tasks_too() -> None:
    """Its task was closed as resolved, which ends the yes and not the asking."""
    plain = event()
    board = plain.board[0]
    asks = board.model_copy(update={"writes": type(board.writes)(afterwards=True)})
    on = plain.model_copy(update={"board": (asks,)})
    held = replace(BOTS, status="resolved", closed=True, acknowledged=None, was_acknowledged=yes())
    day = datetime(2021, 5, 23, 16, tzinfo=UTC)
    asked = replace(held, told=(Told(marker("tea", "T900001", "afterwards", "once"), day, "PHID-XACT-4"),))

    def of(one: Proposal, now: datetime) -> str:
        return written(one, looked(one, on=on, now=now))[-1]

    assert of(asked, day) == "afterwards: not due, it was written for this occasion"
    assert of(held, datetime(2021, 5, 22, 20, tzinfo=UTC)) == (
        "afterwards: not due, the row has no clear slot, or its time has not come, or is over"
    )


def test_withdrawal_of_a_session_that_is_over_is_told_to_nobody() -> None:
    plain = event()
    rule = NoticeRule(kind="acknowledgement_withdrawn", talk_page="Talk:Tea")
    on = plain.model_copy(update={"notice": (rule,)})
    gone = replace(TAKEN, task="T900001")
    over = datetime(2021, 5, 22, 16, tzinfo=UTC)
    assert "acknowledgement_withdrawn: not due, its session is over" in told(
        gone, looked(gone, on=on, now=over)
    )


def test_board_on_which_nothing_is_written() -> None:
    silent = event().model_copy(
        update={
            "board": tuple(
                board.model_copy(update={"writes": type(board.writes)()}) for board in event().board
            )
        }
    )
    assert written(BOTS, plan(silent, [BOTS])) == [
        "The event file switches off everything that the bot could write on tasks ([board.writes])."
    ]


# --- no such task ---


@pytest.mark.parametrize(("task", "meant"), [("T900011", " Did you mean T900001?"), ("T77", "")])
def test_unknown_task_ends_with_the_way_out(task: str, meant: str) -> None:
    with pytest.raises(NoSuchTask) as refusal:
        explain(task, plan(proposals=(BOTS, replace(MAPS, task="T800200"))), ())
    assert str(refusal.value) == (
        f"{task} is not among the 2 tasks that the bot sees on the board tea. Put the board's project on it, and let the bot's"
        f" account see it, if it should be there; board_report lists all.{meant}"
    )


def test_board_that_was_not_read() -> None:
    seen = plan()
    away = replace(seen, snapshot=replace(seen.snapshot, proposals=None, board_note="the server is away"))
    with pytest.raises(
        NoSuchTask,
        match=r"^T900001 cannot be explained: the server is away; try again later, or give -tasks:FILE$",
    ):
        explain("T900001", away, ())


def test_every_kind_of_task_can_be_explained_with_any_words() -> None:
    for words in ("[b]x[/b]", "\x1b[2J", "x" * 10_000, "\u202e", ""):
        one = proposal(
            1,
            words,
            author=words,
            column=words,
            status=words,
            fields={"format": words},
            missing=(words,),
            owners=(words,),
        )
        assert len(explain(one.task, plan(proposals=[one]), ())) == len(HEADINGS) + 1


def test_row_that_may_link_somebody_elses_task_is_named_as_the_reason() -> None:
    made = plan(proposals=[BOTS])
    stolen = replace(
        made, board_changes=(), problems=(Problem("task-stolen", Severity.WARNING, "Whose?", task="T900001"),)
    )
    assert (
        "slot: not due, its row may link somebody else's task: see the problems on the report page"
        in written(BOTS, stolen)
    )
