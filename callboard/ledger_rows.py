"""The tables in which the ledger keeps what it remembers; only `callboard.ledger` looks into them."""

from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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
