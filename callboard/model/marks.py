"""People, tasks and facilitation marks as pages name them; spans are those of the text that was read."""

from enum import StrEnum

from callboard.values import value
from callboard.wikitext.edits import Span


class PersonForm(StrEnum):
    """How a page names a person."""

    LINK = "link"  # [[User:Ada|Ada]]
    TEMPLATE = "template"  # {{u|Ada}}, {{user|Ada}}, {{ping|Ada}}
    ELSEWHERE = "elsewhere"  # [[m:User:Ada]], [[:w:de:Benutzer:Ada]]: a page of another wiki
    BARE = "bare"  # Ada


class TaskForm(StrEnum):
    """How a page names a Phabricator task."""

    PHAB = "phab"  # {{phab|T1}}
    TRACKED = "tracked"  # {{tracked|T1}}
    INTERWIKI = "interwiki"  # [[phab:T1]], [[phabricator:T1|label]]
    URL = "url"  # https://phabricator.wikimedia.org/T1, [https://… label]
    BARE = "bare"  # T1


@value()
class Person:
    """A person as named on a page; `name` is in MediaWiki's canonical form (capital first letter, no underscores)."""

    name: str
    form: PersonForm
    span: Span

    @property
    def is_account(self) -> bool:
        """Whether an account of this wiki is meant for certain: a bare name is nobody's identity, nor is one of another wiki."""
        return self.form in {PersonForm.LINK, PersonForm.TEMPLATE}


@value()
class TaskRef:
    """A task as named on a page, e.g. `T900001`."""

    task: str
    form: TaskForm
    span: Span


@value()
class Facilitation:
    """A facilitation mark in a schedule cell: `facilitation: [[User:Ada]]`; `value` is what follows the colon."""

    span: Span
    label: Span
    value: Span
    people: tuple[Person, ...]
    open: bool  # nobody has signed up: empty, "(your username)", "?"
