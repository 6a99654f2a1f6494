"""A small event on a wiki in memory, a board that can be moved and taken away, and ticks of ten minutes."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from callboard.app import App, Tick
from callboard.clock import Clock
from callboard.config import Event, event_from
from callboard.errors import BoardAway
from callboard.ledger import Ledger
from callboard.model import Acknowledgement, PageText, Proposal
from callboard.notices.message import keys_in
from callboard.ports import Saved
from callboard.posting_turn import copy_of, turn_page, with_turn
from tests.fakes.wiki import FakeWiki
from tests.unwritten_board import UnwrittenBoard

NOW = datetime(2021, 5, 22, 13, 10, tzinfo=UTC)
OWNER = "Marta Mentor"
TALK = f"User talk:{OWNER}"
TEMPLATES = Path(__file__).parent.parent / "templates_wikitext/notices"


def grid(*cells: str, title: str = "Saturday 22 May") -> str:
    """A schedule of one room; the cells follow each other by the hour from 14:00."""
    rows = "".join(f"|-\n| {14 + hour}:00 || {cell}\n" for hour, cell in enumerate(cells))
    return f'== {title} ==\n{{| class="wikitable"\n! Time (UTC) !! Hacking room 1\n{rows}|}}\n'


FREE = "''free slot''"
SESSION = f"'''Bots for tea'''<br />[[User:{OWNER}|{OWNER}]]"
LINKED = f"'''Bots for tea''' ([[phab:T900001]])<br />[[User:{OWNER}|{OWNER}]]"


# The facts of an event of one day in one room.
TEA: Mapping[str, object] = {
    "event": {
        "title": "Tea Hackathon",
        "zone": "UTC",
        "days": ["2021-05-22"],
        "organisers": ["Ada Organiser"],
    },
    "room": [{"name": "Hacking room 1"}],
    "wording": {"facilitation": "facilitation:"},
}


def event(*kinds: str, **parts: object) -> Event:
    """The event with these kinds of notice, those for owners whose session is fine if none is named."""
    wanted = kinds or ("acknowledged", "scheduled", "starts_soon")
    return event_from(
        {
            **TEA,
            "pages": {
                "site": "callboard",
                "schedule": ["Schedule"],
                "signups": ["Helpers"],
                "report": "Report",
                "about": "User:Callboard/About",
                "off_switch": "User:Callboard/run",
            },
            "board": {"project": "tea", "coordinators": ["lea"]},
            "notice": [{"kind": kind} for kind in wanted],
            "delivery": {"grace": "0min"},  # these tests do not wait; those of the grace time give their own
            **parts,
        },
        slug="tea",
        where="test",
    )


def proposal(
    task: str = "T900001", *, title: str = "Bots for tea", owners: Iterable[str] = (OWNER,), yes: bool = True
) -> Proposal:
    """A task, acknowledged on 10 May unless it is not."""
    at = datetime(2021, 5, 10, 9, 30, tzinfo=UTC)
    said = Acknowledgement("lea", "PHID-USER-lea", at, "comment", "PHID-XACT-1") if yes else None
    return Proposal(
        task=task,
        phid=f"PHID-TASK-{task}",
        title=title,
        author="marta",
        status="open",
        closed=False,
        acknowledged=said,
        owners=tuple(owners),
        minutes=55,
    )


def has_turn(wiki: FakeWiki, ledger: Ledger) -> None:
    """The copy of the bot with this ledger posts: it has done so before."""
    title = turn_page(wiki.bot, event())
    wiki.edit(title, with_turn(PageText(title, None), wiki.bot, copy_of(ledger), wiki.now), user=wiki.bot)


class Board(UnwrittenBoard):
    """A board in memory; `on_recheck` happens right before a second look is answered."""

    def __init__(self, *proposals: Proposal) -> None:
        self.now = {one.task: one for one in proposals}
        self.on_recheck: Callable[[], object] = lambda: None
        self.requests = 0

    def proposals(self) -> Mapping[str, Proposal]:
        """See the port."""
        return dict(self.now)

    def remembered(self) -> Mapping[str, Proposal] | None:
        """See the port."""
        return dict(self.now)

    def recheck(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """See the port."""
        self.on_recheck()
        return {task: self.now[task] for task in tasks if task in self.now}

    def goes_away(self) -> None:
        """Nobody answers a second look any more."""

        def away() -> None:
            raise BoardAway("nobody answers")

        self.on_recheck = away


class World:
    """Wiki, board and ledger, each of which may be changed between ticks."""

    def __init__(
        self,
        *cells: str,
        proposals: Iterable[Proposal] = (),
        of: Event | None = None,
        helpers: str = "Helpers wanted.",
    ) -> None:
        texts = {
            f"Template:Callboard/notices/{path.stem}": path.read_text("utf-8") for path in TEMPLATES.iterdir()
        }
        self.wiki = FakeWiki(
            {**texts, "Schedule": grid(*cells), "Helpers": helpers},
            users=[OWNER, "Ada Organiser"],
            now=NOW,
        )
        self.board = Board(*proposals)
        self.event = of or event()
        self.lose_database()

    def lose_database(self) -> None:
        """A new, empty ledger."""
        database = sqlite3.connect(":memory:", check_same_thread=False)
        self._engine = create_engine("sqlite://", creator=lambda: database, poolclass=StaticPool)
        self.ledger = self.another_process()

    def another_process(self) -> Ledger:
        """The same ledger, as another process opens it."""
        return Ledger(self._engine)

    def tick(self) -> Tick:
        """One tick; the time goes on."""
        done = App(self.event, self.wiki, self.board, self.ledger, Clock()).tick(apply=True)
        self.wiki.now += timedelta(seconds=10)
        return done

    def saved(self) -> list[str]:
        """The titles that one more tick saves."""
        before = len(self.wiki.saves)
        self.tick()
        return [title for title, outcome in self.wiki.saves[before:] if isinstance(outcome, Saved)]

    def told(self, user: str = OWNER) -> list[str]:
        """The kinds of the notices that the bot posted to a person, oldest first."""
        talk = f"User talk:{user}"
        edits = self.wiki.history(talk)[::-1] if self.wiki.text(talk) is not None else []
        keys = [key for edit in edits if edit.user == "Callboard" for key in keys_in(edit.summary)]
        return [key.split("/")[2] for key in keys]

    def held(self) -> dict[str, str]:
        """Why notices were held or given up, by kind."""
        return {
            entry.kind: entry.why
            for entry in self.ledger.notices("tea")
            if entry.state in {"held", "skipped"}
        }

    @property
    def page(self) -> str:
        """The schedule as it stands."""
        return self.wiki.text("Schedule") or ""

    @property
    def report(self) -> str:
        """The report page as it stands."""
        return self.wiki.text("Report") or ""
