"""`[[notice]]` of an event file: which kinds of notice go out, and each kind's own settings."""

from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from callboard.config_tables import Part
from callboard.config_values import Duration, Title

# Which kinds have which settings; `enabled` and `lead` are everybody's.
_SETTINGS = {
    "most_per_person": ("facilitator_needed", "hours_unclear"),
    "most_per_session": ("facilitator_needed",),
    "roles": ("facilitator_needed", "helpers_meeting", "thanks"),
    "talk_page": ("acknowledgement_withdrawn", "facilitator_needed"),
    "meeting": ("helpers_meeting",),
}


class Meeting(Part):
    """`[notice.meeting]`: the helpers' meeting, in the words of the event's page."""

    title: str = Field(default="Helpers' meeting", min_length=1)
    start: AwareDatetime
    words: str = ""  # what else there is to say: where it is held, what it is about
    page: Title = ""  # which page tells more; else the first page with sign-up lists


class NoticeRule(Part):
    """One kind of notice: on or off, for reminders how long before the start, and what only some kinds have."""

    kind: str
    enabled: bool = True
    lead: tuple[Duration, ...] = ()
    most_per_person: int = Field(default=2, gt=0)  # notices of this kind to one person, in the whole event
    most_per_session: int = Field(default=3, gt=0)  # people who are asked for one session
    roles: tuple[str, ...] = ()  # of sign-up lists, as their headings say them; empty: every role
    talk_page: Title = (
        ""  # of the helpers: told as well, once a day; of the organisers: told instead of people
    )
    meeting: Meeting | None = None

    @model_validator(mode="after")
    def _settings_of_the_kind(self) -> Self:
        for name, kinds in _SETTINGS.items():
            if getattr(self, name) != type(self).model_fields[name].default and self.kind not in kinds:
                raise ValueError(f"{name}: it goes with {' and '.join(kinds)}, not with {self.kind}")
        if self.kind == "helpers_meeting" and self.meeting is None:
            raise ValueError(
                "meeting: say when it is, in [notice.meeting], such as start = 2021-05-21T16:00:00Z"
            )
        if self.kind == "facilitator_needed" and not self.roles:
            raise ValueError(
                'roles: name the roles whose helpers are asked, such as roles = ["Facilitation"]'
            )
        if self.kind == "acknowledgement_withdrawn" and not self.talk_page:
            raise ValueError(
                'talk_page: name the organisers\' page that is told, such as talk_page = "Talk:My event"'
            )
        namespace = self.talk_page.partition(":")[0].casefold()
        if self.talk_page and (not _talks(namespace) or namespace == "user talk"):
            raise ValueError(
                f"talk_page: {self.talk_page!r} is no talk page of a list; write one like Talk:My event/Helpers"
            )
        return self


def _talks(namespace: str) -> bool:
    return namespace == "talk" or namespace.endswith(" talk")


class AskedFor(NoticeRule):
    """A kind for which a person started a script; no event file can say this."""
