"""Owners' and facilitators' names in a schedule as user links."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from callboard.model import Person, PersonForm, Schedule, Session
from callboard.rules import Wish, schedule_rule
from callboard.rules.arguments import Parameter, parameter
from callboard.rules.linking import linked, may_change
from callboard.snapshot import Snapshot


@schedule_rule("user-links")
def user_links(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """`facilitation: Ada` is `facilitation: [[User:Ada|Ada]]` where the page writes links so.

    An owner of one plain word may be anybody's first name, and `@Ada` is a name in a chat: both stay, unless the page
    links that account elsewhere. An argument of a template gets links only where those of the same parameter mostly are.
    """
    everybody = [(session, person) for session in page.sessions for person in _people(session)]
    if not any(may_change(page.text, person, snapshot) for _, person in everybody):
        return
    known = {person.name for _, person in everybody if person.form is not PersonForm.BARE}
    parameters = [
        parameter(page.text, session, person) if session.layout == "templates" else None
        for session, person in everybody
    ]
    linking = _mostly_links(zip(parameters, (person for _, person in everybody), strict=True))
    people = (
        person
        for (session, person), there in zip(everybody, parameters, strict=True)
        if (there is None or there in linking)
        and (person.form is not PersonForm.BARE or person.name in known or _is_account(page, session, person))
    )
    yield from linked(page.text, people, snapshot)


def _people(session: Session) -> tuple[Person, ...]:
    return session.owners + session.facilitators


def _mostly_links(named: Iterable[tuple[Parameter | None, Person]]) -> set[Parameter]:
    """The parameters of templates in which two people at least, and most of them, are links."""
    links: defaultdict[Parameter, list[bool]] = defaultdict(list)
    for there, person in named:
        if there:
            links[there].append(person.form in {PersonForm.LINK, PersonForm.ELSEWHERE})
    return {there for there, those in links.items() if sum(those) >= 2 and sum(those) * 2 > len(those)}


def _is_account(page: Schedule, session: Session, person: Person) -> bool:
    """Whether a name without a link is written as an account: behind "facilitation:", where the page asks for those."""
    if page.text[person.span.start - 1 : person.span.start] == "@":
        return False
    return person in session.facilitators or not _is_first_name(person.name)


def _is_first_name(name: str) -> bool:
    """Whether it may be one: `Anna`, `Anna-Lena`; not `Anna2`, `AnnaM` or `Anna Muster`."""
    return all(part.isalpha() and part[1:].islower() for part in name.split("-"))
