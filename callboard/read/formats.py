"""The event's format that a page gives a session, or that a task names."""

from callboard.config import Event
from callboard.config_tables import Format
from callboard.model import Session


def format_of(session: Session, event: Event) -> Format | None:
    """The event's format that the page gives the session, by name, alias or emoji."""
    words = {word.strip().casefold() for word in (session.format or "", session.marker) if word.strip()}
    if not words:
        return None
    for form in event.format:
        if words & {name.casefold() for name in (form.name, *form.aliases)}:
            return form
    return None


def format_named(event: Event, name: str) -> Format | None:
    """The event's format of that name or alias."""
    wanted = name.casefold()
    for form in event.format:
        if wanted in {word.casefold() for word in (form.name, *form.aliases)}:
            return form
    return None
