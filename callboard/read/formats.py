"""The event's format that a page gives a session."""

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
