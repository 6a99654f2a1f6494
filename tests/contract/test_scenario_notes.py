"""The recorded scenario poll by poll, against what a careful human would have noted after each poll."""

from dataclasses import dataclass, replace

from callboard.model import Proposal
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory

from .scenario import APPROVED, PROPOSALS
from .stage import Stage, config


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a task. A yes is who, by which sign, before which poll; a yes lost is how, by whom, before which."""

    title: str
    column: str = PROPOSALS
    status: str = "open"
    visible: bool = True
    closer: str = ""
    merged_into: str = ""
    yes: tuple[str, str, int] | None = None
    was: tuple[str, str, int] | None = None  # the same without regard to whether the task is open and shown
    lost: tuple[str, str, int | None] | None = None


def _notes() -> dict[int, dict[str, Note]]:
    lena, lena_moved, tomas = (
        ("Coord-Lena", "comment", 2),
        ("Coord-Lena", "column", 2),
        ("CoordTomas", "column", 7),
    )
    priya = ("Coord_Priya", "comment", 4)
    alpha, beta, delta = Note("Session: Alpha"), Note("Session: Beta"), Note("Session: Delta")
    gamma = Note("Session: Gamma")
    notes: dict[int, dict[str, Note]] = {}

    def note(poll: int) -> None:
        notes[poll] = {"T48": alpha, "T49": beta, "T50": gamma, "T51": delta}

    note(0)
    note(1)
    alpha = replace(alpha, column=APPROVED, yes=lena, was=lena)
    note(2)
    note(3)  # "Not acknowledged yet"
    gamma = replace(gamma, title="Session: Gamma rays", yes=priya, was=priya)
    note(4)
    gamma = replace(gamma, yes=None, was=None, lost=("edited", "Coord_Priya", 4))
    note(5)
    alpha = replace(alpha, yes=lena_moved, was=lena_moved)
    note(6)  # its comment is gone; the card lies where Coord-Lena put it
    delta = replace(delta, column=APPROVED, yes=tomas, was=tomas)
    note(7)
    delta = replace(delta, column="", visible=False, yes=None)
    note(8)
    beta = replace(beta, visible=False)
    note(9)
    gamma = replace(gamma, status="duplicate", closer="hackadmin", merged_into="T48")
    note(10)
    alpha = replace(alpha, status="declined", closer="Dorothea", yes=None)
    note(11)
    beta = replace(beta, visible=True)
    delta = replace(delta, column=APPROVED, visible=True, yes=tomas)
    note(12)
    return notes


NOTES = _notes()


class Notebook:
    """Acts the scenario out and notes what a reader makes of it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.made: dict[str, int] = {row.phid: 0 for row in stage.board.transactions}

    def act(self, poll: int) -> None:
        self.stage.scenario.act(poll)
        self.made |= {row.phid: poll for row in self.stage.board.transactions if row.phid not in self.made}

    def note(self, memory: BoardMemory, **changes: object) -> dict[str, Note]:
        return {row.task: self._note(row) for row in proposals(memory, config(**changes))}

    def _note(self, row: Proposal) -> Note:
        yes, was = ((found.by, found.sign, self.made[found.transaction]) if found else None
                    for found in (row.acknowledged, row.was_acknowledged))  # fmt: skip
        lost = row.withdrawn
        return Note(
            row.title, row.column, row.status, row.visible, row.closer, row.merged_into, yes, was,
            (lost.how, lost.by, self.made.get(lost.transaction)) if lost else None,
        )  # fmt: skip


def test_notes_after_every_poll(stage: Stage) -> None:
    book, reader, memory = Notebook(stage), stage.reader(check_every=1), None
    found = {}
    for poll in NOTES:
        book.act(poll)
        memory = reader.poll(memory)
        found[poll] = book.note(memory)
    assert found == NOTES


def test_notes_with_a_memory_that_goes_through_json(stage: Stage) -> None:
    book, reader, memory = Notebook(stage), stage.reader(check_every=1), None
    found = {}
    for poll in NOTES:
        book.act(poll)
        memory = reader.poll(BoardMemory.from_json(memory.to_json()) if memory else None)
        found[poll] = book.note(memory)
    assert found == NOTES


def test_notes_without_a_memory_are_the_same_of_what_can_be_seen(stage: Stage) -> None:
    book = Notebook(stage)
    found, expected = {}, {}
    for poll, notes in NOTES.items():
        book.act(poll)
        found[poll] = book.note(stage.reader().poll(None))
        expected[poll] = {task: note for task, note in notes.items() if note.visible}
    assert found == expected


def test_notes_where_only_comments_count(stage: Stage) -> None:
    book, reader, memory = Notebook(stage), stage.reader(check_every=1), None
    alpha, gamma = ("Coord-Lena", "comment", 2), ("Coord_Priya", "comment", 4)
    yes: dict[int, dict[str, tuple[str, str, int]]] = {}
    lost: dict[int, dict[str, str]] = {}
    for poll in NOTES:
        book.act(poll)
        memory = reader.poll(memory)
        notes = book.note(memory, acknowledged_by=("comment",))
        yes[poll] = {task: note.yes for task, note in notes.items() if note.yes}
        lost[poll] = {task: note.lost[0] for task, note in notes.items() if note.lost}
    only_alpha = {"T48": alpha}
    assert yes == {
        0: {}, 1: {}, 2: only_alpha, 3: only_alpha, 4: {"T48": alpha, "T50": gamma}, 5: only_alpha,
        **{poll: {} for poll in range(6, 13)},
    }  # fmt: skip
    assert lost == {
        **{poll: {} for poll in range(5)}, 5: {"T50": "edited"},
        **{poll: {"T48": "removed", "T50": "edited"} for poll in range(6, 13)},
    }  # fmt: skip


def test_notes_without_looking_for_tasks_and_comments(stage: Stage) -> None:
    """What neither `modifiedStart` nor the stream shows stays as it was until something else happens, or returns."""
    book, reader, memory = Notebook(stage), stage.reader(check_every=100), None
    alpha, beta, delta = NOTES[5]["T48"], NOTES[8]["T49"], NOTES[7]["T51"]
    still: dict[int, dict[str, Note]] = {
        6: {"T48": alpha},  # removed
        8: {"T51": delta},  # off the project
        **{poll: {"T51": delta, "T49": beta} for poll in (9, 10, 11)},  # hidden
    }
    found, expected = {}, {}
    for poll, notes in NOTES.items():
        book.act(poll)
        memory = reader.poll(memory)
        found[poll] = book.note(memory)
        expected[poll] = {**notes, **still.get(poll, {})}
    assert found == expected
