"""The ledger: what Callboard remembers between two looks. The wiki is the truth; all of this can be found out again.

Notices have a state: `claimed` (about to be posted, so look at the wiki before anything else), `sent`, or, with the
reason, `held` (tried again later) or `skipped` (given up). Pages and accounts are remembered so that an idle look asks only for what changed.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, create_engine, delete, event, inspect, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.orm import Session

from callboard.errors import ConfigError
from callboard.ledger_rows import (
    AccountRow,
    Base,
    EditRow,
    FactRow,
    NoticeRow,
    PageRow,
    TaskRow,
    account_in,
    in_one_line,
    on_connect,
    page_in,
)
from callboard.model import Account, Notice, PageText

# A new account may appear any time; one that exists seldom goes, and one that was renamed does not come back.
FORGET_MISSING = timedelta(hours=1)
FORGET_EXISTING = timedelta(days=7)
# What stands in the way of a notice (a protected page, a template in doubt) is seldom gone at the next tick.
HELD_FOR = timedelta(minutes=10)
# Who may not move a card seldom may an hour later; each attempt is a request in vain.
TASK_HELD_FOR = timedelta(hours=6)
# An edit of a task whose answer was lost, or that another copy of the bot has begun, lands within this time or not at all.
TASK_CLAIMED_FOR = timedelta(minutes=10)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """One notice in the ledger; `at` is UTC."""

    key: str
    recipient: str
    kind: str
    state: str  # "claimed", "sent", "held", "skipped"
    at: datetime
    revid: int | None
    why: str

    def settled(self, now: datetime) -> bool:
        """Whether it needs no thought at `now`: sent, given up, or held a short while ago. A claimed one is not settled."""
        return self.state in {"sent", "skipped"} or (self.state == "held" and abs(now - self.at) < HELD_FOR)


@dataclass(frozen=True, slots=True)
class OnTask:
    """Something written on a task, or about to be; `at` is UTC."""

    key: str
    task: str
    state: str  # "claimed", "sent", "held"
    at: datetime
    why: str = ""

    def settled(self, now: datetime) -> bool:
        """Whether it needs no thought at `now`: written, or refused or begun a short while ago."""
        lasts = {"held": TASK_HELD_FOR, "claimed": TASK_CLAIMED_FOR}.get(self.state)
        return lasts is None or abs(now - self.at) < lasts


class Ledger:
    """The memory of one or more events in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.process = secrets.token_hex(4)  # tells this opening of the database from every other one
        for _ in Base.metadata.tables:
            # Another process may make a table at the same moment, each of them at worst.
            with suppress(OperationalError, ProgrammingError):
                Base.metadata.create_all(engine)
                return
        Base.metadata.create_all(engine)

    @classmethod
    def open(cls, url: str) -> "Ledger":
        """The ledger at a database URL such as `sqlite:///var/callboard.sqlite`; folders are made as needed.

        Raises ConfigError where there can be none. A database that is broken may be deleted: nothing is repeated.
        """
        try:
            if url.startswith("sqlite:///"):
                Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", on_connect)
            ledger = cls(engine)
            fits = ledger._fits()
        except (SQLAlchemyError, OSError, ImportError) as error:
            why = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise ConfigError(f"the ledger cannot be opened: {why}") from error
        if not fits:
            raise ConfigError("another version of Callboard made this ledger: delete it, nothing is repeated")
        event.listen(engine, "handle_error", in_one_line)
        return ledger

    def _fits(self) -> bool:
        """Whether the tables are those of this version."""
        looked = inspect(self._engine)
        return all(
            {column["name"] for column in looked.get_columns(table.name)} == set(table.columns.keys())
            for table in Base.metadata.sorted_tables
        )

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _write(self, rows: Iterable[Base]) -> None:
        """All rows in one transaction; once more if another process inserted one of them at the same moment."""
        wanted = tuple(rows)
        try:
            self._merge(wanted)
        except IntegrityError:
            self._merge(wanted)

    def _merge(self, rows: Iterable[Base]) -> None:
        with Session(self._engine) as session, session.begin():
            for row in rows:
                session.merge(row)

    # --- notices ---

    def claim_all(self, notices: Iterable[Notice], at: datetime) -> None:
        """Note that these notices of one event are about to be posted: from here on only the wiki tells whether they were."""
        claims = [Sent(one.key, one.recipient, one.kind, "claimed", at, None, "") for one in notices]
        self._note("".join({one.event for one in notices}), *claims)

    def skipped(self, notice: Notice, at: datetime, why: str) -> None:
        """Note that the notice was given up for good, and why."""
        self._note(notice.event, Sent(notice.key, notice.recipient, notice.kind, "skipped", at, None, why))

    def held(self, notice: Notice, at: datetime, why: str) -> None:
        """Note that the notice could not be posted now, and why; it is tried again after HELD_FOR."""
        self._note(notice.event, Sent(notice.key, notice.recipient, notice.kind, "held", at, None, why))

    def found(self, event_slug: str, *entries: Sent) -> None:
        """Note what stands on the wiki, in one transaction: posted just now, or shown by the bot's own contributions."""
        self._note(event_slug, *entries)

    def _note(self, event_slug: str, *entries: Sent) -> None:
        self._write(
            NoticeRow(digest=_digest(one.key), event=event_slug, **asdict(one) | {"at": one.at.isoformat()})
            for one in entries
        )

    def notices(self, event_slug: str) -> tuple[Sent, ...]:
        """Every notice of the event, oldest first."""
        with Session(self._engine) as session:
            rows = session.scalars(
                select(NoticeRow).where(NoticeRow.event == event_slug).order_by(NoticeRow.at, NoticeRow.key)
            )
            return tuple(
                Sent(r.key, r.recipient, r.kind, r.state, datetime.fromisoformat(r.at), r.revid, r.why)
                for r in rows
            )

    # --- what was written on tasks ---

    def claim_on_task(self, event_slug: str, key: str, task: str, at: datetime) -> bool:
        """Note that this is about to be written; False if it was, or if somebody may be at it this moment: then leave it."""
        values = {"state": "claimed", "at": at.isoformat(), "why": ""}
        digest = _digest(event_slug, key)
        row = TaskRow(digest=digest, event=event_slug, key=key, task=task, **values)
        with suppress(IntegrityError), Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            return True
        with Session(self._engine) as session, session.begin():
            there = session.get_one(TaskRow, digest)
            if _on_task(there).settled(at) and there.state != "held":
                return False
            same = (TaskRow.digest == digest, TaskRow.state == there.state, TaskRow.at == there.at)
            return bool(session.connection().execute(update(TaskRow).where(*same).values(**values)).rowcount)

    def note_on_task(self, event_slug: str, entry: OnTask) -> None:
        """Note how it ended: written, or held with the reason."""
        values = asdict(entry) | {"at": entry.at.isoformat()}
        self._write([TaskRow(digest=_digest(event_slug, entry.key), event=event_slug, **values)])

    def on_tasks(self, event_slug: str) -> tuple[OnTask, ...]:
        """Everything written on tasks of the event, oldest first."""
        with Session(self._engine) as session:
            these = select(TaskRow).where(TaskRow.event == event_slug)
            return tuple(map(_on_task, session.scalars(these.order_by(TaskRow.at, TaskRow.key))))

    # --- pages ---

    def pages(self, titles: Iterable[str]) -> dict[str, PageText]:
        """The pages as last read, those that are known."""
        with Session(self._engine) as session:
            wanted = {_digest(title): title for title in titles}
            rows = session.scalars(select(PageRow).where(PageRow.digest.in_(list(wanted))))
            return {wanted[row.digest]: page_in(row.body) for row in rows}

    def remember_pages(self, pages: Mapping[str, PageText]) -> None:
        """Keep pages as read, each under the title by which it was asked for."""
        self._write(
            PageRow(digest=_digest(title), body=json.dumps(asdict(page), default=str))
            for title, page in pages.items()
        )

    # --- accounts ---

    def accounts(self, names: Iterable[str], now: datetime) -> dict[str, Account]:
        """What the wiki said of these names, where the answer is fresh enough."""
        return {name: account for name, account, fresh in self._accounts(names, now) if fresh}

    def outdated_accounts(self, names: Iterable[str], now: datetime) -> dict[str, Account]:
        """What the wiki said of these names so long ago that it should be asked again, the oldest answer first."""
        return {name: account for name, account, fresh in self._accounts(names, now) if not fresh}

    def _accounts(self, names: Iterable[str], now: datetime) -> Iterator[tuple[str, Account, bool]]:
        wanted = {_digest(name): name for name in names}
        these = AccountRow.digest.in_(list(wanted))
        with Session(self._engine) as session:
            for row in session.scalars(select(AccountRow).where(these).order_by(AccountRow.at)):
                account = account_in(row.body)
                lasts = FORGET_EXISTING if account.exists or account.renamed_to else FORGET_MISSING
                yield wanted[row.digest], account, abs(now - datetime.fromisoformat(row.at)) < lasts

    def remember_accounts(self, accounts: Mapping[str, Account], now: datetime) -> None:
        """Keep what the wiki said, each under the name asked for."""
        self._write(
            AccountRow(digest=_digest(asked), asked=asked, at=now.isoformat(), body=json.dumps(asdict(one)))
            for asked, one in accounts.items()
        )

    # --- edits made, so that one taken back by a person is not made again ---

    def remember_edits(self, page: str, lines: Mapping[str, int]) -> None:
        """Keep the lines that the bot wrote on a page, with how often each stood there afterwards."""
        self._write(
            EditRow(digest=_digest(page, line), page=page, line=line, times=times)
            for line, times in lines.items()
        )

    def edits(self) -> dict[tuple[str, str], int]:
        """(page, line) of every line that the bot wrote, with how often it stood there then."""
        with Session(self._engine) as session:
            return {(row.page, row.line): row.times for row in session.scalars(select(EditRow))}

    # --- single facts ---

    def fact(self, name: str) -> str | None:
        """A remembered fact, such as the board's memory as JSON."""
        with Session(self._engine) as session:
            row = session.get(FactRow, name)
            return row.value if row else None

    def remember_fact(self, name: str, value: str | None) -> None:
        """Keep a fact; None forgets it."""
        if value is not None:
            self._write([FactRow(name=name, value=value)])
            return
        with Session(self._engine) as session, session.begin():
            session.execute(delete(FactRow).where(FactRow.name == name))

    def exchange_fact(self, name: str, known: str | None, value: str | None) -> bool:
        """Keep a fact in the place of the one that is known; None is no fact; False if another process was faster."""
        with suppress(IntegrityError), Session(self._engine) as session, session.begin():
            if known is None:
                session.add(FactRow(name=name, value=value))
                session.flush()
                return True
            same = (FactRow.name == name, FactRow.value == known)
            change = (
                delete(FactRow).where(*same)
                if value is None
                else update(FactRow).where(*same).values(value=value)
            )
            return bool(session.connection().execute(change).rowcount)
        return False


def _on_task(row: TaskRow) -> OnTask:
    return OnTask(row.key, row.task, row.state, datetime.fromisoformat(row.at), row.why)
