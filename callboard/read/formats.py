"""The event's format that a page gives a session, or that a task names."""

from callboard.config import Event
from callboard.config_tables import Format
from callboard.model import Session


def format_of(session: Session, event: Event) -> Format | None:
    """The event's format that the page gives the session, by name, alias or emoji."""
    return format_named(event, session.format or "", session.marker)


def format_named(event: Event, *names: str) -> Format | None:
    """The event's first format with one of these names or aliases."""
    wanted = {name.strip().casefold() for name in names} - {""}
    for form in event.format:
        if wanted & {word.casefold() for word in (form.name, *form.aliases)}:
            return form
    return None
