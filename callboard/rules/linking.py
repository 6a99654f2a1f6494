"""Names as user links in the page's own form; shared by the rules for schedules and sign-ups. No rule of its own."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from callboard.model import Person, PersonForm
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit
from callboard.wikitext.escape import names_a_user
from callboard.wikitext.forms import UserForm, favourite_user_form, gives_labels, user_form

# Words that stand where names stand. Accounts of such names exist; nobody means them.
_NOBODY = frozenset(
    {
        "all", "any", "anybody", "anyone", "admin", "community", "coordinators", "crew",
        "everybody", "everyone", "free", "guest", "guests", "helper", "helpers", "host", "hosts",
        "moderator", "nobody", "none", "open", "organisers", "organizers", "panel", "participants",
        "somebody", "someone", "speaker", "speakers", "staff", "tba", "tbc", "tbd", "team",
        "unknown", "various", "volunteer", "volunteers", "you",
    }
)  # fmt: skip


def linked(text: str, people: Iterable[Person], snapshot: Snapshot) -> Iterator[TextEdit]:
    """Bare names of accounts that exist as links, `[[User:X]]` with a label if the page gives labels.

    A label that somebody chose, `{{u|X}}` and names that are no account stay as they are.
    """
    people = tuple(people)
    habit = _Habit(text, people)
    done: set[tuple[int, int]] = set()
    for person in people:
        place = (person.span.start, person.span.end)
        if place in done or not may_change(text, person, snapshot) or not names_a_user(person.name):
            continue
        done.add(place)
        source = person.span.of(text)
        if person.form is PersonForm.BARE:
            if source.strip().casefold() not in _NOBODY and source == source.strip():
                yield TextEdit(*place, habit.form.write(person.name))
        elif habit.labels:
            own = user_form(source)
            if own and not own.labelled:
                yield TextEdit(person.span.end - 2, person.span.end - 2, f"|{person.name}")


def may_change(text: str, person: Person, snapshot: Snapshot) -> bool:
    """A look that costs little: whether this is a bare name, or a link without a label, of an account that exists."""
    if person.form is PersonForm.LINK and text.find("|", person.span.start, person.span.end) >= 0:
        return False
    return person.form in {PersonForm.LINK, PersonForm.BARE} and snapshot.exists(person.name)


class _Habit:
    """How a page links to users; looked for when something is to be written."""

    def __init__(self, text: str, people: tuple[Person, ...]) -> None:
        self._text, self._people = text, people

    @cached_property
    def _links(self) -> list[str]:
        return [person.span.of(self._text) for person in self._people if person.form is not PersonForm.BARE]

    @cached_property
    def form(self) -> UserForm:
        return favourite_user_form(self._links)

    @cached_property
    def labels(self) -> bool:
        return gives_labels(self._links)
