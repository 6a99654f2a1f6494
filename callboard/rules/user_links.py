"""Owners' and facilitators' names in a schedule as user links."""

from collections.abc import Iterator

from callboard.model import Schedule
from callboard.rules import Wish, schedule_rule
from callboard.rules.arguments import people_to_link
from callboard.rules.linking import linked
from callboard.snapshot import Snapshot


@schedule_rule("user-links")
def user_links(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`facilitation: Ada` is `facilitation: [[User:Ada|Ada]]` where the page writes links so.

    A bare name in a template's argument stays one unless other values of that parameter are links.
    """
    yield from linked(page.text, people_to_link(page), snapshot)
