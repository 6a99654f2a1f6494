"""The database behind the ledger: its tables, what their JSON says, and its errors; only `callboard.ledger` looks in here."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ExceptionContext, String, Text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from callboard.errors import CallboardError
from callboard.model import Account, PageText

# An index over 190 characters of four bytes is the most that older MariaDB tables take.
KEY = 190


class Base(DeclarativeBase):
    """All tables."""


class NoticeRow(Base):
    """A notice, by its key."""

    __tablename__ = "notice"
    digest: Mapped[str] = mapped_column(
        String(64), primary_key=True
    )  # of the key: keys can be longer than an index
    event: Mapped[str] = mapped_column(String(KEY), index=True)
    key: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(KEY))
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[str] = mapped_column(String(40))
    revid: Mapped[int | None]
    why: Mapped[str] = mapped_column(Text, default="")


class PageRow(Base):
    """A page as last read."""

    __tablename__ = "page"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str] = mapped_column(Text)  # JSON of PageText


class AccountRow(Base):
    """What the wiki said of a name."""

    __tablename__ = "account"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)  # JSON of Account


class EditRow(Base):
    """A line that the bot wrote."""

    __tablename__ = "edit"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    page: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(Text)
    times: Mapped[int]


class FactRow(Base):
    """A single fact."""

    __tablename__ = "fact"
    name: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class TaskRow(Base):
    """Something that the bot wrote on a task, or was about to write, by its key."""

    __tablename__ = "task"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    event: Mapped[str] = mapped_column(String(KEY), index=True)
    key: Mapped[str] = mapped_column(Text)
    task: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(Text, default="")


def page_in(body: str) -> PageText:
    """The page in a row's JSON; what another version of Callboard knew besides is left out."""
    told = json.loads(body)
    values = {one.name: told[one.name] for one in fields(PageText) if one.name in told}
    stamp = values.get("timestamp")
    values["timestamp"] = datetime.fromisoformat(stamp).astimezone(UTC) if stamp else None
    for lists in ("templates", "categories"):
        values[lists] = tuple(values.get(lists) or ())
    return PageText(**values)


def account_in(body: str) -> Account:
    """The account in a row's JSON; what another version of Callboard knew besides is left out."""
    told = json.loads(body)
    values = {one.name: told[one.name] for one in fields(Account) if one.name in told}
    return Account(**values | {"languages": tuple(values.get("languages") or ())})


def on_connect(connection: Any, _record: object) -> None:
    """A killed process loses nothing that was committed, and a second process waits instead of failing."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def in_one_line(context: ExceptionContext) -> None:
    """A database that is locked, full or read-only is an operator's to mend, and no mistake of ours."""
    if isinstance(context.sqlalchemy_exception, DatabaseError) and not isinstance(
        context.sqlalchemy_exception, IntegrityError
    ):
        raise CallboardError(f"the ledger cannot be used now: {context.original_exception}") from None
