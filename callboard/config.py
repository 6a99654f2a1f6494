"""Event files: `events/<slug>.toml` as typed, frozen values.

A file needs `[event]` with `title`, `zone` and `days`, and its `[[room]]`s; everything else has a default or is only
needed by the scripts that use it (a wiki for `tidy_schedule`, a board for `link_tasks`). Unknown keys, bad zones,
overlapping days and unknown rooms are errors, all reported at once with file and key.
"""

import contextlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from callboard.config_board import Board
from callboard.config_delivery import Delivery
from callboard.config_fit import (
    boards_at_odds,
    no_such,
    notices_twice,
    pages_at_odds,
    rooms_twice,
    templates_twice,
    told_of_raw,
)
from callboard.config_needs import needs_at_odds
from callboard.config_notices import NoticeRule
from callboard.config_tables import (
    Approved,
    CoverRules,
    Day,
    EventFacts,
    Format,
    Limits,
    NeedRule,
    Pages,
    Part,
    PartsOfADay,
    Room,
    Template,
    Wording,
)
from callboard.errors import ConfigError
from callboard.model import Level


class Event(Part):
    """One event file."""

    event: EventFacts
    room: tuple[Room, ...] = ()
    format: tuple[Format, ...] = ()
    approved: tuple[Approved, ...] = ()
    template: tuple[Template, ...] = ()
    pages: Pages = Pages()
    board: tuple[Board, ...] = ()  # [board], or [[board]] for each of several
    wording: Wording = Wording()
    hours: PartsOfADay = PartsOfADay()
    rules: dict[str, Level] = Field(default_factory=dict)  # rule name = "SAFE" | "ASK" | "SHOW" | "OFF"
    notice: tuple[NoticeRule, ...] = ()
    delivery: Delivery = Delivery()
    need: tuple[NeedRule, ...] = ()
    cover: CoverRules = CoverRules()
    limits: Limits = Limits()
    slug: str = "event"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the event's pages give times without one."""
        return self.event.zone

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The event's days in order."""
        return tuple(day.date for day in self.event.days)

    def board_of(self, project: str) -> Board | None:
        """The workboard of that project; where the event has only one, that one for any name."""
        if len(self.board) == 1:
            return self.board[0]
        return next((board for board in self.board if board.project == project), None)

    def placing(self, project: str) -> str:
        """What a coordinator's comment with a slot does on that board: "off", "ask" or "apply"."""
        board = self.board_of(project)
        return board.placing if board else "off"

    @property
    def first(self) -> datetime:
        """The first instant of the event, UTC."""
        return self.event.days[0].interval(self.zone)[0]

    @property
    def last(self) -> datetime:
        """The last instant of the event, UTC."""
        return self.event.days[-1].interval(self.zone)[1]

    def day_of(self, moment: datetime) -> date:
        """The day to which an instant belongs: the small hours of one that goes past midnight belong to the day before."""
        for day in self.event.days:
            first, last = day.interval(self.zone)
            if first <= moment < last:
                return day.date
        return moment.astimezone(self.zone).date()

    @field_validator("board", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return [value] if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        mistakes = [
            *boards_at_odds([(board.project, board.url) for board in self.board]),
            *self._pages_at_odds(),
            *_days_overlap(self.event.days, self.zone),
            *rooms_twice([(room.name, room.aliases) for room in self.room]),
            *self._unknown_names(),
            *needs_at_odds(self.need, self.event.days, self.zone),
            *notices_twice(rule.kind for rule in self.notice),
            *templates_twice([(template.name, template.aliases) for template in self.template]),
        ]
        if mistakes:
            raise ValueError("\n".join(mistakes))
        return self

    def _pages_at_odds(self) -> Iterator[str]:
        named = self.pages
        told = {key: getattr(named, key) for key in ("report", "proposals", "projects")}
        keys = ("off_switch", "about", "outbox", "opt_out")
        others = {key: getattr(named, key) for key in keys}
        return pages_at_odds(told, others, (*named.schedule, *named.signups))

    def _unknown_names(self) -> Iterator[str]:
        rooms, formats = [room.name for room in self.room], [form.name for form in self.format]
        for form in self.format:
            yield from no_such("room", rooms, f"format.{form.name}.rooms", form.rooms)
        for number, need in enumerate(self.need):
            yield from no_such("room", rooms, f"need.{number}.rooms", need.rooms)
            yield from no_such("format", formats, f"need.{number}.formats", need.formats)
            days = [str(day.date) for day in self.event.days]
            yield from no_such("day", days, f"need.{number}.days", [str(day) for day in need.days])
            if need.facilitators is None and not self.pages.signups:
                yield f"need.{number}.role: pages.signups names no page on which people could sign up for it"
        yield from self._notices_in_vain()

    def _notices_in_vain(self) -> Iterator[str]:
        """Kinds of notice that the rest of the file gives nothing to tell."""
        kinds = {rule.kind for rule in self.notice}
        if not self.pages.signups:
            for kind in sorted(kinds & {"facilitator_needed", "hours_unclear"}):
                yield f"notice.{kind}: pages.signups names no page on which people could sign up"
        if "facilitator_needed" in kinds and not any(need.facilitators for need in self.need):
            yield "notice.facilitator_needed: no [[need]] says how many facilitators a session has"
        for rule in self.notice:
            if rule.deadline and rule.deadline > self.last:
                yield f"notice.{rule.kind}.deadline: {rule.deadline} is after the event"
            if rule.kind == "attention" and not self.pages.report:
                yield "notice.attention: pages.report names no report page, to which it leads"
            if rule.kind == "proposal_incomplete" and rule.enabled and not self._required:
                yield f"notice.{rule.kind}: no board.fields.required says what a proposal must have"

    @property
    def _required(self) -> bool:
        return any(board.fields.required for board in self.board)


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
        if place[:2] == ("board", 0) and isinstance(data.get("board"), dict):
            place = ("board", *place[2:])  # the only one has no number in the file
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
