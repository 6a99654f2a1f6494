"""What happens to a board out of the reader's sight: hidden tasks, renamed and disabled people, columns, late commits, faults."""

from typing import Any

import pytest

from callboard.errors import BoardRefused
from callboard.model import Told
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory
from dev.conduit_records import Project

from .scenario import APPROVED, COORDINATORS, EVENT, FACTS, PROPOSALS
from .stage import Stage, acknowledged, config

BOT = "SessionScheduleBot"


def wait(stage: Stage, seconds: int = 300) -> None:
    stage.scenario.now += seconds


@pytest.mark.parametrize("check_every", [1, 100])
def test_comment_made_while_a_task_was_hidden_counts_when_it_is_back(stage: Stage, check_every: int) -> None:
    reader = stage.reader(check_every=check_every)
    memory = reader.poll(None)
    wait(stage)
    stage.board.hide("T49", "hackadmin")
    stage.board.comment("T49", "Coord-Lena", "Acknowledged")
    for _ in range(3):  # other tasks' comments carry the place from which the stream is read beyond that one
        wait(stage)
        stage.board.comment("T48", "elias.w", "hi")
        memory = reader.poll(memory)
    stage.board.unhide("T49", "hackadmin")
    wait(stage)
    assert acknowledged(reader.poll(memory)) == {"Beta": "comment"}


def test_coordinator_who_was_disabled_for_a_while_counts_again(stage: Stage) -> None:
    reader = stage.reader(check_every=1)
    stage.scenario.act(2)
    memory, found = reader.poll(None), []
    for act in (stage.board.disable, stage.board.enable):
        act("Coord-Lena")
        wait(stage)
        memory = reader.poll(memory)
        found.append(acknowledged(memory))
    assert found == [{}, {"Alpha": "comment"}]


def test_board_on_which_nobody_can_say_yes_any_more_is_refused(stage: Stage) -> None:
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    for name in COORDINATORS:
        stage.board.disable(name)
    for known in (memory, None):
        with pytest.raises(BoardRefused, match="all coordinators' accounts on Phabricator are disabled"):
            reader.poll(known)


def test_only_members_of_the_team_count_as_long_as_they_are(stage: Stage) -> None:
    team = Project(90, "PHID-PROJ-team", "Team", ["team"], [COORDINATORS["CoordTomas"]])
    stage.board.projects.append(team)
    stage.scenario.act(2)
    reader = stage.reader(check_every=1, team="team")
    memory = reader.poll(None)
    found = [acknowledged(memory)]
    for act in (stage.board.join, stage.board.leave):
        act("team", "Coord-Lena")
        wait(stage)
        memory = reader.poll(memory)
        found.append(acknowledged(memory))
    assert found == [{}, {"Alpha": "comment"}, {}]


def test_card_that_its_owner_moved_out_and_back_in_has_no_yes(stage: Stage) -> None:
    stage.board.move("T51", "CoordTomas", APPROVED)
    stage.board.move("T51", "HanaT", PROPOSALS)
    stage.board.move("T51", "HanaT", APPROVED)
    assert acknowledged(stage.reader().poll(None)) == {}


def test_renamed_column_stays_the_one_meant_and_is_refused_with_what_there_is_once_forgotten(
    stage: Stage,
) -> None:
    stage.scenario.act(2)
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    stage.board.rename_column(APPROVED, "Yes")
    stage.board.comment("T48", "Coord-Lena", "see you")
    wait(stage)
    memory = reader.poll(memory)
    assert acknowledged(memory, acknowledged_by=("column",)) == {"Alpha": "column"}
    assert proposals(memory, config())[0].column == "Yes"
    with pytest.raises(BoardRefused, match=rf"'Yes' \({FACTS['columns'][APPROVED]}\)"):
        reader.poll(None)


def test_column_may_be_named_by_phid(stage: Stage) -> None:
    stage.scenario.act(7)
    stage.board.rename_column(APPROVED, "Yes")
    named: dict[str, Any] = {"columns": (FACTS["columns"][APPROVED],)}
    assert acknowledged(stage.reader(**named).poll(None), **named) == {"Delta": "column"}


def test_renamed_author_and_project_change_nothing_but_the_name(stage: Stage) -> None:
    reader = stage.reader(check_every=1)
    stage.scenario.act(2)
    memory = reader.poll(None)
    stage.board.rename_user("Dorothea", "Dora")
    stage.board.rename_project("session-board", "Sessions of 2021")
    wait(stage)
    memory = reader.poll(memory)
    assert proposals(memory, config())[0].author == "Dora"
    assert acknowledged(memory) == acknowledged(stage.reader().poll(None)) == {"Alpha": "comment"}


def test_wiki_account_that_is_linked_later_is_known_at_the_next_check(stage: Stage) -> None:
    stage.board.describe("T48", "Dorothea", "Speaker: [[User:Dora W]]")
    reader = stage.reader(check_every=2)
    memory = reader.poll(None)
    stage.board.link("Dorothea", "Dora W")
    found = []
    for _ in range(2):
        wait(stage)
        memory = reader.poll(memory)
        found.append(proposals(memory, config())[0].owners)
    assert found == [(), ("Dora W",)]


def test_listed_speakers_wiki_account_is_verified_through_their_phabricator_name(stage: Stage) -> None:
    stage.board.link("elias.w", "Élias W")
    stage.board.describe("T48", "Dorothea", "Speakers: [[User:Élias W]], [[User:Mallory]], @Elias.W")
    claims = proposals(stage.reader().poll(None), config())[0].claims
    assert [(claim.name, claim.why) for claim in claims] == [
        ("Élias W", "mediawikiquery"), ("Mallory", "unverified"),
    ]  # fmt: skip


def test_rewritten_by_an_administrator_a_coordinators_comment_is_no_yes(stage: Stage) -> None:
    comment = stage.board.comment("T48", "Coord-Lena", "Please tell us the format")
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    stage.board.edit_comment(comment, "hackadmin", "Acknowledged")
    assert acknowledged(reader.poll(memory)) == acknowledged(stage.reader().poll(None)) == {}


def test_comment_that_was_committed_late_below_others_is_not_lost(stage: Stage) -> None:
    reader = stage.reader(check_every=100)
    memory = reader.poll(None)
    wait(stage)
    late = stage.board.begin("T48", "Coord-Lena", [("comment", "Acknowledged")])
    stage.board.comment("T49", "elias.w", "meanwhile")
    wait(stage, 1)
    memory = reader.poll(memory)
    wait(stage, 7)
    late.commit()
    wait(stage)
    assert acknowledged(reader.poll(memory)) == {"Alpha": "comment"}


def test_task_hidden_between_two_pages_makes_the_reader_begin_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callboard.board._PAGE", 2)
    call, hidden = stage.conduit.call, list[object]()

    def hiding(method: str, **params: Any) -> object:
        answer = call(method, **params)
        if method == "maniphest.search" and not hidden:
            hidden.append(stage.board.hide("T49", "hackadmin"))  # the task at which the first page ends
        return answer

    monkeypatch.setattr(stage.conduit, "call", hiding)
    assert sorted(row.name for row in stage.reader().poll(None).tasks.values()) == ["T48", "T50", "T51"]


def test_server_that_tells_no_time_is_asked_from_the_newest_change_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callboard.phabricator._date", lambda _: None)
    reader = stage.reader()
    memory = reader.poll(None)
    assert memory.polled == max(task.modified for task in memory.tasks.values())
    wait(stage)
    stage.board.comment("T48", "Coord-Lena", "Acknowledged")
    memory = reader.poll(memory)
    assert acknowledged(memory) == {"Alpha": "comment"}
    assert memory.polled == stage.scenario.now


def test_merge_into_a_task_off_the_board_names_none_whether_followed_or_read_anew(stage: Stage) -> None:
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    wait(stage)
    stage.board.merge("T50", "T46", "hackadmin")
    stage.board.merge("T51", "T48", "hackadmin")
    for number in range(150):  # more than a page of the stream above the merges
        stage.board.comment("T46", "elias.w", f"load {number}")
    memory = reader.poll(memory)
    for found in (memory, stage.reader().poll(None)):
        assert [row.merged_into for row in proposals(found, config())] == ["", "", "", "T48"]


def test_tag_and_status_are_read_as_signs(stage: Stage) -> None:
    stage.board.projects.append(Project(91, "PHID-PROJ-yes", "Yes", ["session-yes"]))
    both: dict[str, Any] = {
        "acknowledged_by": ("tag", "status"),
        "tags": ("session-yes",),
        "statuses": ("progress",),
    }
    reader = stage.reader(**both)
    memory = reader.poll(None)
    wait(stage)
    stage.board.tag("T48", "Coord-Lena", "session-yes")
    stage.board.tag("T49", "elias.w", "session-yes")  # its owner
    stage.board.set_status("T50", "CoordTomas", "progress")
    memory = reader.poll(memory)
    for found in (memory, stage.reader(**both).poll(None)):
        assert acknowledged(found, **both) == {"Alpha": "tag", "Gamma": "status"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"team": "nope"}, "Phabricator has no projects #nope: exactly one is needed"),
        ({"team": "empty"}, "none of the coordinators is a member of #empty: nobody can say yes"),
        ({"acknowledged_by": ("tag",), "tags": ("nope",)}, "Phabricator has no projects #nope: exactly one is needed"),
        (
            {"acknowledged_by": ("status",), "statuses": ("approved",)},
            "Phabricator has no status 'approved'; it has open, progress, stalled, resolved, duplicate, invalid, declined",
        ),
    ],
)  # fmt: skip
def test_team_tag_or_status_that_is_not_there_is_refused(
    stage: Stage, changes: dict[str, Any], message: str
) -> None:
    stage.board.projects.append(Project(92, "PHID-PROJ-empty", "Empty", ["empty"]))
    with pytest.raises(BoardRefused) as caught:
        stage.reader(**changes).poll(None)
    assert str(caught.value) == message


def test_bots_own_comments_and_moves_are_known_and_no_sign_of_the_team(stage: Stage) -> None:
    mark = "slot-0123456789ab"
    text = f"It is on.\n\n[[ https://example.org/About#callboard-{mark} | Why this comment? ]]"
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    wait(stage)
    said = stage.board.comment("T48", BOT, text, column=APPROVED)
    gone = stage.board.comment("T48", BOT, text)
    stage.board.comment("T48", "elias.w", text)
    stage.board.remove_comment(gone, "hackadmin")
    memory = reader.poll(memory)
    for found in (memory, stage.reader().poll(None)):
        alpha = proposals(found, config())[0]
        assert [(told.marker, told.transaction, told.removed) for told in alpha.told] == [
            (mark, said.phid, False), ("", gone.phid, True),
        ]  # fmt: skip
        assert isinstance(alpha.told[0], Told)
        assert alpha.moved_by_bot == (FACTS["columns"][APPROVED],)
        assert alpha.acknowledged is None


KINDS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing named": ({}, ["session"] * 4),
    "sessions by column": (
        {"sessions": {"columns": [PROPOSALS]}},
        ["session", "session", "other", "session"],
    ),
    "sessions by title": ({"sessions": {"titles": ["session: b"]}}, ["session", "session", "other", "other"]),
    "projects by column": ({"projects": {"columns": ["Done"]}}, ["session", "session", "project", "session"]),
    "a title says more than a column": (
        {"sessions": {"columns": [PROPOSALS]}, "projects": {"titles": ["Session: Delta"]}},
        ["session", "session", "other", "project"],
    ),
}


@pytest.mark.parametrize("case", KINDS)
def test_kind_of_card(stage: Stage, case: str) -> None:
    """Alpha lies in the column that acknowledges, Gamma in "Done", the others where proposals are."""
    settings, kinds = KINDS[case]
    stage.scenario.act(2)
    stage.board.move("T50", "FatimaK", "Done")
    memory = stage.reader(**settings).poll(None)
    assert [row.kind for row in proposals(memory, config(**settings))] == kinds


def test_returned_tasks_cost_a_bounded_number_of_requests(stage: Stage) -> None:
    others = [stage.board.create_task(f"Session {number}", "Dorothea").phid for number in range(30)]
    for task in others:
        stage.board.comment(task, "Coord-Lena", "Acknowledged")
    reader = stage.reader()
    memory = reader.poll(None)
    wait(stage)
    stage.board.comment("T48", "elias.w", "hi")
    memory = reader.poll(memory)
    wait(stage)
    for task in others:
        stage.board.tag(task, "Dorothea", EVENT)
    wait(stage, 10)
    before = reader.requests
    memory = reader.poll(memory)
    assert reader.requests - before == 4  # tasks, stream, histories, comments
    assert len(acknowledged(memory)) == 30


def test_whole_histories_cost_three_requests_and_show_what_was_done_a_moment_ago(stage: Stage) -> None:
    reader = stage.reader()
    stage.scenario.act(2)
    memory = reader.poll(None)
    stage.board.comment("T49", "CoordTomas", "Acknowledged")  # in the same second
    before = reader.requests
    memory = reader.reread(memory, ["T48", "T49"])
    assert reader.requests - before == 3
    assert acknowledged(memory) == {"Alpha": "comment", "Beta": "comment"}


def test_large_board_is_looked_for_in_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callboard.board._AT_ONCE", 2)
    reader = stage.reader(check_every=1)
    memory = reader.poll(None)
    wait(stage)
    for task in ("T49", "T51"):
        stage.board.hide(task, "hackadmin")
    seen = []
    for _ in range(2):
        kept = BoardMemory.from_json(reader.poll(memory).to_json())
        assert kept is not None
        memory = kept
        seen.append([row.task for row in proposals(memory, config()) if not row.visible])
    assert seen == [["T49"], ["T49", "T51"]]


def test_server_without_whole_histories_is_asked_task_by_task(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for poll in range(12):
        stage.scenario.act(poll)
    stage.scenario.now += 60
    whole, call = stage.reader().poll(None), stage.conduit.call

    def old(method: str, **params: Any) -> object:
        return call("session.approve" if method == "maniphest.gettasktransactions" else method, **params)

    monkeypatch.setattr(stage.conduit, "call", old)
    assert stage.reader().poll(None) == whole
