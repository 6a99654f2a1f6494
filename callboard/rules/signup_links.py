"""Names in a sign-up list as user links."""

from collections.abc import Iterator

from callboard.model import SignUps
from callboard.rules import Unsure, Wish, signups_rule
from callboard.rules.linking import linked
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit
from callboard.wikitext.forms import user_form


@signups_rule("signup-links")
def signup_links(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """`:* Ada (Sunday)` is `:* [[User:Ada|Ada]] (Sunday)` where the page writes links so.

    The old name of an account that was renamed is asked about; it counts as the new one meanwhile.
    """
    people = (
        entry.person
        for entry in page.entries
        if entry.person and not entry.placeholder and "no account" not in entry.comment.casefold()
    )
    yield from linked(page.text, people, snapshot)
    for entry in page.entries:
        if entry.person and entry.user and snapshot.renamed(entry.person.name) == entry.user:
            form = user_form(entry.person.span.of(page.text))
            if form:
                yield Unsure(TextEdit(entry.person.span.start, entry.person.span.end, form.write(entry.user)))
