"""Random histories of a board: what people do between polls, from a seed, to be played on the development server.

    with Play() as play:
        for number in play.turns(history(53)):
            memory = reader.poll(memory)

differences.py compares what a reader that follows makes of them with what it reads anew.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Self

from callboard.phabricator import Conduit
from dev.conduit import ConduitServer
from dev.conduit_board import Board
from dev.conduit_late import Late
from dev.conduit_records import Column, Project, Transaction

from .scenario import APPROVED, COORDINATORS, EVENT, FACTS, PROPOSALS, Scenario
from .stage import Stage

TEAM, TAG, OTHER = "hackathon-coordination-team", "session-approved", "other-board"
SETTINGS: dict[str, Any] = {
    "coordinators": tuple(COORDINATORS.values()),
    "acknowledged_by": ("comment", "column", "tag", "status"),
    "columns": (FACTS["columns"][APPROVED],),
    "tags": (TAG,),
    "statuses": ("progress",),
}
"""Settings with which everything that histories do can matter: all four signs, and PHIDs, as everything is renamed."""
TEXTS = ("Acknowledged", "Not acknowledged yet", "**Acknowledged**, see you there", "Acknowledgement withdrawn",
         "> Acknowledged", "hi @Dorothea, see T48 and T50", "")  # fmt: skip
PEOPLE = (*COORDINATORS, *COORDINATORS, "elias.w", "Dorothea", "FatimaK", "HanaT", "hackadmin")
COLUMNS = (APPROVED, PROPOSALS, "Backlog", "Elsewhere")
FAULTS = ("429", "500", "html", "lost answer", "half answer")
LATEST = 8  # seconds after which a late edit is committed; 6 ids and a few seconds were measured (exp_gap)

# How often each kind of act occurs. Those that no poll can show before tasks and comments are looked for by PHID:
SILENT = {"edit": 3, "remove": 2, "hide": 2, "untag": 2, "rename user": 1, "rename column": 1, "rename project": 1,
          "disable": 1, "enable": 1, "link": 1}  # fmt: skip
LOUD = {"comment": 6, "move": 5, "unhide": 2, "tag": 2, "approve": 2, "disapprove": 1, "status": 3, "reopen": 1,
        "merge": 1, "retitle": 2, "describe": 2, "create": 2, "both": 2, "nothing": 1, "late": 4, "commit": 3,
        "fault": 2}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does `after` so many seconds; what cannot be done just now is left undone."""

    kind: str
    after: int
    task: str
    by: str
    which: int = 0  # which text, column, comment, fault or late edit, counted round

    def __str__(self) -> str:
        return f"+{self.after} s {self.kind} {self.task} by {self.by} ({self.which})"


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens before a poll, and how many seconds the poll comes later."""

    acts: tuple[Act, ...]
    wait: int


History = tuple[Turn, ...]


def history(seed: int, *, polls: int = 25, silent: bool = True, faults: bool = True) -> History:
    """The history of a seed, always the same; without `silent` only of what a poll shows at once."""
    chance = random.Random(seed)  # noqa: S311 -- no secret: it has to be the same each time
    kinds = LOUD | (SILENT if silent else {})
    if not faults:
        kinds = {kind: weight for kind, weight in kinds.items() if kind != "fault"}
    tasks = ["T48", "T49", "T50", "T51"] * 3 + ["T46", "T52", "T53"]

    def act() -> Act:
        kind = chance.choices(list(kinds), list(kinds.values()))[0]
        after = chance.choice((0, 0, 1, 3, 5, 40, 200))
        return Act(kind, after, chance.choice(tasks), chance.choice(PEOPLE), chance.randrange(1000))

    return tuple(
        Turn(tuple(act() for _ in range(chance.randint(0, 6))), chance.choice((0, 1, 5, 30, 300)))
        for _ in range(polls)
    )


class Play:
    """A board and a server on which a history is played; `turns()` stops where a poll is due.

    `stage` has the reader for it: `stage.reader(check_every=1, **SETTINGS).poll(memory)`. A poll may meet faults and
    raise BoardAway; `server.heal()` forgets those that are left.
    """

    def __init__(self) -> None:
        self.scenario = Scenario()
        self.board: Board = self.scenario.board
        self.comments: list[Transaction] = []
        self.late: list[tuple[int, Late]] = []
        self.done: list[str] = []
        self.names = count(1)
        self._open = ExitStack()
        _furnish(self.board)

    def __enter__(self) -> Self:
        self.server = self._open.enter_context(ConduitServer(self.board))
        conduit = Conduit(self.server.url, self.server.token, user_agent="test", pause=lambda _: None)
        self.stage = Stage(self.scenario, self.server, self._open.enter_context(conduit))
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def turns(self, turns: History) -> Iterator[int]:
        """Plays the history; gives the number of each poll when it is due."""
        for number, turn in enumerate(turns):
            for act in turn.acts:
                self.wait(act.after)
                self.do(act)
            self.wait(turn.wait)
            yield number

    def wait(self, seconds: int) -> None:
        """Lets time pass; late edits are committed in time."""
        self.scenario.now += seconds
        for begun, late in list(self.late):
            if self.scenario.now - begun > LATEST:
                self.commit((begun, late))

    def commit(self, entry: tuple[int, Late]) -> None:
        """Commits a late edit."""
        self.late.remove(entry)
        self.comments += [row for row in entry[1].commit() if row.comments]

    def do(self, act: Act) -> None:
        """Does one thing, if it can be done just now."""
        try:
            _ACTS[act.kind](self, act)
        except LookupError:  # no such task yet, or no column of that name on it
            return
        self.done.append(f"{self.scenario.now}: {act}")


def _furnish(board: Board) -> None:
    """Adds the team's project, a tag that acknowledges, and a second board."""
    places = ("Inbox", "Elsewhere")
    columns = [
        Column(90 + at, f"PHID-PCOL-other{at}", name, "PHID-PROJ-other", at, default=at == 0)
        for at, name in enumerate(places)
    ]
    board.projects += [
        Project(90, "PHID-PROJ-team", "Hackathon-Coordination-Team", [TEAM], list(COORDINATORS.values())),
        Project(91, "PHID-PROJ-tag", "Session-approved", [TAG]),
        Project(92, "PHID-PROJ-other", "Other-Board", [OTHER], [], columns),
    ]


# -- the acts


def _text(act: Act) -> str:
    return TEXTS[act.which % len(TEXTS)]


def _column(act: Act) -> str:
    """The PHID, as columns are renamed; a card moved to another board is put on its project."""
    column = COLUMNS[act.which % len(COLUMNS)]
    known: str | None = FACTS["columns"].get(column)
    return known or "PHID-PCOL-other1"


def _comment(play: Play, act: Act) -> None:
    rows = play.board.edit(act.task, _person(act), [("comment", _text(act))])
    play.comments += [row for row in rows if row.comments]


def _both(play: Play, act: Act) -> None:
    changes = [("comment", _text(act)), ("column", [_column(act)])]
    rows = play.board.edit(act.task, _person(act), changes)
    play.comments += [row for row in rows if row.comments]


def _edit_comment(play: Play, act: Act) -> None:
    if play.comments:
        row = play.comments[act.which % len(play.comments)]
        if not row.comments[0].removed:
            play.board.edit_comment(row, _person(act), _text(replace(act, which=act.which // 7)) or "…")


def _remove_comment(play: Play, act: Act) -> None:
    if play.comments:
        play.board.remove_comment(play.comments[act.which % len(play.comments)], _person(act))


def _move(play: Play, act: Act) -> None:
    play.board.edit(act.task, _person(act), [("column", [_column(act)])])


def _status(play: Play, act: Act) -> None:
    statuses = ("declined", "progress", "resolved", "stalled", "invalid")
    play.board.set_status(act.task, _person(act), statuses[act.which % len(statuses)])


def _title(act: Act) -> str:
    return f"Session: number {act.which % 5}"


def _description(act: Act) -> str:
    name = ("Ada", "Bo", "Élias W", "nobody")[act.which % 4]
    return f"**Format:** Workshop (55min)\n**Speaker:** [[User:{name}]]\n**Room:** {act.which}\n"


def _creation(act: Act) -> list[tuple[str, object]]:
    changes: list[tuple[str, object]] = [("title", _title(act)), ("description", _description(act))]
    return [*changes, ("projects.add", [EVENT]), ("view", "public")]


def _late(play: Play, act: Act) -> None:
    who, kinds = _person(act), ("comment", "move", "status", "create", "title")
    kind = kinds[act.which % len(kinds)]
    changes: dict[str, list[tuple[str, object]]] = {
        "comment": [("comment", _text(replace(act, which=act.which // 5)))],
        "move": [("column", [_column(replace(act, which=act.which // 5))])],
        "status": [("status", "progress")],
        "title": [("title", _title(act))],
        "create": _creation(act),
    }
    begun = (
        play.board.begin_task(who, changes[kind])
        if kind == "create"
        else play.board.begin(act.task, who, changes[kind])
    )
    play.late.append((play.scenario.now, begun))


def _commit(play: Play, act: Act) -> None:
    if play.late:
        play.commit(play.late[act.which % len(play.late)])


def _merge(play: Play, act: Act) -> None:
    target = ("T48", "T49", "T46")[act.which % 3]
    if target != act.task:
        play.board.merge(act.task, target, _person(act))


def _rename_user(play: Play, act: Act) -> None:
    play.board.rename_user(_person(act), f"Renamed-{next(play.names)}")


def _rename_column(play: Play, act: Act) -> None:
    play.board.rename_column(_column(act), f"Column {next(play.names)}")


def _person(act: Act) -> str:
    """By PHID: names change."""
    return COORDINATORS.get(act.by) or str(FACTS["users"][act.by])


def _coordinator(act: Act) -> str:
    """One of all but the last: a board without anybody who counts is refused at the start."""
    return tuple(COORDINATORS.values())[act.which % (len(COORDINATORS) - 1)]


_ACTS: Mapping[str, Callable[[Play, Act], object]] = {
    "comment": _comment,
    "both": _both,
    "edit": _edit_comment,
    "remove": _remove_comment,
    "move": _move,
    "hide": lambda play, act: play.board.hide(act.task, "hackadmin" if act.which % 2 else _person(act)),
    "unhide": lambda play, act: play.board.unhide(act.task, _person(act)),
    "untag": lambda play, act: play.board.untag(act.task, _person(act), EVENT),
    "tag": lambda play, act: play.board.tag(act.task, _person(act), EVENT),
    "approve": lambda play, act: play.board.tag(act.task, _person(act), TAG),
    "disapprove": lambda play, act: play.board.untag(act.task, _person(act), TAG),
    "status": _status,
    "reopen": lambda play, act: play.board.set_status(act.task, _person(act), "open"),
    "merge": _merge,
    "retitle": lambda play, act: play.board.retitle(act.task, _person(act), _title(act)),
    "describe": lambda play, act: play.board.describe(act.task, _person(act), _description(act)),
    "create": lambda play, act: play.board.new_task(_person(act), _creation(act)),
    "nothing": lambda play, act: play.board.edit(act.task, _person(act), []),
    "late": _late,
    "commit": _commit,
    "rename user": _rename_user,
    "rename column": _rename_column,
    "rename project": lambda play, _: play.board.rename_project(EVENT, f"Board {next(play.names)}"),
    "disable": lambda play, act: play.board.disable(_coordinator(act)),
    "enable": lambda play, act: play.board.enable(_coordinator(act)),
    "link": lambda play, act: play.board.link(_person(act), ("Ada", "Bo", "Élias W")[act.which % 3]),
    "fault": lambda play, act: play.server.fail_next(FAULTS[act.which % len(FAULTS)], 1 + act.which // 7 % 5),
}
