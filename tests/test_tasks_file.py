"""Proposals from a JSON file."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callboard.errors import ConfigError
from callboard.model import Acknowledgement, Claim, Proposal, SlotWish
from callboard.tasks_file import load_proposals, proposals_from, read_for
from tests.board_values import event

PLAIN = {"task": "T900001", "title": "[Session] Bots"}


def only(entry: dict[str, Any]) -> Proposal:
    (found,) = proposals_from([entry], "tasks.json").values()
    return found


def test_task_and_title_are_enough() -> None:
    assert only(PLAIN) == Proposal(
        task="T900001",
        phid="PHID-TASK-T900001",
        title="[Session] Bots",
        author="",
        status="open",
        closed=False,
    )


def test_nothing_is_a_board_without_tasks() -> None:
    assert proposals_from([], "tasks.json") == {}


@pytest.mark.parametrize(
    ("acknowledged", "wanted"),
    [
        (False, None),
        (None, None),
        (True, Acknowledgement("", "", datetime(1970, 1, 1, tzinfo=UTC), "comment", "")),
        (
            {"by": "coordinator", "at": "2021-05-01T12:00:00+02:00"},
            Acknowledgement("coordinator", "", datetime(2021, 5, 1, 10, tzinfo=UTC), "comment", ""),
        ),
    ],
)
def test_acknowledgement(acknowledged: object, wanted: Acknowledgement | None) -> None:
    assert only({**PLAIN, "acknowledged": acknowledged}).acknowledged == wanted


@pytest.mark.parametrize(
    ("facts", "closed"),
    [
        ({}, False),
        ({"status": "stalled"}, False),
        ({"status": "resolved"}, True),
        ({"status": "declined"}, True),
        ({"status": "declined", "closed": False}, False),
    ],
)
def test_closed_follows_from_the_status(facts: dict[str, Any], closed: bool) -> None:
    assert only({**PLAIN, **facts}).closed is closed


def test_owners_are_spelt_as_the_wiki_does() -> None:
    assert only({**PLAIN, "owners": ["ada", "testuser_Bo"]}).owners == ("Ada", "Testuser Bo")


def test_tasks_may_be_keys() -> None:
    assert proposals_from({"T900001": {"title": "[Session] Bots"}}, "tasks.json") == {"T900001": only(PLAIN)}


def test_every_mistake_is_told_with_its_place() -> None:
    with pytest.raises(ConfigError) as mistakes:
        proposals_from([{"task": "T0", "title": "x"}, {"task": "T1", "name": "x"}, "T2"], "tasks.json")
    assert str(mistakes.value).splitlines() == [
        "tasks.json: 0.task: String should match pattern '^T[1-9]\\d{0,9}$'",
        "tasks.json: 1.title: is missing",
        "tasks.json: 1.name: unknown key",
        "tasks.json: 2: write an object with task and title",
    ]


@pytest.mark.parametrize("data", [1, "x", None, {"T1": 1}])
def test_what_is_no_list_is_refused(data: object) -> None:
    with pytest.raises(ConfigError, match=r"^tasks\.json: "):
        proposals_from(data, "tasks.json")


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([PLAIN]), encoding="utf-8")
    assert load_proposals(path) == {"T900001": only(PLAIN)}


def test_slot_is_a_coordinators_wish() -> None:
    asked = only(PLAIN | {"slot": " 2021-05-22 14:00,  room 1", "acknowledged": {"by": "lea"}}).slot
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    assert asked == SlotWish("2021-05-22 14:00, room 1", "lea", long_ago, "PHID-XACT-T900001-slot")
    assert only(PLAIN | {"slot": " "}).slot is None


def test_everything_that_a_board_tells_can_be_given() -> None:
    facts = {
        "acknowledged": {"by": "lea", "at": "2021-05-01T10:00:00Z", "sign": "tag", "transaction": "PHID-XACT-TASK-1", "quote": "Yes"},
        "submitted": "2021-04-01T02:00:00+02:00", "merged_into": "T900002", "closer": "lea", "column": "Approved", "board": "tea",
        "kind": "project", "fields": {"help": "Lua"}, "missing": ["people"], "contradictions": ["two rooms"], "claims": ["bo"],
    }  # fmt: skip
    yes = Acknowledgement("lea", "", datetime(2021, 5, 1, 10, tzinfo=UTC), "tag", "PHID-XACT-TASK-1", "Yes")
    assert only(PLAIN | facts) == Proposal(
        task="T900001", phid="PHID-TASK-T900001", title="[Session] Bots", author="", status="open", closed=False,
        acknowledged=yes, was_acknowledged=yes, submitted=datetime(2021, 4, 1, tzinfo=UTC), merged_into="T900002", closer="lea",
        column="Approved", board="tea", kind="project", fields={"help": "Lua"}, missing=("people",), contradictions=("two rooms",),
        claims=(Claim("Bo", "unverified"),), claimed_names=("Bo",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "talk"}, "Input should be 'session', 'project' or 'other'"),
        ({"submitted": "2021-05-01T10:00"}, "Input should have timezone info"),
        ({"acknowledged": {"sign": "wink"}}, "Input should be 'comment', 'column', 'tag' or 'status'"),
    ],
)
def test_what_no_board_tells_is_refused(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        only(PLAIN | facts)


DESCRIBED = PLAIN | {
    "description": "Format: Workshop\nLength: 55 minutes\nPreferred time: 2021-05-22 14:00-16:00 UTC"
}


def test_description_is_read_as_on_the_board() -> None:
    (read,) = read_for(event(), {"T900001": only(DESCRIBED)}).values()
    assert (read.board, read.format, read.minutes, read.missing) == ("tea", "Workshop", 55, ("people",))
    assert read.available == ((datetime(2021, 5, 22, 14, tzinfo=UTC), datetime(2021, 5, 22, 16, tzinfo=UTC)),)


def test_what_the_file_says_itself_holds() -> None:
    given = DESCRIBED | {"format": "Talk", "minutes": 25, "fields": {"people": "Ada"}, "board": "other"}
    (read,) = read_for(event(), {"T900001": only(given)}).values()
    assert (read.board, read.format, read.minutes, read.missing) == ("other", "Talk", 25, ())
    assert (read.fields["people"], read.fields["format"]) == ("Ada", "Workshop")


def test_task_without_a_description_lacks_nothing() -> None:
    (read,) = read_for(event(), {"T900001": only(PLAIN)}).values()
    assert (read.board, read.missing, read.fields) == ("tea", (), {})


def test_event_without_a_board_reads_no_fields() -> None:
    without = event().model_copy(update={"board": ()})
    assert read_for(without, {"T900001": only(DESCRIBED)})["T900001"].fields == {}
