"""`[[notice]]` of an event file: which kinds of notice go out, and each kind's own settings."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from callboard.config_tables import Part
from callboard.config_values import Duration, LocalTime, Title

# Which kinds have which settings; `enabled` and `lead` are everybody's.
_SETTINGS = {
    "most_per_person": ("facilitator_needed", "hours_unclear", "proposal_incomplete"),
    "most_per_session": ("facilitator_needed",),
    "roles": ("facilitator_needed", "helpers_meeting", "thanks"),
    "talk_page": ("acknowledgement_withdrawn", "attention", "facilitator_needed"),
    "meeting": ("helpers_meeting",),
    "deadline": ("not_scheduled",),
    "after": ("after_session",),
    "at": ("attention",),
}
# How many leads a kind may have at most, and why; others have as many as one likes.
_MOST_LEADS = {
    "attention": (1, "name one length of time, from when on before the event the page is told"),
    "not_scheduled": (2, "name two lengths of time at most; nobody is told of it more often"),
}
_ORGANISERS_PAGE = (
    "talk_page",
    'name the organisers\' page that is told, such as talk_page = "Talk:My event"',
)
# What a kind cannot do without, and what to write.
_NEEDED = {
    "helpers_meeting": (
        "meeting",
        "say when it is, in [notice.meeting], such as start = 2021-05-21T16:00:00Z",
    ),
    "facilitator_needed": (
        "roles",
        'name the roles whose helpers are asked, such as roles = ["Facilitation"]',
    ),
    "acknowledgement_withdrawn": _ORGANISERS_PAGE,
    "attention": _ORGANISERS_PAGE,
}


class Meeting(Part):
    """`[notice.meeting]`: the helpers' meeting, in the words of the event's page."""

    title: str = Field(default="Helpers' meeting", min_length=1)
    start: AwareDatetime
    words: str = ""  # what else there is to say: where it is held, what it is about
    page: Title = ""  # which page tells more; else the first page with sign-up lists


class NoticeRule(Part):
    """One kind of notice: on or off, how long before the thing it is about, and what only some kinds have."""

    kind: str
    enabled: bool = True
    lead: tuple[Duration, ...] = ()
    # Notices of this kind to one person, in the whole event; of proposal_incomplete: about one task.
    most_per_person: int = Field(default=2, gt=0)
    most_per_session: int = Field(default=3, gt=0)  # people who are asked for one session
    roles: tuple[str, ...] = ()  # of sign-up lists, as their headings say them; empty: every role
    talk_page: Title = (
        ""  # of the helpers: told as well, once a day; of the organisers: told instead of people
    )
    meeting: Meeting | None = None
    deadline: AwareDatetime | None = (
        None  # by when sessions must stand in the schedule; else the event's start
    )
    after: Duration = timedelta(hours=1)  # so long after the end of the session
    at: LocalTime = time(8, 0)  # at that time of the day, in the event's zone

    @model_validator(mode="after")
    def _settings_of_the_kind(self) -> Self:
        if mistake := next(self._mistakes(), None):
            raise ValueError(mistake)
        return self

    def _mistakes(self) -> Iterator[str]:
        for name, kinds in _SETTINGS.items():
            if getattr(self, name) != type(self).model_fields[name].default and self.kind not in kinds:
                them = " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
                yield f"{name}: it goes with {them}, not with {self.kind}"
        name, what = _NEEDED.get(self.kind, ("", ""))
        if name and not getattr(self, name):
            yield f"{name}: {what}"
        most, why = _MOST_LEADS.get(self.kind, (len(self.lead), ""))
        if len(self.lead) > most:
            yield f"lead: {why}"
        namespace = self.talk_page.partition(":")[0].casefold()
        if self.talk_page and (not _talks(namespace) or namespace == "user talk"):
            yield f"talk_page: {self.talk_page!r} is no talk page of a list; write one like Talk:My event/Helpers"


def _talks(namespace: str) -> bool:
    return namespace == "talk" or namespace.endswith(" talk")


class AskedFor(NoticeRule):
    """A kind for which a person started a script; no event file can say this."""
