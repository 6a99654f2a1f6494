"""The real reader against the development server: the recorded scenario, what a poll costs, what it must not miss."""

from typing import Any

import pytest

from callboard.board import WorkBoard
from callboard.errors import BoardAway, BoardRefused
from callboard.phabricator import Conduit
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory
from dev.conduit import ConduitServer
from dev.conduit_load import build_board

from .scenario import APPROVED, COORDINATORS
from .stage import Stage, acknowledged, config

COMMENT, COLUMN = "comment", "column"
# Poll → how Alpha, Beta, Gamma and Delta are acknowledged, with both signs allowed.
ALPHA_LATER = COLUMN  # its comment is removed, the card still lies in the column to which Coord-Lena moved it
STATES: dict[int, dict[str, str]] = {
    0: {},
    1: {},
    2: {"Alpha": COMMENT},
    3: {"Alpha": COMMENT},
    4: {"Alpha": COMMENT, "Gamma rays": COMMENT},
    5: {"Alpha": COMMENT},
    6: {"Alpha": ALPHA_LATER},
    7: {"Alpha": ALPHA_LATER, "Delta": COLUMN},
    8: {"Alpha": ALPHA_LATER},
    9: {"Alpha": ALPHA_LATER},
    10: {"Alpha": ALPHA_LATER},
    11: {},
    12: {"Delta": COLUMN},
}


def test_scenario_is_right_after_every_poll(stage: Stage) -> None:
    reader, memory = stage.reader(check_every=1), None
    states: dict[int, dict[str, str]] = {}
    for poll in range(13):
        stage.scenario.act(poll)
        memory = reader.poll(memory)
        states[poll] = acknowledged(memory)
    assert states == STATES


def test_scenario_is_right_when_the_memory_goes_through_json_or_is_lost(stage: Stage) -> None:
    kept, memory = stage.reader(check_every=1), None
    for poll in range(13):
        stage.scenario.act(poll)
        memory = kept.poll(BoardMemory.from_json(memory.to_json()) if memory else None)
        assert acknowledged(memory) == STATES[poll]
        assert acknowledged(stage.reader().poll(None)) == STATES[poll]


def test_scenario_by_comment_only(stage: Stage) -> None:
    reader, memory = stage.reader(check_every=1), None
    states = []
    for poll in range(13):
        stage.scenario.act(poll)
        memory = reader.poll(memory)
        states.append(sorted(acknowledged(memory, acknowledged_by=("comment",))))
    both = [["Alpha"]] * 2 + [["Alpha", "Gamma rays"]] + [["Alpha"]]
    assert states == [[], [], *both, *([[]] * 7)]


def test_recheck_before_an_edit_shows_what_polls_cannot(stage: Stage) -> None:
    """Without the periodic check: the removed comment, the hidden task and the one off the project."""
    reader, memory = stage.reader(), None
    for poll in range(10):
        stage.scenario.act(poll)
        memory = reader.poll(memory)
        checked = reader.recheck(memory, stage.scenario.names.values())
        assert acknowledged(checked) == STATES[poll]
    assert memory is not None
    seen = {row.task: row.visible for row in proposals(reader.recheck(memory, ["T49", "T51"]), config())}
    assert seen == {"T48": True, "T49": False, "T50": True, "T51": False}


def test_idle_poll_is_one_request_and_changes_two_whatever_their_number(stage: Stage) -> None:
    reader = stage.reader()
    stage.scenario.now += 60
    memory = reader.poll(None)
    costs = []
    for names in ([], ["alpha"], ["alpha", "beta", "gamma", "delta"], []):
        stage.scenario.now += 60
        for name in names:
            stage.board.comment(stage.scenario.names[name], "Coord-Lena", "Acknowledged")
        stage.scenario.now += 60
        before = reader.requests
        memory = reader.poll(memory)
        costs.append(reader.requests - before)
    assert costs == [1, 2, 2, 1]
    assert len(acknowledged(memory)) == 4


def test_recheck_costs_two_requests_for_all_tasks(stage: Stage) -> None:
    reader = stage.reader()
    stage.scenario.act(2)
    stage.scenario.now += 1
    memory = reader.poll(None)
    before = reader.requests
    assert reader.recheck(memory, ["T48", "T49", "T50", "T51"]) == memory
    assert reader.requests - before == 2
    assert reader.recheck(memory, []) == memory
    assert reader.requests - before == 2


def test_recheck_sees_a_withdrawal_made_in_the_second_of_the_last_poll(stage: Stage) -> None:
    reader = stage.reader()
    stage.scenario.act(4)
    memory = reader.poll(None)
    stage.board.comment("T50", "CoordTomas", "Sorry, acknowledgement withdrawn.")  # same dateModified
    assert acknowledged(memory) == {"Gamma rays": COMMENT}
    assert acknowledged(reader.recheck(memory, ["T50"])) == {}


def test_recheck_sees_a_withdrawal_made_since_the_last_poll(stage: Stage) -> None:
    reader = stage.reader()
    stage.scenario.act(4)
    memory = reader.poll(None)
    stage.scenario.now += 5
    stage.board.comment("T50", "CoordTomas", "Sorry, acknowledgement withdrawn.")
    assert acknowledged(memory) == {"Gamma rays": COMMENT}
    assert acknowledged(reader.recheck(memory, ["T50"])) == {}


def test_change_in_the_second_of_the_last_poll_is_not_missed(stage: Stage) -> None:
    reader = stage.reader()
    stage.scenario.now += 30
    stage.board.comment("T48", "Dorothea", "Hello?")
    memory = reader.poll(None)
    stage.board.comment("T48", "Coord-Lena", "Acknowledged")  # same second, same dateModified
    stage.scenario.now += 30
    assert acknowledged(reader.poll(memory)) == {"Alpha": COMMENT}


def test_task_that_joins_the_board_brings_its_earlier_acknowledgement(stage: Stage) -> None:
    task = stage.board.create_task("Session: Late", "Dorothea")
    stage.board.comment(task.phid, "Coord-Lena", "Acknowledged")
    reader = stage.reader()
    memory = reader.poll(None)
    stage.scenario.now += 1000
    memory = reader.poll(memory)
    stage.board.tag(task.phid, "Dorothea", "session-board")
    stage.scenario.now += 10
    assert acknowledged(reader.poll(memory)) == {"Late": COMMENT}


def test_hidden_watermark_falls_back_to_an_older_one(stage: Stage) -> None:
    reader = stage.reader()
    memory = reader.poll(None)
    for _ in range(3):
        stage.scenario.now += 300
        stage.board.comment("T49", "elias.w", "still there?")
        stage.scenario.now += 300
        memory = reader.poll(memory)
    stage.board.hide("T49", "hackadmin")
    stage.board.comment("T48", "Coord-Lena", "Acknowledged")
    stage.scenario.now += 1
    assert acknowledged(reader.poll(memory)) == {"Alpha": COMMENT}


def test_stream_without_any_valid_watermark_is_read_anew(stage: Stage) -> None:
    reader = stage.reader()
    memory = reader.poll(None)
    stage.scenario.now += 300
    stage.board.comment("T48", "Coord-Lena", "Acknowledged")
    stage.board.transactions[:] = [
        row for row in stage.board.transactions if row.comments and row.task.endswith("4oxo2")
    ]
    assert acknowledged(reader.poll(memory)) == {"Alpha": COMMENT}


def test_stream_longer_than_a_page_is_read_to_its_end(stage: Stage) -> None:
    reader = stage.reader()
    memory = reader.poll(None)
    stage.scenario.now += 300
    stage.board.comment("T48", "Coord-Lena", "Acknowledged")
    for number in range(2100):
        stage.board.comment("T49", "elias.w", f"load {number}")
    stage.board.comment("T50", "Coord-Lena", "Acknowledged")
    before = reader.requests
    assert acknowledged(reader.poll(memory)) == {"Alpha": COMMENT, "Gamma": COMMENT}
    assert reader.requests - before == 4


def test_board_of_several_pages_is_read_whole(stage: Stage) -> None:
    for number in range(230):
        stage.board.create_task(f"Session {number}", "Dorothea", project="session-board")
    before = stage.server.count("maniphest.search")
    memory = stage.reader().poll(None)
    assert len(memory.tasks) == 234
    assert stage.server.count("maniphest.search") - before == 3


def test_other_settings_read_the_board_anew(stage: Stage) -> None:
    stage.scenario.act(2)
    memory = stage.reader().poll(None)
    other = stage.reader(coordinators=("CoordTomas",)).poll(memory)
    assert acknowledged(memory) == {"Alpha": COMMENT}
    assert proposals(other, config())[0].acknowledged is None


def test_renamed_coordinator_still_counts_and_a_disabled_one_no_longer(stage: Stage) -> None:
    reader = stage.reader(check_every=1)
    stage.scenario.act(2)
    memory = reader.poll(None)
    stage.board.rename_user("Coord-Lena", "Lena-Renamed")
    memory = reader.poll(memory)
    yes = proposals(memory, config())[0].acknowledged
    assert yes is not None
    assert yes.by == "Lena-Renamed"
    stage.board.user("Lena-Renamed").roles = frozenset({"disabled"})
    assert acknowledged(reader.poll(memory)) == {}


def test_coordinators_may_be_named_by_phid(stage: Stage) -> None:
    stage.scenario.act(2)
    memory = stage.reader(coordinators=(COORDINATORS["Coord-Lena"], "coordtomas")).poll(None)
    assert sorted(memory.coordinators.values()) == ["Coord-Lena", "CoordTomas"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"project": "nope"}, "Phabricator has no projects #nope: exactly one is needed"),
        (
            {"columns": ("Approved",)},
            (
                "the board #session-board has no column 'Approved'; it has 'Backlog' (PHID-PCOL-fcaywdcckpfcswq7ld6i), "
                "'Done' (PHID-PCOL-2cv5eurxxwyvkmdxqqzo), 'Session proposals' (PHID-PCOL-6pe3t2zynm6jgx5lrxqm), "
                "'Sessions - approved' (PHID-PCOL-iehjk3vjhcyujo62o3vq)"
            ),
        ),
        ({"coordinators": ("Nobody",)}, "Phabricator has no account for the coordinators Nobody"),
    ],
)
def test_what_the_board_lacks_is_refused_in_one_line(
    stage: Stage, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(BoardRefused) as caught:
        stage.reader(**changes).poll(None)
    assert str(caught.value) == message


def test_answer_of_another_shape_is_an_absent_board(stage: Stage) -> None:
    reader = stage.reader()
    memory = reader.poll(None)
    stage.scenario.act(7)
    stage.board.transactions[-1].fields = {}
    with pytest.raises(BoardAway, match="not understood"):
        reader.poll(memory)


def test_owner_is_known_when_the_claimed_wiki_account_is_the_authors() -> None:
    data = {
        "users": [
            {"name": "Bot", "roles": ["bot"]},
            {"name": "lena"},
            {"name": "ada-l", "wiki": "Ada L."},
            {"name": "mallory", "wiki": "Mallory"},
        ],
        "projects": [{"name": "session-board", "columns": ["Backlog", APPROVED]}],
        "tasks": [
            {"title": "A", "author": "ada-l", "created": "2021-05-01T00:00:00Z", "project": "session-board",
             "description": "**Format:** Workshop (55min)\nSpeaker: [[User:Ada L.]]"},
            {"title": "B", "author": "mallory", "created": "2021-05-01T00:00:00Z", "project": "session-board",
             "description": "Speaker: [[User:Ada L.]]"},
            {"title": "C", "author": "lena", "created": "2021-05-01T00:00:00Z", "project": "session-board"},
        ],
    }  # fmt: skip
    settings = config(coordinators=("lena",), people={"lena": "Lena M"})
    with (
        ConduitServer(build_board(data, lambda: 1620000000)) as server,
        Conduit(server.url, server.token, user_agent="test") as conduit,
    ):
        found = proposals(WorkBoard(conduit, settings).poll(None), settings)
    assert [(row.task, row.author, row.claimed_names, row.owners) for row in found] == [
        ("T1", "ada-l", ("Ada L.",), ("Ada L.",)),
        ("T2", "mallory", ("Ada L.",), ()),
        ("T3", "lena", (), ("Lena M",)),
    ]
    assert (found[0].format, found[0].minutes) == ("Workshop", 55)


def test_people_never_met_cost_three_more_requests_once(stage: Stage) -> None:
    """Who they are by PHID, whose the Phabricator names and whose the wiki names are that a task lists."""
    reader = stage.reader()
    stage.scenario.now += 60
    memory, costs = reader.poll(None), []
    text = "Speakers: [[User:Nobody here]], @hackadmin"
    for tasks in (20, 20, 0):
        stage.scenario.now += 60
        for number in range(tasks):
            stage.board.create_task(
                f"Session {number}", "hackadmin", description=text, project="session-board"
            )
        stage.scenario.now += 60
        before = reader.requests
        memory = reader.poll(memory)
        costs.append(reader.requests - before)
    assert costs == [5, 2, 1]
