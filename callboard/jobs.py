"""One-off jobs: the event narrowed to what a person asked for, with the same safety as a tick."""

from collections.abc import Iterable

from callboard.config import Event
from callboard.config_board import BoardWrites
from callboard.config_notices import AskedFor
from callboard.errors import ConfigError
from callboard.model import Level
from callboard.rules import RULES

LINKING = "link-acknowledged-tasks"


def only_rules(event: Event, names: Iterable[str]) -> Event:
    """The event with every other rule off and nothing written on tasks; the rules named keep the event's level."""
    kept = set(names)
    off = {name: Level.OFF for name in RULES if name not in kept}
    return without_tasks(event).model_copy(update={"rules": {**event.rules, **off}})


def without_tasks(event: Event) -> Event:
    """The event with nothing written on tasks."""
    boards = tuple(board.model_copy(update={"writes": BoardWrites()}) for board in event.board)
    return event.model_copy(update={"board": boards})


def tidy_schedule(event: Event) -> Event:
    """Only the schedule pages, only the tidying; no notices."""
    pages = event.pages.model_copy(update={"signups": ()})
    tidying = [name for name in RULES if name != LINKING]
    return only_rules(event, tidying).model_copy(update={"pages": pages, "notice": ()})


def tidy_signups(event: Event) -> Event:
    """Only the sign-up pages; no notices, and no word on the cover, which hangs on the schedule too."""
    pages = event.pages.model_copy(update={"schedule": ()})
    return without_tasks(event).model_copy(update={"pages": pages, "notice": (), "need": ()})


def link_tasks(event: Event) -> Event:
    """Only the links of acknowledged tasks; no notices."""
    pages = event.pages.model_copy(update={"signups": ()})
    return only_rules(event, [LINKING]).model_copy(update={"pages": pages, "notice": ()})


def send_notices(event: Event) -> Event:
    """Only the notices: no page of the event is changed."""
    return only_rules(event, [])


def thank_helpers(event: Event) -> Event:
    """Only the thanks to helpers, by the event file's settings for them if it has any; raises ConfigError where it says no."""
    stated = next((rule for rule in event.notice if rule.kind == "thanks"), AskedFor(kind="thanks"))
    if not stated.enabled:
        raise ConfigError(f"{event.slug}: notice.thanks: enabled = false; nobody is thanked")
    asked_for = AskedFor(**stated.model_dump())
    return only_rules(event, []).model_copy(update={"notice": (asked_for,)})
