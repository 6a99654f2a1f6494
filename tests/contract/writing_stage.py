"""An event on a wiki in memory, its board on the development server, and whole ticks of the bot that may be disturbed."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from callboard.app import App, Tick
from callboard.board import WorkBoard
from callboard.boards import Boards
from callboard.clock import Clock
from callboard.config import Event, event_from
from callboard.followed_board import FollowedBoard
from callboard.ledger import Ledger
from callboard.phabricator import Conduit
from dev.conduit import ConduitServer
from dev.conduit_load import build_board
from dev.conduit_records import Task, Transaction
from tests.fakes.wiki import FakeWiki
from tests.mortal import Fate, Killed, Mortal

START = datetime(2021, 5, 21, 12, tzinfo=UTC)
BOT, LEA, MARTA = "SessionScheduleBot", "lea", "marta"
ONE, TWO = "T900001", "T900002"
TEN_MINUTES = timedelta(minutes=10)
WHOLE = "Username: Marta Mentor\nFormat: Workshop\nDescription: Tea and bots."
WIKI_NAMES = {LEA: "Lea", MARTA: "Marta Mentor", "joker": "Joker"}
WRITES: dict[str, object] = {"missing": True, "slot": True, "column": "Scheduled", "afterwards": True}


def row(task: str = ONE, title: str = "Bots for tea") -> str:
    """A session in a cell of the schedule."""
    return f"'''{title}''' ([[phab:{task}]])<br />[[User:Marta Mentor|Marta Mentor]]"


def schedule(*cells: str, room: str = "Room 1", day: str = "Saturday 22 May") -> str:
    """A day in one room; the cells follow each other by the hour from 14:00, "" is a free slot."""
    rows = "".join(
        f"|-\n| {14 + hour}:00 || {cell or chr(39) * 2 + 'free slot' + chr(39) * 2}\n"
        for hour, cell in enumerate(cells)
    )
    return f'== {day} ==\n{{| class="wikitable"\n! Time (UTC) !! {room}\n{rows}|}}\n'


def event(
    room: str = "Room 1",
    limits: dict[str, object] | None = None,
    board: Mapping[str, object] | None = None,
    **writes: object,
) -> Event:
    """A day in May with a board on which the bot may write everything, but for what `writes` says."""
    return event_from(
        {
            "event": {"title": "Tea Hackathon", "zone": "UTC", "days": ["2021-05-22"]},
            "room": [{"name": room}],
            "format": [{"name": "Workshop", "minutes": 55}],
            "wording": {"facilitation": "facilitation:"},
            "pages": {
                "site": "callboard",
                "schedule": ["Schedule"],
                "about": "User:Callboard/About",
                "off_switch": "User:Callboard/run",
            },
            "board": {
                "project": "tea",
                "coordinators": [LEA],
                "fields": {"required": ["format", "description"]},
                "writes": WRITES | writes,
                **(board or {}),
            },
            "limits": limits or {},
        },
        slug="tea",
        where="test",
    )


class Telephone(Conduit):
    """The bot's connection: each request is a step of its fate, what is in `before` happens once before that request."""

    fate: Fate
    before: dict[str, Callable[[], object]]

    def call(self, method: str, **params: object) -> object:
        self.fate.step()
        if todo := self.before.pop(method, None):
            todo()
        answer = super().call(method, **params)
        if method == "maniphest.edit":
            self.fate.step()  # carried out, and the process dies before it hears of it
        return answer


class World:
    """Wiki, board and ledger; time goes on by ten minutes a tick, and each tick is a process of its own."""

    def __init__(self, page: str = "", *, tasks: int = 1, of: Event | None = None) -> None:
        self.event = of or event()
        self.wiki = FakeWiki({"Schedule": page or schedule(row())}, users=["Marta Mentor"], now=START)
        self.board = build_board(_board(tasks), lambda: int(self.wiki.now.timestamp()))
        for number in range(1, tasks + 1):
            self.board.comment(f"T{900000 + number}", LEA, "Acknowledged")
        self.server = ConduitServer(self.board)
        self.ledger = new_ledger()
        self.before: dict[str, Callable[[], object]] = {}  # what happens before a request of the next tick

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.server.stop()

    # -- what happens

    def tick(
        self,
        *,
        apply: bool = True,
        confirmed: bool = False,
        fate: Fate | None = None,
        ledger: Ledger | None = None,
    ) -> Tick:
        """A tick of a new process; raises Killed if that is its fate."""
        telephone = Telephone(
            self.server.url, self.server.token, user_agent="test", timeout=(5, 0.3), pause=lambda _: None
        )
        telephone.fate = fate or Fate()
        telephone.before, self.before = self.before, {}
        mortal = cast("Ledger", Mortal(ledger or self.ledger, telephone.fate))
        with telephone:
            followed = [
                FollowedBoard(WorkBoard(telephone, one), one, mortal, "tea", self.event.format)
                for one in self.event.board
            ]
            app = App(self.event, self.wiki, Boards(telephone, followed), mortal, Clock())
            try:
                return app.tick(apply=apply, confirmed=confirmed)
            finally:
                self.wiki.now += TEN_MINUTES

    def killed_tick(self, dies_before: int) -> int:
        """The steps made by a tick whose process dies right before one of them."""
        fate = Fate(dies_before)
        try:
            self.tick(fate=fate)
        except Killed:
            fate.steps -= 1
        return fate.steps

    def write(self, page: str) -> None:
        """A person puts the schedule like this."""
        self.wiki.edit("Schedule", page, user="Marta Mentor")

    def fail_edit(self, fault: str) -> None:
        """The next edit of a task meets this fault."""
        self.before["maniphest.edit"] = lambda: self.server.fail_next(fault)

    # -- what there is

    def task(self, task: str = ONE) -> Task:
        """The task on the server."""
        return self.board.task(task)

    def comments(self, task: str = ONE) -> list[str]:
        """The bot's comments there, oldest first, as they were written."""
        return [row.comments[-1].text for row in self.own(task) if row.comments]

    def own(self, task: str = ONE) -> list[Transaction]:
        """All that the bot did to the task, oldest first."""
        bot, phid = self.board.user(BOT).phid, self.task(task).phid
        rows = [row for row in self.board.transactions if row.author == bot and row.task == phid]
        return sorted(rows, key=lambda row: row.id)

    def column(self, task: str = ONE) -> str:
        """The name of the column in which the card lies."""
        project = self.board.project("tea")
        where = self.task(task).columns.get(project.phid)
        return next((column.name for column in project.columns if column.phid == where), "Proposals")

    def edits(self) -> int:
        """How many edits of tasks were asked for."""
        return self.server.count("maniphest.edit")


def new_ledger() -> Ledger:
    """An empty ledger in memory."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    return Ledger(create_engine("sqlite://", creator=lambda: database, poolclass=StaticPool))


def _board(tasks: int) -> dict[str, Any]:
    made = [
        {
            "id": 900000 + number,
            "title": f"Session: {'Bots for tea' if number == 1 else f'Talk {number}'}",
            "author": MARTA,
            "created": "2021-05-01T12:00:00Z",
            "project": "tea",
            "column": "Proposals",
            "description": WHOLE,
        }
        for number in range(1, tasks + 1)
    ]
    people = [{"name": name, "wiki": wiki} for name, wiki in WIKI_NAMES.items()]
    return {
        "users": [{"name": BOT, "roles": ["bot"]}, *people],
        "projects": [
            {"name": "tea", "columns": ["Proposals", "Approved", "Scheduled"]},
            {"name": "other", "columns": ["Backlog", "Scheduled"]},
        ],
        "tasks": made,
    }
