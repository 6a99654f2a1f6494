"""Owners' and facilitators' names in a schedule as user links."""

from collections.abc import Iterator

from callboard.model import Person, PersonForm, Schedule, Session
from callboard.rules import Wish, schedule_rule
from callboard.rules.linking import linked
from callboard.snapshot import Snapshot


@schedule_rule("user-links")
def user_links(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`facilitation: Ada` is `facilitation: [[User:Ada|Ada]]` where the page writes links so.

    An owner of one plain word may be anybody's first name, and `@Ada` is a name in a chat: both stay, unless the page
    links that account elsewhere. Arguments of templates get links only where those of the page mostly are links.
    """
    everybody = [(session, person) for session in page.sessions for person in _people(session)]
    known = {person.name for _, person in everybody if person.form is not PersonForm.BARE}
    arguments = [person.form is PersonForm.LINK for session, person in everybody if _in_template(session)]
    links_in_arguments = sum(arguments) >= 2 and sum(arguments) * 2 > len(arguments)
    people = (
        person
        for session, person in everybody
        if (person.form is not PersonForm.BARE or person.name in known or _is_account(page, session, person))
        and (links_in_arguments or not _in_template(session))
    )
    yield from linked(page.text, people, snapshot)


def _people(session: Session) -> Iterator[Person]:
    yield from session.owners
    yield from session.facilitators


def _in_template(session: Session) -> bool:
    return session.layout == "templates"


def _is_account(page: Schedule, session: Session, person: Person) -> bool:
    """Whether a name without a link is written as an account: behind "facilitation:", where the page asks for those."""
    if page.text[person.span.start - 1 : person.span.start] == "@":
        return False
    return person in session.facilitators or not _is_first_name(person.name)


def _is_first_name(name: str) -> bool:
    """Whether it may be one: `Anna`, `Anna-Lena`; not `Anna2`, `AnnaM` or `Anna Muster`."""
    return all(part.isalpha() and part[1:].islower() for part in name.split("-"))
