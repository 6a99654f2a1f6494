"""The recorded scenario, acted out on a development board: four proposals, 13 polls, what happens in between."""

import json
from collections.abc import Callable
from typing import Any

from dev.conduit_board import Board
from dev.conduit_records import Column, Project, Transaction, User

from .recorded_board import RECORDINGS, TOKEN

FACTS: Any = json.loads((RECORDINGS / "scenario/scenario.json").read_text(encoding="utf-8"))
EVENT: str = FACTS["project"]["phid"]
COORDINATORS: dict[str, str] = FACTS["coordination"]
PROPOSALS, APPROVED = "Session proposals", "Sessions - approved"
_START = 1795344849
_AUTHORS = {"alpha": "Dorothea", "beta": "elias.w", "gamma": "FatimaK", "delta": "HanaT"}


def exchange(name: str) -> Any:
    """A recorded exchange of the scenario, e.g. `02_a_search`."""
    return json.loads((RECORDINGS / f"scenario/{name}.json").read_text(encoding="utf-8"))


class Scenario:
    """The board before poll 0; `act(n)` does what happened before poll n, at the recorded second."""

    def __init__(self) -> None:
        self.now = _START
        self.board = Board(clock=lambda: self.now)
        self._people()
        self._workboard()
        self._noise()
        self.names = {name: f"T{task['id']}" for name, task in FACTS["tasks"].items()}
        self._propose()
        self.comments: dict[str, Transaction] = {}
        self._acts: dict[int, tuple[int, Callable[[], object]]] = {
            2: (4852, self._alpha_acknowledged),
            3: (4854, self._beta_asked),
            4: (4855, self._gamma_acknowledged),
            5: (
                4857,
                lambda: self._edit("gamma", "Coord_Priya", "Not yet, sorry - please choose another room"),
            ),
            6: (4859, lambda: self.board.remove_comment(self.comments["alpha"], "Coord-Lena")),
            7: (4861, lambda: self.board.move(self.names["delta"], "CoordTomas", APPROVED)),
            8: (4862, lambda: self.board.untag(self.names["delta"], "hackadmin", EVENT)),
            9: (4864, lambda: self.board.hide(self.names["beta"], "hackadmin")),
            10: (4865, lambda: self.board.merge(self.names["gamma"], self.names["alpha"], "hackadmin")),
            11: (4867, self._alpha_declined),
            12: (4868, self._everything_back),
        }

    def act(self, poll: int) -> None:
        """What happened before this poll."""
        if poll in self._acts:
            second, deed = self._acts[poll]
            self.now = _START - 4849 + second
            deed()

    def _people(self) -> None:
        people = {**COORDINATORS, **FACTS["users"]}
        roles = {"hackadmin": {"admin"}, "SessionScheduleBot": {"bot"}}
        for number, (name, phid) in enumerate(people.items(), 1):
            self.board.users.append(User(number, phid, name, name, None, frozenset(roles.get(name, ()))))
        self.board.tokens = {TOKEN: "SessionScheduleBot"}

    def _workboard(self) -> None:
        ids = {"Backlog": 9, PROPOSALS: 10, APPROVED: 11, "Done": 12}
        columns = [
            Column(number, FACTS["columns"][name], name, EVENT, at, default=at == 0)
            for at, (name, number) in enumerate(ids.items())
        ]
        project = Project(FACTS["project"]["id"], EVENT, "Session-Board", ["session-board"], [], columns)
        self.board.projects.append(project)

    def _noise(self) -> None:
        """What the stream held before: 33 transactions of another task."""
        elsewhere = self.board.create_task("Elsewhere", "hackadmin", number=46)
        self.board.transactions.clear()
        self.board.next_transaction = 2988
        for _ in range(33):
            self.board.comment(elsewhere.phid, "hackadmin", "noise")
        self.board.next_transaction = 3021

    def _propose(self) -> None:
        for row in exchange("00_a_search")["response"]["json"]["result"]["data"]:
            name = next(name for name, task in FACTS["tasks"].items() if task["id"] == row["id"])
            self.board.new_task(
                _AUTHORS[name],
                [
                    ("title", row["fields"]["name"]),
                    ("description", row["fields"]["description"]["raw"]),
                    ("projects.add", [EVENT]),
                    ("view", "public"),
                    ("column", [FACTS["columns"][PROPOSALS]]),
                ],
                row["id"],
                row["phid"],
            )

    def _alpha_acknowledged(self) -> None:
        text = "**Acknowledged**, feel free to add your session to the schedule."
        self.comments["alpha"] = self.board.comment(self.names["alpha"], "Coord-Lena", text, column=APPROVED)

    def _beta_asked(self) -> None:
        text = "Could you tell us the format? Not acknowledged yet."
        self.comments["beta"] = self.board.comment(self.names["beta"], "CoordTomas", text)
        answer = exchange("03_b_transactions")["response"]["json"]["result"]["data"][0]
        self.board.comment(self.names["beta"], "elias.w", answer["comments"][0]["content"]["raw"])

    def _gamma_acknowledged(self) -> None:
        self.comments["gamma"] = self.board.comment(self.names["gamma"], "Coord_Priya", "Acknowledged")
        self.board.retitle(self.names["gamma"], "FatimaK", "Session: Gamma rays")

    def _edit(self, name: str, author: str, text: str) -> None:
        self.board.edit_comment(self.comments[name], author, text)

    def _alpha_declined(self) -> None:
        self.board.comment(self.names["alpha"], "Dorothea", "I cannot attend, sorry.", status="declined")

    def _everything_back(self) -> None:
        self.board.unhide(self.names["beta"], "hackadmin")
        self.board.tag(self.names["delta"], "hackadmin", EVENT)
