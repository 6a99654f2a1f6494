"""Event files: `events/<slug>.toml` as typed, frozen values.

A file needs `[event]` with `title`, `zone` and `days`, and its `[[room]]`s; everything else has a default or is only
needed by the scripts that use it (a wiki for `tidy_schedule`, a board for `link_tasks`). Unknown keys, bad zones,
overlapping days and unknown rooms are errors, all reported at once with file and key.
"""

import contextlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from callboard.config_fit import notices_twice, rooms_twice, told_of_raw, unknown_rooms
from callboard.config_values import Duration, LocalTime, Title, Zone
from callboard.errors import ConfigError
from callboard.model import Level


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, str_strip_whitespace=True
    )


class Day(_Part):
    """A day of the event with its hours in the event's zone; one that closes earlier than it opens goes past midnight."""

    date: date
    opens: LocalTime = time(0, 0)
    closes: LocalTime = time(0, 0)
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_date(cls, value: object) -> object:
        return {"date": value} if isinstance(value, str | date) else value

    def interval(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """First and last instant of the day in UTC."""
        last = self.date if self.closes > self.opens else self.date + timedelta(days=1)
        return (
            datetime.combine(self.date, self.opens, zone).astimezone(UTC),
            datetime.combine(last, self.closes, zone).astimezone(UTC),
        )


class Room(_Part):
    """A room; `open` admits proposals, `recorded` is filmed. Aliases are other ways in which pages name it."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    open: bool = True
    recorded: bool = False
    url: str = ""


class Format(_Part):
    """A kind of session and its length; `shared` ones (lightning talks) may fill one slot with several."""

    name: str = Field(min_length=1)
    minutes: int = Field(gt=0, le=24 * 60)
    aliases: tuple[str, ...] = ()
    shared: bool = False
    rooms: tuple[str, ...] = ()  # where it may be held; empty: everywhere


class Pages(_Part):
    """Where the event lives on its wiki; titles with namespace."""

    # Must be the wiki that the bot is set up for.
    site: Literal["", "mediawiki", "meta", "wikimania", "test", "callboard"] = ""
    schedule: tuple[Title, ...] = ()
    signups: tuple[Title, ...] = ()
    report: Title = ""
    about: Title = ""  # explains the bot; linked from every summary and notice
    off_switch: Title = ""  # any text but "go" (or an empty page) stops the bot
    templates: Title = "Template:Callboard"  # templates_wikitext/ is published below this title


class Board(_Part):
    """The Phabricator workboard and what counts as the coordination team's yes."""

    url: str = "https://phabricator.wikimedia.org"
    project: str = Field(min_length=1)  # slug of the project's tag
    coordinators: tuple[str, ...] = ()  # PHID-USER-…, or Phabricator user names
    acknowledged_by: tuple[Literal["comment", "column"], ...] = ("comment",)
    wording: tuple[str, ...] = ("acknowledged",)  # phrases; upper and lower case are the same
    columns: tuple[str, ...] = ()  # a move here by a coordinator is a yes, if acknowledged_by has "column"
    people: dict[str, str] = Field(
        default_factory=dict
    )  # Phabricator name = "Wiki account", where no lookup helps

    @model_validator(mode="after")
    def _can_say_yes(self) -> Self:
        if not self.coordinators:
            raise ValueError("coordinators: name at least one, or nobody can acknowledge a task")
        if "column" in self.acknowledged_by and not self.columns:
            raise ValueError('columns: name the columns that count, or take "column" out of acknowledged_by')
        return self


class Wording(_Part):
    """How the event's pages say things; used for text that rules write, never to understand pages alone."""

    free_slot: str = "''free slot''"
    facilitation: str = "facilitation:"
    placeholder: str = "(your username)"


class NoticeRule(_Part):
    """One kind of notice: on or off, and for reminders how long before the start."""

    kind: str
    enabled: bool = True
    lead: tuple[Duration, ...] = ()


class Limits(_Part):
    """Brakes: a plan beyond them stops until a person confirms it."""

    rows_share: float = Field(default=0.3, gt=0, le=1)  # of a page's rows that may change at once
    rows_free: int = Field(default=10, ge=0)  # this many rows may always change
    notices: int = Field(default=60, ge=0)  # posted in one tick
    retries: int = Field(default=3, ge=1, le=10)  # fresh attempts at one page in one tick


class EventFacts(_Part):
    """`[event]`: what and when."""

    title: str = Field(min_length=1)
    zone: Zone
    days: tuple[Day, ...] = Field(min_length=1)
    submissions_close: AwareDatetime | None = None  # proposals later than this are too late
    organisers: tuple[str, ...] = ()  # wiki accounts whose edits to templates and switches count
    coordination_team: str = ""  # how notices name the people to ask


class Event(_Part):
    """One event file."""

    event: EventFacts
    room: tuple[Room, ...] = ()
    format: tuple[Format, ...] = ()
    pages: Pages = Pages()
    board: Board | None = None
    wording: Wording = Wording()
    rules: dict[str, Level] = Field(default_factory=dict)  # rule name = "SAFE" | "ASK" | "SHOW" | "OFF"
    notice: tuple[NoticeRule, ...] = ()
    limits: Limits = Limits()
    slug: str = "event"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the event's pages give times without one."""
        return self.event.zone

    @property
    def dates(self) -> tuple[date, ...]:
        """The event's days in order."""
        return tuple(day.date for day in self.event.days)

    @property
    def first(self) -> datetime:
        """The first instant of the event, UTC."""
        return self.event.days[0].interval(self.zone)[0]

    @property
    def last(self) -> datetime:
        """The last instant of the event, UTC."""
        return self.event.days[-1].interval(self.zone)[1]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        mistakes = [
            *_days_overlap(self.event.days, self.zone),
            *rooms_twice([(room.name, room.aliases) for room in self.room]),
            *unknown_rooms([room.name for room in self.room], [(f.name, f.rooms) for f in self.format]),
            *notices_twice(rule.kind for rule in self.notice),
        ]
        if mistakes:
            raise ValueError("\n".join(mistakes))
        return self


def _days_overlap(days: Sequence[Day], zone: ZoneInfo) -> Iterator[str]:
    for before, after in pairwise(days):
        if before.interval(zone)[1] > after.interval(zone)[0]:
            yield f"event.days: {before.date} and {after.date} overlap or are out of order"


def _does_not_fit(data: dict[str, Any]) -> Iterator[str]:
    """What does not fit together in a file that has other mistakes too, as far as it can be read."""
    facts = data.get("event")
    facts = facts if isinstance(facts, dict) else {}
    # Whether days overlap does not hang on the zone, so any will do for one that cannot be read.
    yield from _days_overlap(list(_readable_days(facts.get("days"))), ZoneInfo("UTC"))
    yield from told_of_raw(data)


def _readable_days(days: object) -> Iterator[Day]:
    for day in days if isinstance(days, list) else []:
        with contextlib.suppress(ValidationError):
            yield Day.model_validate(day)


def _told(error: ValidationError, data: dict[str, Any]) -> Iterator[str]:
    mistakes = error.errors(include_url=False)
    within = {mistake["loc"][:-1] for mistake in mistakes} | {mistake["loc"][:-2] for mistake in mistakes}
    for mistake in mistakes:
        place, message = mistake["loc"], mistake["msg"].removeprefix("Value error, ")
        if mistake["type"] == "extra_forbidden":
            message = "unknown key"
        elif mistake["type"] == "missing":
            message = "is missing"
        elif mistake["type"] == "too_short" and place in within:
            continue  # a list whose items cannot be read is not empty
        yield f"{'.'.join(str(part) for part in place)}: {message}" if place else message
    if all(mistake["loc"] for mistake in mistakes):
        yield from _does_not_fit(data)


Also = Callable[[Mapping[str, Any]], Iterable[str]]


def event_from(data: dict[str, Any], *, slug: str, where: str, also: Also = lambda _: ()) -> Event:
    """The event described by `data`; raises ConfigError with every mistake, each on a line with `where` and its key.

    `also` finds mistakes that this module cannot know of, such as rules that do not exist: "rules.nope: …".
    """
    lines = list(also(data))
    try:
        event = Event.model_validate({**data, "slug": slug})
    except ValidationError as error:
        lines = [*(line for told in _told(error, data) for line in told.splitlines()), *lines]
    if lines:
        raise ConfigError("\n".join(f"{where}: {line}" for line in dict.fromkeys(lines)))
    return event


def load_event(name: str, folder: Path, also: Also = lambda _: ()) -> Event:
    """The event file at a path, or the one of that name in `folder` (with or without .toml); raises ConfigError."""
    path = Path(name)
    if not path.is_file():
        path = folder / f"{name.removesuffix('.toml')}.toml"
    if not path.is_file():
        there = ", ".join(sorted(file.stem for file in folder.glob("*.toml"))) or "none"
        raise ConfigError(f"there is no event file {name!r}; give a path or one of: {there}")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if "slug" in data:
        raise ConfigError(f"{path}: slug: the file's name is the slug")
    slug = re.sub(r"[^A-Za-z0-9-]+", "-", path.stem).strip("-") or "event"
    return event_from(data, slug=slug, where=str(path), also=also)
