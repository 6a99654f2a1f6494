"""The tables of an event file as typed, frozen values: `[event]`, `[[room]]`, `[[format]]`, `[pages]`, `[board]` and the rest."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from callboard.config_values import (
    AccountName,
    Duration,
    LocalTime,
    Parameters,
    PartOfADay,
    PartOfDaylight,
    TemplateName,
    Title,
    Zone,
)


class Part(BaseModel):
    """A table of an event file: frozen, and without keys that nobody knows."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, str_strip_whitespace=True
    )


class Day(Part):
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


class Room(Part):
    """A room; `open` admits proposals, `recorded` is filmed. Aliases are other ways in which pages name it."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    open: bool = True
    recorded: bool = False
    url: str = ""
    opens: LocalTime | None = None  # the room's own hours on every day, in the event's zone
    closes: LocalTime | None = None
    closed_since: AwareDatetime | None = (
        None  # its programme is complete: who changes it later is asked about
    )


class Format(Part):
    """A kind of session and its length; `shared` ones (lightning talks) may fill one slot with several."""

    name: str = Field(min_length=1)
    minutes: int = Field(gt=0, le=24 * 60)
    aliases: tuple[str, ...] = ()
    shared: bool = False
    rooms: tuple[str, ...] = ()  # where it may be held; empty: everywhere


class Template(Part):
    """A template that shows a session, and which of its parameters hold what; the first of several that is not empty counts.

    One that `opens` gives day and room to the templates below it, until one that `closes`, the next that opens or a heading.
    """

    name: TemplateName
    aliases: tuple[TemplateName, ...] = ()  # redirects to it
    title: Parameters = ()
    day: Parameters = ()
    time: Parameters = ()  # a start, or start and end: "13:00–13:25"
    start: Parameters = ()
    end: Parameters = ()
    minutes: Parameters = ()
    zone: Parameters = ()
    room: Parameters = ()
    format: Parameters = ()
    owners: Parameters = ()
    facilitator: Parameters = ()
    task: Parameters = ()
    recording: Parameters = ()
    opens: bool = False
    closes: bool = False

    @model_validator(mode="after")
    def _shows_something(self) -> Self:
        if self.opens or self.closes:
            if self.title:
                raise ValueError("title: a template that opens or closes a list holds no session")
        elif not self.title:
            raise ValueError(
                "title: name the parameter that holds the title, or say opens = true or closes = true"
            )
        if self.opens and not (self.day or self.room or self.zone):
            raise ValueError(
                "day, room, zone: name the parameter that holds for the templates below, or leave out opens"
            )
        if self.time and (self.start or self.end):
            raise ValueError("time: give either time or start and end")
        return self


class Pages(Part):
    """Where the event lives on its wiki; titles with namespace."""

    # Must be the wiki that the bot is set up for.
    site: Literal["", "mediawiki", "meta", "wikimania", "test", "callboard"] = ""
    schedule: tuple[Title, ...] = ()
    layouts: tuple[Literal["grid", "rows", "bullets", "templates"], ...] = ()  # only these; empty: find out
    signups: tuple[Title, ...] = ()
    report: Title = ""
    proposals: Title = ""  # what the board has, for organisers; empty: on the report page
    projects: Title = ""  # a list of the board's projects; empty: none
    outbox: Title = (
        ""  # what people will be told later, where organisers hold it back or release it; empty: none
    )
    opt_out: Title = ""  # who wants no notices, or not some kinds: "* [[User:Ada]]: starts_soon"; empty: none
    about: Title = ""  # explains the bot; linked from every summary and notice
    off_switch: Title = ""  # any text but "go" (or an empty page) stops the bot
    templates: Title = "Template:Callboard"  # templates_wikitext/ is published below this title

    @property
    def what_is_this(self) -> str:
        """The end of a summary, ` ([[User:Bot|what is this?]])`; nothing where no page explains the bot."""
        return f" ([[{self.about}|what is this?]])" if self.about else ""


class Wording(Part):
    """How the event's pages say things: what rules write, and what is understood beside what anybody says."""

    free_slot: str = "''free slot''"
    facilitation: str = "facilitation:"
    placeholder: str = "(your username)"
    claim: str = ""  # how to claim a free slot; stands behind its words: "([[Event/How to|claim it]])"
    first_time: tuple[str, ...] = (
        "first time",
    )  # in a helper's entry: they help for the first time; case does not matter
    times: str = (
        ""  # how the event writes a time from 9 to 9:55, e.g. "09:00–09:55"; empty: as the page does mostly
    )


class Approved(Part):
    """A session that the coordination team lets be longer or shorter than its format."""

    task: str = Field(pattern=r"^T\d+$")
    minutes: int = Field(gt=0, le=24 * 60)


_WRITTEN = {"begins": "from", "ends": "to"}  # in event files


class NeedRule(Part):
    """How many people a role needs, at which hours of which days; or how many facilitators each session needs."""

    role: str = ""  # as the sign-up list's heading says it; case does not matter
    aliases: tuple[str, ...] = ()
    people: int = Field(default=1, gt=0)
    facilitators: int | None = Field(default=None, gt=0)  # of each session in these rooms, of these formats
    rooms: tuple[str, ...] = ()  # of sessions, empty: any; for a role: one need a room
    formats: tuple[str, ...] = ()  # of sessions, empty: any
    days: tuple[date, ...] = ()  # empty: each day of the event
    begins: LocalTime | None = Field(
        default=None, alias="from"
    )  # in the event's zone; else the day's opening
    ends: LocalTime | None = Field(default=None, alias="to")  # one that is not later is of the day after

    @model_validator(mode="after")
    def _of_sessions_or_of_a_role(self) -> Self:
        if self.facilitators is None:
            if not self.role:
                raise ValueError("say facilitators = 1 for sessions, or name a role")
            if self.formats:
                raise ValueError("formats: they go with facilitators, a role has hours")
        else:
            wrong = self.model_fields_set & {"people", "begins", "ends"}
            if wrong:
                names = ", ".join(_WRITTEN.get(name, name) for name in sorted(wrong))
                raise ValueError(f"{names}: a session has its own hours and its facilitators; take it out")
        if self.aliases and not self.role:
            raise ValueError("aliases: name the role of which these are other names")
        return self


class PartsOfADay(Part):
    """`[hours]`: what the parts of a day mean in sign-up lists, by the clocks that the entry names, else by the event's.

    What is not stated is asked about, with readings to choose from.
    """

    morning: PartOfDaylight | None = None
    lunchtime: PartOfDaylight | None = None
    afternoon: PartOfDaylight | None = None
    evening: PartOfADay | None = None
    night: PartOfADay | None = None
    daytime: PartOfDaylight | None = None
    after_work: PartOfADay | None = None

    def of(self, name: str) -> tuple[time, time] | None:
        """From when to when the part of that name lasts; None if the event does not say."""
        stated: tuple[time, time] | None = getattr(self, name.replace(" ", "_"))
        return stated


class CoverRules(Part):
    """What the event wants to know of its helpers besides gaps."""

    first_timers: bool = False  # whether somebody who helps for the first time is alone


class Limits(Part):
    """Brakes: a plan beyond them stops until a person confirms it."""

    rows_share: float = Field(default=0.3, gt=0, le=1)  # of a page's rows that may change at once
    rows_free: int = Field(default=10, ge=0)  # this many rows may always change
    notices: int = Field(default=60, ge=0)  # posted in one tick
    board_changes: int = Field(default=20, ge=0)  # comments and moves on tasks in one tick
    cancelled: int = Field(default=5, ge=0)  # sessions of which people are told at once that they are gone
    sessions_share: float = Field(
        default=0.5, gt=0, le=1
    )  # fewer sessions than this share: an accident, no edit
    retries: int = Field(default=3, ge=1, le=10)  # fresh attempts at one page in one tick


class EventFacts(Part):
    """`[event]`: what and when."""

    title: str = Field(min_length=1)
    zone: Zone
    days: tuple[Day, ...] = Field(min_length=1)
    submissions_close: AwareDatetime | None = None  # proposals later than this are too late
    changeover: Duration = timedelta(minutes=5)  # what a person needs from one room to another
    organisers: tuple[AccountName, ...] = ()  # wiki accounts whose edits to templates and switches count
    # Tasks whose sessions are held more than once; true: any may be. Else a task has one row.
    repeats: bool | tuple[str, ...] = ()
    coordination_team: str = ""  # how notices name the people to ask
