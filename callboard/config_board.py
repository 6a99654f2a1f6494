"""The `[board]` of an event file, or one `[[board]]` for each workboard: where proposals are, what is a yes, what is written back."""

from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from callboard.config_tables import Part
from callboard.config_values import Duration

FieldName = Literal[
    "title", "format", "minutes", "track", "description", "people", "phabricator", "times", "language", "recording", "help"
]  # fmt: skip


class BoardFields(Part):
    """The labels under which descriptions give each field, as the event's template has them; case does not matter.

    A label is a heading with the value below it, the words before a colon, or the first cell of a table's row.
    """

    title: tuple[str, ...] = ("title", "session title")
    format: tuple[str, ...] = (
        "format",
        "session format",
        "type of session",
        "type of activity",
        "session type",
        "type",
    )
    minutes: tuple[str, ...] = ("length", "duration")
    track: tuple[str, ...] = ("room", "track", "where")
    description: tuple[str, ...] = ("description", "abstract", "about this session", "summary")
    people: tuple[str, ...] = (
        "speaker", "speakers", "username", "username for contact", "wiki username", "mediawiki username", "wiki account",
        "session owner", "facilitator", "host", "hosts", "presenter", "presenters", "who",
    )  # fmt: skip
    phabricator: tuple[str, ...] = ("phabricator username", "phabricator", "phabricator account")
    times: tuple[str, ...] = ("preferred time", "preferred times", "availability", "available", "when")
    language: tuple[str, ...] = ("language", "languages")
    recording: tuple[str, ...] = (
        "recording",
        "recording consent",
        "may be recorded",
        "can this session be recorded",
    )
    help: tuple[str, ...] = ("help needed", "help wanted", "needs")
    required: tuple[FieldName, ...] = ()  # a proposal without one of these is incomplete

    def labels(self) -> dict[str, tuple[str, ...]]:
        """Each field's labels, by the field's name."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "required"}


class BoardWrites(Part):
    """What the bot writes to tasks; nothing unless it is said here."""

    missing: bool = False  # a comment that lists what a proposal lacks, once for each set of fields
    slot: bool = False  # a comment with the slot, when the session is scheduled or moved
    column: str = ""  # cards of scheduled sessions go here: a column of this board by name or PHID-PCOL-…
    afterwards: bool = False  # a comment that asks for notes, slides and recordings
    after: Duration = timedelta(days=1)  # so long after the session's end

    @property
    def any(self) -> bool:
        """Whether anything may be written."""
        return self.missing or self.slot or self.afterwards or bool(self.column)


class CardsOf(Part):
    """Which cards are meant: those in one of the columns, or with a title that begins like this; case does not matter."""

    columns: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the event file names any."""
        return bool(self.columns or self.titles)


class Board(Part):
    """A Phabricator workboard and what counts as the coordination team's yes there."""

    url: str = "https://phabricator.wikimedia.org"
    project: str = Field(min_length=1)  # slug of the project's tag
    coordinators: tuple[str, ...] = ()  # PHID-USER-…, or Phabricator user names
    team: str = ""  # slug of the team's project: of the coordinators only its members count
    acknowledged_by: tuple[Literal["comment", "column", "tag", "status"], ...] = ("comment",)
    wording: tuple[str, ...] = ("acknowledged",)  # phrases; upper and lower case are the same
    columns: tuple[str, ...] = ()  # a move here by a coordinator is a yes; names or PHID-PCOL-…
    tags: tuple[str, ...] = ()  # slugs; a coordinator's putting one on is a yes
    statuses: tuple[str, ...] = ()  # as the server lists them; a coordinator's setting one is a yes
    # What a coordinator's comment "slot: 2021-05-22 14:00, Hacking room 1" does.
    placing: Literal["off", "ask", "apply"] = "off"
    people: dict[str, str] = Field(
        default_factory=dict
    )  # Phabricator name = "Wiki account", where no lookup helps
    fields: BoardFields = BoardFields()
    sessions: CardsOf = CardsOf()  # which cards are sessions; nothing named: all that are no projects
    projects: CardsOf = CardsOf()  # which cards are projects
    writes: BoardWrites = BoardWrites()

    @model_validator(mode="after")
    def _can_say_yes(self) -> Self:
        if not self.coordinators:
            raise ValueError("coordinators: name at least one, or nobody can acknowledge a task")
        for sign, key in (("column", "columns"), ("tag", "tags"), ("status", "statuses")):
            if sign in self.acknowledged_by and not getattr(self, key):
                raise ValueError(f'{key}: name the {key} that count, or take "{sign}" out of acknowledged_by')
        return self
