"""Names in a sign-up list as user links."""

from collections.abc import Iterator

from callboard.model import SignUps
from callboard.rules import Wish, signups_rule
from callboard.rules.linking import linked
from callboard.snapshot import Snapshot


@signups_rule("signup-links")
def signup_links(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """`:* Ada (Sunday)` is `:* [[User:Ada|Ada]] (Sunday)` where the page writes links so."""
    people = (
        entry.person
        for entry in page.entries
        if entry.person and not entry.placeholder and "no account" not in entry.comment.casefold()
    )
    yield from linked(page.text, people, snapshot)
