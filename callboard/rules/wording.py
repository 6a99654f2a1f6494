"""Which words a rule writes: the event file's, or a page's own where the file leaves it open. No rule of its own."""

from collections.abc import Iterable

from callboard.config import Event


def wording(event: Event, key: str, on_page: Iterable[str]) -> str:
    """The event's words for `key`; a page that is of one mind keeps its own words if the event file gives none."""
    stated: str = getattr(event.wording, key)
    if key in event.wording.model_fields_set:
        return stated
    seen = set(on_page)
    return seen.pop() if len(seen) == 1 else stated
