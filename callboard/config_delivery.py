"""`[delivery]` of an event file: when notices may go out, how many a day, whose templates count, and who opted out where."""

from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from callboard.config_tables import Part
from callboard.config_values import AccountName, Duration, LocalTime, Title, Zone


class Delivery(Part):
    """What holds for every notice to a person; the pages with the outbox and the opt-outs are in `[pages]`."""

    grace: Duration = timedelta(
        minutes=15
    )  # a change on a page must be quiet for so long before anybody is told
    no_grace: Duration = timedelta(hours=2)  # before the session's start: then people are told at once
    # In the recipient's day; then only reminders of a start go out, and what would be of no use afterwards.
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None  # one that is not later is of the day after
    per_day: int = Field(default=3, ge=1)  # notices to one person on one day; more wait for the next
    zones: dict[AccountName, Zone] = Field(default_factory=dict)  # by account; whose day is not the event's
    languages: dict[AccountName, str] = Field(
        default_factory=dict
    )  # by account; else what their user page says (Babel)
    # A template that is protected at least to this level may be sent whoever changed it last.
    protected: Literal["", "autoconfirmed", "extendedconfirmed", "templateeditor", "sysop"] = ""
    opt_out_category: Title = ""  # talk pages in it get no notices

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("quiet_from, quiet_to: give both, such as 22:00:00 and 08:00:00, or neither")
        if self.quiet_from is not None and self.quiet_from == self.quiet_to:
            raise ValueError("quiet_from, quiet_to: they are the same; leave both out for no quiet hours")
        if self.opt_out_category and not self.opt_out_category.startswith("Category:"):
            raise ValueError(
                f"opt_out_category: {self.opt_out_category!r} is no category; write Category:Name"
            )
        return self
